//! Rasters as they come: masks, opacity, upward and turned rows, undeclared gaps, weights, far zones; each says what the plain one says.
#![cfg(feature = "gdal")]

mod common;

use common::{Bench, collection, feature, number, rows, square};
use std::fmt::Write;

const WGS84: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]"#;
/// West edge, width, turn; north edge, turn, height.
const NORTH_UP: &str = "105.0, 0.1, 0, 11.0, 0, -0.1";

/// 6 × 6 cells of a tenth of a degree; row · 10 + column.
fn value(row: usize, column: usize) -> f64 {
    (10 * row + column) as f64
}

fn grid(value: impl Fn(usize, usize) -> f64, none: &str) -> String {
    let mut text = format!("ncols 6\nnrows 6\nxllcorner 105.0\nyllcorner 10.4\ncellsize 0.1\n{none}");
    for row in 0..6 {
        let cells: Vec<String> = (0..6).map(|column| value(row, column).to_string()).collect();
        let _ = writeln!(text, "{}", cells.join(" "));
    }
    text
}

fn source(kind: &str, file: &str) -> String {
    format!("<{kind}><SourceFilename relativeToVRT=\"1\">{file}</SourceFilename><SourceBand>1</SourceBand></{kind}>")
}

fn vrt(lie: &str, inside: &str) -> String {
    format!(
        "<VRTDataset rasterXSize=\"6\" rasterYSize=\"6\"><SRS>EPSG:4326</SRS><GeoTransform>{lie}</GeoTransform>{inside}</VRTDataset>"
    )
}

fn band(number: u32, kind: &str, more: &str, file: &str) -> String {
    format!("<VRTRasterBand dataType=\"{kind}\" band=\"{number}\">{more}{}</VRTRasterBand>", source("SimpleSource", file))
}

/// Two zones that cut cells: one within rows 0 to 2, one across rows 3 to 5.
fn bench() -> Bench {
    let bench = Bench::new();
    let zones = [
        feature("\"id\":\"a\"", "[[[105.05,10.95],[105.05,10.72],[105.33,10.78],[105.05,10.95]]]"),
        feature("\"id\":\"b\"", "[[[105.21,10.63],[105.24,10.42],[105.57,10.44],[105.55,10.66],[105.21,10.63]]]"),
    ];
    bench.write("z.geojson", collection(&zones)).write("v.asc", grid(value, "NODATA_value -9999\n")).write("v.prj", WGS84);
    bench
}

fn zonal(bench: &Bench, raster: &str, more: &[&str]) -> (Vec<std::collections::BTreeMap<String, String>>, String) {
    let own = ["zonal", "--raster", raster, "--zones", "z.geojson", "--id", "id", "--lang", "en", "--quiet"];
    let ran = bench.run(&[&own, more].concat());
    assert_eq!(ran.code, 0, "{raster}: {}", ran.stderr);
    (rows(&ran.stdout), ran.stderr)
}

const STATS: [&str; 2] = ["--stats", "mean,count,min,max,stdev"];

#[test]
fn upward_and_turned_rows_are_the_same_cells() {
    let bench = bench();
    let plain = zonal(&bench, "v.asc", &STATS).0;
    // The same cells with rows that run north, and with columns that run south and rows that run west.
    let upward = grid(|row, column| value(5 - row, column), "");
    let turned = grid(|row, column| value(column, 5 - row), "");
    bench
        .write("up.asc", upward)
        .write("turned.asc", turned)
        .write("up.vrt", vrt("105.0, 0.1, 0, 10.4, 0, 0.1", &band(1, "Float64", "", "up.asc")))
        .write("turned.vrt", vrt("105.6, 0, -0.1, 11.0, -0.1, 0", &band(1, "Float64", "", "turned.asc")));
    for raster in ["up.vrt", "turned.vrt"] {
        let found = zonal(&bench, raster, &STATS).0;
        for (found, plain) in found.iter().zip(&plain) {
            for column in ["mean", "count", "min", "max", "stdev"] {
                let (ours, theirs) = (number(found, column), number(plain, column));
                assert!((ours - theirs).abs() < 1e-9, "{raster} {column}: {ours} for {theirs}");
            }
        }
    }
}

#[test]
fn masks_opacity_and_undeclared_gaps_are_no_data() {
    let bench = bench();
    let gap = |row: usize, column: usize| (row + column).is_multiple_of(3);
    let with = |none: f64| move |row: usize, column: usize| if gap(row, column) { none } else { value(row, column) };
    // What is declared to be no data is the measure of the others.
    bench.write("d.asc", grid(with(-7777.0), "NODATA_value -7777\n")).write("d.prj", WGS84);
    let declared = zonal(&bench, "d.asc", &STATS).0;
    let all = zonal(&bench, "v.asc", &STATS).0;
    assert!(number(&declared[0], "count") < number(&all[0], "count"));
    let mask = grid(|row, column| if gap(row, column) { 0.0 } else { 255.0 }, "");
    let opacity = band(2, "Byte", "<ColorInterp>Alpha</ColorInterp>", "m.asc");
    let of_mask =
        format!("<MaskBand><VRTRasterBand dataType=\"Byte\">{}</VRTRasterBand></MaskBand>", source("SimpleSource", "m.asc"));
    bench
        .write("m.asc", mask)
        .write("n.asc", grid(with(444.0), ""))
        .write("e.asc", grid(with(-9999.0), ""))
        .write("e.prj", WGS84)
        .write("mask.vrt", vrt(NORTH_UP, &format!("{}{of_mask}", band(1, "Float64", "", "n.asc"))))
        .write("alpha.vrt", vrt(NORTH_UP, &format!("{}{opacity}", band(1, "Float64", "", "n.asc"))));
    for raster in ["mask.vrt", "alpha.vrt", "e.asc"] {
        let (found, said) = zonal(&bench, raster, &STATS);
        assert_eq!(found, declared, "{raster}");
        // The alpha band is no statistic, and a gap that nobody declared is said.
        assert_eq!(said.contains("is a mask, not data"), raster == "alpha.vrt", "{said}");
        assert_eq!(said.contains("12 cells hold a number that usually marks missing data"), raster == "e.asc", "{said}");
    }
    // Whoever says what stands for no data is obeyed.
    let (found, _) = zonal(&bench, "n.asc", &[&STATS[..], &["--crs", "EPSG:4326", "--nodata", "444"]].concat());
    assert_eq!(found, declared);
}

