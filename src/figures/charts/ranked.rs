//! Charts with a row per commune, pest or enterprise.

use super::{ChartPage, axis, by_words, framed, heading, pests, wrong_measure};
use crate::draw::Scene;
use crate::draw::charts::bars::{self, Bar, Bars, Stand};
use crate::draw::charts::dots::{self, Move};
use crate::draw::furniture::{GREY, INK};
use crate::figures::maps::nothing_to_compare;
use crate::measures::change::{change, compare};
use crate::measures::enterprises::enterprises;
use crate::measures::list::{LINKED_AT_RISK_HA, LINKED_HA};
use crate::model::{ByPeriod, Measured, When, of_period, pest_number};
use crate::project::{By, Compare};
use crate::render::RenderContext;
use crate::render::key;
use crate::render::remainder::Together;
use crate::run::Result;
use crate::scale::palette::{Palette, qualitative};
use crate::scale::{Fill, Rgb};
use crate::values::{Lang, Quantity, Value, numbers};
use crate::words::headlines::{of_change, of_ranks};
use crate::words::values::some_communes;
use crate::words::{Headline, capital, change_words, lower};

/// A measure by commune, pest or enterprise.
struct Ranked {
    /// Words, value and paint of each row
    rows: Vec<(String, Value, Fill)>,
    /// The measure, with its values as the rows have them
    measured: Measured,
    /// The measure of each row by commune, where a row is a pest
    by_commune: Vec<Measured>,
}

/// A bar's number: attainments to the hundredth, as reports have them (126,67 %), others as on the map.
pub fn written(value: Value, measured: &Measured, lang: Lang) -> String {
    match value {
        Value::Number(0.0) => "0".to_owned(),
        Value::Number(number) if measured.id.contains("_attainment_pct") => numbers::format(number, 2, lang),
        Value::Number(number) => numbers::format(number, measured.decimals(), lang),
        other => other.words(lang).to_owned(),
    }
}

fn ranked(render: &RenderContext, page: &ChartPage, periods: &ByPeriod, when: When) -> Result<Option<Ranked>> {
    let chart = &page.chart;
    let lang = render.lang();
    let accounts = match when {
        When::Current => render.accounts(page.week)?,
        other => match of_period(periods, other) {
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
            // Lengths tell how much; a second telling by colour would only ask for a legend. Results beside plans have two sides.
            let one =
                (chart.scale.is_none() && !measured.id.contains("_attainment_pct") && !measured.signed && !render.project.bw)
                    .then(|| Palette::named(&scale.palette).map(|palette| Fill::Colour(palette.strong())))
                    .transpose()?;
            let rows = render.joined.communes.names.iter().zip(&measured.values).map(|(name, value)| {
                let by_class = || value.number().map_or(Fill::Colour(Rgb::GREY), |number| scale.fill(number));
                (name.clone(), *value, one.unwrap_or_else(by_class))
            });
            Ranked { rows: rows.collect(), measured, by_commune: Vec::new() }
        }
        By::Pest => {
            let mut measured = measure(None)?;
            let fills = qualitative(pests(render).len(), render.project.bw);
            let (mut rows, mut by_commune) = (Vec::new(), Vec::new());
            for (pest, fill) in pests(render).iter().zip(fills) {
                let own = measure(Some(pest))?;
                rows.push((capital(pest), own.total, fill));
                by_commune.push(own);
            }
            measured.values = rows.iter().map(|(_, value, _)| *value).collect();
            Ranked { rows, measured, by_commune }
        }
        By::Enterprise => {
            let at_risk = chart.measure == LINKED_AT_RISK_HA.id;
            if !at_risk && chart.measure != LINKED_HA.id {
                return Err(wrong_measure(chart, "linked_ha, linked_at_risk_ha"));
            }
            let mut measured = measure(chart.pest.as_ref())?;
            let pest = chart.pest.as_deref().map(|pest| pest_number(render.joined, pest)).transpose()?;
            let fill = qualitative(1, render.project.bw)[0];
            let unnamed = lang.pick("(không ghi)", "(not stated)");
            let rows: Vec<(String, Value, Fill)> = enterprises(render.joined, accounts, pest)
                .into_iter()
                .map(|e| {
                    let name = if e.name.is_empty() { unnamed.to_owned() } else { e.name };
                    let risk = if e.surveyed_ha > 0.0 { Value::Number(e.at_risk_ha) } else { Value::NotSurveyed };
                    (name, if at_risk { risk } else { Value::Number(e.contracted_ha) }, fill)
                })
                .collect();
            measured.values = rows.iter().map(|(_, value, _)| *value).collect();
            Ranked { rows, measured, by_commune: Vec::new() }
        }
    }))
}

