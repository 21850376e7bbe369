//! The schema of project files is that of the program, and every example fits it.

mod common;

use common::root;
use serde_json::{Value, json};

/// A project file as JSON; days are text.
fn json_of(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(day) => json!(day.to_string()),
        toml::Value::Array(list) => list.into_iter().map(json_of).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, json_of(value))).collect(),
        other => serde_json::to_value(other).expect("a plain value"),
    }
}

fn faults(validator: &jsonschema::Validator, text: &str) -> Vec<String> {
    let project = json_of(toml::from_str(text).expect("TOML"));
    validator.iter_errors(&project).map(|error| format!("{}: {error:.200}", error.instance_path())).collect()
}

#[test]
fn the_committed_schema_is_current_and_every_example_fits() {
    let committed = std::fs::read_to_string(root().join("docs/ruong.schema.json")).expect("the schema");
    let committed: Value = serde_json::from_str(&committed).expect("JSON");
    assert!(committed == ruong::project::schema::schema(), "write it again: cargo run --example make_schema");
    let validator = jsonschema::validator_for(&committed).expect("a schema");
    let folders = ["data/hong-ngu", "benches"].map(|folder| std::fs::read_dir(root().join(folder)).expect(folder));
    let examples: Vec<_> = folders.into_iter().flatten().map(|entry| entry.expect("a file").path()).collect();
    let examples: Vec<_> = examples.iter().filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    assert!(examples.len() >= 6);
    for path in examples {
        let text = std::fs::read_to_string(path).expect("it reads");
        assert_eq!(faults(&validator, &text), [] as [String; 0], "{}", path.display());
    }
    // Whole projects in the documents fit too.
    let mut shown = 0;
    for file in ["docs/analysts.md", "docs/project-file.md", "docs/outbreaks.md", "docs/forecasting.md", "docs/hotspots.md"] {
        let text = std::fs::read_to_string(root().join(file)).expect(file);
        for block in text.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()) {
            if block.contains("[communes]") && block.contains("version") {
                assert_eq!(faults(&validator, block), [] as [String; 0], "{file}: {block}");
                shown += 1;
            }
        }
    }
    assert!(shown > 0, "no document shows a project");
}

#[test]
fn every_kind_is_in_the_documents_and_every_picture_in_the_gallery() {
    use ruong::project::kinds::Kinds;
    use ruong::project::{ChartKind, MapKind, OutputKind, TableKind};
    let read = |file: &str| std::fs::read_to_string(root().join(file)).expect(file);
    let (reference, gallery) = (read("docs/project-file.md"), read("data/hong-ngu/gallery.toml"));
    let pictures = [MapKind::NAMES, ChartKind::NAMES].concat();
    for name in [&pictures[..], OutputKind::NAMES, TableKind::NAMES].concat() {
        assert!(reference.contains(&format!("`{name}`")), "{name} is not in docs/project-file.md");
    }
    // A choropleth is what a map is by itself.
    for name in pictures.into_iter().filter(|name| *name != "choropleth") {
        assert!(gallery.contains(&format!("\"{name}\"")), "{name} is not in data/hong-ngu/gallery.toml");
    }
    for measure in ruong::measures::list::ALL {
        assert!(reference.contains(&format!("`{}`", measure.id)), "{} is not in docs/project-file.md", measure.id);
    }
}

#[test]
fn the_schema_refuses_what_the_program_refuses() {
    let validator = jsonschema::validator_for(&ruong::project::schema::schema()).expect("a schema");
    let whole = "version = 1\n[communes]\nfile = \"c.geojson\"\n";
    for (lines, fits) in [
        ("", true),
        ("[[maps]]\nid = \"a\"\nkind = \"zones\"\nradius_km = [3]\n", true),
        ("[[maps]]\nid = \"a\"\nmeasure = \"area_ha\"\n", true),
        ("[[maps]]\nid = \"a\"\nkind = \"change\"\nradius_km = [3]\n", false),
        ("[[maps]]\nid = \"a\"\ntitel = \"t\"\n", false),
        ("[[tables]]\nid = \"a\"\nfile = \"t.csv\"\n", false),
        ("[[outputs]]\nid = \"a\"\nkind = \"zones\"\nuntil = 2024-04-11\n", true),
        ("[[outputs]]\nid = \"a\"\nkind = \"zones\"\nmoon = true\n", false),
        ("[page]\nsize = \"A4\"\ncolour = 1\n", false),
    ] {
        let text = format!("{whole}{lines}");
        assert_eq!(faults(&validator, &text).is_empty(), fits, "{lines}: {:?}", faults(&validator, &text));
        assert_eq!(ruong::project::parse(&text, "ruong.toml").is_ok(), fits, "{lines}");
    }
}
