//! Tables of before July 2025 beside boundaries of after it: what became what is Resolution 1663/NQ-UBTVQH15 for Đồng Tháp.

mod common;

use common::{Bench, number, rows};

/// Communes of today, as squares. Phường Long Thuận is Gò Công's; before, a xã Long Thuận of other land lay in Hồng Ngự.
const TODAY: [(&str, &str); 6] = [
    ("29971", "Thường Phước"),
    ("29978", "Thường Lạc"),
    ("29983", "Long Khánh"),
    ("29992", "Long Phú Thuận"),
    ("30154", "Tân Long"),
    ("28297", "Long Thuận"),
];

fn bench(table: &str) -> Bench {
    let bench = Bench::new();
    let square = |(at, (code, name)): (usize, &(&str, &str))| {
        let (west, east) = (105.0 + 0.1 * at as f64, 105.1 + 0.1 * at as f64);
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}","name":"{name}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},10.5],[{east},10.5],[{east},10.6],[{west},10.6],[{west},10.5]]]}}}}"#
        )
    };
    let features: Vec<String> = TODAY.iter().enumerate().map(square).collect();
    bench.write("xa.geojson", format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")));
    bench.write("bc.csv", table);
    bench
}

const NOTICE: &str = "Xã,Sâu bệnh,Ngày,Diện tích nhiễm (ha)\n\
    Thường Thới Tiền,Rầy nâu,11/04/2024,10\nThường Phước 1,Rầy nâu,11/04/2024,20\nThường Phước 2,Rầy nâu,11/04/2024,5\n\
    Thường Lạc,Rầy nâu,11/04/2024,7\nLong Khánh A,Rầy nâu,11/04/2024,3\nLong Thuận,Rầy nâu,11/04/2024,11\n\
    Phú Thuận A,Rầy nâu,11/04/2024,2\nPhú Thuận B,Rầy nâu,11/04/2024,4\n";

fn infested(bench: &Bench) -> Vec<(String, String)> {
    let table = rows(&bench.read("p/out/tables/communes.csv"));
    table
        .into_iter()
        .map(|row| (row["name"].clone(), row.get("infested_ha").cloned().unwrap_or_default()))
        .filter(|(_, ha)| !ha.is_empty())
        .collect()
}

fn of(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, ha)| ((*name).to_owned(), (*ha).to_owned())).collect()
}

#[test]
fn whole_communes_pass_on_exactly_and_a_divided_one_is_asked_about() {
    let bench = bench(NOTICE);
    assert_eq!(bench.command("new p xa.geojson bc.csv").code, 0);
    let ran = bench.command("build p --only tables");
    let whole = of(&[("Thường Phước", "35"), ("Thường Lạc", "7"), ("Long Khánh", "3"), ("Long Phú Thuận", "13")]);
    assert_eq!(infested(&bench), whole);
    assert!(ran.stderr.contains("Phú Thuận B") && ran.stderr.contains("Xã Long Phú Thuận, Xã Tân Long"), "{}", ran.stderr);

    // With its shares stated it passes on too.
    let text = bench.read("p/ruong.toml");
    let shares = "[[former]]\nshares = { \"Phú Thuận B\" = { \"Long Phú Thuận\" = 0.75, \"Tân Long\" = 0.25 } }";
    let text = text.lines().map(|line| if line.starts_with("[[former]]") { shares } else { line }).collect::<Vec<_>>().join("\n");
    bench.write("p/ruong.toml", &text);
    let ran = bench.command("build p --only tables");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let all =
        of(&[("Thường Phước", "35"), ("Thường Lạc", "7"), ("Long Khánh", "3"), ("Long Phú Thuận", "16"), ("Tân Long", "1")]);
    assert_eq!(infested(&bench), all);

    // Of what lies outside the project nothing is added to what lies inside.
    let whole = bench.read("xa.geojson");
    bench.write("xa.geojson", whole.replace("30154", "30155"));
    let ran = bench.command("build p --only tables");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let inside = [("Thường Phước", "35"), ("Thường Lạc", "7"), ("Long Khánh", "3"), ("Long Phú Thuận", "16")];
    assert_eq!(infested(&bench), of(&inside));
    bench.write("xa.geojson", whole);

    for (wrong, says) in
        [("\"Tân Long\" = 0.25", "cộng thành 1"), ("\"Long Khánh\" = 0.25", "đã chia vào"), ("\"Tân Long\" = 1.25", "từ 0 đến 1")]
    {
        let changed =
            text.replace("\"Tân Long\" = 0.25", wrong).replace("0.75", if wrong.contains("Tân") { "0.9" } else { "0.75" });
        bench.write("p/ruong.toml", changed);
        let ran = bench.command("build p --only tables");
        assert!(ran.code == 2 && ran.stderr.contains(says), "{wrong}: {}", ran.stderr);
    }
}

