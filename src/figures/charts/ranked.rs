//! Charts with a row per commune, pest or enterprise.

use super::others::Together;
use super::{ChartPage, axis, by_words, framed, pests, wrong_measure};
use crate::draw::Scene;
use crate::draw::charts::bars::{self, Bar, Bars, Stand};
use crate::draw::charts::dots::{self, Move};
use crate::figures::key;
use crate::figures::maps::nothing_to_compare;
use crate::figures::render::RenderContext;
use crate::measures::enterprises::enterprises;
use crate::measures::list::{INFESTED_HA, LINKED_AT_RISK_HA, LINKED_HA};
use crate::message;
use crate::model::{Measured, When, of_period};
use crate::project::{By, Compare, ScaleConfig};
use crate::run::{Fault, Place, Result};
use crate::scale::palette::{Palette, qualitative};
use crate::scale::{Fill, Rgb, Scale};
use crate::values::{Lang, Quantity, Value, numbers, severity};
use crate::words::{capital, change_words};

/// A measure by commune, pest or enterprise.
struct Ranked {
    /// Words, value and paint of each row
    rows: Vec<(String, Value, Fill)>,
    /// The measure, with its values as the rows have them
    measured: Measured,
}

/// A bar's number: attainments to the hundredth, as reports have them (126,67 %), others as on the map.
fn written(value: Value, measured: &Measured, lang: Lang) -> String {
    match value {
        Value::Number(0.0) => "0".to_owned(),
        Value::Number(number) if measured.id.contains("_attainment_pct") => numbers::format(number, 2, lang),
        Value::Number(number) => numbers::format(number, measured.decimals(), lang),
        other => other.words(lang).to_owned(),
    }
}

fn ranked(render: &RenderContext, page: &ChartPage, when: When) -> Result<Option<Ranked>> {
    let chart = &page.chart;
    let lang = render.lang();
    let accounts = match when {
        When::Current => render.accounts(page.week)?,
        other => match of_period(render.periods, other) {
            Some(accounts) => accounts,
            None => return Ok(None),
        },
    };
    let measure =
        |pest: Option<&String>| crate::measures::catalogue::measure(render.joined, accounts, &key(&chart.measure, pest, None));
    Ok(Some(match chart.by() {
        By::Commune | By::Programme => {
            let measured = measure(chart.pest.as_ref())?;
            let own = key(&chart.measure, chart.pest.as_ref(), None);
            let scale = render.scale(chart.scale.as_deref(), None, &own, &measured)?;
            let rows = render.joined.communes.names.iter().zip(&measured.values).map(|(name, value)| {
                (name.clone(), *value, value.number().map_or(Fill::Colour(Rgb::GREY), |number| scale.fill(number)))
            });
            Ranked { rows: rows.collect(), measured }
        }
        By::Pest => {
            let mut measured = measure(None)?;
            let fills = qualitative(pests(render).len(), render.project.bw);
            let mut rows = Vec::new();
            for (pest, fill) in pests(render).iter().zip(fills) {
                rows.push((capital(pest), measure(Some(pest))?.total, fill));
            }
            measured.values = rows.iter().map(|(_, value, _)| *value).collect();
            Ranked { rows, measured }
        }
        By::Enterprise => {
            let at_risk = chart.measure == LINKED_AT_RISK_HA.id;
            if !at_risk && chart.measure != LINKED_HA.id {
                return Err(wrong_measure(chart, "linked_ha, linked_at_risk_ha"));
            }
            let mut measured = measure(None)?;
            let fill = qualitative(1, render.project.bw)[0];
            let unnamed = lang.pick("(không ghi)", "(not stated)");
            let rows: Vec<(String, Value, Fill)> = enterprises(render.joined, accounts)
                .into_iter()
                .map(|e| {
                    let name = if e.name.is_empty() { unnamed.to_owned() } else { e.name };
                    let risk = if e.surveyed_ha > 0.0 { Value::Number(e.at_risk_ha) } else { Value::NotSurveyed };
                    (name, if at_risk { risk } else { Value::Number(e.contracted_ha) }, fill)
                })
                .collect();
            measured.values = rows.iter().map(|(_, value, _)| *value).collect();
            Ranked { rows, measured }
        }
    }))
}

const NOT_ADDED: (&str, &str) = (
    "Một thửa có thể bị nhiều loại sâu bệnh: không cộng các cột với nhau.",
    "A field may have several pests: bars do not add up.",
);

