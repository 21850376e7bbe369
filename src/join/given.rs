//! A given list of old and new units beside the land itself: what it says, and where the two contradict each other.

use super::dates;
use crate::headings;
use crate::input::{Table, decimal};
use crate::message;
use crate::places::Communes;
use crate::places::crosswalk::{Crosswalk, EDGES, Kind};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::numbers;

/// Roles of the columns of a given list of old and new units.
const OLD: &[&str] = &["old ward code", "old code", "ma cu", "ma xa cu", "old"];
const NEW: &[&str] = &["new ward code", "new code", "ma moi", "ma xa moi", "new"];

/// A given list.
pub struct Given {
    /// Its rows
    pub table: Table,
    /// Old unit, new unit, row
    pub pairs: Vec<(usize, usize, usize)>,
}

impl Given {
    /// The rows of a list as pairs; units of neither layer are counted and passed over.
    pub fn new(given: Table, old: &Communes, new: &Communes, problems: &mut Problems) -> Result<Given> {
        let column = |headings: &'static [&'static str], name: &'static str| {
            let found = headings::Role { name, headings }.find(&given.headings).map(str::to_owned);
            found.map_or_else(|| given.require(name), |heading| given.require(&heading))
        };
        let (from, to) = (column(OLD, "old_code")?, column(NEW, "new_code")?);
        let mut pairs = Vec::new();
        let mut strangers = 0;
        for row in 0..given.rows {
            let (Some(from), Some(to)) = (from.text(row), to.text(row)) else { continue };
            match (old.find(from), new.find(to)) {
                (Some(from), Some(to)) => pairs.push((from, to, row)),
                _ => strangers += 1,
            }
        }
        if strangers > 0 {
            problems.info(
                "other-units",
                Place::file(&given.file),
                message!(
                    "{strangers} dòng nói về đơn vị không có trong hai tệp ranh giới: bỏ qua",
                    "{strangers} rows speak of units in neither boundary file: passed over"
                ),
                None,
            );
        }
        Ok(Given { pairs, table: given })
    }

    /// Shares as the list states them.
    pub fn stated(&self, column: &str, old: &Communes, new: &Communes, least: f64) -> Result<Crosswalk> {
        let given = &self.table;
        let shares = given.require(column)?;
        let sign = decimal::of_columns(given, &[column], None)?;
        let mut list = Vec::new();
        for &(from, to, row) in &self.pairs {
            let text = shares.text(row).unwrap_or("");
            let share = decimal::parse(text, sign).filter(|share| *share >= 0.0).ok_or_else(|| {
                Fault::new(
                    "bad-share",
                    given.place(row, column, text),
                    message!("không phải tỷ lệ: \"{text}\"", "not a share: \"{text}\""),
                )
            })?;
            list.push((from, to, share * old.area_ha[from]));
        }
        list.sort_by_key(|pair| (pair.0, pair.1));
        Ok(Crosswalk::new(old, new, &list, vec![0.0; old.len()], least))
    }

    /// Lists rows that the land contradicts, and land that no row names.
    pub fn report_doubts(&self, land: &Crosswalk, least: f64, old: &Communes, new: &Communes, problems: &mut Problems) {
        let pairs: Vec<(usize, usize)> = self.pairs.iter().map(|&(old, new, _)| (old, new)).collect();
        let file = &self.table.file;
        for doubt in &dates::doubts(&pairs, land, least) {
            let (from, to) = (
                format!("{} ({})", old.names[doubt.old], old.codes[doubt.old]),
                format!("{} ({})", new.names[doubt.new], new.codes[doubt.new]),
            );
            let [vi, en] = numbers::both(100.0 * doubt.share, if doubt.given { 2 } else { 1 });
            let place = Place::file(file).value(format!("{} → {}", old.codes[doubt.old], new.codes[doubt.new]));
            if doubt.given {
                problems.warning(
                    "contradicted-row",
                    place,
                    message!(
                        "{from} → {to}: theo ranh giới chỉ có {vi} % diện tích nằm ở đó; dòng này đáng ngờ",
                        "{from} → {to}: by the boundaries only {en} % of its land is there; this row is doubtful"
                    ),
                    Some(message!("thường do trùng tên; xóa dòng này khỏi bảng", "often two units of one name; delete the row")),
                );
            } else {
                problems.warning(
                    "missing-row",
                    place,
                    message!(
                        "{from} → {to}: theo ranh giới có {vi} % diện tích nằm ở đó nhưng bảng không có dòng này",
                        "{from} → {to}: by the boundaries {en} % of its land is there, but the table has no such row"
                    ),
                    None,
                );
            }
        }
    }
}

/// Lists those of some old units of which a part lies in no new one: a small part is the edge of borders, and the rest takes all.
pub fn report_outside(crosswalk: &Crosswalk, old: &Communes, units: impl Iterator<Item = usize>, problems: &mut Problems) {
    for unit in units {
        let Some(&share) = crosswalk.outside.get(unit) else { continue };
        let (name, [vi, en]) = (&old.names[unit], numbers::both(100.0 * share, 1));
        let place = Place::file(&old.file).value(&old.codes[unit]);
        if crosswalk.kinds[unit] == Kind::Unplaced {
            problems.error(
                "unplaced-unit",
                place,
                message!(
                    "{name} không nằm trong đơn vị mới nào; giá trị không chuyển được",
                    "{name} lies in no new unit; its values cannot pass on"
                ),
                None,
            );
        } else if share > EDGES && crosswalk.passes_less(unit) {
            problems.warning(
                "mostly-outside",
                place.hectares(old.area_ha[unit] * share),
                message!(
                    "{vi} % của {name} nằm ngoài các đơn vị mới: số của phần đó không tính vào đâu",
                    "{en} % of {name} lie outside the new units: the numbers of that part count nowhere"
                ),
                Some(message!(
                    "nếu xã vẫn là một, ghi tỷ lệ trong --given",
                    "if it is one commune all the same, state its shares by --given"
                )),
            );
        } else if share > 0.01 {
            problems.info(
                "partly-outside",
                place,
                message!(
                    "{vi} % của {name} nằm ngoài các đơn vị mới; phần còn lại nhận đủ giá trị",
                    "{en} % of {name} lie outside the new units; the rest takes the whole value"
                ),
                None,
            );
        }
    }
}
