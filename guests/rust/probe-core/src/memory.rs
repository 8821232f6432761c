//! The script's own access to linear memory, checked: out of bounds is the script's error, never a trap.

use crate::heap::memory_bytes;

/// Whether a block lies inside memory.
pub fn holds(address: u64, length: u64) -> bool {
    address.checked_add(length).is_some_and(|end| end <= memory_bytes())
}

/// One byte that `holds` has allowed. Volatile: hosts write here without the compiler knowing.
pub fn byte(address: u64) -> u8 {
    unsafe { (address as usize as *const u8).read_volatile() }
}

pub fn set_byte(address: u64, value: u8) {
    unsafe { (address as usize as *mut u8).write_volatile(value) }
}

/// A little-endian integer of `size` bytes, at any alignment.
pub fn load(address: u64, size: u64) -> Option<u64> {
    if !holds(address, size) {
        return None;
    }
    Some((0..size).rev().fold(0, |value, i| value << 8 | byte(address + i) as u64))
}

pub fn store(address: u64, size: u64, value: u64) -> Option<()> {
    if !holds(address, size) {
        return None;
    }
    (0..size).for_each(|i| set_byte(address + i, (value >> (8 * i)) as u8));
    Some(())
}

pub fn fill(address: u64, length: u64, value: u8) -> Option<()> {
    if !holds(address, length) {
        return None;
    }
    (0..length).for_each(|i| set_byte(address + i, value));
    Some(())
}
