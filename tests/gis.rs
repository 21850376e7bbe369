//! What other programs for maps open holds the same communes, classes and colours as the pictures.

mod common;

use common::{Bench, root, rows};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// The sample, built as far as other programs need it.
fn built(bench: &Bench, more: &[&str]) {
    let sample = root().join("data/hong-ngu").display().to_string();
    let ran = bench.run(&[&["build", &sample, "--out", "o", "--quiet"], more].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

fn texts(base: &Connection, query: &str) -> Vec<Vec<String>> {
    let mut statement = base.prepare(query).expect(query);
    let count = statement.column_count();
    let read = |row: &rusqlite::Row<'_>| {
        (0..count)
            .map(|at| {
                Ok(match row.get_ref(at)? {
                    rusqlite::types::ValueRef::Null => String::new(),
                    rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                    rusqlite::types::ValueRef::Real(number) => number.to_string(),
                    rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    rusqlite::types::ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()),
                })
            })
            .collect()
    };
    statement.query_map([], read).expect(query).map(|row| row.expect("a row")).collect()
}

/// Classes of a map as its picture has them: words of the legend with the number of communes beside them.
fn legend(svg: &str) -> BTreeMap<String, usize> {
    let word = |text: &str| text.split('>').nth(1)?.split('<').next().map(str::to_owned);
    let texts: Vec<&str> = svg.split("<text ").skip(1).collect();
    let beside = texts.windows(2).filter(|pair| pair[1].contains("text-anchor=\"end\""));
    beside.filter_map(|pair| Some((word(pair[0])?, word(pair[1])?.parse().ok()?))).collect()
}

/// Numbers of communes inside the swatches of a legend in one row, those of empty classes left out.
fn in_swatches(svg: &str) -> Vec<usize> {
    let swatches = svg.split("stroke=\"#787e85\"").skip(1);
    let count = |after: &str| {
        let text = after.split("<text ").nth(1).filter(|text| text.contains("text-anchor=\"middle\""))?;
        text.split('>').nth(1)?.split('<').next()?.parse().ok()
    };
    swatches.filter_map(count).filter(|count| *count > 0).collect()
}

#[test]
fn a_geopackage_has_the_values_classes_and_colours_of_the_maps() {
    let bench = Bench::new();
    built(&bench, &["--only", "tables,maps,gis", "--format", "svg"]);
    let base = Connection::open(bench.path("o/tables/communes.gpkg")).expect("a GeoPackage");
    assert_eq!(texts(&base, "PRAGMA integrity_check"), [["ok"]]);
    assert_eq!(texts(&base, "PRAGMA application_id"), [["1196444487"]], "GPKG");
    let listed = texts(&base, "SELECT table_name, srs_id FROM gpkg_contents WHERE data_type = 'features'");
    assert_eq!(listed, [["communes", "4326"]]);
    let values = texts(&base, "SELECT code, name, area_ha, linked_at_risk_ha FROM communes ORDER BY fid");
    let table = rows(&bench.read("o/tables/communes.csv"));
    assert_eq!(values.len(), table.len());
    for (row, own) in table.iter().zip(&values) {
        assert_eq!((&row["code"], &row["name"]), (&own[0], &own[1]));
        for (name, found) in [("area_ha", &own[2]), ("linked_at_risk_ha", &own[3])] {
            let (wanted, found): (f64, f64) = (row[name].parse().expect("a number"), found.parse().expect("a number"));
            assert!((wanted - found).abs() < 1e-3, "{name}: {wanted} {found}");
        }
    }
    let styles = texts(&base, "SELECT styleName, styleQML, styleSLD, useAsDefault FROM layer_styles ORDER BY id");
    assert!(styles.len() > 10 && styles[0][3] == "1" && styles[1..].iter().all(|style| style[3] == "0"));
    let mut compared = 0;
    for style in &styles {
        let (map, qml, sld) = (&style[0], &style[1], &style[2]);
        assert_eq!(qml, &bench.read(&format!("o/gis/{map}.qml")));
        assert_eq!(sld, &bench.read(&format!("o/gis/{map}.sld")));
        let counts = texts(&base, &format!("SELECT \"class_{map}\", count(*) FROM communes GROUP BY 1"));
        let svg = bench.read(&format!("o/maps/{map}.svg"));
        let shown = legend(&svg);
        let mut row = in_swatches(&svg);
        if svg.contains("Số trong ô: số xã. Mỗi mốc thuộc lớp bên phải.") {
            let mut classes: Vec<usize> = counts.iter().map(|class| class[1].parse().expect("a count")).collect();
            row.sort_unstable();
            classes.sort_unstable();
            assert_eq!(row, classes, "{map}");
            compared += row.len();
        }
        for class in &counts {
            assert!(qml.contains(&format!("= '{}'\"", class[0].replace('&', "&amp;"))), "{map}: {}", class[0]);
            if let Some(count) = shown.get(&class[0]) {
                assert_eq!(count.to_string(), class[1], "{map}: {}", class[0]);
                compared += 1;
            }
        }
        // Every colour of a class is one of the picture's.
        for colour in qml.split("name=\"color\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let parts: Vec<u8> = colour.split(',').take(3).map(|part| part.parse().expect("a colour")).collect();
            let hex = format!("#{:02x}{:02x}{:02x}", parts[0], parts[1], parts[2]);
            assert!(svg.contains(&hex), "{map}: {hex}");
        }
    }
    assert!(compared > 30, "{compared} classes compared");
}

