//! Key figures and the communes that matter most, in cards and in a table.

use super::{ChartPage, framed, heading};
use crate::draw::Scene;
use crate::draw::charts::cards::{self, Card};
use crate::draw::charts::table::{self, Table};
use crate::measures::change::compare;
use crate::measures::find;
use crate::measures::list::{
    INFESTED_HA, LINKED_AT_RISK_HA, LINKED_AT_RISK_HIGH_HA, LINKED_AT_RISK_SHARE_PCT, LINKED_HA, MEAN_SEVERITY,
};
use crate::model::{Measured, When};
use crate::render::RenderContext;
use crate::render::key;
use crate::run::Result;
use crate::values::text::capital;
use crate::values::{Lang, Quantity, Unit, Value, numbers};
use crate::words::headlines::short;
use crate::words::values::some_communes;
use crate::words::{Headline, lower};

/// Measures of the core question, the first of which leads.
const LEADING: [crate::measures::Measure; 6] =
    [&LINKED_AT_RISK_HA, &LINKED_AT_RISK_HIGH_HA, &LINKED_AT_RISK_SHARE_PCT, &INFESTED_HA, &LINKED_HA, &MEAN_SEVERITY];

/// What leads of a register of outbreaks.
const OF_REGISTERS: [&str; 4] = ["active", "outbreaks", "sick", "destroyed"];

/// What a project has of the core question; its indicators where it has none of it.
pub fn leading(render: &RenderContext, most: usize) -> Vec<String> {
    let joined = render.joined;
    let mut ids: Vec<String> =
        LEADING.into_iter().filter(|measure| measure.available(joined)).map(|measure| measure.id.to_owned()).collect();
    let sums = joined.indicators.list.iter().filter(|found| found.total.number().is_some());
    let mut sums: Vec<&str> = sums.map(|found| found.id.as_str()).collect();
    // Of animal disease what is going on comes first.
    let of_register = |id: &str| {
        let what = joined.registers.iter().find_map(|table| id.strip_prefix(table.id.as_str())?.strip_prefix('.'));
        what.and_then(|what| OF_REGISTERS.iter().position(|known| *known == what)).unwrap_or(OF_REGISTERS.len())
    };
    sums.sort_by_key(|id| of_register(id));
    ids.extend(sums.into_iter().map(str::to_owned));
    ids.truncate(most);
    ids
}

fn wanted(render: &RenderContext, page: &ChartPage, most: usize) -> Result<Vec<Measured>> {
    let own = page.chart.measures();
    let ids = if own.is_empty() { leading(render, most) } else { own.to_vec() };
    ids.iter().map(|id| render.measured(&key(id, page.chart.pest.as_ref(), None), page.week)).collect()
}

/// A card for each measure: now, in the period before, a year ago.
pub fn figures(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let cards = cards_of(render, page)?;
    let lang = render.lang();
    // On a composed page the cards speak for themselves.
    let cell = page.chart.page.as_ref().is_some_and(|page| page.part.is_some());
    let found = if cell { Headline::default() } else { Headline::plain(lang.pick("Số liệu chính", "Key figures")) };
    Ok(framed(render, page, heading(found, ""), "", |frame| cards::draw(frame, &cards)))
}

/// The cards of a picture of key figures.
pub fn cards_of(render: &RenderContext, page: &ChartPage) -> Result<Vec<Card>> {
    wanted(render, page, 4)?.iter().map(|measured| card(render, page, measured)).collect()
}

