//! Measures of a world small enough to work out by hand. Areas come from pyproj (`Geod("WGS84").polygon_area_perimeter`).

mod common;
use common::*;

const F1: f64 = 121.264_193_665;

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= expected.abs() * 2e-6, "{found} is not {expected}");
}

fn world() -> Bench {
    let bench = Bench::new();
    let field = |id: &str, west: f64, south: f64| {
        feature(&format!("\"field_id\":\"{id}\""), &square(west, south, west + 0.01, south + 0.01))
    };
    bench
        .write("c.geojson", two_communes())
        .write(
            "f.geojson",
            collection(&[
                field("F1", 105.01, 10.01),
                field("F2", 105.095, 10.01),
                field("F3", 105.15, 10.05),
                field("F4", 105.3, 10.05),
            ]),
        )
        .write(
            "p.csv",
            "field_id,date,pest,severity\n\
             F1,2024-04-09,rầy nâu,2\nF1,2024-04-09,đạo ôn,0\nF2,2024-04-10,rầy nâu,3\nF3,2024-04-05,rầy nâu,0\n\
             F1,2024-04-02,rầy nâu,1\nF1,2023-04-11,rầy nâu,0\nF1,2022-01-01,rầy nâu,4\n",
        )
        .write("l.csv", "field_id,enterprise,contracted_ha\nF1,E1,30.5\nF1,E2,9.5\nF2,E1,50\nF9,E1,5\n")
        .write(
            "ruong.toml",
            "version = 1\nperiod = { from = 2024-04-05, to = 2024-04-11 }\n[communes]\nfile = \"c.geojson\"\nname = \"name\"\n\
             [fields]\nfile = \"f.geojson\"\nid = \"field_id\"\n\
             [[tables]]\nid = \"p\"\nkind = \"pest-forecast\"\nfile = \"p.csv\"\nkey = { field = \"field_id\" }\n\
             [[tables]]\nid = \"l\"\nkind = \"linked-production\"\nfile = \"l.csv\"\nkey = { field = \"field_id\" }\n",
        );
    bench
}

#[test]
fn the_definitions_hold_on_a_world_worked_out_by_hand() {
    let bench = world();
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let rows = rows(&bench.read("out/tables/communes.csv"));
    let [a, b] = &rows[..] else { panic!("two communes") };
    assert_eq!((a["code"].as_str(), b["code"].as_str()), ("00412", "00413"));
    near(number(a, "area_ha"), 12_125.144_273_7);
    assert_eq!((number(a, "fields"), number(b, "fields")), (2.0, 2.0));
    near(number(a, "field_area_ha"), 1.5 * F1);
    // F1 has two contracts; half of F2 lies in each commune.
    assert_eq!((number(a, "linked_ha"), number(b, "linked_ha")), (65.0, 25.0));
    near(number(a, "linked_share_pct"), 100.0 * 65.0 / (1.5 * F1));
    // F1 has mean 1 over two pests, F2 has 3.
    near(number(a, "mean_severity"), (1.0 + 0.5 * 3.0) / 1.5);
    near(number(a, "infested_ha"), 1.5 * F1);
    near(number(a, "infested_ha_2"), F1);
    near(number(a, "infested_ha_3"), 0.5 * F1);
    assert_eq!(number(a, "linked_at_risk_ha"), 65.0);
    // In the other commune half of F2 is infested, and F3 was surveyed and found clean.
    assert!((number(b, "mean_severity") - 1.0).abs() < 2e-4);
    assert_eq!(number(b, "linked_at_risk_ha"), 25.0);
    // The week before, F1 alone was surveyed: level 1, so nothing at risk; 40 ha of contracts.
    near(number(a, "infested_ha_previous"), F1);
    assert_eq!(number(a, "linked_at_risk_ha_previous"), 0.0);
    assert_eq!(number(a, "linked_at_risk_ha_change_previous"), 65.0);
    assert_eq!(number(a, "linked_at_risk_ha_last_year"), 0.0);
    // Nobody surveyed the other commune then: no number, and the reason stands in its own column.
    assert_eq!(b["infested_ha_previous"], "");
    assert!(b["states"].contains("infested_ha_previous=not-surveyed"), "{}", b["states"]);
}

