//! The register of outbreaks: when, what, whom and where. Rows that contradict themselves are listed and kept.

use super::counts;
use super::diseases::Diseases;
use super::place::Site;
use super::reports::{self, Report};
use crate::input::{Decimal, Table, decimal, numeric};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::dates::{self, Order};
use crate::values::text::{fold, nearest};
use chrono::NaiveDate;
use hashbrown::HashMap;

/// One outbreak.
#[derive(Debug, Clone, PartialEq)]
pub struct Outbreak {
    /// Line of the register
    pub line: u64,
    /// Day of onset, or of report where the register has no onset
    pub onset: NaiveDate,
    /// Day of report
    pub reported: Option<NaiveDate>,
    /// Day on which its last sick animal died, was destroyed or recovered
    pub last_case: Option<NaiveDate>,
    /// Day on which it was declared over
    pub ended: Option<NaiveDate>,
    /// Days without a case after which one of its disease is over, where the list of diseases says so
    pub release_days: Option<u32>,
    /// The last report of it, of which its numbers are
    pub told: Option<NaiveDate>,
    /// Number of the disease among those of the register
    pub disease: usize,
    /// Species; may be empty
    pub species: String,
    /// Household or farm; may be empty. Personal data
    pub holding: String,
    /// Where. A position is personal data
    pub site: Site,
    /// Animals there
    pub herd: Option<f64>,
    /// Sick
    pub sick: Option<f64>,
    /// Dead of the disease
    pub dead: Option<f64>,
    /// Destroyed to stop it
    pub destroyed: Option<f64>,
}

/// All outbreaks of a file, by day of onset.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// File
    pub file: String,
    /// Diseases, by first appearance
    pub diseases: Vec<String>,
    /// Outbreaks, by onset, then line
    pub list: Vec<Outbreak>,
    /// Whether onsets are days of report
    pub onset_is_report: bool,
    /// The last day that the whole file speaks of, whatever of it is kept
    pub last: Option<NaiveDate>,
    /// The last onset or report
    pub last_report: Option<NaiveDate>,
}

/// Days between the first outbreak and the next that make its year doubtful.
const STRAY: i64 = 400;

/// The heading of each role.
pub type RoleOf<'a> = &'a dyn Fn(&str) -> Option<&'a str>;

/// What a register is read by.
pub struct Manner<'a> {
    /// Decimal sign, if declared
    pub sign: Option<Decimal>,
    /// Diseases that are known
    pub known: &'a Diseases,
    /// The last day on which an outbreak can have been seen
    pub today: NaiveDate,
    /// Whether a species is wanted
    pub keeps: &'a dyn Fn(&str) -> bool,
}

