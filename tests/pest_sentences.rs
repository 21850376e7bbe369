//! What the notice says of each pest, derived again from random tables with gaps.

mod common;

use common::documents::vietnamese;
use common::{Bench, Dice, collection, feature, square};
use std::io::Read as _;

/// Light, medium and heavy hectares of a commune in tenths; nothing where the table has no row.
type Cell = Option<[u64; 3]>;

/// This period, the one before, the same of last year: cells by pest and commune.
type Tables = [Vec<Vec<Cell>>; 3];

const PERIODS: [[&str; 2]; 3] = [["2024-04-05", "2024-04-11"], ["2024-03-29", "2024-04-04"], ["2023-04-07", "2023-04-13"]];
const PESTS: [&str; 3] = ["rầy nâu", "khô vằn", "bạc lá"];

fn random(dice: &mut Dice, communes: usize, pests: usize) -> Tables {
    std::array::from_fn(|_| {
        (0..pests)
            .map(|_| {
                (0..communes)
                    .map(|_| match dice.below(10) {
                        0..=2 => None,
                        3 => Some([0, 0, 0]),
                        _ => Some([dice.below(20_000), dice.below(3) * dice.below(5_000), dice.below(2) * dice.below(2_000)]),
                    })
                    .collect()
            })
            .collect()
    })
}

fn project(tables: &Tables, communes: usize) -> Bench {
    let bench = Bench::new();
    let list: Vec<String> = (0..communes)
        .map(|at| {
            let x = 105.0 + 0.05 * at as f64;
            feature(&format!("\"code\": \"{:05}\", \"name\": \"Xã {}\"", 30001 + at, name(at)), &square(x, 10.0, x + 0.05, 10.05))
        })
        .collect();
    bench.write("c.geojson", collection(&list));
    let mut text = "ma_xa,sau_benh,tu_ngay,den_ngay,nhe_ha,trung_binh_ha,nang_ha\n".to_owned();
    for ([from, to], pests) in PERIODS.iter().zip(tables) {
        for (pest, cells) in PESTS.iter().zip(pests) {
            for (commune, cell) in cells.iter().enumerate() {
                if let Some(cell) = cell {
                    let [light, medium, heavy] = cell.map(|tenths| tenths as f64 / 10.0);
                    text.push_str(&format!("{:05},{pest},{from},{to},{light},{medium},{heavy}\n", 30001 + commune));
                }
            }
        }
    }
    bench.write("t.csv", text);
    let file = "version = 1\nperiod = { from = 2024-04-05, to = 2024-04-11 }\n[communes]\nfile = \"c.geojson\"\n[[tables]]\nid = \"t\"\n\
                kind = \"infested-area\"\nfile = \"t.csv\"\nkey = { commune = \"ma_xa\" }\n";
    bench.write("ruong.toml", file);
    bench
}

fn name(at: usize) -> char {
    char::from(b'A' + at as u8)
}

/// The paragraphs of a letter.
fn paragraphs(bench: &Bench) -> Vec<String> {
    let file = std::fs::File::open(bench.path("out/bulletin.docx")).expect("the notice");
    let mut archive = zip::ZipArchive::new(file).expect("a zip");
    let mut text = String::new();
    archive.by_name("word/document.xml").expect("the letter").read_to_string(&mut text).expect("text");
    let words = |part: &str| -> String {
        part.split("<w:t ")
            .skip(1)
            .map(|rest| rest[rest.find('>').map_or(0, |at| at + 1)..].split("</w:t>").next().unwrap_or(""))
            .collect()
    };
    text.split("</w:p>").map(words).collect()
}

fn sum(cells: &[Cell], of: impl Fn(&[u64; 3]) -> u64) -> u64 {
    cells.iter().flatten().map(of).sum()
}

fn all(cell: &[u64; 3]) -> u64 {
    cell.iter().sum()
}

/// One decimal, as it is written: "1.234,5".
fn tenths(number: u64) -> String {
    let whole: Vec<char> = (number / 10).to_string().chars().rev().collect();
    let groups: Vec<String> = whole.chunks(3).map(|group| group.iter().collect()).collect();
    format!("{},{}", groups.join(".").chars().rev().collect::<String>(), number % 10)
}

