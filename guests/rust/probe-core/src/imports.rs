//! What the interpreter knows of an import, and the macro that makes it from a line of a generated table.

use crate::memory;

/// A call's arguments, before they are cut to the import's types. Preview 2's longest core signature has 15.
pub type Args = [u64; 16];

pub struct Import {
    pub name: &'static str,
    pub arity: usize,
    pub failure: Failure,
    /// It ends the guest: buffered records must be written before.
    pub never_returns: bool,
    /// Calls once; None where there is no result.
    pub call: fn(&Args) -> Option<u64>,
    /// Calls that many times and gives the last result.
    pub batch: fn(u32, &Args) -> u64,
    /// The same, dropping each time what the call made; None where it makes nothing.
    pub batch_and_drop: Option<fn(u32, &Args) -> u64>,
}

impl Import {
    /// Whether a call with these arguments that gave this failed.
    pub fn failed(&self, result: u64, args: &Args) -> bool {
        match self.failure {
            Failure::Never => false,
            Failure::Flat => result != 0,
            Failure::Pointed => {
                let area = self.arity.checked_sub(1).and_then(|last| args.get(last));
                area.and_then(|area| memory::load(*area as u32 as u64, 1)) == Some(1)
            }
        }
    }
}

/// Where a call's failure shows.
#[derive(Clone, Copy, PartialEq)]
pub enum Failure {
    Never,
    /// The flat result is not 0.
    Flat,
    /// The byte behind the last argument, a return pointer, is 1.
    Pointed,
}

/// A core value as a script's 64-bit word.
pub trait Word: Copy {
    fn from_word(word: u64) -> Self;
    fn to_word(self) -> Option<u64>;
}

impl Word for i32 {
    fn from_word(word: u64) -> i32 {
        word as i32
    }
    fn to_word(self) -> Option<u64> {
        Some(self as u32 as u64)
    }
}

impl Word for i64 {
    fn from_word(word: u64) -> i64 {
        word as i64
    }
    fn to_word(self) -> Option<u64> {
        Some(self as u64)
    }
}

impl Word for () {
    fn from_word(_: u64) {}
    fn to_word(self) -> Option<u64> {
        None
    }
}

/// Expands a table: the raw declarations (`raw`), and `IMPORTS`, with a loop of its own around each direct call.
#[macro_export]
macro_rules! imports {
    ($($ident:ident $module:literal $field:literal $name:literal ($($arg:ident $at:literal $ty:ty),*) -> $ret:ty,
        $failure:ident, $never:literal, $made:tt;)*) => {
        pub mod raw {
            $(
                #[link(wasm_import_module = $module)]
                unsafe extern "C" {
                    #[link_name = $field]
                    pub fn $ident($(_: $ty),*) -> $ret;
                }
            )*
        }

        #[allow(unused_variables)]
        mod call {
            $(pub fn $ident(args: &$crate::Args) -> Option<u64> {
                $crate::Word::to_word(unsafe { super::raw::$ident($($crate::Word::from_word(args[$at])),*) })
            })*
        }

        #[allow(unused_variables)]
        mod batch {
            $(#[inline(never)]
            pub fn $ident(count: u32, args: &$crate::Args) -> u64 {
                $(let $arg: $ty = $crate::Word::from_word(args[$at]);)*
                let top = $crate::heap::top();
                let mut last = None;
                for _ in 0..count {
                    last = Some(unsafe { super::raw::$ident($($arg),*) });
                    $crate::heap::take_back(top);
                }
                last.and_then($crate::Word::to_word).unwrap_or(0)
            })*
        }

        #[allow(unused_variables)]
        mod pair {
            $($crate::pair!($made $ident ($($arg $at $ty),*));)*
        }

        pub static IMPORTS: &[$crate::Import] = &[$($crate::Import {
            name: $name,
            arity: <[&str]>::len(&[$(stringify!($arg)),*]),
            failure: $crate::Failure::$failure,
            never_returns: $never,
            call: call::$ident,
            batch: batch::$ident,
            batch_and_drop: pair::$ident,
        }),*];
    };
}

/// The loop that also drops, where the call makes something. `[flat DROP]`: the result is the handle. `[errno ARG DROP]`: it
/// lies behind that argument if the result is 0. `[tagged ARG OFFSET DROP]`: behind the argument's first byte if that is 0.
#[macro_export]
macro_rules! pair {
    (keep $ident:ident $params:tt) => {
        #[allow(non_upper_case_globals)]
        pub const $ident: Option<fn(u32, &$crate::Args) -> u64> = None;
    };
    ([flat $drop:ident] $ident:ident $params:tt) => {
        $crate::pair!(@loop $ident $params |args, made| { super::raw::$drop(made); });
    };
    ([errno $at:literal $drop:ident] $ident:ident $params:tt) => {
        $crate::pair!(@loop $ident $params |args, made| {
            if made == 0 {
                super::raw::$drop((args[$at] as u32 as usize as *const i32).read_unaligned());
            }
        });
    };
    ([tagged $at:literal $offset:literal $drop:ident] $ident:ident $params:tt) => {
        $crate::pair!(@loop $ident $params |args, made| {
            let area = args[$at] as u32 as usize as *const u8;
            if area.read_volatile() == 0 {
                super::raw::$drop((area.add($offset) as *const i32).read_unaligned());
            }
        });
    };
    (@loop $ident:ident ($($arg:ident $at:literal $ty:ty),*) |$args:ident, $made:ident| $drop:block) => {
        #[allow(non_upper_case_globals)]
        pub const $ident: Option<fn(u32, &$crate::Args) -> u64> = Some(|count, $args| {
            $(let $arg: $ty = $crate::Word::from_word($args[$at]);)*
            let top = $crate::heap::top();
            let mut last = None;
            for _ in 0..count {
                let $made = unsafe { super::raw::$ident($($arg),*) };
                unsafe { $drop };
                last = Some($made);
                $crate::heap::take_back(top);
            }
            last.and_then($crate::Word::to_word).unwrap_or(0)
        });
    };
}
