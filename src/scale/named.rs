//! Named scales: what one colour means on every map and chart of a run.

use super::classify;
use super::colour::{Rgb, ramp};
use crate::message;
use crate::project::{ScaleKey, Scheme};
use crate::run::{Fault, Place, Result};
use crate::values::text::nearest;
use crate::values::{Lang, numbers};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Classes made when a scale does not say how many.
const CLASSES: usize = 5;

/// One class.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// Fill
    pub colour: Rgb,
    /// Bounds in words
    pub label: String,
}

/// Classes with their bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// Lower bounds of the second and later classes, zero class not counted
    pub breaks: Vec<f64>,
    /// Whether 0 is a class of its own, before the others
    pub zero_apart: bool,
    /// Classes in ascending order
    pub classes: Vec<Class>,
}

#[derive(Debug, Deserialize)]
struct Shipped {
    scales: BTreeMap<String, ShippedScale>,
    palettes: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct ShippedScale {
    palette: String,
    #[serde(default)]
    breaks: Vec<f64>,
    #[serde(default)]
    zero_apart: bool,
}

/// Scales and palettes that ship with ruong. A test reads them, so a slip in the file cannot reach a user.
static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| {
    toml::from_str(include_str!("scales.toml")).unwrap_or(Shipped { scales: BTreeMap::new(), palettes: BTreeMap::new() })
});

impl Scale {
    /// The scale for some values: the project's settings over the shipped ones of that name.
    pub fn new(name: &str, key: Option<&ScaleKey>, values: &[f64], lang: Lang) -> Result<Scale> {
        let none = ScaleKey::default();
        let key = key.unwrap_or(&none);
        let shipped = SHIPPED.scales.get(name);
        let zero_apart = shipped.is_some_and(|scale| scale.zero_apart) && values.contains(&0.0);
        let numbers: Vec<f64> =
            values.iter().copied().filter(|value| value.is_finite() && !(zero_apart && *value == 0.0)).collect();
        let classes = key.classes.unwrap_or(CLASSES);
        let fixed = key.breaks.clone().or_else(|| {
            shipped
                .map(|scale| scale.breaks.clone())
                .filter(|breaks| !breaks.is_empty() && key.scheme.is_none() && key.classes.is_none())
        });
        let breaks = match (key.scheme, fixed) {
            (None | Some(Scheme::Fixed), Some(breaks)) => breaks,
            (Some(Scheme::Quantile), _) => classify::quantile(&numbers, classes),
            (Some(Scheme::EqualInterval), _) => classify::equal_interval(&numbers, classes),
            _ => classify::pretty(&numbers, classes),
        };
        let palette = key.palette.as_deref().unwrap_or_else(|| shipped.map_or("area", |scale| &scale.palette));
        let anchors = palette_named(palette)?;
        let labels = labels(&breaks, &numbers, lang);
        let mut list: Vec<Class> =
            ramp(&anchors, labels.len()).into_iter().zip(labels).map(|(colour, label)| Class { colour, label }).collect();
        if let Some(given) = &key.labels {
            if given.len() != list.len() {
                let (want, got) = (list.len(), given.len());
                return Err(Fault::new(
                    "labels",
                    Place { column: format!("scales.{name}.labels"), ..Place::default() },
                    message!(
                        "thang \"{name}\" có {want} lớp nhưng {got} nhãn",
                        "scale \"{name}\" has {want} classes but {got} labels"
                    ),
                ));
            }
            list.iter_mut().zip(given).for_each(|(class, label)| class.label.clone_from(label));
        }
        if zero_apart {
            list.insert(0, Class { colour: Rgb(244, 246, 240), label: "0".to_owned() });
        }
        Ok(Scale { breaks, zero_apart, classes: list })
    }

    /// Whether a scale of this name ships with ruong.
    pub fn ships(name: &str) -> bool {
        SHIPPED.scales.contains_key(name)
    }

    /// The class of a number.
    pub fn class_of(&self, number: f64) -> usize {
        if self.zero_apart && number == 0.0 {
            return 0;
        }
        usize::from(self.zero_apart) + self.breaks.partition_point(|&lower| lower <= number)
    }

