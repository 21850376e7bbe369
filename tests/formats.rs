//! Boundaries as offices have them: Shapefile, GeoPackage and KML say what the GeoJSON of the same communes says.

mod common;

use common::{Bench, collection, feature, square};
use std::io::Write;

/// Five communes in a row of 0.1°.
const NAMES: [&str; 5] = ["Thường Phước", "Long Khánh", "Phú Thuận", "Tân Hội", "Bình Thạnh"];

fn west(i: usize) -> f64 {
    105.0 + 0.1 * i as f64
}

fn ring(i: usize) -> [[f64; 2]; 5] {
    let (west, east) = (west(i), west(i + 1));
    [[west, 10.0], [east, 10.0], [east, 10.1], [west, 10.1], [west, 10.0]]
}

fn geojson() -> String {
    let one =
        |i: usize| feature(&format!("\"ma\":\"3100{i}\",\"ten\":\"{}\"", NAMES[i]), &square(west(i), 10.0, west(i + 1), 10.1));
    collection(&(0..5).map(one).collect::<Vec<_>>())
}

fn table() -> String {
    (0..5).fold("ma_xa,dien_tich_ha\n".to_owned(), |text, i| format!("{text}3100{i},{}\n", 10 * (i + 1)))
}

/// A .dbf of MA C(12) and TEN C(40), and where a row is marked as deleted.
fn dbf(letters: impl Fn(&str) -> Vec<u8>, deleted: Option<usize>) -> Vec<u8> {
    let mut bytes = vec![3, 124, 1, 1];
    bytes.extend(5u32.to_le_bytes());
    bytes.extend(97u16.to_le_bytes());
    bytes.extend(53u16.to_le_bytes());
    bytes.resize(32, 0);
    for (name, length) in [("MA", 12), ("TEN", 40)] {
        let mut field = name.as_bytes().to_vec();
        field.resize(11, 0);
        field.extend([b'C', 0, 0, 0, 0, length]);
        field.resize(32, 0);
        bytes.extend(field);
    }
    bytes.push(0x0d);
    for (i, name) in NAMES.iter().enumerate() {
        bytes.push(if deleted == Some(i) { b'*' } else { b' ' });
        bytes.extend(format!("{:<12}", format!("3100{i}")).bytes());
        let mut cell = letters(name);
        cell.resize(40, b' ');
        bytes.extend(cell);
    }
    bytes
}

/// A .shp as its description has it (ESRI, 1998): clockwise outlines.
fn shp(move_by: impl Fn([f64; 2]) -> [f64; 2]) -> Vec<u8> {
    let mut body: Vec<u8> = Vec::new();
    let mut extent = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for i in 0..5 {
        let mut ring: Vec<[f64; 2]> = ring(i).into_iter().map(&move_by).collect();
        ring.reverse();
        let own = ring.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |b, p| {
            [b[0].min(p[0]), b[1].min(p[1]), b[2].max(p[0]), b[3].max(p[1])]
        });
        extent = [extent[0].min(own[0]), extent[1].min(own[1]), extent[2].max(own[2]), extent[3].max(own[3])];
        let content = 4 + 32 + 4 + 4 + 4 + 16 * ring.len();
        body.extend((i as i32 + 1).to_be_bytes());
        body.extend((content as i32 / 2).to_be_bytes());
        body.extend(5i32.to_le_bytes());
        own.iter().for_each(|number| body.extend(number.to_le_bytes()));
        body.extend(1i32.to_le_bytes());
        body.extend((ring.len() as i32).to_le_bytes());
        body.extend(0i32.to_le_bytes());
        ring.iter().flatten().for_each(|number| body.extend(number.to_le_bytes()));
    }
    let mut bytes = 9994i32.to_be_bytes().to_vec();
    bytes.resize(24, 0);
    bytes.extend(((100 + body.len()) as i32 / 2).to_be_bytes());
    bytes.extend(1000i32.to_le_bytes());
    bytes.extend(5i32.to_le_bytes());
    extent.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
    bytes.resize(100, 0);
    bytes.extend(body);
    bytes
}

