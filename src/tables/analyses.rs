//! `[[analyses]]`: spatial statistics of measures in the reporting period, one file each.

use super::statistics::{self, Rounds};
use crate::hotspots::association::{self, Kind};
use crate::hotspots::contiguity;
use crate::hotspots::permutation::Ties;
use crate::hotspots::rates::{self, Reference};
use crate::hotspots::scan::{Ellipse, Model, Study};
use crate::hotspots::weights::Metric;
use crate::hotspots::{Transform, Weights};
use crate::measures::catalogue;
use crate::measures::neighbourhood::{Neighbourhood, no_variation};
use crate::message;
use crate::model::accounts::Accounts;
use crate::model::{Joined, Measured};
use crate::project::{AnalysisConfig, AnalysisKind, MeasureKey};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::file_name::file_name;
use crate::values::{Lang, Message, Value};

/// A finished analysis.
pub struct Analysis {
    /// Name of its file
    pub file: String,
    /// Content of its file
    pub bytes: Vec<u8>,
    /// What it says
    pub said: Message,
}

/// What analyses are computed from: the joined data and its accounts in the reporting period.
#[derive(Clone, Copy)]
struct Data<'a> {
    joined: &'a Joined,
    accounts: &'a Accounts,
}

impl Data<'_> {
    fn measured(&self, id: &str, pest: Option<&String>) -> Result<Measured> {
        let key = MeasureKey { measure: id.to_owned(), pest: pest.cloned(), ..MeasureKey::default() };
        catalogue::measure(self.joined, self.accounts, &key)
    }
}

/// Numbers of an analysis: for each unit its commune, the measure, and the population where there is one.
struct Numbers {
    around: Neighbourhood,
    ids: Vec<String>,
    people: Vec<f64>,
}

fn numbers(data: Data<'_>, key: &AnalysisConfig, measured: &Measured, problems: &mut Problems) -> Result<Numbers> {
    let communes = &data.joined.communes;
    let population = key.population.as_deref().map(|id| data.measured(id, None)).transpose()?;
    let mut measured = measured.clone();
    if let Some(population) = &population {
        for (value, people) in measured.values.iter_mut().zip(&population.values) {
            if people.number().is_none_or(|people| people <= 0.0) {
                *value = Value::NoData;
            }
        }
    }
    let around = Neighbourhood::of(&measured, communes, key.weights.as_deref());
    if key.weights.as_deref().is_none_or(|rule| rule == "contiguity") {
        let place = Place::file(format!("tables/{}", key.id)).column("weights").value("contiguity");
        problems.info("contiguity", place, contiguity::said(&communes.shapes), None);
    }
    let left = communes.len() - around.communes.len();
    if left > 0 {
        let message = message!(
            "{left} xã thiếu số liệu hoặc quần thể, không tính",
            "{left} communes lack a number or a population and are left out"
        );
        problems.info("missing-value", Place::file(format!("tables/{}", key.id)), message, None);
    }
    let ids = around.communes.iter().map(|&commune| communes.codes[commune].clone()).collect();
    let people = |commune: &usize| population.as_ref().and_then(|list| list.values[*commune].number()).unwrap_or(f64::NAN);
    Ok(Numbers { ids, people: around.communes.iter().map(people).collect(), around })
}

/// Values of points, such as the last catch of light traps.
fn of_points(data: Data<'_>, key: &AnalysisConfig, id: &str) -> Result<(Message, Numbers)> {
    let place = Place::default().column(format!("analyses.{}", key.id));
    if key.population.is_some() || !key.measure.is_empty() {
        let message = message!(
            "points đi một mình, không có measure hay population",
            "points stand alone, without a measure or a population"
        );
        return Err(Fault::new("bad-analysis", place, message));
    }
    let points = data.joined.points_of(id)?;
    let around = Neighbourhood::of_points(points, key.weights.as_deref());
    let known = points.list.iter().filter(|point| point.value.number().is_some());
    let ids = known.map(|point| point.name.clone()).collect();
    let name = Message { vi: points.name.clone(), en: points.name.clone() };
    Ok((name, Numbers { around, ids, people: Vec::new() }))
}

