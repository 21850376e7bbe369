//! Peaks of light-trap catches, generations, and the days that follow from a peak (né rầy).
//!
//! Counts c become y = ln(1 + c), traps of one group their median by night, nights a centred median; a peak is the greatest y
//! within some nights before and after that rises above its surroundings by some share of the usual y. Nights without a count
//! are gaps, never zeros. Every number stands in `traps.toml`.

use crate::layers::Shapes;
use crate::places::edges::EdgeIndex;
use crate::readings::{Kind, Readings, Run};
use crate::values::area::Position;
use crate::values::distance::to_line;
use chrono::{Days, NaiveDate};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A number with where it comes from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// The number
    pub value: f64,
    /// Where it comes from
    pub source: String,
    /// Whether it was compared with its source
    pub verified: bool,
}

/// Days after a peak.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offset {
    /// First day
    pub from: u64,
    /// Last day
    pub to: u64,
    /// Where they come from
    pub source: String,
    /// Whether they were compared with their source
    pub verified: bool,
}

/// How peaks are found.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeakSettings {
    /// Nights of the centred median
    pub smooth_nights: Setting,
    /// Nights before and after that are lower
    pub window_nights: Setting,
    /// Nights whose median is the usual
    pub memory_nights: Setting,
    /// Least rise above the surroundings, in usual y
    pub prominence: Setting,
    /// Days by which a forecast may miss and still be a hit
    pub hit_days: Setting,
    /// Kilometres within which a trap speaks for a commune
    pub reach_km: Setting,
}

/// What follows from a peak of some species.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeciesSettings {
    /// Names by which it is known
    pub names: Vec<String>,
    /// When to sow
    pub sowing: Option<Offset>,
    /// When nymphs are at instars 2 to 3
    pub nymphs: Option<Offset>,
    /// When the next peak comes
    pub next_peak: Option<Offset>,
}

/// All settings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// How peaks are found
    pub peak: PeakSettings,
    /// What follows from a peak
    #[serde(default)]
    pub species: Vec<SpeciesSettings>,
}

/// The settings that ship.
pub const SHIPPED: &str = include_str!("traps.toml");

impl Settings {
    /// What applies to a species.
    pub fn of(&self, species: &str) -> Option<&SpeciesSettings> {
        let wanted = crate::values::text::fold(species);
        self.species.iter().find(|one| one.names.iter().any(|name| crate::values::text::fold(name) == wanted))
    }
}

/// One night of a group of traps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Night {
    /// Day
    pub date: NaiveDate,
    /// Median count of the traps that counted
    pub count: f64,
    /// Least and greatest count of any trap
    pub range: [f64; 2],
    /// Traps that counted
    pub traps: usize,
}

/// A peak.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Peak {
    /// Night of the greatest count around it
    pub date: NaiveDate,
    /// Count of that night
    pub count: f64,
    /// Rise of y above its surroundings
    pub prominence: f64,
    /// Whether enough nights have passed to be sure that nothing greater follows
    pub settled: bool,
}

/// First and last day of a window.
pub type Window = (NaiveDate, NaiveDate);

/// What is said of one species and group of traps.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outlook {
    /// Nights in order
    pub nights: Vec<Night>,
    /// Peaks in order
    pub peaks: Vec<Peak>,
    /// When the next peak is expected
    pub next_peak: Option<Window>,
    /// Where that comes from: the settings, or the usual time between the peaks seen
    pub by_rule: bool,
    /// When to sow
    pub sowing: Option<Window>,
    /// When nymphs are at instars 2 to 3
    pub nymphs: Option<Window>,
    /// Peaks that the rule would have met, and those it was asked for
    pub hits: (usize, usize),
    /// The next peak should have come before the last night, and did not
    pub overdue: bool,
    /// Readings are a week apart rather than a night
    pub weekly: bool,
}

impl Outlook {
    /// Whether a window had closed by the last night of the trap.
    pub fn is_past(&self, (_, until): Window) -> bool {
        self.nights.last().is_some_and(|night| until < night.date)
    }

    /// The last peak.
    pub fn last_peak(&self) -> Option<&Peak> {
        self.peaks.last()
    }
}

/// Nights of several runs of one species: their median by night.
pub fn pool(runs: &[&Run]) -> Vec<Night> {
    let mut nights: BTreeMap<NaiveDate, Vec<f64>> = BTreeMap::new();
    for run in runs {
        for &(day, count) in &run.days {
            if let Some(count) = count {
                nights.entry(day).or_default().push(count);
            }
        }
    }
    nights
        .into_iter()
        .map(|(date, mut counts)| {
            counts.sort_by(f64::total_cmp);
            let range = [counts[0], counts[counts.len() - 1]];
            // The median of y is that of the counts where their number is odd; between two it is taken of y.
            let count = match counts.len() {
                odd if odd % 2 == 1 => counts[odd / 2],
                even => (counts[even / 2 - 1].ln_1p() / 2.0 + counts[even / 2].ln_1p() / 2.0).exp_m1(),
            };
            Night { date, count, range, traps: counts.len() }
        })
        .collect()
}

