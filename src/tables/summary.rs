//! The answer on one page.

use super::sheet::{Cell, Figures, Heading, Sheet};
use crate::measures::change::compare;
use crate::measures::list::{INFESTED_HA, LINKED_AT_RISK_HA};
use crate::measures::{ALL, catalogue};
use crate::message;
use crate::model::{ByPeriod, Joined, Measured, When, of_period};
use crate::project::MeasureKey;
use crate::run::Result;
use crate::values::{Lang, Value};

/// The answer on one page: each measure over all communes, now and compared.
pub fn summary(joined: &Joined, periods: &ByPeriod, lang: Lang) -> Result<Sheet> {
    let headings = vec![
        Heading::new("measure", message!("Chỉ tiêu", "Measure"), Figures::Words),
        Heading::new("name", message!("Tên", "Name"), Figures::Words),
        Heading::new("unit", message!("Đơn vị", "Unit"), Figures::Words),
        Heading::new("current", message!("Kỳ này", "This period"), Figures::ByRow),
        Heading::new("previous", message!("Kỳ trước", "Previous period"), Figures::ByRow),
        Heading::new("change", message!("So kỳ trước", "Change"), Figures::ByRow),
        Heading::new("change_pct", message!("So kỳ trước (%)", "Change (%)"), Figures::Tenths),
        Heading::new("last_year", message!("Cùng kỳ năm trước", "Same period last year"), Figures::ByRow),
        Heading::new("change_last_year", message!("So cùng kỳ", "Change on last year"), Figures::ByRow),
        Heading::new("change_pct_last_year", message!("So cùng kỳ (%)", "Change on last year (%)"), Figures::Tenths),
    ];
    let mut rows = Vec::new();
    for kind in ALL.iter().copied().filter(|kind| kind.available(joined)) {
        // The sum, and what of it could not be placed.
        let of = |when: When, pest: Option<&str>| -> Result<Option<Measured>> {
            let Some(accounts) = of_period(periods, when) else { return Ok(None) };
            let key = MeasureKey { measure: kind.id.to_owned(), pest: pest.map(str::to_owned), ..MeasureKey::default() };
            catalogue::measure(joined, accounts, &key).map(Some)
        };
        let both = |measured: &Option<Measured>| {
            measured.as_ref().map_or([Value::NoData; 2], |measured| [measured.total, Value::Number(measured.unplaced())])
        };
        let pests = joined.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
        let by_pest = [&INFESTED_HA, &LINKED_AT_RISK_HA].contains(&kind);
        for pest in std::iter::once(None).chain(pests.iter().filter(|_| by_pest).map(|pest| Some(pest.as_str()))) {
            let current = of(When::Current, pest)?;
            let earlier = |when| if kind.needs.forecasts { of(when, pest) } else { Ok(None) };
            let (week_before, year_before) = (earlier(When::Previous)?, earlier(When::LastYear)?);
            let [now, unplaced] = both(&current);
            let ([previous, then], [last_year, a_year_ago]) = (both(&week_before), both(&year_before));
            let compared = |then: &Option<Measured>| current.as_ref().zip(then.as_ref()).map(|(now, then)| compare(now, then));
            let difference = |then: &Option<Measured>| compared(then).map_or(Value::NoData, |compared| compared.change());
            let percent = |then: &Option<Measured>| compared(then).map_or(Value::NoData, |compared| compared.change_pct());
            let name = |name: &str| pest.map_or(name.to_owned(), |pest| format!("{name} – {pest}"));
            let id = pest.map_or(kind.id.to_owned(), |pest| format!("{}:{pest}", kind.id));
            rows.push(vec![
                id.as_str().into(),
                name(kind.name().get(lang)).as_str().into(),
                kind.unit.get(lang).into(),
                now.into(),
                previous.into(),
                difference(&week_before).into(),
                percent(&week_before).into(),
                last_year.into(),
                difference(&year_before).into(),
                percent(&year_before).into(),
            ]);
            // What could not be placed is part of the total above, and of no commune.
            if unplaced.number().is_some_and(|hectares| hectares > 0.0) {
                let of_these = lang.pick("trong đó chưa xác định được vị trí", "of these, place not known");
                let mut row: Vec<Cell> =
                    vec![format!("{id}:unplaced").as_str().into(), of_these.into(), kind.unit.get(lang).into(), unplaced.into()];
                row.extend([then, Value::NoData, Value::NoData, a_year_ago, Value::NoData, Value::NoData].map(Cell::from));
                rows.push(row);
            }
        }
    }
    // What other tables state has no earlier period.
    for indicator in &joined.indicators.list {
        let mut row: Vec<Cell> = vec![
            indicator.id.as_str().into(),
            indicator.name.get(lang).into(),
            indicator.unit.get(lang).into(),
            indicator.total.into(),
        ];
        row.extend([Value::NoData; 6].map(Cell::from));
        rows.push(row);
    }
    Ok(Sheet { id: "summary", title: message!("Tổng hợp", "Summary"), headings, rows, totals: None })
}
