//! What a bench must know of the clock and of this process before it times anything: found once.

use crate::host::Host;

const CHANGES: u32 = 64;
const READINGS: u32 = 100_000;
const CONTROL_NS: i64 = 20_000;
/// So many runs in a row must be long enough: a compiler that comes in late makes the loop several times faster.
const CONTROL_RUNS: u32 = 64;
/// The cost of a reading is the mean of this many, and the least of so many such means.
const READINGS_IN_SERIES: i64 = 16;
const SERIES: u32 = 8;
pub const MOST_LOOPS: u32 = 1 << 30;

#[derive(Clone, Copy)]
pub struct Clock {
    /// The greatest common divisor of the differences between readings; 0 if the clock stood still.
    pub tick: u64,
    /// How often the control loop goes round.
    pub loops: u32,
}

impl Clock {
    /// With `loops` given, only the tick is found: processes that are compared must run the same control.
    pub fn calibrate<H: Host>(given: u32) -> Clock {
        let (mut last, mut tick, mut changes, mut readings) = (H::monotonic(), 0, 0, 0u32);
        while changes < CHANGES && readings < READINGS {
            let now = H::monotonic();
            readings += 1;
            if now != last {
                tick = common_divisor(tick, now.abs_diff(last));
                last = now;
                changes += 1;
            }
        }
        if given > 0 {
            return Clock { tick, loops: given };
        }
        let enough = CONTROL_NS.max(reading_cost::<H>().saturating_mul(5));
        let mut loops = 1;
        while loops < MOST_LOOPS && (0..CONTROL_RUNS).any(|_| time::<H>(|| control(loops)) < enough) {
            loops *= 2;
        }
        Clock { tick, loops }
    }
}

/// How long a batch lasts, in nanoseconds; negative where the clock ran backwards.
#[inline(always)]
pub fn time<H: Host>(batch: impl FnOnce()) -> i64 {
    let begin = H::monotonic();
    batch();
    H::monotonic().wrapping_sub(begin) as i64
}

/// A loop without imports, over eight independent accumulators: they fill a core's units, so that a sibling thread that
/// takes some of them is felt. The sinks are volatile, so that all of it is really computed.
#[inline(never)]
pub fn control(loops: u32) {
    static mut SINKS: [u64; 8] = [1, 2, 3, 4, 5, 6, 7, 8];
    let sinks = core::ptr::addr_of_mut!(SINKS);
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = unsafe { sinks.read_volatile() };
    for _ in 0..loops {
        (a, b, c, d) = (stir(a), stir(b), stir(c), stir(d));
        (e, f, g, h) = (stir(e), stir(f), stir(g), stir(h));
    }
    unsafe { sinks.write_volatile([a, b, c, d, e, f, g, h]) }
}

/// One round of xorshift: no compiler finds a shorter way round many of them.
#[inline(always)]
fn stir(mut value: u64) -> u64 {
    value ^= value << 13;
    value ^= value >> 7;
    value ^ value << 17
}

/// What one reading costs: the least mean of a few short series, as the first are slow while a compiler warms up.
fn reading_cost<H: Host>() -> i64 {
    let series = || {
        time::<H>(|| {
            (1..READINGS_IN_SERIES).for_each(|_| {
                H::monotonic();
            })
        }) / READINGS_IN_SERIES
    };
    (0..SERIES).map(|_| series()).min().unwrap_or(0)
}

fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}
