//! The interpreter's state, and what its statements share: values, and the frame of their records.

use crate::bench::Seen;
use crate::clock::Clock;
use crate::expressions::evaluate;
use crate::host::Host;
use crate::lines::{Lines, Words};
use crate::names::Names;
use crate::records::Records;
use crate::wrong::{Checked, Wrong};

/// Benches that are remembered; one more is calibrated anew in each pass, and can't be asked for by its key alone.
pub const MOST_BENCHES: usize = 256;

pub struct Interpreter {
    pub lines: Lines,
    pub names: &'static mut Names,
    pub records: Records,
    /// Inside a loop: nothing is recorded.
    pub quiet: bool,
    /// Calibrated by the first bench.
    pub clock: Option<Clock>,
    pub benches: &'static mut [Option<Seen>; MOST_BENCHES],
}

/// Static, not on the stack: it is 16 KiB.
static mut BENCHES: [Option<Seen>; MOST_BENCHES] = [None; MOST_BENCHES];

/// The one list there is; called once, by the interpreter's start.
pub fn benches() -> &'static mut [Option<Seen>; MOST_BENCHES] {
    unsafe { &mut *core::ptr::addr_of_mut!(BENCHES) }
}

impl Interpreter {
    /// The next word, evaluated.
    pub fn value(&self, words: &mut Words) -> Checked<u64> {
        evaluate(words.next()?, self.names)
    }

    /// The next word as an address or a length: 32 bits, as larger ones would be told wrongly.
    pub fn address(&self, words: &mut Words) -> Checked<u64> {
        let word = words.next()?;
        let value = evaluate(word, self.names)?;
        if value > u32::MAX as u64 {
            Err(Wrong::new("an address or length has 32 bits, unlike", word))
        } else {
            Ok(value)
        }
    }

    /// Reports that the current statement begins.
    pub fn begin<H: Host>(&mut self) {
        if !self.quiet {
            self.records.open(b">", self.lines.number);
            self.records.close::<H>();
        }
    }

    /// Begins the report that the current statement has ended.
    pub fn end(&mut self) -> &mut Records {
        self.records.open(b"<", self.lines.number)
    }

    /// Reports both clocks.
    pub fn clocks(records: &mut Records, mono: u64, real: u64) {
        records.wide(b"mono", mono).wide(b"real", real);
    }
}
