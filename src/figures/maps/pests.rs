//! The pests that get a map of their own by default, and the one scale of these maps.

use crate::measures::list::INFESTED_HA;
use crate::model::{When, of_period};
use crate::project::MeasureKey;
use crate::render::{Pool, RenderContext};
use crate::values::exact;
use std::sync::Arc;

/// A pest with less than this share of the hectares of all gets no map of its own by default.
const SHARE_THAT_MATTERS: f64 = 0.1;
/// Maps of single pests that are drawn by default.
const MOST_PESTS: usize = 4;

/// The pests that make up most of the infested hectares, largest first, where there are several.
pub fn that_matter<'a>(render: &RenderContext<'a>) -> Vec<&'a str> {
    let (Some(accounts), Some(forecasts)) = (of_period(render.periods, When::Current), &render.joined.forecasts) else {
        return Vec::new();
    };
    if !INFESTED_HA.available(render.joined) || forecasts.pests.len() < 2 {
        return Vec::new();
    }
    let hectares = |pest: usize| accounts.whole(Some(pest)).infested_ha();
    let mut pests: Vec<(f64, &str)> =
        forecasts.pests.iter().enumerate().map(|(number, pest)| (hectares(number), pest.as_str())).collect();
    let all = exact::sum(pests.iter().map(|(hectares, _)| *hectares));
    pests.retain(|(hectares, _)| *hectares > 0.0 && *hectares >= SHARE_THAT_MATTERS * all);
    pests.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    pests.into_iter().take(MOST_PESTS).map(|(_, pest)| pest).collect()
}

/// What the maps of these pests share their scale over.
pub fn pool(render: &RenderContext<'_>) -> Arc<Pool> {
    let key =
        |pest: &str| MeasureKey { measure: INFESTED_HA.id.to_owned(), pest: Some(pest.to_owned()), ..MeasureKey::default() };
    Arc::new(Pool { id: "infested-by-pest".to_owned(), keys: that_matter(render).into_iter().map(key).collect() })
}
