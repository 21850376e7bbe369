//! Charts with several bars a commune: side by side, or divided.

use super::ranked::{NOT_ADDED, together, written};
use super::{ChartPage, axis, by_words, framed, heading, pests, wrong_measure};
use crate::draw::Scene;
use crate::draw::charts::bars::{self, Bar, Bars, Stand};
use crate::measures::list::INFESTED_HA;
use crate::message;
use crate::model::Measured;
use crate::project::{By, ScaleConfig};
use crate::render::RenderContext;
use crate::render::key;
use crate::render::remainder::Together;
use crate::run::{Fault, Place, Result};
use crate::scale::palette::qualitative;
use crate::scale::{Fill, Rgb, Scale};
use crate::values::{Lang, Quantity, Value, severity};
use crate::words::headlines::{coverage, of_ranks, of_severities, said};
use crate::words::{Headline, capital, lower};

/// Several measures side by side in every commune.
pub fn grouped(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let (measures, fills) = several(render, page)?;
    let lang = render.lang();
    let list: Vec<Bar> = order(&measures)
        .into_iter()
        .map(|commune| Bar {
            label: render.joined.communes.names[commune].clone(),
            parts: measures.iter().zip(&fills).map(|(m, fill)| (m.values[commune].number(), *fill)).collect(),
            words: measures.iter().map(|m| written(m.values[commune], m, lang)).collect(),
            ..Bar::default()
        })
        .collect();
    divided_or_beside(render, page, &measures, &fills, Stand::Beside, &list)
}

/// Communes, the largest sum first.
fn order(measures: &[Measured]) -> Vec<usize> {
    let sum = |commune: usize| measures.iter().filter_map(|m| m.values[commune].number()).sum::<f64>();
    let mut order: Vec<usize> = (0..measures.first().map_or(0, |m| m.values.len())).collect();
    order.sort_by(|a, b| sum(*b).total_cmp(&sum(*a)).then(a.cmp(b)));
    order
}

fn several(render: &RenderContext, page: &ChartPage) -> Result<(Vec<Measured>, Vec<Fill>)> {
    let chart = &page.chart;
    if chart.measures().is_empty() {
        return Err(Fault::new(
            "no-measures",
            Place { column: "measures".to_owned(), ..Place::default() },
            message!("biểu đồ loại này cần measures = [\"…\", \"…\"]", "this kind of chart needs measures = [\"…\", \"…\"]"),
        ));
    }
    let measures: Vec<Measured> = chart
        .measures()
        .iter()
        .map(|id| render.measured(&key(id, chart.pest.as_ref(), None), page.week))
        .collect::<Result<_>>()?;
    // One axis has one unit: 16 % is not 16 mm.
    let first = &measures[0];
    if let Some(other) = measures.iter().find(|other| other.unit != first.unit) {
        let lang = render.lang();
        let words = |m: &Measured| if m.unit.get(lang).is_empty() { "–".to_owned() } else { m.unit.get(lang).to_owned() };
        let ((a, b), (ids, idb)) = ((words(first), words(other)), (&first.id, &other.id));
        return Err(Fault::new(
            "mixed-units",
            Place { column: "measures".to_owned(), value: idb.clone(), ..Place::default() },
            message!(
                "\"{ids}\" tính bằng {a}, \"{idb}\" bằng {b}: hai đơn vị không chung một trục",
                "\"{ids}\" is in {a}, \"{idb}\" in {b}: two units have no common axis"
            ),
        )
        .hint(message!("vẽ mỗi đơn vị một biểu đồ", "draw a chart for each unit")));
    }
    let fills = qualitative(measures.len(), render.project.bw);
    Ok((measures, fills))
}

