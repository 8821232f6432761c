//! The statements, one by one, but for `call` and `bench`.

use crate::blocks::{self, Mode};
use crate::digest::digest;
use crate::host::Host;
use crate::interpreter::Interpreter;
use crate::lines::Words;
use crate::wrong::{Checked, Wrong};
use crate::{bench, call, heap, memory};
use core::arch::wasm32::unreachable;

const OUT_OF_BOUNDS: &str = "out of memory's bounds:";

/// Runs the script to its end.
pub fn run_all<H: Host>(interpreter: &mut Interpreter) -> Checked<()> {
    while let Some(words) = interpreter.lines.next() {
        run::<H>(interpreter, words)?;
    }
    Ok(())
}

fn run<H: Host>(interpreter: &mut Interpreter, mut words: Words) -> Checked<()> {
    let verb = words.next()?;
    if interpreter.quiet && matches!(verb, b"mark" | b"bench" | b"exit" | b"loop") {
        return Err(Wrong::new("not allowed inside a loop:", verb));
    }
    match verb {
        b"alloc" => alloc(interpreter, words),
        b"put" => put(interpreter, words),
        b"store" => store(interpreter, words),
        b"fill" => fill(interpreter, words),
        b"let" => bind(interpreter, words),
        b"call" => call::run::<H>(interpreter, words),
        b"show" => show::<H>(interpreter, words),
        b"digest" => show_digest::<H>(interpreter, words),
        b"loop" => repeat::<H>(interpreter, words),
        b"mark" => mark::<H>(interpreter, words),
        b"realloc" => realloc::<H>(interpreter, words),
        b"bench" => bench::run::<H>(interpreter, words),
        b"exit" => exit::<H>(interpreter, words),
        b"trap" => trap::<H>(interpreter, words),
        b"end" => Err(Wrong::new("no loop is open here for", verb)),
        _ => Err(Wrong::new("no such statement:", verb)),
    }
}

fn alloc(interpreter: &mut Interpreter, mut words: Words) -> Checked<()> {
    let name = words.next()?;
    crate::names::check(name)?;
    let size = interpreter.value(&mut words)?;
    let align = interpreter.value(&mut words)?;
    words.done()?;
    if !align.is_power_of_two() {
        return Err(Wrong::new("the alignment is no power of two for", name));
    }
    let address = heap::allocate(size, align).ok_or(Wrong::new("memory can't grow that far for", name))? as u64;
    // A bench may have used these bytes before.
    memory::fill(address, size, 0).ok_or(Wrong::new(OUT_OF_BOUNDS, name))?;
    interpreter.names.bind(name, address)
}

fn put(interpreter: &mut Interpreter, mut words: Words) -> Checked<()> {
    let mut address = interpreter.address(&mut words)?;
    let quoted = words.remainder()?;
    let inside = quoted.strip_prefix(b"\"").and_then(|q| q.strip_suffix(b"\""));
    let mut text = inside.ok_or(Wrong::new("a text in double quotes is expected, not", quoted))?;
    while let Some((byte, rest)) = text.split_first() {
        let (byte, rest) = match byte {
            b'\\' => escape(rest).ok_or(Wrong::new("the escapes are \\\" \\\\ \\n and \\xNN, not", quoted))?,
            b'"' => return Err(Wrong::new("a quote inside a text needs a backslash:", quoted)),
            _ => (*byte, rest),
        };
        memory::store(address, 1, byte as u64).ok_or(Wrong::new(OUT_OF_BOUNDS, quoted))?;
        address += 1;
        text = rest;
    }
    Ok(())
}

/// The byte that the text behind a backslash stands for, and the rest.
fn escape(text: &'static [u8]) -> Option<(u8, &'static [u8])> {
    let (kind, rest) = text.split_first()?;
    match kind {
        b'"' | b'\\' => Some((*kind, rest)),
        b'n' => Some((b'\n', rest)),
        b'x' => {
            let (digits, rest) = rest.split_at_checked(2)?;
            let digit = |at: usize| (*digits.get(at)? as char).to_digit(16);
            Some(((digit(0)? << 4 | digit(1)?) as u8, rest))
        }
        _ => None,
    }
}

fn store(interpreter: &mut Interpreter, mut words: Words) -> Checked<()> {
    let width = words.next()?;
    let size = match width {
        b"u8" => 1,
        b"u16" => 2,
        b"u32" => 4,
        b"u64" => 8,
        _ => return Err(Wrong::new("u8, u16, u32 or u64 is expected, not", width)),
    };
    let address = interpreter.address(&mut words)?;
    let value = interpreter.value(&mut words)?;
    words.done()?;
    memory::store(address, size, value).ok_or(Wrong::new(OUT_OF_BOUNDS, width))
}

