//! What every sheet of a workbook says of itself.

use crate::model::{Joined, When};
use crate::project::Project;
use crate::publish::xlsx::About;
use crate::values::dates;

/// Project, period, source, office and day.
pub fn about(project: &Project, joined: &Joined) -> About {
    let lang = project.language;
    let period =
        joined.periods.get(When::Current).map(|period| format!("{} {}", lang.pick("Kỳ báo cáo:", "Period:"), period.format()));
    let named = |word: &str, words: &str| (!words.is_empty()).then(|| format!("{word} {words}"));
    let day = project.date.map_or(String::new(), |day| dates::format_day(day.0));
    let join =
        |parts: Vec<Option<String>>| parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    About {
        period: join(vec![Some(project.title.clone()), period]),
        source: join(vec![
            named(lang.pick("Nguồn:", "Source:"), &project.source),
            named(lang.pick("Đơn vị lập:", "Made by:"), &project.office),
            named(lang.pick("Ngày lập:", "Date:"), &day),
            Some(project.note.clone()),
        ]),
    }
}
