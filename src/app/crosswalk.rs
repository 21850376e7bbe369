//! Values of the units of one date for those of another: shares by fields, and what becomes of a table.

use crate::headings::{self, rates};
use crate::input::{Source, Wanted};
use crate::join::former::ColumnByUnit;
use crate::join::{dates, names};
use crate::message;
use crate::places::crosswalk::Crosswalk;
use crate::places::crs::Declared;
use crate::places::names::Ladder;
use crate::places::{Communes, open};
use crate::project::{Duplicates, Project};
use crate::readers::tables::{self, Form};
use crate::run::{Place, Problems, Result};
use crate::values::{Quantity, exact};
use std::path::Path;

/// Shares by the fields of a file.
pub fn by_fields(path: &Path, old: &Communes, new: &Communes, least: f64, problems: &mut Problems) -> Result<Crosswalk> {
    let fields = open::layer(&Source::at(path), &Wanted::Only(Vec::new()), None, Declared::default(), problems)?;
    let (crosswalk, bare) = dates::by_fields(old, new, &fields.shapes, least);
    for unit in bare {
        let name = &old.names[unit];
        problems.warning(
            "no-field",
            Place::file(&old.file).value(&old.codes[unit]),
            message!("{name} không có thửa nào: chia theo diện tích tự nhiên", "{name} has no field: divided by its land"),
            None,
        );
    }
    Ok(crosswalk)
}

/// Values that have passed on.
pub struct Passed {
    /// Heading of the values
    pub heading: String,
    /// Sum of the old ones
    pub before: f64,
    /// Value of each new unit, and the part of it that is known
    pub values: Vec<(Option<f64>, f64)>,
}

/// A table of old units, and what of it passes on.
pub struct Asked<'a> {
    /// File
    pub file: &'a Path,
    /// Column of values
    pub value: &'a str,
    /// Column with the code or name of old units; recognised if absent
    pub key: Option<&'a str>,
    /// The values are means or shares
    pub intensive: bool,
}

/// Values of the new units.
pub fn pass(asked: &Asked<'_>, old: &Communes, (crosswalk, new): (&Crosswalk, usize), problems: &mut Problems) -> Result<Passed> {
    let table = tables::read(&Source::at(asked.file), &Form::default(), problems)?;
    let heading = asked.value.to_owned();
    let there = &table.headings;
    let recognised = || headings::CODE.find(there).or_else(|| headings::NAME.find(there)).unwrap_or("code").to_owned();
    let key = asked.key.map(str::to_owned).unwrap_or_else(recognised);
    let aliases = super::read::aliases(&Project::default(), problems)?;
    let ladder = Ladder::new(&old.codes, &old.names, &old.provinces, &aliases);
    let unit_of = names::units(&table, &key, None, &ladder, &old.file, problems)?;
    let intensive = asked.intensive;
    if !intensive && rates::quantity(&heading) == Quantity::Intensive {
        problems.warning(
            "rate-summed",
            Place::file(&table.file).column(heading.as_str()),
            message!(
                "cột có vẻ là tỷ lệ hay số trung bình, mà đang được cộng",
                "the column looks like rates or means, and is summed"
            ),
            Some(message!("thêm --kind intensive", "add --kind intensive")),
        );
    }
    let column = ColumnByUnit { table: &table, unit_of: &unit_of, key: &key, decimal: None, rule: Duplicates::Sum };
    let values = column.values(&heading, intensive, old.len(), problems)?;
    let before = exact::sum(values.iter().flatten().copied());
    let values = if intensive { crosswalk.intensive(&values, new) } else { crosswalk.extensive(&values, new) };
    Ok(Passed { heading, before, values })
}
