//! The period that a longer text speaks of: a title, the name of a sheet.

use super::dates::{Order, Period};
use super::spans::{Piece, month, pieces, read, week};
use super::text::fold_letters;

/// The days that a text speaks of: a week, month or range alone, or the two dates of a longer text. A single day is none: it is when
/// the report was written.
pub fn alone(text: &str) -> Option<Period> {
    if let Some(period) = read(text, Order::DayFirst) {
        return Some(period).filter(|period| period.days() > 1);
    }
    let figures = |c: char| c.is_ascii_digit() || c == '/' || c == '.';
    let dates = text.split(|c| !figures(c)).filter(|word| word.len() >= 8);
    let days: Vec<Period> = dates.filter_map(|word| read(word.trim_matches('.'), Order::DayFirst)).collect();
    match days[..] {
        [from, to] if from.days() == 1 && to.days() == 1 => {
            let period = Period { from: from.from, to: to.to };
            ((1..=31).contains(&(period.to - period.from).num_days())).then_some(period)
        }
        _ => None,
    }
}

/// The days that the words above a table speak of, among other words: "BÁO CÁO TUẦN 15/2024", "kết quả tháng 4 năm 2024". A week or range
/// goes before a month; texts that speak of several are not understood.
pub fn within(text: &str) -> Option<Period> {
    alone(text).or_else(|| {
        let found = spoken_of(text);
        let one_of = |months: bool| {
            let mut all: Vec<Period> = found.iter().filter(|(_, month)| *month == months).map(|(period, _)| *period).collect();
            all.dedup();
            all
        };
        match (&one_of(false)[..], &one_of(true)[..]) {
            ([one], _) | ([], [one]) => Some(*one),
            _ => None,
        }
    })
}

/// The day up to which a line counts: "Tính đến ngày 05 tháng 4 năm 2024", "(đến 11/4/2024)".
pub fn until(text: &str) -> Option<Period> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-');
    let words: Vec<(usize, &str)> = text
        .split(|c| !is_word(c))
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let mut found: Vec<Period> = Vec::new();
    for (at, _) in words.iter().enumerate().filter(|(_, (_, word))| fold_letters(word) == "den") {
        let day = (at + 1..words.len().min(at + 8)).rev().find_map(|last| {
            let part = &text[words[at + 1].0..words[last].0 + words[last].1.len()];
            read(part, Order::DayFirst).filter(|period| period.days() == 1)
        });
        found.extend(day);
    }
    found.dedup();
    match found[..] {
        [day] => Some(day),
        _ => None,
    }
}

/// Most words of a period: "Tuần 15 năm 2024 (từ ngày 05 tháng 4 năm 2024 đến ngày 11 tháng 4 năm 2024)".
const MOST_WORDS: usize = 22;

/// Periods of a text in their order, each the longest that can be read from where it begins, and whether it is a month.
fn spoken_of(text: &str) -> Vec<(Period, bool)> {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | ':' | '"' | '*');
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for part in text.split(is_gap) {
        if !part.is_empty() {
            words.push((at, at + part.len()));
        }
        at += part.len() + text[at + part.len()..].chars().next().map_or(0, char::len_utf8);
    }
    let mut found = Vec::new();
    let mut first = 0;
    while first < words.len() {
        let longest = (first..words.len().min(first + MOST_WORDS)).rev().find_map(|last| {
            let part = text[words[first].0..words[last].1].trim_end_matches('.');
            Some((read(part, Order::DayFirst)?, pieces(part)?, part, last))
        });
        let Some((period, pieces, part, last)) = longest else {
            first += 1;
            continue;
        };
        first = last + 1;
        let starts = |word: &str| fold_letters(part).starts_with(word);
        let month = month(&pieces).is_some();
        // "ngày … tháng 4 năm 2024" is a line to be signed, "15 năm 2024" the number of a letter.
        let is_week = week(&pieces).is_none() || pieces.iter().any(|piece| matches!(piece, Piece::WeekWord | Piece::Tee));
        if (2..=31).contains(&period.days()) && is_week && !(month && starts("ngay")) {
            found.push((period, month));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_say_up_to_which_day_they_count() {
        let until = |text: &str| until(text).map(|period| period.from.to_string());
        let day = Some("2024-04-05".to_owned());
        assert_eq!(until("(Tính đến ngày 05 tháng 4 năm 2024)"), day);
        assert_eq!(until("TIẾN ĐỘ XUỐNG GIỐNG HÈ THU ĐẾN NGÀY 05/4/2024"), day);
        for text in ["Hồng Ngự, ngày 05 tháng 4 năm 2024", "(đến 5/4)", "đến tuần 15 năm 2024"] {
            assert_eq!(until(text), None, "{text}");
        }
    }

    #[test]
    fn titles_speak_of_periods() {
        let within = |text: &str| within(text).map(|period| format!("{} {}", period.from, period.to));
        let april = Some("2024-04-05 2024-04-11".to_owned());
        assert_eq!(within("TuÇn 15 n¨m 2024 (Tõ ngµy 05/04/2024 ®Õn ngµy 11/04/2024)"), april);
        assert_eq!(within("BÁO CÁO TÌNH HÌNH SINH VẬT GÂY HẠI TỪ 05/04/2024 ĐẾN 11/04/2024"), april);
        assert_eq!(within("Hồng Ngự, ngày 11 tháng 04 năm 2024"), None);
        assert_eq!(within("Kế hoạch 01/01/2024 đến 31/12/2024"), None);
        assert_eq!(within("BÁO CÁO 7 NGÀY (Từ ngày 05 tháng 4 đến ngày 11 tháng 4 năm 2024)"), april);
        assert_eq!(within("Tình hình dịch hại tuần 15 năm 2024, từ ngày 05/4 đến ngày 11/4 trên lúa"), april);
        let week = Some("2024-04-08 2024-04-14".to_owned());
        assert_eq!(within("BÁO CÁO TUẦN 15/2024"), week);
        assert_eq!(within("Báo cáo sinh vật gây hại tuần 15 năm 2024."), week);
        assert_eq!(within("KẾT QUẢ SẢN XUẤT THÁNG 4 NĂM 2024"), Some("2024-04-01 2024-04-30".to_owned()));
        for text in [
            "So sánh tuần 15/2024 và tuần 14/2024",
            "Quyết định số 15 năm 2024",
            "Hồng Ngự, ngày tháng 4 năm 2024",
            "Vụ Hè Thu năm 2024",
        ] {
            assert_eq!(within(text), None, "{text}");
        }
    }
}
