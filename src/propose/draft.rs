//! A first project file, written from what the given files hold.

use super::entry::{self, Entry, quoted};
use super::like::Like;
use super::looked::Looked;
use super::places::{Places, file_name};
use super::roles::{self, Roles};
use super::together::together;
use super::{before, boundaries, kinds, matched, parts, series, standing, understand, understood};
use crate::headings;
use crate::layers::simple_features::Kind;
use crate::project::{Joins, LayerKind, TableKind};
use crate::run::{Fault, Result};
use crate::values::Lang;
use hashbrown::HashSet;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// How many texts of a column are ids of a layer.
fn shared(table: &Looked, column: &str, ids: &HashSet<&str>) -> usize {
    let texts: Vec<&str> = table.texts(column).into_iter().collect();
    matched::shared(&texts, ids)
}

/// The entry of one table.
pub struct Proposed {
    /// The files that it is made of
    pub files: Vec<String>,
    /// Its text
    pub text: String,
}

/// A project file, and what was left out of it.
pub struct Draft {
    /// Its text
    pub text: String,
    /// Files that it does not use, and why
    pub left_out: Vec<Fault>,
    /// What each file was taken for
    pub understood: Vec<String>,
    /// The entries of its tables
    pub entries: Vec<Proposed>,
    /// It has places of animals, which are moved by the office's secret
    pub places_of_animals: bool,
}

