//! What is compared is the same land in both: communes with a number in each, rows that state both, herds whose size is known.
//! Numbers by hand.

mod common;

use common::{Bench, project_of_four, rows, words_of};

/// A project over four communes, called `c0` to `c3` here, built.
fn project(tables: &[(&str, &str, &str)], more: &str) -> Bench {
    let bench = project_of_four("{ from = 2024-04-05, to = 2024-04-11 }", tables, more);
    let ran = bench.command("build . --quiet --only tables,maps,charts --format svg");
    assert!(ran.code < 2, "{}", ran.stderr);
    bench
}

const REPORT: &str = "kind = \"infested-area\"\nkey = { commune = \"code\" }";
const INDICATOR: &str = "kind = \"indicator\"\nkey = { commune = \"code\" }";

fn words(bench: &Bench, file: &str) -> String {
    words_of(&bench.read(&format!("out/{file}.svg")))
}

/// Rầy nâu falls from 15 to 13 ha where both weeks are known; 50 ha of a commune without a week before are no growth.
#[test]
fn pests_are_compared_over_the_same_communes() {
    let table = "code,date,pest,total_ha\nc0,2024-04-04,Rầy nâu,10\nc0,2024-04-11,Rầy nâu,8\nc1,2024-04-11,Rầy nâu,50\n\
                 c2,2024-04-04,Rầy nâu,5\nc2,2024-04-11,Rầy nâu,5\n";
    let bench = project(
        &[("ia", REPORT, table)],
        "[[charts]]\nid = \"d\"\nkind = \"dots\"\nmeasure = \"infested_ha\"\nby = \"pest\"\n\
         [[maps]]\nid = \"m\"\nkind = \"change\"\nmeasure = \"infested_ha\"\n",
    );
    let dots = words(&bench, "charts/d");
    assert!(dots.contains("\u{2212}2") && dots.contains("2/3 xã") && !dots.contains("320"), "{dots}");
    // The figures under the map are those of the communes that are compared.
    let map = words(&bench, "maps/m");
    assert!(map.contains("2/3 xã") && map.contains("Kỳ này 13") && map.contains("Kỳ trước 15"), "{map}");
}

/// As many communes in both weeks, but others: 30 ha then and 65 ha now are of different land, 20 and 25 of the same.
#[test]
fn as_many_communes_need_not_be_the_same() {
    let table = "code,date,pest,total_ha\nc0,2024-04-04,Rầy nâu,10\nc1,2024-04-04,Rầy nâu,20\nc1,2024-04-11,Rầy nâu,25\n\
                 c2,2024-04-11,Rầy nâu,40\nc0,2023-04-13,Rầy nâu,4\nc1,2023-04-13,Rầy nâu,5\n";
    let bench = project(
        &[("ia", REPORT, table)],
        "[[charts]]\nid = \"t\"\nkind = \"time-series\"\nmeasure = \"infested_ha\"\ncompare = \"last-year\"\n",
    );
    let said = words(&bench, "charts/t");
    assert!(said.contains("2 rồi 2 xã có số liệu, chỉ 1 xã có cả hai"), "{said}");
    assert!(said.contains("2 xã có số liệu; năm nay 2, 1 xã có cả hai năm"), "{said}");
    assert!(!said.contains("+622") && !said.contains("+56"), "{said}");
}

/// From nothing to 8 ha is a rise, though none in per cent.
#[test]
fn a_rise_from_nothing_is_a_rise() {
    let table = "code,date,pest,total_ha\nc0,2024-04-04,Rầy nâu,0\nc0,2024-04-11,Rầy nâu,8\nc1,2024-04-04,Rầy nâu,10\n\
                 c1,2024-04-11,Rầy nâu,5\n";
    let bench =
        project(&[("ia", REPORT, table)], "[[maps]]\nid = \"m\"\nkind = \"change\"\nmeasure = \"infested_ha\"\npercent = true\n");
    let said = words(&bench, "maps/m");
    assert!(said.contains("Tăng ở 1 xã, giảm ở 1 xã"), "{said}");
}

