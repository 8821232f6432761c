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
        ["tables", witx, wit, guests] => tables(witx, wit, Path::new(guests)),
        ["component", wit, guests, probe, core, out] => {
            let interfaces = probes::read(Path::new(guests))?.interfaces_of(probe)?;
            let module = fs::read(core).with_context(|| format!("reading {core}"))?;
            let bytes = component::encode(packages::load(Path::new(wit))?, &interfaces, &module)?;
            fs::write(out, bytes).with_context(|| format!("writing {out}"))
        }
        _ => bail!("usage: generate tables WITX_DIR WIT_DIR GUESTS_DIR | component WIT_DIR GUESTS_DIR PROBE CORE OUT"),
    }
}

fn tables(witx: &str, wit: &str, guests: &Path) -> Result<()> {
    let p1 = preview1::derive(Path::new(witx))?;
    let p2 = preview2::derive(&packages::load(Path::new(wit))?)?;
    write_json(&guests.join("interfaces/preview1.json"), &p1.description)?;
    write_json(&guests.join("interfaces/preview2.json"), &p2.description)?;
    for probe in probes::read(guests)?.probes {
        let imports: Vec<&import::Import> = match &probe.interfaces {
            None => p1.imports.iter().collect(),
            Some(names) => p2.imports.iter().filter(|i| names.iter().any(|n| *n == i.interface)).collect(),
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
