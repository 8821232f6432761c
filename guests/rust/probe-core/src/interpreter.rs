//! The interpreter's state, and what its statements share: values, and the frame of their records.

use crate::clock::Clock;
use crate::expressions::evaluate;
use crate::host::Host;
use crate::lines::{Lines, Words};
use crate::names::Names;
use crate::records::Records;
use crate::wrong::{Checked, Wrong};

pub struct Interpreter {
    pub lines: Lines,
    pub names: &'static mut Names,
    pub records: Records,
    /// Inside a loop: nothing is recorded.
    pub quiet: bool,
    /// Calibrated by the first bench.
    pub clock: Option<Clock>,
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
