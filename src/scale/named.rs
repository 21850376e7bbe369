//! Named scales: what one paint means on every map, chart and table of a run.

use super::chosen;
use super::classify::{self, Goodness};
use super::paint::{Fill, greys, greys_about};
use super::palette::{Palette, SHIPPED};
use crate::message;
use crate::project::{Closure, ScaleConfig, Scheme};
use crate::run::{Fault, Place, Result};
use crate::values::{Lang, Message};

/// Classes made when a scale does not say how many.
const CLASSES: usize = 5;
/// Beside the largest number, what is smaller than this is the rest of computing with it.
const DUST: f64 = 1e-12;

/// How a run speaks and paints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// Language of labels and numbers
    pub lang: Lang,
    /// Greys and hatches instead of colours
    pub bw: bool,
}

/// One class.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// Paint
    pub fill: Fill,
    /// Bounds in words
    pub label: String,
}

/// Classes with their bounds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scale {
    /// Bounds between classes, ascending
    pub cuts: Vec<f64>,
    /// Which class a bound belongs to
    pub closure: Closure,
    /// Place of 0 among the classes, where it is one of its own
    pub zero: Option<usize>,
    /// Numbers up to this size are 0: the rest of adding and taking away
    pub dust: f64,
    /// Classes in ascending order
    pub classes: Vec<Class>,
    /// How the breaks were made
    pub scheme: Scheme,
    /// Fit to the values the breaks were made from, zeros apart not among them
    pub goodness: Goodness,
    /// Its classes have words of the project, in place of their bounds
    pub worded: bool,
    /// Name of its palette
    pub palette: String,
    /// What a reader must know: fewer classes than asked for, and why
    pub notes: Vec<Message>,
}

impl Scale {
    /// The scale for some values: the project's settings over the shipped ones of that name.
    pub fn new(name: &str, key: Option<&ScaleConfig>, values: &[f64], style: Style) -> Result<Scale> {
        let none = ScaleConfig::default();
        let key = key.unwrap_or(&none);
        let shipped = SHIPPED.scales.get(name);
        let dust = values.iter().filter(|value| value.is_finite()).fold(0.0f64, |most, value| most.max(value.abs())) * DUST;
        let values = &values.iter().map(|value| if value.abs() <= dust { 0.0 } else { *value }).collect::<Vec<f64>>()[..];
        let sorted = classify::sorted(values);
        let all_zero = !sorted.is_empty() && sorted.iter().all(|value| *value == 0.0);
        // Nothing is not a little: 0 stands apart wherever numbers grow from it.
        let grows = shipped.is_none_or(|scale| scale.zero_apart.unwrap_or(scale.centre.is_none()));
        let apart = key.zero_apart.unwrap_or(all_zero || (grows && key.centre.is_none_or(|centre| centre == 0.0)));
        let zero_apart = apart && values.contains(&0.0);
        let sorted: Vec<f64> = sorted.into_iter().filter(|value| !(zero_apart && *value == 0.0)).collect();
        let (palette, centre) = direction(key, shipped, &sorted);
        let mut scale = Scale { closure: key.closure.unwrap_or_default(), dust, ..Scale::default() };
        scale.cut(key, shipped.map_or(&[][..], |scale| scale.breaks_for(&sorted)), centre, &sorted);
        let count = if scale.cuts.is_empty() && sorted.is_empty() { 0 } else { scale.cuts.len() + 1 };
        scale.goodness = scale.fit(&sorted);
        let below = centre.map_or(0, |centre| scale.cuts.partition_point(|cut| *cut <= centre)).min(count);
        let after_zero = zero_apart && centre.is_none();
        let fills = fills(name, key, palette, (below, count - below), (style, after_zero))?;
        scale.worded = key.labels.is_some();
        scale.palette = palette.to_owned();
        let labels = match &key.labels {
            Some(given) if given.len() == count => given.clone(),
            Some(given) => return Err(wrong_count(name, "labels", count, given.len())),
            None => scale.labels(&sorted, zero_apart, centre == Some(0.0) && name.starts_with("change"), style.lang),
        };
        scale.classes = fills.into_iter().zip(labels).map(|(fill, label)| Class { fill, label }).collect();
        if zero_apart {
            let at = scale.below(0.0).min(scale.classes.len());
            let middle = if style.bw { super::Rgb::WHITE } else { Palette::named(palette)?.middle() };
            scale.classes.insert(at, Class { fill: Fill::Colour(middle), label: "0".to_owned() });
            scale.zero = Some(at);
        }
        Ok(scale)
    }

