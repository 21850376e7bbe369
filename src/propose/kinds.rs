//! What kind of table it is, and which of its columns play which role: by headings, by what they hold, by the words around them.

use super::looked::Looked;
use super::{pests, traps};
use crate::headings;
use crate::headings::{Role, bare, is_another_thing, notices, rates};
use crate::input::land_units;
use crate::input::{identifiers, roles};
use crate::project::{
    HerdsKeys, InfestedAreaKeys, LinkedProductionKeys, OutbreaksKeys, PestForecastKeys, PointsKeys, ReadingsKeys, TableKind,
};
use crate::readers::spreadsheet::PERIOD;
use crate::readings;
use crate::values::text::fold;
use crate::values::{Quantity, dates, severity, written};

/// Words of contracts.
pub const CONTRACTS: [&str; 7] = ["hop dong", "bao tieu", "lien ket", "tieu thu", "hd bao", "thu mua", "contract"];
/// Words of signed contracts, the most telling first.
const SIGNED: [&str; 6] = ["ky hop dong", "ky hd", "da ky", "ky ket", "co hop dong", "hd"];
/// Words by which a role is known within a longer heading; those of classes with their accents, which headings without any go without.
const WITHIN: [(&str, &[&str]); 9] = [
    ("pest", &["svgh", "sinh vat", "dich hai", "sau benh", "doi tuong"]),
    ("enterprise", &["doanh nghiep", "cong ty", "don vi bao tieu", "don vi thu mua", "thuong lai", "ben mua", "don vi lien ket"]),
    ("contracted_ha", &["hop dong", "bao tieu", "lien ket"]),
    ("light_ha", &["nhẹ"]),
    ("medium_ha", &["tb", "trung bình", "vừa"]),
    ("heavy_ha", &["nặng"]),
    ("lost_ha", &["mất trắng"]),
    ("total_ha", &["dien tich nhiem", "dt nhiem", "dtn"]),
    ("stage", &["giai doan", "gdst"]),
];
/// Words that play a role only where they stand alone: "tổng đàn" is no sum of hectares, "loại vật nuôi" no pest.
const ALONE: [(&str, &[&str]); 2] =
    [("pest", &["loai"]), ("total_ha", &["tong", "cong", "tong so", "tong cong", "tong dien tich"])];
/// The kind of a table.
pub fn of(table: &Looked) -> TableKind {
    let has = |kind: &TableKind| {
        let roles = roles::of(kind);
        let is = |name: &str| roles.iter().any(|part| part.role.name == name && column(table, kind, &part.role).is_some());
        let one_of = match kind {
            // A sum beside traps is no hectares.
            _ if is_of_traps(table) && !matches!(kind, TableKind::Readings { .. }) => false,
            TableKind::PestForecast { .. } => is("severity") || is("density"),
            // Hectares treated, or of last year, have the same classes.
            TableKind::InfestedArea { .. } => {
                let heading = |name: &str| {
                    let part = roles.iter().find(|part| part.role.name == name)?;
                    column(table, kind, &part.role)
                };
                let others = ["light_ha", "total_ha"].into_iter().filter_map(heading).any(|name| is_above_other_things(&name));
                (is("light_ha") || is("total_ha")) && !is_titled_otherwise(table) && !others
            }
            TableKind::Outbreaks { .. } => {
                let when = is("onset") || is("reported");
                // Registers of the world name kinds of animals and places, not always numbers.
                let headings = &table.table.headings;
                let placed = is("species") && headings::LON.find(headings).is_some() && headings::LAT.find(headings).is_some();
                let counted = ["herd", "sick", "dead", "destroyed", "ended", "last_case"].into_iter().any(is);
                when && is("disease") && (counted || placed)
            }
            TableKind::Herds { .. } => is("vaccinated"),
            TableKind::Readings { .. } => {
                let long = (is("station") || is_of_traps(table)) && is("date") && is("value");
                long && (is("thing") || has_readings(table)) || is_across(table)
            }
            TableKind::Points { .. } => is_of_points(table),
            _ => true,
        };
        one_of && roles.iter().filter(|part| part.needed).all(|part| column(table, kind, &part.role).is_some())
    };
    let kinds = [
        TableKind::InfestedArea(InfestedAreaKeys::default()),
        TableKind::PestForecast(PestForecastKeys::default()),
        TableKind::LinkedProduction(LinkedProductionKeys::default()),
        TableKind::Outbreaks(OutbreaksKeys::default()),
        TableKind::Herds(HerdsKeys::default()),
        TableKind::Readings(ReadingsKeys::default()),
        TableKind::Points(PointsKeys::default()),
    ];
    kinds.into_iter().find(has).unwrap_or_default()
}

