//! `ruong forecast`: models of disease and development from weather, of weeks from their history, and proof of both.

mod degree_days;
mod disease;
mod evaluate;
mod history;
mod insects;
mod placed;
mod traps;
mod verify;
mod weekly;

use super::frame::Frame;
use super::give::{give, record};
use super::{Outcome, Stopped, report, stop};
use crate::forecast::weather::{self, Needs, Station};
use crate::input::Source;
use crate::message;
use crate::project;
use crate::readers::tables::{self, Form};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::dates;
use chrono::NaiveDate;
use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

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
    /// Ngày các giai đoạn và lứa của côn trùng (days of life stages and generations of insects)
    Insects(insects::InsectsArguments),
    /// Bẫy đèn: đỉnh, lứa, cửa sổ xuống giống né rầy (light traps: peaks, generations, sowing windows)
    Traps(traps::TrapsArguments),
    /// Vài tuần tới của từng nơi và loài, có khoảng tin cậy (the next weeks of every unit and pest)
    Weekly(weekly::WeeklyArguments),
    /// Chấm điểm các mô hình trên những năm chúng chưa thấy (scores of models in years they had not seen)
    Evaluate(evaluate::EvaluateArguments),
    /// Chấm điểm dự báo đã có (scores of forecasts already made)
    Verify(verify::VerifyArguments),
}

/// Where weather comes from and where the result goes; every model has these.
#[derive(Debug, clap::Args)]
pub(super) struct Common {
    /// Bảng thời tiết ngày: CSV, Excel, ODS (table of daily weather)
    #[arg(long)]
    weather: Option<PathBuf>,
    /// Bù số liệu thiếu (what to do with missing days and values)
    #[arg(long, value_enum, default_value_t = Fill::None)]
    fill: Fill,
    /// Tệp CSV kết quả; không có thì in ra (CSV to write; printed without it)
    #[arg(long)]
    out: Option<PathBuf>,
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

pub(super) fn run(arguments: &ForecastArguments, frame: Frame) -> std::result::Result<Outcome, Stopped> {
    let lang = frame.lang();
    let mut problems = Problems::default();
    let result = match &arguments.model {
        Model::Traps(arguments) => return traps::run(arguments, frame),
        Model::Disease(disease) => disease::run(disease, lang, &mut problems),
        Model::DegreeDays(degree_days) => degree_days::run(degree_days, &mut problems),
        Model::Insects(insects) => insects::run(insects, lang, &mut problems),
        Model::Weekly(weekly) => weekly::run(weekly, frame, &mut problems),
        Model::Evaluate(evaluate) => evaluate::run(evaluate, frame, &mut problems),
        Model::Verify(verify) => verify::run(verify, &mut problems),
    };
    report::problems(&problems, lang, &crate::console::terminal::progress(lang, false));
    result.map_err(stop(lang))
}

impl Common {
    /// The weather table as the user wrote it.
    fn file(&self) -> String {
        self.weather.as_ref().map(|path| path.display().to_string()).unwrap_or_default()
    }

    fn stations(&self, needs: Needs, problems: &mut Problems) -> Result<Vec<Station>> {
        let Some(path) = &self.weather else {
            let message = message!("thiếu --weather (bảng thời tiết ngày)", "--weather (a table of daily weather) is missing");
            return Err(Fault::new("usage", Place::default(), message));
        };
        let name = self.file();
        let source = Source { path: path.clone(), name: name.clone(), content: None };
        let table = tables::read(&source, &Form::default(), problems)?;
        let fill = match self.fill {
            Fill::None => None,
            Fill::Previous => Some(project::Fill::Previous),
            Fill::Linear => Some(project::Fill::Linear),
        };
        let stations = weather::stations(&table, needs, fill, problems)?;
        if stations.is_empty() {
            let message = message!("tệp thời tiết không có dòng nào", "the weather table has no rows");
            return Err(Fault::new("no-rows", Place::file(name), message));
        }
        Ok(stations)
    }

    /// Writes the CSV, or prints it.
    fn give(&self, writer: csv::Writer<Vec<u8>>) -> Result<Outcome> {
        give(self.out.as_deref(), writer)?;
        Ok(Outcome::Complete)
    }
}

/// A day given on the command line.
pub(super) fn day(text: &str) -> std::result::Result<NaiveDate, String> {
    dates::parse(text).ok_or_else(|| "2024-04-05 | 05/04/2024".to_owned())
}
