//! Measures of registers by commune: outbreaks, animals, rates with empirical-Bayes smoothing, days since the last case, coverage.

use crate::hotspots::Weights;
use crate::hotspots::rates::{Reference, rates};
use crate::hotspots::weights::{Metric, Rule};
use crate::message;
use crate::model::registers::RegisterTable;
use crate::model::{Joined, Measured, When};
use crate::outbreaks::Active;
use crate::outbreaks::rates::{Tally, by_commune, coverage, per_cent, total};
use crate::outbreaks::{Herds, Register};
use crate::places::Communes;
use crate::places::centroid::centroid;
use crate::run::{Place, Problems};
use crate::values::text::fold;
use crate::values::{Message, Quantity, Unit, Value};

/// Who is whose neighbour among communes that have a shape; islands have none.
pub fn neighbours(communes: &Communes) -> Weights {
    let positions: Vec<_> = (0..communes.len()).map(|i| centroid(&communes.shapes, i).unwrap_or([0.0, 0.0])).collect();
    Weights::of(Rule::Contiguity(None), Some(&communes.shapes), &positions, Metric::GreatCircle).unwrap_or_default()
}

/// One column: what follows the table's id, name, unit, values, scale.
pub type Column = (&'static str, Message, Unit, Vec<Value>);

fn values(list: impl Iterator<Item = Option<f64>>) -> Vec<Value> {
    list.map(Value::from).collect()
}

/// Measures of outbreaks. Where the register is complete a commune without a row had none; otherwise nothing is known of it.
pub fn of_outbreaks(
    register: &Register,
    herds: Option<&Herds>,
    communes: &Communes,
    active: &Active,
    complete: bool,
) -> Vec<Column> {
    let tallies = by_commune(&register.list, communes.len(), active);
    let known = |outbreaks: usize| complete || outbreaks > 0;
    let number = |of: &dyn Fn(&Tally) -> Option<f64>| -> Vec<Option<f64>> {
        tallies
            .iter()
            .map(|tally| {
                let found = of(tally);
                // No outbreak, no sick animals; an outbreak that does not say how many is not none.
                if tally.outbreaks == 0 && complete { found.or(Some(0.0)) } else { found }
            })
            .collect()
    };
    let count =
        |of: &dyn Fn(&Tally) -> usize| values(tallies.iter().map(|tally| known(tally.outbreaks).then(|| of(tally) as f64)));
    let (sick, dead) = (number(&|tally| tally.sick), number(&|tally| tally.dead));
    let since = |tally: &Tally| tally.last_case.map(|last| (active.on - last).num_days() as f64);
    let animals = || Unit::Count(["con", "animals"]);
    let per = || Unit::PerCent;
    let mut list: Vec<Column> = vec![
        ("outbreaks", message!("Ổ dịch lũy kế", "Outbreaks so far"), Unit::Count(["ổ", "outbreaks"]), count(&|t| t.outbreaks)),
        ("active", message!("Ổ dịch đang hoạt động", "Active outbreaks"), Unit::Count(["ổ", "outbreaks"]), count(&|t| t.active)),
        ("sick", message!("Số con mắc", "Sick animals"), animals(), values(sick.iter().copied())),
        ("dead", message!("Số con chết", "Dead animals"), animals(), values(dead.iter().copied())),
        (
            "destroyed",
            message!("Số con tiêu hủy", "Destroyed animals"),
            animals(),
            values(number(&|tally| tally.destroyed).into_iter()),
        ),
        (
            "days_since_last",
            message!("Số ngày từ ca cuối", "Days since the last case"),
            Unit::Days,
            tallies.iter().map(|tally| since(tally).map_or(Value::NoData, Value::Number)).collect(),
        ),
        (
            "fatality_pct",
            message!("Tỷ lệ chết trên mắc", "Case fatality"),
            per(),
            values(tallies.iter().map(Tally::fatality_pct)),
        ),
    ];
    let Some(herds) = herds else { return list };
    let head = herds.by_commune(communes.len(), |herd| herd.head);
    let weights = neighbours(communes);
    // Animals of a holding whose number nobody knows are not at risk in the rate, so its sick are not among them either.
    let unknown = herds.without_head();
    let counted = register.list.iter().filter(|outbreak| !unknown.contains(&(outbreak.site.commune, fold(&outbreak.holding))));
    let events = by_commune(counted, communes.len(), active);
    let of_known = |all: &[Option<f64>], of: fn(&Tally) -> Option<f64>| -> Vec<Option<f64>> {
        let pairs = all.iter().zip(tallies.iter().zip(&events));
        pairs.map(|(all, (tally, known))| if known.outbreaks == tally.outbreaks { *all } else { of(known) }).collect()
    };
    let kinds = [
        ("attack", message!("Tỷ lệ mắc", "Attack rate"), &of_known(&sick, |tally| tally.sick)),
        ("mortality", message!("Tỷ lệ chết trên đàn", "Mortality"), &of_known(&dead, |tally| tally.dead)),
    ];
    for (id, name, events) in kinds {
        let raw: Vec<Value> = events.iter().zip(&head).map(|(events, head)| per_cent(*events, *head)).collect();
        let number = |list: &[Option<f64>]| list.iter().map(|number| number.unwrap_or(f64::NAN)).collect::<Vec<_>>();
        let smooth = rates(&number(events), &number(&head), &weights, Reference::Own);
        let global = smoothed(&raw, smooth.iter().map(|rate| rate.map(|rate| rate.global)));
        // Without a neighbour there is no neighbourhood to draw towards.
        let alone = |commune: usize| weights.neighbours.get(commune).is_none_or(Vec::is_empty);
        let near = smooth.iter().enumerate().map(|(i, rate)| rate.filter(|_| !alone(i)).map(|rate| rate.spatial));
        let spatial = smoothed(&raw, near);
        let (raw_id, global_id, spatial_id) = match id {
            "attack" => ("attack_pct", "attack_eb_pct", "attack_eb_spatial_pct"),
            _ => ("mortality_pct", "mortality_eb_pct", "mortality_eb_spatial_pct"),
        };
        let with = |vi: &str, en: &str| Message { vi: format!("{} {vi}", name.vi), en: format!("{} {en}", name.en) };
        list.push((raw_id, name.clone(), per(), raw));
        list.push((global_id, with("(làm trơn Bayes)", "(empirical Bayes)"), per(), global));
        list.push((spatial_id, with("(làm trơn theo láng giềng)", "(spatial empirical Bayes)"), per(), spatial));
    }
    list
}

/// Smoothed rates in per cent; where there is no rate the reason stays.
fn smoothed(raw: &[Value], smooth: impl Iterator<Item = Option<f64>>) -> Vec<Value> {
    raw.iter()
        .zip(smooth)
        .map(|(raw, smooth)| match (raw, smooth) {
            (Value::Number(_), Some(rate)) => Value::Number(100.0 * rate),
            (Value::Number(_), None) => Value::NoData,
            (other, _) => *other,
        })
        .collect()
}

/// Says that rates mix what should stand apart.
pub fn report_mixed(register: &Register, herds: Option<&Herds>, problems: &mut Problems) {
    let Some(herds) = herds else { return };
    let mut species: Vec<String> = herds.list.iter().map(|herd| fold(&herd.species)).collect();
    species.sort_unstable();
    species.dedup();
    let (diseases, kinds) = (register.diseases.len(), species.len());
    if diseases > 1 || kinds > 1 {
        problems.warning(
            "mixed-rates",
            Place::file(&register.file),
            message!(
                "đàn và tỷ lệ gộp {diseases} bệnh, {kinds} loài vật nuôi: không so được giữa các xã",
                "animals and rates put {diseases} diseases and {kinds} kinds of animals together: communes cannot be compared"
            ),
            Some(message!("chọn disease (bệnh) và species (loài)", "choose disease and species")),
        );
    }
}

/// Says of which numbers the sums are the least that there can be: some outbreaks state them, others do not.
pub fn report_unstated(all: &Tally, file: &str, problems: &mut Problems) {
    let names = [("con mắc", "sick"), ("con chết", "dead"), ("con tiêu hủy", "destroyed")];
    for ((vi, en), count) in names.into_iter().zip(all.unstated).filter(|(_, count)| (1..all.outbreaks).contains(count)) {
        let outbreaks = all.outbreaks;
        problems.warning(
            "numbers-not-stated",
            Place::file(file),
            message!(
                "{count} trong {outbreaks} ổ dịch không ghi số {vi}: tổng và tỷ lệ là mức ít nhất",
                "{count} of {outbreaks} outbreaks do not state the {en}: sums and rates are the least there can be"
            ),
            None,
        );
    }
}

/// Lists communes with more sick or dead than animals.
pub fn report_impossible(columns: &[Column], communes: &Communes, file: &str, problems: &mut Problems) {
    for (id, _, _, values) in columns.iter().filter(|(id, ..)| matches!(*id, "attack_pct" | "mortality_pct")) {
        for (commune, rate) in values.iter().enumerate().filter_map(|(i, value)| Some((i, value.number()?))) {
            if rate > 100.0 {
                let name = &communes.names[commune];
                let message = message!("{name}: số mắc hoặc chết nhiều hơn tổng đàn", "{name}: more sick or dead than animals");
                let place = Place::file(file).column(*id).value(format!("{rate:.1} %"));
                problems.warning("rate-over-100", place, message, None);
            }
        }
    }
}

/// Takes herds away from registers of diseases that none of their animals gets: rates and counts over them would be of nobody.
fn leave_other_animals(joined: &mut Joined, problems: &mut Problems) {
    let is_of_others = |table: &RegisterTable, herds: &Herds| {
        let ill = |name: &String| {
            let disease = table.diseases.find(name);
            herds.list.iter().any(|herd| disease.is_none_or(|one| table.diseases.falls_ill(one, &herd.species) != Some(false)))
        };
        !herds.list.is_empty() && !table.register.diseases.iter().any(ill)
    };
    let left: Vec<bool> =
        joined.registers.iter().map(|table| joined.herds_of(table).is_some_and(|herds| is_of_others(table, herds))).collect();
    for (table, _) in joined.registers.iter_mut().zip(left).filter(|(_, left)| *left) {
        table.herds = None;
        let diseases = table.register.diseases.join(", ");
        let message = message!(
            "sổ đàn không có loài nào mắc {diseases}: không tính tỷ lệ và số con trong vùng",
            "no animal of the register of herds gets {diseases}: no rates, no animals in zones"
        );
        let hint = message!("dùng sổ đàn của đúng loài", "use a register of herds of these animals");
        problems.error("other-animals", Place::file(&table.register.file), message, Some(hint));
    }
}

/// Adds the measures of all registers to the indicators.
pub fn add(joined: &mut Joined, problems: &mut Problems) {
    leave_other_animals(joined, problems);
    joined.registers.iter().for_each(|table| report_mixed(&table.register, joined.herds_of(table), problems));
    let on = joined.periods.get(When::Current).map(|period| period.to);
    let mut found = Vec::new();
    for table in &joined.herds {
        found.extend(
            of_herds(&table.herds, &joined.communes).into_iter().map(|column| measured(&table.id, &table.name, column, None)),
        );
    }
    for table in &joined.registers {
        let columns = of_outbreaks(&table.register, joined.herds_of(table), &joined.communes, &table.active(on), table.complete);
        report_impossible(&columns, &joined.communes, &table.register.file, problems);
        // Outbreaks in no known commune count in the total.
        let all = total(&table.register.list, &table.active(on));
        report_unstated(&all, &table.register.file, problems);
        let of = |id: &str| match id {
            "outbreaks" => Some(all.outbreaks as f64),
            "active" => Some(all.active as f64),
            "sick" => all.sick,
            "dead" => all.dead,
            "destroyed" => all.destroyed,
            _ => None,
        };
        found.extend(columns.into_iter().map(|column| {
            let total = of(column.0);
            measured(&table.id, &table.name, column, total)
        }));
    }
    joined.indicators.list.extend(found);
}

/// Measures of herds.
pub fn of_herds(herds: &Herds, communes: &Communes) -> Vec<Column> {
    let animals = || Unit::Count(["con", "animals"]);
    let head = herds.by_commune(communes.len(), |herd| herd.head);
    let mut list: Vec<Column> = Vec::new();
    if herds.placed {
        let count = herds.by_commune(communes.len(), |_| Some(1.0));
        let unit = Unit::Count(["trại", "herds"]);
        list.push(("herds", message!("Số trại", "Herds"), unit, values(count.into_iter())));
    }
    list.push(("head", message!("Tổng đàn", "Animals"), animals(), values(head.into_iter())));
    if herds.vaccination {
        let vaccinated = herds.by_commune(communes.len(), |herd| herd.vaccinated);
        list.push((
            "vaccinated",
            message!("Số con đã tiêm phòng", "Vaccinated animals"),
            animals(),
            values(vaccinated.into_iter()),
        ));
        let per = Unit::PerCent;
        let name = message!("Tỷ lệ tiêm phòng", "Vaccination coverage");
        list.push(("coverage_pct", name, per, coverage(herds, communes.len())));
    }
    list
}

/// A column as a measure of a project: its id after the table's, its name after the table's.
pub fn measured(table: &str, title: &str, (id, name, unit, values): Column, total: Option<f64>) -> Measured {
    let quantity = unit.quantity();
    let total = match (quantity, total) {
        (Quantity::Extensive, Some(total)) => Value::Number(total),
        _ => Measured::sum(quantity, &values),
    };
    let scale = if matches!(id, "herds" | "head" | "vaccinated" | "coverage_pct") { "linked" } else { "infested" };
    let name = if title.is_empty() {
        name
    } else {
        Message { vi: format!("{} – {title}", name.vi), en: format!("{} – {title}", name.en) }
    };
    Measured { id: format!("{table}.{id}"), name, unit, quantity, values, total, scale, decimals: None, signed: false }
}
