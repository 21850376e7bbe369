//! Maps of where an infection could go on by itself: farms with R above 1, by commune unless exact places are wanted.

use super::zones::{of_disease, places};
use super::{MapPage, with};
use crate::cartography::{Content, points, with_unit};
use crate::hotspots::weights::Metric;
use crate::message;
use crate::model::points::{Placed, Points};
use crate::model::{Measured, When};
use crate::outbreaks::Outbreak;
use crate::outbreaks::farms::{assumptions, farms, risks};
use crate::outbreaks::kernel::Spread;
use crate::project::{Labels, MapConfig, SpreadKeys};
use crate::render::RenderContext;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::{Lang, Quantity, Unit, Value, numbers};
use crate::words::Headline;
use std::borrow::Cow;

/// Farms with R above 1.
pub(super) fn spread<'a>(
    render: &'a RenderContext,
    page: &MapPage,
    own: &SpreadKeys,
    problems: &mut Problems,
) -> Result<Content<'a>> {
    let (map, lang, joined) = (&page.map, render.lang(), render.joined);
    let table = render.joined.register(&map.measure)?;
    let herds = joined.herds_of(table).ok_or_else(|| {
        let message =
            message!("bản đồ lây lan cần herds = \"…\" ở bảng ổ dịch", "a map of spread needs herds = \"…\" at the register");
        Fault::new("no-herds", Place::default().value(&table.id), message)
    })?;
    let register = of_disease(table, own.disease.as_deref())?;
    let active = table.active(joined.periods.get(When::Current).map(|period| period.to));
    let infectious: Vec<&Outbreak> = register.list.iter().filter(|outbreak| active.holds(outbreak)).collect();
    let metric = Metric::GreatCircle;
    let farms = farms(herds, (&register, &infectious), metric, problems)?;
    let file = own.parameters.as_ref().map(|file| render.project.folder.join(file));
    let parameters = Spread::of(file.as_deref())?;
    let kernel = parameters.kernel(own.kernel.as_deref())?;
    let risks = risks(&farms, kernel, 1.0, metric);
    let mut counts = vec![None; joined.communes.len()];
    for (farm, risk) in farms.iter().zip(&risks) {
        if let Some(commune) = farm.commune {
            *counts[commune].get_or_insert(0.0) += f64::from(u8::from(risk.r > 1.0));
        }
    }
    let above = risks.iter().filter(|risk| risk.r > 1.0).count();
    let highest = risks.iter().map(|risk| risk.r).fold(0.0, f64::max);
    let measured = Measured {
        id: format!("{}.farms_r_above_1", table.id),
        name: message!("Trại có R > 1", "Farms with R > 1"),
        unit: Unit::Count(["trại", "farms"]),
        quantity: Quantity::Extensive,
        decimals: None,
        values: counts.into_iter().map(Value::from).collect(),
        total: Value::Number(above as f64),
        scale: "infested",
        signed: false,
    };
    let scale =
        crate::scale::Scale::new(measured.scale, render.project.scales.get("infested"), &measured.numbers(), render.style())?;
    let figures = vec![
        (lang.pick("Trại có R > 1", "Farms with R > 1").to_owned(), format!("{above}/{}", farms.len())),
        (lang.pick("R lớn nhất", "Highest R").to_owned(), numbers::format(highest, 2, lang)),
        (
            lang.pick("Trại đang có dịch", "Infected farms").to_owned(),
            farms.iter().filter(|farm| farm.infected).count().to_string(),
        ),
    ];
    let note =
        [assumptions(kernel, lang), map.note.clone()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let found = match lang {
        Lang::Vi => format!("{above}/{} trại có thể làm dịch lan tiếp (R > 1)", farms.len()),
        Lang::En => format!("{above} of {} farms could pass the disease on (R > 1)", farms.len()),
    };
    let (found, described) = (Headline::plain(found), with_unit(measured.name.get(lang), measured.unit.get(lang)));
    let map = MapConfig { note, measure: measured.id.clone(), ..map.clone() };
    let page = MapPage { map, ..page.clone() };
    if !table.exact {
        return Ok(with(render, &page, (measured, found, described), scale, figures)?.content(&render.ground));
    }
    let page = MapPage {
        map: MapConfig { labels: Labels::Name, note: format!("{} {}", page.map.note, places(None, lang)), ..page.map },
        ..page
    };
    let mut content = with(render, &page, (measured, found, described), scale, figures)?.content(&render.ground);
    let points = Points {
        id: String::new(),
        name: lang.pick("Trại", "Farms").to_owned(),
        unit: String::new(),
        categories: vec!["R ≤ 1".to_owned(), "R > 1".to_owned(), lang.pick("đang có dịch", "infected").to_owned()],
        list: farms
            .iter()
            .zip(&risks)
            .map(|(farm, risk)| Placed {
                position: farm.position,
                name: String::new(),
                category: Some(if farm.infected { 2 } else { usize::from(risk.r > 1.0) }),
                value: Value::NoData,
                commune: farm.commune,
            })
            .collect(),
    };
    // Those that matter most lie on top.
    let mut points = points;
    points.list.sort_by_key(|point| point.category);
    points::add(&mut content, vec![Cow::Owned(points)], &render.ground);
    Ok(content)
}