/// A blank among rows that are added is not 0: the sum is the least, and a plan of two rows has no result of one.
#[test]
fn a_blank_among_rows_that_are_added_is_named() {
    let table = "code,ke_hoach,thuc_hien,ha\nc0,10,8,10\nc0,10,,\nc1,10,10,5\nc1,,5,5\nc2,10,5,1\n";
    let keys = format!(
        "{INDICATOR}\nduplicates = \"sum\"\n[[tables.indicators]]\nid = \"k\"\nplan = \"ke_hoach\"\nresult = \"thuc_hien\"\n\
         [[tables.indicators]]\nid = \"ha\"\ncolumn = \"ha\"\n"
    );
    let bench = project(&[("t", &keys, table)], "");
    let communes = rows(&bench.read("out/tables/communes.csv"));
    let of = |column: &str| [0, 1, 2].map(|at: usize| communes[at][column].clone());
    assert_eq!(of("t.k_attainment_pct"), ["", "", "50"]);
    assert_eq!([of("t.k_plan"), of("t.k_result")], [["20", "10", "10"], ["8", "15", "5"]]);
    let summary = rows(&bench.read("out/tables/summary.csv"));
    let total = summary.iter().find(|row| row["measure"] == "t.k_attainment_pct").expect("the measure");
    assert_eq!(total["current"], "50");
    let problems = bench.read("out/problems.csv");
    assert_eq!(problems.matches("1 ô trống trong các dòng cộng lại của 1 xã").count(), 3, "{problems}");
    // What is complete has nothing where it says nothing.
    let bench = project(&[("t", &keys.replace("duplicates", "complete = true\nduplicates"), table)], "");
    assert!(!bench.read("out/problems.csv").contains("ô trống"));
}

/// 36 ha without a class are infested: they lead, they are drawn, and they are named.
#[test]
fn land_without_a_class_is_drawn_and_said() {
    let table = "code,date,pest,light_ha,medium_ha,total_ha\nc0,2024-04-11,Rầy nâu,36,0,36\nc1,2024-04-11,Rầy nâu,,,36\n\
                 c0,2024-04-11,Đạo ôn,0,42,42\n";
    let bench = project(
        &[("ia", REPORT, table)],
        "[[charts]]\nid = \"s\"\nkind = \"stacked\"\nmeasure = \"infested_ha\"\nby = \"pest\"\n\
         [[charts]]\nid = \"c\"\nkind = \"stacked\"\nmeasure = \"infested_ha\"\n\
         [[charts]]\nid = \"a\"\nkind = \"area\"\nmeasure = \"infested_ha\"\n",
    );
    let by_pest = words(&bench, "charts/s");
    assert!(by_pest.contains("Rầy nâu: 72 ha") && by_pest.contains("Chưa phân mức"), "{by_pest}");
    let by_commune = words(&bench, "charts/c");
    assert!(by_commune.contains("36 ha chưa phân mức"), "{by_commune}");
    assert!(words(&bench, "charts/a").contains("Chưa phân mức"), "{}", words(&bench, "charts/a"));
}

/// Products of which one class is not known are at least so many.
#[test]
fn bars_of_which_a_part_is_unknown_are_the_least() {
    let table = "code,s3,s4,s5\nc0,2,,1\nc1,1,2,0\n";
    let bench = project(
        &[("o", INDICATOR, table)],
        "[[charts]]\nid = \"s\"\nkind = \"stacked\"\nmeasures = [\"o.s3\", \"o.s4\", \"o.s5\"]\n",
    );
    let said = words(&bench, "charts/s");
    assert!(said.contains("≥ 3") && !said.contains("≥ 3 ≥") && said.contains("1/4 xã có số liệu"), "{said}");
}

