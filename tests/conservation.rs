//! Nothing is lost and nothing counted twice, on messy real boundaries. Expected hectares were computed independently
//! with shapely 2 (intersections, union) and pyproj (geodesic areas).

mod common;
use common::*;

struct Sums {
    communes: f64,
    outside: f64,
    shared: f64,
    fields: f64,
}

/// Sums of a run, and the sum of field areas from the library's own areas of each field.
fn sums(communes: &std::path::Path, code: &str, fields: &std::path::Path, id: &str) -> (Sums, String) {
    let bench = Bench::new();
    bench.write(
        "ruong.toml",
        format!(
            "version = 1\n[communes]\nfile = '{}'\ncode = \"{code}\"\n[fields]\nfile = '{}'\nid = \"{id}\"\n",
            communes.display(),
            fields.display()
        ),
    );
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let total = rows(&bench.read("out/tables/communes.csv")).iter().map(|row| number(row, "field_area_ha")).sum();

    use ruong::input::Source;
    use ruong::input::Wanted;
    use ruong::layers::geojson;
    let mut problems = ruong::run::Problems::default();
    let load = |path: &std::path::Path, problems: &mut _| {
        geojson::read(&Source { path: path.to_path_buf(), name: "f".into(), content: None }, &Wanted::All, problems)
            .expect("it reads")
    };
    let (communes, fields) = (load(communes, &mut problems), load(fields, &mut problems));
    let index = ruong::join::overlay::CommuneIndex::new(&communes.shapes);
    let pieces = ruong::join::overlay::overlay(&fields.shapes, &index);
    let sum = |list: &[(u32, f64)]| list.iter().map(|(field, share)| pieces.area_ha[*field as usize] * share).sum::<f64>();
    let sums = Sums {
        communes: total,
        outside: pieces.outside.iter().map(|outside| pieces.area_ha[outside.field as usize] * outside.share).sum(),
        shared: sum(&pieces.shared),
        fields: pieces.area_ha.iter().filter(|area| area.is_finite()).sum(),
    };
    for field in 0..pieces.len() {
        let inside: f64 = pieces.of(field).iter().map(|piece| piece.share).sum();
        let outside: f64 =
            pieces.outside.iter().filter(|outside| outside.field as usize == field).map(|outside| outside.share).sum();
        assert!((inside + outside - 1.0).abs() < 1e-9, "field {field}: {inside} + {outside}");
    }
    (sums, bench.read("out/problems.csv"))
}

fn near(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
}

#[test]
fn fields_over_ragged_communes_keep_their_hectares() {
    let (sums, problems) = sums(&land("communes_before.geojson"), "code", &land("fields.geojson"), "code");
    near(sums.fields, of_land("fields_ha"), 1e-4);
    near(sums.outside, of_land("fields_outside_ha"), 1e-3);
    near(sums.shared, of_land("fields_shared_ha"), 1e-4);
    near(sums.communes + sums.outside, sums.fields, sums.fields * 1e-9 + 15.0 * 5e-7);
    assert!(problems.contains("lie in several communes") && problems.contains("outside every commune"));
}

#[test]
fn french_parcels_over_communes_keep_their_hectares() {
    let (Some(communes), Some(parcels)) =
        (real("fields/meaux_france/communes.geojson"), real("fields/meaux_france/parcel_2007.geojson"))
    else {
        return;
    };
    let (sums, _) = sums(&communes, "insee", &parcels, "objectid");
    near(sums.fields, 12_028.265_357, 1e-4);
    near(sums.outside, 2.718_191, 1e-4);
    near(sums.communes, 12_025.547_488, 1e-3);
    near(sums.communes + sums.outside, sums.fields, sums.fields * 1e-9 + 26.0 * 5e-7);
}

#[test]
fn overlapping_communes_count_nothing_twice() {
    let (sums, _) = sums(&land("communes_before.geojson"), "code", &land("communes_after.geojson"), "code");
    near(sums.fields, of_land("after_ha"), 1e-3);
    near(sums.outside, of_land("after_outside_before_ha"), 0.01);
    near(sums.shared, of_land("after_shared_ha"), 0.01);
    near(sums.communes + sums.outside, sums.fields, sums.fields * 1e-9 + 15.0 * 5e-7);
}

