//! `bench`: times one import, or a cycle of them, in batches, beside an empty loop and a control loop.

use crate::call::{arguments, import};
use crate::clock::{Clock, control, time};
use crate::cycle::{Cycle, take_moved};
use crate::heap;
use crate::host::Host;
use crate::imports::{Args, Import};
use crate::interpreter::Interpreter;
use crate::lines::{Lines, Words};
use crate::memory;
use crate::wrong::{Checked, Wrong};
use core::ptr::{addr_of, addr_of_mut};

const MOST_CALLS: u32 = 1 << 24;
const TICKS: u64 = 1_000;
/// So many batches in a row must last long enough: one may be long by an interruption, or by code not yet compiled.
const ENOUGH_RUNS: u32 = 3;
/// A later pass may find its batches shorter by this part: each quick moment would make them longer otherwise.
const SOMEWHAT: i64 = 8;

/// What is timed.
enum Bench {
    /// One import, in the loop that was generated around it.
    Call { import: &'static Import, args: Args, batch: fn(u32, &Args) -> u64 },
    Cycle(Cycle),
}

/// A bench that was seen, by its key: where it stands, and how many calls make a batch.
#[derive(Clone, Copy)]
pub struct Seen {
    key: u64,
    calls: u32,
    /// The words behind the key, and the lines behind them.
    place: (Words, Lines),
}

/// `bench KEY …`, or `bench KEY` alone for one that the script had before.
pub fn run<H: Host>(interpreter: &mut Interpreter, mut words: Words) -> Checked<()> {
    let key = interpreter.value(&mut words)?;
    let again = words.is_empty();
    let known = interpreter.benches.iter().position(|seen| seen.is_some_and(|seen| seen.key == key));
    let here = interpreter.lines;
    let (mut words, mut lines) = match known.and_then(|at| *interpreter.benches.get(at)?) {
        Some(seen) if again => seen.place,
        None if again => return Err(Wrong::new("there was no bench before with the key of", b"bench")),
        _ => (words, here),
    };
    let place = (words, lines);
    let batches = interpreter.value(&mut words)?;
    let enough = interpreter.value(&mut words)?;
    let before = heap::top();
    let bench = Bench::read::<H>(interpreter, words, &mut lines)?;
    let name = bench.name();
    // Three durations and what was moved for each batch, and a last control one, kept where benched calls can't reach.
    let size = batches.checked_mul(32).and_then(|size| size.checked_add(8));
    let times =
        size.and_then(|size| heap::allocate(size, 8)).ok_or(Wrong::new("no memory for so many batches of", name))?;
    let behind = heap::top();
    interpreter.begin::<H>();
    let loops = interpreter.records.options.loops;
    let clock = *interpreter.clock.get_or_insert_with(|| Clock::calibrate::<H>(loops));
    let at = known.or_else(|| interpreter.benches.iter().position(Option::is_none));
    let found = known.and_then(|at| *interpreter.benches.get(at)?).map_or(0, |seen| seen.calls);
    let calls = bench.calibrate::<H>(enough, clock.tick, found);
    if let Some(seen) = at.and_then(|at| interpreter.benches.get_mut(at)) {
        *seen = Some(Seen { key, calls, place });
    }
    let mut any = false;
    for i in 0..batches {
        let at = times as u64 + 32 * i;
        note(at, time::<H>(|| control(clock.loops)));
        note(at + 8, time::<H>(|| bench.empty(calls)));
        take_moved();
        note(at + 16, time::<H>(|| bench.batch(calls)));
        let moved = take_moved();
        any |= moved > 0;
        note(at + 24, moved as i64);
    }
    note(times as u64 + 32 * batches, time::<H>(|| control(clock.loops)));
    let failed = bench.failed();
    let moved = if any { &[(&b"moved"[..], 24, batches)][..] } else { &[] };
    let records = interpreter.end();
    records.narrow(b"key", key).narrow(b"calls", calls as u64);
    let lists = [(&b"batches"[..], 16, batches), (b"empty", 8, batches), (b"control", 0, batches + 1)];
    for (name, place, count) in lists.iter().chain(moved).copied() {
        records.key(name).raw(b"[");
        for i in 0..count {
            let at = times as u64 + 32 * i + place;
            records.raw(if i > 0 { b"," } else { b"" }).signed(memory::load(at, 8).unwrap_or(0) as i64);
        }
        records.raw(b"]");
    }
    records
        .narrow(b"loops", clock.loops as u64)
        .narrow(b"tick", clock.tick)
        .narrow(b"failed", failed as u64);
    records.close::<H>();
    // Records may have grown behind the durations: then they stay.
    if heap::top() == behind {
        heap::take_back(before);
    }
    // The script goes on behind the cycle's end, unless that stands elsewhere.
    if !again {
        interpreter.lines = lines;
    }
    Ok(())
}

impl Bench {
    fn read<H: Host>(interpreter: &Interpreter, mut words: Words, lines: &mut Lines) -> Checked<Bench> {
        if words.take(b"cycle") {
            words.done()?;
            return Cycle::read::<H>(interpreter, lines).map(Bench::Cycle);
        }
        let drops = words.take(b"drop");
        let import = import::<H>(&mut words)?;
        let args = arguments(interpreter, import, &mut words)?;
        words.done()?;
        let batch = match drops {
            true => {
                import.batch_and_drop.ok_or(Wrong::new("there is nothing to drop after", import.name.as_bytes()))?
            }
            false => import.batch,
        };
        Ok(Bench::Call { import, args, batch })
    }

