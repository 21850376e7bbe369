//! What each layer given is to a project: communes of today, communes of an earlier date, fields, what is drawn for orientation.
//! Whatever is none of these is named.

use super::boundaries;
use super::looked::Looked;
use super::matched;
use super::periods::years_in;
use super::places::file_name;
use crate::headings::{self, Role};
use crate::join::overlay::{CommuneIndex, overlay};
use crate::layers::simple_features::Kind;
use crate::message;
use crate::project::LayerKind;
use crate::run::{Fault, Place, Result};
use crate::values::text::fold;

/// Below this share of its land within the communes a layer lies elsewhere.
const ELSEWHERE: f64 = 0.05;
/// Smaller units that no table speaks of are fields, hectares.
const LIKE_FIELDS_HA: f64 = 5.0;

/// Layers by their roles.
pub struct Roles<'a> {
    /// The communes of today
    pub communes: &'a Looked,
    /// Communes of earlier dates
    pub former: Vec<&'a Looked>,
    /// The fields
    pub fields: Option<&'a Looked>,
    /// What is drawn for orientation
    pub context: Vec<(&'a Looked, LayerKind)>,
    /// Layers that are not used, and why
    pub left_out: Vec<Fault>,
}

/// Gives every layer its role, by what the tables speak of, by size and by where it lies.
pub fn roles<'a>(layers: &'a [Looked], tables: &[&Looked]) -> Result<Roles<'a>> {
    let (areas, lines): (Vec<&Looked>, Vec<&Looked>) = layers.iter().partition(|layer| layer.made_of == Some(Kind::Areas));
    boundaries::refuse_pieces(&areas)?;
    let lands: Vec<Land> = areas.iter().map(|layer| Land::new(layer, tables)).collect();
    let (outlines, lands): (Vec<Land>, Vec<Land>) = {
        let is_outline: Vec<bool> = lands.iter().map(|land| land.is_outline(&lands)).collect();
        let mut is_outline = is_outline.into_iter();
        lands.into_iter().partition(|_| is_outline.next() == Some(true))
    };
    let Some(communes) = communes_of(&lands) else { return Err(boundaries::no_communes()) };
    let (areas, index): (Vec<&Looked>, _) = (lands.iter().map(|land| land.layer).collect(), &communes.index);
    let communes = communes.layer;
    if communes.table.rows >= 10
        && communes.median_ha < LIKE_FIELDS_HA
        && matched::columns(communes, tables).tables == 0.0
        && !has_names(communes)
    {
        return Err(boundaries::fields_alone(communes));
    }
    let mut roles = Roles { communes, former: Vec::new(), fields: None, context: Vec::new(), left_out: Vec::new() };
    roles.context.extend(outlines.into_iter().map(|outline| (outline.layer, LayerKind::Locator)));
    let mut fields: Vec<(&Looked, f64)> = Vec::new();
    for layer in areas.into_iter().filter(|layer| !std::ptr::eq(*layer, communes)) {
        let inside = share_inside(layer, index);
        let named = |words: &[&str]| is_called(layer, words);
        if inside < ELSEWHERE && named(&["hoang sa", "truong sa", "dao", "islands"]) {
            roles.context.push((layer, LayerKind::Islands));
        } else if inside < ELSEWHERE && (layer.is_like_communes(communes) || named(&["lan can", "giap ranh", "neighbours"])) {
            roles.context.push((layer, LayerKind::Neighbours));
        } else if named(&["song", "kenh", "rach", "ho nuoc", "mat nuoc", "thuy he", "rivers", "water"])
            && !named(&["thua", "ruong", "lo", "fields", "parcels"])
            && matched::columns(layer, tables).tables == 0.0
        {
            roles.context.push((layer, LayerKind::River));
        } else if layer.is_like_communes(communes) && is_same(layer, communes) {
            roles.left_out.push(same(layer, &communes.file));
        } else if layer.is_like_communes(communes) {
            roles.former.push(layer);
        } else if inside < ELSEWHERE {
            roles.left_out.push(elsewhere(layer));
        } else {
            fields.push((layer, matched::columns(layer, tables).tables));
        }
    }
    // The layer whose fields the tables name; else the latest year in a name, then the most fields.
    fields.sort_by(|(a, known), (b, other)| {
        let age = |layer: &Looked| (years_in(file_name(&layer.file)).into_iter().max(), layer.table.rows);
        other.total_cmp(known).then(age(b).cmp(&age(a)))
    });
    let mut fields = fields.into_iter().map(|(layer, _)| layer);
    roles.fields = fields.next();
    let used = roles.fields.map(|layer| layer.file.clone()).unwrap_or_default();
    roles.left_out.extend(fields.map(|layer| other_fields(layer, &used)));
    for layer in lines {
        match line_kind(layer) {
            Some(kind) => roles.context.push((layer, kind)),
            None => roles.left_out.push(unknown_lines(layer)),
        }
    }
    Ok(roles)
}

