//! Scales and palettes that ship with ruong, as data.

use super::colour::{Rgb, ramp};
use super::paint::{Fill, Hatch, Pattern, greys};
use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::text::nearest;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Shipped {
    pub(super) scales: BTreeMap<String, ShippedScale>,
    /// One direction, light to dark
    sequential: BTreeMap<String, Vec<String>>,
    /// Two directions from a light middle
    diverging: BTreeMap<String, Vec<String>>,
    /// Things without order
    qualitative: BTreeMap<String, Vec<String>>,
    /// Nine colours of two measures
    bivariate: BTreeMap<String, Vec<String>>,
    /// Official colours of classes
    official: BTreeMap<String, Official>,
}

/// Settings of a named scale before a project changes them.
#[derive(Debug, Deserialize)]
pub(super) struct ShippedScale {
    pub(super) palette: String,
    #[serde(default)]
    pub(super) breaks: Vec<f64>,
    /// Breaks in place of these where more than half of the values would share a class, the coarsest first
    #[serde(default)]
    pub(super) finer: Vec<Vec<f64>>,
    #[serde(default)]
    pub(super) zero_apart: Option<bool>,
    /// Value from which the two directions of a diverging palette part
    pub(super) centre: Option<f64>,
}

impl ShippedScale {
    /// The breaks for some values: the coarsest of those that leave no more than half of them in one class, else those that leave fewest.
    pub(super) fn breaks_for(&self, sorted: &[f64]) -> &[f64] {
        let most = |breaks: &[f64]| {
            let mut edges: Vec<usize> = breaks.iter().map(|cut| sorted.partition_point(|value| value < cut)).collect();
            edges.push(sorted.len());
            let mut from = 0;
            edges.into_iter().map(|to| to - std::mem::replace(&mut from, to)).max().unwrap_or(0)
        };
        let lists = || std::iter::once(&self.breaks).chain(&self.finer);
        let fits = lists().find(|breaks| 2 * most(breaks) <= sorted.len());
        fits.or_else(|| lists().min_by_key(|breaks| most(breaks))).unwrap_or(&self.breaks)
    }
}

#[derive(Debug, Deserialize)]
struct Official {
    colours: Vec<String>,
    #[allow(dead_code, reason = "kept beside the colours for whoever reads the file; a test asks for it")]
    source: String,
}

/// A test reads the file, so a slip in it cannot reach a user.
pub(super) static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| toml::from_str(include_str!("scales.toml")).unwrap_or_default());

/// A palette.
#[derive(Debug, Clone, PartialEq)]
pub enum Palette {
    /// Anchors of a ramp, light to dark
    Sequential(Vec<Rgb>),
    /// Anchors of a ramp with its light middle in the middle of the list
    Diverging(Vec<Rgb>),
    /// Colours one by one, used as they are
    Listed(Vec<Rgb>),
}

/// Steps of a ramp, and the one from which it begins beside a class of zero.
const FINE: usize = 100;
const FIRST: usize = 24;

impl Palette {
    /// The palette of a name.
    pub fn named(name: &str) -> Result<Palette> {
        let read = |list: &[String]| list.iter().filter_map(|colour| Rgb::parse(colour)).collect::<Vec<_>>();
        if let Some(list) = SHIPPED.sequential.get(name) {
            return Ok(Palette::Sequential(read(list)));
        }
        if let Some(list) = SHIPPED.diverging.get(name) {
            return Ok(Palette::Diverging(read(list)));
        }
        if let Some(list) = SHIPPED.qualitative.get(name) {
            return Ok(Palette::Listed(read(list)));
        }
        if let Some(official) = SHIPPED.official.get(name) {
            return Ok(Palette::Listed(read(&official.colours)));
        }
        let known = Palette::names();
        let list = known.join(", ");
        let fault = Fault::new(
            "unknown-palette",
            Place { value: name.to_owned(), ..Place::default() },
            message!("không có bảng màu \"{name}\"; đang có: {list}", "there is no palette \"{name}\"; there are: {list}"),
        );
        Err(match nearest(name, known.iter().copied()) {
            Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
            None => fault,
        })
    }

