//! Series side by side: every unit and pest over the same weeks.

use chrono::NaiveDate;

/// One week of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its first day
    pub from: NaiveDate,
    /// Year it counts in
    pub year: i32,
    /// Its place in the year, 0 to 51
    pub number: usize,
}

/// The values of one pest in one unit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series {
    /// Commune, field or trap
    pub unit: String,
    /// Pest
    pub pest: String,
    /// A value a week; `None` where nobody counted
    pub values: Vec<Option<f64>>,
    /// Weather and other numbers beside the series: a list for each of the panel's names
    pub covariates: Vec<Vec<Option<f64>>>,
    /// No value can be larger: the hectares sown, as known in each week; empty where nothing is
    pub upper_bound: Vec<Option<f64>>,
    /// Weeks in which a crop was sown, in order
    pub sown: Vec<usize>,
}

impl Series {
    /// The value of a week.
    pub fn at(&self, week: usize) -> Option<f64> {
        self.values.get(week).copied().flatten()
    }

    /// The value so many weeks before a week.
    pub fn before(&self, week: usize, lag: usize) -> Option<f64> {
        self.at(week.checked_sub(lag)?)
    }

    /// The hectares sown as last known at a week; none where they were 0, for then the season has only ended.
    pub fn upper_bound_at(&self, week: usize) -> Option<f64> {
        let known = &self.upper_bound[..self.upper_bound.len().min(week + 1)];
        known.iter().rev().flatten().copied().find(|most| *most > 0.0)
    }

    /// The week of the crop before that lay as many weeks after its sowing as a week does after its own, as seen at an origin: what was
    /// sown later was not known yet.
    pub fn same_age(&self, week: usize, origin: usize) -> Option<usize> {
        let now = self.sown.iter().rposition(|&sown| sown <= origin.min(week))?;
        let before = *self.sown.get(now.checked_sub(1)?)?;
        Some(before + (week - self.sown[now])).filter(|week| *week < self.sown[now])
    }

    /// The last week that has a value, up to one.
    pub fn last_seen(&self, week: usize) -> Option<usize> {
        (0..=week.min(self.values.len().checked_sub(1)?)).rev().find(|&week| self.values[week].is_some())
    }
}

/// Series over the same weeks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Panel {
    /// Weeks without gaps, in order
    pub weeks: Vec<Week>,
    /// The series, in order of unit and pest
    pub series: Vec<Series>,
    /// Names of what stands beside the series
    pub covariates: Vec<String>,
}

impl Panel {
    /// Years in order.
    pub fn years(&self) -> Vec<i32> {
        let mut years: Vec<i32> = self.weeks.iter().map(|week| week.year).collect();
        years.dedup();
        years
    }

    /// The first week of a year and the first after it.
    pub fn span(&self, year: i32) -> (usize, usize) {
        (self.weeks.partition_point(|week| week.year < year), self.weeks.partition_point(|week| week.year <= year))
    }

    /// Pests in order of name.
    pub fn pests(&self) -> Vec<&str> {
        let mut pests: Vec<&str> = self.series.iter().map(|series| series.pest.as_str()).collect();
        pests.sort_unstable();
        pests.dedup();
        pests
    }
}
