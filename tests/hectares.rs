//! Hectares that must not go wrong without a word: former units, headings with units, rows of totals, contracts without a shape, figures
//! that measure nothing; and outputs that must not replace an input or leave their folder.

mod common;

use common::*;

/// One former commune that became five of today, and one that stayed; geodesic areas of equal squares are equal along a parallel.
fn former() -> Bench {
    let bench = Bench::new();
    let today: Vec<String> = (0..6)
        .map(|i| {
            let west = 105.0 + 0.01 * f64::from(i);
            feature(&format!("\"code\":\"3000{i}\",\"name\":\"Mới {i}\""), &square(west, 10.0, west + 0.01, 10.01))
        })
        .collect();
    let old = [
        feature("\"code\":\"20001\",\"name\":\"Cũ lớn\"", &square(105.0, 10.0, 105.05, 10.01)),
        feature("\"code\":\"20002\",\"name\":\"Cũ nhỏ\"", &square(105.05, 10.0, 105.06, 10.01)),
        feature("\"code\":\"20003\",\"name\":\"Không có dòng nào\"", &square(105.07, 10.0, 105.08, 10.01)),
    ];
    bench.write("c.geojson", collection(&today)).write("old.geojson", collection(&old));
    bench
}

const FORMER: &str = "version = 1\nlanguage = \"en\"\n[communes]\nfile = \"c.geojson\"\nname = \"name\"\n[[former]]\nid = \"2024\"\nfile = \"old.geojson\"\nname = \"name\"\n";

fn near(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() <= 1e-3 * expected.abs().max(1.0), "{what}: {found} is not {expected}");
}

fn sum(rows: &[std::collections::BTreeMap<String, String>], column: &str) -> f64 {
    rows.iter().filter_map(|row| row[column].parse::<f64>().ok()).sum()
}

#[test]
fn former_units_keep_the_totals_of_every_kind_of_table() {
    for (kind, more, text, columns) in [
        (
            "infested-area",
            "",
            "xa,pest,light_ha,medium_ha,heavy_ha,lost_ha,total_ha\n20001,rầy nâu,60,30,8,2,100\n20002,rầy nâu,1,2,3,4,10\n",
            &[
                ("infested_ha", 110.0),
                ("infested_ha_1", 61.0),
                ("infested_ha_2", 32.0),
                ("infested_ha_3", 11.0),
                ("infested_ha_4", 6.0),
            ][..],
        ),
        ("infested-area", "", "xa,pest,total_ha\n20001,rầy nâu,100\n20002,rầy nâu,10\n", &[("infested_ha", 110.0)][..]),
        (
            "linked-production",
            "",
            "xa,enterprise,contracted_ha\n20001,E,100\n20001,F,20\n20002,E,5\n",
            &[("linked_ha", 125.0)][..],
        ),
        ("indicator", "", "xa,ho\n20001,50\n20002,7\n", &[("t.ho", 57.0)][..]),
        ("herds", "", "xa,head,vaccinated\n20001,500,250\n20002,40,10\n", &[("t.head", 540.0), ("t.vaccinated", 260.0)][..]),
    ] {
        let bench = former();
        bench.write("t.csv", text).write(
            "ruong.toml",
            format!("{FORMER}[[tables]]\nid = \"t\"\nkind = \"{kind}\"\nfile = \"t.csv\"\nunits = \"2024\"\nkey = {{ commune = \"xa\" }}\n{more}"),
        );
        let ran = bench.run(&["build", ".", "--only", "tables"]);
        assert_eq!(ran.code, 0, "{kind}: {}", ran.stderr);
        let communes = rows(&bench.read("out/tables/communes.csv"));
        for (column, total) in columns {
            near(sum(&communes, column), *total, &format!("{kind}, {column}"));
        }
        let (column, total) = columns[0];
        let alone = number(&communes[5], column);
        near(number(&communes[0], column), (total - alone) / 5.0, &format!("{kind}: a fifth"));
        assert!(bench.read("out/problems.csv").contains("to 6 units of today"), "{kind}: {}", bench.read("out/problems.csv"));
    }
}

