//! The interpreter of the probes' script language (docs/script-language.md), on the few basics a host must give it.
#![no_std]

mod bench;
pub mod blocks;
mod call;
mod clock;
mod cycle;
mod digest;
mod embedded;
mod expressions;
pub mod heap;
mod host;
mod imports;
mod interpreter;
mod lines;
mod memory;
mod names;
mod options;
mod output;
mod panic;
mod records;
mod start;
mod statements;
mod wrong;

pub use host::{Host, Piece};
pub use imports::{Args, Failure, Import, Word};
pub use start::start;
