//! Hectares of tables that write land in other units, and of former units that are told in part.

mod common;

use common::{Bench, collection, feature, number, rows, square};

const PROJECT: &str = "version = 1\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\nname = \"name\"\n";

/// Four communes of some 12,000 ha in a row.
fn communes(first: u32) -> String {
    let one = |at: u32| {
        let west = 105.0 + 0.1 * f64::from(at);
        feature(
            &format!("\"code\":\"{}\",\"name\":\"Xã {}\"", first + at, ['A', 'B', 'C', 'D'][at as usize]),
            &square(west, 10.0, west + 0.1, 10.1),
        )
    };
    collection(&(0..4).map(one).collect::<Vec<_>>())
}

fn build(table: &str, kind: &str) -> (Bench, String) {
    let bench = Bench::new();
    bench.write("c.geojson", communes(10_001)).write("t.csv", table);
    bench.write(
        "ruong.toml",
        format!("{PROJECT}[[tables]]\nid = \"t\"\nkind = \"{kind}\"\nfile = \"t.csv\"\nkey = {{ commune = \"code\" }}\n"),
    );
    let ran = bench.run(&["build", ".", "--only", "tables"]);
    let said = format!("{}\n{}", ran.stderr, if ran.code < 2 { bench.read("out/problems.csv") } else { String::new() });
    (bench, said)
}

fn linked(bench: &Bench) -> f64 {
    number(&rows(&bench.read("out/tables/communes.csv"))[0], "linked_ha")
}

#[test]
fn square_metres_and_cong_become_hectares() {
    for (heading, cell, wanted) in [
        ("Diện tích hợp đồng (m2)", "203000", 20.3),
        ("Diện tích hợp đồng (m²)", "5000", 0.5),
        ("Diện tích hợp đồng (1.000 m2)", "203", 20.3),
        ("Diện tích hợp đồng (công)", "15", 1.5),
        ("Diện tích hợp đồng (ha)", "15", 15.0),
        ("Diện tích hợp đồng", "5000 m2", 0.5),
    ] {
        let (bench, said) = build(&format!("code,Doanh nghiệp,{heading}\n10001,A,{cell}\n10002,A,{cell}\n"), "linked-production");
        assert!((linked(&bench) - wanted).abs() < 1e-9, "{heading} {cell}: {said}");
        assert_eq!(said.contains("đổi ra ha"), !heading.contains("(ha)"), "{heading}: {said}");
        assert_eq!(said.contains("công tầm lớn"), heading.contains("công"), "{said}");
    }
}

#[test]
fn a_unit_that_differs_from_place_to_place_is_refused() {
    let (_, said) = build("code,Doanh nghiệp,Diện tích hợp đồng (sào)\n10001,A,12\n", "linked-production");
    assert!(said.contains("mỗi nơi một khác") && said.contains("sao"), "{said}");
}

#[test]
fn a_column_of_units_holds_for_each_row() {
    let (bench, said) = build("code,SVGH,ĐVT,Nhẹ,TB\n10001,Rầy nâu,m2,30000,0\n10002,Rầy nâu,ha,4,1\n", "infested-area");
    let found = rows(&bench.read("out/tables/pests.csv"));
    let of = |code: &str| number(found.iter().find(|row| row["code"] == code).expect("a row"), "infested_ha");
    assert!((of("10001") - 3.0).abs() < 1e-9 && (of("10002") - 5.0).abs() < 1e-9, "{said}");
}

#[test]
fn contracts_larger_than_their_commune_are_named() {
    let (_, said) = build("code,Doanh nghiệp,Diện tích hợp đồng (ha)\n10001,A,50000\n10002,A,3\n", "linked-production");
    assert!(said.contains("diện tích hợp đồng lớn hơn diện tích xã") && !said.contains("2 xã có"), "{said}");
    let rows: Vec<String> = (1..=4).map(|at| format!("1000{at},A,50000")).collect();
    let (_, said) = build(&format!("code,Doanh nghiệp,Diện tích hợp đồng (ha)\n{}\n", rows.join("\n")), "linked-production");
    assert!(said.contains("4 xã có diện tích hợp đồng lớn hơn"), "{said}");
}

/// A class that reports leave blank is none; what a total has beyond the classes is of no class.
#[test]
fn blanks_beside_classes() {
    let (bench, said) = build("code,SVGH,Nhẹ,TB,Nặng\n10001,Rầy nâu,5,,2\n10002,Rầy nâu,1,2,3\n", "infested-area");
    let found = rows(&bench.read("out/tables/pests.csv"));
    let row = found.iter().find(|row| row["code"] == "10001").expect("a row");
    assert_eq!(
        [number(row, "infested_ha"), number(row, "infested_ha_1"), number(row, "infested_ha_2")],
        [7.0, 5.0, 0.0],
        "{row:?}"
    );
    assert!(said.contains("để trống một mức"), "{said}");
    let (bench, said) = build("code,SVGH,Nhẹ,TB,Nặng,Tổng\n10001,Rầy nâu,5,,,17\n10002,Rầy nâu,1,2,3,6\n", "infested-area");
    let found = rows(&bench.read("out/tables/pests.csv"));
    let row = found.iter().find(|row| row["code"] == "10001").expect("a row");
    assert!((number(row, "infested_ha") - 17.0).abs() < 1e-9 && row["infested_ha_2"].is_empty(), "{row:?} {said}");
}

