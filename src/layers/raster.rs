//! Rasters, through the system's GDAL (feature `gdal`).
//!
//! GDAL data sets may not be shared between threads, so every reader opens its own.

use super::Shapes;
use crate::layers::grid::{Grid, Lie, Window};
use crate::message;
use crate::run::{Fault, Place, Result, opening};
use gdal::raster::{ColorInterpretation, GdalDataType};
use gdal::spatial_ref::{AxisMappingStrategy, CoordTransform, SpatialRef};
use gdal::{Dataset, Metadata};
use std::path::Path;

/// What is known of a raster before its cells are read.
#[derive(Debug, Clone)]
pub struct Raster {
    /// Name to show
    pub name: String,
    /// What GDAL opens: the path, or the address of a variable in it
    address: String,
    /// Its cells
    pub grid: Grid,
    /// Where they lie
    pub lie: Lie,
    /// Columns and rows of the blocks in which they are kept
    pub block: [usize; 2],
    /// Bands that hold numbers: those of opacity do not
    pub bands: Vec<usize>,
    /// Number of bands
    pub count: usize,
    /// Definition of its reference system, as WKT or as declared
    pub crs: String,
    /// Whether positions are longitude and latitude on WGS 84 already
    pub is_wgs84: bool,
    /// The value that stands for no data, where the user says so
    none: Option<f64>,
}

/// What the user says of a raster.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said<'a> {
    /// Reference system in place of what it states
    pub crs: Option<&'a str>,
    /// Variable, where the file has several (NetCDF)
    pub variable: Option<&'a str>,
    /// Value that stands for no data
    pub none: Option<f64>,
}

/// Numbers by which programs mean that there is none; no measurement of land, weather or crops has them.
const NONE: [f64; 6] = [-9999.0, -99_999.0, -32_768.0, f32::MIN as f64, f32::MAX as f64, 9.969_209_968_386_869e36];

/// Values of a window, row by row; NaN where there is no data.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// The values
    pub values: Vec<f64>,
    /// A number of [`NONE`] that was met though the raster does not declare it, and how often
    pub undeclared: Option<(f64, u64)>,
}

/// Bytes of blocks that GDAL keeps; by itself it takes a share of the whole memory.
const CACHE: &str = "64";

fn fault(file: &str, error: &dyn std::fmt::Display) -> Fault {
    Fault::new(
        "bad-raster",
        Place::file(file),
        message!("GDAL không đọc được raster này", "GDAL cannot read this raster").because(&error),
    )
    .hint(message!(
        "mở thử bằng QGIS; tệp có thể bị cắt cụt khi chép",
        "try to open it in QGIS; it may have been cut short in copying"
    ))
}

/// Opens a raster and says what it is; one without a reference system is refused unless one is declared.
pub fn look(path: &Path, said: Said<'_>) -> Result<Raster> {
    let file = path.display().to_string();
    drop(opening::open(path)?);
    // What cannot be set only costs memory.
    let _ = gdal::config::set_config_option("GDAL_CACHEMAX", CACHE);
    let whole = Dataset::open(path).map_err(|error| fault(&file, &error))?;
    let address = variable(&whole, said.variable, &file)?.unwrap_or_else(|| file.clone());
    let dataset = Dataset::open(&address).map_err(|error| fault(&file, &error))?;
    let (columns, rows) = dataset.raster_size();
    let forth = dataset.geo_transform().map_err(|_| no_place(&file))?;
    let lie = Lie::new(forth, rows).ok_or_else(|| no_place(&file))?;
    let reference = match said.crs {
        Some(name) => SpatialRef::from_definition(name).map_err(|error| fault(&file, &error))?,
        None => dataset.spatial_ref().map_err(|_| no_crs(&file))?,
    };
    let crs = reference.to_wkt().map_err(|_| no_crs(&file))?;
    if crs.is_empty() || crs.starts_with("LOCAL_CS") || crs.starts_with("ENGCRS") {
        return Err(no_crs(&file));
    }
    let is_wgs84 = reference.auth_code().is_ok_and(|code| code == 4326) || crs.starts_with("GEOGCS[\"WGS 84\"");
    let count = dataset.raster_count();
    let mut bands = Vec::new();
    let mut block = [columns.max(1), 1];
    for number in 1..=count {
        let band = dataset.rasterband(number).map_err(|error| fault(&file, &error))?;
        block = [band.block_size().0.max(1), band.block_size().1.max(1)];
        bands.extend((band.color_interpretation() != ColorInterpretation::AlphaBand).then_some(number));
    }
    let grid = Grid { size: [columns, rows] };
    Ok(Raster { name: file, address, grid, lie, block, bands, count, crs, is_wgs84, none: said.none })
}

/// The address of a variable, in a file that has several; `None` where the file is one raster.
fn variable(dataset: &Dataset, wanted: Option<&str>, file: &str) -> Result<Option<String>> {
    let entries = dataset.metadata_domain("SUBDATASETS").unwrap_or_default();
    let addresses: Vec<String> =
        entries.iter().filter_map(|entry| entry.split_once("_NAME=")).map(|(_, address)| address.to_owned()).collect();
    let names: Vec<&str> =
        addresses.iter().map(|address| address.rsplit(':').next().unwrap_or("").trim_matches(['"', '/'])).collect();
    let listed = names.join(", ");
    match wanted {
        None if dataset.raster_count() > 0 || addresses.is_empty() => Ok(None),
        None => {
            let message = message!(
                "tệp có nhiều biến ({listed}), cần chọn một",
                "the file has several variables ({listed}), one is to be chosen"
            );
            Err(Fault::new("many-variables", Place::file(file).column("variable"), message)
                .hint(message!("thêm --variable hoặc variable = \"…\"", "add --variable, or variable = \"…\"")))
        }
        Some(name) => match names.iter().position(|known| *known == name) {
            Some(at) => Ok(Some(addresses[at].clone())),
            None => {
                let place = Place::file(file).column("variable").value(name);
                let message =
                    message!("không có biến này; các biến: {listed}", "there is no such variable; the variables are: {listed}");
                Err(Fault::new("no-variable", place, message))
            }
        },
    }
}

