//! The draft of an annex to an order: which communes lie wholly or partly in each zone around the outbreaks of a disease.

use super::properties;
use super::sheets::of_sheet;
use crate::model::Joined;
use crate::ooxml::letter::{Block, Letter, Paragraph, Run, Style};
use crate::ooxml::{Align, Cell, Rows};
use crate::outbreaks::disease_zones::DiseaseZones;
use crate::outbreaks::zones::Zone;
use crate::project::Project;
use crate::tables::zones::Tables;
use crate::tables::{self, Sheet};
use crate::values::dates::format_day;
use crate::values::{Lang, Value, numbers};
use chrono::NaiveDate;

/// Columns of a table of communes; a sum by ring only where there is a smaller zone within.
const COLUMNS: [(&str, f32); 8] = [
    ("name", 22.0),
    ("inside", 11.0),
    ("share_pct", 12.0),
    ("ring_share_pct", 12.0),
    ("hectares", 11.0),
    ("herds", 9.0),
    ("head", 11.0),
    ("last_case", 13.0),
];

/// The draft. What is not known is a place to write in.
pub fn order((project, joined): (&Project, &Joined), list: &[DiseaseZones], made: &Tables, on: NaiveDate) -> Letter {
    let lang = project.language;
    let mut blocks = Vec::new();
    // Rows of the sheets come in the order of the zones.
    let (mut zones, mut communes) = (made.zones.rows.iter(), made.communes.rows.iter());
    for (number, one) in list.iter().enumerate() {
        if number > 0 {
            blocks.push(Block::Page);
        }
        blocks.extend(head(one, lang));
        blocks.push(said(Style::Normal, state(one, on, lang)));
        for (at, (zone, name)) in one.zones.list.iter().zip(&one.names).enumerate() {
            let row = zones.next();
            blocks.push(said(Style::Heading, format!("{}. {}", at + 1, called(zone, name.get(lang), at, lang))));
            blocks.push(said(Style::Normal, holds(zone, lang)));
            let inside: Vec<&Vec<tables::Cell>> = communes.by_ref().take(zone.parts.len()).collect();
            if !inside.is_empty() {
                blocks.push(Block::Rows(table(&made.communes, inside, at > 0, lang)));
            }
            // What the zones were made of stands once, below the last.
            if at + 1 == one.zones.list.len() {
                blocks.extend(row.map(|row| said(Style::Small, basis(&made.zones, row, one, lang))));
            }
        }
    }
    if list.is_empty() {
        let none = lang.pick("Không có ổ dịch nào đang hoạt động.", "There are no active outbreaks.");
        blocks.push(said(Style::Normal, none.to_owned()));
    }
    Letter { properties: properties(project, joined), blocks, page: lang.pick("Trang", "Page").to_owned() }
}

fn said(style: Style, words: String) -> Block {
    Block::Paragraph(Paragraph::new(style, words))
}

fn head(one: &DiseaseZones, lang: Lang) -> Vec<Block> {
    let line = |style, runs| Block::Paragraph(Paragraph::of(style, runs));
    let italic = |words: &str| Run { italic: true, ..Run::text(words) };
    let disease = one.disease.get(lang).to_uppercase();
    let of = match lang {
        Lang::Vi => vec![
            italic("(Dự thảo, kèm theo Quyết định số "),
            Run::blank(),
            italic(" ngày "),
            Run::blank(),
            italic(" của "),
            Run::blank(),
            italic(")"),
        ],
        Lang::En => {
            vec![italic("(Draft, annexed to Decision No. "), Run::blank(), italic(" of "), Run::blank(), italic(")")]
        }
    };
    vec![
        line(Style::Title, vec![Run::bold(lang.pick("PHỤ LỤC", "ANNEX"))]),
        line(
            Style::Centre,
            vec![Run::bold(format!("{} {disease}", lang.pick("DANH SÁCH XÃ THEO VÙNG DỊCH BỆNH", "COMMUNES BY ZONE:")))],
        ),
        line(Style::Centre, of),
    ]
}

/// How many outbreaks there are, and since when.
fn state(one: &DiseaseZones, on: NaiveDate, lang: Lang) -> String {
    let (day, active) = (format_day(on), one.active);
    let mut text = match lang {
        Lang::Vi => format!("Tính đến ngày {day}: {active} ổ dịch đang hoạt động"),
        Lang::En => format!("As of {day}: {active} active outbreaks"),
    };
    if let Some(last) = one.zones.last_case.map(format_day) {
        text.push_str(&match lang {
            Lang::Vi => format!(", ca cuối ngày {last}"),
            Lang::En => format!(", the last case on {last}"),
        });
    }
    let mut parts = vec![text];
    let mut also = |count: usize, vi: &str, en: &str| {
        if count > 0 {
            parts.push(format!("{count} {}", lang.pick(vi, en)));
        }
    };
    also(one.unplaced, "ổ không rõ vị trí, chưa vẽ vùng", "outbreaks without a place have no zone");
    also(one.approximate, "ổ chỉ biết xã, lấy điểm giữa xã", "outbreaks of a known commune stand in its middle");
    also(one.abroad, "ổ ngoài các xã trong bản đồ", "outbreaks lie in none of the communes");
    also(one.undeclared, "ổ đã quá ngày chờ nhưng chưa ghi công bố hết dịch", "outbreaks past their days are not declared over");
    format!("{}.", parts.join("; "))
}

