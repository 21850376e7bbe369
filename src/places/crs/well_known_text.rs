//! Reference systems as a `.prj` writes them: well-known text, version 1, that of ESRI, and version 2 (ISO 19162).

use super::systems;
use crate::message;
use crate::values::Message;

/// A system found in well-known text.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its EPSG code
    pub code: u32,
    /// What a person should know of how it was found
    pub remark: Option<Message>,
}

/// A keyword with what stands between its brackets.
#[derive(Debug, Default)]
struct Node {
    keyword: String,
    texts: Vec<String>,
    numbers: Vec<f64>,
    parts: Vec<Node>,
}

/// Whether a text is well-known text.
pub fn is_text(text: &str) -> bool {
    let keyword = text.trim_start().split(['[', '(']).next().unwrap_or("").trim().to_uppercase();
    ["PROJCS", "GEOGCS", "PROJCRS", "GEOGCRS", "BOUNDCRS", "COMPD_CS", "COMPOUNDCRS", "LOCAL_CS"].contains(&keyword.as_str())
        || keyword == "PROJECTEDCRS"
        || keyword == "GEODCRS"
}

/// The name of the system, for people.
pub fn name(text: &str) -> &str {
    text.split('"').nth(1).unwrap_or(text)
}

/// The system that a text describes, if every build reads it.
pub fn read(text: &str) -> Option<Found> {
    let root = parse(text)?;
    let system = root.find(&["PROJCS", "PROJCRS", "PROJECTEDCRS"]).or_else(|| root.find(&["GEOGCS", "GEOGCRS", "GEODCRS"]))?;
    let plain = |code| Some(Found { code, remark: None });
    if let Some(code) = system.authority().filter(|code| systems::of_code(*code).is_some()) {
        return plain(code);
    }
    let datum = Datum::of(system);
    if system.keyword.starts_with("GEO") {
        return match datum {
            Datum::Vn2000 => plain(4756),
            Datum::Wgs84 => plain(4326),
            Datum::Other => None,
        };
    }
    let method = system.find(&["PROJECTION", "METHOD"]).and_then(|method| method.texts.first()).map(|text| fold(text))?;
    if method.contains("auxiliarysphere")
        || method.contains("popularvisualisation")
        || fold(name(text)).contains("pseudomercator")
    {
        return plain(3857);
    }
    let metres = system.parts.iter().rfind(|part| ["UNIT", "LENGTHUNIT"].contains(&part.keyword.as_str()));
    let in_metres = metres.and_then(|unit| unit.numbers.first()).is_none_or(|unit| *unit == 1.0);
    let at = |names: &[&str]| system.parameter(names);
    let meridian = at(&["centralmeridian", "longitudeofnaturalorigin", "longitudeoforigin"])?;
    let scale = at(&["scalefactor", "scalefactoratnaturalorigin"]).unwrap_or(1.0);
    let plain_origin = at(&["falseeasting"]) == Some(500_000.0) && at(&["falsenorthing"]).unwrap_or(0.0) == 0.0;
    if !method.contains("transversemercator") || !in_metres || !plain_origin {
        return None;
    }
    let of_vietnam = systems::zone_of(meridian, scale, true);
    let of_world = systems::zone_of(meridian, scale, false);
    match (datum, of_vietnam, of_world) {
        (Datum::Vn2000, Some(code), _) => Some(Found { code, remark: system.other_shift() }),
        (Datum::Wgs84, _, Some(code)) if !says_vn2000(name(text)) => plain(code),
        // No zone of WGS 84 has this scale: it is VN-2000 saved with the wrong datum.
        (_, Some(code), _) => Some(Found { code, remark: Some(instead(name(text), code)) }),
        _ => None,
    }
}

fn instead(name: &str, code: u32) -> Message {
    message!(
        "hệ tọa độ \"{name}\" ghi mốc WGS 84 hoặc không rõ, nhưng kinh tuyến trục và tỷ lệ là của VN-2000 (EPSG:{code}): chuyển như VN-2000; nếu đúng là WGS 84 thì khai báo crs",
        "the system \"{name}\" states WGS 84 or no known datum, but its meridian and scale are those of VN-2000 (EPSG:{code}): read as VN-2000; if it is WGS 84, declare crs"
    )
}

#[derive(Clone, Copy, PartialEq)]
enum Datum {
    Vn2000,
    Wgs84,
    Other,
}

impl Datum {
    fn of(system: &Node) -> Datum {
        let datum = system.find(&["DATUM", "GEODETICDATUM", "ENSEMBLE", "TRF"]).and_then(|datum| datum.texts.first());
        match datum.map(|text| fold(text)) {
            Some(text) if says_vn2000(&text) => Datum::Vn2000,
            Some(text) if text.contains("wgs1984") || text.contains("wgs84") || text.contains("worldgeodeticsystem1984") => {
                Datum::Wgs84
            }
            _ => Datum::Other,
        }
    }
}

fn says_vn2000(name: &str) -> bool {
    let folded = fold(name);
    folded.contains("vn2000") || folded.contains("vietnam2000")
}

