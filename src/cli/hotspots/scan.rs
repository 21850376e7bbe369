//! `ruong hotspots scan`: circles with more cases than expected.

use super::Given;
use super::units::UnitsArguments;
use crate::cli::give::give_bytes;
use crate::hotspots::permutation::Ties;
use crate::hotspots::scan::{Ellipse, Model, Study};
use crate::message;
use crate::run::{Fault, Place, Problems, Progress, Result};
use crate::tables::statistics::{self, Rounds};
use crate::values::Lang;
use clap::ValueEnum;

/// Arguments of `ruong hotspots scan`.
#[derive(Debug, clap::Args)]
pub(super) struct ScanArguments {
    #[command(flatten)]
    pub(super) units: UnitsArguments,
    /// Cột số ca; space-time: không có thì mỗi dòng một ca (column of cases; with space-time every row is one without it)
    #[arg(long)]
    pub(super) cases: Option<String>,
    /// Cột dân số hoặc tổng đàn; với bernoulli: số cá thể, kể cả ca (column of populations)
    #[arg(long)]
    population: Option<String>,
    /// poisson: số ca trong quần thể; bernoulli: ca và không phải ca; space-time: ca theo nơi và ngày, không cần quần thể (model)
    #[arg(long, value_enum, default_value_t = Drawn::Poisson)]
    model: Drawn,
    /// Tỷ trọng quần thể lớn nhất của một cụm (the largest share of the population in a cluster)
    #[arg(long, default_value_t = 0.5)]
    pub(super) max_share: f64,
    /// Bán kính lớn nhất của một cụm: km, hoặc đơn vị của mặt phẳng (the largest radius of a cluster)
    #[arg(long)]
    pub(super) max_radius: Option<f64>,
    /// Thử cả hình bầu dục, có phạt hình dài (tries ellipses too, long ones with a penalty)
    #[arg(long)]
    elliptic: bool,
    /// space-time: cột ngày (column of days)
    #[arg(long, alias = "time")]
    pub(super) date: Option<String>,
    /// space-time: số ngày của một khoảng (days of an interval)
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=3660))]
    pub(super) step_days: u32,
    /// space-time: một cụm dài nhất mấy ngày; một nửa thời gian nếu không ghi (the longest cluster in days; half of all by default)
    #[arg(long)]
    pub(super) max_days: Option<u32>,
    /// space-time: chỉ cụm còn tiếp diễn đến khoảng cuối: có gì đang bắt đầu không? (only clusters that reach the last interval)
    #[arg(long)]
    pub(super) prospective: bool,
    /// space-time: ngày cuối, thay cho ngày của ca cuối (the last day, instead of that of the last case)
    #[arg(long, alias = "on", value_parser = crate::cli::forecast::day)]
    pub(super) until: Option<chrono::NaiveDate>,
    /// Số cụm nhiều nhất (most clusters to give)
    #[arg(long, default_value_t = 10)]
    pub(super) clusters: usize,
    /// Số lần mô phỏng (replicas)
    #[arg(long, default_value_t = 999, value_parser = super::rounds)]
    pub(super) permutations: usize,
    /// Số khởi tạo ngẫu nhiên (seed)
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u64,
    #[command(flatten)]
    pub(super) given: Given,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Drawn {
    Poisson,
    Bernoulli,
    SpaceTime,
}

pub(super) fn run(arguments: &ScanArguments, lang: Lang, problems: &mut Problems, progress: &mut Progress) -> Result<()> {
    if !(arguments.max_share > 0.0 && arguments.max_share <= 1.0) {
        let place = Place::default().column("--max-share").value(arguments.max_share.to_string());
        return Err(Fault::new("usage", place, message!("phải lớn hơn 0 và không quá 1", "must be above 0 and at most 1")));
    }
    if arguments.max_radius.is_some_and(|radius| !(radius.is_finite() && radius > 0.0)) {
        let place = Place::default().column("--max-radius");
        return Err(Fault::new("usage", place, message!("phải lớn hơn 0", "must be above 0")));
    }
    progress.stage("read", 1, &message!("đọc đơn vị và số liệu", "reading units and values"));
    let timed = arguments.model == Drawn::SpaceTime;
    let idle = [
        ("--date", !timed && arguments.date.is_some()),
        ("--prospective", !timed && arguments.prospective),
        ("--max-days", !timed && arguments.max_days.is_some()),
        ("--until", !timed && arguments.until.is_some()),
        ("--elliptic", timed && arguments.elliptic),
        ("--population", timed && arguments.population.is_some()),
    ];
    if let Some((option, _)) = idle.into_iter().find(|(_, idle)| *idle) {
        let message = message!("--model này không dùng {option}", "this --model has no use for {option}");
        return Err(Fault::new("usage", Place::default().column(option), message));
    }
    if timed {
        return super::scan_time::run(arguments, lang, problems, progress);
    }
    let (ids, file, study) = study(arguments, problems)?;
    let replicas = arguments.permutations;
    let message = message!("quét và mô phỏng {replicas} lần", "scanning, {replicas} replicas");
    progress.stage("scan", ids.len() as u64, &message);
    let tick = progress.ticker();
    let found = study.clusters(arguments.permutations, arguments.seed, arguments.clusters, &|_| tick());
    let rounds = Rounds { permutations: replicas, seed: arguments.seed, ties: Ties::default() };
    let (json, said) = statistics::scan(&file, &ids, &study, &found, rounds, lang);
    give_bytes(arguments.given.out.as_deref(), &json)?;
    progress.say(said.get(lang));
    Ok(())
}