/// Writes the project file; `taken` are ids that no table of it may have. The first polygons with large areas are the communes; a table is what its columns say.
pub fn write(files: Vec<Looked>, folder: &Path, like: &Like, taken: &[String], lang: Lang) -> Result<Draft> {
    let (tables, layers): (Vec<Looked>, Vec<Looked>) = files.into_iter().partition(|file| file.made_of.is_none());
    let layers = series::pieces(layers);
    let mut understood: Vec<String> = layers.iter().map(|layer| layer.understood(lang)).collect();
    let all_tables: Vec<&Looked> = tables.iter().collect();
    let Roles { communes, former, fields, context, mut left_out } = roles::roles(&layers, &all_tables)?;
    let by_tables = matched::columns(communes, &all_tables);
    let code = by_tables.code.clone().or_else(|| communes.id(&headings::CODE)).ok_or_else(|| boundaries::no_code(communes))?;
    let by_heading = || headings::NAME.find(&communes.table.headings).map(str::to_owned);
    let name = by_tables.name.clone().or_else(by_heading).or_else(|| matched::in_words(communes)).filter(|name| *name != code);
    let say = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    let mut text = String::new();
    let _ = writeln!(
        text,
        "# {}\n",
        say(
            "Tệp dự án ruong. Dòng bắt đầu bằng # là ghi chú; sửa rồi chạy lại: ruong build",
            "A ruong project file. Lines that begin with # are comments; edit, then run again: ruong build"
        )
    );
    let _ = writeln!(text, "version  = 1");
    let word = |key: &str, default: &str| quoted(like.word(key).unwrap_or(default));
    let title =
        say("tiêu đề chung, in dưới tên mỗi bản đồ; {week} là tuần báo cáo", "printed below every title; {week} is the week");
    let _ = writeln!(text, "title    = {}    # {title}", word("title", ""));
    let _ = writeln!(text, "office   = {}    # {}", word("office", ""), say("đơn vị lập bản đồ", "who made the maps"));
    let _ = writeln!(text, "source   = {}    # {}", word("source", ""), say("nguồn số liệu", "where the data come from"));
    let _ = writeln!(text, "language = {}  # vi | en", word("language", say("vi", "en")));
    text.push_str(&like.others);
    let mut dated = false;
    let mut text_of_tables = String::new();
    let mut entries: Vec<Proposed> = Vec::new();
    let commune_codes = communes.texts(&code);
    let commune_names: HashSet<&str> = name.as_deref().map(|name| communes.texts(name)).unwrap_or_default();
    let field_id = fields.and_then(|fields| fields.id(&headings::FIELD));
    let field_ids: HashSet<&str> = match (fields, &field_id) {
        (Some(fields), Some(id)) => fields.texts(id),
        _ => HashSet::new(),
    };
    let mut former_keys: Vec<(String, String)> = Vec::new();
    for old in &former {
        if let Some(code) = old.id(&headings::CODE) {
            former_keys.push((stem(&old.file), code));
        }
    }
    // Units without names are called by their codes.
    let names: Vec<String> = in_order(communes, name.as_deref().unwrap_or(&code));
    let places = Places::new(in_order(communes, &code), names);
    let tables = standing::apart(tables, &mut left_out);
    let apart = series::newest(together(tables, &places, &mut left_out), &mut left_out);
    let mut list = series::join(apart, &places);
    list.iter_mut().for_each(|table| understand::understand(table, folder, &places));
    let herds = list.iter().find(|table| matches!(kinds::of(table), TableKind::Herds { .. }));
    // Of herds of several species nothing tells which an outbreak is of.
    let herds = herds.filter(|herds| parts::apart(herds, &kinds::of(herds)).is_none()).map(|herds| stem(&herds.file));
    let mut ids: Vec<String> = taken.to_vec();
    let mut districts: Option<BTreeSet<String>> = None;
    for table in &list {
        let kind = kinds::of(table);
        let best = |ids: &HashSet<&str>| best(table, ids).map(|(_, heading)| heading);
        // Codes were used again for other land, so a table belongs to the date that knows more of its codes.
        let units = former.iter().zip(&former_keys).find_map(|(old, (id, code))| {
            let most = |ids: &HashSet<&str>| self::best(table, ids).map_or(0, |(count, _)| count);
            let old_ids = old.texts(code);
            (most(&old_ids) > most(&commune_codes)).then(|| (id.clone(), best(&old_ids).cloned()))
        });
        let headings = &table.table.headings;
        let by_name = || headings::NAME.find(headings).and_then(|name| headings.iter().find(|h| *h == name));
        let named =
            || table.place.as_ref().or_else(|| self::best(table, &commune_names).map(|(_, heading)| heading)).or_else(by_name);
        let units = units.or_else(|| {
            let before = places.before.as_ref()?;
            let codes = before.codes();
            let by_code = self::best(table, &codes)
                .filter(|(count, _)| *count > self::best(table, &commune_codes).map_or(0, |(count, _)| count));
            let heading = named().filter(|heading| before.is_spoken_of(table, heading, &places));
            if by_code.is_none() && heading.is_none() {
                return None;
            }
            let districts = districts.get_or_insert_default();
            heading.into_iter().for_each(|heading| before.add_districts(table, heading, districts));
            Some((before::ID.to_owned(), by_code.map(|(_, heading)| heading.clone())))
        });
        let position = headings::LON.find(headings).zip(headings::LAT.find(headings));
        let joins = kind.manner().joins;
        if kinds::is_weather(table) {
            left_out.push(boundaries::weather(&table.file));
            continue;
        }
        let key = if joins == Joins::Stations {
            // Stations have places of their own.
            String::new()
        } else if let (Some((lon, lat)), true) = (position, matches!(joins, Joins::Register | Joins::Positions)) {
            format!("{{ lon = {}, lat = {} }}", quoted(lon), quoted(lat))
        } else if let Some((_, Some(heading))) = &units {
            format!("{{ commune = {} }}", quoted(heading))
        } else if let (Some(heading), true) = (best(&field_ids), joins == Joins::FieldsOrCommunes) {
            format!("{{ field = {} }}", quoted(heading))
        } else if let (Some(heading), None) = (best(&commune_codes), &units) {
            format!("{{ commune = {} }}", quoted(heading))
        } else if let Some(heading) = named() {
            format!("{{ commune_name = {} }}", quoted(heading))
        } else if let Some((lon, lat)) = position {
            format!("{{ lon = {}, lat = {} }}", quoted(lon), quoted(lat))
        } else {
            left_out.push(boundaries::no_key(&table.file, communes));
            continue;
        };
        let id = id_of(table, &mut ids);
        let files: Vec<String> = table.around.iter().map(|around| around.file.clone()).collect();
        let mut propose = |id: &str, part: Option<&parts::Part>, measures: &[String]| {
            let units = units.as_ref().map(|(units, _)| units.as_str());
            let mut text = String::new();
            let entry = Entry { id, kind: &kind, key: &key, units, herds: herds.as_deref(), part, measures };
            entry::write(&mut text, table, &entry, lang);
            text_of_tables.push_str(&text);
            entries.push(Proposed { files: files.clone(), text });
        };
        match parts::apart(table, &kind) {
            Some(apart) => {
                if apart.adds {
                    propose(&id, None, &apart.together);
                }
                for part in &apart.parts {
                    propose(&format!("{id} {}", part.name.replace(['/', '\\'], "-")), Some(part), &[]);
                }
            }
            None => propose(&id, None, &[]),
        }
        understood.extend(understood::lines(table, &kind, &key, lang));
        dated |= kind.manner().is_of_weeks && kinds::date_column(table).is_some()
            || table.table.column(crate::readers::spreadsheet::PERIOD).is_some();
    }
    if entries.is_empty()
        && let (Some(fault), false) = (left_out.last(), list.is_empty())
    {
        return Err(fault.clone());
    }
    if dated {
        let _ = writeln!(
            text,
            "period   = \"latest\"    # {}",
            say(
                "kỳ mới nhất; hoặc \"previous\", \"2024-W16\", { from = 2024-04-08, to = 2024-04-14 }",
                "the latest; or \"previous\", \"2024-W16\", { from = 2024-04-08, to = 2024-04-14 }"
            )
        );
    }
    let _ = writeln!(text, "\n[communes]\nfile = {}", quoted(&communes.file));
    write_layer(&mut text, communes);
    let _ = writeln!(text, "code = {}", quoted(&code));
    if let Some(name) = &name {
        let _ = writeln!(text, "name = {}", quoted(name));
    }
    if let Some(fields) = fields {
        write_fields(&mut text, fields, field_id.as_deref(), &commune_codes, lang);
    }
    for (old, (id, code)) in former.iter().zip(&former_keys) {
        let _ = writeln!(
            text,
            "\n[[former]]    # {}\nid   = {}\nfile = {}",
            say("đơn vị trước khi sắp xếp", "units of an earlier date"),
            quoted(id),
            quoted(&old.file),
        );
        write_layer(&mut text, old);
        let _ = writeln!(text, "code = {}", quoted(code));
    }
    if let (Some(before), Some(districts)) = (&places.before, &districts) {
        before.write(&mut text, districts, lang);
    }
    write_context(&mut text, &context, lang);
    text.push_str(&like.parts);
    text.push_str(&text_of_tables);
    let _ = writeln!(
        text,
        "\n# {}",
        say(
            "Không có [[maps]] và [[charts]]: ruong tự vẽ bộ bản đồ, biểu đồ mặc định. Ví dụ:",
            "Without [[maps]] and [[charts]] ruong draws a default set. An example:"
        )
    );
    let _ = writeln!(
        text,
        "# [[maps]]\n# id      = \"dien-tich\"\n# measure = \"area_ha\"\n# title   = \"{}\"",
        say("Diện tích tự nhiên", "Commune area")
    );
    let places_of_animals = list.iter().any(|table| matches!(kinds::of(table), TableKind::Outbreaks { .. }));
    Ok(Draft { text, left_out, understood, entries, places_of_animals })
}

