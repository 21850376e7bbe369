//! What a meeting opens: slides, a handout on paper, the notice of seven days. Each is made of the same pictures, tables and sentences as
//! everything else of a run; nothing is computed here that a table does not hold.

mod annex;
mod decide;
mod handout;
mod notice;
mod pests;
mod quality;
mod slides;
mod speech;

pub use handout::handout;
pub use notice::notice;
pub use slides::deck;

use crate::figures::RenderContext;
use crate::model::When;
use crate::ooxml::slides::Properties;
use crate::run::Problems;
use crate::values::{Lang, dates};

/// What documents are made from.
pub struct Brief<'a> {
    /// Pictures of the run
    pub render: &'a RenderContext<'a>,
    /// What was not as it should be
    pub problems: &'a Problems,
}

impl Brief<'_> {
    fn lang(&self) -> Lang {
        self.render.lang()
    }

    /// The reporting period, or nothing.
    fn period(&self) -> String {
        self.render.joined.periods.get(When::Current).map_or(String::new(), |period| period.format())
    }

    /// Where the data come from and who made the document.
    fn source(&self) -> String {
        let (project, lang) = (self.render.project, self.lang());
        let mut parts: Vec<String> = Vec::new();
        if !project.source.is_empty() {
            parts.push(format!("{} {}", lang.pick("Nguồn:", "Source:"), project.source));
        }
        if !project.office.is_empty() {
            parts.push(format!("{} {}", lang.pick("Đơn vị lập:", "Made by:"), project.office));
        }
        if let Some(day) = project.date {
            parts.push(format!("{} {}", lang.pick("Ngày lập:", "Date:"), dates::format_day(day.0)));
        }
        parts.join(" · ")
    }

    fn properties(&self) -> Properties {
        let project = self.render.project;
        let period = self.render.joined.periods.get(When::Current);
        // The project's day, else the last of its period; never the clock's.
        let day = project.date.map(|day| day.0).or(period.map(|period| period.to));
        Properties {
            title: project.title.clone(),
            office: project.office.clone(),
            day: day.map_or(String::new(), |day| day.format("%Y-%m-%d").to_string()),
            language: self.lang().pick("vi-VN", "en-GB"),
        }
    }
}
