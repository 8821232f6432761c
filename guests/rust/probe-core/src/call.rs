//! `call`: one import, its result bound and reported with the memory that belongs to it.

use crate::blocks;
use crate::host::Host;
use crate::imports::{Args, Import};
use crate::interpreter::Interpreter;
use crate::lines::Words;
use crate::names;
use crate::wrong::{Checked, Wrong};

pub fn run<H: Host>(interpreter: &mut Interpreter, mut words: Words) -> Checked<()> {
    let import = import::<H>(&mut words)?;
    let args = arguments(interpreter, import, &mut words)?;
    let name = if words.take(b"->") { Some(words.next()?) } else { None };
    if let Some(name) = name {
        names::check(name)?;
    }
    check_shows(words)?;
    interpreter.begin::<H>();
    if import.never_returns {
        interpreter.records.output.flush::<H>();
    }
    blocks::open();
    let result = (import.call)(&args);
    let blocks = blocks::close().ok_or(Wrong::new("over 4096 blocks were allocated by", import.name.as_bytes()))?;
    if let Some(name) = name {
        interpreter.names.bind(name, result.unwrap_or(0))?;
    }
    // Twice: a clause that is wrong must be told before half a record is written.
    each_show(interpreter, words, |_, _, _| ())?;
    if interpreter.quiet {
        return Ok(());
    }
    let records = interpreter.end();
    records.key(b"r").raw(b"[");
    if let Some(result) = result {
        records.raw(b"\"").number(result).raw(b"\"");
    }
    records.raw(b"]").key(b"m").raw(b"[");
    let mut first = true;
    for (address, length) in blocks {
        records.block(&mut first, *address as u64, *length as u64);
    }
    each_show(interpreter, words, |interpreter, address, length| {
        interpreter.records.block(&mut first, address, length);
    })?;
    interpreter.records.raw(b"]").close::<H>();
    Ok(())
}

/// Finds the import that the next word names.
pub fn import<H: Host>(words: &mut Words) -> Checked<&'static Import> {
    let name = words.next()?;
    H::imports().iter().find(|i| i.name.as_bytes() == name).ok_or(Wrong::new("this probe has no import", name))
}

/// Evaluates as many arguments as the import takes.
pub fn arguments(interpreter: &Interpreter, import: &'static Import, words: &mut Words) -> Checked<Args> {
    let mut args: Args = [0; 16];
    for arg in args.iter_mut().take(import.arity) {
        if matches!(words.peek(), None | Some(b"->" | b"show")) {
            return Err(Wrong::new("more arguments are expected by", import.name.as_bytes()));
        }
        *arg = interpreter.value(words)?;
    }
    Ok(args)
}

fn check_shows(mut words: Words) -> Checked<()> {
    while !words.is_empty() {
        let word = words.next()?;
        if word != b"show" {
            return Err(Wrong::new("-> NAME, show or the line's end is expected instead of", word));
        }
        words.next()?;
        words.next()?;
    }
    Ok(())
}

fn each_show(
    interpreter: &mut Interpreter,
    mut words: Words,
    mut act: impl FnMut(&mut Interpreter, u64, u64),
) -> Checked<()> {
    while words.take(b"show") {
        let address = interpreter.address(&mut words)?;
        let length = interpreter.address(&mut words)?;
        act(interpreter, address, length);
    }
    words.done()
}
