//! Squares of equal land: what of the contracts, or of the fields, is hit, what is not, and what nobody knows.

use super::{ChartPage, framed, heading, wrong_measure};
use crate::draw::Scene;
use crate::draw::charts::waffle::{self, Part};
use crate::measures::list::{INFESTED_HA, LINKED_AT_RISK_HA, LINKED_HA, SURVEYED_HA};
use crate::project::ChartConfig;
use crate::render::RenderContext;
use crate::render::key;
use crate::run::Result;
use crate::scale::palette::Palette;
use crate::scale::{Fill, Rgb};
use crate::values::{Value, numbers};

/// Draws a square for so many hectares.
pub fn waffle(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let lang = render.lang();
    let measure = if page.chart.measure.is_empty() { LINKED_AT_RISK_HA.id } else { page.chart.measure.as_str() };
    let total = |id: &str| -> Result<f64> { Ok(render.measured(&key(id, None, None), page.week)?.total.number().unwrap_or(0.0)) };
    let bw = render.project.bw;
    let paint = |name: &str| -> Result<Fill> { Ok(Fill::Colour(Palette::named(name)?.strong())) };
    let hit = if bw { Fill::Colour(Rgb(30, 30, 30)) } else { paint("risk")? };
    let spared = if bw { Fill::Colour(Rgb(190, 190, 190)) } else { Fill::Colour(Rgb(150, 190, 170)) };
    let unknown = crate::scale::Scale::default().paint(Value::NotSurveyed);
    let parts = if measure == LINKED_AT_RISK_HA.id {
        let (linked, risk) = (total(LINKED_HA.id)?, total(LINKED_AT_RISK_HA.id)?);
        let surveyed = render.accounts(page.week)?.whole(None).linked_surveyed_ha;
        vec![
            (hit, lang.pick("có nguy cơ", "at risk"), risk),
            (spared, lang.pick("đã điều tra, dưới mức nguy cơ", "surveyed, below that"), (surveyed - risk).max(0.0)),
            (unknown, lang.pick("chưa điều tra", "not surveyed"), (linked - surveyed).max(0.0)),
        ]
    } else if measure == INFESTED_HA.id && SURVEYED_HA.available(render.joined) {
        let (fields, surveyed, infested) = (total("field_area_ha")?, total(SURVEYED_HA.id)?, total(INFESTED_HA.id)?);
        vec![
            (hit, lang.pick("nhiễm", "infested"), infested),
            (spared, lang.pick("đã điều tra, không nhiễm", "surveyed, not infested"), (surveyed - infested).max(0.0)),
            (unknown, lang.pick("chưa điều tra", "not surveyed"), (fields - surveyed).max(0.0)),
        ]
    } else {
        return Err(wrong_measure(&page.chart, &format!("{}, {}", LINKED_AT_RISK_HA.id, INFESTED_HA.id)));
    };
    // Where nobody looked, nothing is known to be hit or spared.
    let nobody = parts[..2].iter().all(|(_, _, hectares)| *hectares <= 0.0);
    let parts = parts.into_iter().skip(if nobody { 2 } else { 0 });
    let parts: Vec<Part> =
        parts.map(|(fill, words, hectares)| Part { fill, label: words.to_owned(), amount: hectares }).collect();
    let own = key(measure, None, None);
    let measured = render.measured(&own, page.week)?;
    let found = render.finding(&own, &measured, page.week, None)?;
    let named = crate::cartography::with_unit(measured.name.get(lang), measured.unit.get(lang));
    let chart = ChartConfig { measure: measure.to_owned(), ..page.chart.clone() };
    let page = ChartPage { chart, ..page.clone() };
    let each = |hectares: f64| {
        let hectares = numbers::format_short(hectares, lang);
        lang.pick("Mỗi ô: ", "Each square: ").to_owned() + &hectares + " ha"
    };
    let write =
        |hectares: f64, share: f64| format!("{} ha ({} %)", numbers::format(hectares, 1, lang), numbers::format(share, 1, lang));
    Ok(framed(render, &page, heading(found, named), "", |frame| waffle::draw(frame, &parts, &each, &write)))
}
