//! **ruong** ("ruộng", a paddy field) turns what an agriculture office knows about its fields into maps and charts that a
//! meeting can decide from: it reads field and commune boundaries, joins pest forecasts and linked-production acreage,
//! and answers how many hectares under contract are forecast to be hit, where, by what, and what has changed.
//!
//! # The pipeline
//!
//! Data flow one way, through rooms that never call a later one:
//!
//! ```text
//! project file ─ project ─┐
//! GeoJSON, CSV ─ input ───┤
//!                         ├─ places ── join ── measures ── scale ── draw ── publish ─→ tables, maps, charts
//!                         communes     fields  hectares    classes  scenes  files
//!
//! weather, histories, readings ─ forecast ──→ days and numbers, which join the measures or go to people
//! registers of animal disease ─ outbreaks ─→ zones, rates, risks, which do the same
//! measures ──────────────────── hotspots ──→ clusters, tested
//!
//! ground floor, used by every room: run (problems, progress, record) and values (units, dates, numbers, areas)
//! ```
//!
//! | room | takes | gives |
//! |---|---|---|
//! | [`project`] | `ruong.toml` | a checked [`project::Project`] |
//! | [`input`] | files | [`input::Layer`]s and [`input::Table`]s |
//! | [`places`] | a layer | [`places::Communes`], checked |
//! | [`join`] | layers, tables | shares of fields in communes, rows on fields and communes |
//! | [`measures`] | what was joined | a [`measures::World`] and its measures |
//! | [`forecast`] | tables of weather, weeks, traps, sensors | seasons, life stages, peaks, next weeks, scores |
//! | [`outbreaks`] | registers of outbreaks and herds, communes | zones and whom they hold, curves, tallies, risks of spread |
//! | [`hotspots`] | numbers and neighbours | association, clusters, scans, smoothed rates |
//! | [`scale`] | values | classes, colours, labels |
//! | [`draw`] | measures, scales | [`draw::Scene`]s |
//! | [`publish`] | scenes, tables | files |
//!
//! [`pipeline`] calls them in order; [`cli`] is the program.
//!
//! # The way from a file to a number
//!
//! ```
//! use ruong::measures::When;
//! use ruong::pipeline::{self, Needs};
//! use ruong::run::{Problems, Progress, Record};
//! use ruong::values::Lang;
//!
//! # fn main() -> ruong::run::Result<()> {
//! let mut problems = Problems::default();
//! let mut record = Record::default();
//! let mut progress = Progress::new(Lang::En, true);
//!
//! let project = ruong::project::open("data/hong-ngu".as_ref(), &mut problems)?;
//! let world = pipeline::load(&project, Needs::ALL, &mut problems, &mut record, &mut progress)?;
//! let periods = pipeline::accounts(&world);
//! let sheet = ruong::publish::tables::communes(&world, &periods)?;
//! assert_eq!(sheet.rows.len(), 10);
//! assert_eq!(periods[0].0, When::Current);
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::dbg_macro))]

pub mod cli;
pub mod draw;
pub mod forecast;
pub mod hotspots;
pub mod input;
pub mod join;
pub mod measures;
pub mod outbreaks;
pub mod pipeline;
pub mod places;
pub mod project;
pub mod publish;
pub mod run;
pub mod scale;
pub mod values;
