//! A first project file, written from what the given files hold.

use super::looked::Looked;
use super::{boundaries, matched};
use crate::input::headings::{self, Role};
use crate::input::roles;
use crate::message;
use crate::project::kinds::Kinds;
use crate::project::{HerdsKeys, InfestedAreaKeys, LinkedProductionKeys, OutbreaksKeys, PestForecastKeys, TableKind};
use crate::run::{Fault, Place, Result};
use crate::values::{Lang, dates, severity};
use hashbrown::HashSet;
use std::fmt::Write;

/// How many texts of a column are ids of a layer.
fn shared(table: &Looked, column: &str, ids: &HashSet<&str>) -> usize {
    let texts: Vec<&str> = table.texts(column).into_iter().collect();
    matched::shared(&texts, ids)
}

/// A project file, and what was left out of it.
pub struct Draft {
    /// Its text
    pub text: String,
    /// Files that it does not use, and why
    pub left_out: Vec<Fault>,
}

/// Writes the project file. The first polygons with large areas are the communes; a table is what its columns say.
pub fn write(files: &[Looked], lang: Lang) -> Result<Draft> {
    let mut polygons: Vec<&Looked> = files.iter().filter(|file| file.polygons).collect();
    boundaries::refuse_pieces(&polygons)?;
    let all_tables: Vec<&Looked> = files.iter().filter(|file| !file.polygons).collect();
    let left_out = boundaries::outlines(&mut polygons, &all_tables);
    let Some(communes) = polygons.iter().max_by(|a, b| {
        let alike = (a.median_ha - b.median_ha).abs() <= 0.01 * a.median_ha;
        // Mergers leave fewer units.
        if alike { b.table.rows.cmp(&a.table.rows) } else { a.median_ha.total_cmp(&b.median_ha) }
    }) else {
        return Err(Fault::new(
            "no-communes",
            Place::default(),
            message!(
                "không có tệp ranh giới nào (GeoJSON) trong các tệp đã cho",
                "none of the files given holds boundaries (GeoJSON)"
            ),
        )
        .hint(message!(
            "thêm tệp ranh giới xã: ruong new THƯ_MỤC xa.geojson …",
            "add the commune boundaries: ruong new FOLDER communes.geojson …"
        )));
    };
    let others = || polygons.iter().copied().filter(|file| file.file != communes.file);
    let former: Vec<&Looked> = others().filter(|file| file.is_like_communes(communes)).collect();
    let fields = others().filter(|file| !file.is_like_communes(communes)).min_by(|a, b| a.median_ha.total_cmp(&b.median_ha));
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
    let _ = writeln!(
        text,
        "title    = \"\"    # {}",
        say("tiêu đề chung, in dưới tên mỗi bản đồ", "printed below the title of every map")
    );
    let _ = writeln!(text, "office   = \"\"    # {}", say("đơn vị lập bản đồ", "who made the maps"));
    let _ = writeln!(text, "source   = \"\"    # {}", say("nguồn số liệu", "where the data come from"));
    let _ = writeln!(text, "language = \"{}\"  # vi | en", say("vi", "en"));
    let mut periods = String::new();
    let mut tables = String::new();
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
    for (table, files_of_table) in series(files.iter().filter(|file| !file.polygons)) {
        let headings = &table.table.headings;
        let kind = kind_of(table);
        let best = |ids: &HashSet<&str>| {
            headings
                .iter()
                .filter(|heading| !table.is_order(heading))
                .map(|heading| (shared(table, heading, ids), heading))
                .filter(|(count, _)| *count > 0)
                .max_by_key(|(count, _)| *count)
                .map(|(_, heading)| heading)
        };
        let most = |ids: &HashSet<&str>| {
            headings
                .iter()
                .filter(|heading| !table.is_order(heading))
                .map(|heading| shared(table, heading, ids))
                .max()
                .unwrap_or(0)
        };
        // Codes were used again for other land, so a table belongs to the date that knows more of its codes.
        let units = former.iter().zip(&former_keys).find_map(|(old, (id, code))| {
            let ids = old.texts(code);
            (most(&ids) > most(&commune_codes)).then(|| (id.clone(), best(&ids).cloned()))
        });
        let position = headings::LON.find(headings).zip(headings::LAT.find(headings));
        let register = matches!(kind, TableKind::Outbreaks { .. } | TableKind::Herds { .. });
        let key = if let (Some((lon, lat)), true) = (position, register) {
            format!("{{ lon = {}, lat = {} }}", quoted(lon), quoted(lat))
        } else if let Some((_, Some(heading))) = &units {
            format!("{{ commune = {} }}", quoted(heading))
        } else if let (Some(heading), true) = (best(&field_ids), !matches!(kind, TableKind::Indicator { .. })) {
            format!("{{ field = {} }}", quoted(heading))
        } else if let Some(heading) = best(&commune_codes) {
            format!("{{ commune = {} }}", quoted(heading))
        } else if let Some(heading) =
            best(&commune_names).or_else(|| headings::NAME.find(headings).and_then(|name| headings.iter().find(|h| *h == name)))
        {
            format!("{{ commune_name = {} }}", quoted(heading))
        } else if let Some((lon, lat)) = position {
            format!("{{ lon = {}, lat = {} }}", quoted(lon), quoted(lat))
        } else {
            return Err(boundaries::no_key(&table.file, communes));
        };
        let id = stem(&files_of_table).replace('*', "").trim_matches(['-', '_', ' ']).to_owned();
        let id = if id.is_empty() { "table".to_owned() } else { id };
        let _ = writeln!(tables, "\n[[tables]]");
        let _ = writeln!(tables, "id   = {}", quoted(&id));
        let word = kind.name();
        let _ = writeln!(tables, "kind = \"{word}\"    # pest-forecast | linked-production | indicator | outbreaks | herds");
        let _ = writeln!(tables, "file = {}", quoted(&files_of_table));
        if let Some((units, _)) = &units {
            let note = say("số liệu theo đơn vị cũ, chuyển sang đơn vị mới", "of former units, passed on to those of today");
            let _ = writeln!(tables, "units = {}    # {note}", quoted(units));
        }
        if let Some((first, others)) = table.sheets.split_first() {
            let others = others.join(", ");
            let note = say("các trang khác có bảng", "other sheets with tables");
            let _ = match others.as_str() {
                "" => writeln!(tables, "sheet = {}    # {}", quoted(first), say("mọi trang có bảng", "every sheet with a table")),
                _ => writeln!(
                    tables,
                    "sheet = {}    # {note}: {others}; \"*\" = {}",
                    quoted(first),
                    say("mọi trang", "every sheet")
                ),
            };
        }
        let _ = writeln!(tables, "key  = {key}");
        let columns = role_columns(table, &kind);
        if !columns.is_empty() {
            let list: Vec<String> = columns.iter().map(|(role, heading)| format!("{role} = {}", quoted(heading))).collect();
            let _ = writeln!(tables, "columns = {{ {} }}", list.join(", "));
        }
        if matches!(kind, TableKind::Outbreaks { .. }) {
            if let Some(herds) = files.iter().find(|file| !file.polygons && matches!(kind_of(file), TableKind::Herds { .. })) {
                let note = say("tỷ lệ mắc tính trên bảng này", "rates are over this table");
                let _ = writeln!(tables, "herds = {}    # {note}", quoted(&stem(&herds.file)));
            }
            let note = say("chỉ một bệnh; ở bảng đàn: species = \"…\"", "one disease only; at the herds: species = \"…\"");
            let _ = writeln!(tables, "# disease = \"…\"    # {note}");
            let note = say(
                "số ngày không có ca mới thì hết hoạt động: theo quy định của từng bệnh",
                "days without a case after which an outbreak is over",
            );
            let _ = writeln!(tables, "# release_days = 21    # {note}");
        }
        if matches!(kind, TableKind::Indicator { .. }) {
            let _ = writeln!(
                tables,
                "duplicates = \"sum\"    # {}",
                say(
                    "nhiều dòng một xã: sum (cộng), last (dòng cuối), error (dừng)",
                    "several rows a commune: sum, last or error"
                )
            );
        }
        if matches!(kind, TableKind::LinkedProduction { .. }) {
            let _ = writeln!(
                tables,
                "# complete = true     # {}",
                say(
                    "bảng có mọi hợp đồng: nơi không có dòng nào là 0 ha",
                    "the table has every contract: where there is no row there are 0 ha"
                )
            );
        }
        let dated = matches!(kind, TableKind::PestForecast { .. } | TableKind::InfestedArea { .. })
            || table.table.column(crate::input::spreadsheet::PERIOD).is_some();
        if dated && periods.is_empty() {
            periods = latest_week(table).unwrap_or_default();
        }
    }
    if !periods.is_empty() {
        let _ = writeln!(
            text,
            "period   = {periods}    # {}",
            say("kỳ báo cáo; kỳ trước và cùng kỳ năm trước tự tính", "reporting period; the previous one and last year's follow")
        );
    }
    let _ = writeln!(text, "\n[communes]\nfile = {}\ncode = {}", quoted(&communes.file), quoted(&code));
    if let Some(name) = &name {
        let _ = writeln!(text, "name = {}", quoted(name));
    }
    if let (Some(fields), Some(id)) = (fields, &field_id) {
        let _ = writeln!(text, "\n[fields]\nfile = {}\nid   = {}", quoted(&fields.file), quoted(id));
    }
    for (old, (id, code)) in former.iter().zip(&former_keys) {
        let _ = writeln!(
            text,
            "\n[[former]]    # {}\nid   = {}\nfile = {}\ncode = {}",
            say("đơn vị trước khi sắp xếp", "units of an earlier date"),
            quoted(id),
            quoted(&old.file),
            quoted(code)
        );
    }
    text.push_str(&tables);
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
    Ok(Draft { text, left_out })
}

