//! Composed sheets: several pictures, key figures and a table on a grid, each drawn at the size it has there.

use super::charts::overview::{cards_of, leading};
use super::{charts, maps};
use crate::draw::charts::cards;
use crate::draw::furniture::Sheet;
use crate::draw::scene::Scene;
use crate::draw::{Job, Picture};
use crate::message;
use crate::project::{ChartConfig, ChartKind, ComposedPage, MeasuresKeys, Page, PagePart, PageSize};
use crate::render::key;
use crate::render::{Heading, RenderContext, Shown};
use crate::run::{Fault, Place, Result};
use crate::values::text::nearest;

/// Space between cells, in design units.
const GAP: f32 = 20.0;
/// Height of rows beside one another: of maps, of charts, of tables.
const TALL: [f32; 3] = [5.0, 3.2, 3.6];

/// The composed pages of a project, or one that answers the core question.
pub fn pages<'a>(render: &'a RenderContext<'a>) -> Vec<Job<'a>> {
    let project = render.project;
    let own = project.pages.clone().unwrap_or_default();
    let list = if project.composes_by_default() { summary(render).into_iter().collect() } else { own };
    list.into_iter()
        .map(|page| Job { id: page.id.clone(), picture: Picture::Still(Box::new(move || compose(render, &page, Vec::new()))) })
        .collect()
}

/// One sheet: key figures, the leading map, who is hit by what and since when, the communes that matter most.
pub fn summary(render: &RenderContext) -> Option<ComposedPage> {
    let maps = maps::ids(render);
    let charts = charts::ids(render);
    let main = maps.first()?;
    let pair: Vec<String> = ["linked-at-risk-by-pest", "infested-by-pest", "infested-by-week", "infested-by-severity"]
        .into_iter()
        .filter(|id| charts.iter().any(|known| known == id))
        .map(|id| format!("charts/{id}"))
        .collect();
    // By pest, and by week: one of each.
    let by_pest = pair.iter().find(|id| id.ends_with("by-pest")).cloned();
    let over = pair.iter().find(|id| id.ends_with("by-week")).or(pair.iter().find(|id| id.ends_with("severity"))).cloned();
    let mut rows = vec![vec!["figures".to_owned()], vec![format!("maps/{main}")]];
    let charts: Vec<String> = by_pest.into_iter().chain(over).collect();
    if !charts.is_empty() {
        rows.push(charts);
    }
    rows.push(vec!["table".to_owned()]);
    let id = render.lang().pick("tom-tat", "summary").to_owned();
    (!leading(render, 1).is_empty()).then(|| ComposedPage { id, rows, ..ComposedPage::default() })
}

