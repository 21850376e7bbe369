//! Zonal statistics against exactextract, and rasters that cannot be used.
#![cfg(feature = "gdal")]

mod common;

use common::{Bench, feature, number, root, rows, square};
use std::fmt::Write;

/// 7 × 6 cells of a tenth of a degree from 105.0, 11.0: row · 10 + column · 1.5, three cells without data.
fn values(row: usize, column: usize) -> Option<f64> {
    (![(1, 3), (4, 1), (4, 6)].contains(&(row, column))).then_some(row as f64 * 10.0 + column as f64 * 1.5)
}

fn grid(value: impl Fn(usize, usize) -> Option<f64>) -> String {
    let mut text = String::from("ncols 7\nnrows 6\nxllcorner 105.0\nyllcorner 10.4\ncellsize 0.1\nNODATA_value -9999\n");
    for row in 0..6 {
        let cells: Vec<String> = (0..7).map(|column| value(row, column).unwrap_or(-9999.0).to_string()).collect();
        let _ = writeln!(text, "{}", cells.join(" "));
    }
    text
}

const WGS84: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]"#;

/// The five polygons of `tests/reference/zonal.csv`.
fn polygons() -> String {
    let multi = r#"{"type":"Feature","properties":{"pid":"5"},"geometry":{"type":"MultiPolygon","coordinates":[[[[105.03,10.57],[105.06,10.43],[105.27,10.45],[105.22,10.58],[105.03,10.57]]],[[[105.43,10.97],[105.48,10.77],[105.67,10.91],[105.43,10.97]]]]}}"#;
    let list = [
        feature("\"pid\":\"1\"", "[[[105.05,10.93],[105.17,10.48],[105.62,10.71],[105.05,10.93]]]"),
        feature(
            "\"pid\":\"2\"",
            "[[[105.08,10.92],[105.12,10.47],[105.58,10.43],[105.63,10.87],[105.08,10.92]],[[105.24,10.76],[105.46,10.74],[105.43,10.55],[105.26,10.57],[105.24,10.76]]]",
        ),
        feature("\"pid\":\"3\"", "[[[105.12,10.63],[105.17,10.62],[105.18,10.68],[105.13,10.67],[105.12,10.63]]]"),
        feature("\"pid\":\"4\"", "[[[105.55,10.65],[105.5,10.3],[105.85,10.25],[105.95,10.6],[105.55,10.65]]]"),
        multi.to_owned(),
    ];
    common::collection(&list)
}

fn bench() -> Bench {
    let bench = Bench::new();
    bench.write("v.asc", grid(values)).write("v.prj", WGS84).write("z.geojson", polygons());
    bench
}