/// A file's name without folders and ending.
fn stem(file: &str) -> String {
    file.rsplit('/').next().unwrap_or(file).split('.').next().unwrap_or("table").to_owned()
}

/// Tables with the pattern of their files: those that differ in the numbers of their names only and have the same columns
/// are one.
fn series<'a>(tables: impl Iterator<Item = &'a Looked>) -> Vec<(&'a Looked, String)> {
    let mut found: Vec<(Vec<&Looked>, Vec<String>)> = Vec::new();
    for table in tables {
        let parts = numbers_apart(&table.file);
        let like = found.iter_mut().find(|(tables, pattern)| {
            tables.iter().all(|other| other.table.headings == table.table.headings)
                && pattern.len() == parts.len()
                && pattern.iter().zip(&parts).all(|(a, b)| a == b || a == "*" || [a, b].iter().all(|part| is_number(part)))
        });
        match like {
            Some((tables, pattern)) => {
                tables.push(table);
                pattern.iter_mut().zip(&parts).filter(|(a, b)| a != b).for_each(|(a, _)| "*".clone_into(a));
            }
            None => found.push((vec![table], parts)),
        }
    }
    found.into_iter().filter_map(|(tables, pattern)| Some((*tables.last()?, pattern.concat()))).collect()
}

fn is_number(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_digit())
}

