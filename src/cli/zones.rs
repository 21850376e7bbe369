//! `ruong zones`: zones around active outbreaks, and the communes, herds and animals inside.

use super::register_pictures::{REGISTER, Shown, draw};
use super::registers::{Boundaries, HerdsArguments, OutbreaksArguments, Plane};
use super::{Outcome, Stopped, report, stop};
use crate::figures::readings::file_name;
use crate::measures::registers::report_mixed;
use crate::message;
use crate::model::registers::read::warn_exact;
use crate::outbreaks::disease_zones::{DiseaseZones, ZonesWanted, of_register};
use crate::outbreaks::geomask::Mask;
use crate::outbreaks::register::Active;
use crate::project::{MapConfig, MapKind};
use crate::publish::{self, Sink};
use crate::run::{Fault, Place, Problems, Progress, Result};
use crate::tables::zones::tables;
use crate::values::{Lang, dates, numbers};
use chrono::NaiveDate;
use std::path::PathBuf;

/// Arguments of `ruong zones`.
#[derive(Debug, clap::Args)]
pub(super) struct ZonesArguments {
    #[command(flatten)]
    outbreaks: OutbreaksArguments,
    /// Ranh giới xã (commune boundaries)
    #[arg(long)]
    communes: PathBuf,
    #[command(flatten)]
    herds: HerdsArguments,
    /// Bán kính các vùng, km; không ghi thì theo bệnh, nếu có văn bản nêu (radii of the zones)
    #[arg(long, value_delimiter = ',', allow_negative_numbers = true)]
    radius_km: Vec<f64>,
    /// Chỉ ổ dịch khởi phát từ ngày này (only outbreaks that began on this day or later)
    #[arg(long, value_parser = super::forecast::day)]
    from: Option<NaiveDate>,
    /// Tính đến ngày này; ngày cuối của sổ nếu không ghi (as of this day; the last of the register by default)
    #[arg(long, value_parser = super::forecast::day)]
    to: Option<NaiveDate>,
    /// Số ngày không có ca mới thì ổ dịch hết hoạt động; không ghi: mọi ổ đều còn (days without a case after which an outbreak is over)
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=3650))]
    release_days: Option<u32>,
    /// Ghi đúng vị trí và tên hộ: thông tin cá nhân (exact places and names: personal data)
    #[arg(long)]
    exact: bool,
    /// Hạt giống của việc dịch vị trí (seed of the moves of places)
    #[arg(long)]
    seed: Option<u64>,
    /// Thư mục kết quả: zones.geojson, .kml, .xlsx, .csv, communes.csv, outbreaks.csv, maps (output folder)
    #[arg(long)]
    out: PathBuf,
    /// Thang xám (greys)
    #[arg(long)]
    bw: bool,
    /// Ngôn ngữ (language)
    #[arg(long)]
    pub(super) lang: Option<Lang>,
    /// Số luồng (threads)
    #[arg(long)]
    pub(super) jobs: Option<usize>,
    /// Không in tiến độ (no progress)
    #[arg(long)]
    quiet: bool,
}

pub(super) fn run(arguments: &ZonesArguments) -> std::result::Result<Outcome, Stopped> {
    let lang = arguments.lang.unwrap_or_default();
    let mut problems = Problems::default();
    let mut progress = crate::cli::terminal::progress(lang, arguments.quiet);
    let result = zones(arguments, lang, &mut problems, &mut progress);
    progress.finish();
    report::problems(&problems, lang, &crate::cli::terminal::progress(lang, false));
    result.map_err(stop(lang))
}