pub(super) const NOT_ADDED: (&str, &str) = (
    "Một thửa có thể bị nhiều loại sâu bệnh: không cộng các cột với nhau.",
    "A field may have several pests: bars do not add up.",
);

/// Ranked bars.
pub fn bars(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let lang = render.lang();
    let Some(Ranked { rows, measured, .. }) = ranked(render, page, render.periods, When::Current)? else {
        return Err(nothing_to_compare(When::Current));
    };
    let by = page.chart.by();
    // As on the list beside a map: hectares of communes, the period before as a tick, what they are a part of as a ground.
    let own = key(&page.chart.measure, page.chart.pest.as_ref(), None);
    let plain = by == By::Commune && page.week.is_none() && measured.quantity == Quantity::Extensive && !measured.signed;
    let before = if plain { render.compared(&own, When::Previous)? } else { None };
    let whole = if plain { render.whole_of(&own, None) } else { None };
    let of = |other: &Option<Measured>, row: usize| other.as_ref().and_then(|other| other.values.get(row)?.number());
    let mut list: Vec<Bar> = rows
        .into_iter()
        .enumerate()
        .map(|(row, (label, value, fill))| {
            let then = value.number().and(of(&before, row));
            let mut words = written(value, &measured, lang);
            if let Some((part, whole)) = value.number().zip(of(&whole, row)).filter(|(_, whole)| *whole > 0.0) {
                words.push_str(&format!(" · {}\u{a0}%", numbers::format(numbers::percent(part, whole), 0, lang)));
            }
            if let Some((now, then)) = value.number().zip(then) {
                let change = numbers::format_change(now - then, measured.decimals(), lang);
                let change = if numbers::is_nothing(&change) { "0" } else { &change };
                words.push_str(&format!(" ({change})"));
            }
            Bar { label, parts: vec![(value.number(), fill)], words: vec![words], before: then, whole: of(&whole, row) }
        })
        .collect();
    // Sort is stable: equal bars keep the order of their codes or names.
    let length = |bar: &Bar| bar.parts[0].0.unwrap_or(f64::NEG_INFINITY);
    list.sort_by(|a, b| length(b).total_cmp(&length(a)));
    let mut keys: Vec<(Fill, String)> = Vec::new();
    if let (Some(whole), Some(first)) = (&whole, list.first()) {
        keys.push((first.parts[0].1, lower(measured.name.get(lang))));
        keys.push((Fill::Colour(bars::GROUND), lower(whole.name.get(lang))));
    }
    if before.is_some() {
        keys.push((Fill::Colour(INK), format!("{}: {}", lang.pick("vạch đứng", "upright mark"), When::Previous.title(lang))));
    }
    let title = format!("{} {}", measured.name.get(lang), by_words(by, lang));
    let note = if by == By::Pest { lang.pick(NOT_ADDED.0, NOT_ADDED.1) } else { "" };
    // Decreases, and results behind their plan, are what a reader must not miss.
    let attainment = measured.id.contains("_attainment_pct");
    let tail = |bar: &Bar| bar.parts[0].0.is_some_and(|number| number < if attainment { 100.0 } else { 0.0 });
    let others = together(&measured, by, lang);
    let others = |hidden: &[Bar]| others.bar(hidden, false);
    let axis = axis(&measured, lang);
    let found = match by {
        By::Commune | By::Programme => {
            render.finding(&key(&page.chart.measure, page.chart.pest.as_ref(), None), &measured, page.week, None)?
        }
        By::Pest | By::Enterprise => {
            let whole = measured.total.number().filter(|_| by == By::Enterprise);
            let ranks: Vec<(&str, Option<f64>)> = list.iter().map(|bar| (bar.label.as_str(), bar.parts[0].0)).collect();
            of_ranks(&measured, &ranks, whole, lang)
        }
    };
    let bars = Bars { axis: &axis, keys: &keys, stand: Stand::Beside, tail: &tail, others: &others };
    framed(render, page, heading(found, format!("{title} ({})", measured.unit.get(lang))), note, |frame| {
        bars::draw(frame, &bars, &list)
    })
}

