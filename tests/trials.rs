//! Trials to break ruong: inputs of every kind are cut, mutated and mixed up, every command runs on them, and each run must end in one of
//! the ways that are promised. `RUONG_TRIALS=10000 cargo test --release --test trials -- --nocapture` prints the counts of a release.

mod common;

use common::{Bench, root};
use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A generator with a fixed start, so that a trial can be run again (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }
}

/// What odd files hold.
const TOKENS: [&[u8]; 24] = [
    b"",
    b"\0",
    b"NaN",
    b"-1",
    b"1e999",
    b"\"",
    b",",
    b";",
    b"\n",
    b"\r\n",
    b"{",
    b"]",
    b"null",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"9999999999999999999999",
    b"=1+1",
    b"\x1b[31m",
    b"../../x",
    b"<!--",
    b"0",
    b"-0",
    b"1.234,5",
    b"\xe1\xba\xa1\xcc\xa3",
];

/// Cuts, overwrites, repeats, swaps or removes a piece.
fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.roll(3) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + dice.roll(40)).min(bytes.len());
        match dice.roll(7) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            3 => drop(bytes.splice(at..end, TOKENS[dice.roll(TOKENS.len())].iter().copied())),
            4 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.roll(8);
                }
            }
            5 => drop(bytes.splice(at..at, TOKENS[dice.roll(TOKENS.len())].iter().copied())),
            _ => {
                let line = |from: usize| bytes[from..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| from + n);
                let (start, stop) = (line(at), line((line(at) + 1).min(bytes.len())));
                bytes.drain(start.min(stop)..stop);
            }
        }
    }
}

/// Small inputs of every kind, and the commands that read them.
const COMMANDS: [&str; 16] = [
    "build ruong.toml --only tables",
    "build ruong.toml --only maps --format svg",
    "check ruong.toml",
    "new made communes.geojson fields.geojson pest.csv linked.csv programmes.csv",
    "match programmes.csv --communes communes.geojson",
    "classify --table programmes.csv --column thu_hoach_co_gioi_pct --scheme quantile --classes 4",
    "worklist ruong.toml --out w",
    "zones --outbreaks outbreaks.csv --communes communes.geojson --out z",
    "outbreaks curve --outbreaks outbreaks.csv --out c",
    "outbreaks rates --outbreaks outbreaks.csv --herds herds.csv --communes communes.geojson --out r",
    "outbreaks spread --outbreaks outbreaks.csv --herds herds.csv --out s",
    "sensors --readings sensors.csv --out t",
    "forecast traps --readings traps.csv --out f",
    "forecast weekly --history history.csv --value dien_tich_nhiem_ha --unit code --pest svgh --date tuan_tu_ngay --out weekly.csv",
    "hotspots moran --communes communes.geojson --table programmes.csv --key code --value drone_ha",
    "crosswalk --from communes.geojson --to communes.geojson --out x",
];

/// The first lines of a sample file: a trial reads them in a moment.
fn sample(name: &str, lines: usize) -> Vec<u8> {
    let text = std::fs::read_to_string(root().join("data/hong-ngu").join(name)).expect("the sample");
    text.lines().take(lines).collect::<Vec<_>>().join("\n").into_bytes()
}