    /// The fill for a number.
    pub fn colour(&self, number: f64) -> Rgb {
        self.classes.get(self.class_of(number)).map_or(Rgb(128, 128, 128), |class| class.colour)
    }
}

/// A distinct colour for each of several things, light enough to tell apart in grey.
pub fn qualitative(count: usize) -> Vec<Rgb> {
    let anchors = palette_named("qualitative").unwrap_or_default();
    (0..count).map(|i| anchors.get(i % anchors.len().max(1)).copied().unwrap_or(Rgb(90, 90, 90))).collect()
}

fn palette_named(name: &str) -> Result<Vec<Rgb>> {
    match SHIPPED.palettes.get(name) {
        Some(anchors) => Ok(anchors.iter().filter_map(|anchor| Rgb::parse(anchor)).collect()),
        None => {
            let known = SHIPPED.palettes.keys().cloned().collect::<Vec<_>>().join(", ");
            let fault = Fault::new(
                "unknown-palette",
                Place { value: name.to_owned(), ..Place::default() },
                message!("không có bảng màu \"{name}\"; đang có: {known}", "there is no palette \"{name}\"; there are: {known}"),
            );
            Err(match nearest(name, SHIPPED.palettes.keys().map(String::as_str)) {
                Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
                None => fault,
            })
        }
    }
}

/// Bounds in words; a class that holds its lower bound and not its upper one says so.
fn labels(breaks: &[f64], values: &[f64], lang: Lang) -> Vec<String> {
    let decimals = numbers::decimals_needed(breaks).min(3);
    let write = |number: f64| numbers::format(number, decimals, lang);
    match breaks {
        [] => vec![match (values.first(), values.iter().all(|value| Some(value) == values.first())) {
            (Some(&value), true) => numbers::format_short(value, lang),
            _ => lang.pick("mọi giá trị", "all values").to_owned(),
        }],
        [first, .., last] | [first @ last] => {
            let mut list = vec![format!("{} {}", lang.pick("dưới", "below"), write(*first))];
            list.extend(
                breaks.windows(2).map(|pair| format!("{} – {} {}", write(pair[0]), lang.pick("dưới", "below"), write(pair[1]))),
            );
            list.push(match lang {
                Lang::Vi => format!("{} trở lên", write(*last)),
                Lang::En => format!("{} and above", write(*last)),
            });
            list
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_scales_have_their_palettes_and_every_colour_reads() {
        assert!(SHIPPED.scales.contains_key("severity") && SHIPPED.scales.contains_key("attainment"));
        for scale in SHIPPED.scales.values() {
            assert!(SHIPPED.palettes.contains_key(&scale.palette), "{}", scale.palette);
        }
        for anchor in SHIPPED.palettes.values().flatten() {
            assert!(Rgb::parse(anchor).is_some(), "{anchor}");
        }
    }

    #[test]
    fn a_bound_belongs_to_the_class_it_opens() {
        let key = ScaleKey { scheme: Some(Scheme::Fixed), breaks: Some(vec![1.0, 2.0, 3.0]), ..ScaleKey::default() };
        let scale = Scale::new("severity", Some(&key), &[0.0, 0.5, 1.0, 2.0, 3.5], Lang::Vi).expect("the scale ships");
        let labels: Vec<&str> = scale.classes.iter().map(|class| class.label.as_str()).collect();
        assert_eq!(labels, ["0", "dưới 1", "1 – dưới 2", "2 – dưới 3", "3 trở lên"]);
        assert_eq!([0.0, 0.5, 1.0, 2.0, 3.5].map(|number| scale.class_of(number)), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn equal_values_make_one_class() {
        let scale = Scale::new("area", None, &[7.0, 7.0], Lang::Vi).expect("the scale ships");
        assert_eq!((scale.classes.len(), scale.classes[0].label.as_str(), scale.class_of(7.0)), (1, "7", 0));
    }

    #[test]
    fn an_unknown_palette_names_the_nearest() {
        let key = ScaleKey { palette: Some("rsik".to_owned()), ..ScaleKey::default() };
        let fault = Scale::new("area", Some(&key), &[1.0], Lang::Vi).expect_err("there is no such palette");
        assert_eq!(fault.hint.map(|hint| hint.en), Some("did you mean \"risk\"?".to_owned()));
    }
}
