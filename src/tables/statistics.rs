//! Spatial statistics as files: the same columns and keys from a command and from `[[analyses]]`.

use super::records::{cell, record, writer};
use crate::hotspots::association::{Global, Kind};
use crate::hotspots::permutation::Ties;
use crate::hotspots::rates::Rate;
use crate::hotspots::scan::{Cluster, Model, Study};
use crate::hotspots::weights::Metric;
use crate::hotspots::{SIGNIFICANT, Weights, fdr, getis_ord, local_moran};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::{Lang, Message, numbers};

/// A unit's line of a local statistic.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    statistic: f64,
    expected: f64,
    variance: f64,
    z: f64,
    p: f64,
    class: &'static str,
}

/// Permutations and where they start.
#[derive(Debug, Clone, Copy)]
pub struct Rounds {
    /// How many
    pub permutations: usize,
    /// Seed
    pub seed: u64,
    /// Which side equal rounds count for
    pub ties: Ties,
}

/// Local Moran of every unit with a neighbour.
pub fn local_moran(values: &[f64], weights: &Weights, with_n: bool, rounds: Rounds) -> Vec<Option<Line>> {
    let found = local_moran::local_moran(values, weights, with_n, (rounds.permutations, rounds.seed), rounds.ties);
    let line = |found: local_moran::Local| Line {
        statistic: found.statistic,
        expected: found.expected,
        variance: found.variance,
        z: found.z,
        p: found.p,
        class: found.quadrant.name(),
    };
    found.into_iter().map(|found| found.map(line)).collect()
}

/// Getis-Ord G* of every unit, or G without the unit itself.
pub fn getis_ord(values: &[f64], weights: &Weights, star: bool, rounds: Rounds) -> Vec<Option<Line>> {
    let found = getis_ord::getis_ord(values, weights, star, (rounds.permutations, rounds.seed), rounds.ties);
    let line = |found: getis_ord::Spot| Line {
        statistic: found.statistic,
        expected: found.expected,
        variance: found.variance,
        z: found.z,
        p: found.p,
        class: if found.z > 0.0 { "hot" } else { "cold" },
    };
    found.into_iter().map(|found| found.map(line)).collect()
}

/// A local statistic as CSV, and what it says.
pub fn local(ids: &[String], values: &[f64], weights: &Weights, lines: &[Option<Line>], lang: Lang) -> (Vec<u8>, Message) {
    let adjusted = fdr::adjusted_of_nearer_tail(&lines.iter().map(|line| line.as_ref().map(|line| line.p)).collect::<Vec<_>>());
    let mut writer = writer();
    let head = ["id", "value", "statistic", "expected", "variance", "z", "p", "p_fdr", "class", "neighbours"];
    record(&mut writer, head.map(str::to_owned));
    for (unit, line) in lines.iter().enumerate() {
        let of = |number: fn(&Line) -> f64| cell(line.as_ref().map(number));
        let cells = [
            ids[unit].clone(),
            cell(Some(values[unit])),
            of(|line| line.statistic),
            of(|line| line.expected),
            of(|line| line.variance),
            of(|line| line.z),
            of(|line| line.p),
            cell(adjusted[unit]),
            line.as_ref().map_or("", |line| line.class).to_owned(),
            weights.neighbours[unit].len().to_string(),
        ];
        record(&mut writer, cells);
    }
    (writer.into_inner().unwrap_or_default(), significant(lines, &adjusted, lang))
}

