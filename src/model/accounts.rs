//! Hectares by severity, commune and pest in one period.

use super::joined::Joined;
use super::observations::Forecast;
use super::periods::When;
use crate::join::Target;
use crate::values::{Period, Value, severity};

/// Severity of every field (or commune) in a period. NaN: not surveyed.
#[derive(Debug, Clone, Default)]
pub struct Severities {
    /// Mean over all rows
    pub mean: Vec<f64>,
    /// Highest over all rows
    pub highest: Vec<f32>,
    /// Highest over the rows of each pest
    pub by_pest: Vec<Vec<f32>>,
}

/// Hectares of one commune (or of one pest in it).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Account {
    /// Field hectares with a forecast
    pub surveyed_ha: f64,
    /// Field hectares by severity level; each hectare once, at its highest level
    pub level_ha: [f64; 5],
    /// Infested hectares that a report gives without a class
    pub unclassed_ha: f64,
    /// Hectares are those of a report, not of fields
    pub reported: bool,
    /// Of the hectares by level, what comes from reports; at 0 what they leave without a class
    pub reported_ha: [f64; 5],
    /// Weight of what has a forecast: its hectares, or 1 for a commune whose hectares are not known
    pub weight: f64,
    /// Sum of weight times mean severity
    pub weighted_severity: f64,
    /// Contracted hectares with a forecast
    pub linked_surveyed_ha: f64,
    /// Contracted hectares on fields whose highest severity is at least medium
    pub linked_at_risk_ha: f64,
}

impl Account {
    /// Hectares at or above the level from which land counts as infested.
    pub fn infested_ha(&self) -> f64 {
        self.level_ha[usize::from(severity::MEANING.infested_from)..].iter().sum::<f64>() + self.unclassed_ha
    }

    /// Infested hectares, of one level or of all, where a survey or a report gives them.
    pub fn infested(&self, level: Option<u8>) -> Value {
        if level.is_some() && self.unclassed_ha > 0.0 {
            // The report does not say of which class they are.
            Value::NoData
        } else if self.surveyed_ha > 0.0 || self.reported {
            Value::finite(level.map_or(self.infested_ha(), |level| self.level_ha[usize::from(level.min(severity::HIGHEST))]))
        } else {
            Value::NotSurveyed
        }
    }

    /// Infested hectares in percent of those surveyed.
    pub fn infested_share_pct(&self, level: Option<u8>) -> Value {
        if self.surveyed_ha > 0.0 {
            // Reports have no surveyed land to be a share of.
            let level_of = |level: u8| self.reported_ha[usize::from(level.min(severity::HIGHEST))];
            let of_reports = level.map_or_else(|| self.reported_ha.iter().sum(), level_of);
            self.infested(level).map(|hectares| 100.0 * (hectares - of_reports) / self.surveyed_ha)
        } else {
            Value::NotSurveyed
        }
    }

    /// Mean severity by weight.
    pub fn mean_severity(&self) -> Value {
        if self.weight > 0.0 { Value::finite(self.weighted_severity / self.weight) } else { Value::NotSurveyed }
    }

    fn add(&mut self, hectares: f64, linked: f64, mean: f64, highest: f32) {
        self.surveyed_ha += hectares;
        self.level_ha[(highest.max(0.0) as usize).min(4)] += hectares;
        self.weigh(hectares, linked, mean, highest);
    }

    fn weigh(&mut self, weight: f64, linked: f64, mean: f64, highest: f32) {
        self.weight += weight;
        self.weighted_severity += weight * mean;
        self.see_contract(linked, highest);
    }

    fn see_contract(&mut self, linked: f64, highest: f32) {
        if linked.is_finite() {
            self.linked_surveyed_ha += linked;
            if severity::is_at_risk(f64::from(highest)) {
                self.linked_at_risk_ha += linked;
            }
        }
    }

    /// Takes the infested hectares of a report.
    fn take_hectares(&mut self, report: Account) {
        self.level_ha = report.level_ha;
        self.unclassed_ha = report.unclassed_ha;
        self.reported_ha = report.level_ha;
        self.reported_ha[0] = report.unclassed_ha;
        self.reported = true;
    }

