//! `ruong check` and `ruong new`, as a user runs them.

mod common;
use common::*;

#[test]
fn check_reports_and_writes_nothing() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("i.csv", "code,ha\n00412,5\n00-413,6\n").write(
        "ruong.toml",
        format!(
            "{COMMUNES_ONLY}[[tables]]\nid = \"i\"\nkind = \"indicator\"\nfile = \"i.csv\"\nkey = {{ commune = \"code\" }}\n"
        ),
    );
    let before = std::fs::read_dir(bench.folder.path()).expect("the folder").count();
    let ran = bench.run(&["check", ".", "--lang", "en"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    // A code that is not there is not joined, and the one it was meant for is named.
    assert!(ran.stderr.contains("[00-413]") && ran.stderr.contains("the nearest is \"00413\""), "{}", ran.stderr);
    assert!(ran.stderr.contains("1 matched, 1 unmatched, 1 communes without a row"), "{}", ran.stderr);
    assert_eq!(std::fs::read_dir(bench.folder.path()).expect("the folder").count(), before);
}

#[test]
fn check_names_an_unknown_key_and_the_nearest_known_one() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("ruong.toml", format!("{COMMUNES_ONLY}[pagee]\nwidth = 900\n"));
    let ran = bench.run(&["check", ".", "--lang", "en"]);
    assert!(ran.stderr.contains("no key \"pagee\"") && ran.stderr.contains("did you mean \"page\"?"), "{}", ran.stderr);
}

