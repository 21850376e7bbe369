//! Which maps a run draws, and from what.

mod beside;
mod change;
mod fields;
mod hotspots;
mod painted;
mod pests;
mod plain;
pub mod scales;
mod scan;
mod spread;
mod weeks;
mod words;
pub mod zones;

pub use change::nothing_to_compare;
pub use painted::painted;

use super::listed;
use crate::cartography::bivariate::{self, Second};
use crate::cartography::choropleth::Choropleth;
use crate::cartography::{Content, compose, discs, points, with_unit};
use crate::draw::scene::Remark;
use crate::draw::{Job, Picture, Scene};
use crate::measures::list::{INFESTED_HA, LINKED_AT_RISK_HA, LINKED_AT_RISK_HIGH_HA, LINKED_HA, LINKED_SHARE_PCT, MEAN_SEVERITY};
use crate::measures::{Measure, catalogue};
use crate::message;
use crate::model::points::Points;
use crate::model::{When, of_period};
use crate::project::{ChangeKeys, ForEach, MapConfig, MapKind, MeasureKey, Page, ScaleConfig, Scheme, SecondMeasure, ZonesKeys};
use crate::render::atlas::{MapPage, map_pages};
use crate::render::styled::Styled;
use crate::render::{Heading, Pool, RenderContext, Shown};
use crate::run::{Fault, Level, Place, Problems, Result};
use crate::scale::Scale;
use crate::values::Value;
use crate::values::text::fold;
use crate::words::headlines::of_pair;
use crate::words::{Headline, lower, shown};
use std::sync::Arc;

/// Measures mapped when the project names no maps.
const DEFAULTS: [Measure; 6] =
    [&LINKED_AT_RISK_HA, &LINKED_AT_RISK_HIGH_HA, &INFESTED_HA, &MEAN_SEVERITY, &LINKED_HA, &LINKED_SHARE_PCT];

/// The maps of a project, ready to be drawn.
pub fn maps<'a>(render: &'a RenderContext<'a>) -> Vec<Job<'a>> {
    pages(render)
        .into_iter()
        .map(|page| {
            let id = page.map.id.clone();
            if let MapKind::Animation(own) = page.map.kind.clone() {
                return weeks::animation(render, id, page, &own);
            }
            Job { id, picture: Picture::Still(Box::new(move || draw(render, &page))) }
        })
        .collect()
}

/// The maps that colour communes by class, as classes; maps that cannot be made are told of where they are drawn.
pub fn styled(render: &RenderContext<'_>) -> Vec<Styled> {
    let by_class = |page: &MapPage| page.map.kind.colours_by_class() && page.week.is_none() && page.map.commune.is_none();
    pages(render)
        .into_iter()
        .filter(by_class)
        .filter_map(|page| Styled::new(&page.map.id, &content_of(render, &page, &mut Problems::default()).ok()?))
        .collect()
}

/// File names of all maps that are one picture.
pub fn ids(render: &RenderContext) -> Vec<String> {
    pages(render).into_iter().filter(|page| !matches!(page.map.kind, MapKind::Animation(_))).map(|page| page.map.id).collect()
}

/// A map of a run at another size; `None` if there is none of this name. On a page that says the finding of a measure already, the map
/// of that measure has its name.
pub fn one(render: &RenderContext, id: &str, page: &Page, told: &str) -> Option<Result<Scene>> {
    let mut found =
        pages(render).into_iter().find(|found| found.map.id == id && !matches!(found.map.kind, MapKind::Animation(_)))?;
    found.map.page = Some(page.clone());
    if found.map.title.is_empty()
        && found.map.measure == told
        && found.map.pest.is_none()
        && found.map.kind == MapKind::Choropleth
    {
        let name = render.measured(&measure_key(&found.map), None).map(|measured| measured.name);
        found.map.title = name.map_or(String::new(), |name| name.get(render.lang()).to_owned());
    }
    Some(draw(render, &found))
}

/// Every page of the maps that the project lists, or of the default set.
fn pages(render: &RenderContext<'_>) -> Vec<MapPage> {
    let project = render.project;
    let list = listed(project.maps.as_ref(), project.defaults, || defaults(render), |map| &map.id);
    let pool = pests::pool(render);
    let declared: Vec<&str> = project.maps.iter().flatten().map(|map| map.id.as_str()).collect();
    let of_pest = |map: &MapConfig| map.pest.is_some() && map.measure == INFESTED_HA.id && !declared.contains(&map.id.as_str());
    let mut pages: Vec<MapPage> = list.iter().flat_map(|map| map_pages(render, map)).collect();
    for page in pages.iter_mut().filter(|page| of_pest(&page.map) && page.pool.is_none()) {
        page.pool = Some(Arc::clone(&pool));
    }
    pages
}