fn ellipses(arguments: &ScanArguments) -> Vec<Ellipse> {
    if arguments.elliptic { Ellipse::SATSCAN.to_vec() } else { Vec::new() }
}

/// Ids, file and study of the units that have both numbers.
fn study(arguments: &ScanArguments, problems: &mut Problems) -> Result<(Vec<String>, String, Study)> {
    let (Some(cases_of), Some(population_of)) = (&arguments.cases, &arguments.population) else {
        let message =
            message!("poisson và bernoulli cần --cases và --population", "poisson and bernoulli need --cases and --population");
        return Err(Fault::new("usage", Place::default(), message));
    };
    let mut units = arguments.units.read(problems)?;
    let [cases, people] = units.numbers([cases_of.as_str(), population_of.as_str()], true, problems)?;
    let model = if arguments.model == Drawn::Bernoulli { Model::Bernoulli } else { Model::Poisson };
    let mut keeps = Vec::with_capacity(cases.len());
    for (unit, pair) in cases.iter().zip(&people).enumerate() {
        let place = || units.place(unit);
        let (Some(cases), Some(people)) = pair else {
            keeps.push(false);
            continue;
        };
        if cases.fract() != 0.0 {
            let message = message!("số ca không nguyên; làm tròn xuống", "cases are no whole number; rounded down");
            problems.warning("fraction-of-a-case", place().value(cases.to_string()), message, None);
        }
        let is_whole = model == Model::Poisson || people.fract() == 0.0;
        let fits = *cases < MOST && is_whole && (*cases <= *people || model == Model::Poisson && *people > 0.0);
        if !fits {
            let message = message!(
                "số ca không thể có ở quần thể này ({people}); đơn vị không được tính",
                "cases that this population ({people}) cannot have; the unit is not counted"
            );
            problems.error("cases-above-population", place().value(cases.to_string()), message, None);
        }
        keeps.push(fits);
    }
    let all =
        |list: &[Option<f64>]| -> Vec<f64> { list.iter().zip(&keeps).filter_map(|(n, keep)| n.filter(|_| *keep)).collect() };
    let (cases, population) = (all(&cases), all(&people));
    units.keep(&keeps, problems)?;
    let (events, total): (f64, f64) = (cases.iter().map(|n| n.floor()).sum(), population.iter().sum());
    if events <= 0.0 || total <= 0.0 {
        let message = message!("không có ca nào, hoặc quần thể bằng 0", "there are no cases, or no population");
        return Err(Fault::new("no-events", Place::file(&units.file).column(cases_of), message));
    }
    if events > MOST || model == Model::Bernoulli && total > MOST_INDIVIDUALS {
        let message =
            message!("quá nhiều ca hoặc cá thể: {events} / {total}", "too many cases or individuals: {events} / {total}");
        return Err(Fault::new("too-many", Place::file(&units.file).column(cases_of), message)
            .hint(message!("đổi sang đơn vị lớn hơn, ví dụ nghìn", "count in larger units, as in thousands")));
    }
    let study = Study {
        positions: std::mem::take(&mut units.positions),
        cases: cases.iter().map(|n| *n as u32).collect(),
        population,
        metric: units.metric,
        model,
        max_share: arguments.max_share,
        max_radius: arguments.max_radius,
        ellipses: ellipses(arguments),
    };
    Ok((units.ids, units.file, study))
}

/// More cases than this are measurements, not counts.
const MOST: f64 = 2e7;
/// More individuals than this do not fit in memory, one bit each and replica.
const MOST_INDIVIDUALS: f64 = 4e9;