fn card(render: &RenderContext, page: &ChartPage, now: &Measured) -> Result<Card> {
    let lang = render.lang();
    let id = now.id.split([':', '@']).next().unwrap_or_default();
    let own = key(id, page.chart.pest.as_ref(), None);
    let write = |number: f64| format!("{} {}", short(number, now, lang), now.unit.short(lang)).trim_end().to_owned();
    let mut lines = Vec::new();
    // Rates have no total, and are known all the same.
    let median = now.median().filter(|_| now.quantity != Quantity::Extensive);
    let number = match (now.total, median) {
        (Value::Number(total), _) => write(total),
        (_, Some(median)) => {
            lines.push(lang.pick("trung vị các xã", "median of communes").to_owned());
            write(median)
        }
        (other, None) => other.words(lang).to_owned(),
    };
    for (when, words) in
        [(When::Previous, lang.pick("kỳ trước", "period before")), (When::LastYear, lang.pick("năm trước", "last year"))]
    {
        let Some(then) = (if page.week.is_none() { render.compared(&own, when)? } else { None }) else { continue };
        let Some(total) = then.total.number() else { continue };
        let compared = compare(now, &then);
        let change = compared.change().number().map_or(String::new(), |gain| {
            let points = matches!(now.unit, Unit::PerCent | Unit::PerCentOf(_));
            let unit = if points { lang.pick(" điểm", " points") } else { "" };
            format!(" ({}{unit})", numbers::format_change(gain, now.decimals(), lang))
        });
        lines.push(format!("{words} {}{change}", short(total, now, lang)));
        // On a line of its own, where it is never cut.
        lines.extend(some_communes(&compared, lang).map(|some| format!("{} {some}", lang.pick("chỉ so", "compared over"))));
    }
    let known = now.values.iter().filter(|value| value.number().is_some()).count();
    let scope = now.values.iter().filter(|value| **value != Value::OutOfScope).count();
    if known < scope {
        lines.push(format!("{known}/{scope} {}", lang.pick("xã có số liệu", "communes with data")));
    }
    // A share says of what it is one.
    let said = find(id).filter(|measure| measure.unit != Unit::Hectares).and_then(|measure| measure.said);
    let name = said.map_or_else(|| now.name.get(lang).to_owned(), |[vi, en]| lang.pick(vi, en).to_owned());
    Ok(Card { number, name, lines })
}

/// Communes by the first measure, with the period before and the other measures.
pub fn worst(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let (found, table) = table_of(render, page)?;
    Ok(framed(render, page, heading(Headline::plain(found), ""), "", |frame| table::draw(frame, &table)))
}

/// The title and the rows of such a table.
pub fn table_of(render: &RenderContext, page: &ChartPage) -> Result<(String, Table)> {
    let lang = render.lang();
    let measures = wanted(render, page, 4)?;
    let names = &render.joined.communes.names;
    let Some(first) = measures.first() else {
        return Ok((lang.pick("Bảng số liệu", "Table").to_owned(), Table::default()));
    };
    let own = key(first.id.split([':', '@']).next().unwrap_or_default(), page.chart.pest.as_ref(), None);
    let before = if page.week.is_none() { render.compared(&own, When::Previous)? } else { None };
    let with_unit = |measured: &Measured| crate::cartography::with_unit(measured.name.get(lang), measured.unit.short(lang));
    let mut heads = vec![lang.pick("Xã", "Commune").to_owned(), with_unit(first)];
    if before.is_some() {
        heads.push(capital(When::Previous.title(lang)));
        heads.push(lang.pick("Tăng, giảm", "Change").to_owned());
    }
    heads.extend(measures[1..].iter().map(with_unit));
    let mut order: Vec<usize> = (0..names.len()).collect();
    let rank = |commune: &usize| first.values[*commune].number().unwrap_or(f64::NEG_INFINITY);
    order.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.cmp(b)));
    let write = |measured: &Measured, value: Value| match value {
        Value::Number(0.0) => "0".to_owned(),
        Value::Number(number) => numbers::format(number, measured.decimals(), lang),
        other => other.words(lang).to_owned(),
    };
    let row = |commune: usize| {
        let mut cells = vec![names[commune].clone(), write(first, first.values[commune])];
        if let Some(before) = &before {
            let (now, then) = (first.values[commune], before.values[commune]);
            cells.push(write(before, then));
            let gain = now.number().zip(then.number()).map(|(now, then)| now - then);
            cells.push(match gain {
                None => "–".to_owned(),
                Some(0.0) => "0".to_owned(),
                Some(gain) => numbers::format_change(gain, first.decimals(), lang),
            });
        }
        cells.extend(measures[1..].iter().map(|measured| write(measured, measured.values[commune])));
        cells
    };
    let rows = order.into_iter().map(row).collect();
    let others = lang.pick("và {count} xã khác, xem bảng", "and {count} other communes, see the table").to_owned();
    let found = match lang {
        Lang::Vi => format!("Các xã theo {}", lower(first.name.get(lang))),
        Lang::En => format!("Communes by {}", lower(first.name.get(lang))),
    };
    Ok((found, Table { heads, rows, columns: Vec::new(), others }))
}
