//! Headings of days and weeks: whether they name the first day of what a row tells of, the last, or when it was reported at all.

use super::{SINCE, UNTIL};
use crate::values::text::fold;

/// Words that say when a row was reported, and words of other days that rows have: of sowing, harvest, contracts.
const WHEN: [&str; 15] =
    ["ngay", "tuan", "ky", "thoi", "thang", "dot", "tu", "den", "bat", "ket", "date", "day", "week", "period", "time"];
const OTHER: [&str; 14] =
    ["gieo", "sa", "xuong", "tro", "thu", "hoach", "phun", "sinh", "hop", "cap", "nop", "sowing", "harvest", "birth"];

fn words(heading: &str) -> Vec<String> {
    fold(heading).split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
}

fn has(words: &[String], list: &[&str]) -> bool {
    words.iter().any(|word| list.contains(&word.as_str()))
}

/// The first day alone: "Từ ngày", "Tuần bắt đầu", "tuan_tu_ngay"; "Từ ngày đến ngày" names both.
pub fn begin(heading: &str) -> bool {
    let words = words(heading);
    let both = has(&words, &["den", "to", "until"]);
    !both && (SINCE.find(&[heading.to_owned()]).is_some() || has(&words, &["tu", "from", "start", "dau"]))
}

/// The last day: "Đến ngày", "Tuần kết thúc".
pub fn end(heading: &str) -> bool {
    let words = words(heading);
    let both = has(&words, &["tu", "from"]);
    !both && (UNTIL.find(&[heading.to_owned()]).is_some() || has(&words, &["den", "to", "end", "until", "ket"]))
}

/// When a row was reported, in whatever words.
pub fn tell_when(heading: &str) -> bool {
    let words = words(heading);
    has(&words, &WHEN) && !has(&words, &OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_and_last_days_are_told_apart() {
        for first in ["Từ ngày", "tuan_tu_ngay", "Tuần bắt đầu", "Ngày đầu tuần", "Tuần (từ ngày)", "From date", "Từ"]
        {
            assert!(begin(first) && !end(first) && tell_when(first), "{first}");
        }
        for last in ["Đến ngày", "Tuần kết thúc", "to date", "Ngày kết thúc"] {
            assert!(end(last) && !begin(last) && tell_when(last), "{last}");
        }
        for neither in ["Ngày điều tra", "Từ ngày đến ngày", "Tuần", "Kỳ báo cáo", "Thời điểm"] {
            assert!(!begin(neither) && !end(neither) && tell_when(neither), "{neither}");
        }
        for other in ["Ngày gieo", "Ngày thu hoạch", "Ngày trổ", "Diện tích"] {
            assert!(!tell_when(other), "{other}");
        }
    }
}
