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
//! | [`input`], [`readers`] | files | [`crate::layers::Layer`]s and [`input::Table`]s |
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
//! | [`draw`] | values, scales, words | [`draw::Scene`]s of charts |
//! | [`cartography`] | shapes, values, scales, words | [`draw::Scene`]s of maps |
//! | [`figures`] | the project's maps and charts | pictures ready to be drawn |
//! | [`publish`] | scenes, sheets | files |
//! | [`ooxml`] | scenes, tables, sentences | documents of the office suites |
//! | [`meeting`] | pictures, tables, sentences of a run | slides, a handout, a notice |
//! | [`propose`] | someone's files | a project that builds |
//! | [`app`] | a project | a build, a check |
//!
//! # A project, built
//!
//! ```
//! # fn main() -> ruong::Result<()> {
//! # let folder = tempfile::tempdir().unwrap();
//! let project = ruong::open("data/hong-ngu")?;
//! let mut options = ruong::BuildOptions::default();
//! options.out = Some(folder.path().to_owned());
//! options.only = vec![ruong::Part::Tables];
//!
//! let built = ruong::build(&project, &options)?;
//! println!("{}", built.answer.join("\n"));
//! for problem in built.problems.list() {
//!     eprintln!("{}", problem.problem.get(ruong::Lang::En));
//! }
//! assert_eq!(built.record.counts["error"], 0);
//! # Ok(())
//! # }
//! ```
//!
//! A library user who needs no command line leaves it out: `ruong = { version = "0.2", default-features = false }`.
//!
//! The calculations stand on their own, numbers in and numbers out: [`join::overlay`] lays fields over communes, [`hotspots`] finds
//! clusters, [`forecast`] and [`outbreaks`] hold the models. The other rooms are the program's own, and may change with any version.

#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::dbg_macro))]

#[doc(hidden)]
pub mod app;
#[doc(hidden)]
pub mod cartography;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod console;
#[doc(hidden)]
pub mod draw;
#[doc(hidden)]
pub mod figures;
pub mod forecast;
#[doc(hidden)]
pub mod headings;
pub mod hotspots;
#[doc(hidden)]
pub mod input;
pub mod join;
#[doc(hidden)]
pub mod layers;
#[doc(hidden)]
pub mod measures;
#[doc(hidden)]
pub mod meeting;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod ooxml;
pub mod outbreaks;
#[doc(hidden)]
pub mod places;
pub mod project;
#[doc(hidden)]
pub mod propose;
#[doc(hidden)]
pub mod publish;
#[doc(hidden)]
pub mod readers;
#[doc(hidden)]
pub mod readings;
#[doc(hidden)]
pub mod render;
pub mod run;
#[doc(hidden)]
pub mod scale;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod tables;
pub mod values;
#[doc(hidden)]
pub mod words;
#[doc(hidden)]
pub mod workbook;

pub use app::library::{BuildOptions, Built, build, build_watched, open};
pub use app::{Checked, Part, check};
pub use model::engine::SharedEngine;
pub use project::Project;
pub use publish::Format;
pub use run::{Fault, Level, Problem, Problems, Progress, Result};
pub use values::{Lang, Message};
