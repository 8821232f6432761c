//! Evaluates expressions: recursive descent over one word, wrapping at 64 bits.

use crate::memory;
use crate::names::{Names, is_name_byte};
use crate::wrong::{Checked, Wrong};

/// Parentheses and loads may nest this deep; beyond, the guest's stack would be at risk.
const DEEPEST: u32 = 64;

/// The value of a whole word.
pub fn evaluate(word: &'static [u8], names: &Names) -> Checked<u64> {
    let mut parser = Parser { word, rest: word, names, depth: 0 };
    let value = parser.comparison()?;
    if parser.rest.is_empty() { Ok(value) } else { Err(parser.wrong("the expression goes on where it should end")) }
}

struct Parser<'a> {
    word: &'static [u8],
    rest: &'static [u8],
    names: &'a Names,
    depth: u32,
}

impl Parser<'_> {
    fn wrong(&self, what: &'static str) -> Wrong {
        Wrong::new(what, self.word)
    }

    fn take(&mut self, token: &[u8]) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn take_while(&mut self, accept: fn(u8) -> bool) -> &'static [u8] {
        let length = self.rest.iter().take_while(|b| accept(**b)).count();
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((&[], self.rest));
        self.rest = rest;
        taken
    }

    fn comparison(&mut self) -> Checked<u64> {
        let mut left = self.and()?;
        loop {
            left = if self.take(b"==") {
                (left == self.and()?) as u64
            } else if self.take(b"!=") {
                (left != self.and()?) as u64
            } else if self.take(b"<") {
                (left < self.and()?) as u64
            } else if self.take(b">") {
                (left > self.and()?) as u64
            } else {
                return Ok(left);
            }
        }
    }

    fn and(&mut self) -> Checked<u64> {
        let mut left = self.sum()?;
        while self.take(b"&") {
            left &= self.sum()?;
        }
        Ok(left)
    }

    fn sum(&mut self) -> Checked<u64> {
        let mut left = self.product()?;
        loop {
            left = if self.take(b"+") {
                left.wrapping_add(self.product()?)
            } else if self.take(b"-") {
                left.wrapping_sub(self.product()?)
            } else {
                return Ok(left);
            }
        }
    }

    fn product(&mut self) -> Checked<u64> {
        let mut left = self.operand()?;
        while self.take(b"*") {
            left = left.wrapping_mul(self.operand()?);
        }
        Ok(left)
    }

    fn operand(&mut self) -> Checked<u64> {
        if self.take(b"(") {
            return self.until(b")");
        }
        if self.take(b"$") {
            let name = self.take_while(is_name_byte);
            return self.names.value(name).ok_or(self.wrong("no such name"));
        }
        for (token, size) in [(&b"u8["[..], 1), (b"u16[", 2), (b"u32[", 4), (b"u64[", 8)] {
            if self.take(token) {
                let address = self.until(b"]")?;
                return memory::load(address, size).ok_or(self.wrong("the load is out of memory's bounds"));
            }
        }
        let negative = self.take(b"-");
        let digits = self.number()?;
        Ok(if negative { digits.wrapping_neg() } else { digits })
    }

    fn until(&mut self, close: &[u8]) -> Checked<u64> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong("the expression nests deeper than 64"));
        }
        let value = self.comparison()?;
        self.depth -= 1;
        if self.take(close) { Ok(value) } else { Err(self.wrong("a bracket isn't closed")) }
    }

    fn number(&mut self) -> Checked<u64> {
        let base = if self.take(b"0x") { 16 } else { 10 };
        let digits = self.take_while(|b| b.is_ascii_hexdigit());
        if digits.is_empty() {
            return Err(self.wrong("a number, a name, a load or a bracket is expected"));
        }
        let mut value: u64 = 0;
        for digit in digits {
            let digit = (*digit as char).to_digit(base).ok_or(self.wrong("no number"))?;
            let next = value.checked_mul(base as u64).and_then(|v| v.checked_add(digit as u64));
            value = next.ok_or(self.wrong("the number is beyond 64 bits"))?;
        }
        Ok(value)
    }
}