/// Computes one analysis.
pub fn analysis(
    joined: &Joined,
    accounts: &Accounts,
    key: &AnalysisConfig,
    lang: Lang,
    problems: &mut Problems,
) -> Result<Analysis> {
    let data = Data { joined, accounts };
    let (name, Numbers { around, ids, people }) = match &key.points {
        Some(id) => of_points(data, key, id)?,
        None => {
            let measured = data.measured(&key.measure, key.pest.as_ref())?;
            let numbers = numbers(data, key, &measured, problems)?;
            (measured.name, numbers)
        }
    };
    let needs_people = matches!(key.kind, AnalysisKind::Scan { .. } | AnalysisKind::Smooth);
    if needs_people && key.population.is_none() {
        let message = message!("cần population = \"…\"", "population = \"…\" is needed");
        return Err(Fault::new("no-population", Place::default().column(format!("analyses.{}", key.id)), message));
    }
    let usual = if matches!(key.kind, AnalysisKind::Scan(_)) { 999 } else { 9999 };
    let rounds = Rounds { permutations: key.permutations.unwrap_or(usual), seed: key.seed.unwrap_or(1), ties: Ties::default() };
    // With a population the values are events, and their rates are made comparable first.
    let values = match (needs_people, &key.population) {
        (false, Some(_)) => {
            let standard: Option<Vec<f64>> = rates::standardised(&around.values, &people).into_iter().collect();
            standard.ok_or_else(|| no_variation(&name))?
        }
        _ => around.values.clone(),
    };
    let constant = values.iter().all(|value| *value == values[0]);
    if !needs_people && (values.len() < 4 || constant || around.linked.is_empty()) {
        return Err(no_variation(&name));
    }
    let csv = |(bytes, said)| Analysis { file: format!("{}.csv", file_name(&key.id)), bytes, said };
    let json = |(bytes, said)| Analysis { file: format!("{}.json", file_name(&key.id)), bytes, said };
    let weights = &around.weights;
    Ok(match &key.kind {
        AnalysisKind::LocalMoran => {
            csv(statistics::local(&ids, &values, weights, &statistics::local_moran(&values, weights, false, rounds), lang))
        }
        AnalysisKind::GiStar => {
            csv(statistics::local(&ids, &values, weights, &statistics::getis_ord(&values, weights, true, rounds), lang))
        }
        AnalysisKind::Moran => json(global(Kind::Moran, &values, &around, rounds, &name, lang)?),
        AnalysisKind::Geary => json(global(Kind::Geary, &values, &around, rounds, &name, lang)?),
        AnalysisKind::Smooth => {
            let found = rates::rates(&values, &people, weights, Reference::Own);
            let said = message!("tỷ lệ đã làm trơn", "rates are smoothed");
            csv((statistics::smooth(&ids, &values, &people, weights, &found), said))
        }
        AnalysisKind::Scan(own) => {
            let study = Study {
                positions: around.positions.clone(),
                cases: statistics::whole_cases(&values, &Place::file(format!("tables/{}", key.id)), problems)?,
                population: people,
                metric: Metric::GreatCircle,
                model: Model::Poisson,
                max_share: own.max_share.unwrap_or(0.5),
                max_radius: own.max_radius_km,
                ellipses: if own.elliptic { Ellipse::SATSCAN.to_vec() } else { Vec::new() },
            };
            if study.cases.iter().all(|cases| *cases == 0) || study.population.iter().sum::<f64>() <= 0.0 {
                let message = message!("không có ca nào, hoặc quần thể bằng 0", "there are no cases, or no population");
                return Err(Fault::new("no-events", Place::default(), message));
            }
            let found = study.clusters(rounds.permutations, rounds.seed, MOST_CLUSTERS, &|_| {});
            json(statistics::scan(&key.measure, &ids, &study, &found, rounds, lang))
        }
    })
}

/// Clusters listed by a scan.
const MOST_CLUSTERS: usize = 10;

fn global(
    kind: Kind,
    values: &[f64],
    around: &Neighbourhood,
    rounds: Rounds,
    name: &Message,
    lang: Lang,
) -> Result<(Vec<u8>, Message)> {
    let linked: Vec<f64> = around.linked.iter().map(|&unit| values[unit]).collect();
    let weights: Weights = around.weights.among(&around.linked);
    let transform = Transform::RowStandardised;
    let found = association::global(kind, &linked, &weights, transform, (rounds.permutations, rounds.seed), rounds.ties)
        .ok_or_else(|| no_variation(name))?;
    Ok(statistics::global(kind, &found, rounds, &weights, values.len() - linked.len(), lang))
}
