//! The epidemic curve of a register: weeks by disease or species, and what of the newest is still to be reported.

use super::Sheet;
use super::sheet::{Cell, Figures, Heading};
use crate::message;
use crate::outbreaks::curve::{Delays, Week, weeks};
use crate::outbreaks::{Outbreak, Register};
use crate::values::text::fold;
use crate::values::{Lang, Message, Value, numbers};
use chrono::NaiveDate;

/// Groups past this many are one: their colours could not be told apart.
const MOST_GROUPS: usize = 6;

/// A curve.
pub struct Curve {
    /// Words for each group
    pub groups: Vec<String>,
    /// Weeks from the first onset on
    pub weeks: Vec<Week>,
    /// Delays from onset to report, if the register tells them
    pub delays: Option<Delays>,
    /// The day the register is read on
    pub on: NaiveDate,
}

/// The curve of a register as it stands on a day: by disease where it has several, else by species.
pub fn of(register: &Register, on: NaiveDate, lang: Lang) -> Curve {
    // As it stood on that day: what was reported later was not known.
    let known = |outbreak: &&Outbreak| outbreak.onset <= on && outbreak.reported.is_none_or(|report| report <= on);
    let list: Vec<&Outbreak> = register.list.iter().filter(known).collect();
    let mut present: Vec<usize> = list.iter().map(|outbreak| outbreak.disease).collect();
    present.sort_unstable();
    present.dedup();
    let name = |outbreak: &Outbreak| match present.len() {
        0 | 1 => outbreak.species.clone(),
        _ => register.diseases[outbreak.disease].clone(),
    };
    let mut counted: Vec<(String, String, usize)> = Vec::new();
    for outbreak in &list {
        let name = name(outbreak);
        let key = fold(&name);
        match counted.iter_mut().find(|(known, ..)| *known == key) {
            Some(group) => group.2 += 1,
            None => counted.push((key, name, 1)),
        }
    }
    counted.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
    let kept = if counted.len() > MOST_GROUPS { MOST_GROUPS - 1 } else { counted.len() };
    let mut groups: Vec<String> = counted[..kept].iter().map(|(_, name, _)| name.clone()).collect();
    let nameless = lang.pick("không ghi", "not stated");
    groups.iter_mut().filter(|name| name.is_empty()).for_each(|name| nameless.clone_into(name));
    if kept < counted.len() {
        groups.push(lang.pick("khác", "other").to_owned());
    }
    let group = |outbreak: &Outbreak| {
        let key = fold(&name(outbreak));
        counted[..kept].iter().position(|(known, ..)| *known == key).unwrap_or(kept)
    };
    let delays = if register.onset_is_report { None } else { Delays::of(&list, on) };
    Curve { weeks: weeks(&list, on, groups.len(), group, delays.as_ref()), groups, delays, on }
}

impl Curve {
    /// What is assumed about the newest weeks.
    pub fn note(&self, register: &Register, lang: Lang) -> String {
        let said: Message = match &self.delays {
            _ if register.onset_is_report => message!(
                "Theo ngày báo cáo (sổ không có ngày khởi phát): không biết các tuần cuối còn thiếu bao nhiêu.",
                "By day of report (the register has no onset): how much of the last weeks is missing is not known."
            ),
            None => message!(
                "Chưa đủ ngày báo cáo để biết các tuần cuối còn thiếu bao nhiêu.",
                "Too few days of report to know how much of the last weeks is missing."
            ),
            Some(delays) => {
                let count = delays.from;
                let half = delays.within.iter().position(|share| *share >= 0.5).unwrap_or(0);
                let most = delays.within.iter().position(|share| *share >= 0.95).unwrap_or(0);
                message!(
                    "Tuần chưa báo đủ 95 % có khung nét đứt: số ước tính khi báo đủ, nếu độ trễ vẫn như {count} ổ dịch đã biết (một nửa báo trong {half} ngày, 95 % trong {most} ngày).",
                    "Weeks less than 95 % reported have dashed bars: the number to expect once all are reported, if delays stay those of {count} known outbreaks (half within {half} days, 95 % within {most})."
                )
            }
        };
        said.get(lang).to_owned()
    }

    /// A row a week.
    pub fn sheet(&self) -> Sheet {
        let heading = |id: &str, title: Message, figures: Figures| Heading::new(id, title, figures);
        let mut headings = vec![
            heading("week", message!("Tuần bắt đầu", "Week beginning"), Figures::Words),
            heading("outbreaks", message!("Số ổ dịch", "Outbreaks"), Figures::Whole),
            heading("share_reported", message!("Tỷ lệ đã báo", "Share reported"), Figures::Thousandths),
            heading("expected", message!("Ước khi báo đủ", "Expected once reported"), Figures::Tenths),
        ];
        headings.extend(
            self.groups.iter().map(|group| heading(group, Message { vi: group.clone(), en: group.clone() }, Figures::Whole)),
        );
        let rows = self
            .weeks
            .iter()
            .map(|week| {
                let mut row = vec![
                    Cell::Text(week.from.to_string()),
                    (week.total() as f64).into(),
                    if self.delays.is_some() { week.complete.into() } else { Value::NoData.into() },
                    week.expected().map_or(Value::NoData, Value::Number).into(),
                ];
                row.extend(week.counts.iter().map(|count| Cell::from(*count as f64)));
                row
            })
            .collect();
        Sheet { id: "curve", title: message!("Đường cong dịch", "Epidemic curve"), headings, rows, totals: None }
    }

    /// The newest week in a sentence.
    pub fn news(&self, lang: Lang) -> String {
        let all: usize = self.weeks.iter().map(Week::total).sum();
        let Some(last) = self.weeks.last() else { return String::new() };
        let (from, count) = (crate::values::dates::format_day(last.from), last.total());
        let expected = last.expected().map_or(String::new(), |expected| {
            let number = numbers::format(expected, 1, lang);
            match lang {
                Lang::Vi => format!(" (ước {number} khi báo đủ)"),
                Lang::En => format!(" ({number} to expect once all are reported)"),
            }
        });
        match lang {
            Lang::Vi => format!("{all} ổ dịch; tuần từ {from}: {count}{expected}"),
            Lang::En => format!("{all} outbreaks; week from {from}: {count}{expected}"),
        }
    }
}