/// What to draw when the project does not say: every default measure it has data for, change, the two measures of the core
/// question together, each attainment of a plan, and the fields of the commune with most at risk.
fn defaults(render: &RenderContext) -> Vec<MapConfig> {
    let joined = render.joined;
    let map = |id: &str, kind: MapKind, measure: &str| MapConfig {
        id: id.replace(['_', '.'], "-"),
        kind,
        measure: measure.to_owned(),
        ..MapConfig::default()
    };
    let choropleth = |measure: &str| map(measure, MapKind::Choropleth, measure);
    let mut list: Vec<MapConfig> =
        DEFAULTS.into_iter().filter(|measure| measure.available(joined)).map(|measure| choropleth(measure.id)).collect();
    list.extend(pests::that_matter(render).into_iter().map(|pest| MapConfig {
        pest: Some(pest.to_owned()),
        ..map(&format!("{}-{}", INFESTED_HA.id, fold(pest).replace(' ', "-")), MapKind::Choropleth, INFESTED_HA.id)
    }));
    if of_period(render.periods, When::Previous).is_some() {
        let first = [&LINKED_AT_RISK_HA, &INFESTED_HA, &MEAN_SEVERITY];
        if let Some(measure) = first.into_iter().find(|measure| measure.available(joined)) {
            list.push(map(&format!("{}-change", measure.id), MapKind::Change(ChangeKeys::default()), measure.id));
        }
    }
    if INFESTED_HA.available(joined) && LINKED_HA.available(joined) {
        let with = SecondMeasure { with: Some(LINKED_HA.id.to_owned()) };
        list.push(map("infested-and-linked", MapKind::Bivariate(with), INFESTED_HA.id));
    }
    list.extend(joined.indicators.ids().filter(|id| id.ends_with("_attainment_pct")).map(choropleth));
    let is_forecast = |id: &&str| joined.outlook.as_ref().is_some_and(|outlook| outlook.of(id).is_some());
    list.extend(joined.indicators.ids().filter(is_forecast).map(choropleth));
    list.extend(joined.indicators.categories.iter().map(|found| map(&found.id, MapKind::Categories, &found.id)));
    list.extend(joined.points.iter().map(|found| {
        let points = vec![found.id.clone()];
        MapConfig { points, ..map(&format!("points-{}", found.id), MapKind::Points, "") }
    }));
    for table in &joined.registers {
        list.push(map(&format!("zones-{}", table.id), MapKind::Zones(ZonesKeys::default()), &table.id));
        list.push(choropleth(&format!("{}.outbreaks", table.id)));
        if table.herds.is_some() {
            list.push(choropleth(&format!("{}.attack_eb_pct", table.id)));
        }
    }
    for table in joined.herds.iter().filter(|table| table.herds.vaccination) {
        list.push(choropleth(&format!("{}.coverage_pct", table.id)));
    }
    if joined.fields.is_some() && joined.forecast_target() == Some(crate::join::Target::Fields) {
        list.push(MapConfig { commune: worst(render), ..map("fields", MapKind::Fields, "") });
    }
    if list.is_empty() {
        list.extend(joined.indicators.ids().take(12).map(choropleth));
    }
    if list.is_empty() {
        list.push(choropleth("area_ha"));
    }
    list
}

/// Code of the commune with most contracted hectares at risk, or most infested.
fn worst(render: &RenderContext) -> Option<String> {
    let accounts = of_period(render.periods, When::Current)?;
    let rank = |commune: &usize| {
        let account = &accounts.communes[*commune];
        (account.linked_at_risk_ha, account.infested_ha())
    };
    let most = (0..render.joined.communes.len()).max_by(|a, b| {
        let (a_rank, b_rank) = (rank(a), rank(b));
        a_rank.0.total_cmp(&b_rank.0).then(a_rank.1.total_cmp(&b_rank.1)).then(b.cmp(a))
    })?;
    Some(render.joined.communes.codes[most].clone())
}

fn measure_key(map: &MapConfig) -> MeasureKey {
    MeasureKey {
        measure: if map.measure.is_empty() { MEAN_SEVERITY.id.to_owned() } else { map.measure.clone() },
        pest: map.pest.clone(),
        severity: map.severity,
        enterprise: map.enterprise.clone(),
    }
}

