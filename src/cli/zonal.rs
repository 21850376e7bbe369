//! `ruong zonal`: statistics of rasters within fields or communes.

use super::{Outcome, Stopped, report, stop};
use crate::message;
use crate::run::{Fault, Place, Problems, Progress, Result};
use crate::values::Lang;
use std::path::PathBuf;

/// Arguments of `ruong zonal`.
#[derive(Debug, clap::Args)]
pub(super) struct ZonalArguments {
    /// Raster, lặp lại được hoặc dùng mẫu như "du-bao-*.tif" (rasters; patterns are fine)
    #[arg(long, required = true, num_args = 1..)]
    raster: Vec<String>,
    /// Tệp thửa hoặc xã (boundaries of fields or communes)
    #[arg(long)]
    zones: PathBuf,
    /// Thuộc tính mã của vùng, nếu không tự nhận ra (property that names a zone)
    #[arg(long)]
    id: Option<String>,
    /// Lớp, khi tệp vùng có nhiều lớp (layer of the zones)
    #[arg(long)]
    layer: Option<String>,
    /// mean, sum, min, max, count, stdev, quantiles, fractions
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
    /// Tệp CSV kết quả; không có thì in ra (CSV to write; printed without it)
    #[arg(long)]
    out: Option<PathBuf>,
    /// Ngôn ngữ (language)
    #[arg(long)]
    pub(super) lang: Option<Lang>,
    /// Số luồng (threads)
    #[arg(long)]
    pub(super) jobs: Option<usize>,
    /// Không in tiến độ (no progress)
    #[arg(long)]
    quiet: bool,
}

pub(super) fn run(arguments: &ZonalArguments) -> std::result::Result<Outcome, Stopped> {
    let lang = arguments.lang.unwrap_or_default();
    let mut problems = Problems::default();
    let mut progress = crate::cli::terminal::progress(lang, arguments.quiet);
    let result = zonal(arguments, &mut problems, &mut progress);
    progress.finish();
    report::problems(&problems, lang, &crate::cli::terminal::progress(lang, false));
    result.map_err(stop(lang))
}

#[cfg(not(feature = "gdal"))]
fn zonal(arguments: &ZonalArguments, _: &mut Problems, _: &mut Progress) -> Result<Outcome> {
    let file = arguments.raster.first().map_or("", String::as_str);
    // The other arguments are read in builds with GDAL.
    let _ = (&arguments.zones, &arguments.id, &arguments.layer, &arguments.stats, &arguments.quantiles, &arguments.band);
    let _ = (&arguments.crs, &arguments.out);
    Err(Fault::new("needs-gdal", Place::file(file), message!("bản này không đọc raster", "this build reads no rasters"))
        .hint(message!("biên dịch lại với --features gdal", "build it with --features gdal")))
}

#[cfg(feature = "gdal")]
use with_gdal::zonal;

#[cfg(feature = "gdal")]
mod with_gdal {
    use super::*;
    use crate::cli::give::{cell, give, record, writer};
    use crate::input::Source;
    use crate::input::Wanted;
    use crate::input::headings;
    use crate::join::zonal::{Stat, Zone};
    use crate::layers::Layer;
    use crate::layers::raster;
    use crate::layers::raster::Raster;
    use crate::places::crs::Declared;
    use rayon::prelude::*;
    use std::path::Path;

    pub(super) fn zonal(arguments: &ZonalArguments, problems: &mut Problems, progress: &mut Progress) -> Result<Outcome> {
        let stats = stats(arguments)?;
        let files = files(&arguments.raster)?;
        progress.stage("read", 1, &message!("đọc ranh giới", "reading boundaries"));
        let name = arguments.zones.display().to_string();
        let source = Source { path: arguments.zones.clone(), name, content: None };
        let mut layer = crate::app::layer(&source, &Wanted::All, arguments.layer.as_deref(), Declared::default(), problems)?;
        let ids = ids(arguments, &mut layer, problems)?;
        let mut columns: Vec<(String, Vec<Zone>)> = Vec::new();
        for file in &files {
            let raster = raster::look(file, arguments.crs.as_deref())?;
            let bands = bands(arguments, &raster, file)?;
            progress.stage("zonal", 1, &message!("tính thống kê theo vùng", "statistics by zone"));
            let found = crate::join::strips::statistics(&raster, file, &bands, &layer.shapes, &stats)?;
            outside(&layer, file, &ids, &found, problems)?;
            let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let mut by_band: Vec<Vec<Zone>> = bands.iter().map(|_| Vec::with_capacity(found.len())).collect();
            for zone in found {
                by_band.iter_mut().zip(zone).for_each(|(list, zone)| list.push(zone));
            }
            for (band, zones) in bands.iter().zip(by_band) {
                let prefix = match (files.len() > 1, bands.len() > 1) {
                    (false, false) => String::new(),
                    (false, true) => format!("band_{band}_"),
                    (true, false) => format!("{stem}_"),
                    (true, true) => format!("{stem}_band_{band}_"),
                };
                columns.push((prefix, zones));
            }
        }
        write(arguments, &stats, &ids, &columns)
    }

