//! A bump allocator behind the static data, in pages it grew itself. Nothing is freed, but a bench takes the top back.

use core::arch::wasm32::{memory_grow, memory_size};
use core::ptr::{addr_of, addr_of_mut};

pub const PAGE: u64 = 65_536;

unsafe extern "C" {
    static __heap_base: u8;
    static __heap_end: u8;
}

/// 0 until the first use: the linker knows the base only as an address.
static mut TOP: usize = 0;

/// Where the present stretch of own memory begins and ends; 0 until memory was grown. Whoever else lives in this memory (the
/// preview 1 component adapter keeps its state there) may have grown it too: such pages are not ours.
static mut FLOOR: usize = 0;
static mut LIMIT: usize = 0;

fn floor() -> usize {
    unsafe { addr_of!(FLOOR).read() }
}

fn limit() -> usize {
    let limit = unsafe { addr_of!(LIMIT).read() };
    if limit == 0 { addr_of!(__heap_end) as usize } else { limit }
}

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

/// Grows memory by one page, whether needed or not; the page is nobody's.
pub fn grow() {
    memory_grow(0, 1);
}

/// Fresh bytes (not zeroed) at a multiple of `align`, a power of two; None where memory can't grow that far.
pub fn allocate(size: u64, align: u64) -> Option<usize> {
    // A bench may have taken the top back into an earlier stretch.
    let mut start = round_up(top().max(floor()) as u64, align)?;
    if start.checked_add(size)? > limit() as u64 {
        start = round_up(grow_for(start, size, align)?, align)?;
    }
    let end = start + size;
    // The last page is left out, so that no address or length wraps at 32 bits.
    if end > u32::MAX as u64 - PAGE {
        return None;
    }
    take_back(end as usize);
    Some(start as usize)
}

fn round_up(address: u64, align: u64) -> Option<u64> {
    Some(address.checked_add(align.checked_sub(1)?)? & !(align - 1))
}

/// Grows memory for `size` bytes wanted at `start`; where they can begin: there, or in a stretch of its own when somebody else
/// has grown memory meanwhile.
fn grow_for(start: u64, size: u64, align: u64) -> Option<u64> {
    let ours = limit() as u64;
    let adjacent = memory_bytes() == ours;
    let bytes = if adjacent { start.checked_add(size)? - ours } else { size.checked_add(align)? };
    let pages = usize::try_from(bytes.div_ceil(PAGE)).ok()?;
    let before = memory_grow(0, pages);
    if before == usize::MAX {
        return None;
    }
    let base = before as u64 * PAGE;
    unsafe { addr_of_mut!(LIMIT).write((base + pages as u64 * PAGE) as usize) };
    if adjacent {
        return Some(start);
    }
    unsafe { addr_of_mut!(FLOOR).write(base as usize) };
    Some(base)
}

/// Where the script's own allocations begin: at a round address behind arguments of any length, so that addresses (and
/// `$memory`) are the same on each runtime and with each option.
pub fn begin_script() {
    const ROUND: u64 = 256 * 1024;
    if let Some(start) = allocate(PAGE, ROUND) {
        take_back(start);
    }
}
