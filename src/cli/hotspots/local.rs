//! `ruong hotspots local-moran|gi-star`: a statistic of every unit.

use super::global::ValueArguments;
use super::units::{Units, UnitsArguments};
use super::{Chances, Manner};
use crate::cli::give::{cell, give, record, writer};
use crate::hotspots::{SIGNIFICANT, Weights, fdr, getis_ord, local_moran};
use crate::message;
use crate::run::{Problems, Progress, Result};
use crate::values::numbers;

/// Arguments of `ruong hotspots gi-star`.
#[derive(Debug, clap::Args)]
pub(super) struct SpotArguments {
    #[command(flatten)]
    units: UnitsArguments,
    #[command(flatten)]
    value: ValueArguments,
    /// G thay cho G*: không tính chính đơn vị đó (G instead of G*: without the unit itself)
    #[arg(long)]
    without_self: bool,
    #[command(flatten)]
    chances: Chances,
    #[command(flatten)]
    pub(super) manner: Manner,
}

/// Arguments of `ruong hotspots local-moran`.
#[derive(Debug, clap::Args)]
pub(super) struct LocalArguments {
    #[command(flatten)]
    units: UnitsArguments,
    #[command(flatten)]
    value: ValueArguments,
    /// Nhân với n như spdep, thay vì n − 1 như GeoDa (n as in spdep instead of n − 1 as in GeoDa)
    #[arg(long)]
    with_n: bool,
    #[command(flatten)]
    chances: Chances,
    #[command(flatten)]
    pub(super) manner: Manner,
}

/// A unit's line.
struct Line {
    statistic: f64,
    expected: f64,
    variance: f64,
    z: f64,
    p: f64,
    class: &'static str,
}

pub(super) fn moran(arguments: &LocalArguments, problems: &mut Problems, progress: &mut Progress) -> Result<()> {
    progress.stage("read", 1, &message!("đọc đơn vị và số liệu", "reading units and values"));
    let (units, values, weights) = arguments.value.read(&arguments.units, problems)?;
    progress.stage("permute", 1, &message!("hoán vị", "permuting"));
    let Chances { permutations, seed } = arguments.chances;
    let lines: Vec<Option<Line>> = local_moran::local_moran(&values, &weights, arguments.with_n, permutations, seed)
        .into_iter()
        .map(|found| {
            found.map(|found| Line {
                statistic: found.statistic,
                expected: found.expected,
                variance: found.variance,
                z: found.z,
                p: found.p,
                class: found.quadrant.name(),
            })
        })
        .collect();
    write(&units, &values, &weights, &lines, &arguments.manner, progress)
}

pub(super) fn getis_ord(arguments: &SpotArguments, problems: &mut Problems, progress: &mut Progress) -> Result<()> {
    progress.stage("read", 1, &message!("đọc đơn vị và số liệu", "reading units and values"));
    let (units, values, weights) = arguments.value.read(&arguments.units, problems)?;
    progress.stage("permute", 1, &message!("hoán vị", "permuting"));
    let Chances { permutations, seed } = arguments.chances;
    let lines: Vec<Option<Line>> = getis_ord::getis_ord(&values, &weights, !arguments.without_self, permutations, seed)
        .into_iter()
        .map(|found| {
            found.map(|found| Line {
                statistic: found.statistic,
                expected: found.expected,
                variance: found.variance,
                z: found.z,
                p: found.p,
                class: if found.z > 0.0 { "hot" } else { "cold" },
            })
        })
        .collect();
    write(&units, &values, &weights, &lines, &arguments.manner, progress)
}

fn write(
    units: &Units,
    values: &[f64],
    weights: &Weights,
    lines: &[Option<Line>],
    manner: &Manner,
    progress: &Progress,
) -> Result<()> {
    let adjusted = fdr::adjusted(&lines.iter().map(|line| line.as_ref().map(|line| line.p)).collect::<Vec<_>>());
    let mut writer = writer();
    let head = ["id", "value", "statistic", "expected", "variance", "z", "p", "p_fdr", "class", "neighbours"];
    record(&mut writer, head.map(str::to_owned));
    for (unit, line) in lines.iter().enumerate() {
        let of = |number: fn(&Line) -> f64| cell(line.as_ref().map(number));
        let cells = [
            units.ids[unit].clone(),
            cell(Some(values[unit])),
            of(|line| line.statistic),
            of(|line| line.expected),
            of(|line| line.variance),
            of(|line| line.z),
            of(|line| line.p),
            cell(adjusted[unit]),
            line.as_ref().map_or("", |line| line.class).to_owned(),
            weights.neighbours[unit].len().to_string(),
        ];
        record(&mut writer, cells);
    }
    give(manner.out.as_deref(), writer)?;
    say(lines, &adjusted, manner, progress);
    Ok(())
}

/// How many are significant, and how many of those chance alone would give.
fn say(lines: &[Option<Line>], adjusted: &[Option<f64>], manner: &Manner, progress: &Progress) {
    let lang = manner.lang.unwrap_or_default();
    let mut classes: Vec<(&str, usize)> = Vec::new();
    for line in lines.iter().flatten().filter(|line| line.p < SIGNIFICANT) {
        match classes.iter_mut().find(|(class, _)| *class == line.class) {
            Some((_, count)) => *count += 1,
            None => classes.push((line.class, 1)),
        }
    }
    classes.sort_unstable();
    let tested = lines.iter().flatten().count();
    let significant: usize = classes.iter().map(|(_, count)| count).sum();
    let after = adjusted.iter().flatten().filter(|p| **p < SIGNIFICANT).count();
    let list: Vec<String> = classes.iter().map(|(class, count)| format!("{class} {count}")).collect();
    let list = if list.is_empty() { String::new() } else { format!(" ({})", list.join(", ")) };
    let (level, chance) = (numbers::format(SIGNIFICANT, 2, lang), numbers::format(SIGNIFICANT * tested as f64, 0, lang));
    let said = message!(
        "{significant} trong {tested} đơn vị có p < {level}{list}; chỉ do ngẫu nhiên cũng có chừng {chance}. Sau hiệu chỉnh nhiều phép thử (p_fdr): còn {after}.",
        "{significant} of {tested} units have p < {level}{list}; chance alone would give about {chance}. After correction for many tests (p_fdr): {after}."
    );
    progress.say(said.get(lang));
}
