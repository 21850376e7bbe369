//! Association, smoothing and scan statistics against esda, spdep, SaTScan and worked examples.

mod common;

use common::{Bench, Ran, feature, number, root, rows, square};
use std::collections::BTreeMap;
use std::fmt::Write;

fn reference(name: &str) -> String {
    let path = root().join("tests/reference/hotspots").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn near(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1e-3), "{what}: {found} for {expected}");
}

fn of_json(found: &serde_json::Value, key: &str) -> f64 {
    found[key].as_f64().unwrap_or_else(|| panic!("no number {key} in {found}"))
}

/// Runs a statistic of Columbus (Anselin 1988).
fn columbus(statistic: &str, value: &str, more: &[&str]) -> Ran {
    let bench = Bench::new();
    bench.write("c.geojson", reference("columbus.geojson"));
    let mut arguments = vec!["hotspots", statistic, "--communes", "c.geojson", "--id", "POLYID", "--value", value, "--quiet"];
    arguments.extend(more);
    let ran = bench.run(&arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran
}

#[test]
fn global_statistics_are_those_of_esda_for_all_kinds_of_neighbours() {
    for row in rows(&reference("global.csv")) {
        let weights: &[&str] = match row["weights"].as_str() {
            "columbus_queen" => &["--weights", "queen"],
            "columbus_rook" => &["--weights", "rook"],
            "columbus_knn4" => &["--weights", "knn:4", "--distance", "planar"],
            // Centroids at exactly the band's distance are within it.
            "columbus_distband" => &["--weights", "band:0.6188641580768452", "--distance", "planar"],
            other => panic!("weights {other}"),
        };
        let transform = if row["transform"] == "R" { "row" } else { "binary" };
        let more: Vec<&str> = weights.iter().copied().chain(["--transform", transform]).collect();
        let what = format!("{} {} {transform}", row["var"], row["weights"]);
        let of = |statistic: &str| -> serde_json::Value {
            serde_json::from_str(&columbus(statistic, &row["var"], &more).stdout).expect("JSON")
        };
        let (moran, geary) = (of("moran"), of("geary"));
        for (key, column) in [
            ("statistic", "I"),
            ("expected", "EI"),
            ("variance", "VI_rand"),
            ("z", "z_rand"),
            ("variance_normal", "VI_norm"),
            ("z_normal", "z_norm"),
            ("p_normal", "p_rand_two_sided"),
        ] {
            near(of_json(&moran, key), number(&row, column), &format!("{what} {column}"));
        }
        for (key, column) in [("statistic", "C"), ("z", "C_z_rand"), ("z_normal", "C_z_norm")] {
            near(of_json(&geary, key), number(&row, column), &format!("{what} {column}"));
        }
        let p = number(&row, "p_sim_9999_one_sided");
        let apart = (of_json(&moran, "p") - p).abs();
        // Two independent samples of 9,999.
        let chance = 3.5 * (2.0 * p * (1.0 - p) / 9999.0).sqrt();
        assert!(apart < chance + 1e-4, "{what}: p {} apart {apart}", moran["p"]);
    }
}

fn by_id(text: &str, id: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    rows(text).into_iter().map(|row| (row[id].clone(), row)).collect()
}

#[test]
fn local_moran_is_that_of_esda_and_with_n_that_of_spdep() {
    let (esda, spdep) =
        (by_id(&reference("local_crime_queen.csv"), "POLYID"), by_id(&reference("spdep_crime_queen.csv"), "POLYID"));
    let found = rows(&columbus("local-moran", "CRIME", &[]).stdout);
    assert_eq!(found.len(), 49);
    for row in &found {
        let (id, expected) = (&row["id"], &esda[&row["id"]]);
        for (key, column) in [("statistic", "Ii"), ("expected", "EIc"), ("variance", "VIc")] {
            near(number(row, key), number(expected, column), &format!("{id} {column}"));
        }
        near(number(row, "z"), number(&spdep[id], "Z_cond"), &format!("{id} z"));
        let quadrant = ["HH", "LH", "LL", "HL"][number(expected, "quadrant") as usize - 1];
        assert_eq!(row["class"], quadrant, "{id}");
        let apart = (number(row, "p") - number(expected, "p_sim_99999")).abs();
        // 9,999 permutations: three standard errors of a p of a fifth.
        assert!(apart < 0.015, "{id}: p apart {apart}");
    }
    let significant = |class: &str| -> Vec<u32> {
        found
            .iter()
            .filter(|row| row["class"] == class && number(row, "p") < 0.05)
            .map(|row| row["id"].parse().expect("a number"))
            .collect()
    };
    assert_eq!(significant("HH"), [11, 15, 16, 18, 24, 25, 26, 28, 29, 30, 37]);
    assert_eq!(significant("LH"), [7]);
    assert_eq!(significant("LL"), [23, 31, 32, 36, 39, 40, 46]);
    assert_eq!(significant("HL"), [17]);
    for row in rows(&columbus("local-moran", "CRIME", &["--with-n"]).stdout) {
        let expected = &spdep[&row["id"]];
        for (key, column) in [("statistic", "Ii"), ("expected", "E_cond"), ("variance", "V_cond"), ("z", "Z_cond")] {
            near(number(&row, key), number(expected, column), &format!("{} {column}", row["id"]));
        }
    }
}

#[test]
fn getis_ord_is_that_of_esda_with_and_without_the_unit_itself() {
    let esda = by_id(&reference("local_crime_queen.csv"), "POLYID");
    for row in rows(&columbus("gi-star", "CRIME", &["--permutations", "0"]).stdout) {
        let (id, expected) = (&row["id"], &esda[&row["id"]]);
        let columns = [
            ("statistic", "Gstar_B"),
            ("expected", "Gstar_B_EG"),
            ("variance", "Gstar_B_VG"),
            ("z", "Gstar_B_z"),
            ("p", "Gstar_B_p_norm_one_sided"),
        ];
        for (key, column) in columns {
            near(number(&row, key), number(expected, column), &format!("{id} {column}"));
        }
        assert_eq!(row["class"], if number(expected, "Gstar_B_z") > 0.0 { "hot" } else { "cold" }, "{id}");
    }
    for row in rows(&columbus("gi-star", "CRIME", &["--without-self"]).stdout) {
        let (id, expected) = (&row["id"], &esda[&row["id"]]);
        near(number(&row, "statistic"), number(expected, "G_B"), &format!("{id} G"));
        near(number(&row, "z"), number(expected, "G_B_z"), &format!("{id} z"));
        let apart = (number(&row, "p") - number(expected, "p_sim_99999")).abs();
        assert!(apart < 0.02, "{id}: p apart {apart}");
    }
}

#[test]
fn threads_do_not_change_a_byte_and_seeds_do() {
    for statistic in ["local-moran", "gi-star"] {
        let one = columbus(statistic, "INC", &["--jobs", "1"]).stdout;
        assert_eq!(one, columbus(statistic, "INC", &["--jobs", "7"]).stdout, "{statistic}");
        assert_ne!(one, columbus(statistic, "INC", &["--seed", "2"]).stdout, "{statistic}");
    }
    let scan = |jobs: &str| scan("ny_leukemia_xy.csv", &["--cases", "cases", "--population", "pop", "--jobs", jobs]).to_string();
    assert_eq!(scan("1"), scan("5"));
}

/// Five units in a row, with properties.
fn chain(properties: &[String]) -> String {
    let list: Vec<String> = properties
        .iter()
        .enumerate()
        .map(|(i, properties)| {
            let west = 105.0 + i as f64 * 0.1;
            feature(properties, &square(west, 10.0, west + 0.1, 10.1))
        })
        .collect();
    common::collection(&list)
}

#[test]
fn smoothed_rates_are_those_of_esda_or_of_spdep() {
    let units: Vec<String> = [(0, 40), (2, 400), (12, 90), (9, 600), (1, 120)]
        .iter()
        .enumerate()
        .map(|(i, (events, people))| format!("\"code\":\"0000{i}\",\"sick\":{events},\"herd\":{people}"))
        .collect();
    let bench = Bench::new();
    bench.write("c.geojson", chain(&units));
    let smooth = |more: &[&str]| {
        let mut arguments = vec!["hotspots", "smooth", "--communes", "c.geojson", "--value", "sick", "--population", "herd"];
        arguments.extend(more);
        let ran = bench.run(&arguments);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        rows(&ran.stdout)
    };
    let (own, neighbours) = (smooth(&[]), smooth(&["--reference", "neighbours"]));
    // Marshall 1991 worked by hand, and R spdep.
    let global = [0.00641235, 0.00567806, 0.11253265, 0.01513586, 0.00988957];
    let spatial = [0.00454545, 0.00562673, 0.11357922, 0.01540499, 0.01388889];
    let of_spdep = [0.00100930, 0.00558848, 0.11538570, 0.01537746, 0.01146176];
    for i in 0..5 {
        assert_eq!(own[i]["id"], format!("0000{i}"));
        assert!((number(&own[i], "eb_global") - global[i]).abs() < 1e-8);
        assert!((number(&own[i], "eb_spatial") - spatial[i]).abs() < 1e-8);
        assert!((number(&neighbours[i], "eb_spatial") - of_spdep[i]).abs() < 1e-8);
    }
    assert!((number(&own[2], "raw") - 12.0 / 90.0).abs() < 1e-12);
}

fn scan(points: &str, more: &[&str]) -> serde_json::Value {
    let bench = Bench::new();
    bench.write("p.csv", reference(points));
    let mut arguments = vec!["hotspots", "scan", "--points", "p.csv", "--quiet"];
    arguments.extend(more);
    let ran = bench.run(&arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("JSON")
}

fn members(cluster: &serde_json::Value, key: &str) -> Vec<u64> {
    let number = |id: &serde_json::Value| id.as_u64().or_else(|| id.as_str()?.parse().ok()).expect("an id");
    let mut found: Vec<u64> = cluster[key].as_array().expect("a list").iter().map(number).collect();
    found.sort_unstable();
    found
}

#[test]
fn scans_find_the_published_clusters_of_new_york_and_the_planted_ones() {
    let expected: serde_json::Value = serde_json::from_str(&reference("kulldorff.json")).expect("JSON");
    let runs = [
        ("ny_leukemia_xy_poisson_ub0.5", scan("ny_leukemia_xy.csv", &["--cases", "cases", "--population", "pop"])),
        (
            "ny_leukemia_xy_poisson_ub0.1",
            scan("ny_leukemia_xy.csv", &["--cases", "cases", "--population", "pop", "--max-share", "0.1"]),
        ),
        ("synthetic_grid_poisson_ub0.5", scan("grid.csv", &["--cases", "infested_ha", "--population", "rice_ha"])),
    ];
    for (name, found) in &runs {
        let list = expected[name].as_array().expect("a list");
        assert!(!list.is_empty());
        for (at, expected) in list.iter().enumerate() {
            let cluster = &found["clusters"][at];
            let what = format!("{name} {at}");
            near(of_json(cluster, "llr"), of_json(expected, "llr"), &what);
            near(of_json(cluster, "expected"), of_json(expected, "expected"), &what);
            near(of_json(cluster, "relative_risk"), of_json(expected, "rr"), &what);
            assert_eq!(of_json(cluster, "cases"), of_json(expected, "cases"), "{what}");
            assert_eq!(members(cluster, "members"), members(expected, "ids"), "{what}");
            // The same units may fit a tighter circle about another centre.
            assert!(of_json(cluster, "radius") <= of_json(expected, "radius") * (1.0 + 1e-12), "{what}");
            // Both sides have a few hundred replicas.
            assert!((of_json(cluster, "p") - of_json(expected, "p")).abs() < 0.1, "{what}: p {}", cluster["p"]);
        }
    }
    // SaTScan's p of the first cluster, .00015, cannot be reached with 999 replicas; the smallest can.
    near(of_json(&runs[0].1["clusters"][0], "p"), 0.001, "p");
}

/// A place where nobody lives changes neither what is found nor how likely chance would find it.
#[test]
fn places_without_population_change_nothing_in_a_scan() {
    let bench = Bench::new();
    let mut text = String::from("id,x,y,pop,cases\n");
    for row in rows(&reference("ny_leukemia_xy.csv")) {
        // The empty twin comes first, so that it is the centre of its zones.
        let (id, x, y) = (&row["id"], &row["x"], &row["y"]);
        let _ = writeln!(text, "empty-{id},{x},{y},0,0\n{id},{x},{y},{},{}", row["pop"], row["cases"]);
    }
    bench.write("p.csv", text);
    let ran =
        bench.run(&["hotspots", "scan", "--points", "p.csv", "--cases", "cases", "--population", "pop", "--id", "id", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let without = scan("ny_leukemia_xy.csv", &["--cases", "cases", "--population", "pop"]);
    for at in 0..4 {
        let (one, other) = (&found["clusters"][at], &without["clusters"][at]);
        near(of_json(one, "llr"), of_json(other, "llr"), "llr");
        near(of_json(one, "p"), of_json(other, "p"), "p");
    }
}

/// Two groups far apart: the likelihood ratio of the first worked by hand.
#[test]
fn a_bernoulli_scan_gives_the_ratio_of_its_formula() {
    let bench = Bench::new();
    let mut text = String::from("id,lon,lat,sick,animals\n");
    for i in 0..12 {
        let sick = if i < 3 { 8 } else { 1 };
        let _ = writeln!(text, "{i},{},{},{sick},10", 105.0 + f64::from(i) * 0.01, 10.0);
    }
    bench.write("p.csv", text);
    let scan = |more: &[&str]| -> serde_json::Value {
        let mut arguments =
            vec!["hotspots", "scan", "--points", "p.csv", "--cases", "sick", "--population", "animals", "--model", "bernoulli"];
        arguments.extend(more);
        let ran = bench.run(&arguments);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        serde_json::from_str(&ran.stdout).expect("JSON")
    };
    let found = scan(&[]);
    let first = &found["clusters"][0];
    let x = |n: f64| n * n.ln();
    // 24 of 30 sick inside, 9 of 90 outside, 33 of 120 in all.
    let inside = x(24.0) + x(6.0) - x(30.0);
    let outside = x(9.0) + x(81.0) - x(90.0);
    near(of_json(first, "llr"), inside + outside - (x(33.0) + x(87.0) - x(120.0)), "llr");
    assert_eq!(members(first, "members"), [0, 1, 2]);
    near(of_json(first, "relative_risk"), (24.0 / 8.25) / (9.0 / 24.75), "relative risk");
    near(of_json(first, "p"), 0.001, "p");
    assert_eq!(found["distance"], "great-circle");
    assert!(scan(&["--permutations", "0"])["clusters"][0]["p"].is_null(), "without replicas there is no p");
}

#[test]
fn values_may_come_from_a_table_and_what_does_not_fit_is_listed() {
    let bench = Bench::new();
    let units: Vec<String> = (0..6).map(|i| format!("\"code\":\"0{i}\"")).collect();
    let mut shapes: Vec<String> = units
        .iter()
        .enumerate()
        .map(|(i, unit)| feature(unit, &square(105.0 + i as f64 * 0.1, 10.0, 105.1 + i as f64 * 0.1, 10.1)))
        .collect();
    shapes.push(feature("\"code\":\"99\"", &square(107.0, 12.0, 107.1, 12.1)));
    bench.write("c.geojson", common::collection(&shapes));
    bench.write("t.csv", "ma_xa,dien_tich\n00,\"1,5\"\n01,\"2,25\"\n02,3\n03,x\n04,9\n05,\n99,4\n77,1\n");
    let ran = bench.run(&[
        "hotspots",
        "local-moran",
        "--communes",
        "c.geojson",
        "--table",
        "t.csv",
        "--value",
        "dien_tich",
        "--lang",
        "en",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&ran.stdout);
    assert_eq!(found.iter().map(|row| row["id"].as_str()).collect::<Vec<_>>(), ["00", "01", "02", "04", "99"]);
    assert_eq!(number(&found[1], "value"), 2.25);
    // 04 lost its neighbours 03 and 05, 99 never had any.
    for island in &found[3..] {
        assert_eq!((island["statistic"].as_str(), island["p"].as_str(), island["class"].as_str()), ("", "", ""));
    }
    for said in ["lacks a value", "without a neighbour", "no unit has this code", "a number was expected"] {
        assert!(ran.stderr.contains(said), "{said} is not in\n{}", ran.stderr);
    }
}

#[test]
fn what_cannot_be_computed_is_said() {
    let bench = Bench::new();
    let units: Vec<String> =
        (0..5).map(|i| format!("\"code\":\"0{i}\",\"same\":3,\"zero\":0,\"n\":{i},\"half\":{i}.5,\"few\":1")).collect();
    bench.write("c.geojson", chain(&units)).write("one.geojson", chain(&units[..1]));
    bench
        .write("twice.csv", "code,v\n00,1\n00,2\n")
        .write("p.csv", "id,lon,lat,n\n1,105,10,3\n2,105.1,10,4\n3,105.2,10,1\n4,105.4,10,1\n");
    for (arguments, said) in [
        (vec!["moran", "--communes", "c.geojson", "--value", "same"], "same value"),
        (vec!["moran", "--communes", "one.geojson", "--value", "n"], "only 1 units"),
        (vec!["moran", "--communes", "c.geojson", "--value", "missing"], "missing"),
        (vec!["moran", "--communes", "c.geojson", "--value", "n", "--weights", "band:0.001"], "no unit has a neighbour"),
        (vec!["moran", "--points", "p.csv", "--value", "n", "--weights", "queen"], "share no boundaries"),
        (vec!["moran", "--value", "n"], "--communes or --points"),
        (vec!["smooth", "--communes", "c.geojson", "--value", "n", "--population", "zero"], "population is 0"),
        (vec!["smooth", "--communes", "c.geojson", "--value", "zero", "--population", "same"], "no event"),
        (vec!["scan", "--communes", "c.geojson", "--cases", "zero", "--population", "same"], "no cases"),
        (vec!["scan", "--communes", "c.geojson", "--cases", "n", "--population", "same", "--max-share", "1.5"], "at most 1"),
        (vec!["moran", "--communes", "c.geojson", "--table", "twice.csv", "--value", "v"], "two rows"),
    ] {
        let mut all = vec!["hotspots"];
        all.extend(&arguments);
        all.extend(["--lang", "en"]);
        let ran = bench.run(&all);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{arguments:?} does not say \"{said}\":\n{}", ran.stderr);
    }
    let ran =
        bench.run(&["hotspots", "scan", "--communes", "c.geojson", "--cases", "half", "--population", "same", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("rounded down"), "{}", ran.stderr);
    let more = [
        "hotspots",
        "scan",
        "--communes",
        "c.geojson",
        "--cases",
        "n",
        "--population",
        "few",
        "--model",
        "bernoulli",
        "--lang",
        "en",
    ];
    let ran = bench.run(&more);
    assert!(ran.stderr.contains("cannot have"), "{}", ran.stderr);
}

/// A map counts the classes that the command gives for the same numbers.
#[test]
fn maps_of_a_project_show_the_classes_of_the_command() {
    let bench = Bench::new();
    bench.write("c.geojson", reference("columbus.geojson").replace("\"POLYID\":", "\"code\":"));
    let columbus: serde_json::Value = serde_json::from_str(&bench.read("c.geojson")).expect("JSON");
    let mut table = String::from("code,crime\n");
    for feature in columbus["features"].as_array().expect("features") {
        let _ = writeln!(table, "{},{}", feature["properties"]["code"], feature["properties"]["CRIME"]);
    }
    bench.write("t.csv", table);
    let project = |keys: &str| {
        format!(
            "version = 1\nlanguage = \"en\"\n[communes]\nfile = \"c.geojson\"\n[[tables]]\nid = \"t\"\nkind = \"indicator\"\n\
             file = \"t.csv\"\nkey = {{ commune = \"code\" }}\ndecimal = \".\"\n[[maps]]\nid = \"m\"\nkind = \"hotspots\"\n\
             measure = \"t.crime\"\nlabels = \"none\"\n{keys}"
        )
    };
    for (statistic, keys, classes) in [
        (
            "local-moran",
            "",
            [("HH", "High among high"), ("LL", "Low among low"), ("LH", "Low among high"), ("HL", "High among low")],
        ),
        (
            "gi-star",
            "statistic = \"gi-star\"\n",
            [("hot", "Hot spot"), ("cold", "Cold spot"), ("hot", "Hot spot (unsure)"), ("cold", "Cold spot (unsure)")],
        ),
    ] {
        bench.write("ruong.toml", project(keys));
        let ran = bench.run(&["build", ".", "--only", "maps", "--format", "svg", "--out", "out"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let svg = bench.read("out/maps/m.svg");
        let texts: Vec<&str> = svg.split("</text>").filter_map(|part| part.rsplit('>').next()).collect();
        let shown = |words: &str| -> usize {
            // A class that no commune is in has no line.
            let Some(at) = texts.iter().position(|text| *text == words) else { return 0 };
            texts[at + 1].parse().unwrap_or_else(|_| panic!("no count after {words}: {}", texts[at + 1]))
        };
        let found = rows(&bench.run(&["hotspots", statistic, "--communes", "c.geojson", "--value", "CRIME", "--quiet"]).stdout);
        for (class, words) in classes {
            let unsure = words.ends_with("(unsure)");
            let fits = |row: &&BTreeMap<String, String>| {
                let corrected = number(row, "p_fdr") < 0.05;
                row["class"] == class && number(row, "p") < 0.05 && corrected != unsure
            };
            assert_eq!(shown(words), found.iter().filter(fits).count(), "{statistic} {words}");
        }
        // Of 49 units by chance alone 2.45 lie in each tail.
        assert!(common::words_of(&svg).contains("chance alone would give about 4.9"), "{statistic}");
        assert_eq!(shown("No more than chance"), found.iter().filter(|row| number(row, "p") >= 0.05).count());
        assert!(svg.contains("0.500 (p = 0.0001)"), "Moran's I of Columbus");
    }
    bench.write("ruong.toml", project("weights = \"bishop\"\n"));
    let ran = bench.run(&["check", "."]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("bishop") && ran.stderr.contains("maps.0.weights"), "{}", ran.stderr);
}

/// A grid of ten by ten with more cases along part of a row. Likelihood ratios by plain Python over all circles and ellipses.
fn stripe(more: &[&str]) -> serde_json::Value {
    let bench = Bench::new();
    let mut text = String::from("id,x,y,cases,people\n");
    for i in 0..100 {
        let (x, y) = (f64::from(i % 10) + 0.01 * f64::from(i % 3), f64::from(i / 10) + 0.01 * f64::from(i % 7));
        let cases = if i / 10 == 4 && (1..=8).contains(&(i % 10)) { 30 } else { 10 };
        let _ = writeln!(text, "{i},{x},{y},{cases},1000");
    }
    bench.write("p.csv", text);
    let mut arguments = vec![
        "hotspots",
        "scan",
        "--points",
        "p.csv",
        "--id",
        "id",
        "--cases",
        "cases",
        "--population",
        "people",
        "--permutations",
        "99",
        "--quiet",
    ];
    arguments.extend(more);
    let ran = bench.run(&arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str::<serde_json::Value>(&ran.stdout).expect("JSON")["clusters"][0].clone()
}

#[test]
fn an_ellipse_finds_a_stripe_that_circles_cut() {
    let circle = stripe(&[]);
    near(of_json(&circle, "llr"), 31.694_005_918_552_826, "circle");
    let ellipse = stripe(&["--elliptic"]);
    near(of_json(&ellipse, "statistic"), 73.199_794_674_519_45, "after the penalty");
    near(of_json(&ellipse, "llr"), 91.499_743_343_149_3, "before it");
    assert_eq!((of_json(&ellipse, "axis_ratio"), of_json(&ellipse, "axis_angle")), (4.0, 0.0));
    let mut members: Vec<&str> = ellipse["members"].as_array().expect("members").iter().filter_map(|id| id.as_str()).collect();
    members.sort_unstable();
    assert_eq!(members, ["41", "42", "43", "44", "45", "46", "47", "48"]);
    assert_eq!(of_json(&ellipse, "p"), 0.01);
    let small = stripe(&["--max-radius", "0.5"]);
    assert_eq!(small["members"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_space_time_scan_finds_what_has_just_begun() {
    let bench = Bench::new();
    let day =
        |day: u64| chrono::NaiveDate::from_ymd_opt(2024, 1, 1).and_then(|first| first.checked_add_days(chrono::Days::new(day)));
    let mut text = String::from("x,y,ngay\n");
    let scattered = (0..200u64).map(|k| ((k * k * 7 + 3 * k) % 36, (k * k * k + 5 * k) % 84));
    let late = (0..16u64).map(|i| ([14, 15, 20, 21][i as usize % 4], 70 + i % 14));
    for (place, at) in scattered.chain(late) {
        let _ = writeln!(text, "{},{},{}", place % 6, place / 6, day(at).expect("a day"));
    }
    bench.write("p.csv", text);
    for mode in [&["--prospective"][..], &[]] {
        let mut arguments = vec!["hotspots", "scan", "--points", "p.csv", "--model", "space-time", "--time", "ngay", "--quiet"];
        arguments.extend(mode);
        let ran = bench.run(&arguments);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let found: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
        let first = &found["clusters"][0];
        // By plain Python over all circles and windows.
        near(of_json(first, "llr"), 15.391_520_196_687_946, "ratio");
        near(of_json(first, "expected"), 2.740_740_740_740_741, "expected");
        assert_eq!((first["cases"].as_u64(), first["places"].as_u64()), (Some(16), Some(4)));
        assert_eq!((first["from"].as_str(), first["to"].as_str()), (Some("2024-03-11"), Some("2024-03-24")));
        assert_eq!((of_json(first, "p"), found["places"].as_u64(), found["cases"].as_u64()), (0.001, Some(12), Some(216)));
        assert_eq!(first["recurrence_days"].as_f64(), (!mode.is_empty()).then_some(7000.0));
    }
    // Ten weeks earlier nothing had begun.
    let ran = bench.run(&[
        "hotspots",
        "scan",
        "--points",
        "p.csv",
        "--model",
        "space-time",
        "--time",
        "ngay",
        "--prospective",
        "--on",
        "2024-03-03",
        "--quiet",
    ]);
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert!(of_json(&found["clusters"][0], "p") > 0.05, "{found}");
}

/// The most likely circle of cases among controls: its likelihood ratio and its cases.
fn among_controls(points: &str) -> (f64, Option<u64>) {
    let bench = Bench::new();
    bench.write("p.csv", points);
    let ran = bench.command(
        "hotspots scan --points p.csv --cases cases --population all --model bernoulli --distance planar --permutations 19 --quiet",
    );
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let first = &found["clusters"][0];
    (of_json(first, "llr"), first["cases"].as_u64())
}

#[test]
fn cases_among_controls_are_as_a_search_over_all_circles_finds_them() {
    let (ratio, cases) = among_controls(&reference("cases_controls.csv"));
    near(ratio, 14.770_287_316_937_598, "made up");
    assert_eq!(cases, Some(27));
    let (Some(cases), Some(controls)) =
        (common::real("livestock/fmd2001_cumbria_cases.csv"), common::real("livestock/fmd2001_cumbria_controls.csv"))
    else {
        return;
    };
    let mut text = String::from("x,y,cases,all\n");
    for (path, case) in [(cases, 1), (controls, 0)] {
        for row in rows(&std::fs::read_to_string(path).expect("a file")) {
            let _ = writeln!(text, "{},{},{case},1", row["x"], row["y"]);
        }
    }
    let (ratio, cases) = among_controls(&text);
    near(ratio, 157.408_122_964_697_73, "foot-and-mouth disease 2001");
    assert_eq!(cases, Some(329));
}

#[test]
fn equal_rounds_make_nothing_significant_unless_asked_as_others_do() {
    let bench = Bench::new();
    // Thirty places without a case but one: about most of them every round gives just the 0 that is seen.
    let mut text = String::from("id,x,y,ha\n");
    for i in 0..30 {
        let _ = writeln!(text, "{i},{},{},{}", i % 6, i / 6, if i == 0 { 50 } else { 0 });
    }
    bench.write("p.csv", text);
    let run = |more: &[&str]| {
        let mut arguments =
            vec!["hotspots", "gi-star", "--points", "p.csv", "--id", "id", "--value", "ha", "--weights", "knn:3", "--quiet"];
        arguments.extend(more);
        let ran = bench.run(&arguments);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        rows(&ran.stdout)
    };
    // The last place: three of its 29 others are drawn, and it takes the one with cases to differ: 26/29 of rounds are equal.
    let p = number(&run(&[])[29], "p");
    assert!(p > 0.85, "{p}");
    assert_eq!(number(&run(&["--ties", "above"])[29], "p"), 1e-4, "as esda and GeoDa");
}

#[test]
fn analyses_of_a_project_write_what_the_commands_write() {
    let bench = Bench::new();
    bench.write("c.geojson", reference("columbus.geojson").replace("\"POLYID\":", "\"code\":"));
    let columbus: serde_json::Value = serde_json::from_str(&bench.read("c.geojson")).expect("JSON");
    let mut table = String::from("code,crime,cases,people\n");
    for feature in columbus["features"].as_array().expect("features") {
        let of = |key: &str| feature["properties"][key].as_f64().expect("a number");
        let (crime, people) = (of("CRIME"), (100.0 * of("INC")).round());
        let _ = writeln!(table, "{},{crime},{},{people}", feature["properties"]["code"], crime.round());
    }
    bench.write("t.csv", table);
    let mut project = String::from(
        "version = 1\n[communes]\nfile = \"c.geojson\"\n[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\n\
         key = { commune = \"code\" }\ndecimal = \".\"\n",
    );
    let kinds = ["moran", "geary", "local-moran", "gi-star", "smooth", "scan"];
    for kind in kinds {
        let of = match kind {
            "smooth" | "scan" => "measure = \"t.cases\"\npopulation = \"t.people\"",
            _ => "measure = \"t.crime\"",
        };
        let rounds = if kind == "smooth" { "" } else { "\npermutations = 99" };
        let _ = writeln!(project, "[[analyses]]\nid = \"{kind}\"\nkind = \"{kind}\"\n{of}{rounds}");
    }
    bench.write("ruong.toml", project);
    let ran = bench.run(&["build", ".", "--only", "tables"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for kind in kinds {
        let mut arguments = vec!["hotspots", kind, "--communes", "c.geojson", "--table", "t.csv", "--quiet"];
        match kind {
            "scan" => arguments.extend(["--cases", "cases", "--population", "people", "--permutations", "99"]),
            "smooth" => arguments.extend(["--value", "cases", "--population", "people"]),
            _ => arguments.extend(["--value", "crime", "--permutations", "99"]),
        }
        let command = bench.run(&arguments);
        assert_eq!(command.code, 0, "{kind}: {}", command.stderr);
        // Units stand in order of codes here and of the file there: chance differs, statistics do not.
        if matches!(kind, "moran" | "geary" | "scan") {
            let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
            let of = |value: serde_json::Value| match kind {
                "scan" => [of_json(&value["clusters"][0], "llr"), of_json(&value["clusters"][0], "cases")],
                _ => [of_json(&value, "statistic"), of_json(&value, "z")],
            };
            let written = bench.read(&format!("out/tables/{kind}.json"));
            for (mine, theirs) in of(value(&written)).into_iter().zip(of(value(&command.stdout))) {
                near(mine, theirs, kind);
            }
            continue;
        }
        let (mine, theirs) = (by_id(&bench.read(&format!("out/tables/{kind}.csv")), "id"), by_id(&command.stdout, "id"));
        assert_eq!(mine.len(), 49, "{kind}");
        for (id, row) in &mine {
            for column in ["statistic", "z", "raw", "eb_global", "eb_spatial"] {
                if row.contains_key(column) {
                    near(number(row, column), number(&theirs[id], column), &format!("{kind} {id} {column}"));
                }
            }
            assert_eq!(row.get("class"), theirs[id].get("class"), "{kind} {id}");
        }
    }
}

/// A project of nine communes in a square, an analysis with some keys, and what it says and writes.
fn analysis(keys: &str) -> (Bench, common::Ran) {
    let bench = Bench::new();
    let mut table = String::from("code,cases,people\n");
    let mut units = Vec::new();
    for i in 0..9 {
        let (west, south) = (105.0 + 0.1 * f64::from(i % 3), 10.0 + 0.1 * f64::from(i / 3));
        units.push(feature(&format!("\"code\":\"{i}\""), &square(west, south, west + 0.1, south + 0.1)));
        // People in thousands: one commune has 800, one has nobody.
        let people = [0.8, 0.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0][i as usize];
        let _ = writeln!(table, "{i},{},{people}", 2 * i + 1);
    }
    bench.write("c.geojson", common::collection(&units)).write("t.csv", table);
    bench.write(
        "ruong.toml",
        format!(
            "version = 1\nlanguage = \"en\"\n[communes]\nfile = \"c.geojson\"\n[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\n\
             key = {{ commune = \"code\" }}\ndecimal = \".\"\n[[analyses]]\nid = \"a\"\n{keys}"
        ),
    );
    let ran = bench.run(&["build", ".", "--only", "tables"]);
    (bench, ran)
}

#[test]
fn analyses_leave_out_who_has_no_people_and_say_whom() {
    let (bench, ran) = analysis("kind = \"smooth\"\nmeasure = \"t.cases\"\npopulation = \"t.people\"\n");
    assert!(ran.code < 2, "{}", ran.stderr);
    let ids: Vec<String> = rows(&bench.read("out/tables/a.csv")).iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, ["0", "2", "3", "4", "5", "6", "7", "8"]);
    // Whole cases need no rounding.
    let (bench, _) = analysis("kind = \"scan\"\nmeasure = \"t.cases\"\npopulation = \"t.people\"\npermutations = 19\n");
    assert!(!bench.read("out/problems.csv").contains("no whole numbers"), "{}", bench.read("out/problems.csv"));
}

#[test]
fn an_analysis_says_who_are_neighbours_unless_a_rule_does() {
    for (weights, told) in [("", true), ("weights = \"contiguity\"\n", true), ("weights = \"knn:3\"\n", false)] {
        let (bench, ran) = analysis(&format!("kind = \"moran\"\nmeasure = \"t.cases\"\npermutations = 19\n{weights}"));
        assert!(ran.code < 2, "{}", ran.stderr);
        let problems = rows(&bench.read("out/problems.csv"));
        assert_eq!(problems.iter().any(|row| row["value"] == "contiguity"), told, "{weights}: {problems:?}");
    }
}

#[test]
fn chance_is_the_same_every_time_and_another_with_another_seed() {
    let of = |seed: &str| {
        let (bench, ran) = analysis(&format!("kind = \"local-moran\"\nmeasure = \"t.cases\"\npermutations = 99\n{seed}"));
        assert!(ran.code < 2, "{}", ran.stderr);
        bench.read("out/tables/a.csv")
    };
    assert_eq!(of(""), of("seed = 1\n"));
    assert_ne!(of(""), of("seed = 2\n"));
}

#[test]
fn points_stand_alone_in_an_analysis() {
    for keys in ["population = \"t.people\"\n", "measure = \"t.cases\"\n"] {
        let (_, ran) = analysis(&format!("kind = \"moran\"\npoints = \"t\"\n{keys}"));
        assert!(ran.stderr.contains("points stand alone"), "{}", ran.stderr);
    }
}
