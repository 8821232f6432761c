//! Loads WIT packages: those of exactly 0.2.0, which every later 0.2 host must offer, and whole later sets beside them.

use anyhow::{Context, Result, ensure};
use semver::Version;
use std::{fs, path::Path};
use wit_parser::{Resolve, UnresolvedPackageGroup};

/// The version that every probe imports, but for functions added later.
pub const VERSION: Version = Version::new(0, 2, 0);

/// Reads the packages in `dir` (one folder each). `@unstable` items would be left out by the parser, as no feature is
/// active; the texts of 0.2.0 itself have none, nor anything later.
pub fn load(dir: &Path) -> Result<Resolve> {
    let mut resolve = Resolve::new();
    push(&mut resolve, dir, &VERSION)?;
    Ok(resolve)
}

/// Adds the packages of a later version, which `dir` holds in a folder of that name.
pub fn add(resolve: &mut Resolve, dir: &Path, version: &Version) -> Result<()> {
    push(resolve, &dir.join(version.to_string()), version)
}

fn push(resolve: &mut Resolve, dir: &Path, version: &Version) -> Result<()> {
    let mut folders: Vec<_> = fs::read_dir(dir)
        .with_context(|| format!("reading {}", dir.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    folders.sort();
    let mut groups = folders.iter().map(UnresolvedPackageGroup::parse_dir).collect::<Result<Vec<_>>>()?;
    // http depends, directly or not, on all the others.
    let main = groups.iter().position(|g| g.main.name.name == "http").context("no package wasi:http")?;
    for group in &groups {
        ensure!(group.main.name.version.as_ref() == Some(version), "{} is not of version {version}", group.main.name);
    }
    let main = groups.remove(main);
    resolve.push_groups(main, groups)?;
    Ok(())
}
