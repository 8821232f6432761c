//! A digest of memory too large to show.

use crate::memory;

pub struct Digest {
    /// FNV-1a, 64 bits.
    pub fnv: u64,
    pub zeros: u64,
    /// The longest run of zero bytes.
    pub run: u64,
}

/// Digests a block that lies inside memory; None where it doesn't.
pub fn digest(address: u64, length: u64) -> Option<Digest> {
    if !memory::holds(address, length) {
        return None;
    }
    let mut digest = Digest { fnv: 0xcbf2_9ce4_8422_2325, zeros: 0, run: 0 };
    let mut run = 0;
    for i in 0..length {
        let byte = memory::byte(address + i);
        digest.fnv = (digest.fnv ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3);
        run = if byte == 0 { run + 1 } else { 0 };
        digest.zeros += (byte == 0) as u64;
        digest.run = digest.run.max(run);
    }
    Some(digest)
}
