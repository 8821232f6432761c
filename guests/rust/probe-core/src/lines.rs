//! Cuts the script into numbered lines, and a line into words.

use crate::wrong::{Checked, Wrong};

/// A place in the script; copying it makes a bookmark.
#[derive(Clone, Copy)]
pub struct Lines {
    rest: Option<&'static [u8]>,
    /// The number of the line last given.
    pub number: u64,
}

impl Lines {
    pub fn new(script: &'static [u8]) -> Lines {
        Lines { rest: Some(script), number: 0 }
    }

    /// The next statement's words; comments and empty lines are passed over.
    pub fn next(&mut self) -> Option<Words> {
        loop {
            let (line, rest) = cut(self.rest?, b'\n');
            self.rest = rest;
            self.number += 1;
            if !line.is_empty() && !line.starts_with(b"#") {
                return Some(Words { rest: Some(line), last: line });
            }
        }
    }
}

#[derive(Clone, Copy)]
pub struct Words {
    rest: Option<&'static [u8]>,
    last: &'static [u8],
}

impl Words {
    /// The next word, which must be there.
    pub fn next(&mut self) -> Checked<&'static [u8]> {
        let rest = self.rest.ok_or(Wrong::new("more words are expected after", self.last))?;
        let (word, rest) = cut(rest, b' ');
        if word.is_empty() {
            return Err(Wrong::new("words are separated by single spaces: after", self.last));
        }
        (self.rest, self.last) = (rest, word);
        Ok(word)
    }

    /// Passes over this word if it comes next.
    pub fn take(&mut self, word: &[u8]) -> bool {
        let mut ahead = *self;
        let found = ahead.next().is_ok_and(|next| next == word);
        if found {
            *self = ahead;
        }
        found
    }

    /// The next word, without passing over it.
    pub fn peek(&self) -> Option<&'static [u8]> {
        let mut ahead = *self;
        ahead.next().ok()
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_none()
    }

    /// The rest of the line, spaces and all.
    pub fn remainder(&mut self) -> Checked<&'static [u8]> {
        let rest = self.rest.ok_or(Wrong::new("more words are expected after", self.last));
        self.rest = None;
        rest
    }

    /// The line must end here.
    pub fn done(&self) -> Checked<()> {
        self.rest.map_or(Ok(()), |rest| Err(Wrong::new("the line should end before", rest)))
    }
}

fn cut(bytes: &'static [u8], at: u8) -> (&'static [u8], Option<&'static [u8]>) {
    let mut halves = bytes.splitn(2, |b| *b == at);
    (halves.next().unwrap_or(&[]), halves.next())
}