/// Thường Lạc and Long Thuận were of other land, so without a word on the date nothing of them counts.
#[test]
fn names_of_before_do_not_count_for_communes_of_today() {
    let bench = bench(NOTICE);
    bench.write(
        "p/ruong.toml",
        "version = 1\n[communes]\nfile = \"../xa.geojson\"\n[[tables]]\nid = \"bc\"\nkind = \"infested-area\"\n\
         file = \"../bc.csv\"\nkey = { commune_name = \"Xã\" }\n",
    );
    let ran = bench.command("build p --only tables");
    assert_eq!(infested(&bench), of(&[]));
    let problems = bench.read("p/out/problems.csv");
    assert!(problems.contains("Thường Lạc, Long Thuận: trước sắp xếp là xã khác đất"), "{problems}");
    assert!(problems.contains("nay thuộc Xã Thường Phước (Huyện Hồng Ngự)"), "{problems}");
    assert!(ran.stderr.contains("lỗi"), "{}", ran.stderr);

    let ran = bench.command("match bc.csv --communes xa.geojson");
    assert!(ran.stdout.contains("Long Khánh A: xã trước sắp xếp 01/7/2025, nay thuộc Xã Long Khánh"), "{}", ran.stdout);

    // Names of today are left alone, whichever of them were names of before.
    let now = "Xã,Sâu bệnh,Ngày,Diện tích nhiễm (ha)\nThường Phước,Rầy nâu,11/04/2026,1\nThường Lạc,Rầy nâu,11/04/2026,2\n\
               Long Khánh,Rầy nâu,11/04/2026,3\nLong Thuận,Rầy nâu,11/04/2026,4\nPhú Thuận B,Rầy nâu,11/04/2026,5\nThường Phước 2,Rầy nâu,11/04/2026,6\n";
    bench.write("bc.csv", now);
    let _ = bench.command("build p --only tables");
    assert_eq!(infested(&bench).len(), 4, "{:?}", infested(&bench));
}

#[test]
fn a_mean_of_several_communes_is_not_made_up_and_codes_are_known_too() {
    let bench = bench(
        "ma_xa,Năng suất (tấn/ha),Diện tích (ha)\n29956,6.5,100\n29971,7.5,200\n29974,7,50\n29980,6,10\n29983,6,20\n29992,5,10\n29998,5,10\n29995,5,10\n",
    );
    assert_eq!(bench.command("new p xa.geojson bc.csv").code, 0);
    let _ = bench.command("build p --only tables");
    let table = rows(&bench.read("p/out/tables/communes.csv"));
    let heads: Vec<String> = table[0].keys().cloned().collect();
    let heading = |word: &str| heads.iter().find(|head| head.contains(word)).expect("a column").clone();
    let (yields, land) = (heading("(tấn/ha)"), heading("Diện tích (ha)"));
    let row = |name: &str| table.iter().find(|row| row["name"] == name).expect("a row");
    assert_eq!((row("Thường Phước")[&yields].as_str(), number(row("Thường Phước"), &land)), ("", 350.0));
    assert_eq!((number(row("Long Khánh"), &yields), number(row("Long Khánh"), &land)), (6.0, 30.0));
    assert_eq!((row("Long Phú Thuận")[&yields].as_str(), row("Long Phú Thuận")[&land].as_str()), ("", ""));
    let problems = bench.read("p/out/problems.csv");
    assert!(problems.contains("xã gồm 3 xã cũ có số khác nhau"), "{problems}");
    assert!(problems.contains("mới biết số liệu của 2 trong 3 xã cũ"), "{problems}");
}

/// Phú Thuận B went to two communes: of 0 ha each has 0 ha, of 10 ha nobody knows who has how much, also where a table is complete.
#[test]
fn of_nothing_every_part_has_nothing() {
    let table = |divided: &str| format!("ma_xa,Hộ,Diện tích (ha)\n29992,7,\"10,5\"\n29998,8,10\n29995,,{divided}\n");
    for (complete, divided, land) in [(false, "0", "20.5"), (false, "10", ""), (true, "0", "20.5"), (true, "10", "")] {
        let bench = bench(&table(divided));
        bench.write(
            "p/ruong.toml",
            format!(
                "version = 1\n[communes]\nfile = \"../xa.geojson\"\n[[former]]\nid = \"cu\"\nreform = \"2025-07\"\n[[tables]]\n\
                 id = \"bc\"\nkind = \"indicator\"\nfile = \"../bc.csv\"\nkey = {{ commune = \"ma_xa\" }}\nunits = \"cu\"\n\
                 complete = {complete}\nindicators = [{{ id = \"ha\", column = \"Diện tích (ha)\" }}, {{ id = \"ho\", column = \"Hộ\" }}]\n"
            ),
        );
        let ran = bench.command("build p --only tables");
        assert_eq!(ran.stderr.contains("đã chia vào nhiều xã"), divided == "10", "{}", ran.stderr);
        let all = rows(&bench.read("p/out/tables/communes.csv"));
        let of = all.iter().find(|row| row["name"] == "Long Phú Thuận").expect("a row");
        assert_eq!(of["bc.ha"], land, "complete {complete}, {divided}");
        // A column of whole numbers beside one with a comma is no mixture of signs.
        assert_eq!(of["bc.ho"], if complete && divided == "0" { "15" } else { "" });
    }
}
