//! `[[outputs]]`, and the commands that are one of them: each writes its files into a folder of its own.

mod curve;
mod pictures;
mod rates;
mod registers;
mod sensors;
mod spread;
mod traps;
mod worklist;
mod zonal;
mod zones;

use crate::model::{ByPeriod, Joined};
use crate::project::{OutputConfig, OutputKind, Project};
use crate::publish::{Format, Readers, Sink, Within};
use crate::run::{Problems, Progress, Result};
use crate::values::Lang;

/// What outputs are made from.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// Project
    pub project: &'a Project,
    /// Joined data
    pub joined: &'a Joined,
    /// Accounts of the reporting period and those it is compared with
    pub periods: &'a ByPeriod,
    /// Formats of the pictures that some outputs have
    pub formats: &'a [Format],
}

impl Context<'_> {
    /// What sheets of a workbook say of themselves.
    fn about(&self) -> crate::publish::xlsx::About {
        super::about::about(self.project, self.joined)
    }

    fn lang(&self) -> Lang {
        self.project.language
    }
}

/// What became of an output.
#[derive(Debug, Default)]
#[must_use]
pub(super) struct Made {
    /// What it says, for people
    pub said: Vec<String>,
    /// A part of it could not be made
    pub partial: bool,
}

/// Writes an output into its folder of a sink.
pub(super) fn write(
    context: Context<'_>,
    output: &OutputConfig,
    sink: &dyn Sink,
    progress: &mut Progress,
    problems: &mut Problems,
) -> Result<Made> {
    // Exact places and names of households are nobody else's business.
    let exact = is_of_households(&output.kind) && context.joined.registers.iter().any(|register| register.exact);
    let within = Within::new(sink, &output.folder()).read_by(if exact { Readers::Owner } else { Readers::Office });
    one(context, output, &within, progress, problems).map_err(|mut fault| {
        if fault.place.file.is_empty() && !output.folder().is_empty() {
            fault.place.file = output.folder();
        }
        fault
    })
}

/// Whether an output tells of single households where a register is exact.
fn is_of_households(kind: &OutputKind) -> bool {
    match kind {
        OutputKind::Zones(_) | OutputKind::Curve(_) | OutputKind::Spread(_) => true,
        OutputKind::Worklist(_)
        | OutputKind::Rates(_)
        | OutputKind::Sensors(_)
        | OutputKind::Traps(_)
        | OutputKind::Zonal(_)
        | OutputKind::Bundle(_) => false,
    }
}

fn one(
    context: Context<'_>,
    output: &OutputConfig,
    sink: &dyn Sink,
    progress: &mut Progress,
    problems: &mut Problems,
) -> Result<Made> {
    match &output.kind {
        OutputKind::Worklist(own) => worklist::write(context, own, sink, problems),
        OutputKind::Zones(own) => zones::write(context, own, sink, progress, problems),
        OutputKind::Curve(own) => curve::write(context, own, sink, progress, problems),
        OutputKind::Rates(own) => rates::write(context, own, sink, problems),
        OutputKind::Spread(own) => spread::write(context, own, sink, progress, problems),
        OutputKind::Sensors(own) => sensors::write(context, own, sink, progress, problems),
        OutputKind::Traps(own) => traps::write(context, own, sink, progress, problems),
        OutputKind::Zonal(own) => zonal::write(context, own, sink, progress, problems),
        // Of what all others made: comes after them.
        OutputKind::Bundle(_) => Ok(Made::default()),
    }
}
