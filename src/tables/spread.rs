//! Risk of farms, by farm and by commune, with all digits.

use super::records::{cell, record, writer};
use crate::outbreaks::farms::Farm;
use crate::outbreaks::kernel::Risk;
use crate::places::Communes;

/// A row a farm; names and places only where exact ones are wanted.
pub fn by_farm(farms: &[Farm], risks: &[Risk], exact: bool) -> Vec<u8> {
    let mut writer = writer();
    let mut head = vec!["row", "head", "infected", "nearest_infected_km", "force_per_day", "p_infection", "r"];
    if exact {
        head.extend(["holding", "x", "y"]);
    }
    record(&mut writer, head.into_iter().map(str::to_owned));
    for (farm, risk) in farms.iter().zip(risks) {
        let mut cells = vec![
            farm.line.map(|line| line.to_string()).unwrap_or_default(),
            cell(farm.head),
            u8::from(farm.infected).to_string(),
            // To a hundred metres: exact distances to known outbreaks give places away.
            cell(Some(if exact { risk.nearest_km } else { (10.0 * risk.nearest_km).round() / 10.0 })),
            cell(Some(risk.force_per_day)),
            cell(Some(risk.p_infection)),
            cell(Some(risk.r)),
        ];
        if exact {
            cells.extend([farm.holding.clone(), cell(Some(farm.position[0])), cell(Some(farm.position[1]))]);
        }
        record(&mut writer, cells);
    }
    writer.into_inner().unwrap_or_default()
}

/// A row a commune.
pub fn by_commune(farms: &[Farm], risks: &[Risk], communes: &Communes) -> Vec<u8> {
    let mut writer = writer();
    let head = ["code", "name", "farms", "infected", "farms_r_above_1", "highest_r", "expected_infections"];
    record(&mut writer, head.map(str::to_owned));
    for commune in 0..communes.len() {
        let own: Vec<(&Farm, &Risk)> = farms.iter().zip(risks).filter(|(farm, _)| farm.commune == Some(commune)).collect();
        let count = |test: &dyn Fn(&Farm, &Risk) -> bool| own.iter().filter(|(farm, risk)| test(farm, risk)).count();
        let known = !own.is_empty();
        let cells = [
            communes.codes[commune].clone(),
            communes.names[commune].clone(),
            own.len().to_string(),
            count(&|farm, _| farm.infected).to_string(),
            count(&|_, risk| risk.r > 1.0).to_string(),
            cell(known.then(|| own.iter().map(|(_, risk)| risk.r).fold(0.0, f64::max))),
            cell(known.then(|| own.iter().map(|(_, risk)| risk.p_infection).sum())),
        ];
        record(&mut writer, cells);
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_farm_shows_its_distance_to_a_hundred_metres() {
        let farm =
            Farm { line: Some(2), position: [105.0, 10.0], commune: None, holding: "A".into(), head: Some(9.0), infected: false };
        let risk = Risk { nearest_km: 1.2345, force_per_day: 0.5, p_infection: 0.25, r: 2.0 };
        let text = |exact| String::from_utf8(by_farm(std::slice::from_ref(&farm), std::slice::from_ref(&risk), exact));
        let hidden = text(false).expect("text");
        assert!(hidden.ends_with("2,9,0,1.2,0.5,0.25,2\n") && !hidden.contains("105"), "{hidden}");
        assert!(text(true).expect("text").ends_with("2,9,0,1.2345,0.5,0.25,2,A,105,10\n"));
    }
}