    /// The statistics asked for, in that order.
    fn stats(arguments: &ZonalArguments) -> Result<Vec<Stat>> {
        let usage = |vi: String, en: String| {
            let place = Place::default().column("--stats");
            Fault::new("usage", place, crate::values::Message { vi, en })
        };
        let mut found = Vec::new();
        for name in &arguments.stats {
            match name.trim() {
                "mean" => found.push(Stat::Mean),
                "sum" => found.push(Stat::Sum),
                "min" => found.push(Stat::Min),
                "max" => found.push(Stat::Max),
                "count" => found.push(Stat::Count),
                "stdev" => found.push(Stat::Stdev),
                "fractions" => found.push(Stat::Fractions),
                "quantiles" => found.extend(arguments.quantiles.iter().map(|&q| Stat::Quantile(q))),
                other => {
                    let known = "mean, sum, min, max, count, stdev, quantiles, fractions";
                    return Err(usage(
                        format!("không có thống kê \"{other}\"; có: {known}"),
                        format!("there is no statistic \"{other}\"; there are: {known}"),
                    ));
                }
            }
        }
        if arguments.quantiles.iter().any(|q| !(0.0..=1.0).contains(q)) {
            return Err(usage("phân vị phải từ 0 đến 1".to_owned(), "quantiles are 0 to 1".to_owned()));
        }
        Ok(found)
    }

