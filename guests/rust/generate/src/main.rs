//! The generator's command line: `tables` derives what is committed, `component` wraps one probe's core module.

mod component;
mod import;
mod packages;
mod preview1;
mod preview2;
mod probes;
mod table;
mod wit_types;
mod witx_types;

use anyhow::{Context, Result, bail};
use std::{env, fs, path::Path};

fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["tables", witx, wit, later, guests] => tables(witx, Path::new(wit), Path::new(later), Path::new(guests)),
        ["component", wit, later, guests, probe, core, out] => {
            let probe = probes::read(Path::new(guests))?.preview2(probe)?;
            let module = fs::read(core).with_context(|| format!("reading {core}"))?;
            let mut resolve = packages::load(Path::new(wit))?;
            for function in &probe.later {
                packages::add(&mut resolve, Path::new(later), &function.version)?;
            }
            let bytes = component::encode(resolve, &probe.versioned_interfaces(), &module)?;
            fs::write(out, bytes).with_context(|| format!("writing {out}"))
        }
        _ => bail!(
            "usage: generate tables WITX_DIR WIT_DIR LATER_DIR GUESTS_DIR | component WIT_DIR LATER_DIR GUESTS_DIR PROBE CORE OUT"
        ),
    }
}

fn tables(witx: &str, wit: &Path, later: &Path, guests: &Path) -> Result<()> {
    let probes = probes::read(guests)?.probes;
    let p1 = preview1::derive(Path::new(witx))?;
    let mut p2 = preview2::derive(&packages::load(wit)?)?;
    for function in probes.iter().flat_map(|probe| &probe.later) {
        let mut resolve = wit_parser::Resolve::new();
        packages::add(&mut resolve, later, &function.version)?;
        preview2::derive_later(&mut p2, &resolve, function)?;
    }
    write_json(&guests.join("interfaces/preview1.json"), &p1.description)?;
    write_json(&guests.join("interfaces/preview2.json"), &p2.description)?;
    for probe in probes {
        let imports: Vec<&import::Import> = match &probe.interfaces {
            None => p1.imports.iter().collect(),
            Some(names) => {
                let stable = p2.imports.iter().filter(|i| names.iter().any(|n| *n == i.interface));
                let later = p2.later.iter().filter(|i| probe.later.iter().any(|l| l.name == i.name));
                stable.chain(later).collect()
            }
        };
        let file = guests.join(format!("rust/tables/{}.rs", probe.id));
        fs::write(&file, table::render(&probe.id, &imports)).with_context(|| format!("writing {}", file.display()))?;
    }
    Ok(())
}

fn write_json(file: &Path, value: &serde_json::Value) -> Result<()> {
    let text = serde_json::to_string_pretty(value)? + "\n";
    fs::write(file, text).with_context(|| format!("writing {}", file.display()))
}
