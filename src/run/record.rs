//! run.json: what went in, what joined, what came out, and how long it took.

use super::problems::Entry;
use serde::Serialize;
use std::collections::BTreeMap;

/// The record of one run. Only this output holds times, so only this one differs between equal runs.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Record {
    /// Version of ruong
    pub version: &'static str,
    /// Project file as given
    pub project: String,
    /// Title of the project
    pub title: String,
    /// Reporting periods by role: current, previous, last-year
    pub periods: BTreeMap<&'static str, [String; 2]>,
    /// Every file read
    pub inputs: Vec<Input>,
    /// Every join made
    pub joins: Vec<Join>,
    /// Every measure computed, with the sum or mean over all communes
    pub measures: Vec<Measure>,
    /// What is forecast rather than seen, by which model, and how good that has been
    pub forecasts: Vec<String>,
    /// How areas and maps were made
    pub geodesy: Geodesy,
    /// Every scale that data made, with its fit
    pub scales: Vec<ScaleMade>,
    /// What every picture shows, as a fingerprint, so that the next run need not draw it again
    pub pictures: BTreeMap<String, String>,
    /// Pictures that showed the same as last time and were left as they were
    pub unchanged: usize,
    /// Every file there is, relative to the output folder: those of this run, and those of earlier ones that it did not touch
    pub outputs: Vec<String>,
    /// The same files with their hashes and the part of the build that made them
    pub files: BTreeMap<String, FileMade>,
    /// What the files of each kind were made from: inputs by role and name, with their hashes
    pub sources: BTreeMap<String, BTreeMap<String, String>>,
    /// Files of earlier runs that were taken away, because this run no longer makes them
    pub removed: Vec<String>,
    /// Counts of problems by level
    pub counts: BTreeMap<&'static str, usize>,
    /// Every problem
    pub problems: Vec<Entry>,
    /// Seconds by stage
    pub timings: BTreeMap<&'static str, f64>,
}

/// A file read.
#[derive(Debug, Clone, Serialize)]
pub struct Input {
    /// Role in the project, such as `communes` or the id of a table
    pub role: String,
    /// Path as written in the project file
    pub file: String,
    /// Size
    pub bytes: u64,
    /// SHA-256 of the bytes, hexadecimal
    pub sha256: String,
    /// Features or rows
    pub rows: u64,
    /// How the file was understood: delimiter, decimal sign and so on
    pub read_as: BTreeMap<&'static str, String>,
    /// The first lines of a table that was found in a sheet, for people to see what was understood
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub preview: Vec<String>,
}

/// A join of one input to another.
#[derive(Debug, Clone, Serialize)]
pub struct Join {
    /// Role of what was joined
    pub from: String,
    /// Role of what it was joined to
    pub to: String,
    /// Column or method
    pub by: String,
    /// Units of the other side (or features, rows) that found a partner
    pub matched: u64,
    /// Distinct keys (or features) that found none
    pub unmatched: u64,
    /// Units on the other side that nothing was joined to
    pub without: u64,
}

/// A measure computed.
#[derive(Debug, Clone, Serialize)]
pub struct Measure {
    /// Id
    pub id: String,
    /// Unit
    pub unit: String,
    /// Value over all communes, where that makes sense
    pub total: Option<f64>,
}

/// A scale that data made.
#[derive(Debug, Clone, Serialize)]
pub struct ScaleMade {
    /// Named scale, measure or batch of maps
    pub of: String,
    /// Scheme
    pub scheme: &'static str,
    /// Bounds between classes
    pub breaks: Vec<f64>,
    /// Values in each class
    pub counts: Vec<usize>,
    /// Goodness of variance fit
    pub gvf: f64,
    /// Sum of absolute distances to class medians
    pub adcm: f64,
}

/// A file written.
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize)]
pub struct FileMade {
    /// SHA-256 of its bytes
    pub sha256: String,
    /// Part of the build: tables, maps, charts, outputs, or the run itself
    pub part: String,
    /// It holds exact places or names of households
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
}

/// How areas and maps were made.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Geodesy {
    /// How hectares were computed
    pub areas: String,
    /// Map projection
    pub projection: String,
}
