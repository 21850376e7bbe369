//! Other vector formats, in builds with the feature `gdal`.
#![cfg(feature = "gdal")]

mod common;
use common::*;

/// The one commune's row of a project with fields of a file.
fn fields_of(bench: &Bench, file: &str, more: &str) -> std::collections::BTreeMap<String, String> {
    bench.write("ruong.toml", format!("{COMMUNES_ONLY}[fields]\nfile = '{file}'\nid = \"id\"\n{more}"));
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    rows(&bench.read("out/tables/communes.csv")).remove(0)
}

#[test]
fn projected_fields_land_where_they_lie() {
    let bench = Bench::new();
    let commune = |[west, south, east, north]: [f64; 4]| {
        collection(&[feature("\"code\":\"1\",\"name\":\"A\"", &square(west, south, east, north))])
    };
    // A square kilometre of UTM zone 48 whose hectares on the ellipsoid are pyproj's.
    bench
        .write("c.geojson", commune([105.1, 10.7, 105.3, 10.8]))
        .write(
            "f.mif",
            "Version 300\nCharset \"Neutral\"\nDelimiter \",\"\nCoordSys Earth Projection 8, 104, \"m\", 105, 0, 0.9996, 500000, 0\n\
             Columns 1\n  id Integer\nData\n\nRegion 1\n  5\n520000 1185000\n521000 1185000\n521000 1186000\n520000 1186000\n\
             520000 1185000\n",
        )
        .write("f.mid", "7\n");
    let all = fields_of(&bench, "f.mif", "crs = \"EPSG:32648\"\n");
    assert_eq!(all["fields"], "1");
    assert!((number(&all, "field_area_ha") - 100.079_006_8).abs() < 1e-4, "{}", all["field_area_ha"]);
    // 100 real fields of 0.53 ha on average, by the publisher's own account.
    let Some(fields) = real("fields/vietnam_red_river/1_vietnam_areas.gpkg") else { return };
    bench.write("c.geojson", commune([106.0, 20.5, 106.5, 21.2]));
    let found = fields_of(&bench, &fields.to_string_lossy(), "");
    assert_eq!(found["fields"], "100");
    assert!((number(&found, "field_area_ha") / 53.0 - 1.0).abs() < 0.02, "{}", found["field_area_ha"]);
}

/// Two folders of one commune each; the second holds the letters of Vietnamese in three bytes.
const KML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Folder><name>cu</name><Placemark><name>Phú Thuận</name><Polygon><outerBoundaryIs><LinearRing><coordinates>
105,10 105.1,10 105.1,10.1 105,10.1 105,10</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder>
<Folder><name>moi</name><Placemark><name>Thường Lạc</name><Polygon><outerBoundaryIs><LinearRing><coordinates>
105,10 105.2,10 105.2,10.1 105,10.1 105,10</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder>
</Document></kml>"#;

#[test]
fn one_of_several_layers_is_chosen_by_name() {
    let bench = Bench::new();
    let project = |layer: &str| format!("version = 1\n[communes]\nfile = \"xa.kml\"\ncode = \"Name\"\nname = \"Name\"\n{layer}");
    bench.write("xa.kml", KML).write("ruong.toml", project(""));
    let refused = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("cu, moi"), "{}", refused.stderr);
    bench.write("ruong.toml", project("layer = \"moi\"\n"));
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(rows(&bench.read("out/tables/communes.csv"))[0]["name"], "Thường Lạc");
}

#[test]
fn a_mapinfo_layer_without_codes_goes_by_its_feature_numbers() {
    let bench = Bench::new();
    bench
        .write(
            "xa.mif",
            "Version 300\nCharset \"Neutral\"\nDelimiter \",\"\nCoordSys Earth Projection 1, 104\nColumns 2\n  id Integer\n  \
             loai Char(8)\nData\n\nRegion 1\n  5\n105 10\n105.1 10\n105.1 10.1\n105 10.1\n105 10\nRegion 1\n  5\n105.1 10\n\
             105.2 10\n105.2 10.1\n105.1 10.1\n105.1 10\n",
        )
        .write("xa.mid", "0,\"xa\"\n0,\"xa\"\n");
    let new = bench.run(&["new", "duan", "xa.mif"]);
    assert_eq!(new.code, 0, "{}", new.stderr);
    let ran = bench.run(&["build", "duan", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let codes: Vec<String> = rows(&bench.read("duan/out/tables/communes.csv")).iter().map(|row| row["code"].clone()).collect();
    assert_eq!(codes, ["1", "2"]);
}
