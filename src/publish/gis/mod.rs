//! What other programs for maps open, in the classes and colours of the pictures: a GeoPackage with styles inside, styles beside it, and a
//! project of QGIS.

pub mod geopackage;
pub mod project;
pub mod qml;
pub mod sld;

/// Layer of the GeoPackage.
pub const LAYER: &str = "communes";

/// Column of the GeoPackage with the class of a map.
pub fn class_column(map: &str) -> String {
    format!("class_{map}")
}

/// Column of the GeoPackage with what a map writes.
pub fn label_column(map: &str) -> String {
    format!("label_{map}")
}

/// How the communes of a class are told from the others.
#[derive(Debug, Clone, Copy)]
pub enum Told<'a> {
    /// By the column of the GeoPackage
    Column,
    /// By their codes, for layers without that column: the column of codes, and the code of each commune
    Codes(&'a str, &'a [String]),
}
