//! Hectares by severity, commune and pest in one period.

use super::joined::Joined;
use super::periods::{Periods, When};
use crate::values::{Exact, Period, Value, exact, numbers, severity};

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
    /// Hectares sown, as a report states them; 0 where it does not
    pub sown_ha: f64,
    /// Hectares treated, where a report states them
    pub treated_ha: Option<f64>,
    /// Contracted hectares with a forecast
    pub linked_surveyed_ha: f64,
    /// Contracted hectares on fields whose highest severity is at least medium
    pub linked_at_risk_ha: f64,
}

impl Account {
    /// Hectares at or above the level from which land counts as infested.
    pub fn infested_ha(&self) -> f64 {
        let levels = &self.level_ha[usize::from(severity::MEANING.infested_from)..];
        exact::sum(levels.iter().copied().chain([self.unclassed_ha]))
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
            let of_reports = level.map_or_else(|| exact::sum(self.reported_ha), level_of);
            self.infested(level).map(|hectares| numbers::percent(hectares - of_reports, self.surveyed_ha))
        } else {
            Value::NotSurveyed
        }
    }

    /// Mean severity by weight.
    pub fn mean_severity(&self) -> Value {
        if self.weight > 0.0 { Value::finite(self.weighted_severity / self.weight) } else { Value::NotSurveyed }
    }

    /// Takes the infested hectares of a report.
    fn take_hectares(&mut self, report: Account) {
        self.level_ha = report.level_ha;
        self.unclassed_ha = report.unclassed_ha;
        self.reported_ha = report.level_ha;
        self.reported_ha[0] = report.unclassed_ha;
        self.reported = true;
        self.sown_ha = self.sown_ha.max(report.sown_ha);
        self.treated_ha = report.treated_ha;
    }

    /// Sum of accounts.
    pub fn total<'a>(accounts: impl IntoIterator<Item = &'a Account>) -> Account {
        let accounts: Vec<&Account> = accounts.into_iter().collect();
        let sum = |part: fn(&Account) -> f64| exact::sum(accounts.iter().map(|account| part(account)));
        let levels = |part: fn(&Account) -> [f64; 5]| {
            std::array::from_fn(|level| exact::sum(accounts.iter().map(|account| part(account)[level])))
        };
        Account {
            surveyed_ha: sum(|account| account.surveyed_ha),
            level_ha: levels(|account| account.level_ha),
            unclassed_ha: sum(|account| account.unclassed_ha),
            reported: accounts.iter().any(|account| account.reported),
            reported_ha: levels(|account| account.reported_ha),
            weight: sum(|account| account.weight),
            weighted_severity: sum(|account| account.weighted_severity),
            sown_ha: sum(|account| account.sown_ha),
            treated_ha: {
                let treated: Vec<f64> = accounts.iter().filter_map(|account| account.treated_ha).collect();
                (!treated.is_empty()).then(|| exact::sum(treated))
            },
            linked_surveyed_ha: sum(|account| account.linked_surveyed_ha),
            linked_at_risk_ha: sum(|account| account.linked_at_risk_ha),
        }
    }
}

/// An account while it is summed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    surveyed: Exact,
    levels: [Exact; 5],
    weight: Exact,
    weighted_severity: Exact,
    linked_surveyed: Exact,
    linked_at_risk: Exact,
}

impl Tally {
    /// Adds surveyed land with its contracts.
    pub(super) fn add(&mut self, hectares: Exact, linked: Option<Exact>, mean: f64, highest: f32) {
        self.surveyed.add(hectares);
        self.levels[(highest.max(0.0) as usize).min(4)].add(hectares);
        self.weigh(hectares, linked, mean, highest);
    }

    /// Adds something surveyed whose hectares are not known, by its weight.
    pub(super) fn weigh(&mut self, weight: Exact, linked: Option<Exact>, mean: f64, highest: f32) {
        self.weight.add(weight);
        self.weighted_severity.add_product(weight, mean);
        self.see_contract(linked, highest);
    }

    /// Adds surveyed contracts.
    pub(super) fn see_contract(&mut self, linked: Option<Exact>, highest: f32) {
        let Some(linked) = linked else { return };
        self.linked_surveyed.add(linked);
        if severity::is_at_risk(f64::from(highest)) {
            self.linked_at_risk.add(linked);
        }
    }

    fn account(&self) -> Account {
        Account {
            surveyed_ha: self.surveyed.value(),
            level_ha: self.levels.map(Exact::value),
            weight: self.weight.value(),
            weighted_severity: self.weighted_severity.value(),
            linked_surveyed_ha: self.linked_surveyed.value(),
            linked_at_risk_ha: self.linked_at_risk.value(),
            ..Account::default()
        }
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
        let days = forecasts.days_in(period, undated);
        let sums = joined.engine.sums(joined, &joined.land, &days);
        let of = |tallies: &Vec<Tally>| tallies.iter().map(Tally::account).collect::<Vec<_>>();
        let mut accounts = Accounts {
            communes: of(&sums.communes),
            pests: sums.pests.iter().map(of).collect(),
            unplaced: sums.unplaced.account(),
            unplaced_pests: of(&sums.unplaced_pests),
            severities: sums.severities,
        };
        accounts.add_reports(&forecasts.reports(&days, communes));
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
}

/// Accounts of the periods that have any rows.
pub type ByPeriod = Vec<(When, Accounts)>;

/// Accounts of the reporting period and of those periods it can be compared with.
pub fn accounts(joined: &Joined) -> ByPeriod {
    of_periods(joined, &joined.periods, true)
}

/// Accounts of another period and of those it is compared with, as a run that reports it has them. Rows without a day are of the
/// reporting period alone.
pub fn accounts_at(joined: &Joined, period: Period) -> ByPeriod {
    of_periods(joined, &joined.periods.as_of(period), joined.periods.get(When::Current) == Some(period))
}

fn of_periods(joined: &Joined, periods: &Periods, undated: bool) -> ByPeriod {
    let mut list = vec![(When::Current, Accounts::new(joined, periods.get(When::Current), undated))];
    for when in [When::Previous, When::LastYear] {
        let period = periods.get(when);
        if joined.has_rows_in(period) {
            list.push((when, Accounts::new(joined, period, false)));
        }
    }
    list
}

/// Accounts of a period, if it has any rows.
pub fn of_period(periods: &ByPeriod, when: When) -> Option<&Accounts> {
    periods.iter().find(|(known, _)| *known == when).map(|(_, accounts)| accounts)
}
