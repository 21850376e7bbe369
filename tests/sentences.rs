//! Sentences over maps and charts, derived again from random tables with gaps: changes, ranks, severities, plans, words, weeks.

mod common;

use common::{Bench, Dice, collection, feature, square};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const WEEKS: [&str; 4] = ["2024-03-11", "2024-03-25", "2024-04-01", "2024-04-08"];
const NOW: usize = 3;
const BEFORE: usize = 2;
const PESTS: [&str; 3] = ["bph", "blast", "rats"];
const FIRMS: [&str; 3] = ["Anh", "Bình", "Cường"];
const WORDS: [&str; 3] = ["good", "fair", "poor"];

/// What went in. Nothing stands for a row that is not there.
struct World {
    communes: usize,
    /// Contracted hectares by commune and firm
    contracts: Vec<[Option<u64>; 3]>,
    /// Severity by week, pest and commune
    severities: Vec<Vec<Vec<Option<u64>>>>,
    /// Light, medium, heavy hectares by week and commune, of one pest
    areas: Vec<Vec<Option<[u64; 3]>>>,
    /// Plan and result by programme and commune
    plans: Vec<Vec<[Option<u64>; 2]>>,
    /// A word by commune
    words: Vec<Option<usize>>,
}

fn world(seed: u64) -> World {
    let mut dice = Dice(seed);
    let communes = 3 + dice.below(9) as usize;
    let mut world = World {
        communes,
        contracts: (0..communes).map(|_| std::array::from_fn(|_| dice.maybe(400))).collect(),
        severities: (0..WEEKS.len())
            .map(|_| (0..PESTS.len()).map(|_| (0..communes).map(|_| dice.maybe(5)).collect()).collect())
            .collect(),
        areas: (0..WEEKS.len())
            .map(|_| {
                (0..communes).map(|_| dice.maybe(900).map(|light| [light, dice.below(3) * 70, dice.below(2) * 31])).collect()
            })
            .collect(),
        plans: (0..3).map(|_| (0..communes).map(|_| [Some(1 + dice.below(90)), dice.maybe(120)]).collect()).collect(),
        words: (0..communes).map(|_| dice.maybe(WORDS.len() as u64).map(|word| word as usize)).collect(),
    };
    // Some weeks nobody looks for a pest at all.
    if dice.below(4) == 0 {
        world.severities[NOW][2].fill(None);
    }
    world
}

fn code(at: usize) -> usize {
    30_001 + at
}

fn name(at: usize) -> String {
    format!("Xã {}", char::from(b'A' + at as u8))
}