#[test]
fn what_does_not_join_is_listed_and_counted() {
    let bench = world();
    bench.run(&["build", ".", "--only", "tables", "--quiet", "--lang", "en"]);
    let problems = rows(&bench.read("out/problems.csv"));
    let lost = problems.iter().find(|p| p["value"] == "F9").expect("F9 is listed");
    assert_eq!(
        (lost["level"].as_str(), lost["file"].as_str(), lost["row"].as_str(), lost["column"].as_str()),
        ("error", "l.csv", "5", "field_id")
    );
    let outside = problems.iter().find(|p| p["value"] == "F4").expect("F4 lies outside");
    assert!(outside["problem"].contains("outside every commune"), "{}", outside["problem"]);
    assert!(problems.iter().any(|p| p["problem"].contains("5.0 contracted ha joined no field")
        || p["problem"].contains("5,0 contracted ha joined no field")));
    let run: serde_json::Value = serde_json::from_str(&bench.read("out/run.json")).expect("run.json is JSON");
    let join = run["joins"].as_array().expect("joins").iter().find(|join| join["from"] == "l").expect("the join of l");
    assert_eq!((join["matched"].as_u64(), join["unmatched"].as_u64(), join["without"].as_u64()), (Some(2), Some(1), Some(2)));
}

#[test]
fn a_missing_value_is_never_zero() {
    let bench = world();
    // No contract names a field of the second commune, and the table does not claim to be complete.
    bench.write("l.csv", "field_id,enterprise,contracted_ha\nF1,E1,30.5\n");
    bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    let found = rows(&bench.read("out/tables/communes.csv"));
    assert_eq!(found[1]["linked_ha"], "");
    assert!(found[1]["states"].contains("linked_ha=no-data"));
    let complete = bench.read("ruong.toml").replace("file = \"l.csv\"", "file = \"l.csv\"\ncomplete = true");
    bench.write("ruong.toml", complete);
    bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(rows(&bench.read("out/tables/communes.csv"))[1]["linked_ha"], "0");
}

#[test]
fn repeated_contracts_follow_the_declared_rule() {
    let bench = world();
    bench.write("l.csv", "field_id,enterprise,contracted_ha\nF1,E1,30\nF1,E1,20\n");
    let project = bench.read("ruong.toml");
    for (rule, hectares) in [("sum", "50"), ("last", "20")] {
        bench.write("ruong.toml", format!("{project}duplicates = \"{rule}\"\n"));
        assert_eq!(bench.run(&["build", ".", "--only", "tables", "--quiet"]).code, 0);
        assert_eq!(rows(&bench.read("out/tables/communes.csv"))[0]["linked_ha"], hectares, "{rule}");
    }
    bench.write("ruong.toml", format!("{project}duplicates = \"error\"\n"));
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet", "--lang", "en"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("line 3") && ran.stderr.contains("earlier row"), "{}", ran.stderr);
}

#[test]
fn tables_join_communes_by_name_and_points_by_place() {
    let bench = world();
    bench
        .write("i.csv", "xa;so_ho\nMỹ Tho;12\nX. Mỹ Thọ;30\nMỹ Thó;7\n")
        .write("o.csv", "kinh_do,vi_do,ha\n105.15,10.05,1.5\n105.05,10.05,2.5\n104.0,10.0,9.5\n");
    bench.write(
        "ruong.toml",
        format!(
            "{COMMUNES_ONLY}[[tables]]\nid = \"i\"\nkind = \"indicator\"\nfile = \"i.csv\"\nkey = {{ commune_name = \"xa\" }}\n\
             [[tables]]\nid = \"o\"\nkind = \"indicator\"\nfile = \"o.csv\"\nkey = {{ lon = \"kinh_do\", lat = \"vi_do\" }}\n"
        ),
    );
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&bench.read("out/tables/communes.csv"));
    assert_eq!((found[0]["i.so_ho"].as_str(), found[1]["i.so_ho"].as_str()), ("12", "30"));
    assert_eq!((found[0]["o.ha"].as_str(), found[1]["o.ha"].as_str()), ("2.5", "1.5"));
    let problems = bench.read("out/problems.csv");
    assert!(problems.contains("Mỹ Thó") && problems.contains("104.00…, 10.00…"), "{problems}");
}

#[test]
fn slips_of_name_and_unit_are_named() {
    let bench = world();
    bench.write(
        "p.csv",
        "field_id,date,pest,severity\nF1,2024-04-09,rầy nâu,2\nF2,2024-04-10,Ray nâu,3\nF2,2024-04-11,RẦY NÂU,3\n",
    );
    // Square metres in a column of hectares.
    bench.write("l.csv", "field_id,enterprise,contracted_ha\nF1,E1,305000\nF2,E1,50\n");
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let problems = bench.read("out/problems.csv");
    assert!(problems.contains("\"\"Ray nâu\"\" and \"\"rầy nâu\"\" count as two pests"), "{problems}");
    assert!(problems.contains("RẦY NÂU,\"another spelling of \"\"rầy nâu\"\""), "{problems}");
    assert!(problems.contains("1 fields have more than 110 % of their land under contract"), "{problems}");
    assert!(problems.contains("field F1: 305000 ha on 121.2642 ha"), "{problems}");
}