/// How many are significant, and how many of those chance alone would give.
fn significant(lines: &[Option<Line>], adjusted: &[Option<f64>], lang: Lang) -> Message {
    let mut classes: Vec<(&str, usize)> = Vec::new();
    for line in lines.iter().flatten().filter(|line| line.p < SIGNIFICANT) {
        match classes.iter_mut().find(|(class, _)| *class == line.class) {
            Some((_, count)) => *count += 1,
            None => classes.push((line.class, 1)),
        }
    }
    classes.sort_unstable();
    let tested = lines.iter().flatten().count();
    let significant: usize = classes.iter().map(|(_, count)| count).sum();
    let after = adjusted.iter().flatten().filter(|p| **p < SIGNIFICANT).count();
    let list: Vec<String> = classes.iter().map(|(class, count)| format!("{class} {count}")).collect();
    let list = if list.is_empty() { String::new() } else { format!(" ({})", list.join(", ")) };
    let (level, chance) = (numbers::format(SIGNIFICANT, 2, lang), numbers::format(fdr::by_chance(SIGNIFICANT, tested), 0, lang));
    message!(
        "{significant} trong {tested} đơn vị có p < {level}{list}; chỉ do ngẫu nhiên cũng có chừng {chance}. Sau hiệu chỉnh nhiều phép thử (p_fdr): còn {after}.",
        "{significant} of {tested} units have p < {level}{list}; chance alone would give about {chance}. After correction for many tests (p_fdr): {after}."
    )
}

/// A global statistic as JSON, and what it says.
pub fn global(kind: Kind, found: &Global, rounds: Rounds, weights: &Weights, islands: usize, lang: Lang) -> (Vec<u8>, Message) {
    let name = match kind {
        Kind::Moran => "moran",
        Kind::Geary => "geary",
    };
    let p = found.p_permutation.unwrap_or(found.p_normal);
    let answer = serde_json::json!({
        "name": name,
        "statistic": found.statistic,
        "expected": found.expected,
        "variance": found.variance,
        "z": found.z,
        "p": p,
        "permutations": rounds.permutations,
        "seed": rounds.seed,
        "p_normal": found.p_normal,
        "variance_normal": found.variance_normal,
        "z_normal": found.z_normal,
        "units": weights.len(),
        "links": weights.neighbours.iter().map(Vec::len).sum::<usize>(),
        "islands": islands,
    });
    let alike = match kind {
        Kind::Moran => found.statistic > found.expected,
        Kind::Geary => found.statistic < found.expected,
    };
    let (number, p_text) = (numbers::format(found.statistic, 3, lang), numbers::format(p, 4, lang));
    let said = match (p < SIGNIFICANT, alike) {
        (false, _) => message!(
            "{name} = {number}, p = {p_text}: không thấy các nơi gần nhau giống nhau hơn ngẫu nhiên",
            "{name} = {number}, p = {p_text}: no sign that near places are more alike than by chance"
        ),
        (true, true) => message!(
            "{name} = {number}, p = {p_text}: các nơi gần nhau giống nhau hơn ngẫu nhiên",
            "{name} = {number}, p = {p_text}: near places are more alike than by chance"
        ),
        (true, false) => message!(
            "{name} = {number}, p = {p_text}: các nơi gần nhau khác nhau hơn ngẫu nhiên",
            "{name} = {number}, p = {p_text}: near places differ more than by chance"
        ),
    };
    (format!("{answer:#}\n").into_bytes(), said)
}

/// Smoothed rates as CSV.
pub fn smooth(ids: &[String], events: &[f64], people: &[f64], weights: &Weights, found: &[Option<Rate>]) -> Vec<u8> {
    let mut writer = writer();
    record(&mut writer, ["id", "events", "population", "raw", "eb_global", "eb_spatial"].map(str::to_owned));
    for (unit, rate) in found.iter().enumerate() {
        // Without a neighbour there is no neighbourhood to draw towards.
        let spatial = rate.filter(|_| !weights.neighbours[unit].is_empty()).map(|rate| rate.spatial);
        let cells = [
            ids[unit].clone(),
            cell(Some(events[unit])),
            cell(Some(people[unit])),
            cell(rate.map(|rate| rate.raw)),
            cell(rate.map(|rate| rate.global)),
            cell(spatial),
        ];
        record(&mut writer, cells);
    }
    writer.into_inner().unwrap_or_default()
}

