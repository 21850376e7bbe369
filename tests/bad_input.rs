//! Bad input: one clear error with its place, or a listed problem; never a panic, never a silent loss.

mod common;
use common::*;

/// Builds tables from a commune file and returns (exit code, stderr, problems.csv).
fn with_communes(content: impl AsRef<[u8]>) -> (i32, String, String) {
    let bench = Bench::new();
    bench.write("c.geojson", content).write("ruong.toml", COMMUNES_ONLY);
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet", "--lang", "en"]);
    let problems = std::fs::read_to_string(bench.path("out/problems.csv")).unwrap_or_default();
    (ran.code, ran.stderr, problems)
}

/// Builds tables from an indicator table.
fn with_table(content: impl AsRef<[u8]>, more: &str) -> (i32, String, String, String) {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("t.csv", content).write(
        "ruong.toml",
        format!("{COMMUNES_ONLY}[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = {{ commune = \"code\" }}\n{more}\n"),
    );
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet", "--lang", "en"]);
    let read = |name: &str| std::fs::read_to_string(bench.path(name)).unwrap_or_default();
    (ran.code, ran.stderr.clone(), read("out/problems.csv"), read("out/tables/communes.csv"))
}

#[track_caller]
fn refused(content: impl AsRef<[u8]>, words: &[&str]) {
    let (code, stderr, _) = with_communes(content);
    assert_eq!(code, 2, "{stderr}");
    for word in words {
        assert!(stderr.contains(word), "\"{word}\" in:\n{stderr}");
    }
}

#[test]
fn coordinates_that_are_not_longitude_and_latitude_are_named_for_what_they_look_like() {
    let one = |ring: &str| collection(&[feature("\"code\":\"1\"", ring)]);
    refused(one(&square(526_571.0, 1_195_872.0, 527_571.0, 1_196_872.0)), &["VN-2000 metres", "EPSG:5897", "feature 1"]);
    refused(one(&square(1_195_872.0, 526_571.0, 1_196_872.0, 527_571.0)), &["X and Y swapped"]);
    refused(one(&square(10.1, 105.1, 10.2, 105.2)), &["longitude and latitude are swapped"]);
    let stated = two_communes().replacen(
        "{\"type\"",
        "{\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::5897\"}},\"type\"",
        1,
    );
    refused(stated, &["EPSG::5897", "the coordinates are degrees"]);
}

