//! Charts of how communes lie to one another.

use super::{ChartPage, axis, framed};
use crate::draw::Scene;
use crate::draw::charts::histogram;
use crate::draw::charts::scatter::{self, Dot};
use crate::message;
use crate::pipeline::key;
use crate::pipeline::studio::{Studio, lower};
use crate::run::{Fault, Place, Result};

/// One dot per commune.
pub fn scatter(studio: &Studio, page: &ChartPage) -> Result<Scene> {
    let (lang, chart) = (studio.lang(), &page.chart);
    let Some(with) = &chart.with else {
        return Err(Fault::new(
            "no-measures",
            Place { column: "with".to_owned(), ..Place::default() },
            message!("biểu đồ này cần chỉ tiêu thứ hai: with = \"…\"", "this chart needs a second measure: with = \"…\""),
        ));
    };
    let own = key(&chart.measure, chart.pest.as_ref(), None);
    let (x, y) = (studio.measured(&own, page.week)?, studio.measured(&key(with, chart.pest.as_ref(), None), page.week)?);
    let scale = studio.scale(chart.scale.as_deref(), None, &own, &x)?;
    let dots: Vec<Dot> = studio
        .world
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
    framed(studio, page, &title, "", |frame| scatter::draw(frame, [&axes[0], &axes[1]], &dots, without))
}

/// How many communes have which value.
pub fn histogram(studio: &Studio, page: &ChartPage) -> Result<Scene> {
    let (lang, chart) = (studio.lang(), &page.chart);
    let own = key(&chart.measure, chart.pest.as_ref(), None);
    let measured = studio.measured(&own, page.week)?;
    let scale = studio.scale(chart.scale.as_deref(), None, &own, &measured)?;
    let numbers = measured.numbers();
    let without = measured.values.len() - numbers.len();
    let title = format!("{}: {}", measured.name.get(lang), lang.pick("phân bố giữa các xã", "distribution over communes"));
    framed(studio, page, &title, "", |frame| histogram::draw(frame, &axis(&measured, lang), &numbers, &scale, without))
}