#[test]
fn levels_hold_for_every_part_and_an_outbreak_is_not_divided() {
    let bench = former();
    bench
        .write("t.csv", "xa,pest,severity\n20001,rầy nâu,3\n20002,rầy nâu,1\n")
        .write("o.csv", "ma_xa,onset,sick\n20001,2024-01-02,5\n20002,2024-01-03,7\n")
        .write(
            "ruong.toml",
            format!(
                "{FORMER}[[tables]]\nid = \"t\"\nkind = \"pest-forecast\"\nfile = \"t.csv\"\nunits = \"2024\"\nkey = {{ commune = \"xa\" }}\n\
                 [[tables]]\nid = \"o\"\nkind = \"outbreaks\"\nfile = \"o.csv\"\nunits = \"2024\"\nkey = {{ commune = \"ma_xa\" }}\n"
            ),
        );
    let ran = bench.run(&["build", ".", "--only", "tables"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let communes = rows(&bench.read("out/tables/communes.csv"));
    assert_eq!([number(&communes[0], "mean_severity"), number(&communes[5], "mean_severity")], [3.0, 1.0]);
    assert_eq!((communes[5]["o.sick"].as_str(), sum(&communes, "o.sick")), ("7", 7.0));
    let problems = bench.read("out/problems.csv");
    assert!(problems.contains("lies in several communes of today") && problems.contains("Cũ lớn"), "{problems}");
    bench.write("p.csv", "lon,lat\n105.01,10.005\n").write(
        "ruong.toml",
        format!("{FORMER}[[tables]]\nid = \"p\"\nkind = \"points\"\nfile = \"p.csv\"\nunits = \"2024\"\nkey = {{ lon = \"lon\", lat = \"lat\" }}\n"),
    );
    let ran = bench.run(&["build", "."]);
    assert!(ran.code == 2 && ran.stderr.contains("units"), "{}", ran.stderr);
}

/// A project of the two communes with one table, its key by name.
fn named(kind: &str, text: &str) -> Bench {
    let bench = Bench::new();
    let repeats = if matches!(kind, "indicator" | "linked-production") { "duplicates = \"sum\"\n" } else { "" };
    let table =
        format!("[[tables]]\nid = \"t\"\nkind = \"{kind}\"\nfile = \"t.csv\"\nkey = {{ commune_name = \"xa\" }}\n{repeats}");
    bench.write("c.geojson", two_communes()).write("t.csv", text).write("ruong.toml", format!("{COMMUNES_ONLY}{table}"));
    bench
}

#[test]
fn hectares_are_read_below_headings_with_units_and_what_nothing_reads_is_said() {
    let bench =
        named("infested-area", "xa;SVGH;Nhẹ (ha);TB (ha);Nặng, ha;Mất trắng (ha);Phun trừ (ha)\nMỹ Tho;rầy nâu;10;3,5;2;2;9\n");
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(rows(&bench.read("out/tables/communes.csv"))[0]["infested_ha"], "17.5");
    let problems = rows(&bench.read("out/problems.csv"));
    let unread = problems
        .iter()
        .find(|problem| problem["problem"].contains("this column of figures is not read"))
        .expect("the column is named");
    assert_eq!((unread["level"].as_str(), unread["column"].as_str()), ("warning", "Phun trừ (ha)"));
    // The draft sees the same columns.
    let ran = bench.run(&["new", "moi", "c.geojson", "t.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let draft = bench.read("moi/ruong.toml");
    for part in ["medium_ha = \"TB (ha)\"", "lost_ha = \"Mất trắng (ha)\"", "heavy_ha = \"Nặng, ha\""] {
        assert!(draft.contains(part), "{part}: {draft}");
    }
}

#[test]
fn a_day_below_a_heading_with_its_form_is_a_day() {
    let bench =
        named("pest-forecast", "xa,Ngày (dd/mm/yyyy),SVGH,Mức độ\nMỹ Tho,09/04/2024,rầy nâu,1\nMỹ Tho,09/04/2023,rầy nâu,4\n");
    let project = bench.read("ruong.toml");
    bench.write("ruong.toml", project.replace("version = 1\n", "version = 1\nperiod = { from = 2024-04-05, to = 2024-04-11 }\n"));
    let ran = bench.run(&["build", ".", "--only", "tables"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(rows(&bench.read("out/tables/communes.csv"))[0]["mean_severity"], "1", "last year's row is of last year");
}

#[test]
fn rows_of_totals_are_no_data() {
    let text = "xa,ap,ho\nMỹ Tho,Ấp 1,10\nMỹ Tho,Ấp 2,14\nMỹ Tho,Cộng ấp,24\nMỹ Thọ,Ấp 1,21\nMỹ Thọ,Cộng xã,21\nMỹ Thọ,Cộng Ấp 1,21\n,Tổng cộng,45\n";
    let bench = named("indicator", text);
    let check = |bench: &Bench| {
        let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let communes = rows(&bench.read("out/tables/communes.csv"));
        assert_eq!((communes[0]["t.ho"].as_str(), communes[1]["t.ho"].as_str()), ("24", "21"));
        let problems = bench.read("out/problems.csv");
        assert_eq!(problems.matches("a row of totals").count(), 4, "{problems}");
        assert!(problems.contains("Mỹ Thọ | Cộng Ấp 1 | 21"), "{problems}");
    };
    check(&bench);
    // The same below a title, as in a workbook.
    bench.write("t.csv", format!("BÁO CÁO SỐ HỘ,,\n,,\n{text}"));
    check(&bench);
    // A commune may be called so.
    let bench = Bench::new();
    bench
        .write("c.geojson", collection(&[feature("\"code\":\"1\",\"name\":\"Cộng Hòa\"", &square(105.0, 10.0, 105.1, 10.1))]))
        .write("t.csv", "xa,ho\nCộng Hòa,3\n")
        .write("ruong.toml", format!("{COMMUNES_ONLY}[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = {{ commune_name = \"xa\" }}\n"));
    assert_eq!(bench.run(&["build", ".", "--only", "tables"]).code, 0);
    assert_eq!(rows(&bench.read("out/tables/communes.csv"))[0]["t.ho"], "3");
}

#[test]
fn contracts_of_a_field_without_a_shape_stay_in_the_headline() {
    let bench = Bench::new();
    let shapeless = "{\"type\":\"Feature\",\"properties\":{\"field_id\":\"F2\"},\"geometry\":null}".to_owned();
    bench
        .write("c.geojson", two_communes())
        .write("f.geojson", collection(&[feature("\"field_id\":\"F1\"", &square(105.01, 10.01, 105.02, 10.02)), shapeless]))
        .write("p.csv", "field_id,pest,severity\nF1,rầy nâu,1\nF2,rầy nâu,3\n")
        .write("l.csv", "field_id,enterprise,contracted_ha\nF1,E,90\nF2,E,30\n")
        .write(
            "ruong.toml",
            format!(
                "{COMMUNES_ONLY}[fields]\nfile = \"f.geojson\"\nid = \"field_id\"\n\
                 [[tables]]\nid = \"p\"\nkind = \"pest-forecast\"\nfile = \"p.csv\"\nkey = {{ field = \"field_id\" }}\n\
                 [[tables]]\nid = \"l\"\nkind = \"linked-production\"\nfile = \"l.csv\"\nkey = {{ field = \"field_id\" }}\n"
            ),
        );
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("30.0 / 120.0 ha (25.0 %); 30.0 of the 120.0 ha are on fields without a shape"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("by pest (a field may have several, ha): rầy nâu 30.0"), "{}", ran.stderr);
    let enterprises = rows(&bench.read("out/tables/enterprises.csv"));
    assert_eq!(
        ["contracted_ha", "surveyed_ha", "at_risk_ha"].map(|column| number(&enterprises[0], column)),
        [120.0, 120.0, 30.0]
    );
    let problems = rows(&bench.read("out/problems.csv"));
    let named =
        problems.iter().find(|problem| problem["problem"].contains("30.0 contracted ha and no shape")).expect("it is listed");
    assert_eq!((named["value"].as_str(), named["row"].as_str()), ("F2", "2"));
    assert_eq!(rows(&bench.read("out/tables/communes.csv"))[0]["linked_ha"], "90");
}

#[test]
fn figures_that_measure_nothing_are_no_maps() {
    let bench = named(
        "indicator",
        "STT,xa,Số ĐT,Năm,Liên hệ,ho\n1,Mỹ Tho,0912345678,2024,0277 3567 890,12\n2,Mỹ Thọ,0987654321,2024,0277 3567 891,30\n",
    );
    let ran = bench.run(&["build", ".", "--format", "svg", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let head = bench.read("out/tables/communes.csv").lines().next().expect("headings").to_owned();
    assert_eq!(head, "code,name,area_ha,t.ho,states");
    let problems = bench.read("out/problems.csv");
    for column in ["STT", "Số ĐT", "Năm", "Liên hệ"] {
        assert!(
            problems.lines().any(|line| line.contains(&format!(",{column},")) && line.contains("no measure")),
            "{column}: {problems}"
        );
    }
    for file in std::fs::read_dir(bench.path("out/maps")).expect("maps").flatten() {
        let svg = std::fs::read_to_string(file.path()).expect("a map");
        assert!(!svg.contains("912") && !svg.contains("3567"), "{}", file.path().display());
    }
}

#[test]
fn no_command_replaces_what_it_was_given() {
    let bench = Bench::new();
    bench
        .write("c.geojson", two_communes())
        .write("outbreaks.csv", "onset,disease,lon,lat,holding\n2024-03-01,African swine fever,105.05,10.05,Hộ A\n")
        .write("values.csv", "code,ho\n00412,5\n00413,6\n")
        .write("names.csv", "xa\nMỹ Tho\n")
        .write("h.csv", "code,pest,week,ha\n1,a,2024-01-01,5\n1,a,2024-01-08,6\n")
        .write("problems.csv", "code,ho\n00412,5\n00413,6\n")
        .write("ruong.toml", format!("out = \".\"\n{COMMUNES_ONLY}[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"problems.csv\"\nkey = {{ commune = \"code\" }}\n"));
    std::fs::create_dir(bench.path("sub")).expect("a folder");
    for (kept, arguments) in [
        (
            "outbreaks.csv",
            &["zones", "--outbreaks", "outbreaks.csv", "--communes", "c.geojson", "--radius-km", "1", "--out", "."][..],
        ),
        (
            "values.csv",
            &["crosswalk", "--from", "c.geojson", "--to", "c.geojson", "--table", "values.csv", "--value", "ho", "--out", "."],
        ),
        ("h.csv", &["forecast", "weekly", "--history", "h.csv", "--value", "ha", "--out", "h.csv"]),
        ("h.csv", &["forecast", "weekly", "--history", "sub/../h.csv", "--value", "ha", "--out=./h.csv"]),
        ("names.csv", &["match", "names.csv", "--communes", "c.geojson", "--write-aliases", "names.csv"]),
        ("problems.csv", &["build", "ruong.toml", "--only", "tables"]),
    ] {
        let before = bench.read(kept);
        let ran = bench.run(arguments);
        assert_ne!(ran.code, 0, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains("không ghi đè"), "{arguments:?}: {}", ran.stderr);
        assert_eq!(bench.read(kept), before, "{arguments:?}");
    }
    // Another spelling of the same file is the same file.
    #[cfg(unix)]
    {
        std::fs::hard_link(bench.path("h.csv"), bench.path("other.csv")).expect("a link");
        let ran = bench.run(&["forecast", "weekly", "--history", "h.csv", "--value", "ha", "--out", "other.csv"]);
        assert_ne!(ran.code, 0, "{}", ran.stderr);
    }
}

#[test]
fn a_heading_leads_no_output_out_of_its_folder() {
    let bench = named("indicator", "xa,../../../x\nMỹ Tho,1\nMỹ Thọ,2\n");
    let project = bench.read("ruong.toml");
    bench.write(
        "p/d/ruong.toml",
        project.replace("file = \"", "file = \"../../") + "[[maps]]\nid = \"{indicator}\"\nmeasure = \"t.*\"\n",
    );
    let ran = bench.run(&["build", "p/d", "--format", "svg", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(bench.path("p/d/out/maps/x.svg").exists(), "{}", ran.stderr);
    assert!(!bench.path("x.svg").exists() && !bench.path("p/x.svg").exists() && !bench.path("p/d/x.svg").exists());
}

/// The cell of a column in the row of sums, which only the workbook has.
fn sum_of(bench: &Bench, column: &str) -> Option<f64> {
    use calamine::{Data, Reader};
    let csv = bench.read("out/tables/communes.csv");
    let headings: Vec<String> =
        csv::Reader::from_reader(csv.as_bytes()).headers().expect("headings").iter().map(str::to_owned).collect();
    let at = headings.iter().position(|heading| heading == column).unwrap_or_else(|| panic!("{column} in {headings:?}"));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(bench.path("out/tables/communes.xlsx")).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("it reads");
    let sums = sheet.rows().find(|row| row.iter().any(|cell| *cell == Data::String("∑".to_owned()))).expect("a row of sums");
    match &sums[at] {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(*number as f64),
        _ => None,
    }
}

#[test]
fn rates_are_never_summed() {
    let table = "xa;Sản lượng (tấn);Năng suất (tấn/ha);ty_le_phu;don_gia;ho\nMỹ Tho;100;5;40;7;3\nMỹ Thọ;300;6;60;9;4\n";
    let bench = named("indicator", table);
    let declared = "[[tables.indicators]]\nid = \"gia\"\ncolumn = \"don_gia\"\nunit = \"triệu đồng/tấn\"\n\
                    [[tables.indicators]]\nid = \"ho\"\ncolumn = \"ho\"\nunit = \"hộ\"\n";
    let total = |bench: &Bench, column: &str| {
        let ran = bench.run(&["build", ".", "--only", "tables"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let communes = rows(&bench.read("out/tables/communes.csv"));
        assert!(communes.iter().any(|row| number(row, column) > 0.0));
        sum_of(bench, column)
    };
    for (column, expected) in
        [("t.Sản lượng (tấn)", Some(400.0)), ("t.Năng suất (tấn/ha)", None), ("t.ty_le_phu", None), ("t.ho", Some(7.0))]
    {
        assert_eq!(total(&bench, column), expected, "{column}");
    }
    // Two rows of one commune: the amounts add up, the rates do not, and that is said.
    let again = "Mỹ Tho;50;8;50;7;1\n";
    let twice = named("indicator", &format!("{table}{again}"));
    assert_eq!(total(&twice, "t.Sản lượng (tấn)"), Some(450.0));
    let communes = rows(&twice.read("out/tables/communes.csv"));
    assert_eq!(number(&communes[0], "t.Năng suất (tấn/ha)"), 5.0);
    let problems = rows(&twice.read("out/problems.csv"));
    let said = |value: &str| problems.iter().any(|row| row["value"] == value && row["problem"].contains("không cộng được"));
    assert!(said("8") && said("50"), "{problems:?}");
    bench.write("ruong.toml", bench.read("ruong.toml") + declared);
    assert_eq!(total(&bench, "t.gia"), None);
    assert_eq!(total(&bench, "t.ho"), Some(7.0));
}
