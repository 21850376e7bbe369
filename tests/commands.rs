//! The command line as a whole: its document, completions, and several projects at once.

#[path = "common/cli_document.rs"]
mod cli_document;
mod common;

use common::{Bench, COMMUNES_ONLY, root, two_communes};

#[test]
fn the_document_of_commands_is_current() {
    let committed = std::fs::read_to_string(root().join("docs/cli.md")).expect("docs/cli.md");
    assert_eq!(committed, cli_document::document(&mut ruong::cli::definition()), "cargo run --example make_cli");
}

#[test]
fn shells_complete_commands_and_options() {
    let bench = Bench::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let ran = bench.run(&["completions", shell]);
        assert!(ran.code == 0 && ran.stdout.contains("crosswalk") && ran.stdout.contains("radius-km"), "{shell}: {}", ran.stderr);
    }
}

#[test]
fn several_projects_are_built_and_a_broken_one_stops_no_other() {
    let bench = Bench::new();
    for name in ["an", "binh", "hong"] {
        std::fs::create_dir_all(bench.path(&format!("huyen/{name}"))).expect("a folder");
        bench.write(&format!("huyen/{name}/c.geojson"), two_communes()).write(&format!("huyen/{name}/ruong.toml"), COMMUNES_ONLY);
    }
    bench.write("huyen/hong/c.geojson", "{");
    let ran = bench.run(&["build", "huyen", "--only", "tables", "--json", "--lang", "en", "--out", "ra"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(bench.path("ra/an/tables/communes.csv").is_file() && bench.path("ra/binh/tables/communes.csv").is_file());
    let objects: Vec<serde_json::Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    assert_eq!(objects.len(), 3, "{}", ran.stdout);
    assert!(
        objects[2]["error"].is_object() && objects[2]["project"].as_str().is_some_and(|name| name.ends_with("hong")),
        "{}",
        objects[2]
    );
    assert!(ran.stderr.contains("== huyen/an") && ran.stderr.contains("c.geojson"), "{}", ran.stderr);
    // Where every project is broken the run is.
    let ran = bench.run(&["build", "huyen/hong", "huyen/khong-co", "--only", "tables"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
}
