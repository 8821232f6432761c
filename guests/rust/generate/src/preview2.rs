//! Preview 2: every stable 0.2.0 function of the WIT packages, and later ones that are asked for, as a description and as imports.

use crate::import::{Failure, Import, Made};
use crate::packages::VERSION;
use crate::probes::Later;
use crate::wit_types::{definitions, interface_name, name_of, origin, reference};
use anyhow::{Context, Result, ensure};
use semver::Version;
use serde_json::{Value, json};
use wit_parser::abi::{AbiVariant, WasmSignature, WasmType};
use wit_parser::{Function, Handle, InterfaceId, Resolve, SizeAlign, Type, TypeDefKind};

pub struct Preview2 {
    pub description: Value,
    pub imports: Vec<Import>,
    /// Of functions that came after 0.2.0.
    pub later: Vec<Import>,
}

pub fn derive(resolve: &Resolve) -> Result<Preview2> {
    let mut sizes = SizeAlign::default();
    sizes.fill(resolve)?;
    let mut interfaces: Vec<(String, InterfaceId)> =
        resolve.interfaces.iter().filter_map(|(id, _)| Some((interface_name(resolve, id)?, id))).collect();
    interfaces.sort();
    let (mut functions, mut imports) = (Vec::new(), Vec::new());
    for (interface, id) in interfaces {
        for function in resolve.interfaces[id].functions.values() {
            let signature = resolve.wasm_signature(AbiVariant::GuestImport, function);
            let import = import(resolve, &sizes, (&interface, &VERSION), function, &signature)?;
            functions.push(describe(resolve, &sizes, function, &signature, &import, &VERSION));
            imports.push(import);
        }
        for (name, ty) in &resolve.interfaces[id].types {
            if matches!(resolve.types[*ty].kind, TypeDefKind::Resource) {
                let import = resource_drop(&interface, name);
                let own = json!({"kind": "own", "resource": format!("{interface}#{name}")});
                functions.push(json!({
                    "name": import.name, "kind": "drop", "params": [{"name": "self", "type": own}], "result": null,
                    "core": {"params": ["i32"], "results": []}, "retArea": null, "indirectParams": false, "since": VERSION.to_string(),
                }));
                imports.push(import);
            }
        }
    }
    let source = "wit/deps of the crate wasi 0.12.1+wasi-0.2.0; what came later: lib/wit/builtin of jco";
    let description = json!({"source": source, "types": definitions(resolve), "functions": functions});
    Ok(Preview2 { description, imports, later: Vec::new() })
}

/// Adds a function of a later version. Its types must be those of 0.2.0, or none with names: only functions are added.
pub fn derive_later(to: &mut Preview2, resolve: &Resolve, wanted: &Later) -> Result<()> {
    let mut sizes = SizeAlign::default();
    sizes.fill(resolve)?;
    let known =
        |name: &str| to.description["functions"].as_array().is_some_and(|all| all.iter().any(|f| f["name"] == name));
    ensure!(!known(&wanted.name), "{} is there already", wanted.name);
    let function = resolve
        .interfaces
        .iter()
        .filter(|(id, _)| interface_name(resolve, *id).as_ref() == Some(&wanted.interface))
        .flat_map(|(_, interface)| interface.functions.values())
        .find(|function| format!("{}#{}", wanted.interface, function.name) == wanted.name)
        .with_context(|| format!("{} of {} is not in the WIT", wanted.name, wanted.version))?;
    let signature = resolve.wasm_signature(AbiVariant::GuestImport, function);
    let import = import(resolve, &sizes, (&wanted.interface, &wanted.version), function, &signature)?;
    let described = describe(resolve, &sizes, function, &signature, &import, &wanted.version);
    to.description["functions"].as_array_mut().context("functions")?.push(described);
    to.later.push(import);
    Ok(())
}

