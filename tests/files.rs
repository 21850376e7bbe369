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
    let late = || bench.read("out/problems.csv").contains("2 files of maps svg were made from older data");
    assert!(late(), "{}", bench.read("out/problems.csv"));
    // It says so until they are made, not once.
    build(&["--only", "tables"]);
    assert!(late(), "{}", bench.read("out/problems.csv"));
    // A changed byte is drawn anew.
    assert_eq!(build(&[]).code, 0);
    assert!(!bench.read("out/problems.csv").contains("older data"));
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

#[cfg(unix)]
#[test]
fn one_run_at_a_time_and_nothing_through_the_lock() {
    let bench = bench("");
    std::fs::create_dir_all(bench.path("out")).expect("a folder");
    let held = std::fs::File::create(bench.path("out/.ruong.lock")).expect("a lock");
    held.lock().expect("it is held");
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert!(ran.code == 2 && ran.stderr.contains("another run"), "{}", ran.stderr);
    assert!(!bench.path("out/tables").exists());
    drop(held);
    // A program that another test is starting holds a copy of the lock until it has started.
    let free = (0..50).any(|attempt| {
        std::thread::sleep(std::time::Duration::from_millis(if attempt == 0 { 0 } else { 20 }));
        bench.run(&["build", ".", "--only", "tables", "--quiet"]).code == 0
    });
    assert!(free, "the lock is given back");
    // A link of that name is not followed.
    bench.write("mine.txt", "mine");
    std::os::unix::fs::symlink(bench.path("mine.txt"), bench.path("out/.ruong.lock")).expect("a link");
    assert_eq!(bench.run(&["build", ".", "--only", "tables", "--quiet"]).code, 2);
    assert_eq!(bench.read("mine.txt"), "mine");
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_printed_is_no_success() {
    let bench = bench("");
    let full = std::fs::File::options().write(true).open("/dev/full").expect("a full device");
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_ruong"))
        .args(["check", ".", "--json"])
        .current_dir(bench.path(""))
        .stdout(full)
        .output()
        .expect("it runs");
    assert_eq!(ran.status.code(), Some(2), "{}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn letters_that_steer_reach_no_terminal_and_no_xml() {
    let bench = bench(
        "[[tables]]\nid = \"c\"\nkind = \"indicator\"\nfile = \"w.csv\"\nkey = { commune = \"code\" }\nindicators = [{ id = \"kind\", category = \"loai\" }]\n[[maps]]\nid = \"m\"\nkind = \"categories\"\nmeasure = \"c.kind\"\n",
    );
    bench.write("w.csv", "code,loai\n00412,a\u{1b}[31mb\n00413,c\n0\u{1b}[2J,c\n");
    let ran = bench.run(&["build", ".", "--format", "svg", "--verbose"]);
    assert!(!ran.stderr.contains('\u{1b}') && ran.stderr.contains("\\u{1b}"), "{}", ran.stderr);
    for file in std::fs::read_dir(bench.path("out/maps")).into_iter().flatten().flatten() {
        let svg = std::fs::read_to_string(file.path()).expect("an SVG");
        assert!(!svg.contains('\u{1b}'), "{}", file.path().display());
    }
}

#[cfg(unix)]
#[test]
fn exact_places_are_for_their_owner() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("o.csv", "onset,disease,lon,lat\n2024-03-01,ASF,105.05,10.05\n");
    for (more, mode) in [(&["--exact"][..], 0o600), (&[], 0o644)] {
        let zones = ["zones", "--outbreaks", "o.csv", "--communes", "c.geojson", "--to", "2024-03-05", "--out", "z"];
        let ran = bench.run(&[&zones, more].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let found = std::fs::metadata(bench.path("z/outbreaks.csv")).expect("the list").permissions().mode();
        assert_eq!(found & 0o777, mode);
    }
}

/// With exit code 2 nothing was made: what a command wrote before the file that it may not write goes again.
#[cfg(unix)]
#[test]
fn a_command_that_is_refused_leaves_nothing_behind() {
    let bench = Bench::new();
    bench.write("xa.geojson", communes_in_a_row(2));
    bench.write("outbreaks.csv", "ngày khởi phát,bệnh,longitude,latitude\n2024-04-02,Dịch tả heo châu Phi,105.05,10.05\n");
    let before = bench.read("outbreaks.csv");
    let ran = bench.run(&["zones", "--outbreaks", "outbreaks.csv", "--communes", "xa.geojson", "--radius-km", "1", "--out", "."]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert_eq!(bench.read("outbreaks.csv"), before);
    let mut left: Vec<String> = std::fs::read_dir(bench.folder.path())
        .expect("a folder")
        .flatten()
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    left.sort();
    assert_eq!(left, ["outbreaks.csv", "xa.geojson"]);
}

/// Links that lead back to where they stand are not followed round and round.
#[cfg(unix)]
#[test]
fn a_pattern_over_folders_ends_whatever_links_they_hold() {
    let bench = bench("");
    bench.write("x/t.csv", "code,ha\n00412,5\n00413,7\n");
    for link in ["x/a", "x/b"] {
        std::os::unix::fs::symlink(bench.path("x"), bench.path(link)).expect("a link");
    }
    bench.write("ruong.toml", PROJECT.replace("t.csv", "x/**/*.csv"));
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(rows(&bench.read("out/tables/communes.csv"))[0]["t.ha"], "5");
}

/// Names of diseases are headings of the curve; a spreadsheet would run one that begins with a sign.
#[test]
fn headings_from_data_are_no_formulas() {
    let bench = Bench::new();
    bench.write("o.csv", "ngày khởi phát,bệnh\n2024-04-02,=1+1\n2024-04-03,@SUM(A1)\n");
    let ran = bench.run(&["outbreaks", "curve", "--outbreaks", "o.csv", "--out", "o", "--quiet"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let head = bench.read("o/curve.csv").lines().next().expect("headings").to_owned();
    assert!(head.ends_with(",'=1+1,'@SUM(A1)"), "{head}");
}
