//! Times the operating system's own calls as the probes time a runtime's: calibrated batches, each between two controls. Takes a probe's
//! arguments behind the folder that it works in, and writes a probe's records; lines are `bench KEY BATCHES NS CALL ARG…`, in later
//! passes `bench KEY`.

use std::ffi::{CString, c_char, c_int, c_long, c_uint, c_void};
use std::fmt::Write as _;
use std::io::Write as _;

#[repr(C)]
struct Timespec {
    seconds: i64,
    nanoseconds: i64,
}

#[repr(C)]
struct Vector {
    base: *mut c_void,
    length: usize,
}

#[repr(C)]
struct PollFd {
    fd: c_int,
    events: i16,
    revents: i16,
}

unsafe extern "C" {
    fn clock_gettime(clock: c_int, time: *mut Timespec) -> c_int;
    fn clock_getres(clock: c_int, time: *mut Timespec) -> c_int;
    fn getrandom(buffer: *mut c_void, length: usize, flags: c_uint) -> isize;
    fn open(path: *const c_char, flags: c_int, mode: c_uint) -> c_int;
    fn openat(folder: c_int, path: *const c_char, flags: c_int, mode: c_uint) -> c_int;
    fn close(fd: c_int) -> c_int;
    fn pread(fd: c_int, buffer: *mut c_void, length: usize, offset: i64) -> isize;
    fn pwrite(fd: c_int, buffer: *const c_void, length: usize, offset: i64) -> isize;
    fn readv(fd: c_int, vectors: *const Vector, count: c_int) -> isize;
    fn writev(fd: c_int, vectors: *const Vector, count: c_int) -> isize;
    fn lseek(fd: c_int, offset: i64, whence: c_int) -> i64;
    fn fstat(fd: c_int, stat: *mut c_void) -> c_int;
    fn fstatat(folder: c_int, path: *const c_char, stat: *mut c_void, flags: c_int) -> c_int;
    fn syscall(number: c_long, fd: c_int, buffer: *mut c_void, length: usize) -> c_long;
    fn mkdirat(folder: c_int, path: *const c_char, mode: c_uint) -> c_int;
    fn unlinkat(folder: c_int, path: *const c_char, flags: c_int) -> c_int;
    fn renameat(from: c_int, old: *const c_char, to: c_int, new: *const c_char) -> c_int;
    fn linkat(from: c_int, old: *const c_char, to: c_int, new: *const c_char, flags: c_int) -> c_int;
    fn symlinkat(target: *const c_char, folder: c_int, path: *const c_char) -> c_int;
    fn readlinkat(folder: c_int, path: *const c_char, buffer: *mut c_char, length: usize) -> isize;
    fn utimensat(folder: c_int, path: *const c_char, times: *const Timespec, flags: c_int) -> c_int;
    fn futimens(fd: c_int, times: *const Timespec) -> c_int;
    fn ftruncate(fd: c_int, length: i64) -> c_int;
    fn fallocate(fd: c_int, mode: c_int, offset: i64, length: i64) -> c_int;
    fn posix_fadvise(fd: c_int, offset: i64, length: i64, advice: c_int) -> c_int;
    fn fdatasync(fd: c_int) -> c_int;
    fn fsync(fd: c_int) -> c_int;
    fn fcntl(fd: c_int, command: c_int, argument: c_int) -> c_int;
    fn poll(fds: *mut PollFd, count: u64, timeout: c_int) -> c_int;
    fn sched_yield() -> c_int;
}

// Linux's values, the same on x86-64 and arm64 but for the last two.
const CREATE: c_int = 0o100;
const EXCLUSIVE: c_int = 0o200;
const READ_WRITE: c_int = 2;
const CLOSE_ON_EXEC: c_int = 0o2000000;
const REMOVE_DIRECTORY: c_int = 0x200;
const NOW: i64 = (1 << 30) - 1;
const SET: c_int = 0;
const CURRENT: c_int = 1;
const SEQUENTIAL: c_int = 2;
const GET_FLAGS: c_int = 3;
const SET_FLAGS: c_int = 4;
#[cfg(target_arch = "x86_64")]
const DIRECTORY: c_int = 0o200000;
#[cfg(target_arch = "x86_64")]
const GETDENTS64: c_long = 217;
#[cfg(not(target_arch = "x86_64"))]
const DIRECTORY: c_int = 0o40000;
#[cfg(not(target_arch = "x86_64"))]
const GETDENTS64: c_long = 61;

