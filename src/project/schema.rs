//! JSON Schema of a project file, by which editors complete it and show what is wrong.

use super::kinds::{Entry, Kinds};
use super::{AnalysisConfig, ChartConfig, MapConfig, OutputConfig, Project, TableConfig};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The schema, in the 2020-12 draft. Each kind of a part has a form of its own, which takes no key of another.
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut root = generator.subschema_for::<Project>().to_value();
    if let Some(name) = root["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        root = generator.definitions_mut().remove(name).unwrap_or_default();
    }
    let parts = [
        part::<TableConfig>(&mut generator),
        part::<MapConfig>(&mut generator),
        part::<ChartConfig>(&mut generator),
        part::<AnalysisConfig>(&mut generator),
        part::<OutputConfig>(&mut generator),
    ];
    if let Some(properties) = root["properties"].as_object_mut() {
        properties.extend(parts.into_iter().map(|(name, list)| (name.to_owned(), list)));
        properties.sort_keys();
    }
    let mut definitions: Map<String, Value> = generator.take_definitions(true).into_iter().collect();
    definitions.values_mut().for_each(close);
    close(&mut root);
    root["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    root["title"] = json!("ruong.toml");
    root["$defs"] = Value::Object(definitions);
    root
}

/// A list of entries, each of one of the kinds.
fn part<T: Entry>(generator: &mut SchemaGenerator) -> (&'static str, Value) {
    let mut common = T::json_schema(generator).to_value();
    // Keys of all kinds are told once, and each kind refers to them.
    for (key, value) in common["properties"].as_object_mut().into_iter().flatten() {
        let name = format!("{}.{key}", T::PART);
        let path = format!("#/$defs/{name}");
        generator.definitions_mut().insert(name, std::mem::replace(value, json!({ "$ref": path })));
    }
    let forms: Vec<Value> = T::Kind::NAMES.iter().map(|kind| form::<T>(kind, &common, generator)).collect();
    (T::PART, json!({ "description": common["description"], "type": "array", "items": { "oneOf": forms } }))
}

/// The keys of one kind: those of all that it uses, and its own.
fn form<T: Entry>(kind: &str, common: &Value, generator: &mut SchemaGenerator) -> Value {
    let unused = T::Kind::unused_keys(kind);
    let own = T::Kind::schema(kind, generator).map(schemars::Schema::to_value).unwrap_or_default();
    let mut properties = Map::new();
    properties.insert("kind".to_owned(), json!({ "const": kind }));
    for (key, value) in [common, &own].into_iter().filter_map(|part| part["properties"].as_object()).flatten() {
        if !unused.contains(&key.as_str()) {
            properties.insert(key.clone(), value.clone());
        }
    }
    let mut required: Vec<Value> = common["required"].as_array().cloned().unwrap_or_default();
    if T::DEFAULT != Some(kind) {
        required.push(json!("kind"));
    }
    json!({ "title": kind, "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// An object with known keys takes no others.
fn close(value: &mut Value) {
    if value["properties"].is_object() && value.get("additionalProperties").is_none() {
        value["additionalProperties"] = json!(false);
    }
}
