//! What a page, a sheet or a document says of itself: its period, and where its numbers come from.

use crate::model::{Joined, When};
use crate::project::Project;
use crate::values::{Lang, dates};

/// Whether the reporting period is forecast.
pub fn is_forecast(joined: &Joined) -> bool {
    joined.outlook.as_ref().is_some_and(|outlook| outlook.covers(joined.periods.get(When::Current)))
}

/// "Kỳ báo cáo: 05/04/2024 – 11/04/2024", or of what is forecast; nothing without a period.
pub fn period(joined: &Joined, lang: Lang) -> Option<String> {
    let word = match is_forecast(joined) {
        true => lang.pick("Kỳ dự báo:", "Forecast for:"),
        false => lang.pick("Kỳ báo cáo:", "Period:"),
    };
    joined.periods.get(When::Current).map(|period| format!("{word} {}", period.format()))
}

/// Source, office and day, those that a project states.
pub fn origin(project: &Project) -> String {
    let lang = project.language;
    let day = project.date.map_or(String::new(), |day| dates::format_day(day.0));
    let parts = [
        (lang.pick("Nguồn:", "Source:"), project.source.as_str()),
        (lang.pick("Đơn vị lập:", "Made by:"), project.office.as_str()),
        (lang.pick("Ngày lập:", "Date:"), day.as_str()),
    ];
    let stated = parts.into_iter().filter(|(_, words)| !words.is_empty());
    stated.map(|(word, words)| format!("{word} {words}")).collect::<Vec<_>>().join(" · ")
}
