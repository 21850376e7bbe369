//! Contracts at risk where notice and contracts are by commune: a range by a stated assumption, never one number as if it were known.

mod common;

use common::{Bench, communes_in_a_row, number, rows, two_communes};

const PROJECT: &str = "version = 1\nlanguage = \"en\"\nperiod = \"latest\"\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\nname = \"name\"\n\
    [[tables]]\nid = \"n\"\nkind = \"infested-area\"\nfile = \"n.csv\"\nkey = { commune = \"code\" }\n\
    [[tables]]\nid = \"l\"\nkind = \"linked-production\"\nfile = \"l.csv\"\nkey = { commune = \"code\" }\n";
/// Commune 00412: 100 ha under contract of 400 sown; 80 and 40 ha at medium or worse. Commune 00413: 300 of 320, 200 hit.
const NOTICE: &str = "code,date,pest,nhẹ (ha),TB (ha),nặng (ha),DT gieo trồng (ha)\n\
    00412,08/04/2024 - 14/04/2024,rầy nâu,60,50,30,400\n00412,08/04/2024 - 14/04/2024,chuột,0,40,0,400\n00413,08/04/2024 - 14/04/2024,rầy nâu,0,0,200,320\n";
const CONTRACTS: &str = "code,contracted_ha\n00412,100\n00413,300\n";

fn built(notice: &str) -> (Bench, String) {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("ruong.toml", PROJECT).write("n.csv", notice).write("l.csv", CONTRACTS);
    let ran = bench.run(&["build", ".", "--only", "tables,maps", "--format", "svg"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    (bench, ran.stderr)
}

#[test]
fn contracts_by_commune_are_at_risk_within_a_range() {
    let (bench, said) = built(NOTICE);
    let communes = rows(&bench.read("out/tables/communes.csv"));
    let of = |row: usize| ["low", "expected", "high"].map(|bound| number(&communes[row], &format!("linked_at_risk_{bound}_ha")));
    // By hand: max(0, 100 + 80 − 400), 100 · (1 − 0.8 · 0.9), min(100, 80 + 40); max(0, 300 + 200 − 320), 300 · 200 / 320, min(300, 200).
    assert_eq!(of(0), [0.0, 28.0, 100.0]);
    assert_eq!(of(1), [180.0, 187.5, 200.0]);
    assert!(said.contains("(estimate): 180.0 – 300.0 ha, about 215.5 / 400.0 ha"), "{said}");
    assert!(!communes[0].contains_key("linked_at_risk_ha"), "an estimate is not the exact measure");
    let map = bench.read("out/maps/linked-at-risk-high-ha.svg");
    assert!(map.contains("ESTIMATE") && map.contains("180.0 – 300.0 ha"), "the map says that it is one, with its range");
}

#[test]
fn where_nothing_is_under_contract_nothing_is_at_risk_and_elsewhere_silence_is_no_zero() {
    // Neither commune has a row in the notice of the week but the third.
    let bench = Bench::new();
    let notice = "code,date,pest,nhẹ (ha),TB (ha),nặng (ha)\n29952,08/04/2024 - 14/04/2024,rầy nâu,0,5,0\n";
    bench
        .write("c.geojson", communes_in_a_row(3))
        .write("ruong.toml", PROJECT)
        .write("n.csv", notice)
        .write("l.csv", "code,contracted_ha\n29950,0\n29951,100\n29952,10\n");
    let ran = bench.run(&["build", ".", "--only", "tables"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let communes = rows(&bench.read("out/tables/communes.csv"));
    let high: Vec<&str> = communes.iter().map(|row| row["linked_at_risk_high_ha"].as_str()).collect();
    assert_eq!(high, ["0", "", "5"]);
    // Nobody said how much land was looked at.
    let pests = rows(&bench.read("out/tables/pests.csv"));
    assert!(pests.iter().all(|row| row["surveyed_ha"].is_empty()), "{pests:?}");
}

#[test]
fn without_the_land_sown_only_the_upper_bound_is_given() {
    let (bench, said) = built(&NOTICE.replace(",DT gieo trồng (ha)", "").replace(",400\n", "\n").replace(",320\n", "\n"));
    let communes = rows(&bench.read("out/tables/communes.csv"));
    assert_eq!(communes[0]["linked_at_risk_low_ha"], "");
    assert_eq!(communes[0]["linked_at_risk_expected_ha"], "");
    assert_eq!((number(&communes[0], "linked_at_risk_high_ha"), number(&communes[1], "linked_at_risk_high_ha")), (100.0, 200.0));
    assert!(said.contains("(estimate): at most 300.0 ha / 400.0 ha"), "{said}");
}
