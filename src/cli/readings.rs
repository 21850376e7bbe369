//! Readings of traps and sensors, as a table of a project made in memory.

use super::registers::FormArguments;
use crate::project::{Project, ReadingsKeys, TableKind};
use std::path::PathBuf;

/// A table of readings.
#[derive(Debug, clap::Args)]
pub(super) struct ReadingsArguments {
    /// Bảng số đo: trạm, loài hoặc chỉ tiêu, ngày, số (table of readings: station, species or quantity, day, number)
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
    /// Số là số đếm cộng dồn của máy: true hoặc false (what a counter shows; told by the numbers if absent)
    #[arg(long)]
    cumulative: Option<bool>,
    #[command(flatten)]
    form: FormArguments,
}

impl ReadingsArguments {
    /// A project of these readings.
    pub(super) fn project(&self, own: ReadingsKeys) -> Project {
        let declared = [("station", &self.station), ("thing", &self.property), ("date", &self.date), ("value", &self.value)];
        let mut table = self.form.table("readings", &self.readings);
        table.columns.extend(declared.into_iter().filter_map(|(role, heading)| Some((role.to_owned(), heading.clone()?))));
        table.kind = TableKind::Readings(ReadingsKeys { property: self.name.clone(), cumulative: self.cumulative, ..own });
        Project { tables: vec![table], maps: Some(Vec::new()), charts: Some(Vec::new()), ..Project::default() }
    }
}