/// What one map shows; panels are pictures of their own.
fn content_of<'a>(render: &'a RenderContext<'a>, page: &MapPage, said: &mut Problems) -> Result<Content<'a>> {
    let map = &page.map;
    let ground = &render.ground;
    Ok(match &map.kind {
        MapKind::Animation { .. } if is_register(render, map) => zones::zones(render, page, said)?,
        MapKind::Choropleth | MapKind::Animation { .. } => choropleth(render, page)?.content(ground),
        MapKind::Change(own) => change::changed(render, page, own)?.content(ground),
        MapKind::Bivariate { .. } => {
            let (first, second) = two_measures(render, page)?;
            bivariate::content(&first, &second, ground)
        }
        MapKind::Symbols { .. } => {
            let first = choropleth(render, page)?;
            let key = second_key(map);
            let size = render.measured(&key, page.week)?;
            let mut first = first;
            let found = render.finding(&key, &size, page.week, None)?;
            // The discs are what a reader sees first, so the finding is theirs.
            match map.title.is_empty() {
                true => (first.titles.title, first.titles.lead) = (found.title, found.lead),
                false => first.titles.lead = found.title,
            }
            let unit = Scene::new("", "", &first.page).unit;
            discs::content(first, size, ground, unit)
        }
        MapKind::Categories => words::in_words(render, page)?,
        MapKind::Hotspots(own) => hotspots::clusters(render, page, own)?,
        MapKind::Zones { .. } => zones::zones(render, page, said)?,
        MapKind::Spread(own) => spread::spread(render, page, own, said)?,
        MapKind::Scan(own) => scan::scan(render, page, own, said)?,
        MapKind::Points | MapKind::Panels(_) => plain::plain(render, page)?,
        MapKind::Fields => fields::fields(render, page)?,
    })
}

/// Draws one map.
fn draw(render: &RenderContext, page: &MapPage) -> Result<Scene> {
    let map = &page.map;
    let ground = &render.ground;
    if let MapKind::Panels(own) = &map.kind {
        return weeks::small_maps(render, page, own);
    }
    if map.for_each.contains(&ForEach::Week) && map.kind != MapKind::Fields {
        render.must_move(&map.measure)?;
        render.must_not_be_of_registers(map.with())?;
    }
    let mut said = Problems::default();
    let mut content = content_of(render, page, &mut said)?;
    let tables: Vec<&Points> = map.points.iter().map(|id| render.joined.points_of(id)).collect::<Result<_>>()?;
    if !tables.is_empty() {
        points::add(&mut content, tables.into_iter().map(std::borrow::Cow::Borrowed).collect(), ground);
    }
    content.titles.strip.clone_from(&page.strip);
    let mut scene = compose(&map.id, ground, &content);
    scene.remarks.extend(said.list().iter().map(|problem| Remark {
        problem: problem.code,
        value: problem.place.value.clone(),
        message: problem.problem.clone(),
        grave: problem.level == Level::Error,
    }));
    Ok(scene)
}

/// Whether a map names a register of outbreaks.
fn is_register(render: &RenderContext, map: &MapConfig) -> bool {
    render.joined.registers.iter().any(|table| table.id == map.measure)
}

fn focus(render: &RenderContext, map: &MapConfig) -> Result<Option<usize>> {
    let Some(code) = &map.commune else { return Ok(None) };
    render.joined.communes.find(code).map(Some).ok_or_else(|| {
        Fault::new(
            "unknown-commune",
            Place { value: code.clone(), ..Place::default() },
            message!("không có xã mã {code} trong tệp ranh giới", "there is no commune {code} in the boundary file"),
        )
    })
}

