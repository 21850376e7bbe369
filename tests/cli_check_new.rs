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
    bench.write("c.geojson", two_communes()).write("ruong.toml", format!("{COMMUNES_ONLY}[pages]\nwidth = 900\n"));
    let ran = bench.run(&["check", ".", "--lang", "en"]);
    assert!(ran.stderr.contains("no key \"pages\"") && ran.stderr.contains("did you mean \"page\"?"), "{}", ran.stderr);
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
