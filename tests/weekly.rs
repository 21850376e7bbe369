//! Weekly forecasts: equal to other programs, nothing from the future, and a model speaks only where it has earned it.

mod common;

use common::{Bench, number, real, root, rows, run_in};
use ruong::forecast::scores;
use ruong::forecast::weekly::baselines::{Persistence, SeasonalNaive, Ses};
use ruong::forecast::weekly::{Model, Panel, Series, Week};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

fn reference() -> Value {
    let text = std::fs::read_to_string(root().join("tests/reference/forecast_scores.json")).expect("the scores");
    serde_json::from_str(&text).expect("json")
}

fn near(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1e-3), "{what}: {found} for {expected}");
}

fn series() -> Panel {
    let text = std::fs::read_to_string(root().join("tests/reference/forecast_series.csv")).expect("the series");
    let values: Vec<Option<f64>> = rows(&text).iter().map(|row| Some(number(row, "infested_ha"))).collect();
    let day = |week: usize| chrono::NaiveDate::from_yo_opt(2000 + week as i32 / 52, 1 + 7 * (week as u32 % 52)).expect("a day");
    let week = |at: usize| Week { from: day(at), year: 2000 + at as i32 / 52, number: at % 52 };
    Panel {
        weeks: (0..values.len()).map(week).collect(),
        series: vec![Series { values, ..Series::default() }],
        covariates: Vec::new(),
    }
}

#[test]
fn rolling_origins_are_those_of_the_reference() {
    let (panel, expected) = (series(), &reference()["rolling_origin"]);
    let models: [(&str, Box<dyn Model>); 3] = [
        ("persistence", Box::new(Persistence)),
        ("seasonal_naive", Box::new(SeasonalNaive)),
        ("ses_0.4", Box::new(Ses { alpha: Some(0.4) })),
    ];
    let own = &panel.series[0];
    let scales = [1, 52].map(|lag| scores::naive_scale(&own.values[..104], lag).expect("a scale"));
    near(scales[0], expected["mase_scale_nonseasonal_first104"].as_f64().expect("a number"), "scale");
    near(scales[1], expected["mase_scale_seasonal52_first104"].as_f64().expect("a number"), "scale");
    for (name, model) in models {
        let fitted = model.fit(&panel, 104);
        for horizon in 1..=4 {
            let pairs: Vec<(f64, f64)> = (104..=151)
                .map(|training| {
                    let origin = training - 1;
                    let forecast = fitted.predict(&panel, 0, origin, horizon).expect("a forecast");
                    (forecast, own.values[origin + horizon].expect("a value"))
                })
                .collect();
            let errors = scores::errors(&pairs).expect("pairs");
            let of = |score: &str| expected["results"][name][horizon.to_string()][score].as_f64().expect(score);
            assert_eq!(errors.n as f64, of("n"));
            near(errors.mae, of("MAE"), name);
            near(errors.rmse, of("RMSE"), name);
            near(errors.me, of("ME"), name);
            near(errors.mae / scales[0], of("MASE1"), name);
            near(errors.mae / scales[1], of("MASE52"), name);
        }
    }
}

