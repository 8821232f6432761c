//! Writes records: a mark, a space, a JSON object, a line each.

use crate::host::Host;
use crate::memory;
use crate::options::Options;
use crate::output::Output;

/// At most this much of a block is shown.
const SHOWN: u64 = 65_536;

pub struct Records {
    pub output: Output,
    pub options: Options,
}

impl Records {
    /// Begins a line: `> {"k":"…","n":3`.
    pub fn open(&mut self, mark: &[u8], number: u64) -> &mut Records {
        self.raw(mark).raw(b" {\"k\":\"");
        let nonce = self.options.nonce;
        self.raw(nonce).raw(b"\",\"n\":").number(number)
    }

    /// Ends a line, and writes it where records are live.
    pub fn close<H: Host>(&mut self) {
        self.raw(b"}\n");
        if self.options.live {
            self.output.flush::<H>();
        }
    }

    pub fn raw(&mut self, bytes: &[u8]) -> &mut Records {
        self.output.push(bytes);
        self
    }

    pub fn number(&mut self, mut value: u64) -> &mut Records {
        let mut digits = [0u8; 20];
        let mut length = 0;
        for place in digits.iter_mut().rev() {
            *place = b'0' + (value % 10) as u8;
            value /= 10;
            length += 1;
            if value == 0 {
                break;
            }
        }
        self.raw(digits.get(20 - length..).unwrap_or(&[]))
    }

    /// Signed, as a clock may run backwards.
    pub fn signed(&mut self, value: i64) -> &mut Records {
        if value < 0 {
            self.raw(b"-");
        }
        self.number(value.unsigned_abs())
    }

    /// `"key":"12"`: a decimal string, as JSON's numbers end at 53 bits.
    pub fn wide(&mut self, key: &[u8], value: u64) -> &mut Records {
        self.key(key).raw(b"\"").number(value).raw(b"\"")
    }

    pub fn key(&mut self, key: &[u8]) -> &mut Records {
        self.raw(b",\"").raw(key).raw(b"\":")
    }

    pub fn narrow(&mut self, key: &[u8], value: u64) -> &mut Records {
        self.key(key).number(value)
    }

    pub fn hex(&mut self, byte: u8) -> &mut Records {
        let digit = |d: u8| if d < 10 { b'0' + d } else { b'a' + d - 10 };
        self.raw(&[digit(byte >> 4), digit(byte & 15)])
    }

    /// Text of the script's, inside a JSON string; what is not printable ASCII becomes `\u00XX`.
    pub fn escaped(&mut self, text: &[u8]) -> &mut Records {
        for byte in text {
            match byte {
                b'"' | b'\\' => self.raw(&[b'\\', *byte]),
                0x20..0x7f => self.raw(&[*byte]),
                _ => self.raw(b"\\u00").hex(*byte),
            };
        }
        self
    }

    /// `[address,length,"hex"]`, the list's comma before it where it isn't the first.
    pub fn block(&mut self, first: &mut bool, address: u64, length: u64) {
        if !core::mem::replace(first, false) {
            self.raw(b",");
        }
        self.raw(b"[").number(address).raw(b",").number(length).raw(b",");
        if memory::holds(address, length) {
            self.raw(b"\"");
            for i in 0..length.min(SHOWN) {
                self.hex(memory::byte(address + i));
            }
            self.raw(b"\"]");
        } else {
            self.raw(b"null]");
        }
    }
}
