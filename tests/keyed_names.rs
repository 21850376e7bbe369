//! Communes too small for their name have their place in the list beside the map, and the list or the run of words under it has the name.

mod common;

use common::{Bench, COMMUNES_ONLY, collection, feature, square, words_of};
use std::collections::BTreeMap;

/// Value of a commune: all different.
fn value(at: usize) -> usize {
    (at * 37) % 103 + 1
}

/// Names of communes from the largest value on.
fn ranked(count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|at| std::cmp::Reverse(value(*at)));
    order
}

/// Words of the labels on a map with their places.
fn labels(svg: &str) -> Vec<(String, f64, f64)> {
    let group = svg.split("<g id=\"labels\">").nth(1).and_then(|rest| rest.split("</g>").next()).unwrap_or_default();
    let part = |text: &str, name: &str| -> f64 {
        let rest = text.split(&format!(" {name}=\"")).nth(1).expect("a place");
        rest.split('"').next().and_then(|number| number.parse().ok()).expect("a number")
    };
    let texts = group.split("<text").skip(1).filter_map(|text| text.split("</text>").next());
    texts.map(|text| (text.rsplit('>').next().unwrap_or_default().to_owned(), part(text, "x"), part(text, "y"))).collect()
}

fn maps(communes: &[String], page: &str) -> String {
    let bench = Bench::new();
    let rows: Vec<String> = (0..communes.len()).map(|at| format!("{},{}", 10_000 + at, value(at))).collect();
    bench.write("c.geojson", collection(communes)).write("t.csv", format!("code,a\n{}\n", rows.join("\n")));
    bench.write(
        "ruong.toml",
        format!(
            "{COMMUNES_ONLY}[page]\nsize = \"{page}\"\n[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = {{ commune = \"code\" }}\n\
             indicators = [{{ id = \"a\", column = \"a\", unit = \"ha\" }}]\n[[maps]]\nid = \"m\"\nmeasure = \"t.a\"\nlabels = \"name\"\n"
        ),
    );
    let ran = bench.run(&["build", ".", "--only", "maps", "--format", "svg", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    bench.read("out/maps/m.svg")
}

/// A commune of a grid of 17 columns.
fn cell(at: usize, name: &str) -> String {
    let (west, south) = (105.0 + 0.03 * (at % 17) as f64, 10.0 + 0.03 * (at / 17) as f64);
    feature(&format!("\"code\":\"{}\",\"name\":\"{name}\"", 10_000 + at), &square(west, south, west + 0.03, south + 0.03))
}

/// On a slide 102 communes have no room for names: those of the list have its numbers, each where it lies.
#[test]
fn numbers_stand_on_the_communes_of_the_list() {
    let communes: Vec<String> = (0..102).map(|at| cell(at, &format!("Bình Phước Trung {at}"))).collect();
    let svg = maps(&communes, "slide");
    let order = ranked(102);
    let labels = labels(&svg);
    assert!(labels.len() >= 8, "{labels:?}");
    let of: BTreeMap<usize, (f64, f64)> =
        labels.iter().map(|(words, x, y)| (order[words.parse::<usize>().expect("a number") - 1], (*x, *y))).collect();
    assert_eq!(of.len(), labels.len(), "no number twice");
    for (a, (x, y)) in &of {
        for (b, (other_x, other_y)) in &of {
            assert!(a % 17 >= b % 17 || x < other_x, "{a} lies west of {b}");
            assert!(a / 17 >= b / 17 || y > other_y, "{a} lies south of {b}");
        }
    }
    let words = words_of(&svg);
    for (at, commune) in order.iter().enumerate().take(labels.len()) {
        let row = format!("Trung {commune} {} {}", at + 1, value(*commune));
        let cut = format!("… {} {}", at + 1, value(*commune));
        assert!(words.contains(&row) || words.contains(&cut), "\"{row}\" in {words}");
        assert!(of.contains_key(commune), "{commune} of the list has its number on the map");
    }
    assert!(words.contains("số thứ tự, ghi trên bản đồ"), "{words}");
}

/// On paper a few narrow communes have numbers, and the run under the list names those that the list does not show.
#[test]
fn a_run_of_words_names_what_the_list_does_not_show() {
    let letter = |first: char, at: usize| char::from_u32(first as u32 + at as u32).expect("a letter");
    let wide = |at: usize| cell(at, &format!("Xã{}{}", letter('A', at / 17), letter('a', at % 17)));
    // In the last row seventeen more communes share the room of ten.
    let narrow = |at: usize| {
        let west = 105.0 + 0.018 * (at - 85) as f64;
        let name = format!("\"code\":\"{}\",\"name\":\"Thường Phước Đ{at}\"", 10_000 + at);
        feature(&name, &square(west, 10.15, west + 0.018, 10.18))
    };
    let communes: Vec<String> = (0..102).map(|at| if at < 85 { wide(at) } else { narrow(at) }).collect();
    let svg = maps(&communes, "a4");
    let (order, words) = (ranked(102), words_of(&svg).replace('\u{a0}', " "));
    let labels = labels(&svg);
    let numbers: Vec<usize> = labels.iter().filter_map(|(words, ..)| words.parse().ok()).collect();
    assert!(numbers.len() > 5, "{labels:?}");
    let (run, list) =
        words.split_once("Trên bản đồ còn:").and_then(|(_, rest)| rest.split_once("a (ha)")).expect("a run, then the list");
    let mut in_run = 0;
    for place in numbers {
        let commune = order[place - 1];
        assert!(commune >= 85, "{place} is a narrow commune: {labels:?}");
        let listed = list.contains(&format!("Thường Phước Đ{commune} {place} {}", value(commune)));
        let told = run.contains(&format!("{place} Thường Phước Đ{commune}"));
        assert!(listed != told, "{place} {commune}: {listed} {told} {words}");
        in_run += usize::from(told);
    }
    assert!(in_run > 2, "{run}");
    // A name or a number for every one: names beside the land, numbers on it.
    let names = labels.iter().filter(|(words, ..)| words.starts_with("Xã")).count();
    assert_eq!(names, 85, "{labels:?}");
}

/// Where every commune has its name there are no numbers.
#[test]
fn a_map_with_room_for_names_has_no_numbers() {
    let communes: Vec<String> = (0..17).map(|at| cell(at, &format!("Xã {at}"))).collect();
    let words = words_of(&maps(&communes, "slide"));
    assert!(!words.contains("ghi trên bản đồ") && words.contains("Xã 16"), "{words}");
}
