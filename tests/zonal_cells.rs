//! Statistics of cells within polygons against exactextract (`tests/reference/zonal.csv`), without a raster file: the polygons stand in
//! columns and rows.

mod common;

use common::{feature, number, root, rows};
use ruong::input::{Source, Wanted};
use ruong::join::zonal::{Piece, Stat, Zones};
use ruong::layers::grid::{Grid, Window};
use ruong::places::crs::Declared;
use ruong::places::open;
use ruong::run::Problems;

/// 7 × 6 cells: row · 10 + column · 1.5, three cells without data.
fn value(row: usize, column: usize) -> f64 {
    if [(1, 3), (4, 1), (4, 6)].contains(&(row, column)) { f64::NAN } else { row as f64 * 10.0 + column as f64 * 1.5 }
}

/// A position of `tests/zonal.rs` in columns from 105.0 and rows below 11.0, a tenth of a degree each.
fn ring(list: &[[f64; 2]]) -> String {
    let one = |[lon, lat]: &[f64; 2]| format!("[{:.9},{:.9}]", (lon - 105.0) * 10.0, (lat - 11.0) * 10.0);
    format!("[{}]", list.iter().map(one).collect::<Vec<_>>().join(","))
}

fn polygons() -> String {
    let one = ring(&[[105.05, 10.93], [105.17, 10.48], [105.62, 10.71], [105.05, 10.93]]);
    let outer = ring(&[[105.08, 10.92], [105.12, 10.47], [105.58, 10.43], [105.63, 10.87], [105.08, 10.92]]);
    let hole = ring(&[[105.24, 10.76], [105.46, 10.74], [105.43, 10.55], [105.26, 10.57], [105.24, 10.76]]);
    let small = ring(&[[105.12, 10.63], [105.17, 10.62], [105.18, 10.68], [105.13, 10.67], [105.12, 10.63]]);
    let edge = ring(&[[105.55, 10.65], [105.5, 10.3], [105.85, 10.25], [105.95, 10.6], [105.55, 10.65]]);
    let left = ring(&[[105.03, 10.57], [105.06, 10.43], [105.27, 10.45], [105.22, 10.58], [105.03, 10.57]]);
    let right = ring(&[[105.43, 10.97], [105.48, 10.77], [105.67, 10.91], [105.43, 10.97]]);
    let multi = format!(
        "{{\"type\":\"Feature\",\"properties\":{{\"pid\":\"5\"}},\"geometry\":{{\"type\":\"MultiPolygon\",\"coordinates\":[[{left}],[{right}]]}}}}"
    );
    common::collection(&[
        feature("\"pid\":\"1\"", &format!("[{one}]")),
        feature("\"pid\":\"2\"", &format!("[{outer},{hole}]")),
        feature("\"pid\":\"3\"", &format!("[{small}]")),
        feature("\"pid\":\"4\"", &format!("[{edge}]")),
        multi,
    ])
}

#[test]
fn statistics_of_cells_are_those_of_exactextract() {
    let source = Source { path: "z.geojson".into(), name: "z.geojson".to_owned(), content: Some(polygons().into_bytes().into()) };
    let layer = open::layer(&source, &Wanted::All, None, Declared::default(), &mut Problems::default()).expect("polygons");
    let stats = [Stat::Mean, Stat::Sum, Stat::Min, Stat::Max, Stat::Count, Stat::Stdev];
    let quantiles = [("q25", 0.25), ("q50", 0.5), ("q90", 0.9)];
    let wanted: Vec<Stat> = stats.into_iter().chain(quantiles.map(|(_, q)| Stat::Quantile(q))).chain([Stat::Fractions]).collect();
    let mut zones = Zones::new(Grid { size: [7, 6] }, &layer.shapes, 2, &wanted);
    let class =
        |row: usize, column: usize| if value(row, column).is_nan() { f64::NAN } else { ((3 * row + 5 * column) % 4 + 1) as f64 };
    // Two pieces, above and below, as a raster is read; every cell weighs twice its column.
    for (from, height) in [(0, 2), (2, 4)] {
        let cells = || (from..from + height).flat_map(|row| (0..7).map(move |column| (row, column)));
        let window = Window { from: [0, from], size: [7, height] };
        let touching: Vec<usize> =
            (0..5).filter(|&zone| zones.windows[zone].is_some_and(|own| own.common(window).is_some())).collect();
        let bands = vec![
            cells().map(|(row, column)| value(row, column)).collect(),
            cells().map(|(row, column)| class(row, column)).collect(),
        ];
        let weights = Some(cells().map(|(_, column)| 2.0 * column as f64).collect());
        zones.add(&Piece { window, bands, weights }, &touching);
    }
    let held = zones.values_held(0..5);
    let found = zones.finish();
    let expected = rows(&std::fs::read_to_string(root().join("tests/reference/zonal.csv")).expect("the reference"));
    let mut distinct = 0;
    for (zone, expected) in found.iter().zip(&expected) {
        let near = |ours: f64, column: &str| {
            let theirs = number(expected, column);
            // exactextract holds the covered shares in single precision.
            assert!(
                (ours - theirs).abs() <= 1e-6 * theirs.abs().max(1e-2),
                "{column} of {}: {ours} for {theirs}",
                expected["pid"]
            );
        };
        for stat in stats {
            near(zone[0].value(stat).expect("data"), stat.name());
        }
        for (column, q) in quantiles {
            near(zone[0].value(Stat::Quantile(q)).expect("data"), column);
        }
        let shares = zone[1].fractions();
        for class in 1..=4 {
            let share = shares.iter().find(|(value, _)| *value == f64::from(class)).map_or(0.0, |(_, share)| *share);
            if share > 0.0 || !expected[&format!("frac_{class}")].is_empty() {
                near(share, &format!("frac_{class}"));
            }
        }
        distinct += zone[0].fractions().len() + shares.len();
        assert!(zone[0].is_inside() && zone[0].has_data());
        let (mean, sum) =
            (zone[0].value(Stat::WeightedMean).expect("weights"), zone[0].value(Stat::WeightedSum).expect("weights"));
        assert!(mean >= number(expected, "min") && mean <= number(expected, "max") && sum > 0.0, "{mean} {sum}");
    }
    assert_eq!(held, distinct);
    // By hand: the third polygon lies in the one cell of row 3, column 1, which weighs 2; what it covers of it is its count.
    let third = &found[2][0];
    let covered = third.value(Stat::Count).expect("data");
    assert!((third.value(Stat::WeightedSum).expect("weights") - covered * 2.0 * 31.5).abs() < 1e-9);
    assert!((third.value(Stat::WeightedMean).expect("weights") - 31.5).abs() < 1e-9);
}
