//! A file that `ruong new` was given, and what its columns hold.

use super::matched;
use crate::headings::{self, Role, is_another_thing, rates};
use crate::input::identifiers::{self, Identifier};
use crate::input::{Column, Table, decimal};
use crate::layers::Shapes;
use crate::layers::simple_features::Kind;
use crate::readers::spreadsheet::table::{GROUP, OUTER_GROUP};
use crate::readers::spreadsheet::{PERIOD, SHEET};
use crate::readers::tables::Form;
use crate::values::text::fold;
use crate::values::{Lang, numbers};
use hashbrown::HashSet;

/// A file that was looked into.
#[derive(Default)]
pub struct Looked {
    /// File as the project file will name it
    pub file: String,
    /// Its columns or properties
    pub table: Table,
    /// The features' own ids, where a layer has them
    pub feature_ids: Column,
    /// What its layer is made of; none for a table, which points are too
    pub made_of: Option<Kind>,
    /// Name of its layer, in a file of several
    pub layer: Option<String>,
    /// Its polygons
    pub shapes: Shapes,
    /// Median hectares of its polygons
    pub median_ha: f64,
    /// How the table is read, as the project file will say it
    pub form: Form,
    /// Templates of the names of its files
    pub from_name: Vec<String>,
    /// The files and sheets that it was put together from
    pub around: Vec<Around>,
    /// The column of communes, once it is understood
    pub place: Option<String>,
    /// The column of pests, once it is understood
    pub pest: Option<String>,
    /// Columns of classes by which things are counted
    pub classes: Vec<String>,
}

/// What stands around one table: its file, its sheet, the lines above.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// File
    pub file: String,
    /// Sheet; empty for text tables
    pub sheet: String,
    /// Lines above
    pub titles: Vec<String>,
    /// Rows of data
    pub rows: usize,
}

impl Looked {
    /// Puts a table or a layer of the same shape below.
    pub(super) fn stack(&mut self, below: Looked) {
        self.shapes.append(&below.shapes, 1);
        self.feature_ids.append(&below.feature_ids, 1);
        self.median_ha = self.shapes.median_ha();
        self.table.stack(below.table);
        self.around.extend(below.around);
    }

    /// Whether two tables have the same columns, or nearly so: a pest or two more across.
    pub(super) fn is_shaped_like(&self, other: &Looked) -> bool {
        let of = |looked: &Looked| -> HashSet<String> {
            let own = [PERIOD, SHEET, GROUP, OUTER_GROUP];
            looked.table.headings.iter().filter(|heading| !own.contains(&heading.as_str())).map(|heading| fold(heading)).collect()
        };
        let (a, b) = (of(self), of(other));
        let shared = a.intersection(&b).count();
        // Short tables must be alike to the letter.
        let all = a.union(&b).count();
        shared == all || all >= 6 && 4 * shared >= 3 * all
    }

    /// What is written above and around, folded.
    fn words_around(&self) -> String {
        let lines = self.around.iter().flat_map(|around| around.titles.iter().chain([&around.sheet, &around.file]));
        lines.map(|line| fold(line)).collect::<Vec<_>>().join(" | ")
    }

    /// The same with its headings: what kind of table it is often stands around it only.
    pub(super) fn words(&self) -> String {
        let headings: Vec<String> = self.table.headings.iter().map(|heading| fold(heading)).collect();
        format!(" {} | {} ", self.words_around(), headings.join(" | "))
    }

    /// Whether a heading, a cell or a line above names a pest.
    fn speaks_of_pests(&self) -> bool {
        let parts = |heading: &String| heading.split(" / ").any(super::pests::knows);
        let cells = || self.table.columns.iter().flat_map(|column| column.dictionary.iter());
        let titles = || self.around.iter().flat_map(|around| &around.titles);
        self.table.headings.iter().any(parts)
            || cells().any(super::pests::knows)
            || titles().any(|line| super::pests::within(line).is_some())
    }

