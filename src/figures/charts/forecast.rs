//! What models say of the period to come, by commune: the last value, the forecast and within what it may lie.

use super::{ChartPage, framed, heading};
use crate::draw::Scene;
use crate::draw::charts::dots::{self, Move};
use crate::measures::Measure;
use crate::measures::list::{INFESTED_HA, MEAN_SEVERITY};
use crate::message;
use crate::model::outlook::{Outlook, OutlookRow};
use crate::project::{By, ChartConfig};
use crate::render::RenderContext;
use crate::render::remainder::Together;
use crate::run::{Fault, Place, Result};
use crate::scale::palette::Palette;
use crate::scale::{Fill, Rgb};
use crate::values::{Lang, Unit, numbers};
use crate::words::headlines::of_forecast;
use crate::words::{Headline, capital};

/// Width from which an interval is written beside its bar, in design units.
const WIDE: f32 = 700.0;

/// Rows of one pest, the highest forecast first.
pub fn forecast(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let (joined, lang) = (render.joined, render.lang());
    let known: Vec<&OutlookRow> = joined.outlook.iter().flat_map(|outlook| &outlook.rows).collect();
    let Some(outlook) = joined.outlook.as_ref().filter(|_| !known.is_empty()) else {
        return Err(Fault::new(
            "no-forecast",
            Place::default(),
            message!("dự án không có dự báo nào theo tuần", "the project has no weekly forecast"),
        )
        .hint(message!(
            "thêm bảng kind = \"forecast\", model = \"weekly\", và để kỳ báo cáo sau số liệu cuối",
            "add a table of kind = \"forecast\", model = \"weekly\", and let the period follow the last data"
        )));
    };
    let pest = match &page.chart.pest {
        Some(pest) => joined.forecasts.as_ref().map_or(pest.clone(), |forecasts| {
            crate::model::pest_number(joined, pest).map_or(pest.clone(), |number| forecasts.pests[number].clone())
        }),
        None => leading(outlook),
    };
    let mut rows: Vec<&OutlookRow> = known.into_iter().filter(|row| row.pest == pest).collect();
    if rows.is_empty() {
        let place = Place { value: pest.clone(), ..Place::default() };
        return Err(Fault::new(
            "no-forecast",
            place,
            message!("không có dự báo cho loại này", "nothing is forecast of this pest"),
        ));
    }
    rows.sort_by(highest);
    let (measure, unit, decimals) = quantity(render);
    let colours = Palette::named("change")?.colours(3, 3);
    let (less, more) = if render.project.bw { (Rgb(150, 150, 150), Rgb(40, 40, 40)) } else { (colours[1], colours[4]) };
    let write = |number: f64| numbers::format(number, decimals, lang);
    // In a narrow cell the words of an interval would take the room in which it is drawn.
    let scene = Scene::new("", "", &render.page(page.chart.page.as_ref()));
    let is_wide = scene.width / scene.unit >= WIDE;
    let moves: Vec<Move> = rows
        .iter()
        .map(|row| Move {
            label: joined.communes.names[row.commune].clone(),
            then: Some(row.last),
            now: Some(row.forecast),
            interval: row.interval,
            fill: Fill::Colour(if row.forecast > row.last { more } else { less }),
            words: match row.interval {
                _ if row.forecast == 0.0 => "0".to_owned(),
                Some([low, high]) if is_wide => format!("{} ({} – {})", write(row.forecast), write(low), write(high)),
                _ => write(row.forecast),
            },
        })
        .collect();
    let names = [
        lang.pick("tuần cuối có số liệu", "last week with data"),
        lang.pick("dự báo", "forecast"),
        if rows.iter().any(|row| row.interval.is_some()) { lang.pick("khoảng 80 %", "80 % interval") } else { "" },
    ];
    let title = match lang {
        Lang::Vi => format!("Dự báo {pest} theo xã: {} ({})", measure.name().vi.to_lowercase(), unit.get(lang)),
        Lang::En => format!("Forecast of {pest} by commune: {} ({})", measure.name().en.to_lowercase(), unit.get(lang)),
    };
    let found = said(render, &pest).unwrap_or_default();
    let axis = crate::cartography::with_unit(measure.name().get(lang), unit.get(lang));
    let others = Together { by: By::Commune, adds: false, decimals, lang };
    // The measure tells what is to be said beside every picture of a period to come.
    let chart = ChartConfig { measure: measure.id.to_owned(), pest: Some(pest.clone()), ..page.chart.clone() };
    let page = ChartPage { chart, ..page.clone() };
    framed(render, &page, heading(found, title), "", |frame| {
        dots::draw(frame, &axis, names, &moves, &|hidden| others.moved(hidden))
    })
}

/// What is forecast of a pest, in a sentence and one more; nothing where nothing is.
pub fn said(render: &RenderContext, pest: &str) -> Option<Headline> {
    let (joined, lang) = (render.joined, render.lang());
    // Documents write names with a large first letter.
    let own = |row: &&OutlookRow| capital(&row.pest) == capital(pest);
    let mut rows: Vec<&OutlookRow> = joined.outlook.as_ref()?.rows.iter().filter(own).collect();
    rows.sort_by(highest);
    let (_, unit, decimals) = quantity(render);
    let list: Vec<(&str, &OutlookRow)> = rows.iter().map(|row| (joined.communes.names[row.commune].as_str(), *row)).collect();
    // A level says nothing without the scale that it is one of.
    let words = if unit == Unit::Level { format!("({})", unit.get(lang)) } else { unit.short(lang).to_owned() };
    (!list.is_empty()).then(|| of_forecast(pest, &list, (words.as_str(), decimals), lang))
}

fn highest(a: &&OutlookRow, b: &&OutlookRow) -> std::cmp::Ordering {
    b.forecast.total_cmp(&a.forecast).then(a.commune.cmp(&b.commune))
}

/// What the numbers are: reported hectares, or mean severity; their unit and decimals.
fn quantity(render: &RenderContext) -> (Measure, Unit, usize) {
    let by_area = render.joined.forecasts.as_ref().is_some_and(|forecasts| forecasts.target.is_none());
    if by_area { (&INFESTED_HA, Unit::Hectares, 1) } else { (&MEAN_SEVERITY, Unit::Level, 2) }
}

/// The pest of which most is forecast.
fn leading(outlook: &Outlook) -> String {
    let mut sums: std::collections::BTreeMap<&str, f64> = std::collections::BTreeMap::new();
    for row in &outlook.rows {
        *sums.entry(row.pest.as_str()).or_default() += row.forecast;
    }
    sums.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(a.0))).map_or(String::new(), |(pest, _)| pest.to_owned())
}