fn zones(arguments: &ZonesArguments, lang: Lang, problems: &mut Problems, progress: &mut Progress) -> Result<Outcome> {
    crate::outbreaks::disease_zones::check_radii(&arguments.radius_km)?;
    if let (Some(from), Some(to)) = (arguments.from, arguments.to)
        && from > to
    {
        let place = Place::default().column("--from").value(from.to_string());
        return Err(Fault::new("usage", place, message!("--from sau --to", "--from is after --to")));
    }
    progress.stage("read", 1, &message!("đọc sổ ổ dịch và ranh giới", "reading the register and boundaries"));
    let boundaries = Boundaries::read(&arguments.communes, problems)?;
    let diseases = arguments.outbreaks.diseases()?;
    let mut register = arguments.outbreaks.read(Some(&boundaries), Plane::Degrees, &diseases, problems)?;
    let herds = arguments.herds.read(&arguments.outbreaks, Some(&boundaries), Plane::Degrees, problems)?;
    report_mixed(&register, herds.as_ref(), problems);
    let on = arguments.to.or_else(|| register.last_day()).unwrap_or_default();
    let all = register.list.len();
    let known = Active { from: None, on, release_days: None };
    register.retain(|outbreak| known.knows(outbreak) && arguments.from.is_none_or(|from| outbreak.onset >= from));
    let left = all - register.list.len();
    if left > 0 {
        let message =
            message!("{left} ổ dịch ngoài --from, --to: không tính", "{left} outbreaks outside --from, --to are not counted");
        problems.info("outside-period", Place::file(arguments.outbreaks.file()), message, None);
    }
    let mask = if arguments.exact { None } else { Some(Mask::shipped(arguments.seed.unwrap_or(1))?) };
    if arguments.seed.is_none() && !arguments.exact {
        let message = message!(
            "vị trí dịch theo hạt giống chung: ai có danh sách trại có thể dò ngược",
            "places move by the common seed: who has a list of farms can work back"
        );
        let hint =
            message!("đặt --seed riêng, giữ kín và dùng mãi một số", "give a --seed of your own, keep it secret and keep to it");
        problems.info("common-seed", Place::file(arguments.outbreaks.file()), message, Some(hint));
    }
    if arguments.exact {
        warn_exact(&arguments.outbreaks.file(), problems);
    }
    let active = Active { from: arguments.from, on, release_days: arguments.release_days };
    let wanted = ZonesWanted { radii_km: arguments.radius_km.clone(), active, mask };
    progress.stage("zones", 1, &message!("tính vùng", "computing zones"));
    let ground = (&boundaries.communes, &boundaries.index);
    let list = of_register(&register, &diseases, herds.as_ref(), &wanted, ground, problems)?;
    if arguments.release_days.is_none() && list.iter().all(|one| one.release_days.is_none()) {
        problems.info(
            "no-release-days",
            Place::file(arguments.outbreaks.file()),
            message!(
                "chưa đặt số ngày chờ: mọi ổ dịch chưa ghi ngày kết thúc đều coi là đang hoạt động",
                "no days to wait are set: every outbreak without a day of its end counts as active"
            ),
            Some(message!(
                "ví dụ --release-days 21; số ngày theo văn bản của từng bệnh",
                "such as --release-days 21; the days are those of the rule for the disease"
            )),
        );
    }
    let out = crate::cli::inputs::output(&arguments.out)?;
    let made = tables(&list, &register, herds.as_ref(), &boundaries.communes, &wanted, lang);
    let radii: Vec<f64> = list.iter().flat_map(|one| one.zones.list.iter().map(|zone| zone.radius_km)).collect();
    let widest = radii.iter().copied().fold(0.0, f64::max);
    let colour = |row: usize| {
        if radii[row] >= widest {
            "f6d28b"
        } else if radii[row] > 1.5 {
            "f0912f"
        } else {
            "c93a2c"
        }
    };
    out.write("zones.csv", &made.zones.csv()?)?;
    out.write("communes.csv", &made.communes.csv()?)?;
    out.write("outbreaks.csv", &made.outbreaks.csv()?)?;
    out.write("zones.xlsx", &publish::xlsx::workbook(&[&made.zones, &made.communes, &made.outbreaks], lang, "zones.xlsx")?)?;
    out.write("zones.geojson", &publish::geojson::collection(&made.zones, &made.shapes))?;
    out.write("zones.kml", &publish::kml::document(&made.zones, &made.shapes, "zone", &|row| colour(row).to_owned()))?;

    let maps: Vec<MapConfig> = list
        .iter()
        .map(|one| {
            let id = format!("zones-{}", file_name(&one.disease.vi));
            let disease = Some(one.key.clone());
            MapConfig {
                id,
                kind: MapKind::Zones,
                measure: REGISTER.to_owned(),
                disease,
                radius_km: arguments.radius_km.clone(),
                seed: arguments.seed,
                ..MapConfig::default()
            }
        })
        .collect();
    let shown = Shown {
        register,
        diseases,
        herds,
        communes: boundaries.communes,
        on,
        release_days: arguments.release_days,
        exact: arguments.exact,
    };
    let failed = draw((maps, Vec::new()), shown, (lang, arguments.bw), &out, progress, problems);
    out.write("problems.csv", &publish::problems::csv(problems, lang))?;
    progress.finish();
    for one in &list {
        progress.say(&sentence(one, on, lang));
    }
    let skipped = problems.list().iter().any(|problem| problem.code == "no-radius");
    Ok(if failed || skipped { Outcome::Partial } else { Outcome::Complete })
}

/// What the zones of a disease hold.
fn sentence(one: &DiseaseZones, on: NaiveDate, lang: Lang) -> String {
    let zones: Vec<String> = one
        .zones
        .list
        .iter()
        .map(|zone| {
            let radius = numbers::format_short(zone.radius_km, lang);
            let communes = zone.parts.len();
            let head = zone.head.map_or(String::new(), |head| match lang {
                Lang::Vi => format!(", {} con", numbers::format(head, 0, lang)),
                Lang::En => format!(", {} animals", numbers::format(head, 0, lang)),
            });
            match lang {
                Lang::Vi => format!("≤ {radius} km: {communes} xã{head}"),
                Lang::En => format!("≤ {radius} km: {communes} communes{head}"),
            }
        })
        .collect();
    let (disease, day, zones) = (one.disease.get(lang), dates::format_day(on), zones.join("; "));
    match lang {
        Lang::Vi => format!("{disease}, {} ổ dịch đến {day}: {zones}", one.active),
        Lang::En => format!("{disease}, {} outbreaks as of {day}: {zones}", one.active),
    }
}