#[test]
fn broken_files_are_refused_with_their_place() {
    refused("", &["c.geojson"]);
    refused("   \n", &["no features"]);
    refused("code,name\n1,A\n", &["not GeoJSON", "code,name"]);
    let whole = two_communes();
    refused(&whole[..whole.len() - 40], &["cut short", "feature 2"]);
    refused(whole.replacen("105.1,10],", "105.1,],", 1), &["broken JSON", "feature 1"]);
    refused(format!("{}{}", "[".repeat(100_000), "]"), &["not GeoJSON"]);
    refused(feature("\"code\":\"1\"", &"[".repeat(5000)), &["c.geojson"]);
    refused(whole.replace("\"code\"", "\"ma\""), &["no column \"code\"", "\"ma\""]);
    let utf16 = with_communes(whole.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    assert_eq!(utf16.0, 0, "UTF-16 is converted: {}", utf16.1);
}

#[test]
fn every_form_of_geojson_reads_alike() {
    let expected = with_table("code,x\n00412,1\n", "").3;
    let lines =
        two_communes().replace("{\"type\":\"FeatureCollection\",\"features\":[", "").replace("]}},{\"type\"", "]}}\n{\"type\"");
    let lines = lines.strip_suffix("]}").expect("the end of a collection").to_owned();
    let three = two_communes().replace(",10],", ",10,7.5],");
    let tricky = two_communes().replacen(
        "\"features\":",
        "\"note\":{\"features\":[1,2]},\"text\":\"\\\"features\\\":[{\",\"features\":",
        1,
    );
    for content in [
        format!("\u{feff}{}", two_communes()),
        lines.clone(),
        format!("\u{1e}{}", lines.replace('\n', "\n\u{1e}")),
        three,
        tricky,
    ] {
        let bench = Bench::new();
        bench.write("c.geojson", &content).write("t.csv", "code,x\n00412,1\n").write(
            "ruong.toml",
            format!(
                "{COMMUNES_ONLY}[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = {{ commune = \"code\" }}\n"
            ),
        );
        let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
        assert_eq!(ran.code, 0, "{}\n{content}", ran.stderr);
        assert_eq!(bench.read("out/tables/communes.csv"), expected, "{content}");
    }
    let (code, stderr, _) = with_communes(feature("\"code\":\"1\",\"name\":\"A\"", &square(105.0, 10.0, 105.1, 10.1)));
    assert_eq!(code, 0, "{stderr}");
}

#[test]
fn unusable_geometries_are_listed_with_index_and_kept_as_rows() {
    let good = feature("\"code\":\"1\",\"name\":\"A\"", &square(105.0, 10.0, 105.1, 10.1));
    let no_geometry = "{\"type\":\"Feature\",\"properties\":{\"code\":\"2\"},\"geometry\":null}".to_owned();
    let point =
        "{\"type\":\"Feature\",\"properties\":{\"code\":\"3\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[105,10]}}"
            .to_owned();
    let short = feature("\"code\":\"4\"", "[[[105,10],[105.1,10],[105,10]]]");
    let flat = feature("\"code\":\"5\"", "[[[105,10],[105.1,10],[105.2,10],[105,10]]]");
    let empty = feature("\"code\":\"6\"", "[[]]");
    let deep = feature("\"code\":\"7\"", "[[[[105,10],[105.1,10],[105.1,10.1],[105,10]]]]");
    let tie = feature("\"code\":\"8\"", "[[[105.3,10],[105.5,10.2],[105.4,10],[105.3,10.1],[105.3,10]]]");
    let (code, stderr, problems) = with_communes(collection(&[good, no_geometry, point, short, flat, empty, deep, tie]));
    assert_eq!(code, 0, "{stderr}");
    let found = rows(&problems);
    for (row, words) in [
        ("2", "no geometry"),
        ("3", "the geometry is Point"),
        ("4", "only 2 positions"),
        ("5", "no area"),
        ("6", "only 0 positions"),
        ("7", "has not the form"),
    ] {
        assert!(found.iter().any(|p| p["row"] == row && p["problem"].contains(words)), "{row}: {words} in\n{problems}");
    }
    assert!(found.iter().any(|p| p["value"] == "8" && p["problem"].contains("crosses itself")), "{problems}");
}

#[test]
fn numbers_are_never_guessed() {
    let (code, stderr, ..) = with_table("code;ha\n00412;1,234\n00413;5\n", "");
    assert_eq!(code, 2);
    assert!(stderr.contains("\"1,234\" may be a thousand or a fraction") && stderr.contains("line 2"), "{stderr}");
    for (decimal, expected) in [(",", "1.234"), (".", "1234")] {
        let (code, _, _, table) = with_table("code;ha\n00412;1,234\n00413;5\n", &format!("decimal = \"{decimal}\""));
        assert_eq!((code, rows(&table)[0]["t.ha"].as_str()), (0, expected));
    }
    let (_, _, _, proved) = with_table("code;ha\n00412;1.234,5\n00413;1,234\n", "");
    assert_eq!((rows(&proved)[0]["t.ha"].as_str(), rows(&proved)[1]["t.ha"].as_str()), ("1234.5", "1.234"));
    let (code, stderr, ..) = with_table("code;ha\n00412;1,5\n00413;1.5\n", "");
    assert_eq!(code, 2);
    assert!(stderr.contains("mixes two kinds of decimals"), "{stderr}");
}

#[test]
fn bad_cells_and_rows_are_listed_with_their_line() {
    let text = "code,ha,note\r\n00412,5,\"two\r\nlines\"\r\n00413,năm,x\r\n\r\n00999,1\r\n";
    let (code, stderr, problems, table) = with_table(text, "");
    assert_eq!(code, 0, "{stderr}");
    assert_eq!((rows(&table)[0]["t.ha"].as_str(), rows(&table)[1]["t.ha"].as_str()), ("5", ""));
    let found = rows(&problems);
    let at = |value: &str| found.iter().find(|p| p["value"] == value).unwrap_or_else(|| panic!("{value} in\n{problems}"));
    assert_eq!((at("năm")["row"].as_str(), at("năm")["column"].as_str()), ("4", "ha"));
    assert_eq!(at("00999")["row"], "6");
    assert!(found.iter().any(|p| p["row"] == "6" && p["problem"].contains("2 cells, the heading 3")), "{problems}");
}

#[test]
fn unreadable_tables_are_one_clear_error() {
    for (content, words) in [
        (b"".to_vec(), "empty"),
        (b"PK\x03\x04....".to_vec(), "Excel file"),
        (b"\xff\xfec\x00o\x00".to_vec(), "no column \"code\""),
        (b"code,ten\n00412,Th\xe0nh\n".to_vec(), "not UTF-8"),
        (b"ma,ha\n00412,1\n".to_vec(), "no column \"code\""),
        (b"code,ha,ha\n00412,1,2\n".to_vec(), "comes again in column 3"),
        (b"code,ha\n00412,1\n00412,2\n".to_vec(), "earlier row"),
    ] {
        let (code, stderr, ..) = with_table(&content, "");
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains(words) && stderr.contains("t.csv"), "{words} in\n{stderr}");
    }
}

