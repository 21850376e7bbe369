//! Statistics of rasters within fields, communes, or zones of a file.

use super::{Context, Made};
use crate::project::ZonalKeys;
use crate::publish::Sink;
use crate::run::{Problems, Progress, Result};

/// Writes zonal.csv.
#[cfg(not(feature = "gdal"))]
pub(super) fn write(_: Context<'_>, own: &ZonalKeys, _: &dyn Sink, _: &mut Progress, _: &mut Problems) -> Result<Made> {
    use crate::message;
    use crate::run::{Fault, Place};
    let file = own.raster.first().map_or("", String::as_str);
    Err(Fault::new("needs-gdal", Place::file(file), message!("bản này không đọc raster", "this build reads no rasters")).hint(
        message!(
            "dùng bản ruong có GDAL, hoặc biên dịch lại với --features gdal",
            "use the build of ruong with GDAL, or build it with --features gdal"
        ),
    ))
}

#[cfg(feature = "gdal")]
pub(super) use with_gdal::write;

#[cfg(feature = "gdal")]
mod with_gdal {
    use super::*;
    use crate::headings;
    use crate::input::{Source, Wanted};
    use crate::join::pieces::statistics;
    use crate::join::zonal::{Stat, Zone};
    use crate::layers::raster::{Raster, Said};
    use crate::layers::{Layer, Shapes};
    use crate::message;
    use crate::places::crs::Declared;
    use crate::places::open;
    use crate::run::{Fault, Place};
    use crate::tables::zonal::{Named, zonal};
    use std::path::{Path, PathBuf};

    /// What rasters are laid over.
    struct Zones {
        file: String,
        named: Named,
        shapes: Shapes,
    }

