//! The generated import table of the probe that is being built.

include!(concat!("../../tables/", env!("WASIMETER_PROBE"), ".rs"));
