//! The table of probes (`rust/probes.json`): which interfaces each imports. A new probe is a line there.

use crate::packages::VERSION;
use anyhow::{Context, Result};
use semver::Version;
use serde_json::Value;
use std::{fs, path::Path};

pub struct Probe {
    pub id: String,
    /// None for preview 1, whose single module is always imported whole.
    pub interfaces: Option<Vec<String>>,
    /// What it imports besides that came after 0.2.0, function by function.
    pub later: Vec<Later>,
}

/// A function with the version from which on it is stable: `wasi:cli/exit@0.2.12#exit-with-code`.
pub struct Later {
    pub interface: String,
    pub version: Version,
    /// The name a script calls it by.
    pub name: String,
}

impl Probe {
    /// `wasi:cli/exit@0.2.0`, …
    pub fn versioned_interfaces(&self) -> Vec<String> {
        let stable = self.interfaces.iter().flatten().map(|name| format!("{name}@{VERSION}"));
        stable.chain(self.later.iter().map(|l| format!("{}@{}", l.interface, l.version))).collect()
    }
}

pub struct Probes {
    pub probes: Vec<Probe>,
}

impl Probes {
    pub fn preview2(self, id: &str) -> Result<Probe> {
        let probe = self.probes.into_iter().find(|p| p.id == id && p.interfaces.is_some());
        probe.with_context(|| format!("{id} is no preview 2 probe of rust/probes.json"))
    }
}

/// Reads the table; every preview 2 probe's interfaces include the basics, sorted.
pub fn read(guests: &Path) -> Result<Probes> {
    let file = guests.join("rust/probes.json");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let table: Value = serde_json::from_str(&text).with_context(|| format!("parsing {}", file.display()))?;
    let basics = strings(&table["basics"]);
    let rows = table["probes"].as_array().context("rust/probes.json has no array \"probes\"")?;
    let probes = rows.iter().map(|row| {
        let id = row["id"].as_str().context("a probe in rust/probes.json has no \"id\"")?.to_string();
        let interfaces = (row["wasi"] == "p2").then(|| {
            let mut all = [basics.clone(), strings(&row["interfaces"])].concat();
            all.sort();
            all.dedup();
            all
        });
        let later = strings(&row["later"]).iter().map(|text| later(text)).collect::<Result<_>>()?;
        Ok(Probe { id, interfaces, later })
    });
    Ok(Probes { probes: probes.collect::<Result<_>>()? })
}

fn later(text: &str) -> Result<Later> {
    let (interface, rest) =
        text.split_once('@').with_context(|| format!("{text} in rust/probes.json has no version"))?;
    let (version, function) =
        rest.split_once('#').with_context(|| format!("{text} in rust/probes.json has no function"))?;
    let version = version.parse().with_context(|| format!("the version in {text} of rust/probes.json"))?;
    Ok(Later { interface: interface.into(), version, name: format!("{interface}#{function}") })
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(String::from)).collect()
}
