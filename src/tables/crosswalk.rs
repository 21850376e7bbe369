//! What became of the units of an earlier date, and what their values are for those of today.

use super::records::{cell, record, writer};
use crate::message;
use crate::places::Communes;
use crate::places::crosswalk::{Crosswalk, Kind};
use crate::run::{Place, Problems};
use crate::values::numbers;

/// One line for each pair of units that share land.
pub fn units(old: &Communes, new: &Communes, crosswalk: &Crosswalk, land: &Crosswalk) -> Vec<u8> {
    let mut writer = writer();
    let head = [
        "old_code",
        "old_name",
        "kind",
        "new_code",
        "new_name",
        "share_old",
        "share_new",
        "share_old_area",
        "old_ha",
        "new_ha",
        "area_change_pct",
        "code_reused",
    ];
    record(&mut writer, head.map(str::to_owned));
    let areas = land.shares_of_land();
    let mut received = vec![0.0; new.len()];
    crosswalk.links.iter().for_each(|link| received[link.new] += link.weight);
    for (unit, kind) in crosswalk.kinds.iter().enumerate().filter(|(_, kind)| **kind == Kind::Unplaced) {
        let blank = String::new;
        let (code, name, area) = (old.codes[unit].clone(), old.names[unit].clone(), format!("{:.4}", old.area_ha[unit]));
        let kind = kind.name().to_owned();
        record(&mut writer, [code, name, kind, blank(), blank(), blank(), blank(), blank(), area, blank(), blank(), blank()]);
    }
    for link in &crosswalk.links {
        let (from, to) = (link.old, link.new);
        let kind = crosswalk.kinds[from];
        let change = match kind {
            Kind::Unchanged | Kind::Renamed => format!("{:+.2}", 100.0 * (new.area_ha[to] / old.area_ha[from] - 1.0)),
            _ => String::new(),
        };
        // The code of an old unit that now names a unit made of more, or of other, land.
        let reused = new.find(&old.codes[from]).is_some()
            && (old.codes[from] != new.codes[to] || !matches!(kind, Kind::Unchanged | Kind::Renamed));
        let row = [
            old.codes[from].clone(),
            old.names[from].clone(),
            kind.name().to_owned(),
            new.codes[to].clone(),
            new.names[to].clone(),
            format!("{:.6}", link.share),
            format!("{:.6}", if received[to] > 0.0 { link.weight / received[to] } else { 0.0 }),
            format!("{:.6}", areas.get(&(from, to)).copied().unwrap_or(0.0)),
            format!("{:.4}", old.area_ha[from]),
            format!("{:.4}", new.area_ha[to]),
            change,
            if reused { "1" } else { "" }.to_owned(),
        ];
        record(&mut writer, row);
    }
    writer.into_inner().unwrap_or_default()
}

/// A row for each new unit with its value and the part of it that old units with a value make up. `place` is the column of the value.
pub fn values(new: &Communes, passed: &[(Option<f64>, f64)], place: &Place, problems: &mut Problems) -> Vec<u8> {
    let mut writer = writer();
    record(&mut writer, ["code", "name", place.column.as_str(), "known_pct"].map(str::to_owned));
    for (unit, (number, known)) in passed.iter().enumerate() {
        let [vi, en] = numbers::both(100.0 * known, 2);
        record(&mut writer, [new.codes[unit].clone(), new.names[unit].clone(), cell(*number), format!("{:.2}", 100.0 * known)]);
        if number.is_some() && *known < 0.99 {
            let name = &new.names[unit];
            problems.warning(
                "partly-known",
                place.clone().value(&new.codes[unit]),
                message!(
                    "{name}: chỉ {vi} % có số liệu cũ; phần còn lại không tính",
                    "{name}: only {en} % of it has old values; the rest is not counted"
                ),
                None,
            );
        }
    }
    writer.into_inner().unwrap_or_default()
}
