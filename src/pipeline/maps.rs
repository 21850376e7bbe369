//! Which maps a run draws, and from what.

mod fields;
mod hotspots;
mod scan;
mod spread;
mod weeks;
pub mod zones;

use super::atlas::{MapPage, map_pages};
use super::studio::{Studio, capital, lower, shown};
use super::{Job, Picture, listed, of_period};
use crate::draw::Scene;
use crate::draw::maps::bivariate::{self, Second};
use crate::draw::maps::choropleth::Choropleth;
use crate::draw::maps::{Content, categories, compose, points, symbols};
use crate::draw::scene::Remark;
use crate::measures::change::change;
use crate::measures::points::Points;
use crate::measures::{Measure, When, catalogue};
use crate::message;
use crate::project::{Compare, MapKey, MapKind, MeasureKey, ScaleKey, Scheme};
use crate::run::{Fault, Level, Place, Problems, Result};
use crate::scale::Scale;

/// Measures mapped when the project names no maps.
const DEFAULTS: [Measure; 5] =
    [Measure::LinkedAtRiskHa, Measure::InfestedHa, Measure::MeanSeverity, Measure::LinkedHa, Measure::LinkedSharePct];

/// The maps of a project, ready to be drawn.
pub fn maps<'a>(studio: &'a Studio<'a>) -> Vec<Job<'a>> {
    let project = studio.project;
    let list = listed(project.maps.as_ref(), project.defaults, || defaults(studio), |map| &map.id);
    list.iter()
        .flat_map(|map| map_pages(studio, map))
        .map(|page| {
            let id = page.map.id.clone();
            if page.map.kind == MapKind::Animation {
                return weeks::film(studio, id, page);
            }
            Job { id, picture: Picture::Still(Box::new(move || draw(studio, &page))) }
        })
        .collect()
}

