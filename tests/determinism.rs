//! The same input gives the same bytes, whatever the number of threads; only run.json may differ.

mod common;
use common::*;
use std::collections::BTreeMap;
use std::path::Path;

fn files(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>, root: &Path) {
    for entry in std::fs::read_dir(folder).expect("the folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found, root);
        } else if path.file_name().is_some_and(|name| name != "run.json") {
            let name = path.strip_prefix(root).expect("inside").display().to_string();
            found.insert(name, std::fs::read(&path).expect("the file"));
        }
    }
}

#[test]
fn one_thread_and_many_write_the_same_bytes() {
    let bench = Bench::new();
    let sample = root().join("data/hong-ngu");
    let mut builds = Vec::new();
    for (name, jobs) in [("a", "1"), ("b", "4"), ("c", "4")] {
        let out = bench.path(name);
        let ran =
            bench.run(&["build", &sample.display().to_string(), "--out", &out.display().to_string(), "--jobs", jobs, "--quiet"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let mut found = BTreeMap::new();
        files(&out, &mut found, &out);
        builds.push(found);
    }
    assert!(builds[0].len() > 40, "{:?}", builds[0].keys());
    for other in &builds[1..] {
        assert_eq!(builds[0].keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
        for (name, bytes) in &builds[0] {
            assert!(other[name] == *bytes, "{name} differs");
        }
    }
}
