//! Writes to stderr by `blocking-write-and-flush`, which takes 4096 bytes a call.

use crate::imports::raw;
use core::ptr::addr_of_mut;
use probe_core::Piece;

const MOST: usize = 4096;

static mut STREAM: i32 = 0;

/// Gets the stream's handle, before the script and whether records are buffered or not: so the script's own handles are the
/// same numbers either way.
pub fn open() {
    unsafe { addr_of_mut!(STREAM).write(raw::cli_stderr_get_stderr()) }
}

pub fn write(pieces: &mut [Piece]) {
    let stream = addr_of_mut!(STREAM);
    for bytes in pieces.iter().flat_map(|piece| piece.bytes().chunks(MOST)) {
        // A result: its discriminant, then at most eight bytes of error.
        let mut area = [0u32; 3];
        let written = &raw mut area as i32;
        unsafe {
            raw::io_streams_method_output_stream_blocking_write_and_flush(
                stream.read(),
                bytes.as_ptr() as i32,
                bytes.len() as i32,
                written,
            );
        }
        // Nobody can be told.
        if area.first().is_some_and(|discriminant| *discriminant as u8 != 0) {
            return;
        }
    }
}
