//! Maps of single fields.

use super::{MapPage, focus};
use crate::cartography::Content;
use crate::cartography::fields::FieldMap;
use crate::join::Target;
use crate::measures::list::MEAN_SEVERITY;
use crate::message;
use crate::project::ScaleConfig;
use crate::render::{Heading, RenderContext, SEVERITY_OF_FIELDS, Shown};
use crate::run::{Fault, Place, Result};
use crate::scale::Scale;
use crate::values::{Lang, exact, numbers, severity};
use crate::words::Headline;

/// The fields of one commune, or of all.
pub fn fields<'a>(render: &'a RenderContext, page: &MapPage) -> Result<Content<'a>> {
    let map = &page.map;
    let (joined, lang) = (render.joined, render.lang());
    let focus = focus(render, map)?;
    let Some(fields) = &joined.fields else {
        return Err(Fault::new(
            "measure-without-data",
            Place::default(),
            message!("bản đồ thửa cần [fields]", "a map of fields needs [fields]"),
        ));
    };
    let severities = &render.accounts(page.week)?.severities;
    let mean = map.measure == MEAN_SEVERITY.id;
    if let (true, Some(pest)) = (mean, &map.pest) {
        let place = Place { column: "pest".to_owned(), value: pest.clone(), ..Place::default() };
        let message = message!(
            "bản đồ thửa có mức trung bình của mọi loài, không của riêng một loài",
            "a map of fields has the mean over all pests, not that of one"
        );
        let hint = message!(
            "bỏ pest; hoặc bỏ measure để vẽ mức cao nhất của loài này",
            "leave pest out; or leave measure out for the highest severity of this pest"
        );
        return Err(Fault::new("unused-key", place, message).hint(hint));
    }
    if !mean && !map.measure.is_empty() && map.measure != "severity" {
        let id = &map.measure;
        return Err(Fault::new(
            "unknown-measure",
            Place { value: id.clone(), ..Place::default() },
            message!(
                "bản đồ thửa vẽ severity (mức cao nhất) hoặc mean_severity, không vẽ \"{id}\"",
                "a map of fields shows severity (the highest) or mean_severity, not \"{id}\""
            ),
        ));
    }
    let of_pest = match &map.pest {
        Some(pest) => severities.by_pest.get(crate::model::pest_number(joined, pest)?),
        None => Some(&severities.highest),
    };
    let of_unit = |unit: usize| match mean {
        true => severities.mean.get(unit).copied(),
        false => of_pest.and_then(|highest| highest.get(unit)).map(|highest| f64::from(*highest)),
    };
    // What is forecast for a commune holds for all of its fields.
    let unit = |field: usize| match joined.forecast_target()? {
        Target::Fields => Some(field),
        Target::Communes => {
            let most = fields.pieces.of(field).iter().max_by(|a, b| a.share.total_cmp(&b.share).then(b.commune.cmp(&a.commune)));
            most.map(|piece| piece.commune as usize)
        }
    };
    let values: Vec<f64> = (0..fields.pieces.len()).map(|field| unit(field).and_then(of_unit).unwrap_or(f64::NAN)).collect();
    let (scale, legend, title) = if mean {
        let name = map.scale.as_deref().unwrap_or("severity");
        let scale = Scale::new(name, render.project.scales.get(name), &values, render.style())?;
        (
            scale,
            lang.pick("Mức độ nhiễm trung bình của thửa", "Mean severity of the field"),
            lang.pick("Mức độ nhiễm trung bình từng thửa", "Mean severity by field"),
        )
    } else {
        let labels = (0..=severity::HIGHEST).map(|level| severity::name(level, lang).to_owned()).collect();
        let name = map.scale.as_deref().unwrap_or("field_severity");
        let own = render.project.scales.get(name).cloned().unwrap_or_default();
        let key = ScaleConfig {
            labels: Some(own.labels.clone().unwrap_or(labels)),
            breaks: Some(own.breaks.clone().unwrap_or_else(|| (1..=severity::HIGHEST).map(f64::from).collect())),
            zero_apart: Some(false),
            ..own
        };
        let scale = Scale::new(name, Some(&key), &[], render.style())?;
        (
            scale,
            lang.pick("Mức độ nhiễm cao nhất của thửa", "Highest severity of the field"),
            lang.pick("Mức độ nhiễm từng thửa", "Severity by field"),
        )
    };
    let mut described = title.to_owned();
    if let Some(pest) = &map.pest {
        described = format!("{described} – {pest}");
    }
    if let Some(focus) = focus {
        described = format!("{described} – {}", joined.communes.names[focus]);
    }
    let by_level = (!mean).then_some(values.as_slice());
    let found = by_level.and_then(|highest| found(render, highest, focus)).unwrap_or_else(|| Headline::plain(described.as_str()));
    let heading = Heading { own: map.title.clone(), found, described };
    let map = FieldMap {
        titles: render.titles(heading, (SEVERITY_OF_FIELDS, map.pest.as_deref()), Shown::at(page.week)),
        page: render.page(map.page.as_ref()),
        heading: legend.to_owned(),
        values,
        scale,
        focus,
        note: map.note.clone(),
        layers: map.layers.clone(),
    };
    Ok(map.content(&render.ground, fields))
}

