//! The bytes on their way to stderr: gathered until they are written in one go.

use crate::host::{Host, Piece};
use core::arch::wasm32::unreachable;
use core::ptr::{addr_of_mut, copy_nonoverlapping, null};

/// Static, so that a script's own addresses are the same whether records are buffered or not.
const FIRST: usize = 256 * 1024;
static mut FIRST_BYTES: [u8; FIRST] = [0; FIRST];

/// Each further piece is twice as large as the one before: 13 of them fill the memory.
const MOST: usize = 14;

pub struct Output {
    pieces: [Piece; MOST],
    current: usize,
}

impl Output {
    pub const fn new() -> Output {
        Output { pieces: [Piece { address: null(), length: 0 }; MOST], current: 0 }
    }

    pub fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let capacity = FIRST << self.current;
            let Some(piece) = self.pieces.get_mut(self.current) else { unreachable() };
            if piece.address.is_null() {
                piece.address =
                    if self.current == 0 { addr_of_mut!(FIRST_BYTES) as *const u8 } else { fresh(capacity) };
            }
            let room = capacity.saturating_sub(piece.length).min(bytes.len());
            let Some((now, later)) = bytes.split_at_checked(room) else { unreachable() };
            unsafe { copy_nonoverlapping(now.as_ptr(), (piece.address as *mut u8).add(piece.length), room) };
            piece.length += room;
            bytes = later;
            if !bytes.is_empty() {
                self.current += 1;
            }
        }
    }

    /// Writes what was gathered, and begins anew in the same memory.
    pub fn flush<H: Host>(&mut self) {
        let mut pieces = self.pieces;
        if let Some(filled) = pieces.get_mut(..self.current + 1)
            && self.pieces.iter().any(|piece| piece.length > 0)
        {
            H::write(filled);
        }
        self.pieces.iter_mut().for_each(|piece| piece.length = 0);
        self.current = 0;
    }
}

/// No memory left for records: nothing sensible can be said any more.
fn fresh(capacity: usize) -> *const u8 {
    match crate::heap::allocate(capacity as u64, 1) {
        Some(address) => address as *const u8,
        None => unreachable(),
    }
}
