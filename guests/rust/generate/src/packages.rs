//! Loads the WIT packages of exactly 0.2.0: what every later 0.2 host must offer.

use anyhow::{Context, Result, ensure};
use semver::Version;
use std::{fs, path::Path};
use wit_parser::{Resolve, UnresolvedPackageGroup};

/// The version that every probe imports.
pub const VERSION: Version = Version::new(0, 2, 0);

/// Reads the packages in `dir` (one folder each). `@unstable` items would be left out by the parser, as no feature is
/// active; the texts of 0.2.0 itself have none, nor anything later.
pub fn load(dir: &Path) -> Result<Resolve> {
    let mut folders: Vec<_> = fs::read_dir(dir)
        .with_context(|| format!("reading {}", dir.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    folders.sort();
    let mut groups = folders.iter().map(UnresolvedPackageGroup::parse_dir).collect::<Result<Vec<_>>>()?;
    // http depends, directly or not, on all the others.
    let main = groups.iter().position(|g| g.main.name.name == "http").context("no package wasi:http")?;
    let main = groups.remove(main);
    let mut resolve = Resolve::new();
    resolve.push_groups(main, groups)?;
    for (_, package) in &resolve.packages {
        ensure!(package.name.version == Some(VERSION), "{} is not of version {VERSION}", package.name);
    }
    Ok(resolve)
}
