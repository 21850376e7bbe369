//! Discs over a choropleth: their area is a second measure.

use super::choropleth::Choropleth;
use super::{Content, Ground, with_unit};
use crate::cartography::labels::interior;
use crate::cartography::legend::LegendPart;
use crate::draw::scene::{Item, Stroke};
use crate::model::{Joined, Measured};
use crate::project::Labels;
use crate::scale::Rgb;
use crate::values::numbers;

/// Radius of the largest disc of ten in design units; many communes have smaller ones, so that discs cover no more than a fifth of the land.
const LARGEST: f32 = 30.0;
/// Radius below which the largest disc is no disc.
const LEAST: f32 = 7.0;
/// Discs.
const DISC: Rgb = Rgb(38, 70, 110);

/// The choropleth's content with discs; largest first, so that small ones stay in sight.
pub fn content<'a>(first: Choropleth, size: Measured, ground: &Ground<'a>, unit: f32) -> Content<'a> {
    let lang = ground.imprint.lang;
    let colour = if ground.imprint.bw { Rgb(60, 60, 60) } else { DISC };
    let (labels, focus) = (first.labels, first.focus);
    let mut content = first.content(ground);
    let most = size.values.iter().filter_map(|value| value.number()).fold(0.0f64, f64::max);
    let many = size.values.len().max(10) as f32;
    let largest = (LARGEST * (10.0 / many).sqrt()).max(LEAST);
    let radius = move |value: f64, unit: f32| largest * unit * (value / most).sqrt() as f32;
    let heading = with_unit(size.name.get(lang), size.unit.get(lang));
    let mut parts = vec![LegendPart::Heading(heading, String::new())];
    let round = round_values(most);
    let decimals = numbers::decimals_needed(&round);
    let discs = round.iter().map(|value| (radius(*value, unit), numbers::format(*value, decimals, lang))).collect();
    parts.push(LegendPart::Discs(discs, colour));
    let negative = size.values.iter().filter(|value| value.number().is_some_and(|number| number < 0.0)).count();
    if negative > 0 {
        let words = lang.pick("xã có giá trị âm, không vẽ vòng tròn", "communes have a negative value and no disc");
        parts.push(LegendPart::Note(format!("{negative} {words}")));
    }
    parts.append(&mut content.parts);
    content.parts = parts;
    if labels == Labels::NameValue {
        // The disc stands where the value would.
        content.labels.iter_mut().for_each(|label| label.value.clear());
    }
    let joined: &'a Joined = ground.joined;
    content.over.push(Box::new(move |view, unit| {
        let mut discs: Vec<(f32, usize)> = size
            .values
            .iter()
            .enumerate()
            .filter(|(commune, _)| focus.is_none_or(|focus| focus == *commune))
            .filter_map(|(commune, value)| Some((radius(value.number().filter(|number| *number > 0.0)?, unit), commune)))
            .collect();
        discs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        discs
            .into_iter()
            .filter_map(|(radius, commune)| {
                let &([x, y], _) = interior(&view.rings(&joined.communes.shapes, commune)).first()?;
                let stroke = Some(Stroke { colour: Rgb::WHITE, width: 1.6 * unit, dash: 0.0 });
                // On the land it speaks of; labels give way.
                Some(Item::Disc { centre: [x, y], radius, fill: colour, stroke })
            })
            .collect()
    }));
    content
}

/// Three round values for the legend, largest first.
fn round_values(most: f64) -> Vec<f64> {
    if most <= 0.0 {
        return Vec::new();
    }
    let power = 10f64.powf(most.log10().floor());
    let top = [5.0, 2.0, 1.0].into_iter().map(|step| step * power).find(|value| *value <= most * 1.0001).unwrap_or(power);
    let exact = |value: f64| format!("{value:.10e}").parse().unwrap_or(value);
    [top, top / 2.0, top / 10.0].map(exact).to_vec()
}
