//! `ruong outbreaks herd`: an infection within one herd, day by day.

use crate::cli::Outcome;
use crate::cli::give::{cell, record, writer};
use crate::message;
use crate::outbreaks::kernel::Spread;
use crate::outbreaks::seir::{Rates, final_size};
use crate::publish::Sink;
use crate::run::{Fault, Place, Progress, Result};
use crate::values::{Lang, numbers};
use std::path::PathBuf;

/// Arguments of `ruong outbreaks herd`.
#[derive(Debug, clap::Args)]
pub(super) struct HerdArguments {
    /// Tổng đàn (animals in the herd)
    #[arg(long)]
    animals: f64,
    /// Số con nhiễm ban đầu, đã lây được (animals infectious at first)
    #[arg(long, default_value_t = 1.0)]
    infected: f64,
    /// Số ngày tính (days to compute)
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u32).range(1..=3650))]
    days: u32,
    /// Bộ tham số: h5n1-chickens (parameters)
    #[arg(long)]
    infection: Option<String>,
    /// Tệp TOML tham số của mình (parameters of one's own)
    #[arg(long)]
    parameters: Option<PathBuf>,
    /// Số ngày ủ bệnh, chưa lây (days latent)
    #[arg(long)]
    latent_days: Option<f64>,
    /// Số ngày lây (days infectious)
    #[arg(long)]
    infectious_days: Option<f64>,
    /// R: số con mà một con lây cho khi cả đàn còn mẫn cảm (R: animals that one infects while all are susceptible)
    #[arg(long)]
    r: Option<f64>,
    /// Thư mục kết quả (output folder)
    #[arg(long)]
    out: PathBuf,
}

pub(super) fn run(arguments: &HerdArguments, lang: Lang, progress: &Progress) -> Result<Outcome> {
    let parameters = Spread::of(arguments.parameters.as_deref())?;
    let own = [arguments.latent_days, arguments.infectious_days, arguments.r];
    let preset = if own.iter().all(Option::is_some) { None } else { Some(parameters.herd(arguments.infection.as_deref())?) };
    let latent = arguments.latent_days.or(preset.map(|preset| preset.latent_days)).unwrap_or_default();
    let infectious = arguments.infectious_days.or(preset.map(|preset| preset.infectious_days)).unwrap_or_default();
    let r = arguments.r.or(preset.map(|preset| preset.r)).unwrap_or_default();
    let named = [
        ("--animals", arguments.animals),
        ("--latent-days", latent),
        ("--infectious-days", infectious),
        ("--r", r),
        ("--infected", arguments.infected),
    ];
    for (name, number) in named {
        // Fractions of an hour, and hundreds of infections by one animal, are slips that would take steps without end.
        let most = if name == "--r" { 100.0 } else { 1e9 };
        if !(0.05..=most).contains(&number) {
            let place = Place::default().column(name).value(number.to_string());
            return Err(Fault::new("usage", place, message!("phải từ 0,05 đến {most}", "must be from 0.05 to {most}")));
        }
    }
    if arguments.infected > arguments.animals {
        let place = Place::default().column("--infected").value(arguments.infected.to_string());
        return Err(Fault::new("usage", place, message!("lớn hơn tổng đàn", "more than the herd")));
    }
    let start = [arguments.animals - arguments.infected, 0.0, arguments.infected, 0.0];
    let states = Rates::new(latent, infectious, r).run(start, arguments.days as usize);
    let mut writer = writer();
    record(&mut writer, ["day", "susceptible", "exposed", "infectious", "removed"].map(str::to_owned));
    for (day, state) in states.iter().enumerate() {
        record(&mut writer, std::iter::once(day.to_string()).chain(state.iter().map(|number| cell(Some(*number)))));
    }
    let number = |n: f64| numbers::format_short(n, lang);
    let (source, verified) = match preset {
        Some(preset) if own.iter().all(Option::is_none) => (preset.source.clone(), preset.verified),
        Some(preset) => {
            (format!("{}; {}", lang.pick("một phần do người dùng đặt", "in part set by the user"), preset.source), false)
        }
        None => (lang.pick("do người dùng đặt", "set by the user").to_owned(), false),
    };
    let state = if verified { "" } else { lang.pick(" (số chưa đối chiếu)", " (numbers not verified)") };
    let (latent, infectious, r_words) = (number(latent), number(infectious), number(r));
    let assumed = match lang {
        Lang::Vi => format!(
            "GIẢ ĐỊNH, không phải dự báo: mọi con trong đàn tiếp xúc với nhau như nhau, không can thiệp, không tiêm phòng; ủ bệnh {latent} ngày, lây {infectious} ngày, R = {r_words}. Nguồn: {source}{state}."
        ),
        Lang::En => format!(
            "ASSUMED, not a prediction: the herd mixes evenly, nothing is done, none is vaccinated; latent {latent} days, infectious {infectious} days, R = {r_words}. Source: {source}{state}."
        ),
    };
    let out = crate::cli::inputs::output(&arguments.out)?;
    out.write("herd.csv", &writer.into_inner().unwrap_or_default())?;
    out.write("assumptions.txt", format!("{assumed}\n").as_bytes())?;
    let (day, peak) =
        states.iter().enumerate().fold((0, 0.0), |best, (day, state)| if state[2] > best.1 { (day, state[2]) } else { best });
    let (peak, share) = (number(peak), numbers::format(100.0 * final_size(r), 1, lang));
    progress.say(&match lang {
        Lang::Vi => format!("nhiều nhất {peak} con đang lây bệnh cùng lúc, vào ngày {day}; cuối cùng {share} % đàn nhiễm bệnh, nếu không can thiệp"),
        Lang::En => format!("most infectious at once: {peak} animals, on day {day}; in the end {share} % of the herd is infected, if nothing is done"),
    });
    progress.say(&assumed);
    Ok(Outcome::Complete)
}
