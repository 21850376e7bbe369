//! Maps of single fields.

use super::{MapPage, focus};
use crate::cartography::Content;
use crate::cartography::fields::FieldMap;
use crate::figures::render::{RenderContext, SEVERITY_OF_FIELDS, Shown};
use crate::measures::list::MEAN_SEVERITY;
use crate::message;
use crate::model::{When, of_period};
use crate::project::ScaleConfig;
use crate::run::{Fault, Place, Result};
use crate::scale::Scale;
use crate::values::severity;

/// The fields of one commune, or of all.
pub fn fields<'a>(render: &'a RenderContext, page: &MapPage) -> Result<Content<'a>> {
    let map = &page.map;
    let (joined, lang) = (render.joined, render.lang());
    let focus = focus(render, map)?;
    let (Some(current), Some(fields)) = (of_period(render.periods, When::Current), &joined.fields) else {
        return Err(Fault::new(
            "measure-without-data",
            Place::default(),
            message!("bản đồ thửa cần [fields]", "a map of fields needs [fields]"),
        ));
    };
    let severities = &current.severities;
    let mean = map.measure == MEAN_SEVERITY.id;
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
    let by_field = joined.forecast_target() == Some(crate::join::Target::Fields);
    let highest = match &map.pest {
        Some(pest) => &severities.by_pest[crate::model::pest_number(joined, pest)?],
        None => &severities.highest,
    };
    let values: Vec<f64> = if !by_field {
        vec![f64::NAN; fields.pieces.len()]
    } else if mean {
        severities.mean.clone()
    } else {
        highest.iter().map(|value| f64::from(*value)).collect()
    };
    let (scale, heading, mut title) = if mean {
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
    let mut own = title.to_owned();
    if let Some(pest) = &map.pest {
        own = format!("{own} – {pest}");
    }
    if let Some(focus) = focus {
        own = format!("{own} – {}", joined.communes.names[focus]);
    }
    title = if map.title.is_empty() { &own } else { &map.title };
    let map = FieldMap {
        titles: render.titles(title.to_owned(), (SEVERITY_OF_FIELDS, map.pest.as_deref()), Shown::default()),
        page: render.page(map.page.as_ref()),
        heading: heading.to_owned(),
        values,
        scale,
        focus,
        note: map.note.clone(),
        layers: map.layers.clone(),
    };
    Ok(map.content(&render.ground, fields))
}
