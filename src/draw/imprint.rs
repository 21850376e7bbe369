//! What stands on every picture of a run, and how all of them are painted.

use crate::project::InsetConfig;
use crate::scale::Style;
use crate::values::Lang;
use chrono::NaiveDate;

/// Who made a picture from what, in which language and paint.
#[derive(Debug, Clone, Default)]
pub struct Imprint {
    /// Who made it; empty if not said
    pub office: String,
    /// Where the data come from; empty if not said
    pub source: String,
    /// What must be said of the data
    pub note: String,
    /// The day it was made, if the project states it
    pub date: Option<NaiveDate>,
    /// Language
    pub lang: Lang,
    /// Greys and hatches instead of colours
    pub bw: bool,
    /// Far parts drawn in frames of their own
    pub insets: Vec<InsetConfig>,
}

impl Imprint {
    /// Language and paint.
    pub fn style(&self) -> Style {
        Style { lang: self.lang, bw: self.bw }
    }
}
