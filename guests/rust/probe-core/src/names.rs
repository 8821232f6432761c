//! The script's names and their values.

use crate::wrong::{Checked, Wrong};

const MOST: usize = 2048;

#[derive(Clone, Copy)]
struct Name {
    text: &'static [u8],
    value: u64,
}

pub struct Names {
    list: [Name; MOST],
    count: usize,
}

/// Static, not on the stack: it is 32 KiB.
static mut NAMES: Names = Names { list: [Name { text: &[], value: 0 }; MOST], count: 0 };

/// The one list there is; called once, by the interpreter's start.
pub fn all() -> &'static mut Names {
    unsafe { &mut *core::ptr::addr_of_mut!(NAMES) }
}

pub fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'
}

impl Names {
    pub fn value(&self, text: &[u8]) -> Option<u64> {
        if text == b"memory" {
            return Some(crate::heap::memory_bytes());
        }
        self.list.iter().take(self.count).find(|name| name.text == text).map(|name| name.value)
    }

    pub fn bind(&mut self, text: &'static [u8], value: u64) -> Checked<()> {
        check(text)?;
        if let Some(name) = self.list.iter_mut().take(self.count).find(|name| name.text == text) {
            name.value = value;
            return Ok(());
        }
        let free = self.list.get_mut(self.count).ok_or(Wrong::new("more than 2048 names", text))?;
        *free = Name { text, value };
        self.count += 1;
        Ok(())
    }
}

/// Whether a word may be bound: checked before a call, so that the call isn't made in vain.
pub fn check(text: &'static [u8]) -> Checked<()> {
    if text.is_empty() || !text.iter().all(|b| is_name_byte(*b)) {
        return Err(Wrong::new("a name is of a-z, 0-9 and _", text));
    }
    if text == b"memory" {
        return Err(Wrong::new("memory is the memory's size and can't be bound", text));
    }
    Ok(())
}
