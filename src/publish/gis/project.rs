//! A project of QGIS with every map as a layer of the GeoPackage; the first is switched on.

use super::{LAYER, Told, qml};
use crate::publish::archive::zipped;
use crate::render::styled::Styled;
use crate::run::Result;
use crate::values::foreign::xml;
use std::fmt::Write as _;

/// The reference system of the layers, as QGIS writes it.
const SYSTEM: &str = "<spatialrefsys><proj4>+proj=longlat +datum=WGS84 +no_defs</proj4><srsid>3452</srsid><srid>4326</srid>\
    <authid>EPSG:4326</authid><description>WGS 84</description><projectionacronym>longlat</projectionacronym>\
    <ellipsoidacronym>EPSG:7030</ellipsoidacronym><geographicflag>true</geographicflag></spatialrefsys>";

/// The project, as a `.qgz` file. `source` is the way to the GeoPackage from where the project lies, `extent` west, south, east, north.
pub fn project(title: &str, source: &str, extent: [f64; 4], maps: &[Styled]) -> Result<Vec<u8>> {
    let text = document(title, source, extent, maps);
    zipped([("ruong.qgs", text.as_bytes())], "gis/ruong.qgz")
}

/// QGIS gives a layer whose id has ten letters or fewer another one.
fn layer_id(number: usize) -> String {
    format!("communes_map_{number}")
}

fn document(title: &str, source: &str, [west, south, east, north]: [f64; 4], maps: &[Styled]) -> String {
    let title = xml(title);
    let source = xml(&format!("{source}|layername={LAYER}"));
    let mut text = format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\" projectname=\"{title}\">\n<title>{title}</title>\n\
         <projectCrs>{SYSTEM}</projectCrs>\n<layer-tree-group>\n"
    );
    for (number, map) in maps.iter().enumerate() {
        let (name, checked) = (xml(&map.title), if number == 0 { "Checked" } else { "Unchecked" });
        let _ = writeln!(
            text,
            "<layer-tree-layer id=\"{}\" name=\"{name}\" checked=\"Qt::{checked}\" expanded=\"{}\" source=\"{source}\" providerKey=\"ogr\"/>",
            layer_id(number),
            u8::from(number == 0)
        );
    }
    let _ = write!(
        text,
        "</layer-tree-group>\n<mapcanvas name=\"theMapCanvas\"><units>degrees</units><extent><xmin>{west}</xmin><ymin>{south}</ymin>\
         <xmax>{east}</xmax><ymax>{north}</ymax></extent><destinationsrs>{SYSTEM}</destinationsrs></mapcanvas>\n<projectlayers>\n"
    );
    for (number, map) in maps.iter().enumerate() {
        let name = xml(&map.title);
        let _ = writeln!(
            text,
            "<maplayer type=\"vector\" geometry=\"Polygon\" labelsEnabled=\"1\"><id>{}</id><datasource>{source}</datasource>\
             <layername>{name}</layername><srs>{SYSTEM}</srs><provider encoding=\"UTF-8\">ogr</provider>\n{}</maplayer>",
            layer_id(number),
            qml::parts(map, Told::Column)
        );
    }
    text.push_str(
        "</projectlayers>\n<properties><Paths><Absolute type=\"bool\">false</Absolute></Paths></properties>\n</qgis>\n",
    );
    text
}
