//! The entry of a table in a project file, as text.

use super::cumulative;
use super::kinds;
use super::looked::Looked;
use super::parts;
use crate::headings::rates;
use crate::input::numeric;
use crate::project::TableKind;
use crate::project::kinds::Kinds;
use crate::values::{Lang, Quantity};
use std::fmt::Write;

/// A text as TOML has it.
pub fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

/// What an entry needs to know beside its table.
pub struct Entry<'a> {
    /// Id
    pub id: &'a str,
    /// Kind
    pub kind: &'a TableKind,
    /// Key, as TOML
    pub key: &'a str,
    /// Id of the `[[former]]` that it speaks of
    pub units: Option<&'a str>,
    /// Id of the table of herds
    pub herds: Option<&'a str>,
    /// The rows that it is of, where others are another thing
    pub part: Option<&'a parts::Part>,
    /// The columns that are measures, where not all are
    pub measures: &'a [String],
}

/// Writes the entry.
pub fn write(tables: &mut String, table: &Looked, entry: &Entry<'_>, lang: Lang) {
    let say = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    let form = &table.form;
    let _ = writeln!(tables, "\n[[tables]]");
    let _ = writeln!(tables, "id   = {}", quoted(entry.id));
    let word = entry.kind.name();
    let _ = writeln!(
        tables,
        "kind = \"{word}\"    # pest-forecast | infested-area | linked-production | indicator | outbreaks | herds | readings | points"
    );
    let _ = writeln!(tables, "file = {}", quoted(&table.file));
    if let Some(units) = entry.units {
        let note = say("số liệu theo đơn vị cũ, chuyển sang đơn vị mới", "of former units, passed on to those of today");
        let _ = writeln!(tables, "units = {}    # {note}", quoted(units));
    }
    if let Some(sheet) = &form.sheet {
        let note = if sheet == "*" {
            say("mọi trang có bảng", "every sheet with a table")
        } else {
            say("trang này", "this sheet")
        };
        let _ = writeln!(tables, "sheet = {}    # {note}", quoted(sheet));
    }
    if !form.without_sheets.is_empty() {
        let _ = writeln!(tables, "without_sheets = {}", list(&form.without_sheets));
    }
    if let Some(range) = &form.range {
        let _ = writeln!(tables, "range = {}    # {}", quoted(range), say("bảng này của trang", "this table of the sheet"));
    }
    if let Some(rows) = form.skip {
        let _ = writeln!(tables, "skip = {rows}    # {}", say("bảng thứ hai của trang", "another table of the sheet"));
    }
    let templates = [("from_name", &table.from_name), ("from_sheet", &form.from_sheet), ("from_title", &form.from_title)];
    for (key, template) in templates {
        match &template[..] {
            [] => {}
            [one] => {
                let _ = writeln!(tables, "{key} = {}", quoted(one));
            }
            several => {
                let _ = writeln!(tables, "{key} = {}", list(several));
            }
        }
    }
    if !form.fill_down.is_empty() {
        let note = say("ô trống: như ô trên", "an empty cell: as above");
        let _ = writeln!(tables, "fill_down = {}    # {note}", list(&form.fill_down));
    }
    let conditions = |kept: &[(String, String)]| {
        let own = kept.iter().map(|(heading, text)| format!("{} = {}", quoted(heading), quoted(text)));
        let of_table = form.kept.iter().filter(|(heading, _)| !kept.iter().any(|(known, _)| known == *heading));
        let of_table = of_table.map(|(heading, texts)| match &texts[..] {
            [only] => format!("{} = {}", quoted(heading), quoted(only)),
            all => format!("{} = {}", quoted(heading), list(all)),
        });
        own.chain(of_table).collect::<Vec<_>>().join(", ")
    };
    let season =
        Some(entry.kind).filter(|kind| matches!(kind, TableKind::LinkedProduction(_))).and_then(|_| parts::latest_season(table));
    if entry.part.is_none_or(|part| part.kept.is_empty()) && season.is_none() && !form.kept.is_empty() {
        let note = say(
            "các nhóm dòng còn lại là kế hoạch, dự báo, hết hiệu lực hay diện tích khác: không cộng",
            "the other groups of rows are planned, foreseen, ended or other land: not added",
        );
        let _ = writeln!(tables, "where = {{ {} }}    # {note}", conditions(&[]));
    }
    if let Some(part) = entry.part.filter(|part| !part.kept.is_empty()) {
        let note = say("chỉ những dòng này", "these rows only");
        let _ = writeln!(tables, "where = {{ {} }}    # {note}", conditions(&part.kept));
    }
    if let Some(season) = season {
        let others = season.others.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ");
        let note = say(
            "vụ sau cùng; hợp đồng các vụ không cộng với nhau; còn có",
            "the last season; contracts of seasons are not added; there are also",
        );
        let _ = writeln!(tables, "where = {{ {} }}    # {note}: {others}", conditions(&season.kept));
    }
    if let Some(count) = &form.count {
        let note = say("mỗi dòng tính là một", "every row counts as one");
        let _ = writeln!(tables, "count = {}    # {note}", quoted(count));
    }
    if let Some(unpivot) = &form.unpivot {
        let into = if unpivot.into.is_empty() { String::new() } else { format!(", into = {}", quoted(&unpivot.into)) };
        let (headings, value) = (list(&unpivot.headings), quoted(&unpivot.value));
        let _ = writeln!(tables, "unpivot = {{ headings = {headings}{into}, value = {value} }}");
    }
    if let Some(pivot) = &form.pivot {
        let value = pivot.value.as_ref().map_or(String::new(), |value| format!(", value = {}", quoted(value)));
        let _ = writeln!(tables, "pivot = {{ by = {}{value} }}", quoted(&pivot.by));
    }
    if !form.compose.is_empty() {
        let parts: Vec<String> =
            form.compose.iter().map(|(heading, template)| format!("{} = {}", quoted(heading), quoted(template))).collect();
        let _ = writeln!(tables, "compose = {{ {} }}", parts.join(", "));
    }
    if !entry.key.is_empty() {
        let _ = writeln!(tables, "key  = {}", entry.key);
    }
    let columns = kinds::columns(table, entry.kind);
    if !columns.is_empty() {
        let list: Vec<String> = columns.iter().map(|(role, heading)| format!("{role} = {}", quoted(heading))).collect();
        let _ = writeln!(tables, "columns = {{ {} }}", list.join(", "));
    }
    own_keys(tables, table, entry, lang);
}