/// A GeoPackage with a layer of communes, one of styles and an empty one.
fn geopackage(bench: &Bench, name: &str, system: i64) {
    let connection = rusqlite::Connection::open(bench.path(name)).expect("a database");
    connection
        .execute_batch(
            "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT, description TEXT);
             INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, '', ''), ('Amersfoort', 28992, 'EPSG', 28992, '', ''), ('?', 0, 'NONE', 0, '', '');
             CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, srs_id INTEGER);
             CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
             CREATE TABLE xa (fid INTEGER PRIMARY KEY, geom BLOB, ma TEXT, ten TEXT, so REAL);
             CREATE TABLE trong (fid INTEGER PRIMARY KEY, geom BLOB);
             CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, styleQML TEXT);
             INSERT INTO gpkg_contents VALUES ('layer_styles', 'attributes', '', 0), ('trong', 'features', '', 4326), ('xa', 'features', '', 4326);",
        )
        .expect("tables");
    for layer in ["trong", "xa"] {
        connection
            .execute("INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', 'POLYGON', ?2, 0, 0)", (layer, system))
            .expect("a layer");
    }
    for (i, name) in NAMES.iter().enumerate() {
        // Header with a box, then a polygon with heights in big-endian order.
        let mut geometry = b"GP\0".to_vec();
        geometry.push(0b0000_0011);
        geometry.extend(4326i32.to_le_bytes());
        [west(i), west(i + 1), 10.0, 10.1].iter().for_each(|number| geometry.extend(number.to_le_bytes()));
        geometry.push(0);
        geometry.extend(1003u32.to_be_bytes());
        geometry.extend(1u32.to_be_bytes());
        geometry.extend(5u32.to_be_bytes());
        for [x, y] in ring(i) {
            [x, y, 3.5].iter().for_each(|number| geometry.extend(number.to_be_bytes()));
        }
        connection
            .execute("INSERT INTO xa VALUES (?1, ?2, ?3, ?4, 1.5)", (i as i64 + 1, geometry, format!("3100{i}"), name))
            .expect("a row");
    }
}

