//! Peaks of light traps, and the windows that follow from them.

use super::records::{record, writer};
use crate::forecast::traps::{Outlook, Peak, Window};
use crate::forecast::windows::TrapSummary;
use crate::places::Communes;
use crate::readings::Readings;
use crate::values::lunar;

fn place(one: &TrapSummary, communes: &Communes) -> [String; 2] {
    match one.commune {
        Some(commune) => [communes.codes[commune].clone(), communes.names[commune].clone()],
        None => [String::new(), String::new()],
    }
}

fn state(peak: &Peak) -> &'static str {
    if peak.settled { "settled" } else { "may still rise" }
}

/// A row a peak.
pub fn peaks(readings: &Readings, summaries: &[TrapSummary], communes: &Communes) -> Vec<u8> {
    let mut writer = writer();
    let head = ["species", "trap_type", "code", "peak", "peak_lunar", "count", "prominence", "state", "days_since_last"];
    record(&mut writer, head.map(str::to_owned));
    for one in summaries {
        for (number, peak) in one.outlook.peaks.iter().enumerate() {
            let before = number.checked_sub(1).map(|before| one.outlook.peaks[before].date);
            let [code, _] = place(one, communes);
            let cells = [
                readings.properties[one.property].clone(),
                one.kind.name().to_owned(),
                code,
                peak.date.to_string(),
                lunar::format(peak.date),
                peak.count.to_string(),
                peak.prominence.to_string(),
                state(peak).to_owned(),
                before.map(|before| (peak.date - before).num_days().to_string()).unwrap_or_default(),
            ];
            record(&mut writer, cells);
        }
    }
    writer.into_inner().unwrap_or_default()
}

/// A row for each species, kind of trap and place.
pub fn windows(readings: &Readings, summaries: &[TrapSummary], communes: &Communes) -> Vec<u8> {
    let mut writer = writer();
    let head = [
        "species",
        "trap_type",
        "code",
        "name",
        "traps",
        "last_night",
        "last_peak",
        "count",
        "state",
        "next_peak_from",
        "next_peak_to",
        "next_peak_by",
        "sow_from",
        "sow_to",
        "sow_lunar",
        "nymphs_from",
        "nymphs_to",
        "hits",
        "sow_state",
        "nymphs_state",
    ];
    record(&mut writer, head.map(str::to_owned));
    for one in summaries {
        record(&mut writer, window(one, place(one, communes), readings));
    }
    writer.into_inner().unwrap_or_default()
}

fn window(one: &TrapSummary, [code, name]: [String; 2], readings: &Readings) -> [String; 20] {
    let Outlook { nights, next_peak, by_rule, sowing, nymphs, hits, .. } = &one.outlook;
    let peak = one.outlook.last_peak();
    let ends = |window: &Option<Window>| match window {
        Some((from, to)) => [from.to_string(), to.to_string()],
        None => [String::new(), String::new()],
    };
    let ([next_from, next_to], [sow_from, sow_to], [nymphs_from, nymphs_to]) = (ends(next_peak), ends(sowing), ends(nymphs));
    let lunar = sowing.map(|(from, to)| format!("{}–{}", lunar::format(from), lunar::format(to))).unwrap_or_default();
    let standing = |window: &Option<Window>| match window {
        Some(days) if one.outlook.is_past(*days) => "past".to_owned(),
        Some(_) => "open".to_owned(),
        None => String::new(),
    };
    let by = match next_peak {
        None => "",
        Some(_) if one.outlook.overdue => "overdue",
        Some(_) if *by_rule => "rule",
        Some(_) => "usual gap",
    };
    [
        readings.properties[one.property].clone(),
        one.kind.name().to_owned(),
        code,
        name,
        one.traps.to_string(),
        nights.last().map(|night| night.date.to_string()).unwrap_or_default(),
        peak.map(|peak| peak.date.to_string()).unwrap_or_default(),
        peak.map(|peak| peak.count.to_string()).unwrap_or_default(),
        peak.map_or("", state).to_owned(),
        next_from,
        next_to,
        by.to_owned(),
        sow_from,
        sow_to,
        lunar,
        nymphs_from,
        nymphs_to,
        if hits.1 > 0 { format!("{}/{}", hits.0, hits.1) } else { String::new() },
        standing(sowing),
        standing(nymphs),
    ]
}
