//! Which maps a run draws, and from what.

use super::{Job, key, of_period, titles};
use crate::draw::furniture::Page;
use crate::draw::map::{self, Figure, Plan, Prepared};
use crate::measures::{Measure, Measured, When, World, catalogue};
use crate::message;
use crate::project::{MapKey, MapKind, Project, ScaleKey};
use crate::publish::tables::ByPeriod;
use crate::run::{Fault, Place, Record, Result};
use crate::scale::Scale;
use crate::values::{Lang, Value, numbers, severity};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Measures mapped when the project names no maps.
const DEFAULTS: [Measure; 5] =
    [Measure::LinkedAtRiskHa, Measure::InfestedHa, Measure::MeanSeverity, Measure::LinkedHa, Measure::LinkedSharePct];

/// The maps of a project, ready to be drawn.
pub fn maps<'a>(project: &'a Project, world: &'a World, periods: &'a ByPeriod, record: &mut Record) -> Vec<Job<'a>> {
    let list = match &project.maps {
        Some(list) => list.iter().flat_map(|map| expand(map, world)).collect(),
        None => defaults(world, periods),
    };
    let mut bases: BTreeMap<[u32; 4], Arc<Prepared>> = BTreeMap::new();
    list.into_iter()
        .map(|map| match map.kind {
            MapKind::Fields => Job { id: map.id.clone(), draw: Box::new(move || fields(project, world, periods, &map)) },
            MapKind::Choropleth => match plan(project, world, periods, &map) {
                Ok(plan) => {
                    // Maps whose titles leave the same room share one projected and rounded set of borders.
                    let frame = Page::new("", &plan.titles, project).body.map(f32::to_bits);
                    let base = bases.entry(frame).or_insert_with(|| Arc::new(map::prepare(world, &plan.titles, project)));
                    record.geodesy.projection = base.projection();
                    let base = Arc::clone(base);
                    let id = map.id.clone();
                    let draw = move || Ok(map::choropleth(&map.id, project, world, &base, &plan));
                    Job { id, draw: Box::new(draw) }
                }
                Err(fault) => Job { id: map.id.clone(), draw: Box::new(move || Err(fault.clone())) },
            },
        })
        .collect()
}

/// One map per indicator for a measure that ends in `.*`; otherwise the map itself.
fn expand(map: &MapKey, world: &World) -> Vec<MapKey> {
    let Some(table) = map.measure.strip_suffix('*') else { return vec![map.clone()] };
    let found: Vec<MapKey> = world
        .indicators
        .ids()
        .filter(|id| id.starts_with(table))
        .map(|id| {
            let name = &id[table.len()..];
            let tokens = [("{indicator}", name), ("{measure}", id)];
            let fill = |text: &str| tokens.iter().fold(text.to_owned(), |text, (token, word)| text.replace(token, word));
            let mut one = MapKey { id: fill(&map.id), title: fill(&map.title), measure: id.to_owned(), ..map.clone() };
            if one.id == map.id {
                one.id = format!("{}-{name}", map.id);
            }
            one
        })
        .collect();
    // With nothing found the map stays as it is, so that drawing it says that there is no such measure.
    if found.is_empty() { vec![map.clone()] } else { found }
}

/// What to draw when the project does not say: every default measure it has data for, each attainment of a plan, and
/// the fields of the commune with most at risk.
fn defaults(world: &World, periods: &ByPeriod) -> Vec<MapKey> {
    let choropleth = |measure: &str| MapKey {
        id: measure.replace(['_', '.'], "-"),
        kind: MapKind::Choropleth,
        measure: measure.to_owned(),
        pest: None,
        severity: None,
        title: String::new(),
        scale: None,
        commune: None,
    };
    let mut list: Vec<MapKey> =
        DEFAULTS.into_iter().filter(|measure| measure.available(world)).map(|measure| choropleth(measure.id())).collect();
    let attainments = world.indicators.ids().filter(|id| id.ends_with("_attainment_pct"));
    list.extend(attainments.map(choropleth));
    if world.fields.is_some() && world.forecast_target() == Some(crate::join::Target::Fields) {
        list.push(MapKey { id: "fields".to_owned(), kind: MapKind::Fields, commune: worst(world, periods), ..choropleth("") });
    }
    if list.is_empty() {
        list.extend(world.indicators.ids().take(12).map(choropleth));
    }
    if list.is_empty() {
        list.push(choropleth("area_ha"));
    }
    list
}

/// Code of the commune with most contracted hectares at risk, or most infested.
fn worst(world: &World, periods: &ByPeriod) -> Option<String> {
    let accounts = of_period(periods, When::Current)?;
    let rank = |commune: &usize| {
        let account = &accounts.communes[*commune];
        (account.linked_at_risk_ha, account.infested_ha())
    };
    let most = (0..world.communes.len()).max_by(|a, b| {
        let (a_rank, b_rank) = (rank(a), rank(b));
        a_rank.0.total_cmp(&b_rank.0).then(a_rank.1.total_cmp(&b_rank.1)).then(b.cmp(a))
    })?;
    Some(world.communes.codes[most].clone())
}

