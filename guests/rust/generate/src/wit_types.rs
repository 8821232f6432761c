//! WIT types as JSON: named ones once, by `interface#name`, everything else in place.

use serde_json::{Map, Value, json};
use wit_parser::{Handle, Resolve, Type, TypeDefKind, TypeId, TypeOwner};

/// Follows `use` and plain renamings to the type that was defined.
pub fn origin(resolve: &Resolve, id: TypeId) -> TypeId {
    match resolve.types[id].kind {
        TypeDefKind::Type(Type::Id(next)) => origin(resolve, next),
        _ => id,
    }
}

/// `wasi:clocks/wall-clock#datetime`, without the version; None for a type written in place.
pub fn name_of(resolve: &Resolve, id: TypeId) -> Option<String> {
    let definition = &resolve.types[id];
    let TypeOwner::Interface(owner) = definition.owner else { return None };
    Some(format!("{}#{}", interface_name(resolve, owner)?, definition.name.as_ref()?))
}

/// `wasi:clocks/wall-clock`, without the version.
pub fn interface_name(resolve: &Resolve, id: wit_parser::InterfaceId) -> Option<String> {
    let interface = &resolve.interfaces[id];
    let package = &resolve.packages[interface.package?].name;
    Some(format!("{}:{}/{}", package.namespace, package.name, interface.name.as_ref()?))
}

/// A type where it is used.
pub fn reference(resolve: &Resolve, ty: &Type) -> Value {
    let Type::Id(id) = ty else { return json!(primitive(ty)) };
    let id = origin(resolve, *id);
    match name_of(resolve, id) {
        Some(name) => json!({"kind": "ref", "name": name}),
        None => structure(resolve, id),
    }
}

/// A named type's definition; None where the name only renames another named type.
pub fn definition(resolve: &Resolve, id: TypeId) -> Option<Value> {
    match &resolve.types[id].kind {
        TypeDefKind::Type(Type::Id(_)) => None,
        TypeDefKind::Type(ty) => Some(json!({"kind": "alias", "type": reference(resolve, ty)})),
        TypeDefKind::Record(_)
        | TypeDefKind::Variant(_)
        | TypeDefKind::Enum(_)
        | TypeDefKind::Flags(_)
        | TypeDefKind::Resource => Some(structure(resolve, id)),
        _ => Some(json!({"kind": "alias", "type": structure(resolve, id)})),
    }
}

fn structure(resolve: &Resolve, id: TypeId) -> Value {
    let of = |ty: &Type| reference(resolve, ty);
    let maybe = |ty: &Option<Type>| ty.as_ref().map_or(Value::Null, of);
    match &resolve.types[id].kind {
        TypeDefKind::Record(record) => {
            let fields: Vec<Value> = record.fields.iter().map(|f| json!({"name": f.name, "type": of(&f.ty)})).collect();
            json!({"kind": "record", "fields": fields})
        }
        TypeDefKind::Variant(variant) => {
            let cases: Vec<Value> =
                variant.cases.iter().map(|c| json!({"name": c.name, "type": maybe(&c.ty)})).collect();
            json!({"kind": "variant", "cases": cases})
        }
        TypeDefKind::Enum(e) => json!({"kind": "enum", "cases": e.cases.iter().map(|c| &c.name).collect::<Vec<_>>()}),
        TypeDefKind::Flags(f) => json!({"kind": "flags", "flags": f.flags.iter().map(|f| &f.name).collect::<Vec<_>>()}),
        TypeDefKind::Resource => json!({"kind": "resource"}),
        TypeDefKind::Handle(Handle::Own(to)) => {
            json!({"kind": "own", "resource": name_of(resolve, origin(resolve, *to))})
        }
        TypeDefKind::Handle(Handle::Borrow(to)) => {
            json!({"kind": "borrow", "resource": name_of(resolve, origin(resolve, *to))})
        }
        TypeDefKind::List(element) => json!({"kind": "list", "element": of(element)}),
        TypeDefKind::Option(element) => json!({"kind": "option", "element": of(element)}),
        TypeDefKind::Result(r) => json!({"kind": "result", "ok": maybe(&r.ok), "err": maybe(&r.err)}),
        TypeDefKind::Tuple(tuple) => {
            json!({"kind": "tuple", "elements": tuple.types.iter().map(of).collect::<Vec<_>>()})
        }
        TypeDefKind::Type(ty) => of(ty),
        other => unreachable!("preview 2 has no {}", other.as_str()),
    }
}

fn primitive(ty: &Type) -> &'static str {
    match ty {
        Type::Bool => "bool",
        Type::U8 => "u8",
        Type::U16 => "u16",
        Type::U32 => "u32",
        Type::U64 => "u64",
        Type::S8 => "s8",
        Type::S16 => "s16",
        Type::S32 => "s32",
        Type::S64 => "s64",
        Type::F32 => "f32",
        Type::F64 => "f64",
        Type::Char => "char",
        Type::String => "string",
        Type::ErrorContext => "error-context",
        Type::Id(_) => unreachable!("a defined type is no primitive"),
    }
}

/// All named types of the interfaces, sorted by name.
pub fn definitions(resolve: &Resolve) -> Value {
    let mut named: Vec<(String, Value)> =
        resolve.types.iter().filter_map(|(id, _)| Some((name_of(resolve, id)?, definition(resolve, id)?))).collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    Value::Object(named.into_iter().collect::<Map<_, _>>())
}