fn no_crs(file: &str) -> Fault {
    Fault::new(
        "raster-without-crs",
        Place::file(file),
        message!("raster không ghi hệ tọa độ", "the raster does not state its reference system"),
    )
    .hint(message!("khai báo, ví dụ: --crs EPSG:4326", "declare it, as in: --crs EPSG:4326"))
}

fn no_place(file: &str) -> Fault {
    Fault::new(
        "raster-without-place",
        Place::file(file),
        message!("raster không ghi vị trí", "the raster does not say where it lies"),
    )
}

impl Raster {
    /// Brings polygons from longitude and latitude on WGS 84 to columns and negative rows.
    pub fn shapes(&self, shapes: &Shapes) -> Result<Shapes> {
        let mut moved = shapes.clone();
        let file = &self.name;
        if self.is_wgs84 {
            let mut next = shapes.positions().iter();
            moved.replace_positions(|| next.next().map_or([f64::NAN; 2], |&position| self.lie.cells(position)));
            return Ok(moved);
        }
        let way = || -> gdal::errors::Result<CoordTransform> {
            let mut from = SpatialRef::from_epsg(4326)?;
            let mut to = SpatialRef::from_definition(&self.crs)?;
            from.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
            to.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
            CoordTransform::new(&from, &to)
        };
        let way = way().map_err(|error| fault(file, &error))?;
        let (mut xs, mut ys): (Vec<f64>, Vec<f64>) = shapes.positions().iter().map(|&[x, y]| (x, y)).unzip();
        way.transform_coords(&mut xs, &mut ys, &mut []).map_err(|error| fault(file, &error))?;
        let mut next = xs.into_iter().zip(ys);
        moved.replace_positions(|| next.next().map_or([f64::NAN; 2], |(x, y)| self.lie.cells([x, y])));
        Ok(moved)
    }

    /// The values of a window of one band.
    pub fn read(&self, band: usize, window: Window) -> Result<Cells> {
        let dataset = Dataset::open(&self.address).map_err(|error| fault(&self.name, &error))?;
        let size = (window.size[0], window.size[1]);
        // Rows of a flipped raster are counted from its end.
        let row = if self.lie.is_flipped { self.grid.size[1] - window.from[1] - window.size[1] } else { window.from[1] };
        let corner = (window.from[0] as isize, row as isize);
        let read = || -> gdal::errors::Result<Cells> {
            let raster = dataset.rasterband(band)?;
            let flags = raster.mask_flags()?;
            let mut values = raster.read_as::<f64>(corner, size, size, None)?.into_shape_and_vec().1;
            // Before its version 3.7 GDAL has no signed bytes.
            if raster.band_type() == GdalDataType::UInt8
                && raster.metadata_item("PIXELTYPE", "IMAGE_STRUCTURE").as_deref() == Some("SIGNEDBYTE")
            {
                values.iter_mut().filter(|value| **value > 127.0).for_each(|value| *value -= 256.0);
            }
            // A mask takes the place of a declared value, not of what the user says.
            let masked = flags.is_per_dataset() || flags.is_alpha();
            let none = self.none.or_else(|| raster.no_data_value().filter(|_| !masked || flags.is_nodata()));
            let mut undeclared = None;
            if let Some(none) = none {
                // A float32 raster may state its no-data value with other digits than its cells hold.
                let same = |value: f64| value == none || none.abs() > 1e30 && value as f32 == none as f32;
                values.iter_mut().filter(|value| same(**value)).for_each(|value| *value = f64::NAN);
            }
            if masked {
                let mask = raster.open_mask_band()?.read_as::<u8>(corner, size, size, None)?.into_shape_and_vec().1;
                values.iter_mut().zip(mask).filter(|(_, mask)| *mask == 0).for_each(|(value, _)| *value = f64::NAN);
            } else if self.none.is_none() {
                // Besides the number that the file declares, if it does.
                let highest = (raster.band_type() == GdalDataType::UInt16 && none.is_none()).then_some(f64::from(u16::MAX));
                for value in &mut values {
                    if NONE.contains(value) || highest == Some(*value) {
                        undeclared = Some((*value, undeclared.map_or(0, |(_, count)| count) + 1));
                        *value = f64::NAN;
                    }
                }
            }
            // Packed rasters (NetCDF) hold numbers that mean scale · n + offset.
            let (scale, offset) = (raster.scale().unwrap_or(1.0), raster.offset().unwrap_or(0.0));
            if scale != 1.0 || offset != 0.0 {
                values.iter_mut().for_each(|value| *value = *value * scale + offset);
            }
            if self.lie.is_flipped {
                values = values.chunks(size.0).rev().flatten().copied().collect();
            }
            Ok(Cells { values, undeclared })
        };
        read().map_err(|error| {
            let (first, last) = (window.from[1] + 1, window.from[1] + window.size[1]);
            Fault::new(
                "bad-raster",
                Place::file(&self.name).column(format!("band {band}")).value(format!("{first}–{last}")),
                message!("không đọc được các hàng ô {first}–{last}", "cell rows {first}–{last} cannot be read").because(&error),
            )
            .hint(message!(
                "tệp hỏng hoặc chép chưa xong; hãy lấy lại tệp gốc",
                "the file is broken or was not copied whole; fetch the original again"
            ))
        })
    }
}
