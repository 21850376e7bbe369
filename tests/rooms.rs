//! The shape of the house: a room uses only rooms above it in this list, files stay short, and no file reads two subjects.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Rooms in the order of the way of the data, the ground floor first. A room uses only rooms before it.
const ROOMS: [&str; 25] = [
    "values",
    "run",
    "project",
    "source",
    "workbook",
    "input",
    "layers",
    "places",
    "join",
    "hotspots",
    "readings",
    "forecast",
    "outbreaks",
    "model",
    "measures",
    "scale",
    "words",
    "tables",
    "draw",
    "figures",
    "publish",
    "propose",
    "app",
    "console",
    "cli",
];

const MOST_LINES_OF_A_FILE: usize = 400;
const MOST_LINES_OF_A_ROOM: usize = 5000;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every source file with its room and its text.
fn sources() -> Vec<(PathBuf, String, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    found
        .into_iter()
        .filter_map(|path| {
            let inside = path.strip_prefix(&root).expect("inside src").to_path_buf();
            let mut parts = inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
            let room = parts.next()?;
            // main.rs and lib.rs are no rooms.
            parts.next()?;
            Some((inside.clone(), room, std::fs::read_to_string(&path).expect("text")))
        })
        .collect()
}

/// The rooms that a text names by `crate::room` outside of comments and of its own tests.
fn named(text: &str) -> BTreeSet<String> {
    let code: Vec<&str> =
        text.split("#[cfg(test)]\nmod ").next().unwrap_or("").lines().map(|line| line.split("//").next().unwrap_or("")).collect();
    let code = code.join("\n");
    let mut found = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        let names: Vec<&str> = match after.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or("").split(',').map(str::trim).collect(),
            None => vec![after],
        };
        for name in names {
            let word: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.extend(ROOMS.contains(&word.as_str()).then_some(word));
        }
    }
    found
}

#[test]
fn no_arrow_runs_up() {
    let rank: BTreeMap<&str, usize> = ROOMS.iter().enumerate().map(|(at, room)| (*room, at)).collect();
    let mut wrong = Vec::new();
    for (path, room, text) in sources() {
        let own = *rank.get(room.as_str()).unwrap_or_else(|| panic!("src/{room} is in no order: enter it in ROOMS"));
        for other in named(&text) {
            if rank[other.as_str()] > own {
                wrong.push(format!("{} uses {other}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_and_rooms_stay_small() {
    let mut rooms: BTreeMap<String, usize> = BTreeMap::new();
    for (path, room, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES_OF_A_FILE, "{} has {lines} lines: split it by subject", path.display());
        *rooms.entry(room).or_default() += lines;
    }
    for (room, lines) in rooms {
        assert!(lines <= MOST_LINES_OF_A_ROOM, "src/{room} has {lines} lines: divide it");
    }
}

#[test]
fn rooms_below_the_program_print_nothing() {
    for (path, room, text) in sources() {
        let prints = ["println!", "eprintln!", "print!(", "stdout()", "stderr()"];
        let speaks = text.lines().any(|line| prints.iter().any(|word| line.split("//").next().unwrap_or("").contains(word)));
        assert!(["cli", "console"].contains(&room.as_str()) || !speaks, "{} prints", path.display());
    }
}

#[test]
fn a_name_of_a_room_is_seen_in_every_spelling() {
    let text = "use crate::draw::{self, Scene};\nuse crate::{message, publish};\n// crate::cli\nfn f() { crate::app::build() }\n#[cfg(test)]\nmod tests { use crate::cli::x; }";
    assert_eq!(named(text).into_iter().collect::<Vec<_>>(), ["app", "draw", "publish"]);
}
