//! What all pictures of a run share: measured values, weeks, scales and the ground of the maps.

use super::shown::{Heading, Pool, Shown};
use crate::cartography::{Figure, Ground};
use crate::draw::Imprint;
use crate::draw::furniture::Titles;
use crate::measures::series::{Week, weeks};
use crate::measures::{catalogue, find};
use crate::message;
use crate::model::accounts::{Accounts, accounts_at};
use crate::model::{ByPeriod, Joined, Measured, When, of_period};
use crate::project::{By, ChartKind, ForEach, MapKind, MeasureKey, Page, Project};
use crate::run::{Fault, Place, Result, record};
use crate::scale::{Scale, Style};
use crate::values::{Lang, Period, Unit, Value};
use crate::words::{self, shown, since};
use hashbrown::HashMap;
use std::borrow::Cow;
use std::sync::{Mutex, OnceLock};

/// What maps of fields show when they name no measure.
pub const SEVERITY_OF_FIELDS: &str = "severity";

/// Everything that pictures are made from.
pub struct RenderContext<'a> {
    /// Project
    pub project: &'a Project,
    /// Joined data
    pub joined: &'a Joined,
    /// Accounts of the reporting period and those it is compared with
    pub periods: &'a ByPeriod,
    /// Ground of the maps
    pub ground: Ground<'a>,
    weeks: OnceLock<Vec<Week>>,
    scales: Mutex<HashMap<String, Scale>>,
}

impl<'a> RenderContext<'a> {
    /// A render for a run.
    pub fn new(project: &'a Project, joined: &'a Joined, periods: &'a ByPeriod) -> RenderContext<'a> {
        let imprint = Imprint {
            office: project.office.clone(),
            source: project.source.clone(),
            note: project.note.clone(),
            date: project.date.map(|day| day.0),
            lang: project.language,
            bw: project.bw,
            insets: project.insets.clone(),
        };
        let ground = Ground::new(imprint, joined);
        RenderContext { project, joined, periods, ground, weeks: OnceLock::new(), scales: Mutex::default() }
    }

    /// Language.
    pub fn lang(&self) -> Lang {
        self.project.language
    }

    /// Language and paint.
    pub fn style(&self) -> Style {
        self.ground.imprint.style()
    }

    /// Weeks with rows, up to the reporting period.
    pub fn weeks(&self) -> &[Week] {
        self.weeks.get_or_init(|| weeks(self.joined, self.needs_fields_by_week()))
    }

    /// Weeks, or a fault that says there are none.
    pub fn some_weeks(&self) -> Result<&[Week]> {
        let weeks = self.weeks();
        if weeks.is_empty() {
            return Err(Fault::new(
                "no-weeks",
                Place::default(),
                message!("các bảng dự báo không có ngày nào", "the forecast tables have no dates"),
            ));
        }
        Ok(weeks)
    }

    /// Accounts of a week, or of the reporting period.
    pub fn accounts(&self, week: Option<Period>) -> Result<&Accounts> {
        if let Some(found) = week.and_then(|period| self.weeks().iter().find(|week| week.period == period)) {
            return Ok(&found.accounts);
        }
        of_period(self.periods, When::Current)
            .ok_or_else(|| Fault::new("no-period", Place::default(), message!("không có kỳ báo cáo", "there is no period")))
    }

    /// Accounts of a week, or of the reporting period, and of those it is compared with.
    pub fn around(&self, week: Option<Period>) -> Cow<'_, ByPeriod> {
        match week.filter(|week| self.joined.periods.get(When::Current) != Some(*week)) {
            None => Cow::Borrowed(self.periods),
            Some(week) => Cow::Owned(accounts_at(self.joined, week)),
        }
    }

