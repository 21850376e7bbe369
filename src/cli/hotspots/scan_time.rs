//! `ruong hotspots scan --model space-time`: places and days with more cases than places and days by themselves would give.

use super::scan::ScanArguments;
use crate::cli::give::give_bytes;
use crate::hotspots::SIGNIFICANT;
use crate::hotspots::space_time::{Cluster, Study};
use crate::message;
use crate::run::{Fault, Place, Problems, Progress, Result};
use crate::values::area::Position;
use crate::values::{Lang, dates, numbers};
use chrono::{Days, NaiveDate};
use hashbrown::HashMap;

/// More cases than this would be dealt out for hours.
const MOST_CASES: f64 = 1e6;
/// More places than this take memory by their square.
const MOST_PLACES: usize = 10_000;
/// More intervals than this are slips in a year.
const MOST_INTERVALS: i64 = 5000;

/// Days of the intervals.
struct Calendar {
    first: NaiveDate,
    step: u32,
    /// Days are numbers, not dates
    counted: bool,
}

impl Calendar {
    /// A day as the table wrote its days.
    fn written(&self, day: NaiveDate) -> String {
        if self.counted { (day - NaiveDate::default()).num_days().to_string() } else { day.to_string() }
    }

    /// The same for people.
    fn told(&self, day: NaiveDate) -> String {
        if self.counted { self.written(day) } else { dates::format_day(day) }
    }

    fn day(&self, interval: usize, end: bool) -> NaiveDate {
        let days = (interval as u64 + u64::from(end)) * u64::from(self.step) - u64::from(end);
        self.first.checked_add_days(Days::new(days)).unwrap_or(self.first)
    }
}