/// Runs of a species by kind of trap.
pub fn groups(readings: &Readings, property: usize, wanted: &dyn Fn(usize) -> bool) -> Vec<(Kind, Vec<Run>)> {
    let mut groups: BTreeMap<Kind, Vec<Run>> = BTreeMap::new();
    for run in readings.runs.iter().filter(|run| run.property == property && wanted(run.station)) {
        groups.entry(readings.stations[run.station].kind).or_default().push(run.clone());
    }
    groups.into_iter().collect()
}

/// Which stations speak for a polygon: those in it, and those within some kilometres of it.
pub fn within(readings: &Readings, shapes: &Shapes, shape: usize, kilometres: f64) -> Vec<bool> {
    let border = EdgeIndex::new(shapes.rings(shape));
    let is_near =
        |position: Position| border.contains(position) || shapes.rings(shape).any(|ring| to_line(position, ring) <= kilometres);
    readings.stations.iter().map(|station| station.position.is_some_and(is_near)).collect()
}

/// Median of a sorted list.
fn median(sorted: &[f64]) -> f64 {
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => (sorted[n / 2 - 1] + sorted[n / 2]) / 2.0,
    }
}

fn median_of(mut list: Vec<f64>) -> f64 {
    list.sort_by(f64::total_cmp);
    median(&list)
}

/// The usual days between readings, at least one.
fn step(nights: &[Night]) -> f64 {
    let gaps: Vec<f64> = nights.windows(2).map(|pair| (pair[1].date - pair[0].date).num_days() as f64).collect();
    let step = median_of(gaps);
    if step.is_nan() { 1.0 } else { step.max(1.0) }
}

/// Peaks of nights in order.
pub fn peaks(nights: &[Night], settings: &PeakSettings) -> Vec<Peak> {
    let step = step(nights);
    let days = |from: &Night, to: &Night| (to.date - from.date).num_days().abs() as f64;
    // Of weekly readings a night's neighbours are no neighbours in time, and nothing is smoothed.
    let reach = ((settings.smooth_nights.value - 1.0) / 2.0).max(0.0);
    let smooth: Vec<f64> = nights
        .iter()
        .map(|night| {
            let near = nights.iter().filter(|other| days(night, other) <= reach);
            median_of(near.map(|other| other.count.ln_1p()).collect())
        })
        .collect();
    let window = settings.window_nights.value.max(step);
    let memory = settings.memory_nights.value.max(8.0 * step);
    let mut found: Vec<Peak> = Vec::new();
    let Some(last) = nights.last() else { return found };
    for (at, night) in nights.iter().enumerate() {
        let near = |range: &mut dyn Iterator<Item = usize>, beaten_by: &dyn Fn(f64) -> bool| {
            range.take_while(|&other| days(night, &nights[other]) <= window).any(|other| beaten_by(smooth[other]))
        };
        // Of equal nights the first is the peak.
        if near(&mut (0..at).rev(), &|y| y >= smooth[at]) || near(&mut (at + 1..nights.len()), &|y| y > smooth[at]) {
            continue;
        }
        // The lowest point on each side before something greater, or before memory ends.
        let lowest = |range: &mut dyn Iterator<Item = usize>| {
            let side = range.take_while(|&other| days(night, &nights[other]) <= memory && smooth[other] <= smooth[at]);
            side.map(|other| smooth[other]).fold(smooth[at], f64::min)
        };
        let base = lowest(&mut (0..at).rev()).max(lowest(&mut (at + 1..nights.len())));
        let is_last = at + 1 == nights.len();
        let base = if is_last { lowest(&mut (0..at).rev()) } else { base };
        let prominence = smooth[at] - base;
        let before = nights[..at].iter().zip(&smooth).filter(|(other, _)| days(night, other) <= memory);
        let usual = median_of(before.map(|(_, y)| *y).collect());
        let needed = settings.prominence.value * if usual.is_nan() { 0.0 } else { usual };
        if smooth[at] <= 0.0 || prominence <= 0.0 || prominence < needed {
            continue;
        }
        // The night itself: the greatest count within reach of the smoothed peak.
        let top = nights
            .iter()
            .filter(|other| days(night, other) <= reach)
            .fold(night, |top, other| if other.count > top.count { other } else { top });
        found.push(Peak { date: top.date, count: top.count, prominence, settled: days(night, last) >= window });
    }
    found
}

