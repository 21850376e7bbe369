//! `ruong outbreaks spread`: the risk of every farm, and how many others it would infect.

use super::Manner;
use crate::cli::Outcome;
use crate::cli::give::{cell, record, writer};
use crate::cli::register_pictures::{REGISTER, Shown, draw};
use crate::cli::registers::{Boundaries, HerdsArguments, OutbreaksArguments, Plane};
use crate::hotspots::weights::Metric;
use crate::measures::registers::report_mixed;
use crate::message;
use crate::model::registers::read::warn_exact;
use crate::outbreaks::Outbreak;
use crate::outbreaks::farms::{Farm, assumptions, farms, risks};
use crate::outbreaks::kernel::{Risk, Spread};
use crate::outbreaks::register::Active;
use crate::project::{MapConfig, MapKind};
use crate::publish::{self, Sink};
use crate::run::{Fault, Place, Problems, Progress, Result};
use crate::values::{Lang, numbers};
use chrono::NaiveDate;
use clap::ValueEnum;
use std::path::PathBuf;

/// Arguments of `ruong outbreaks spread`.
#[derive(Debug, clap::Args)]
pub(super) struct SpreadArguments {
    #[command(flatten)]
    outbreaks: OutbreaksArguments,
    #[command(flatten)]
    herds: HerdsArguments,
    /// Ranh giới xã: thêm bảng theo xã (commune boundaries, for a table by commune)
    #[arg(long)]
    communes: Option<PathBuf>,
    /// Khoảng cách: great-circle (kinh độ, vĩ độ) hoặc planar (km trên mặt phẳng) (distance)
    #[arg(long, value_enum, default_value_t = Distance::GreatCircle)]
    distance: Distance,
    /// Tệp TOML tham số của mình (parameters of one's own)
    #[arg(long)]
    parameters: Option<PathBuf>,
    /// Nhân lây lan: power, hpai-steps (kernel)
    #[arg(long)]
    kernel: Option<String>,
    /// Xác suất nhiễm trong số ngày này (probability of infection within so many days)
    #[arg(long, default_value_t = 1.0)]
    days: f64,
    /// Tính đến ngày này (as of this day)
    #[arg(long, value_parser = crate::cli::forecast::day)]
    to: Option<NaiveDate>,
    /// Số ngày không có ca mới thì ổ dịch hết hoạt động (days without a case after which an outbreak is over)
    #[arg(long)]
    release_days: Option<u32>,
    /// Ghi tên và vị trí trại: thông tin cá nhân (names and places of farms: personal data)
    #[arg(long)]
    exact: bool,
    #[command(flatten)]
    pub(super) manner: Manner,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Distance {
    GreatCircle,
    Planar,
}

pub(super) fn run(arguments: &SpreadArguments, lang: Lang, problems: &mut Problems, progress: &mut Progress) -> Result<Outcome> {
    if !(arguments.days.is_finite() && arguments.days > 0.0) {
        let place = Place::default().column("--days").value(arguments.days.to_string());
        return Err(Fault::new("usage", place, message!("phải lớn hơn 0", "must be above 0")));
    }
    let (metric, plane) = match arguments.distance {
        Distance::GreatCircle => (Metric::GreatCircle, Plane::Degrees),
        Distance::Planar => (Metric::Planar, Plane::Kilometres),
    };
    if let (Plane::Kilometres, Some(_)) = (plane, &arguments.communes) {
        let message = message!(
            "--communes cần kinh độ, vĩ độ (--distance great-circle)",
            "--communes needs degrees (--distance great-circle)"
        );
        return Err(Fault::new("usage", Place::default(), message));
    }
    let parameters = Spread::of(arguments.parameters.as_deref())?;
    let kernel = parameters.kernel(arguments.kernel.as_deref())?;
    progress.stage("read", 1, &message!("đọc sổ ổ dịch và đàn", "reading registers"));
    let boundaries = arguments.communes.as_deref().map(|path| Boundaries::read(path, problems)).transpose()?;
    let diseases = arguments.outbreaks.diseases()?;
    let register = arguments.outbreaks.read(boundaries.as_ref(), plane, &diseases, problems)?;
    let Some(herds) = arguments.herds.read(&arguments.outbreaks, boundaries.as_ref(), plane, problems)? else {
        let message = message!("cần --herds: mọi trại, có vị trí", "--herds is needed: all farms, with their places");
        return Err(Fault::new("usage", Place::default(), message));
    };
    report_mixed(&register, Some(&herds), problems);
    let on = arguments.to.or_else(|| register.last_day()).unwrap_or_default();
    let active = Active { from: None, on, release_days: arguments.release_days };
    let infectious: Vec<&Outbreak> = register.list.iter().filter(|outbreak| active.holds(outbreak)).collect();
    let farms = farms(&herds, (&register, &infectious), metric, problems)?;
    progress.stage("spread", 1, &message!("tính nguy cơ giữa các trại", "computing risks between farms"));
    let risks = risks(&farms, kernel, arguments.days, metric);
    if arguments.exact {
        warn_exact(&arguments.outbreaks.file(), problems);
    }
    let out = crate::cli::inputs::output(&arguments.manner.out)?;
    out.write("farms.csv", &of_farms(&farms, &risks, arguments.exact))?;
    if let Some(boundaries) = &boundaries {
        out.write("communes.csv", &of_communes(&farms, &risks, boundaries))?;
    }
    let assumed = assumptions(kernel, lang);
    out.write("assumptions.txt", format!("{assumed}\n").as_bytes())?;
    let mut failed = false;
    if let Some(boundaries) = boundaries {
        let map = MapConfig {
            id: "spread".to_owned(),
            kind: MapKind::Spread,
            measure: REGISTER.to_owned(),
            kernel: Some(kernel.id.clone()),
            parameters: arguments.parameters.as_ref().map(|path| path.display().to_string()),
            ..MapConfig::default()
        };
        let (communes, herds) = (boundaries.communes, Some(herds));
        let (release_days, exact) = (arguments.release_days, arguments.exact);
        let shown = Shown { register, diseases, herds, communes, on, release_days, exact };
        let looks = (lang, arguments.manner.bw);
        failed = draw((vec![map], Vec::new()), shown, looks, &out, progress, problems);
    }
    out.write("problems.csv", &publish::problems::csv(problems, lang))?;
    let above = risks.iter().filter(|risk| risk.r > 1.0).count();
    let highest = numbers::format(risks.iter().map(|risk| risk.r).fold(0.0, f64::max), 3, lang);
    let count = farms.len();
    progress.say(&match lang {
        Lang::Vi => format!("{above} trong {count} trại có R > 1; R lớn nhất {highest}"),
        Lang::En => format!("{above} of {count} farms have R > 1; the highest R is {highest}"),
    });
    progress.say(&assumed);
    Ok(if failed { Outcome::Partial } else { Outcome::Complete })
}

fn of_farms(farms: &[Farm], risks: &[Risk], exact: bool) -> Vec<u8> {
    let mut writer = writer();
    let mut head = vec!["row", "head", "infected", "nearest_infected_km", "force_per_day", "p_infection", "r"];
    if exact {
        head.extend(["holding", "x", "y"]);
    }
    record(&mut writer, head.into_iter().map(str::to_owned));
    for (farm, risk) in farms.iter().zip(risks) {
        let mut cells = vec![
            farm.line.map(|line| line.to_string()).unwrap_or_default(),
            cell(farm.head),
            u8::from(farm.infected).to_string(),
            // To a hundred metres: exact distances to known outbreaks give places away.
            cell(Some(if exact { risk.nearest_km } else { (10.0 * risk.nearest_km).round() / 10.0 })),
            cell(Some(risk.force_per_day)),
            cell(Some(risk.p_infection)),
            cell(Some(risk.r)),
        ];
        if exact {
            cells.extend([farm.holding.clone(), cell(Some(farm.position[0])), cell(Some(farm.position[1]))]);
        }
        record(&mut writer, cells);
    }
    writer.into_inner().unwrap_or_default()
}

fn of_communes(farms: &[Farm], risks: &[Risk], boundaries: &Boundaries) -> Vec<u8> {
    let communes = &boundaries.communes;
    let mut writer = writer();
    let head = ["code", "name", "farms", "infected", "farms_r_above_1", "highest_r", "expected_infections"];
    record(&mut writer, head.map(str::to_owned));
    for commune in 0..communes.len() {
        let own: Vec<(&Farm, &Risk)> = farms.iter().zip(risks).filter(|(farm, _)| farm.commune == Some(commune)).collect();
        let count = |test: &dyn Fn(&Farm, &Risk) -> bool| own.iter().filter(|(farm, risk)| test(farm, risk)).count();
        let known = !own.is_empty();
        let cells = [
            communes.codes[commune].clone(),
            communes.names[commune].clone(),
            own.len().to_string(),
            count(&|farm, _| farm.infected).to_string(),
            count(&|_, risk| risk.r > 1.0).to_string(),
            cell(known.then(|| own.iter().map(|(_, risk)| risk.r).fold(0.0, f64::max))),
            cell(known.then(|| own.iter().map(|(_, risk)| risk.p_infection).sum())),
        ];
        record(&mut writer, cells);
    }
    writer.into_inner().unwrap_or_default()
}