    /// The column of the numbers below pests, communes or weeks that stand across, with what is written above these; `None` unless
    /// something says that they are infested hectares: densities are not.
    pub(super) fn hectares_across(&self, above: &str) -> Option<String> {
        let around = format!(" {} ", self.words_around());
        let infested = ["dien tich nhiem", "dt nhiem", "dtn"].iter().any(|word| around.contains(word));
        let stated = infested || !is_another_thing(&around) && [" dien tich ", " ha "].iter().any(|word| around.contains(word));
        if above.is_empty() {
            let name = if infested || self.speaks_of_pests() { "Diện tích nhiễm (ha)" } else { "Diện tích (ha)" };
            return stated.then(|| name.to_owned());
        }
        let of_hectares = rates::is_hectares(above) || fold(above).starts_with("dtn") || stated;
        (of_hectares && !is_another_thing(above)).then(|| above.to_owned())
    }

    /// One line for people on a layer: how many shapes of which size, and its columns.
    pub fn understood(&self, lang: Lang) -> String {
        let rows = self.table.rows;
        let headings = self.table.headings.join(", ");
        let median = numbers::format(self.median_ha, 1, lang);
        match lang {
            Lang::Vi if self.made_of == Some(Kind::Areas) => {
                format!("{}: {rows} hình, trung vị {median} ha; cột: {headings}", self.file)
            }
            Lang::En if self.made_of == Some(Kind::Areas) => {
                format!("{}: {rows} polygons, median {median} ha; columns: {headings}", self.file)
            }
            Lang::Vi => format!("{}: {rows} đường; cột: {headings}", self.file),
            Lang::En => format!("{}: {rows} lines; columns: {headings}", self.file),
        }
    }

    /// Whether polygons are of the size of communes: those before a merger are some times smaller, never like fields.
    pub(super) fn is_like_communes(&self, communes: &Looked) -> bool {
        self.median_ha >= 50.0 && 50.0 * self.median_ha >= communes.median_ha
    }

    /// Distinct texts of a column.
    pub(super) fn texts(&self, name: &str) -> HashSet<&str> {
        let ids = Some(&self.feature_ids).filter(|_| name == "id");
        self.table.column(name).or(ids).map(|column| column.dictionary.iter().collect()).unwrap_or_default()
    }

    /// Whether a column holds row numbers.
    pub(super) fn is_order(&self, name: &str) -> bool {
        self.table.column(name).and_then(identifiers::of) == Some(Identifier::Order)
    }

    /// Whether a column counts rows, names units by code or says otherwise which row it is.
    pub(super) fn is_identifier(&self, name: &str) -> bool {
        self.table.column(name).is_some_and(|column| identifiers::of(column).is_some())
    }

    /// Whether several rows of a commune are parts of one number: people, hamlets, products; not years, months, seasons or things of
    /// different kinds.
    pub(super) fn adds_up(&self) -> bool {
        let Some(place) = self.place.as_ref().and_then(|name| self.table.column(name)) else { return true };
        let others = || self.table.columns.iter().filter(|column| Some(&column.name) != self.place.as_ref());
        let heading = |column: &Column| headings::bare(&column.name);
        let of_time = |column: &&Column| {
            identifiers::tells_time(column)
                || ["vu", "mua vu", "vu mua", "quy", "thang", "nam", "ky"].contains(&heading(column).as_str())
        };
        let of_things = |column: &&Column| {
            let named = ["chi tieu", "ten chi tieu", "noi dung", "hang muc", "dvt", "don vi tinh"];
            named.contains(&heading(column).as_str()) && column.dictionary.len() > 1
        };
        let times: Vec<&Column> = others().filter(of_time).collect();
        let placed = || (0..self.table.rows).filter(|row| place.text(*row).is_some());
        let at = |row: usize| (place.codes[row], times.iter().map(|column| column.codes[row]).collect::<Vec<u32>>());
        // One row for each commune and time is a series of times.
        let series = !times.is_empty() && placed().map(at).collect::<HashSet<_>>().len() == placed().count();
        // Several addresses are of one commune.
        let repeats = placed().count() > place.dictionary.len() || fold(&place.name).contains("dia chi");
        let series = series && !self.counts_what_came();
        repeats && self.pest.is_none() && !series && !others().any(|column| of_things(&column))
    }

