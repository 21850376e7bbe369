//! Charts of light traps and sensors.

use crate::draw::Scene;
use crate::draw::charts::Frame;
use crate::draw::charts::nights::{self, Band, Extras, Track};
use crate::draw::furniture::Titles;
use crate::forecast::readings::{Kind, Readings};
use crate::forecast::sensors::Limits;
use crate::forecast::traps::{Outlook, Settings, Window};
use crate::forecast::windows::Said;
use crate::message;
use crate::pipeline::capital;
use crate::project::{Page, Project};
use crate::run::Result;
use crate::scale::Rgb;
use crate::scale::palette::qualitative;
use crate::values::text::fold;
use crate::values::{Lang, dates, numbers};
use chrono::NaiveDate;

/// A chart of readings to be drawn.
#[derive(Debug, Clone)]
pub struct ReadingsChart {
    /// File name without ending
    pub id: String,
    /// Title
    pub title: String,
    /// Below the title
    pub subtitle: String,
    /// What the numbers are
    pub axis: String,
    /// Below the chart
    pub note: String,
    /// A word in a box at the upper right; none if empty
    pub mark: String,
    /// Lines
    pub tracks: Vec<Track>,
    /// Bands, levels, moons
    pub extras: Extras,
}

/// What to draw of readings.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// From this day on
    pub since: Option<NaiveDate>,
    /// New and full moons
    pub moons: bool,
}

impl ReadingsChart {
    /// Draws it.
    pub fn scene(&self, project: &Project, page: &Page) -> Result<Scene> {
        let titles =
            Titles { title: self.title.clone(), subtitle: self.subtitle.clone(), mark: self.mark.clone(), ..Titles::default() };
        let frame = Frame { id: &self.id, titles: &titles, project, page, note: &self.note };
        nights::draw(&frame, &self.axis, &self.tracks, &self.extras)
    }
}

/// A file name from words.
pub fn file_name(words: &str) -> String {
    let folded = fold(words);
    folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// Inks and dashes of lines without colour.
const INKS: [Rgb; 3] = [Rgb(20, 20, 20), Rgb(90, 90, 90), Rgb(130, 130, 130)];
const DASHES: [f32; 4] = [0.0, 9.0, 4.0, 14.0];

/// Newer readings than this many are worth shading days to act.
const RECENT_NIGHTS: usize = 800;

/// One chart of a species over all traps; each kind of trap is a line of its own.
pub fn of_traps(
    project: &Project,
    readings: &Readings,
    thing: usize,
    said: &[Said],
    settings: &Settings,
    wanted: Wanted,
) -> ReadingsChart {
    let (lang, bw) = (project.language, project.bw);
    let shown = |day: NaiveDate| wanted.since.is_none_or(|since| day >= since);
    let all: Vec<&Said> = said.iter().filter(|one| one.thing == thing && one.commune.is_none()).collect();
    let fills = qualitative(all.len().max(2), bw);
    let tracks = all
        .iter()
        .zip(fills)
        .enumerate()
        .map(|(number, (one, fill))| Track {
            label: capital(kind_words(one.kind, lang)),
            colour: if bw { INKS[number % INKS.len()] } else { fill.ground() },
            dash: if bw { DASHES[number % DASHES.len()] } else { 0.0 },
            points: one.outlook.nights.iter().filter(|night| shown(night.date)).map(|night| (night.date, night.count)).collect(),
            peaks: one.outlook.peaks.iter().map(|peak| peak.date).filter(|day| shown(*day)).collect(),
        })
        .collect();
    let short = all.iter().all(|one| one.outlook.nights.iter().filter(|night| shown(night.date)).count() < RECENT_NIGHTS);
    // Windows are those of all-night traps where there are any.
    let newest = all.iter().max_by_key(|one| (one.kind == Kind::AllNight, one.outlook.last_peak().map(|peak| peak.date)));
    let bands = newest.filter(|one| short && !one.outlook.overdue).map_or_else(Vec::new, |one| bands(&one.outlook, lang, bw));
    let peak = &settings.peak;
    let [smooth, window, share] =
        [&peak.smooth_nights, &peak.window_nights, &peak.prominence].map(|setting| numbers::format_short(setting.value, lang));
    let rule = message!(
        "Đỉnh: trung vị {smooth} đêm của ln(1 + số con), cao nhất trong ±{window} đêm, nhô lên ít nhất {share} lần mức thường. Đêm không có số liệu để trống. Các mốc ngày chưa đối chiếu văn bản.",
        "Peak: median over {smooth} nights of ln(1 + count), greatest within ±{window} nights, rising by at least {share} times the usual. Nights without a count are gaps. Day offsets are not verified."
    );
    let moons = if wanted.moons {
        lang.pick(" Chấm xám: trăng non; chấm vàng: trăng tròn.", " Grey discs: new moon; yellow: full moon.")
    } else {
        ""
    };
    let weekly = all.iter().any(|one| one.outlook.weekly);
    let mark = if bands.is_empty() { "" } else { lang.pick("DỰ BÁO", "FORECAST") };
    ReadingsChart {
        mark: mark.to_owned(),
        id: file_name(&readings.things[thing]),
        title: format!("{} – {}", lang.pick("Bẫy đèn", "Light traps"), readings.things[thing]),
        subtitle: all.iter().map(|one| capital(&news(one, lang))).collect::<Vec<_>>().join("  ·  "),
        axis: match (weekly, lang) {
            (false, Lang::Vi) => "con/bẫy/đêm (thang log)",
            (false, Lang::En) => "insects a trap and night (log)",
            (true, Lang::Vi) => "con/bẫy/tuần (thang log)",
            (true, Lang::En) => "insects a trap and week (log)",
        }
        .to_owned(),
        note: format!("{}{moons}", rule.get(lang)),
        tracks,
        extras: Extras { bands, moons: wanted.moons, counts: true, ..Extras::default() },
    }
}

/// Days to act, with "for now" while the peak may still rise.
fn bands(outlook: &Outlook, lang: Lang, bw: bool) -> Vec<Band> {
    let palette = qualitative(6, bw);
    let settled = outlook.last_peak().is_some_and(|peak| peak.settled);
    let doubt = if settled { "" } else { lang.pick(" (tạm)", " (for now)") };
    [
        (outlook.sowing, "xuống giống", "sow", 2),
        (outlook.nymphs, "rầy cám tuổi 2–3", "nymphs 2–3", 3),
        (outlook.next_peak, "đỉnh kế tiếp", "next peak", 5),
    ]
    .into_iter()
    .filter_map(|(days, vi, en, colour)| {
        let days = days?;
        let label = format!("{} {}{doubt}", lang.pick(vi, en), span(days, lang));
        Some(Band { days, label, colour: palette[colour].ground() })
    })
    .collect()
}

/// `05/06–11/06`
pub fn span((from, to): Window, lang: Lang) -> String {
    format!("{}–{}", dates::format_day_short(from, lang), dates::format_day_short(to, lang))
}

/// Words for a kind of trap.
fn kind_words(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Manual => lang.pick("bẫy thủ công", "manual traps"),
        Kind::AllNight => lang.pick("bẫy cả đêm", "all-night traps"),
        Kind::Unstated => lang.pick("bẫy đèn", "light traps"),
    }
}

