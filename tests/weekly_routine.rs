//! The week of an officer: a new file is put into the folder, `ruong build` is run, and what it says is read.

mod common;

use common::{Bench, number, rows, two_communes, words_of};

/// A week's notice of two communes.
fn week(number: u32, days: &str, hectares: [f64; 2]) -> String {
    let [a, b] = hectares;
    format!(
        "Tuần {number} năm 2024 (Từ ngày {days})\nMã xã,Sinh vật gây hại,Diện tích nhiễm (ha)\n00412,Rầy nâu,{a}\n00413,Rầy nâu,{b}\n"
    )
}

fn office() -> Bench {
    let bench = Bench::new();
    bench
        .write("c.geojson", two_communes())
        .write("tuan 14.csv", week(14, "29/03/2024 đến ngày 04/04/2024", [10.0, 20.0]))
        .write("tuan 15.csv", week(15, "05/04/2024 đến ngày 11/04/2024", [30.5, 5.0]));
    let made = bench.run(&["new", ".", ".", "--lang", "en"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    bench
}

fn infested(bench: &Bench, out: &str) -> Vec<f64> {
    rows(&bench.read(&format!("{out}/tables/communes.csv"))).iter().map(|row| number(row, "infested_ha")).collect()
}

#[test]
fn the_new_file_is_the_new_week_without_a_change_to_the_project() {
    let bench = office();
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert_eq!((ran.code, infested(&bench, "out")), (0, vec![30.5, 5.0]), "{}", ran.stderr);
    // 35.5 ha against 30, by hand; the commune that changed most comes first.
    assert!(ran.stderr.contains("35.5 ha; previous period 30.0 (+5.5)"), "{}", ran.stderr);
    assert!(ran.stderr.contains("Xã Mỹ Tho +20.5, Xã Mỹ Thọ −15.0"), "{}", ran.stderr);
    bench.write("tuan 16.csv", week(16, "12/04/2024 đến ngày 18/04/2024", [7.0, 8.0]));
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert_eq!((ran.code, infested(&bench, "out")), (0, vec![7.0, 8.0]), "{}", ran.stderr);
    assert!(ran.stderr.contains("15.0 ha; previous period 35.5 (−20.5)"), "{}", ran.stderr);
    // Another period for once.
    for (period, expected) in [("2024-W15", [30.5, 5.0]), ("previous", [30.5, 5.0]), ("latest", [7.0, 8.0])] {
        let ran = bench.run(&["build", ".", "--only", "tables", "--period", period, "--out", "x"]);
        assert_eq!((ran.code, infested(&bench, "x")), (0, expected.to_vec()), "{period}: {}", ran.stderr);
    }
    let ran = bench.run(&["build", ".", "--period", "tuần nào đó", "--lang", "en"]);
    assert!(ran.code == 2 && ran.stderr.contains("is not understood") && ran.stderr.contains("latest"), "{}", ran.stderr);
}

#[test]
fn words_of_the_project_may_name_the_period() {
    let bench = office();
    let text = bench.read("ruong.toml").replace("title    = \"\"", "title = \"Tuần {week}: {period}\"\nout = \"tuan/{week}\"");
    bench.write("ruong.toml", text);
    let ran = bench.run(&["build", ".", "--only", "tables"]);
    assert_eq!((ran.code, infested(&bench, "tuan/2024-W15")), (0, vec![30.5, 5.0]), "{}", ran.stderr);
    assert!(bench.read("tuan/2024-W15/run.json").contains("Tuần 15/2024: 05/04/2024 - 11/04/2024"));
}

#[test]
fn rows_that_miss_the_period_are_said_first() {
    let bench = office();
    let with = |period: &str| {
        let text = bench.read("ruong.toml");
        let rest = text.lines().filter(|line| !line.starts_with("period")).collect::<Vec<_>>().join("\n");
        bench.write("ruong.toml", rest.replacen("language", &format!("period = {period}\nlanguage"), 1));
        bench.run(&["build", ".", "--only", "tables", "--lang", "en"]).stderr
    };
    let said = with("{ from = 2024-03-29, to = 2024-04-04 }");
    let (newer, headline) = (said.find("newer than the reporting period, up to 08/04/2024"), said.find("30.0 ha"));
    assert!(newer.is_some() && newer < headline, "{said}");
    let said = with("{ from = 2024-05-03, to = 2024-05-09 }");
    assert!(said.contains("no row belongs to the reporting period") && said.contains("latest"), "{said}");
}

#[test]
fn what_happened_is_told_in_five_lines_and_this_week_comes_first() {
    let bench = office();
    // An old week with many faults, and one fault of this week.
    let bad: String = (0..30).map(|i| format!("X{i},Rầy nâu,1\n")).collect();
    bench
        .write("tuan 14.csv", format!("{}{bad}", week(14, "29/03/2024 đến ngày 04/04/2024", [10.0, 20.0])))
        .write("tuan 15.csv", format!("{}009,Rầy nâu,4\n", week(15, "05/04/2024 đến ngày 11/04/2024", [30.5, 5.0])));
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    let told: Vec<&str> = ran.stderr.lines().filter(|line| !line.contains("s  ")).collect();
    assert!(told.len() <= 5, "{}", ran.stderr);
    assert!(ran.stderr.contains("the worst: tuan 15.csv") && ran.stderr.contains("earlier periods: "), "{}", ran.stderr);
    let problems = bench.run(&["build", ".", "--only", "tables", "--lang", "en", "--verbose"]).stderr;
    assert!(problems.contains("tuan 14.csv"), "{problems}");
}

#[test]
fn a_file_that_comes_while_it_is_watched_is_built() {
    use std::io::Read;
    let bench = office();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_ruong"))
        .args(["watch", ".", "--only", "tables", "--lang", "en", "--builds", "2"])
        .current_dir(bench.path(""))
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut said = child.stderr.take().expect("its words");
    let mut text = String::new();
    let mut piece = [0; 512];
    while !text.contains("watching") {
        let count = said.read(&mut piece).expect("words");
        assert!(count > 0, "{text}");
        text.push_str(&String::from_utf8_lossy(&piece[..count]));
    }
    assert_eq!(infested(&bench, "out"), [30.5, 5.0]);
    // A lock beside it is no change; the week is.
    bench.write("~$tuan 16.csv", "x").write("tuan 16.csv", week(16, "12/04/2024 đến ngày 18/04/2024", [7.0, 8.0]));
    said.read_to_string(&mut text).expect("words");
    assert_eq!((child.wait().expect("it ends").code(), infested(&bench, "out")), (Some(0), vec![7.0, 8.0]), "{text}");
    assert!(text.contains("tuan 16.csv has changed"), "{text}");
}

#[test]
fn a_change_compares_the_communes_that_reported_in_both_weeks() {
    let bench = office();
    let only_one = week(16, "12/04/2024 đến ngày 18/04/2024", [40.0, 0.0]);
    let only_one: Vec<&str> = only_one.lines().filter(|line| !line.starts_with("00413")).collect();
    bench.write("tuan 16.csv", only_one.join("\n"));
    let ran = bench.run(&["build", ".", "--lang", "en", "--only", "tables,maps", "--format", "svg"]);
    // 40 against 30.5 in the one commune that reported; the other one's 5 ha of the week before are no decrease.
    assert!(ran.stderr.contains("40.0 ha; previous period 35.5 (+9.5; 1/2 communes)"), "{}", ran.stderr);
    let summary = rows(&bench.read("out/tables/summary.csv"));
    let infested = summary.iter().find(|row| row.values().any(|cell| cell == "infested_ha")).expect("the measure");
    assert!(infested.values().any(|cell| cell == "9.5") && !infested.values().any(|cell| cell == "4.5"), "{infested:?}");
    let map = words_of(&bench.read("out/maps/infested-ha.svg"));
    assert!(map.contains("(1/2 communes)") && map.contains("+9.5"), "the legend says so too");
}

/// One notice, called by its number alone: the next one is the next week without a word to the project.
#[test]
fn a_single_notice_is_followed_by_others_whatever_they_are_called() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("BC 15.csv", week(15, "05/04/2024 đến ngày 11/04/2024", [30.5, 5.0]));
    let made = bench.run(&["new", ".", ".", "--lang", "en"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    bench.write("BC 16.csv", week(16, "12/04/2024 đến ngày 18/04/2024", [7.0, 8.0]));
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert_eq!((ran.code, infested(&bench, "out")), (0, vec![7.0, 8.0]), "{}\n{}", ran.stderr, bench.read("ruong.toml"));
    assert!(ran.stderr.contains("15.0 ha; previous period 35.5 (−20.5)"), "{}", ran.stderr);
}

/// Where two pests have as much everywhere, none of them leads and no cell is the one with most.
#[test]
fn ties_between_pests_are_said() {
    let bench = Bench::new();
    let rows = ["00412", "00413"].map(|code| format!("{code},11/04/2024,Rầy nâu,96.8\n{code},11/04/2024,Đạo ôn lá,96.8\n"));
    bench
        .write("c.geojson", two_communes())
        .write("t.csv", format!("Mã xã,Ngày,Sâu bệnh,Diện tích nhiễm (ha)\n{}", rows.concat()));
    bench.write(
        "ruong.toml",
        "version = 1\nperiod = { from = 2024-04-05, to = 2024-04-11 }\n[communes]\nfile = \"c.geojson\"\n[[tables]]\nid = \"t\"\n\
         kind = \"infested-area\"\nfile = \"t.csv\"\nkey = { commune = \"Mã xã\" }\n[[charts]]\nid = \"m\"\nkind = \"matrix\"\nmeasure = \"infested_ha\"\n",
    );
    let ran = bench.run(&["build", ".", "--only", "charts", "--format", "svg", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let words = words_of(&bench.read("out/charts/m.svg"));
    assert!(words.contains("96,8 ha; 3 ô khác bằng vậy"), "{words}");
    assert!(words.contains("rầy nâu 2 xã") && words.contains("đạo ôn lá 2 xã (2 xã có hai loài trở lên bằng nhau)"), "{words}");
}
