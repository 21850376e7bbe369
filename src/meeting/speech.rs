//! What stands under a slide for its speaker: the values of its picture.

use crate::draw::Scene;
use crate::draw::plot::Plot;
use crate::values::{Lang, numbers};

/// What a speaker may be asked: every value of the picture.
pub fn speech(scene: &Scene, lang: Lang) -> Vec<String> {
    let mut lines = vec![scene.titles.measure.clone(), scene.titles.caveat.clone()];
    if let Some(plot) = &scene.plot {
        lines.extend(of_plot(plot, lang));
    } else {
        let told = scene.told.iter().filter(|told| !told.words.is_empty());
        let mut told = told.peekable();
        if told.peek().is_some() && !scene.telling.is_empty() {
            lines.push(scene.telling.clone());
        }
        lines.extend(told.map(|told| format!("{}: {}", told.name, told.words)));
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn of_plot(plot: &Plot, lang: Lang) -> Vec<String> {
    let all: Vec<f64> = plot.series.iter().flat_map(|series| &series.values).flatten().copied().collect();
    let decimals = numbers::decimals_needed(&all).min(3);
    let value = |number: Option<f64>| match number {
        Some(number) => numbers::format(number, decimals, lang),
        None => "–".to_owned(),
    };
    let row = |(at, category): (usize, &String)| {
        let values: Vec<String> = plot
            .series
            .iter()
            .map(|series| match plot.series.len() {
                1 => value(series.values.get(at).copied().flatten()),
                _ => format!("{} {}", series.name, value(series.values.get(at).copied().flatten())),
            })
            .collect();
        format!("{category}: {}", values.join("; "))
    };
    std::iter::once(plot.axis.clone()).chain(plot.categories.iter().enumerate().map(row)).collect()
}
