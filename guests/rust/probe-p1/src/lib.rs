//! Preview 1's host basics, by raw calls of `wasi_snapshot_preview1`.
#![no_std]

mod imports;
mod stderr;
mod texts;

use imports::raw;
use probe_core::{Host, Import, Piece, start};

const REALTIME: i32 = 0;
const MONOTONIC: i32 = 1;

struct Preview1;

impl Host for Preview1 {
    const PROBE: &'static str = env!("WASIMETER_PROBE");
    const REALLOC: bool = false;

    #[inline(always)]
    fn monotonic() -> u64 {
        clock(MONOTONIC)
    }

    fn wall() -> u64 {
        clock(REALTIME)
    }

    fn arguments() -> &'static [Piece] {
        texts::arguments()
    }

    fn variable(name: &[u8]) -> Option<Piece> {
        texts::variable(name)
    }

    fn write(pieces: &mut [Piece]) {
        stderr::write(pieces);
    }

    fn exit(code: u64) -> ! {
        unsafe { raw::proc_exit(code as i32) };
        core::arch::wasm32::unreachable()
    }

    fn imports() -> &'static [Import] {
        imports::IMPORTS
    }
}

#[inline(always)]
fn clock(id: i32) -> u64 {
    let mut time = 0u64;
    unsafe { raw::clock_time_get(id, 1, &raw mut time as i32) };
    time
}

#[unsafe(no_mangle)]
extern "C" fn _start() {
    start::<Preview1>();
}
