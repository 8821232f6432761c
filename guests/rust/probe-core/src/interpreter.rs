//! The interpreter's state, and what its statements share: values, and the frame of their records.

use crate::clock::Clock;
use crate::expressions::evaluate;
use crate::host::Host;
use crate::lines::{Lines, Words};
use crate::names::Names;
use crate::records::Records;
use crate::wrong::{Checked, Wrong};

/// Benches whose calibration is remembered; one more is calibrated anew in each pass.
pub const MOST_KEYS: usize = 128;

pub struct Interpreter {
    pub lines: Lines,
    pub names: &'static mut Names,
    pub records: Records,
    /// Inside a loop: nothing is recorded.
    pub quiet: bool,
    /// Calibrated by the first bench.
    pub clock: Option<Clock>,
    /// How many calls make a batch, by a bench's key: found in its first pass, checked in later ones.
    pub calls: [(u64, u32); MOST_KEYS],
}

impl Interpreter {
    /// The remembered calibration of a bench: its place, taken at the first asking; None when all are taken.
    pub fn calibration(&mut self, key: u64) -> Option<&mut u32> {
        let place = self.calls.iter().position(|(known, calls)| *calls == 0 || *known == key)?;
        self.calls[place].0 = key;
        Some(&mut self.calls[place].1)
    }

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
