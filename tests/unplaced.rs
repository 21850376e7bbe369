//! What cannot be placed stays in every total, and says so: contracts and infested fields without a usable shape.

mod common;

use common::*;

/// Two fields in their places, one of no shape, one with a line for a shape, one outside every commune; contracts of 10, 20, 4, 2 and 1 ha.
fn bench() -> Bench {
    let bench = Bench::new();
    let field = |id: &str, west: f64| feature(&format!("\"id\":\"{id}\""), &square(west, 10.01, west + 0.01, 10.02));
    let odd =
        |id: &str, geometry: &str| format!("{{\"type\":\"Feature\",\"properties\":{{\"id\":\"{id}\"}},\"geometry\":{geometry}}}");
    bench.write("c.geojson", two_communes());
    let line = "{\"type\":\"LineString\",\"coordinates\":[[105,10],[105.01,10.01]]}";
    bench.write(
        "f.geojson",
        collection(&[field("a", 105.01), field("b", 105.11), odd("null", "null"), odd("line", line), field("far", 106.0)]),
    );
    bench.write("l.csv", "id,dn,ha\na,E1,10\nb,E2,20\nnull,E1,4\nline,E2,2\nfar,E2,1\n");
    bench.write("p.csv", "id,ngay,sau,muc\na,2024-04-08,rầy nâu,2\nb,2024-04-08,rầy nâu,0\nnull,2024-04-08,rầy nâu,3\nline,2024-04-08,rầy nâu,0\nfar,2024-04-08,rầy nâu,2\n");
    bench.write(
        "ruong.toml",
        "version = 1\nlanguage = \"en\"\ncharts = []\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\nname = \"name\"\n\
         [fields]\nfile = \"f.geojson\"\nid = \"id\"\n\
         [[tables]]\nid = \"l\"\nkind = \"linked-production\"\nfile = \"l.csv\"\nkey = { field = \"id\" }\n\
         columns = { enterprise = \"dn\", contracted_ha = \"ha\" }\n\
         [[tables]]\nid = \"p\"\nkind = \"pest-forecast\"\nfile = \"p.csv\"\nkey = { field = \"id\" }\n\
         columns = { date = \"ngay\", pest = \"sau\", severity = \"muc\" }\n\
         [[maps]]\nid = \"risk\"\nmeasure = \"linked_at_risk_ha\"\n\
         [[maps]]\nid = \"e1\"\nmeasure = \"linked_at_risk_ha\"\nenterprise = \"E1\"\n\
         [[maps]]\nid = \"e2\"\nmeasure = \"linked_ha\"\nenterprise = \"E2\"\n\
         [[outputs]]\nid = \"w\"\nfile = \"w\"\nkind = \"worklist\"\n[[outputs]]\nid = \"w2\"\nfile = \"w2\"\nkind = \"worklist\"\ncommune = \"00412\"\n",
    );
    bench
}

