//! What stands under a slide for its speaker: the values of its picture.

use crate::draw::Scene;
use crate::draw::plot::{Grid, Look, Plot, Series};
use crate::draw::scene::Fill;
use crate::values::{Lang, numbers};

/// What a speaker may be asked: every value of the picture.
pub fn speech(scene: &Scene, lang: Lang) -> Vec<String> {
    let mut lines = vec![scene.titles.measure.clone(), scene.titles.caveat.clone()];
    if let Some(plot) = &scene.plot {
        lines.extend(of_plot(plot, lang));
    } else if let Some(grid) = &scene.grid {
        lines.extend(of_grid(grid));
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

fn of_grid(grid: &Grid) -> Vec<String> {
    let row = |(name, cells): &(String, Vec<(Fill, String)>)| {
        let cells = grid.heads.iter().zip(cells).map(|(head, (_, words))| format!("{head} {words}"));
        format!("{name}: {}", cells.collect::<Vec<_>>().join("; "))
    };
    std::iter::once(grid.corner.clone()).chain(grid.rows.iter().map(row)).collect()
}

/// Decimals of values that are told in full.
const DECIMALS: usize = 3;

fn of_plot(plot: &Plot, lang: Lang) -> Vec<String> {
    // A limit has no values of its own.
    let own: Vec<&Series> = plot.series.iter().filter(|series| series.look != Look::Limit).collect();
    let value = |number: Option<f64>| match number {
        // "3,000" would be read as three thousand.
        Some(number) => numbers::format_up_to(number, DECIMALS, lang),
        None => "–".to_owned(),
    };
    let row = |(at, category): (usize, &String)| {
        let mut values: Vec<String> = own
            .iter()
            .map(|series| match own.len() {
                1 => value(series.values.get(at).copied().flatten()),
                _ => format!("{} {}", series.name, value(series.values.get(at).copied().flatten())),
            })
            .collect();
        if let Some(x) = plot.xs.get(at) {
            values.insert(0, numbers::format_up_to(*x, DECIMALS, lang));
        }
        format!("{category}: {}", values.join("; "))
    };
    let axis = if plot.xs.is_empty() { plot.axis.clone() } else { format!("{}; {}", plot.across, plot.axis) };
    std::iter::once(axis).chain(plot.categories.iter().enumerate().map(row)).collect()
}
