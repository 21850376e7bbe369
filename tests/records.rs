//! What every command and every project of the sample answers, against the record of it.
//!
//! The record is no proof that a number is right: that is what the other tests are for, by hand or by another program.
//! It keeps a change from passing unseen. A change that is meant: `RUONG_BLESS=1 cargo test --test records`, then read
//! the difference before committing it.

mod common;

use common::{Bench, root, run_in};
use std::collections::BTreeMap;
use std::path::Path;

/// A folder of inputs, where its record is kept, its projects and its commands: a name, and the command as it is typed in that
/// folder. `{out}` is where it writes.
struct Recorded {
    inputs: &'static str,
    kept: &'static str,
    projects: &'static [&'static str],
    commands: &'static str,
}

const SAMPLE: Recorded = Recorded {
    inputs: "data/hong-ngu",
    kept: "",
    projects: &["ruong", "dich-benh", "du-bao", "lich-su", "gallery"],
    commands: include_str!("reference/records/commands.txt"),
};

/// What the sample has none of: gaps, ties, zeros, islands, farms without a place, fields across borders.
const ODD: Recorded = Recorded {
    inputs: "tests/reference/odd",
    kept: "odd/",
    projects: &["fields", "notice", "livestock", "former", "weather"],
    commands: include_str!("reference/odd/commands.txt"),
};

/// Tables, lists and documents of numbers below a folder, by name. Pictures have a test of their own, and how long a run
/// took is no record.
fn numbers(folder: &Path, root: &Path, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            numbers(&path, root, found);
        } else if name != "run.json" && [".csv", ".json", ".txt"].iter().any(|ending| name.ends_with(ending)) {
            found.insert(name, std::fs::read_to_string(&path).expect("text"));
        }
    }
}

/// Whether two lines say the same: word for word, and numbers to nine digits, since libraries of mathematics differ in
/// the last ones.
fn same(line: &str, wanted: &str) -> bool {
    let pieces = |text: &str| text.split([',', ' ', ':', ';', '[', ']', '(', ')']).map(str::to_owned).collect::<Vec<_>>();
    let (found, wanted) = (pieces(line), pieces(wanted));
    let equal = |a: &str, b: &str| match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()),
        _ => a == b,
    };
    found.len() == wanted.len() && found.iter().zip(&wanted).all(|(a, b)| equal(a, b))
}

/// Compares what was written with the record of that name, or makes it the record.
fn compare(name: &str, found: &BTreeMap<String, String>) {
    let kept = root().join("tests/reference/records").join(name);
    if std::env::var_os("RUONG_BLESS").is_some() {
        if kept.exists() {
            std::fs::remove_dir_all(&kept).expect("the old record goes");
        }
        for (file, text) in found {
            let path = kept.join(file);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
            std::fs::write(path, text).expect("the record is kept");
        }
    }
    let mut record = BTreeMap::new();
    numbers(&kept, &kept, &mut record);
    assert_eq!(found.keys().collect::<Vec<_>>(), record.keys().collect::<Vec<_>>(), "{name}");
    for (file, text) in found {
        for (at, (line, wanted)) in text.lines().zip(record[file].lines()).enumerate() {
            assert!(same(line, wanted), "{name}/{file}:{}\n was {wanted}\n is  {line}", at + 1);
        }
        assert_eq!(text.lines().count(), record[file].lines().count(), "{name}/{file}");
    }
}

fn projects_give_what_they_gave(recorded: &Recorded) {
    for project in recorded.projects {
        let bench = Bench::new();
        let (file, out) = (format!("{project}.toml"), bench.path("o"));
        let arguments = ["build", &file, "--only", "tables", "--out", out.to_str().expect("a path"), "--quiet"];
        let ran = run_in(&root().join(recorded.inputs), &arguments);
        assert_eq!(ran.code, 0, "{project}: {}", ran.stderr);
        let mut found = BTreeMap::new();
        numbers(&out, &out, &mut found);
        found.insert("said.txt".to_owned(), ran.stderr.replace(out.to_str().expect("a path"), "{out}"));
        compare(&format!("{}{project}", recorded.kept), &found);
    }
}

fn commands_give_what_they_gave(recorded: &Recorded) {
    let commands: Vec<_> = recorded.commands.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    for line in commands {
        let (name, command) = line.split_once(':').expect("a name and a command");
        let bench = Bench::new();
        let out = bench.path("o").to_str().expect("a path").to_owned();
        let words: Vec<String> = command.split_whitespace().map(|word| word.replace("{out}", &out)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).chain(["--quiet"]).collect();
        let ran = run_in(&root().join(recorded.inputs), &words);
        // 1: done, but not for every row, which is said.
        assert!(ran.code < 2, "{name}: {}", ran.stderr);
        let mut found = BTreeMap::new();
        numbers(bench.folder.path(), bench.folder.path(), &mut found);
        if !ran.stdout.is_empty() {
            found.insert("printed.csv".to_owned(), ran.stdout);
        }
        // What was said, but for the folder that the test wrote to.
        found.insert("said.txt".to_owned(), ran.stderr.replace(&out, "{out}"));
        assert!(!found.is_empty(), "{name} gives numbers");
        compare(&format!("{}{name}", recorded.kept), &found);
    }
}

#[test]
fn the_projects_of_the_sample_give_what_they_gave() {
    projects_give_what_they_gave(&SAMPLE);
}

#[test]
fn the_commands_give_what_they_gave() {
    commands_give_what_they_gave(&SAMPLE);
}

#[test]
fn projects_of_odd_inputs_give_what_they_gave() {
    projects_give_what_they_gave(&ODD);
}

#[test]
fn commands_on_odd_inputs_give_what_they_gave() {
    commands_give_what_they_gave(&ODD);
}