/// The sick of a herd of unknown size are in no rate: 10 of 100, not 90 of 100.
#[test]
fn rates_are_of_herds_whose_size_is_known() {
    let herds = "holding,code,species,head\nT1,c0,Heo,100\nT2,c0,Heo,\n";
    let register = "onset,disease,species,holding,code,sick\n2024-04-08,ASF,Heo,T1,c0,10\n2024-04-09,ASF,Heo,T2,c0,80\n";
    let bench = project(
        &[
            ("dan", "kind = \"herds\"\nkey = { commune = \"code\" }", herds),
            ("od", "kind = \"outbreaks\"\nkey = { commune = \"code\" }\nherds = \"dan\"", register),
        ],
        "",
    );
    let commune = &rows(&bench.read("out/tables/communes.csv"))[0];
    assert_eq!([commune["od.sick"].as_str(), commune["od.attack_pct"].as_str()], ["90", "10"]);
    assert!(bench.read("out/problems.csv").contains("vật mắc của hộ này không tính vào tỷ lệ"));
}

/// The commune with most of one measure lacks the other: what the chart shows is said of those with both.
#[test]
fn the_highest_of_a_scatter_is_that_of_communes_with_both() {
    let table = "code,a,b\nc0,68,\nc1,10,3\nc2,5,7\nc3,,400\n";
    let bench =
        project(&[("t", INDICATOR, table)], "[[charts]]\nid = \"s\"\nkind = \"scatter\"\nmeasure = \"t.a\"\nwith = \"t.b\"\n");
    let said = words(&bench, "charts/s");
    assert!(said.contains("Trong 2/4 xã có cả hai số: A: cao nhất ở Xã 1; b: cao nhất ở Xã 2"), "{said}");
}

/// A point in no commune is counted, and said to lie in none.
#[test]
fn points_outside_every_commune_are_said_to_be() {
    let table = "ten,lon,lat\nA,105.05,10.05\nB,100.0,10.05\n";
    let keys = "kind = \"points\"\nname = \"Sản phẩm\"\nkey = { lon = \"lon\", lat = \"lat\" }";
    let bench = project(&[("p", keys, table)], "[[maps]]\nid = \"p\"\nkind = \"points\"\npoints = [\"p\"]\n");
    assert!(words(&bench, "maps/p").contains("Sản phẩm: 2 (1 ngoài mọi xã)"), "{}", words(&bench, "maps/p"));
    let one = "[[maps]]\nid = \"p\"\nkind = \"points\"\npoints = [\"p\"]\ncommune = \"29950\"\n";
    let said = words(&project(&[("p", keys, table)], one), "maps/p");
    assert!(said.contains("Sản phẩm: 1") && !said.contains("ngoài mọi xã"), "{said}");
}

/// All pests of a commune together are no pest, and all enterprises no enterprise.
#[test]
fn rows_that_hold_the_sum_of_others_do_not_count() {
    for all in ["Tổng các loại", "Tất cả", "Các loại sâu bệnh", "Tổng DTN", "Cộng các loại"] {
        let table =
            format!("code,date,pest,total_ha\nc0,2024-04-11,Rầy nâu,20\nc0,2024-04-11,Đạo ôn lá,4\nc0,2024-04-11,{all},24\n");
        let bench = project(&[("ia", REPORT, &table)], "");
        assert_eq!(rows(&bench.read("out/tables/communes.csv"))[0]["infested_ha"], "20", "{all}");
        assert!(bench.read("out/problems.csv").contains("là tổng của các dòng khác cùng xã"), "{all}");
    }
    // Where nothing else is told it is all there is.
    let bench = project(&[("ia", REPORT, "code,date,pest,total_ha\nc0,2024-04-11,Tổng các loại,24\n")], "");
    assert_eq!(rows(&bench.read("out/tables/communes.csv"))[0]["infested_ha"], "24");
    for all in ["", "Các doanh nghiệp", "Tổng các doanh nghiệp"] {
        let table = format!("code,enterprise,contracted_ha\nc0,Công ty A,10\nc1,Công ty A,20\nc1,B,30\nc1,{all},50\n");
        let keys = "kind = \"linked-production\"\nkey = { commune = \"code\" }";
        let bench = project(&[("lk", keys, &table)], "");
        let communes = rows(&bench.read("out/tables/communes.csv"));
        assert_eq!([&communes[0]["linked_ha"], &communes[1]["linked_ha"]], ["10", "50"], "{all}");
    }
}

