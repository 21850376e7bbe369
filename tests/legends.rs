//! Legends and pictures say the same: no two entries look alike, what is counted is drawn as often, and sums are those of the tables.

mod common;

use common::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A line of a legend: paint, words and amount.
#[derive(Debug)]
struct Entry {
    paint: String,
    words: String,
    amount: String,
}

fn attribute<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    line.split(&format!(" {name}=\"")).nth(1)?.split('"').next()
}

fn text(line: &str) -> &str {
    line.split('>').nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default()
}

/// Lines of the groups whose id begins with a word.
fn lines<'a>(svg: &'a str, id: &str) -> Vec<&'a str> {
    let mut inside = false;
    let mut depth = 0usize;
    let mut found = Vec::new();
    for line in svg.lines() {
        if !inside && line.starts_with(&format!("<g id=\"{id}")) {
            (inside, depth) = (true, 0);
        } else if inside {
            depth += usize::from(line.starts_with("<g ") || line.starts_with("<g>"));
            if line.starts_with("</g>") {
                if depth == 0 {
                    inside = false;
                    continue;
                }
                depth -= 1;
            }
            found.push(line);
        }
    }
    found
}

/// The rim of a swatch.
const RIM: &str = "#787e85";

fn entries(svg: &str) -> Vec<Entry> {
    let mut list: Vec<Entry> = Vec::new();
    for line in lines(svg, "legend") {
        if attribute(line, "stroke") == Some(RIM) && line.starts_with("<path") {
            let paint = attribute(line, "fill").expect("a swatch is painted").to_owned();
            list.push(Entry { paint, words: String::new(), amount: String::new() });
        } else if let (Some(entry), true) = (list.last_mut(), line.starts_with("<text")) {
            match (attribute(line, "text-anchor"), attribute(line, "fill")) {
                // A swatch of a row holds its count.
                (Some("end" | "middle"), _) if entry.amount.is_empty() => text(line).clone_into(&mut entry.amount),
                (None, Some("#212529")) if entry.amount.is_empty() => entry.words.push_str(text(line)),
                _ => {}
            }
        }
    }
    list
}

/// How often each paint fills a mark of a group.
fn marks(svg: &str, id: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for line in lines(svg, id) {
        if let Some(paint) = attribute(line, "fill").filter(|paint| *paint != "none") {
            *found.entry(paint.to_owned()).or_default() += 1;
        }
    }
    found
}

fn pictures(of: &std::path::Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["maps", "charts"] {
        for entry in std::fs::read_dir(of.join(folder)).expect("pictures").flatten() {
            if entry.path().extension().is_some_and(|ending| ending == "svg") {
                let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
                found.push((name, std::fs::read_to_string(entry.path()).expect("an SVG")));
            }
        }
    }
    found
}

#[test]
fn no_two_entries_look_alike_and_what_is_counted_is_drawn() {
    for style in [&[][..], &["--bw"]] {
        let out = tempfile::tempdir().expect("a folder");
        let to = out.path().to_str().expect("a path");
        let mut all = vec!["build", "data/hong-ngu/gallery.toml", "--out", to, "--format", "svg", "--only", "maps,charts"];
        all.extend(style);
        assert_eq!(run_in(&root(), &all).code, 0);
        let (mut legends, mut counted) = (0, 0);
        for (name, svg) in pictures(out.path()) {
            let entries = entries(&svg);
            let mut paints: Vec<&str> = entries.iter().map(|entry| entry.paint.as_str()).collect();
            paints.sort_unstable();
            let count = paints.len();
            paints.dedup();
            assert_eq!(paints.len(), count, "{name} {style:?}: two entries look alike: {entries:#?}");
            legends += usize::from(count > 1);
            let marks = marks(&svg, if name.starts_with("maps/") { "map" } else { "plot" });
            for entry in &entries {
                let drawn = marks.get(&entry.paint).copied().unwrap_or(0);
                assert!(
                    drawn > 0 || entry.amount == "0" || entry.amount.starts_with("0 ·") || entry.words.ends_with("(0)"),
                    "{name} {style:?}: nothing is painted as {entry:?}"
                );
            }
            // Maps of communes paint each of them once.
            let of_communes = ["choropleth", "change", "hotspots", "hot-and-cold", "scan", "categories"];
            if of_communes.iter().any(|kind| name == format!("maps/{kind}.svg")) {
                for entry in &entries {
                    let drawn = marks.get(&entry.paint).copied().unwrap_or(0);
                    assert_eq!(drawn.to_string(), entry.amount, "{name} {style:?}: {entry:?}");
                    counted += 1;
                }
            }
        }
        assert!(legends > 15 && counted > 15, "{legends} legends, {counted} counts");
    }
}

