//! One file with what is to be sent.

mod common;

use common::documents::sample_with;
use common::{Bench, root, run_in};
use std::collections::BTreeMap;
use std::io::Read as _;

/// The files of a bundle, by name.
fn unpacked(bench: &Bench, name: &str) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(bench.path(name)).expect("a bundle")).expect("a zip");
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).expect("a file");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("its bytes");
            (file.name().expect("a name").to_string(), bytes)
        })
        .collect()
}

fn same_as_there(bench: &Bench, files: &BTreeMap<String, Vec<u8>>) {
    for (name, bytes) in files {
        assert_eq!(&std::fs::read(bench.path(&format!("out/{name}"))).expect("the file itself"), bytes, "{name}");
    }
}

#[test]
fn a_bundle_holds_what_is_to_be_sent_and_nothing_else() {
    let bench = Bench::new();
    let out = bench.path("out");
    let build = |more: &[&str]| {
        let mut arguments = vec!["build", "data/hong-ngu", "--out", out.to_str().expect("a path"), "--format", "png"];
        arguments.extend(more);
        let ran = run_in(&root(), &arguments);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran
    };
    let ran = build(&[]);
    assert!(format!("{}{}", ran.stdout, ran.stderr).contains("gửi cả bộ: bundle.zip"), "{}{}", ran.stdout, ran.stderr);
    let files = unpacked(&bench, "out/bundle.zip");
    for name in
        ["slides.pptx", "handout.pdf", "bulletin.docx", "annex.xlsx", "tables/communes.xlsx", "maps/linked-at-risk-ha.png"]
    {
        assert!(files.contains_key(name), "{name}: {:?}", files.keys());
    }
    let left: Vec<&String> = files
        .keys()
        .filter(|name| [".csv", ".json", ".svg", ".zip", ".gpkg", ".qml"].iter().any(|end| name.ends_with(end)))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    same_as_there(&bench, &files);
    // Nothing new: the bundle is left alone, and a run that makes parts only bundles what there is.
    let day = || std::fs::metadata(bench.path("out/bundle.zip")).and_then(|data| data.modified()).expect("a time");
    let before = day();
    build(&[]);
    build(&["--only", "outputs"]);
    assert_eq!(before, day());
    assert!(bench.read("out/run.json").contains("\"bundle.zip\""));
}

#[test]
fn a_bundle_can_be_chosen_and_what_is_missing_is_said() {
    let bench = sample_with("", "vi");
    let project = bench
        .read("ruong.toml")
        .replace("kind = \"bundle\"", "kind = \"bundle\"\nfile = \"gui-di\"\nfiles = [\"tables/*.csv\", \"videos/*\"]");
    bench.write("ruong.toml", project);
    let ran = bench.run(&["build", ".", "--out", "out", "--quiet", "--only", "tables,outputs"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let files = unpacked(&bench, "out/gui-di.zip");
    assert!(
        files.len() > 3 && files.keys().all(|name| name.starts_with("tables/") && name.ends_with(".csv")),
        "{:?}",
        files.keys()
    );
    same_as_there(&bench, &files);
    assert!(bench.read("out/problems.csv").contains("videos/*"));
    // Somebody edits a table: it is not what the run made.
    bench.write("out/tables/communes.csv", "x");
    let ran = bench.run(&["build", ".", "--out", "out", "--quiet", "--only", "outputs"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!unpacked(&bench, "out/gui-di.zip").contains_key("tables/communes.csv"));
    assert!(bench.read("out/problems.csv").contains("tables/communes.csv"));
    // All there is: what the run before said of itself is not of this one.
    let all = |bench: &Bench| {
        bench.write("ruong.toml", bench.read("ruong.toml").replace("\"tables/*.csv\", \"videos/*\"", "\"*\""));
        assert_eq!(bench.run(&["build", ".", "--out", "alles", "--quiet", "--only", "tables,outputs"]).code, 0);
        unpacked(bench, "alles/gui-di.zip")
    };
    let before = bench.read("ruong.toml");
    let (first, second) = (all(&bench), all(&bench));
    assert!(first.len() > 3 && first == second && !second.contains_key("problems.csv"), "{:?}", second.keys());
    bench.write("ruong.toml", before);
    // Nothing at all: an error, and no file of last time under its name.
    bench.write("ruong.toml", bench.read("ruong.toml").replace("\"tables/*.csv\", ", ""));
    let ran = bench.run(&["build", ".", "--out", "out", "--quiet", "--only", "outputs"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(bench.read("out/problems.csv").contains("không có tệp nào để cho vào gói"));
    assert!(!bench.path("out/gui-di.zip").exists());
}

#[test]
fn exact_places_are_not_sent() {
    let bench = sample_with("", "vi");
    bench.write("ruong.toml", bench.read("ruong.toml").replace("kind    = \"outbreaks\"", "kind = \"outbreaks\"\nexact = true"));
    let arguments = ["build", ".", "--out", "out", "--quiet", "--format", "png", "--only", "tables,slides,outputs"];
    for only in [&arguments[..], &["build", ".", "--out", "out", "--quiet", "--only", "outputs"]] {
        let ran = bench.run(only);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let files = unpacked(&bench, "out/bundle.zip");
        assert_eq!(files.keys().collect::<Vec<_>>(), ["tables/communes.xlsx"], "a later run knows it too");
        assert!(bench.read("out/problems.csv").contains("không cho vào gói gửi đi"));
    }
}