#[test]
fn statistics_are_those_of_exactextract() {
    let bench = bench();
    let classes = |row: usize, column: usize| values(row, column).map(|_| ((3 * row + 5 * column) % 4 + 1) as f64);
    bench.write("c.asc", grid(classes)).write("c.prj", WGS84);
    let ran = bench.run(&[
        "zonal",
        "--raster",
        "v.asc",
        "--zones",
        "z.geojson",
        "--id",
        "pid",
        "--quiet",
        "--stats",
        "mean,sum,min,max,count,stdev,quantiles",
        "--quantiles",
        "0.25,0.5,0.9",
        "--out",
        "o.csv",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let shares =
        bench.run(&["zonal", "--raster", "c.asc", "--zones", "z.geojson", "--id", "pid", "--quiet", "--stats", "fractions"]);
    let expected = rows(&std::fs::read_to_string(root().join("tests/reference/zonal.csv")).expect("the reference"));
    let (found, shares) = (rows(&bench.read("o.csv")), rows(&shares.stdout));
    assert_eq!((found.len(), shares.len()), (5, 5));
    for ((found, shares), expected) in found.iter().zip(&shares).zip(&expected) {
        assert_eq!(found["pid"], expected["pid"]);
        for (column, of) in [
            ("mean", found),
            ("sum", found),
            ("min", found),
            ("max", found),
            ("count", found),
            ("stdev", found),
            ("q25", found),
            ("q50", found),
            ("q90", found),
            ("frac_1", shares),
            ("frac_2", shares),
            ("frac_3", shares),
            ("frac_4", shares),
        ] {
            let (ours, theirs) = (number(of, column), number(expected, column));
            // exactextract holds the covered shares in single precision.
            assert!((ours - theirs).abs() <= 1e-6 * theirs.abs().max(1e-2), "{column} of {}: {ours} for {theirs}", found["pid"]);
        }
    }
}

#[test]
fn many_rasters_and_threads_give_the_same_columns() {
    let bench = bench();
    bench.write("w.asc", grid(|row, column| values(row, column).map(|value| value * 2.0))).write("w.prj", WGS84);
    let run = |jobs: &str| {
        let ran = bench.run(&["zonal", "--raster", "?.asc", "--zones", "z.geojson", "--id", "pid", "--jobs", jobs, "--quiet"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stdout
    };
    let one = run("1");
    assert_eq!(one, run("3"));
    for row in rows(&one) {
        assert!((number(&row, "w_mean") - 2.0 * number(&row, "v_mean")).abs() < 1e-9);
    }
}

#[test]
fn zones_in_another_system_are_brought_to_the_raster() {
    let bench = Bench::new();
    // Cells of 10 km in UTM 48N; the zone is a degree cell well within one of them by its value.
    let text = "ncols 2\nnrows 2\nxllcorner 500000\nyllcorner 1180000\ncellsize 20000\nNODATA_value -9999\n1 2\n3 4\n";
    let prj = r#"PROJCS["WGS 84 / UTM zone 48N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",105],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1]]"#;
    // 105.2448 E 10.8138 N is E 526759.6 N 1195402.1 (EPSG guidance): lower right, value 4.
    let zone = feature("\"id\":\"a\"", &square(105.2447, 10.8137, 105.2449, 10.8139));
    bench.write("u.asc", text).write("u.prj", prj).write("z.geojson", common::collection(&[zone]));
    let ran = bench.run(&["zonal", "--raster", "u.asc", "--zones", "z.geojson", "--id", "id", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(number(&rows(&ran.stdout)[0], "mean"), 4.0);
}

#[test]
fn rasters_that_cannot_be_used() {
    let bench = bench();
    let run =
        |arguments: &[&str]| bench.run(&[&["zonal", "--zones", "z.geojson", "--id", "pid", "--lang", "en"], arguments].concat());
    bench.write("n.asc", grid(values));
    let ran = run(&["--raster", "n.asc"]);
    assert!(ran.code == 2 && ran.stderr.contains("--crs EPSG:4326"), "{}", ran.stderr);
    assert_eq!(run(&["--raster", "n.asc", "--crs", "EPSG:4326"]).code, 0);
    bench.write("far.asc", grid(values).replace("xllcorner 105.0", "xllcorner 5.0")).write("far.prj", WGS84);
    let ran = run(&["--raster", "far.asc"]);
    assert!(ran.code == 2 && ran.stderr.contains("covers none of the zones"), "{}", ran.stderr);
    bench.write("blank.asc", grid(|_, _| None)).write("blank.prj", WGS84);
    let ran = run(&["--raster", "blank.asc"]);
    assert!(ran.code == 2 && ran.stderr.contains("no data in any zone"), "{}", ran.stderr);
    bench.write("broken.tif", b"II*\0\x08\0\0\0broken".as_slice());
    let ran = run(&["--raster", "broken.tif"]);
    assert!(ran.code == 2 && ran.stderr.contains("broken.tif"), "{}", ran.stderr);
    let ran = run(&["--raster", "v.asc", "--stats", "mode"]);
    assert!(ran.code == 2 && ran.stderr.contains("there is no statistic \"mode\""), "{}", ran.stderr);
    let ran = run(&["--raster", "v.asc", "--band", "2"]);
    assert!(ran.code == 2 && ran.stderr.contains("numbered from 1 to 1"), "{}", ran.stderr);
    // A zone beside the raster has no number and is listed; others have theirs.
    let beside = feature("\"pid\":\"out\"", &square(110.0, 10.0, 110.1, 10.1));
    let inside = feature("\"pid\":\"in\"", &square(105.0, 10.9, 105.1, 11.0));
    bench.write("z.geojson", common::collection(&[beside, inside]));
    let ran = run(&["--raster", "v.asc", "--stats", "mean,count"]);
    let found = rows(&ran.stdout);
    assert_eq!((found[0]["mean"].as_str(), found[0]["count"].as_str()), ("", "0"));
    assert!(number(&found[1], "mean").abs() < 1e-9 && (number(&found[1], "count") - 1.0).abs() < 1e-9);
    assert!(ran.stderr.contains("outside raster"), "{}", ran.stderr);
}

#[test]
fn weather_of_zones_comes_from_rasters_of_days() {
    let bench = bench();
    // Two days as two bands of one file each: 24 and 26 degrees, dry; then wet, by a virtual raster of single grids.
    let band = |name: &str, value: f64| {
        bench.write(&format!("{name}.asc"), grid(|_, _| Some(value))).write(&format!("{name}.prj"), WGS84);
    };
    let files = [("t1", 24.0), ("t2", 26.0), ("h1", 80.0), ("h2", 95.0), ("r1", 0.0), ("r2", 0.0), ("k1", 297.0)];
    files.into_iter().for_each(|(name, value)| band(name, value));
    let stack = |first: &str, second: &str| {
        let source = |band: u32, file: &str| {
            format!(
                "<VRTRasterBand dataType=\"Float32\" band=\"{band}\"><NoDataValue>-9999</NoDataValue><SimpleSource><SourceFilename relativeToVRT=\"1\">{file}.asc</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand>"
            )
        };
        let (one, two) = (source(1, first), source(2, second));
        format!(
            "<VRTDataset rasterXSize=\"7\" rasterYSize=\"6\"><SRS>EPSG:4326</SRS><GeoTransform>105.0, 0.1, 0, 11.0, 0, -0.1</GeoTransform>{one}{two}</VRTDataset>"
        )
    };
    bench.write("t.vrt", stack("t1", "t2")).write("h.vrt", stack("h1", "h2")).write("r.vrt", stack("r1", "r2"));
    bench.write("k.vrt", stack("k1", "k1"));
    let short = "id = \"x\"\nname = \"X\"\nname_en = \"X\"\nsource = \"test\"\nverified = true\nduration = 2\nonset = 1\nhumidity_limit = 90.0\nrain_limit = 5.0\ninitial_sites = 100.0\ninitial_infected = 1.0\ninfection_rate = 1.0\nlatent_days = 1\ninfectious_days = 5\nmost_sites = 1000.0\naggregation = 1.0\nsenescence_rate = 0.0\ngrowth_rate = 0.1\nage = [[0.0, 1.0], [10.0, 1.0]]\ntemperature = [[20.0, 0.0], [30.0, 1.0]]\n";
    bench.write("x.toml", short);
    let run = |raster: &str| {
        bench.run(&[
            "forecast",
            "disease",
            "--model",
            "x.toml",
            "--emergence",
            "2024-01-01",
            "--zones",
            "z.geojson",
            "--id",
            "pid",
            "--raster",
            raster,
            "--first-day",
            "2024-01-01",
            "--lang",
            "en",
        ])
    };
    let ran = run("mean=t.vrt,humidity=h.vrt,rain=r.vrt");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&ran.stdout);
    assert_eq!(found.len(), 5);
    // The first day is dry; the second is wet at 26 degrees, which allows 0.6: the mean of both is 0.3.
    assert!((number(&found[0], "favourability") - 0.3).abs() < 1e-6, "{}", found[0]["favourability"]);
    let ran = run("mean=k.vrt,humidity=h.vrt,rain=r.vrt");
    assert!(ran.code == 2 && ran.stderr.contains("outside -60 to 57"), "{}", ran.stderr);
    let ran = run("mean=t.vrt,humidity=h.vrt");
    assert!(ran.code == 2 && ran.stderr.contains("rain=FILE.tif"), "{}", ran.stderr);
}
