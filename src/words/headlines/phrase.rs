//! Amounts as a sentence has them: "906 ha liên kết có nguy cơ".

use crate::measures::find;
use crate::model::Measured;
use crate::values::text::lower;
use crate::values::{Lang, Unit, numbers, severity};

/// A number as short as its size allows: no decimals of hundreds of hectares, all that plans and results are reported with.
pub fn short(number: f64, measured: &Measured, lang: Lang) -> String {
    numbers::format(number, decimals(number, measured), lang)
}

/// A change with its sign dropped; empty where it is nothing at the decimals written.
pub(super) fn amount(change: f64, measured: &Measured, lang: Lang) -> Option<String> {
    let decimals = decimals(change, measured).max(usize::from(change.abs() < 100.0 && change.fract() != 0.0));
    let text = numbers::format(change.abs(), decimals, lang);
    (!numbers::is_nothing(&text)).then_some(text)
}

fn decimals(number: f64, measured: &Measured) -> usize {
    let needed = numbers::decimals_needed(&[number]);
    let most = match measured.unit {
        // Attainment of plan in two decimals, as reports have it.
        _ if measured.id.contains("_attainment_pct") => 2,
        Unit::Level => 2,
        _ if number.abs() >= 100.0 => 0,
        Unit::PerCent | Unit::PerCentOf(_) => 1,
        _ if number.abs() >= 10.0 => 1,
        _ => 2,
    };
    needed.min(most)
}

/// A number with its unit; what changes in per cent changes in points.
pub(super) fn with_unit(number: String, measured: &Measured, change: bool, lang: Lang) -> String {
    let unit = match (&measured.unit, change, lang) {
        (Unit::PerCent | Unit::PerCentOf(_), true, Lang::Vi) => "điểm %",
        (Unit::PerCent | Unit::PerCentOf(_), true, Lang::En) => "points",
        (unit, ..) => unit.short(lang),
    };
    format!("{number} {unit}").trim_end().to_owned()
}

/// An amount of a measure as a sentence begins with it: "906 ha liên kết có nguy cơ", "Sản phẩm OCOP: 19 sản phẩm".
pub fn said(measured: &Measured, number: f64, lang: Lang) -> String {
    let value = with_unit(short(number, measured, lang), measured, false, lang);
    let (of_pest, enterprise) = match measured.id.split_once('@') {
        Some((of_pest, enterprise)) => (of_pest, Some(enterprise)),
        None => (measured.id.as_str(), None),
    };
    let (base, pest) = match of_pest.split_once(':') {
        Some((base, pest)) => (base, Some(pest)),
        None => (of_pest, None),
    };
    let (stem, level) = match base.rsplit_once('_').and_then(|(stem, level)| Some((stem, level.parse::<u8>().ok()?))) {
        Some((stem, level)) => (stem, Some(level)),
        None => (base, None),
    };
    let name = measured.name.get(lang);
    if let Some([vi, en]) = find(stem).and_then(|known| known.said) {
        let level = level.map_or(String::new(), |level| match lang {
            Lang::Vi => format!(" mức {}", severity::name(level, lang)),
            Lang::En => format!(", {}", severity::name(level, lang)),
        });
        let by = match (stem, lang) {
            ("infested_ha", Lang::Vi) => " ",
            (_, Lang::Vi) => " do ",
            (_, Lang::En) => " by ",
        };
        let pest = pest.map_or(String::new(), |pest| format!("{by}{}", lower(pest)));
        let enterprise = enterprise.map_or(String::new(), |enterprise| format!(" {} {enterprise}", lang.pick("của", "of")));
        return format!("{value} {}{level}{enterprise}{pest}", lang.pick(vi, en));
    }
    if measured.id.contains("_attainment_pct") {
        let programme = name.split(" – ").next().unwrap_or(name);
        return match lang {
            Lang::Vi => format!("{programme} đạt {value} kế hoạch"),
            Lang::En => format!("{programme}: {value} of plan"),
        };
    }
    match name.strip_prefix("Diện tích ") {
        Some(rest) if measured.unit == Unit::Hectares => format!("{value} {rest}"),
        _ => format!("{name}: {value}"),
    }
}

/// "A, B và C".
pub fn listed(names: &[&str], lang: Lang) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} {} {last}", first.join(", "), lang.pick("và", "and")),
    }
}
