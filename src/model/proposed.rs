//! What a table of indicators shows that does not say so: its columns of figures, plans with their results; and what it does not.

use crate::input::{Column, Table, decimal, identifiers, numeric};
use crate::message;
use crate::project::IndicatorConfig;
use crate::run::{Place, Problems};
use crate::values::Message;

/// Lists the columns of figures that are no measures.
pub fn left_out(table: &Table, keys: &[&str], problems: &mut Problems) {
    let others = || table.columns.iter().filter(|column| !keys.contains(&column.name.as_str()));
    for column in others().filter(|column| identifiers::of(column).is_none()) {
        let (numbers, held) = numeric::figures(column);
        if numbers > 0 && 2 * numbers < held || numbers == 0 && figures_in_words(column) {
            problems.warning(
                "no-measure",
                Place::file(&table.file).column(column.name.as_str()),
                message!(
                    "chỉ {numbers} trong {held} ô là số: không lấy làm chỉ tiêu",
                    "only {numbers} of {held} cells are numbers: it is no measure"
                ),
                None,
            );
        }
    }
    for (column, identifier) in others().filter_map(|column| Some((column, identifiers::of(column)?))) {
        let Message { vi, en } = identifier.words();
        problems.info(
            "no-measure",
            Place::file(&table.file).column(column.name.as_str()),
            message!("cột là {vi}: không lấy làm chỉ tiêu", "the column holds {en}: it is no measure"),
            None,
        );
    }
}

/// Whether most cells of a column are a number with words around it: "khoảng 12", "10 - 20", "12 hecta/vụ".
fn figures_in_words(column: &Column) -> bool {
    const ABOUT: [&str; 8] = ["khoảng ", "hơn ", "gần ", "trên ", "dưới ", "~", ">", "<"];
    let is_figure = |text: &str| {
        let lower = text.trim().trim_start_matches(['\'', '"']).to_lowercase();
        let told = ABOUT.iter().find_map(|word| lower.strip_prefix(word)).map_or(lower.as_str(), str::trim_start);
        told.starts_with(|c: char| c.is_ascii_digit()) && crate::values::dates::parse(text).is_none()
    };
    let all = column.dictionary.iter().filter(|text| !decimal::is_blank(text)).count();
    all > 0 && 2 * column.dictionary.iter().filter(|text| is_figure(text)).count() > all
}

/// What to show of a table that does not say: each numeric column, plans paired with results by their endings.
pub fn measures(columns: &[String]) -> Vec<IndicatorConfig> {
    const PAIRS: [(&str, &str); 4] =
        [("_plan", "_result"), ("_ke_hoach", "_thuc_hien"), (" kế hoạch", " thực hiện"), ("_kh", "_th")];
    let mut list = Vec::new();
    let mut paired: Vec<&String> = Vec::new();
    for column in columns {
        if paired.contains(&column) {
            continue;
        }
        let pair = PAIRS.iter().find_map(|(plan, result)| {
            let stem = column.strip_suffix(plan)?;
            let partner = columns.iter().find(|other| other.strip_suffix(result) == Some(stem))?;
            Some((stem.to_owned(), partner))
        });
        let mut key = IndicatorConfig {
            id: column.clone(),
            name: String::new(),
            unit: String::new(),
            column: None,
            plan: None,
            result: None,
            category: None,
            order: Vec::new(),
        };
        match pair {
            Some((stem, partner)) => {
                paired.push(partner);
                list.retain(|other: &IndicatorConfig| other.column.as_ref() != Some(partner));
                key.id = stem;
                key.plan = Some(column.clone());
                key.result = Some(partner.clone());
            }
            None => key.column = Some(column.clone()),
        }
        list.push(key);
    }
    list
}
