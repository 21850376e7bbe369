//! `ruong hotspots local-moran|gi-star`: a statistic of every unit.

use super::global::ValueArguments;
use super::units::UnitsArguments;
use super::{Chances, Given};
use crate::cli::give::give_bytes;
use crate::hotspots::Weights;
use crate::message;
use crate::run::{Problems, Progress, Result};
use crate::tables::statistics::{self, Line, Rounds};
use crate::values::Lang;

/// Arguments of `ruong hotspots gi-star`.
#[derive(Debug, clap::Args)]
pub(super) struct SpotArguments {
    #[command(flatten)]
    units: UnitsArguments,
    #[command(flatten)]
    value: ValueArguments,
    /// G thay cho G*: không tính chính đơn vị đó (G instead of G*: without the unit itself)
    #[arg(long)]
    without_self: bool,
    #[command(flatten)]
    chances: Chances,
    #[command(flatten)]
    given: Given,
}

/// Arguments of `ruong hotspots local-moran`.
#[derive(Debug, clap::Args)]
pub(super) struct LocalArguments {
    #[command(flatten)]
    units: UnitsArguments,
    #[command(flatten)]
    value: ValueArguments,
    /// Nhân với n như spdep, thay vì n − 1 như GeoDa (n as in spdep instead of n − 1 as in GeoDa)
    #[arg(long)]
    with_n: bool,
    #[command(flatten)]
    chances: Chances,
    #[command(flatten)]
    given: Given,
}

pub(super) fn moran(arguments: &LocalArguments, lang: Lang, problems: &mut Problems, progress: &mut Progress) -> Result<()> {
    let with_n = arguments.with_n;
    let of = |values: &[f64], weights: &Weights, rounds| statistics::local_moran(values, weights, with_n, rounds);
    run((&arguments.units, &arguments.value), arguments.chances.rounds(), &of, (&arguments.given, lang), problems, progress)
}

pub(super) fn getis_ord(arguments: &SpotArguments, lang: Lang, problems: &mut Problems, progress: &mut Progress) -> Result<()> {
    let star = !arguments.without_self;
    let of = |values: &[f64], weights: &Weights, rounds| statistics::getis_ord(values, weights, star, rounds);
    run((&arguments.units, &arguments.value), arguments.chances.rounds(), &of, (&arguments.given, lang), problems, progress)
}

/// A statistic of values among neighbours.
type Statistic<'a> = &'a dyn Fn(&[f64], &Weights, Rounds) -> Vec<Option<Line>>;

fn run(
    (units, value): (&UnitsArguments, &ValueArguments),
    rounds: Rounds,
    statistic: Statistic<'_>,
    (given, lang): (&Given, Lang),
    problems: &mut Problems,
    progress: &mut Progress,
) -> Result<()> {
    progress.stage("read", 1, &message!("đọc đơn vị và số liệu", "reading units and values"));
    let (units, values, weights) = value.read(units, problems)?;
    progress.stage("permute", 1, &message!("hoán vị", "permuting"));
    let lines = statistic(&values, &weights, rounds);
    let (csv, said) = statistics::local(&units.ids, &values, &weights, &lines, lang);
    give_bytes(given.out.as_deref(), &csv)?;
    progress.say(said.get(lang));
    Ok(())
}
