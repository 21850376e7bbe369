//! What a map of clusters says: where the high and the low ones lie.

use super::Headline;
use super::phrase::listed;
use crate::values::Lang;

/// Names given of a cluster.
const NAMED: usize = 3;

/// The finding of a map of clusters: communes of sure high and low ones, the highest first, of all sure ones and those tested.
pub fn of_clusters(what: &str, [high, low]: [&[&str]; 2], (sure, tested): (usize, usize), lang: Lang) -> Headline {
    let named = |names: &[&str]| {
        let first = listed(&names[..names.len().min(NAMED)], lang);
        let others = names.len().saturating_sub(NAMED);
        match (others, lang) {
            (0, _) => first,
            (_, Lang::Vi) => format!("{} và {others} xã khác", names[..NAMED].join(", ")),
            (_, Lang::En) => format!("{} and {others} others", names[..NAMED].join(", ")),
        }
    };
    let lead = match lang {
        Lang::Vi => format!("{sure} trong {tested} xã thuộc cụm chắc chắn"),
        Lang::En => format!("{sure} of {tested} communes are in sure clusters"),
    };
    let title = match (high, low, lang) {
        ([], [], _) if sure == 0 => {
            let title = match lang {
                Lang::Vi => format!("Chưa thấy cụm chắc chắn nào về {what}"),
                Lang::En => format!("No sure cluster of {what}"),
            };
            return Headline { title, lead: String::new() };
        }
        ([], [], Lang::Vi) => format!("{sure} xã khác hẳn các xã quanh mình về {what}"),
        ([], [], Lang::En) => format!("{sure} communes are unlike those around them in {what}"),
        ([], low, Lang::Vi) => format!("Cụm thấp về {what}: {}", named(low)),
        ([], low, Lang::En) => format!("Low cluster of {what}: {}", named(low)),
        (high, _, Lang::Vi) => format!("Cụm cao về {what}: {}", named(high)),
        (high, _, Lang::En) => format!("High cluster of {what}: {}", named(high)),
    };
    let lead = match (high, low, lang) {
        ([], ..) | (_, [], _) => lead,
        (_, low, Lang::Vi) => format!("{lead}; cụm thấp: {}", named(low)),
        (_, low, Lang::En) => format!("{lead}; low cluster: {}", named(low)),
    };
    Headline { title, lead }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_are_named_by_their_highest() {
        let all = ["An", "Bình", "Châu", "Đông", "Hoà"];
        let found = of_clusters("tỷ lệ nhiễm", [&all, &all[..1]], (6, 100), Lang::Vi);
        assert_eq!(found.title, "Cụm cao về tỷ lệ nhiễm: An, Bình, Châu và 2 xã khác");
        assert_eq!(found.lead, "6 trong 100 xã thuộc cụm chắc chắn; cụm thấp: An");
        assert_eq!(of_clusters("rate", [&[], &[]], (0, 9), Lang::En).title, "No sure cluster of rate");
    }
}
