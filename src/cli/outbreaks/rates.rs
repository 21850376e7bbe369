//! `ruong outbreaks rates`: outbreaks and animals by commune, with rates over animals at risk.

use super::Manner;
use crate::cli::Outcome;
use crate::cli::registers::{Boundaries, HerdsArguments, OutbreaksArguments, Plane};
use crate::measures::registers::{Column, of_herds, of_outbreaks, report_impossible, report_mixed};
use crate::message;
use crate::outbreaks::register::Active;
use crate::publish::{self, Sink};
use crate::run::{Problems, Progress, Result};
use crate::tables::Sheet;
use crate::tables::sheet::{Cell, Heading};
use crate::values::{Lang, Message};
use chrono::NaiveDate;
use std::path::PathBuf;

/// Arguments of `ruong outbreaks rates`.
#[derive(Debug, clap::Args)]
pub(super) struct RatesArguments {
    #[command(flatten)]
    outbreaks: OutbreaksArguments,
    /// Ranh giới xã (commune boundaries)
    #[arg(long)]
    communes: PathBuf,
    #[command(flatten)]
    herds: HerdsArguments,
    /// Tính đến ngày này (as of this day)
    #[arg(long, value_parser = crate::cli::forecast::day)]
    to: Option<NaiveDate>,
    /// Số ngày không có ca mới thì ổ dịch hết hoạt động (days without a case after which an outbreak is over)
    #[arg(long)]
    release_days: Option<u32>,
    /// Sổ ghi đủ mọi ổ dịch: xã không có dòng là 0, không phải không rõ (the register is complete: no row means none)
    #[arg(long)]
    complete: bool,
    #[command(flatten)]
    pub(super) manner: Manner,
}

pub(super) fn run(arguments: &RatesArguments, lang: Lang, problems: &mut Problems, progress: &mut Progress) -> Result<Outcome> {
    progress.stage("read", 1, &message!("đọc sổ ổ dịch và ranh giới", "reading the register and boundaries"));
    let boundaries = Boundaries::read(&arguments.communes, problems)?;
    let diseases = arguments.outbreaks.diseases()?;
    let register = arguments.outbreaks.read(Some(&boundaries), Plane::Degrees, &diseases, problems)?;
    let herds = arguments.herds.read(&arguments.outbreaks, Some(&boundaries), Plane::Degrees, problems)?;
    report_mixed(&register, herds.as_ref(), problems);
    let on = arguments.to.or_else(|| register.last_day()).unwrap_or_default();
    let active = Active { from: None, on, release_days: arguments.release_days };
    let communes = &boundaries.communes;
    let mut columns: Vec<Column> = herds.as_ref().map(|herds| of_herds(herds, communes)).unwrap_or_default();
    columns.extend(of_outbreaks(&register, herds.as_ref(), communes, &active, arguments.complete));
    report_impossible(&columns, communes, &register.file, problems);
    let heading = |id: &str, title: Message, decimals: usize| Heading { id: id.to_owned(), title, decimals };
    let mut headings = vec![heading("code", message!("Mã xã", "Code"), 0), heading("name", message!("Xã", "Commune"), 0)];
    headings.extend(columns.iter().map(|(id, name, unit, _)| {
        let with = |name: &str, unit: &str| format!("{name} ({unit})");
        let title = Message { vi: with(&name.vi, &unit.vi), en: with(&name.en, &unit.en) };
        heading(id, title, if id.ends_with("_pct") { 2 } else { 0 })
    }));
    let rows = (0..communes.len())
        .map(|commune| {
            let mut row = vec![Cell::from(communes.codes[commune].as_str()), Cell::from(communes.names[commune].as_str())];
            row.extend(columns.iter().map(|(.., values)| Cell::from(values[commune])));
            row
        })
        .collect();
    let sheet = Sheet { id: "rates", title: message!("Tỷ lệ theo xã", "Rates by commune"), headings, rows, totals: None };
    let out = crate::cli::inputs::output(&arguments.manner.out)?;
    out.write("rates.csv", &sheet.csv()?)?;
    out.write("rates.xlsx", &publish::xlsx::workbook(&[&sheet], lang, "rates.xlsx")?)?;
    out.write("rates.geojson", &publish::geojson::collection(&sheet, &communes.shapes))?;
    out.write("problems.csv", &publish::problems::csv(problems, lang))?;
    let known: Vec<_> = register.list.iter().filter(|outbreak| active.knows(outbreak)).collect();
    let nowhere = known.iter().filter(|outbreak| outbreak.site.commune.is_none()).count();
    let count = known.len();
    progress.say(&match lang {
        Lang::Vi => format!("{count} ổ dịch, {nowhere} không rõ xã"),
        Lang::En => format!("{count} outbreaks, {nowhere} in no known commune"),
    });
    Ok(Outcome::Complete)
}
