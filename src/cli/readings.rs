//! Tables of readings and charts of them, for the commands on traps and sensors.

use super::give::{give, record, writer};
use crate::draw::{Imprint, Job, Picture};
use crate::figures::readings::ReadingsChart;
use crate::forecast::readings::{self, Headings, Readings};
use crate::input::Source;
use crate::input::tables::{self, Form};
use crate::project::Page;
use crate::publish::raster::Painter;
use crate::publish::{Before, Format, Publisher, Sink};
use crate::run::{Problems, Progress, Result};
use crate::values::area::Position;
use std::path::{Path, PathBuf};

/// A table of readings.
#[derive(Debug, clap::Args)]
pub(super) struct ReadingsArguments {
    /// Bảng số đọc: trạm, loài hoặc chỉ tiêu, ngày, số (table of readings: station, species or quantity, day, number)
    #[arg(long)]
    readings: PathBuf,
    /// Cột trạm (column of stations)
    #[arg(long)]
    station: Option<String>,
    /// Cột loài hoặc chỉ tiêu (column of species or quantities)
    #[arg(long = "thing")]
    property: Option<String>,
    /// Cột ngày (column of days)
    #[arg(long)]
    date: Option<String>,
    /// Cột số (column of numbers)
    #[arg(long)]
    value: Option<String>,
    /// Tên loài hoặc chỉ tiêu, khi bảng không có cột đó (name of the species where no column has it)
    #[arg(long)]
    name: Option<String>,
    /// Trang tính (sheet)
    #[arg(long)]
    sheet: Option<String>,
}

impl ReadingsArguments {
    /// The file as the user wrote it.
    pub(super) fn file(&self) -> String {
        self.readings.display().to_string()
    }

    pub(super) fn read(&self, positive: bool, problems: &mut Problems) -> Result<Readings> {
        let source = Source { path: self.readings.clone(), name: self.file(), content: None };
        let table = tables::read(&source, &Form { sheet: self.sheet.clone(), ..Form::default() }, problems)?;
        let headings = Headings {
            station: self.station.clone(),
            property: self.property.clone(),
            date: self.date.clone(),
            value: self.value.clone(),
            ..Headings::default()
        };
        let mut found = readings::read(&table, &headings, &|_| !positive, problems)?;
        if let (Some(name), [only]) = (&self.name, &mut found.properties[..]) {
            name.clone_into(only);
        }
        Ok(found)
    }
}

/// Draws charts into a folder, as PNG and SVG; the answer is whether any failed.
pub(super) fn draw<'a>(
    charts: &'a [ReadingsChart],
    imprint: &'a Imprint,
    out: &dyn Sink,
    progress: &Progress,
    problems: &mut Problems,
) -> bool {
    let job = |chart: &'a ReadingsChart| Job {
        id: chart.id.clone(),
        picture: Picture::Still(Box::new(move || chart.scene(imprint, &Page::default()))),
    };
    let formats = [Format::Png, Format::Svg];
    let publisher = Publisher { formats: &formats, out, before: &Before::new(), painter: Painter::default() };
    publisher.publish(charts.iter().map(job).collect(), "charts", progress, problems).failed
}

/// Writes a table into a folder.
pub(super) fn table(folder: &Path, name: &str, headings: &[&str], rows: Vec<Vec<String>>) -> Result<()> {
    let mut writer = writer();
    record(&mut writer, headings.iter().map(|&heading| heading.to_owned()));
    rows.into_iter().for_each(|row| record(&mut writer, row));
    give(Some(&folder.join(name)), writer)
}

/// Longitude and latitude as cells.
pub(super) fn cells(position: Option<Position>) -> [String; 2] {
    match position {
        Some([x, y]) => [x.to_string(), y.to_string()],
        None => [String::new(), String::new()],
    }
}
