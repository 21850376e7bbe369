//! `ruong forecast traps`: peaks of light traps, generations, and the days that follow from them.

use crate::cli::Outcome;
use crate::cli::parameters;
use crate::cli::readings::{Chart, ReadingsArguments, draw, file_name, table};
use crate::draw::charts::nights::{Band, Extras, Track};
use crate::forecast::readings::{Kind, Readings, Run};
use crate::forecast::traps::{self, Outlook, Settings, Window};
use crate::input::{Source, Wanted};
use crate::message;
use crate::pipeline::{self, capital};
use crate::places::Communes;
use crate::places::crs::Declared;
use crate::project::{CommunesKey, roles};
use crate::publish::Out;
use crate::run::{Fault, Place, Problems, Progress, Result};
use crate::scale::palette::qualitative;
use crate::values::lunar;
use crate::values::{Lang, dates, numbers};
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

/// What is said of one species, kind of trap and place.
struct Said {
    thing: usize,
    kind: Kind,
    /// Code and name of a commune; all traps where empty
    place: (String, String),
    traps: usize,
    outlook: Outlook,
}

pub(super) fn run(arguments: &TrapsArguments, lang: Lang, problems: &mut Problems) -> Result<Outcome> {
    let settings: Settings = parameters::or_shipped(arguments.settings.as_deref(), traps::SHIPPED)?;
    let readings = arguments.readings.read(true, problems)?;
    let out = Out::new(&arguments.out)?;
    let mut said = outlooks(&readings, &settings, &|_| true, (String::new(), String::new()));
    if let Some(path) = &arguments.communes {
        let communes = communes(path, problems)?;
        said.extend(by_commune(&readings, &settings, &communes, &arguments.readings.file(), problems)?);
    }
    let mut peaks = Vec::new();
    for one in &said {
        for (number, peak) in one.outlook.peaks.iter().enumerate() {
            let before = number.checked_sub(1).map(|before| one.outlook.peaks[before].date);
            peaks.push(vec![
                readings.things[one.thing].clone(),
                one.kind.name().to_owned(),
                one.place.0.clone(),
                peak.date.to_string(),
                lunar::format(peak.date),
                peak.count.to_string(),
                peak.prominence.to_string(),
                if peak.settled { "settled" } else { "may still rise" }.to_owned(),
                before.map(|before| (peak.date - before).num_days().to_string()).unwrap_or_default(),
            ]);
        }
    }
    let headings = ["species", "trap_type", "code", "peak", "peak_lunar", "count", "prominence", "state", "days_since_last"];
    table(&arguments.out, "peaks.csv", &headings, peaks)?;
    table(&arguments.out, "windows.csv", &WINDOWS, said.iter().map(|one| window_row(one, &readings)).collect())?;
    let mut progress = Progress::new(lang, arguments.quiet);
    let charts: Vec<Chart> =
        (0..readings.things.len()).map(|thing| chart(arguments, &readings, thing, &said, &settings, lang)).collect();
    progress.stage("charts", charts.len() as u64, &message!("vẽ biểu đồ", "drawing charts"));
    let failed = draw(&charts, lang, arguments.bw, &out, &progress, problems);
    for one in said.iter().filter(|one| one.place.0.is_empty()) {
        progress.say(&words(one, &readings, lang));
    }
    progress.finish();
    Ok(if failed { Outcome::Partial } else { Outcome::Complete })
}

fn outlooks(readings: &Readings, settings: &Settings, wanted: &dyn Fn(usize) -> bool, place: (String, String)) -> Vec<Said> {
    let mut found = Vec::new();
    for (thing, name) in readings.things.iter().enumerate() {
        for (kind, runs) in traps::groups(readings, thing, wanted) {
            let runs: Vec<&Run> = runs.iter().collect();
            let outlook = traps::outlook(traps::pool(&runs), name, settings);
            found.push(Said { thing, kind, place: place.clone(), traps: runs.len(), outlook });
        }
    }
    found
}