    /// Whether a scale of this name ships with ruong.
    pub fn ships(name: &str) -> bool {
        SHIPPED.scales.contains_key(name)
    }

    /// Finds the cuts.
    fn cut(&mut self, key: &ScaleConfig, shipped: &[f64], centre: Option<f64>, sorted: &[f64]) {
        let fixed = key
            .breaks
            .as_deref()
            .or_else(|| Some(shipped).filter(|breaks| !breaks.is_empty() && key.scheme.is_none() && key.classes.is_none()));
        if let (None | Some(Scheme::Fixed), Some(breaks)) = (key.scheme, fixed) {
            self.scheme = Scheme::Fixed;
            self.cuts = breaks.to_vec();
            return;
        }
        self.scheme = key.scheme.unwrap_or(Scheme::Pretty);
        let (Some(&low), Some(&high)) = (sorted.first(), sorted.last()) else { return };
        let wanted = key.classes.unwrap_or(CLASSES);
        let different = classify::distinct(sorted);
        if different == 1 {
            self.notes.push(message!("mọi giá trị bằng nhau: một lớp", "all values are equal: one class"));
            return;
        }
        if let (Some(centre), Scheme::Pretty) = (centre, self.scheme) {
            self.cuts = chosen::symmetric(centre, sorted, wanted);
        } else {
            let bins = match key.scheme {
                Some(_) => classify::bins(self.scheme, sorted, wanted, &[]),
                None => {
                    let chosen = chosen::showing(sorted, wanted, key.classes.is_none());
                    self.scheme = chosen.scheme;
                    chosen.bins
                }
            };
            let inner = &bins[..bins.len().saturating_sub(1)];
            let inside: Vec<f64> = match self.closure {
                // The limits of these schemes are values themselves; the next value opens the next class.
                Closure::Lower if matches!(self.scheme, Scheme::FisherJenks | Scheme::HeadTail) => {
                    classify::strictly_above(sorted, inner)
                }
                Closure::Lower => inner.iter().copied().filter(|cut| *cut > low && *cut <= high).collect(),
                Closure::Upper => inner.iter().copied().filter(|cut| *cut >= low && *cut < high).collect(),
            };
            let round = key.rounded.unwrap_or(true) && self.scheme != Scheme::Pretty;
            let inside = if self.scheme == Scheme::Pretty { self.whole(inside, sorted) } else { inside };
            self.cuts = if round { classify::rounded(&inside, sorted, |cut| self.count_below(cut, sorted)) } else { inside };
        }
        self.cuts.dedup();
        let made = self.cuts.len() + 1;
        if different < wanted && made < wanted {
            self.notes.push(message!(
                "chỉ có {different} giá trị khác nhau: {made} lớp thay vì {wanted}",
                "only {different} different values: {made} classes instead of {wanted}"
            ));
        }
    }

    /// Bounds between things that are counted: no class from 1.2 to 1.4 farms. The classes that hold something stay as they are.
    fn whole(&self, cuts: Vec<f64>, sorted: &[f64]) -> Vec<f64> {
        let next = if self.closure == Closure::Lower { f64::ceil } else { f64::floor };
        if sorted.iter().all(|value| value.fract() == 0.0) { cuts.into_iter().map(next).collect() } else { cuts }
    }

    fn count_below(&self, cut: f64, sorted: &[f64]) -> usize {
        match self.closure {
            Closure::Lower => sorted.partition_point(|value| *value < cut),
            Closure::Upper => sorted.partition_point(|value| *value <= cut),
        }
    }

    fn fit(&self, sorted: &[f64]) -> Goodness {
        let Some(&high) = sorted.last() else {
            return Goodness { counts: vec![0; self.cuts.len() + 1], gvf: 1.0, ..Goodness::default() };
        };
        let mut uppers: Vec<f64> = self
            .cuts
            .iter()
            .map(|cut| match self.count_below(*cut, sorted) {
                0 => f64::NEG_INFINITY,
                count => sorted[count - 1],
            })
            .collect();
        uppers.push(high);
        classify::goodness(sorted, &uppers)
    }