/// A file name cut where digits begin and end.
fn numbers_apart(file: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for letter in file.chars() {
        match parts.last_mut() {
            Some(part) if part.ends_with(|last: char| last.is_ascii_digit()) == letter.is_ascii_digit() => part.push(letter),
            _ => parts.push(letter.to_string()),
        }
    }
    parts
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn kind_of(table: &Looked) -> TableKind {
    let has = |kind: &TableKind| {
        let roles = roles::of(kind);
        let is = |name: &str| roles.iter().any(|part| part.role.name == name && column_of(table, &part.role).is_some());
        let one_of = match kind {
            TableKind::PestForecast { .. } => is("severity") || is("density"),
            TableKind::InfestedArea { .. } => is("light_ha") || is("total_ha"),
            TableKind::Outbreaks { .. } => {
                is("onset") && is("disease") && ["herd", "sick", "dead", "destroyed"].into_iter().any(is)
            }
            TableKind::Herds { .. } => is("vaccinated"),
            _ => true,
        };
        one_of && roles.iter().filter(|part| part.needed).all(|part| column_of(table, &part.role).is_some())
    };
    let kinds = [
        TableKind::InfestedArea(InfestedAreaKeys::default()),
        TableKind::PestForecast(PestForecastKeys::default()),
        TableKind::LinkedProduction(LinkedProductionKeys::default()),
        TableKind::Outbreaks(OutbreaksKeys::default()),
        TableKind::Herds(HerdsKeys::default()),
    ];
    kinds.into_iter().find(has).unwrap_or_default()
}

/// The column of a role: by its heading, else by what it holds.
fn column_of(table: &Looked, role: &Role) -> Option<String> {
    let by_heading = role.find(&table.table.headings).map(str::to_owned);
    let by_content = || match role.name {
        "severity" => table.by_content(|text| severity::from_word(text).is_some()),
        "date" => table.by_content(|text| dates::parse(text).is_some()),
        _ => None,
    };
    by_heading.or_else(by_content)
}

fn role_columns(table: &Looked, kind: &TableKind) -> Vec<(&'static str, String)> {
    roles::of(kind).iter().filter_map(|part| Some((part.role.name, column_of(table, &part.role)?))).collect()
}

/// The last period that a table prints, or the seven days that end with its last day.
fn latest_week(table: &Looked) -> Option<String> {
    let name = column_of(table, &headings::DATE)?;
    let column = table.table.column(&name)?;
    let order = dates::order(column.dictionary.iter());
    let last = column
        .dictionary
        .iter()
        .filter_map(|text| dates::period_in(text, order))
        .max_by_key(|period| (period.to, period.from))?;
    // Days are reported by weeks; a week, month or range is itself the period.
    let from = if last.days() > 1 { last.from } else { last.to.checked_sub_days(chrono::Days::new(6))? };
    let to = last.to;
    Some(format!("{{ from = {from}, to = {to} }}"))
}
