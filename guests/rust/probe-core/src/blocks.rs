//! `cabi_realloc`: how the host gets memory in the guest, how it misbehaves on request, and which blocks it handed out.

use crate::heap;
use crate::host::Host;
use core::arch::wasm32::unreachable;
use core::ptr::{addr_of, addr_of_mut};

#[derive(Clone, Copy, PartialEq)]
pub enum Mode {
    Normal,
    Grow,
    Misalign,
    Oob,
    Trap,
    Reenter,
    Fixed(usize),
}

pub const MOST: usize = 4096;

struct Log {
    mode: Mode,
    /// Only a `call` reports its blocks; a bench would fill the list.
    open: bool,
    count: usize,
    blocks: [(u32, u32); MOST],
}

static mut LOG: Log = Log { mode: Mode::Normal, open: false, count: 0, blocks: [(0, 0); MOST] };

fn log() -> &'static mut Log {
    unsafe { &mut *addr_of_mut!(LOG) }
}

pub fn set_mode(mode: Mode) {
    log().mode = mode;
}

/// From here on blocks are reported.
pub fn open() {
    (log().open, log().count) = (true, 0);
}

/// The blocks handed out since `open`; None if they were more than the list holds.
pub fn close() -> Option<&'static [(u32, u32)]> {
    log().open = false;
    let log = unsafe { &*addr_of!(LOG) };
    log.blocks.get(..log.count)
}

/// What the export `cabi_realloc` does.
pub fn reallocate<H: Host>(old: usize, old_length: usize, align: usize, length: usize) -> usize {
    let address = match log().mode {
        Mode::Normal => allocate(length, align),
        Mode::Grow => {
            heap::grow();
            allocate(length, align)
        }
        Mode::Misalign => allocate(length.saturating_add(1), align) + 1,
        Mode::Oob => 0xffff_fff0,
        Mode::Trap => unreachable(),
        Mode::Reenter => {
            H::monotonic();
            allocate(length, align)
        }
        Mode::Fixed(address) => address,
    };
    let kept = old_length.min(length);
    if kept > 0 && address != 0xffff_fff0 {
        unsafe { core::ptr::copy(old as *const u8, address as *mut u8, kept) };
    }
    let log = log();
    if log.open {
        if let Some(block) = log.blocks.get_mut(log.count) {
            *block = (address as u32, length as u32);
        }
        log.count += 1;
    }
    address
}

fn allocate(length: usize, align: usize) -> usize {
    heap::allocate(length as u64, align as u64).unwrap_or_else(|| unreachable())
}
