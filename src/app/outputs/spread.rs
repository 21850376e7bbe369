//! The risk of every farm, and how many others it would infect.

use super::{Context, Made, pictures, registers};
use crate::hotspots::weights::Metric;
use crate::message;
use crate::model::registers::RegisterTable;
use crate::outbreaks::Active;
use crate::outbreaks::Outbreak;
use crate::outbreaks::farms::{assumptions, farms, risks};
use crate::outbreaks::kernel::Spread;
use crate::project::{MapConfig, MapKind, SpreadKeys, SpreadOutputKeys};
use crate::publish::{Readers, Sink};
use crate::run::{Fault, Place, Problems, Progress, Result};
use crate::tables::spread::{by_commune, by_farm};
use crate::values::{Lang, numbers};

/// Writes farms.csv, assumptions.txt and, where communes are known, communes.csv and a map.
pub(super) fn write(
    context: Context<'_>,
    own: &SpreadOutputKeys,
    sink: &dyn Sink,
    progress: &mut Progress,
    problems: &mut Problems,
) -> Result<Made> {
    if !(own.days.is_finite() && own.days > 0.0) {
        let place = Place::default().column("days").value(own.days.to_string());
        return Err(Fault::new("usage", place, message!("phải lớn hơn 0", "must be above 0")));
    }
    let (joined, lang) = (context.joined, context.lang());
    let file = own.parameters.as_ref().map(|file| context.project.folder.join(file));
    let parameters = Spread::of(file.as_deref())?;
    let kernel = parameters.kernel(own.kernel.as_deref())?;
    let table = registers::register(context, &own.register)?;
    let Some(herds) = joined.herds_of(table) else {
        let message = message!("cần bảng herds: mọi trại, có vị trí", "herds are needed: all farms, with their places");
        return Err(Fault::new("no-herds", Place::default().value(&table.id), message));
    };
    let metric = if table.plane { Metric::Planar } else { Metric::GreatCircle };
    let on = registers::day(context, table, own.until, problems);
    let active = Active { from: None, on, release_days: table.release_days };
    let infectious: Vec<&Outbreak> = table.register.list.iter().filter(|outbreak| active.holds(outbreak)).collect();
    let farms = farms(herds, (&table.register, &infectious), metric, problems)?;
    progress.stage("spread", 1, &message!("tính nguy cơ giữa các trại", "computing risks between farms"));
    let risks = risks(&farms, kernel, own.days, metric);
    // Rows of the office's own list: for who has that list, even without names or places.
    sink.write_for("farms.csv", &by_farm(&farms, &risks, table.exact), Readers::Owner)?;
    let placed = !joined.communes.is_empty();
    if placed {
        sink.write("communes.csv", &by_commune(&farms, &risks, &joined.communes))?;
    }
    let assumed = assumptions(kernel, lang);
    sink.write("assumptions.txt", format!("{assumed}\n").as_bytes())?;
    let mut partial = false;
    if placed {
        let map = MapConfig {
            id: "spread".to_owned(),
            measure: table.id.clone(),
            kind: MapKind::Spread(SpreadKeys {
                disease: None,
                kernel: Some(kernel.id.clone()),
                parameters: own.parameters.clone(),
            }),
            ..MapConfig::default()
        };
        let shown: RegisterTable = table.clone();
        partial = pictures::of_register(context, (vec![map], Vec::new()), (shown, on), sink, progress, problems);
    }
    let above = risks.iter().filter(|risk| risk.r > 1.0).count();
    let highest = numbers::format(risks.iter().map(|risk| risk.r).fold(0.0, f64::max), 3, lang);
    let count = farms.len();
    let said = match lang {
        Lang::Vi => format!("{above} trong {count} trại có R > 1; R lớn nhất {highest}"),
        Lang::En => format!("{above} of {count} farms have R > 1; the highest R is {highest}"),
    };
    Ok(Made { said: vec![said, assumed], partial })
}
