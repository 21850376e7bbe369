//! Sheets of one workbook that are one table: a sheet a commune, a pest or a week.

use super::looked::Looked;
use super::places::{self, Places};
use super::{diseases, periods, pests, series, species};
use crate::input::{Decimal, decimal};
use crate::message;
use crate::readers::spreadsheet::around::goes_on;
use crate::readers::spreadsheet::{PERIOD, SHEET};
use crate::run::{Fault, Place};
use crate::values::seasons;
use crate::values::text::fold;

/// Puts sheets of one shape together where something tells them apart. Sheets of one shape that nothing tells apart may be one table
/// twice: the first is used and the others are named.
pub fn together(found: Vec<Looked>, places: &Places, left_out: &mut Vec<Fault>) -> Vec<Looked> {
    let mut sheets: Vec<(String, String)> = Vec::new();
    for looked in &found {
        let one = (looked.file.clone(), looked.around[0].sheet.clone());
        if !sheets.contains(&one) {
            sheets.push(one);
        }
    }
    let mut groups: Vec<Vec<Looked>> = Vec::new();
    // Sheets that are named after something come first: a summary beside them is none of them.
    let has_name = |looked: &Looked| {
        let name = &looked.around[0].sheet;
        let of_kind = is_crop(name) || species::names(name) || diseases::names(name);
        of_kind || places.named(name).is_some() || pests::named(name).is_some() || periods::period_within(name).is_some()
    };
    // What a sheet foresees beside those of what was seen is no part of these.
    let foresees = |file: &str, sheet: &str| {
        let is = |sheet: &str| fold(sheet).contains("du bao");
        is(sheet) && sheets.iter().any(|(other, seen)| other == file && !is(seen))
    };
    let (foreseen, found): (Vec<Looked>, Vec<Looked>) =
        found.into_iter().partition(|looked| foresees(&looked.file, &looked.around[0].sheet));
    left_out.extend(foreseen.iter().map(forecast));
    let (headless, found): (Vec<Looked>, Vec<Looked>) = found.into_iter().partition(|looked| is_headless(looked, places));
    left_out.extend(headless.iter().map(without_headings));
    let (named, mut others): (Vec<Looked>, Vec<Looked>) = found.into_iter().partition(has_name);
    // Of sheets of years or seasons that are alike the last is used.
    let time = |looked: &Looked| {
        let season =
            Some(looked).filter(|looked| series::lists(looked)).and_then(|looked| seasons::within(&looked.around[0].sheet));
        (periods::years_in(&looked.around[0].sheet).into_iter().max(), season)
    };
    others.sort_by_key(|looked| std::cmp::Reverse(time(looked)));
    for looked in named.into_iter().chain(others) {
        let like = groups.iter_mut().find(|group| {
            let first = &group[0];
            first.file == looked.file && first.form.skip == looked.form.skip && first.is_shaped_like(&looked)
        });
        match like {
            Some(group) if group.iter().all(|known| is_apart(known, &looked, places)) => group.push(looked),
            // Two seasons are two tables.
            Some(group) if group.iter().all(|known| is_of_another_season(known, &looked)) => groups.push(vec![looked]),
            Some(_) if looked.form.sheet.is_some() => left_out.push(twice(&looked)),
            _ => groups.push(vec![looked]),
        }
    }
    groups.into_iter().filter_map(|group| stacked(group, &sheets)).collect()
}

fn stacked(group: Vec<Looked>, sheets: &[(String, String)]) -> Option<Looked> {
    let several = group.len() > 1;
    let mut parts = group.into_iter().map(|mut part| {
        let sheet = part.around[0].sheet.clone();
        if several {
            part.table.fill(SHEET, &sheet);
        }
        part
    });
    let mut whole = parts.next()?;
    for mut part in parts {
        // A sheet without a line above goes on where the one before it ended.
        if let (Some(own), Some(before)) = (part.around.first_mut().filter(|own| goes_on(&own.titles)), whole.around.last()) {
            own.titles.extend(before.titles.iter().cloned());
        }
        whole.stack(part);
    }
    if several {
        whole.form.sheet = Some("*".to_owned());
        let own = |sheet: &String| whole.around.iter().any(|around| around.sheet == *sheet);
        let others = sheets.iter().filter(|(file, sheet)| *file == whole.file && !own(sheet));
        whole.form.without_sheets = others.map(|(_, sheet)| sheet.clone()).collect();
    }
    Some(whole)
}

