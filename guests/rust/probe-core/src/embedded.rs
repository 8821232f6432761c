//! A script that stands in the probe itself, so that it needs no arguments: written into the wasm after it was built.

use crate::host::Piece;
use core::ptr::{addr_of, addr_of_mut};

const CAPACITY: usize = 64 * 1024;
static mut BUFFER: [u8; CAPACITY] = [0; CAPACITY];

/// Tells whoever embeds a script where it goes: a data segment fills the buffer, another one the length. The export is its address.
#[repr(C)]
pub struct Embedded {
    buffer: *mut u8,
    capacity: usize,
    length: usize,
}

#[used]
#[unsafe(export_name = "wasimeter_embedded")]
pub static mut EMBEDDED: Embedded = Embedded { buffer: addr_of_mut!(BUFFER) as *mut u8, capacity: CAPACITY, length: 0 };

/// Options and script, parted by a line feed; None where nothing was embedded. Volatile: the compiler sees nobody write.
pub fn embedded() -> Option<(&'static [u8], Piece)> {
    let length = unsafe { addr_of!(EMBEDDED.length).read_volatile() };
    if length == 0 || length > CAPACITY {
        return None;
    }
    let text = Piece { address: addr_of!(BUFFER) as *const u8, length }.bytes();
    let mut halves = text.splitn(2, |b| *b == b'\n');
    let (options, script) = (halves.next().unwrap_or(&[]), halves.next().unwrap_or(&[]));
    Some((options, Piece { address: script.as_ptr(), length: script.len() }))
}