#[test]
fn contracts_without_a_place_are_in_every_total_and_named() {
    let bench = bench();
    let ran = bench.run(&["build", ".", "--format", "svg"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    // 10 + 4 of 10 + 20 + 4 + 2: the field outside every commune is no land of the district.
    assert!(ran.stderr.contains("14.0 / 36.0 ha"), "{}", ran.stderr);
    assert!(ran.stderr.contains("6.0 of the 36.0 ha are on fields without a shape") && ran.stderr.contains("(4.0 ha at risk)"));
    let summary = rows(&bench.read("out/tables/summary.csv"));
    let of = |measure: &str| number(summary.iter().find(|row| row["measure"] == measure).expect(measure), "current");
    assert_eq!(
        ["linked_ha", "linked_ha:unplaced", "linked_at_risk_ha", "linked_at_risk_ha:unplaced"].map(of),
        [36.0, 6.0, 14.0, 4.0]
    );
    assert_eq!(of("linked_at_risk_ha:rầy nâu:unplaced"), 4.0);
    let firms = rows(&bench.read("out/tables/enterprises.csv"));
    let of = |firm: &str, column: &str| number(firms.iter().find(|row| row["enterprise"] == firm).expect(firm), column);
    let columns = ["contracted_ha", "unplaced_ha", "surveyed_ha", "at_risk_ha", "outside_ha"];
    assert_eq!(columns.map(|column| of("E1", column)), [14.0, 4.0, 14.0, 14.0, 0.0]);
    assert_eq!(columns.map(|column| of("E2", column)), [22.0, 2.0, 22.0, 0.0, 1.0]);
    // Maps: the sum, and what of it colours no commune.
    for (map, sum, unplaced) in [("risk", "14 ha", "4 ha"), ("e1", "14 ha", "4 ha"), ("e2", "22 ha", "2 ha")] {
        let svg = bench.read(&format!("out/maps/{map}.svg"));
        let run = words_of(&svg);
        assert!(run.contains(&format!("All communes {sum} (of these, place not known {unplaced})")), "{map}: {run}");
    }
    let problems = bench.read("out/problems.csv");
    assert!(problems.contains("6.0 contracted ha on fields without a shape"), "{problems}");
}

#[test]
fn fields_without_a_place_are_on_the_worklist_and_asked_about() {
    let bench = bench();
    let ran = bench.run(&["build", ".", "--format", "svg"]);
    let list = rows(&bench.read("out/w/worklist.csv"));
    let of = |id: &str| list.iter().find(|row| row["field_id"] == id).unwrap_or_else(|| panic!("{id} is missing"));
    assert_eq!(list.len(), 3);
    assert_eq!(of("a")["state"], "spray");
    assert_eq!(
        (of("null")["state"].as_str(), of("null")["code"].as_str(), of("null")["area_ha"].as_str()),
        ("place not known, ask first", "", "")
    );
    assert_eq!(of("far")["state"], "outside every commune, ask first");
    assert!(ran.stderr.contains("1 fields to spray") && ran.stderr.contains("2 fields severe enough"), "{}", ran.stderr);
    // A list of one commune cannot hold them, and says how many there are.
    let list = rows(&bench.read("out/w2/worklist.csv"));
    assert_eq!(list.len(), 1);
    assert!(bench.read("out/problems.csv").contains("2 fields severe enough lie in no commune"));
}

#[test]
fn a_complete_report_names_what_is_not_there() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes());
    bench.write("n.csv", "code,ngay,sau,nhiem\n00412,2024-04-08,rầy nâu,7\n00413,2024-04-08,đạo ôn,3\n");
    for (complete, found) in [("", ["7", ""]), ("complete = true\n", ["7", "0"])] {
        bench.write(
            "ruong.toml",
            format!(
                "version = 1\nmaps = []\ncharts = []\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\nname = \"name\"\n\
                 [[tables]]\nid = \"n\"\nkind = \"infested-area\"\nfile = \"n.csv\"\nkey = {{ commune = \"code\" }}\n{complete}\
                 columns = {{ date = \"ngay\", pest = \"sau\", total_ha = \"nhiem\" }}\n"
            ),
        );
        let ran = bench.run(&["build", ".", "--quiet"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let pests = rows(&bench.read("out/tables/pests.csv"));
        let of = |code: &str| {
            pests.iter().find(|row| row["code"] == code && row["pest"] == "rầy nâu").map_or("", |row| row["infested_ha"].as_str())
        };
        assert_eq!([of("00412"), of("00413")], found, "{complete}");
    }
}

/// A polygon that encloses nothing is no place: what is under contract there is in the total and in no commune.
#[test]
fn a_field_without_area_has_no_place() {
    let bench = bench();
    let flat = "[[[105.01,10.01],[105.02,10.01],[105.03,10.01],[105.01,10.01]]]";
    let fields = bench.read("f.geojson");
    let fields = format!("{},{}]}}", fields.trim_end_matches("]}"), feature("\"id\":\"flat\"", flat));
    bench.write("f.geojson", fields).write("l.csv", format!("{}flat,E1,8\n", bench.read("l.csv")));
    let ran = bench.run(&["build", ".", "--only", "tables"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let summary = rows(&bench.read("out/tables/summary.csv"));
    let of = |measure: &str| number(summary.iter().find(|row| row["measure"] == measure).expect(measure), "current");
    assert_eq!(["linked_ha", "linked_ha:unplaced"].map(of), [44.0, 14.0]);
}