fn divided_or_beside(
    render: &RenderContext,
    page: &ChartPage,
    measures: &[Measured],
    fills: &[Fill],
    stand: Stand,
    list: &[Bar],
) -> Result<Scene> {
    let lang = render.lang();
    let keys: Vec<(Fill, String)> = measures.iter().zip(fills).map(|(m, fill)| (*fill, m.name.get(lang).to_owned())).collect();
    let names: Vec<&str> = measures.iter().map(|m| m.name.get(lang)).collect();
    let unit = measures.first().map_or("", |m| m.unit.get(lang));
    let title = format!("{} {}", names.join(", "), by_words(By::Commune, lang));
    let adds = measures.iter().all(|m| m.quantity == Quantity::Extensive);
    let decimals = measures.iter().map(Measured::decimals).max().unwrap_or(0);
    let others = Together { by: By::Commune, adds, decimals, lang };
    let others = |hidden: &[Bar]| others.bar(hidden, stand == Stand::Divided);
    let tail = |bar: &Bar| bar.parts.iter().filter_map(|(value, _)| *value).sum::<f64>() < 0.0;
    let bars = Bars { axis: unit, keys: &keys, stand, tail: &tail, others: &others };
    let total = |m: &Measured| m.total.number().map(|total| said(m, total, lang) + &coverage(&m.values, lang));
    let totals: Vec<String> = measures.iter().filter_map(total).collect();
    let found = if totals.is_empty() { Headline::plain(title.as_str()) } else { Headline::plain(capital(&totals.join("; "))) };
    framed(render, page, heading(found, title), "", |frame| bars::draw(frame, &bars, list))
}