fn kml() -> String {
    let placemarks: String = (0..5)
        .map(|i| {
            let ring = ring(i).map(|[x, y]| format!("{x},{y},0")).join(" ");
            format!(
                "<Placemark><name>{}</name><ExtendedData><SchemaData><SimpleData name=\"ma\">3100{i}</SimpleData></SchemaData></ExtendedData>\
                 <Polygon><outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>\
                 <Placemark><name>{}</name><Point><coordinates>{},10.05,0</coordinates></Point></Placemark>",
                NAMES[i],
                NAMES[i],
                west(i) + 0.05
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Folder><name>xã</name>{placemarks}</Folder></Document></kml>"
    )
}

fn kmz() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("doc.kml", zip::write::SimpleFileOptions::default()).expect("an entry");
    archive.write_all(kml().as_bytes()).expect("written");
    archive.finish().expect("a file").into_inner()
}

/// The rows of communes.csv that `new` and `build` make of some files and the table; what was said comes too.
fn built(bench: &Bench, project: &str, files: &[&str]) -> (String, String) {
    let mut arguments = vec!["new", project];
    arguments.extend(files);
    arguments.extend(["t.csv", "--lang", "en"]);
    let ran = bench.run(&arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let built = bench.run(&["build", project, "--only", "tables", "--lang", "en"]);
    assert_eq!(built.code, 0, "{project}: {}\n{}", built.stderr, bench.read(&format!("{project}/ruong.toml")));
    let problems = bench.read(&format!("{project}/out/problems.csv"));
    (bench.read(&format!("{project}/out/tables/communes.csv")), format!("{}{problems}", built.stderr))
}

const PRJ: &str = "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

#[test]
fn every_format_says_what_geojson_says() {
    let bench = Bench::new();
    bench.write("t.csv", table()).write("a/xa.geojson", geojson());
    let (expected, _) = built(&bench, "A", &["a/xa.geojson"]);
    assert!(expected.contains("31002,Phú Thuận,") && expected.lines().count() == 6, "{expected}");
    bench.write("b/xa.shp", shp(|p| p)).write("b/XA.DBF", dbf(|t| t.into(), None)).write("b/xa.prj", PRJ);
    assert_eq!(built(&bench, "B", &["b/xa.shp"]).0, expected);
    std::fs::create_dir_all(bench.path("c")).expect("a folder");
    geopackage(&bench, "c/xa.gpkg", 4326);
    assert_eq!(built(&bench, "C", &["c/xa.gpkg"]).0, expected);
    assert_eq!(std::fs::read_dir(bench.path("c")).expect("the folder").count(), 1, "nothing is written beside a GeoPackage");
    bench.write("d/xa.kml", kml()).write("e/xa.kmz", kmz());
    let (found, said) = built(&bench, "D", &["d/xa.kml"]);
    assert_eq!(found, expected);
    assert!(said.contains("5 points among areas"), "{said}");
    assert_eq!(built(&bench, "E", &["e/xa.kmz"]).0, expected);
}

#[test]
fn letters_of_a_shapefile_are_told_by_its_words() {
    // "Thường Phước" and the others in TCVN 5712:1993, by hand.
    let tcvn3: [&[u8]; 5] =
        [b"Th\xad\xeang Ph\xad\xedc", b"Long Kh\xb8nh", b"Ph\xf3 Thu\xcbn", b"T\xa9n H\xe9i", b"B\xd7nh Th\xb9nh"];
    let bench = Bench::new();
    bench.write("t.csv", table()).write("xa.geojson", geojson());
    let (expected, _) = built(&bench, "A", &["xa.geojson"]);
    let letters = |name: &str| tcvn3[NAMES.iter().position(|known| *known == name).expect("a name")].to_vec();
    bench
        .write("b/xa.shp", shp(|p| p))
        .write("b/xa.dbf", dbf(letters, None))
        .write("b/xa.prj", PRJ)
        .write("b/xa.cpg", "ANSI 1252");
    let (found, said) = built(&bench, "B", &["b/xa.shp"]);
    assert_eq!(found, expected);
    assert!(said.contains("TCVN3"), "{said}");
    // A label that is wrong.
    bench
        .write("c/xa.shp", shp(|p| p))
        .write("c/xa.dbf", dbf(|t| t.into(), None))
        .write("c/xa.prj", PRJ)
        .write("c/xa.cpg", "1252");
    let (found, said) = built(&bench, "C", &["c/xa.shp"]);
    assert_eq!(found, expected);
    assert!(said.contains("the text is UTF-8"), "{said}");
}

#[test]
fn a_deleted_row_moves_no_name_to_another_shape() {
    let bench = Bench::new();
    bench.write("t.csv", table()).write("xa.geojson", geojson());
    let (expected, _) = built(&bench, "A", &["xa.geojson"]);
    bench.write("b/xa.shp", shp(|p| p)).write("b/xa.dbf", dbf(|t| t.into(), Some(1))).write("b/xa.prj", PRJ);
    assert_eq!(built(&bench, "B", &["b/xa.shp"]).0, expected);
    // A table that is cut short is said, with both counts.
    let bytes = dbf(|t| t.into(), None);
    bench.write("c/xa.shp", shp(|p| p)).write("c/xa.dbf", &bytes[..bytes.len() - 60]).write("c/xa.prj", PRJ);
    let (_, said) = built(&bench, "C", &["c/xa.shp"]);
    assert!(said.contains("the .dbf has 3 rows, the .shp 5 shapes"), "{said}");
}

#[test]
fn reference_systems_are_read_and_doubt_is_said() {
    let bench = Bench::new();
    bench.write("t.csv", table());
    // Eastings and northings of EPSG:5897 as PROJ has them for [105.696701621, 10.760020259]; the .prj states WGS 84.
    let square = |[x, y]: [f64; 2]| [576_000.0 + 10_000.0 * (x - 105.0), 1_190_000.0 + 10_000.0 * (y - 10.0)];
    let prj = "PROJCS[\"VN2000_DongThap\",GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",105.0],PARAMETER[\"Scale_Factor\",0.9999],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]";
    bench.write("xa.shp", shp(square)).write("xa.dbf", dbf(|t| t.into(), None)).write("xa.prj", prj);
    // A point 10 m inside of the corner, and one 80 m west of it: in a layer read as WGS 84, 195 m too far west, both are inside.
    bench.write("diem.csv", "ten,kinh_do,vi_do\nTrong,105.69680,10.76010\nNgoài,105.69597,10.76100\n");
    let (_, said) = built(&bench, "A", &["xa.shp", "diem.csv"]);
    assert!(said.contains("read as VN-2000") && said.contains("EPSG:5897"), "{said}");
    assert!(said.contains("diem.csv, line 3") && !said.contains("diem.csv, line 2"), "{said}");
    // A system that this build does not know is named; with GDAL every system is known.
    if cfg!(feature = "gdal") {
        return;
    }
    geopackage(&bench, "nl.gpkg", 28992);
    let ran = bench.run(&["new", "B", "nl.gpkg", "t.csv", "--lang", "en"]);
    assert!(ran.code == 2 && ran.stderr.contains("28992"), "{}", ran.stderr);
}

#[test]
fn files_that_are_broken_or_are_no_layers_are_named_with_what_to_do() {
    let bench = Bench::new();
    bench.write("t.csv", table()).write("xa.geojson", geojson());
    let whole = shp(|p| p);
    geopackage(&bench, "whole.gpkg", 4326);
    let database = std::fs::read(bench.path("whole.gpkg")).expect("the file");
    bench
        .write("cut.shp", &whole[..whole.len() - 30])
        .write("cut.gpkg", &database[..database.len() / 2])
        .write("not.gpkg", "SQLite format 2")
        .write("not.kml", &kml()[..kml().len() / 2])
        .write("not.kmz", "PK\u{3}\u{4}")
        .write("empty.shp", "")
        .write("bao-cao.doc", "x")
        .write("quet.pdf", "%PDF-1.4")
        .write("anh.jpg", "x");
    for (file, words) in [
        ("cut.shp", "cannot read the Shapefile"),
        ("cut.gpkg", "GeoPackage"),
        ("not.gpkg", "GeoPackage"),
        ("not.kml", "KML"),
        ("not.kmz", "KML"),
        ("empty.shp", "empty"),
        ("bao-cao.doc", "save it as .docx"),
        ("quet.pdf", "ask for the Excel or Word file"),
        ("anh.jpg", "a picture"),
    ] {
        let ran = bench.run(&["new", "P", "xa.geojson", "t.csv", file, "--lang", "en", "--force"]);
        assert!(ran.code == 0 && ran.stderr.contains(file) && ran.stderr.contains(words), "{file}: {}", ran.stderr);
    }
}

#[test]
fn points_are_a_table_and_lines_are_drawn() {
    let bench = Bench::new();
    let point = |name: &str, x: f64| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"ten\":\"{name}\"}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{x},10.05]}}}}"
        )
    };
    let line = "{\"type\":\"Feature\",\"properties\":{\"ten\":\"Sông Tiền\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[105.0,10.02],[105.5,10.02]]}}";
    bench
        .write("dl/xa.geojson", geojson())
        .write("dl/t.csv", table())
        .write("dl/kho lua.geojson", collection(&[point("Kho A", 105.05), point("Kho B", 105.25)]))
        .write("dl/song.geojson", collection(&[line.to_owned()]))
        .write("dl/~$t.xlsx", "x")
        .write("dl/.~lock.t.csv#", "x")
        .write("dl/Thumbs.db", "x")
        .write("dl/desktop.ini", "x");
    let ran = bench.run(&["new", "P", "dl", "--lang", "en"]);
    let text = bench.read("P/ruong.toml");
    assert!(text.contains("kind = \"points\"") && text.contains("kind = \"river\""), "{text}");
    assert!(!ran.stderr.contains("Thumbs") && !ran.stderr.contains("lock"), "{}", ran.stderr);
    let built = bench.run(&["build", "P", "--only", "tables", "--lang", "en"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
}

#[test]
fn folders_of_districts_are_one_layer_and_those_of_two_dates_are_not() {
    let bench = Bench::new();
    bench.write("t.csv", table()).write("xa.geojson", geojson());
    let (expected, _) = built(&bench, "A", &["xa.geojson"]);
    let folder = |name: &str, units: &[usize]| {
        let one = |i: &usize| {
            let ring = ring(*i).map(|[x, y]| format!("{x},{y}")).join(" ");
            format!(
                "<Placemark><name>{}</name><ExtendedData><Data name=\"ma\"><value>3100{i}</value></Data></ExtendedData>\
                 <Polygon><outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>",
                NAMES[*i]
            )
        };
        format!("<Folder><name>{name}</name>{}</Folder>", units.iter().map(one).collect::<String>())
    };
    let kml = |folders: String| format!("<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>{folders}</Document></kml>");
    bench.write("b/xa.kml", kml(folder("Hồng Ngự", &[0, 1]) + &folder("Tam Nông", &[2, 3, 4])));
    assert_eq!(built(&bench, "B", &["b/xa.kml"]).0, expected);
    bench.write("C/xa.kml", kml(folder("cũ", &[0, 1, 2, 3, 4]) + &folder("mới", &[0, 1])));
    bench
        .write("C/ruong.toml", "version = 1\nlanguage = \"en\"\n[communes]\nfile = \"xa.kml\"\ncode = \"ma\"\nname = \"Name\"\n");
    let ran = bench.run(&["build", "C", "--only", "tables"]);
    assert!(ran.code == 2 && ran.stderr.contains("cũ, mới"), "{}", ran.stderr);
}

/// Half a circle of 0.05° above a straight line from 105.0 to 105.1 at 10.0, as well-known binary: COMPOUNDCURVE of an arc and a line.
fn half_a_circle() -> Vec<u8> {
    let numbers = |list: &[f64]| list.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    let head = |kind: u32, count: u32| [&[1u8][..], &kind.to_le_bytes(), &count.to_le_bytes()].concat();
    [
        b"GP\0\x01".to_vec(),
        4326i32.to_le_bytes().to_vec(),
        head(10, 1),
        head(9, 2),
        head(8, 3),
        numbers(&[105.1, 10.0, 105.05, 10.05, 105.0, 10.0]),
        head(2, 2),
        numbers(&[105.0, 10.0, 105.1, 10.0]),
    ]
    .concat()
}

#[test]
fn arcs_are_made_straight_and_it_is_said() {
    let bench = Bench::new();
    geopackage(&bench, "xa.gpkg", 4326);
    let connection = rusqlite::Connection::open(bench.path("xa.gpkg")).expect("a database");
    connection.execute("UPDATE xa SET geom = ?1 WHERE fid = 1", [half_a_circle()]).expect("a curve");
    drop(connection);
    bench.write("t.csv", table());
    let (tables, said) = built(&bench, "A", &["xa.gpkg", "t.csv"]);
    let area: f64 =
        tables.lines().nth(1).and_then(|line| line.split(',').nth(2)).and_then(|cell| cell.parse().ok()).expect("an area");
    // Half of π r², degrees as long as on the ellipsoid at 10.02° (PROJ's geod: 109,633.6 m east, 110,615.1 m north).
    let expected = std::f64::consts::PI * 0.05 * 0.05 / 2.0 * 109_633.6 * 110_615.1 / 10_000.0;
    assert!((area / expected - 1.0).abs() < 1e-3, "{area} for {expected}");
    assert!(said.contains("1 shapes have curves") || bench.read("A/out/problems.csv").contains("1 hình có cung tròn"), "{said}");
}

#[test]
fn a_zone_of_vn2000_that_lies_in_the_sea_is_refused_with_those_that_do_not() {
    let bench = Bench::new();
    bench.write("t.csv", table());
    // Metres of the zone of 105°45′ in a file that says 108°30′: off the coast of Bình Thuận.
    let metres = |[x, y]: [f64; 2]| [446_000.0 + 109_600.0 * (x - 105.25), 1_150_000.0 + 110_600.0 * (y - 10.4)];
    let prj = |meridian: &str| {
        format!(
            "PROJCS[\"VN_2000_TM-3\",GEOGCS[\"GCS_VN-2000\",DATUM[\"D_Vietnam_2000\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",{meridian}],PARAMETER[\"Scale_Factor\",0.9999],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]"
        )
    };
    bench.write("xa.shp", shp(metres)).write("xa.dbf", dbf(|t| t.into(), None)).write("xa.prj", prj("108.5"));
    let ran = bench.run(&["new", "A", "xa.shp", "t.csv", "--lang", "en"]);
    assert!(
        ran.code == 2 && ran.stderr.contains("outside of Vietnam") && ran.stderr.contains("105°45′ EPSG:9210"),
        "{}",
        ran.stderr
    );
    bench.write("xa.prj", prj("105.75"));
    let (_, said) = built(&bench, "B", &["xa.shp", "t.csv"]);
    assert!(!said.contains("outside of Vietnam"), "{said}");
}

#[test]
fn a_layer_may_come_zipped() {
    let bench = Bench::new();
    bench.write("t.csv", table());
    let zipped = |files: &[(&str, Vec<u8>)]| {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
            archive.write_all(bytes).expect("bytes");
        }
        archive.finish().expect("an archive").into_inner()
    };
    let layer =
        [("ranh gioi/xa.shp", shp(|p| p)), ("ranh gioi/xa.dbf", dbf(|t| t.into(), None)), ("__MACOSX/._xa.shp", b"x".to_vec())];
    bench.write("xa.zip", zipped(&layer)).write("xa.geojson", geojson());
    let (zip, _) = built(&bench, "A", &["xa.zip", "t.csv"]);
    let (plain, _) = built(&bench, "B", &["xa.geojson", "t.csv"]);
    assert_eq!(zip, plain);
    // Two layers are two answers; a broken archive is named.
    bench.write("hai.zip", zipped(&[("a.geojson", geojson().into_bytes()), ("b.geojson", geojson().into_bytes())]));
    bench.write("hong.zip", &zipped(&layer)[..400]);
    for (file, words) in [("hai.zip", "2 layers (a.geojson, b.geojson)"), ("hong.zip", "cannot read the archive")] {
        let ran = bench.run(&["new", "C", file, "t.csv", "--lang", "en", "--force"]);
        assert!(ran.code == 2 && ran.stderr.contains(words), "{file}: {}", ran.stderr);
    }
}

#[test]
fn a_system_of_a_geopackage_is_told_by_its_definition() {
    let bench = Bench::new();
    geopackage(&bench, "xa.gpkg", 4326);
    let definition = "PROJCS[\"VN2000 noi bo\",GEOGCS[\"VN-2000\",DATUM[\"Vietnam_2000\",SPHEROID[\"WGS 84\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"central_meridian\",105.0],PARAMETER[\"scale_factor\",0.9999],PARAMETER[\"false_easting\",500000],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]";
    let connection = rusqlite::Connection::open(bench.path("xa.gpkg")).expect("a database");
    connection
        .execute("INSERT INTO gpkg_spatial_ref_sys VALUES ('noi bo', 100000, 'NONE', 100000, ?1, '')", [definition])
        .and_then(|_| connection.execute("UPDATE gpkg_geometry_columns SET srs_id = 100000", []))
        .expect("a system");
    drop(connection);
    bench.write("t.csv", table());
    // Its positions are degrees, which those metres cannot be: only who read the definition can say so.
    let ran = bench.run(&["new", "A", "xa.gpkg", "t.csv", "--lang", "en"]);
    assert!(
        ran.code == 2 && ran.stderr.contains("VN2000 noi bo (metres) is stated but the coordinates are degrees"),
        "{}",
        ran.stderr
    );
}
