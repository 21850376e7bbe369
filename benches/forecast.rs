//! Forecasts over many places: `cargo bench --bench forecast`. Prints seconds; nothing is asserted.

use chrono::{Days, NaiveDate};
use rayon::prelude::*;
use ruong::forecast::{Day, Disease, disease::SHIPPED};
use std::time::Instant;

const SITES: u64 = 10_000;

fn main() {
    let diseases: Vec<Disease> = SHIPPED.iter().filter_map(|(_, text)| toml::from_str(text).ok()).collect();
    let start = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default();
    let weather = |site: u64| -> Vec<Day> {
        let of = |step: u64, part: u64| ((site * 131 + step * 31 + part * 17) % 101) as f64 / 100.0;
        let day = |step: u64| Day {
            date: start + Days::new(step),
            mean: Some(22.0 + 8.0 * of(step, 1)),
            min: None,
            max: None,
            humidity: Some(75.0 + 25.0 * of(step, 2)),
            rain: Some((20.0 * of(step, 3) - 12.0).max(0.0)),
        };
        (0..120).map(day).collect()
    };
    let sites: Vec<Vec<Day>> = (0..SITES).map(weather).collect();
    for _ in 0..5 {
        let begun = Instant::now();
        let audpc: f64 = sites
            .par_iter()
            .map(|weather| diseases.iter().filter_map(|disease| disease.season(weather)).map(|season| season.audpc).sum::<f64>())
            .sum();
        let seconds = begun.elapsed().as_secs_f64();
        println!("EPIRICE, {} diseases, {SITES} sites, 120 days: {seconds:.3} s ({audpc:.3})", diseases.len());
    }
}
