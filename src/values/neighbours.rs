//! Rules of who is whose neighbour, as projects and commands write them.

use std::str::FromStr;

/// Who is a neighbour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    /// Boundaries within so many metres of each other; by default what the decimals of the coordinates call for
    Contiguity(Option<f64>),
    /// A shared point
    Queen,
    /// A shared edge
    Rook,
    /// The k nearest centroids
    Nearest(usize),
    /// Centroids within a distance
    Band(f64),
    /// The least band that leaves nobody alone
    LeastBand,
}

impl FromStr for Rule {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Rule, String> {
        let found = match text.split_once(':') {
            None => match text {
                "contiguity" => Some(Rule::Contiguity(None)),
                "queen" => Some(Rule::Queen),
                "rook" => Some(Rule::Rook),
                "band" => Some(Rule::LeastBand),
                _ => None,
            },
            Some(("contiguity", metres)) => {
                let metres = metres.strip_suffix('m').unwrap_or(metres).parse().ok();
                metres.filter(|metres: &f64| metres.is_finite() && *metres >= 0.0).map(|metres| Rule::Contiguity(Some(metres)))
            }
            Some(("knn", k)) => k.parse().ok().filter(|k| *k > 0).map(Rule::Nearest),
            Some(("band", km)) => km.parse().ok().filter(|km: &f64| km.is_finite() && *km > 0.0).map(Rule::Band),
            Some(_) => None,
        };
        found.ok_or_else(|| "contiguity, contiguity:5m, queen, rook, knn:6, band:12.5, band".to_owned())
    }
}
