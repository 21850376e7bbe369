//! Land is counted once, whatever rings a file has. Shares of a square are worked out by hand; squares of one parallel are equal.

mod common;
use common::*;

/// A layer of one odd commune beside a square of the same latitudes: its share of the square, and `problems.csv`.
fn share(geometry: &str, coordinates: &str) -> (f64, String) {
    let bench = Bench::new();
    let odd = format!(
        "{{\"type\":\"Feature\",\"properties\":{{\"code\":\"2\",\"name\":\"Lạ\"}},\"geometry\":{{\"type\":\"{geometry}\",\"coordinates\":{coordinates}}}}}"
    );
    let whole = feature("\"code\":\"1\",\"name\":\"Vuông\"", &square(105.0, 10.0, 105.01, 10.01));
    bench
        .write("c.geojson", collection(&[whole, odd]))
        .write("ruong.toml", "version = 1\nlanguage = \"en\"\n[communes]\nfile = \"c.geojson\"\nname = \"name\"\n");
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let communes = rows(&bench.read("out/tables/communes.csv"));
    let area = |at: usize| communes[at]["area_ha"].parse::<f64>().unwrap_or(0.0);
    (area(1) / area(0), bench.read("out/problems.csv"))
}

const SQUARE: &str = "[[106,10],[106.01,10],[106.01,10.01],[106,10.01],[106,10]]";
/// Its western half.
const HALF: &str = "[[106,10],[106.005,10],[106.005,10.01],[106,10.01],[106,10]]";
/// The half of it that lies beyond its eastern side, and as much inside.
const ACROSS: &str = "[[106.005,10],[106.015,10],[106.015,10.01],[106.005,10.01],[106.005,10]]";
const FAR: &str = "[[107,10],[107.01,10],[107.01,10.01],[107,10.01],[107,10]]";

#[test]
fn odd_rings_hold_the_land_they_enclose() {
    for (what, kind, rings, right) in [
        ("a part twice", "MultiPolygon", format!("[[{SQUARE}],[{SQUARE}]]"), 1.0),
        ("parts that overlap", "MultiPolygon", format!("[[{SQUARE}],[{ACROSS}]]"), 1.5),
        ("a part inside another", "MultiPolygon", format!("[[{SQUARE}],[{HALF}]]"), 1.0),
        ("a hole outside", "Polygon", format!("[{SQUARE},{FAR}]"), 1.0),
        ("a hole half outside", "Polygon", format!("[{SQUARE},{ACROSS}]"), 0.5),
        ("a hole larger than its shell", "Polygon", format!("[{HALF},{SQUARE}]"), 0.0),
        ("a hole twice", "Polygon", format!("[{SQUARE},{HALF},{HALF}]"), 0.5),
        ("an even bow tie", "Polygon", "[[[106,10],[106.01,10.01],[106.01,10],[106,10.01],[106,10]]]".to_owned(), 0.5),
        (
            "a bow tie with its knot as a corner",
            "Polygon",
            "[[[106,10],[106.005,10.005],[106.01,10.01],[106.01,10],[106.005,10.005],[106,10.01],[106,10]]]".to_owned(),
            0.5,
        ),
        (
            "a ring walked twice",
            "Polygon",
            "[[[106,10],[106.01,10],[106.01,10.01],[106,10.01],[106,10],[106.01,10],[106.01,10.01],[106,10.01],[106,10]]]"
                .to_owned(),
            1.0,
        ),
    ] {
        let (found, problems) = share(kind, &rings);
        assert!((found - right).abs() < 2e-4, "{what}: {found}, right {right}\n{problems}");
        let listed = rows(&problems);
        assert!(listed.iter().any(|row| row["column"] == "geometry" && row["value"].contains('2')), "{what}\n{problems}");
    }
}

#[test]
fn polygons_of_a_collection_are_taken_and_the_rest_is_named() {
    let bench = Bench::new();
    let whole = feature("\"code\":\"1\",\"name\":\"Vuông\"", &square(105.0, 10.0, 105.01, 10.01));
    let parts = format!(
        "{{\"type\":\"Point\",\"coordinates\":[106,10]}},{{\"type\":\"Polygon\",\"coordinates\":[{SQUARE}]}},\
         {{\"type\":\"GeometryCollection\",\"geometries\":[{{\"type\":\"MultiPolygon\",\"coordinates\":[[{FAR}],[{SQUARE}]]}}]}}"
    );
    let odd = |code: &str, parts: &str| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{code}\",\"name\":\"X{code}\"}},\
             \"geometry\":{{\"type\":\"GeometryCollection\",\"geometries\":[{parts}]}}}}"
        )
    };
    let point = "{\"type\":\"Point\",\"coordinates\":[106,10]}";
    bench
        .write("c.geojson", collection(&[whole, odd("2", &parts), odd("3", point)]))
        .write("ruong.toml", "version = 1\nlanguage = \"en\"\n[communes]\nfile = \"c.geojson\"\nname = \"name\"\n");
    bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    let communes = rows(&bench.read("out/tables/communes.csv"));
    // Two squares, one of them given twice.
    assert!((number(&communes[1], "area_ha") / number(&communes[0], "area_ha") - 2.0).abs() < 2e-4);
    assert_eq!(communes[2]["area_ha"], "");
    let problems = bench.read("out/problems.csv");
    assert!(problems.contains("3 polygons are taken, Point left out"), "{problems}");
    assert!(problems.contains("the geometry is GeometryCollection"), "{problems}");
}

#[test]
fn shapes_in_order_are_left_alone() {
    for (what, kind, rings, right) in [
        (
            "two parts that share a side",
            "MultiPolygon",
            format!("[[{HALF}],[[[106.005,10],[106.01,10],[106.01,10.01],[106.005,10.01],[106.005,10]]]]"),
            1.0,
        ),
        (
            "a hole that touches its shell",
            "Polygon",
            format!("[{SQUARE},[[106,10],[106.005,10.004],[106.005,10.006],[106,10]]]"),
            0.95,
        ),
        (
            "a hole",
            "Polygon",
            format!("[{SQUARE},[[106.002,10.002],[106.002,10.004],[106.004,10.004],[106.004,10.002],[106.002,10.002]]]"),
            0.96,
        ),
    ] {
        let (found, problems) = share(kind, &rings);
        assert!((found - right).abs() < 2e-4, "{what}: {found}, right {right}");
        assert_eq!(rows(&problems).len(), 0, "{what}\n{problems}");
    }
}

#[test]
fn fields_count_their_land_once_too() {
    let bench = Bench::new();
    let field = format!(
        "{{\"type\":\"Feature\",\"properties\":{{\"id\":\"f\"}},\"geometry\":{{\"type\":\"MultiPolygon\",\"coordinates\":[[{SQUARE}],[{SQUARE}]]}}}}"
    );
    let commune = feature("\"code\":\"1\"", "[[[105.99,10],[106.02,10],[106.02,10.01],[105.99,10.01],[105.99,10]]]");
    bench.write("c.geojson", collection(&[commune])).write("f.geojson", collection(&[field])).write(
        "ruong.toml",
        "version = 1\nlanguage = \"en\"\n[communes]\nfile = \"c.geojson\"\n[fields]\nfile = \"f.geojson\"\nid = \"id\"\n",
    );
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let communes = rows(&bench.read("out/tables/communes.csv"));
    let third = number(&communes[0], "field_area_ha") / number(&communes[0], "area_ha");
    assert!((third - 1.0 / 3.0).abs() < 1e-4, "{third}");
    assert!(
        bench.read("out/problems.csv").contains("overlapping-parts") || bench.read("out/problems.csv").contains("parts overlap")
    );
}