/// Reads a register.
pub fn read(
    table: &Table,
    role: RoleOf<'_>,
    sites: Vec<Site>,
    &Manner { sign, known, today, keeps }: &Manner<'_>,
    problems: &mut Problems,
) -> Result<Register> {
    let Some(onset) = role("onset").or_else(|| role("reported")) else {
        return Err(crate::headings::missing_column(&table.file, "onset", &table.headings));
    };
    let onset_is_report = role("onset").is_none();
    if onset_is_report {
        problems.info(
            "no-onset",
            Place::file(&table.file).column(onset),
            message!(
                "không có cột ngày khởi phát: dùng ngày báo cáo",
                "no column of onset: days of report are used in its place"
            ),
            None,
        );
    }
    // A file writes all its dates in one order: where a column proves none, another does.
    let of_file = ["onset", "reported", "last_case", "ended"]
        .into_iter()
        .filter_map(|name| table.column(role(name)?))
        .find_map(|column| dates::proved(column.dictionary.iter()));
    if of_file == Some(Order::MonthFirst) {
        let message = message!("ngày được đọc là tháng/ngày/năm", "days are read as month/day/year");
        problems.info("order-of-dates", Place::file(&table.file).column(onset), message, None);
    }
    let days = |heading: Option<&str>, problems: &mut Problems| -> Result<Vec<Option<NaiveDate>>> {
        let Some(heading) = heading else { return Ok(vec![None; table.rows]) };
        let column = table.require(heading)?;
        let order = dates::proved(column.dictionary.iter()).or(of_file).unwrap_or(Order::DayFirst);
        let parsed = column.parse(|text| dates::parse_in(text, order));
        for row in 0..table.rows {
            if let (Some(text), None) = (column.text(row), parsed.get(column.codes[row] as usize).copied().flatten())
                && !decimal::is_blank(text)
                && heading != onset
            {
                problems.warning(
                    "bad-later-date",
                    table.place(row, heading, text),
                    message!("không hiểu ngày này; coi như không có", "cannot read this day; taken as missing"),
                    None,
                );
            }
        }
        Ok((0..table.rows).map(|row| parsed.get(column.codes[row] as usize).copied().flatten()).collect())
    };
    let onsets = days(Some(onset), problems)?;
    let reported = days(role("reported").filter(|_| !onset_is_report), problems)?;
    let (last_case, ended) = (days(role("last_case"), problems)?, days(role("ended"), problems)?);
    let text = |name: &str, row: usize| -> String {
        let column = role(name).and_then(|heading| table.column(heading));
        column.and_then(|column| column.text(row)).unwrap_or("").trim().to_owned()
    };
    let counted: Vec<&str> = ["herd", "sick", "dead", "destroyed"].into_iter().filter_map(role).collect();
    let sign = match sign {
        Some(sign) => sign,
        None => decimal::of_columns(table, &counted, None)?,
    };
    let count = |name: &str, problems: &mut Problems| -> Result<Vec<Option<f64>>> {
        match role(name) {
            Some(heading) => numeric::numbers(table, heading, sign, true, problems),
            None => Ok(vec![None; table.rows]),
        }
    };
    let (herd, sick) = (count("herd", problems)?, count("sick", problems)?);
    let (dead, destroyed) = (count("dead", problems)?, count("destroyed", problems)?);

    let mut register = Register { file: table.file.clone(), onset_is_report, ..Register::default() };
    let mut rows: Vec<Report> = Vec::new();
    // Whole rows, and what names one outbreak: an equal row is the same one, an equal name may be.
    let mut rows_seen: HashMap<Vec<&str>, u64> = HashMap::new();
    let mut names_seen: HashMap<String, u64> = HashMap::new();
    for row in 0..table.rows {
        let place = |heading: &str| {
            let value = table.column(heading).and_then(|column| column.text(row)).unwrap_or("");
            table.place(row, heading, value)
        };
        let Some(day) = onsets[row] else {
            let value = table.column(onset).and_then(|column| column.text(row)).unwrap_or("");
            numeric::bad_day(table, row, onset, value, problems);
            continue;
        };
        if day > today {
            problems.error(
                "future-date",
                place(onset),
                message!("ngày chưa tới; dòng không được tính", "the day has not come yet; the row is not counted"),
                Some(message!("kiểm tra năm, và thứ tự ngày tháng", "check the year, and the order of day and month")),
            );
            continue;
        }
        if let (Some(report), Some(heading)) = (reported[row], role("reported"))
            && report < day
        {
            problems.warning(
                "report-before-onset",
                place(heading),
                message!(
                    "ngày báo cáo trước ngày khởi phát; tính theo ngày khởi phát, không tính độ trễ báo cáo",
                    "reported before it began; the onset counts, and the row says nothing about delays of reports"
                ),
                None,
            );
        }
        let late = |day: Option<NaiveDate>| day.filter(|day| *day > today);
        let later = [(reported[row], "reported"), (last_case[row], "last_case"), (ended[row], "ended")];
        for (found, name) in later.map(|(day, name)| (late(day), name)) {
            if let (Some(_), Some(heading)) = (found, role(name)) {
                problems.warning(
                    "future-date",
                    place(heading),
                    message!("ngày chưa tới; coi như không có", "the day has not come yet; taken as missing"),
                    None,
                );
            }
        }
        if let (Some(end), Some(heading)) = (ended[row], role("ended"))
            && end < day
        {
            problems.warning(
                "ended-before-onset",
                place(heading),
                message!("kết thúc trước ngày khởi phát; coi như chưa kết thúc", "it ended before it began; taken as not ended"),
                None,
            );
        }
        if let (Some(last), Some(heading)) = (last_case[row], role("last_case"))
            && (last < day || ended[row].is_some_and(|end| end >= day && end < last))
        {
            problems.warning(
                "last-case-out-of-order",
                place(heading),
                message!(
                    "ca cuối phải nằm giữa ngày khởi phát và ngày công bố hết dịch; coi như không ghi ca cuối",
                    "the last case must lie between the onset and the day declared over; taken as not stated"
                ),
                None,
            );
        }
        let of_role = |name: &str| place(role(name).unwrap_or_default());
        counts::check([herd[row], sick[row], dead[row], destroyed[row]], &of_role, problems);
        let site = sites.get(row).copied().unwrap_or_default();
        let name = text("disease", row);
        let (species, holding) = (text("species", row), text("holding", row));
        if !keeps(&species) {
            continue;
        }
        let (id, turn) = (text("outbreak", row), text("turn", row));
        let line = table.place(row, onset, "").row.unwrap_or(row as u64 + 1);
        let exact = site.position.filter(|_| !site.approximate).map(|position| position.map(f64::to_bits));
        let has_place = exact.is_some() || !holding.is_empty();
        let whole: Vec<&str> = table.columns.iter().map(|column| column.text(row).unwrap_or("")).collect();
        if let Some(first) = rows_seen.insert(whole, line) {
            if has_place {
                problems.error(
                    "duplicate-outbreak",
                    place(onset),
                    message!("mọi cột trùng với dòng {first}; chỉ tính một lần", "every column equals row {first}; counted once"),
                    None,
                );
                continue;
            }
            problems.warning(
                "duplicate-outbreak",
                place(onset),
                message!(
                    "mọi cột trùng với dòng {first}, nhưng dòng không ghi hộ hay vị trí nên vẫn tính",
                    "every column equals row {first}, but neither names a household or place, so both count"
                ),
                None,
            );
        } else if has_place && id.is_empty() {
            let (household, at) = if holding.is_empty() { (String::new(), exact) } else { (fold(&holding), None) };
            let identity = format!("{day}|{}|{}|{household}|{at:?}", fold(&name), fold(&species));
            if let Some(first) = names_seen.insert(identity, line) {
                problems.warning(
                    "duplicate-outbreak",
                    place(onset),
                    message!(
                        "cùng ngày, bệnh, loài và nơi với dòng {first}, các cột còn lại khác nhau: vẫn tính; hãy xem có phải một ổ dịch ghi hai lần",
                        "same day, disease, species and place as row {first}, but other columns differ: counted; check whether one outbreak was entered twice"
                    ),
                    None,
                );
            }
        }
        let disease = register.disease(&name, known);
        let outbreak = Outbreak {
            line,
            onset: day,
            reported: reported[row].filter(|report| *report >= day && *report <= today),
            last_case: last_case[row]
                .filter(|last| *last >= day && *last <= today && ended[row].is_none_or(|end| end < day || end >= *last)),
            ended: ended[row].filter(|end| *end >= day && *end <= today),
            told: reported[row],
            release_days: known.find(&name).and_then(|disease| disease.release_days),
            disease,
            species,
            holding,
            site,
            herd: herd[row],
            sick: sick[row],
            dead: dead[row],
            destroyed: destroyed[row],
        };
        rows.push(Report { id, turn: turn.parse().ok(), outbreak });
    }
    if rows.is_empty() {
        let message = message!("không có ổ dịch nào đọc được", "no outbreak could be read");
        return Err(Fault::new("no-outbreaks", Place::file(&table.file), message));
    }
    let days = |Outbreak { onset, reported, last_case, ended, .. }: &Outbreak| [Some(*onset), *reported, *last_case, *ended];
    register.last = rows.iter().flat_map(|row| days(&row.outbreak)).flatten().max();
    register.last_report = rows.iter().flat_map(|row| [Some(row.outbreak.onset), row.outbreak.reported]).flatten().max();
    let place = Place::file(&table.file).column(role("outbreak").unwrap_or_default());
    register.list = reports::together(rows, &place, problems);
    register.list.sort_by_key(|outbreak| (outbreak.onset, outbreak.line));
    register.report_stray(onset, problems);
    register.report_unknown(known, role("disease").unwrap_or_default(), problems);
    Ok(register)
}

