//! Charts over weeks.

use super::{ChartPage, axis, divided, framed_over, heading, pests, wrong_measure};
use crate::draw::Scene;
use crate::draw::charts::area::{self, Band};
use crate::draw::charts::heatmap::{self, Row};
use crate::draw::charts::series::{self, Extras, Line};
use crate::measures::list::INFESTED_HA;
use crate::measures::series::{Week, last_year};
use crate::measures::{ALL, Measure, catalogue, find};
use crate::message;
use crate::model::accounts::Account;
use crate::project::{By, Compare, MeasureKey, TimeSeriesKeys};
use crate::render::RenderContext;
use crate::render::key;
use crate::render::remainder::Together;
use crate::run::{Fault, Place, Result};
use crate::scale::Fill;
use crate::scale::palette::{Palette, qualitative};
use crate::values::{Quantity, Value, dates, numbers, severity};
use crate::words::headlines::{Track, of_series};
use crate::words::{Headline, capital};

/// Weeks that one year has.
const WEEKS_OF_A_YEAR: usize = 52;

/// The measure of a chart over weeks.
fn weekly(render: &RenderContext, page: &ChartPage) -> Result<Measure> {
    let chart = &page.chart;
    let possible =
        ALL.iter().filter(|measure| measure.of_account.is_some()).map(|measure| measure.id).collect::<Vec<_>>().join(", ");
    find(&chart.measure)
        .filter(|kind| kind.of_account.is_some() && kind.available(render.joined))
        .ok_or_else(|| wrong_measure(chart, &possible))
}