fn import(
    resolve: &Resolve,
    sizes: &SizeAlign,
    (interface, version): (&str, &Version),
    function: &Function,
    signature: &WasmSignature,
) -> Result<Import> {
    let made = function.result.and_then(|result| own_in(resolve, sizes, &result));
    let is_result = matches!(function.result.map(|r| kind(resolve, &r)), Some(Some(TypeDefKind::Result(_))));
    let failure = match (is_result, signature.retptr) {
        (false, _) => Failure::Never,
        (true, false) => Failure::Flat,
        (true, true) => Failure::Pointed,
    };
    let made = match made {
        None => None,
        Some((resource, _)) if !signature.retptr => {
            Some(Made::Flat { drop: drop_name(&resource).context("resource")? })
        }
        Some((resource, offset)) => {
            let drop = drop_name(&resource).context("resource")?;
            Some(Made::Pointed { param: signature.params.len() - 1, offset, drop })
        }
    };
    Ok(Import {
        interface: interface.to_string(),
        module: format!("{interface}@{version}"),
        field: function.name.clone(),
        name: format!("{interface}#{}", function.name),
        params: signature.params.iter().map(core).collect(),
        result: signature.results.first().map(core),
        failure,
        never_returns: interface == "wasi:cli/exit",
        made,
    })
}

fn describe(
    resolve: &Resolve,
    sizes: &SizeAlign,
    function: &Function,
    signature: &WasmSignature,
    import: &Import,
    since: &Version,
) -> Value {
    let params: Vec<Value> =
        function.params.iter().map(|p| json!({"name": p.name, "type": reference(resolve, &p.ty)})).collect();
    let area = function
        .result
        .filter(|_| signature.retptr)
        .map(|result| json!({"size": sizes.size(&result).size_wasm32(), "align": sizes.align(&result).align_wasm32()}));
    let mut value = json!({
        "name": import.name, "kind": "function", "params": params,
        "result": function.result.as_ref().map(|r| reference(resolve, r)),
        "core": {"params": import.params, "results": import.result.iter().collect::<Vec<_>>()},
        "retArea": area, "indirectParams": signature.indirect_params,
    });
    if let Some(Made::Flat { drop } | Made::Pointed { drop, .. }) = &import.made {
        value["drop"] = json!(drop);
    }
    value["since"] = json!(since.to_string());
    value
}

/// The resource that `own<T>` or `result<own<T>, …>` hands out, and where it lies in the return area.
fn own_in(resolve: &Resolve, sizes: &SizeAlign, result: &Type) -> Option<(String, usize)> {
    match kind(resolve, result)? {
        TypeDefKind::Handle(Handle::Own(resource)) => Some((name_of(resolve, origin(resolve, *resource))?, 0)),
        TypeDefKind::Result(r) => {
            let TypeDefKind::Handle(Handle::Own(resource)) = kind(resolve, r.ok.as_ref()?)? else { return None };
            let offset = sizes.payload_offset(wit_parser::Int::U8, [r.ok.as_ref(), r.err.as_ref()]).size_wasm32();
            Some((name_of(resolve, origin(resolve, *resource))?, offset))
        }
        _ => None,
    }
}

fn kind<'a>(resolve: &'a Resolve, ty: &Type) -> Option<&'a TypeDefKind> {
    let Type::Id(id) = ty else { return None };
    Some(&resolve.types[origin(resolve, *id)].kind)
}

fn drop_name(resource: &str) -> Option<String> {
    let (interface, name) = resource.split_once('#')?;
    Some(format!("{interface}#[resource-drop]{name}"))
}

fn resource_drop(interface: &str, resource: &str) -> Import {
    Import {
        interface: interface.to_string(),
        module: format!("{interface}@{VERSION}"),
        field: format!("[resource-drop]{resource}"),
        name: format!("{interface}#[resource-drop]{resource}"),
        params: vec!["i32"],
        result: None,
        failure: Failure::Never,
        never_returns: false,
        made: None,
    }
}

fn core(ty: &WasmType) -> &'static str {
    match ty {
        WasmType::I32 | WasmType::Pointer | WasmType::Length => "i32",
        WasmType::I64 | WasmType::PointerOrI64 => "i64",
        WasmType::F32 => "f32",
        WasmType::F64 => "f64",
    }
}
