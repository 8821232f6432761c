//! Reads the options: the nonce, whether records are written as they arise, how long the control loop is, names bound beforehand.

use crate::clock::MOST_LOOPS;
use crate::expressions::evaluate;
use crate::names::Names;
use crate::wrong::{Checked, Wrong};

pub struct Options {
    pub nonce: &'static [u8],
    pub live: bool,
    /// Rounds of the control loop; 0 to find out.
    pub loops: u32,
}

impl Options {
    pub const DEFAULT: Options = Options { nonce: &[], live: true, loops: 0 };

    /// Fills in what the text says; what was understood before an error stays, so that the error can be reported.
    pub fn read(&mut self, text: &'static [u8], names: &mut Names) -> Checked<()> {
        for pair in text.split(|b| *b == b' ').filter(|pair| !pair.is_empty()) {
            if let Some(nonce) = pair.strip_prefix(b"nonce=") {
                if nonce.len() > 32 || !nonce.iter().all(u8::is_ascii_hexdigit) {
                    return Err(Wrong::new("a nonce is at most 32 hex digits", pair));
                }
                self.nonce = nonce;
            } else if let Some(loops) = pair.strip_prefix(b"loops=") {
                self.loops = decimal(loops).ok_or(Wrong::new("loops are a number up to 1073741824", pair))?;
            } else if let Some(binding) = pair.strip_prefix(b"let.") {
                let mut sides = binding.splitn(2, |b| *b == b'=');
                let (Some(name), Some(value)) = (sides.next(), sides.next()) else {
                    return Err(Wrong::new("let.NAME=VALUE, please", pair));
                };
                let value = evaluate(value, names)?;
                names.bind(name, value)?;
            } else {
                self.live = match pair {
                    b"record=live" => true,
                    b"record=buffered" => false,
                    _ => return Err(Wrong::new("no such option", pair)),
                };
            }
        }
        Ok(())
    }
}

fn decimal(digits: &[u8]) -> Option<u32> {
    let value = digits.iter().try_fold(0u32, |value, digit| {
        let digit = digit.is_ascii_digit().then(|| (digit - b'0') as u32)?;
        value.checked_mul(10)?.checked_add(digit)
    })?;
    (!digits.is_empty() && value <= MOST_LOOPS).then_some(value)
}
