//! Pictures of registers for the commands on animal disease: the same maps and charts as in a project.

use crate::figures::RenderContext;
use crate::message;
use crate::model::registers::{HerdsTable, RegisterTable};
use crate::model::{Joined, Periods};
use crate::outbreaks::{Diseases, Herds, Register};
use crate::places::Communes;
use crate::project::{ChartConfig, MapConfig, Project};
use crate::publish::raster::Painter;
use crate::publish::{Before, Format, Publisher, Sink};
use crate::run::{Problems, Progress};
use crate::values::{Lang, Period};
use chrono::NaiveDate;

/// Id of the register in these pictures.
pub(super) const REGISTER: &str = "outbreaks";
const HERDS: &str = "herds";

/// What pictures show.
pub(super) struct Shown {
    pub(super) register: Register,
    pub(super) diseases: Diseases,
    pub(super) herds: Option<Herds>,
    pub(super) communes: Communes,
    /// The day the register is read on
    pub(super) on: NaiveDate,
    pub(super) release_days: Option<u32>,
    pub(super) exact: bool,
}

impl Shown {
    fn joined(self) -> Joined {
        let from = self.register.list.first().map_or(self.on, |outbreak| outbreak.onset);
        Joined {
            communes: self.communes,
            registers: vec![RegisterTable {
                id: REGISTER.to_owned(),
                name: String::new(),
                register: self.register,
                diseases: self.diseases,
                herds: self.herds.is_some().then(|| HERDS.to_owned()),
                release_days: self.release_days,
                exact: self.exact,
                complete: false,
            }],
            herds: self.herds.map(|herds| HerdsTable { id: HERDS.to_owned(), name: String::new(), herds }).into_iter().collect(),
            periods: Periods::declared(Period { from: from.min(self.on), to: self.on }),
            ..Joined::default()
        }
    }
}

/// Draws maps and charts into a folder, as PNG, SVG and PDF; the answer is whether any failed.
pub(super) fn draw(
    (maps, charts): (Vec<MapConfig>, Vec<ChartConfig>),
    shown: Shown,
    (lang, bw): (Lang, bool),
    out: &dyn Sink,
    progress: &mut Progress,
    problems: &mut Problems,
) -> bool {
    progress.stage("pictures", (maps.len() + charts.len()) as u64, &message!("vẽ hình", "drawing pictures"));
    let project = Project { language: lang, bw, maps: Some(maps), charts: Some(charts), ..Project::default() };
    let joined = shown.joined();
    let periods = crate::model::accounts::accounts(&joined);
    let render = RenderContext::new(&project, &joined, &periods);
    let formats = [Format::Png, Format::Svg, Format::Pdf];
    let publisher = Publisher { formats: &formats, out, before: &Before::new(), painter: Painter::default() };
    let maps = publisher.publish(crate::figures::maps(&render), "maps", progress, problems).failed;
    let charts = publisher.publish(crate::figures::charts(&render), "charts", progress, problems).failed;
    progress.finish();
    maps || charts
}