impl Register {
    /// Number of a disease; names of one disease are one.
    fn disease(&mut self, name: &str, known: &Diseases) -> usize {
        let same = |other: &str| match (known.find(name), known.find(other)) {
            (Some(a), Some(b)) => a.id == b.id,
            (None, None) => fold(name) == fold(other),
            _ => false,
        };
        if let Some(at) = self.diseases.iter().position(|other| same(other)) {
            return at;
        }
        self.diseases.push(name.to_owned());
        self.diseases.len() - 1
    }

    /// An onset long before all others is probably a slip in a year.
    fn report_stray(&self, heading: &str, problems: &mut Problems) {
        let [first, second, ..] = &self.list[..] else { return };
        if (second.onset - first.onset).num_days() > STRAY {
            let day = dates::format_day(first.onset);
            problems.warning(
                "stray-date",
                Place::file(&self.file).row(first.line).column(heading).value(&day),
                message!(
                    "{day} trước mọi ổ dịch khác hơn một năm: có lẽ viết sai năm",
                    "{day} lies more than a year before all others: its year is probably wrong"
                ),
                None,
            );
        }
    }

    fn report_unknown(&self, known: &Diseases, heading: &str, problems: &mut Problems) {
        for (number, name) in self.diseases.iter().enumerate().filter(|(_, name)| known.find(name).is_none()) {
            let first = self.list.iter().find(|outbreak| outbreak.disease == number);
            let mut place = Place::file(&self.file).column(heading).value(name);
            place.row = first.map(|first| first.line);
            let hint = nearest(name, known.names()).map(|near| message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?"));
            let message = if name.is_empty() {
                message!("không ghi bệnh; không có bán kính vùng nào cho nó", "no disease is named, so no radii are known for it")
            } else {
                message!(
                    "không biết bệnh này; giữ nguyên tên, không có bán kính vùng nào cho nó",
                    "the disease is not known; its name is kept, and no radii are known for it"
                )
            };
            problems.warning("unknown-disease", place, message, hint);
        }
    }

    /// The last day that the register speaks of.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.last
    }

    /// Number of the disease that a user names.
    pub fn disease_named(&self, name: &str, known: &Diseases) -> Result<usize> {
        let wanted = known.find(name).map(|disease| disease.id.as_str());
        let is =
            |other: &str| fold(other) == fold(name) || wanted.is_some() && known.find(other).map(|d| d.id.as_str()) == wanted;
        self.diseases.iter().position(|other| is(other)).ok_or_else(|| {
            let there = self.diseases.join(", ");
            let place = Place::file(&self.file).value(name);
            let fault = Fault::new(
                "unknown-disease",
                place,
                message!(
                    "sổ không có bệnh \"{name}\"; có: {there}",
                    "the register has no disease \"{name}\"; there are: {there}"
                ),
            );
            match nearest(name, self.diseases.iter().map(String::as_str)) {
                Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
                None => fault,
            }
        })
    }

    /// Keeps the outbreaks that a test allows.
    pub fn retain(&mut self, keeps: impl Fn(&Outbreak) -> bool) {
        self.list.retain(keeps);
    }
}