/// How the rows of a measure are put together: pests of one field are not added.
pub fn together(measured: &Measured, by: By, lang: Lang) -> Together {
    let adds = measured.quantity == Quantity::Extensive && by != By::Pest;
    let decimals = if measured.id.contains("_attainment_pct") { 2 } else { measured.decimals() };
    Together { by, adds, decimals, lang }
}

/// From the other period to this one.
pub fn dots(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let lang = render.lang();
    let when = match page.chart.compare().unwrap_or_default() {
        Compare::Previous => When::Previous,
        Compare::LastYear => When::LastYear,
    };
    if !crate::measures::find(&page.chart.measure).is_some_and(|measure| measure.needs.forecasts) {
        return Err(nothing_to_compare(when));
    }
    let periods = render.around(page.week);
    let of = |when: When| ranked(render, page, &periods, when);
    let (Some(now), Some(then)) = (of(When::Current)?, of(when)?) else {
        return Err(nothing_to_compare(when));
    };
    let colours = Palette::named("change")?.colours(3, 3);
    let (less, more) = if render.project.bw { (Rgb(150, 150, 150), Rgb(40, 40, 40)) } else { (colours[1], colours[4]) };
    let decimals = now.measured.decimals();
    let mut moves: Vec<(f64, Move)> = now
        .rows
        .iter()
        .enumerate()
        .map(|(row, (label, value, _))| {
            let mut value = *value;
            let mut before = then.rows.iter().find(|(other, ..)| other == label).map_or(Value::NoData, |(_, value, _)| *value);
            // Totals of two periods are of the same communes, or there is no change: a rate has no sum over some of them.
            let compared = now.by_commune.get(row).zip(then.by_commune.get(row)).map(|(own, other)| compare(own, other));
            let partial = compared.and_then(|compared| Some((compared, some_communes(&compared, lang)?)));
            let summed = partial.as_ref().is_none_or(|(compared, _)| compared.now.number().is_some());
            if let Some((compared, _)) = partial.as_ref().filter(|_| summed) {
                (value, before) = (compared.now, compared.then);
            }
            let (a, b) = (value.number(), before.number());
            let gain = a.zip(b).filter(|_| summed).map(|(a, b)| a - b);
            let over = partial.map_or_else(String::new, |(_, communes)| communes);
            let words = match (a, b, gain) {
                (Some(_), Some(b), Some(gain)) => [change_words(gain, b, decimals, lang), over]
                    .into_iter()
                    .filter(|words| !words.is_empty())
                    .collect::<Vec<_>>()
                    .join("; "),
                (Some(_), Some(_), None) => over,
                (None, ..) => format!("{}: {}", When::Current.title(lang), value.words(lang)),
                _ => format!("{}: {}", when.title(lang), before.words(lang)),
            };
            let fill = Fill::Colour(match gain.unwrap_or(0.0) {
                gain if gain < 0.0 => less,
                gain if gain > 0.0 => more,
                _ => GREY,
            });
            (gain.unwrap_or(f64::NEG_INFINITY), Move { label: label.clone(), then: b, now: a, interval: None, fill, words })
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
    let found = match page.chart.by() {
        By::Commune => {
            let change = change(&now.measured, &then.measured, when, false);
            of_change(
                &change,
                [&now.measured, &then.measured],
                &render.joined.communes.names,
                render.since_in(page.week, when),
                lang,
            )
        }
        _ => Headline::plain(title.as_str()),
    };
    framed(render, page, heading(found, title), "", |frame| {
        dots::draw(frame, &axis, [&names[0], &names[1], ""], &moves, &|hidden| others.moved(hidden))
    })
}