fn own_keys(tables: &mut String, table: &Looked, entry: &Entry<'_>, lang: Lang) {
    let say = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    let _ = match entry.kind {
        TableKind::Outbreaks { .. } => {
            if let Some(herds) = entry.herds {
                let note = say("tỷ lệ mắc tính trên bảng này", "rates are over this table");
                let _ = writeln!(tables, "herds = {}    # {note}", quoted(herds));
            }
            let note = say("chỉ một bệnh; ở bảng đàn: species = \"…\"", "one disease only; at the herds: species = \"…\"");
            let _ = writeln!(tables, "# disease = \"…\"    # {note}");
            let note = say(
                "số ngày không có ca mới thì hết hoạt động: theo quy định của từng bệnh",
                "days without a case after which an outbreak is over",
            );
            writeln!(tables, "# release_days = 21    # {note}")
        }
        TableKind::Indicator { .. } => {
            let note = say(
                "nhiều dòng một xã: sum (cộng), last (dòng cuối), error (dừng)",
                "several rows a commune: sum, last or error",
            );
            // Rows of several years, months or things are no parts of one number.
            let sum = table.form.count.is_some()
                || !entry.measures.is_empty()
                || entry.part.map_or_else(|| table.adds_up(), |part| part.sums);
            let last = sum && entry.part.is_none() && cumulative::is_cumulative(table);
            let mark = if sum { "" } else { "# " };
            let rule = if last { "last" } else { "sum" };
            let _ = writeln!(tables, "{mark}duplicates = \"{rule}\"    # {note}");
            if last {
                let note = say(
                    "số của mỗi xã không giảm qua các lần báo cáo: coi là lũy kế, lấy lần cuối",
                    "the number of each commune never falls from a report to the next: the last one stands",
                );
                let _ = writeln!(tables, "# {note}");
            }
            if let Some(part) = entry.part {
                rates_of(tables, table, &part.name);
            }
            entry.measures.iter().for_each(|column| measure(tables, column, ""));
            counted(tables, table);
            Ok(())
        }
        TableKind::Herds { .. } => match entry.part {
            Some(parts::Part { species: Some(species), .. }) => writeln!(tables, "species = {}", quoted(species)),
            _ => Ok(()),
        },
        TableKind::Readings { .. } | TableKind::Points { .. } => {
            let name = entry.id.replace(['_', '-'], " ");
            writeln!(tables, "name = {}    # {}", quoted(&name), say("tên in trên bản đồ", "name on maps"))
        }
        TableKind::LinkedProduction { .. } => {
            let note = say(
                "bảng có mọi hợp đồng: nơi không có dòng nào là 0 ha",
                "the table has every contract: where there is no row there are 0 ha",
            );
            writeln!(tables, "# complete = true     # {note}")
        }
        _ => Ok(()),
    };
}

/// What an indicator of several says of its numbers: "Năng suất bình quân" does not add up, whatever heads its column.
fn rates_of(tables: &mut String, table: &Looked, text: &str) {
    if rates::quantity(text) != Quantity::Intensive {
        return;
    }
    let keys: Vec<&str> = table.place.iter().map(String::as_str).collect();
    let columns = numeric::columns(&table.table, &keys);
    let _ = writeln!(tables, "intensive = {}", list(&columns));
}

/// The measures of a list of things: how many there are, and how many of each class.
fn counted(tables: &mut String, table: &Looked) {
    let Some(count) = &table.form.count else { return };
    let noun = count.strip_prefix("Số ").unwrap_or(count);
    std::iter::once(count).chain(&table.classes).for_each(|column| measure(tables, column, noun));
}

fn measure(tables: &mut String, column: &str, unit: &str) {
    let column = quoted(column);
    let unit = if unit.is_empty() { String::new() } else { format!("unit   = {}\n", quoted(unit)) };
    let _ = write!(tables, "\n[[tables.indicators]]\nid     = {column}\ncolumn = {column}\n{unit}");
}
