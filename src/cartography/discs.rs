//! Discs over a choropleth: their area is a second measure.

use super::choropleth::Choropleth;
use super::{Content, Ground, with_unit, written};
use crate::cartography::interior::interior;
use crate::cartography::legend::LegendPart;
use crate::draw::scene::{Anchor, Item, SMALLEST, Stroke, Text};
use crate::draw::text;
use crate::model::{Joined, Measured};
use crate::project::Labels;
use crate::scale::Rgb;
use crate::values::{Value, numbers};

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
    let number = written(&size, lang);
    let letters = move |unit: f32| SMALLEST * unit;
    // The number stands in its disc, or else under the name.
    let held = move |value: Value, words: &str, unit: f32| {
        let wide = text::width(words, letters(unit), true);
        value.number().is_some_and(|value| value > 0.0 && wide < 1.75 * radius(value, unit))
    };
    let numbered = labels == Labels::NameValue;
    if numbered {
        for label in &mut content.labels {
            let value = size.values[label.area];
            let words = number(value);
            label.value = if held(value, &words, unit) { String::new() } else { words };
        }
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
            .flat_map(|(radius, commune)| {
                let spots = interior(&view.rings(&joined.communes.shapes, commune));
                let Some(&([x, y], _)) = spots.first() else { return Vec::new() };
                let stroke = Some(Stroke { colour: Rgb::WHITE, width: 1.6 * unit, dash: 0.0 });
                // On the land it speaks of; labels give way.
                let mut items = vec![Item::Disc { centre: [x, y], radius, fill: colour, stroke }];
                let words = number(size.values[commune]);
                if numbered && held(size.values[commune], &words, unit) {
                    let middle = [x, y + 0.36 * letters(unit)];
                    items.push(Item::Text(
                        Text::new(words, middle, letters(unit)).bold().colour(Rgb::WHITE).anchor(Anchor::Middle),
                    ));
                }
                items
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