    /// Whether some picture shows by week what follows from single fields: those of one enterprise, or the fields themselves.
    fn needs_fields_by_week(&self) -> bool {
        let maps = self.project.maps.iter().flatten().any(|map| {
            let of_fields =
                map.enterprise.is_some() || map.for_each.contains(&ForEach::Enterprise) || map.kind == MapKind::Fields;
            of_fields && (map.kind.goes_by_week() || map.for_each.contains(&ForEach::Week))
        });
        let charts = self.project.charts.iter().flatten();
        maps || charts.into_iter().any(|chart| chart.by() == By::Enterprise && chart.for_each.contains(&ForEach::Week))
    }

    /// A measure in a week, or in the reporting period.
    pub fn measured(&self, key: &MeasureKey, week: Option<Period>) -> Result<Measured> {
        catalogue::measure(self.joined, self.accounts(week)?, key)
    }

    /// A measure in a period that the reporting period is compared with, if there is one and the measure changes.
    pub fn compared(&self, key: &MeasureKey, when: When) -> Result<Option<Measured>> {
        self.compared_in(self.periods, key, when)
    }

    /// The same among other periods.
    pub fn compared_in(&self, periods: &ByPeriod, key: &MeasureKey, when: When) -> Result<Option<Measured>> {
        let changes = find(&key.measure).is_some_and(|measure| measure.needs.forecasts);
        match of_period(periods, when).filter(|_| changes) {
            Some(accounts) => catalogue::measure(self.joined, accounts, key).map(Some),
            None => Ok(None),
        }
    }

    /// Numbers of a measure over all compared periods, and over the weeks where the project shows them by week, so that
    /// the pictures of all of them share one scale.
    fn pooled(&self, key: &MeasureKey) -> Result<Vec<f64>> {
        let mut pool = self.measured(key, None)?.numbers();
        for when in [When::Previous, When::LastYear] {
            if let Some(then) = self.compared(key, when)? {
                pool.extend(then.numbers());
            }
        }
        if self.shown_by_week(&key.measure) {
            for week in self.weeks() {
                pool.extend(catalogue::measure(self.joined, &week.accounts, key)?.numbers());
            }
        }
        Ok(pool)
    }

    fn shown_by_week(&self, measure: &str) -> bool {
        let maps = self.project.maps.iter().flatten();
        let charts = self.project.charts.iter().flatten();
        find(measure).is_some_and(|measure| measure.needs.forecasts)
            && (maps
                .clone()
                .any(|map| map.measure == measure && (map.kind.goes_by_week() || map.for_each.contains(&ForEach::Week)))
                || charts.clone().any(|chart| chart.measure == measure && chart.kind == ChartKind::Heatmap)
                || self.project.charts.is_none() && measure == "infested_ha")
    }

    /// The scale of a picture. With a name it is shared by every picture that names it; otherwise by those of one pool of
    /// measures; otherwise by all pictures of the measure.
    pub fn scale(&self, named: Option<&str>, pool: Option<&Pool>, key: &MeasureKey, measured: &Measured) -> Result<Scale> {
        if let Some(name) = named.filter(|name| !self.project.scales.contains_key(*name) && !Scale::ships(name)) {
            return Err(Fault::new(
                "unknown-scale",
                Place { value: name.to_owned(), ..Place::default() },
                message!("không có thang \"{name}\" trong [scales]", "there is no scale \"{name}\" in [scales]"),
            ));
        }
        // One measure has one scale in all pictures of a run: that of all pests and enterprises together.
        let whole = MeasureKey { measure: key.measure.clone(), severity: key.severity, ..MeasureKey::default() };
        let is_of_it = |other: &MeasureKey| other.measure == key.measure && other.severity == key.severity;
        let pool = pool.filter(|pool| !pool.keys.iter().all(is_of_it));
        let group = match (named, pool) {
            (Some(name), _) => format!("scale {name}"),
            (None, Some(pool)) => format!("pool {}", pool.id),
            (None, None) => format!("measure {}", measured.id.split([':', '@']).next().unwrap_or_default()),
        };
        if let Some(known) = self.scales.lock().ok().and_then(|scales| scales.get(&group).cloned()) {
            return Ok(known);
        }
        let mut values = Vec::new();
        match (named, pool) {
            (Some(name), _) => {
                for key in self.keys_with_scale(name) {
                    values.extend(self.pooled(&key)?);
                }
                // Pictures that expand to several measures are pooled as they come.
                if let Some(pool) = pool {
                    values.extend(self.of_pool(pool)?);
                }
            }
            (None, Some(pool)) => values = self.of_pool(pool)?,
            (None, None) if measured.signed => values = measured.numbers(),
            (None, None) => {
                values = self.pooled(&whole)?;
                if values.is_empty() {
                    values = self.pooled(key)?;
                }
            }
        }
        let name = named.unwrap_or(measured.scale);
        let scale = Scale::new(name, self.project.scales.get(name), &values, self.style())?;
        if let Ok(mut scales) = self.scales.lock() {
            scales.insert(group, scale.clone());
        }
        Ok(scale)
    }

