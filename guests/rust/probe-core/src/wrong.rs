//! An error of the script itself: what is wrong, and the words that show where.

pub struct Wrong {
    pub what: &'static str,
    pub word: &'static [u8],
}

impl Wrong {
    pub fn new(what: &'static str, word: &'static [u8]) -> Wrong {
        Wrong { what, word }
    }
}

pub type Checked<T> = Result<T, Wrong>;
