//! Reads `argv[1]`: the nonce, and whether records are written as they arise.

use crate::wrong::{Checked, Wrong};

pub struct Options {
    pub nonce: &'static [u8],
    pub live: bool,
}

impl Options {
    pub const DEFAULT: Options = Options { nonce: &[], live: true };

    /// Fills in what the text says; what was understood before an error stays, so that the error can be reported.
    pub fn read(&mut self, text: &'static [u8]) -> Checked<()> {
        for pair in text.split(|b| *b == b' ').filter(|pair| !pair.is_empty()) {
            if let Some(nonce) = pair.strip_prefix(b"nonce=") {
                if nonce.len() > 32 || !nonce.iter().all(u8::is_ascii_hexdigit) {
                    return Err(Wrong::new("a nonce is at most 32 hex digits", pair));
                }
                self.nonce = nonce;
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
