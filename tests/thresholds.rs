//! Severity from density, and infested hectares as an office reports them. Classes are those of the published triples
//! (750-1.500, >1.500-3.000, >3.000 planthoppers a m²), worked out by hand.

mod common;
use common::{Bench, COMMUNES_ONLY, number, rows, two_communes};

fn bench(tables: &str) -> Bench {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("ruong.toml", format!("{COMMUNES_ONLY}{tables}"));
    bench
}

const BY_COMMUNE: &str = "[[tables]]\nid = \"f\"\nkind = \"pest-forecast\"\nfile = \"f.csv\"\nkey = { commune = \"code\" }\n";

fn severities(csv: &str, more: &str) -> (Vec<String>, String) {
    let bench = bench(&format!("{BY_COMMUNE}{more}"));
    bench.write("f.csv", csv);
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&bench.read("out/tables/communes.csv"));
    (found.iter().map(|row| row["mean_severity"].clone()).collect(), bench.read("out/problems.csv"))
}

#[test]
fn densities_at_the_bounds_of_the_classes() {
    for (low, high, of_low, of_high) in
        [("749,9", "750", "0", "1"), ("1500", "1500,5", "1", "2"), ("3.000", "3000,5", "2", "3"), ("0", "88888", "0", "3")]
    {
        let csv = format!("code;Sinh vật gây hại;Mật độ\n00412;Rầy nâu;{low}\n00413;BPH;{high}\n");
        let (found, problems) = severities(&csv, "decimal = \",\"\n");
        assert_eq!(found, [of_low, of_high], "{low} and {high}\n{problems}");
    }
}

#[test]
fn stage_and_unit_choose_the_threshold() {
    let head = "code,pest,density,stage,unit\n";
    let (found, _) =
        severities(&format!("{head}00412,sâu cuốn lá nhỏ,24,Đẻ nhánh,con/m2\n00413,sâu cuốn lá nhỏ,24,đòng,con/m²\n"), "");
    assert_eq!(found, ["0", "2"]);
    // The column of stages is missing: two thresholds could apply, so none does.
    let (found, problems) = severities("code,pest,density\n00412,sâu cuốn lá nhỏ,24\n00413,rầy nâu,800\n", "");
    assert_eq!(found, ["", "1"]);
    assert!(problems.contains("differ by stage or unit"), "{problems}");
    let (found, _) = severities("code,pest,density\n00412,sâu cuốn lá nhỏ,24\n00413,rầy nâu,800\n", "stage = \"trỗ\"\n");
    assert_eq!(found, ["2", "1"]);
    let (found, problems) = severities(&format!("{head}00412,đạo ôn lá,12,trổ đòng,% lá\n00413,rầy nau,800,trỗ,con/m²\n"), "");
    assert_eq!(found, ["", "1"], "{problems}");
    assert!(problems.contains("unknown growth stage"), "{problems}");
    let (_, problems) = severities(&format!("{head}00412,đạo ôn la,12,trỗ,% lá\n00413,rầy nâu,800,trỗ,% lá\n"), "");
    assert!(problems.contains("no threshold of \"\"đạo ôn la\"\" at the stage"), "{problems}");
    assert!(problems.contains("is in con/m², not in"), "{problems}");
    let (_, problems) = severities("code,pest,density\n00412,rầy nâuu,800\n00413,rầy nâu,-1\n", "");
    assert!(problems.contains("did you mean \"\"rầy nâu\"\"?"), "{problems}");
    assert!(problems.contains("a number from 0 on"), "{problems}");
}

#[test]
fn an_office_puts_its_own_table_in_place() {
    let bench = bench("");
    bench.write("ruong.toml", format!("thresholds = \"n.csv\"\n{COMMUNES_ONLY}{BY_COMMUNE}"));
    bench.write(
        "n.csv",
        "Sinh vật gây hại;Đơn vị;Ngưỡng;Hiệu lực từ;Đã đối chiếu\nrầy nâu;con/m²;1000;2020-01-01;có\nrầy nâu;con/m²;2000;2024-01-01;có\nrầy nâu;con/m²;9000;2025-01-01;có\n",
    );
    bench.write("f.csv", "code,date,pest,density\n00412,2024-04-05,rầy nâu,2001\n00413,2023-04-05,rầy nâu,2001\n");
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&bench.read("out/tables/communes.csv"));
    assert_eq!([&found[0]["mean_severity"], &found[1]["mean_severity"]], ["2", "3"]);
    bench.write("n.csv", "pest,base\nrầy nâu,abc\n");
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("n.csv") && ran.stderr.contains("abc"), "{}", ran.stderr);
}

#[test]
fn a_severity_that_is_given_stands() {
    let csv = "code,pest,density,severity\n00412,rầy nâu,9999,1\n00413,rầy nâu,9999,\n";
    assert_eq!(severities(csv, "").0, ["1", ""]);
    assert_eq!(severities(csv, "columns = { density = \"density\" }\n").0, ["1", "3"]);
}

#[test]
fn unverified_thresholds_are_marked_on_the_map() {
    let bench = bench(BY_COMMUNE);
    bench.write("f.csv", "code,pest,density\n00412,rầy nâu,1600\n00413,rầy nâu,100\n");
    let ran = bench.run(&["build", ".", "--only", "maps", "--format", "svg", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let map = bench.read("out/maps/mean-severity.svg");
    let words: String = map
        .split("<text")
        .map(|part| part.split_once('>').map_or("", |(_, words)| words.split('<').next().unwrap_or("")))
        .collect();
    assert!(words.contains("not verified: rầy nâu"), "{words}");
}

const AREAS: &str = "[[tables]]\nid = \"a\"\nkind = \"infested-area\"\nfile = \"a.csv\"\nkey = { commune = \"code\" }\n";

#[test]
fn reported_areas_by_class() {
    let bench = bench(AREAS);
    bench.write(
        "a.csv",
        "code;SVGH;ngày;dtnhiemnhe;dtnhiemtb;dtnhiemnang;dtmattrang;dttong\n\
         00412;rầy nâu;2024-04-05;10,5;4;1;0;15,5\n\
         00412;rầy nâu;2024-04-05;2;0;0;;2\n\
         00412;đạo ôn lá;2024-04-05;30;0;0;0;31\n\
         00413;rầy nâu;2024-03-29;99;0;0;0;99\n\
         00413;rầy nâu;2024-04-05;;;;;7,25\n",
    );
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&bench.read("out/tables/communes.csv"));
    // Stages add up, pests do not: 30 ha of blast are more than 17.5 ha of planthoppers; of two days the later counts.
    assert_eq!(number(&found[0], "infested_ha"), 30.0);
    assert_eq!(number(&found[1], "infested_ha"), 7.25);
    let pests = rows(&bench.read("out/tables/pests.csv"));
    let of = |commune: &str, pest: &str| {
        pests.iter().find(|row| row["code"] == commune && row["pest"] == pest).expect("the row").clone()
    };
    assert_eq!(number(&of("00412", "rầy nâu"), "infested_ha"), 17.5);
    let problems = bench.read("out/problems.csv");
    assert_eq!(problems.matches("is not light + medium").count(), 1, "{problems}");
    assert!(problems.contains("31"), "{problems}");
}