/// What has to be said of a change, by hand: over the communes that have rows in both periods.
fn change(now: &[Cell], then: &[Cell], when: &str) -> Option<String> {
    let both: Vec<(u64, u64)> = now.iter().zip(then).filter_map(|(a, b)| Some((all(a.as_ref()?), all(b.as_ref()?)))).collect();
    let either = now.iter().zip(then).filter(|(a, b)| a.is_some() || b.is_some()).count();
    if both.is_empty() {
        return None;
    }
    let (a, b) = both.iter().fold((0i64, 0i64), |(a, b), (x, y)| (a + *x as i64, b + *y as i64));
    let scope = if both.len() < either { format!(" ({}/{either} xã)", both.len()) } else { String::new() };
    if a == b {
        return Some(format!("không đổi so với {when}{scope}"));
    }
    let percent = 100.0 * (a - b) as f64 / b as f64;
    let percent = match b >= 10 && percent.abs() < 1000.0 {
        true => format!(
            " ({}{},{} %)",
            if a > b { "+" } else { "−" },
            (percent.abs() * 10.0).round() as u64 / 10,
            (percent.abs() * 10.0).round() as u64 % 10
        ),
        false => String::new(),
    };
    let moved = if a > b { "tăng" } else { "giảm" };
    Some(format!("{moved} {} ha{percent} so với {when}{scope}", tenths(a.abs_diff(b))))
}

#[test]
fn sentences_on_pests_are_those_that_the_table_gives() {
    let mut seen = [0usize; 4];
    for seed in 0..150u64 {
        let dice = &mut Dice(seed);
        let (communes, pests) = (2 + dice.below(7) as usize, 1 + dice.below(3) as usize);
        let tables = random(dice, communes, pests);
        let [now, before, last_year] = &tables;
        if now.iter().all(|cells| cells.iter().all(Option::is_none)) {
            continue;
        }
        let bench = project(&tables, communes);
        let ran = bench.run(&["build", ".", "--only", "bulletin", "--quiet"]);
        assert_eq!(ran.code, 0, "{seed}: {}", ran.stderr);
        let text = paragraphs(&bench);
        for (at, pest) in PESTS.iter().enumerate().take(pests) {
            let capital: String = pest.chars().take(1).flat_map(char::to_uppercase).chain(pest.chars().skip(1)).collect();
            let cells = &now[at];
            let line = text.iter().find(|line| line.starts_with(&format!("- {capital}: ")));
            let known = cells.iter().flatten().count();
            if known == 0 {
                // Nothing is said of a pest that nobody reported, or that there are no data; never that there is none.
                assert!(line.is_none_or(|line| line.contains("không có số liệu")), "{seed} {pest}: {line:?}");
                seen[0] += 1;
                continue;
            }
            let line = line.unwrap_or_else(|| panic!("{seed} {pest}: {text:?}"));
            let total = sum(cells, all);
            assert!(line.starts_with(&format!("- {capital}: {} ha nhiễm", written(total))), "{seed}: {line}: {}", written(total));
            for (grade, level) in ["nhẹ", "trung bình", "nặng"].iter().zip(0..) {
                let hectares = sum(cells, |cell| cell[level]);
                let said = line.contains(&format!("{grade} {} ha", written(hectares)));
                assert_eq!(said, hectares > 0, "{seed}: {grade} {hectares}: {line}");
            }
            for (then, when) in [(before, "kỳ trước"), (last_year, "cùng kỳ năm trước")] {
                match change(cells, &then[at], when) {
                    Some(words) => {
                        assert!(line.contains(&words), "{seed}: {words}: {line}");
                        seen[1] += 1;
                    }
                    None => assert!(!line.contains(&format!("so với {when}")), "{seed}: {line}"),
                }
            }
            let covered = format!("{known}/{communes} xã có số liệu");
            assert_eq!(line.contains(&covered), known < communes, "{seed}: {covered}: {line}");
            seen[2] += usize::from(known < communes);
            let most = (0..communes)
                .filter_map(|commune| Some((all(cells[commune].as_ref()?), commune)))
                .filter(|(hectares, _)| *hectares > 0);
            if let Some((_, commune)) = most.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1))) {
                assert!(line.contains(&format!("Phân bố: Xã {}", name(commune))), "{seed}: {}: {line}", name(commune));
                seen[3] += 1;
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 2), "every case comes up: {seen:?}");
}

/// Hectares as sentences write them; whole ones have no decimal where all have none.
fn written(tenths_of: u64) -> String {
    let full = tenths(tenths_of);
    assert!((vietnamese(&full) - tenths_of as f64 / 10.0).abs() < 1e-9);
    full
}