    /// Files by name or pattern, in order of name within a pattern.
    fn files(patterns: &[String]) -> Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for pattern in patterns {
            if Path::new(pattern).exists() || !pattern.contains(['*', '?', '[']) {
                found.push(PathBuf::from(pattern));
                continue;
            }
            let before = found.len();
            found.extend(glob::glob(pattern).into_iter().flatten().flatten());
            if found.len() == before {
                let message = message!("không có tệp nào khớp mẫu này", "no file fits this pattern");
                return Err(Fault::new("no-file", Place::file(pattern), message));
            }
        }
        Ok(found)
    }

    fn bands(arguments: &ZonalArguments, raster: &Raster, file: &Path) -> Result<Vec<usize>> {
        let all: Vec<usize> = (1..=raster.bands).collect();
        if arguments.band.is_empty() {
            return Ok(all);
        }
        match arguments.band.iter().find(|band| !all.contains(band)) {
            None => Ok(arguments.band.clone()),
            Some(band) => {
                let count = raster.bands;
                let place = Place::file(file.display().to_string()).column("--band").value(band.to_string());
                Err(Fault::new("no-band", place, message!("raster có {count} băng", "the raster has {count} bands")))
            }
        }
    }

    /// Name of the id column and the id of each zone.
    fn ids(arguments: &ZonalArguments, layer: &mut Layer, problems: &mut Problems) -> Result<(String, Vec<String>)> {
        let found = arguments.id.clone().or_else(|| {
            let headings = &layer.table.headings;
            headings::FIELD.find(headings).or_else(|| headings::CODE.find(headings)).map(str::to_owned)
        });
        let Some(name) = found else {
            problems.info(
                "no-id",
                Place::file(&layer.table.file),
                message!(
                    "không có thuộc tính mã: dùng số thứ tự của hình",
                    "no property names the zones: their numbers are used"
                ),
                None,
            );
            return Ok(("feature".to_owned(), (1..=layer.table.rows).map(|number| number.to_string()).collect()));
        };
        let column = layer.property(&name)?;
        let mut seen = std::collections::HashSet::new();
        for row in 0..layer.table.rows {
            let place = || Place::file(&layer.table.file).row(row as u64 + 1).column(name.as_str());
            match column.text(row) {
                None => problems.warning("no-id", place(), message!("vùng không có mã", "the zone has no id"), None),
                Some(id) if !seen.insert(id) => {
                    problems.warning(
                        "repeated-id",
                        place().value(id),
                        message!("mã này đã có ở một vùng trước", "an earlier zone has this id"),
                        None,
                    );
                }
                Some(_) => {}
            }
        }
        Ok((name, (0..layer.table.rows).map(|row| column.text(row).unwrap_or("").to_owned()).collect()))
    }

    /// Lists zones that the raster does not reach, and refuses rasters without any data there.
    fn outside(
        layer: &Layer,
        file: &Path,
        (name, ids): &(String, Vec<String>),
        found: &[Vec<Zone>],
        problems: &mut Problems,
    ) -> Result<()> {
        let raster = file.display().to_string();
        if !found.iter().flatten().any(Zone::has_data) {
            let message = message!("raster không có số liệu ở vùng nào", "the raster has no data in any zone");
            return Err(Fault::new("raster-without-data", Place::file(raster), message));
        }
        for (row, zone) in found.iter().enumerate() {
            if zone.iter().any(Zone::has_data) {
                continue;
            }
            let place = Place::file(&layer.table.file).row(row as u64 + 1).column(name.as_str()).value(&ids[row]);
            let (code, problem) = if zone.iter().any(Zone::is_inside) {
                ("zone-without-data", message!("raster {raster} không có số liệu ở vùng này", "raster {raster} has no data here"))
            } else {
                ("zone-outside", message!("vùng nằm ngoài raster {raster}", "the zone lies outside raster {raster}"))
            };
            problems.warning(code, place, problem, None);
        }
        Ok(())
    }

    fn write(
        arguments: &ZonalArguments,
        stats: &[Stat],
        (name, ids): &(String, Vec<String>),
        columns: &[(String, Vec<Zone>)],
    ) -> Result<Outcome> {
        // Distinct values of all zones, so that every row has the same columns.
        let kinds: Vec<Vec<f64>> = columns
            .iter()
            .map(|(_, zones)| {
                if !stats.contains(&Stat::Fractions) {
                    return Vec::new();
                }
                let mut kinds: Vec<f64> = zones.iter().flat_map(Zone::fractions).map(|(value, _)| value).collect();
                kinds.sort_by(f64::total_cmp);
                kinds.dedup();
                kinds
            })
            .collect();
        if let Some(count) = kinds.iter().map(Vec::len).find(|count| *count > MOST_KINDS) {
            let message = message!(
                "fractions chỉ dành cho raster phân loại: có {count} giá trị khác nhau",
                "fractions are for rasters of classes: there are {count} distinct values"
            );
            return Err(Fault::new("usage", Place::default().column("--stats"), message));
        }
        let mut writer = writer();
        let mut head = vec![name.clone()];
        for ((prefix, _), kinds) in columns.iter().zip(&kinds) {
            for stat in stats {
                match stat {
                    Stat::Fractions => head.extend(kinds.iter().map(|kind| format!("{prefix}frac_{kind}"))),
                    Stat::Quantile(q) => head.push(format!("{prefix}q{}", (q * 1e6).round() / 1e4)),
                    other => head.push(format!("{prefix}{}", word(*other))),
                }
            }
        }
        record(&mut writer, head);
        let rows: Vec<Vec<String>> = (0..ids.len())
            .into_par_iter()
            .map(|row| {
                let mut cells = vec![ids[row].clone()];
                for ((_, zones), kinds) in columns.iter().zip(&kinds) {
                    let zone = &zones[row];
                    for &stat in stats {
                        if stat != Stat::Fractions {
                            cells.push(cell(zone.value(stat)));
                            continue;
                        }
                        let shares = zone.fractions();
                        cells.extend(kinds.iter().map(|kind| {
                            let share = shares.iter().find(|(value, _)| value == kind).map(|(_, share)| *share);
                            cell(share.or(zone.has_data().then_some(0.0)))
                        }));
                    }
                }
                cells
            })
            .collect();
        rows.into_iter().for_each(|row| record(&mut writer, row));
        give(arguments.out.as_deref(), writer)?;
        Ok(Outcome::Complete)
    }

    /// More distinct values than this are measurements, not classes.
    const MOST_KINDS: usize = 500;

    fn word(stat: Stat) -> &'static str {
        match stat {
            Stat::Mean => "mean",
            Stat::Sum => "sum",
            Stat::Min => "min",
            Stat::Max => "max",
            Stat::Count => "count",
            Stat::Stdev => "stdev",
            Stat::Quantile(_) => "quantile",
            Stat::Fractions => "fractions",
        }
    }
}