    /// All names.
    pub fn names() -> Vec<&'static str> {
        let shipped = &*SHIPPED;
        let maps = [&shipped.sequential, &shipped.diverging, &shipped.qualitative];
        maps.into_iter().flat_map(|map| map.keys()).chain(shipped.official.keys()).map(String::as_str).collect()
    }

    /// Colours for `below` classes under the middle and `above` from it on; a palette of one direction takes them as one row.
    pub fn colours(&self, below: usize, above: usize) -> Vec<Rgb> {
        let count = below + above;
        match self {
            Palette::Sequential(anchors) => ramp(anchors, count),
            Palette::Listed(list) => (0..count).map(|i| list.get(i % list.len().max(1)).copied().unwrap_or(Rgb::GREY)).collect(),
            Palette::Diverging(anchors) if below == 0 || above == 0 => {
                let middle = anchors.len() / 2;
                if below == 0 {
                    arm(&anchors[middle..], above)
                } else {
                    arm(&reversed(&anchors[..=middle]), below).into_iter().rev().collect()
                }
            }
            Palette::Diverging(anchors) => {
                let middle = anchors.len() / 2;
                let mut colours: Vec<Rgb> = arm(&reversed(&anchors[..=middle]), below);
                colours.reverse();
                colours.extend(arm(&anchors[middle..], above));
                colours
            }
        }
    }

    /// The colour that stands for the whole palette where there is one only.
    pub fn strong(&self) -> Rgb {
        match self {
            Palette::Sequential(_) => self.colours(0, 1).first().copied().unwrap_or(Rgb::GREY),
            _ => self.colours(0, 2).last().copied().unwrap_or(Rgb::GREY),
        }
    }

    /// Colours beside a class of zero: a ramp leaves its lightest to that.
    pub fn after_zero(&self, count: usize) -> Vec<Rgb> {
        match self {
            Palette::Sequential(_) if count < 2 => self.colours(0, count),
            Palette::Sequential(anchors) => {
                let fine = ramp(anchors, FINE + 1);
                let at = |i: usize| FIRST + (FINE - FIRST) * i / (count - 1);
                (0..count).filter_map(|i| fine.get(at(i)).copied()).collect()
            }
            _ => self.colours(0, count),
        }
    }

    /// The light middle of two directions.
    pub fn middle(&self) -> Rgb {
        match self {
            Palette::Diverging(anchors) => anchors.get(anchors.len() / 2).copied().unwrap_or(Rgb::WHITE),
            _ => Rgb(224, 228, 226),
        }
    }
}

fn reversed(list: &[Rgb]) -> Vec<Rgb> {
    list.iter().rev().copied().collect()
}

/// One direction of a diverging palette, from beside its middle to its end.
fn arm(anchors: &[Rgb], count: usize) -> Vec<Rgb> {
    let mut colours = ramp(anchors, count + 1);
    colours.remove(0);
    colours
}

/// Nine paints for two measures: rows of the second from low to high, columns of the first.
pub fn bivariate(bw: bool) -> [[Fill; 3]; 3] {
    let list = SHIPPED.bivariate.get("bivariate").map_or(&[][..], Vec::as_slice);
    let tones = [255u8, 208, 150];
    [0, 1, 2].map(|row: usize| {
        [0, 1, 2].map(|column: usize| {
            let grey = Rgb(tones[column], tones[column], tones[column]);
            let hatch = |pattern| Fill::Hatch(Hatch { pattern, ground: grey, ink: Rgb(70, 70, 70) });
            match (bw, row) {
                (false, _) => Fill::Colour(list.get(row * 3 + column).and_then(|text| Rgb::parse(text)).unwrap_or(Rgb::GREY)),
                (true, 0) => Fill::Colour(grey),
                (true, 1) => hatch(Pattern::Upright),
                (true, _) => hatch(Pattern::Falling),
            }
        })
    })
}

/// Colours of things before hatches come in; a test compares the number with the palette.
pub const THINGS: usize = 8;

/// A distinct paint for each of several things: colours first, then the same inks as hatches.
pub fn qualitative(count: usize, bw: bool) -> Vec<Fill> {
    if bw {
        // Without the lightest, which would be lost on the page.
        let few = greys(count.clamp(2, THINGS) + 1).into_iter().rev().take(count);
        return few.chain(hatched_greys()).take(count).collect();
    }
    let colours = Palette::named("qualitative").map(|palette| palette.colours(0, THINGS.min(count))).unwrap_or_default();
    let patterns = [Pattern::Falling, Pattern::Level, Pattern::Upright];
    let hatch = |pattern| colours.iter().map(move |&ink| Fill::Hatch(Hatch { pattern, ground: Rgb(250, 250, 250), ink }));
    let solid = colours.iter().map(|&colour| Fill::Colour(colour));
    solid.chain(patterns.into_iter().flat_map(hatch)).cycle().take(count).collect()
}