/// Measures and classifies; the scale is made over all compared periods, so that their maps share it.
fn plan(project: &Project, world: &World, periods: &ByPeriod, map: &MapKey) -> Result<Plan> {
    let lang = project.language;
    let Some(current) = of_period(periods, When::Current) else {
        return Err(Fault::new("no-period", Place::default(), message!("không có kỳ báo cáo", "there is no period")));
    };
    let key = key(&map.measure, map.pest.as_ref(), map.severity);
    let measured = catalogue::measure(world, current, &key)?;
    let mut pool: Vec<f64> = measured.values.iter().filter_map(|value| value.number()).collect();
    let changes = Measure::find(&map.measure).is_some_and(Measure::needs_forecasts);
    let mut figures = vec![(lang.pick("Toàn vùng", "All communes").to_owned(), shown(&measured, measured.total, lang))];
    for when in [When::Previous, When::LastYear] {
        if let (true, Some(accounts)) = (changes, of_period(periods, when)) {
            let then = catalogue::measure(world, accounts, &key)?;
            pool.extend(then.values.iter().filter_map(|value| value.number()));
            figures.extend(compared(&measured, &then, when, lang));
        }
    }
    let name = map.scale.as_deref().unwrap_or(measured.scale);
    if let Some(missing) = map.scale.as_ref().filter(|name| !project.scales.contains_key(*name) && !Scale::ships(name)) {
        return Err(Fault::new(
            "unknown-scale",
            Place { value: missing.clone(), ..Place::default() },
            message!("không có thang \"{missing}\" trong [scales]", "there is no scale \"{missing}\" in [scales]"),
        ));
    }
    let scale = Scale::new(name, project.scales.get(name), &pool, lang)?;
    let title = if map.title.is_empty() { measured.name.get(lang).to_owned() } else { map.title.clone() };
    Ok(Plan { titles: titles(project, world, title), measured, scale, figures })
}

fn decimals(measured: &Measured) -> usize {
    if measured.id.starts_with("mean_severity") || measured.id.ends_with("_attainment_pct") { 2 } else { 1 }
}

fn shown(measured: &Measured, value: Value, lang: Lang) -> String {
    match value {
        Value::Number(number) => {
            let decimals = if number.fract() == 0.0 { 0 } else { decimals(measured) };
            let unit = measured.unit.get(lang).split(' ').next().unwrap_or("");
            let unit = if unit.starts_with("mức") || unit.starts_with("level") { "" } else { unit };
            format!("{} {unit}", numbers::format(number, decimals, lang)).trim_end().to_owned()
        }
        other => crate::publish::xlsx::state(other, lang).to_owned(),
    }
}

/// The value of another period, and the change since.
fn compared(now: &Measured, then: &Measured, when: When, lang: Lang) -> Vec<Figure> {
    let mut title = when.title(lang).to_owned();
    if let Some(first) = title.get(..1) {
        title = format!("{}{}", first.to_uppercase(), &title[1..]);
    }
    let mut list = vec![(title, shown(then, then.total, lang))];
    if let (Some(a), Some(b)) = (now.total.number(), then.total.number()) {
        let change = numbers::format_change(a - b, decimals(now), lang);
        let percent =
            if b == 0.0 { String::new() } else { format!(" ({} %)", numbers::format_change(100.0 * (a - b) / b, 1, lang)) };
        list.push((lang.pick("   tăng, giảm", "   change").to_owned(), format!("{change}{percent}")));
    }
    list
}

/// The fields of one commune.
fn fields(project: &Project, world: &World, periods: &ByPeriod, map: &MapKey) -> Result<crate::draw::Scene> {
    let lang = project.language;
    let commune = match &map.commune {
        None => None,
        Some(code) => Some(world.communes.find(code).ok_or_else(|| {
            Fault::new(
                "unknown-commune",
                Place { value: code.clone(), ..Place::default() },
                message!("không có xã mã {code} trong tệp ranh giới", "there is no commune {code} in the boundary file"),
            )
        })?),
    };
    let (Some(current), Some(_)) = (of_period(periods, When::Current), &world.fields) else {
        return Err(Fault::new(
            "measure-without-data",
            Place::default(),
            message!("bản đồ thửa cần [fields]", "a map of fields needs [fields]"),
        ));
    };
    let mut severities = current.severities.clone();
    let mut title = if map.title.is_empty() {
        lang.pick("Mức độ nhiễm từng thửa", "Severity by field").to_owned()
    } else {
        map.title.clone()
    };
    if let Some(pest) = &map.pest {
        severities.highest = severities.by_pest.swap_remove(catalogue::pest_number(world, pest)?);
        if map.title.is_empty() {
            title = format!("{title} – {pest}");
        }
    }
    if let (true, Some(commune)) = (map.title.is_empty(), commune) {
        title = format!("{title} – {}", world.communes.names[commune]);
    }
    let labels = (0..=severity::HIGHEST).map(|level| severity::name(level, lang).to_owned()).collect();
    let key = ScaleKey { labels: Some(labels), ..project.scales.get("field_severity").cloned().unwrap_or_default() };
    let scale = Scale::new("field_severity", Some(&key), &[], lang)?;
    map::fields(&map.id, &titles(project, world, title), project, world, &severities, &scale, commune)
}