/// Windows of each commune from the traps within reach of it.
fn by_commune(
    readings: &Readings,
    settings: &Settings,
    communes: &Communes,
    file: &str,
    problems: &mut Problems,
) -> Result<Vec<Said>> {
    for station in readings.stations.iter().filter(|station| station.position.is_none()) {
        problems.warning(
            "trap-without-position",
            Place::file(file).value(&station.name),
            message!("bẫy không có vị trí, không tính cho xã nào", "the trap has no position and speaks for no commune"),
            Some(message!("thêm cột lon, lat", "add columns lon and lat")),
        );
    }
    if readings.stations.iter().all(|station| station.position.is_none()) {
        let message = message!("không bẫy nào có vị trí (lon, lat)", "no trap has a position (lon, lat)");
        return Err(Fault::new("trap-without-position", Place::file(file), message));
    }
    let reach = settings.peak.reach_km.value;
    let mut found = Vec::new();
    for commune in 0..communes.len() {
        let near = traps::within(readings, &communes.shapes, commune, reach);
        if !near.contains(&true) {
            problems.info(
                "no-trap-near",
                Place::file(&communes.file).value(&communes.codes[commune]),
                message!("không có bẫy nào trong vòng {reach} km", "no trap within {reach} km"),
                None,
            );
        }
        let place = (communes.codes[commune].clone(), communes.names[commune].clone());
        found.extend(outlooks(readings, settings, &|station| near[station], place));
    }
    Ok(found)
}

