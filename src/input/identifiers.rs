//! Columns of figures that measure nothing: row numbers, codes, telephone and identity numbers, accounts, years. Some are personal data;
//! none is ever a measure by itself.

use super::{Column, decimal};
use crate::headings::DATE;
use crate::message;
use crate::values::text::fold;
use crate::values::{Message, times};

/// What figures that measure nothing are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identifier {
    /// Row numbers
    Order,
    /// Codes of places, fields, things
    Code,
    /// Telephone numbers, identity numbers, accounts, days of birth
    Personal,
    /// Years, months, weeks
    Year,
    /// Coordinates
    Position,
}

impl Identifier {
    /// In words.
    pub fn words(self) -> Message {
        match self {
            Identifier::Order => message!("số thứ tự", "row numbers"),
            Identifier::Code => message!("mã", "codes"),
            Identifier::Personal => message!(
                "thông tin cá nhân (điện thoại, căn cước, tài khoản, ngày sinh)",
                "personal data (telephone, identity, account, birth)"
            ),
            Identifier::Year => message!("năm, tháng hay tuần", "years, months or weeks"),
            Identifier::Position => message!("tọa độ", "coordinates"),
        }
    }
}

const ORDER: [&str; 8] = ["tt", "stt", "so tt", "so thu tu", "no", "order", "sr no", "thu tu"];
const CODE: [&str; 30] = [
    "id",
    "fid",
    "gid",
    "oid",
    "objectid",
    "ogc fid",
    "code",
    "ma",
    "ma xa",
    "maxa",
    "ma huyen",
    "ma tinh",
    "ma dvhc",
    "ma so",
    "ma hanh chinh",
    "ma don vi",
    "ma thua",
    "mathua",
    "so thua",
    "so to",
    "to ban do",
    "ma ho",
    "ma trai",
    "ma so thue",
    "mst",
    "ma vung trong",
    "ma vung",
    "thua so",
    "to so",
    "to ban do so",
];
const PERSONAL: [&str; 19] = [
    "dien thoai",
    "so dien thoai",
    "sdt",
    "so dt",
    "phone",
    "telephone",
    "mobile",
    "di dong",
    "zalo",
    "cccd",
    "cmnd",
    "can cuoc",
    "so tai khoan",
    "stk",
    "so tk",
    "ngay sinh",
    "nam sinh",
    "sinh nam",
    "passport",
];
const YEAR: [&str; 7] = ["nam", "year", "nien do", "nien vu", "nam bao cao", "nam hop dong", "nam vu"];
const PART_OF_YEAR: [&str; 7] = ["thang", "tuan", "quy", "ky", "month", "week", "quarter"];
const POSITION: [&str; 10] = ["kinh do", "vi do", "toa do", "toa do x", "toa do y", "lon", "lat", "longitude", "latitude", "lng"];
/// Numbers of papers: decisions, certificates, letters.
const PAPERS: [&str; 9] =
    ["so qd", "so quyet dinh", "so giay", "so chung nhan", "ma so chung nhan", "so gcn", "so cong van", "so cv", "so hieu"];

/// Whether words stand in a heading, as words of their own.
fn says(heading: &str, words: &str) -> bool {
    heading == words
        || heading.starts_with(&format!("{words} "))
        || heading.ends_with(&format!(" {words}"))
        || heading.contains(&format!(" {words} "))
}

/// Whether a heading is that of years.
pub fn counts_years(heading: &str) -> bool {
    YEAR.contains(&fold(heading).as_str())
}

/// Whether a heading is that of parts of a year: quarters, months, weeks.
pub fn counts_parts_of_year(heading: &str) -> bool {
    PART_OF_YEAR.contains(&fold(heading).as_str())
}

/// Whether a heading is that of the numbers of rows.
pub fn counts_rows(heading: &str) -> bool {
    ORDER.contains(&fold(heading).as_str())
}

/// Whether a column says when: years, months or weeks in figures, or a heading of days.
pub fn tells_time(column: &Column) -> bool {
    // "Năm trồng", "Năm cấp" tell when a thing came, not of which year its number is.
    let of_year = counts_years(&column.name) || counts_parts_of_year(&column.name);
    of_year && of(column) == Some(Identifier::Year)
        || DATE.find(std::slice::from_ref(&column.name)).is_some()
        || is_of_reports(column)
}

/// Days and papers of single people and things, of which a list has many.
const OF_THINGS: [&str; 18] = [
    "sinh",
    "ngay sa",
    "ngay cay",
    "ngay trong",
    "ngay cap giay",
    "cap chung nhan",
    "het han",
    "hieu luc",
    "ky hop dong",
    "ky hd",
    "thu hoach",
    "gieo",
    "xuong giong",
    "khoi phat",
    "phat hien",
    "phat benh",
    "xay ra",
    "tiem",
];

/// Whether a heading is of days of single people, papers and fields, which are no periods of a report.
pub fn is_day_of_things(heading: &str) -> bool {
    let heading = fold(heading);
    heading.ends_with(" cap") || heading == "ngay ky" || OF_THINGS.iter().any(|word| says(&heading, word))
}

/// Whether a column says, whatever it is called, of which report each row is. Of what is called a month or a quarter people must say
/// whether it adds up.
pub fn is_of_reports(column: &Column) -> bool {
    !counts_parts_of_year(&column.name) && repeats_times(column)
}