/// The news of one species in a sentence.
pub fn news(one: &Said, lang: Lang) -> String {
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

/// One chart of what sensors measure: a line a sensor, with its limits.
pub fn of_sensors(project: &Project, readings: &Readings, thing: usize, limits: &Limits, wanted: Wanted) -> ReadingsChart {
    let lang = project.language;
    let name = &readings.things[thing];
    let limit = limits.of(name);
    let runs: Vec<_> = readings.runs.iter().filter(|run| run.thing == thing).collect();
    let fills = qualitative(runs.len(), project.bw);
    let shown = |day: NaiveDate| wanted.since.is_none_or(|since| day >= since);
    let tracks = runs
        .iter()
        .zip(fills)
        .enumerate()
        .map(|(number, (run, fill))| Track {
            label: readings.stations[run.station].name.clone(),
            colour: if project.bw { INKS[number % INKS.len()] } else { fill.ground() },
            // Colours come round again; dashes then tell lines apart.
            dash: if project.bw { DASHES[number % DASHES.len()] } else { DASHES[number / 8 % DASHES.len()] },
            points: run.days.iter().filter(|(day, _)| shown(*day)).filter_map(|&(day, value)| Some((day, value?))).collect(),
            peaks: Vec::new(),
        })
        .collect();
    let unit = limit.map_or("", |limit| limit.unit.as_str());
    let level = |value: Option<f64>, vi: &str, en: &str| {
        let value = value?;
        let words = format!("{} {} {unit}", lang.pick(vi, en), numbers::format_short(value, lang));
        Some((value, words.trim_end().to_owned()))
    };
    let low = level(limit.and_then(|limit| limit.low), "ngưỡng dưới", "lower limit");
    let high = level(limit.and_then(|limit| limit.high), "ngưỡng trên", "upper limit");
    let unverified = limit.filter(|limit| !limit.verified);
    let bare = name.split(['(', '[']).next().unwrap_or(name).trim();
    ReadingsChart {
        mark: String::new(),
        id: file_name(bare),
        title: if bare.chars().skip(1).any(char::is_uppercase) { bare.to_owned() } else { capital(bare) },
        subtitle: match &runs[..] {
            [only] => readings.stations[only.station].name.clone(),
            _ => String::new(),
        },
        axis: crate::draw::maps::with_unit(bare, unit),
        note: unverified.map_or(String::new(), |limit| {
            format!("{} {}", lang.pick("Ngưỡng chưa đối chiếu:", "Limits not verified:"), limit.source)
        }),
        tracks,
        extras: Extras { levels: [low, high].into_iter().flatten().collect(), ..Extras::default() },
    }
}
