//! Other vector formats, in builds with the feature `gdal`.
#![cfg(feature = "gdal")]

mod common;
use common::*;

#[test]
fn a_projected_geopackage_lands_where_it_lies() {
    let Some(fields) = real("fields/vietnam_red_river/1_vietnam_areas.gpkg") else { return };
    let bench = Bench::new();
    bench
        .write("c.geojson", collection(&[feature("\"code\":\"1\",\"name\":\"A\"", &square(106.0, 20.5, 106.5, 21.2))]))
        .write("ruong.toml", format!("{COMMUNES_ONLY}[fields]\nfile = '{}'\nid = \"id\"\n", fields.display()));
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&bench.read("out/tables/communes.csv"));
    // 100 fields of 0.53 ha on average, by the publisher's own account.
    assert_eq!(found[0]["fields"], "100");
    assert!((number(&found[0], "field_area_ha") / 53.0 - 1.0).abs() < 0.02, "{}", found[0]["field_area_ha"]);
}
