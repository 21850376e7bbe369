//! Rows of the reporting period from those of the weeks before.

use crate::forecast::weekly::choose::{self, Choice};
use crate::forecast::weekly::models::{self, REFERENCE};
use crate::forecast::weekly::{FURTHEST, Fitted, Panel, Series, Week, ahead, evaluate};
use crate::join::Target;
use crate::message;
use crate::model::accounts::{Accounts, Severities};
use crate::model::outlook::{Outlook, OutlookRow};
use crate::model::{Joined, Periods, When};
use crate::project::{ForecastKeys, TableConfig};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::text::capital;
use crate::values::{Message, Period, dates, severity};
use chrono::{Datelike, Days, NaiveDate};

/// The last day of the printed week that a day lies in: its rows count at its middle day, and the next week begins where it ends.
fn end_of_print(joined: &Joined, day: NaiveDate) -> NaiveDate {
    let printed = joined.forecasts.iter().flat_map(|forecasts| &forecasts.printed);
    printed.filter(|week| week.days() <= 9 && week.contains(day)).map(|week| week.to).max().unwrap_or(day)
}

/// Adds the forecast rows of the reporting period.
pub(super) fn add((key, own): (&TableConfig, &ForecastKeys), joined: &mut Joined, problems: &mut Problems) -> Result<()> {
    let place = || Place::file(&key.file).column(format!("tables: {}", key.id));
    let Some(span) = joined.forecasts.as_ref().and_then(|forecasts| forecasts.span()) else {
        return Err(Fault::new(
            "nothing-to-forecast",
            place(),
            message!("không bảng nào có ngày và mức nhiễm để dự báo", "no table has days and severities to forecast from"),
        ));
    };
    if !joined.periods.is_declared() {
        let weeks = own.weeks.unwrap_or(1).clamp(1, FURTHEST) as u64;
        let last = end_of_print(joined, span.to);
        let from = last.checked_add_days(Days::new(7 * weeks - 6));
        let to = last.checked_add_days(Days::new(7 * weeks));
        if let (Some(from), Some(to)) = (from, to) {
            joined.periods = Periods::declared(Period { from, to });
        }
    }
    let Some(period) = joined.periods.get(When::Current) else { return Ok(()) };
    if joined.has_rows(When::Current) {
        problems.info(
            "seen-already",
            place(),
            message!(
                "kỳ báo cáo đã có số liệu điều tra, không dự báo",
                "the reporting period has survey rows; nothing is forecast"
            ),
            None,
        );
        return Ok(());
    }
    if period.days() > 9 {
        let days = period.days();
        return Err(Fault::new(
            "period-too-long",
            place().value(period.format()),
            message!(
                "dự báo tuần cần kỳ báo cáo một tuần, đang là {days} ngày",
                "a weekly forecast is of a week; the period has {days} days"
            ),
        )
        .hint(message!("sửa period", "correct period")));
    }
    let by_area = joined.forecasts.as_ref().is_some_and(|forecasts| forecasts.target.is_none());
    let seen = seen_weeks(joined, period, span.from);
    let Some(last) = seen.iter().rposition(|week| week.accounts.is_some()) else {
        return Err(too_old(key, span, period));
    };
    let panel = panel(joined, &seen, by_area);
    let candidates = models::candidates(&panel);
    let (scored, rolled) = evaluate::held_out(&panel, 5);
    let rolled = evaluate::roll(&panel, &candidates, &rolled, &|| ());
    let choices = choose::choose(&panel, &rolled, &scored);
    let fitted: Vec<(&'static str, Box<dyn Fitted>)> =
        candidates.iter().map(|model| (model.id(), model.fit(&panel, panel.weeks.len()))).collect();
    let rows = rows(joined, &panel, &choices, &fitted);
    if rows.is_empty() {
        return Err(too_old(key, span, period));
    }
    let pests = joined.forecasts.as_ref().map(|forecasts| forecasts.pests.clone()).unwrap_or_default();
    let number = |pest: &str| pests.iter().position(|known| known == pest);
    if by_area {
        let areas: Vec<(usize, usize, f64)> =
            rows.iter().filter_map(|row| Some((number(&row.pest)?, row.commune, row.forecast))).collect();
        if let Some(forecasts) = &mut joined.forecasts {
            forecasts.add_forecast_areas(&areas, period.from);
        }
    } else {
        let levels = levels(joined, &seen, &rows, &pests);
        if let Some(forecasts) = &mut joined.forecasts {
            forecasts.add_forecast_levels(&levels, period.from);
        }
    }
    let until = seen[last].from.checked_add_days(Days::new(6)).unwrap_or(span.to).min(end_of_print(joined, span.to));
    let quantity = if by_area {
        message!("diện tích nhiễm (ha)", "infested hectares")
    } else {
        message!("mức nhiễm trung bình", "mean severity")
    };
    let words = said(&choices, &rows, period, until, &scored);
    let outlook = joined.outlook.get_or_insert_default();
    *outlook = Outlook { period: Some(period), data_until: Some(until), quantity, rows, words, tables: outlook.tables.clone() };
    Ok(())
}

fn too_old(key: &TableConfig, span: Period, period: Period) -> Fault {
    let (until, from) = (dates::format_day(span.to), dates::format_day(period.from));
    Fault::new(
        "history-too-old",
        Place::default().column(format!("tables: {}", key.id)),
        message!(
            "số liệu cuối cùng là ngày {until}, kỳ dự báo từ {from}: xa hơn {FURTHEST} tuần",
            "the last row is of {until}, the period to forecast begins {from}: more than {FURTHEST} weeks on"
        ),
    )
    .hint(message!("thêm số liệu mới hơn, hoặc sửa period", "add newer rows, or correct period"))
}

/// A week before the period, with its accounts if it has rows.
struct Seen {
    from: NaiveDate,
    accounts: Option<Accounts>,
}

/// Weeks that end the day before the period, back to the first day with rows.
fn seen_weeks(joined: &Joined, period: Period, first: NaiveDate) -> Vec<Seen> {
    let count = (period.from - first).num_days().max(0) as u64;
    let count = count.div_ceil(7);
    let Some(forecasts) = &joined.forecasts else { return Vec::new() };
    (1..=count)
        .rev()
        .filter_map(|back| {
            let from = period.from.checked_sub_days(Days::new(7 * back))?;
            let week = Period { from, to: from.checked_add_days(Days::new(6))? };
            let any = forecasts.any(&forecasts.days_in(Some(week), false));
            let accounts = any.then(|| {
                let mut accounts = Accounts::new(joined, Some(week), false);
                // Fields are followed from the newest weeks only, and there may be many.
                if back as usize > FURTHEST {
                    accounts.severities = Severities::default();
                }
                accounts
            });
            Some(Seen { from, accounts })
        })
        .collect()
}

/// Every commune and pest by week.
fn panel(joined: &Joined, seen: &[Seen], by_area: bool) -> Panel {
    let weeks = seen.iter().map(|week| Week {
        from: week.from,
        year: week.from.year(),
        number: ((week.from.ordinal0() / 7) as usize).min(51),
    });
    let mut panel = Panel { weeks: weeks.collect(), ..Panel::default() };
    let pests = joined.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
    for commune in 0..joined.communes.len() {
        for (number, pest) in pests.iter().enumerate() {
            let value = |week: &Seen| {
                let account = week.accounts.as_ref()?.pests.get(number)?.get(commune)?;
                if by_area { account.infested(None) } else { account.mean_severity() }.number()
            };
            let values: Vec<Option<f64>> = seen.iter().map(value).collect();
            if values.iter().any(Option::is_some) {
                let land = joined.land.field_area_ha.get(commune).copied();
                let upper_bound = vec![if by_area { land } else { Some(f64::from(severity::HIGHEST)) }];
                panel.series.push(Series {
                    unit: commune.to_string(),
                    pest: pest.clone(),
                    values,
                    upper_bound,
                    ..Series::default()
                });
            }
        }
    }
    panel
}

/// The forecast of the first week after the panel.
fn rows(joined: &Joined, panel: &Panel, choices: &[Choice], fitted: &[(&'static str, Box<dyn Fitted>)]) -> Vec<OutlookRow> {
    ahead::ahead(panel, choices, fitted, 1)
        .into_iter()
        .filter_map(|next| {
            let (series, last, forecast) = (&panel.series[next.series], next.last?, next.forecast?);
            let commune = series.unit.parse().ok().filter(|commune| *commune < joined.communes.len())?;
            let choice = choices.iter().find(|choice| choice.pest == series.pest && choice.horizon == next.horizon);
            Some(OutlookRow {
                commune,
                pest: series.pest.clone(),
                last_week: panel.weeks[last].from,
                last: series.at(last)?,
                weeks: next.horizon,
                model: next.model,
                forecast,
                interval: next.interval,
                skill: choice
                    .filter(|choice| next.model != REFERENCE && choice.model == next.model)
                    .and_then(|choice| choice.skill),
            })
        })
        .collect()
}

/// Severity of every field or commune: that of the last week its commune was surveyed in, times as much as the mean of the
/// commune is forecast to grow, rounded to a level: healthy fields stay healthy, and persistence leaves all as they are.
fn levels(joined: &Joined, seen: &[Seen], rows: &[OutlookRow], pests: &[String]) -> Vec<(usize, usize, f32)> {
    let units = match &joined.fields {
        Some(fields) if joined.forecast_target() == Some(Target::Fields) => fields.pieces.len(),
        _ => joined.communes.len(),
    };
    let by_field = units != joined.communes.len() || joined.forecast_target() == Some(Target::Fields);
    let home = |unit: usize| match &joined.fields {
        Some(fields) if by_field => {
            let most = fields.pieces.of(unit).iter().max_by(|a, b| a.share.total_cmp(&b.share).then(b.commune.cmp(&a.commune)));
            most.map(|piece| piece.commune as usize)
        }
        _ => Some(unit),
    };
    let mut found = Vec::new();
    for (number, pest) in pests.iter().enumerate() {
        // The last week with rows and the growth, by commune.
        let moves: Vec<Option<(&Accounts, f64)>> = (0..joined.communes.len())
            .map(|commune| {
                let row = rows.iter().find(|row| row.commune == commune && row.pest == *pest)?;
                let week = seen.iter().find(|week| week.from == row.last_week)?;
                let ratio = if row.model == REFERENCE || row.last <= 0.0 { 1.0 } else { row.forecast / row.last };
                Some((week.accounts.as_ref()?, ratio))
            })
            .collect();
        for unit in 0..units {
            let Some((accounts, by)) = home(unit).and_then(|commune| moves[commune]) else { continue };
            let severity = accounts.severities.by_pest.get(number).and_then(|list| list.get(unit)).copied();
            let Some(severity) = severity.filter(|severity| !severity.is_nan()) else { continue };
            let moved = if by == 1.0 { f64::from(severity) } else { (f64::from(severity) * by).round() };
            found.push((number, unit, moved.clamp(0.0, f64::from(severity::HIGHEST)) as f32));
        }
    }
    found
}

/// What stands beside every picture: what is forecast from what, by which model, and how good that has been.
fn said(choices: &[Choice], rows: &[OutlookRow], period: Period, until: NaiveDate, scored: &[i32]) -> Vec<Message> {
    let (days, until_day, age) = (period.format(), dates::format_day(until), (period.from - until).num_days());
    let mut words = vec![message!(
        "DỰ BÁO cho {days} từ số liệu đến {until_day} (trước kỳ {age} ngày)",
        "FORECAST for {days} from data up to {until_day} ({age} days before)"
    )];
    let mut spoken: Vec<(&'static str, Vec<&str>, Vec<f64>)> = Vec::new();
    for row in rows {
        let at = spoken.iter().position(|(model, ..)| *model == row.model).unwrap_or_else(|| {
            spoken.push((row.model, Vec::new(), Vec::new()));
            spoken.len() - 1
        });
        if !spoken[at].1.contains(&row.pest.as_str()) {
            spoken[at].1.push(&row.pest);
        }
        spoken[at].2.extend(row.skill);
    }
    let all = spoken.len() == 1;
    let unproved = choices.iter().all(|choice| choice.candidate.is_none());
    for (model, pests, skills) in spoken {
        let of = if all { String::new() } else { format!("{}: ", pests.join(", ")) };
        let worst = skills.iter().copied().fold(f64::INFINITY, f64::min);
        let percent = (100.0 * worst).round();
        let sentence = match (model == REFERENCE, scored.is_empty() || unproved) {
            (true, true) => message!(
                "{of}giữ nguyên mức gần nhất; chưa đủ số liệu để kiểm chứng mô hình nào",
                "{of}the last level persists; too few weeks to prove any model"
            ),
            (true, false) => message!(
                "{of}giữ nguyên mức gần nhất, vì không mô hình nào sai số nhỏ hơn",
                "{of}the last level persists, for no model had a smaller error"
            ),
            (false, _) => message!(
                "{of}mô hình {model}, sai số nhỏ hơn giữ nguyên ít nhất {percent} % ở các năm kiểm tra",
                "{of}model {model}, error at least {percent} % below persistence in held-out years"
            ),
        };
        words.push(Message { vi: capital(&sentence.vi), en: capital(&sentence.en) });
    }
    words
}
