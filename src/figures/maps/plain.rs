//! Maps of points on a plain ground.

use super::{MapPage, measure_key, with};
use crate::cartography::Content;
use crate::measures::list::AREA_HA;
use crate::model::points::Points;
use crate::project::MapConfig;
use crate::render::{Heading, RenderContext, Shown};
use crate::run::Result;
use crate::scale::Scale;
use crate::values::Lang;
use crate::words::Headline;

/// Communes without colour, as the ground of points.
pub(super) fn plain<'a>(render: &'a RenderContext, page: &MapPage) -> Result<Content<'a>> {
    let map = &page.map;
    let names: Vec<&str> = map
        .points
        .iter()
        .filter_map(|id| render.joined.points.iter().find(|points| points.id == *id))
        .map(|points| points.name.as_str())
        .collect();
    let blank = MapConfig { measure: AREA_HA.id.to_owned(), labels: crate::project::Labels::Name, ..map.clone() };
    let blank = MapPage { map: blank, ..page.clone() };
    let measured = render.measured(&measure_key(&blank.map), None)?;
    let mut content = with(render, &blank, (measured, Headline::default(), String::new()), Scale::default(), Vec::new())?
        .content(&render.ground);
    let tables = map.points.iter().filter_map(|id| render.joined.points.iter().find(|points| points.id == *id));
    let focus = super::focus(render, map)?;
    let counts: Vec<String> = tables.map(|points| counted(points, focus, render.lang())).collect();
    let heading = Heading { own: map.title.clone(), found: Headline::plain(counts.join("; ")), described: names.join(", ") };
    content.titles = render.titles(heading, ("", None), Shown::at(page.week));
    content.parts.clear();
    if !map.note.is_empty() {
        content.parts.push(crate::cartography::legend::LegendPart::Note(map.note.clone()));
    }
    let paper = crate::scale::Fill::Colour(crate::scale::Rgb(246, 246, 240));
    content.fills.fill(paper);
    content.labels.iter_mut().for_each(|label| label.ground = paper);
    Ok(content)
}

/// How many points there are, and of which kinds: "Sản phẩm OCOP: 19, trong đó 3 sao 14, 4 sao 5".
fn counted(points: &Points, focus: Option<usize>, lang: Lang) -> String {
    let shown = || points.list.iter().filter(|point| focus.is_none() || point.commune == focus);
    let count = |kind: usize| shown().filter(|point| point.category == Some(kind)).count();
    let kinds: Vec<String> = (0..points.categories.len())
        .filter(|kind| count(*kind) > 0)
        .map(|kind| format!("{} {}", points.category_name(kind), count(kind)))
        .collect();
    let name = if points.name.is_empty() { lang.pick("Điểm", "Points") } else { &points.name };
    let elsewhere = shown().filter(|point| point.commune.is_none()).count();
    let elsewhere = match (elsewhere, lang) {
        (0, _) => String::new(),
        (_, Lang::Vi) => format!(" ({elsewhere} ngoài mọi xã)"),
        (_, Lang::En) => format!(" ({elsewhere} outside every commune)"),
    };
    let all = format!("{name}: {}{elsewhere}", shown().count());
    match kinds.len() {
        0 | 7.. => all,
        _ => format!("{all} ({})", kinds.join(", ")),
    }
}
