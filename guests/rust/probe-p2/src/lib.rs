//! Preview 2's host basics, by raw calls of the interfaces that every preview 2 probe imports.
#![no_std]

mod imports;
mod stderr;

use imports::raw;
use probe_core::{Host, Import, Piece, blocks, start};

struct Preview2;

impl Host for Preview2 {
    const PROBE: &'static str = env!("WASIMETER_PROBE");
    const REALLOC: bool = true;

    #[inline(always)]
    fn monotonic() -> u64 {
        unsafe { raw::clocks_monotonic_clock_now() as u64 }
    }

    fn wall() -> u64 {
        // A datetime: seconds as u64, nanoseconds as u32.
        let mut time = [0u64; 2];
        unsafe { raw::clocks_wall_clock_now(&raw mut time as i32) };
        let [seconds, nanoseconds] = time;
        seconds.wrapping_mul(1_000_000_000).wrapping_add(nanoseconds as u32 as u64)
    }

    fn arguments() -> &'static [Piece] {
        stderr::open();
        // A list of strings is laid out as an array of pieces.
        let mut list = Piece { address: core::ptr::null(), length: 0 };
        unsafe { raw::cli_environment_get_arguments(&raw mut list as i32) };
        if list.length == 0 {
            return &[];
        }
        unsafe { core::slice::from_raw_parts(list.address as *const Piece, list.length) }
    }

    fn variable(name: &[u8]) -> Option<Piece> {
        // A list of pairs of strings is laid out as an array of two pieces each.
        let mut list = Piece { address: core::ptr::null(), length: 0 };
        unsafe { raw::cli_environment_get_environment(&raw mut list as i32) };
        if list.length == 0 {
            return None;
        }
        let pairs = unsafe { core::slice::from_raw_parts(list.address as *const [Piece; 2], list.length) };
        pairs.iter().find(|[key, _]| key.bytes() == name).map(|[_, value]| *value)
    }

    fn write(pieces: &mut [Piece]) {
        stderr::write(pieces);
    }

    fn exit(code: u64) -> ! {
        unsafe { raw::cli_exit_exit((code != 0) as i32) };
        core::arch::wasm32::unreachable()
    }

    fn imports() -> &'static [Import] {
        imports::IMPORTS
    }
}

#[unsafe(export_name = "wasi:cli/run@0.2.0#run")]
extern "C" fn run() -> i32 {
    start::<Preview2>();
    0
}

#[unsafe(export_name = "cabi_realloc")]
extern "C" fn cabi_realloc(old: usize, old_length: usize, align: usize, length: usize) -> usize {
    blocks::reallocate::<Preview2>(old, old_length, align, length)
}
