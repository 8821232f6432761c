//! One import as the tables need it: its core signature, and how a bench tells failure and finds what was made.

pub struct Import {
    /// `wasi:clocks/wall-clock`; for preview 1 the module's name.
    pub interface: String,
    pub module: String,
    pub field: String,
    /// The name a script calls it by.
    pub name: String,
    pub params: Vec<&'static str>,
    pub result: Option<&'static str>,
    pub failure: Failure,
    pub never_returns: bool,
    pub made: Option<Made>,
}

/// Where a call's failure shows.
#[derive(Clone, Copy, PartialEq)]
pub enum Failure {
    Never,
    /// The flat result is not 0: an errno, or a `result` without payloads.
    Flat,
    /// The byte behind the return pointer, the last argument, is 1: a `result`'s discriminant.
    Pointed,
}

/// What a call makes, so that a bench can drop it again.
pub enum Made {
    /// The flat result is a handle.
    Flat { drop: String },
    /// The handle lies `offset` bytes behind the pointer that is argument `param`.
    Pointed { param: usize, offset: usize, drop: String },
}

impl Import {
    /// A Rust identifier, unique within one table.
    pub fn ident(&self) -> String {
        ident(&self.name)
    }
}

pub fn ident(name: &str) -> String {
    let name = name.strip_prefix("wasi:").unwrap_or(name);
    name.replace('[', "").replace(']', "_").replace(|c: char| !c.is_ascii_alphanumeric(), "_").to_lowercase()
}
