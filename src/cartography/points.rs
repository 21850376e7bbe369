//! Points over a map: form and colour by kind, with their place in the legend.

use super::{Content, Ground};
use crate::cartography::legend::{self, LegendPart, Swatch};
use crate::draw::scene::{Anchor, Item, Text};
use crate::draw::symbols::{Symbol, symbol};
use crate::draw::taken::overlap;
use crate::model::points::{Placed, Points};
use crate::scale::{Fill, Rgb, palette};
use crate::values::{Value, numbers};
use std::borrow::Cow;

/// Radius of a symbol in units of a 1600 × 900 page.
const RADIUS: f32 = 9.0;

/// Whether a point is drawn, and counted: a map of one commune shows those in it.
fn drawn(focus: Option<usize>, point: &Placed) -> bool {
    focus.is_none() || point.commune == focus
}

/// Adds tables of points to a map and its legend.
pub fn add<'a>(content: &mut Content<'a>, tables: Vec<Cow<'a, Points>>, ground: &Ground<'a>) {
    let (lang, bw) = (ground.imprint.lang, ground.imprint.bw);
    let kinds: usize = tables.iter().map(|table| table.categories.len().max(1)).sum();
    // Six forms go with eight colours, or with three greys, before a pair comes again.
    let paints: Vec<Rgb> = if bw {
        let greys = [30, 150, 90].map(|level| Rgb(level, level, level));
        (0..kinds).map(|kind| greys[kind / Symbol::ALL.len() % greys.len()]).collect()
    } else {
        palette::qualitative(kinds.min(palette::THINGS), false).into_iter().map(Fill::ground).cycle().take(kinds).collect()
    };
    let mut parts: Vec<LegendPart> = Vec::new();
    let focus = content.focus;
    let mut first = 0;
    for table in tables {
        let kinds = table.categories.len().max(1);
        let style = move |category: Option<usize>| first + category.unwrap_or(0);
        let shown = |category: Option<usize>| {
            table
                .list
                .iter()
                .filter(|point| category.is_none() || point.category == category)
                .filter(|point| drawn(focus, point))
                .count()
        };
        if table.categories.is_empty() {
            let swatch = Swatch::Symbol(Symbol::nth(first), paints[first]);
            parts.push(legend::entry(swatch, table.name.clone(), shown(None), lang));
        } else {
            parts.push(LegendPart::Heading(table.name.clone(), lang.pick("số điểm", "points").to_owned()));
            for category in 0..table.categories.len() {
                let number = style(Some(category));
                let swatch = Swatch::Symbol(Symbol::nth(number), paints[number]);
                parts.push(legend::entry(swatch, table.category_name(category), shown(Some(category)), lang));
            }
            let unnamed = table.list.iter().filter(|point| point.category.is_none() && drawn(focus, point)).count();
            if unnamed > 0 {
                let words = lang.pick("không ghi loại", "kind not stated").to_owned();
                parts.push(legend::entry(Swatch::Symbol(Symbol::Circle, Rgb::GREY), words, unnamed, lang));
            }
        }
        let paints = paints.clone();
        content.over.push(Box::new(move |view, unit| {
            let mut items: Vec<Item> = Vec::new();
            let mut words: Vec<Text> = Vec::new();
            for point in table.list.iter().filter(|point| drawn(focus, point)) {
                let at = view.pixel(point.position);
                items.push(match point.category {
                    None if !table.categories.is_empty() => symbol(Symbol::Circle, at, RADIUS * unit, Rgb::GREY, unit),
                    category => {
                        let number = first + category.unwrap_or(0);
                        symbol(Symbol::nth(number), at, RADIUS * unit, paints[number], unit)
                    }
                });
                // A reading stands beside its symbol; kinds that are numbers say it already.
                if let Value::Number(number) = point.value {
                    let written = numbers::format_short(number, lang);
                    words.push(
                        Text::new(written, [at[0], at[1] + 24.0 * unit], 15.0 * unit)
                            .bold()
                            .anchor(Anchor::Middle)
                            .halo(3.0 * unit),
                    );
                }
            }
            // Of readings that would cover one another the later ones are left out.
            let mut taken: Vec<[f32; 4]> = Vec::new();
            for label in words {
                let frame = label.bounds();
                if taken.iter().all(|other| !overlap(*other, frame)) {
                    taken.push(frame);
                    items.push(Item::Text(label));
                }
            }
            items
        }));
        first += kinds;
    }
    if !content.parts.is_empty() {
        parts.push(LegendPart::Rule);
    }
    parts.append(&mut content.parts);
    content.parts = parts;
}