/// Whether something tells two sheets apart: the communes, pests or weeks that they are named after, their periods, a commune in their
/// titles; lists of contracts are of different people.
fn is_apart(a: &Looked, b: &Looked, places: &Places) -> bool {
    let names = [&a.around[0].sheet, &b.around[0].sheet];
    let period = |looked: &Looked| looked.table.column(PERIOD).and_then(|column| column.text(0)).map(str::to_owned);
    let of_place =
        |looked: &Looked| matches!(places::find(looked, places), Some(places::Stands::Sheet(_) | places::Stands::Title(_)));
    let numbered = names.iter().any(|name| name.bytes().any(|b| b.is_ascii_digit()));
    match (period(a), period(b)) {
        (Some(a), Some(b)) if a != b => return true,
        _ => {}
    }
    let marks = names.map(|name| {
        [pests::named(name), periods::period_within(name), places.named(name)].map(|mark| mark.map(|text| fold(&text)))
    });
    let differ = marks[0].iter().zip(&marks[1]).any(|(a, b)| a.is_some() && b.is_some() && a != b);
    let alike = marks[0].iter().zip(&marks[1]).all(|(a, b)| a.is_some() == b.is_some());
    differ && alike
        || places.continues(a, b)
        || names.iter().all(|name| places.names(name))
        || names.iter().all(|name| pests::knows(name))
        || names.iter().all(|name| is_crop(name) || species::names(name)) && fold(names[0]) != fold(names[1])
        || names.iter().all(|name| diseases::names(name)) && fold(names[0]) != fold(names[1])
        || names.iter().all(|name| periods::is_dated(name))
        || of_place(a) && of_place(b)
        || !numbered && series::lists(a) && series::lists(b)
}

/// Crops, or groups of them, that sheets are named after.
const CROPS: [&str; 22] = [
    "lua",
    "rau",
    "rau mau",
    "mau",
    "hoa mau",
    "rau cu",
    "cay an trai",
    "cay an qua",
    "ngo",
    "bap",
    "khoai",
    "dau",
    "dau nanh",
    "mia",
    "sen",
    "ot",
    "xoai",
    "nhan",
    "cay cong nghiep",
    "hoa kieng",
    "hoa",
    "dua",
];

fn is_crop(name: &str) -> bool {
    let folded = fold(name);
    // An empty form is no crop, though it looks it without its accents.
    if name.trim().to_lowercase() == "mẫu" {
        return false;
    }
    let bare = ["cay ", "tren ", "tren cay ", "vu "].iter().find_map(|word| folded.strip_prefix(word)).unwrap_or(&folded);
    CROPS.contains(&folded.as_str()) || CROPS.contains(&bare)
}

/// Whether two sheets are named after different seasons and count no contracts, of which only those in force matter.
fn is_of_another_season(a: &Looked, b: &Looked) -> bool {
    let season = |looked: &Looked| seasons::within(&looked.around[0].sheet);
    season(a).zip(season(b)).is_some_and(|(a, b)| a.place != b.place) && !series::lists(a)
}

/// Whether what should be headings is a commune with its numbers.
fn is_headless(looked: &Looked, places: &Places) -> bool {
    let headings = &looked.table.headings;
    let figures = headings.iter().filter(|heading| decimal::parse(heading, Decimal::Dot).is_some()).count();
    figures >= 2 && headings.iter().any(|heading| places.names(heading))
}

fn without_headings(looked: &Looked) -> Fault {
    let sheet = &looked.around[0].sheet;
    let place = Place::file(&looked.file).column("sheet").value(sheet);
    let message = message!(
        "trang \"{sheet}\" bắt đầu bằng số liệu, không có tiêu đề: không đọc",
        "the sheet \"{sheet}\" begins with data and has no headings: it is not read"
    );
    let hint = message!(
        "nếu là phần tiếp của trang trước: chép tiêu đề của trang trước lên đầu trang này",
        "if it goes on from the sheet before: copy the headings of that sheet above its first row"
    );
    Fault::new("no-headings", place, message).hint(hint)
}

fn forecast(looked: &Looked) -> Fault {
    let sheet = &looked.around[0].sheet;
    let place = Place::file(&looked.file).column("sheet").value(sheet);
    let message = message!(
        "trang \"{sheet}\" là dự báo: không đọc chung với số liệu đã điều tra",
        "the sheet \"{sheet}\" is a forecast: it is not read with what was surveyed"
    );
    Fault::new("forecast-sheet", place, message)
}

fn twice(looked: &Looked) -> Fault {
    let sheet = &looked.around[0].sheet;
    let place = Place::file(&looked.file).column("sheet").value(sheet);
    let message = message!(
        "trang \"{sheet}\" cùng dạng với một trang khác mà không có xã, loài hay tuần riêng: không cộng thêm",
        "the sheet \"{sheet}\" is like another one and has no commune, pest or week of its own: it is not added"
    );
    Fault::new("like-another-sheet", place, message)
}