    /// Sum of accounts.
    pub fn total<'a>(accounts: impl IntoIterator<Item = &'a Account>) -> Account {
        accounts.into_iter().fold(Account::default(), |mut sum, account| {
            sum.unclassed_ha += account.unclassed_ha;
            sum.reported |= account.reported;
            sum.reported_ha.iter_mut().zip(account.reported_ha).for_each(|(sum, hectares)| *sum += hectares);
            sum.surveyed_ha += account.surveyed_ha;
            sum.weight += account.weight;
            sum.weighted_severity += account.weighted_severity;
            sum.linked_surveyed_ha += account.linked_surveyed_ha;
            sum.linked_at_risk_ha += account.linked_at_risk_ha;
            sum.level_ha.iter_mut().zip(account.level_ha).for_each(|(sum, hectares)| *sum += hectares);
            sum
        })
    }
}

/// All accounts of a period.
#[derive(Debug, Clone, Default)]
pub struct Accounts {
    /// By commune
    pub communes: Vec<Account>,
    /// By pest, then commune
    pub pests: Vec<Vec<Account>>,
    /// Contracts of fields that lie nobody knows where
    pub unplaced: Account,
    /// The same by pest
    pub unplaced_pests: Vec<Account>,
    /// Severity of each field or commune
    pub severities: Severities,
}

impl Accounts {
    /// Accounts of the rows in a period. `undated` says whether rows without a day count.
    pub fn new(joined: &Joined, period: Option<Period>, undated: bool) -> Accounts {
        let communes = joined.communes.len();
        let Some(forecasts) = &joined.forecasts else {
            return Accounts { communes: vec![Account::default(); communes], ..Accounts::default() };
        };
        let severities = severities(joined, period, undated);
        let mut accounts = Accounts {
            communes: vec![Account::default(); communes],
            pests: vec![vec![Account::default(); communes]; forecasts.pests.len()],
            unplaced: Account::default(),
            unplaced_pests: vec![Account::default(); forecasts.pests.len()],
            severities,
        };
        match forecasts.target {
            Some(Target::Fields) => accounts.add_fields(joined),
            Some(Target::Communes) => accounts.add_communes(joined),
            None => {}
        }
        accounts.add_reports(&forecasts.reports(&forecasts.days_in(period, undated)));
        accounts
    }

    /// Over all communes, and the contracts of no known place; of one pest or of all.
    pub fn whole(&self, pest: Option<usize>) -> Account {
        let (communes, unplaced) = match pest {
            Some(pest) => (self.pests.get(pest), self.unplaced_pests.get(pest)),
            None => (Some(&self.communes), Some(&self.unplaced)),
        };
        Account::total(communes.into_iter().flatten().chain(unplaced))
    }

    /// What is known of the contracts of a field without a place: whether they are at risk, and of which pests.
    fn add_unplaced(&mut self, field: usize, linked: f64) {
        let Severities { highest, by_pest, .. } = &self.severities;
        self.unplaced.see_contract(linked, highest[field]);
        for (account, severities) in self.unplaced_pests.iter_mut().zip(by_pest) {
            if !severities[field].is_nan() {
                account.see_contract(linked, severities[field]);
            }
        }
    }

    fn add_fields(&mut self, joined: &Joined) {
        let Some(fields) = &joined.fields else { return };
        for &field in &joined.land.unplaced {
            let field = field as usize;
            if !self.severities.highest[field].is_nan() {
                self.add_unplaced(field, joined.land.linked_of_field.get(field).copied().unwrap_or(f64::NAN));
            }
        }
        let Severities { mean, highest, by_pest } = &self.severities;
        for field in 0..fields.pieces.len() {
            if highest[field].is_nan() {
                continue;
            }
            let area = fields.pieces.area_ha[field];
            let linked = joined.land.linked_of_field.get(field).copied().unwrap_or(f64::NAN);
            for piece in fields.pieces.of(field) {
                let commune = piece.commune as usize;
                let (hectares, linked) = (area * piece.share, linked * piece.share);
                self.communes[commune].add(hectares, linked, mean[field], highest[field]);
                for (accounts, severities) in self.pests.iter_mut().zip(by_pest) {
                    let severity = severities[field];
                    if !severity.is_nan() {
                        accounts[commune].add(hectares, linked, f64::from(severity), severity);
                    }
                }
            }
        }
    }

