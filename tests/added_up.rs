//! What is added and what is not: periods, units, classes, contracts and fields that come twice; what nobody can read is not none.

mod common;

use common::{Bench, COMMUNES_ONLY, Ran, collection, feature, number, rows, square, two_communes};

/// A project of two communes (00412, 00413) with one table.
fn built(kind: &str, table: &str, keys: &str) -> (Bench, Ran, String) {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("t.csv", table).write(
        "ruong.toml",
        format!("language = \"en\"\n{COMMUNES_ONLY}[[tables]]\nid = \"t\"\nkind = \"{kind}\"\nfile = \"t.csv\"\nkey = {{ commune = \"code\" }}\n{keys}"),
    );
    let ran = bench.run(&["build", ".", "--only", "tables"]);
    let problems = if ran.code < 2 { bench.read("out/problems.csv") } else { String::new() };
    (bench, ran, problems)
}

/// Cells of a column of communes.csv.
fn cells(bench: &Bench, column: &str) -> [String; 2] {
    let communes = rows(&bench.read("out/tables/communes.csv"));
    [0, 1].map(|row| communes[row][column].clone())
}

#[test]
fn years_are_never_added_and_months_not_without_a_word() {
    let (bench, _, problems) = built(
        "indicator",
        "code,Năm,Ấp,so_ho\n00412,2023,1,10\n00412,2024,1,12\n00412,2024,2,3\n00413,2024,1,6\n",
        "duplicates = \"sum\"\n",
    );
    assert_eq!(cells(&bench, "t.so_ho"), ["15", "6"], "{problems}");
    assert!(problems.contains("other periods are not added: 2023"), "{problems}");
    let (bench, _, problems) =
        built("indicator", "code,Tháng,so_ho\n00412,3,10\n00412,4,12\n00413,4,6\n", "duplicates = \"sum\"\n");
    assert_eq!(cells(&bench, "t.so_ho"), ["22", "6"]);
    assert!(problems.contains("rows of 2 periods are added"), "{problems}");
    // Contracts of two years are named, and one year may be kept.
    let contracts = "code,Năm,contracted_ha\n00412,2023,10\n00412,2024,12\n00413,2024,5\n";
    let (_, _, problems) = built("linked-production", contracts, "");
    assert!(problems.contains("rows of several years are added"), "{problems}");
    let (bench, _, problems) = built("linked-production", contracts, "where = { \"Năm\" = \"2024\" }\n");
    assert_eq!(cells(&bench, "linked_ha"), ["12", "5"]);
    assert!(!problems.contains("several years"), "{problems}");
}

#[test]
fn months_in_words_are_days_of_a_report() {
    let notice = "code,Tháng,pest,total_ha\n00412,Tháng 4/2024,rầy nâu,10\n00412,Tháng 3/2024,rầy nâu,30\n";
    let (bench, ran, problems) = built("infested-area", notice, "");
    assert!(ran.code < 2, "{}", ran.stderr);
    // Without a period declared the last of the file speaks.
    bench.write("ruong.toml", format!("period = \"latest\"\n{}", bench.read("ruong.toml")));
    assert!(bench.run(&["build", ".", "--only", "tables", "--quiet"]).code < 2);
    assert_eq!(cells(&bench, "infested_ha")[0], "10", "{problems}");
}

#[test]
fn a_number_that_nobody_can_read_is_not_none() {
    let notice = "code,date,pest,total_ha\n00412,2024-04-06,rầy nâu,10\n00413,2024-04-06,rầy nâu,x\n";
    let (bench, _, problems) = built("infested-area", notice, "complete = true\n");
    assert_eq!(cells(&bench, "infested_ha"), ["10", ""], "{problems}");
    let (bench, ..) = built("infested-area", notice.rsplit_once("\n00413").expect("rows").0, "complete = true\n");
    assert_eq!(cells(&bench, "infested_ha"), ["10", "0"], "what a complete report does not name is not there");
    for cell in ["", "chưa rõ"] {
        let (bench, ..) =
            built("linked-production", &format!("code,contracted_ha\n00412,10\n00413,{cell}\n"), "complete = true\n");
        assert_eq!(cells(&bench, "linked_ha"), ["10", ""], "{cell}");
    }
    let (bench, ..) = built("linked-production", "code,contracted_ha\n00412,10\n", "complete = true\n");
    assert_eq!(cells(&bench, "linked_ha"), ["10", "0"]);
}

