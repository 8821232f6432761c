//! Reads the arguments, by `args_sizes_get` and `args_get`.

use crate::imports::raw;
use probe_core::{Piece, heap};

/// All arguments; none where the host fails to tell them, which the records then show by a missing nonce.
pub fn read() -> &'static [Piece] {
    let (mut count, mut size) = (0u32, 0u32);
    if unsafe { raw::args_sizes_get(&raw mut count as i32, &raw mut size as i32) } != 0 {
        return &[];
    }
    let pointers = heap::allocate(count as u64 * 4, 4);
    let text = heap::allocate(size as u64, 1);
    let pieces = heap::allocate(count as u64 * 8, 4);
    let (Some(pointers), Some(text), Some(pieces)) = (pointers, text, pieces) else { return &[] };
    if unsafe { raw::args_get(pointers as i32, text as i32) } != 0 {
        return &[];
    }
    let pieces = pieces as *mut Piece;
    for i in 0..count as usize {
        unsafe {
            let address = (pointers as *const *const u8).add(i).read();
            pieces.add(i).write(Piece { address, length: length(address) });
        }
    }
    unsafe { core::slice::from_raw_parts(pieces, count as usize) }
}

/// Up to the NUL that ends an argument.
fn length(text: *const u8) -> usize {
    let mut length = 0;
    while unsafe { text.add(length).read() } != 0 {
        length += 1;
    }
    length
}