    fn of_pool(&self, pool: &Pool) -> Result<Vec<f64>> {
        let mut values = Vec::new();
        for key in &pool.keys {
            values.extend(self.pooled(key)?);
        }
        Ok(values)
    }

    fn keys_with_scale(&self, name: &str) -> Vec<MeasureKey> {
        let maps =
            self.project.maps.iter().flatten().filter(|map| map.scale.as_deref() == Some(name) && !map.measure.ends_with('*'));
        let charts = self.project.charts.iter().flatten().filter(|chart| chart.scale.as_deref() == Some(name));
        let maps = maps.map(|map| MeasureKey {
            measure: map.measure.clone(),
            pest: map.pest.clone(),
            severity: map.severity,
            enterprise: map.enterprise.clone(),
        });
        let charts = charts.map(|chart| crate::render::key(&chart.measure, chart.pest.as_ref(), None));
        maps.chain(charts).filter(|key| !key.measure.is_empty()).collect()
    }

    /// Scales made, for the record.
    pub fn record(&self) -> Vec<record::ScaleMade> {
        let mut list: Vec<record::ScaleMade> = self
            .scales
            .lock()
            .map(|scales| {
                scales
                    .iter()
                    .map(|(group, scale)| record::ScaleMade {
                        of: group.clone(),
                        scheme: scale.scheme.name(),
                        breaks: scale.cuts.clone(),
                        counts: scale.goodness.counts.clone(),
                        gvf: scale.goodness.gvf,
                        adcm: scale.goodness.adcm,
                    })
                    .collect()
            })
            .unwrap_or_default();
        list.sort_by(|a, b| a.of.cmp(&b.of));
        list
    }