fn fill(interpreter: &mut Interpreter, mut words: Words) -> Checked<()> {
    let address = interpreter.address(&mut words)?;
    let length = interpreter.address(&mut words)?;
    let byte = interpreter.value(&mut words)?;
    words.done()?;
    memory::fill(address, length, byte as u8).ok_or(Wrong::new(OUT_OF_BOUNDS, b"fill"))
}

fn bind(interpreter: &mut Interpreter, mut words: Words) -> Checked<()> {
    let name = words.next()?;
    let value = interpreter.value(&mut words)?;
    words.done()?;
    interpreter.names.bind(name, value)
}

fn show<H: Host>(interpreter: &mut Interpreter, mut words: Words) -> Checked<()> {
    let address = interpreter.address(&mut words)?;
    let length = interpreter.address(&mut words)?;
    words.done()?;
    if !interpreter.quiet {
        interpreter.begin::<H>();
        let records = interpreter.end();
        records.key(b"m").raw(b"[").block(&mut true, address, length);
        records.raw(b"]").close::<H>();
    }
    Ok(())
}

fn show_digest<H: Host>(interpreter: &mut Interpreter, mut words: Words) -> Checked<()> {
    let address = interpreter.address(&mut words)?;
    let length = interpreter.address(&mut words)?;
    words.done()?;
    let digest = digest(address, length).ok_or(Wrong::new(OUT_OF_BOUNDS, b"digest"))?;
    if !interpreter.quiet {
        interpreter.begin::<H>();
        let records = interpreter.end();
        records.key(b"fnv").raw(b"\"");
        digest.fnv.to_be_bytes().iter().for_each(|byte| {
            records.hex(*byte);
        });
        records.raw(b"\"").narrow(b"zeros", digest.zeros).narrow(b"run", digest.run).narrow(b"len", length);
        records.close::<H>();
    }
    Ok(())
}

fn repeat<H: Host>(interpreter: &mut Interpreter, mut words: Words) -> Checked<()> {
    let name = words.next()?;
    crate::names::check(name)?;
    let count = interpreter.value(&mut words)?;
    words.done()?;
    let body = interpreter.lines;
    let mut after = body;
    loop {
        let mut line = after.next().ok_or(Wrong::new("no end follows the loop", name))?;
        if line.take(b"end") {
            line.done()?;
            break;
        }
    }
    interpreter.begin::<H>();
    interpreter.quiet = true;
    for i in 0..count {
        interpreter.names.bind(name, i)?;
        interpreter.lines = body;
        while let Some(line) = interpreter.lines.next() {
            if interpreter.lines.number == after.number {
                break;
            }
            run::<H>(interpreter, line)?;
        }
    }
    interpreter.quiet = false;
    // The record bears the loop's own line; the script goes on behind its end.
    interpreter.lines = body;
    interpreter.end().narrow(b"count", count).close::<H>();
    interpreter.lines = after;
    Ok(())
}

fn mark<H: Host>(interpreter: &mut Interpreter, words: Words) -> Checked<()> {
    words.done()?;
    interpreter.begin::<H>();
    let (mono, real) = (H::monotonic(), H::wall());
    let records = interpreter.end();
    Interpreter::clocks(records, mono, real);
    records.close::<H>();
    Ok(())
}

fn realloc<H: Host>(interpreter: &mut Interpreter, mut words: Words) -> Checked<()> {
    let word = words.next()?;
    let mode = match word {
        _ if !H::REALLOC => return Err(Wrong::new("preview 1 has no cabi_realloc to be", word)),
        b"normal" => Mode::Normal,
        b"grow" => Mode::Grow,
        b"misalign" => Mode::Misalign,
        b"oob" => Mode::Oob,
        b"trap" => Mode::Trap,
        b"reenter" => Mode::Reenter,
        b"fixed" => Mode::Fixed(interpreter.address(&mut words)? as usize),
        _ => return Err(Wrong::new("no such mode:", word)),
    };
    words.done()?;
    blocks::set_mode(mode);
    Ok(())
}

fn exit<H: Host>(interpreter: &mut Interpreter, mut words: Words) -> Checked<()> {
    let code = interpreter.value(&mut words)?;
    words.done()?;
    interpreter.begin::<H>();
    interpreter.records.output.flush::<H>();
    H::exit(code)
}

fn trap<H: Host>(interpreter: &mut Interpreter, words: Words) -> Checked<()> {
    words.done()?;
    interpreter.begin::<H>();
    interpreter.records.output.flush::<H>();
    unreachable()
}
