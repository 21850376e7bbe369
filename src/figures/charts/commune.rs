//! Charts of how communes lie to one another.

use super::{ChartPage, axis, framed, heading};
use crate::draw::Scene;
use crate::draw::charts::histogram;
use crate::draw::charts::scatter::{self, Dot, Guide};
use crate::hotspots::association::{self, Kind};
use crate::hotspots::permutation::Ties;
use crate::hotspots::{SIGNIFICANT, Transform};
use crate::measures::neighbourhood::{Neighbourhood, no_variation};
use crate::message;
use crate::model::Measured;
use crate::project::MoranKeys;
use crate::render::RenderContext;
use crate::render::key;
use crate::run::{Fault, Place, Result};
use crate::scale::{Fill, Rgb};
use crate::values::{Lang, numbers};
use crate::words::headlines::{of_two, short};
use crate::words::{Headline, lower};

/// One dot per commune.
pub fn scatter(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let (lang, chart) = (render.lang(), &page.chart);
    let Some(with) = &chart.with() else {
        return Err(Fault::new(
            "no-measures",
            Place { column: "with".to_owned(), ..Place::default() },
            message!("biểu đồ này cần chỉ tiêu thứ hai: with = \"…\"", "this chart needs a second measure: with = \"…\""),
        ));
    };
    let own = key(&chart.measure, chart.pest.as_ref(), None);
    let (x, y) = (render.measured(&own, page.week)?, render.measured(&key(with, chart.pest.as_ref(), None), page.week)?);
    let scale = render.scale(chart.scale.as_deref(), None, &own, &x)?;
    let dots: Vec<Dot> = render
        .joined
        .communes
        .names
        .iter()
        .zip(x.values.iter().zip(&y.values))
        .filter_map(|(name, (x, y))| {
            let (x, y) = (x.number()?, y.number()?);
            Some(Dot { label: name.clone(), x, y, fill: scale.fill(x) })
        })
        .collect();
    let without = x.values.len() - dots.len();
    let title = format!("{} {} {}", x.name.get(lang), lang.pick("và", "and"), lower(y.name.get(lang)));
    let axes = [axis(&x, lang), axis(&y, lang)];
    let found = of_two([&x, &y], &render.joined.communes.names, lang);
    let found = if found.title.is_empty() { Headline::plain(title.as_str()) } else { found };
    framed(render, page, heading(found, title), "", |frame| {
        scatter::draw(frame, [&axes[0], &axes[1]], &dots, &|_| Vec::new(), without)
    })
}

/// How many communes have which value.
pub fn histogram(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let (lang, chart) = (render.lang(), &page.chart);
    let own = key(&chart.measure, chart.pest.as_ref(), None);
    let measured = render.measured(&own, page.week)?;
    let scale = render.scale(chart.scale.as_deref(), None, &own, &measured)?;
    let numbers = measured.numbers();
    let without = measured.values.len() - numbers.len();
    let title = format!("{}: {}", measured.name.get(lang), lang.pick("phân bố giữa các xã", "distribution over communes"));
    let found = middle(&numbers, &measured, lang).unwrap_or_else(|| Headline::plain(title.as_str()));
    framed(render, page, heading(found, title), "", |frame| {
        histogram::draw(frame, &axis(&measured, lang), &numbers, &scale, without)
    })
}

/// Permutations behind the p of a Moran plot.
const PERMUTATIONS: usize = 9999;