fn inputs() -> Vec<(&'static str, Vec<u8>)> {
    let whole = |name: &str| std::fs::read(root().join("data/hong-ngu").join(name)).expect("the sample");
    let mut fields = sample("fields.geojson", 60);
    if fields.last() == Some(&b',') {
        fields.pop();
    }
    fields.extend(b"]}");
    let project = "version = 1\nperiod = { from = 2024-04-05, to = 2024-04-11 }\n[communes]\nfile = \"communes.geojson\"\n\
        code = \"code\"\nname = \"name\"\n[fields]\nfile = \"fields.geojson\"\nid = \"field_id\"\n\
        [[tables]]\nid = \"f\"\nkind = \"pest-forecast\"\nfile = \"pest.csv\"\nkey = { field = \"field_id\" }\n\
        [[tables]]\nid = \"l\"\nkind = \"linked-production\"\nfile = \"linked.csv\"\nkey = { field = \"field_id\" }\n\
        [[tables]]\nid = \"p\"\nkind = \"indicator\"\nfile = \"programmes.csv\"\nkey = { commune = \"code\" }\n";
    vec![
        ("ruong.toml", project.into()),
        ("communes.geojson", whole("communes.geojson")),
        ("fields.geojson", fields),
        ("pest.csv", sample("pest_forecast.csv", 80)),
        ("linked.csv", sample("linked_production.csv", 40)),
        ("programmes.csv", whole("programmes.csv")),
        ("outbreaks.csv", sample("livestock_outbreaks.csv", 40)),
        ("herds.csv", sample("livestock_farms.csv", 40)),
        ("sensors.csv", sample("sensors.csv", 80)),
        ("traps.csv", sample("light_traps.csv", 80)),
        ("history.csv", sample("history.csv", 120)),
    ]
}

#[test]
fn no_input_makes_ruong_panic_or_hang() {
    let trials: usize = std::env::var("RUONG_TRIALS").ok().and_then(|n| n.parse().ok()).unwrap_or(96);
    let start: u64 = std::env::var("RUONG_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(7);
    let inputs = inputs();
    // On inputs as they are every command does its work: else trials would only try the refusals.
    for command in COMMANDS {
        let bench = Bench::new();
        inputs.iter().for_each(|(name, bytes)| {
            bench.write(name, bytes);
        });
        let ran = bench.run(&command.split(' ').collect::<Vec<_>>());
        assert!(ran.code < 2, "{command}: {}", ran.stderr);
    }
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong: Vec<String> = Vec::new();
    for trial in 0..trials {
        let mut dice = Dice(start.wrapping_mul(1_000_003) + trial as u64);
        let command = COMMANDS[trial % COMMANDS.len()];
        let bench = Bench::new();
        let read: Vec<usize> = (0..inputs.len()).filter(|&at| command.contains(inputs[at].0)).collect();
        // A project reads what its file names.
        let hit = if command.contains("ruong.toml") { dice.roll(6) } else { read[dice.roll(read.len())] };
        for (at, (name, bytes)) in inputs.iter().enumerate() {
            let mut bytes = bytes.clone();
            if at == hit {
                mutate(&mut bytes, &mut dice);
            }
            bench.write(name, bytes);
        }
        let what = format!("trial {trial}: {command}, {} mutated", inputs[hit].0);
        let mut child = Command::new(env!("CARGO_BIN_EXE_ruong"))
            .args(command.split(' '))
            .current_dir(bench.folder.path())
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(bench.path("stderr")).expect("a file"))
            .spawn()
            .expect("the program starts");
        let since = Instant::now();
        let code = loop {
            match child.try_wait().expect("it is waited for") {
                Some(status) => break status.code(),
                None if since.elapsed() > Duration::from_secs(60) => {
                    child.kill().expect("it is stopped");
                    break Some(-60);
                }
                None => std::thread::sleep(Duration::from_millis(2)),
            }
        };
        let said = String::from_utf8_lossy(&std::fs::read(bench.path("stderr")).expect("the file")).into_owned();
        let end = match code {
            _ if said.contains("panicked") => "panic",
            Some(0) => "right or with problems listed",
            Some(1) => "partial",
            Some(2) => "refused",
            Some(-60) => "hang",
            _ => "crash",
        };
        *ends.entry(end).or_default() += 1;
        // Every refusal says why, and nothing steers a terminal.
        let silent = end == "refused" && !said.contains('×');
        if matches!(end, "panic" | "hang" | "crash") || silent || said.contains("\u{1b}[31m") {
            wrong.push(format!("{what}: {end}\n{said}"));
        }
    }
    println!("{trials} trials: {ends:?}");
    assert!(wrong.is_empty(), "{} trials went wrong:\n{}", wrong.len(), wrong[..wrong.len().min(5)].join("\n\n"));
    assert!(ends.len() >= 3, "trials that all end alike try nothing: {ends:?}");
}