const LIST_BYTES: usize = 64 * 1024;
const MOST_CALLS: u32 = 1 << 24;
const ENOUGH_RUNS: u32 = 3;
const SOMEWHAT: i64 = 8;
const TICKS: i64 = 1000;
/// About 20 us, as the probes come to by themselves.
const LOOPS: u32 = 8192;

/// So many calls; whether the last of them failed.
type Batch = Box<dyn Fn(u32) -> bool>;

struct Bench {
    key: u64,
    batches: usize,
    enough: i64,
    calls: u32,
    batch: Batch,
}

fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [folder, options, rest @ ..] = &given[..] else { fail("", 0, "a folder and options are needed") };
    let option = |name: &str| options.split(' ').find_map(|one| one.strip_prefix(name).map(str::to_owned));
    let nonce = option("nonce=").unwrap_or_default();
    let loops = option("loops=").and_then(|text| text.parse().ok()).unwrap_or(LOOPS);
    if std::env::set_current_dir(folder).is_err() {
        fail(&nonce, 0, "the folder can't be entered");
    }
    say(">", &format!("\"k\":\"{nonce}\",\"n\":0,\"probe\":\"native\",{}", clocks()));
    let tick = tick();
    let mut benches: Vec<Bench> = Vec::new();
    for (index, line) in rest.iter().flat_map(|script| script.lines()).enumerate() {
        let n = index + 1;
        let words: Vec<&str> = line.split(' ').collect();
        let key = words.get(1).and_then(|word| word.parse().ok()).unwrap_or(0);
        if words.len() > 4 {
            let number = |at: usize| words[at].parse().unwrap_or(0);
            let batch = call(&words[4..]).unwrap_or_else(|| fail(&nonce, n, "there is no such call"));
            let (batches, enough) = (number(2) as usize, (number(3) as i64).max(tick * TICKS));
            benches.push(Bench { key, batches, enough, calls: 0, batch });
        }
        let known = benches.iter_mut().find(|bench| bench.key == key);
        let bench = known.unwrap_or_else(|| fail(&nonce, n, "there was no such bench before"));
        say(">", &format!("\"k\":\"{nonce}\",\"n\":{n}"));
        let record = bench.run(loops);
        say("<", &format!("\"k\":\"{nonce}\",\"n\":{n},\"r\":[],\"m\":[],{record},\"tick\":{tick}"));
    }
    say("<", &format!("\"k\":\"{nonce}\",\"n\":0,{}", clocks()));
}

impl Bench {
    fn run(&mut self, loops: u32) -> String {
        self.calibrate();
        let (mut controls, mut empties, mut batches, mut failed) = (vec![], vec![], vec![], false);
        for _ in 0..self.batches {
            controls.push(timed(|| control(loops)));
            empties.push(timed(|| empty(self.calls)));
            batches.push(timed(|| failed = (self.batch)(self.calls)));
        }
        controls.push(timed(|| control(loops)));
        let (key, calls, failed) = (self.key, self.calls, failed as u8);
        format!(
            "\"key\":{key},\"calls\":{calls},\"batches\":{batches:?},\"empty\":{empties:?},\"control\":{controls:?},\"loops\":{loops},\"failed\":{failed}"
        )
    }

    /// As the probes do it.
    fn calibrate(&mut self) {
        let lasting = |calls| {
            empty(calls);
            timed(|| {
                (self.batch)(calls);
            })
        };
        if self.calls > 0 && lasting(self.calls) >= self.enough - self.enough / SOMEWHAT {
            return;
        }
        let mut calls = self.calls.max(1);
        while calls < MOST_CALLS {
            let shortest = (0..ENOUGH_RUNS).map(|_| lasting(calls)).find(|lasted| *lasted < self.enough);
            let Some(shortest) = shortest else { break };
            let wanted = calls as i64 * self.enough / shortest.max(1);
            let wanted = (wanted + wanted / SOMEWHAT).max(calls as i64 + 1);
            calls = wanted.min(calls as i64 * 2).min(MOST_CALLS as i64) as u32;
        }
        self.calls = calls;
    }
}

/// The loop around a call, compiled for that call; its last result tells whether it failed.
fn repeated(call: impl Fn() -> i64 + 'static) -> Batch {
    Box::new(move |count| {
        let mut last = 0;
        for _ in 0..count {
            last = std::hint::black_box(call());
        }
        last < 0
    })
}

/// The loop alone.
fn empty(count: u32) {
    for _ in 0..count {
        std::hint::black_box(0);
    }
}