/// Letters and digits only.
fn fold(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

impl Node {
    /// The first node with one of the keywords, this one or below it.
    fn find(&self, keywords: &[&str]) -> Option<&Node> {
        if keywords.contains(&self.keyword.as_str()) {
            return Some(self);
        }
        self.parts.iter().find_map(|part| part.find(keywords))
    }

    /// The code of its own authority, not of something within it.
    fn authority(&self) -> Option<u32> {
        let own = self.parts.iter().find(|part| ["AUTHORITY", "ID"].contains(&part.keyword.as_str()))?;
        let of_epsg = own.texts.first().is_some_and(|name| name.eq_ignore_ascii_case("EPSG"));
        let code = own.texts.get(1).and_then(|text| text.parse().ok()).or_else(|| own.numbers.first().map(|code| *code as u32));
        code.filter(|_| of_epsg)
    }

    fn parameter(&self, names: &[&str]) -> Option<f64> {
        if self.keyword == "PARAMETER" && self.texts.first().is_some_and(|name| names.contains(&fold(name).as_str())) {
            return self.numbers.first().copied();
        }
        self.parts.iter().find_map(|part| part.parameter(names))
    }

    /// Says so where a text brings a shift of its own that is not the official one.
    fn other_shift(&self) -> Option<Message> {
        let stated = &self.find(&["TOWGS84"])?.numbers;
        let official = systems::shift(super::OFFICIAL_SHIFT)?;
        let same = official.metres().iter().zip(stated).all(|(a, b)| (a - b).abs() < 1.0);
        (!same).then(|| {
            let listed = stated.iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
            message!(
                "TOWGS84[{listed}] không phải tham số chính thức từ VN-2000: dùng tham số chính thức (EPSG:6960)",
                "TOWGS84[{listed}] is not the official way from VN-2000: the official one is used (EPSG:6960)"
            )
        })
    }
}

fn parse(text: &str) -> Option<Node> {
    const DEEPEST: usize = 32;
    let mut open: Vec<Node> = vec![Node::default()];
    let mut letters = text.trim_start_matches('\u{feff}').chars().peekable();
    let mut word = String::new();
    let end_word = |word: &mut String, open: &mut Vec<Node>| {
        if let (Ok(number), Some(node)) = (word.trim().parse::<f64>(), open.last_mut()) {
            node.numbers.push(number);
        }
        word.clear();
    };
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                let inside: String = letters.by_ref().take_while(|c| *c != '"').collect();
                open.last_mut()?.texts.push(inside);
            }
            '[' | '(' => {
                let keyword = std::mem::take(&mut word).trim().to_uppercase();
                open.push(Node { keyword, ..Node::default() });
                if open.len() > DEEPEST {
                    return None;
                }
            }
            ']' | ')' => {
                end_word(&mut word, &mut open);
                let node = open.pop()?;
                open.last_mut()?.parts.push(node);
            }
            ',' => end_word(&mut word, &mut open),
            letter => word.push(letter),
        }
    }
    match open.len() {
        1 => open.pop()?.parts.into_iter().next(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tm(datum: &str, meridian: &str, scale: &str) -> String {
        format!(
            "PROJCS[\"X\",GEOGCS[\"GCS\",DATUM[\"{datum}\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],\
             UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"False_Easting\",500000.0],\
             PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",{meridian}],PARAMETER[\"Scale_Factor\",{scale}],\
             PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]"
        )
    }

    #[test]
    fn zones_are_found_by_their_meridian_scale_and_datum() {
        let of = |text: &str| read(text).map(|found| (found.code, found.remark.is_some()));
        assert_eq!(of(&tm("D_Vietnam_2000", "105.75", "0.9999")), Some((9210, false)));
        assert_eq!(of(&tm("D_Vietnam_2000", "105.0", "0.9996")), Some((3405, false)));
        assert_eq!(of(&tm("D_WGS_1984", "105.0", "0.9996")), Some((32648, false)));
        // VN-2000 that states another datum is read as what it is, and the run says so.
        assert_eq!(of(&tm("D_WGS_1984", "105.0", "0.9999")), Some((5897, true)));
        assert_eq!(of(&tm("D_User_Defined", "105.0", "0.9999")), Some((5897, true)));
        assert_eq!(of(&tm("D_WGS_1984", "105.75", "0.9996")), None);
        assert_eq!(of(&tm("D_European_1950", "3.0", "0.9996")), None);
    }

    #[test]
    fn versions_and_authorities_are_read() {
        let of = |text: &str| read(text).map(|found| found.code);
        let esri = "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";
        assert_eq!(of(esri), Some(4326));
        let second = "GEOGCRS[\"WGS 84\",ENSEMBLE[\"World Geodetic System 1984 ensemble\"],ID[\"EPSG\",4326]]";
        assert_eq!(of(second), Some(4326));
        let own =
            tm("D_Unknown", "9.0", "1.0").replace("UNIT[\"Meter\",1.0]]", "UNIT[\"Meter\",1.0],AUTHORITY[\"EPSG\",\"3405\"]]");
        assert_eq!(of(&own), Some(3405));
        assert_eq!(of("PROJCS[\"X\","), None);
        assert_eq!(of(&"A[".repeat(200)), None);
    }
}
