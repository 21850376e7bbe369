//! The shape of the house: a room uses only rooms above it in this list, files stay short, and no file reads two subjects.

#[path = "common/sources.rs"]
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Rooms in the order of the way of the data, the ground floor first. A room uses only rooms before it.
const ROOMS: [&str; 31] = [
    "values",
    "run",
    "headings",
    "project",
    "source",
    "workbook",
    "input",
    "readers",
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
    "cartography",
    "render",
    "figures",
    "publish",
    "ooxml",
    "meeting",
    "propose",
    "app",
    "console",
    "cli",
];

const MOST_LINES_OF_A_FILE: usize = 400;
const MOST_LINES_OF_A_ROOM: usize = 5000;

/// Every source file of a room with its room and its text; main.rs and lib.rs are in none.
fn in_rooms() -> Vec<(PathBuf, String, String)> {
    let of_room = |(path, text): (PathBuf, String)| {
        let mut parts = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
        let room = parts.next()?;
        parts.next()?;
        Some((path, room, text))
    };
    sources::sources().into_iter().filter_map(of_room).collect()
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
    for (path, room, text) in in_rooms() {
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
    for (path, room, text) in in_rooms() {
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
    for (path, room, text) in in_rooms() {
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

/// Who adds something finds the folders where it is said to go, and the files that it is to be entered in.
#[test]
fn the_way_to_add_something_leads_to_places_that_are_there() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut missing = Vec::new();
    for text in ["CONTRIBUTING.md", "docs/architecture.md"] {
        let text = std::fs::read_to_string(root.join(text)).expect("the text");
        for path in text.split('`').skip(1).step_by(2).filter(|path| path.starts_with("src/") && !path.contains([' ', '*'])) {
            let place = path.split_once("NAME").map_or(path, |(folder, _)| folder);
            if !root.join(place).exists() {
                missing.push(path.to_owned());
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}