pub(super) fn run(arguments: &ScanArguments, lang: Lang, problems: &mut Problems, progress: &mut Progress) -> Result<()> {
    let Some(time) = &arguments.date else {
        let message = message!("--model space-time cần --date (cột ngày)", "--model space-time needs --date (a column of days)");
        return Err(Fault::new("usage", Place::default(), message));
    };
    let mut units = arguments.units.read(problems)?;
    let counts: Vec<Option<f64>> = match &arguments.cases {
        None => vec![Some(1.0); units.ids.len()],
        Some(cases) => {
            let [counts] = units.numbers([cases.as_str()], true, problems)?;
            counts
        }
    };
    for (unit, count) in counts.iter().enumerate().filter(|(_, count)| count.is_some_and(|count| count.fract() != 0.0)) {
        let message = message!("số ca không nguyên; làm tròn xuống", "cases are no whole number; rounded down");
        problems.warning("fraction-of-a-case", units.place(unit).value(count.unwrap_or_default().to_string()), message, None);
    }
    if arguments.max_days.is_some_and(|days| days < arguments.step_days) {
        let message =
            message!("--max-days nhỏ hơn --step-days: giảm --step-days", "--max-days is below --step-days: lower --step-days");
        return Err(Fault::new("usage", Place::default().column("--max-days"), message));
    }
    let texts = units.texts(time)?;
    let order = dates::order(texts.iter().map(|(text, _)| text.as_str()));
    let mut days: Vec<Option<NaiveDate>> = texts.iter().map(|(text, _)| dates::parse_in(text, order)).collect();
    // Days may be counted from some day instead.
    let counted = days.iter().all(Option::is_none);
    if counted {
        let epoch = |text: &str| NaiveDate::default().checked_add_signed(chrono::TimeDelta::try_days(text.trim().parse().ok()?)?);
        days = texts.iter().map(|(text, _)| epoch(text)).collect();
    }
    let mut keeps = Vec::with_capacity(days.len());
    for (unit, (day, count)) in days.iter().zip(&counts).enumerate() {
        let place = || texts[unit].1.clone().unwrap_or_else(|| units.place(unit));
        let late = day.is_some_and(|day| arguments.until.is_some_and(|on| day > on));
        if day.is_none() {
            let message = message!("không hiểu ngày này; ca không được tính", "cannot read this day; the case is not counted");
            problems.error("bad-date", place(), message, None);
        } else if late {
            let message = message!("sau ngày --on; ca không được tính", "after the day of --on; the case is not counted");
            problems.info("later-case", place(), message, None);
        }
        keeps.push(day.is_some() && !late && count.is_some());
    }
    let (all_days, all_counts): (Vec<NaiveDate>, Vec<f64>) = days
        .iter()
        .zip(&counts)
        .zip(&keeps)
        .filter_map(|((day, count), keep)| if *keep { Some((*day.as_ref()?, count.as_ref()?.floor())) } else { None })
        .unzip();
    units.keep(&keeps, problems)?;
    let total: f64 = all_counts.iter().sum();
    let (Some(&first), Some(&last)) = (all_days.iter().min(), all_days.iter().max()) else {
        return Err(Fault::new("no-events", Place::file(&units.file), message!("không có ca nào", "there is no case")));
    };
    if !(2.0..=MOST_CASES).contains(&total) {
        let message = message!("số ca không dùng được: {total}", "cannot use this number of cases: {total}");
        return Err(Fault::new("no-events", Place::file(&units.file), message));
    }
    let last = arguments.until.unwrap_or(last);
    let step = i64::from(arguments.step_days);
    // Intervals end on the last day, so that the newest is whole.
    let intervals = ((last - first).num_days() + 1 + step - 1) / step;
    if intervals > MOST_INTERVALS {
        let (from, to) = (dates::format_day(first), dates::format_day(last));
        let message = message!("từ {from} đến {to} có quá nhiều khoảng", "there are too many intervals from {from} to {to}");
        return Err(Fault::new("too-many", Place::file(&units.file).column(time), message)
            .hint(message!("tăng --step-days, hoặc sửa năm viết sai", "raise --step-days, or correct a year")));
    }
    let begin = last.checked_sub_days(Days::new((intervals * step - 1).unsigned_abs())).unwrap_or(first);
    let calendar = Calendar { first: begin, step: arguments.step_days, counted };

    let mut place_of: HashMap<[u64; 2], u32> = HashMap::new();
    let mut positions: Vec<Position> = Vec::new();
    let mut units_at: Vec<Vec<usize>> = Vec::new();
    let mut cases: Vec<(u32, u32)> = Vec::new();
    for (unit, (&position, (day, count))) in units.positions.iter().zip(all_days.iter().zip(&all_counts)).enumerate() {
        let place = *place_of.entry(position.map(f64::to_bits)).or_insert_with(|| {
            positions.push(position);
            units_at.push(Vec::new());
            positions.len() as u32 - 1
        });
        units_at[place as usize].push(unit);
        let interval = ((*day - begin).num_days() / step) as u32;
        cases.extend(std::iter::repeat_n((place, interval), *count as usize));
    }
    if positions.len() > MOST_PLACES && arguments.max_radius.is_none() {
        let count = positions.len();
        let message = message!("{count} nơi khác nhau là quá nhiều", "{count} different places are too many");
        return Err(Fault::new("too-many", Place::file(&units.file), message)
            .hint(message!("đặt --max-radius, hoặc gộp ca theo xã", "give --max-radius, or take cases by commune")));
    }
    let half = (intervals as usize).div_ceil(2);
    let study = Study {
        positions,
        cases,
        intervals: intervals as usize,
        metric: units.metric,
        max_share: arguments.max_share,
        max_radius: arguments.max_radius,
        max_window: arguments.max_days.map_or(half, |days| ((days / arguments.step_days) as usize).max(1)),
        prospective: arguments.prospective,
    };
    let replicas = arguments.permutations;
    progress.stage("scan", replicas as u64, &message!("quét và mô phỏng {replicas} lần", "scanning, {replicas} replicas"));
    let tick = progress.ticker();
    let found = study.clusters(replicas, arguments.seed, arguments.clusters, &|_| tick());
    let clusters: Vec<serde_json::Value> = found
        .iter()
        .map(|cluster| {
            let (from, to) = (calendar.day(cluster.window.0, false), calendar.day(cluster.window.1, true));
            let members: Vec<&String> =
                cluster.members.iter().flat_map(|&place| units_at[place].iter().map(|&unit| &units.ids[unit])).collect();
            // How often chance alone would show such a cluster, were this looked at once every interval.
            let recurrence = (arguments.prospective && replicas > 0).then_some(step as f64 / cluster.p);
            serde_json::json!({
                "llr": cluster.llr,
                "cases": cluster.cases,
                "expected": cluster.expected,
                "observed_over_expected": cluster.cases as f64 / cluster.expected,
                "radius": cluster.radius,
                "p": (replicas > 0).then_some(cluster.p),
                "recurrence_days": recurrence,
                "from": calendar.written(from),
                "to": calendar.written(to),
                "centre_position": study.positions[cluster.members[0]],
                "places": cluster.members.len(),
                "members": members,
            })
        })
        .collect();
    let answer = serde_json::json!({
        "file": units.file,
        "model": "space-time",
        "prospective": arguments.prospective,
        "max_share": study.max_share,
        "max_radius": study.max_radius,
        "max_days": study.max_window as i64 * step,
        "step_days": step,
        "from": calendar.written(begin),
        "to": calendar.written(last),
        "permutations": replicas,
        "seed": arguments.seed,
        "places": study.positions.len(),
        "cases": study.cases.len(),
        "clusters": clusters,
    });
    give_bytes(arguments.given.out.as_deref(), format!("{answer:#}\n").as_bytes())?;
    say(&found, &calendar, (arguments, lang), progress);
    Ok(())
}

