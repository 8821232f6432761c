//! Wraps a probe's core module as a component that imports its interfaces and exports `wasi:cli/run`.

use crate::packages::VERSION;
use anyhow::{Context, Result};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// Encodes and validates. The world names whole interfaces with their versions; the encoder keeps the functions that the module
/// imports. Two versions of one interface stay two imports: a host that lacks the later one lacks nothing else.
pub fn encode(mut resolve: Resolve, interfaces: &[String], module: &[u8]) -> Result<Vec<u8>> {
    let mut world = String::from("package wasimeter:probes;\nworld probe {\n");
    for interface in interfaces {
        world += &format!("  import {interface};\n");
    }
    world += &format!("  export wasi:cli/run@{VERSION};\n}}\n");
    let package = resolve.push_source("probe.wit", &world)?;
    let world = resolve.select_world(&[package], Some("probe"))?;
    let mut module = module.to_vec();
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8, false)?;
    ComponentEncoder::default()
        .module(&module)
        .context("reading the core module")?
        .validate(true)
        .merge_imports_based_on_semver(false)
        .encode()
        .context("encoding the component")
}
