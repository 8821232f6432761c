//! A probe's life: clocks, arguments, hello, script, farewell.

use crate::embedded::embedded;
use crate::host::{Host, Piece};
use crate::interpreter::{Interpreter, benches};
use crate::lines::Lines;
use crate::options::Options;
use crate::output::Output;
use crate::records::Records;
use crate::statements::run_all;
use crate::wrong::{Checked, Wrong};
use crate::{heap, names};

const WRONG: u64 = 120;

/// Runs the probe. The clocks come first of all, so that start-up can be told from everything after it.
pub fn start<H: Host>() {
    let mono = H::monotonic();
    let real = H::wall();
    let mut interpreter = Interpreter {
        lines: Lines::new(&[]),
        names: names::all(),
        records: Records { output: Output::new(), options: Options::DEFAULT },
        quiet: false,
        clock: None,
        benches: benches(),
    };
    let (options, parts) = given::<H>();
    let understood = interpreter.records.options.read(options, interpreter.names);
    let records = interpreter.records.open(b">", 0);
    records.raw(b",\"probe\":\"").raw(H::PROBE.as_bytes()).raw(b"\"");
    Interpreter::clocks(records, mono, real);
    records.close::<H>();
    let run = understood.and_then(|()| {
        interpreter.lines = Lines::new(script(parts)?);
        heap::begin_script();
        run_all::<H>(&mut interpreter)
    });
    match run {
        Ok(()) => {
            let (mono, real) = (H::monotonic(), H::wall());
            let records = interpreter.records.open(b"<", 0);
            Interpreter::clocks(records, mono, real);
            records.close::<H>();
            records.output.flush::<H>();
        }
        Err(wrong) => {
            let number = interpreter.lines.number;
            let records = interpreter.records.open(b"!", number);
            records.raw(b",\"error\":\"").escaped(wrong.what.as_bytes()).raw(b" ").escaped(wrong.word).raw(b"\"");
            records.close::<H>();
            records.output.flush::<H>();
            H::exit(WRONG)
        }
    }
}

/// The options and the script's parts: what stands in the probe itself goes before the arguments, or where these are the case's own
/// the environment. The arguments are asked for in any case: what else a host does then, it does the same.
fn given<H: Host>() -> (&'static [u8], &'static [Piece]) {
    let arguments = H::arguments();
    if let Some((options, script)) = embedded() {
        return (options, one(script));
    }
    match arguments.get(1).map(Piece::bytes) {
        Some(options) if options.starts_with(b"nonce=") => (options, arguments.get(2..).unwrap_or(&[])),
        _ => (H::variable(b"WASIMETER_OPTIONS").map_or(&[], |piece| piece.bytes()), from_variable::<H>()),
    }
}

fn from_variable<H: Host>() -> &'static [Piece] {
    H::variable(b"WASIMETER_SCRIPT").map_or(&[], one)
}

/// A script in one part.
fn one(script: Piece) -> &'static [Piece] {
    let Some(place) = heap::allocate(core::mem::size_of::<Piece>() as u64, 4) else { return &[] };
    let place = place as *mut Piece;
    unsafe {
        place.write(script);
        core::slice::from_raw_parts(place, 1)
    }
}

/// Joins the script's parts.
fn script(parts: &[Piece]) -> Checked<&'static [u8]> {
    let length: usize = parts.iter().fold(0, |sum, part| sum.saturating_add(part.length));
    let joined = heap::allocate(length as u64, 1).ok_or(Wrong::new("no memory for the script", b""))? as *mut u8;
    let mut at = joined;
    for part in parts {
        unsafe {
            core::ptr::copy_nonoverlapping(part.bytes().as_ptr(), at, part.length);
            at = at.add(part.length);
        }
    }
    Ok(Piece { address: joined, length }.bytes())
}
