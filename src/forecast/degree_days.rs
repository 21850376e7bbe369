//! Degree days of a day between two developmental thresholds.
//!
//! Sine: Baskerville & Emin 1969, Allen 1976 (double); triangle: Lindsey & Newman 1956, Sevacherian et al. 1977; the
//! cutoffs as in Zalom et al. 1983; "clip": McMaster & Wilhelm 1997, method 2.

use std::f64::consts::{FRAC_PI_2, PI};

/// How temperature is taken to run through a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Mean of both temperatures less the lower threshold, no cutoff
    Simple,
    /// Both temperatures first brought between the thresholds
    Clip,
    /// One sine for the day
    SingleSine,
    /// Half a sine from each of two minima
    DoubleSine,
    /// One triangle
    SingleTriangle,
    /// Half a triangle from each of two minima
    DoubleTriangle,
}

/// What heat above the upper threshold does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cutoff {
    /// Development stays at its greatest rate
    Horizontal,
    /// It slows down by as much as it is too hot
    Intermediate,
    /// It stops
    Vertical,
}

/// Lower and upper threshold, °C.
#[derive(Debug, Clone, Copy)]
pub struct Thresholds {
    /// No development below
    pub lower: f64,
    /// See [`Cutoff`]
    pub upper: Option<f64>,
}

impl Method {
    /// Whether the next day's minimum matters.
    pub fn is_double(self) -> bool {
        matches!(self, Method::DoubleSine | Method::DoubleTriangle)
    }

    /// Degree days (°C·d) of a day with extremes `min` and `max` that ends at `next_min`.
    pub fn degree_days(self, min: f64, max: f64, next_min: f64, thresholds: Thresholds, cutoff: Cutoff) -> f64 {
        let Thresholds { lower, upper } = thresholds;
        let single = |wave: Wave, min: f64| {
            let over = wave.above(min, max, lower);
            let Some(upper) = upper else { return over };
            let too_hot = wave.above(min, max, upper);
            match cutoff {
                Cutoff::Horizontal => over - too_hot,
                Cutoff::Intermediate => (over - 2.0 * too_hot).max(0.0),
                Cutoff::Vertical => over - too_hot - wave.share_above(min, max, upper) * (upper - lower),
            }
        };
        match self {
            Method::Simple => ((min + max) / 2.0 - lower).max(0.0),
            Method::Clip => {
                let clip = |value: f64| upper.map_or(value, |upper| value.min(upper)).max(lower);
                (clip(min) + clip(max)) / 2.0 - lower
            }
            Method::SingleSine => single(Wave::Sine, min),
            Method::SingleTriangle => single(Wave::Triangle, min),
            Method::DoubleSine => (single(Wave::Sine, min) + single(Wave::Sine, next_min)) / 2.0,
            Method::DoubleTriangle => (single(Wave::Triangle, min) + single(Wave::Triangle, next_min)) / 2.0,
        }
    }
}

/// Shape of a day.
#[derive(Debug, Clone, Copy)]
enum Wave {
    Sine,
    Triangle,
}

impl Wave {
    /// Area above a threshold, °C·d.
    fn above(self, min: f64, max: f64, threshold: f64) -> f64 {
        let middle = (max + min) / 2.0;
        if max <= threshold {
            0.0
        } else if min >= threshold {
            middle - threshold
        } else {
            match self {
                Wave::Sine => {
                    let swing = (max - min) / 2.0;
                    let angle = ((threshold - middle) / swing).asin();
                    ((middle - threshold) * (FRAC_PI_2 - angle) + swing * angle.cos()) / PI
                }
                Wave::Triangle => (max - threshold).powi(2) / (2.0 * (max - min)),
            }
        }
    }

    /// Share of the day above a threshold.
    fn share_above(self, min: f64, max: f64, threshold: f64) -> f64 {
        if max <= threshold {
            0.0
        } else if min >= threshold {
            1.0
        } else {
            match self {
                Wave::Sine => {
                    let (middle, swing) = ((max + min) / 2.0, (max - min) / 2.0);
                    0.5 - ((threshold - middle) / swing).asin() / PI
                }
                Wave::Triangle => (max - threshold) / (max - min),
            }
        }
    }
}