fn say(found: &[Cluster], calendar: &Calendar, (arguments, lang): (&ScanArguments, Lang), progress: &Progress) {
    let said = match found.first() {
        None => message!("không có nơi và lúc nào nhiều ca hơn dự kiến", "nowhere and never are there more cases than expected"),
        Some(first) => {
            let (from, to) = (calendar.day(first.window.0, false), calendar.day(first.window.1, true));
            let (from, to) = (calendar.told(from), calendar.told(to));
            let (cases, expected) = (first.cases, numbers::format(first.expected, 1, lang));
            if arguments.permutations == 0 {
                let said = message!(
                    "Nơi rõ nhất: {cases} ca từ {from} đến {to}, dự kiến {expected}; không mô phỏng nên không biết có phải ngẫu nhiên không.",
                    "The likeliest: {cases} cases from {from} to {to} for {expected} expected; without replicas nobody knows whether it is chance."
                );
                progress.say(said.get(lang));
                return;
            }
            let p = numbers::format(first.p, 3, lang);
            let sure = arguments.permutations > 0 && first.p < SIGNIFICANT;
            let (vi, en) = match (sure, arguments.prospective) {
                (true, true) => ("Có cụm đang diễn ra", "A cluster is under way"),
                (true, false) => ("Có cụm", "There is a cluster"),
                (false, true) => (
                    "Chưa thấy gì đang bắt đầu; nơi rõ nhất",
                    "Nothing is starting that chance would not give; the likeliest place",
                ),
                (false, false) => ("Không có cụm khác ngẫu nhiên; nơi rõ nhất", "No cluster beyond chance; the likeliest place"),
            };
            message!(
                "{vi}: {cases} ca từ {from} đến {to}, dự kiến {expected}; p = {p}. Kiểm tra xem có phải do báo cáo dồn hay không.",
                "{en}: {cases} cases from {from} to {to} for {expected} expected; p = {p}. Look whether reports came in a heap."
            )
        }
    };
    progress.say(said.get(lang));
}
