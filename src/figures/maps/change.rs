//! Change against another period, in two directions.

use super::{MapPage, beside, measure_key, with};
use crate::cartography::choropleth::Choropleth;
use crate::cartography::with_unit;
use crate::measures::change::{change, compare};
use crate::message;
use crate::model::When;
use crate::project::{ChangeKeys, Compare};
use crate::render::RenderContext;
use crate::run::{Fault, Place, Result};
use crate::words::headlines::of_change;
use crate::words::values::some_communes;
use crate::words::{capital, shown};

/// Measures the change and classifies it.
pub(super) fn changed(render: &RenderContext, page: &MapPage, own: &ChangeKeys) -> Result<Choropleth> {
    let map = &page.map;
    let key = measure_key(map);
    let when = match own.compare.unwrap_or_default() {
        Compare::Previous => When::Previous,
        Compare::LastYear => When::LastYear,
    };
    let periods = render.around(page.week);
    let now = render.measured(&key, page.week)?;
    let Some(then) = render.compared_in(&periods, &key, when)? else { return Err(nothing_to_compare(when)) };
    let measured = change(&now, &then, when, own.percent);
    let scale = render.scale(map.scale.as_deref(), page.pool.as_deref(), &key, &measured)?;
    let lang = render.lang();
    // What is compared are the communes that have both; a rate over some of them has no value.
    let compared = compare(&now, &then);
    let whole = match some_communes(&compared, lang) {
        Some(some) => some,
        None => lang.pick("Toàn vùng", "All communes").to_owned(),
    };
    let figures = vec![
        (whole, shown(&measured, measured.total, lang)),
        (capital(When::Current.title(lang)), shown(&now, compared.now, lang)),
        (capital(when.title(lang)), shown(&then, compared.then, lang)),
    ];
    let found = of_change(&measured, [&now, &then], &render.joined.communes.names, render.since_in(page.week, when), lang);
    let described = with_unit(measured.name.get(lang), measured.unit.get(lang));
    let ranking = match beside::is_wanted(render, map) {
        true => Some(beside::ranking(render, page, &key, (&measured, &measured, &scale))?),
        false => None,
    };
    Ok(Choropleth { ranking, ..with(render, page, (measured, found, described), scale, figures)? })
}

/// There is no other period with rows.
pub fn nothing_to_compare(when: When) -> Fault {
    let (vi, en) = (when.title(crate::values::Lang::Vi), when.title(crate::values::Lang::En));
    Fault::new(
        "nothing-to-compare",
        Place::default(),
        message!("không có số liệu {vi} để so", "there are no data of the {en} to compare with"),
    )
    .hint(message!(
        "khai báo period trong tệp dự án và để bảng có cả dòng của kỳ đó",
        "declare period in the project file, and keep rows of the other period in the tables"
    ))
}