/// Greys beyond those of a ramp, for more things than it can tell apart.
fn hatched_greys() -> impl Iterator<Item = Fill> {
    let list = [
        (Pattern::Falling, 255, 90),
        (Pattern::Upright, 255, 110),
        (Pattern::Level, 212, 60),
        (Pattern::Falling, 212, 80),
        (Pattern::Level, 150, 240),
        (Pattern::Upright, 150, 30),
        (Pattern::Falling, 84, 220),
        (Pattern::Upright, 84, 230),
    ];
    let grey = |level: u8| Rgb(level, level, level);
    list.into_iter()
        .cycle()
        .map(move |(pattern, ground, ink)| Fill::Hatch(Hatch { pattern, ground: grey(ground), ink: grey(ink) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scale::colour::{Vision, difference};

    #[test]
    fn shipped_scales_have_their_palettes_and_every_colour_reads() {
        let shipped: Shipped = toml::from_str(include_str!("scales.toml")).expect("the file is well formed");
        for scale in shipped.scales.values() {
            Palette::named(&scale.palette).expect("the palette ships");
        }
        let lists = [&shipped.sequential, &shipped.diverging, &shipped.qualitative];
        for colour in lists.into_iter().flat_map(|map| map.values().flatten()) {
            assert!(Rgb::parse(colour).is_some(), "{colour}");
        }
        for official in shipped.official.values() {
            assert!(!official.source.is_empty() && official.colours.iter().all(|colour| Rgb::parse(colour).is_some()));
        }
    }

    /// Neighbouring classes differ for every kind of colour vision; 0.02 in Oklab is about where a difference is seen at all.
    #[test]
    fn neighbouring_classes_differ_for_every_eye() {
        for (names, diverging) in [(&SHIPPED.sequential, false), (&SHIPPED.diverging, true)] {
            for name in names.keys() {
                let palette = Palette::named(name).expect("it ships");
                for count in 3..=7 {
                    let (below, above) = if diverging { (count / 2, count - count / 2) } else { (0, count) };
                    let colours = palette.colours(below, above);
                    for vision in Vision::ALL {
                        for pair in colours.windows(2) {
                            let seen = difference(vision.see(pair[0]), vision.see(pair[1]));
                            assert!(seen > 0.06, "{name} {count} {vision:?} {pair:?}: {seen}");
                        }
                    }
                }
                if !diverging {
                    let colours = palette.colours(0, 5);
                    assert!(
                        colours.windows(2).all(|pair| pair[0].lightness() > pair[1].lightness()),
                        "{name} survives grey print"
                    );
                }
            }
        }
    }

    /// CIE L*a*b* under D65.
    fn lab(colour: Rgb) -> [f64; 3] {
        let [r, g, b] = [colour.0, colour.1, colour.2].map(|c| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        let x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047;
        let y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        let z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883;
        let [x, y, z] = [x, y, z].map(|t: f64| if t > 0.008856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// Nothing is not a little: zero differs from the class above it by ΔE*ab of 12 at least, for every kind of colour vision.
    #[test]
    fn zero_stands_out_from_the_class_above_it() {
        for name in SHIPPED.sequential.keys() {
            let palette = Palette::named(name).expect("it ships");
            for count in 1..=7 {
                let first = palette.after_zero(count)[0];
                for vision in Vision::ALL {
                    let (a, b) = (lab(vision.see(palette.middle())), lab(vision.see(first)));
                    let distance = (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f64>().sqrt();
                    assert!(distance >= 12.0, "{name} {count} {vision:?}: {distance:.1}");
                }
            }
        }
    }

    /// The ends of a diverging palette must not look alike to any eye: one is "more", the other "less".
    #[test]
    fn the_two_directions_differ_for_every_eye() {
        for name in SHIPPED.diverging.keys() {
            let colours = Palette::named(name).expect("it ships").colours(3, 3);
            for vision in Vision::ALL {
                for (i, j) in [(0, 5), (1, 4), (2, 3)] {
                    let seen = difference(vision.see(colours[i]), vision.see(colours[j]));
                    assert!(seen > 0.06, "{name} {vision:?} {i} {j}: {seen}");
                }
            }
        }
    }

    #[test]
    fn colours_of_things_differ_for_every_eye() {
        let colours = Palette::named("qualitative").expect("it ships").colours(0, 6);
        for vision in Vision::ALL {
            for (i, a) in colours.iter().enumerate() {
                for (j, b) in colours.iter().enumerate().skip(i + 1) {
                    let seen = difference(vision.see(*a), vision.see(*b));
                    assert!(seen > 0.06, "{vision:?} {i} {j}: {seen}");
                }
            }
        }
    }

    #[test]
    fn no_two_of_many_things_look_the_same() {
        assert_eq!(SHIPPED.qualitative["qualitative"].len(), THINGS);
        for (bw, most) in [(false, 32), (true, 16)] {
            for count in 1..=most {
                let paints = qualitative(count, bw);
                let different: std::collections::HashSet<Fill> = paints.iter().copied().collect();
                assert_eq!((paints.len(), different.len()), (count, count), "bw {bw}");
            }
        }
    }

    #[test]
    fn nine_colours_of_two_measures_differ_for_every_eye() {
        let colours: Vec<Rgb> = bivariate(false).into_iter().flatten().map(Fill::ground).collect();
        for vision in Vision::ALL {
            for i in 0..9 {
                for j in i + 1..9 {
                    let seen = difference(vision.see(colours[i]), vision.see(colours[j]));
                    assert!(seen > 0.05, "{vision:?} {i} {j}: {seen}");
                }
            }
        }
    }

    #[test]
    fn greys_grow_darker_and_differ() {
        for count in 2..=9 {
            let fills = greys(count);
            assert!(fills.windows(2).all(|pair| pair[0].lightness() > pair[1].lightness() + 0.02), "{count}");
        }
    }
}
