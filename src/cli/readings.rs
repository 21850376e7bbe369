//! Readings of traps and sensors, as a table of a project made in memory.

use super::registers::name;
use crate::project::{Project, ReadingsKeys, TableConfig, TableKind};
use std::path::PathBuf;

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
    /// A project of these readings.
    pub(super) fn project(&self, own: ReadingsKeys, bw: bool) -> Project {
        let declared = [("station", &self.station), ("thing", &self.property), ("date", &self.date), ("value", &self.value)];
        let columns = declared.into_iter().filter_map(|(role, heading)| Some((role.to_owned(), heading.clone()?))).collect();
        let table = TableConfig {
            id: "readings".to_owned(),
            file: name(&self.readings),
            columns,
            sheet: self.sheet.clone(),
            kind: TableKind::Readings(ReadingsKeys { property: self.name.clone(), ..own }),
            ..TableConfig::default()
        };
        Project { tables: vec![table], bw, maps: Some(Vec::new()), charts: Some(Vec::new()), ..Project::default() }
    }
}