fn project(bench: &Bench, world: &World) {
    let list: Vec<String> = (0..world.communes)
        .map(|at| {
            let x = 105.0 + 0.05 * at as f64;
            let own = format!("\"code\": \"{}\", \"name\": \"{}\"", code(at), name(at));
            feature(&own, &square(x, 10.0, x + 0.05, 10.05))
        })
        .collect();
    let mut contracts = "code,enterprise,contracted_ha\n".to_owned();
    let mut severities = "code,date,pest,severity\n".to_owned();
    let mut areas = "code,date,pest,light_ha,medium_ha,heavy_ha\n".to_owned();
    let mut programmes = "code,p0,r0,p1,r1,p2,r2,word\n".to_owned();
    for at in 0..world.communes {
        for (firm, hectares) in FIRMS.iter().zip(&world.contracts[at]) {
            if let Some(hectares) = hectares {
                let _ = writeln!(contracts, "{},{firm},{hectares}", code(at));
            }
        }
        for (week, day) in WEEKS.iter().enumerate() {
            for (pest, word) in PESTS.iter().enumerate() {
                if let Some(severity) = world.severities[week][pest][at] {
                    let _ = writeln!(severities, "{},{day},{word},{severity}", code(at));
                }
            }
            if let Some([light, medium, heavy]) = world.areas[week][at] {
                let _ = writeln!(areas, "{},{day},bph,{light},{medium},{heavy}", code(at));
            }
        }
        let text = |number: Option<u64>| number.map_or(String::new(), |number| number.to_string());
        let _ = write!(programmes, "{}", code(at));
        for plan in &world.plans {
            let [plan, result] = plan[at].map(text);
            let _ = write!(programmes, ",{plan},{result}");
        }
        let _ = writeln!(programmes, ",{}", world.words[at].map_or("", |word| WORDS[word]));
    }
    let head =
        "version = 1\nlanguage = \"en\"\nperiod = { from = 2024-04-08, to = 2024-04-14 }\n[communes]\nfile = \"c.geojson\"\n";
    let table = |id: &str, kind: &str, more: &str| {
        format!("[[tables]]\nid = \"{id}\"\nkind = \"{kind}\"\nfile = \"{id}.csv\"\nkey = {{ commune = \"code\" }}\n{more}")
    };
    let indicators = "indicators = [{ id = \"a\", plan = \"p0\", result = \"r0\", name = \"Flood\" }, { id = \"b\", plan = \"p1\", result = \"r1\", \
        name = \"Vietgap\" }, { id = \"c\", plan = \"p2\", result = \"r2\", name = \"Drones\" }, { id = \"w\", category = \"word\", name = \"Rating\" }]\n";
    let pictures = "[[maps]]\nid = \"risk\"\nmeasure = \"linked_at_risk_ha\"\n[[maps]]\nid = \"change\"\nkind = \"change\"\nmeasure = \"linked_at_risk_ha\"\n\
        compare = \"previous\"\n[[maps]]\nid = \"words\"\nkind = \"categories\"\nmeasure = \"x.w\"\n[[charts]]\nid = \"firms\"\nmeasure = \"linked_at_risk_ha\"\n\
        by = \"enterprise\"\n[[charts]]\nid = \"pests\"\nmeasure = \"linked_at_risk_ha\"\nby = \"pest\"\n[[charts]]\nid = \"two\"\nkind = \"scatter\"\nmeasure = \"linked_ha\"\nwith = \"x.a_result\"\n[[charts]]\nid = \"plans\"\nkind = \"bullet\"\n";
    let risk = [
        head,
        &table("l", "linked-production", ""),
        &table("f", "pest-forecast", ""),
        &table("x", "indicator", indicators),
        pictures,
    ];
    let pictures = "[[charts]]\nid = \"severities\"\nkind = \"stacked\"\nmeasure = \"infested_ha\"\n[[charts]]\nid = \"weeks\"\nkind = \"time-series\"\n\
        measure = \"infested_ha\"\n[[charts]]\nid = \"areas\"\nkind = \"area\"\nmeasure = \"infested_ha\"\n[[maps]]\nid = \"small\"\n\
        kind = \"panels\"\nmeasure = \"infested_ha\"\nweeks = 8\n";
    let areas_only = [head, &table("a", "infested-area", ""), pictures];
    bench
        .write("c.geojson", collection(&list))
        .write("l.csv", contracts)
        .write("f.csv", severities)
        .write("x.csv", programmes)
        .write("a.csv", areas)
        .write("risk.toml", risk.concat())
        .write("areas.toml", areas_only.concat());
}

/// The title of a picture and the line under it.
fn said(bench: &Bench, picture: &str) -> [String; 2] {
    let svg = bench.read(picture);
    let group = |id: &str| -> String {
        let part = svg.split(&format!("<g id=\"{id}\">")).nth(1).and_then(|rest| rest.split("</g>").next()).unwrap_or_default();
        let texts = part.split("<text ").skip(1).filter_map(|text| Some(text.split('>').nth(1)?.split('<').next()?.to_owned()));
        texts.collect::<Vec<String>>().join(" ")
    };
    [group("title"), group("subtitle")]
}

/// A whole number of hectares with its thousands apart.
fn ha(number: u64) -> String {
    if number >= 1000 { format!("{},{:03}", number / 1000, number % 1000) } else { number.to_string() }
}

/// A percentage as a sentence has it: one decimal, none where it is whole or from a hundred on.
fn percent(part: u64, whole: u64) -> String {
    let tenths = (1000.0 * part as f64 / whole as f64).round() as u64;
    let exact = (part * 1000).is_multiple_of(whole);
    match (tenths >= 1000, exact && tenths.is_multiple_of(10)) {
        (true, _) | (_, true) => format!("{}", (100.0 * part as f64 / whole as f64).round() as u64),
        _ => format!("{}.{}", tenths / 10, tenths % 10),
    }
}