/// A corporation has "Tổng" in its name and is an enterprise.
#[test]
fn a_corporation_is_no_sum() {
    let table = "code,enterprise,contracted_ha\nc0,Công ty A,10\nc0,Tổng công ty Lương thực miền Nam,20\n";
    let bench = project(&[("lk", "kind = \"linked-production\"\nkey = { commune = \"code\" }", table)], "");
    assert_eq!(rows(&bench.read("out/tables/communes.csv"))[0]["linked_ha"], "30");
}

/// A week in which only one commune has reported is not filled with the week before.
#[test]
fn a_commune_that_has_not_reported_keeps_no_older_number() {
    let table = "code,Kỳ,ha\nc0,25/03/2024 - 31/03/2024,10\nc1,05/04/2024 - 11/04/2024,20\n";
    let bench = project(&[("t", INDICATOR, table)], "");
    let communes = rows(&bench.read("out/tables/communes.csv"));
    assert_eq!([&communes[0]["t.ha"], &communes[1]["t.ha"]], ["", "20"]);
}

#[test]
fn contracts_of_two_seasons_are_named() {
    let table = "code,vu,enterprise,contracted_ha\nc0,Đông Xuân 2023-2024,A,10\nc0,Hè Thu 2024,A,12\n";
    let bench = project(&[("lk", "kind = \"linked-production\"\nkey = { commune = \"code\" }", table)], "");
    assert!(bench.read("out/problems.csv").contains("nhiều vụ được cộng"));
}

/// A week that comes after the reporting period is not its value.
#[test]
fn an_indicator_is_of_the_reporting_period_and_of_none_after_it() {
    let weeks = "code,Tuần,ha\nc0,13,10\nc0,15,11\nc0,16,12\nc1,13,20\nc1,15,21\nc1,16,22\n";
    let days = "code,Ngày,ha\nc0,2024-04-01,10\nc0,2024-04-10,11\nc0,2024-04-20,12\n";
    let years = "code,Năm,ha\nc0,2023,10\nc0,2024,11\nc0,2025,12\n";
    // 5 to 11 April 2024 has its middle in the 15th week of ISO.
    for table in [weeks, days, years] {
        let keys = "kind = \"indicator\"\nkey = { commune = \"code\" }\nduplicates = \"last\"";
        let bench = project(&[("t", keys, table)], "");
        assert_eq!(rows(&bench.read("out/tables/communes.csv"))[0]["t.ha"], "11", "{table}");
    }
}

/// The same where the table prints its periods.
#[test]
fn a_printed_period_after_the_reporting_one_is_not_its_value() {
    let table = "code,Kỳ,ha\nc0,25/03/2024 - 31/03/2024,10\nc1,25/03/2024 - 31/03/2024,20\nc0,15/04/2024 - 21/04/2024,30\n\
                 c1,15/04/2024 - 21/04/2024,40\n";
    let bench = project(&[("t", INDICATOR, table)], "");
    assert_eq!(rows(&bench.read("out/tables/communes.csv"))[0]["t.ha"], "10");
}