/// Measures and classifies.
fn choropleth(render: &RenderContext, page: &MapPage) -> Result<Choropleth> {
    let map = &page.map;
    let key = measure_key(map);
    let measured = render.measured(&key, page.week)?;
    let figures = render.figures(&measured, &key, page.week)?;
    let found = match page.map.kind {
        // The title of a film stands still; what its frame says is under it.
        MapKind::Animation(_) => Headline {
            title: measured.name.get(render.lang()).to_owned(),
            lead: render.finding(&key, &measured, page.week, focus(render, map)?)?.title,
        },
        _ => render.finding(&key, &measured, page.week, focus(render, map)?)?,
    };
    // A film shows one measure as it moves, and nothing beside it.
    let listed = map.kind == MapKind::Choropleth && beside::is_wanted(render, map);
    let coloured = if listed { beside::colours(render, page, &key, &measured) } else { None };
    let (shown_key, coloured) = coloured.unwrap_or_else(|| (key.clone(), measured.clone()));
    let scale = match page.pool.as_deref().filter(|_| shown_key != key) {
        // Pages of one atlas are compared with one another in their shares too.
        Some(pool) => {
            let keys = pool.keys.iter().map(|key| MeasureKey { measure: shown_key.measure.clone(), ..key.clone() }).collect();
            let pool = Pool { id: format!("{}, %", pool.id), keys };
            render.scale(None, Some(&pool), &shown_key, &coloured)?
        }
        None => render.scale(map.scale.as_deref(), page.pool.as_deref(), &shown_key, &coloured)?,
    };
    let ranking = match listed {
        true => Some(beside::ranking(render, page, &key, (&measured, &coloured, &scale))?),
        false => None,
    };
    let described = with_unit(measured.name.get(render.lang()), measured.unit.get(render.lang()));
    let mut made = with(render, page, (coloured, found, described), scale, figures)?;
    made.ranking = ranking;
    // Pages of several weeks have one legend, so it lists what any of them has.
    if page.week.is_some() {
        for week in render.weeks() {
            let values = catalogue::measure(render.joined, &week.accounts, &shown_key)?.values;
            made.states.extend(values.into_iter().filter(|value| value.number().is_none()));
        }
    }
    Ok(made)
}

fn with(
    render: &RenderContext,
    page: &MapPage,
    (measured, found, described): (crate::model::Measured, Headline, String),
    scale: Scale,
    figures: Vec<(String, String)>,
) -> Result<Choropleth> {
    let map = &page.map;
    let focus = focus(render, map)?;
    let heading = Heading { own: map.title.clone(), found, described };
    Ok(Choropleth {
        titles: render.titles(heading, (&map.measure, map.pest.as_deref()), Shown::at(page.week)),
        page: render.page(map.page.as_ref()),
        measured,
        scale,
        figures,
        note: map.note.clone(),
        states: Vec::new(),
        labels: map.labels,
        legend: map.legend,
        focus,
        layers: map.layers.clone(),
        ranking: None,
    })
}

fn second_key(map: &MapConfig) -> MeasureKey {
    MeasureKey { measure: map.with().unwrap_or_default().to_owned(), ..measure_key(map) }
}

/// Two measures with three classes each: thirds by count, with round bounds.
fn two_measures(render: &RenderContext, page: &MapPage) -> Result<(Choropleth, Second)> {
    let map = &page.map;
    let keys = [measure_key(map), second_key(map)];
    let [first, second] = [render.measured(&keys[0], page.week)?, render.measured(&keys[1], page.week)?];
    let thirds =
        ScaleConfig { scheme: Some(Scheme::Quantile), classes: Some(3), zero_apart: Some(false), ..ScaleConfig::default() };
    let scale = |measured: &crate::model::Measured, named: bool| {
        let given = map.scale.as_ref().filter(|_| named).and_then(|name| render.project.scales.get(name));
        Scale::new("area", Some(given.unwrap_or(&thirds)), &measured.numbers(), render.style())
    };
    let (one, two) = (scale(&first, true)?, scale(&second, false)?);
    if one.classes.len() > 3 {
        let count = one.classes.len();
        return Err(Fault::new(
            "too-many-classes",
            Place { column: "scale".to_owned(), ..Place::default() },
            message!(
                "bản đồ hai chỉ tiêu có 3 lớp mỗi chiều, thang này có {count}",
                "a map of two measures has 3 classes each way; this scale has {count}"
            ),
        ));
    }
    let lang = render.lang();
    // One class tells nobody apart.
    let top = |scale: &Scale, value: Value| {
        scale.classes.len() > 1 && value.number().is_some_and(|number| scale.class_of(number) + 1 == scale.classes.len())
    };
    let both = first.values.iter().zip(&second.values).zip(&render.joined.communes.names);
    let both: Vec<&str> = both.filter(|((a, b), _)| top(&one, **a) && top(&two, **b)).map(|(_, name)| name.as_str()).collect();
    let found = of_pair([&first, &second], &both, lang);
    let described = format!("{} × {}", first.name.get(lang), lower(second.name.get(lang)));
    let figures = [&first, &second].map(|measured| (measured.name.get(lang).to_owned(), shown(measured, measured.total, lang)));
    let mut content = with(render, page, (first, Headline::default(), String::new()), one, figures.to_vec())?;
    let heading = Heading { own: map.title.clone(), found, described };
    content.titles = render.titles(heading, (&map.measure, map.pest.as_deref()), Shown::at(page.week));
    Ok((content, Second { measured: second, scale: two }))
}
