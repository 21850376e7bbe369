//! What `ruong --version` says: the version, what is built in, and what the data that ship were taken from.

use crate::values::Lang;
use serde::Deserialize;
use std::fmt::Write;

#[derive(Deserialize)]
struct Shipped {
    data: Vec<Data>,
}

#[derive(Deserialize)]
struct Data {
    vi: String,
    en: String,
    date: toml::value::Datetime,
}

/// Version, features, font and data.
pub fn version(lang: Lang) -> String {
    let gdal = match (cfg!(feature = "gdal"), cfg!(feature = "gdal-bundled")) {
        (_, true) => lang.pick("có, dựng sẵn", "built in"),
        (true, false) => lang.pick("có, của hệ thống", "the system's"),
        (false, false) => lang.pick("không: raster và MapInfo cần bản có GDAL", "no: rasters and MapInfo need a build with it"),
    };
    let font = lang.pick("phông chữ: Noto Sans, nằm sẵn trong chương trình", "font: Noto Sans, inside the program");
    let mut text = format!("{}\nGDAL: {gdal}\n{font}", env!("CARGO_PKG_VERSION"));
    let shipped = toml::from_str::<Shipped>(include_str!("shipped.toml")).map(|shipped| shipped.data).unwrap_or_default();
    for Data { vi, en, date } in shipped {
        let _ = write!(text, "\n{} ({date})", lang.pick(&vi, &en));
    }
    text
}