fn names(list: &[String]) -> String {
    match list {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

impl World {
    fn linked(&self, at: usize) -> Option<u64> {
        let known: Vec<u64> = self.contracts[at].iter().flatten().copied().collect();
        (!known.is_empty()).then(|| known.iter().sum())
    }

    fn highest(&self, week: usize, at: usize) -> Option<u64> {
        (0..PESTS.len()).filter_map(|pest| self.severities[week][pest][at]).max()
    }

    /// Contracted hectares at risk in a commune: none known where nobody surveyed what is under contract.
    fn at_risk(&self, week: usize, at: usize) -> Option<u64> {
        let linked = self.linked(at)?;
        match self.highest(week, at) {
            Some(severity) => Some(if severity >= 2 { linked } else { 0 }),
            None => (linked == 0).then_some(0),
        }
    }
}

/// "up 206 ha in a week (+30 %), over 5 communes with both periods".
fn moved(pairs: &[(Option<u64>, Option<u64>)], with_percent: bool) -> Option<String> {
    let both: Vec<(u64, u64)> = pairs.iter().filter_map(|(now, then)| now.zip(*then)).collect();
    let either = pairs.iter().filter(|(now, then)| now.is_some() || then.is_some()).count();
    if both.is_empty() {
        return None;
    }
    let (now, then) = both.iter().fold((0, 0), |sums, pair| (sums.0 + pair.0, sums.1 + pair.1));
    let over = if both.len() < either { format!(", over {} communes with both periods", both.len()) } else { String::new() };
    let gain = now.abs_diff(then);
    if gain == 0 {
        return Some(format!("unchanged in a week{over}"));
    }
    let share = 100.0 * (now as f64 - then as f64) / then as f64;
    let share = match with_percent && then >= 1 && share.abs() < 1000.0 {
        true => {
            let text = format!("{:.0}", share.abs());
            let sign = if text == "0" {
                ""
            } else if share > 0.0 {
                "+"
            } else {
                "−"
            };
            format!(" ({sign}{text} %)")
        }
        false => String::new(),
    };
    Some(format!("{} {} ha in a week{share}{over}", if now > then { "up" } else { "down" }, ha(gain)))
}

#[test]
fn sentences_on_contracts_programmes_and_words_are_those_that_the_tables_give() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 1..=40 {
        let (bench, world) = (Bench::new(), world(seed));
        project(&bench, &world);
        let ran = bench.run(&["build", "risk.toml", "--only", "maps,charts", "--format", "svg", "--quiet"]);
        assert!(ran.code < 2, "{seed}: {}", ran.stderr);
        let all = 0..world.communes;
        let now: Vec<Option<u64>> = all.clone().map(|at| world.at_risk(NOW, at)).collect();
        let then: Vec<Option<u64>> = all.clone().map(|at| world.at_risk(BEFORE, at)).collect();
        let pairs: Vec<(Option<u64>, Option<u64>)> = now.iter().copied().zip(then.iter().copied()).collect();
        let linked: u64 = all.clone().filter_map(|at| world.linked(at)).sum();
        let total: u64 = now.iter().flatten().sum();
        let surveyed =
            all.clone().any(|at| world.highest(NOW, at).is_some() && world.linked(at).is_some_and(|linked| linked > 0));

        // The level, its share, its change, and how many communes it is of.
        if surveyed && linked > 0 {
            let [title, lead] = said(&bench, "out/maps/risk.svg");
            let mut wanted = format!("{} ha under contract at risk ({} %)", ha(total), percent(total, linked));
            let known = now.iter().flatten().count();
            // Where fields are not known every commune may have contracts.
            let missing = if known < world.communes {
                format!(", {known} of {} communes with data", world.communes)
            } else {
                String::new()
            };
            if let Some(change) = moved(&pairs, false)
                && wanted.chars().count() + 2 + change.chars().count() + missing.chars().count() <= 110
            {
                wanted = format!("{wanted}, {change}");
            }
            assert_eq!(title, wanted + &missing, "{seed}");
            let unsurveyed: u64 =
                all.clone().filter(|at| world.highest(NOW, *at).is_none()).filter_map(|at| world.linked(at)).sum();
            let words = format!(
                "Under contract, not surveyed: {} ha",
                if unsurveyed < 100 { format!("{unsurveyed}.0") } else { ha(unsurveyed) }
            );
            assert_eq!(lead.contains(&words), unsurveyed > 0, "{seed}: {lead}");
            *seen.entry("risk").or_default() += 1;
        }

        // What changed, in how many communes, and where most.
        let [title, lead] = said(&bench, "out/maps/change.svg");
        let gains: Vec<(i64, String)> = pairs
            .iter()
            .enumerate()
            .filter_map(|(at, (now, then))| Some((now.as_ref().copied()? as i64 - then.as_ref().copied()? as i64, name(at))))
            .collect();
        if let Some(change) = moved(&pairs, true) {
            assert_eq!(title, format!("Area under contract at risk {change}"), "{seed}");
            for (words, count) in [
                ("p in", gains.iter().filter(|(gain, _)| *gain > 0).count()),
                ("own in", gains.iter().filter(|(gain, _)| *gain < 0).count()),
                ("nchanged in", gains.iter().filter(|(gain, _)| *gain == 0).count()),
            ] {
                let words = format!("{words} {count} commune");
                assert_eq!(lead.contains(&words), count > 0, "{seed}: {lead}, {words}");
            }
            let most = gains.iter().map(|(gain, _)| gain.abs()).max().unwrap_or(0);
            let first: Vec<&(i64, String)> = gains.iter().filter(|(gain, _)| gain.abs() == most).collect();
            if let ([(gain, name)], true) = (first.as_slice(), most > 0) {
                let sign = if *gain > 0 { "+" } else { "−" };
                let words = format!("most: {name} ({sign}{}", ha(gain.unsigned_abs()));
                assert!(lead.contains(&words), "{seed}: {lead}, {words}");
                *seen.entry("change").or_default() += 1;
            }
        }

        // The firm, and the pest, that have most.
        let by_firm = FIRMS.iter().enumerate().map(|(firm, name)| {
            let own = all.clone().filter(|at| world.highest(NOW, *at).is_some_and(|severity| severity >= 2));
            ((*name).to_owned(), own.filter_map(|at| world.contracts[at][firm]).sum::<u64>())
        });
        let by_pest = PESTS.iter().enumerate().map(|(pest, name)| {
            let own = all.clone().filter(|at| world.severities[NOW][pest][*at].is_some_and(|severity| severity >= 2));
            (format!("{}{}", name[..1].to_uppercase(), &name[1..]), own.filter_map(|at| world.linked(at)).sum::<u64>())
        });
        for (chart, rows, adds_up) in [("firms", by_firm.collect::<Vec<_>>(), true), ("pests", by_pest.collect(), false)] {
            let most = rows.iter().map(|(_, hectares)| *hectares).max().unwrap_or(0);
            if most == 0 || !surveyed {
                continue;
            }
            let [title, lead] = said(&bench, &format!("out/charts/{chart}.svg"));
            let nobody = match chart {
                "firms" => FIRMS
                    .iter()
                    .enumerate()
                    .filter(|(firm, _)| {
                        let land: Vec<usize> =
                            all.clone().filter(|at| world.contracts[*at][*firm].is_some_and(|ha| ha > 0)).collect();
                        !land.is_empty() && land.iter().all(|at| world.highest(NOW, *at).is_none())
                    })
                    .count(),
                _ => (0..PESTS.len())
                    .filter(|pest| {
                        !all.clone()
                            .any(|at| world.severities[NOW][*pest][at].is_some() && world.linked(at).is_some_and(|ha| ha > 0))
                    })
                    .count(),
            };
            assert_eq!(lead.contains("No data:"), nobody > 0, "{seed}, {chart}: {lead}");
            *seen.entry("unknown").or_default() += usize::from(nobody > 0);
            let first: Vec<String> =
                rows.iter().filter(|(_, hectares)| *hectares == most).map(|(name, _)| name.clone()).collect();
            let head = format!("{}: {} ha under contract at risk", names(&first), ha(most));
            assert!(title.starts_with(&head), "{seed}: {title}, {head}");
            let sum: u64 = rows.iter().map(|(_, hectares)| *hectares).sum();
            let share = format!("({:.0} %)", 100.0 * most as f64 / sum as f64);
            assert!(!title.contains(" %)") || adds_up && title.contains(&share), "{seed}: {title}, {share}");
            *seen.entry(chart).or_default() += 1;
        }

        // Who has most of one measure and of another, among those that have both.
        let both: Vec<(u64, u64, String)> =
            all.clone().filter_map(|at| Some((world.linked(at)?, world.plans[0][at][1]?, name(at)))).collect();
        let most = |of: fn(&(u64, u64, String)) -> u64| -> Vec<String> {
            let highest = both.iter().map(of).max();
            both.iter().filter(|one| Some(of(one)) == highest).map(|(.., name)| name.clone()).collect()
        };
        let (first, second) = (most(|one| one.0), most(|one| one.1));
        if both.len() > 1 && first.len() <= 3 && second.len() <= 3 {
            let [title, _] = said(&bench, "out/charts/two.svg");
            let either = all.clone().filter(|at| world.linked(*at).is_some() || world.plans[0][*at][1].is_some()).count();
            let (with_both, communes) = (both.len(), world.communes);
            let (scope, missing) = match (with_both < either, with_both < communes) {
                (true, _) => (format!("Of {with_both} in {communes} communes with both numbers: "), String::new()),
                (false, true) => (String::new(), format!(", {with_both} of {communes} communes with data")),
                (false, false) => Default::default(),
            };
            let wanted = if first == second {
                format!("{} highest in both area under contract and flood – result", names(&first))
            } else {
                format!("Area under contract: highest in {}; flood – result: highest in {}", names(&first), names(&second))
            };
            assert_eq!(title, scope + &wanted + &missing, "{seed}");
            *seen.entry("two").or_default() += 1;
        }

        // Programmes that reached their plan, over the communes that have told a result.
        let mut reached: Vec<(f64, String)> = Vec::new();
        for (plan, name) in world.plans.iter().zip(["Flood", "Vietgap", "Drones"]) {
            let told: Vec<(u64, u64)> = plan.iter().filter_map(|[planned, done]| planned.zip(*done)).collect();
            let (planned, done) = told.iter().fold((0, 0), |sums, pair| (sums.0 + pair.0, sums.1 + pair.1));
            let scope = if told.len() < world.communes {
                format!(" ({} of {} communes)", told.len(), world.communes)
            } else {
                String::new()
            };
            if planned > 0 {
                reached.push((100.0 * done as f64 / planned as f64, format!("{name}{scope}")));
            }
        }
        if reached.len() == 3 {
            let [title, lead] = said(&bench, "out/charts/plans.svg");
            let count = reached.iter().filter(|(percent, _)| *percent >= 100.0).count();
            assert_eq!(title, format!("{count} of 3 programmes reached their plan or passed it"), "{seed}");
            reached.sort_by(|a, b| b.0.total_cmp(&a.0));
            for ((percent, name), word) in [(&reached[0], "Highest"), (&reached[2], "lowest")] {
                // Attainment in two decimals, as reports have it, and none that say nothing.
                let decimals = (0..2).find(|decimals| (percent * 10f64.powi(*decimals)).fract() == 0.0).unwrap_or(2) as usize;
                let text = format!("{percent:.decimals$}");
                let text = if *percent >= 1000.0 { format!("{},{}", &text[..1], &text[1..]) } else { text };
                assert!(lead.contains(&format!("{word} {name} {text} %")), "{seed}: {lead}, {word} {name} {text}");
            }
            *seen.entry("plans").or_default() += 1;
        }

        // Communes by word, and those without one.
        let [title, _] = said(&bench, "out/maps/words.svg");
        let counts: Vec<usize> =
            (0..WORDS.len()).map(|word| world.words.iter().filter(|own| **own == Some(word)).count()).collect();
        let known: usize = counts.iter().sum();
        if known > 0 {
            for (word, count) in WORDS.iter().zip(&counts) {
                let alone = format!("{word} in all {count} communes");
                assert_eq!(title.contains(&format!("{word} {count}")) || title.contains(&alone), *count > 0, "{seed}: {title}");
            }
            let missing = format!(", {known}/{} communes with data", world.communes);
            assert_eq!(title.ends_with(&missing), known < world.communes, "{seed}: {title}");
            *seen.entry("words").or_default() += 1;
        }
    }
    for (kind, least) in
        [("risk", 30), ("change", 15), ("firms", 25), ("pests", 25), ("plans", 35), ("words", 35), ("unknown", 3), ("two", 30)]
    {
        assert!(seen.get(kind).copied().unwrap_or(0) >= least, "{kind}: {seen:?}");
    }
}

#[test]
fn sentences_on_severities_and_weeks_are_those_that_the_table_gives() {
    let mut seen = 0;
    for seed in 101..=130 {
        let (bench, world) = (Bench::new(), world(seed));
        project(&bench, &world);
        let ran = bench.run(&["build", "areas.toml", "--only", "charts,maps", "--format", "svg", "--quiet"]);
        let now = &world.areas[NOW];
        if now.iter().flatten().count() == 0 {
            continue;
        }
        assert!(ran.code < 2, "{seed}: {}", ran.stderr);
        let sum = |week: usize| -> Option<u64> {
            let known: Vec<u64> = world.areas[week].iter().flatten().map(|cell| cell.iter().sum()).collect();
            (!known.is_empty()).then(|| known.iter().sum())
        };
        let level = |at: usize| -> u64 { now.iter().flatten().map(|cell| cell[at]).sum() };
        let [title, _] = said(&bench, "out/charts/severities.svg");
        let worst: Vec<String> = [(2, "heavy"), (1, "medium"), (0, "light")]
            .into_iter()
            .filter(|(at, _)| level(*at) > 0)
            .take(2)
            .map(|(at, word)| format!("{} ha {word}", ha(level(at))))
            .collect();
        let clause = if worst.is_empty() { String::new() } else { format!(", of which {}", worst.join(", ")) };
        let known = now.iter().flatten().count();
        let missing =
            if known < world.communes { format!(", {known} of {} communes with data", world.communes) } else { String::new() };
        assert_eq!(title, format!("{} ha infested{clause}{missing}", ha(sum(NOW).expect("some"))), "{seed}");

        let [title, _] = said(&bench, "out/charts/weeks.svg");
        let first = (0..WEEKS.len()).find(|week| sum(*week).is_some()).expect("a week");
        let days: Vec<chrono::NaiveDate> = WEEKS.iter().map(|day| day.parse().expect("a day")).collect();
        let gone = (days[NOW] - days[first]).num_days() / 7;
        let (start, end) = (sum(first).expect("hectares"), sum(NOW).expect("hectares"));
        let wanted = match (gone, end.cmp(&start)) {
            (0, _) => format!("Infested area: {} ha", ha(end)),
            (_, std::cmp::Ordering::Equal) => format!("Infested area: still {} ha after {gone} weeks", ha(end)),
            (_, order) => {
                let verb = if order.is_gt() { "up" } else { "down" };
                format!("Infested area {verb} from {} to {} ha in {gone} weeks", ha(start), ha(end))
            }
        };
        // A sum of other communes is no growth.
        let known = |week: usize| -> Vec<usize> {
            let areas = world.areas[week].iter().enumerate();
            areas.filter(|(_, area)| area.is_some()).map(|(commune, _)| commune).collect()
        };
        let (before, now) = (known(first), known(NOW));
        let both = now.iter().filter(|commune| before.contains(commune)).count();
        let scope = match (gone > 0 && before != now, both < before.len().min(now.len())) {
            (false, _) => String::new(),
            (true, false) => format!(", {} then {} communes with data", before.len(), now.len()),
            (true, true) => format!(", {} then {} communes with data, only {both} with both", before.len(), now.len()),
        };
        assert_eq!(title, wanted.clone() + &scope, "{seed}");
        // Areas and small maps over the same weeks say the same.
        for picture in ["out/charts/areas.svg", "out/maps/small.svg"] {
            assert_eq!(said(&bench, picture)[0], wanted.clone() + &scope, "{seed}: {picture}");
        }
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}