/// Composes a page, with lines over its title.
pub fn compose(render: &RenderContext, composed: &ComposedPage, over: Vec<[String; 2]>) -> Result<Scene> {
    let upright = Page { size: Some(PageSize::A4Portrait), ..Page::default() };
    let page = render.page(Some(composed.page.as_ref().unwrap_or(&upright)));
    let lead = leading(render, 1);
    let lead = lead.first().map_or("", String::as_str);
    let heading = match lead {
        "" => Heading::plain(&composed.title, render.project.title.clone()),
        id => {
            let own = key(id, None, None);
            let found = render.finding(&own, &render.measured(&own, None)?, None, None)?;
            Heading { own: composed.title.clone(), found, described: String::new() }
        }
    };
    let mut titles = render.titles(heading, (lead, None), Shown::default());
    titles.over = over;
    titles.caveat =
        [titles.caveat.as_str(), &composed.note].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(". ");
    let Sheet { mut scene, unit, body } = Sheet::new(&composed.id, &titles, &render.ground.imprint, &page);
    let [left, top, right, bottom] = body;
    let gap = GAP * unit;
    let figures =
        ChartConfig { id: composed.id.clone(), kind: ChartKind::Figures(MeasuresKeys::default()), ..ChartConfig::default() };
    let cards = cards_of(render, &charts::page_of(&figures))?;
    // Key figures take what they need; the other rows share what is left.
    let fixed = |row: &[String]| {
        row.iter().any(|cell| cell == "figures").then(|| {
            let wide = (right - left) / row.len().max(1) as f32;
            cards::height(&cards, wide / unit) * unit
        })
    };
    let weight = |at: usize, row: &[String]| {
        let own = composed.heights.as_ref().and_then(|heights| heights.get(at)).copied();
        let kind = |cell: &String| {
            if cell.starts_with("maps/") {
                TALL[0]
            } else if cell == "table" {
                TALL[2]
            } else {
                TALL[1]
            }
        };
        own.unwrap_or_else(|| row.iter().map(kind).fold(0.0, f32::max))
    };
    let rows = &composed.rows;
    let needed: f32 = rows.iter().filter_map(|row| fixed(row)).sum::<f32>() + gap * rows.len().saturating_sub(1) as f32;
    let shared: f32 = rows.iter().enumerate().filter(|(_, row)| fixed(row).is_none()).map(|(at, row)| weight(at, row)).sum();
    let each = ((bottom - top - 8.0 * unit - needed) / shared.max(1.0)).max(0.0);
    let mut y = top + 8.0 * unit;
    for (at, row) in rows.iter().enumerate() {
        let high = fixed(row).unwrap_or_else(|| weight(at, row) * each);
        let wide = (right - left - gap * row.len().saturating_sub(1) as f32) / row.len().max(1) as f32;
        for (column, cell) in row.iter().enumerate() {
            let part = PagePart { unit, least: scene.least, bare: false };
            let own = Page { size: None, width: Some(wide as u32), height: Some(high as u32), dpi: page.dpi, part: Some(part) };
            let drawn = cell_of(render, cell, own, lead)?;
            scene.remarks.extend(drawn.remarks.iter().cloned());
            scene.append(drawn, [left + column as f32 * (wide + gap), y]);
        }
        y += high + gap;
    }
    Ok(scene)
}

fn cell_of(render: &RenderContext, cell: &str, page: Page, told: &str) -> Result<Scene> {
    let overview = |kind: ChartKind| {
        charts::draw(
            render,
            &charts::page_of(&ChartConfig { id: cell.to_owned(), kind, page: Some(page.clone()), ..ChartConfig::default() }),
        )
    };
    match cell {
        "figures" => return overview(ChartKind::Figures(MeasuresKeys::default())),
        "table" => return overview(ChartKind::Table(MeasuresKeys::default())),
        _ => {}
    }
    let drawn = match cell.split_once('/') {
        Some(("maps", id)) => maps::one(render, id, &page, told),
        Some(("charts", id)) => charts::one(render, id, &page),
        _ => None,
    };
    drawn.unwrap_or_else(|| Err(unknown(render, cell, "pages.rows")))
}

/// A picture that a page or a deck asks for and a run does not have.
pub fn unknown(render: &RenderContext, cell: &str, column: &str) -> Fault {
    let of = |folder: &str, ids: Vec<String>| ids.into_iter().map(|id| format!("{folder}/{id}")).collect::<Vec<_>>();
    let mut known = vec!["figures".to_owned(), "table".to_owned()];
    known.extend(of("maps", maps::ids(render)));
    known.extend(of("charts", charts::ids(render)));
    let fault = Fault::new(
        "unknown-picture",
        Place { column: column.to_owned(), value: cell.to_owned(), ..Place::default() },
        message!("không có hình \"{cell}\"", "there is no picture \"{cell}\""),
    );
    let list = known.join(", ");
    match nearest(cell, known.iter().map(String::as_str)) {
        Some(near) => {
            fault.hint(message!("có phải ý là \"{near}\"? đang có: {list}", "did you mean \"{near}\"? there are: {list}"))
        }
        None => fault.hint(message!("đang có: {list}", "there are: {list}")),
    }
}
