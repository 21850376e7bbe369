//! KML and KMZ, as Google Earth keeps places: placemarks with their names and extended data; folders are layers.

use super::choose::choose;
use super::readers::Reader;
use super::simple_features::{Feature, SimpleFeatures};
use crate::input::Source;
use crate::message;
use crate::run::{Fault, Place, Problems, Result, guarded};
use crate::source::blocks::{fingerprint, whole};
use geo::{Contains, Coord, Geometry, GeometryCollection, InteriorPoint, LineString, Point, Polygon};
use kml::types::{Element, Geometry as Placed, LineString as Line, LinearRing, Placemark};
use kml::{Kml, KmlReader};
use std::io::{Cursor, Read};

/// Bytes that a KMZ may unpack to.
const MOST_BYTES: u64 = 1 << 30;

/// KML and KMZ.
pub struct Keyhole;

impl Reader for Keyhole {
    fn endings(&self) -> &'static [&'static str] {
        &["kml", "kmz"]
    }

    fn layers(&self, source: &Source) -> Result<Vec<String>> {
        layers(source)
    }

    fn features(&self, source: &Source, layer: Option<&str>, problems: &mut Problems) -> Result<SimpleFeatures> {
        read(source, layer, problems)
    }
}

/// A folder with the placemarks that stand in it and in no folder below it.
struct Folder {
    name: String,
    placemarks: Vec<Placemark>,
}

/// Names of the folders with placemarks; none where they are alike and so are one layer, as of a folder a district.
fn layers(source: &Source) -> Result<Vec<String>> {
    let folders = folders(source, &whole(source)?)?;
    let one = are_alike(&folders);
    Ok(folders.into_iter().map(|folder| folder.name).filter(|_| !one).collect())
}

/// Whether folders hold things of one kind with the same properties, each on land of its own: communes of two dates are two layers.
fn are_alike(folders: &[Folder]) -> bool {
    let areas: Vec<Vec<Geometry>> = folders
        .iter()
        .map(|folder| {
            folder.placemarks.iter().filter_map(|one| one.geometry.clone().and_then(geometry)).filter(has_area).collect()
        })
        .collect();
    let lies_in = |one: &Geometry, others: &[Geometry]| {
        let within = |point: Point| others.iter().any(|other| other.contains(&point));
        one.interior_point().is_some_and(within)
    };
    let meet = |a: &[Geometry], b: &[Geometry]| a.iter().any(|one| lies_in(one, b));
    let apart = (0..areas.len()).all(|a| (0..areas.len()).all(|b| a == b || !meet(&areas[a], &areas[b])));
    apart && have_the_same_properties(folders)
}

fn have_the_same_properties(folders: &[Folder]) -> bool {
    let of = |folder: &Folder| {
        let mut names: Vec<String> = folder.placemarks.iter().flat_map(properties).map(|(name, _)| name).collect();
        names.sort();
        names.dedup();
        let area = folder.placemarks.iter().filter_map(|one| one.geometry.clone().and_then(geometry)).any(|one| has_area(&one));
        (area, names)
    };
    folders.windows(2).all(|pair| of(&pair[0]) == of(&pair[1]))
}

/// Reads the placemarks of a folder; `wanted` may be left out where only one has any. Beside polygons, points are labels and are
/// left out, and the run says so.
fn read(source: &Source, wanted: Option<&str>, problems: &mut Problems) -> Result<SimpleFeatures> {
    let bytes = whole(source)?;
    let mut folders = folders(source, &bytes)?;
    let names: Vec<String> = folders.iter().map(|folder| folder.name.clone()).collect();
    let placemarks: Vec<Placemark> = if wanted.is_none() && are_alike(&folders) {
        folders.into_iter().flat_map(|folder| folder.placemarks).collect()
    } else {
        folders.swap_remove(choose(source, &names, wanted)?).placemarks
    };
    let mut read = SimpleFeatures { file: source.name.clone(), fingerprint: fingerprint(&bytes), ..SimpleFeatures::default() };
    for (number, placemark) in placemarks.into_iter().enumerate() {
        let properties = properties(&placemark);
        let mut feature = Feature { id: (number + 1).to_string(), ..Feature::default() };
        for (name, value) in properties {
            let at = read.names.iter().position(|known| *known == name).unwrap_or_else(|| {
                read.names.push(name);
                read.names.len() - 1
            });
            if feature.cells.len() <= at {
                feature.cells.resize(at + 1, String::new());
            }
            feature.cells[at] = value;
        }
        feature.geometry = placemark.geometry.and_then(geometry);
        read.features.push(feature);
    }
    let width = read.names.len();
    read.features.iter_mut().for_each(|feature| feature.cells.resize(width, String::new()));
    let is_area = |feature: &Feature| feature.geometry.as_ref().is_some_and(has_area);
    let is_label = |feature: &Feature| matches!(feature.geometry, Some(Geometry::Point(_)));
    let labels = read.features.iter().filter(|feature| is_label(feature)).count();
    if labels > 0 && read.features.iter().any(is_area) {
        read.features.retain(|feature| !is_label(feature));
        let message = message!(
            "{labels} điểm đứng lẫn với vùng (nhãn tên): không được dùng",
            "{labels} points among areas (labels of names) are not used"
        );
        problems.info("points-among-areas", Place::file(&source.name), message, None);
    }
    read.crs = Some("EPSG:4326".to_owned());
    read.read_as.insert("format", "KML".to_owned());
    Ok(read)
}

