//! What a probe needs of its host before any script runs: arguments, stderr, two clocks, exit.

use crate::Import;

/// Bytes somewhere in memory, laid out like an iovec and like a `list<u8>`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Piece {
    pub address: *const u8,
    pub length: usize,
}

impl Piece {
    /// The bytes; arguments are never freed.
    pub fn bytes(&self) -> &'static [u8] {
        if self.length == 0 {
            return &[];
        }
        unsafe { core::slice::from_raw_parts(self.address, self.length) }
    }
}

pub trait Host {
    /// The probe's id, as its hello says it.
    const PROBE: &'static str;
    /// Whether the host allocates in the guest by `cabi_realloc`.
    const REALLOC: bool;
    /// The monotonic clock, in nanoseconds.
    fn monotonic() -> u64;
    /// The wall clock, in nanoseconds since 1970.
    fn wall() -> u64;
    /// All arguments, from argv[0].
    fn arguments() -> &'static [Piece];
    /// The value of an environment variable.
    fn variable(name: &[u8]) -> Option<Piece>;
    /// Writes to stderr in as few calls as the interface allows; may change the pieces.
    fn write(pieces: &mut [Piece]);
    fn exit(code: u64) -> !;
    fn imports() -> &'static [Import];
}