    /// Whether the numbers of each report are what came in its days, which add up: "Số con mắc mới", "TRONG TUẦN".
    pub(super) fn counts_what_came(&self) -> bool {
        let says = |text: &str| {
            let words = format!(" {} ", fold(text));
            let sums = rates::is_cumulative(text) || ["den nay", "tinh den", "den ngay"].iter().any(|word| words.contains(word));
            let came = [" moi ", " trong ngay ", " trong tuan ", " phat sinh ", " hang ngay ", " hang tuan "];
            !sums && came.iter().any(|word| words.contains(word))
        };
        let headings = self.table.headings.iter().filter(|heading| self.is_numeric(heading));
        let titles = || self.around.iter().flat_map(|around| &around.titles);
        headings.clone().any(|heading| says(heading))
            || titles().any(|title| says(title)) && !headings.clone().any(|heading| rates::is_cumulative(heading))
    }

    /// Whether most cells of a column are numbers.
    pub(super) fn is_numeric(&self, name: &str) -> bool {
        let Some(column) = self.table.column(name) else { return false };
        let texts = column.dictionary.iter().filter(|text| !decimal::is_blank(text.trim()));
        let (mut numbers, mut all) = (0, 0);
        for text in texts {
            all += 1;
            numbers += usize::from(text.trim().starts_with(|c: char| c.is_ascii_digit() || c == '-'));
        }
        all > 0 && 2 * numbers >= all
    }

    /// Whether a column names every row differently.
    pub(super) fn is_unique(&self, name: &str) -> bool {
        self.table.rows > 0 && self.texts(name).len() == self.table.rows
    }

    /// The column for an id: recognised by heading if its texts are distinct, else the first column that is distinct, else
    /// the features' own ids.
    pub(super) fn id(&self, role: &Role) -> Option<String> {
        let headings = &self.table.headings;
        let by_heading = role.find(headings).filter(|name| self.is_unique(name));
        let coded = || headings.iter().map(String::as_str).find(|name| matched::is_coded(self, name) && self.is_unique(name));
        let distinct = || headings.iter().map(String::as_str).find(|name| self.is_unique(name));
        by_heading
            .filter(|name| matched::is_coded(self, name))
            .or_else(coded)
            .or(by_heading)
            .or_else(distinct)
            .or_else(|| self.is_unique("id").then_some("id"))
            .map(str::to_owned)
    }

    /// The column with names of things: known by its heading, or beginning with the word for a name.
    pub(super) fn name_of_things(&self) -> Option<String> {
        let headings = &self.table.headings;
        let in_words = |name: &&str| !self.is_numeric(name) && !self.texts(name).is_empty();
        let by_heading = headings::THING.find(headings).or_else(|| headings::READING_STATION.find(headings)).filter(in_words);
        let begins =
            || headings.iter().map(String::as_str).find(|heading| fold(heading).starts_with("ten ") && in_words(heading));
        by_heading.or_else(begins).map(str::to_owned)
    }

    /// Whether some cell of a column holds more than figures.
    pub(super) fn has_words(&self, name: &str) -> bool {
        self.texts(name).iter().any(|text| text.chars().any(char::is_alphabetic))
    }

    /// The column whose texts a test accepts in nine cases of ten.
    pub(super) fn by_content(&self, accepts: impl Fn(&str) -> bool) -> Option<String> {
        self.table
            .columns
            .iter()
            .find(|column| {
                let all = column.dictionary.len();
                // Numbers of rows look like levels and days of a month.
                !identifiers::counts_rows(&column.name)
                    && all > 0
                    && 10 * column.dictionary.iter().filter(|text| accepts(text)).count() >= 9 * all
            })
            .map(|column| column.name.clone())
    }
}
