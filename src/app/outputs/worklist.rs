//! Fields to be sprayed, worst first.

use super::{Context, Made};
use crate::message;
use crate::model::{When, of_period};
use crate::project::WorklistKeys;
use crate::publish::{Sink, geojson, kml, xlsx};
use crate::run::{Fault, Place, Problems, Result};
use crate::tables::worklist::{WorkWanted, worklist};
use crate::values::{Lang, numbers};

/// Writes worklist.csv, .xlsx, .geojson and .kml.
pub(super) fn write(context: Context<'_>, own: &WorklistKeys, sink: &dyn Sink, problems: &mut Problems) -> Result<Made> {
    let (joined, lang) = (context.joined, context.lang());
    let period = joined.periods.get(When::Current);
    let day = own.day.map(|day| day.0).or(period.map(|period| period.to));
    let pre_harvest = match (own.pre_harvest_days, day) {
        (None, _) => None,
        (Some(days), _) if days < 0 => {
            let message = message!("pre_harvest_days phải từ 0 trở lên", "pre_harvest_days is 0 or more");
            return Err(Fault::new("usage", Place::default().column("pre_harvest_days").value(days.to_string()), message));
        }
        (Some(days), Some(day)) => Some((day, days)),
        (Some(_), None) => {
            let message =
                message!("số ngày cách ly cần ngày phun (\"day\")", "days before harvest need the day of spraying (\"day\")");
            return Err(Fault::new("usage", Place::default().column("day"), message));
        }
    };
    let wanted = WorkWanted { severity: own.severity, pest: own.pest.clone(), commune: own.commune.clone(), pre_harvest };
    let Some(accounts) = of_period(context.periods, When::Current) else { return Ok(Made::default()) };
    let list = worklist(joined, accounts, &wanted, lang, problems)?;
    let shapes = joined.fields.as_ref().map(|fields| fields.shapes.subset(&list.fields)).unwrap_or_default();
    let colour = |row: usize| match list.severities[row] {
        0 | 1 => "fbe08a",
        2 => "f0912f",
        3 => "b8321c",
        _ => "4a4a4a",
    };
    sink.write("worklist.csv", &list.sheet.csv()?)?;
    sink.write("worklist.xlsx", &xlsx::workbook(&[&list.sheet], &context.about(), lang, "worklist.xlsx")?)?;
    sink.write("worklist.geojson", &geojson::collection(&list.sheet, &shapes))?;
    sink.write("worklist.kml", &kml::document(&list.sheet, &shapes, "field_id", &|row| colour(row).to_owned()))?;
    let mut said = Vec::new();
    if joined.outlook.as_ref().is_some_and(|outlook| outlook.covers(period)) {
        said.push(lang.pick("mức nhiễm của kỳ này là DỰ BÁO", "severities of this period are FORECAST").to_owned());
    }
    let (count, hectares) = (list.allowed, numbers::format(list.hectares, 1, lang));
    said.push(match lang {
        Lang::Vi => format!("{count} thửa cần phun, {hectares} ha"),
        Lang::En => format!("{count} fields to spray, {hectares} ha"),
    });
    if list.unplaced > 0 {
        let count = list.unplaced;
        said.push(match lang {
            Lang::Vi => format!("và {count} thửa đủ mức phải phun nhưng không rõ vị trí: hỏi lại"),
            Lang::En => format!("and {count} fields severe enough whose place is not known: ask first"),
        });
    }
    Ok(Made { said, partial: false })
}
