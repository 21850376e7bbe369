//! Maps of Kulldorff's scan: circles within which cases are more than their population lets expect, and the communes in them.

use super::{MapPage, measure_key, second_key};
use crate::cartography::Content;
use crate::cartography::scan::{Circle, ScanMap};
use crate::hotspots::SIGNIFICANT;
use crate::hotspots::scan::{Cluster, Model, Study};
use crate::hotspots::weights::Metric;
use crate::measures::neighbourhood::Neighbourhood;
use crate::message;
use crate::project::ScanKeys;
use crate::render::{Heading, RenderContext, Shown};
use crate::run::{Fault, Place, Problems, Result};
use crate::tables::statistics::whole_cases;
use crate::values::{Lang, numbers};
use crate::words::headlines::listed;
use crate::words::{Headline, capital, lower};

/// Replicas when a map does not say.
const REPLICAS: usize = 999;
/// Clusters shown, of those that are significant.
const MOST: usize = 5;

/// Clusters of a measure of cases (`measure`) in a measure of population (`with`).
pub(super) fn scan<'a>(
    render: &'a RenderContext,
    page: &MapPage,
    own: &ScanKeys,
    problems: &mut Problems,
) -> Result<Content<'a>> {
    let (map, lang, joined) = (&page.map, render.lang(), render.joined);
    let cases = render.measured(&measure_key(map), page.week)?;
    let population = render.measured(&second_key(map), page.week)?;
    let around = Neighbourhood::of(&cases, &joined.communes, None);
    let kept: Vec<usize> = (0..around.communes.len())
        .filter(|&unit| population.values[around.communes[unit]].number().is_some_and(|people| people > 0.0))
        .collect();
    let number = |unit: usize| population.values[around.communes[unit]].number().unwrap_or(0.0);
    let study = Study {
        positions: kept.iter().map(|&unit| around.positions[unit]).collect(),
        cases: whole_cases(
            &kept.iter().map(|&unit| around.values[unit]).collect::<Vec<_>>(),
            &Place::default().value(&cases.id),
            problems,
        )?,
        population: kept.iter().map(|&unit| number(unit)).collect(),
        metric: Metric::GreatCircle,
        model: Model::Poisson,
        max_share: own.max_share.unwrap_or(0.5),
        max_radius: own.max_radius_km,
        ellipses: Vec::new(),
    };
    // A map says how sure it is, so it always has replicas.
    let replicas = own.permutations.unwrap_or(REPLICAS).max(99);
    let clusters = study.clusters(replicas, own.seed.unwrap_or(1), MOST, &|_| {});
    let (case_name, population_name) = (cases.name.get(lang), population.name.get(lang));
    if clusters.is_empty() {
        let message = message!(
            "không có gì để quét: cần số ca và quần thể của ít nhất hai xã",
            "there is nothing to scan: at least two communes need cases and a population"
        );
        return Err(Fault::new("no-clusters", Place::default().value(case_name), message));
    }
    let significant = clusters.iter().filter(|cluster| cluster.p < SIGNIFICANT).count();
    let shown = significant.max(1);
    let circles: Vec<Circle> = clusters[..shown]
        .iter()
        .enumerate()
        .map(|(rank, cluster)| {
            let number = |n: f64, decimals: usize| numbers::format(n, decimals, lang);
            let (rank, count) = (rank + 1, number(cluster.cases as f64, 0));
            let (expected, p) = (number(cluster.expected, 1), number(cluster.p, 3));
            let risk = if cluster.relative_risk.is_finite() { number(cluster.relative_risk, 1) } else { "∞".to_owned() };
            let unit = cases.unit.get(lang);
            let gap = if unit.is_empty() { "" } else { " " };
            let label = match lang {
                Lang::Vi => format!(
                    "Cụm {rank}: {count}{gap}{unit}; nếu rải đều thì {expected}; nguy cơ gấp {risk} lần nơi khác; p = {p}"
                ),
                Lang::En => format!(
                    "Cluster {rank}: {count}{gap}{unit}; {expected} if spread evenly; {risk} times the risk elsewhere; p = {p}"
                ),
            };
            Circle {
                centre: study.positions[cluster.members[0]],
                radius_km: cluster.radius,
                members: cluster.members.iter().map(|&unit| around.communes[kept[unit]]).collect(),
                sure: cluster.p < SIGNIFICANT,
                label,
            }
        })
        .collect();
    let known: Vec<bool> = {
        let mut known = vec![false; joined.communes.len()];
        kept.iter().for_each(|&unit| known[around.communes[unit]] = true);
        known
    };
    let title = match lang {
        Lang::Vi => format!("Cụm cao bất thường: {} so với {}", lower(case_name), lower(population_name)),
        Lang::En => format!("Unusual clusters: {} against {}", lower(case_name), lower(population_name)),
    };
    let found = found(&clusters, (&joined.communes.names, |unit| around.communes[kept[unit]]), lang);
    let heading = Heading { own: map.title.clone(), found, described: capital(&title) };
    let times = numbers::format(replicas as f64, 0, lang);
    let said = message!(
        "Quét tròn Kulldorff, Poisson, {times} lần mô phỏng: p đã tính đến mọi vòng tròn được thử. Vòng là nơi nghi ngờ nhất, không phải ranh giới của dịch.",
        "Kulldorff's circular scan, Poisson, {times} replicas: p allows for all circles tried. A circle is the likeliest place, not the border of a disease."
    );
    // A hectare is no case: hectares of one field are hit together.
    let counts = cases.unit.is_count();
    let unsure = match (counts, lang) {
        (true, _) => "",
        (false, Lang::Vi) => "Số đo này không phải số ca độc lập: p chỉ để so sánh.",
        (false, Lang::En) => "The measure is no count of independent cases: p serves to compare only.",
    };
    let note = [said.get(lang), unsure, &map.note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let content = ScanMap {
        titles: render.titles(heading, (&map.measure, map.pest.as_deref()), Shown::at(page.week)),
        page: render.page(map.page.as_ref()),
        heading: (case_name.to_owned(), lang.pick("số xã", "communes").to_owned()),
        circles,
        known,
        note,
        labels: map.labels,
        layers: map.layers.clone(),
    };
    Ok(content.content(&render.ground))
}

