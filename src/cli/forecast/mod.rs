//! `ruong forecast`: models of disease and development, from weather.

mod degree_days;
mod disease;

use super::{Outcome, Stopped, report, stop};
use crate::forecast::weather::{self, Filling, Needs, Station};
use crate::input::Source;
use crate::input::tables::{self, Form};
use crate::message;
use crate::publish::Out;
use crate::run::{Fault, Place, Problems, Progress, Result};
use crate::values::{Lang, dates};
use chrono::NaiveDate;
use clap::{Subcommand, ValueEnum};
use std::path::{Path, PathBuf};

/// Arguments of `ruong forecast`.
#[derive(Debug, clap::Args)]
pub(super) struct ForecastArguments {
    #[command(subcommand)]
    model: Model,
}

#[derive(Debug, Subcommand)]
enum Model {
    /// Mức thuận lợi của thời tiết cho bệnh lúa, EPIRICE (how favourable weather is for rice diseases)
    Disease(disease::DiseaseArguments),
    /// Tích nhiệt hữu hiệu từng ngày (degree days)
    DegreeDays(degree_days::DegreeDaysArguments),
}

/// Where weather comes from and where the result goes; every model has these.
#[derive(Debug, clap::Args)]
pub(super) struct Common {
    /// Bảng thời tiết ngày: CSV, Excel, ODS (table of daily weather)
    #[arg(long)]
    weather: PathBuf,
    /// Bù số liệu thiếu (what to do with missing days and values)
    #[arg(long, value_enum, default_value_t = Fill::None)]
    fill: Fill,
    /// Tệp CSV kết quả; không có thì in ra (CSV to write; printed without it)
    #[arg(long)]
    out: Option<PathBuf>,
    /// Ngôn ngữ (language)
    #[arg(long)]
    lang: Option<Lang>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Fill {
    /// Từ chối (refuse)
    None,
    /// Lấy ngày trước (the day before)
    Previous,
    /// Nội suy (a straight line)
    Linear,
}

impl ForecastArguments {
    /// Language asked for, if any.
    pub(super) fn lang(&self) -> Option<Lang> {
        match &self.model {
            Model::Disease(disease) => disease.common.lang,
            Model::DegreeDays(degree_days) => degree_days.common.lang,
        }
    }
}

pub(super) fn run(arguments: &ForecastArguments) -> std::result::Result<Outcome, Stopped> {
    let lang = arguments.lang().unwrap_or_default();
    let mut problems = Problems::default();
    let result = match &arguments.model {
        Model::Disease(disease) => disease::run(disease, lang, &mut problems),
        Model::DegreeDays(degree_days) => degree_days::run(degree_days, &mut problems),
    };
    report::problems(&problems, lang, &Progress::new(lang, false));
    result.map_err(stop(lang))
}

impl Common {
    fn stations(&self, needs: Needs, problems: &mut Problems) -> Result<Vec<Station>> {
        let name = self.weather.display().to_string();
        let source = Source { path: self.weather.clone(), name: name.clone(), content: None };
        let table = tables::read(&source, &Form::default(), problems)?;
        let filling = match self.fill {
            Fill::None => Filling::None,
            Fill::Previous => Filling::Previous,
            Fill::Linear => Filling::Linear,
        };
        let stations = weather::stations(&table, needs, filling, problems)?;
        if stations.is_empty() {
            let message = message!("tệp thời tiết không có dòng nào", "the weather table has no rows");
            return Err(Fault::new("no-rows", Place::file(name), message));
        }
        Ok(stations)
    }

    /// Writes the CSV, whole or not at all, or prints it.
    fn give(&self, writer: csv::Writer<Vec<u8>>) -> Result<Outcome> {
        let bytes = writer.into_inner().unwrap_or_default();
        match &self.out {
            None => super::print(String::from_utf8_lossy(&bytes).trim_end()),
            Some(path) => {
                let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
                let Some(name) = path.file_name() else {
                    let message = message!("--out cần tên một tệp CSV", "--out needs the name of a CSV file");
                    return Err(Fault::new("usage", Place::file(path.display().to_string()), message));
                };
                Out::new(folder)?.write(&name.to_string_lossy(), &bytes)?;
            }
        }
        Ok(Outcome::Complete)
    }
}

/// A day given on the command line.
fn day(text: &str) -> std::result::Result<NaiveDate, String> {
    dates::parse(text).ok_or_else(|| format!("\"{text}\": 2024-04-05 | 05/04/2024"))
}

/// One record; writing to memory cannot fail.
fn record<I: IntoIterator<Item = String>>(writer: &mut csv::Writer<Vec<u8>>, cells: I) {
    let cells: Vec<String> = cells.into_iter().collect();
    let _ = writer.write_record(&cells);
}