/// Which layer of its file is meant.
fn write_layer(text: &mut String, layer: &Looked) {
    if let Some(name) = &layer.layer {
        let _ = writeln!(text, "layer = {}", quoted(name));
    }
}

fn write_fields(text: &mut String, fields: &Looked, id: Option<&str>, codes: &HashSet<&str>, lang: Lang) {
    let _ = writeln!(text, "\n[fields]\nfile = {}", quoted(&fields.file));
    write_layer(text, fields);
    match id {
        Some(id) => {
            let _ = writeln!(text, "id   = {}", quoted(id));
        }
        None => {
            let note = lang.pick(
                "không cột nào có mã riêng từng thửa: thửa mang số thứ tự",
                "no property tells fields apart: they are numbered",
            );
            let _ = writeln!(text, "# id = \"…\"    # {note}");
        }
    }
    let properties = [
        ("commune", roles::commune_property(fields, codes)),
        ("group", roles::property(fields, &headings::fields::GROUP)),
        ("stage", roles::property(fields, &headings::STAGE)),
        ("harvest", roles::property(fields, &headings::fields::HARVEST)),
    ];
    for (key, property) in properties {
        if let Some(property) = property {
            let _ = writeln!(text, "{key} = {}", quoted(property));
        }
    }
}

/// Layers for orientation.
fn write_context(text: &mut String, context: &[(&Looked, LayerKind)], lang: Lang) {
    let mut ids: Vec<String> = Vec::new();
    for (layer, kind) in context {
        let note = lang.pick("lớp vẽ nền", "drawn for orientation");
        let id = id_of(layer, &mut ids);
        let kind = match kind {
            LayerKind::River => "river",
            LayerKind::Road => "road",
            LayerKind::Neighbours => "neighbours",
            LayerKind::Islands => "islands",
            LayerKind::Locator => "locator",
        };
        let _ =
            writeln!(text, "\n[[layers]]    # {note}\nid   = {}\nkind = \"{kind}\"\nfile = {}", quoted(&id), quoted(&layer.file));
        write_layer(text, layer);
        let name = headings::NAME.find(&layer.table.headings).filter(|_| layer.made_of == Some(Kind::Areas));
        if let Some(name) = name {
            let _ = writeln!(text, "name = {}", quoted(name));
        }
    }
}