/// Bars divided by severity, or by several indicators that add up.
pub fn stacked(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let lang = render.lang();
    if !page.chart.measures().is_empty() {
        let (measures, fills) = several(render, page)?;
        let sinks = |m: &&Measured| m.quantity != Quantity::Extensive || m.numbers().iter().any(|number| *number < 0.0);
        if let Some(wrong) = measures.iter().find(sinks) {
            let id = &wrong.id;
            return Err(Fault::new(
                "not-additive",
                Place { value: id.clone(), ..Place::default() },
                message!(
                    "\"{id}\" có giá trị âm, hoặc là tỷ lệ hay trung bình: không chồng lên nhau được",
                    "\"{id}\" has negative values, or is a rate or a mean, and cannot be stacked"
                ),
            )
            .hint(message!("dùng kind = \"grouped\"", "use kind = \"grouped\"")));
        }
        let list: Vec<Bar> = order(&measures)
            .into_iter()
            .map(|commune| {
                let parts: Vec<(Option<f64>, Fill)> =
                    measures.iter().zip(&fills).map(|(m, fill)| (m.values[commune].number(), *fill)).collect();
                let known: Vec<f64> = parts.iter().filter_map(|(value, _)| *value).collect();
                let total = if known.is_empty() { Value::NoData } else { Value::Number(known.iter().sum()) };
                // A sum of which a part is not known is the least that it can be.
                let least = if !known.is_empty() && known.len() < parts.len() { "≥ " } else { "" };
                Bar {
                    label: render.joined.communes.names[commune].clone(),
                    parts,
                    words: vec![format!("{least}{}", written(total, &measures[0], lang))],
                    ..Bar::default()
                }
            })
            .collect();
        return divided_or_beside(render, page, &measures, &fills, Stand::Divided, &list);
    }
    let measure = &INFESTED_HA;
    if page.chart.measure != measure.id {
        return Err(wrong_measure(&page.chart, measure.id));
    }
    let whole = render.measured(&key(measure.id, page.chart.pest.as_ref(), None), page.week)?;
    let accounts = render.accounts(page.week)?;
    let fills = severity_fills(render)?;
    let levels: Vec<u8> = severity::infested_levels().collect();
    let rows: Vec<(String, crate::model::accounts::Account, Value)> = match (page.chart.by(), &page.chart.pest) {
        (By::Pest, _) => pests(render)
            .iter()
            .enumerate()
            .map(|(i, pest)| {
                let account = accounts.whole(Some(i));
                let value = account.infested(None);
                (capital(pest), account, value)
            })
            .collect(),
        (_, pest) => {
            let list = match pest {
                Some(pest) => &accounts.pests[crate::model::pest_number(render.joined, pest)?],
                None => &accounts.communes,
            };
            render.joined.communes.names.iter().zip(list).zip(&whole.values).map(|((n, a), v)| (n.clone(), *a, *v)).collect()
        }
    };
    let mut rows = rows;
    rows.sort_by(|a, b| b.2.number().unwrap_or(f64::NEG_INFINITY).total_cmp(&a.2.number().unwrap_or(f64::NEG_INFINITY)));
    // Only levels that have a bar are named.
    let present = |level: &u8| {
        rows.iter().any(|(_, account, value)| value.number().is_some() && account.level_ha[usize::from(*level)] > 0.0)
    };
    // What a report gives without a class is infested all the same.
    let unclassed = rows.iter().any(|(_, account, value)| value.number().is_some() && account.unclassed_ha > 0.0);
    let keys: Vec<(Fill, String)> = levels
        .iter()
        .zip(&fills)
        .filter(|(level, _)| present(level))
        .map(|(level, fill)| (*fill, capital(severity::name(*level, lang))))
        .chain(unclassed.then(|| (UNCLASSED, without_class(lang).to_owned())))
        .collect();
    let list: Vec<Bar> = rows
        .into_iter()
        .map(|(label, account, value)| Bar {
            label,
            parts: levels
                .iter()
                .zip(&fills)
                .map(|(level, fill)| (account.level_ha[usize::from(*level)], *fill))
                .chain(unclassed.then_some((account.unclassed_ha, UNCLASSED)))
                .map(|(hectares, fill)| (value.number().map(|_| hectares), fill))
                .collect(),
            words: vec![written(value, &whole, lang)],
            ..Bar::default()
        })
        .collect();
    let by = if page.chart.by() == By::Pest { By::Pest } else { By::Commune };
    let title = format!("{} {} {}", whole.name.get(lang), by_words(by, lang), lang.pick("và mức độ nhiễm", "and severity"));
    let note = if by == By::Pest { lang.pick(NOT_ADDED.0, NOT_ADDED.1) } else { "" };
    let others = together(&whole, by, lang);
    let others = |hidden: &[Bar]| others.bar(hidden, true);
    let axis = axis(&whole, lang);
    let found = match (whole.total.number(), by) {
        (Some(total), By::Commune) => {
            let pest = page.chart.pest.as_ref().map(|pest| crate::model::pest_number(render.joined, pest)).transpose()?;
            let account = accounts.whole(pest);
            let hectares = |level: &u8| (severity::name(*level, lang).to_owned(), account.level_ha[usize::from(*level)]);
            let mut parts: Vec<(String, f64)> = levels.iter().map(hectares).collect();
            parts.push((lower(without_class(lang)), account.unclassed_ha));
            of_severities(&whole, total, &parts, lang)
        }
        _ => {
            let sum = |bar: &Bar| bar.parts.iter().filter_map(|(value, _)| *value).reduce(|a, b| a + b);
            let ranks: Vec<(&str, Option<f64>)> = list.iter().map(|bar| (bar.label.as_str(), sum(bar))).collect();
            of_ranks(&whole, &ranks, None, lang)
        }
    };
    let bars = Bars { axis: &axis, keys: &keys, stand: Stand::Divided, tail: &|_| false, others: &others };
    framed(render, page, heading(found, title), note, |frame| bars::draw(frame, &bars, &list))
}

/// Infested land that a report gives without a class.
pub const UNCLASSED: Fill = Fill::Colour(Rgb(176, 180, 184));

/// What it is called.
pub fn without_class(lang: Lang) -> &'static str {
    lang.pick("Chưa phân mức", "Without a class")
}

/// Paints of severities light to total loss, those of the map of fields.
pub fn severity_fills(render: &RenderContext) -> Result<Vec<Fill>> {
    let own = render.project.scales.get("field_severity").cloned().unwrap_or_default();
    let breaks = own.breaks.clone().unwrap_or_else(|| (1..=severity::HIGHEST).map(f64::from).collect());
    let scale = Scale::new(
        "field_severity",
        Some(&ScaleConfig { breaks: Some(breaks), zero_apart: Some(false), ..own }),
        &[],
        render.style(),
    )?;
    Ok(severity::infested_levels().map(|level| scale.fill(f64::from(level))).collect())
}
