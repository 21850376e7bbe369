//! At most 256 colours for a picture, where nobody would see the difference: maps are flat.

use crate::draw::Scene;
use crate::draw::scene::{Fill, Item};
use crate::scale::Rgb;
use hashbrown::HashMap;
use std::collections::BTreeSet;

/// Different colours up to which a palette is tried; more come from pictures with very many shapes.
const TRIED: usize = 8192;
/// Differences in a channel that a palette may make, tried in turn. Edges of letters and lines are all it touches.
const NEAR: [u8; 4] = [0, 4, 9, 16];

/// Palette and numbers of pixels, where at most 256 colours do: the most frequent ones, and for the rest the nearest.
pub fn indexed(data: &[u8], scene: &Scene) -> Option<(Vec<u8>, Vec<u8>)> {
    with_paints(data, &paints(&scene.items))
}

fn with_paints(data: &[u8], paints: &[[u8; 3]]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut numbers: HashMap<u32, u16> = HashMap::with_capacity(2048);
    let mut colours: Vec<([u8; 3], u32)> = Vec::new();
    let mut pixels: Vec<u16> = vec![0; data.len() / 4];
    let (mut last, mut number) = (None, 0u16);
    for (at, pixel) in pixels.iter_mut().zip(data.as_chunks::<4>().0) {
        let colour = u32::from_le_bytes(*pixel);
        if last != Some(colour) {
            last = Some(colour);
            number = *numbers.entry(colour).or_insert_with(|| {
                colours.push(([pixel[0], pixel[1], pixel[2]], 0));
                (colours.len() - 1) as u16
            });
            if colours.len() > TRIED {
                return None;
            }
        }
        *at = number;
    }
    let mut counts = vec![0u32; colours.len()];
    pixels.iter().for_each(|number| counts[*number as usize] += 1);
    colours.iter_mut().zip(counts).for_each(|(colour, count)| colour.1 = count);
    let mut order: Vec<usize> = (0..colours.len()).collect();
    order.sort_by(|&a, &b| colours[b].1.cmp(&colours[a].1).then(colours[a].0.cmp(&colours[b].0)));
    let (palette, place) = NEAR.iter().find_map(|near| palette(paints, &order, &colours, *near))?;
    Some((palette.concat(), pixels.into_iter().map(|number| place[number as usize]).collect()))
}

/// The different paints of areas, at most half a palette.
fn paints(items: &[Item]) -> Vec<[u8; 3]> {
    fn gather(items: &[Item], found: &mut BTreeSet<[u8; 3]>) {
        let mut add = |fill: &Fill| match fill {
            Fill::Colour(Rgb(r, g, b)) => {
                found.insert([*r, *g, *b]);
            }
            Fill::Hatch(hatch) => found.extend([hatch.ground, hatch.ink].map(|Rgb(r, g, b)| [r, g, b])),
        };
        for item in items {
            match item {
                Item::Area { fill: Some(fill), .. } => add(fill),
                Item::Painted { fills, .. } => fills.iter().flatten().for_each(&mut add),
                _ => {}
            }
        }
        for item in items {
            if let Item::Clipped(_, items) = item {
                gather(items, found);
            }
        }
    }
    let mut found = BTreeSet::new();
    gather(items, &mut found);
    found.into_iter().take(128).collect()
}

/// A palette in which every colour is at most `near` away from an entry in each channel, and the place of every colour.
/// Paints are entries themselves, so that no class takes the colour of another; then come the frequent colours.
fn palette(paints: &[[u8; 3]], order: &[usize], colours: &[([u8; 3], u32)], near: u8) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
    let mut palette: Vec<[u8; 3]> = paints.to_vec();
    let mut place = vec![0u8; colours.len()];
    for &number in order {
        let colour = colours[number].0;
        let differences = |other: &[u8; 3]| [0, 1, 2].map(|i| other[i].abs_diff(colour[i]));
        let found = palette
            .iter()
            .enumerate()
            .filter(|(_, other)| differences(other).into_iter().all(|difference| difference <= near))
            .min_by_key(|(_, other)| differences(other).iter().map(|d| u32::from(*d).pow(2)).sum::<u32>());
        place[number] = match found {
            Some((at, _)) => at as u8,
            None if palette.len() == 256 => return None,
            None => {
                palette.push(colour);
                (palette.len() - 1) as u8
            }
        };
    }
    Some((palette, place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_palette_keeps_frequent_colours_exactly_and_moves_no_other_far() {
        let mut data = Vec::new();
        for i in 0..=255u8 {
            data.extend([i, i, i, 255].repeat(if i % 20 == 0 { 50 } else { 3 }));
        }
        data.extend([100, 104, 98, 255]);
        let last = data.len() / 4 - 1;
        let (palette, pixels) = with_paints(&data, &[]).expect("a palette does");
        let seen = |at: usize| &palette[pixels[at] as usize * 3..pixels[at] as usize * 3 + 3];
        let frequent = |at: &usize| data[at * 4].is_multiple_of(20);
        assert!((0..last).filter(frequent).all(|at| seen(at) == &data[at * 4..at * 4 + 3]));
        assert!(seen(last).iter().zip([100u8, 104, 98]).all(|(a, b)| a.abs_diff(b) <= 16));
        for i in 0..1000u32 {
            data.extend([i / 100, i / 10 % 10, i % 10].map(|digit| 25 * digit as u8));
            data.push(255);
        }
        assert!(with_paints(&data, &[]).is_none(), "so many colours would be seen to change");
    }
}