fn communes(path: &std::path::Path, problems: &mut Problems) -> Result<Communes> {
    let source = Source { path: path.to_path_buf(), name: path.display().to_string(), content: None };
    let layer = pipeline::layer(&source, &Wanted::All, None, Declared::default(), problems)?;
    let headings = &layer.table.headings;
    let key = CommunesKey {
        file: source.name,
        code: roles::CODE.find(headings).unwrap_or("code").to_owned(),
        name: roles::NAME.find(headings).map(str::to_owned),
        ..CommunesKey::default()
    };
    Communes::new(&layer, &key, problems)
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

fn window_row(one: &Said, readings: &Readings) -> Vec<String> {
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
        readings.things[one.thing].clone(),
        one.kind.name().to_owned(),
        one.place.0.clone(),
        one.place.1.clone(),
        one.traps.to_string(),
        nights.last().map(|night| night.date.to_string()).unwrap_or_default(),
        peak.map(|peak| peak.date.to_string()).unwrap_or_default(),
        peak.map(|peak| peak.count.to_string()).unwrap_or_default(),
        peak.map_or("", |peak| if peak.settled { "settled" } else { "may still rise" }).to_owned(),
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

/// One chart of a species over all traps; each kind of trap is a line of its own.
fn chart(arguments: &TrapsArguments, readings: &Readings, thing: usize, said: &[Said], settings: &Settings, lang: Lang) -> Chart {
    let name = &readings.things[thing];
    let shown = |day: NaiveDate| arguments.since.is_none_or(|since| day >= since);
    let all: Vec<&Said> = said.iter().filter(|one| one.thing == thing && one.place.0.is_empty()).collect();
    let fills = qualitative(all.len().max(2), arguments.bw);
    let tracks = all
        .iter()
        .zip(fills)
        .map(|(one, fill)| Track {
            label: kind_words(one.kind, lang).to_owned(),
            colour: fill.ground(),
            points: one.outlook.nights.iter().filter(|night| shown(night.date)).map(|night| (night.date, night.count)).collect(),
            peaks: one.outlook.peaks.iter().map(|peak| peak.date).filter(|day| shown(*day)).collect(),
        })
        .collect();
    let mut bands = Vec::new();
    // Windows are those of the kind with the newest peak.
    if let Some(newest) = all.iter().max_by_key(|one| one.outlook.last_peak().map(|peak| peak.date)) {
        let palette = qualitative(6, arguments.bw);
        let words = |window: Window, vi: &str, en: &str| {
            let span = format!("{}–{}", dates::format_day_short(window.0, lang), dates::format_day_short(window.1, lang));
            format!("{} {span}", lang.pick(vi, en))
        };
        let Outlook { sowing, nymphs, next_peak, .. } = &newest.outlook;
        for (window, vi, en, colour) in [
            (sowing, "xuống giống", "sow", 2),
            (nymphs, "rầy cám tuổi 2–3", "nymphs 2–3", 3),
            (next_peak, "đỉnh kế tiếp", "next peak", 1),
        ] {
            let recent = |window: &Window| shown(window.0) && all.iter().all(|one| one.outlook.nights.len() < 800);
            if let Some(window) = window.filter(|window| recent(window) && !newest.outlook.overdue) {
                let doubt = if newest.outlook.last_peak().is_some_and(|peak| !peak.settled) {
                    lang.pick(" (tạm)", " (for now)")
                } else {
                    ""
                };
                let label = format!("{}{doubt}", words(window, vi, en));
                bands.push(Band { days: window, label, colour: palette[colour].ground() });
            }
        }
    }
    let peak = &settings.peak;
    let [smooth, window, share] =
        [&peak.smooth_nights, &peak.window_nights, &peak.prominence].map(|s| numbers::format_short(s.value, lang));
    let rule = message!(
        "Đỉnh: trung vị {smooth} đêm của ln(1 + con), cao nhất trong ±{window} đêm, nhô lên ít nhất {share} lần mức thường. Đêm không có số liệu để trống. Các mốc ngày chưa đối chiếu văn bản.",
        "Peak: median over {smooth} nights of ln(1 + count), greatest within ±{window} nights, rising by at least {share} times the usual. Nights without a count are gaps. Day offsets are not verified."
    );
    Chart {
        id: file_name(name),
        title: format!("{} – {}", lang.pick("Bẫy đèn", "Light traps"), name),
        subtitle: all.iter().map(|one| capital(&news(one, lang))).collect::<Vec<_>>().join("  ·  "),
        axis: match (all.iter().any(|one| one.outlook.weekly), lang) {
            (false, Lang::Vi) => "con/bẫy/đêm (thang log)",
            (false, Lang::En) => "insects a trap and night (log)",
            (true, Lang::Vi) => "con/bẫy/tuần (thang log)",
            (true, Lang::En) => "insects a trap and week (log)",
        }
        .to_owned(),
        note: if arguments.moon {
            format!(
                "{} {}",
                rule.get(lang),
                lang.pick("Chấm xám: trăng non; chấm vàng: trăng tròn.", "Grey discs: new moon; yellow: full moon.")
            )
        } else {
            rule.get(lang).to_owned()
        },
        tracks,
        extras: Extras { bands, moons: arguments.moon, counts: true, ..Extras::default() },
    }
}

fn kind_words(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Manual => lang.pick("bẫy thủ công", "manual traps"),
        Kind::AllNight => lang.pick("bẫy cả đêm", "all-night traps"),
        Kind::Unstated => lang.pick("bẫy đèn", "light traps"),
    }
}

/// The news of one species in a sentence.
fn words(one: &Said, readings: &Readings, lang: Lang) -> String {
    format!("{}, {}", readings.things[one.thing], news(one, lang))
}

fn news(one: &Said, lang: Lang) -> String {
    let kind = kind_words(one.kind, lang);
    let Some(peak) = one.outlook.last_peak() else {
        return format!("{kind}: {}", lang.pick("chưa thấy đỉnh nào", "no peak yet"));
    };
    let day = dates::format_day(peak.date);
    let next = one.outlook.next_peak.map_or(String::new(), |(from, to)| {
        let (from, to) = (dates::format_day_short(from, lang), dates::format_day(to));
        let rule =
            if one.outlook.by_rule { "" } else { lang.pick(" (theo các đỉnh trước)", " (as between earlier peaks)") };
        match (one.outlook.overdue, lang) {
            (false, Lang::Vi) => format!("; đỉnh kế tiếp khoảng {from}–{to}{rule}"),
            (false, Lang::En) => format!("; next about {from}–{to}{rule}"),
            (true, Lang::Vi) => format!("; đỉnh kế tiếp lẽ ra {from}–{to}{rule} nhưng không thấy"),
            (true, Lang::En) => format!("; the next was due {from}–{to}{rule} and did not come"),
        }
    });
    let (hits, asked) = one.outlook.hits;
    let proof = match (asked, lang) {
        (0, _) => String::new(),
        (_, Lang::Vi) => format!("; quy tắc đúng {hits}/{asked} lần trước"),
        (_, Lang::En) => format!("; the rule met {hits} of {asked} earlier peaks"),
    };
    let unsettled = if peak.settled { "" } else { lang.pick(" (còn có thể tăng)", " (may still rise)") };
    let last = lang.pick("đỉnh gần nhất", "last peak");
    format!("{kind}: {last} {day}{unsettled}{next}{proof}")
}
