//! What light traps say, in words.

use crate::forecast::traps::Window;
use crate::forecast::windows::TrapSummary;
use crate::readings::Kind;
use crate::values::{Lang, dates};

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

/// The news of one species in a sentence.
pub fn news(one: &TrapSummary, lang: Lang) -> String {
    let kind = kind_words(one.kind, lang);
    let Some(peak) = one.outlook.last_peak() else {
        return format!("{kind}: {}", lang.pick("chưa thấy đỉnh nào", "no peak yet"));
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
    let (hits, asked) = one.outlook.hits;
    let proof = match (asked, lang) {
        (0, _) => String::new(),
        (_, Lang::Vi) => format!("; quy tắc đúng {hits}/{asked} lần trước"),
        (_, Lang::En) => format!("; the rule met {hits} of {asked} earlier peaks"),
    };
    let unsettled = if peak.settled { "" } else { lang.pick(" (còn có thể tăng)", " (may still rise)") };
    let last = lang.pick("đỉnh gần nhất", "last peak");
    format!("{kind}: {last} {day}{unsettled}{next}{proof}")
}
