//! Reads the arguments and the environment, which preview 1 hands out alike: pointers to texts that end with a NUL.

use crate::imports::raw;
use probe_core::{Piece, heap};

/// All arguments; none where the host fails to tell them, which the records then show by a missing nonce.
pub fn arguments() -> &'static [Piece] {
    read(
        |count, size| unsafe { raw::args_sizes_get(count, size) },
        |pointers, text| unsafe { raw::args_get(pointers, text) },
    )
}

/// The value of an environment variable.
pub fn variable(name: &[u8]) -> Option<Piece> {
    let entries = read(
        |count, size| unsafe { raw::environ_sizes_get(count, size) },
        |pointers, text| unsafe { raw::environ_get(pointers, text) },
    );
    entries.iter().find_map(|entry| {
        let value = entry.bytes().strip_prefix(name)?.strip_prefix(b"=")?;
        Some(Piece { address: value.as_ptr(), length: value.len() })
    })
}

fn read(sizes: impl Fn(i32, i32) -> i32, get: impl Fn(i32, i32) -> i32) -> &'static [Piece] {
    let (mut count, mut size) = (0u32, 0u32);
    if sizes(&raw mut count as i32, &raw mut size as i32) != 0 {
        return &[];
    }
    let pointers = heap::allocate(count as u64 * 4, 4);
    let text = heap::allocate(size as u64, 1);
    let pieces = heap::allocate(count as u64 * 8, 4);
    let (Some(pointers), Some(text), Some(pieces)) = (pointers, text, pieces) else { return &[] };
    if get(pointers as i32, text as i32) != 0 {
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

/// Up to the NUL that ends a text.
fn length(text: *const u8) -> usize {
    let mut length = 0;
    while unsafe { text.add(length).read() } != 0 {
        length += 1;
    }
    length
}
