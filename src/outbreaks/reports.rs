//! Several rows of one outbreak, told by its id: rows of other species are parts of it, later reports take the place of earlier ones.

use super::register::Outbreak;
use crate::message;
use crate::run::{Place, Problems};
use crate::values::text::fold;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// One row of a register.
pub struct Report {
    /// What names the outbreak; empty if nothing does
    pub id: String,
    /// Which report of it the row is
    pub turn: Option<u32>,
    /// What it says
    pub outbreak: Outbreak,
}

/// A number of an outbreak.
type Part = fn(&mut Outbreak) -> &mut Option<f64>;

const PARTS: [Part; 4] = [|one| &mut one.herd, |one| &mut one.sick, |one| &mut one.dead, |one| &mut one.destroyed];

/// Brings the rows of each outbreak together. Rows of one id that name other diseases or places are listed and stay apart.
pub fn together(rows: Vec<Report>, place: &Place, problems: &mut Problems) -> Vec<Outbreak> {
    let mut order: Vec<String> = Vec::new();
    let mut by_id: BTreeMap<String, Vec<Report>> = BTreeMap::new();
    let mut found: Vec<Outbreak> = Vec::new();
    for row in rows {
        let id = fold(&row.id);
        if id.is_empty() {
            found.push(row.outbreak);
            continue;
        }
        if !by_id.contains_key(&id) {
            order.push(id.clone());
        }
        by_id.entry(id).or_default().push(row);
    }
    let (mut merged, mut from) = (0usize, 0usize);
    for id in order {
        let Some(reports) = by_id.remove(&id) else { continue };
        let first = &reports[0];
        let same = |report: &Report| {
            let (a, b) = (&report.outbreak, &first.outbreak);
            a.disease == b.disease && a.site.position == b.site.position && a.site.commune == b.site.commune
        };
        if reports.len() > 1 && !reports.iter().all(same) {
            let (line, count) = (first.outbreak.line, reports.len());
            let message = message!(
                "{count} dòng cùng mã ổ dịch nhưng khác bệnh hoặc khác nơi: tính riêng từng dòng",
                "{count} rows of one outbreak name other diseases or places: each counts by itself"
            );
            problems.warning("outbreak-contradicts", Place { row: Some(line), ..place.clone().value(&first.id) }, message, None);
            found.extend(reports.into_iter().map(|report| report.outbreak));
            continue;
        }
        if reports.len() > 1 {
            merged += 1;
            from += reports.len();
        }
        found.extend(one(reports, place, problems));
    }
    if merged > 0 {
        let message = message!(
            "{from} dòng là của {merged} ổ dịch: dòng khác loài được cộng, báo cáo sau thay báo cáo trước",
            "{from} rows are of {merged} outbreaks: other species were added, later reports replaced earlier ones"
        );
        problems.info("outbreak-in-rows", place.clone(), message, None);
    }
    found
}

/// One outbreak of its rows.
fn one(reports: Vec<Report>, place: &Place, problems: &mut Problems) -> Option<Outbreak> {
    let when = |report: &Report| -> (Option<NaiveDate>, Option<u32>, u64) {
        (report.outbreak.reported, report.turn, report.outbreak.line)
    };
    let mut by_species: BTreeMap<String, Vec<Report>> = BTreeMap::new();
    let mut names: Vec<String> = Vec::new();
    for report in reports {
        let species = &report.outbreak.species;
        if !species.is_empty() && !names.contains(species) {
            names.push(species.clone());
        }
        by_species.entry(fold(species)).or_default().push(report);
    }
    let mut whole: Option<Outbreak> = None;
    for (_, mut reports) in by_species {
        reports.sort_by_key(when);
        let mut latest: Option<Outbreak> = None;
        for Report { id, outbreak, .. } in reports {
            latest = Some(match latest {
                None => outbreak,
                Some(before) => follow(before, outbreak, &place.clone().value(id), problems),
            });
        }
        whole = match (whole, latest) {
            (Some(mut sum), Some(mut part)) => {
                for of in PARTS {
                    let more = *of(&mut part);
                    let number = of(&mut sum);
                    *number = number.zip(more).map(|(a, b)| a + b).or(*number).or(more);
                }
                Some(spanning(sum, &part))
            }
            (sum, part) => sum.or(part),
        };
    }
    let mut whole = whole?;
    whole.species = names.join(", ");
    Some(whole)
}

/// An outbreak after a later report: what that states stands, what it leaves out stays.
fn follow(mut before: Outbreak, mut after: Outbreak, place: &Place, problems: &mut Problems) -> Outbreak {
    let falls = |of: Part, before: &mut Outbreak, after: &mut Outbreak| {
        of(before).zip(*of(after)).is_some_and(|(earlier, later)| later < earlier)
    };
    // Animals of a herd die; sick, dead and destroyed ones only add up.
    if PARTS[1..].iter().any(|of| falls(*of, &mut before, &mut after)) {
        let message = message!(
            "báo cáo sau ghi ít hơn báo cáo trước: nếu là số phát sinh, không phải lũy kế, thì số của ổ dịch này thiếu",
            "a later report states less than an earlier one: if its numbers are new cases rather than totals, this outbreak lacks some"
        );
        problems.warning("report-falls", Place { row: Some(after.line), ..place.clone() }, message, None);
    }
    for of in PARTS {
        let later = *of(&mut after);
        let number = of(&mut before);
        *number = later.or(*number);
    }
    before.last_case = after.last_case.or(before.last_case);
    before.ended = after.ended.or(before.ended);
    spanning(before, &after)
}

/// An outbreak that began with the earlier of two rows and is known by the first.
fn spanning(mut one: Outbreak, other: &Outbreak) -> Outbreak {
    one.onset = one.onset.min(other.onset);
    one.reported = [one.reported, other.reported].into_iter().flatten().min();
    one.told = one.told.max(other.told);
    one.last_case = one.last_case.max(other.last_case);
    one.ended = one.ended.max(other.ended);
    one.line = one.line.min(other.line);
    if one.holding.is_empty() {
        one.holding.clone_from(&other.holding);
    }
    one
}
