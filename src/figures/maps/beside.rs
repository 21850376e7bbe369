//! The ranked list beside a map. Hectares are lengths; the map takes the share that they are of their whole, which is what colours can tell.

use super::MapPage;
use crate::cartography::plan::has_room;
use crate::cartography::ranking::{Rank, Ranking};
use crate::cartography::with_unit;
use crate::figures::charts::ranked::{together, written};
use crate::model::{Measured, When};
use crate::project::{By, MapConfig, MeasureKey};
use crate::render::RenderContext;
use crate::run::Result;
use crate::scale::Scale;
use crate::values::{Lang, Quantity, Value, numbers};
use crate::words::lower;

/// Whether a map has a list beside it: unless it shows one commune, or the page has no room, or the project wants none.
pub(super) fn is_wanted(render: &RenderContext, map: &MapConfig) -> bool {
    map.commune.is_none() && map.panel.unwrap_or(true) && has_room(&render.page(map.page.as_ref()))
}

/// The measure that colours the map where its list has hectares, if the project sets no scale for these.
pub(super) fn colours(
    render: &RenderContext,
    page: &MapPage,
    key: &MeasureKey,
    length: &Measured,
) -> Option<(MeasureKey, Measured)> {
    let map = &page.map;
    if map.scale.is_some() || render.project.scales.contains_key(length.scale) {
        return None;
    }
    let share = render.share_of(key, page.week)?;
    let id = share.id.split([':', '@']).next().unwrap_or_default().to_owned();
    Some((MeasureKey { measure: id, ..key.clone() }, share))
}

/// The list: `length` is what its bars measure, `coloured` what their paint says.
pub(super) fn ranking(
    render: &RenderContext,
    page: &MapPage,
    key: &MeasureKey,
    (length, coloured, scale): (&Measured, &Measured, &Scale),
) -> Result<Ranking> {
    let lang = render.lang();
    let before = if page.week.is_none() && !length.signed { render.compared(key, When::Previous)? } else { None };
    let whole = if length.signed { None } else { render.whole_of(key, page.week) };
    // One whole for all pests of a field would say nothing of any of them.
    let whole = whole.filter(|_| length.quantity == Quantity::Extensive);
    let of = |measured: &Option<Measured>, commune: usize| measured.as_ref().and_then(|found| found.values[commune].number());
    let mut rows: Vec<Rank> = render
        .joined
        .communes
        .names
        .iter()
        .enumerate()
        .map(|(commune, name)| {
            let value = length.values[commune];
            let then = of(&before, commune);
            Rank {
                commune: Some(commune),
                label: name.clone(),
                value: value.number(),
                fill: scale.paint(coloured.values[commune]),
                words: words(value, then, length, lang),
                before: value.number().and(then),
                whole: of(&whole, commune),
            }
        })
        .collect();
    // Of plans and of vaccination a meeting asks who is behind.
    let behind_first = length.scale == "attainment" || length.id.ends_with(".coverage_pct");
    // Sort is stable: equal rows keep the order of their communes.
    let rank = |row: &Rank| row.value.map_or(f64::NEG_INFINITY, |value| if behind_first { -value } else { value });
    rows.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
    let others = together(length, By::Commune, lang);
    let tick = before.map_or(String::new(), |_| When::Previous.title(lang).to_owned());
    let whole = whole.map_or(String::new(), |whole| lower(whole.name.get(lang)));
    let mut heading = with_unit(length.name.get(lang), length.unit.get(lang));
    if behind_first {
        heading.push_str(lang.pick(", thấp nhất trước", ", lowest first"));
    }
    let numbers = lang.pick("số thứ tự, ghi trên bản đồ", "place, as on the map").to_owned();
    Ok(Ranking { heading, whole, tick, numbers, rows, others: Box::new(move |hidden| others.rank(hidden)) })
}

/// "246,7 (+72,1)", or why there is no number.
fn words(value: Value, then: Option<f64>, length: &Measured, lang: Lang) -> String {
    let Value::Number(number) = value else { return value.words(lang).to_owned() };
    let decimals = length.decimals();
    let written = match length.signed && number != 0.0 {
        true => numbers::format_change(number, decimals, lang),
        false => written(value, length, lang),
    };
    match then.map(|then| number - then) {
        Some(change) => {
            let change = numbers::format_change(change, decimals, lang);
            // A change too small to be written is none.
            format!("{written} ({})", if numbers::is_nothing(&change) { "0" } else { &change })
        }
        None => written,
    }
}
