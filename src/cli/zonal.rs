//! `ruong zonal`: statistics of rasters within fields or communes.

use super::frame::Frame;
use super::give::give_bytes;
use super::outputs::{Manner, make_into};
use super::registers::name;
use super::{Outcome, Stopped, stop};
use crate::project::{OutputKind, Project, ZonalKeys};
use crate::publish::{Memory, Sink};
use std::path::PathBuf;

/// Arguments of `ruong zonal`.
#[derive(Debug, clap::Args)]
pub(super) struct ZonalArguments {
    /// Raster, lặp lại được hoặc dùng mẫu như "du-bao-*.tif" (rasters; patterns are fine)
    #[arg(long, required = true, num_args = 1..)]
    raster: Vec<String>,
    /// Tệp thửa hoặc xã (boundaries of fields or communes)
    #[arg(long, alias = "zones")]
    communes: PathBuf,
    /// Thuộc tính mã của vùng, nếu không tự nhận ra (property that names a zone)
    #[arg(long, alias = "id")]
    code: Option<String>,
    /// Lớp, khi tệp vùng có nhiều lớp (layer of the zones)
    #[arg(long)]
    layer: Option<String>,
    /// Các thống kê: mean, sum, min, max, count, stdev, quantiles, fractions, weighted_mean, weighted_sum (statistics: mean, sum, min, max, count, stdev, quantiles, fractions, weighted_mean, weighted_sum)
    #[arg(long, value_delimiter = ',', default_value = "mean")]
    stats: Vec<String>,
    /// Các phân vị của quantiles (quantiles)
    #[arg(long, value_delimiter = ',', default_values_t = [0.25, 0.5, 0.75])]
    quantiles: Vec<f64>,
    /// Băng, đánh số từ 1; mọi băng nếu không ghi (bands; all of them by default)
    #[arg(long, value_delimiter = ',')]
    band: Vec<usize>,
    /// Hệ tọa độ của raster không tự ghi (reference system of rasters that do not state theirs)
    #[arg(long)]
    crs: Option<String>,
    /// Biến, khi tệp có nhiều biến như NetCDF (variable of a file that has several)
    #[arg(long)]
    variable: Option<String>,
    /// Số đánh dấu ô không có số liệu (value that stands for no data)
    #[arg(long, allow_negative_numbers = true)]
    nodata: Option<f64>,
    /// Raster trọng số cùng lưới ô, ví dụ dân số (raster of weights, of the same cells)
    #[arg(long)]
    weights: Option<PathBuf>,
    /// Tệp CSV kết quả; không có thì in ra (CSV to write; printed without it)
    #[arg(long)]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &ZonalArguments, frame: Frame) -> Result<Outcome, Stopped> {
    let lang = frame.lang();
    let own = ZonalKeys {
        raster: arguments.raster.clone(),
        zones: match name(&arguments.communes) {
            // A file of this name is no part of a project.
            zones if matches!(zones.as_str(), "fields" | "communes") => format!("./{zones}"),
            zones => zones,
        },
        zone_id: arguments.code.clone(),
        layer: arguments.layer.clone(),
        stats: arguments.stats.clone(),
        quantiles: arguments.quantiles.clone(),
        band: arguments.band.clone(),
        crs: arguments.crs.clone(),
        variable: arguments.variable.clone(),
        nodata: arguments.nodata,
        weights: arguments.weights.as_deref().map(name),
    };
    let sink = Memory::default();
    let project = Project { maps: Some(Vec::new()), charts: Some(Vec::new()), ..Project::default() };
    let outcome = make_into(project, OutputKind::Zonal(own), &sink, Manner { lang, quiet: frame.quiet, problems: false })?;
    give_bytes(arguments.out.as_deref(), &sink.read("zonal.csv").unwrap_or_default()).map_err(stop(lang))?;
    Ok(outcome)
}
