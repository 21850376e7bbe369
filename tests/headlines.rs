//! The sentence over a picture: every number in it is derived here again from the tables that went in, over random data with gaps.

mod common;

use common::*;
use proptest::prelude::*;
use std::fmt::Write as _;

/// Hectares that communes report in two weeks; `None` where one reports nothing.
#[derive(Debug, Clone)]
struct Reports {
    now: Vec<Option<u32>>,
    before: Vec<Option<u32>>,
}

fn reports() -> impl Strategy<Value = Reports> {
    let one = || prop_oneof![1 => Just(None), 1 => Just(Some(0)), 5 => (1u32..900).prop_map(Some)];
    (3usize..14).prop_flat_map(move |count| {
        (prop::collection::vec(one(), count), prop::collection::vec(one(), count))
            .prop_map(|(now, before)| Reports { now, before })
    })
}

/// Title, and the line under it, of the map of infested land.
fn said(reports: &Reports) -> (String, String) {
    let bench = Bench::new();
    bench.write("c.geojson", communes_in_a_row(reports.now.len()));
    let mut table = "code,date,pest,total_ha\n".to_owned();
    for (day, list) in [("2024-04-08", &reports.now), ("2024-04-01", &reports.before)] {
        for (at, hectares) in list.iter().enumerate() {
            if let Some(hectares) = hectares {
                let _ = writeln!(table, "{},{day},rầy nâu,{hectares}", 29_950 + at);
            }
        }
    }
    bench.write("n.csv", table);
    bench.write(
        "ruong.toml",
        "version = 1\nlanguage = \"en\"\n[period]\nfrom = 2024-04-08\nto = 2024-04-14\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\n\
         name = \"name\"\n[[tables]]\nid = \"n\"\nkind = \"infested-area\"\nfile = \"n.csv\"\nkey = { commune = \"code\" }\n\
         [[maps]]\nid = \"m\"\nmeasure = \"infested_ha\"\n",
    );
    let ran = bench.run(&["build", ".", "--only", "maps", "--format", "svg", "--quiet"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let svg = bench.read("out/maps/m.svg");
    let group = |id: &str| -> Vec<String> {
        let part = svg.split(&format!("<g id=\"{id}\">")).nth(1).and_then(|rest| rest.split("</g>").next()).unwrap_or_default();
        part.split("<text ").skip(1).filter_map(|text| Some(text.split('>').nth(1)?.split('<').next()?.to_owned())).collect()
    };
    let lead = group("subtitle").into_iter().filter(|line| !line.starts_with("Infested area")).collect::<Vec<_>>().join(" ");
    (group("title").join(" "), lead)
}

/// A number as the sentence writes it.
fn number(text: &str) -> f64 {
    text.replace(',', "").parse().unwrap_or_else(|_| panic!("a number: {text}"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn a_sentence_says_what_the_table_says(reports in reports()) {
        let known: Vec<u32> = reports.now.iter().flatten().copied().collect();
        // Without one row of the week there is no period to speak of.
        prop_assume!(!known.is_empty() && reports.before.iter().flatten().count() > 0);
        let (title, lead) = said(&reports);
        let total: u32 = known.iter().sum();
        let level = title.split(" ha infested").next().expect("a level");
        prop_assert_eq!(number(level), f64::from(total), "{}", &title);
        // What is missing is counted, and only then.
        let count = reports.now.len();
        let counted = format!("{} of {count} communes with data", known.len());
        prop_assert_eq!(title.contains(&counted), known.len() < count, "{}", &title);
        // A change compares the communes that reported in both weeks.
        let both: Vec<(u32, u32)> = reports.now.iter().zip(&reports.before).filter_map(|(a, b)| a.zip(*b)).collect();
        let either = reports.now.iter().zip(&reports.before).filter(|(a, b)| a.is_some() || b.is_some()).count();
        let gain = both.iter().map(|(now, before)| i64::from(*now) - i64::from(*before)).sum::<i64>();
        let moved = title.split(", ").find(|clause| clause.ends_with("in a week") || clause.contains(" in a week ("));
        if both.is_empty() {
            prop_assert!(moved.is_none(), "{}", &title);
        } else if let Some(moved) = moved {
            let word = match gain { 0 => "unchanged", 1.. => "up", _ => "down" };
            prop_assert!(moved.starts_with(word), "{} {}", &title, gain);
            if gain != 0 {
                prop_assert_eq!(number(moved.split(' ').nth(1).expect("an amount")), gain.unsigned_abs() as f64, "{}", &title);
            }
            let over = format!("over {} communes with both periods", both.len());
            prop_assert_eq!(title.contains(&over), both.len() < either, "{}", &title);
        }
        // Where it lies: the few that hold half of it, or the one that has most.
        if let Some(part) = lead.split(" % lies in ").next().filter(|part| part.len() < lead.len()) {
            let mut sorted = known.clone();
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            let rest = lead.split(" % lies in ").nth(1).expect("names").split(". ").next().expect("a sentence");
            let few = rest.split(" of ").next().and_then(|few| few.parse().ok())
                .unwrap_or_else(|| rest.replace(" and ", ", ").split(", ").count());
            let sum: u32 = sorted[..few].iter().sum();
            prop_assert_eq!(number(part), (100.0 * f64::from(sum) / f64::from(total)).round(), "{}", &lead);
            prop_assert!(2 * sum >= total && 2 * (sum - sorted[few - 1]) < total, "{} is the fewest: {:?}", &lead, &sorted);
        }
        if let Some(rest) = lead.strip_prefix("Most in ") {
            let most = f64::from(*known.iter().max().expect("some"));
            let amount = rest.split(": ").nth(1).expect("an amount").trim_start_matches("each ");
            prop_assert_eq!(number(amount.split(' ').next().expect("a number")), most, "{}", &lead);
        }
        // Few communes without a number are named.
        let lacking: Vec<usize> = (0..count).filter(|at| reports.now[*at].is_none()).collect();
        prop_assert_eq!(lead.contains("No data: "), (1..=3).contains(&lacking.len()), "{}", &lead);
        prop_assert!(title.chars().count() <= 110 + counted.len() + 2, "{}", &title);
    }
}

/// Title and the line under it of a chart over three weeks between which a month without rows lies; a plan that nobody reported; two
/// measures of which one commune has only one.
#[test]
fn weeks_without_rows_go_by_and_what_is_missing_is_counted() {
    let bench = Bench::new();
    bench.write("c.geojson", communes_in_a_row(6));
    let mut weeks = "code,date,pest,total_ha\n".to_owned();
    for (day, hectares) in [("2024-03-04", 10), ("2024-03-11", 20), ("2024-04-08", 40)] {
        let _ = writeln!(weeks, "29950,{day},rầy nâu,{hectares}");
    }
    bench.write("n.csv", weeks);
    bench.write("t.csv", "code,a,b,p,r,q,s\n29950,9,9,10,12,5,\n29951,1,1,10,9,5,\n29952,2,,10,9,5,\n29953,3,3,10,9,5,\n29954,4,4,10,9,5,\n29955,5,5,10,9,5,\n");
    bench.write(
        "ruong.toml",
        "version = 1\nlanguage = \"en\"\n[period]\nfrom = 2024-04-08\nto = 2024-04-14\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\n\
         name = \"name\"\n[[tables]]\nid = \"n\"\nkind = \"infested-area\"\nfile = \"n.csv\"\nkey = { commune = \"code\" }\n\
         [[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = { commune = \"code\" }\nindicators = [\
         { id = \"a\", column = \"a\", unit = \"ha\" }, { id = \"b\", column = \"b\", unit = \"ha\" },\
         { id = \"done\", plan = \"p\", result = \"r\" }, { id = \"unknown\", plan = \"q\", result = \"s\" }]\n\
         [[maps]]\nid = \"pair\"\nkind = \"bivariate\"\nmeasure = \"t.a\"\nwith = \"t.b\"\n\
         [[charts]]\nid = \"weeks\"\nkind = \"time-series\"\nmeasure = \"infested_ha\"\n[[charts]]\nid = \"plans\"\nkind = \"bullet\"\n",
    );
    let ran = bench.run(&["build", ".", "--only", "maps,charts", "--format", "svg", "--quiet"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let said = |name: &str| words_of(&bench.read(&format!("out/{name}.svg")));
    // From 4 March to 8 April are five weeks, although three have rows.
    assert!(said("charts/weeks").starts_with("Infested area up from 10 to 40 ha in 5 weeks"), "{}", said("charts/weeks"));
    // 57 of 60; of the other programme nobody reported a result.
    assert!(
        said("charts/plans").starts_with("0 of 1 programmes reached their plan or passed it, 1 of 2 with data"),
        "{}",
        said("charts/plans")
    );
    assert!(said("maps/pair").contains(", 5 of 6 communes with data"), "{}", said("maps/pair"));
}

#[test]
fn an_own_title_stands_over_the_finding() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("t.csv", "code,a\n00412,3\n00413,1\n");
    let project = format!(
        "{COMMUNES_ONLY}[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = {{ commune = \"code\" }}\n\
         indicators = [{{ id = \"a\", column = \"a\", name = \"Diện tích mía\", unit = \"ha\" }}]\n\
         [[maps]]\nid = \"own\"\nmeasure = \"t.a\"\ntitle = \"Mía\"\n[[maps]]\nid = \"found\"\nmeasure = \"t.a\"\n"
    );
    bench.write("ruong.toml", project);
    let ran = bench.run(&["build", ".", "--only", "maps", "--format", "svg", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let [own, found] = ["own", "found"].map(|id| words_of(&bench.read(&format!("out/maps/{id}.svg"))));
    assert!(own.contains("Mía 4 ha mía") && found.contains("4 ha mía Nhiều nhất ở"), "{own}\n{found}");
}

#[test]
fn a_page_holds_what_it_names_and_names_what_it_lacks() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("t.csv", "code,a\n00412,3\n00413,1\n");
    let project = |cell: &str| {
        format!(
            "{COMMUNES_ONLY}[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = {{ commune = \"code\" }}\n\
             indicators = [{{ id = \"a\", column = \"a\", name = \"Diện tích mía\", unit = \"ha\" }}]\n\
             [[maps]]\nid = \"m\"\nmeasure = \"t.a\"\n[[charts]]\nid = \"c\"\nmeasure = \"t.a\"\n\
             [[pages]]\nid = \"p\"\nrows = [[\"figures\"], [\"maps/m\"], [\"{cell}\", \"table\"]]\n"
        )
    };
    bench.write("ruong.toml", project("charts/c"));
    let ran = bench.run(&["build", ".", "--only", "pages", "--format", "svg", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let words = words_of(&bench.read("out/pages/p.svg"));
    // The finding once, the figure, the map's names, the chart's and the table's rows.
    assert!(words.starts_with("4 ha mía ") && words.matches("Diện tích mía (ha)").count() >= 2, "{words}");
    bench.write("ruong.toml", project("charts/d"));
    let ran = bench.run(&["build", ".", "--only", "pages", "--format", "svg", "--quiet"]);
    let listed = bench.read("out/problems.csv");
    assert!(ran.code != 0 && listed.contains("charts/d") && listed.contains("charts/c"), "{} {listed}", ran.stderr);
}

#[test]
fn rows_without_cells_and_heights_that_cannot_be_are_refused() {
    for (keys, wrong) in [
        ("rows = []", "rows"),
        ("rows = [[]]", "rows"),
        ("rows = [[\"table\"]]\nheights = [1, 2]", "heights"),
        ("rows = [[\"table\"]]\nheights = [0]", "heights"),
    ] {
        let bench = Bench::new();
        bench.write("c.geojson", two_communes()).write("ruong.toml", format!("{COMMUNES_ONLY}[[pages]]\nid = \"p\"\n{keys}\n"));
        let ran = bench.run(&["build", ".", "--lang", "en"]);
        assert!(ran.code == 2 && ran.stderr.contains(&format!("pages.0.{wrong}")), "{keys}: {}", ran.stderr);
    }
    let bench = Bench::new();
    let map = "[[maps]]\nid = \"m\"\nkind = \"points\"\npanel = true\n";
    bench.write("c.geojson", two_communes()).write("ruong.toml", format!("{COMMUNES_ONLY}{map}"));
    let ran = bench.run(&["check", ".", "--lang", "en"]);
    assert!(ran.code != 0 && ran.stderr.contains("panel"), "{}", ran.stderr);
}

/// A map of many communes keeps their names where there is no room for values too.
#[test]
fn names_stay_where_values_have_no_room() {
    let bench = Bench::new();
    bench.write("c.geojson", grid_of_communes(18, 14)).write("t.csv", {
        let rows: Vec<String> = (0..252).map(|at| format!("{},{}", 10_000 + at, 1_000_000.5 + f64::from(at))).collect();
        format!("code,a\n{}\n", rows.join("\n"))
    });
    bench.write(
        "ruong.toml",
        format!(
            "{COMMUNES_ONLY}[page]\nsize = \"a4\"\n[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = {{ commune = \"code\" }}\ndecimal = \".\"\n\
             indicators = [{{ id = \"a\", column = \"a\", unit = \"ha\" }}]\n[[maps]]\nid = \"m\"\nmeasure = \"t.a\"\n"
        ),
    );
    let ran = bench.run(&["build", ".", "--only", "maps", "--format", "svg", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let svg = bench.read("out/maps/m.svg");
    let labels = svg.split("<g id=\"labels\">").nth(1).and_then(|rest| rest.split("</g>").next()).unwrap_or_default();
    assert!(labels.matches("Phước").count() > 200, "{} names", labels.matches("Phước").count());
    assert!(!labels.contains(",5<"), "and no value stands without room for all");
}

/// Values that crowd into one round class are cut where they part, and zero has a class of its own.
#[test]
fn classes_show_the_pattern() {
    let bench = Bench::new();
    bench.write("c.geojson", communes_in_a_row(30));
    let mut table = "code,a\n".to_owned();
    for at in 0..30 {
        let value = match at {
            0..4 => 0.0,
            4..14 => 1.0 + 0.1 * f64::from(at),
            14..28 => 9.0 + 0.1 * f64::from(at),
            _ => 400.0,
        };
        let _ = writeln!(table, "{},{value}", 29_950 + at);
    }
    bench.write("t.csv", table);
    bench.write(
        "ruong.toml",
        format!(
            "{COMMUNES_ONLY}[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = {{ commune = \"code\" }}\ndecimal = \".\"\n\
             indicators = [{{ id = \"a\", column = \"a\", unit = \"ha\" }}]\n[[maps]]\nid = \"m\"\nmeasure = \"t.a\"\n"
        ),
    );
    let ran = bench.run(&["build", ".", "--only", "maps", "--format", "svg", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let record: serde_json::Value = serde_json::from_str(&bench.read("out/run.json")).expect("the record");
    let scale = &record["scales"][0];
    assert_eq!(scale["scheme"], "fisher-jenks", "{scale}");
    let counts: Vec<u64> = scale["counts"].as_array().expect("counts").iter().filter_map(serde_json::Value::as_u64).collect();
    // Round breaks would put 24 of the 26 numbers above zero into one class.
    assert!(counts.iter().sum::<u64>() == 26 && counts.iter().all(|count| *count <= 14), "{counts:?}");
}