/// A layer of areas with what the tables know of it.
struct Land<'a> {
    layer: &'a Looked,
    index: CommuneIndex,
    /// How many tables speak of it, each counted by the share of its keys that are known
    known: f64,
}

impl<'a> Land<'a> {
    fn new(layer: &'a Looked, tables: &[&Looked]) -> Land<'a> {
        Land { layer, index: CommuneIndex::new(&layer.shapes), known: matched::columns(layer, tables).tables }
    }

    /// Whether most of another layer's land lies within this one's.
    fn holds(&self, other: &Land<'_>) -> bool {
        share_inside(other.layer, &self.index) >= 0.5
    }

    /// The outline of a province or its districts: no table speaks of it, and a layer of many more units lies on the same land.
    fn is_outline(&self, lands: &[Land<'_>]) -> bool {
        let divides = |other: &Land<'_>| {
            // Where tables speak of fields alone, the layer around these is that of the communes.
            let more = other.layer.table.rows >= 4 * self.layer.table.rows && is_of_communes(other.layer);
            let bigger = other.known > 0.0 && is_of_communes(other.layer) && self.layer.median_ha > 3.0 * other.layer.median_ha;
            !std::ptr::eq(self.layer, other.layer) && (bigger || more && other.holds(self)) && self.holds(other)
        };
        self.known == 0.0 && lands.iter().any(divides)
    }
}

/// The communes: of the layers on the land that the tables speak of most, the one of the largest units.
fn communes_of<'l, 'a>(lands: &'l [Land<'a>]) -> Option<&'l Land<'a>> {
    let larger = |a: &Land<'_>, b: &Land<'_>| {
        let (a, b) = (a.layer, b.layer);
        let alike = (a.median_ha - b.median_ha).abs() <= 0.01 * a.median_ha;
        // Mergers leave fewer units.
        if alike { b.table.rows.cmp(&a.table.rows) } else { a.median_ha.total_cmp(&b.median_ha) }
    };
    let within = |land: &Land<'_>| {
        let smaller = |other: &&Land<'_>| 5.0 * other.layer.median_ha < land.layer.median_ha && land.holds(other);
        lands.iter().filter(smaller).count()
    };
    let score: Vec<f64> = match lands {
        [_] => vec![0.0],
        _ => lands.iter().map(|land| land.known + 0.5 * within(land) as f64).collect(),
    };
    let best = (0..lands.len()).max_by(|&a, &b| score[a].total_cmp(&score[b]).then(larger(&lands[a], &lands[b])))?;
    let on_same_land =
        lands.iter().enumerate().filter(|(at, land)| *at == best || land.holds(&lands[best])).map(|(_, land)| land);
    // Of equals the first that was given.
    on_same_land.rev().max_by(|a, b| larger(a, b))
}

/// Whether a layer is of the size of communes, or of small ones that have names.
fn is_of_communes(layer: &Looked) -> bool {
    layer.is_like_communes(layer) || layer.median_ha >= LIKE_FIELDS_HA && has_names(layer)
}

fn has_names(layer: &Looked) -> bool {
    let named = |heading: &str| {
        2 * layer.table.column(heading).map_or(0, |column| column.dictionary.iter().filter(|text| is_name(text)).count())
            > layer.table.rows
    };
    headings::NAME.find(&layer.table.headings).is_some_and(named)
        || matched::in_words(layer).is_some_and(|heading| named(&heading))
}

/// Whether a text can be the name of a commune: fields are called by ids, by numbers, or after their farmers.
fn is_name(text: &str) -> bool {
    const OF_FIELDS: [&str; 12] = ["thua", "lo", "ruong", "dam", "o", "ho", "ong", "ba", "anh", "field", "parcel", "plot"];
    let folded = fold(text);
    let first = folded.split(' ').next().unwrap_or("");
    let is_id = !folded.contains(' ') && folded.bytes().any(|byte| byte.is_ascii_digit());
    folded.chars().any(char::is_alphabetic) && !is_id && !OF_FIELDS.contains(&first)
}

