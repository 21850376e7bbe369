//! Light traps and sensors of a project: what they say of communes, and as points.

use super::indicators::Categories;
use super::points::{Placed, Points};
use crate::forecast::traps::{Settings, Window};
use crate::forecast::windows::TrapSummary;
use crate::message;
use crate::readings::quantities::Named;
use crate::readings::sensors::{self, Limits, Standing};
use crate::readings::{Kind, Readings};
use crate::values::text::fold;
use crate::values::{Lang, Message, Value, dates};
use chrono::NaiveDate;

/// A table of readings.
#[derive(Debug, Clone)]
pub struct ReadingsTable {
    /// Id of the table
    pub id: String,
    /// Name for people
    pub name: String,
    /// File
    pub file: String,
    /// Declared to be of sensors, or of traps
    pub sensors: Option<bool>,
    /// What was read
    pub readings: Readings,
    /// Limits of sensors
    pub limits: Limits,
    /// Settings of traps
    pub settings: Settings,
    /// What the traps say: all together, then by commune
    pub summaries: Vec<TrapSummary>,
    /// Draw new and full moons
    pub moon: bool,
}

impl ReadingsTable {
    /// Whether the table is of sensors rather than traps: declared, or any of its things has limits.
    pub fn is_sensed(&self) -> bool {
        let measured = |property: &String| self.limits.of(property).is_some() || Named::new(property).quantity().is_some();
        self.sensors.unwrap_or_else(|| self.readings.properties.iter().any(measured))
    }

    /// The latest number of each station with a position, a table of points for each thing.
    pub fn points(&self, until: Option<NaiveDate>, commune_at: &dyn Fn([f64; 2]) -> Option<usize>, lang: Lang) -> Vec<Points> {
        let latest = sensors::latest(&self.readings, &self.limits, until);
        let words = [
            lang.pick("trong ngưỡng", "within limits"),
            lang.pick("thấp hơn ngưỡng", "below the limit"),
            lang.pick("cao hơn ngưỡng", "above the limit"),
        ];
        let kinds = [Kind::Manual, Kind::AllNight, Kind::Unstated];
        let kind_words = [
            lang.pick("bẫy thủ công", "manual trap"),
            lang.pick("bẫy cả đêm", "all-night trap"),
            lang.pick("bẫy đèn", "light trap"),
        ];
        let mut found = Vec::new();
        for (property, name) in self.readings.properties.iter().enumerate() {
            let sensed = self.is_sensed();
            let list: Vec<Placed> = latest
                .iter()
                .filter(|one| one.run.property == property)
                .filter_map(|one| {
                    let station = &self.readings.stations[one.run.station];
                    let position = station.position?;
                    let category = match one.standing {
                        Standing::Usual => 0,
                        Standing::Low => 1,
                        Standing::High => 2,
                        Standing::Unlimited if sensed => return None,
                        Standing::Unlimited => kinds.iter().position(|kind| *kind == station.kind)?,
                    };
                    Some(Placed {
                        position,
                        name: station.name.clone(),
                        category: Some(category),
                        value: Value::finite(one.value),
                        commune: commune_at(position),
                    })
                })
                .collect();
            if list.is_empty() {
                continue;
            }
            let unit = self.readings.unit(property, self.limits.of(name)).to_owned();
            let categories = if sensed { words } else { kind_words };
            // Only kinds that occur are listed.
            let used: Vec<usize> = (0..3).filter(|kind| list.iter().any(|one| one.category == Some(*kind))).collect();
            let list = list
                .into_iter()
                .map(|one| Placed { category: one.category.and_then(|kind| used.iter().position(|used| *used == kind)), ..one })
                .collect();
            found.push(Points {
                id: format!("{}-{}", self.id, fold(name).replace(' ', "-")),
                name: format!("{}: {name}", self.name),
                unit,
                categories: used.into_iter().map(|kind| categories[kind].to_owned()).collect(),
                list,
            });
        }
        found
    }

    /// Windows by commune, in words: when to sow, when nymphs are young, when the next peak comes. All-night traps speak before
    /// manual ones.
    pub fn categories(&self, communes: usize) -> Vec<Categories> {
        type OfSaid = fn(&TrapSummary) -> Option<Window>;
        let kinds: [(&str, Message, OfSaid); 3] = [
            ("sow", message!("Xuống giống né rầy", "When to sow"), |summary| summary.outlook.sowing),
            ("nymphs", message!("Rầy cám tuổi 2–3", "Nymphs of instars 2–3"), |summary| summary.outlook.nymphs),
            ("next_peak", message!("Đỉnh bẫy đèn kế tiếp", "Next peak of light traps"), |summary| {
                summary.outlook.next_peak
            }),
        ];
        let mut found = Vec::new();
        if self.is_sensed() {
            return found;
        }
        for (property, species) in self.readings.properties.iter().enumerate() {
            for (id, name, window) in &kinds {
                let of = |commune: usize| {
                    let mut summaries: Vec<&TrapSummary> = self
                        .summaries
                        .iter()
                        .filter(|summary| summary.property == property && summary.commune == Some(commune))
                        .collect();
                    summaries.sort_by_key(|summary| match summary.kind {
                        Kind::AllNight => 0,
                        Kind::Manual => 1,
                        Kind::Unstated => 2,
                    });
                    summaries.into_iter().filter(|summary| !summary.outlook.overdue).find_map(window)
                };
                let windows: Vec<Option<Window>> = (0..communes).map(of).collect();
                let slug = fold(species).replace(' ', "_");
                let both = |words: &str| format!("{words} – {species}");
                let name = Message { vi: both(&name.vi), en: both(&name.en) };
                found.extend(of_windows(format!("{}.{slug}_{id}", self.id), name, &windows));
            }
        }
        found
    }
}

/// Windows as words in order of days; `None` where no commune has one.
pub fn of_windows(id: String, name: Message, windows: &[Option<Window>]) -> Option<Categories> {
    let mut order: Vec<Window> = windows.iter().flatten().copied().collect();
    order.sort();
    order.dedup();
    let words = |(from, to): &Window| {
        if from == to {
            dates::format_day(*from)
        } else {
            format!("{}–{}", dates::format_day_short(*from, Lang::Vi), dates::format_day(*to))
        }
    };
    (!order.is_empty()).then(|| Categories {
        ordered: true,
        id,
        name,
        words: order.iter().map(words).collect(),
        values: windows.iter().map(|window| window.and_then(|window| order.iter().position(|known| *known == window))).collect(),
    })
}