/// Whether every text of a column says when, and each time has about as many rows as the others.
pub fn repeats_times(column: &Column) -> bool {
    if is_day_of_things(&column.name) {
        return false;
    }
    let told: Vec<bool> = column.dictionary.iter().map(|text| !text.trim().is_empty()).collect();
    if told.iter().filter(|told| **told).count() < 2
        || !column.dictionary.iter().all(|text| text.trim().is_empty() || times::says_when(text))
    {
        return false;
    }
    let mut counts = vec![0usize; told.len()];
    column.codes.iter().filter_map(|code| usize::try_from(*code).ok()).for_each(|code| {
        if let Some(count) = counts.get_mut(code) {
            *count += 1;
        }
    });
    let counts = || counts.iter().zip(&told).filter(|(_, told)| **told).map(|(count, _)| *count);
    let (least, most) = (counts().min().unwrap_or(0), counts().max().unwrap_or(0));
    least >= 2 && 2 * least >= most
}

/// What a column identifies, if its figures measure nothing. Known by its heading; or by what it holds: numbers of nine figures or
/// more that begin with 0 are telephone or identity numbers, shorter ones codes.
pub fn of(column: &Column) -> Option<Identifier> {
    let heading = fold(column.name.split(['(', '[']).next().unwrap_or(&column.name));
    let texts: Vec<String> = column
        .dictionary
        .iter()
        .filter(|text| !decimal::is_blank(text))
        .map(|text| text.trim_start_matches(['\'', '+']).replace([' ', '.', '-', '\u{a0}'], ""))
        .collect();
    let most =
        |test: &dyn Fn(&str) -> bool| !texts.is_empty() && 5 * texts.iter().filter(|text| test(text)).count() >= 4 * texts.len();
    let digits = |text: &str| text.len() >= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if PERSONAL.iter().any(|words| says(&heading, words)) {
        return Some(Identifier::Personal);
    }
    if ORDER.contains(&heading.as_str()) {
        return Some(Identifier::Order);
    }
    // Seedlings are no codes, though they look it without their accents.
    let seedlings = column.name.trim().to_lowercase() == "mạ";
    if CODE.contains(&heading.as_str()) && !seedlings || PAPERS.iter().any(|words| says(&heading, words)) {
        return Some(Identifier::Code);
    }
    if POSITION.contains(&heading.as_str()) {
        return Some(Identifier::Position);
    }
    // Grouped figures such as 0.123 have their sign taken off above, so numbers below one are looked at as they stand.
    let led_by_zero = |text: &str| text.starts_with('0') && digits(text);
    let plain = column.dictionary.iter().all(|text| !text.contains([',', '.']) || text.matches(['.', ' ']).count() > 1);
    if plain && most(&|text| led_by_zero(text) && (9..=12).contains(&text.len())) {
        return Some(Identifier::Personal);
    }
    // Excel eats the 0: nine figures that begin as mobile numbers do, below a heading that may mean a telephone.
    let mobile = |text: &str| digits(text) && text.len() == 9 && text.starts_with(['3', '5', '7', '8', '9']);
    if says(&heading, "dt") && most(&mobile) {
        return Some(Identifier::Personal);
    }
    if plain && most(&led_by_zero) {
        return Some(Identifier::Code);
    }
    let year = |text: &str| text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year));
    // "Năm thành lập", but not "Năm 2024" above its numbers.
    let of_years = YEAR.contains(&heading.as_str())
        || heading.strip_prefix("nam ").is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    let part_of_year = |text: &str| times::number(text).is_some_and(|number| (1..=53).contains(&number));
    if of_years && most(&year) || PART_OF_YEAR.contains(&heading.as_str()) && most(&part_of_year) {
        return Some(Identifier::Year);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(heading: &str, texts: &[&str]) -> Option<Identifier> {
        let mut part = Column::new(heading);
        texts.iter().for_each(|text| part.push(text));
        let mut column = Column::new(heading);
        column.append(&part, 1);
        of(&column)
    }

    #[test]
    fn figures_that_measure_nothing_are_told() {
        assert_eq!(column("Số ĐT", &["0912345678", "0987 654 321"]), Some(Identifier::Personal));
        assert_eq!(column("Liên hệ", &["0912345678", "0277.3567.890"]), Some(Identifier::Personal));
        assert_eq!(column("ĐT", &["912345678", "387654321"]), Some(Identifier::Personal));
        assert_eq!(column("STT", &["1", "2"]), Some(Identifier::Order));
        assert_eq!(column("Mã số", &["29950", "29953"]), Some(Identifier::Code));
        assert_eq!(column("Đơn vị", &["00412", "00413"]), Some(Identifier::Code));
        assert_eq!(column("Năm", &["2023", "2024"]), Some(Identifier::Year));
        assert_eq!(column("Năm thành lập", &["2019", "2021"]), Some(Identifier::Year));
        assert_eq!(column("Tuần", &["14", "15"]), Some(Identifier::Year));
        assert_eq!(column("Kinh độ", &["105.31", "105.29"]), Some(Identifier::Position));
        assert_eq!(column("Số QĐ", &["1234", "1300"]), Some(Identifier::Code));
        assert_eq!(column("Năm sinh", &["1960", "1971"]), Some(Identifier::Personal));
    }

    #[test]
    fn measures_stay_measures() {
        assert_eq!(column("DT", &["12.5", "0.75"]), None);
        assert_eq!(column("DT (ha)", &["1250", "2013"]), None);
        assert_eq!(column("Tỷ lệ", &["0.125", "0.5"]), None);
        assert_eq!(column("Giá trị (đồng)", &["1500000000", "912345678"]), None);
        assert_eq!(column("Năm 2024", &["2013", "1998"]), None);
        assert_eq!(column("Số hộ", &["0", "15"]), None);
    }
}