    /// Number of cuts that lie under a value.
    fn below(&self, number: f64) -> usize {
        match self.closure {
            Closure::Lower => self.cuts.partition_point(|cut| *cut <= number),
            Closure::Upper => self.cuts.partition_point(|cut| *cut < number),
        }
    }

    /// The class of a number.
    pub fn class_of(&self, number: f64) -> usize {
        let class = self.below(number);
        match self.zero {
            Some(zero) if number.abs() <= self.dust => zero,
            Some(zero) if class >= zero => class + 1,
            _ => class,
        }
    }

    /// The paint for a number.
    pub fn fill(&self, number: f64) -> Fill {
        self.classes.get(self.class_of(number)).map_or(Fill::Colour(super::Rgb::GREY), |class| class.fill)
    }

    /// Numbers in each class, zero apart included.
    pub fn counts(&self, values: impl IntoIterator<Item = f64>) -> Vec<usize> {
        let mut counts = vec![0; self.classes.len()];
        for value in values {
            if let Some(count) = counts.get_mut(self.class_of(value)) {
                *count += 1;
            }
        }
        counts
    }
}

/// Palette, and the value from which two directions part. Values on both sides of zero are never painted in one direction.
fn direction<'a>(
    key: &'a ScaleConfig,
    shipped: Option<&'a super::palette::ShippedScale>,
    sorted: &[f64],
) -> (&'a str, Option<f64>) {
    let centre = key.centre.or(shipped.and_then(|scale| scale.centre));
    match &key.palette {
        Some(palette) => (palette, centre),
        None if centre.is_none() && sorted.first().is_some_and(|low| *low < 0.0) => ("change", Some(0.0)),
        None if key.centre.is_some() && shipped.is_none_or(|scale| scale.centre.is_none()) => ("change", centre),
        None => (shipped.map_or("area", |scale| &scale.palette), centre),
    }
}

/// Paints of the classes. Beside a class of zero the lowest one is not the lightest: that would be taken for it.
fn fills(
    name: &str,
    key: &ScaleConfig,
    palette: &str,
    (below, above): (usize, usize),
    (style, after_zero): (Style, bool),
) -> Result<Vec<Fill>> {
    let count = below + above;
    if let Some(given) = &key.colours {
        if given.len() != count {
            return Err(wrong_count(name, "colours", count, given.len()));
        }
        if !style.bw {
            return given.iter().map(|text| colour(name, text).map(Fill::Colour)).collect();
        }
    }
    let palette = Palette::named(palette)?;
    let colours = if after_zero { palette.after_zero(count) } else { palette.colours(below, above) };
    Ok(if !style.bw {
        colours.into_iter().map(Fill::Colour).collect()
    } else if below > 0 && above > 0 {
        greys_about(below, above)
    } else if after_zero {
        greys(count + 1).split_off(1)
    } else {
        greys(count)
    })
}

fn colour(name: &str, text: &str) -> Result<super::Rgb> {
    super::Rgb::parse(text).ok_or_else(|| {
        let place = Place { column: format!("scales.{name}.colours"), value: text.to_owned(), ..Place::default() };
        Fault::new("colour", place, message!("\"{text}\" không phải màu dạng #rrggbb", "\"{text}\" is not a colour like #rrggbb"))
    })
}