#[test]
fn scores_of_probabilities_are_those_of_scikit_learn() {
    let all = reference();
    let binary = &all["binary"];
    let list =
        |key: &str| -> Vec<f64> { binary[key].as_array().expect(key).iter().map(|v| v.as_f64().expect("a number")).collect() };
    let mut csv = String::from("p,y\n");
    for (p, y) in list("p").iter().zip(list("y")) {
        let _ = writeln!(csv, "{p},{y}");
    }
    let bench = Bench::new();
    bench.write("s.csv", csv);
    let ran = bench.run(&["forecast", "verify", "--table", "s.csv", "--forecast", "p", "--actual", "y", "--threshold", "0.5"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found: Value = serde_json::from_str(&ran.stdout).expect("json");
    let get = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
    for (ours, theirs) in [
        ("brier", "brier"),
        ("auc", "auc"),
        ("average_precision", "average_precision"),
        ("log_loss", "log_loss"),
        ("climatology", "climatology"),
        ("brier_skill_score", "brier_skill_score_vs_climatology"),
    ] {
        near(get(&found[ours]), get(&binary[theirs]), ours);
    }
    for part in ["reliability", "resolution", "uncertainty"] {
        near(get(&found[part]), get(&binary["murphy"][part]), part);
    }
    let curve = found["roc"].as_array().expect("a curve");
    for key in ["fpr", "tpr"] {
        let expected = binary["roc"][key].as_array().expect(key);
        assert_eq!(curve.len(), expected.len());
        curve.iter().zip(expected).for_each(|(point, expected)| near(get(&point[key]), get(expected), key));
    }
    let table = &all["contingency"]["0.5"];
    for (ours, theirs) in [
        ("POD", "POD"),
        ("FAR", "FAR"),
        ("POFD", "POFD"),
        ("CSI", "CSI"),
        ("ETS", "ETS"),
        ("HSS", "HSS"),
        ("HK", "HK_TSS_Youden"),
        ("bias", "bias"),
        ("MCC", "MCC"),
        ("F1", "F1"),
        ("LR_plus", "LR_plus"),
        ("hits", "hits"),
        ("misses", "misses"),
    ] {
        near(get(&found["contingency"][ours]), get(&table[theirs]), ours);
    }
}

#[test]
fn the_classic_table_and_crps() {
    let all = reference();
    let table = scores::Contingency { hits: 28, false_alarms: 72, misses: 23, correct_negatives: 2680 };
    let finley = &all["finley_tornado_1884"];
    for (found, key) in [
        (table.pod(), "POD"),
        (table.far(), "FAR"),
        (table.csi(), "CSI"),
        (table.ets(), "ETS"),
        (table.hss(), "HSS"),
        (table.hk(), "HK"),
        (table.bias(), "bias"),
    ] {
        near(found.expect(key), finley[key].as_f64().expect(key), key);
    }
    assert_eq!(scores::Contingency::default().pod(), None);
    let crps = &all["crps"];
    let numbers =
        |value: &Value| -> Vec<f64> { value.as_array().expect("a list").iter().map(|v| v.as_f64().expect("a number")).collect() };
    let (obs, gaussian) = (numbers(&crps["obs"]), &crps["gaussian"]);
    for (i, actual) in obs.iter().enumerate() {
        let members = numbers(&crps["ens"][i]);
        near(scores::crps_ensemble(&members, *actual).expect("members"), numbers(&crps["crps_ensemble"])[i], "ensemble");
        let (mu, sigma) = (numbers(&gaussian["mu"])[i], numbers(&gaussian["sigma"])[i]);
        near(scores::crps_gaussian(mu, sigma, *actual), numbers(&gaussian["crps"])[i], "gaussian");
    }
}

/// A level that never moves is forecast without an error, and a week that just reaches the bound is a warning.
#[test]
fn a_value_at_the_bound_is_a_warning() {
    let bench = Bench::new();
    let mut text = String::from("code,svgh,nam,tuan,dien_tich_nhiem_ha\n");
    for week in 0..208 {
        let _ = writeln!(text, "00412,rầy nâu,{},{},10", 2019 + week / 52, 1 + week % 52);
    }
    bench.write("h.csv", text);
    let ran = bench.run(&["forecast", "evaluate", "--models", "persistence", "--history", "h.csv", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&ran.stdout);
    let row = found.iter().find(|row| row["weeks_ahead"] == "1" && row["year"] == "*" && row["level"] == "*").expect("a row");
    assert_eq!(["mae", "bound", "false_alarms", "misses", "brier"].map(|column| number(row, column)), [0.0, 10.0, 0.0, 0.0, 0.0]);
    assert_eq!(row["hits"], row["n"], "all weeks are warned of");
}

/// Forecasts say of which weeks they are, and how good their model was when it was tried.
#[test]
fn weeks_ahead_follow_the_last_and_skill_is_that_of_the_trial() {
    let bench = Bench::new();
    bench.write("waves.csv", history(true));
    let run = |arguments: &[&str]| {
        let ran = bench.run(&[&["forecast"], arguments, &["--history", "waves.csv", "--quiet"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        rows(&ran.stdout)
    };
    let (ahead, tried) = (run(&["weekly"]), run(&["evaluate"]));
    // The last of 313 weeks from 5 January 2018 begins on 29 December 2023.
    let expected = ["2024-01-05", "2024-01-12", "2024-01-19", "2024-01-26"];
    for code in ["00412", "00413"] {
        let weeks: Vec<&str> = ahead.iter().filter(|row| row["unit"] == code).map(|row| row["week"].as_str()).collect();
        assert_eq!(weeks, expected);
    }
    for row in &ahead {
        let is = |one: &&BTreeMap<String, String>| {
            one["model"] == row["model"] && one["weeks_ahead"] == row["weeks_ahead"] && one["year"] == "*" && one["level"] == "*"
        };
        let trial = tried.iter().find(is).unwrap_or_else(|| panic!("{row:?}"));
        assert!((number(row, "skill") - number(trial, "skill")).abs() < 1e-9, "{row:?} {trial:?}");
    }
}

/// What gave way to the last value has no interval of its own.
#[test]
fn a_model_that_gives_way_leaves_no_interval() {
    use ruong::forecast::weekly::ahead::ahead;
    use ruong::forecast::weekly::choose::Choice;
    use ruong::forecast::weekly::evaluate::Pair;
    use ruong::forecast::weekly::intervals::Residuals;
    struct Speaks(Option<f64>);
    impl ruong::forecast::weekly::Fitted for Speaks {
        fn predict(&self, _: &Panel, _: usize, _: usize, _: usize) -> Option<f64> {
            self.0
        }
    }
    let values = vec![Some(10.0); 20];
    let day = chrono::NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day");
    let weeks = (0..20).map(|at| Week { from: day + chrono::Days::new(7 * at), year: 2024, number: at as usize }).collect();
    let series = Series { unit: "a".to_owned(), pest: "rầy nâu".to_owned(), values, ..Series::default() };
    let panel = Panel { weeks, series: vec![series], ..Panel::default() };
    // Nine pairs in every third of the forecasts are just enough for an interval, eight are too few.
    let residuals = |each: usize| {
        let pair = |at: usize| {
            let forecast = [1.0, 10.0, 100.0][at % 3] + 0.001 * at as f64;
            Pair { series: 0, target: at, horizon: 1, forecast, actual: forecast * 1.1 }
        };
        Residuals::new((0..3 * each).map(pair).collect::<Vec<_>>().iter())
    };
    assert!(residuals(9).at(10.005, 0.5).is_some() && residuals(8).at(10.005, 0.5).is_none());
    let choice = Choice { pest: "rầy nâu".to_owned(), horizon: 1, model: "ar", residuals: residuals(12), ..Choice::default() };
    let of = |value: Option<f64>| {
        let fitted: Vec<(&'static str, Box<dyn ruong::forecast::weekly::Fitted>)> = vec![("ar", Box::new(Speaks(value)))];
        let found = ahead(&panel, std::slice::from_ref(&choice), &fitted, 1);
        (found[0].model, found[0].forecast, found[0].interval.is_some())
    };
    assert_eq!(of(Some(12.0)), ("ar", Some(12.0), true));
    assert_eq!(of(None), ("persistence", Some(10.0), false));
}

/// Less than a hectare a week is a number too, and is found where it was copied from the year before.
#[test]
fn small_numbers_that_were_copied_are_named() {
    let bench = Bench::new();
    let mut text = String::from("code,svgh,nam,tuan,dien_tich_nhiem_ha\n");
    for week in 0..156u32 {
        let copied = (60..66).contains(&week);
        let value = 0.1 + 0.001 * f64::from(if copied { week - 52 } else { week });
        let _ = writeln!(text, "00412,rầy nâu,{},{},{value:.3}", 2021 + week / 52, 1 + week % 52);
    }
    bench.write("h.csv", text);
    let ran = bench.run(&["forecast", "weekly", "--history", "h.csv", "--lang", "en", "--quiet"]);
    assert!(ran.code < 2 && ran.stderr.contains("6 weeks"), "{}", ran.stderr);
}

/// Where a week 53 occurs, weeks are those of the calendar, and one that no year has is listed and left out.
#[test]
fn weeks_of_the_calendar_are_read_where_a_week_53_occurs() {
    let bench = Bench::new();
    let mut text = String::from("code,svgh,nam,tuan,dien_tich_nhiem_ha\n");
    for week in 1..=53 {
        let _ = writeln!(text, "00412,rầy nâu,2020,{week},{week}");
    }
    let _ = writeln!(text, "00412,rầy nâu,2021,1,54\n00412,rầy nâu,2021,53,7");
    bench.write("h.csv", text);
    let ran = bench.run(&["forecast", "weekly", "--history", "h.csv", "--lang", "en", "--quiet"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let first = &rows(&ran.stdout)[0];
    // Week 53 of 2020 began on 28 December, week 1 of 2021 on 4 January; 2021 has no week 53.
    assert_eq!(
        (first["last_week"].as_str(), number(first, "last_value"), first["week"].as_str()),
        ("2021-01-04", 54.0, "2021-01-11")
    );
    assert!(ran.stderr.contains("2021 53"), "{}", ran.stderr);
}

/// First study: gradient boosting with the same protocol, skill at 1, 2 and 4 weeks.
const FIRST_STUDY: [(&str, [f64; 3]); 4] = [
    ("brown_planthopper", [0.13, 0.24, 0.37]),
    ("leaf_folder", [0.05, 0.30, 0.30]),
    ("whitebacked_planthopper", [0.14, 0.29, 0.30]),
    ("yellow_stem_borer", [-0.02, 0.13, 0.37]),
];

/// Skill at 1, 2 and 4 weeks of who knows the curve of [`history`] and not its noise, and mean errors of persistence: from the same
/// numbers by plain Python.
const KNOWING_THE_CURVE: [(&str, f64, f64); 3] =
    [("1", 0.696_509, 15.945_502_392_344_5), ("2", 0.836_159, 29.536_555_023_923_45), ("4", 0.911_101, 54.435_741_626_794_23)];

#[test]
fn boosting_learns_nearly_all_that_can_be_known_of_a_season() {
    let bench = Bench::new();
    bench.write("waves.csv", history(true));
    let ran = bench.run(&["forecast", "evaluate", "--models", "persistence,boosting", "--history", "waves.csv", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&ran.stdout);
    for (weeks, best, persistence) in KNOWING_THE_CURVE {
        let of = |model: &str, column: &str| {
            let is = |row: &&BTreeMap<String, String>| {
                row["model"] == model && row["weeks_ahead"] == weeks && row["year"] == "*" && row["level"] == "*"
            };
            number(found.iter().find(is).expect("the row"), column)
        };
        near(of("persistence", "mae"), persistence, weeks);
        let skill = of("boosting", "skill");
        assert!(0.9 * best < skill && skill < best, "{weeks} weeks: {skill} of {best}");
    }
}

#[test]
fn boosting_reaches_the_first_study_on_every_real_series() {
    let mut means = [0.0; 3];
    for (pest, bars) in FIRST_STUDY {
        let Some(path) = real(&format!("light-traps/maruteru_{pest}.csv")) else { return };
        let bench = Bench::new();
        let ran = bench.run(&["forecast", "evaluate", "--models", "boosting", "--history", &path.to_string_lossy(), "--quiet"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let found = rows(&ran.stdout);
        for ((weeks, bar), mean) in ["1", "2", "4"].into_iter().zip(bars).zip(&mut means) {
            let row = found.iter().find(|row| {
                row["model"] == "boosting" && row["weeks_ahead"] == weeks && row["year"] == "*" && row["level"] == "*"
            });
            let row = row.expect("the row");
            assert!(number(row, "n") >= 250.0);
            let skill = number(row, "skill");
            assert!(skill >= bar, "{pest}, {weeks} weeks: {skill} for {bar}");
            *mean += skill / 4.0;
        }
    }
    assert!(means[0] > 0.075 && means[1] > 0.24 && means[2] > 0.335, "{means:?}");
}

/// Six years of two communes: seasonal waves (`waves`) or a wandering level.
fn history(waves: bool) -> String {
    let mut text = String::from("code,svgh,tuan_tu_ngay,dien_tich_nhiem_ha\n");
    let mut state = 7u64;
    let mut lot = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let start = chrono::NaiveDate::from_ymd_opt(2018, 1, 5).expect("a day");
    for code in ["00412", "00413"] {
        let mut level = 100.0;
        for week in 0..313u64 {
            let day = start + chrono::Days::new(7 * week);
            level = (level + 8.0 * (lot() - 0.5)).clamp(40.0, 200.0);
            let season = (week as f64 % 52.18 - 20.0) / 4.0;
            let value = if waves { 5.0 + 400.0 * (-season * season).exp() * (0.8 + 0.4 * lot()) } else { level };
            let _ = writeln!(text, "{code},rầy nâu,{day},{value:.2}");
        }
    }
    text
}

#[test]
fn a_model_speaks_only_where_it_beats_persistence() {
    let bench = Bench::new();
    bench.write("waves.csv", history(true)).write("walk.csv", history(false));
    let of = |file: &str| {
        let ran = bench.run(&["forecast", "weekly", "--history", file, "--lang", "en", "--quiet"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        (rows(&ran.stdout), ran.stderr)
    };
    let (found, said) = of("waves.csv");
    assert_eq!(found.len(), 8);
    let later = found.iter().filter(|row| number(row, "weeks_ahead") >= 2.0);
    for row in later {
        assert_ne!(row["model"], "persistence", "{said}");
        assert!(number(row, "skill") > 0.1);
        assert!(number(row, "low_80") <= number(row, "forecast") && number(row, "forecast") <= number(row, "high_80"));
    }
    let (found, said) = of("walk.csv");
    let first: Vec<_> = found.iter().filter(|row| row["weeks_ahead"] == "1").collect();
    // A walk is as good as its last value: whatever speaks must have been measured to be better in the last year too.
    for row in first {
        if row["model"] == "persistence" {
            assert_eq!(row["forecast"], row["last_value"]);
            assert!(said.contains("persistence"), "{said}");
            assert_eq!(row["skill"], "");
        } else {
            assert!(number(row, "skill") > 0.0);
        }
    }
    // One year proves nothing.
    let short: String = history(true).lines().take(40).map(|line| format!("{line}\n")).collect();
    bench.write("short.csv", short);
    let (found, said) = of("short.csv");
    assert!(found.iter().all(|row| row["model"] == "persistence" && row["low_80"].is_empty()), "{said}");
    assert!(said.contains("too few weeks"), "{said}");
}

#[test]
fn what_comes_later_changes_no_earlier_forecast() {
    let bench = Bench::new();
    let text = history(true);
    let with_last_year = |value: &dyn Fn(usize, f64) -> f64| -> String {
        let later = |(number, line): (usize, &str)| match line.rsplit_once(',') {
            Some((head, of_old)) if line.contains(",2023-") => {
                format!("{head},{}\n", value(number, of_old.parse().expect("a number")))
            }
            _ => format!("{line}\n"),
        };
        text.lines().enumerate().map(later).collect()
    };
    // The last year is multiplied by fifty, or noise of another shape, which other weights would fit.
    let larger = with_last_year(&|_, value| value * 50.0);
    let noise = with_last_year(&|number, _| if number % 2 == 0 { 0.0 } else { ((number * 7919) % 1000) as f64 });
    assert!(larger != text && noise != text);
    bench.write("a.csv", &text).write("b.csv", larger).write("c.csv", noise);
    let of = |file: &str, jobs: &str| -> BTreeMap<(String, String, String, String), String> {
        let pairs = format!("pairs-{file}");
        let ran = bench.run(&[
            "forecast",
            "evaluate",
            "--history",
            file,
            "--pairs",
            &pairs,
            "--jobs",
            jobs,
            "--quiet",
            "--out",
            "s.csv",
        ]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let key = |row: &BTreeMap<String, String>| {
            (row["model"].clone(), row["unit"].clone(), row["week"].clone(), row["weeks_ahead"].clone())
        };
        rows(&bench.read(&pairs)).iter().map(|row| (key(row), row["forecast"].clone())).collect()
    };
    let before = of("a.csv", "1");
    let earlier = |key: &&(String, String, String, String)| key.2.as_str() < "2023-01-01";
    let kept: Vec<_> = before.keys().filter(earlier).collect();
    assert!(kept.len() > 1000);
    for after in [of("b.csv", "2"), of("c.csv", "2")] {
        for key in &kept {
            assert_eq!(before[*key], after[*key], "{key:?}");
        }
        assert!(before.keys().any(|key| before[key] != after[key]));
    }
}

#[test]
fn a_sowing_that_is_yet_to_come_changes_no_forecast() {
    // A crop every 20 weeks; the last is sown at week 61, or at 63.
    let of = |last: usize| {
        let values = (0..70).map(|week| Some(f64::from(week) + 0.25)).collect();
        let series = Series { values, sown: vec![1, 21, 41, last], ..Series::default() };
        let day = chrono::NaiveDate::from_ymd_opt(2022, 1, 7).expect("a day");
        let week = |at: u64| Week { from: day + chrono::Days::new(7 * at), year: 2022, number: 1 };
        Panel { weeks: (0..70).map(week).collect(), series: vec![series], covariates: Vec::new() }
    };
    let forecast = |panel: &Panel, origin: usize| SeasonalNaive.fit(panel, 60).predict(panel, 0, origin, 4);
    // At week 60 nobody knows when the next crop will be sown: 23 weeks after the sowing at 41 was week 44 after that at 21.
    assert_eq!(forecast(&of(61), 60), forecast(&of(63), 60));
    // Once both are sown they count: 7 weeks after the one was week 48 of the crop before, 5 weeks after the other week 46.
    assert_eq!([61, 63].map(|last| forecast(&of(last), 64)), [Some(48.25), Some(46.25)]);
}

#[test]
fn numbers_that_end_before_their_table_are_forecast_from_where_they_end() {
    let bench = Bench::new();
    let mut text = history(true);
    // Two weeks more of the table, without numbers.
    for code in ["00412", "00413"] {
        let _ = write!(text, "{code},rầy nâu,2024-01-05,\n{code},rầy nâu,2024-01-12,\n");
    }
    bench.write("h.csv", text);
    let ran = bench.run(&["forecast", "weekly", "--history", "h.csv", "--lang", "en", "--quiet", "--weeks", "2"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&ran.stdout);
    assert!(ran.stderr.contains("2 series end in the week of 29/12/2023"), "{}", ran.stderr);
    for row in &found {
        // The first week ahead is three weeks after the last number: what is said of three weeks holds for it.
        let bridged = number(row, "weeks_ahead") as usize + 2;
        let said = ran.stderr.lines().find(|line| line.contains(&format!(" {bridged} weeks:"))).expect("it is said");
        assert!(said.contains(&row["model"]), "{row:?}: {said}");
    }
    assert!(!ran.stderr.contains(" 1 weeks:") && !ran.stderr.contains(" 2 weeks:"), "{}", ran.stderr);
}

#[test]
fn a_model_of_weather_is_not_chosen_without_weather() {
    let bench = Bench::new();
    bench.write("h.csv", history(true));
    let of =
        |models: &str| bench.run(&["forecast", "evaluate", "--history", "h.csv", "--models", models, "--quiet", "--lang", "en"]);
    let all = of("all");
    assert_eq!(all.code, 0, "{}", all.stderr);
    assert!(rows(&all.stdout).iter().all(|row| row["model"] != "ar-weather"));
    let named = of("ar-weather");
    assert!(named.code == 2 && named.stderr.contains("needs columns of weather"), "{}", named.stderr);
}

#[test]
fn histories_that_cannot_be_used() {
    let bench = Bench::new();
    let head = "code,pest,date,count\n";
    let run = |text: &str, more: &[&str]| {
        bench.write("h.csv", format!("{head}{text}"));
        bench.run(&[&["forecast", "weekly", "--history", "h.csv", "--lang", "en", "--quiet"], more].concat())
    };
    let ran = run("1,a,2024-01-01,5\n1,a,2024-01-08,-3\n1,a,2024-01-15,x\n1,a,2024-01-22,7\n", &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.stderr.matches("from 0 on was expected").count(), 1, "{}", ran.stderr);
    assert_eq!(rows(&ran.stdout)[0]["forecast"], "7");
    let ran = run("1,a,2024-01-01,5\n1,a,2024-01-03,6\n", &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("line 3") && ran.stderr.contains("--combine"), "{}", ran.stderr);
    let ran = run("1,a,2024-01-01,5\n1,a,2024-01-03,6\n", &["--combine", "sum"]);
    assert_eq!(rows(&ran.stdout)[0]["forecast"], "11");
    // A gap stays a gap; a trap that fell silent long ago has no forecast, and that is said.
    let ran = run("1,a,2024-01-01,5\n2,a,2024-01-01,9\n2,a,2024-03-04,\n2,a,2024-03-11,4\n", &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&ran.stdout);
    assert!(found.iter().filter(|row| row["unit"] == "1").all(|row| row["forecast"].is_empty()));
    assert!(ran.stderr.contains("too long ago"), "{}", ran.stderr);
    assert_eq!(found.iter().find(|row| row["unit"] == "2").expect("a row")["forecast"], "4");
    for (text, says) in [
        ("", "no row"),
        ("1,a,32/13/2024,5\n", "cannot read this day"),
        ("1,a,2024-01-01,5\n1,a,1901-01-01,5\n", "probably wrong"),
    ] {
        let ran = run(text, &[]);
        assert_eq!(ran.code, 2, "{text}: {}", ran.stderr);
        assert!(ran.stderr.contains(says), "{text}: {}", ran.stderr);
    }
    let ran = run("1,a,2024-01-01,5\n", &["--models", "boostin"]);
    assert!(ran.code == 2 && ran.stderr.contains("did you mean \"boosting\""), "{}", ran.stderr);
    let ran = run("1,a,2024-01-01,5\n", &["--value", "cout"]);
    assert!(ran.code == 2 && ran.stderr.contains("\"count\""), "{}", ran.stderr);
    let ran = run_in(bench.folder.path(), &["forecast", "evaluate", "--history", "h.csv", "--lang", "en"]);
    assert!(ran.code == 2 && ran.stderr.contains("two years"), "{}", ran.stderr);
}

#[test]
fn two_years_are_enough_to_compare_simple_models() {
    let bench = Bench::new();
    // Boosting has nothing to learn from yet; the others must not fall silent with it.
    let text: String = history(true).lines().filter(|line| !line.contains(",202")).map(|line| format!("{line}\n")).collect();
    bench.write("h.csv", text);
    let ran = bench.run(&["forecast", "evaluate", "--history", "h.csv", "--held-out", "1", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&ran.stdout);
    assert!(found.iter().any(|row| row["model"] == "ar" && number(row, "n") > 90.0), "{}", ran.stdout);
}

#[test]
fn a_short_series_and_a_fallow_week_give_no_wild_forecast() {
    let bench = Bench::new();
    let mut text = String::from("code,svgh,tuan_tu_ngay,dien_tich_nhiem_ha,gieo\n");
    for line in history(true).lines().skip(1) {
        // The land lies fallow in the last week.
        let sown = if line.contains("2023-12-29") { "0" } else { "450" };
        let _ = writeln!(text, "{line},{sown}");
    }
    for (day, value) in [("2023-12-01", 1), ("2023-12-08", 2), ("2023-12-15", 9), ("2023-12-22", 20), ("2023-12-29", 150)] {
        let _ = writeln!(text, "00499,rầy nâu,{day},{value},450");
    }
    bench.write("h.csv", text);
    let ran = bench.run(&["forecast", "weekly", "--history", "h.csv", "--sown-ha", "gieo", "--models", "ar,ses", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for row in rows(&ran.stdout) {
        assert!(number(&row, "forecast") <= 450.0);
        assert!(row["unit"] != "00412" || number(&row, "forecast") > 0.0, "{row:?}");
    }
}

#[test]
fn copied_weeks_are_named() {
    let bench = Bench::new();
    let mut text = String::from("year,week,count\n");
    for year in [2001, 2002, 2003] {
        for week in 1..=52 {
            let count = if year == 2003 && week > 20 && week < 31 { week * 3 } else { week * 3 + year - 2002 };
            let _ = writeln!(text, "{year},{week},{count}");
        }
    }
    bench.write("h.csv", text);
    let ran = bench.run(&["forecast", "weekly", "--history", "h.csv", "--lang", "en", "--quiet"]);
    assert!(ran.stderr.contains("10 weeks from 21/05/2003 equal"), "{}", ran.stderr);
}
