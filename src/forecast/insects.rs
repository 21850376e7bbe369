//! Life stages and generations of insects by degree days.
//!
//! A stage lasts until its degree days above its own threshold are reached; the rest of that day belongs to the next one.
//! Every number is data, in `species/`, with its source (as in DDRP, Barker et al. 2020, Front. Insect Sci.).

use super::degree_days::{Cutoff, Method, Thresholds};
use super::weather::Day;
use chrono::{Datelike, Days, NaiveDate};
use serde::Deserialize;

/// Parameters of a species.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Species {
    /// Short name for commands and files
    pub id: String,
    /// Vietnamese name
    pub name: String,
    /// English name
    pub name_en: String,
    /// Scientific name
    pub latin: String,
    /// Whether someone compared the numbers with their sources
    pub verified: bool,
    /// What a user must know of the numbers
    pub note: String,
    /// The same in English
    pub note_en: String,
    /// Method of degree days
    pub method: String,
    /// Upper threshold, °C
    pub upper: Option<f64>,
    /// Where the upper threshold comes from
    #[serde(default)]
    pub upper_source: String,
    /// Stages in order of life; the first follows the last
    pub stages: Vec<Stage>,
    /// Moments within stages
    #[serde(default)]
    pub events: Vec<Event>,
}

/// A stage of life.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Short name
    pub id: String,
    /// Vietnamese name
    pub name: String,
    /// English name
    pub name_en: String,
    /// Lower threshold, °C
    pub lower: f64,
    /// Degree days it takes
    pub degree_days: f64,
    /// Where both numbers come from
    pub source: String,
}

/// A moment within a stage.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Short name
    pub id: String,
    /// Vietnamese name
    pub name: String,
    /// English name
    pub name_en: String,
    /// Stage it lies in
    pub stage: String,
    /// Degree days after the stage begins
    pub degree_days: f64,
    /// Where the number comes from
    pub source: String,
}

/// Species that come with the program, by id.
pub const SHIPPED: [(&str, &str); 7] = [
    ("brown-planthopper", include_str!("species/brown-planthopper.toml")),
    ("white-backed-planthopper", include_str!("species/white-backed-planthopper.toml")),
    ("small-brown-planthopper", include_str!("species/small-brown-planthopper.toml")),
    ("leaf-folder", include_str!("species/leaf-folder.toml")),
    ("striped-stem-borer", include_str!("species/striped-stem-borer.toml")),
    ("spotted-stalk-borer", include_str!("species/spotted-stalk-borer.toml")),
    ("fall-armyworm", include_str!("species/fall-armyworm.toml")),
];

/// What happens to heat after the last day of weather.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    /// Nothing is forecast
    None,
    /// Days are as the mean of the last two weeks
    Recent,
    /// Days are as a year before, or as the last two weeks where that is not known
    LastYear,
}

/// Days whose mean stands for those to come.
const RECENT: usize = 14;
/// Days to look ahead of the last day of weather.
const FURTHEST: u64 = 150;

/// A stage or a moment of a generation.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// Generation, from 1
    pub generation: usize,
    /// Id of the stage or event
    pub id: String,
    /// Whether it is a moment within a stage
    pub is_event: bool,
    /// Its day, or the first of the stage; `None` where the weather ends before
    pub from: Option<NaiveDate>,
    /// Last day of the stage
    pub to: Option<NaiveDate>,
    /// Whether its day (of a stage: its last) lies after the last day of weather
    pub extended: bool,
    /// Days of the stage hotter than the upper threshold
    pub hot_days: usize,
}

impl Species {
    /// What is wrong with the parameters, as (key, expectation).
    pub fn fault(&self) -> Option<(&'static str, &'static str)> {
        let good = |stage: &Stage| stage.degree_days > 0.0 && self.upper.is_none_or(|upper| upper > stage.lower);
        let known = |event: &Event| {
            let stage = self.stages.iter().find(|stage| stage.id == event.stage);
            stage.is_some_and(|stage| (0.0..=stage.degree_days).contains(&event.degree_days))
        };
        let checks = [
            (!self.stages.is_empty(), "stages", ">= 1"),
            (self.stages.iter().all(good), "stages", "degree_days > 0, lower < upper"),
            (self.events.iter().all(known), "events", "stage, 0 <= degree_days <= stage.degree_days"),
            (method(&self.method).is_some(), "method", "simple | clip | single-sine | single-triangle"),
        ];
        checks.into_iter().find(|(good, _, _)| !good).map(|(_, key, expected)| (key, expected))
    }

