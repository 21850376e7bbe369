//! Charts of outbreaks.

use super::{ChartPage, framed_over, heading};
use crate::draw::Scene;
use crate::draw::charts::epidemic;
use crate::figures::maps::zones::of_disease;
use crate::model::When;
use crate::outbreaks::curve::Week;
use crate::project::EpidemicCurveKeys;
use crate::render::RenderContext;
use crate::run::Result;
use crate::scale::palette::qualitative;
use crate::scale::{Fill, Rgb};
use crate::tables::curve;
use crate::values::{Lang, Period, dates};
use crate::words::{Headline, capital};

/// Outbreaks by week of onset.
pub fn epidemic_curve(render: &RenderContext, page: &ChartPage, own: &EpidemicCurveKeys) -> Result<Scene> {
    let (lang, chart) = (render.lang(), &page.chart);
    let table = render.joined.register(&chart.measure)?;
    let register = of_disease(table, own.disease.as_deref())?;
    let on = table.counted_until(render.joined.periods.get(When::Current).map(|period| period.to));
    let curve = curve::of(&register, on, lang);
    let paints = match curve.groups.len() {
        0 | 1 if !render.project.bw => vec![Fill::Colour(Rgb(178, 60, 50))],
        0 | 1 => vec![Fill::Colour(Rgb(90, 90, 90))],
        count => qualitative(count, render.project.bw),
    };
    let groups: Vec<(Fill, String)> = paints.into_iter().zip(curve.groups.iter().map(|group| capital(group))).collect();
    let name = match &register.diseases[..] {
        _ if !table.name.is_empty() => table.name.clone(),
        [one] => table.diseases.find(one).map_or_else(|| one.clone(), |known| known.name().get(lang).to_owned()),
        _ => own.disease.clone().unwrap_or_default(),
    };
    let day = dates::format_day(on);
    let head = lang.pick("Ổ dịch theo tuần khởi phát", "Outbreaks by week of onset");
    let title = if name.is_empty() { head.to_owned() } else { format!("{head} – {name}") };
    let seen = match lang {
        Lang::Vi => format!("Số liệu đến {day}."),
        Lang::En => format!("Data up to {day}."),
    };
    let note = format!("{seen} {}", curve.note(&register, lang));
    let week = |from: chrono::NaiveDate| Period { from, to: from.checked_add_days(chrono::Days::new(6)).unwrap_or(from).min(on) };
    let weeks: Vec<Period> = curve.weeks.iter().map(|found| week(found.from)).collect();
    let found = most(&curve.weeks, lang).unwrap_or_else(|| Headline::plain(title.as_str()));
    framed_over(render, page, heading(found, title), &note, &weeks, |frame| {
        epidemic::draw(frame, lang.pick("Số ổ dịch", "Outbreaks"), &curve.weeks, &groups)
    })
}

/// How many outbreaks there were, and the week of most onsets.
fn most(weeks: &[Week], lang: Lang) -> Option<Headline> {
    let all: usize = weeks.iter().map(|week| week.total()).sum();
    let peak = weeks.iter().rev().max_by_key(|week| week.total()).filter(|_| all > 0)?;
    let (count, day) = (peak.total(), dates::format_day(peak.from));
    let title = match lang {
        Lang::Vi => format!("{all} ổ dịch, nhiều nhất tuần bắt đầu {day}: {count} ổ"),
        Lang::En => format!("{all} outbreaks, most in the week of {day}: {count}"),
    };
    Some(Headline::plain(title))
}