#[test]
fn units_of_rows_are_units_of_their_numbers() {
    let (bench, _, problems) = built("indicator", "code,Diện tích (ha),ĐVT\n00412,10000,m2\n00413,3,công\n", "");
    assert_eq!(cells(&bench, "t.Diện tích (ha)"), ["1", "0.3"], "{problems}");
    assert!(problems.contains("m2") && problems.contains("cong"), "{problems}");
    let (bench, _, problems) =
        built("indicator", "code,ap,Sản lượng,ĐVT\n00412,1,2,tấn\n00412,2,900,kg\n00413,1,3,tấn\n", "duplicates = \"sum\"\n");
    assert_eq!(cells(&bench, "t.Sản lượng"), ["2", "3"], "{problems}");
    assert!(problems.contains("the unit of this row is \"\"kg\"\""), "{problems}");
    // Classes that become columns have units of their own.
    let (bench, _, problems) = built(
        "indicator",
        "code,Chỉ tiêu,ĐVT,Số lượng\n00412,Đàn heo,con,40\n00412,Đàn gà,con,90\n00412,Sản lượng,tấn,7\n00413,Đàn heo,con,30\n00413,Đàn gà,con,80\n00413,Sản lượng,tấn,5\n",
        "pivot = { by = \"Chỉ tiêu\", value = \"Số lượng\" }\nduplicates = \"sum\"\n",
    );
    assert_eq!(cells(&bench, "t.Sản lượng"), ["7", "5"], "{problems}");
}

#[test]
fn rows_that_are_equal_are_named() {
    for (kind, table, keys) in [
        ("linked-production", "TT,code,enterprise,contracted_ha\n1,00412,A,10\n2,00412,A,10\n3,00413,A,5\n", ""),
        ("indicator", "TT,code,ha\n1,00412,2\n2,00412,2\n3,00413,3\n", "duplicates = \"sum\"\n"),
    ] {
        let (_, _, problems) = built(kind, table, keys);
        assert!(problems.contains("row 3 to row 2") && problems.contains("all are added"), "{kind}: {problems}");
        let (_, _, problems) = built(kind, &table.replace("2,00412", "2,00413"), keys);
        assert!(!problems.contains("all are added"), "{kind}: {problems}");
    }
    // So are contracts that are said to be over.
    let (_, _, problems) =
        built("linked-production", "code,contracted_ha,Tình trạng\n00412,10,Đang thực hiện\n00413,5,Hủy hợp đồng\n", "");
    assert!(problems.contains("1 contracts are said to be cancelled"), "{problems}");
}

