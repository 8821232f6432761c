//! What a bench must know of the clock and of this process before it times anything: found once.

use crate::host::Host;

const CHANGES: u32 = 64;
const READINGS: u32 = 100_000;
const CONTROL_NS: i64 = 20_000;
const MOST_LOOPS: u32 = 1 << 30;

#[derive(Clone, Copy)]
pub struct Clock {
    /// The greatest common divisor of the differences between readings; 0 if the clock stood still.
    pub tick: u64,
    /// How often the control loop goes round.
    pub loops: u32,
}

impl Clock {
    pub fn calibrate<H: Host>() -> Clock {
        let begin = H::monotonic();
        let (mut last, mut tick, mut changes, mut readings) = (begin, 0, 0, 0u32);
        while changes < CHANGES && readings < READINGS {
            let now = H::monotonic();
            readings += 1;
            if now != last {
                tick = common_divisor(tick, now.abs_diff(last));
                last = now;
                changes += 1;
            }
        }
        let reading = (last.wrapping_sub(begin) as i64).checked_div(readings as i64).unwrap_or(0);
        let enough = CONTROL_NS.max(reading.saturating_mul(5));
        let mut loops = 1;
        while loops < MOST_LOOPS && time::<H>(|| control(loops)) < enough {
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

/// A loop without imports, each round needing the one before. Its sink is volatile, so that it is really computed.
#[inline(never)]
pub fn control(loops: u32) {
    static mut SINK: u64 = 1;
    let sink = core::ptr::addr_of_mut!(SINK);
    let mut value = unsafe { sink.read_volatile() };
    for _ in 0..loops {
        value ^= value << 13;
        value ^= value >> 7;
        value ^= value << 17;
    }
    unsafe { sink.write_volatile(value) }
}

fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}
