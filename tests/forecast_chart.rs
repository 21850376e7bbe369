//! Charts of what models say: every forecast with its interval, what is open called open, and nothing to come without its word.

mod common;

use common::documents::{capital, content, number, rows, sample_with};
use common::{Bench, root, run_in, words_of};

fn written(text: &str) -> String {
    format!("{:.1}", number(text)).replace('.', ",")
}

#[test]
fn a_forecast_stands_with_its_interval_and_what_is_open_is_called_so() {
    let bench = Bench::new();
    let out = bench.path("out");
    let arguments = ["build", "data/hong-ngu/lich-su.toml", "--out", out.to_str().expect("a path"), "--only", "charts,tables"];
    let ran = run_in(&root(), &[&arguments[..], &["--format", "svg"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    // The answer in the terminal is of a week that nobody has seen.
    assert!(ran.stderr.contains("DỰ BÁO: Diện tích nhiễm: "), "{}", ran.stderr);
    for (pest, file) in [("rầy nâu", "du-bao-ray-nau"), ("sâu cuốn lá nhỏ", "du-bao-sau-cuon-la-nho")] {
        let words = words_of(&bench.read(&format!("out/charts/{file}.svg")));
        let list: Vec<_> = rows(&bench, "out/tables/forecast.csv").into_iter().filter(|row| row["pest"] == pest).collect();
        assert_eq!(list.len(), 10);
        let [mut up, mut down] = [0, 0];
        for row in &list {
            let said = format!("{} ({} – {})", written(&row["forecast"]), written(&row["low_80"]), written(&row["high_80"]));
            assert!(words.contains(&said) && words.contains(&row["name"]), "{said}: {words}");
            let last = number(&row["last_value"]);
            up += usize::from(last < number(&row["low_80"]));
            down += usize::from(last > number(&row["high_80"]));
        }
        let open = list.len() - up - down;
        let parts = [("tăng ở", up), ("giảm ở", down), ("chưa rõ ở", open)].into_iter().filter(|(_, count)| *count > 0);
        let parts: Vec<String> = parts.map(|(verb, count)| format!("{verb} {count} xã")).collect();
        let title = format!("{}: dự báo {}", capital(pest), parts.join(", "));
        assert!(words.contains(&title) && words.contains("DỰ BÁO"), "{title}: {words}");
        let most = list.iter().max_by(|a, b| number(&a["forecast"]).total_cmp(&number(&b["forecast"]))).expect("some");
        assert!(words.contains(&format!("Cao nhất ở {}: {} ha", most["name"], written(&most["forecast"]))), "{words}");
    }
    // In the handout the forecast of each pest stands behind its situation.
    let ran = run_in(&root(), &[&arguments[..4], &["--only", "handout", "--quiet"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    if let Some(read) = content(&out, "handout.pdf") {
        let text = read["handout.pdf"]["content"]["text"].to_string();
        let text = text.replace("\\n", " ").split_whitespace().collect::<Vec<_>>().join(" ");
        for pest in ["Rầy nâu", "Sâu cuốn lá nhỏ"] {
            assert!(text.contains(&format!("{pest}: dự báo ")) && text.contains("với xác suất 80 %."), "{text}");
        }
    }
    // Weeks end with one to come, so the chart says so, beside what was seen last and in how many communes.
    let words = words_of(&bench.read("out/charts/theo-tuan.svg"));
    let thousands = |number: f64| match number.round() as u64 {
        small @ 0..=999 => small.to_string(),
        large => format!("{}.{:03}", large / 1000, large % 1000),
    };
    let of = |pest: &str| {
        let weeks: Vec<_> = rows(&bench, "out/tables/weeks.csv").into_iter().filter(|row| row["pest"] == pest).collect();
        [weeks.len() - 2, weeks.len() - 1].map(|at| number(&weeks[at]["infested_ha"]))
    };
    // The pest of which most is to come leads; the other follows with what is to come of it.
    let mut both = ["rầy nâu", "sâu cuốn lá nhỏ"].map(|pest| (of(pest), pest));
    both.sort_by(|a, b| b.0[1].total_cmp(&a.0[1]));
    let [([seen, ahead], first), ([_, next], second)] = both;
    let title = format!("{}: dự báo {} ha, số liệu gần nhất {}", capital(first), thousands(ahead), thousands(seen));
    assert!(words.contains(&title) && words.contains("DỰ BÁO"), "{title}: {words}");
    assert!(words.contains(&format!("{second} {} ha", thousands(next))), "{words}");
    // The first week to come follows the last one that is known: that of 5 April.
    assert!(words.contains("DỰ BÁO cho 12/04/2024 – 18/04/2024 từ số liệu đến 11/04/2024 (trước kỳ 1 ngày)"), "{words}");
}

#[test]
fn a_project_of_this_chart_alone_reads_what_it_needs() {
    let bench = sample_with("", "vi");
    let project = bench.read("lich-su.toml");
    let tables = project.split("[[maps]]").next().expect("tables").to_owned();
    bench.write("lich-su.toml", format!("{tables}[[charts]]\nid = \"d\"\nkind = \"forecast\"\n"));
    let ran = bench.run(&["build", "lich-su.toml", "--only", "charts", "--format", "svg", "--out", "out", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(words_of(&bench.read("out/charts/d.svg")).contains("Sâu cuốn lá nhỏ: dự báo giảm ở 8 xã, chưa rõ ở 2 xã"));
}

#[test]
fn a_project_without_a_forecast_says_what_to_add() {
    let bench = sample_with("", "vi");
    bench.write("ruong.toml", format!("{}\n[[charts]]\nid = \"du-bao\"\nkind = \"forecast\"\n", bench.read("ruong.toml")));
    let ran = bench.run(&["build", ".", "--only", "charts", "--out", "out", "--quiet"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let listed = bench.read("out/problems.csv");
    assert!(listed.contains("charts/du-bao") && listed.contains("không có dự báo nào theo tuần"), "{listed}");
}