#[test]
fn weights_of_another_raster_and_names_of_rasters_called_alike() {
    let bench = bench();
    // Cells of weight 2 in the west, 1 in the east; a zone of two whole cells, 0 and 3 in the first row.
    bench.write("w.asc", grid(|_, column| if column < 3 { 2.0 } else { 1.0 }, "")).write("w.prj", WGS84);
    let zone = r#"{"type":"Feature","properties":{"id":"a"},"geometry":{"type":"MultiPolygon","coordinates":[[[[105.0,10.9],[105.1,10.9],[105.1,11.0],[105.0,11.0],[105.0,10.9]]],[[[105.3,10.9],[105.4,10.9],[105.4,11.0],[105.3,11.0],[105.3,10.9]]]]}}"#;
    bench.write("z.geojson", collection(&[zone.to_owned()]));
    let found = zonal(&bench, "v.asc", &["--weights", "w.asc", "--stats", "mean,weighted_mean,weighted_sum"]).0;
    let of = |column: &str| number(&found[0], column);
    // Values 0 and 3 with weights 2 and 1.
    assert!(
        (of("mean") - 1.5).abs() < 1e-9 && (of("weighted_mean") - 1.0).abs() < 1e-9 && (of("weighted_sum") - 3.0).abs() < 1e-9
    );
    let refused = bench.run(&[
        "zonal",
        "--raster",
        "v.asc",
        "--zones",
        "z.geojson",
        "--id",
        "id",
        "--lang",
        "en",
        "--stats",
        "weighted_mean",
    ]);
    assert!(refused.code == 2 && refused.stderr.contains("weighted_sum need weights"), "{}", refused.stderr);
    bench.write("far.asc", grid(value, "").replace("xllcorner 105.0", "xllcorner 105.05")).write("far.prj", WGS84);
    let refused = bench.run(&[
        "zonal",
        "--raster",
        "v.asc",
        "--weights",
        "far.asc",
        "--zones",
        "z.geojson",
        "--id",
        "id",
        "--lang",
        "en",
        "--stats",
        "weighted_mean",
    ]);
    assert!(refused.code == 2 && refused.stderr.contains("do not lie in the same places"), "{}", refused.stderr);
    std::fs::create_dir_all(bench.path("2024")).expect("a folder");
    bench.write("2024/v.asc", grid(|row, column| value(row, column) + 1.0, "")).write("2024/v.prj", WGS84);
    let ran = bench.run(&["zonal", "--raster", "v.asc", "2024/v.asc", "--zones", "z.geojson", "--id", "id", "--quiet"]);
    let found = rows(&ran.stdout);
    assert!((number(&found[0], "2024_v_mean") - number(&found[0], "v_mean") - 1.0).abs() < 1e-9, "{}", ran.stdout);
}

/// A raster of 40,000 × 40,000 cells in a few bytes, and two fields at its far corners.
#[test]
fn far_zones_of_a_huge_raster_are_read_alone() {
    let bench = Bench::new();
    let zones = [
        feature("\"id\":\"a\"", &square(100.0, 19.99, 100.01, 20.0)),
        feature("\"id\":\"b\"", &square(103.99, 16.0, 104.0, 16.01)),
    ];
    bench
        .write("v.asc", grid(|_, _| 7.0, ""))
        .write("z.geojson", collection(&zones))
        .write(
            "huge.vrt",
            "<VRTDataset rasterXSize=\"40000\" rasterYSize=\"40000\"><SRS>EPSG:4326</SRS><GeoTransform>100.0, 0.0001, 0, 20.0, 0, -0.0001</GeoTransform>\
                 <VRTRasterBand dataType=\"Byte\" band=\"1\" blockXSize=\"256\" blockYSize=\"256\"><SimpleSource><SourceFilename relativeToVRT=\"1\">v.asc</SourceFilename><SourceBand>1</SourceBand>\
                 <SrcRect xOff=\"0\" yOff=\"0\" xSize=\"6\" ySize=\"6\"/><DstRect xOff=\"0\" yOff=\"0\" xSize=\"40000\" ySize=\"40000\"/></SimpleSource></VRTRasterBand></VRTDataset>",
        );
    let found = zonal(&bench, "huge.vrt", &["--stats", "mean,count,fractions"]).0;
    for row in &found {
        assert!((number(row, "mean") - 7.0).abs() < 1e-9 && (number(row, "count") - 10_000.0).abs() < 1e-3, "{row:?}");
        assert!((number(row, "frac_7") - 1.0).abs() < 1e-9, "{row:?}");
    }
}