/// "Vùng bị dịch uy hiếp (bán kính 3 km, gồm cả vùng trong)".
fn called(zone: &Zone, name: &str, at: usize, lang: Lang) -> String {
    let radius = numbers::format_short(zone.radius_km, lang);
    let within = if at > 0 { lang.pick(", gồm cả vùng trong", ", the inner zone included") } else { "" };
    let by = lang.pick("bán kính", "radius");
    format!("{} ({by} {radius} km{within})", crate::words::capital(name))
}

/// What a zone holds in a sentence.
fn holds(zone: &Zone, lang: Lang) -> String {
    let whole = zone.parts.iter().filter(|part| part.whole).count();
    let (part, hectares) = (zone.parts.len() - whole, numbers::format(zone.hectares, 1, lang));
    let mut list = vec![match lang {
        Lang::Vi => format!("{whole} xã nằm trọn, {part} xã nằm một phần trong vùng"),
        Lang::En => format!("Communes wholly inside: {whole}, partly: {part}"),
    }];
    list.push(format!("{hectares} ha"));
    let mut counted = |value: Option<f64>, vi: &str, en: &str| {
        let value = value.map(|value| numbers::format(value, 0, lang));
        list.extend(value.map(|value| format!("{value} {}", lang.pick(vi, en))));
    };
    counted(zone.herds, "hộ nuôi", "holdings");
    counted(zone.head, "con", "animals");
    if zone.unknown > 0 {
        list.push(format!("{} {}", zone.unknown, lang.pick("nơi không rõ đàn", "without a known number of animals")));
    }
    format!("{}.", list.join("; "))
}

/// The communes of a zone, numbered.
fn table(sheet: &Sheet, inside: Vec<&Vec<tables::Cell>>, outer: bool, lang: Lang) -> Rows {
    let at = |id: &str| sheet.headings.iter().position(|heading| heading.id == id);
    // A column of which nothing is known says nothing; herds are not always given.
    let known = |id: &str| {
        let has = |at: usize| inside.iter().any(|row| !matches!(row[at], tables::Cell::Value(Value::NoData)));
        at(id).is_some_and(has)
    };
    let columns: Vec<(&str, f32)> = COLUMNS
        .into_iter()
        .filter(|(id, _)| match *id {
            "ring_share_pct" => outer,
            "herds" | "head" => known(id),
            _ => true,
        })
        .collect();
    let mut rows = of_sheet(sheet, &columns, inside.iter().copied(), lang);
    let blanks: Vec<Option<usize>> = columns.iter().map(|(id, _)| at(id)).collect();
    for (number, (row, cells)) in inside.iter().zip(&mut rows.rows).enumerate() {
        for (cell, at) in cells.iter_mut().zip(&blanks) {
            if at.is_some_and(|at| matches!(row[at], tables::Cell::Value(Value::NoData))) {
                *cell = Cell::blank();
            }
        }
        cells.insert(0, Cell { align: Align::Middle, ..Cell::text((number + 1).to_string()) });
    }
    rows.widths.insert(0, 5.0);
    rows.heads[0].insert(0, Cell { align: Align::Middle, ..Cell::text(lang.pick("TT", "No.")) });
    rows
}

/// Where radii, days and places come from.
fn basis(sheet: &Sheet, row: &[tables::Cell], one: &DiseaseZones, lang: Lang) -> String {
    let text = |id: &str| {
        let at = sheet.headings.iter().position(|heading| heading.id == id);
        at.map_or("", |at| match &row[at] {
            tables::Cell::Text(words) => words.as_str(),
            tables::Cell::Value(_) => "",
        })
    };
    let mut parts = Vec::new();
    let mut add = |vi: &str, en: &str, words: String| {
        if !words.is_empty() {
            parts.push(format!("{}: {words}.", lang.pick(vi, en)));
        }
    };
    let checked = if one.verified { "" } else { lang.pick(" (chưa đối chiếu với văn bản)", " (not verified)") };
    let source = text("radius_source");
    add("Căn cứ bán kính", "Radii", if source.is_empty() { String::new() } else { format!("{source}{checked}") });
    let days = one.release_days.map_or(String::new(), |days| match lang {
        Lang::Vi => format!("{days} ngày từ {}; sớm nhất {}", text("counted_from"), day(text("release_date"))),
        Lang::En => format!("{days} days from {}; {} at the earliest", text("counted_from"), day(text("release_date"))),
    });
    add("Gỡ vùng", "Lifting", days);
    add(
        "Vị trí ổ dịch dùng để tính diện tích và tỷ lệ",
        "Places by which areas and shares are computed",
        text("places").to_owned(),
    );
    parts.join(" ")
}

fn day(text: &str) -> String {
    crate::values::dates::written_day(text).map_or(text.to_owned(), format_day)
}
