//! What light traps and sensors say, in words.

use crate::forecast::traps::Window;
use crate::forecast::windows::TrapSummary;
use crate::readings::sensors::{Latest, Standing};
use crate::readings::{Kind, Readings};
use crate::values::{Lang, dates, numbers};
use crate::words::headlines::listed;

/// `05/06–11/06`
pub fn span((from, to): Window, lang: Lang) -> String {
    format!("{}–{}", dates::format_day_short(from, lang), dates::format_day_short(to, lang))
}

/// Words for a kind of trap.
pub fn kind_words(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Manual => lang.pick("bẫy thủ công", "manual traps"),
        Kind::AllNight => lang.pick("bẫy cả đêm", "all-night traps"),
        Kind::Unstated => lang.pick("bẫy đèn", "light traps"),
    }
}

/// The last peak and the next, in a clause.
pub fn peaks(one: &TrapSummary, lang: Lang) -> String {
    let Some(peak) = one.outlook.last_peak() else {
        return lang.pick("chưa thấy đỉnh nào", "no peak yet").to_owned();
    };
    let day = dates::format_day(peak.date);
    let next = one.outlook.next_peak.map_or(String::new(), |(from, to)| {
        let (from, to) = (dates::format_day_short(from, lang), dates::format_day(to));
        let rule =
            if one.outlook.by_rule { "" } else { lang.pick(" (theo các đỉnh trước)", " (as between earlier peaks)") };
        match (one.outlook.overdue, lang) {
            (false, Lang::Vi) => format!("; đỉnh kế tiếp khoảng {from}–{to}{rule}"),
            (false, Lang::En) => format!("; next about {from}–{to}{rule}"),
            (true, Lang::Vi) => format!("; đỉnh kế tiếp lẽ ra {from}–{to}{rule} nhưng không thấy"),
            (true, Lang::En) => format!("; the next was due {from}–{to}{rule} and did not come"),
        }
    });
    let unsettled = if peak.settled { "" } else { lang.pick(" (còn có thể tăng)", " (may still rise)") };
    let last = lang.pick("đỉnh gần nhất", "last peak");
    format!("{last} {day}{unsettled}{next}")
}

/// The news of one species in a sentence.
pub fn news(one: &TrapSummary, lang: Lang) -> String {
    let (hits, asked) = one.outlook.hits;
    let proof = match (one.outlook.last_peak(), asked, lang) {
        (None, ..) | (_, 0, _) => String::new(),
        (_, _, Lang::Vi) => format!("; quy tắc đúng {hits}/{asked} lần trước"),
        (_, _, Lang::En) => format!("; the rule met {hits} of {asked} earlier peaks"),
    };
    format!("{}: {}{proof}", kind_words(one.kind, lang), peaks(one, lang))
}

/// Sensors whose latest reading is out of its limits, by name, or that all are within; nothing where there are no limits.
pub fn standing(readings: &Readings, latest: &[Latest], unit: &str, lang: Lang) -> Option<String> {
    let of = |standing: Standing| -> Vec<&Latest> { latest.iter().filter(|one| one.standing == standing).collect() };
    let name = |one: &Latest| {
        let station = &readings.stations[one.run.station].name;
        let value = format!("{} {unit}", numbers::format_short(one.value, lang));
        match station.is_empty() {
            true => value.trim_end().to_owned(),
            false => format!("{station} ({})", value.trim_end()),
        }
    };
    if latest.is_empty() || latest.iter().any(|one| one.standing == Standing::Unlimited) {
        return None;
    }
    let named = |list: Vec<&Latest>| {
        let names: Vec<String> = list.into_iter().map(name).collect();
        listed(&names.iter().map(String::as_str).collect::<Vec<_>>(), lang)
    };
    let said = |list: Vec<&Latest>, words: &str| match (list.len(), lang) {
        (0, _) => None,
        (1..=NAMED, _) => Some(format!("{} {words}", named(list))),
        (count, Lang::Vi) => Some(format!("{count}/{} trạm {words}", latest.len())),
        (count, Lang::En) => Some(format!("{count} of {} sensors {words}", latest.len())),
    };
    let low = said(of(Standing::Low), lang.pick("thấp hơn ngưỡng", "below the limit"));
    let high = said(of(Standing::High), lang.pick("cao hơn ngưỡng", "above the limit"));
    let out: Vec<String> = low.into_iter().chain(high).collect();
    Some(match (out.is_empty(), latest.len(), lang) {
        (false, ..) => out.join("; "),
        (true, 1, _) => lang.pick("trong ngưỡng", "within limits").to_owned(),
        (true, count, Lang::Vi) => format!("cả {count} trạm trong ngưỡng"),
        (true, count, Lang::En) => format!("all {count} sensors within limits"),
    })
}

/// Sensors that a sentence names.
const NAMED: usize = 3;