    /// Title, and project and period below it; a picture of a forecast carries its mark. A measure comes with the one pest shown.
    ///
    /// The finding is the title, unless the project has one of its own: then the finding stands under it.
    pub fn titles(&self, heading: Heading, (measure, pest): (&str, Option<&str>), about: Shown) -> Titles {
        let shown = about.weeks.map(|(span, _)| span).or_else(|| self.joined.periods.get(When::Current));
        let lang = self.lang();
        let mut caveats: Vec<&str> = Vec::new();
        if let Some(outlook) = &self.joined.outlook {
            let moving = find(measure).is_some_and(|measure| measure.needs.forecasts) || measure == SEVERITY_OF_FIELDS;
            match outlook.of(measure) {
                Some(words) => caveats.push(words.get(lang)),
                // Of several weeks the last tells whether any of them is to come.
                None if moving && outlook.covers(shown.map(last_week)) => {
                    caveats.extend(outlook.words.iter().map(|words| words.get(lang)))
                }
                None => {}
            }
        }
        let forecast = !caveats.is_empty();
        let word = if forecast { lang.pick("Kỳ dự báo:", "Forecast for:") } else { lang.pick("Kỳ báo cáo:", "Period:") };
        let period = match about.weeks {
            Some((span, weeks)) if weeks > 1 => Some(match lang {
                Lang::Vi => format!("{weeks} tuần, từ {}", span.format()),
                Lang::En => format!("{weeks} weeks, {}", span.format()),
            }),
            _ => shown.map(|period| format!("{word} {}", period.format())),
        };
        let Heading { own, found, described } = heading;
        let (title, lead) = if own.is_empty() { (found.title, found.lead) } else { (own, found.title) };
        let (lead, described) = (distinct(lead, &title), distinct(described, &title));
        let named = described.clone();
        // What a table states without a day is of no week.
        let undated = self.joined.indicators.find(measure).is_some() && !self.joined.is_of_register(measure)
            || self.joined.is_in_words(measure);
        let period = period.filter(|_| !undated || about.weeks.is_some());
        let parts: Vec<String> = [Some(described), period, Some(self.project.title.clone())]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        let estimate = find(measure).is_some_and(|measure| measure.needs.estimate);
        let mark = match (forecast, estimate) {
            (true, _) => lang.pick("DỰ BÁO", "FORECAST"),
            (_, true) => lang.pick("ƯỚC TÍNH", "ESTIMATE"),
            _ => "",
        };
        let moving = find(measure).is_some_and(|measure| measure.needs.forecasts) || measure == SEVERITY_OF_FIELDS;
        let mut of_numbers = if moving { words::caveats(self.joined, pest, about.each_pest, lang) } else { Vec::new() };
        if estimate {
            // Of several weeks the numbers stand on the pictures themselves.
            let week = about.weeks.map(|(span, _)| span);
            if about.weeks.is_none_or(|(_, weeks)| weeks == 1) {
                of_numbers.extend(words::estimated(self.joined, &self.around(week), pest, lang));
            }
            of_numbers.push(words::estimate(self.joined).get(lang).to_owned());
        }
        let caveats: Vec<&str> = of_numbers.iter().map(String::as_str).chain(caveats).collect();
        Titles {
            title,
            lead,
            measure: named,
            subtitle: parts.join("  ·  "),
            mark: mark.to_owned(),
            caveat: caveats.join(". "),
            over: Vec::new(),
            strip: None,
        }
    }

    /// The page of a picture.
    pub fn page(&self, own: Option<&Page>) -> Page {
        let mut page = own.unwrap_or(&self.project.page).clone();
        page.dpi = page.dpi.or(self.project.page.dpi);
        page
    }

    /// Value over all communes now, before and last year, with the change.
    pub fn figures(&self, measured: &Measured, key: &MeasureKey, week: Option<Period>) -> Result<Vec<Figure>> {
        let lang = self.lang();
        let mut figures = Vec::new();
        // A sum of something without a unit may mean nothing, and shares have none, so they are not offered.
        let indicator = find(&key.measure).is_none();
        if !(indicator && (measured.unit == Unit::None || measured.total.number().is_none())) {
            figures.push((lang.pick("Toàn vùng", "All communes").to_owned(), shown(measured, measured.total, lang)));
        }
        // Contracts whose field has no shape count in the sum and colour no commune.
        let unplaced = measured.unplaced();
        if unplaced > 0.0 {
            let words = lang.pick("   trong đó chưa rõ vị trí", "   of these, place not known");
            figures.push((words.to_owned(), shown(measured, Value::Number(unplaced), lang)));
        }
        for when in [When::Previous, When::LastYear] {
            if let Some(then) = self.compared(key, when)?.filter(|_| week.is_none()) {
                figures.extend(since(measured, &then, when, lang));
            }
        }
        Ok(figures)
    }
}

/// Words that do not repeat the title.
fn distinct(words: String, title: &str) -> String {
    if words == title { String::new() } else { words }
}

/// The last seven days of a span.
fn last_week(span: Period) -> Period {
    let from = span.to.checked_sub_days(chrono::Days::new(6)).unwrap_or(span.from);
    Period { from: from.max(span.from), to: span.to }
}
