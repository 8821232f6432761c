//! Writes to stderr by `fd_write`, all pieces in one call where the host takes them.

use crate::imports::raw;
use probe_core::Piece;

const STDERR: i32 = 2;
const AGAIN: i32 = 6;
const INTR: i32 = 27;

pub fn write(pieces: &mut [Piece]) {
    let mut rest = pieces;
    while let Some(first) = rest.first_mut() {
        if first.length == 0 {
            rest = rest.get_mut(1..).unwrap_or(&mut []);
            continue;
        }
        let mut written = 0u32;
        match unsafe { raw::fd_write(STDERR, rest.as_ptr() as i32, rest.len() as i32, &raw mut written as i32) } {
            0 => {}
            AGAIN | INTR => continue,
            // Nobody can be told.
            _ => return,
        }
        let mut written = written as usize;
        for piece in rest.iter_mut() {
            let part = written.min(piece.length);
            piece.address = unsafe { piece.address.add(part) };
            piece.length -= part;
            written -= part;
        }
    }
}
