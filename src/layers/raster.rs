//! Rasters, through the system's GDAL (feature `gdal`).
//!
//! GDAL data sets may not be shared between threads, so every reader opens its own.

use super::Shapes;
use crate::input::blocks::{self, Fingerprint};
use crate::layers::grid::{Grid, Window};
use crate::message;
use crate::run::{Fault, Place, Result};
use gdal::Dataset;
use gdal::spatial_ref::{AxisMappingStrategy, CoordTransform, SpatialRef};
use std::path::Path;

/// What is known of a raster before its cells are read.
#[derive(Debug, Clone)]
pub struct Raster {
    /// Where its cells lie
    pub grid: Grid,
    /// Number of bands
    pub bands: usize,
    /// Definition of its reference system, as WKT or as declared
    pub crs: String,
    /// Whether positions are longitude and latitude on WGS 84 already
    pub is_wgs84: bool,
    /// Size and hash
    pub fingerprint: Fingerprint,
}

fn fault(file: &str, error: &dyn std::fmt::Display) -> Fault {
    Fault::new(
        "bad-raster",
        Place::file(file),
        message!("GDAL không đọc được raster này: {error}", "GDAL cannot read this raster: {error}"),
    )
    .hint(message!(
        "mở thử bằng QGIS; tệp có thể bị cắt cụt khi chép",
        "try to open it in QGIS; it may have been cut short in copying"
    ))
}

/// Opens a raster and says what it is; one without a reference system is refused unless one is declared.
pub fn look(path: &Path, declared: Option<&str>) -> Result<Raster> {
    let file = path.display().to_string();
    let fingerprint = blocks::fingerprint_of(path)?;
    let dataset = Dataset::open(path).map_err(|error| fault(&file, &error))?;
    let [west, width, tilt, north, turn, height] = dataset.geo_transform().map_err(|_| no_place(&file))?;
    if tilt != 0.0 || turn != 0.0 || width <= 0.0 || height >= 0.0 {
        return Err(Fault::new(
            "turned-raster",
            Place::file(&file),
            message!("raster phải có hướng bắc ở trên, không xoay", "the raster must be north-up and not turned"),
        )
        .hint(message!("gdalwarp thường sửa được", "gdalwarp usually mends it")));
    }
    let reference = match declared {
        Some(name) => SpatialRef::from_definition(name).map_err(|error| fault(&file, &error))?,
        None => dataset.spatial_ref().map_err(|_| no_crs(&file))?,
    };
    let crs = reference.to_wkt().map_err(|_| no_crs(&file))?;
    if crs.is_empty() || crs.starts_with("LOCAL_CS") || crs.starts_with("ENGCRS") {
        return Err(no_crs(&file));
    }
    let is_wgs84 = reference.auth_code().is_ok_and(|code| code == 4326) || crs.starts_with("GEOGCS[\"WGS 84\"");
    let (columns, rows) = dataset.raster_size();
    let grid = Grid { origin: [west, north], cell: [width, -height], size: [columns, rows] };
    Ok(Raster { grid, bands: dataset.raster_count(), crs, is_wgs84, fingerprint })
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
    /// Brings polygons from longitude and latitude on WGS 84 to the raster's system.
    pub fn shapes(&self, shapes: &Shapes, file: &str) -> Result<Shapes> {
        let mut moved = shapes.clone();
        if self.is_wgs84 {
            return Ok(moved);
        }
        let way = || -> gdal::errors::Result<CoordTransform> {
            let mut from = SpatialRef::from_epsg(4326)?;
            let mut to = SpatialRef::from_wkt(&self.crs)?;
            from.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
            to.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
            CoordTransform::new(&from, &to)
        };
        let way = way().map_err(|error| fault(file, &error))?;
        let (mut xs, mut ys): (Vec<f64>, Vec<f64>) = shapes.positions().iter().map(|&[x, y]| (x, y)).unzip();
        way.transform_coords(&mut xs, &mut ys, &mut []).map_err(|error| fault(file, &error))?;
        let mut next = xs.into_iter().zip(ys);
        moved.replace_positions(|| next.next().map_or([f64::NAN; 2], |(x, y)| [x, y]));
        Ok(moved)
    }
}

/// The values of a window of one band, row by row; NaN where there is no data.
pub fn read(path: &Path, band: usize, window: Window) -> Result<Vec<f64>> {
    let file = path.display().to_string();
    let dataset = Dataset::open(path).map_err(|error| fault(&file, &error))?;
    let [column, row] = window.from.map(|from| from as isize);
    let size = (window.size[0], window.size[1]);
    let read = || -> gdal::errors::Result<Vec<f64>> {
        let raster = dataset.rasterband(band)?;
        let none = raster.no_data_value();
        let mut values = raster.read_as::<f64>((column, row), size, size, None)?.into_shape_and_vec().1;
        if let Some(none) = none {
            // A float32 raster may state its no-data value with other digits than its cells hold.
            let same = |value: f64| value == none || none.abs() > 1e30 && value as f32 == none as f32;
            values.iter_mut().filter(|value| same(**value)).for_each(|value| *value = f64::NAN);
        }
        // Packed rasters (NetCDF) hold numbers that mean scale · n + offset.
        let (scale, offset) = (raster.scale().unwrap_or(1.0), raster.offset().unwrap_or(0.0));
        if scale != 1.0 || offset != 0.0 {
            values.iter_mut().for_each(|value| *value = *value * scale + offset);
        }
        Ok(values)
    };
    read().map_err(|error| {
        let (first, last) = (window.from[1] + 1, window.from[1] + window.size[1]);
        Fault::new(
            "bad-raster",
            Place::file(&file).column(format!("band {band}")).value(format!("{first}–{last}")),
            message!("không đọc được các hàng ô {first}–{last}: {error}", "cell rows {first}–{last} cannot be read: {error}"),
        )
        .hint(message!(
            "tệp hỏng hoặc chép chưa xong; hãy lấy lại tệp gốc",
            "the file is broken or was not copied whole; fetch the original again"
        ))
    })
}
