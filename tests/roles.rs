//! Every stretch of a picture says what it is for, so that a slide can set the title, the legend and the map anew.

mod common;

use common::*;

/// Ids of the groups of a picture, and the texts of the first one with an id.
fn groups(svg: &str) -> Vec<String> {
    svg.split("<g id=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn pictures_name_their_parts() {
    let out = tempfile::tempdir().expect("a folder");
    let to = out.path().to_str().expect("a path");
    let ran = run_in(&root(), &["build", "data/hong-ngu/gallery.toml", "--out", to, "--format", "svg", "--only", "maps,charts"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut seen = 0;
    for (folder, wanted) in [("maps", &["map", "legend"][..]), ("charts", &["plot"][..])] {
        for entry in std::fs::read_dir(out.path().join(folder)).expect("pictures") {
            let path = entry.expect("a picture").path();
            let Ok(svg) = std::fs::read_to_string(&path) else { continue };
            let found = groups(&svg);
            for part in ["title", "subtitle", "source"].iter().chain(wanted) {
                assert!(found.iter().any(|id| id == part), "{}: no {part} in {found:?}", path.display());
            }
            let title = svg.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or_default();
            let first = svg.split("<g id=\"title\">").nth(1).and_then(|rest| rest.split("</g>").next()).unwrap_or_default();
            let words = first.split('>').filter_map(|piece| piece.strip_suffix("</text")).collect::<Vec<_>>().join(" ");
            assert_eq!(words, title, "{}", path.display());
            let mut ids = found.clone();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), found.len(), "{}: an id twice", path.display());
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen} pictures");
}