    /// Follows some generations from a day on which `first` begins; `None` unless there is such a stage and the weather has
    /// that day.
    pub fn follow(
        &self,
        weather: &[Day],
        start: NaiveDate,
        first: Option<&str>,
        generations: usize,
        beyond: Beyond,
    ) -> Option<Vec<Moment>> {
        let begin = match first {
            Some(id) => self.stages.iter().position(|stage| stage.id == id)?,
            None => 0,
        };
        let from = weather.binary_search_by_key(&start, |day| day.date).ok()?;
        let heat = Heat { weather, beyond, species: self };
        let mut found = Vec::new();
        // Days since the start, with the part of a day that is gone.
        let mut clock = Some(from as f64);
        for generation in 1..=generations {
            let skipped = if generation == 1 { begin } else { 0 };
            for stage in &self.stages[skipped..] {
                let began = clock;
                let at = |degree_days: f64| heat.reach(began?, stage.lower, degree_days);
                for event in self.events.iter().filter(|event| event.stage == stage.id) {
                    let when = at(event.degree_days);
                    found.push(Moment {
                        generation,
                        id: event.id.clone(),
                        is_event: true,
                        from: when.and_then(|when| heat.date(when)),
                        to: None,
                        extended: when.is_some_and(|when| heat.is_beyond(when)),
                        hot_days: 0,
                    });
                }
                clock = at(stage.degree_days);
                let hot = |day: &Day| self.upper.zip(day.max).is_some_and(|(upper, max)| max > upper);
                let span = began.map_or(0, |began| began as usize)..clock.map_or(0, |end| end as usize).min(weather.len());
                found.push(Moment {
                    generation,
                    id: stage.id.clone(),
                    is_event: false,
                    from: began.and_then(|began| heat.date(began)),
                    to: clock.and_then(|end| heat.date(end)),
                    extended: clock.is_some_and(|end| heat.is_beyond(end)),
                    hot_days: weather.get(span).map_or(0, |days| days.iter().filter(|day| hot(day)).count()),
                });
            }
        }
        Some(found)
    }
}

fn method(name: &str) -> Option<Method> {
    Some(match name {
        "simple" => Method::Simple,
        "clip" => Method::Clip,
        "single-sine" => Method::SingleSine,
        "single-triangle" => Method::SingleTriangle,
        _ => return None,
    })
}

/// Degree days of known days and of those after.
struct Heat<'a> {
    weather: &'a [Day],
    beyond: Beyond,
    species: &'a Species,
}

impl Heat<'_> {
    fn date(&self, clock: f64) -> Option<NaiveDate> {
        self.weather.first()?.date.checked_add_days(Days::new(clock as u64))
    }

    fn is_beyond(&self, clock: f64) -> bool {
        clock as usize >= self.weather.len()
    }

    fn of(&self, day: &Day, lower: f64) -> Option<f64> {
        let (min, max) = (day.min?, day.max?);
        let thresholds = Thresholds { lower, upper: self.species.upper };
        Some(method(&self.species.method)?.degree_days(min, max, min, thresholds, Cutoff::Horizontal))
    }

    /// Degree days of a day by its number from the first.
    fn on(&self, day: usize, lower: f64) -> Option<f64> {
        if let Some(day) = self.weather.get(day) {
            return self.of(day, lower);
        }
        let recent = || {
            let last: Vec<f64> = self.weather.iter().rev().take(RECENT).filter_map(|day| self.of(day, lower)).collect();
            (!last.is_empty()).then(|| last.iter().sum::<f64>() / last.len() as f64)
        };
        match self.beyond {
            Beyond::None => None,
            Beyond::Recent => recent(),
            Beyond::LastYear => {
                let date = self.date(day as f64)?;
                let before = (1..=3).find_map(|years| {
                    let then = date.with_year(date.year() - years)?;
                    let at = self.weather.binary_search_by_key(&then, |day| day.date).ok()?;
                    self.of(&self.weather[at], lower)
                });
                before.or_else(recent)
            }
        }
    }

    /// When so many degree days above a threshold have gathered since a time.
    fn reach(&self, began: f64, lower: f64, wanted: f64) -> Option<f64> {
        let mut left = wanted;
        let mut day = began as usize;
        let mut share = 1.0 - began.fract();
        while (day as u64) < self.weather.len() as u64 + FURTHEST {
            let whole = self.on(day, lower)?;
            let heat = whole * share;
            if heat >= left && (heat > 0.0 || left <= 0.0) {
                let part = if whole > 0.0 { left / whole } else { 0.0 };
                return Some(day as f64 + (1.0 - share) + part);
            }
            left -= heat;
            day += 1;
            share = 1.0;
        }
        None
    }
}
