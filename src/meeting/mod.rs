//! What a meeting opens: slides, a handout on paper, the notice of seven days. Each is made of the same pictures, tables and sentences as
//! everything else of a run; nothing is computed here that a table does not hold.

mod annex;
mod crops;
mod decide;
pub mod fields;
mod handout;
mod notice;
mod order;
mod pests;
mod quality;
mod sheets;
mod slides;
mod speech;

pub use handout::handout;
pub use notice::notice;
pub use order::order;
pub use slides::deck;

use crate::model::{Joined, When};
use crate::ooxml::slides::Properties;
use crate::project::Project;
use crate::render::RenderContext;
use crate::run::Problems;
use crate::values::Lang;
use crate::words;

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

    /// The reporting period with its word, or nothing.
    fn period(&self) -> String {
        words::period(self.render.joined, self.lang()).unwrap_or_default()
    }

    /// Whether it is forecast.
    fn is_forecast(&self) -> bool {
        words::is_forecast(self.render.joined)
    }

    /// The word in a box on what shows a forecast period.
    fn mark(&self) -> &'static str {
        if self.is_forecast() { self.lang().pick("DỰ BÁO", "FORECAST") } else { "" }
    }

    /// Where the data come from and who made the document.
    fn source(&self) -> String {
        words::origin(self.render.project)
    }

    fn properties(&self) -> Properties {
        properties(self.render.project, self.render.joined)
    }
}

/// Who made a document, and when: on the project's day, else the last of its period; never the clock's.
fn properties(project: &Project, joined: &Joined) -> Properties {
    let day = project.date.map(|day| day.0).or(joined.periods.get(When::Current).map(|period| period.to));
    Properties {
        title: project.title.clone(),
        office: project.office.clone(),
        day: day.map_or(String::new(), |day| day.format("%Y-%m-%d").to_string()),
        language: project.language.pick("vi-VN", "en-GB"),
    }
}