/// The share of a layer's land that lies within the units of another.
fn share_inside(layer: &Looked, communes: &CommuneIndex) -> f64 {
    let pieces = overlay(&layer.shapes, communes);
    let (mut inside, mut all) = (0.0, 0.0);
    for unit in (0..pieces.len()).filter(|&unit| pieces.is_placed(unit)) {
        all += pieces.area_ha[unit];
        inside += pieces.area_ha[unit] * pieces.of(unit).iter().map(|piece| piece.share).sum::<f64>();
    }
    if all > 0.0 { inside / all } else { 0.0 }
}

/// Whether the name of a layer's file has one of the words.
fn is_called(layer: &Looked, words: &[&str]) -> bool {
    let name = fold(file_name(&layer.file)).replace(['.', '-'], " ");
    let name = format!(" {name} {} ", fold(layer.layer.as_deref().unwrap_or("")));
    words.iter().any(|word| name.contains(&format!(" {word} ")))
}

fn line_kind(layer: &Looked) -> Option<LayerKind> {
    if is_called(layer, &["song", "kenh", "rach", "thuy", "river", "rivers", "canal", "canals", "water"]) {
        Some(LayerKind::River)
    } else if is_called(layer, &["duong", "giao thong", "road", "roads", "street", "highway"]) {
        Some(LayerKind::Road)
    } else {
        None
    }
}

/// A property of fields by its role, where the layer has it.
pub fn property<'a>(fields: &'a Looked, role: &Role) -> Option<&'a str> {
    role.find(&fields.table.headings).filter(|name| !fields.texts(name).is_empty())
}

/// The property of fields with codes of communes, as most of the fields have it.
pub fn commune_property<'a>(fields: &'a Looked, codes: &hashbrown::HashSet<&str>) -> Option<&'a str> {
    let headings = fields.table.headings.iter().map(String::as_str);
    let known = |name: &str| {
        let texts = fields.texts(name);
        let shared = texts.iter().filter(|text| codes.contains(**text)).count();
        (!texts.is_empty() && 10 * shared >= 9 * texts.len()).then_some(shared)
    };
    headings.filter_map(|name| Some((known(name)?, name))).max_by_key(|(count, _)| *count).map(|(_, name)| name)
}

/// Whether two layers are the same communes given twice: as many, as large, called by the same words.
fn is_same(layer: &Looked, communes: &Looked) -> bool {
    let words = |layer: &Looked| {
        let mut words: Vec<Vec<String>> = layer
            .table
            .headings
            .iter()
            .map(|heading| {
                let mut texts: Vec<String> = layer.texts(heading).into_iter().map(str::to_owned).collect();
                texts.sort();
                texts
            })
            .filter(|texts| 10 * texts.len() >= 9 * layer.table.rows)
            .collect();
        words.sort();
        words
    };
    let alike = (layer.median_ha - communes.median_ha).abs() <= 0.001 * communes.median_ha;
    let own = words(layer);
    alike && layer.table.rows == communes.table.rows && !own.is_empty() && own == words(communes)
}

fn same(layer: &Looked, used: &str) -> Fault {
    let message = message!("cùng các xã như {used}: không dùng hai lần", "the same communes as {used}: not used twice");
    Fault::new("same-communes", Place::file(&layer.file), message)
}

fn elsewhere(layer: &Looked) -> Fault {
    let message =
        message!("lớp này nằm ngoài địa bàn các xã: không dùng", "the layer lies outside of the communes and is not used");
    Fault::new("lies-elsewhere", Place::file(&layer.file), message)
        .hint(message!("kiểm tra hệ tọa độ (crs) của lớp này", "check the reference system (crs) of the layer"))
}

fn other_fields(layer: &Looked, used: &str) -> Fault {
    let message = message!(
        "một lớp thửa khác; dự án dùng {used} làm [fields], lớp này không dùng",
        "another layer of fields; the project has {used} as its [fields], this one is not used"
    );
    Fault::new("other-fields", Place::file(&layer.file), message)
        .hint(message!("đổi tên tệp trong [fields] nếu cần lớp này", "change the file of [fields] if this one is meant"))
}

fn unknown_lines(layer: &Looked) -> Fault {
    let message = message!(
        "lớp đường nét, tên không cho biết là sông hay đường: không dùng",
        "lines whose name does not tell whether they are rivers or roads: not used"
    );
    Fault::new("unknown-lines", Place::file(&layer.file), message).hint(message!(
        "thêm [[layers]] với kind = \"river\" hoặc \"road\"",
        "add a [[layers]] with kind = \"river\" or \"road\""
    ))
}
