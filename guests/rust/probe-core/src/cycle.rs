//! A cycle: several calls that are timed as one, read from the script once and then run without looking at its text.

use crate::call::import;
use crate::heap;
use crate::host::Host;
use crate::imports::{Args, Import};
use crate::interpreter::Interpreter;
use crate::lines::{Lines, Words};
use crate::memory;
use crate::names;
use crate::wrong::{Checked, Wrong};

const MOST_STEPS: usize = 32;

/// Where an argument comes from in each round.
#[derive(Clone, Copy)]
enum Operand {
    /// Evaluated once, before.
    Value(u64),
    /// What the step of that number gave in this round.
    Made(usize),
    /// What lies in memory: the address was evaluated once.
    Load { address: u64, size: u64 },
    /// The 32 bits that lie where the 32 bits at the address point: the first word of a list.
    Behind { address: u64 },
}

#[derive(Clone, Copy)]
struct Step {
    /// None adds the first operand to what was moved.
    import: Option<&'static Import>,
    operands: [Operand; 16],
}

/// On the heap, not on the stack: it is up to 13 KiB. Whoever reads it takes it back.
pub struct Cycle {
    steps: &'static [Step],
}

/// What the steps of the last round gave.
static mut RESULTS: [u64; MOST_STEPS] = [0; MOST_STEPS];

/// The bytes that rounds said they moved, since it was taken.
static mut MOVED: u64 = 0;

/// What was moved since the last asking.
pub fn take_moved() -> u64 {
    unsafe { core::mem::replace(&mut *core::ptr::addr_of_mut!(MOVED), 0) }
}

impl Cycle {
    /// Reads the lines up to `end`.
    pub fn read<H: Host>(interpreter: &Interpreter, lines: &mut Lines) -> Checked<Cycle> {
        let size = (MOST_STEPS * core::mem::size_of::<Step>()) as u64;
        let place = heap::allocate(size, 8).ok_or(Wrong::new("no memory for a", b"cycle"))? as *mut Step;
        let mut made: [&[u8]; MOST_STEPS] = [&[]; MOST_STEPS];
        let mut count = 0;
        loop {
            let mut words = lines.next().ok_or(Wrong::new("no end follows the cycle", b""))?;
            if words.take(b"end") {
                words.done()?;
                break;
            }
            let verb = words.next()?;
            let import = match verb {
                b"call" => Some(import::<H>(&mut words)?),
                b"moved" => None,
                _ => return Err(Wrong::new("a cycle holds call and moved only, not", verb)),
            };
            let mut operands = [Operand::Value(0); 16];
            for operand in operands.iter_mut().take(import.map_or(1, |import| import.arity)) {
                if matches!(words.peek(), None | Some(b"->")) {
                    let name = import.map_or("moved", |import| import.name);
                    return Err(Wrong::new("more arguments are expected by", name.as_bytes()));
                }
                *operand = self::operand(interpreter, &made, &mut words)?;
            }
            if count == MOST_STEPS {
                return Err(Wrong::new("more than 32 lines in a cycle at", verb));
            }
            unsafe { place.add(count).write(Step { import, operands }) };
            if import.is_some() && words.take(b"->") {
                let name = words.next()?;
                names::check(name)?;
                if let Some(place) = made.get_mut(count) {
                    *place = name;
                }
            }
            words.done()?;
            count += 1;
        }
        if count == 0 {
            return Err(Wrong::new("a cycle without a call before", b"end"));
        }
        Ok(Cycle { steps: unsafe { core::slice::from_raw_parts(place, count) } })
    }

    /// Goes round so often; not `really`, and nothing is called: what reading operands and going round costs.
    #[inline(never)]
    pub fn rounds(&self, count: u32, really: bool) {
        let top = heap::top();
        let results = results();
        for _ in 0..count {
            for (step, result) in self.steps.iter().zip(results.iter_mut()) {
                let args = step.args();
                match step.import {
                    Some(import) => {
                        let call = if really { import.call } else { nothing };
                        *result = call(&args).unwrap_or(0);
                    }
                    None if really => unsafe {
                        let moved = core::ptr::addr_of_mut!(MOVED);
                        moved.write(moved.read().wrapping_add(args[0]));
                    },
                    None => (),
                }
            }
            heap::take_back(top);
        }
    }

    /// Whether a call of the last round failed.
    pub fn failed(&self) -> bool {
        let failed = |step: &Step, result: u64| step.import.is_some_and(|import| import.failed(result, &step.args()));
        self.steps.iter().zip(results().iter()).any(|(step, result)| failed(step, *result))
    }
}

impl Step {
    #[inline(always)]
    fn args(&self) -> Args {
        let mut args: Args = [0; 16];
        for (arg, operand) in args.iter_mut().zip(self.operands.iter()).take(self.import.map_or(1, |import| import.arity)) {
            *arg = operand.value();
        }
        args
    }
}

impl Operand {
    #[inline(always)]
    fn value(&self) -> u64 {
        match *self {
            Operand::Value(value) => value,
            Operand::Made(step) => results().get(step).copied().unwrap_or(0),
            Operand::Load { address, size } => memory::load(address, size).unwrap_or(0),
            Operand::Behind { address } => memory::load(address, 4).and_then(|at| memory::load(at, 4)).unwrap_or(0),
        }
    }
}

fn results() -> &'static mut [u64; MOST_STEPS] {
    unsafe { &mut *core::ptr::addr_of_mut!(RESULTS) }
}

#[inline(never)]
fn nothing(args: &Args) -> Option<u64> {
    args.first().copied()
}

/// `$NAME` of an earlier call's, and a load, are read in each round; everything else now.
fn operand(interpreter: &Interpreter, made: &[&[u8]], words: &mut Words) -> Checked<Operand> {
    let word = words.peek().unwrap_or(b"");
    if let Some(name) = word.strip_prefix(b"$") {
        if let Some(step) = made.iter().position(|other| !other.is_empty() && *other == name) {
            words.next()?;
            return Ok(Operand::Made(step));
        }
    }
    if let Some(inside) = word.strip_prefix(b"u32[u32[").and_then(|rest| rest.strip_suffix(b"]]")) {
        let address = crate::expressions::evaluate(inside, interpreter.names)?;
        words.next()?;
        return Ok(Operand::Behind { address });
    }
    for (token, size) in [(&b"u8["[..], 1), (b"u16[", 2), (b"u32[", 4), (b"u64[", 8)] {
        let inside = word.strip_prefix(token).and_then(|rest| rest.strip_suffix(b"]"));
        if let Some(address) = inside.and_then(|text| crate::expressions::evaluate(text, interpreter.names).ok()) {
            words.next()?;
            if !memory::holds(address, size) {
                return Err(Wrong::new("the load is out of memory's bounds", word));
            }
            return Ok(Operand::Load { address, size });
        }
    }
    interpreter.value(words).map(Operand::Value)
}
