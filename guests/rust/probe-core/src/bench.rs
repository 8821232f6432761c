//! `bench`: times one import in batches, beside an empty loop and a control loop.

use crate::call::{arguments, import};
use crate::clock::{Clock, control, time};
use crate::heap;
use crate::host::Host;
use crate::imports::{Args, Failure, Import};
use crate::interpreter::Interpreter;
use crate::lines::Words;
use crate::memory;
use crate::wrong::{Checked, Wrong};

const MOST_CALLS: u32 = 1 << 24;
const TICKS: u64 = 1_000;
/// So many batches in a row must last long enough: one may be long by an interruption, or by code not yet compiled.
const ENOUGH_RUNS: u32 = 3;

struct Bench {
    import: &'static Import,
    args: Args,
    batch: fn(u32, &Args) -> u64,
}

pub fn run<H: Host>(interpreter: &mut Interpreter, mut words: Words) -> Checked<()> {
    let key = interpreter.value(&mut words)?;
    let batches = interpreter.value(&mut words)?;
    let enough = interpreter.value(&mut words)?;
    let drops = words.take(b"drop");
    let import = import::<H>(&mut words)?;
    let args = arguments(interpreter, import, &mut words)?;
    words.done()?;
    let name = import.name.as_bytes();
    let batch = match drops {
        true => import.batch_and_drop.ok_or(Wrong::new("there is nothing to drop after", name))?,
        false => import.batch,
    };
    // Three durations a batch and a last control one, kept where benched calls can't reach.
    let size = batches.checked_mul(24).and_then(|size| size.checked_add(8));
    let times =
        size.and_then(|size| heap::allocate(size, 8)).ok_or(Wrong::new("no memory for so many batches of", name))?;
    let behind = heap::top();
    interpreter.begin::<H>();
    let loops = interpreter.records.options.loops;
    let clock = *interpreter.clock.get_or_insert_with(|| Clock::calibrate::<H>(loops));
    let bench = Bench { import, args, batch };
    let known = interpreter.calibration(key).map_or(0, |calls| *calls);
    let calls = bench.calibrate::<H>(enough, clock.tick, known);
    if let Some(remembered) = interpreter.calibration(key) {
        *remembered = calls;
    }
    let mut last = 0;
    for i in 0..batches {
        let at = times as u64 + 24 * i;
        note(at, time::<H>(|| control(clock.loops)));
        note(at + 8, time::<H>(|| empty(calls)));
        note(at + 16, time::<H>(|| last = (bench.batch)(calls, &bench.args)));
    }
    note(times as u64 + 24 * batches, time::<H>(|| control(clock.loops)));
    let records = interpreter.end();
    records.narrow(b"key", key).narrow(b"calls", calls as u64);
    for (name, place, count) in [(&b"batches"[..], 16, batches), (b"empty", 8, batches), (b"control", 0, batches + 1)] {
        records.key(name).raw(b"[");
        for i in 0..count {
            let at = times as u64 + 24 * i + place;
            records.raw(if i > 0 { b"," } else { b"" }).signed(memory::load(at, 8).unwrap_or(0) as i64);
        }
        records.raw(b"]");
    }
    records
        .narrow(b"loops", clock.loops as u64)
        .narrow(b"tick", clock.tick)
        .narrow(b"failed", bench.failed(last) as u64);
    records.close::<H>();
    // Records may have grown behind the durations: then they stay.
    if heap::top() == behind {
        heap::take_back(times);
    }
    Ok(())
}

impl Bench {
    /// `known` is an earlier pass's finding, 0 for none: it is only looked at again, as code may have got faster since.
    fn calibrate<H: Host>(&self, enough: u64, tick: u64, known: u32) -> u32 {
        let enough = enough.max(tick.saturating_mul(TICKS)).min(i64::MAX as u64) as i64;
        let is_enough = |calls| {
            // Warmed up like the call's loop.
            empty(calls);
            let lasted = time::<H>(|| {
                (self.batch)(calls, &self.args);
            });
            // A tick of 0 is a clock that stands still: no batch is ever long enough.
            lasted >= enough && tick > 0
        };
        if known > 0 && is_enough(known) {
            return known;
        }
        let mut calls = known.max(1);
        while calls < MOST_CALLS && !(0..ENOUGH_RUNS).all(|_| is_enough(calls)) {
            calls *= 2;
        }
        calls
    }

    fn failed(&self, result: u64) -> bool {
        match self.import.failure {
            Failure::Never => false,
            Failure::Flat => result != 0,
            Failure::Pointed => {
                let area = self.import.arity.checked_sub(1).and_then(|last| self.args.get(last));
                area.and_then(|area| memory::load(*area as u32 as u64, 1)) == Some(1)
            }
        }
    }
}

/// The benches' loop without its call. The volatile store keeps it.
#[inline(never)]
fn empty(count: u32) {
    let top = heap::top();
    for _ in 0..count {
        heap::take_back(top);
    }
}

fn note(at: u64, duration: i64) {
    // Inside memory: it was allocated for this.
    memory::store(at, 8, duration as u64);
}