    fn name(&self) -> &'static [u8] {
        match self {
            Bench::Call { import, .. } => import.name.as_bytes(),
            Bench::Cycle(_) => b"cycle",
        }
    }

    fn batch(&self, calls: u32) {
        match self {
            Bench::Call { args, batch, .. } => unsafe { addr_of_mut!(LAST).write(batch(calls, args)) },
            Bench::Cycle(cycle) => cycle.rounds(calls, true),
        }
    }

    /// What going round costs without the calls.
    fn empty(&self, calls: u32) {
        match self {
            Bench::Call { .. } => empty(calls),
            Bench::Cycle(cycle) => cycle.rounds(calls, false),
        }
    }

    /// `known` is an earlier pass's finding, 0 for none: it is only looked at again, as code may have got faster since.
    fn calibrate<H: Host>(&self, enough: u64, tick: u64, known: u32) -> u32 {
        let enough = enough.max(tick.saturating_mul(TICKS)).min(i64::MAX as u64) as i64;
        // A tick of 0 is a clock that stands still: no batch is ever long enough.
        let lasting = |calls| if tick > 0 { self.lasts::<H>(calls) } else { 0 };
        if known > 0 && lasting(known) >= enough - enough / SOMEWHAT {
            return known;
        }
        let mut calls = known.max(1);
        while calls < MOST_CALLS {
            let shortest = (0..ENOUGH_RUNS).map(|_| lasting(calls)).find(|lasted| *lasted < enough);
            let Some(shortest) = shortest else { break };
            calls = more(calls, shortest, enough);
        }
        calls
    }

    /// How long a batch of so many calls takes, its loop warmed up like the call's.
    fn lasts<H: Host>(&self, calls: u32) -> i64 {
        self.empty(calls);
        time::<H>(|| self.batch(calls))
    }

    /// Whether the last call failed, or one of the last round.
    fn failed(&self) -> bool {
        match self {
            Bench::Cycle(cycle) => cycle.failed(),
            Bench::Call { import, args, .. } => import.failed(unsafe { addr_of!(LAST).read() }, args),
        }
    }
}

/// What the last batch of a call gave at its end.
static mut LAST: u64 = 0;

/// The benches' loop without its call. The volatile store keeps it.
#[inline(never)]
fn empty(count: u32) {
    let top = heap::top();
    for _ in 0..count {
        heap::take_back(top);
    }
}

/// The calls that would last somewhat more than `enough`, if so many last `lasted`; never more than twice as many.
fn more(calls: u32, lasted: i64, enough: i64) -> u32 {
    let wanted = (calls as u64).saturating_mul(enough as u64).checked_div(lasted.max(1) as u64).unwrap_or(0);
    let wanted = wanted.saturating_add(wanted / SOMEWHAT as u64).max(calls as u64 + 1);
    wanted.min(calls as u64 * 2).min(MOST_CALLS as u64) as u32
}

fn note(at: u64, duration: i64) {
    // Inside memory: it was allocated for this.
    memory::store(at, 8, duration as u64);
}