fn call(words: &[&str]) -> Option<Batch> {
    let text = |at: usize| words.get(at).and_then(|word| CString::new(*word).ok());
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<usize>().ok());
    let file = |at: usize| Some(opened(&text(at)?, READ_WRITE));
    let here = opened(c".", DIRECTORY);
    Some(match *words.first()? {
        "clock_gettime" => {
            let clock = number(1)? as c_int;
            repeated(move || unsafe { clock_gettime(clock, &mut Timespec { seconds: 0, nanoseconds: 0 }) } as i64)
        }
        "clock_getres" => {
            let clock = number(1)? as c_int;
            repeated(move || unsafe { clock_getres(clock, &mut Timespec { seconds: 0, nanoseconds: 0 }) } as i64)
        }
        "getrandom" => {
            let length = number(1)?;
            let to = kept(length);
            repeated(move || unsafe { getrandom(to, length, 0) } as i64)
        }
        "pread" | "pwrite" => {
            let (fd, length, reads) = (file(1)?, number(2)?, words[0] == "pread");
            let buffer = kept(length);
            match reads {
                true => repeated(move || unsafe { pread(fd, buffer, length, 0) } as i64),
                false => repeated(move || unsafe { pwrite(fd, buffer, length, 0) } as i64),
            }
        }
        "readv-lseek" | "writev-lseek" => {
            let (fd, count, each, reads) = (file(1)?, number(2)?, number(3)?, words[0] == "readv-lseek");
            let vectors: Vec<Vector> = (0..count).map(|_| Vector { base: kept(each), length: each }).collect();
            repeated(move || unsafe {
                let moved = match reads {
                    true => readv(fd, vectors.as_ptr(), count as c_int),
                    false => writev(fd, vectors.as_ptr(), count as c_int),
                };
                lseek(fd, 0, SET).min(moved as i64)
            })
        }
        "lseek-set" => {
            let fd = file(1)?;
            repeated(move || unsafe { lseek(fd, 0, SET) })
        }
        "lseek-current" => {
            let fd = file(1)?;
            repeated(move || unsafe { lseek(fd, 0, CURRENT) })
        }
        "fstat" => {
            let (fd, to) = (file(1)?, kept(512));
            repeated(move || unsafe { fstat(fd, to) } as i64)
        }
        "fstatat" => {
            let (path, to) = (text(1)?, kept(512));
            repeated(move || unsafe { fstatat(here, path.as_ptr(), to, 0) } as i64)
        }
        "openat-close" => {
            let path = text(1)?;
            repeated(move || unsafe { close(openat(here, path.as_ptr(), READ_WRITE | CLOSE_ON_EXEC, 0)) } as i64)
        }
        "openat-close-unlinkat" => {
            let path = text(1)?;
            let flags = READ_WRITE | CREATE | EXCLUSIVE | CLOSE_ON_EXEC;
            repeated(move || unsafe {
                close(openat(here, path.as_ptr(), flags, 0o666)).min(unlinkat(here, path.as_ptr(), 0)) as i64
            })
        }
        "getdents" => {
            let (fd, to) = (opened(&text(1)?, DIRECTORY), kept(LIST_BYTES));
            repeated(move || unsafe {
                lseek(fd, 0, SET);
                while syscall(GETDENTS64, fd, to, LIST_BYTES) > 0 {}
                0
            })
        }
        "mkdirat-unlinkat" => {
            let path = text(1)?;
            repeated(move || unsafe {
                mkdirat(here, path.as_ptr(), 0o777).min(unlinkat(here, path.as_ptr(), REMOVE_DIRECTORY)) as i64
            })
        }
        "linkat-unlinkat" => {
            let (old, new) = (text(1)?, text(2)?);
            repeated(move || unsafe {
                linkat(here, old.as_ptr(), here, new.as_ptr(), 0).min(unlinkat(here, new.as_ptr(), 0)) as i64
            })
        }
        "symlinkat-unlinkat" => {
            let (target, path) = (text(1)?, text(2)?);
            repeated(move || unsafe {
                symlinkat(target.as_ptr(), here, path.as_ptr()).min(unlinkat(here, path.as_ptr(), 0)) as i64
            })
        }
        "renameat-back" => {
            let (old, new) = (text(1)?, text(2)?);
            repeated(move || unsafe {
                let there = renameat(here, old.as_ptr(), here, new.as_ptr());
                there.min(renameat(here, new.as_ptr(), here, old.as_ptr())) as i64
            })
        }
        "readlinkat" => {
            let (path, to) = (text(1)?, kept(64));
            repeated(move || unsafe { readlinkat(here, path.as_ptr(), to.cast(), 64) } as i64)
        }
        "utimensat" => {
            let path = text(1)?;
            repeated(move || unsafe { utimensat(here, path.as_ptr(), now().as_ptr(), 0) } as i64)
        }
        "futimens" => {
            let fd = file(1)?;
            repeated(move || unsafe { futimens(fd, now().as_ptr()) } as i64)
        }
        "ftruncate-back" => {
            let (fd, length) = (file(1)?, number(2)? as i64);
            repeated(move || unsafe { ftruncate(fd, length).min(ftruncate(fd, 0)) } as i64)
        }
        "fallocate" => {
            let (fd, length) = (file(1)?, number(2)? as i64);
            repeated(move || unsafe { fallocate(fd, 0, 0, length) } as i64)
        }
        "fadvise" => {
            let (fd, length) = (file(1)?, number(2)? as i64);
            repeated(move || unsafe { -posix_fadvise(fd, 0, length, SEQUENTIAL) } as i64)
        }
        "fdatasync" => {
            let fd = file(1)?;
            repeated(move || unsafe { fdatasync(fd) } as i64)
        }
        "fsync" => {
            let fd = file(1)?;
            repeated(move || unsafe { fsync(fd) } as i64)
        }
        "fcntl-getfl" => {
            let fd = file(1)?;
            repeated(move || unsafe { fcntl(fd, GET_FLAGS, 0) } as i64)
        }
        "fcntl-setfl" => {
            let fd = file(1)?;
            repeated(move || unsafe { fcntl(fd, SET_FLAGS, 0) } as i64)
        }
        "poll" => {
            let count = number(1)?;
            let mut fds: Vec<PollFd> = (0..count).map(|_| PollFd { fd: here, events: 1, revents: 0 }).collect();
            let first = fds.as_mut_ptr();
            std::mem::forget(fds);
            repeated(move || unsafe { poll(first, count as u64, 0) } as i64)
        }
        "sched_yield" => repeated(|| unsafe { sched_yield() } as i64),
        _ => return None,
    })
}