fn by_units(table: &str, keys: &str) -> (Bench, String, i32) {
    let bench = Bench::new();
    // Two new communes of two old ones each.
    let wide = |code: &str, name: &str, west: f64| {
        feature(&format!("\"code\":\"{code}\",\"name\":\"{name}\""), &square(west, 10.0, west + 0.2, 10.1))
    };
    bench.write("c.geojson", collection(&[wide("20001", "Mới Một", 105.0), wide("20002", "Mới Hai", 105.2)]));
    bench.write("old.geojson", communes(10_001)).write("t.csv", table);
    bench.write(
        "ruong.toml",
        format!(
            "{PROJECT}[[former]]\nid = \"cu\"\nfile = \"old.geojson\"\ncode = \"code\"\nname = \"name\"\n\
             [[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nunits = \"cu\"\nkey = {{ commune = \"code\" }}\n{keys}"
        ),
    );
    let ran = bench.run(&["build", ".", "--only", "tables"]);
    let said = format!("{}\n{}", ran.stderr, if ran.code < 2 { bench.read("out/problems.csv") } else { String::new() });
    (bench, said, ran.code)
}

fn values(bench: &Bench, column: &str) -> Vec<String> {
    rows(&bench.read("out/tables/communes.csv")).iter().map(|row| row[column].clone()).collect()
}

#[test]
fn former_units_obey_the_rules_of_other_tables() {
    let whole = "code,Diện tích (ha)\n10001,10\n10002,20\n10003,30\n10004,40\n";
    let (bench, said, _) = by_units(whole, "");
    let found: Vec<f64> = values(&bench, "t.Diện tích (ha)").iter().map(|text| text.parse().expect("a number")).collect();
    assert!((found[0] - 30.0).abs() < 1e-6 && (found[1] - 70.0).abs() < 1e-6, "{found:?} {said}");

    // Half of a commune is not the whole.
    let (bench, said, _) = by_units("code,Diện tích (ha)\n10001,10\n10003,30\n10004,40\n", "");
    assert_eq!(values(&bench, "t.Diện tích (ha)")[0], "", "{said}");
    assert!(said.contains("mới biết số liệu của 50 % đất xã này (10,0)"), "{said}");
    let (bench, ..) = by_units("code,Diện tích (ha)\n10001,10\n10003,30\n10004,40\n", "complete = true\n");
    assert!((values(&bench, "t.Diện tích (ha)")[0].parse::<f64>().expect("a number") - 10.0).abs() < 1e-6);

    // One row, the first, names nobody.
    let (_, said, _) = by_units(&format!("code,Diện tích (ha)\n,5\n{}", whole.split_once('\n').expect("rows").1), "");
    assert!(said.contains("1 dòng không có mã hoặc tên") && said.contains("t.csv,2,code,"), "{said}");

    // Marks of a missing value, negative hectares, other units, and units that come twice.
    for cell in ["-9999", "-5", "5000 m2"] {
        let (bench, said, _) = by_units(&whole.replace(",10\n", &format!(",{cell}\n")), "");
        assert_eq!(values(&bench, "t.Diện tích (ha)")[0], "", "{cell}: {said}");
        assert!(said.contains(cell), "{said}");
    }
    let (_, said, code) = by_units(&format!("{whole}10004,5\n"), "");
    assert!(code != 0 && said.contains("đã có ở dòng trước"), "{said}");
    let (bench, said, _) = by_units(&format!("{whole}10004,5\n"), "duplicates = \"sum\"\n");
    assert!((values(&bench, "t.Diện tích (ha)")[1].parse::<f64>().expect("a number") - 75.0).abs() < 1e-6, "{said}");
}

/// A class of severity is passed on as hectares, not as a mean.
#[test]
fn a_medium_class_adds_up() {
    let (bench, said, _) = by_units("code,Nhiễm trung bình (ha)\n10001,10\n10002,20\n10003,30\n10004,40\n", "");
    let found = values(&bench, "t.Nhiễm trung bình (ha)");
    assert!((found[0].parse::<f64>().expect("a number") - 30.0).abs() < 1e-6, "{found:?} {said}");
}

/// Names beside the codes are those of the former units, and are compared with them.
#[test]
fn names_beside_codes_are_of_their_date() {
    let (bench, said, _) =
        by_units("code,Tên xã,Diện tích (ha)\n10001,Xã A,10\n10002,Xã B,20\n10003,Xã C,30\n10004,Xã D,40\n", "");
    assert!(!said.contains("nhưng tên"), "{said}");
    assert!((values(&bench, "t.Diện tích (ha)")[0].parse::<f64>().expect("a number") - 30.0).abs() < 1e-6);
    let (bench, said, _) =
        by_units("code,Tên xã,Diện tích (ha)\n10001,Xã A,10\n10002,Xã B,20\n10003,Xã D,30\n10004,Xã C,40\n", "");
    assert!(said.contains("mã 10003 là Xã C") && values(&bench, "t.Diện tích (ha)")[1].is_empty(), "{said}");
}