#[test]
fn wrong_commands_and_missing_projects_exit_with_2() {
    let bench = Bench::new();
    for arguments in [&["build", "nowhere"][..], &["build"], &["bulid", "."], &["build", ".", "--only", "mpas"]] {
        let ran = bench.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(!ran.stderr.is_empty());
    }
    bench.write("ruong.toml", "version = 1\n[communes]\nfile = \n");
    let ran = bench.run(&["build", ".", "--lang", "en"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("line 3") && ran.stderr.contains("file ="), "{}", ran.stderr);
}

#[test]
fn forecasts_that_cannot_be_read_are_listed_not_counted() {
    let bench = Bench::new();
    bench
        .write("c.geojson", two_communes())
        .write("f.geojson", collection(&[feature("\"id\":\"F1\"", &square(105.01, 10.01, 105.02, 10.02))]))
        .write("p.csv", "id,ngay,svgh,muc_do\nF1,2024-04-09,rầy nâu,7\nF1,không rõ,rầy nâu,4\nF1,2024-04-09,,3\nF1,2024-04-09,rầy nâu,nhẹ\n")
        .write(
            "ruong.toml",
            format!("{COMMUNES_ONLY}[fields]\nfile = \"f.geojson\"\n[[tables]]\nid = \"p\"\nkind = \"pest-forecast\"\nfile = \"p.csv\"\nkey = {{ field = \"id\" }}\n"),
        );
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(rows(&bench.read("out/tables/communes.csv"))[0]["mean_severity"], "1");
    let problems = bench.read("out/problems.csv");
    for words in ["severity is 0 to 4", "cannot read this day or week", "1 rows leave this column blank"] {
        assert!(problems.contains(words), "{words} in\n{problems}");
    }
}

#[test]
fn two_indicators_with_one_id_are_refused() {
    let more = "indicators = [ { id = \"a\", column = \"ha\" }, { id = \"a\", column = \"tan\" } ]";
    let (code, stderr, ..) = with_table("code,ha,tan\n00412,1,2\n", more);
    assert_eq!(code, 2, "{stderr}");
    assert!(stderr.contains("two indicators of this table have the id \"a\""), "{stderr}");
}

#[test]
fn one_table_that_cannot_be_written_does_not_stop_the_others() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("ruong.toml", COMMUNES_ONLY).write("out/tables/communes.xlsx/in-the-way", "");
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(bench.path("out/tables/communes.csv").is_file() && bench.path("out/tables/communes.geojson").is_file());
    assert!(bench.read("out/problems.csv").contains("communes.xlsx"), "{}", bench.read("out/problems.csv"));
}

#[test]
fn points_that_are_no_positions_are_told_from_points_elsewhere() {
    let bench = Bench::new();
    bench
        .write("c.geojson", two_communes())
        .write("t.csv", "x,y,n\n105.05,10.05,1\n10.05,105.05,2\n571234,1190000,3\n,10,4\n107.0,10.0,5\n");
    bench.write(
        "ruong.toml",
        format!("{COMMUNES_ONLY}[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = {{ lon = \"x\", lat = \"y\" }}\n"),
    );
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let said: Vec<String> = rows(&bench.read("out/problems.csv"))
        .iter()
        .filter(|row| row["level"] == "error")
        .map(|row| format!("{}: {}", row["row"], row["problem"]))
        .collect();
    assert_eq!(
        said,
        [
            "3: longitude and latitude are swapped",
            "4: these are not degrees; they look like metres",
            "5: not a position",
            "6: the point lies in no commune"
        ]
    );
}