#[test]
fn files_for_other_programs_are_the_same_at_any_number_of_threads() {
    let bench = Bench::new();
    built(&bench, &["--only", "gis", "--jobs", "1"]);
    let read = || {
        ["tables/communes.gpkg", "tables/communes.qml", "gis/ruong.qgz"]
            .map(|name| std::fs::read(bench.path(&format!("o/{name}"))).expect(name))
    };
    let one = read();
    built(&bench, &["--only", "gis", "--jobs", "4"]);
    assert!(one == read());
    let mut project = zip::ZipArchive::new(std::io::Cursor::new(&one[2])).expect("a zip");
    let text = std::io::read_to_string(project.by_name("ruong.qgs").expect("the project")).expect("text");
    assert!(text.contains("../tables/communes.gpkg|layername=communes") && text.contains("Qt::Checked"));
}

/// QGIS itself, where it is installed: every layer opens, and each class holds as many communes.
#[test]
fn qgis_opens_the_project_with_the_same_classes() {
    let python = "/usr/bin/python3";
    let there =
        std::process::Command::new(python).args(["-c", "import qgis.core"]).output().is_ok_and(|ran| ran.status.success());
    if !there {
        eprintln!("SKIPPED: QGIS for Python is not installed");
        return;
    }
    let bench = Bench::new();
    built(&bench, &["--only", "tables,gis"]);
    bench.write("look.py", include_str!("common/look_in_qgis.py"));
    let ran = std::process::Command::new(python)
        .args(["look.py", "o"])
        .env("QT_QPA_PLATFORM", "offscreen")
        .current_dir(bench.folder.path())
        .output()
        .expect("python starts");
    let said = String::from_utf8_lossy(&ran.stdout);
    let line = said
        .lines()
        .find_map(|line| line.strip_prefix("FOUND "))
        .unwrap_or_else(|| panic!("{said}{}", String::from_utf8_lossy(&ran.stderr)));
    let found: BTreeMap<String, BTreeMap<String, usize>> = serde_json::from_str(line).expect("JSON");
    let base = Connection::open(bench.path("o/tables/communes.gpkg")).expect("a GeoPackage");
    let maps = texts(&base, "SELECT styleName, description FROM layer_styles");
    assert_eq!(found.len(), maps.len() + 2, "every map, and both layers as they open by themselves");
    for map in maps {
        let own = texts(&base, &format!("SELECT \"class_{}\", count(*) FROM communes GROUP BY 1", map[0]));
        let shown: Vec<(&String, &usize)> = found[&map[1]].iter().filter(|(_, count)| **count > 0).collect();
        assert_eq!(shown.len(), own.len(), "{}", map[1]);
        for class in own {
            assert_eq!(found[&map[1]][&class[0]].to_string(), class[1], "{}: {}", map[1], class[0]);
        }
    }
    assert_eq!(found["geojson"], found["geopackage"]);
}