fn wrong_count(name: &str, what: &str, want: usize, got: usize) -> Fault {
    let place = Place { column: format!("scales.{name}.{what}"), ..Place::default() };
    let noun = if what == "labels" { "nhãn" } else { "màu" };
    Fault::new(
        "scale-length",
        place,
        message!("thang \"{name}\" có {want} lớp nhưng {got} {noun}", "scale \"{name}\" has {want} classes but {got} {what}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(scale: &Scale) -> Vec<&str> {
        scale.classes.iter().map(|class| class.label.as_str()).collect()
    }

    #[test]
    fn a_bound_belongs_to_the_class_it_opens() {
        let key = ScaleConfig { scheme: Some(Scheme::Fixed), breaks: Some(vec![1.0, 2.0, 3.0]), ..ScaleConfig::default() };
        let scale = Scale::new("severity", Some(&key), &[0.0, 0.5, 1.0, 2.0, 3.5], Style::default()).expect("the scale ships");
        assert_eq!(labels(&scale), ["0", "trên 0 – dưới 1", "1 – dưới 2", "2 – dưới 3", "3 trở lên"]);
        assert_eq!([0.0, 0.5, 1.0, 2.0, 3.5].map(|number| scale.class_of(number)), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_bound_belongs_to_the_class_below_when_asked() {
        let key = ScaleConfig { breaks: Some(vec![1.0, 2.0]), closure: Some(Closure::Upper), ..ScaleConfig::default() };
        let scale = Scale::new("area", Some(&key), &[0.5, 1.0, 2.0, 3.0], Style::default()).expect("the scale ships");
        assert_eq!(labels(&scale), ["đến 1", "trên 1 – 2", "trên 2"]);
        assert_eq!([1.0, 1.5, 2.0, 2.5].map(|number| scale.class_of(number)), [0, 1, 1, 2]);
    }

    #[test]
    fn things_that_are_counted_have_whole_bounds() {
        for (closure, words) in [(Closure::Lower, ["dưới 2", "2 trở lên"]), (Closure::Upper, ["đến 1", "trên 1"])] {
            let key = ScaleConfig { closure: Some(closure), ..ScaleConfig::default() };
            assert_eq!(labels(&Scale::new("area", Some(&key), &[1.0, 1.0, 2.0], Style::default()).expect("it ships")), words);
        }
    }

    #[test]
    fn equal_values_make_one_class_and_say_so() {
        let scale = Scale::new("area", None, &[7.0, 7.0], Style::default()).expect("the scale ships");
        assert_eq!((labels(&scale), scale.class_of(7.0), scale.notes.len()), (vec!["7"], 0, 1));
        let zeros = Scale::new("infested", None, &[0.0, 0.0, f64::NAN], Style::default()).expect("the scale ships");
        assert_eq!((labels(&zeros), zeros.class_of(0.0)), (vec!["0"], 0));
        assert!(Scale::new("area", None, &[f64::NAN], Style::default()).expect("the scale ships").classes.is_empty());
    }

    #[test]
    fn change_has_two_directions_about_zero() {
        let scale = Scale::new("change", None, &[-40.0, -3.0, 0.0, 12.0], Style::default()).expect("the scale ships");
        assert_eq!(scale.cuts, [-40.0, -20.0, 0.0, 20.0, 40.0][1..4]);
        assert_eq!(labels(&scale), ["dưới −20", "−20 – dưới 0", "0", "trên 0 – dưới +20", "+20 trở lên"]);
        assert_eq!([-40.0, -3.0, 0.0, 12.0].map(|number| scale.class_of(number)), [0, 1, 2, 3]);
        let sequential = Scale::new("area", None, &[-2.0, 5.0], Style::default()).expect("the scale ships");
        assert!(sequential.cuts.contains(&0.0), "values on both sides of zero part there: {:?}", sequential.cuts);
    }

    #[test]
    fn missing_values_change_no_break() {
        let values = [3.0, 8.0, 1.0, 22.0, 15.0, 7.0];
        let with: Vec<f64> = values.iter().flat_map(|value| [f64::NAN, *value]).collect();
        for scheme in Scheme::ALL.into_iter().filter(|scheme| *scheme != Scheme::Fixed) {
            let key = ScaleConfig { scheme: Some(scheme), classes: Some(4), ..ScaleConfig::default() };
            let make = |values: &[f64]| Scale::new("area", Some(&key), values, Style::default()).expect("the scale ships");
            assert_eq!(make(&values), make(&with), "{scheme:?}");
        }
    }

    #[test]
    fn an_unknown_palette_names_the_nearest() {
        let key = ScaleConfig { palette: Some("rsik".to_owned()), ..ScaleConfig::default() };
        let fault = Scale::new("area", Some(&key), &[1.0], Style::default()).expect_err("there is no such palette");
        assert_eq!(fault.hint.map(|hint| hint.en), Some("did you mean \"risk\"?".to_owned()));
    }
}