/// Hectares infested and at risk on the fields shown, and how many fields nobody surveyed.
fn found(render: &RenderContext, highest: &[f64], focus: Option<usize>) -> Option<Headline> {
    let (joined, lang) = (render.joined, render.lang());
    let pieces = &joined.fields.as_ref()?.pieces;
    let share = |field: usize| match focus {
        Some(focus) => pieces.of(field).iter().find(|piece| piece.commune as usize == focus).map_or(0.0, |piece| piece.share),
        None => pieces.inside(field),
    };
    let shown: Vec<(f64, f64)> = (0..pieces.len())
        .map(|field| (highest[field], pieces.area_ha[field] * share(field)))
        .filter(|(_, hectares)| *hectares > 0.0)
        .collect();
    let sum = |wanted: &dyn Fn(f64) -> bool| exact::sum(shown.iter().filter(|(level, _)| wanted(*level)).map(|(_, ha)| *ha));
    let all = sum(&|level| !level.is_nan());
    if all <= 0.0 {
        return None;
    }
    let ha = |number: f64| numbers::format(number, usize::from(number < 100.0), lang);
    let [at_risk, infested] = [sum(&|level| severity::is_at_risk(level)), sum(&|level| level > 0.0)];
    let place = focus.map_or(String::new(), |focus| format!("{}: ", joined.communes.names[focus]));
    let part = numbers::format(numbers::percent(at_risk, all), 0, lang);
    let title = match lang {
        Lang::Vi => format!("{place}{} ha ruộng từ mức trung bình trở lên ({part} %)", ha(at_risk)),
        Lang::En => format!("{place}{} ha at medium severity or worse ({part} %)", ha(at_risk)),
    };
    let without = shown.iter().filter(|(level, _)| level.is_nan()).count();
    let lead = match (without, lang) {
        (0, Lang::Vi) => format!("Có nhiễm: {} ha trong {} ha đã điều tra", ha(infested), ha(all)),
        (0, Lang::En) => format!("Infested: {} of {} ha surveyed", ha(infested), ha(all)),
        (_, Lang::Vi) => format!("Có nhiễm: {} ha trong {} ha đã điều tra; {without} thửa chưa điều tra", ha(infested), ha(all)),
        (_, Lang::En) => format!("Infested: {} of {} ha surveyed; {without} fields not surveyed", ha(infested), ha(all)),
    };
    // What is under contract, by the same shares of area as everywhere.
    let contracted = |wanted: &dyn Fn(f64) -> bool| {
        let known = (0..pieces.len()).filter(|&field| share(field) > 0.0 && wanted(highest[field]));
        let linked = known.map(|field| joined.land.linked_of_field.get(field).copied().unwrap_or(0.0) * share(field));
        exact::sum(linked.filter(|hectares| hectares.is_finite()))
    };
    let (linked, linked_at_risk) = (contracted(&|_| true), contracted(&|level| severity::is_at_risk(level)));
    if linked <= 0.0 {
        return Some(Headline { title, lead });
    }
    let of_contracts = match lang {
        Lang::Vi => format!("Trong đó {} ha có hợp đồng (trên tổng {} ha)", ha(linked_at_risk), ha(linked)),
        Lang::En => format!("Of these {} ha under contract (of {} ha)", ha(linked_at_risk), ha(linked)),
    };
    Some(Headline { title, lead: format!("{of_contracts}. {lead}") })
}
