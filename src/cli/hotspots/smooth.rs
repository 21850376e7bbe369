//! `ruong hotspots smooth`: rates of small populations, smoothed.

use super::Given;
use super::units::UnitsArguments;
use crate::cli::give::give_bytes;
use crate::hotspots::rates::{self, Reference};
use crate::hotspots::weights::Rule;
use crate::message;
use crate::run::{Fault, Place, Problems, Progress, Result};
use crate::tables::statistics;
use clap::ValueEnum;

/// Arguments of `ruong hotspots smooth`.
#[derive(Debug, clap::Args)]
pub(super) struct SmoothArguments {
    #[command(flatten)]
    units: UnitsArguments,
    /// Cột số ca (column of events)
    #[arg(long)]
    value: String,
    /// Cột dân số hoặc tổng đàn (column of populations)
    #[arg(long)]
    population: String,
    /// Láng giềng: queen, rook, knn:K, band:KM, band (đủ rộng để không đơn vị nào lẻ loi) (neighbours)
    #[arg(long)]
    weights: Option<Rule>,
    /// Độ lệch trong vùng lân cận tính từ tỷ lệ nào: own (GeoDa, esda) hoặc neighbours (spdep)
    /// (which rate spread is measured from)
    #[arg(long, value_enum, default_value_t = From::Own)]
    reference: From,
    #[command(flatten)]
    given: Given,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum From {
    Own,
    Neighbours,
}

pub(super) fn run(arguments: &SmoothArguments, problems: &mut Problems, progress: &mut Progress) -> Result<()> {
    progress.stage("read", 1, &message!("đọc đơn vị và số liệu", "reading units and values"));
    let mut units = arguments.units.read(problems)?;
    let [events, people] = units.numbers([arguments.value.as_str(), arguments.population.as_str()], true, problems)?;
    for (unit, people) in people.iter().enumerate() {
        if *people == Some(0.0) {
            let message = message!("tổng đàn hoặc dân số bằng 0: không có tỷ lệ", "the population is 0: there is no rate");
            problems.warning("zero-population", units.place(unit), message, None);
        }
    }
    let keeps: Vec<bool> =
        events.iter().zip(&people).map(|(events, people)| events.is_some() && people.is_some_and(|n| n > 0.0)).collect();
    let all =
        |list: &[Option<f64>]| -> Vec<f64> { list.iter().zip(&keeps).filter_map(|(n, keep)| n.filter(|_| *keep)).collect() };
    let (events, people) = (all(&events), all(&people));
    units.keep(&keeps, problems)?;
    if events.iter().all(|n| *n == 0.0) {
        let message = message!("không có ca nào", "there is no event");
        return Err(Fault::new("no-events", Place::file(&units.file).column(&arguments.value), message));
    }
    let weights = units.weights(arguments.weights, problems)?;
    let reference = match arguments.reference {
        From::Own => Reference::Own,
        From::Neighbours => Reference::Neighbours,
    };
    let found = rates::rates(&events, &people, &weights, reference);
    let csv = statistics::smooth(&units.ids, &events, &people, &weights, &found);
    give_bytes(arguments.given.out.as_deref(), &csv)
}