/// Lines by week.
pub fn series(render: &RenderContext, page: &ChartPage, own: &TimeSeriesKeys) -> Result<Scene> {
    let (lang, chart) = (render.lang(), &page.chart);
    let kind = weekly(render, page)?;
    let weeks = render.some_weeks()?;
    let number = |account: &Account| kind.of_account.and_then(|of| of(account).number());
    let commune = match &chart.commune {
        Some(code) => Some(render.joined.communes.find(code).ok_or_else(|| {
            Fault::new(
                "unknown-commune",
                Place { value: code.clone(), ..Place::default() },
                message!("không có xã mã {code} trong tệp ranh giới", "there is no commune {code} in the boundary file"),
            )
        })?),
        None => None,
    };
    let account = |week: &Week, pest: Option<usize>| match (pest, commune) {
        (Some(pest), None) => week.pests[pest],
        (Some(pest), Some(commune)) => week.accounts.pests[pest][commune],
        (None, None) => week.all,
        (None, Some(commune)) => week.accounts.communes[commune],
    };
    let place = commune.map_or_else(
        || lang.pick("toàn vùng", "all communes").to_owned(),
        |commune| render.joined.communes.names[commune].clone(),
    );
    let properties: Vec<(String, Option<usize>)> = match (&chart.pest, chart.by()) {
        (Some(pest), _) => vec![(pest.clone(), Some(crate::model::pest_number(render.joined, pest)?))],
        (None, By::Pest) => pests(render).iter().enumerate().map(|(i, pest)| (pest.clone(), Some(i))).collect(),
        _ => vec![(place.clone(), None)],
    };
    let paints = qualitative(pests(render).len().max(1), render.project.bw);
    let compared = chart.compare() == Some(Compare::LastYear);
    // A year beside its year before: more weeks than it has would show one of them twice.
    let weeks = if compared { &weeks[weeks.len().saturating_sub(WEEKS_OF_A_YEAR)..] } else { weeks };
    let mut before: Vec<Option<Week>> = Vec::new();
    if compared {
        before.extend(weeks.iter().map(|week| last_year(render.joined, week)));
    }
    let without = compared && before.iter().all(Option::is_none);
    if without {
        before.clear();
    }
    let asked = MeasureKey { measure: chart.measure.clone(), pest: chart.pest.clone(), ..MeasureKey::default() };
    // A line alone has the colour of its measure; those of several pests have theirs.
    let alone = match (&properties[..], render.project.bw) {
        ([_], false) => {
            let measured = render.measured(&asked, None)?;
            let scale = render.scale(chart.scale.as_deref(), None, &asked, &measured)?;
            Some(Palette::named(&scale.palette)?.strong())
        }
        _ => None,
    };
    let mut lines = Vec::new();
    for (label, pest) in &properties {
        let colour = alone.unwrap_or_else(|| paints[pest.unwrap_or(0)].ink());
        let now = weeks.iter().map(|week| number(&account(week, *pest))).collect();
        let this_year = lang.pick("năm nay", "this year");
        let named = match (before.is_empty(), properties.len()) {
            (true, _) => capital(label),
            (false, 1) => capital(this_year),
            (false, _) => format!("{}, {this_year}", capital(label)),
        };
        lines.push(Line { label: named, colour, values: now, past: false });
        if !before.is_empty() {
            let then = before.iter().map(|week| week.as_ref().and_then(|week| number(&account(week, *pest)))).collect();
            let last = lang.pick("năm trước", "last year");
            let named = if properties.len() == 1 { capital(last) } else { format!("{}, {last}", capital(label)) };
            let grey = if properties.len() == 1 { crate::draw::furniture::GREY } else { colour };
            lines.push(Line { label: named, colour: grey, values: then, past: true });
        }
    }
    let (name, unit) = (kind.name(), &kind.unit);
    let by_week = lang.pick("theo tuần", "by week");
    let mut title = format!("{} {by_week}", name.get(lang));
    if let (Some(pest), true) = (&chart.pest, properties.len() == 1) {
        title = format!("{title} – {pest}");
    }
    if commune.is_some() {
        title = format!("{title} – {place}");
    }
    if !before.is_empty() {
        title = format!("{title}, {}", lang.pick("năm nay và năm trước", "this year and last"));
    }
    let extras = Extras {
        threshold: own.threshold.map(|level| {
            let words = if own.threshold_label.is_empty() { lang.pick("ngưỡng", "threshold") } else { &own.threshold_label };
            (level, words)
        }),
        bw: render.project.bw,
        forecast_from: forecast_from(render, weeks),
        same_communes: true,
    };
    let periods: Vec<_> = weeks.iter().map(|week| week.period).collect();
    let axis = crate::cartography::with_unit(name.get(lang), unit.get(lang));
    let note = lang.pick("Không có số liệu cùng kỳ năm trước.", "There are no data of the same weeks last year.");
    let note = if without { note } else { "" };
    let of = render.measured(&key(&chart.measure, chart.pest.as_ref(), None), None)?;
    let now = lines.iter().filter(|line| !line.past).zip(&properties).map(|(line, (_, pest))| Track {
        name: line.label.clone(),
        values: line.values.clone(),
        known: if commune.is_some() { Vec::new() } else { weeks.iter().map(|week| known(week, *pest, &number)).collect() },
    });
    let now: Vec<Track> = now.collect();
    let of_past = |week: &Option<Week>| week.as_ref().map_or_else(Vec::new, |week| known(week, properties[0].1, &number));
    let past = lines.iter().find(|line| line.past).filter(|_| now.len() == 1).map(|line| Track {
        name: line.label.clone(),
        values: line.values.clone(),
        known: if commune.is_some() { Vec::new() } else { before.iter().map(of_past).collect() },
    });
    let ends = now.first().zip(past.as_ref()).and_then(|(now, past)| now.known.last().zip(past.known.last()));
    let extras = Extras { same_communes: ends.is_none_or(|(now, then)| now == then), ..extras };
    let found = of_series(&of, (&periods, extras.forecast_from), (&now, past.as_ref()), lang);
    let found = if found.title.is_empty() { Headline::plain(title.as_str()) } else { found };
    framed_over(render, page, heading(found, title), note, &periods, |frame| {
        series::draw(frame, &axis, &periods, &lines, &extras)
    })
}

/// The first week that is forecast.
fn forecast_from(render: &RenderContext, weeks: &[Week]) -> Option<usize> {
    let outlook = render.joined.outlook.as_ref()?;
    weeks.iter().position(|week| outlook.covers(Some(week.period)))
}

/// Communes that have a number in a week, ascending.
fn known(week: &Week, pest: Option<usize>, number: &dyn Fn(&Account) -> Option<f64>) -> Vec<usize> {
    let accounts = pest.map_or(&week.accounts.communes, |pest| &week.accounts.pests[pest]);
    accounts.iter().enumerate().filter(|(_, account)| number(account).is_some()).map(|(commune, _)| commune).collect()
}

