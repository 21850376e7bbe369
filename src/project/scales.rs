//! `[scales.NAME]`: how classes are made and painted.

use serde::Deserialize;

/// How classes are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// The breaks given
    Fixed,
    /// Classes of equal width
    EqualInterval,
    /// Classes of equal count
    Quantile,
    /// Round numbers
    #[default]
    Pretty,
    /// Natural breaks: least squares within classes, exactly
    FisherJenks,
    /// Means of means, for long tails
    HeadTail,
    /// Standard deviations from the mean
    StdDev,
    /// Quartiles and the reach of one and a half box lengths
    Box,
    /// 1, 10, 50, 90 and 99 per cent
    Percentiles,
    /// The largest gaps
    MaximumBreaks,
    /// Equal ratios
    Geometric,
}

impl Scheme {
    /// All schemes.
    pub const ALL: [Scheme; 11] = [
        Scheme::Fixed,
        Scheme::EqualInterval,
        Scheme::Quantile,
        Scheme::Pretty,
        Scheme::FisherJenks,
        Scheme::HeadTail,
        Scheme::StdDev,
        Scheme::Box,
        Scheme::Percentiles,
        Scheme::MaximumBreaks,
        Scheme::Geometric,
    ];

    /// Name in project files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Scheme::Fixed => "fixed",
            Scheme::EqualInterval => "equal-interval",
            Scheme::Quantile => "quantile",
            Scheme::Pretty => "pretty",
            Scheme::FisherJenks => "fisher-jenks",
            Scheme::HeadTail => "head-tail",
            Scheme::StdDev => "std-dev",
            Scheme::Box => "box",
            Scheme::Percentiles => "percentiles",
            Scheme::MaximumBreaks => "maximum-breaks",
            Scheme::Geometric => "geometric",
        }
    }
}

/// Which class a bound belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Closure {
    /// The class it opens: "5 – dưới 10"
    #[default]
    Lower,
    /// The class it closes: "trên 5 – 10"
    Upper,
}

/// `[scales.NAME]`
#[derive(Debug, Clone, Default, PartialEq, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub struct ScaleConfig {
    /// Scheme
    pub scheme: Option<Scheme>,
    /// Bounds between classes
    pub breaks: Option<Vec<f64>>,
    /// Number of classes
    pub classes: Option<usize>,
    /// Which class a bound belongs to
    pub closure: Option<Closure>,
    /// Whether bounds are moved to round numbers where (almost) no value changes its class; yes by default
    pub rounded: Option<bool>,
    /// Whether 0 is a class of its own
    pub zero_apart: Option<bool>,
    /// Value from which the two directions of a diverging palette part
    pub centre: Option<f64>,
    /// Palette name
    pub palette: Option<String>,
    /// A colour per class, `#rrggbb`, instead of a palette
    pub colours: Option<Vec<String>>,
    /// A label per class
    pub labels: Option<Vec<String>>,
}
