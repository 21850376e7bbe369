//! `ruong hotspots moran|geary`: one statistic of all units.

use super::units::UnitsArguments;
use super::{Chances, Given};
use crate::cli::give::give_bytes;
use crate::hotspots::association::{self, Kind};
use crate::hotspots::weights::Rule;
use crate::hotspots::{Transform, Weights, rates};
use crate::message;
use crate::run::{Fault, Place, Problems, Progress, Result};
use crate::tables::statistics;
use crate::values::Lang;
use clap::ValueEnum;

/// Arguments of `ruong hotspots moran|geary`.
#[derive(Debug, clap::Args)]
pub(super) struct GlobalArguments {
    #[command(flatten)]
    units: UnitsArguments,
    #[command(flatten)]
    value: ValueArguments,
    /// Trọng số: row (chia theo hàng) hoặc binary (0, 1) (row-standardised or binary weights)
    #[arg(long, value_enum, default_value_t = Standard::Row)]
    transform: Standard,
    #[command(flatten)]
    chances: Chances,
    #[command(flatten)]
    given: Given,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Standard {
    Row,
    Binary,
}

/// What is measured, and between whom.
#[derive(Debug, clap::Args)]
pub(super) struct ValueArguments {
    /// Cột số liệu (column of values)
    #[arg(long)]
    value: String,
    /// Cột dân số hoặc tổng đàn: khi có, số liệu là số ca và tỷ lệ được chuẩn hóa theo Bayes thực nghiệm
    /// (column of populations: values are then events, and rates are standardised by empirical Bayes)
    #[arg(long)]
    population: Option<String>,
    /// Láng giềng: queen, rook, knn:K, band:KM, band (đủ rộng để không đơn vị nào lẻ loi) (neighbours)
    #[arg(long)]
    weights: Option<Rule>,
}

impl ValueArguments {
    /// Units with a value, and the values.
    pub(super) fn read(
        &self,
        units: &UnitsArguments,
        problems: &mut Problems,
    ) -> Result<(crate::hotspots::units::Units, Vec<f64>, Weights)> {
        let mut units = units.read(problems)?;
        let values = match &self.population {
            None => {
                let [values] = units.numbers([self.value.as_str()], false, problems)?;
                values
            }
            Some(population) => {
                let [events, people] = units.numbers([self.value.as_str(), population.as_str()], true, problems)?;
                let or_nan = |list: &[Option<f64>]| -> Vec<f64> { list.iter().map(|n| n.unwrap_or(f64::NAN)).collect() };
                rates::standardised(&or_nan(&events), &or_nan(&people))
            }
        };
        let keeps: Vec<bool> = values.iter().map(|value| value.is_some_and(f64::is_finite)).collect();
        units.keep(&keeps, problems)?;
        let values: Vec<f64> = values.into_iter().flatten().filter(|value| value.is_finite()).collect();
        if values.iter().all(|value| *value == values[0]) {
            let message =
                message!("mọi đơn vị có cùng một số: không có gì để so", "all units have the same value: nothing to compare");
            return Err(Fault::new(
                "constant",
                Place::file(&units.file).column(&self.value).value(values[0].to_string()),
                message,
            ));
        }
        let weights = units.weights(self.weights, problems)?;
        Ok((units, values, weights))
    }
}

pub(super) fn run(
    kind: Kind,
    arguments: &GlobalArguments,
    lang: Lang,
    problems: &mut Problems,
    progress: &mut Progress,
) -> Result<()> {
    progress.stage("read", 1, &message!("đọc đơn vị và số liệu", "reading units and values"));
    let (units, values, weights) = arguments.value.read(&arguments.units, problems)?;
    // Units without neighbours are left out of the statistic.
    let kept: Vec<usize> = (0..weights.len()).filter(|&unit| !weights.neighbours[unit].is_empty()).collect();
    let values: Vec<f64> = kept.iter().map(|&unit| values[unit]).collect();
    let weights = weights.among(&kept);
    let transform = match arguments.transform {
        Standard::Row => Transform::RowStandardised,
        Standard::Binary => Transform::Binary,
    };
    progress.stage("permute", 1, &message!("hoán vị", "permuting"));
    let rounds = arguments.chances.rounds();
    let found = association::global(kind, &values, &weights, transform, (rounds.permutations, rounds.seed), rounds.ties)
        .ok_or_else(|| {
            let message = message!("quá ít đơn vị có láng giềng", "too few units have neighbours");
            Fault::new("too-few-units", Place::file(&units.file), message)
        })?;
    let islands = units.ids.len() - values.len();
    let (json, said) = statistics::global(kind, &found, rounds, &weights, islands, lang);
    give_bytes(arguments.given.out.as_deref(), &json)?;
    progress.say(said.get(lang));
    Ok(())
}
