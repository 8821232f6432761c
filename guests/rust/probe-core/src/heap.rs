//! A bump allocator over everything behind the static data. Nothing is freed, but a bench takes the top back.

use core::arch::wasm32::{memory_grow, memory_size};
use core::ptr::{addr_of, addr_of_mut};

pub const PAGE: u64 = 65_536;

unsafe extern "C" {
    static __heap_base: u8;
}

/// 0 until the first use: the linker knows the base only as an address.
static mut TOP: usize = 0;

/// The first free address.
#[inline(always)]
pub fn top() -> usize {
    let top = unsafe { addr_of!(TOP).read_volatile() };
    if top == 0 { addr_of!(__heap_base) as usize } else { top }
}

/// Frees everything from `top` on. Volatile, so that a loop of nothing else stays a loop.
#[inline(always)]
pub fn take_back(top: usize) {
    unsafe { addr_of_mut!(TOP).write_volatile(top) }
}

/// The linear memory's size in bytes.
pub fn memory_bytes() -> u64 {
    memory_size(0) as u64 * PAGE
}

/// Grows memory by one page, whether needed or not.
pub fn grow() {
    memory_grow(0, 1);
}

/// Fresh bytes (not zeroed) at a multiple of `align`, a power of two; None where memory can't grow that far.
pub fn allocate(size: u64, align: u64) -> Option<usize> {
    let start = (top() as u64).checked_add(align.checked_sub(1)?)? & !(align - 1);
    let end = start.checked_add(size)?;
    // The last page is left out, so that no address or length wraps at 32 bits.
    if end > u32::MAX as u64 - PAGE {
        return None;
    }
    let short = end.saturating_sub(memory_bytes());
    if short > 0 && memory_grow(0, short.div_ceil(PAGE) as usize) == usize::MAX {
        return None;
    }
    take_back(end as usize);
    Some(start as usize)
}

/// Where the script's own allocations begin: at a round address behind arguments of any length, so that addresses (and
/// `$memory`) are the same on each runtime and with each option.
pub fn begin_script() {
    const ROUND: u64 = 256 * 1024;
    if let Some(start) = allocate(PAGE, ROUND) {
        take_back(start);
    }
}