    pub(crate) fn write(
        context: Context<'_>,
        own: &ZonalKeys,
        sink: &dyn Sink,
        progress: &mut Progress,
        problems: &mut Problems,
    ) -> Result<Made> {
        let stats = stats(own)?;
        let files = files(&context.project.folder, &own.raster)?;
        let zones = zones(context, own, problems)?;
        let said = Said { crs: own.crs.as_deref(), variable: own.variable.as_deref(), none: own.nodata };
        let weights = weights(context, own, &stats, said, problems)?;
        let stems = stems(&files);
        let mut columns: Vec<(String, Vec<Zone>)> = Vec::new();
        for ((name, file), stem) in files.iter().zip(&stems) {
            let raster = open::raster(file, name, said, problems)?;
            let bands = bands(own, &raster, name)?;
            if let Some(weights) =
                weights.as_ref().filter(|weights| !weights.lie.is_same(&raster.lie) || weights.grid != raster.grid)
            {
                let place = Place::file(name).column("weights").value(&weights.name);
                let message =
                    message!("hai raster không cùng lưới ô", "the cells of the two rasters do not lie in the same places");
                return Err(Fault::new("other-cells", place, message).hint(message!(
                    "đưa về cùng lưới bằng gdalwarp -te -ts",
                    "bring one to the other's cells with gdalwarp -te -ts"
                )));
            }
            progress.stage("zonal", 1, &message!("tính thống kê theo vùng", "statistics by zone"));
            let found = statistics(&raster, &bands, weights.as_ref(), &zones.shapes, &stats)?;
            if let Some((value, count)) = found.undeclared {
                let place = Place::file(name).column("nodata").value(value.to_string());
                let message = message!(
                    "{count} ô mang số thường dùng để báo thiếu số liệu, nhưng raster không khai báo số này là nodata: không tính các ô này",
                    "{count} cells hold a number that usually marks missing data, but the raster does not declare it as nodata: they are not counted"
                );
                problems.warning(
                    "undeclared-nodata",
                    place,
                    message,
                    Some(message!(
                        "nếu là số thật, thêm --nodata với một số khác",
                        "if it is a measurement, add --nodata with another number"
                    )),
                );
            }
            outside(&zones, name, &found.zones, problems)?;
            let mut by_band: Vec<Vec<Zone>> = bands.iter().map(|_| Vec::with_capacity(found.zones.len())).collect();
            for zone in found.zones {
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
        sink.write("zonal.csv", &zonal(&zones.named, &stats, &columns)?)?;
        Ok(Made::default())
    }

    /// The raster of weights, where a statistic needs one.
    fn weights(
        context: Context<'_>,
        own: &ZonalKeys,
        stats: &[Stat],
        said: Said<'_>,
        problems: &mut Problems,
    ) -> Result<Option<Raster>> {
        let needed = stats.iter().any(|stat| matches!(stat, Stat::WeightedMean | Stat::WeightedSum));
        match &own.weights {
            Some(file) => {
                open::raster(&context.project.folder.join(file), file, Said { variable: None, none: None, ..said }, problems)
                    .map(Some)
            }
            None if needed => {
                let message = message!(
                    "weighted_mean và weighted_sum cần weights: raster trọng số",
                    "weighted_mean and weighted_sum need weights: a raster"
                );
                Err(Fault::new("usage", Place::default().column("weights"), message))
            }
            None => Ok(None),
        }
    }

    /// What names the columns of each raster: its name, with its folders where two are called alike.
    fn stems(files: &[(String, PathBuf)]) -> Vec<String> {
        let stem = |file: &Path| file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let alone: Vec<String> = files.iter().map(|(_, file)| stem(file)).collect();
        let with_folders = |name: &str| {
            Path::new(name)
                .with_extension("")
                .to_string_lossy()
                .replace(['/', '\\'], "_")
                .trim_start_matches(['.', '_'])
                .to_owned()
        };
        let same = |stem: &String| alone.iter().filter(|other| *other == stem).count() > 1;
        let mut found: Vec<String> = Vec::new();
        for ((name, _), stem) in files.iter().zip(&alone) {
            let wanted = if same(stem) { with_folders(name) } else { stem.clone() };
            let again = found.iter().filter(|known| **known == wanted).count();
            found.push(if again == 0 { wanted } else { format!("{wanted}_{}", again + 1) });
        }
        found
    }

    /// The statistics asked for, in that order.
    fn stats(own: &ZonalKeys) -> Result<Vec<Stat>> {
        let mut found = Vec::new();
        for name in &own.stats {
            let Some(stats) = Stat::of_name(name, &own.quantiles) else {
                let known = Stat::NAMES;
                let message =
                    message!("không có thống kê \"{name}\"; có: {known}", "there is no statistic \"{name}\"; there are: {known}");
                return Err(Fault::new("usage", Place::default().column("stats"), message));
            };
            found.extend(stats);
        }
        if own.quantiles.iter().any(|q| !(0.0..=1.0).contains(q)) {
            let message = message!("phân vị phải từ 0 đến 1", "quantiles are 0 to 1");
            return Err(Fault::new("usage", Place::default().column("quantiles"), message));
        }
        Ok(found)
    }

    /// Files by name or pattern, in order of name within a pattern, with their names as the project has them.
    fn files(folder: &Path, patterns: &[String]) -> Result<Vec<(String, PathBuf)>> {
        let mut found = Vec::new();
        for pattern in patterns {
            let whole = folder.join(pattern);
            if whole.exists() || !pattern.contains(['*', '?', '[']) {
                found.push((pattern.clone(), whole));
                continue;
            }
            let before = found.len();
            let matched = glob::glob(&whole.to_string_lossy()).into_iter().flatten().flatten();
            found.extend(matched.map(|file| (file.strip_prefix(folder).unwrap_or(&file).display().to_string(), file.clone())));
            if found.len() == before {
                let message = message!("không có tệp nào khớp mẫu này", "no file fits this pattern");
                return Err(Fault::new("no-file", Place::file(pattern), message));
            }
        }
        Ok(found)
    }

    fn bands(own: &ZonalKeys, raster: &Raster, file: &str) -> Result<Vec<usize>> {
        let all: Vec<usize> = (1..=raster.count).collect();
        if own.band.is_empty() {
            return Ok(raster.bands.clone());
        }
        match own.band.iter().find(|band| !all.contains(band)) {
            None => Ok(own.band.clone()),
            Some(band) => {
                let count = raster.count;
                let place = Place::file(file).column("band").value(band.to_string());
                Err(Fault::new(
                    "no-band",
                    place,
                    message!(
                        "không có băng này; raster có {count} băng, đánh số từ 1",
                        "there is no such band; those of the raster are numbered from 1 to {count}"
                    ),
                ))
            }
        }
    }

    /// Communes or fields of the project, or the zones of a file.
    fn zones(context: Context<'_>, own: &ZonalKeys, problems: &mut Problems) -> Result<Zones> {
        let (project, joined) = (context.project, context.joined);
        match own.zones.as_str() {
            "communes" => {
                let communes = &joined.communes;
                let heading = project.communes.code.clone().unwrap_or_else(|| "code".to_owned());
                let named = Named { heading, ids: communes.codes.clone() };
                Ok(Zones { file: project.communes.file.clone(), named, shapes: communes.shapes.clone() })
            }
            "fields" => {
                let (Some(fields), Some(key)) = (&joined.fields, &project.fields) else {
                    let message = message!("dự án không có [fields]", "the project has no [fields]");
                    return Err(Fault::new("no-fields", Place::default().column("zones").value("fields"), message));
                };
                let ids = (0..fields.pieces.len()).map(|field| fields.ids.text(field).unwrap_or("").to_owned()).collect();
                let named = Named { heading: key.id().to_owned(), ids };
                Ok(Zones { file: key.file.clone(), named, shapes: fields.shapes.clone() })
            }
            file => {
                let source = Source::new(&project.folder, file);
                let layer = open::layer(&source, &Wanted::All, own.layer.as_deref(), Declared::default(), problems)?;
                let named = ids(own, &layer, problems)?;
                Ok(Zones { file: file.to_owned(), named, shapes: layer.shapes })
            }
        }
    }

    /// Name of the id column and the id of each zone of a file.
    fn ids(own: &ZonalKeys, layer: &Layer, problems: &mut Problems) -> Result<Named> {
        let found = own.zone_id.clone().or_else(|| {
            let headings = &layer.table.headings;
            headings::FIELD.find(headings).or_else(|| headings::CODE.find(headings)).map(str::to_owned)
        });
        let Some(heading) = found else {
            let message =
                message!("không có cột mã: dùng số thứ tự của hình", "no column of codes: the zones are numbered in order");
            problems.info("no-id", Place::file(&layer.table.file), message, None);
            let ids = (1..=layer.table.rows).map(|number| number.to_string()).collect();
            return Ok(Named { heading: "feature".to_owned(), ids });
        };
        let column = layer.property(&heading)?;
        let mut seen = std::collections::HashSet::new();
        for row in 0..layer.table.rows {
            let place = || Place::file(&layer.table.file).row(row as u64 + 1).column(heading.as_str());
            match column.text(row) {
                None => problems.warning("no-id", place(), message!("vùng không có mã", "the zone has no id"), None),
                Some(id) if !seen.insert(id) => {
                    let message = message!("mã này đã có ở một vùng trước", "an earlier zone has this id");
                    problems.warning("repeated-id", place().value(id), message, None);
                }
                Some(_) => {}
            }
        }
        let ids = (0..layer.table.rows).map(|row| column.text(row).unwrap_or("").to_owned()).collect();
        Ok(Named { heading, ids })
    }

    /// Lists zones that the raster does not reach, and refuses rasters without any data there.
    fn outside(zones: &Zones, raster: &str, found: &[Vec<Zone>], problems: &mut Problems) -> Result<()> {
        if !found.iter().flatten().any(Zone::has_data) {
            let message = message!("raster không có số liệu ở vùng nào", "the raster has no data in any zone");
            return Err(Fault::new("raster-without-data", Place::file(raster), message));
        }
        for (row, zone) in found.iter().enumerate() {
            if zone.iter().any(Zone::has_data) {
                continue;
            }
            let Named { heading, ids } = &zones.named;
            let place = Place::file(&zones.file).row(row as u64 + 1).column(heading.as_str()).value(&ids[row]);
            let (code, problem) = if zone.iter().any(Zone::is_inside) {
                ("zone-without-data", message!("raster {raster} không có số liệu ở vùng này", "raster {raster} has no data here"))
            } else {
                ("zone-outside", message!("vùng nằm ngoài raster {raster}", "the zone lies outside raster {raster}"))
            };
            problems.warning(code, place, problem, None);
        }
        Ok(())
    }
}
