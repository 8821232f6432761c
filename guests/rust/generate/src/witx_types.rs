//! witx types as JSON, with the layout that scripts need: sizes, alignments and offsets.

use serde_json::{Map, Value, json};
use witx::{BuiltinType, Document, IntRepr, Layout, RecordKind, Type, TypeRef};

/// A type where it is used.
pub fn reference(ty: &TypeRef) -> Value {
    match ty {
        TypeRef::Name(named) => json!({"kind": "ref", "name": named.name.as_str()}),
        TypeRef::Value(value) => structure(value),
    }
}

/// All named types, sorted by name.
pub fn definitions(document: &Document) -> Value {
    let mut named: Vec<(String, Value)> = document
        .typenames()
        .map(|named| {
            let mut value = match &named.tref {
                TypeRef::Value(ty) => match &**ty {
                    Type::Record(_) | Type::Variant(_) | Type::Handle(_) => structure(ty),
                    _ => json!({"kind": "alias", "type": structure(ty)}),
                },
                other => json!({"kind": "alias", "type": reference(other)}),
            };
            value["size"] = json!(named.tref.mem_size());
            value["align"] = json!(named.tref.mem_align());
            (named.name.as_str().to_string(), value)
        })
        .collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    Value::Object(named.into_iter().collect::<Map<_, _>>())
}

fn structure(ty: &Type) -> Value {
    match ty {
        Type::Record(record) => match record.kind {
            RecordKind::Bitflags(repr) => {
                let flags: Vec<&str> = record.members.iter().map(|m| m.name.as_str()).collect();
                json!({"kind": "flags", "repr": int(repr), "flags": flags})
            }
            _ => {
                let field = |m: &witx::RecordMemberLayout| json!({"name": m.member.name.as_str(), "type": reference(&m.member.tref), "offset": m.offset});
                json!({"kind": "record", "fields": record.member_layout().iter().map(field).collect::<Vec<_>>()})
            }
        },
        Type::Variant(variant) if variant.is_enum() => {
            let cases: Vec<&str> = variant.cases.iter().map(|c| c.name.as_str()).collect();
            json!({"kind": "enum", "repr": int(variant.tag_repr), "cases": cases})
        }
        Type::Variant(variant) => {
            let case = |c: &witx::Case| json!({"name": c.name.as_str(), "type": c.tref.as_ref().map(reference)});
            json!({
                "kind": "variant", "repr": int(variant.tag_repr), "payloadOffset": variant.payload_offset(),
                "cases": variant.cases.iter().map(case).collect::<Vec<_>>(),
            })
        }
        Type::Handle(_) => json!({"kind": "handle"}),
        Type::List(element) if is_char(element) => json!("string"),
        Type::List(element) => json!({"kind": "list", "element": reference(element)}),
        Type::Pointer(to) => json!({"kind": "pointer", "to": reference(to)}),
        Type::ConstPointer(to) => json!({"kind": "const-pointer", "to": reference(to)}),
        Type::Builtin(builtin) => json!(name(builtin)),
    }
}

fn is_char(ty: &TypeRef) -> bool {
    matches!(&**ty.type_(), Type::Builtin(BuiltinType::Char))
}

fn int(repr: IntRepr) -> &'static str {
    name(&repr.to_builtin())
}

fn name(builtin: &BuiltinType) -> &'static str {
    match builtin {
        BuiltinType::Char => "char",
        BuiltinType::U8 { .. } => "u8",
        BuiltinType::U16 => "u16",
        BuiltinType::U32 { .. } => "u32",
        BuiltinType::U64 => "u64",
        BuiltinType::S8 => "s8",
        BuiltinType::S16 => "s16",
        BuiltinType::S32 => "s32",
        BuiltinType::S64 => "s64",
        BuiltinType::F32 => "f32",
        BuiltinType::F64 => "f64",
    }
}