const CHARTS: &str = "\
[[charts]]\nid = \"moves\"\nkind = \"dots\"\nmeasure = \"linked_at_risk_ha\"\n\
[[charts]]\nid = \"plans\"\nkind = \"bullet\"\nmeasure = \"g.vg\"\n\
[[charts]]\nid = \"firms\"\nkind = \"bar\"\nby = \"enterprise\"\nmeasure = \"linked_ha\"\n\
[[charts]]\nid = \"spread\"\nkind = \"histogram\"\nmeasure = \"linked_at_risk_ha\"\n";

/// A hundred communes of one contract each: the first half goes from 0 to severe, the second the other way.
fn many(pictures: &str) -> Bench {
    let bench = Bench::new();
    let count = 100;
    bench.write("c.geojson", communes_in_a_row(count));
    let (mut linked, mut pests, mut plans) =
        ("code,dn,ha\n".to_owned(), "code,ngay,pest,severity\n".to_owned(), "code,kh,th\n".to_owned());
    for at in 0..count {
        let code = format!("{}", 29_950 + at);
        let _ = writeln!(linked, "{code},DN {at},{}", 10 + at);
        for (day, level) in [("2024-04-01", if at < 50 { 0 } else { 2 }), ("2024-04-08", if at < 50 { 2 } else { 0 })] {
            let _ = writeln!(pests, "{code},{day},rầy nâu,{level}");
        }
        let _ = writeln!(plans, "{code},100,{}", 150 - at);
    }
    bench.write("l.csv", linked).write("p.csv", pests).write("g.csv", plans);
    bench.write(
        "ruong.toml",
        format!(
            "version = 1\nlanguage = \"en\"\n[period]\nfrom = 2024-04-08\nto = 2024-04-14\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\nname = \"name\"\n\
         [[tables]]\nid = \"l\"\nkind = \"linked-production\"\nfile = \"l.csv\"\nkey = {{ commune = \"code\" }}\n\
         columns = {{ enterprise = \"dn\", contracted_ha = \"ha\" }}\n\
         [[tables]]\nid = \"p\"\nkind = \"pest-forecast\"\nfile = \"p.csv\"\nkey = {{ commune = \"code\" }}\n\
         columns = {{ date = \"ngay\", pest = \"pest\", severity = \"severity\" }}\n\
         [[tables]]\nid = \"g\"\nkind = \"indicator\"\nfile = \"g.csv\"\nkey = {{ commune = \"code\" }}\n\
         indicators = [{{ id = \"vg\", plan = \"kh\", result = \"th\" }}]\n\
         {pictures}",
        ),
    );
    let ran = bench.run(&["build", ".", "--format", "svg", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    bench
}

/// Names of communes at the left of a chart, with the row that stands for others.
fn labels(svg: &str) -> Vec<String> {
    let plot = lines(svg, "plot");
    plot.into_iter().filter(|line| attribute(line, "text-anchor") == Some("end")).map(|line| text(line).to_owned()).collect()
}

fn texts(svg: &str) -> Vec<String> {
    lines(svg, "plot").into_iter().filter(|line| line.starts_with("<text")).map(|line| text(line).to_owned()).collect()
}

#[test]
fn a_long_list_shows_both_ends_and_what_lies_between() {
    let bench = many(CHARTS);
    let moves = bench.read("out/charts/moves.svg");
    // The largest increase is 10 + 49 ha, the largest decrease 10 + 99.
    let shown = texts(&moves);
    assert!(shown.iter().any(|words| words == "+59") && shown.iter().any(|words| words.starts_with("−109 ")), "{shown:?}");
    let others = shown.iter().find(|words| words.starts_with("up ")).expect("a row for the others").clone();
    // What is shown and what the row of others says is the whole change: 50 × 10 + (0 + … + 49) up, 50 × 10 + (50 + … + 99) down.
    let number = |words: &str| -> f64 { words.replace(',', "").replace('−', "-").parse().expect("a number") };
    let [up, down] = others.strip_prefix("up ").and_then(|rest| rest.split_once(", down ")).map(<[&str; 2]>::from).expect("both");
    let gains: Vec<f64> = shown
        .iter()
        .filter(|words| words.starts_with('+') || words.starts_with('−'))
        .map(|words| number(words.split(' ').next().expect("a change").trim_start_matches('+')))
        .collect();
    let sum = |rose: bool| gains.iter().filter(|gain| (**gain > 0.0) == rose).sum::<f64>();
    assert_eq!((sum(true) + number(up), sum(false) - number(down)), (1725.0, -4225.0), "{others}");
    let hidden = labels(&moves).iter().find_map(|label| label.strip_suffix(" other communes")?.parse::<usize>().ok());
    assert_eq!(hidden.expect("how many") + gains.len(), 100);

    // The commune furthest behind reached 51 % of its plan; 49 of 100 are behind.
    let plans = texts(&bench.read("out/charts/plans.svg"));
    assert!(plans.iter().any(|words| words == "51 %") && plans.iter().any(|words| words == "150 %"), "{plans:?}");
    let behind_shown =
        plans.iter().filter(|words| words.strip_suffix(" %").is_some_and(|n| n.parse().is_ok_and(|n: f64| n < 100.0)));
    let between = plans.iter().find(|words| words.contains("behind plan")).expect("a row for the others");
    let said: usize =
        between.split(", ").nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok()).expect("how many are behind");
    assert_eq!(behind_shown.count() + said, 49, "{between}");

    // Contracts of 10 to 109 ha: 5950 in all.
    let firms = texts(&bench.read("out/charts/firms.svg"));
    let rest = firms.iter().find_map(|words| words.strip_prefix("sum ")).expect("the sum of the others");
    let shown: f64 = (10..110).rev().take_while(|ha| firms.contains(&ha.to_string())).map(f64::from).sum();
    assert_eq!(shown + number(rest), 5950.0);
}

/// Numbers on the bars of a histogram, by paint.
fn counted(svg: &str) -> BTreeMap<String, usize> {
    let plot = lines(svg, "plot");
    let mut sums: BTreeMap<String, usize> = BTreeMap::new();
    for pair in plot.windows(2) {
        if let (Some(paint), Some("middle"), Ok(count)) =
            (attribute(pair[0], "fill"), attribute(pair[1], "text-anchor"), text(pair[1]).parse::<usize>())
            && pair[0].starts_with("<path")
            && paint != "none"
        {
            *sums.entry(paint.to_owned()).or_default() += count;
        }
    }
    sums
}

#[test]
fn bars_of_a_colour_add_up_to_the_count_of_their_class() {
    let bench = many(CHARTS);
    let svg = bench.read("out/charts/spread.svg");
    let sums = counted(&svg);
    let mut seen = 0;
    for entry in entries(&svg) {
        let count: usize = entry.words.rsplit('(').next().and_then(|rest| rest.strip_suffix(')')?.parse().ok()).expect("a count");
        assert_eq!(sums.get(&entry.paint).copied().unwrap_or(0), count, "{entry:?} {sums:?}");
        seen += count;
    }
    assert_eq!(seen, 100);
    // A bound may be the highest value itself: it has a bar too.
    let project = bench.read("ruong.toml").replace("kind = \"histogram\"\n", "kind = \"histogram\"\nscale = \"own\"\n");
    bench.write("ruong.toml", format!("{project}[scales.own]\nbreaks = [20, 59]\n"));
    bench.run(&["build", ".", "--format", "svg", "--quiet"]);
    let classes = entries(&bench.read("out/charts/spread.svg"));
    assert!(classes.iter().any(|entry| entry.words.starts_with("59 and above (1)")), "{classes:#?}");
    assert_eq!(counted(&bench.read("out/charts/spread.svg")).values().sum::<usize>(), 100);
    // Half of the communes have nothing at risk, and a bar of their own.
    assert!(sums.values().any(|count| *count == 50), "{sums:?}");
}

#[test]
fn the_sum_on_a_map_is_that_of_the_table() {
    let bench =
        many("[[maps]]\nid = \"first\"\nmeasure = \"linked_at_risk_ha\"\n[[maps]]\nid = \"l\"\nmeasure = \"linked_ha\"\n");
    let summary = rows(&bench.read("out/tables/summary.csv"));
    for (map, measure, hectares) in [("first", "linked_at_risk_ha", 1725.0), ("l", "linked_ha", 5950.0)] {
        let row = summary.iter().find(|row| row["measure"] == measure).expect("a row");
        assert_eq!(number(row, "current"), hectares);
        let svg = bench.read(&format!("out/maps/{map}.svg"));
        let figures = lines(&svg, "figures");
        let run = figures.iter().map(|line| text(line)).collect::<Vec<_>>().join(" ").replace(',', "");
        assert!(run.starts_with(&format!("All communes {hectares} ha")), "{map}: {run}");
    }
}

#[test]
fn maps_of_the_pests_that_matter_share_one_scale() {
    let bench = Bench::new();
    let rows = "00412,08/04/2024 - 14/04/2024,rầy nâu,900\n00413,08/04/2024 - 14/04/2024,rầy nâu,300\n\
        00412,08/04/2024 - 14/04/2024,chuột,200\n00413,08/04/2024 - 14/04/2024,chuột,60\n00412,08/04/2024 - 14/04/2024,ốc,1\n";
    bench.write("c.geojson", two_communes()).write("n.csv", format!("code,date,pest,total_ha\n{rows}")).write(
        "ruong.toml",
        "version = 1\nperiod = \"latest\"\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\n[[tables]]\nid = \"n\"\nkind = \"infested-area\"\nfile = \"n.csv\"\nkey = { commune = \"code\" }\n",
    );
    let ran = bench.run(&["build", ".", "--only", "maps", "--format", "svg"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let classes = |pest: &str| -> Vec<String> {
        let svg = bench.read(&format!("out/maps/infested-ha-{pest}.svg"));
        // Bounds between the swatches, and their paints.
        let legend = lines(&svg, "legend");
        let bounds =
            legend.iter().filter(|line| attribute(line, "text-anchor") == Some("middle")).map(|line| text(line).to_owned());
        let paints = entries(&svg).into_iter().map(|entry| entry.paint);
        bounds.filter(|text| text.len() > 1).chain(paints).collect()
    };
    assert!(!classes("ray-nau").is_empty());
    assert_eq!(classes("ray-nau"), classes("chuot"));
    assert!(!bench.path("out/maps/infested-ha-oc.svg").exists(), "a pest of one hectare in 1.461 gets no map");
}

#[test]
fn weeks_of_communes_beyond_the_page_are_summed() {
    let bench = Bench::new();
    // Commune i reports i + 1 hectares in the first week and twice that in the second.
    let rows: String = (0..70)
        .flat_map(|at| {
            [("2024-04-01", 1), ("2024-04-08", 2)].map(|(day, by)| format!("{},{day},rầy nâu,{}\n", 10_000 + at, by * (at + 1)))
        })
        .collect();
    bench.write("c.geojson", grid_of_communes(10, 7)).write("n.csv", format!("code,date,pest,total_ha\n{rows}")).write(
        "ruong.toml",
        "version = 1\nperiod = \"latest\"\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\nname = \"name\"\n[[tables]]\nid = \"n\"\nkind = \"infested-area\"\n\
         file = \"n.csv\"\nkey = { commune = \"code\" }\n[[charts]]\nid = \"h\"\nkind = \"heatmap\"\nmeasure = \"infested_ha\"\n",
    );
    let ran = bench.run(&["build", ".", "--only", "charts", "--format", "svg"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let words = words_of(&bench.read("out/charts/h.svg"));
    let before = words.split(" xã khác, cộng ").next().expect("words");
    let others: usize = before.rsplit(' ').next().and_then(|count| count.parse().ok()).unwrap_or_else(|| panic!("{words}"));
    // The rows with least are left out: 1 + 2 + … hectares.
    let sum = others * (others + 1) / 2;
    let thousands = |number: usize| format!("{}.{:03}", number / 1000, number % 1000);
    let wanted = format!("{others} xã khác, cộng {} {}", thousands(sum), thousands(2 * sum));
    assert!(others > 45 && words.contains(&wanted), "{wanted}: {words}");
}

#[test]
fn the_rest_of_computing_is_no_class_of_its_own() {
    let bench = Bench::new();
    let values = ["0", "-0.0", "1e-12", "-1e-12", "-3", "-1", "3", "4", "5"];
    let rows: String = values.iter().enumerate().map(|(at, value)| format!("{},{value}\n", 29_950 + at)).collect();
    bench.write("c.geojson", communes_in_a_row(values.len())).write("t.csv", format!("code,x\n{rows}")).write(
        "ruong.toml",
        "version = 1\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\nname = \"name\"\n[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\n\
         key = { commune = \"code\" }\nindicators = [{ id = \"x\", column = \"x\", name = \"X\", unit = \"ha\" }]\n[[maps]]\nid = \"m\"\nmeasure = \"t.x\"\npanel = false\n",
    );
    let ran = bench.run(&["build", ".", "--only", "maps", "--format", "svg"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let entries = entries(&bench.read("out/maps/m.svg"));
    let zero = entries.iter().find(|entry| entry.words == "0").unwrap_or_else(|| panic!("{entries:?}"));
    assert_eq!(zero.amount, "4", "what prints as 0 is 0: {entries:?}");
}

/// Where communes are few, each class says which of them are in it; the table of the sample has three on the second level.
#[test]
fn classes_of_words_name_their_communes() {
    let bench = Bench::new();
    let sample = root().join("data/hong-ngu").display().to_string();
    let ran = bench.run(&["build", &sample, "--only", "maps", "--format", "svg", "--out", "o", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let words = words_of(&bench.read("o/maps/programmes-xep-loai.svg"));
    assert!(words.contains("Thường Phước 1, Long Khánh A, Phú Thuận B"), "{words}");
    // Of plans a meeting asks who is behind: 100,00 comes before 119,44.
    let words = words_of(&bench.read("o/maps/programmes-vietgap-attainment-pct.svg"));
    let [behind, ahead] = ["100,00", "119,44"].map(|number| words.rfind(number).expect("it is written"));
    assert!(words.contains("thấp nhất trước") && behind < ahead, "{words}");
}