/// Ranked bars.
pub fn bars(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let lang = render.lang();
    let Some(Ranked { mut rows, measured }) = ranked(render, page, When::Current)? else {
        return Err(nothing_to_compare(When::Current));
    };
    // Sort is stable: equal bars keep the order of their codes or names.
    rows.sort_by(|a, b| b.1.number().unwrap_or(f64::NEG_INFINITY).total_cmp(&a.1.number().unwrap_or(f64::NEG_INFINITY)));
    let list: Vec<Bar> = rows
        .into_iter()
        .map(|(label, value, fill)| Bar {
            label,
            parts: vec![(value.number(), fill)],
            words: vec![written(value, &measured, lang)],
        })
        .collect();
    let by = page.chart.by();
    let title = format!("{} {}", measured.name.get(lang), by_words(by, lang));
    let note = if by == By::Pest { lang.pick(NOT_ADDED.0, NOT_ADDED.1) } else { "" };
    // Decreases, and results behind their plan, are what a reader must not miss.
    let attainment = measured.id.contains("_attainment_pct");
    let tail = |bar: &Bar| bar.parts[0].0.is_some_and(|number| number < if attainment { 100.0 } else { 0.0 });
    let others = together(&measured, by, lang);
    let others = |hidden: &[Bar]| others.bar(hidden, false);
    let axis = axis(&measured, lang);
    let bars = Bars { axis: &axis, keys: &[], stand: Stand::Beside, tail: &tail, others: &others };
    framed(render, page, &title, note, |frame| bars::draw(frame, &bars, &list))
}

/// How the rows of a measure are put together: pests of one field are not added.
fn together(measured: &Measured, by: By, lang: Lang) -> Together {
    let adds = measured.quantity == Quantity::Extensive && by != By::Pest;
    let decimals = if measured.id.contains("_attainment_pct") { 2 } else { measured.decimals() };
    Together { by, adds, decimals, lang }
}

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
    framed(render, page, &title, "", |frame| bars::draw(frame, &bars, list))
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
                Bar {
                    label: render.joined.communes.names[commune].clone(),
                    parts,
                    words: vec![written(total, &measures[0], lang)],
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
    let keys: Vec<(Fill, String)> = levels
        .iter()
        .zip(&fills)
        .filter(|(level, _)| present(level))
        .map(|(level, fill)| (*fill, capital(severity::name(*level, lang))))
        .collect();
    let list: Vec<Bar> = rows
        .into_iter()
        .map(|(label, account, value)| Bar {
            label,
            parts: levels
                .iter()
                .zip(&fills)
                .map(|(level, fill)| (value.number().map(|_| account.level_ha[usize::from(*level)]), *fill))
                .collect(),
            words: vec![written(value, &whole, lang)],
        })
        .collect();
    let by = if page.chart.by() == By::Pest { By::Pest } else { By::Commune };
    let title = format!("{} {} {}", whole.name.get(lang), by_words(by, lang), lang.pick("và mức độ nhiễm", "and severity"));
    let note = if by == By::Pest { lang.pick(NOT_ADDED.0, NOT_ADDED.1) } else { "" };
    let others = together(&whole, by, lang);
    let others = |hidden: &[Bar]| others.bar(hidden, true);
    let axis = axis(&whole, lang);
    let bars = Bars { axis: &axis, keys: &keys, stand: Stand::Divided, tail: &|_| false, others: &others };
    framed(render, page, &title, note, |frame| bars::draw(frame, &bars, &list))
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

/// From the other period to this one.
pub fn dots(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let lang = render.lang();
    let when = match page.chart.compare().unwrap_or_default() {
        Compare::Previous => When::Previous,
        Compare::LastYear => When::LastYear,
    };
    let (Some(now), Some(then)) = (ranked(render, page, When::Current)?, ranked(render, page, when)?) else {
        return Err(nothing_to_compare(when));
    };
    let colours = Palette::named("change")?.colours(3, 3);
    let (less, more) = if render.project.bw { (Rgb(150, 150, 150), Rgb(40, 40, 40)) } else { (colours[1], colours[4]) };
    let decimals = now.measured.decimals();
    let mut moves: Vec<(f64, Move)> = now
        .rows
        .iter()
        .map(|(label, value, _)| {
            let before = then.rows.iter().find(|(other, ..)| other == label).map_or(Value::NoData, |(_, value, _)| *value);
            let (a, b) = (value.number(), before.number());
            let gain = a.zip(b).map(|(a, b)| a - b);
            let words = match (a, b, gain) {
                (Some(_), Some(b), Some(gain)) => change_words(gain, b, decimals, lang),
                (None, ..) => format!("{}: {}", When::Current.title(lang), value.words(lang)),
                _ => format!("{}: {}", when.title(lang), before.words(lang)),
            };
            let fill = Fill::Colour(if gain.unwrap_or(0.0) < 0.0 { less } else { more });
            (gain.unwrap_or(f64::NEG_INFINITY), Move { label: label.clone(), then: b, now: a, fill, words })
        })
        .collect();
    moves.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.label.cmp(&b.1.label)));
    let moves: Vec<Move> = moves.into_iter().map(|(_, row)| row).collect();
    let title = format!(
        "{} {}: {}",
        now.measured.name.get(lang),
        by_words(page.chart.by(), lang),
        match (when, lang) {
            (When::LastYear, Lang::Vi) => "so cùng kỳ năm trước",
            (When::LastYear, Lang::En) => "against the same period last year",
            (_, Lang::Vi) => "so kỳ trước",
            (_, Lang::En) => "against the previous period",
        }
    );
    let names = [capital(when.title(lang)), capital(When::Current.title(lang))];
    let others = together(&now.measured, page.chart.by(), lang);
    let axis = axis(&now.measured, lang);
    framed(render, page, &title, "", |frame| {
        dots::draw(frame, &axis, [&names[0], &names[1]], &moves, &|hidden| others.moved(hidden))
    })
}
