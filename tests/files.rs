//! The output folder: nothing is lost, nothing is left behind that is no longer made, nothing leads out of it.

mod common;

use common::*;

const PROJECT: &str = "version = 1\nlanguage = \"en\"\ncharts = []\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\nname = \"name\"\n\
     [[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = { commune = \"code\" }\n";

fn bench(more: &str) -> Bench {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("t.csv", "code,ha\n00412,5\n00413,7\n");
    bench.write("ruong.toml", format!("{PROJECT}{more}"));
    bench
}

const TWO_MAPS: &str = "[[maps]]\nid = \"a\"\nmeasure = \"t.ha\"\n[[maps]]\nid = \"b\"\nmeasure = \"area_ha\"\n";

fn outputs(bench: &Bench) -> Vec<String> {
    let record: serde_json::Value = serde_json::from_str(&bench.read("out/run.json")).expect("a record");
    record["outputs"].as_array().expect("outputs").iter().map(|name| name.as_str().expect("a name").to_owned()).collect()
}

#[test]
fn what_is_no_longer_made_goes_and_what_was_not_touched_stays() {
    let bench = bench(TWO_MAPS);
    let build = |more: &[&str]| bench.run(&[&["build", ".", "--quiet", "--format", "svg"], more].concat());
    assert_eq!(build(&[]).code, 0);
    let all = outputs(&bench);
    // A partial run keeps the record of the rest.
    assert_eq!(build(&["--only", "tables"]).code, 0);
    assert_eq!(outputs(&bench), all);
    // With other data it says what it did not make again.
    bench.write("t.csv", "code,ha\n00412,6\n00413,7\n");
    build(&["--only", "tables"]);
    assert!(
        bench.read("out/problems.csv").contains("2 files of maps were made from older data"),
        "{}",
        bench.read("out/problems.csv")
    );
    // A changed byte is drawn anew.
    assert_eq!(build(&[]).code, 0);
    let drawn = bench.read("out/maps/a.svg");
    bench.write("out/maps/a.svg", drawn.replacen("<title>", "<tItle>", 1));
    assert_eq!(build(&[]).code, 0);
    assert_eq!(bench.read("out/maps/a.svg"), drawn);
    // A map that is gone from the project, and one that fails, leave nothing under their names.
    bench.write("ruong.toml", format!("{PROJECT}[[maps]]\nid = \"a\"\nmeasure = \"t.nothing\"\n"));
    assert_eq!(build(&[]).code, 1);
    assert!(!bench.path("out/maps/a.svg").exists() && !bench.path("out/maps/b.svg").exists());
    // A file that somebody has changed is left, and named.
    bench.write("ruong.toml", format!("{PROJECT}{TWO_MAPS}"));
    build(&[]);
    bench.write("out/maps/b.svg", "mine");
    bench.write("ruong.toml", format!("{PROJECT}[[maps]]\nid = \"a\"\nmeasure = \"t.ha\"\n"));
    build(&[]);
    assert_eq!(bench.read("out/maps/b.svg"), "mine");
    assert!(bench.read("out/problems.csv").contains("it has been changed since"));
}

#[test]
fn two_outputs_of_one_name_are_refused() {
    for ids in [["b:c", "b-c"], ["B", "b"]] {
        let maps = ids.map(|id| format!("[[maps]]\nid = \"{id}\"\nmeasure = \"t.ha\"\n")).concat();
        let ran = bench(&maps).run(&["check", "."]);
        assert!(ran.code == 2 && ran.stderr.contains("cùng một tên tệp"), "{}", ran.stderr);
    }
}

#[cfg(unix)]
#[test]
fn pipes_links_and_full_disks_are_refused() {
    let bench = bench(TWO_MAPS);
    // A link within the output folder that leads out of it.
    std::fs::create_dir_all(bench.path("else")).expect("a folder");
    std::fs::create_dir_all(bench.path("out")).expect("a folder");
    std::os::unix::fs::symlink(bench.path("else"), bench.path("out/maps")).expect("a link");
    let ran = bench.run(&["build", ".", "--quiet", "--format", "svg"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(std::fs::read_dir(bench.path("else")).expect("a folder").count(), 0);
    // A folder in the place of the list of problems: everything else is made and said.
    std::fs::remove_file(bench.path("out/maps")).expect("the link");
    std::fs::remove_file(bench.path("out/problems.csv")).expect("the list");
    std::fs::create_dir(bench.path("out/problems.csv")).expect("a folder");
    let ran = bench.run(&["build", ".", "--format", "svg"]);
    assert!(ran.code == 1 && bench.path("out/run.json").exists() && bench.path("out/maps/a.svg").exists(), "{}", ran.stderr);
    // What a killed run left is cleared away.
    bench.write("out/maps/.ruong-abc.tmp", "half");
    bench.run(&["build", ".", "--quiet", "--format", "svg"]);
    assert!(!bench.path("out/maps/.ruong-abc.tmp").exists() && !bench.path("out/.ruong.lock").exists());
    // A pipe would be waited for without end.
    assert!(std::process::Command::new("mkfifo").arg(bench.path("p.csv")).status().expect("mkfifo").success());
    let ran = bench.run(&["match", "p.csv", "--communes", "c.geojson"]);
    assert!(ran.code == 2 && ran.stderr.contains("ống dẫn"), "{}", ran.stderr);
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_kept_from_it() {
    let bench = bench("");
    bench.write("t.csv", "code,ha\n=HYPERLINK(1),5\n00413,7\n");
    bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    let problems = bench.read("out/problems.csv");
    assert!(problems.starts_with('\u{feff}') && problems.contains(",'=HYPERLINK(1),"), "{problems}");
}