/// Whether the line right above a table says that its hectares are not those infested now.
fn is_titled_otherwise(table: &Looked) -> bool {
    let title = |titles: &Vec<String>| titles.last().is_some_and(|line| is_another_thing(line) && !fold(line).contains("nhiem"));
    !table.around.is_empty()
        && table.around.iter().all(|around| title(&around.titles) || around.titles.iter().any(|line| counts_no_land(line)))
}

/// Whether a line says that the numbers below it are no infested hectares: farms, points, plants, per cent, what has recovered.
fn counts_no_land(line: &str) -> bool {
    const WORDS: [&str; 11] = [
        " so ho ",
        " so diem ",
        " so cay ",
        " so con ",
        " so to ",
        " ty le ",
        " ti le ",
        " phuc hoi ",
        " dvt ho ",
        " don vi tinh ho ",
        " dvt diem ",
    ];
    let words = format!(" {} ", fold(&line.replace([':', '(', ')', ','], " ")));
    // "Mật độ, tỷ lệ và diện tích nhiễm" speaks of land too.
    let of_land = words.contains(" dien tich ") && !words.contains(" ty le dien tich ") && !words.contains(" phuc hoi ");
    WORDS.iter().any(|word| words.contains(word)) && !of_land || is_in_per_cent(line)
}

/// Whether a line is "ĐVT: %", or a title that ends in "(%)".
fn is_in_per_cent(line: &str) -> bool {
    let bare = line.trim();
    let unit = fold(&bare.replace([':', '(', ')'], " "));
    bare.ends_with("(%)") || bare.contains('%') && ["dvt", "don vi tinh", "don vi"].iter().any(|word| unit.starts_with(word))
}

fn is_titled_in_per_cent(table: &Looked) -> bool {
    !table.around.is_empty()
        && table.around.iter().all(|around| around.titles.iter().any(|line| line.contains("(%)") || is_in_per_cent(line)))
}

/// Whether what stands above classes of severity counts something else: "Số điểm nhiễm / Nhẹ".
fn is_above_other_things(heading: &str) -> bool {
    heading.rsplit_once(" / ").is_some_and(|(above, _)| counts_no_land(above))
}

/// Traps that stand across.
fn is_of_traps(table: &Looked) -> bool {
    table.form.unpivot.as_ref().is_some_and(|unpivot| unpivot.value == traps::CATCH)
}

/// Readings with a column for each quantity or species, of stations or communes.
fn is_across(table: &Looked) -> bool {
    table.form.unpivot.is_none() && !is_weather(table) && readings::are_across(&table.table.headings)
}

/// Words of light traps and sensors around a table.
fn has_readings(table: &Looked) -> bool {
    let words = table.words();
    ["bay den", "con bay", "con dem", "light trap", "cam bien", "sensor", "do man", "muc nuoc"]
        .iter()
        .any(|word| words.contains(word))
}

/// Things with names and places and no days: products, traps, pumps.
fn is_of_points(table: &Looked) -> bool {
    let headings = &table.table.headings;
    let placed = headings::LON.find(headings).is_some() && headings::LAT.find(headings).is_some();
    placed && (table.name_of_things().is_some()) && date_column(table).is_none()
}

/// Weather of stations, by day: an input of forecasts.
pub fn is_weather(table: &Looked) -> bool {
    let has = |names: &[&str]| table.table.headings.iter().any(|heading| names.contains(&bare(heading).as_str()));
    date_column(table).is_some()
        && has(&["tmin", "tmax", "nhiet do thap nhat", "nhiet do cao nhat", "t2m min", "t2m max", "mint", "maxt"])
}

/// The column of a role. A sum beside columns that stood across is the sum of what stands in rows now, and no role's.
fn column(table: &Looked, kind: &TableKind, role: &Role) -> Option<String> {
    named(table, kind, role).filter(|name| !role.name.ends_with("_ha") || !table.table.repeated.contains(name))
}