fn has_area(geometry: &Geometry) -> bool {
    match geometry {
        Geometry::Polygon(_) => true,
        Geometry::GeometryCollection(parts) => parts.iter().any(has_area),
        _ => false,
    }
}

fn folders(source: &Source, bytes: &[u8]) -> Result<Vec<Folder>> {
    let broken = |error: &dyn std::fmt::Display| {
        let message = message!("không đọc được KML", "cannot read the KML").because(&error);
        Fault::new("bad-vector", Place::file(&source.name), message)
            .hint(message!("mở bằng Google Earth hoặc QGIS rồi lưu lại", "open it in Google Earth or QGIS and save it again"))
    };
    let text = if bytes.starts_with(b"PK") { unpacked(bytes).map_err(|error| broken(&error))? } else { bytes.to_vec() };
    let text = String::from_utf8(text).map_err(|error| broken(&error))?;
    let last = text.rsplit("</").next().unwrap_or("").trim_end();
    if !last.trim_end_matches('>').trim().ends_with("kml") {
        return Err(broken(&"</kml>?"));
    }
    let read = guarded(|| KmlReader::<_, f64>::from_string(text.trim_start_matches('\u{feff}')).read());
    let document = read.ok_or_else(|| broken(&"?"))?.map_err(|error| broken(&error))?;
    let mut found = Vec::new();
    walk(document, "", &mut found);
    found.retain(|folder: &Folder| !folder.placemarks.is_empty());
    Ok(found)
}

/// The first document of a KMZ.
fn unpacked(bytes: &[u8]) -> std::result::Result<Vec<u8>, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let names = archive.file_names().filter_map(|name| name.ok().map(std::borrow::Cow::into_owned));
    let mut names: Vec<String> = names.filter(|name| name.to_lowercase().ends_with(".kml")).collect();
    // Google Earth reads doc.kml, or the first at the top.
    names.sort_by_key(|name| (name != "doc.kml", name.matches('/').count(), name.clone()));
    let name = names.first().ok_or("no .kml")?;
    let mut text = Vec::new();
    archive
        .by_name(name)
        .map_err(|error| error.to_string())?
        .take(MOST_BYTES)
        .read_to_end(&mut text)
        .map_err(|error| error.to_string())?;
    Ok(text)
}

fn walk(element: Kml, within: &str, found: &mut Vec<Folder>) {
    let mut add = |placemark: Placemark| match found.iter_mut().find(|folder| folder.name == within) {
        Some(folder) => folder.placemarks.push(placemark),
        None => found.push(Folder { name: within.to_owned(), placemarks: vec![placemark] }),
    };
    match element {
        Kml::Placemark(placemark) => add(placemark),
        Kml::KmlDocument(document) => document.elements.into_iter().for_each(|element| walk(element, within, found)),
        Kml::Document { elements, .. } => elements.into_iter().for_each(|element| walk(element, within, found)),
        Kml::Folder(folder) => {
            let name = folder.name.unwrap_or_else(|| within.to_owned());
            folder.elements.into_iter().for_each(|element| walk(element, &name, found));
        }
        _ => {}
    }
}

/// Extended data of a placemark, its name and description, called as GDAL and QGIS call them.
fn properties(placemark: &Placemark) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, value: &str| {
        if !name.is_empty() && !found.iter().any(|(known, _)| known == name) {
            found.push((name.to_owned(), value.trim().to_owned()));
        }
    };
    placemark.children.iter().for_each(|child| extended(child, &mut add));
    add("Name", placemark.name.as_deref().unwrap_or(""));
    if let Some(description) = placemark.description.as_deref().filter(|text| !text.trim_start().starts_with('<')) {
        add("Description", description);
    }
    found
}

/// `<Data name="…"><value>` and `<SchemaData><SimpleData name="…">`.
fn extended(element: &Element, add: &mut impl FnMut(&str, &str)) {
    let named = element.attrs.get("name").map(String::as_str);
    match (element.name.as_str(), named) {
        ("SimpleData", Some(name)) => add(name, element.content.as_deref().unwrap_or("")),
        ("Data", Some(name)) => {
            let value = element.children.iter().find(|child| child.name == "value").and_then(|value| value.content.as_deref());
            add(name, value.unwrap_or(""));
        }
        ("ExtendedData" | "SchemaData", _) => element.children.iter().for_each(|child| extended(child, add)),
        _ => {}
    }
}

fn geometry(placed: Placed) -> Option<Geometry> {
    let path = |coords: &[kml::types::Coord]| -> LineString { coords.iter().map(|at| Coord { x: at.x, y: at.y }).collect() };
    let ring = |ring: &LinearRing| path(&ring.coords);
    Some(match placed {
        Placed::Point(at) => Point::new(at.coord.x, at.coord.y).into(),
        Placed::LineString(Line { coords, .. }) => path(&coords).into(),
        Placed::LinearRing(line) => ring(&line).into(),
        Placed::Polygon(polygon) => Polygon::new(ring(&polygon.outer), polygon.inner.iter().map(ring).collect()).into(),
        Placed::MultiGeometry(several) => {
            Geometry::GeometryCollection(several.geometries.into_iter().filter_map(geometry).collect::<GeometryCollection>())
        }
        _ => return None,
    })
}
