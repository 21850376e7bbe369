//! Zones around active outbreaks, and the communes, herds and animals inside.

use super::{Context, Made, pictures, registers};
use crate::join::overlay::CommuneIndex;
use crate::message;
use crate::model::registers::RegisterTable;
use crate::outbreaks::Active;
use crate::outbreaks::disease_zones::{DiseaseZones, ZonesWanted, check_radii, of_register};
use crate::outbreaks::geomask::Mask;
use crate::project::{MapConfig, MapKind, ZonesKeys, ZonesOutputKeys};
use crate::publish::{Sink, geojson, kml, xlsx};
use crate::render::readings::file_name;
use crate::run::{Place, Problems, Progress, Result};
use crate::tables::zones::tables;
use crate::values::{Lang, dates, numbers};
use chrono::NaiveDate;

/// Writes zones.csv, .xlsx, .docx, .geojson and .kml, communes.csv, outbreaks.csv, and a map of each disease.
pub(super) fn write(
    context: Context<'_>,
    own: &ZonesOutputKeys,
    sink: &dyn Sink,
    progress: &mut Progress,
    problems: &mut Problems,
) -> Result<Made> {
    check_radii(&own.radius_km)?;
    registers::check_days(own.since, own.until)?;
    let (joined, lang) = (context.joined, context.lang());
    let table = registers::register(context, &own.register)?;
    let herds = joined.herds_of(table);
    let on = registers::day(context, table, own.until, problems);
    let register = registers::known(table, own.since, on, problems);
    let mask = if table.exact { None } else { Some(Mask::shipped(context.project.mask_seed(own.seed))?) };
    let active = Active { from: own.since.map(|day| day.0), on, release_days: table.release_days };
    let wanted = ZonesWanted { radii_km: own.radius_km.clone(), active, mask };
    progress.stage("zones", 1, &message!("tính vùng", "computing zones"));
    let index = CommuneIndex::new(&joined.communes.shapes);
    let list = of_register(&register, &table.diseases, herds, &wanted, (&joined.communes, &index), problems)?;
    if table.release_days.is_none() && list.iter().all(|one| one.release_days.is_none()) {
        problems.info(
            "no-release-days",
            Place::file(&table.register.file),
            message!(
                "chưa đặt số ngày chờ: mọi ổ dịch chưa ghi ngày kết thúc đều coi là đang hoạt động",
                "no days to wait are set: every outbreak without a day of its end counts as active"
            ),
            Some(message!(
                "ví dụ release_days = 21 (--release-days 21); số ngày theo văn bản của từng bệnh",
                "such as release_days = 21 (--release-days 21); the days are those of the rule for the disease"
            )),
        );
    }
    let undeclared: usize = list.iter().map(|one| one.undeclared).sum();
    if undeclared > 0 {
        problems.warning(
            "not-declared-over",
            Place::file(&table.register.file),
            message!(
                "{undeclared} ổ dịch đã quá ngày chờ nên không vẽ vùng, nhưng sổ không ghi ngày công bố hết dịch",
                "{undeclared} outbreaks are past their days to wait, so no zone is drawn, but the register states no day on which they were declared over"
            ),
            Some(message!(
                "ghi ngày công bố hết dịch (ended), hoặc --release-days dài hơn",
                "state the day declared over (ended), or longer --release-days"
            )),
        );
    }
    let made = tables(&list, &register, herds, &joined.communes, &wanted, lang);
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
    sink.write("zones.csv", &made.zones.csv()?)?;
    sink.write("communes.csv", &made.communes.csv()?)?;
    sink.write("outbreaks.csv", &made.outbreaks.csv()?)?;
    sink.write(
        "zones.xlsx",
        &xlsx::workbook(&[&made.zones, &made.communes, &made.outbreaks], &context.about(), lang, "zones.xlsx")?,
    )?;
    let order = crate::meeting::order((context.project, joined), &list, &made, on);
    sink.write("zones.docx", &order.write("zones.docx")?)?;
    sink.write("zones.geojson", &geojson::collection(&made.zones, &made.shapes))?;
    sink.write("zones.kml", &kml::document(&made.zones, &made.shapes, "zone", &|row| colour(row).to_owned()))?;

    let maps: Vec<MapConfig> = list
        .iter()
        .map(|one| MapConfig {
            id: format!("zones-{}", file_name(&one.disease.vi)),
            measure: table.id.clone(),
            kind: MapKind::Zones(ZonesKeys { radius_km: own.radius_km.clone(), disease: Some(one.key.clone()), seed: own.seed }),
            ..MapConfig::default()
        })
        .collect();
    let shown = RegisterTable { register, ..table.clone() };
    let failed = pictures::of_register(context, (maps, Vec::new()), (shown, on), sink, progress, problems);
    let skipped = problems.list().iter().any(|problem| problem.code == "no-radius");
    Ok(Made { said: list.iter().map(|one| sentence(one, on, lang)).collect(), partial: failed || skipped })
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