/// Where the most likely cluster is, and how much more it has; or that chance may have made it.
fn found(clusters: &[Cluster], (names, commune): (&[String], impl Fn(usize) -> usize), lang: Lang) -> Headline {
    let Some(first) = clusters.first() else { return Headline::default() };
    let members: Vec<&str> = first.members.iter().map(|&unit| names[commune(unit)].as_str()).collect();
    let place = match (members.as_slice(), lang) {
        (few, _) if few.len() <= 3 => listed(few, lang),
        ([centre, others @ ..], Lang::Vi) => format!("{centre} và {} xã quanh đó", others.len()),
        ([centre, others @ ..], Lang::En) => format!("{centre} and {} communes around it", others.len()),
        ([], _) => String::new(),
    };
    let risk = first.relative_risk;
    let times = numbers::format(risk, 1, lang);
    let title = match (first.p < SIGNIFICANT, risk.is_finite(), lang) {
        (false, _, Lang::Vi) => format!("Chưa có cụm nào vượt ngẫu nhiên; rõ nhất ở {place}"),
        (false, _, Lang::En) => format!("No cluster beyond chance; the clearest in {place}"),
        (true, true, Lang::Vi) => format!("Cao bất thường ở {place}: gấp {times} lần nơi khác"),
        (true, true, Lang::En) => format!("Unusually high in {place}: {times} times as much as elsewhere"),
        (true, false, Lang::Vi) => format!("Tất cả nằm ở {place}"),
        (true, false, Lang::En) => format!("All of it lies in {place}"),
    };
    Headline::plain(title)
}