/// By its heading, else by what it holds, else by a word within its heading.
fn named(table: &Looked, kind: &TableKind, role: &Role) -> Option<String> {
    if role.name == "pest" && table.pest.is_some() {
        return table.pest.clone();
    }
    if role.name == "date" && table.form.compose.contains_key(PERIOD) {
        return Some(PERIOD.to_owned());
    }
    let own = |heading: &&String| !role.name.ends_with("_ha") || !table.table.repeated.contains(heading);
    let headings: Vec<String> = table.table.headings.iter().filter(own).cloned().collect();
    let headings = &headings;
    if matches!(kind, TableKind::Readings { .. }) && is_of_traps(table) {
        match role.name {
            "station" if table.table.column(traps::TRAP).is_some() => return Some(traps::TRAP.to_owned()),
            "station" if table.place.is_some() => return table.place.clone(),
            "date" if table.form.compose.contains_key(traps::NIGHT) => return Some(traps::NIGHT.to_owned()),
            "value" => return Some(traps::CATCH.to_owned()),
            "thing" if table.pest.is_none() && table.table.column(pests::HEADING).is_some() => {
                return Some(pests::HEADING.to_owned());
            }
            "thing" => return table.pest.clone(),
            _ => {}
        }
    }
    if matches!(kind, TableKind::Points { .. }) && role.name == "name" {
        return table.name_of_things();
    }
    // Below pests, communes or weeks that stand across are their hectares, whatever sums stand beside them.
    if let (true, Some(unpivot)) = (role.name == "total_ha", &table.form.unpivot)
        && headings.contains(&unpivot.value)
    {
        return Some(unpivot.value.clone());
    }
    let by_heading = role
        .find(headings)
        .or_else(|| notices::below(role.name, headings))
        .map(str::to_owned)
        .filter(|name| role.name != "value" || table.is_numeric(name))
        // Per cent of plants are no class.
        .filter(|name| role.name != "severity" || !name.contains('%') && !is_titled_in_per_cent(table));
    let by_content = || match role.name {
        // Small numbers are classes only where their heading says so.
        "severity" => table.by_content(|text| severity::from_word(text).is_some()).filter(|name| table.has_words(name)),
        "date" => table.by_content(|text| dates::parse(text).is_some()).filter(|name| !identifiers::is_day_of_things(name)),
        _ => None,
    };
    let office = matches!(kind, TableKind::InfestedArea { .. } | TableKind::LinkedProduction { .. });
    let found = by_heading.or_else(by_content);
    if found.is_some() || !office {
        return found;
    }
    if is_of_traps(table) {
        return None;
    }
    if role.name == "contracted_ha" {
        return contracted(table);
    }
    let (_, words) = WITHIN.iter().find(|(name, _)| *name == role.name)?;
    let alone = ALONE.iter().find(|(name, _)| *name == role.name).map_or(&[][..], |(_, words)| words);
    let mut fits = headings.iter().filter(|heading| {
        let part = heading.rsplit(" / ").next().unwrap_or(heading);
        let last = bare(part);
        let within = words.iter().any(|word| says(part, word));
        let of_hectares = role.name.ends_with("_ha") && (classes_in(part) > 1 || is_of_other_unit(part));
        (within || alone.contains(&last.as_str())) && !is_another_thing(heading) && !table.is_order(heading) && !of_hectares
    });
    let Some(first) = fits.next() else { return if role.name == "total_ha" { only_hectares(table) } else { None } };
    // Of several the heading does not tell which.
    fits.next().is_none().then(|| first.clone())
}

/// The one column of hectares of a table whose titles say what infests them: "Diện tích (ha)" below "DIỆN TÍCH NHIỄM RẦY NÂU".
fn only_hectares(table: &Looked) -> Option<String> {
    table.pest.as_ref()?;
    let says = |line: &String| {
        let folded = fold(line);
        ["nhiem", "dich hai", "gay hai", "sau benh hai"].iter().any(|word| folded.contains(word)) && !is_another_thing(line)
    };
    if table.around.is_empty() || !table.around.iter().all(|around| around.titles.iter().any(says)) {
        return None;
    }
    let of_hectares = |heading: &&String| rates::is_hectares(heading) && rates::quantity(heading) == Quantity::Extensive;
    let mut all = table.table.headings.iter().filter(of_hectares).filter(|heading| table.is_numeric(heading));
    // "Diện tích gieo trồng" is that of the crop.
    const PLAIN: [&str; 8] =
        ["dien tich", "dt", "ha", "so ha", "dien tich hai", "dien tich bi hai", "dt bi hai", "tong dien tich"];
    let one = all.next().filter(|heading| PLAIN.contains(&bare(heading).as_str()))?;
    all.next().is_none().then(|| one.clone())
}