/// A file's name without folders and ending.
fn stem(file: &str) -> String {
    file_name(file).split('.').next().unwrap_or("table").to_owned()
}

/// An id of its own for a table, from the name of its file and sheet.
fn id_of(table: &Looked, taken: &mut Vec<String>) -> String {
    let signs = ['-', '_', ' '];
    let plain = |text: &str| {
        text.split('*').map(|part| part.trim_matches(signs)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    // Of a pattern of folders and files all that is no path.
    let name = plain(&stem(&table.file)).replace(['/', '\\'], " ").replace("..", " ");
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut id = if name.is_empty() { "table".to_owned() } else { name };
    let sheet = table.form.sheet.as_deref().map(plain).filter(|sheet| !sheet.is_empty());
    if let (true, Some(sheet)) = (taken.contains(&id), sheet) {
        id = format!("{id} {sheet}");
    }
    let first = id.clone();
    let mut number = 2;
    while taken.contains(&id) {
        id = format!("{first} {number}");
        number += 1;
    }
    taken.push(id.clone());
    id
}

/// The texts of a column in the order of the features.
fn in_order(layer: &Looked, name: &str) -> Vec<String> {
    let ids = Some(&layer.feature_ids).filter(|_| name == "id");
    let column = layer.table.column(name).or(ids);
    (0..layer.table.rows).map(|row| column.and_then(|column| column.text(row)).unwrap_or("").to_owned()).collect()
}

/// The column that holds most ids of a layer, and how many.
fn best<'a>(table: &'a Looked, ids: &HashSet<&str>) -> Option<(usize, &'a String)> {
    table
        .table
        .headings
        .iter()
        .filter(|heading| !table.is_order(heading) && !headings::rates::is_hectares(heading))
        .map(|heading| (shared(table, heading, ids), heading))
        .filter(|(count, _)| *count > 0)
        .max_by_key(|(count, _)| *count)
}