#[test]
fn new_writes_a_project_that_builds_at_once() {
    let bench = Bench::new();
    let field =
        |id: &str, west: f64| feature(&format!("\"so_to\":1,\"ma_thua\":\"{id}\""), &square(west, 10.01, west + 0.01, 10.02));
    bench
        .write("Dữ liệu/ranh giới.geojson", two_communes())
        .write("Dữ liệu/thửa.geojson", collection(&[field("A1", 105.01), field("A2", 105.12)]))
        .write(
            "Dữ liệu/sâu bệnh.csv",
            "Mã thửa;Ngày điều tra;Sinh vật gây hại;Mức độ\nA1;09/04/2024;Rầy nâu;nặng\nA2;02/04/2024;Rầy nâu;nhẹ\n",
        )
        .write("Dữ liệu/liên kết.csv", "Mã thửa;Doanh nghiệp;Diện tích hợp đồng (ha)\nA1;Công ty X;12,5\nA2;Công ty X;7,25\n")
        .write("Dữ liệu/hộ.csv", "Mã xã;Số hộ\n00412;120\n00413;95\n");
    let ran = bench.run(&[
        "new",
        "du-an",
        "Dữ liệu/ranh giới.geojson",
        "Dữ liệu/thửa.geojson",
        "Dữ liệu/sâu bệnh.csv",
        "Dữ liệu/liên kết.csv",
        "Dữ liệu/hộ.csv",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let project = bench.read("du-an/ruong.toml");
    for line in
        ["key  = { field = \"Mã thửa\" }", "key  = { commune = \"Mã xã\" }", "period   = \"latest\"", "id   = \"ma_thua\""]
    {
        assert!(project.contains(line), "{line} in\n{project}");
    }
    let built = bench.run(&["build", "du-an", "--format", "svg"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    let found = rows(&bench.read("du-an/out/tables/communes.csv"));
    assert_eq!((found[0]["linked_ha"].as_str(), found[0]["linked_at_risk_ha"].as_str()), ("12.5", "12.5"));
    assert_eq!(found[0]["hộ.Số hộ"], "120");
    assert!(bench.read("du-an/out/run.json").contains("\"2024-04-03\""), "the seven days that end with the last survey");
    assert_eq!(found[1]["infested_ha"], "", "the other field was surveyed the week before");
    let again = bench.run(&["new", "du-an", "Dữ liệu/ranh giới.geojson"]);
    assert_eq!((again.code, bench.read("du-an/ruong.toml")), (0, project), "an existing project file is not overwritten");
}

#[test]
fn new_without_boundaries_says_what_is_missing() {
    let bench = Bench::new();
    bench.write("t.csv", "a,b\n1,2\n");
    let ran = bench.run(&["new", "p", "t.csv", "--lang", "en"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("none of the files given holds boundaries"), "{}", ran.stderr);
}

/// A commune of a row, with its code and name.
fn commune(i: usize) -> String {
    let west = 105.0 + 0.1 * i as f64;
    feature(
        &format!("\"code\":\"3100{i}\",\"name\":\"Xã {}\"", ["Tân Hội", "An Hòa", "Phú Đức"][i]),
        &square(west, 10.0, west + 0.1, 10.1),
    )
}

fn infested(bench: &Bench, project: &str) -> Vec<f64> {
    rows(&bench.read(&format!("{project}/out/tables/communes.csv")))
        .iter()
        .filter_map(|row| row["infested_ha"].parse().ok())
        .collect()
}

#[test]
fn files_in_folders_beside_one_another_are_one_table_only_where_a_pattern_finds_them() {
    let week = |days: &str, ha: u32| {
        format!("Từ ngày {days}\nMã xã,Sinh vật gây hại,Diện tích nhiễm (ha)\n31000,Rầy nâu,{ha}\n31001,Rầy nâu,{ha}\n")
    };
    for names in [["T14/bc.csv", "T15/bc.csv"], ["T1/bc14.csv", "T2/bc15.csv"]] {
        let bench = Bench::new();
        bench
            .write("xa.geojson", collection(&(0..3).map(commune).collect::<Vec<_>>()))
            .write(names[0], week("29/03/2024 đến ngày 04/04/2024", 10))
            .write(names[1], week("05/04/2024 đến ngày 11/04/2024", 30));
        assert_eq!(bench.run(&["new", "."]).code, 0);
        let ran = bench.run(&["build", ".", "--only", "tables"]);
        assert_eq!(
            (ran.code, infested(&bench, ".")),
            (0, vec![30.0, 30.0]),
            "{names:?}: {}\n{}",
            ran.stderr,
            bench.read("ruong.toml")
        );
    }
}

#[test]
fn communes_in_files_that_no_pattern_takes_are_refused_with_what_to_do() {
    let bench = Bench::new();
    for (i, name) in ["A/mot.geojson", "B/hai.geojson", "C/ba.geojson"].iter().enumerate() {
        bench.write(name, collection(&[commune(i)]));
    }
    bench.write("t.csv", "Mã xã,ha\n31000,1\n31001,2\n31002,3\n");
    let ran = bench.run(&["new", ".", "--lang", "en"]);
    assert!(ran.code == 2 && ran.stderr.contains("stand in 3 files") && ran.stderr.contains("Merge"), "{}", ran.stderr);
}

#[test]
fn a_folder_is_no_name_of_a_layer_and_a_pdf_no_answer() {
    let bench = Bench::new();
    let field = |i: usize| {
        let west = 105.01 + 0.01 * i as f64;
        feature(&format!("\"ma_thua\":\"T{i}\""), &square(west, 10.01, west + 0.005, 10.015))
    };
    bench
        .write("song/xa.geojson", collection(&(0..3).map(commune).collect::<Vec<_>>()))
        .write("song/thua.geojson", collection(&(0..12).map(field).collect::<Vec<_>>()))
        .write("song/a.pdf", "%PDF-1.4");
    let ran = bench.run(&["new", "P", "song", "--lang", "en"]);
    let text = bench.read("P/ruong.toml");
    assert!(text.contains("[fields]\nfile = \"../song/thua.geojson\"") && !text.contains("river"), "{text}");
    assert!(ran.stderr.contains("a.pdf: this is a PDF"), "{}", ran.stderr);
    // Without boundaries the broken file that may have held them is the answer, not the PDF that stands first.
    bench.write("hong/a.pdf", "%PDF-1.4").write("hong/xa.geojson", "{\"type\":").write("hong/t.csv", "Mã xã,ha\n31000,1\n");
    let ran = bench.run(&["new", "Q", "hong", "--lang", "en"]);
    assert!(ran.code == 2 && ran.stderr.contains("xa.geojson") && !ran.stderr.contains("a.pdf"), "{}", ran.stderr);
}

#[test]
fn a_project_that_is_there_gets_proposals_for_what_is_new() {
    let bench = Bench::new();
    let table = |ha: u32| format!("Mã xã,Sinh vật gây hại,Ngày,Diện tích nhiễm (ha)\n31000,Rầy nâu,05/04/2024,{ha}\n");
    bench.write("xa.geojson", collection(&(0..3).map(commune).collect::<Vec<_>>())).write("bc.csv", table(10));
    assert_eq!(bench.run(&["new", "."]).code, 0);
    let before = bench.read("ruong.toml");
    let none = bench.run(&["new", ".", "--lang", "en"]);
    assert!(
        none.code == 0 && none.stdout.is_empty() && none.stderr.contains("no table is new"),
        "{}{}",
        none.stdout,
        none.stderr
    );
    bench.write("khac/bc.csv", "Mã xã,Doanh nghiệp,Diện tích hợp đồng (ha)\n31000,A,40\n");
    let some = bench.run(&["new", ".", "khac/bc.csv", "--lang", "en"]);
    assert_eq!((some.code, bench.read("ruong.toml")), (0, before.clone()));
    // Both files are called bc: what is proposed has an id of its own, so that it can be pasted in as it is.
    bench.write("ruong.toml", format!("{before}\n{}", some.stdout));
    let ran = bench.run(&["build", ".", "--only", "tables"]);
    assert_eq!(ran.code, 0, "{}\n{}", ran.stderr, some.stdout);
    assert_eq!(rows(&bench.read("out/tables/communes.csv"))[0]["linked_ha"], "40");
}

#[test]
fn communes_stay_communes_where_tables_speak_of_fields_alone() {
    let bench = Bench::new();
    let sample = root().join("data/hong-ngu");
    let path = |name: &str| sample.join(name).display().to_string();
    let (communes, fields, forecast) = (path("communes.geojson"), path("fields.geojson"), path("pest_forecast.csv"));
    let ran = bench.run(&["new", "p", &communes, &fields, &forecast]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let project = bench.read("p/ruong.toml");
    let part = |name: &str| project.split(name).nth(1).and_then(|rest| rest.split("\n[").next()).unwrap_or_default().to_owned();
    assert!(part("[communes]").contains("communes.geojson") && part("[fields]").contains("fields.geojson"), "{project}");
    assert!(project.contains("key  = { field = \"field_id\" }"), "{project}");
    let ran = bench.run(&["build", "p", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(common::rows(&bench.read("p/out/tables/communes.csv")).len(), 10);
}

/// Fields may have names of their own, as every KML gives them, and the communes may be given twice.
#[test]
fn fields_with_names_are_no_communes_and_the_same_communes_are_not_of_two_dates() {
    let bench = Bench::new();
    let field = |i: usize| {
        let west = 105.01 + 0.003 * i as f64;
        feature(&format!("\"id\":\"T{i:03}\",\"Name\":\"Thửa {i}\""), &square(west, 10.01, west + 0.0029, 10.013))
    };
    let communes = collection(&(0..3).map(commune).collect::<Vec<_>>());
    bench
        .write("xa.geojson", &communes)
        .write("xa_cu.geojson", &communes)
        .write("thua.geojson", collection(&(0..20).map(field).collect::<Vec<_>>()))
        .write("hd.csv", "id,Doanh nghiệp,Diện tích hợp đồng (ha)\nT001,A,5\nT002,B,4\n");
    let ran = bench.run(&["new", "P", "xa.geojson", "xa_cu.geojson", "thua.geojson", "hd.csv", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let text = bench.read("P/ruong.toml");
    assert!(
        text.contains("[communes]\nfile = \"../xa.geojson\"") && text.contains("[fields]\nfile = \"../thua.geojson\""),
        "{text}"
    );
    assert!(!text.contains("[[former]]") && ran.stderr.contains("the same communes as"), "{text}\n{}", ran.stderr);
}
