//! Registers of outbreaks and herds, as the project names them.

pub mod read;
pub mod status;

use crate::outbreaks::Active;
use crate::outbreaks::{Diseases, Herds, Register};
use chrono::NaiveDate;

/// A register of outbreaks.
#[derive(Debug, Clone)]
pub struct RegisterTable {
    /// Id of the table
    pub id: String,
    /// Name for people; may be empty
    pub name: String,
    /// Outbreaks
    pub register: Register,
    /// What is known of their diseases
    pub diseases: Diseases,
    /// Id of the table of herds that rates are over
    pub herds: Option<String>,
    /// Days without a case after which an outbreak is no longer active
    pub release_days: Option<u32>,
    /// Exact places are shown
    pub exact: bool,
    /// A commune without a row had no outbreak
    pub complete: bool,
    /// Positions are kilometres of a plane, not degrees
    pub plane: bool,
}

/// A register of herds.
#[derive(Debug, Clone)]
pub struct HerdsTable {
    /// Id of the table
    pub id: String,
    /// Name for people; may be empty
    pub name: String,
    /// Herds
    pub herds: Herds,
}

impl RegisterTable {
    /// Which outbreaks are active on a day; the last one of the register without one.
    pub fn active(&self, on: Option<NaiveDate>) -> Active {
        let on = on.or_else(|| self.register.last_day()).unwrap_or_default();
        Active { from: None, on, release_days: self.release_days }
    }

    /// The day up to which outbreaks are counted by week: one that is set, or the last report, after which nobody has looked.
    pub fn counted_until(&self, set: Option<NaiveDate>) -> NaiveDate {
        set.or(self.register.last_report).or_else(|| self.register.last_day()).unwrap_or_default()
    }
}