/// Areas by week: by severity, which adds up to the infested land; or by pest, which counts a field once for each pest.
pub fn area(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let lang = render.lang();
    if page.chart.measure != INFESTED_HA.id {
        return Err(wrong_measure(&page.chart, INFESTED_HA.id));
    }
    let weeks = render.some_weeks()?;
    let by_pest = page.chart.by() == By::Pest;
    let bands: Vec<Band> = if by_pest {
        let fills = qualitative(pests(render).len(), render.project.bw);
        pests(render)
            .iter()
            .zip(fills)
            .enumerate()
            .map(|(i, (pest, fill))| Band {
                label: capital(pest),
                fill,
                values: weeks.iter().map(|week| week.pests[i].infested(None).number()).collect(),
            })
            .collect()
    } else {
        let fills = divided::severity_fills(render)?;
        let band = |label: &str, fill: Fill, of: &dyn Fn(&Account) -> f64| Band {
            label: capital(label),
            fill,
            values: weeks.iter().map(|week| week.all.infested(None).number().map(|_| of(&week.all))).collect(),
        };
        let levels = severity::infested_levels().zip(fills);
        levels
            .map(|(level, fill)| band(severity::name(level, lang), fill, &|all| all.level_ha[usize::from(level)]))
            .chain([band(divided::without_class(lang), divided::UNCLASSED, &|all| all.unclassed_ha)])
            .filter(|band: &Band| band.values.iter().flatten().any(|hectares| *hectares > 0.0))
            .collect()
    };
    let (title, axis, note) = if by_pest {
        (
            lang.pick("Diện tích nhiễm cộng theo từng loại sâu bệnh, theo tuần", "Infested area counted once per pest, by week"),
            lang.pick("ha tính theo từng loại", "hectares, once per pest"),
            lang.pick(
                "Một thửa bị nhiều loại được tính một lần cho mỗi loại: tổng không phải diện tích đất.",
                "A field with several pests counts once for each: the total is not an area of land.",
            ),
        )
    } else {
        (
            lang.pick("Diện tích nhiễm theo tuần và mức độ", "Infested area by week and severity"),
            lang.pick("Diện tích nhiễm (ha)", "Infested area (ha)"),
            "",
        )
    };
    let periods: Vec<_> = weeks.iter().map(|week| week.period).collect();
    let number = |account: &Account| account.infested(None).number();
    let tracks: Vec<Track> = match by_pest {
        true => bands
            .iter()
            .enumerate()
            .map(|(pest, band)| Track {
                name: band.label.clone(),
                values: band.values.clone(),
                known: weeks.iter().map(|week| known(week, Some(pest), &number)).collect(),
            })
            .collect(),
        false => vec![Track {
            name: String::new(),
            values: weeks.iter().map(|week| number(&week.all)).collect(),
            known: weeks.iter().map(|week| known(week, None, &number)).collect(),
        }],
    };
    let of = render.measured(&key(INFESTED_HA.id, None, None), None)?;
    let found = of_series(&of, (&periods, forecast_from(render, weeks)), (&tracks, None), lang);
    let found = if found.title.is_empty() { Headline::plain(title) } else { found };
    framed_over(render, page, heading(found, title), note, &periods, |frame| area::draw(frame, axis, &periods, &bands))
}

/// Communes (or pests) by weeks.
pub fn heatmap(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let (lang, chart) = (render.lang(), &page.chart);
    let weeks = render.some_weeks()?;
    let own = key(&chart.measure, chart.pest.as_ref(), None);
    render.must_move(&chart.measure)?;
    let now = render.measured(&own, None)?;
    let scale = render.scale(chart.scale.as_deref(), None, &own, &now)?;
    let list: Vec<_> = weeks.iter().map(|week| catalogue::measure(render.joined, &week.accounts, &own)).collect::<Result<_>>()?;
    let decimals = list.iter().map(|measured| measured.decimals()).max().unwrap_or(0);
    // Whole hectares are enough where there are hundreds of them.
    let largest = list.iter().flat_map(|m| m.numbers()).fold(0.0f64, |most, n| most.max(n.abs()));
    let decimals = if largest >= 100.0 { 0 } else { decimals };
    let write = |value: &Value| value.number().map_or(String::new(), |number| numbers::format(number, decimals, lang));
    let mut rows: Vec<(f64, Row)> = (0..render.joined.communes.len())
        .map(|commune| {
            let values: Vec<Value> = list.iter().map(|measured| measured.values[commune]).collect();
            let rank = values.last().and_then(|value| value.number()).unwrap_or(f64::NEG_INFINITY);
            let words = values.iter().map(write).collect();
            (rank, Row { label: render.joined.communes.names[commune].clone(), values, words })
        })
        .collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    let periods: Vec<_> = weeks.iter().map(|week| week.period).collect();
    let title = format!("{} {}", axis(&now, lang), lang.pick("theo xã và tuần", "by commune and week"));
    let found = render.finding(&own, &now, None, None)?;
    let columns: Vec<String> = weeks.iter().map(|week| dates::format_day_short(week.period.from, lang)).collect();
    let beginning = lang.pick("tuần bắt đầu ngày", "week beginning");
    let others = Together { by: By::Commune, adds: now.quantity == Quantity::Extensive, decimals, lang };
    Ok(framed_over(render, page, heading(found, title), "", &periods, |frame| {
        heatmap::draw(frame, &scale, (&columns, beginning), &rows, &|hidden| others.cells(hidden))
    }))
}