fn now() -> [Timespec; 2] {
    [Timespec { seconds: 0, nanoseconds: NOW }, Timespec { seconds: 0, nanoseconds: NOW }]
}

/// Memory that stays.
fn kept(length: usize) -> *mut c_void {
    Box::leak(vec![1u8; length].into_boxed_slice()).as_mut_ptr().cast()
}

/// A descriptor that stays open; -1, with which every call fails, where it can't be.
fn opened(path: &std::ffi::CStr, flags: c_int) -> c_int {
    unsafe { open(path.as_ptr(), flags | CLOSE_ON_EXEC, 0) }
}

fn monotonic() -> i64 {
    reading(1)
}

fn reading(clock: c_int) -> i64 {
    let mut time = Timespec { seconds: 0, nanoseconds: 0 };
    unsafe { clock_gettime(clock, &mut time) };
    time.seconds * 1_000_000_000 + time.nanoseconds
}

fn timed(work: impl FnOnce()) -> i64 {
    let begin = monotonic();
    work();
    monotonic() - begin
}

/// The greatest common divisor of the differences between readings.
fn tick() -> i64 {
    let (mut last, mut tick) = (monotonic(), 0);
    for _ in 0..1000 {
        let now = monotonic();
        let (mut a, mut b) = (now - last, tick);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        (last, tick) = (now, a);
    }
    tick
}

/// The probes' control loop: eight independent accumulators, so that a sibling thread that takes some of the core's units is felt.
#[inline(never)]
fn control(loops: u32) {
    let mut sums = std::hint::black_box([1u64, 2, 3, 4, 5, 6, 7, 8]);
    for _ in 0..loops {
        for sum in &mut sums {
            *sum ^= *sum << 13;
            *sum ^= *sum >> 7;
            *sum ^= *sum << 17;
        }
    }
    std::hint::black_box(sums);
}

fn clocks() -> String {
    let mut text = String::new();
    let _ = write!(text, "\"mono\":\"{}\",\"real\":\"{}\"", monotonic(), reading(0));
    text
}

fn say(mark: &str, fields: &str) {
    let _ = std::io::stderr().write_all(format!("{mark} {{{fields}}}\n").as_bytes());
}

fn fail(nonce: &str, line: usize, error: &str) -> ! {
    say("!", &format!("\"k\":\"{nonce}\",\"n\":{line},\"error\":\"{error}\""));
    std::process::exit(1)
}