/// Everything that is said of a species from the nights of one group of traps.
pub fn outlook(nights: Vec<Night>, species: &str, settings: &Settings) -> Outlook {
    let peaks = peaks(&nights, &settings.peak);
    let of = settings.of(species);
    let gaps: Vec<f64> = peaks.windows(2).map(|pair| (pair[1].date - pair[0].date).num_days() as f64).collect();
    let after = |day: NaiveDate, from: u64, to: u64| -> Option<Window> {
        Some((day.checked_add_days(Days::new(from))?, day.checked_add_days(Days::new(to))?))
    };
    let window = |offset: Option<&Offset>| {
        let (last, offset) = (peaks.last()?, offset?);
        after(last.date, offset.from, offset.to)
    };
    let rule = of.and_then(|of| of.next_peak.as_ref());
    let usual = usual_gap(&gaps);
    let next_peak = window(rule).or_else(|| {
        let (from, to) = usual?;
        after(peaks.last()?.date, from, to)
    });
    let slack = settings.peak.hit_days.value;
    let is_hit = |gap: &f64| rule.is_some_and(|rule| *gap >= rule.from as f64 - slack && *gap <= rule.to as f64 + slack);
    let hits = if rule.is_some() { (gaps.iter().filter(|gap| is_hit(gap)).count(), gaps.len()) } else { (0, 0) };
    Outlook {
        next_peak,
        by_rule: rule.is_some(),
        sowing: window(of.and_then(|of| of.sowing.as_ref())),
        nymphs: window(of.and_then(|of| of.nymphs.as_ref())),
        hits,
        overdue: next_peak.zip(nights.last()).is_some_and(|((_, to), last)| (last.date - to).num_days() as f64 > slack),
        weekly: step(&nights) >= 5.0,
        nights,
        peaks,
    }
}

/// The middle half of the last gaps between peaks; `None` of fewer than three.
fn usual_gap(gaps: &[f64]) -> Option<(u64, u64)> {
    let mut last: Vec<f64> = gaps.iter().rev().take(12).copied().collect();
    last.sort_by(f64::total_cmp);
    if last.len() < 3 {
        return None;
    }
    let quarter = |q: f64| crate::forecast::scores::quantile(&last, q);
    Some((quarter(0.25)?.floor() as u64, quarter(0.75)?.ceil() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        toml::from_str(SHIPPED).expect("the settings read")
    }

    /// Nights of a wave with a peak every `every` nights from the tenth on.
    fn wave(nights: u64, every: u64) -> Vec<Night> {
        let start = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default();
        (0..nights)
            .map(|night| {
                let after = (night + every - 10) % every;
                let from_peak = after.min(every - after) as f64;
                let count = 5.0 + 400.0 * (-from_peak * from_peak / 8.0).exp();
                Night { date: start + Days::new(night), count, range: [count; 2], traps: 1 }
            })
            .collect()
    }

    #[test]
    fn peaks_of_a_wave_are_found_where_they_are_and_nothing_else() {
        let found = peaks(&wave(92, 23), &settings().peak);
        let start = NaiveDate::from_ymd_opt(2024, 1, 11).unwrap_or_default();
        let days: Vec<i64> = found.iter().map(|peak| (peak.date - start).num_days()).collect();
        assert_eq!(days, [0, 23, 46, 69]);
        assert!(found.iter().all(|peak| peak.settled));
    }

    #[test]
    fn a_rising_end_is_not_settled_and_gaps_are_no_zeros() {
        let mut nights = wave(92, 23);
        nights.truncate(90);
        let found = peaks(&nights, &settings().peak);
        assert_eq!(found.iter().filter(|peak| !peak.settled).count(), 0, "the end falls after a settled peak");
        nights.truncate(57);
        assert!(peaks(&nights, &settings().peak).last().is_some_and(|peak| !peak.settled));
        // Without every second night of the trough there are the same peaks.
        let thinned: Vec<Night> =
            wave(92, 23).into_iter().enumerate().filter(|(i, n)| i % 2 == 0 || n.count > 20.0).map(|x| x.1).collect();
        assert_eq!(peaks(&thinned, &settings().peak).len(), 4);
    }

    #[test]
    fn windows_follow_the_last_peak() {
        let outlook = outlook(wave(92, 23), "Rầy nâu", &settings());
        let day = |month: u32, day: u32| NaiveDate::from_ymd_opt(2024, month, day).unwrap_or_default();
        assert_eq!(outlook.last_peak().map(|peak| peak.date), Some(day(3, 20)));
        assert_eq!(outlook.next_peak, Some((day(4, 11), day(4, 14))));
        assert_eq!(outlook.sowing, Some((day(3, 21), day(3, 27))));
        assert_eq!(outlook.nymphs, Some((day(4, 3), day(4, 4))));
        assert_eq!(outlook.hits, (3, 3));
    }
}