    /// Reported hectares, where no survey row gives better ones. Over several pests, the largest of any: land may carry more
    /// than one, so their sum is not land.
    fn add_reports(&mut self, reports: &[(usize, usize, Account)]) {
        for &(pest, commune, report) in reports {
            let account = &mut self.pests[pest][commune];
            if account.surveyed_ha <= 0.0 {
                account.take_hectares(report);
            }
        }
        for &(pest, commune, _) in reports {
            let (account, whole) = (self.pests[pest][commune], &mut self.communes[commune]);
            let empty = whole.surveyed_ha <= 0.0 && !whole.reported;
            if account.reported && (empty || whole.reported && account.infested_ha() > whole.infested_ha()) {
                whole.take_hectares(account);
            }
        }
    }

    fn add_communes(&mut self, joined: &Joined) {
        let Severities { mean, highest, by_pest } = &self.severities;
        for commune in 0..joined.communes.len() {
            let hectares = joined.land.field_area_ha[commune];
            let linked = joined.land.linked_ha[commune];
            let add = |account: &mut Account, mean: f64, highest: f32| match &joined.fields {
                Some(_) => account.add(hectares, linked, mean, highest),
                None => account.weigh(1.0, linked, mean, highest),
            };
            if !highest[commune].is_nan() {
                add(&mut self.communes[commune], mean[commune], highest[commune]);
            }
            for (accounts, severities) in self.pests.iter_mut().zip(by_pest) {
                let severity = severities[commune];
                if !severity.is_nan() {
                    add(&mut accounts[commune], f64::from(severity), severity);
                }
            }
        }
    }
}

/// Mean and highest severity of every unit over the rows of a period, summed in file order.
fn severities(joined: &Joined, period: Option<Period>, undated: bool) -> Severities {
    let Some(forecasts) = &joined.forecasts else { return Severities::default() };
    let units = match forecasts.target {
        Some(Target::Fields) => joined.fields.as_ref().map_or(0, |fields| fields.pieces.len()),
        _ => joined.communes.len(),
    };
    let inside = forecasts.days_in(period, undated);
    let mut found = Severities {
        mean: vec![0.0; units],
        highest: vec![f32::NAN; units],
        by_pest: vec![vec![f32::NAN; units]; forecasts.pests.len()],
    };
    let mut counts = vec![0u32; units];
    forecasts.visit(&inside, |Forecast { unit, pest, severity }| {
        found.mean[unit] += f64::from(severity);
        counts[unit] += 1;
        found.highest[unit] = found.highest[unit].max(severity);
        let slot = &mut found.by_pest[pest][unit];
        *slot = slot.max(severity);
    });
    for (mean, &count) in found.mean.iter_mut().zip(&counts) {
        *mean = if count == 0 { f64::NAN } else { *mean / f64::from(count) };
    }
    found
}

/// Accounts of the periods that have any rows.
pub type ByPeriod = Vec<(When, Accounts)>;

/// Accounts of the reporting period and of those periods it can be compared with.
pub fn accounts(joined: &Joined) -> ByPeriod {
    let mut periods = vec![(When::Current, Accounts::new(joined, joined.periods.get(When::Current), true))];
    for when in [When::Previous, When::LastYear] {
        if joined.has_rows(when) {
            periods.push((when, Accounts::new(joined, joined.periods.get(when), false)));
        }
    }
    periods
}

/// Accounts of a period, if it has any rows.
pub fn of_period(periods: &ByPeriod, when: When) -> Option<&Accounts> {
    periods.iter().find(|(known, _)| *known == when).map(|(_, accounts)| accounts)
}
