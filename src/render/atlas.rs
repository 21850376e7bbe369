//! One page per commune, pest, week or enterprise, with tokens in title and file name; and one map per indicator.

use crate::draw::strip::Strip;
use crate::project::{ChartConfig, ForEach, MapConfig, MapKind, MeasureKey};
use crate::render::{Pool, RenderContext};
use crate::values::{Period, dates, text};
use std::sync::Arc;

/// A map to draw: the key with its tokens filled in, the week it is of, and the measures it shares a scale with.
#[derive(Debug, Clone, Default)]
pub struct MapPage {
    /// Settings
    pub map: MapConfig,
    /// Week, instead of the reporting period
    pub week: Option<Period>,
    /// Measures with the same scale
    pub pool: Option<Arc<Pool>>,
    /// The line of time of a film
    pub strip: Option<Strip>,
}

/// A chart to draw.
#[derive(Debug, Clone)]
pub struct ChartPage {
    /// Settings
    pub chart: ChartConfig,
    /// Week, instead of the reporting period
    pub week: Option<Period>,
}

/// One page for a value, or for a value of each of several kinds: what the tokens mean in words and in file names.
#[derive(Clone, Default)]
struct Leaf {
    tokens: Vec<(&'static str, String)>,
    /// Tokens of each kind; the first of a kind names it
    kinds: Vec<std::ops::Range<usize>>,
    commune: Option<String>,
    pest: Option<String>,
    enterprise: Option<String>,
    week: Option<Period>,
}

impl Leaf {
    /// The page of two values together.
    fn with(&self, other: &Leaf) -> Leaf {
        let from = self.tokens.len();
        let kind = from..from + other.tokens.len();
        Leaf {
            tokens: self.tokens.iter().chain(&other.tokens).cloned().collect(),
            kinds: self.kinds.iter().cloned().chain([kind]).collect(),
            commune: other.commune.clone().or_else(|| self.commune.clone()),
            pest: other.pest.clone().or_else(|| self.pest.clone()),
            enterprise: other.enterprise.clone().or_else(|| self.enterprise.clone()),
            week: other.week.or(self.week),
        }
    }
}

/// A page for each value of the first kind with each of the second, and so on.
fn leaves(render: &RenderContext, each: &[ForEach]) -> Vec<Leaf> {
    each.iter().fold(vec![Leaf::default()], |all, each| {
        let own = values(render, *each);
        all.iter().flat_map(|leaf| own.iter().map(|value| leaf.with(value))).collect()
    })
}

fn values(render: &RenderContext, each: ForEach) -> Vec<Leaf> {
    let none = Leaf::default;
    let joined = render.joined;
    match each {
        ForEach::Commune => (0..joined.communes.len())
            .map(|i| {
                let (code, name) = (joined.communes.codes[i].clone(), joined.communes.names[i].clone());
                Leaf { tokens: vec![("{code}", code.clone()), ("{name}", name)], commune: Some(code), ..none() }
            })
            .collect(),
        ForEach::Pest => {
            let pests = joined.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
            pests.iter().map(|pest| Leaf { tokens: vec![("{pest}", pest.clone())], pest: Some(pest.clone()), ..none() }).collect()
        }
        ForEach::Enterprise => {
            let names = joined.linked.as_ref().map_or(&[][..], |linked| &linked.enterprises);
            let named = names.iter().filter(|name| !name.is_empty());
            named
                .map(|name| Leaf { tokens: vec![("{enterprise}", name.clone())], enterprise: Some(name.clone()), ..none() })
                .collect()
        }
        ForEach::Week => render
            .weeks()
            .iter()
            .map(|week| {
                let Period { from, to } = week.period;
                let tokens = vec![
                    ("{week}", from.format("%Y-%m-%d").to_string()),
                    ("{from}", dates::format_day(from)),
                    ("{to}", dates::format_day(to)),
                ];
                Leaf { tokens, week: Some(week.period), ..none() }
            })
            .collect(),
    }
}

/// Fills tokens in a title.
fn words(given: &str, tokens: &[(&'static str, String)]) -> String {
    tokens.iter().fold(given.to_owned(), |text, (token, word)| text.replace(token, word))
}

/// Fills tokens in a file name; the first token of a kind that has none there is added, so that pages never overwrite one another.
fn file_name(given: &str, leaf: &Leaf) -> String {
    let mut named = leaf.tokens.iter().fold(given.to_owned(), |text, (token, word)| text.replace(token, &slug(word)));
    for kind in leaf.kinds.iter().map(|kind| &leaf.tokens[kind.clone()]) {
        if let Some((_, word)) = kind.first()
            && !kind.iter().any(|(token, _)| given.contains(token))
        {
            named = format!("{named}-{}", slug(word));
        }
    }
    named
}

/// Small letters without accents, joined by hyphens.
fn slug(word: &str) -> String {
    let folded = text::fold(word);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// File names of all pages. Names that fold to the same letters, as Mỹ Tho and Mỹ Thọ do, all get their code (or a number), so
/// that none is taken for another.
fn file_names(given: &str, leaves: &[Leaf]) -> Vec<String> {
    let names: Vec<String> = leaves.iter().map(|leaf| file_name(given, leaf)).collect();
    let mut found: Vec<String> = Vec::new();
    for (leaf, name) in leaves.iter().zip(&names) {
        let mut own = name.clone();
        if names.iter().filter(|other| *other == name).count() > 1 {
            let firsts = leaf.kinds.iter().filter_map(|kind| leaf.tokens.get(kind.start)).map(|(_, word)| slug(word));
            own = format!("{name}-{}", firsts.collect::<Vec<_>>().join("-"));
        }
        let mut number = 2;
        while found.contains(&own) {
            own = format!("{name}-{number}");
            number += 1;
        }
        found.push(own);
    }
    found
}

/// All pages of a map.
pub fn map_pages(render: &RenderContext, map: &MapConfig) -> Vec<MapPage> {
    indicators(render, map).into_iter().flat_map(|page| each_map(render, page)).collect()
}

fn each_map(render: &RenderContext, page: MapPage) -> Vec<MapPage> {
    let each = &page.map.for_each;
    if each.is_empty() {
        return vec![page];
    }
    let leaves = leaves(render, each);
    let key = |leaf: &Leaf| MeasureKey {
        measure: page.map.measure.clone(),
        pest: leaf.pest.clone().or_else(|| page.map.pest.clone()),
        severity: page.map.severity,
        enterprise: leaf.enterprise.clone().or_else(|| page.map.enterprise.clone()),
    };
    // Pages of one atlas are compared with one another, so they share a scale.
    let by_key = each.iter().any(|each| matches!(each, ForEach::Pest | ForEach::Enterprise));
    let pooled = by_key && !page.map.measure.is_empty();
    let pool = pooled.then(|| Arc::new(Pool { id: page.map.id.clone(), keys: distinct(leaves.iter().map(key)) }));
    let ids = file_names(&page.map.id, &leaves);
    leaves
        .into_iter()
        .zip(ids)
        .map(|(leaf, id)| {
            let map = &page.map;
            MapPage {
                map: MapConfig {
                    id,
                    title: words(&map.title, &leaf.tokens),
                    note: words(&map.note, &leaf.tokens),
                    pest: leaf.pest.or_else(|| map.pest.clone()),
                    enterprise: leaf.enterprise.or_else(|| map.enterprise.clone()),
                    commune: leaf.commune.or_else(|| map.commune.clone()),
                    ..map.clone()
                },
                week: leaf.week,
                pool: pool.clone().or_else(|| page.pool.clone()),
                strip: None,
            }
        })
        .collect()
}

/// Weeks and communes do not change what is measured.
fn distinct(keys: impl Iterator<Item = MeasureKey>) -> Vec<MeasureKey> {
    let mut found: Vec<MeasureKey> = Vec::new();
    for key in keys {
        if !found.contains(&key) {
            found.push(key);
        }
    }
    found
}

/// One map per indicator for a measure that ends in `.*`; otherwise the map itself. They share a scale.
fn indicators(render: &RenderContext, map: &MapConfig) -> Vec<MapPage> {
    let one = || vec![MapPage { map: map.clone(), ..MapPage::default() }];
    let (Some(table), true) = (map.measure.strip_suffix('*'), map.kind != MapKind::Categories) else { return one() };
    let ids: Vec<&str> = render.joined.indicators.ids().filter(|id| id.starts_with(table)).collect();
    if ids.is_empty() {
        // The map stays as it is, so that drawing it says that there is no such measure.
        return one();
    }
    let keys = ids.iter().map(|id| MeasureKey { measure: (*id).to_owned(), ..MeasureKey::default() }).collect();
    let pool = Arc::new(Pool { id: map.id.clone(), keys });
    ids.into_iter()
        .map(|id| {
            let name = &id[table.len()..];
            let fill = |text: &str| text.replace("{indicator}", name).replace("{measure}", id);
            let mut own = fill(&map.id);
            if own == map.id {
                own = format!("{}-{name}", map.id);
            }
            let map = MapConfig { id: own, title: fill(&map.title), measure: id.to_owned(), ..map.clone() };
            MapPage { map, pool: Some(Arc::clone(&pool)), ..MapPage::default() }
        })
        .collect()
}

/// All pages of a chart.
pub fn chart_pages(render: &RenderContext, chart: &ChartConfig) -> Vec<ChartPage> {
    if chart.for_each.is_empty() {
        return vec![ChartPage { chart: chart.clone(), week: None }];
    }
    let leaves = leaves(render, &chart.for_each);
    let ids = file_names(&chart.id, &leaves);
    leaves
        .into_iter()
        .zip(ids)
        .map(|(leaf, id)| ChartPage {
            chart: ChartConfig {
                id,
                title: words(&chart.title, &leaf.tokens),
                note: words(&chart.note, &leaf.tokens),
                pest: leaf.pest.or_else(|| chart.pest.clone()),
                commune: leaf.commune.or_else(|| chart.commune.clone()),
                ..chart.clone()
            },
            week: leaf.week,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_plain_and_stay_apart() {
        let of = |tokens: Vec<(&'static str, String)>| Leaf::default().with(&Leaf { tokens, ..Leaf::default() });
        let tho = of(vec![("{name}", "Mỹ Thọ".to_owned())]);
        assert_eq!(file_name("ruong-{name}", &tho), "ruong-my-tho");
        assert_eq!(file_name("ruong", &tho), "ruong-my-tho");
        let both = tho.with(&Leaf { tokens: vec![("{pest}", "rầy nâu".to_owned())], ..Leaf::default() });
        assert_eq!(file_name("ruong", &both), "ruong-my-tho-ray-nau");
        assert_eq!(file_name("{pest}-o", &both), "ray-nau-o-my-tho");
        let leaf = |code: &str, name: &str| of(vec![("{code}", code.to_owned()), ("{name}", name.to_owned())]);
        let leaves = [leaf("28261", "Mỹ Tho"), leaf("30076", "Mỹ Thọ"), leaf("29983", "Long Khánh")];
        assert_eq!(file_names("{name}", &leaves), ["my-tho-28261", "my-tho-30076", "long-khanh"]);
        assert_eq!(words("Xã {name}", &tho.tokens), "Xã Mỹ Thọ");
    }
}
