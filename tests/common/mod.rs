//! What the tests share: running the real program in a folder of its own.
#![allow(dead_code)]

pub mod documents;
pub mod office;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that goes away with the test.
pub struct Bench {
    pub folder: tempfile::TempDir,
}

/// What a run of the program left.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Bench {
    pub fn new() -> Bench {
        Bench { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Bench {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        std::fs::write(path, content).expect("the file is written");
        self
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Runs the program here with arguments that hold no blanks.
    pub fn command(&self, arguments: &str) -> Ran {
        self.run(&arguments.split_whitespace().collect::<Vec<_>>())
    }

    /// Runs the program here.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        run_in(self.folder.path(), arguments)
    }
}

pub fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_ruong")).args(arguments).current_dir(folder).output().expect("the program starts");
    let ran = Ran {
        code: status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&stdout).into_owned(),
        stderr: String::from_utf8_lossy(&stderr).into_owned(),
    };
    assert!(!ran.stderr.contains("panicked"), "a panic reached the user:\n{}", ran.stderr);
    ran
}

/// The root of the project.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the real data, if this machine has them; else the test says that it did not run.
pub fn real(name: &str) -> Option<PathBuf> {
    let path = root().join("../shared/data").join(name);
    if !path.exists() {
        eprintln!("SKIPPED: real data not here: {name}");
        return None;
    }
    Some(path.canonicalize().expect("the path is real"))
}

/// A made-up layer with what shapely and pyproj say of it in `land.json` and `shares.csv`: `communes_before` overlap one another and leave
/// gaps, as units that were simplified one by one do; `communes_after` are fewer and larger.
pub fn land(name: &str) -> PathBuf {
    root().join("tests/reference/land").join(name)
}

/// A number of `land.json`.
pub fn of_land(key: &str) -> f64 {
    let text = std::fs::read_to_string(land("land.json")).expect("the numbers");
    let all: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    all[key].as_f64().expect("a number")
}

/// A closed square ring.
pub fn square(west: f64, south: f64, east: f64, north: f64) -> String {
    format!("[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]")
}

/// A feature with a polygon.
pub fn feature(properties: &str, coordinates: &str) -> String {
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{coordinates}}}}}"
    )
}

/// A collection of features.
pub fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

/// Two square communes side by side, with a leading zero in their codes.
pub fn two_communes() -> String {
    collection(&[
        feature("\"code\":\"00412\",\"name\":\"Xã Mỹ Tho\"", &square(105.0, 10.0, 105.1, 10.1)),
        feature("\"code\":\"00413\",\"name\":\"Xã Mỹ Thọ\"", &square(105.1, 10.0, 105.2, 10.1)),
    ])
}

/// Square communes in a row, with the codes 29950, 29951 … and the names Xã 0, Xã 1 …
pub fn communes_in_a_row(count: usize) -> String {
    let squares: Vec<String> = (0..count)
        .map(|i| {
            let west = 105.0 + 0.1 * i as f64;
            feature(&format!("\"code\":\"{}\",\"name\":\"Xã {i}\"", 29950 + i), &square(west, 10.0, west + 0.1, 10.1))
        })
        .collect();
    collection(&squares)
}

/// Communes in a grid, each with a name that a square of it holds and no more.
pub fn grid_of_communes(columns: usize, rows: usize) -> String {
    let one = |at: usize| {
        let (west, south) = (105.0 + 0.02 * (at % columns) as f64, 10.0 + 0.02 * (at / columns) as f64);
        feature(&format!("\"code\":\"{}\",\"name\":\"Phước {at}\"", 10_000 + at), &square(west, south, west + 0.02, south + 0.02))
    };
    collection(&(0..columns * rows).map(one).collect::<Vec<_>>())
}

/// A project of the two communes.
pub const COMMUNES_ONLY: &str = "version = 1\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\nname = \"name\"\n";

/// A project over four communes, called `c0` to `c3` here, with tables as (id, kind and keys, content), and more parts below.
pub fn project_of_four(period: &str, tables: &[(&str, &str, &str)], more: &str) -> Bench {
    let bench = Bench::new();
    bench.write("c.geojson", communes_in_a_row(4));
    let mut text = format!("version = 1\nperiod = {period}\n[communes]\nfile = \"c.geojson\"\n");
    for (id, keys, content) in tables {
        let codes = (0..4).fold((*content).to_owned(), |text, at| text.replace(&format!("c{at}"), &(29950 + at).to_string()));
        bench.write(&format!("{id}.csv"), codes);
        text.push_str(&format!("[[tables]]\nid = \"{id}\"\nfile = \"{id}.csv\"\n{keys}\n"));
    }
    bench.write("ruong.toml", text + more);
    bench
}

/// Rows of a CSV file as maps from heading to cell.
pub fn rows(text: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// All words of a picture, in the order of its file.
pub fn words_of(svg: &str) -> String {
    let texts = svg.split("</text>").filter_map(|part| part.rsplit('>').next()).map(str::trim);
    texts.collect::<Vec<_>>().join(" ")
}

/// A cell as a number.
pub fn number(row: &std::collections::BTreeMap<String, String>, column: &str) -> f64 {
    let cell = row.get(column).unwrap_or_else(|| panic!("no column {column}"));
    cell.parse().unwrap_or_else(|_| panic!("{column} is \"{cell}\", not a number"))
}

/// A row of numbers that depends on its seed alone (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    /// A number, or nothing two times in ten.
    pub fn maybe(&mut self, most: u64) -> Option<u64> {
        (self.below(10) >= 2).then(|| self.below(most))
    }
}
