//! Charts of light traps and sensors.

use crate::draw::charts::Frame;
use crate::draw::charts::nights::{self, Band, Extras, Track};
use crate::draw::furniture::Titles;
use crate::draw::{Imprint, Scene};
use crate::forecast::traps::{Outlook, Settings};
use crate::forecast::windows::TrapSummary;
use crate::message;
use crate::project::Page;
use crate::readings::quantities::{Named, Quantity};
use crate::readings::sensors::{Latest, Limits, latest};
use crate::readings::{Kind, Readings};
use crate::run::Result;
use crate::scale::Rgb;
use crate::scale::palette::qualitative;
use crate::values::text::fold;
use crate::values::{Lang, dates, numbers};
use crate::words::capital;
use crate::words::readings::{kind_words, news, peaks, span, standing};
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
pub struct ReadingsWanted {
    /// From this day on
    pub since: Option<NaiveDate>,
    /// New and full moons
    pub moons: bool,
}

impl ReadingsChart {
    /// Draws it.
    pub fn scene(&self, imprint: &Imprint, page: &Page) -> Result<Scene> {
        let titles =
            Titles { title: self.title.clone(), subtitle: self.subtitle.clone(), mark: self.mark.clone(), ..Titles::default() };
        let frame = Frame { id: &self.id, titles: &titles, imprint, page, note: &self.note };
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
    imprint: &Imprint,
    readings: &Readings,
    property: usize,
    summaries: &[TrapSummary],
    settings: &Settings,
    wanted: ReadingsWanted,
) -> ReadingsChart {
    let (lang, bw) = (imprint.lang, imprint.bw);
    let shown = |day: NaiveDate| wanted.since.is_none_or(|since| day >= since);
    let all: Vec<&TrapSummary> = summaries.iter().filter(|one| one.property == property && one.commune.is_none()).collect();
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
    let ahead = newest.is_some_and(|one| bands.iter().any(|band| !one.outlook.is_past(band.days)));
    let mark = if !ahead { "" } else { lang.pick("DỰ BÁO", "FORECAST") };
    ReadingsChart {
        mark: mark.to_owned(),
        id: file_name(&readings.properties[property]),
        title: newest.map_or_else(
            || format!("{} – {}", lang.pick("Bẫy đèn", "Light traps"), readings.properties[property]),
            |one| format!("{}: {}", capital(&readings.properties[property]), peaks(one, lang)),
        ),
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
        let past = outlook.is_past(days);
        let over = if past { lang.pick(" (đã qua)", " (past)") } else { "" };
        let label = format!("{} {}{doubt}{over}", lang.pick(vi, en), span(days, lang));
        Some(Band { days, label, colour: if past { Rgb(150, 150, 150) } else { palette[colour].ink() } })
    })
    .collect()
}

/// One chart of what sensors measure: a line a sensor, with its limits.
pub fn of_sensors(
    imprint: &Imprint,
    readings: &Readings,
    property: usize,
    limits: &Limits,
    wanted: ReadingsWanted,
) -> ReadingsChart {
    let lang = imprint.lang;
    let name = &readings.properties[property];
    let limit = limits.of(name);
    let runs: Vec<_> = readings.runs.iter().filter(|run| run.property == property).collect();
    let fills = qualitative(runs.len(), imprint.bw);
    let shown = |day: NaiveDate| wanted.since.is_none_or(|since| day >= since);
    let tracks = runs
        .iter()
        .zip(fills)
        .enumerate()
        .map(|(number, (run, fill))| Track {
            label: readings.stations[run.station].name.clone(),
            colour: if imprint.bw { INKS[number % INKS.len()] } else { fill.ground() },
            // Colours come round again; dashes then tell lines apart.
            dash: if imprint.bw { DASHES[number % DASHES.len()] } else { DASHES[number / 8 % DASHES.len()] },
            points: run.days.iter().filter(|(day, _)| shown(*day)).filter_map(|&(day, value)| Some((day, value?))).collect(),
            peaks: Vec::new(),
        })
        .collect();
    let unit = readings.unit(property, limit);
    let level = |value: Option<f64>, vi: &str, en: &str| {
        let value = value?;
        let words = format!("{} {} {unit}", lang.pick(vi, en), numbers::format_short(value, lang));
        Some((value, words.trim_end().to_owned()))
    };
    let low = level(limit.and_then(|limit| limit.low), "ngưỡng dưới", "lower limit");
    let high = level(limit.and_then(|limit| limit.high), "ngưỡng trên", "upper limit");
    let unverified = limit.filter(|limit| !limit.verified);
    // A name keeps its unit where another would otherwise be called alike.
    let part = |name: &String| name.split(['(', '[']).next().unwrap_or(name).trim().to_owned();
    let alike = readings.properties.iter().filter(|other| part(other) == part(name)).count() > 1;
    let bare = &if alike { name.clone() } else { part(name) };
    // Loggers have names of their own for what people know by another.
    let usual = Named::new(name).quantity().map(Quantity::name).filter(|_| lang == Lang::Vi);
    let title = match usual.filter(|usual| fold(usual) != fold(bare) && !fold(bare).starts_with(&fold(usual))) {
        Some(usual) => format!("{} ({bare})", capital(usual)),
        None if bare.chars().skip(1).any(char::is_uppercase) => bare.to_owned(),
        None => capital(bare),
    };
    let latest: Vec<Latest> = latest(readings, limits, None).into_iter().filter(|one| one.run.property == property).collect();
    let day = latest.iter().map(|one| one.date).max().map_or(String::new(), dates::format_day);
    let found = standing(readings, &latest, unit, lang).map(|words| format!("{title}: {words}"));
    ReadingsChart {
        mark: String::new(),
        id: file_name(bare),
        subtitle: match (&runs[..], found.is_some()) {
            ([only], _) => readings.stations[only.station].name.clone(),
            (_, true) => format!("{} {day}", lang.pick("Số đo mới nhất đến", "Latest readings, up to")),
            _ => String::new(),
        },
        title: found.unwrap_or_else(|| title.clone()),
        axis: crate::cartography::with_unit(&title, unit),
        note: unverified.map_or(String::new(), |limit| {
            let source = if limit.source_vi.is_empty() { &limit.source } else { lang.pick(&limit.source_vi, &limit.source) };
            format!("{} {source}", lang.pick("Ngưỡng chưa đối chiếu:", "Limits not verified:"))
        }),
        tracks,
        extras: Extras { levels: [low, high].into_iter().flatten().collect(), ..Extras::default() },
    }
}
