//! **ruong** ("ruộng", a paddy field) turns what an agriculture office knows about its fields into maps and charts that a
//! meeting can decide from: it reads field and commune boundaries, joins pest forecasts and linked-production acreage,
//! and answers how many hectares under contract are forecast to be hit, where, by what, and what has changed.
//!
//! # The pipeline
//!
//! Data flow one way, through rooms that never call a later one; a test holds it:
//!
//! ```text
//! Project ─→ layers, tables ─→ joined data ─→ measures ─→ scales, sentences, sheets ─→ scenes ─→ files
//! project    input, places,    model          measures    scale, words, tables         figures,  publish
//!            join                                                                      draw
//!
//! forecast, outbreaks, hotspots: calculations, numbers in and numbers out, used from model on
//! app: the sequence, written once; cli: arguments to a project in memory to app
//! ground floor, used by every room: run (problems, progress, record) and values (units, dates, numbers, areas)
//! ```
//!
//! | room | takes | gives |
//! |---|---|---|
//! | [`project`] | `ruong.toml` | a checked [`project::Project`] |
//! | [`workbook`] | files | sheets of cells |
//! | [`input`] | files | [`crate::layers::Layer`]s and [`input::Table`]s |
//! | [`layers`] | files | [`layers::Layer`]s of shapes |
//! | [`places`] | a layer | [`places::Communes`], checked |
//! | [`join`] | layers, tables | shares of fields in communes, rows on fields and communes |
//! | [`readings`] | tables of traps and sensors | readings by day, in one unit, against limits |
//! | [`forecast`] | tables of weather, weeks, readings of traps | seasons, life stages, peaks, next weeks, scores |
//! | [`outbreaks`] | registers of outbreaks and herds, communes | zones and whom they hold, curves, tallies, risks of spread |
//! | [`hotspots`] | numbers and neighbours | association, clusters, scans, smoothed rates |
//! | [`model`] | what was joined | [`model::Joined`] data and their sums by commune |
//! | [`measures`] | joined data | what can be shown: [`model::Measured`] values |
//! | [`scale`] | values | classes, colours, labels |
//! | [`words`] | measures | sentences in both languages |
//! | [`tables`] | joined data, measures | [`tables::Sheet`]s |
//! | [`draw`] | values, scales, words | [`draw::Scene`]s |
//! | [`figures`] | the project's maps and charts | pictures ready to be drawn |
//! | [`publish`] | scenes, sheets | files |
//! | [`propose`] | someone's files | a project that builds |
//! | [`app`] | a project | a build, a check |
//!
//! # The way from a file to a number
//!
//! ```
//! use ruong::app::{self, Needs};
//! use ruong::model::{When, accounts};
//! use ruong::run::{Problems, Progress, Record};
//!
//! # fn main() -> ruong::run::Result<()> {
//! let mut problems = Problems::default();
//! let mut record = Record::default();
//!
//! let project = ruong::project::open("data/hong-ngu".as_ref())?;
//! let joined = app::load(&project, Needs::ALL, &mut problems, &mut record, &mut Progress::silent())?;
//! let periods = accounts(&joined);
//! let sheet = ruong::tables::communes::communes(&joined, &periods)?;
//! assert_eq!(sheet.rows.len(), 10);
//! assert_eq!(periods[0].0, When::Current);
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::dbg_macro))]

pub mod app;
pub mod cli;
pub mod console;
pub mod draw;
pub mod figures;
pub mod forecast;
pub mod hotspots;
pub mod input;
pub mod join;
pub mod layers;
pub mod measures;
pub mod model;
pub mod outbreaks;
pub mod places;
pub mod project;
pub mod propose;
pub mod publish;
pub mod readings;
pub mod run;
pub mod scale;
pub mod source;
pub mod tables;
pub mod values;
pub mod words;
pub mod workbook;