/// Whether a heading has a word, outside its brackets. A heading with accents must have those of the word: "năng suất" is not "nặng".
fn says(heading: &str, word: &str) -> bool {
    let outside = heading.split(['(', '[']).next().unwrap_or(heading);
    let accented = fold(outside) != outside.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let has = |text: String, word: String| format!(" {text} ").contains(&format!(" {word} "));
    let lower =
        || outside.to_lowercase().replace(['-', '/', '+', '.', '_', ','], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    if accented && fold(word) != word { has(lower(), word.to_owned()) } else { has(fold(outside), fold(word)) }
}

/// How many classes of severity a heading names: "Nhẹ-TB" tells neither of the two.
fn classes_in(heading: &str) -> usize {
    let classes = WITHIN.iter().filter(|(name, _)| ["light_ha", "medium_ha", "heavy_ha", "lost_ha"].contains(name));
    classes.filter(|(_, words)| words.iter().any(|word| says(heading, word))).count()
}

/// Whether a heading counts or weighs other things than land: "Năng suất (tạ/ha)", "Số hộ bị nhẹ".
fn is_of_other_unit(heading: &str) -> bool {
    let unit = heading.split_once('(').and_then(|(_, rest)| Some(written::unit(rest.split_once(')')?.0)));
    let of_land = |unit: &str| unit == "ha" || unit.ends_with("m2") && !unit.contains('/');
    let is_unit = |unit: &str| written::take_apart(&format!("1 {unit}")).is_some_and(|found| !found.unit.is_empty());
    let counts = ["hộ", "con", "người", "khả năng", "dự báo"].iter().any(|word| says(heading, word));
    counts || unit.is_some_and(|unit| is_unit(&unit) && !of_land(&unit))
}

/// The column of contracted hectares, of a table that speaks of contracts.
fn contracted(table: &Looked) -> Option<String> {
    let words = table.words();
    let cancelled = [" bi huy", "huy hop dong", "thanh ly"];
    let titles = table.around.iter().flat_map(|around| &around.titles);
    let is_over = titles.clone().any(|line| cancelled.iter().any(|word| fold(line).contains(word)));
    if is_over || !CONTRACTS.iter().any(|word| words.contains(word)) {
        return None;
    }
    let hectares = |heading: &&String| {
        let of_land = rates::is_hectares(heading) || land_units::is_of_land(heading);
        let of_hectares = of_land && rates::quantity(heading) == Quantity::Extensive;
        of_hectares && !is_another_thing(heading) && table.is_numeric(heading)
    };
    let all: Vec<&String> = table.table.headings.iter().filter(hectares).collect();
    let says = |heading: &String, word: &str| format!(" {} ", fold(heading)).contains(&format!(" {word} "));
    // What was signed tells more than what was bought of it; what was registered or settled is neither.
    for word in SIGNED.iter().chain(&CONTRACTS) {
        let told: Vec<&&String> = all.iter().filter(|heading| says(heading, word) && !denies(heading)).collect();
        match told[..] {
            [] => {}
            [one] => return Some((*one).clone()),
            // Of several the heading does not tell which.
            _ => return None,
        }
    }
    match all[..] {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// Whether a heading says what is not so: "Diện tích không có hợp đồng".
fn denies(heading: &str) -> bool {
    let words = format!(" {} ", fold(heading));
    [" khong ", " chua ", " ngoai ", " thanh ly ", " dang ky ", " du kien "].iter().any(|word| words.contains(word))
}

/// The columns of a class of severity in words and of the one number of hectares beside it.
pub fn severity_in_rows(table: &Looked) -> Option<(String, String)> {
    let in_words = |text: &str| text.chars().any(char::is_alphabetic) && severity::from_word(text).is_some();
    let by = table.by_content(in_words)?;
    let hectares = |heading: &&String| rates::is_hectares(heading) && **heading != by && table.is_numeric(heading);
    let mut all = table.table.headings.iter().filter(hectares).filter(|heading| !is_another_thing(heading));
    let value = all.next()?;
    all.next().is_none().then(|| (by, value.clone()))
}

/// The columns by role.
pub fn columns(table: &Looked, kind: &TableKind) -> Vec<(&'static str, String)> {
    let mut found: Vec<(&'static str, String)> = Vec::new();
    for part in roles::of(kind) {
        if let Some(heading) = column(table, kind, &part.role)
            && !found.iter().any(|(_, known)| *known == heading)
        {
            found.push((part.role.name, heading));
        }
    }
    found
}

/// The column of days or periods.
pub fn date_column(table: &Looked) -> Option<String> {
    if table.form.compose.contains_key(PERIOD) {
        return Some(PERIOD.to_owned());
    }
    let by_heading = headings::DATE.find(&table.table.headings).map(str::to_owned);
    by_heading.or_else(|| table.by_content(|text| dates::parse(text).is_some()))
}