/// The Moran plot (Anselin 1996): standard values across, their mean among neighbours upwards; the slope is Moran's I.
pub fn moran(render: &RenderContext, page: &ChartPage, own: &MoranKeys) -> Result<Scene> {
    let (lang, chart) = (render.lang(), &page.chart);
    let measured = render.measured(&key(&chart.measure, chart.pest.as_ref(), None), page.week)?;
    let around = Neighbourhood::of(&measured, &render.joined.communes, own.weights.as_deref());
    let (values, weights) = around.among_linked();
    let global =
        association::global(Kind::Moran, &values, &weights, Transform::RowStandardised, (PERMUTATIONS, 1), Ties::default())
            .ok_or_else(|| no_variation(&measured.name))?;
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let deviation = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt();
    let z: Vec<f64> = values.iter().map(|value| (value - mean) / deviation).collect();
    let paint = |across: f64, up: f64| match (across > 0.0, up > 0.0) {
        (true, true) => Rgb(215, 25, 28),
        (false, false) => Rgb(44, 123, 182),
        (true, false) => Rgb(253, 174, 97),
        (false, true) => Rgb(171, 217, 233),
    };
    let dots: Vec<Dot> = around
        .linked
        .iter()
        .enumerate()
        .map(|(unit, &known)| {
            let near = &weights.neighbours[unit];
            let lag = near.iter().map(|&other| z[other as usize]).sum::<f64>() / near.len() as f64;
            let fill = if render.project.bw { Rgb(90, 90, 90) } else { paint(z[unit], lag) };
            let label = render.joined.communes.names[around.communes[known]].clone();
            Dot { label, x: z[unit], y: lag, fill: Fill::Colour(fill) }
        })
        .collect();
    let slope = global.statistic;
    let guides = move |[(west, east), (south, north)]: [(f64, f64); 2]| {
        // The line of the slope, cut where it leaves the plot.
        let reach = |x: f64| {
            let y = (slope * x).clamp(south, north);
            if slope == 0.0 { (x, 0.0) } else { (y / slope, y) }
        };
        vec![
            Guide { from: (west, 0.0), to: (east, 0.0), full: false },
            Guide { from: (0.0, south), to: (0.0, north), full: false },
            Guide { from: reach(west), to: reach(east), full: true },
        ]
    };
    let p = global.p_permutation.unwrap_or(global.p_normal);
    let alike = (p < SIGNIFICANT).then_some(slope > 0.0);
    let (statistic, p) = (numbers::format(slope, 3, lang), numbers::format(p, 4, lang));
    let name = measured.name.get(lang);
    let lower_name = lower(name);
    let title = match lang {
        Lang::Vi => format!("Các xã gần nhau có giống nhau không: {lower_name}"),
        Lang::En => format!("Are near communes alike: {lower_name}"),
    };
    let found = match (alike, lang) {
        (Some(true), Lang::Vi) => format!("Các xã gần nhau giống nhau về {lower_name}"),
        (Some(true), Lang::En) => format!("Near communes are alike in {lower_name}"),
        (Some(false), Lang::Vi) => format!("Các xã gần nhau khác nhau về {lower_name}"),
        (Some(false), Lang::En) => format!("Near communes are unlike in {lower_name}"),
        (None, Lang::Vi) => format!("Chưa thấy các xã gần nhau giống nhau hơn ngẫu nhiên về {lower_name}"),
        (None, Lang::En) => format!("Near communes are no more alike than chance in {lower_name}"),
    };
    let note = message!(
        "Độ dốc của đường là Moran I = {statistic} (p = {p}, hoán vị). Góc trên phải: cao giữa vùng cao; dưới trái: thấp giữa vùng thấp; hai góc kia: khác láng giềng. Số liệu chuẩn hóa: 0 là trung bình, 1 là một độ lệch chuẩn.",
        "The slope of the line is Moran's I = {statistic} (p = {p}, permutations). Upper right: high among high; lower left: low among low; the others differ from their neighbours. Standardized values: 0 is the mean, 1 a standard deviation."
    );
    let axes = [
        format!("{name} ({})", lang.pick("chuẩn hóa", "standardized")),
        lang.pick("Trung bình các xã láng giềng (chuẩn hóa)", "Mean of neighbours (standardized)").to_owned(),
    ];
    let without = measured.values.len() - dots.len();
    framed(render, page, heading(Headline::plain(found), title), note.get(lang), |frame| {
        scatter::draw(frame, [&axes[0], &axes[1]], &dots, &guides, without)
    })
}

/// The number that half of the communes stay below.
fn middle(numbers: &[f64], measured: &Measured, lang: Lang) -> Option<Headline> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (first, second) = (*sorted.get((sorted.len().checked_sub(1)?) / 2)?, *sorted.get(sorted.len() / 2)?);
    let half = format!("{} {}", short((first + second) / 2.0, measured, lang), measured.unit.short(lang));
    let half = half.trim_end();
    let name = measured.name.get(lang);
    Some(Headline::plain(match lang {
        Lang::Vi => format!("{name}: một nửa số xã không quá {half}"),
        Lang::En => format!("{name}: half of the communes have at most {half}"),
    }))
}
