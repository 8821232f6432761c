//! Preview 1: every function of `wasi_snapshot_preview1`, as a description and as imports.

use crate::import::{Failure, Import, Made};
use crate::witx_types::{definitions, reference};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::path::Path;
use witx::{Id, InterfaceFunc, Type, TypeRef, WasmType};

const MODULE: &str = "wasi_snapshot_preview1";

pub struct Preview1 {
    pub description: Value,
    pub imports: Vec<Import>,
}

pub fn derive(dir: &Path) -> Result<Preview1> {
    let file = dir.join("wasi_snapshot_preview1.witx");
    let document = witx::load(&[&file]).with_context(|| format!("reading {}", file.display()))?;
    let module =
        document.module(&Id::new(MODULE)).with_context(|| format!("{} has no module {MODULE}", file.display()))?;
    let (mut functions, mut imports) = (Vec::new(), Vec::new());
    for function in module.funcs() {
        let (value, import) = derive_function(&function)?;
        functions.push(value);
        imports.push(import);
    }
    let source = "witx/p1 of the crate wasmtime-wasi 40.0.4";
    let description = json!({"source": source, "types": definitions(&document), "functions": functions});
    Ok(Preview1 { description, imports })
}

fn derive_function(function: &InterfaceFunc) -> Result<(Value, Import)> {
    let name = function.name.as_str();
    let (params, results) = function.wasm_signature();
    ensure!(function.results.len() <= 1 && results.len() <= 1, "{name}: more than one result");
    let (error, values) = match function.results.first() {
        None => (None, Vec::new()),
        Some(result) => {
            expected(&result.tref).with_context(|| format!("{name}: its result is no (expected … (error …))"))?
        }
    };
    let made =
        makes_descriptor(name).then(|| Made::Pointed { param: params.len() - 1, offset: 0, drop: "fd_close".into() });
    let import = Import {
        interface: MODULE.into(),
        module: MODULE.into(),
        field: name.into(),
        name: name.into(),
        params: params.iter().map(core).collect(),
        result: results.first().map(core),
        failure: if error.is_some() { Failure::Flat } else { Failure::Never },
        never_returns: function.noreturn,
        made,
    };
    let inputs: Vec<Value> =
        function.params.iter().map(|p| json!({"name": p.name.as_str(), "type": reference(&p.tref)})).collect();
    let mut value = json!({
        "name": name, "kind": "function", "params": inputs, "error": error, "results": values,
        "core": {"params": import.params, "results": import.result.iter().collect::<Vec<_>>()},
        "noreturn": function.noreturn,
    });
    if import.made.is_some() {
        value["drop"] = json!("fd_close");
    }
    Ok((value, import))
}

/// witx types a new descriptor like any other, so the calls that open one are named here.
fn makes_descriptor(name: &str) -> bool {
    matches!(name, "path_open" | "sock_accept")
}

/// The error's type name and the values that come back through trailing pointers.
fn expected(result: &TypeRef) -> Option<(Option<String>, Vec<Value>)> {
    let Type::Variant(variant) = &**result.type_() else { return None };
    let (ok, err) = variant.as_expected()?;
    let TypeRef::Name(error) = err? else { return None };
    let values = match ok {
        None => Vec::new(),
        Some(TypeRef::Value(value)) => match &**value {
            Type::Record(tuple) if tuple.is_tuple() => tuple.members.iter().map(|m| reference(&m.tref)).collect(),
            _ => vec![reference(ok?)],
        },
        Some(named) => vec![reference(named)],
    };
    Some((Some(error.name.as_str().to_string()), values))
}

fn core(ty: &WasmType) -> &'static str {
    match ty {
        WasmType::I32 => "i32",
        WasmType::I64 => "i64",
        WasmType::F32 => "f32",
        WasmType::F64 => "f64",
    }
}
