//! `ruong forecast weekly`: the next weeks of every unit and pest, by the model that has earned it.

use super::history::HistoryArguments;
use crate::cli::Outcome;
use crate::cli::frame::Frame;
use crate::cli::give::{cell, give, record, writer};
use crate::console::terminal::tell;
use crate::forecast::weekly::choose::{self, Choice};
use crate::forecast::weekly::models::REFERENCE;
use crate::forecast::weekly::{FURTHEST, Fitted, ahead};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::{Lang, dates, numbers};

/// Arguments of `ruong forecast weekly`.
#[derive(Debug, clap::Args)]
pub(super) struct WeeklyArguments {
    #[command(flatten)]
    pub(super) history: HistoryArguments,
    /// Số tuần tới (weeks ahead)
    #[arg(long, default_value_t = FURTHEST, value_parser = weeks)]
    weeks: usize,
}

fn weeks(text: &str) -> std::result::Result<usize, String> {
    text.parse().ok().filter(|weeks| (1..=FURTHEST).contains(weeks)).ok_or_else(|| format!("1..{FURTHEST}"))
}

pub(super) fn run(arguments: &WeeklyArguments, frame: Frame, problems: &mut Problems) -> Result<Outcome> {
    let (own, lang) = (&arguments.history, frame.lang());
    let panel = own.panel(problems)?;
    let models = own.models(&panel)?;
    let (scored, rolled) = own.years(&panel);
    let mut progress = crate::console::terminal::progress(lang, frame.quiet);
    let found = own.roll(&panel, &models, &rolled, &mut progress);
    let choices = choose::choose(&panel, &found, &scored);
    progress.stage("forecast", 1, &message!("dự báo các tuần tới", "forecasting the next weeks"));
    let fitted: Vec<(&'static str, Box<dyn Fitted>)> = models
        .iter()
        .filter(|model| choices.iter().any(|choice| choice.model == model.id()))
        .map(|model| (model.id(), model.fit(&panel, panel.weeks.len())))
        .collect();
    progress.finish();
    let rows = ahead::ahead(&panel, &choices, &fitted, arguments.weeks);
    // What is said is what the rows hold: where the numbers end before the weeks do, the rows bridge more weeks than asked for.
    for choice in &choices {
        let of_choice = |next: &&ahead::Ahead| {
            next.forecast.is_some() && next.horizon == choice.horizon && panel.series[next.series].pest == choice.pest
        };
        let of_choice: Vec<&ahead::Ahead> = rows.iter().filter(of_choice).collect();
        if of_choice.is_empty() {
            continue;
        }
        let gave_way = of_choice.iter().filter(|next| next.model != choice.model).count();
        tell(&format!("{}{}", words(choice, &scored, lang), without(gave_way, of_choice.len(), lang)));
    }
    let late: Vec<&ahead::Ahead> =
        rows.iter().filter(|next| next.forecast.is_some() && next.horizon > next.weeks_ahead).collect();
    if let (Some(first), Some(end)) = (late.first(), panel.weeks.last()) {
        let last = first.last.map(|week| dates::format_day(panel.weeks[week].from)).unwrap_or_default();
        let end = dates::format_day(end.from);
        let mut series: Vec<usize> = late.iter().map(|next| next.series).collect();
        series.dedup();
        let count = series.len();
        problems.warning(
            "numbers-end-early",
            Place::file(own.file()).value(&last),
            message!(
                "{count} chuỗi số liệu dừng ở tuần {last}, còn bảng đến tuần {end}: dự báo tính từ số liệu cuối nên thật ra xa hơn \"số tuần tới\"",
                "{count} series end in the week of {last}, but the table runs to that of {end}: forecasts start from the last number, so they reach further than the weeks ahead suggest"
            ),
            None,
        );
    }
    let mut any = false;
    let mut writer = writer();
    let headings =
        ["unit", "pest", "last_week", "last_value", "week", "weeks_ahead", "model", "forecast", "low_80", "high_80", "skill"];
    record(&mut writer, headings.map(str::to_owned));
    for next in rows {
        let series = &panel.series[next.series];
        any |= next.forecast.is_some();
        if next.forecast.is_none() && next.weeks_ahead == 1 {
            let last = next.last.map(|week| dates::format_day(panel.weeks[week].from)).unwrap_or_default();
            problems.warning(
                "history-too-old",
                Place::file(own.file()).value(format!("{} {}", series.unit, series.pest)),
                message!(
                    "tuần cuối có số liệu là {last}, quá cũ để dự báo",
                    "the last week with a number is {last}, too long ago to forecast from"
                ),
                None,
            );
        }
        let choice = choices.iter().find(|choice| choice.pest == series.pest && choice.horizon == next.horizon);
        let skill =
            choice.filter(|choice| choice.model != REFERENCE && choice.model == next.model).and_then(|choice| choice.skill);
        record(
            &mut writer,
            [
                series.unit.clone(),
                series.pest.clone(),
                next.last.map(|week| panel.weeks[week].from.to_string()).unwrap_or_default(),
                cell(next.last.and_then(|week| series.at(week))),
                next.week.to_string(),
                next.weeks_ahead.to_string(),
                next.model.to_owned(),
                cell(next.forecast),
                cell(next.interval.map(|interval| interval[0])),
                cell(next.interval.map(|interval| interval[1])),
                cell(skill),
            ],
        );
    }
    if !any {
        let message = message!("không nơi nào có số liệu đủ mới để dự báo", "no unit has a number new enough to forecast from");
        return Err(Fault::new("history-too-old", Place::file(own.file()), message));
    }
    give(own.out.as_deref(), writer)?;
    Ok(Outcome::Complete)
}

/// How many rows a model had to leave to the last value, because what it needs was missing.
fn without(gave_way: usize, all: usize, lang: Lang) -> String {
    match (gave_way, lang) {
        (0, _) => String::new(),
        (_, Lang::Vi) => format!("; {gave_way}/{all} nơi thiếu số cho mô hình này: giữ nguyên giá trị cuối"),
        (_, Lang::En) => format!("; {gave_way} of {all} places lack what it needs: persistence"),
    }
}

/// Which model speaks for a pest and horizon, and why.
pub(super) fn words(choice: &Choice, scored: &[i32], lang: Lang) -> String {
    let Choice { pest, horizon, model, skill, last_year_skill, candidate, .. } = choice;
    let pest = if pest.is_empty() { String::new() } else { format!("{pest}, ") };
    let percent = |skill: Option<f64>| skill.map_or("–".to_owned(), |s| numbers::format(100.0 * s, 0, lang));
    let (all, last) = (percent(*skill), percent(*last_year_skill));
    let years = match (scored.first(), scored.last()) {
        (Some(first), Some(last)) if first < last => format!("{first}–{last}"),
        (Some(only), _) => only.to_string(),
        (None, _) => String::new(),
    };
    let candidate = candidate.unwrap_or("–");
    let message = if *model != REFERENCE {
        message!(
            "{pest}{horizon} tuần: dùng {model}, sai số thấp hơn {all} % so với giữ nguyên giá trị cuối ({years}; năm cuối {last} %)",
            "{pest}{horizon} weeks: {model}, error below that of persistence by {all} % ({years}; last year {last} %)"
        )
    } else if scored.is_empty() || choice.candidate.is_none() {
        message!(
            "{pest}{horizon} tuần: giữ nguyên giá trị cuối; chưa đủ số liệu để kiểm chứng mô hình nào",
            "{pest}{horizon} weeks: persistence; too few weeks to prove any model"
        )
    } else {
        message!(
            "{pest}{horizon} tuần: giữ nguyên giá trị cuối, vì mô hình tốt nhất ({candidate}) không hơn hẳn: {all} % ({years}), năm cuối {last} %",
            "{pest}{horizon} weeks: persistence, for the best model ({candidate}) did not beat it: {all} % ({years}), last year {last} %"
        )
    };
    message.get(lang).to_owned()
}
