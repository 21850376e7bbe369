//! Documents as other programs read them, and tables to compare them with.

use super::{Bench, root, run_in};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// What other programs read in the documents of a folder, by name, and what is wrong with them; nothing where they are not installed.
pub fn read(folder: &Path, names: &str) -> Option<BTreeMap<String, Value>> {
    read_as(folder, names, "checked")
}

/// The same without looking for what is wrong, which takes seconds for a deck.
pub fn content(folder: &Path, names: &str) -> Option<BTreeMap<String, Value>> {
    read_as(folder, names, "content")
}

fn read_as(folder: &Path, names: &str, how: &str) -> Option<BTreeMap<String, Value>> {
    let python = std::env::var("RUONG_OFFICE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = root().join("tests/common/read_documents.py");
    let Ok(output) = Command::new(python).arg(script).arg(folder).arg(names).arg(how).output() else {
        eprintln!("SKIPPED: no Python here");
        return None;
    };
    let text = String::from_utf8_lossy(&output.stdout);
    if text.starts_with("SKIPPED") {
        assert!(std::env::var_os("RUONG_OFFICE_PYTHON").is_none(), "{text}: what was installed for this is not there");
        eprintln!("SKIPPED: {text}");
        return None;
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_str(&text).expect("JSON"))
}

/// What is wrong with any of them.
pub fn findings(read: &BTreeMap<String, Value>) -> Vec<String> {
    let of = |(name, made): (&String, &Value)| {
        let list = made["findings"].as_array().cloned().unwrap_or_default();
        list.into_iter().map(|found| format!("{name}: {found}")).collect::<Vec<_>>()
    };
    read.iter().flat_map(of).collect()
}

/// A table by the names of its columns.
pub fn rows(bench: &Bench, name: &str) -> Vec<BTreeMap<String, String>> {
    let text = bench.read(name);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// The same with its first letter large.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A number of a table.
pub fn number(text: &str) -> f64 {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

/// "1.234,5" as a number.
pub fn vietnamese(text: &str) -> f64 {
    number(&text.replace('.', "").replace(',', ".").replace('−', "-"))
}

/// The sample, built into a folder of its own.
pub fn sample(more: &[&str]) -> Bench {
    let bench = Bench::new();
    let out = bench.path("out");
    let mut arguments = vec!["build", "data/hong-ngu", "--out", out.to_str().expect("a path"), "--quiet"];
    arguments.extend(more);
    let ran = run_in(&root(), &arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    bench
}

/// The sample with more in its project file.
pub fn sample_with(more: &str, language: &str) -> Bench {
    let bench = Bench::new();
    for file in std::fs::read_dir(root().join("data/hong-ngu")).expect("the sample").flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        bench.write(&name, std::fs::read(file.path()).unwrap_or_default());
    }
    let project = bench.read("ruong.toml").replace("[communes]", &format!("{more}\n[communes]"));
    assert!(project.contains("language = \"vi\""));
    bench.write("ruong.toml", project.replace("language = \"vi\"", &format!("language = \"{language}\"")));
    bench
}