#[test]
fn overlapping_communes_of_2009_count_nothing_twice() {
    let (Some(communes), Some(fields)) =
        (real("vietnam/dong_thap_communes_2009.geojson"), real("vietnam/dong_thap_communes_2025.geojson"))
    else {
        return;
    };
    let (sums, problems) = sums(&communes, "commune_id", &fields, "code");
    near(sums.outside, 242_440.159, 0.1);
    // Communes add up to 999.98 ha more than their union: what two of them claim.
    near(sums.shared, 337_295.712_6 - 336_295.769_2, 0.2);
    near(sums.communes + sums.outside, sums.fields, sums.fields * 1e-9 + 144.0 * 5e-7);
    assert!(problems.contains("lie in several communes") && problems.contains("outside every commune"));
}

#[test]
fn a_gap_between_communes_is_told_from_land_beyond_them() {
    let bench = Bench::new();
    let communes = [
        ("W", square(105.0, 10.0, 105.1, 10.3)),
        ("E", square(105.2, 10.0, 105.3, 10.3)),
        ("S", square(105.1, 10.0, 105.2, 10.1)),
        ("N", square(105.1, 10.2, 105.2, 10.3)),
    ];
    let fields = [
        ("hole", square(105.14, 10.14, 105.16, 10.16)),
        ("rim", square(105.09, 10.14, 105.11, 10.16)),
        ("edge", square(105.29, 10.14, 105.31, 10.16)),
        ("far", square(105.5, 10.5, 105.51, 10.51)),
    ];
    let layer = |list: &[(&str, String)]| {
        collection(&list.iter().map(|(id, ring)| feature(&format!("\"id\":\"{id}\""), ring)).collect::<Vec<_>>())
    };
    bench.write("c.geojson", layer(&communes)).write("f.geojson", layer(&fields)).write(
        "ruong.toml",
        "version = 1\n[communes]\nfile = \"c.geojson\"\ncode = \"id\"\n[fields]\nfile = \"f.geojson\"\nid = \"id\"\n",
    );
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let problems = rows(&bench.read("out/problems.csv"));
    let said = |id: &str| problems.iter().find(|row| row["value"] == id).map(|row| row["problem"].clone()).unwrap_or_default();
    assert!(said("hole").contains("(100.0 %) of the field lie in a gap between communes"), "{}", said("hole"));
    assert!(said("rim").contains("(50.0 %) of the field lie in a gap between communes"), "{}", said("rim"));
    assert!(said("edge").contains("(50.0 %) of the field lie outside every commune"), "{}", said("edge"));
    assert!(said("far").contains("(100.0 %) of the field lie outside every commune"), "{}", said("far"));
}

/// Areas of a layer and what is said of the areas that it states.
fn stated(communes: &std::path::Path) -> (Vec<std::collections::BTreeMap<String, String>>, String) {
    let bench = Bench::new();
    bench.write(
        "ruong.toml",
        format!("version = 1\n[communes]\nfile = '{}'\nname = \"name\"\nstated_area_km2 = \"areaKm2\"\n", communes.display()),
    );
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    (rows(&bench.read("out/tables/communes.csv")), bench.read("out/problems.csv"))
}

#[test]
fn stated_areas_are_held_against_the_geometry() {
    let (found, problems) = stated(&land("communes_after.geojson"));
    let text = std::fs::read_to_string(land("land.json")).expect("the numbers");
    let expected: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    for (row, hectares) in found.iter().zip(expected["areas_after_ha"].as_array().expect("a list")) {
        near(number(row, "area_ha"), hectares.as_f64().expect("a number"), 0.01);
    }
    // Two of five state a fifth more than they have.
    let named: Vec<bool> = (1..=5).map(|unit| problems.contains(&format!("M {unit}"))).collect();
    assert_eq!(named, [false, true, false, true, false], "{problems}");

    let Some(communes) = real("vietnam/dong_thap_communes_2025.geojson") else { return };
    let (found, problems) = stated(&communes);
    let area = |code: &str| number(found.iter().find(|row| row["code"] == code).expect("the unit"), "area_ha");
    // Geodesic hectares of the five new units that hold the old district.
    for (code, hectares) in [("29971", 8098.5), ("29978", 4357.5), ("29983", 2714.9), ("29992", 5815.6), ("30154", 9549.6)] {
        near(area(code), hectares, 0.06);
    }
    assert!(problems.contains("Gò Công Đông") && problems.contains("Tân Phú Đông"), "{problems}");
}
