//! The table of probes (`rust/probes.json`): which interfaces each imports. A new probe is a line there.

use anyhow::{Context, Result};
use serde_json::Value;
use std::{fs, path::Path};

pub struct Probe {
    pub id: String,
    /// None for preview 1, whose single module is always imported whole.
    pub interfaces: Option<Vec<String>>,
}

pub struct Probes {
    pub probes: Vec<Probe>,
}

impl Probes {
    pub fn interfaces_of(&self, id: &str) -> Result<Vec<String>> {
        let probe = self.probes.iter().find(|p| p.id == id);
        let interfaces = probe.and_then(|p| p.interfaces.clone());
        interfaces.with_context(|| format!("{id} is no preview 2 probe of rust/probes.json"))
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
        Ok(Probe { id, interfaces })
    });
    Ok(Probes { probes: probes.collect::<Result<_>>()? })
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(String::from)).collect()
}
