//! Sums are exact: the order of rows changes no digit, and pieces of a field add up to it.

mod common;

use common::*;

/// Contracts that sum to 5.85 ha and 2.4 ha, in an order. Of binary fractions the first four make 5.85 or, in the order of the list,
/// 5.849999999999999.
fn build(order: &[usize]) -> (Bench, String) {
    let bench = Bench::new();
    let hectares = ["2.5", "2.03", "0.94", "0.38", "1.7", "0.7"];
    let pests = ["rầy nâu", "đạo ôn", "sâu cuốn lá", "bạc lá", "chuột", "ốc bươu vàng"];
    let mut contracts = "xa,enterprise,contracted_ha\n".to_owned();
    let mut values = "xa,ho\n".to_owned();
    let mut seen = "xa,pest,severity\n".to_owned();
    for &row in order {
        let commune = ["29950", "29953"][row / 4];
        contracts += &format!("{commune},E{row},{}\n", hectares[row]);
        values += &format!("{commune},{}\n", hectares[row]);
        seen += &format!("{commune},{},{}\n", pests[row], row % 3 + 2 - usize::from(row > 3));
    }
    let squares = [
        feature("\"code\":\"29950\",\"name\":\"A\"", &square(105.0, 10.0, 105.1, 10.1)),
        feature("\"code\":\"29953\",\"name\":\"B\"", &square(105.1, 10.0, 105.2, 10.1)),
    ];
    bench.write("c.geojson", collection(&squares)).write("l.csv", contracts).write("i.csv", values).write("p.csv", seen).write(
        "ruong.toml",
        "version = 1\n[communes]\nfile = \"c.geojson\"\n[[tables]]\nid = \"l\"\nkind = \"linked-production\"\nfile = \"l.csv\"\nkey = { commune = \"xa\" }\n\
         [[tables]]\nid = \"i\"\nkind = \"indicator\"\nfile = \"i.csv\"\nkey = { commune = \"xa\" }\nduplicates = \"sum\"\n\
         [[tables]]\nid = \"p\"\nkind = \"pest-forecast\"\nfile = \"p.csv\"\nkey = { commune = \"xa\" }\n",
    );
    let ran = bench.run(&["build", ".", "--only", "tables"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    (bench, ran.stderr)
}

#[test]
fn the_order_of_rows_changes_no_digit() {
    let (first, said) = build(&[0, 1, 2, 3, 4, 5]);
    // 8.25 ha in all: halves round away from zero.
    assert!(said.contains("/ 8,3 ha"), "{said}");
    for order in [[3, 2, 1, 0, 5, 4], [1, 2, 0, 4, 5, 3], [5, 0, 4, 1, 3, 2]] {
        let (other, also) = build(&order);
        let answer = |said: &str| said.lines().filter(|line| line.contains(" ha")).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(answer(&also), answer(&said), "{order:?}");
        for table in ["communes", "summary", "pests"] {
            let file = format!("out/tables/{table}.csv");
            assert_eq!(other.read(&file), first.read(&file), "{table} of {order:?}");
        }
    }
    let communes = rows(&first.read("out/tables/communes.csv"));
    for (commune, hectares) in communes.iter().zip(["5.85", "2.4"]) {
        assert_eq!((commune["linked_ha"].as_str(), commune["i.ho"].as_str()), (hectares, hectares));
    }
}

#[test]
fn pieces_of_a_field_and_what_lies_outside_add_up_to_its_contract() {
    // A field over two communes and the land beside them, whose thirds have no end in decimals.
    let bench = Bench::new();
    let squares = [
        feature("\"code\":\"1001\",\"name\":\"A\"", &square(105.0, 10.0, 105.01, 10.01)),
        feature("\"code\":\"1002\",\"name\":\"B\"", &square(105.01, 10.0, 105.02, 10.01)),
    ];
    let field = [feature("\"field_id\":\"f1\"", &square(105.0, 10.0, 105.03, 10.01))];
    bench
        .write("c.geojson", collection(&squares))
        .write("f.geojson", collection(&field))
        .write("l.csv", "field_id,enterprise,contracted_ha\nf1,E,10\n")
        .write("p.csv", "field_id,pest,severity\nf1,rầy nâu,3\n")
        .write(
            "ruong.toml",
            "version = 1\nlanguage = \"en\"\n[communes]\nfile = \"c.geojson\"\n[fields]\nfile = \"f.geojson\"\nid = \"field_id\"\n\
             [[tables]]\nid = \"l\"\nkind = \"linked-production\"\nfile = \"l.csv\"\nkey = { field = \"field_id\" }\n\
             [[tables]]\nid = \"p\"\nkind = \"pest-forecast\"\nfile = \"p.csv\"\nkey = { field = \"field_id\" }\n",
        );
    let ran = bench.run(&["build", ".", "--only", "tables"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let communes = rows(&bench.read("out/tables/communes.csv"));
    for commune in &communes {
        assert!((number(commune, "linked_ha") - 10.0 / 3.0).abs() < 1e-6);
        assert_eq!(number(commune, "linked_at_risk_ha"), number(commune, "linked_ha"));
    }
}