/// Clusters of a scan as JSON, and what they say.
pub fn scan(file: &str, ids: &[String], study: &Study, found: &[Cluster], rounds: Rounds, lang: Lang) -> (Vec<u8>, Message) {
    let replicas = rounds.permutations;
    let clusters: Vec<serde_json::Value> = found
        .iter()
        .map(|cluster| {
            serde_json::json!({
                "llr": cluster.llr,
                "statistic": cluster.statistic,
                "axis_ratio": cluster.ratio,
                "axis_angle": cluster.angle,
                "cases": cluster.cases,
                "expected": cluster.expected,
                "relative_risk": cluster.relative_risk.is_finite().then_some(cluster.relative_risk),
                "radius": cluster.radius,
                "p": (replicas > 0).then_some(cluster.p),
                "population": cluster.population,
                "centre": ids[cluster.members[0]],
                "centre_position": study.positions[cluster.members[0]],
                "members": cluster.members.iter().map(|&unit| &ids[unit]).collect::<Vec<_>>(),
            })
        })
        .collect();
    let answer = serde_json::json!({
        "file": file,
        "model": match study.model { Model::Poisson => "poisson", Model::Bernoulli => "bernoulli" },
        "max_share": study.max_share,
        "max_radius": study.max_radius,
        "elliptic": !study.ellipses.is_empty(),
        "distance": match study.metric { Metric::Planar => "planar", Metric::GreatCircle => "great-circle" },
        "permutations": replicas,
        "seed": rounds.seed,
        "units": ids.len(),
        "cases": study.cases.iter().map(|&n| u64::from(n)).sum::<u64>(),
        "population": study.population.iter().sum::<f64>(),
        "clusters": clusters,
    });
    let significant = found.iter().filter(|cluster| cluster.p < SIGNIFICANT).count();
    let level = numbers::format(SIGNIFICANT, 2, lang);
    let said = match found.first() {
        None => message!("không có nơi nào nhiều ca hơn dự kiến", "nowhere are there more cases than expected"),
        Some(first) if replicas == 0 => {
            let (cases, units, expected) = (first.cases, first.members.len(), numbers::format(first.expected, 1, lang));
            message!(
                "Cụm rõ nhất: {units} đơn vị, {cases} ca so với {expected} dự kiến; không mô phỏng nên không biết có phải ngẫu nhiên không.",
                "The likeliest cluster: {units} units, {cases} cases for {expected} expected; without replicas nobody knows whether it is chance."
            )
        }
        Some(first) => {
            let (cases, units) = (first.cases, first.members.len());
            let (expected, p) = (numbers::format(first.expected, 1, lang), numbers::format(first.p, 3, lang));
            message!(
                "{significant} cụm có p < {level} (p đã tính đến việc dò mọi nơi). Cụm rõ nhất: {units} đơn vị, {cases} ca so với {expected} dự kiến, p = {p}.",
                "{significant} clusters have p < {level} (p allows for the search over all places). The likeliest: {units} units, {cases} cases for {expected} expected, p = {p}."
            )
        }
    };
    (format!("{answer:#}\n").into_bytes(), said)
}

/// More cases than this are measurements, not counts.
pub const MOST_CASES: f64 = 2e7;

/// Whole numbers of cases for a scan: fractions are rounded down and listed, what cannot be a count is refused.
pub fn whole_cases(values: &[f64], place: &Place, problems: &mut Problems) -> Result<Vec<u32>> {
    let total: f64 = values.iter().sum();
    if values.iter().any(|cases| *cases < 0.0) || total.is_nan() || total > MOST_CASES {
        let message = message!(
            "không phải số ca: âm, hoặc tổng quá {MOST_CASES}",
            "not a count of cases: negative, or above {MOST_CASES} in all"
        );
        return Err(Fault::new("not-cases", place.clone(), message));
    }
    let broken = values.iter().filter(|cases| cases.fract() != 0.0).count();
    if broken > 0 {
        let message = message!(
            "{broken} số ca không nguyên; làm tròn xuống",
            "{broken} counts of cases are no whole numbers; rounded down"
        );
        problems.warning("fraction-of-a-case", place.clone(), message, None);
    }
    Ok(values.iter().map(|cases| cases.floor() as u32).collect())
}