/// What to draw when the project does not say: every default measure it has data for, change, the two measures of the core
/// question together, each attainment of a plan, and the fields of the commune with most at risk.
fn defaults(studio: &Studio) -> Vec<MapKey> {
    let world = studio.world;
    let map = |id: &str, kind: MapKind, measure: &str| MapKey {
        id: id.replace(['_', '.'], "-"),
        kind,
        measure: measure.to_owned(),
        ..MapKey::default()
    };
    let choropleth = |measure: &str| map(measure, MapKind::Choropleth, measure);
    let mut list: Vec<MapKey> =
        DEFAULTS.into_iter().filter(|measure| measure.available(world)).map(|measure| choropleth(measure.id())).collect();
    if of_period(studio.periods, When::Previous).is_some() {
        let first = [Measure::LinkedAtRiskHa, Measure::InfestedHa, Measure::MeanSeverity];
        if let Some(measure) = first.into_iter().find(|measure| measure.available(world)) {
            list.push(map(&format!("{}-change", measure.id()), MapKind::Change, measure.id()));
        }
    }
    if Measure::InfestedHa.available(world) && Measure::LinkedHa.available(world) {
        let both = map("infested-and-linked", MapKind::Bivariate, Measure::InfestedHa.id());
        list.push(MapKey { with: Some(Measure::LinkedHa.id().to_owned()), ..both });
    }
    list.extend(world.indicators.ids().filter(|id| id.ends_with("_attainment_pct")).map(choropleth));
    let is_forecast = |id: &&str| world.outlook.as_ref().is_some_and(|outlook| outlook.of(id).is_some());
    list.extend(world.indicators.ids().filter(is_forecast).map(choropleth));
    list.extend(world.indicators.categories.iter().map(|found| map(&found.id, MapKind::Categories, &found.id)));
    list.extend(world.points.iter().map(|found| {
        let points = vec![found.id.clone()];
        MapKey { points, ..map(&format!("points-{}", found.id), MapKind::Points, "") }
    }));
    for table in &world.registers {
        list.push(map(&format!("zones-{}", table.id), MapKind::Zones, &table.id));
        list.push(choropleth(&format!("{}.outbreaks", table.id)));
        if table.herds.is_some() {
            list.push(choropleth(&format!("{}.attack_eb_pct", table.id)));
        }
    }
    for table in world.herds.iter().filter(|table| table.herds.vaccination) {
        list.push(choropleth(&format!("{}.coverage_pct", table.id)));
    }
    if world.fields.is_some() && world.forecast_target() == Some(crate::join::Target::Fields) {
        list.push(MapKey { commune: worst(studio), ..map("fields", MapKind::Fields, "") });
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
fn worst(studio: &Studio) -> Option<String> {
    let accounts = of_period(studio.periods, When::Current)?;
    let rank = |commune: &usize| {
        let account = &accounts.communes[*commune];
        (account.linked_at_risk_ha, account.infested_ha())
    };
    let most = (0..studio.world.communes.len()).max_by(|a, b| {
        let (a_rank, b_rank) = (rank(a), rank(b));
        a_rank.0.total_cmp(&b_rank.0).then(a_rank.1.total_cmp(&b_rank.1)).then(b.cmp(a))
    })?;
    Some(studio.world.communes.codes[most].clone())
}

fn measure_key(map: &MapKey) -> MeasureKey {
    MeasureKey {
        measure: if map.measure.is_empty() { Measure::MeanSeverity.id().to_owned() } else { map.measure.clone() },
        pest: map.pest.clone(),
        severity: map.severity,
        enterprise: map.enterprise.clone(),
    }
}

/// Draws one map.
fn draw(studio: &Studio, page: &MapPage) -> Result<Scene> {
    let map = &page.map;
    let ground = &studio.ground;
    let mut said = Problems::default();
    let mut content: Content = match map.kind {
        MapKind::Animation if is_register(studio, map) => zones::zones(studio, page, &mut said)?,
        MapKind::Choropleth | MapKind::Animation => choropleth(studio, page)?.content(ground),
        MapKind::Change => changed(studio, page)?.content(ground),
        MapKind::Bivariate => {
            let (first, second) = two_measures(studio, page)?;
            bivariate::content(&first, &second, ground)
        }
        MapKind::Symbols => {
            let first = choropleth(studio, page)?;
            let key = second_key(map);
            let size = studio.measured(&key, page.week)?;
            let unit = Scene::new("", "", &first.page).unit;
            symbols::content(&first, size, ground, unit)
        }
        MapKind::Categories => in_words(studio, page)?,
        MapKind::Hotspots => hotspots::clusters(studio, page)?,
        MapKind::Zones => zones::zones(studio, page, &mut said)?,
        MapKind::Spread => spread::spread(studio, page, &mut said)?,
        MapKind::Scan => scan::scan(studio, page, &mut said)?,
        MapKind::Points => plain(studio, page)?,
        MapKind::Fields => fields::fields(studio, page)?,
        MapKind::Panels => return weeks::small_maps(studio, page),
    };
    let tables: Vec<&Points> = map.points.iter().map(|id| points_of(studio, id)).collect::<Result<_>>()?;
    if !tables.is_empty() {
        points::add(&mut content, tables.into_iter().map(std::borrow::Cow::Borrowed).collect(), ground);
    }
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
fn is_register(studio: &Studio, map: &MapKey) -> bool {
    studio.world.registers.iter().any(|table| table.id == map.measure)
}

/// The points with an id. Those of readings are known only once they are read.
pub(super) fn points_of<'a>(studio: &'a Studio, id: &str) -> Result<&'a Points> {
    let all = &studio.world.points;
    all.iter().find(|points| points.id == id).ok_or_else(|| {
        let known = all.iter().map(|points| points.id.as_str()).collect::<Vec<_>>().join(", ");
        let place = Place { value: id.to_owned(), ..Place::default() };
        Fault::new(
            "unknown-points",
            place,
            message!("không có điểm \"{id}\"; đang có: {known}", "there are no points \"{id}\"; there are: {known}"),
        )
    })
}

fn focus(studio: &Studio, map: &MapKey) -> Result<Option<usize>> {
    let Some(code) = &map.commune else { return Ok(None) };
    studio.world.communes.find(code).map(Some).ok_or_else(|| {
        Fault::new(
            "unknown-commune",
            Place { value: code.clone(), ..Place::default() },
            message!("không có xã mã {code} trong tệp ranh giới", "there is no commune {code} in the boundary file"),
        )
    })
}

fn title_or(map: &MapKey, otherwise: &str) -> String {
    if map.title.is_empty() { otherwise.to_owned() } else { map.title.clone() }
}

/// Measures and classifies.
fn choropleth(studio: &Studio, page: &MapPage) -> Result<Choropleth> {
    let map = &page.map;
    let key = measure_key(map);
    let measured = studio.measured(&key, page.week)?;
    let scale = studio.scale(map.scale.as_deref(), page.pool.as_deref(), &key, &measured)?;
    let figures = studio.figures(&measured, &key, page.week)?;
    let mut made = with(studio, page, measured, scale, figures)?;
    // Pages of several weeks have one legend, so it lists what any of them has.
    if page.week.is_some() {
        for week in studio.weeks() {
            let values = catalogue::measure(studio.world, &week.accounts, &key)?.values;
            made.states.extend(values.into_iter().filter(|value| value.number().is_none()));
        }
    }
    Ok(made)
}

fn with(
    studio: &Studio,
    page: &MapPage,
    measured: crate::measures::Measured,
    scale: Scale,
    figures: Vec<(String, String)>,
) -> Result<Choropleth> {
    let map = &page.map;
    let focus = focus(studio, map)?;
    let mut title = title_or(map, measured.name.get(studio.lang()));
    if let (true, Some(focus)) = (map.title.is_empty(), focus) {
        title = format!("{title} – {}", studio.world.communes.names[focus]);
    }
    Ok(Choropleth {
        titles: studio.titles(title, &map.measure, page.week),
        page: studio.page(map.page.as_ref()),
        measured,
        scale,
        figures,
        note: map.note.clone(),
        states: Vec::new(),
        labels: map.labels,
        legend: map.legend,
        focus,
        layers: map.layers.clone(),
    })
}

/// Change against another period, in two directions.
fn changed(studio: &Studio, page: &MapPage) -> Result<Choropleth> {
    let map = &page.map;
    let key = measure_key(map);
    let when = match map.compare.unwrap_or_default() {
        Compare::Previous => When::Previous,
        Compare::LastYear => When::LastYear,
    };
    let now = studio.measured(&key, None)?;
    let Some(then) = studio.compared(&key, when)? else { return Err(nothing_to_compare(when)) };
    let measured = change(&now, &then, when, map.percent);
    let scale = studio.scale(map.scale.as_deref(), page.pool.as_deref(), &key, &measured)?;
    let lang = studio.lang();
    let figures = vec![
        (lang.pick("Toàn vùng", "All communes").to_owned(), shown(&measured, measured.total, lang)),
        (capital(When::Current.title(lang)), shown(&now, now.total, lang)),
        (capital(when.title(lang)), shown(&then, then.total, lang)),
    ];
    with(studio, page, measured, scale, figures)
}

/// There is no other period with rows.
pub fn nothing_to_compare(when: When) -> Fault {
    let (vi, en) = (when.title(crate::values::Lang::Vi), when.title(crate::values::Lang::En));
    Fault::new(
        "nothing-to-compare",
        Place::default(),
        message!("không có số liệu {vi} để so", "there are no data of the {en} to compare with"),
    )
    .hint(message!(
        "khai báo period trong tệp dự án và để bảng có cả dòng của kỳ đó",
        "declare period in the project file, and keep rows of the other period in the tables"
    ))
}

fn second_key(map: &MapKey) -> MeasureKey {
    MeasureKey { measure: map.with.clone().unwrap_or_default(), ..measure_key(map) }
}

/// Two measures with three classes each: thirds by count, with round bounds.
fn two_measures(studio: &Studio, page: &MapPage) -> Result<(Choropleth, Second)> {
    let map = &page.map;
    let keys = [measure_key(map), second_key(map)];
    let [first, second] = [studio.measured(&keys[0], page.week)?, studio.measured(&keys[1], page.week)?];
    let thirds = ScaleKey { scheme: Some(Scheme::Quantile), classes: Some(3), zero_apart: Some(false), ..ScaleKey::default() };
    let scale = |measured: &crate::measures::Measured, named: bool| {
        let given = map.scale.as_ref().filter(|_| named).and_then(|name| studio.project.scales.get(name));
        Scale::new("area", Some(given.unwrap_or(&thirds)), &measured.numbers(), studio.style())
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
    let lang = studio.lang();
    let joint = format!("{} × {}", first.name.get(lang), lower(second.name.get(lang)));
    let figures = [&first, &second].map(|measured| (measured.name.get(lang).to_owned(), shown(measured, measured.total, lang)));
    let mut content = with(studio, page, first, one, figures.to_vec())?;
    if map.title.is_empty() {
        content.titles = studio.titles(joint, &map.measure, page.week);
    }
    Ok((content, Second { measured: second, scale: two }))
}

/// Communes by a word.
fn in_words<'a>(studio: &'a Studio, page: &MapPage) -> Result<Content<'a>> {
    let map = &page.map;
    let list = &studio.world.indicators.categories;
    let Some(found) = list.iter().find(|found| found.id == map.measure) else {
        let (wanted, known) = (&map.measure, list.iter().map(|found| found.id.as_str()).collect::<Vec<_>>().join(", "));
        return Err(Fault::new(
            "unknown-measure",
            Place { value: wanted.clone(), ..Place::default() },
            message!(
                "không có chỉ tiêu bằng chữ \"{wanted}\"; đang có: {known}",
                "there is no indicator in words \"{wanted}\"; there are: {known}"
            ),
        )
        .hint(message!(
            "khai báo indicators = [{{ id = …, category = \"cột\" }}]",
            "declare indicators = [{{ id = …, category = \"column\" }}]"
        )));
    };
    let titles = studio.titles(title_or(map, found.name.get(studio.lang())), &found.id, page.week);
    let known = found.values.iter().flatten().count();
    let total = format!("{known}/{}", found.values.len());
    let figures = vec![(studio.lang().pick("Xã có số liệu", "Communes with data").to_owned(), total)];
    let paints = crate::scale::palette::qualitative(found.words.len(), studio.project.bw);
    Ok(categories::content(titles, studio.page(map.page.as_ref()), map, (found, &paints), &figures, &studio.ground))
}

/// Communes without colour, as the ground of points.
fn plain<'a>(studio: &'a Studio, page: &MapPage) -> Result<Content<'a>> {
    let map = &page.map;
    let names: Vec<&str> = map
        .points
        .iter()
        .filter_map(|id| studio.world.points.iter().find(|points| points.id == *id))
        .map(|points| points.name.as_str())
        .collect();
    let blank = MapKey { measure: Measure::AreaHa.id().to_owned(), labels: crate::project::Labels::Name, ..map.clone() };
    let blank = MapPage { map: blank, ..page.clone() };
    let measured = studio.measured(&measure_key(&blank.map), None)?;
    let mut content = with(studio, &blank, measured, Scale::default(), Vec::new())?.content(&studio.ground);
    if map.title.is_empty() {
        content.titles = studio.titles(names.join(", "), "", page.week);
    }
    content.parts.clear();
    if !map.note.is_empty() {
        content.parts.push(crate::draw::legend::Part::Note(map.note.clone()));
    }
    let paper = crate::scale::Fill::Colour(crate::scale::Rgb(246, 246, 240));
    content.fills.fill(paper);
    content.labels.iter_mut().for_each(|label| label.ground = paper);
    Ok(content)
}
