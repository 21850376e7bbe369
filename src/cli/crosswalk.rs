//! `ruong crosswalk`: values of the units of one date for those of another, and what became of each unit.

use super::frame::Frame;
use super::{Outcome, Stopped, stop};
use crate::app::crosswalk::{Asked, by_fields, pass};
use crate::console::terminal::tell;
use crate::input::Source;
use crate::join::dates;
use crate::join::given::{Given, report_outside};
use crate::places::coverage;
use crate::places::crosswalk::{Crosswalk, Kind};
use crate::project::CommunesConfig;
use crate::publish::{self, Sink};
use crate::readers::tables::{self, Form};
use crate::run::{Fault, Level, Place, Problems, Result};
use crate::tables::crosswalk::{units, values};
use crate::values::{Lang, exact, numbers};
use crate::{app, message};
use clap::ValueEnum;
use std::path::{Path, PathBuf};

/// Arguments of `ruong crosswalk`.
#[derive(Debug, clap::Args)]
pub(super) struct CrosswalkArguments {
    /// Ranh giới đơn vị cũ (old boundaries)
    #[arg(long, alias = "from")]
    old: PathBuf,
    /// Ranh giới đơn vị mới (new boundaries)
    #[arg(long, alias = "to")]
    new: PathBuf,
    /// Bảng số liệu theo đơn vị cũ (table of old units)
    #[arg(long)]
    table: Option<PathBuf>,
    /// Cột số liệu (column of values)
    #[arg(long)]
    value: Option<String>,
    /// Cột mã hoặc tên đơn vị cũ trong bảng (column with the code or name of old units)
    #[arg(long, alias = "key")]
    code: Option<String>,
    /// Loại số liệu (what kind of values they are)
    #[arg(long, value_enum, default_value_t = ValueKind::Extensive)]
    kind: ValueKind,
    /// area, một tệp thửa, hoặc cột tỷ lệ của --given (area, a layer of fields, or a column of --given)
    #[arg(long, default_value = "area")]
    weights: String,
    /// Bảng đơn vị cũ → mới đã công bố, để đối chiếu (a published list of old and new units)
    #[arg(long)]
    given: Option<PathBuf>,
    /// Tỷ lệ nhỏ hơn mức này không tính là chia tách hay sáp nhập (shares below this are no division)
    #[arg(long, default_value_t = crate::join::dates::LEAST, value_parser = super::inputs::share)]
    tolerance: f64,
    /// Thuộc tính mã của đơn vị cũ (property with the old code)
    #[arg(long, alias = "from-code")]
    old_code: Option<String>,
    /// Thuộc tính tên của đơn vị cũ (property with the old name)
    #[arg(long, alias = "from-name")]
    old_name: Option<String>,
    /// Thuộc tính mã của đơn vị mới (property with the new code)
    #[arg(long, alias = "to-code")]
    new_code: Option<String>,
    /// Thuộc tính tên của đơn vị mới (property with the new name)
    #[arg(long, alias = "to-name")]
    new_name: Option<String>,
    /// Lớp của cả hai tệp, khi tệp có nhiều lớp (layer of both files)
    #[arg(long)]
    layer: Option<String>,
    /// Lớp của ranh giới cũ (layer of the old boundaries)
    #[arg(long, alias = "from-layer")]
    old_layer: Option<String>,
    /// Lớp của ranh giới mới (layer of the new boundaries)
    #[arg(long, alias = "to-layer")]
    new_layer: Option<String>,
    /// Hệ tọa độ của ranh giới cũ (reference system of the old boundaries)
    #[arg(long, alias = "from-crs")]
    old_crs: Option<String>,
    /// Hệ tọa độ của ranh giới mới (reference system of the new boundaries)
    #[arg(long, alias = "to-crs")]
    new_crs: Option<String>,
    /// Thư mục kết quả (output folder)
    #[arg(long, default_value = "crosswalk")]
    out: PathBuf,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ValueKind {
    /// Cộng được: ha, tấn, người (adds up: hectares, tonnes, people)
    Extensive,
    /// Trung bình hoặc tỷ lệ (a mean or a share)
    Intensive,
}

pub(super) fn run(arguments: &CrosswalkArguments, frame: Frame) -> std::result::Result<Outcome, Stopped> {
    let lang = frame.lang();
    crosswalk(arguments, lang).map_err(stop(lang))
}

fn crosswalk(arguments: &CrosswalkArguments, lang: Lang) -> Result<Outcome> {
    let mut problems = Problems::default();
    let layer = |own: &Option<String>| own.clone().or_else(|| arguments.layer.clone());
    let old = app::communes(
        Path::new(""),
        &CommunesConfig {
            file: arguments.old.display().to_string(),
            code: arguments.old_code.clone(),
            name: arguments.old_name.clone(),
            layer: layer(&arguments.old_layer),
            crs: arguments.old_crs.clone(),
            ..CommunesConfig::default()
        },
        &mut problems,
    )?;
    let new = app::communes(
        Path::new(""),
        &CommunesConfig {
            file: arguments.new.display().to_string(),
            code: arguments.new_code.clone(),
            name: arguments.new_name.clone(),
            layer: layer(&arguments.new_layer),
            crs: arguments.new_crs.clone(),
            ..CommunesConfig::default()
        },
        &mut problems,
    )?;
    let least = arguments.tolerance;
    let land = dates::by_area(&old, &new, least);
    let given = match &arguments.given {
        Some(path) => {
            let table = tables::read(&Source::at(path), &Form::default(), &mut problems)?;
            Some(Given::new(table, &old, &new, &mut problems)?)
        }
        None => None,
    };
    let crosswalk = match (arguments.weights.as_str(), &given) {
        ("area", _) => land.clone(),
        (path, _) if Path::new(path).exists() => by_fields(Path::new(path), &old, &new, least, &mut problems)?,
        (column, Some(given)) => given.stated(column, &old, &new, least)?,
        (column, None) => {
            return Err(Fault::new(
                "usage",
                Place::default().column("--weights").value(column),
                message!(
                    "--weights {column}: không phải \"area\", cũng không có tệp nào tên này; nếu là tên cột thì cần --given BẢNG",
                    "--weights {column}: neither \"area\" nor an existing file; if it is a column, --given TABLE is needed"
                ),
            ));
        }
    };
    if let Some(given) = &given {
        given.report_doubts(&land, least, &old, &new, &mut problems);
    }
    report_outside(&crosswalk, &old, 0..old.len(), &mut problems);
    coverage::overlapping(&old, &mut problems);
    let out = super::inputs::output(&arguments.out)?;
    out.write("units.csv", &units(&old, &new, &crosswalk, &land))?;
    let mut conserved = None;
    if let Some(path) = &arguments.table {
        let Some(value) = arguments.value.as_deref() else {
            let message = message!("--table cần --value CỘT", "--table needs --value COLUMN");
            return Err(Fault::new("usage", Place::default().column("--value"), message));
        };
        let asked =
            Asked { file: path, value, key: arguments.code.as_deref(), intensive: arguments.kind == ValueKind::Intensive };
        let passed = pass(&asked, &old, (&crosswalk, new.len()), &mut problems)?;
        let place = Place::file(path.display().to_string()).column(&passed.heading);
        out.write("values.csv", &values(&new, &passed.values, &place, &mut problems))?;
        // Means have no total.
        let after = || exact::sum(passed.values.iter().filter_map(|(number, _)| *number));
        conserved = (arguments.kind != ValueKind::Intensive).then(|| (passed.before, after()));
    }
    out.write("problems.csv", &publish::problems::csv(&problems, lang))?;
    summary(&crosswalk, conserved, &out, lang);
    for (problem, count) in problems.kinds() {
        let place = problem.place.describe(lang);
        tell(&format!("  ×{count} {place}: {}", problem.problem.get(lang)));
    }
    Ok(if problems.count(Level::Error) > 0 { Outcome::Partial } else { Outcome::Complete })
}

fn summary(crosswalk: &Crosswalk, sums: Option<(f64, f64)>, out: &dyn Sink, lang: Lang) {
    let parts: Vec<String> = [Kind::Unchanged, Kind::Renamed, Kind::Merged, Kind::Divided, Kind::Unplaced]
        .into_iter()
        .map(|kind| (kind, crosswalk.kinds.iter().filter(|found| **found == kind).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{} {count}", kind.words(lang)))
        .collect();
    super::print(&parts.join(", "));
    if let Some((before, after)) = sums {
        let text = |number: f64| numbers::format(number, 4, lang);
        super::print(&match lang {
            Lang::Vi => format!("tổng trước {}, tổng sau {}", text(before), text(after)),
            Lang::En => format!("sum before {}, sum after {}", text(before), text(after)),
        });
    }
    tell(&format!("{} {}", lang.pick("đã ghi", "written:"), out.written().into_keys().collect::<Vec<_>>().join(", ")));
}
