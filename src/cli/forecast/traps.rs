//! `ruong forecast traps`: peaks of light traps, generations, and the days that follow from them.

use crate::cli::Outcome;
use crate::cli::readings::{ReadingsArguments, draw, table};
use crate::cli::registers::communes;
use crate::draw::Imprint;
use crate::figures::readings::{ReadingsChart, ReadingsWanted};
use crate::forecast::readings::Readings;
use crate::forecast::traps::{self, Outlook, Peak, Settings, Window};
use crate::forecast::windows::{self, TrapSummary};
use crate::input::parameters;
use crate::message;
use crate::run::{Problems, Result};
use crate::values::{Lang, lunar};
use chrono::NaiveDate;
use std::path::PathBuf;

/// Arguments of `ruong forecast traps`.
#[derive(Debug, clap::Args)]
pub(super) struct TrapsArguments {
    #[command(flatten)]
    readings: ReadingsArguments,
    /// Tệp TOML các con số của mình (settings of one's own)
    #[arg(long)]
    settings: Option<PathBuf>,
    /// Ranh giới xã: cửa sổ riêng của từng xã theo bẫy gần (communes, for windows by commune)
    #[arg(long)]
    communes: Option<PathBuf>,
    /// Vẽ trăng tròn, trăng non (draws full and new moons)
    #[arg(long)]
    moon: bool,
    /// Chỉ vẽ từ ngày này (draws from this day on)
    #[arg(long, value_parser = super::day)]
    since: Option<NaiveDate>,
    /// Thư mục kết quả (output folder)
    #[arg(long)]
    out: PathBuf,
    /// Thang xám (greys)
    #[arg(long)]
    bw: bool,
    /// Ngôn ngữ (language)
    #[arg(long)]
    pub(super) lang: Option<Lang>,
    /// Không in tiến độ (no progress)
    #[arg(long)]
    quiet: bool,
}

pub(super) fn run(arguments: &TrapsArguments, lang: Lang, problems: &mut Problems) -> Result<Outcome> {
    let settings: Settings = parameters::or_shipped(arguments.settings.as_deref(), traps::SHIPPED)?;
    let readings = arguments.readings.read(true, problems)?;
    let out = crate::cli::inputs::output(&arguments.out)?;
    let mut summaries = windows::of_stations(&readings, &settings, &|_| true, None);
    let communes = arguments.communes.as_deref().map(|path| communes(path, problems)).transpose()?.unwrap_or_default();
    if arguments.communes.is_some() {
        summaries.extend(windows::by_commune(&readings, &settings, &communes, &arguments.readings.file(), problems));
    }
    let place = |one: &TrapSummary| match one.commune {
        Some(commune) => [communes.codes[commune].clone(), communes.names[commune].clone()],
        None => [String::new(), String::new()],
    };
    let mut peaks = Vec::new();
    for one in &summaries {
        for (number, peak) in one.outlook.peaks.iter().enumerate() {
            let before = number.checked_sub(1).map(|before| one.outlook.peaks[before].date);
            let [code, _] = place(one);
            peaks.push(vec![
                readings.properties[one.property].clone(),
                one.kind.name().to_owned(),
                code,
                peak.date.to_string(),
                lunar::format(peak.date),
                peak.count.to_string(),
                peak.prominence.to_string(),
                state(peak).to_owned(),
                before.map(|before| (peak.date - before).num_days().to_string()).unwrap_or_default(),
            ]);
        }
    }
    let headings = ["species", "trap_type", "code", "peak", "peak_lunar", "count", "prominence", "state", "days_since_last"];
    table(&arguments.out, "peaks.csv", &headings, peaks)?;
    table(&arguments.out, "windows.csv", &WINDOWS, summaries.iter().map(|one| window_row(one, place(one), &readings)).collect())?;
    let imprint = Imprint { lang, bw: arguments.bw, ..Imprint::default() };
    let mut progress = crate::cli::terminal::progress(lang, arguments.quiet);
    let wanted = ReadingsWanted { since: arguments.since, moons: arguments.moon };
    let charts: Vec<ReadingsChart> = (0..readings.properties.len())
        .map(|property| crate::figures::readings::of_traps(&imprint, &readings, property, &summaries, &settings, wanted))
        .collect();
    progress.stage("charts", charts.len() as u64, &message!("vẽ biểu đồ", "drawing charts"));
    let failed = draw(&charts, &imprint, &out, &progress, problems);
    for one in summaries.iter().filter(|one| one.commune.is_none()) {
        progress.say(&format!("{}, {}", readings.properties[one.property], crate::words::readings::news(one, lang)));
    }
    progress.finish();
    Ok(if failed { Outcome::Partial } else { Outcome::Complete })
}

fn state(peak: &Peak) -> &'static str {
    if peak.settled { "settled" } else { "may still rise" }
}

const WINDOWS: [&str; 18] = [
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
];

fn window_row(one: &TrapSummary, [code, name]: [String; 2], readings: &Readings) -> Vec<String> {
    let Outlook { nights, next_peak, by_rule, sowing, nymphs, hits, .. } = &one.outlook;
    let peak = one.outlook.last_peak();
    let ends = |window: &Option<Window>| match window {
        Some((from, to)) => [from.to_string(), to.to_string()],
        None => [String::new(), String::new()],
    };
    let ([next_from, next_to], [sow_from, sow_to], [nymphs_from, nymphs_to]) = (ends(next_peak), ends(sowing), ends(nymphs));
    let lunar = sowing.map(|(from, to)| format!("{}–{}", lunar::format(from), lunar::format(to))).unwrap_or_default();
    let by = match next_peak {
        None => "",
        Some(_) if one.outlook.overdue => "overdue",
        Some(_) if *by_rule => "rule",
        Some(_) => "usual gap",
    };
    vec![
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
    ]
}