/// Registers, contracts and indicators have no numbers of single weeks.
#[test]
fn pages_of_weeks_of_what_has_no_weeks_are_refused() {
    let report = "code,date,pest,total_ha\nc0,2024-04-04,Rầy nâu,10\nc0,2024-04-11,Rầy nâu,8\n";
    let register = "onset,disease,species,code,sick\n2024-03-30,ASF,Heo,c0,5\n2024-04-08,ASF,Heo,c1,7\n";
    let outbreaks = "kind = \"outbreaks\"\nkey = { commune = \"code\" }";
    for part in [
        "[[maps]]\nid = \"m\"\nmeasure = \"d.sick\"\nfor_each = \"week\"\n",
        "[[maps]]\nid = \"m\"\nkind = \"panels\"\nmeasure = \"d.sick\"\nweeks = 2\n",
        "[[charts]]\nid = \"m\"\nkind = \"heatmap\"\nmeasure = \"d.sick\"\n",
        "[[charts]]\nid = \"m\"\nkind = \"bar\"\nmeasure = \"d.sick\"\nfor_each = \"week\"\n",
        "[[charts]]\nid = \"m\"\nkind = \"figures\"\nmeasures = [\"infested_ha\", \"d.sick\"]\nfor_each = \"week\"\n",
        "[[maps]]\nid = \"m\"\nkind = \"bivariate\"\nmeasure = \"infested_ha\"\nwith = \"d.sick\"\nfor_each = \"week\"\n",
    ] {
        let bench = project(&[("ia", REPORT, report), ("d", outbreaks, register)], part);
        assert!(bench.read("out/problems.csv").contains("không có số riêng của từng tuần"), "{part}");
    }
}

/// Outbreaks of communes that were not chosen are in no total.
#[test]
fn registers_hold_to_the_communes_that_were_chosen() {
    let register = "onset,disease,species,code,sick\n2024-04-07,ASF,Heo,c0,5\n2024-04-08,ASF,Heo,c1,7\n";
    let bench = project(&[("d", "kind = \"outbreaks\"\nkey = { commune = \"code\" }", register)], "");
    let text = bench.read("ruong.toml").replace("[communes]\n", "[communes]\nonly = [\"29950\"]\n");
    bench.write("ruong.toml", text);
    let ran = bench.command("build . --quiet --only tables");
    assert!(ran.code < 2, "{}", ran.stderr);
    let summary = rows(&bench.read("out/tables/summary.csv"));
    let total = |measure: &str| summary.iter().find(|row| row["measure"] == measure).expect("a measure")["current"].clone();
    assert_eq!([total("d.outbreaks"), total("d.sick")], ["1", "5"]);
}

/// Herds that do not say how many are vaccinated leave the sum the least there can be.
#[test]
fn herds_without_a_number_of_vaccinated_are_named() {
    let herds = "code,species,head,vaccinated\nc0,Heo,100,50\nc1,Heo,100,\n";
    let bench = project(&[("h", "kind = \"herds\"\nkey = { commune = \"code\" }", herds)], "");
    assert!(bench.read("out/problems.csv").contains("1 đàn không ghi số con tiêm phòng"));
}

/// A rate has no total, and is known all the same.
#[test]
fn a_card_of_a_rate_says_the_median() {
    let table = "code,ty_le\nc0,10\nc1,30\nc2,80\n";
    let bench = project(&[("t", INDICATOR, table)], "[[charts]]\nid = \"f\"\nkind = \"figures\"\nmeasures = [\"t.ty_le\"]\n");
    let said = words(&bench, "charts/f");
    assert!(said.contains("30") && said.contains("trung vị các xã") && !said.contains("không có số liệu"), "{said}");
}

/// A map of districts joins by their names, and its rows are districts and no communes of any.
#[test]
fn districts_may_be_the_units_themselves() {
    let bench = project_of_four("{ from = 2024-04-05, to = 2024-04-11 }", &[], "");
    let table = "Huyện,ha\nXã 0,7\nXã 1,8\n";
    bench.write("t.csv", table);
    let text = bench.read("ruong.toml")
        + "[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = { commune_name = \"Huyện\" }\n";
    bench.write("ruong.toml", text);
    let ran = bench.command("build . --quiet --only tables");
    assert!(ran.code < 2, "{}", ran.stderr);
    let communes = rows(&bench.read("out/tables/communes.csv"));
    assert_eq!([&communes[0]["t.ha"], &communes[1]["t.ha"]], ["7", "8"]);
}