#[test]
fn enterprises_and_classes_are_one_however_they_are_typed() {
    let (bench, _, problems) = built(
        "linked-production",
        "code,enterprise,contracted_ha\n00412,Cty Lộc Trời,10\n00412,CTY LỘC TRỜI,4\n00413,Cty Lộc  Trời,5\n00413,Tân Đạt,1\n",
        "",
    );
    let firms = rows(&bench.read("out/tables/enterprises.csv"));
    let hectares: Vec<(&str, f64)> = firms.iter().map(|row| (row["enterprise"].as_str(), number(row, "contracted_ha"))).collect();
    assert_eq!(hectares, [("Cty Lộc Trời", 19.0), ("Tân Đạt", 1.0)], "{problems}");
    assert!(problems.contains("CTY LỘC TRỜI") && problems.contains("taken as one"), "{problems}");
    let (bench, ..) = built(
        "indicator",
        "code,muc,ha\n00412,nhẹ,1\n00412,nặng,2\n00412,Nhẹ,4\n00413,NẶNG,3\n",
        "pivot = { by = \"muc\", value = \"ha\" }\nduplicates = \"sum\"\n",
    );
    assert_eq!([cells(&bench, "t.Nhẹ"), cells(&bench, "t.NẶNG")].map(|column| column.join("/")), ["5/0", "2/3"]);
    // Pests too, and a map may name one as it likes.
    let notice = "code,date,pest,total_ha\n00412,2024-04-06,RẦY NÂU,10\n00413,2024-04-06,Rầy nâu,4\n";
    let (bench, _, _) = built("infested-area", notice, "[[maps]]\nid = \"m\"\nmeasure = \"infested_ha\"\npest = \"rầy nâu\"\n");
    let pests = rows(&bench.read("out/tables/pests.csv"));
    assert!(pests.iter().all(|row| row["pest"] == "Rầy nâu"), "{pests:?}");
    let ran = bench.run(&["build", ".", "--only", "maps", "--format", "svg", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn amounts_beside_columns_across_are_one() {
    let (bench, _, problems) = built(
        "indicator",
        "code,Số hộ,Lúa,Màu\n00412,100,2,3\n00413,50,5,10\n",
        "unpivot = { headings = [\"Lúa\", \"Màu\"], into = \"loai\", value = \"ha\" }\nduplicates = \"sum\"\n",
    );
    assert_eq!(
        [cells(&bench, "t.Số hộ"), cells(&bench, "t.ha")].map(|column| column.join("/")),
        ["100/50", "5/15"],
        "{problems}"
    );
    // Of weeks across the last counts, and what stands beside them is still there.
    let (bench, _, problems) = built(
        "indicator",
        "code,Kế hoạch,05/04/2024 - 11/04/2024,12/04/2024 - 18/04/2024\n00412,100,20,50\n00413,80,10,40\n",
        "unpivot = { headings = [\"05/04/2024 - 11/04/2024\", \"12/04/2024 - 18/04/2024\"], into = \"Kỳ\", value = \"ha\" }\n",
    );
    assert_eq!(
        [cells(&bench, "t.Kế hoạch"), cells(&bench, "t.ha")].map(|column| column.join("/")),
        ["100/80", "50/40"],
        "{problems}"
    );
    // Where communes stand across, a column beside them is of all together.
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("t.csv", "svgh,Tổng,00412,00413,Tuần trước\nrầy nâu,30,10,20,25\nchuột,7,3,4,9\n").write(
        "ruong.toml",
        format!(
            "language = \"en\"\n{COMMUNES_ONLY}[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = {{ commune = \"xa\" }}\n\
             unpivot = {{ headings = [\"00412\", \"00413\"], into = \"xa\", value = \"ha\" }}\nduplicates = \"sum\"\n"
        ),
    );
    let ran = bench.run(&["build", ".", "--only", "tables"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    assert_eq!(cells(&bench, "t.ha"), ["13", "24"]);
    let head = bench.read("out/tables/communes.csv");
    assert!(!head.contains("Tổng") && !head.contains("Tuần trước"), "{head}");
    assert!(bench.read("out/problems.csv").contains("of all of them together"), "{}", bench.read("out/problems.csv"));
}

#[test]
fn fields_drawn_twice_are_more_than_the_commune_has() {
    let bench = Bench::new();
    let field = |id: &str| feature(&format!("\"id\":\"{id}\""), &square(105.0, 10.0, 105.1, 10.06));
    bench
        .write("c.geojson", two_communes())
        .write("ruong.toml", format!("language = \"en\"\n{COMMUNES_ONLY}[fields]\nfile = \"f.geojson\"\nid = \"id\"\n"));
    for (fields, told) in [(vec![field("a")], false), (vec![field("a"), field("b")], true)] {
        bench.write("f.geojson", collection(&fields));
        let ran = bench.run(&["build", ".", "--only", "tables"]);
        assert!(ran.code < 2, "{}", ran.stderr);
        assert_eq!(bench.read("out/problems.csv").contains("drawn twice"), told);
    }
}

#[test]
fn what_is_counted_has_no_decimals_and_rates_no_sum() {
    let (_, ran, _) = built("indicator", "code,Tổng đàn (con),Bình quân\n00412,1.250,5.5\n00413,300,6.5\n", "");
    assert!(ran.code != 0 && ran.stderr.contains("cannot have the"), "{}", ran.stderr);
    let headings =
        ["Tạ/ha", "kg/công", "con/m2", "Thu nhập (triệu đồng/người/năm)", "Độ tuổi", "Năng xuất", "Sản lượng (tấn/năm)"];
    let table = format!("code,{}\n00412,1,2,3,4,5,6,7\n00413,2,3,4,5,6,7,8\n", headings.join(","));
    let (bench, ..) = built("indicator", &table, "");
    let summary = rows(&bench.read("out/tables/summary.csv"));
    let total = |heading: &str| {
        let row = summary.iter().find(|row| row["measure"] == format!("t.{heading}"));
        row.map(|row| row["current"].clone()).unwrap_or_default()
    };
    assert_eq!(headings.map(total), ["", "", "", "", "", "", "15"]);
}

#[test]
fn rows_in_two_tables_are_told() {
    let bench = Bench::new();
    let notice = "code,date,pest,total_ha\n00412,2024-04-06,rầy nâu,10\n00413,2024-04-06,rầy nâu,20\n";
    let table = |id: &str| {
        format!("[[tables]]\nid = \"{id}\"\nkind = \"infested-area\"\nfile = \"{id}.csv\"\nkey = {{ commune = \"code\" }}\n")
    };
    bench
        .write("c.geojson", two_communes())
        .write("a.csv", notice)
        .write("b.csv", notice)
        .write("ruong.toml", format!("language = \"en\"\n{COMMUNES_ONLY}{}{}", table("a"), table("b")));
    let ran = bench.run(&["build", ".", "--only", "tables"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    assert!(
        bench.read("out/problems.csv").contains("2 places have rows of the same period and pest in a.csv"),
        "{}",
        bench.read("out/problems.csv")
    );
}

#[test]
fn registers_say_what_they_leave_out_and_what_was_not_known_yet() {
    let bench = Bench::new();
    bench
        .write("c.geojson", two_communes())
        .write(
            "o.csv",
            "mã ổ dịch,bệnh,loài,xã,ngày khởi phát,ngày báo cáo,số mắc\nÔD-1,Dịch tả heo châu Phi,Heo,00412,01/04/2024,02/04/2024,20\n\
             ÔD-1,Dịch tả heo châu Phi,Heo,00412,01/04/2024,13/04/2024,30\nÔD-2,Dịch tả heo châu Phi,Heo nái,00413,01/04/2024,02/04/2024,4\n",
        )
        .write("h.csv", "xã,loài,Năm,tổng đàn,số hộ\n00412,Heo,2023,100,4\n00412,Heo,2024,120,5\n00413,Heo nái,2024,80,2\n");
    let run = |more: &[&str]| {
        let own = [
            "outbreaks",
            "rates",
            "--outbreaks",
            "o.csv",
            "--herds",
            "h.csv",
            "--communes",
            "c.geojson",
            "--out",
            "r",
            "--lang",
            "en",
            "--quiet",
        ];
        let ran = bench.run(&[&own, more].concat());
        assert!(ran.code < 2, "{}", ran.stderr);
        bench.read("r/problems.csv")
    };
    let problems = run(&["--until", "2024-04-10", "--species", "Heo"]);
    assert!(problems.contains("1 outbreaks have the numbers of a report of after"), "{problems}");
    assert!(problems.contains("only the species \"\"Heo\"\" is counted; left out: Heo nái"), "{problems}");
    assert!(
        problems.contains("rows of several years are added") && problems.contains("this column of figures is not read"),
        "{problems}"
    );
    assert!(!run(&["--until", "2024-04-20"]).contains("report of after"));
}

#[test]
fn a_measure_is_refused_a_key_that_it_is_not_known_by() {
    for (measure, key) in [
        ("linked_ha", "pest = \"rầy nâu\""),
        ("linked_ha", "severity = 2"),
        ("linked_at_risk_ha", "severity = 2"),
        ("t.x", "severity = 2"),
    ] {
        let bench = Bench::new();
        let table = |id: &str, kind: &str| {
            format!("[[tables]]\nid = \"{id}\"\nkind = \"{kind}\"\nfile = \"{id}.csv\"\nkey = {{ commune = \"code\" }}\n")
        };
        bench
            .write("c.geojson", two_communes())
            .write("t.csv", "code,x\n00412,1\n00413,2\n")
            .write("l.csv", "code,contracted_ha\n00412,1\n00413,2\n")
            .write("p.csv", "code,date,pest,severity\n00412,2024-04-06,rầy nâu,2\n00413,2024-04-06,rầy nâu,1\n")
            .write(
                "ruong.toml",
                format!(
                    "language = \"en\"\n{COMMUNES_ONLY}{}{}{}[[maps]]\nid = \"m\"\nmeasure = \"{measure}\"\n{key}\n",
                    table("t", "indicator"),
                    table("l", "linked-production"),
                    table("p", "pest-forecast")
                ),
            );
        let ran = bench.run(&["build", ".", "--only", "maps", "--format", "svg"]);
        assert!(ran.code != 0 && ran.stderr.contains("is not known by"), "{measure} {key}: {}", ran.stderr);
    }
}

/// Results are held against plans where both are told: a plan that is not told is not none, and one of 0 is.
#[test]
fn plans_and_results_are_summed_over_the_same_communes() {
    let keys = "indicators = [{ id = \"p\", name = \"P\", unit = \"ha\", plan = \"kh\", result = \"th\" }]\n";
    for (second, expected) in [(",70", 80.0), ("50,", 80.0), ("0,10", 90.0), ("100,70", 75.0)] {
        let (bench, ..) = built("indicator", &format!("code,kh,th\n00412,100,80\n00413,{second}\n"), keys);
        let summary = rows(&bench.read("out/tables/summary.csv"));
        let row = summary.iter().find(|row| row["measure"] == "t.p_attainment_pct").expect("the row");
        assert_eq!(number(row, "current"), expected, "{second}");
    }
}

/// Rows of two sheets stand on one line each, and are two.
#[test]
fn amounts_beside_columns_across_are_one_for_each_sheet() {
    use common::office::{book, line, sheet};
    let bench = Bench::new();
    let table = |households: &str| {
        vec![line(&["code", "So ho", "Lua", "Mau"]), line(&["00412", households, "2", "3"]), line(&["00413", "1", "1", "1"])]
    };
    book(&bench, "t.xlsx", &[sheet("Mot", &[], table("100")), sheet("Hai", &[], table("30"))]);
    bench.write("c.geojson", two_communes()).write(
        "ruong.toml",
        format!(
            "language = \"en\"\n{COMMUNES_ONLY}[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.xlsx\"\nsheet = \"*\"\nkey = {{ commune = \"code\" }}\n\
             unpivot = {{ headings = [\"Lua\", \"Mau\"], into = \"loai\", value = \"ha\" }}\nduplicates = \"sum\"\n"
        ),
    );
    let ran = bench.command("build . --only tables");
    assert!(ran.code < 2, "{}", ran.stderr);
    assert_eq!([cells(&bench, "t.So ho"), cells(&bench, "t.ha")].map(|column| column.join("/")), ["130/2", "10/4"]);
}
