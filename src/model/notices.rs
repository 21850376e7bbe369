//! What a notice states beside the infested hectares of its period: hectares of other periods as printed, and words of the field.

use super::observations::Forecasts;
use super::periods::{Periods, When};
use crate::input::land_units;
use crate::input::{Decimal, Table, decimal};
use crate::message;
use crate::run::{Place, Problems, Result};
use crate::values::{Lang, numbers};
use std::collections::BTreeMap;

/// What one row states beside its infested hectares.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Noted {
    /// Commune
    pub commune: u32,
    /// Pest
    pub pest: u16,
    /// Day
    pub day: u16,
    /// Infested hectares of the period before, as printed
    pub previous_ha: Option<f64>,
    /// Infested hectares of the same period last year, as printed
    pub last_year_ha: Option<f64>,
    /// Stage of growth, usual and highest density, distribution: as written
    pub words: [String; 4],
    /// Where the row stands
    pub place: Place,
}

/// Roles of the words of [`Noted`], in their order.
pub const WORDS: [&str; 4] = ["stage", "density_common", "density_high", "distribution"];

impl Noted {
    /// Hectares printed of another period.
    pub fn printed(&self, when: When) -> Option<f64> {
        match when {
            When::Current => None,
            When::Previous => self.previous_ha,
            When::LastYear => self.last_year_ha,
        }
    }

    fn says_something(&self) -> bool {
        self.previous_ha.is_some() || self.last_year_ha.is_some() || self.words.iter().any(|word| !word.is_empty())
    }
}

/// The columns that rows of a notice have beside their hectares.
pub struct Beside<'a> {
    previous: Option<Vec<Option<f64>>>,
    last_year: Option<Vec<Option<f64>>>,
    words: [Option<&'a crate::input::Column>; 4],
    heading: String,
}

impl<'a> Beside<'a> {
    /// Finds the columns.
    pub fn find<'b>(
        table: &'a Table,
        role: &impl Fn(&str) -> Option<&'b str>,
        declared: Option<Decimal>,
        problems: &mut Problems,
    ) -> Result<Beside<'a>> {
        let mut hectares = |name: &str| -> Result<Option<Vec<Option<f64>>>> {
            let Some(heading) = role(name) else { return Ok(None) };
            let sign = decimal::of_columns(table, &[heading], declared)?;
            let wrong = message!(
                "phải là một số từ 0 trở lên; coi như không có số liệu",
                "a number from 0 on was expected; taken as missing"
            );
            land_units::hectares(table, heading, sign, wrong, problems).map(Some)
        };
        let (previous, last_year) = (hectares("previous_ha")?, hectares("last_year_ha")?);
        let word = |name: &str| role(name).and_then(|heading| table.column(heading));
        let heading = role("previous_ha").or_else(|| role("last_year_ha")).unwrap_or_default().to_owned();
        Ok(Beside { previous, last_year, words: WORDS.map(word), heading })
    }

    /// What a row states, if it states anything.
    pub fn of(&self, table: &Table, row: usize, (commune, pest, day): (u32, u16, u16)) -> Option<Noted> {
        let number = |list: &Option<Vec<Option<f64>>>| list.as_ref().and_then(|list| list.get(row).copied().flatten());
        let text =
            |column: &Option<&crate::input::Column>| column.and_then(|column| column.text(row)).unwrap_or("").trim().to_owned();
        let noted = Noted {
            commune,
            pest,
            day,
            previous_ha: number(&self.previous),
            last_year_ha: number(&self.last_year),
            words: [0, 1, 2, 3].map(|at| text(&self.words[at])),
            place: table.place(row, &self.heading, ""),
        };
        noted.says_something().then_some(noted)
    }
}

impl Forecasts {
    /// Takes the hectares that notices of the reporting period print of other periods, where the project has none of its own for them;
    /// where it has, those that differ are listed. Gives the periods that were filled so.
    pub fn fill_from_print(&mut self, periods: &Periods, communes: &[String], problems: &mut Problems) {
        let current = self.days_in(periods.get(When::Current), false);
        if !periods.is_declared() {
            return;
        }
        for when in [When::Previous, When::LastYear] {
            let Some(period) = periods.get(when) else { continue };
            let mut printed: BTreeMap<(u16, u32), (f64, Place)> = BTreeMap::new();
            for noted in self.noted.iter().filter(|noted| current.get(usize::from(noted.day)) == Some(&true)) {
                if let Some(hectares) = noted.printed(when) {
                    printed.entry((noted.pest, noted.commune)).or_insert((0.0, noted.place.clone())).0 += hectares;
                }
            }
            if printed.is_empty() {
                continue;
            }
            let own = self.days_in(Some(period), false);
            if self.any(&own) {
                let known: BTreeMap<(u16, u32), f64> = self
                    .reports(&own, communes.len())
                    .into_iter()
                    .map(|(pest, commune, account)| ((pest as u16, commune as u32), account.infested_ha()))
                    .collect();
                for ((pest, commune), (hectares, place)) in printed {
                    let Some(own) = known.get(&(pest, commune)).filter(|own| (*own - hectares).abs() > 0.05 + 1e-9) else {
                        continue;
                    };
                    let [vi, en] = [Lang::Vi, Lang::En].map(|lang| numbers::format(*own, 1, lang));
                    let name = communes.get(commune as usize).map_or("", String::as_str);
                    let of = self.pests.get(usize::from(pest)).map_or("", String::as_str);
                    let (title_vi, title_en) = (when.title(Lang::Vi), when.title(Lang::En));
                    problems.warning(
                        "print-contradicts",
                        place.value(hectares.to_string()),
                        message!(
                            "{name}, {of}: số {title_vi} in ở đây khác số liệu đã có ({vi} ha); dùng số liệu đã có",
                            "{name}, {of}: what is printed of the {title_en} is not what its own rows say ({en} ha), which are used"
                        ),
                        None,
                    );
                }
                continue;
            }
            let day = self.day_number(Some(period.middle()));
            let count = printed.len();
            self.areas.extend(printed.into_iter().map(|((pest, commune), (unclassed_ha, _))| super::areas::Reported {
                part: 0,
                commune,
                pest,
                day,
                level_ha: [0.0; 5],
                unclassed_ha,
                sown_ha: 0.0,
                treated_ha: None,
            }));
            self.from_print.push(when);
            let (vi, en, days) = (when.title(Lang::Vi), when.title(Lang::En), period.format());
            problems.info(
                "from-print",
                Place::default().value(&days),
                message!(
                    "{vi} ({days}) không có tệp riêng: lấy {count} số in trong thông báo kỳ này",
                    "the {en} ({days}) has no file of its own: {count} numbers printed in this period's notice stand for it"
                ),
                None,
            );
        }
    }
}
