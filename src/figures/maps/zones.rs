//! Maps of the zones around active outbreaks.

use super::MapPage;
use crate::cartography::Content;
use crate::cartography::zones::ZoneMap;
use crate::join::overlay::CommuneIndex;
use crate::message;
use crate::model::When;
use crate::model::registers::RegisterTable;
use crate::outbreaks::Active;
use crate::outbreaks::disease_zones::{DiseaseZones, ZonesWanted, of_register};
use crate::outbreaks::geomask::Mask;
use crate::outbreaks::zones::{Clock, Zones};
use crate::outbreaks::{Outbreak, Register, curve};
use crate::render::{Heading, RenderContext, Shown};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::area::Position;
use crate::values::{Lang, Message, Period, dates, numbers};
use crate::words::{Headline, capital, lower};
use chrono::{Days, NaiveDate};

/// The register with the one disease that is wanted, or all.
pub fn of_disease(table: &RegisterTable, disease: Option<&str>) -> Result<Register> {
    let mut register = table.register.clone();
    if let Some(name) = disease {
        let wanted = register.disease_named(name, &table.diseases)?;
        register.retain(|outbreak| outbreak.disease == wanted);
    }
    Ok(register)
}

/// The disease of most outbreaks, where a register has several and none is named.
fn most(register: &Register) -> Option<&str> {
    let count = |disease: usize| register.list.iter().filter(|outbreak| outbreak.disease == disease).count();
    let most = (0..register.diseases.len()).max_by_key(|&disease| (count(disease), std::cmp::Reverse(disease)))?;
    (register.diseases.len() > 1).then(|| register.diseases[most].as_str())
}

/// The weeks of a register up to a day.
pub fn weeks(register: &Register, on: NaiveDate) -> Vec<(Period, usize)> {
    let all: Vec<&Outbreak> = register.list.iter().collect();
    let weeks = curve::weeks(&all, on, 1, |_| 0, None);
    let last = |from: NaiveDate| from.checked_add_days(Days::new(6)).unwrap_or(from);
    weeks.iter().map(|week| (Period { from: week.from, to: last(week.from).min(on) }, week.total())).collect()
}

/// Zones on a day, the outbreaks and the communes and animals inside.
pub(super) fn zones<'a>(render: &'a RenderContext, page: &MapPage, problems: &mut Problems) -> Result<Content<'a>> {
    let (map, lang) = (&page.map, render.lang());
    let own = map.zones();
    let joined = render.joined;
    let table = joined.register(&map.measure)?;
    let several = table.register.diseases.len() > 1;
    let register = of_disease(table, own.disease.as_deref().or_else(|| most(&table.register)))?;
    let reported = joined.periods.get(When::Current).map(|period| period.to);
    let active = table.active(page.week.map(|week| week.to).or(reported));
    let mask = if table.exact { None } else { Some(Mask::shipped(render.project.mask_seed(own.seed))?) };
    let index = CommuneIndex::new(&joined.communes.shapes);
    let herds = joined.herds_of(table);
    let find = |register: &Register, active: Active, problems: &mut Problems| {
        let wanted = ZonesWanted { radii_km: own.radius_km.clone(), active, mask };
        let ground = (&joined.communes, &index);
        let found = of_register(register, &table.diseases, herds, &wanted, ground, problems)?;
        found.into_iter().next().ok_or_else(nothing)
    };
    let shown = match find(&register, active, problems) {
        Ok(found) => found,
        // A day without an active outbreak has the legend of the others.
        Err(fault) => {
            let mut all = register.clone();
            all.list.iter_mut().for_each(|outbreak| (outbreak.ended, outbreak.release_days) = (None, None));
            let ever = Active { release_days: None, ..table.active(None) };
            match find(&all, ever, &mut Problems::default()) {
                Ok(ever) => emptied(ever),
                Err(_) => return Err(fault),
            }
        }
    };
    let animals = herds.is_some();
    let names = (0..shown.names.len())
        .map(|at| {
            let zone = shown.zones.list.get(at);
            let radius = zone.map_or(0.0, |zone| zone.radius_km);
            let radius = numbers::format_short(radius, lang);
            let name = shown.names[at].get(lang);
            let label = if name.contains("km") { name.to_owned() } else { format!("{name} (≤ {radius} km)") };
            let communes = numbers::format(zone.map_or(0, |zone| zone.parts.len()) as f64, 0, lang);
            let amount = match zone.and_then(|zone| zone.head).filter(|_| animals) {
                Some(head) => {
                    let least = if zone.is_some_and(|zone| zone.unknown > 0) { "≥ " } else { "" };
                    format!("{communes} · {least}{}", numbers::format(head, 0, lang))
                }
                None => communes,
            };
            (label, amount)
        })
        .collect();
    let amounts =
        if animals { lang.pick("số xã · số con", "communes · animals") } else { lang.pick("số xã", "communes") };
    let told_apart = register.list.iter().any(|outbreak| active.waits(outbreak).is_some() || outbreak.ended.is_some());
    let past = past(&register, &active, mask, (page.week.is_some(), told_apart), lang);
    let disease = shown.disease.get(lang);
    let title = match lang {
        Lang::Vi => format!("Vùng quanh ổ dịch: {disease}"),
        Lang::En => format!("Zones around outbreaks: {disease}"),
    };
    let most = by_commune(&register, &active, &joined.communes.names);
    let heading = Heading {
        own: map.title.clone(),
        found: found(&shown, page.week.is_some(), most.first(), lang),
        described: capital(&title),
    };
    let mut titles = render.titles(heading, (&map.measure, None), Shown::at(page.week));
    if page.week.is_none() && joined.periods.get(When::Current).is_none() {
        let seen = seen_on(active.on, lang);
        titles.subtitle = if titles.subtitle.is_empty() { seen } else { format!("{}  ·  {seen}", titles.subtitle) };
    }
    let mut notes = vec![places(mask, lang)];
    if several && own.disease.is_none() {
        notes.push(
            lang.pick("Sổ có nhiều bệnh; bản đồ này vẽ một bệnh.", "The register has several diseases; this map shows one.")
                .to_owned(),
        );
    }
    let counts = [
        (
            shown.approximate,
            "ổ dịch không có tọa độ, vẽ ở giữa xã.",
            "outbreaks have no position and stand in the middle of their commune.",
        ),
        (shown.abroad, "ổ dịch ngoài địa bàn, có thể ngoài khung.", "outbreaks lie in no commune, perhaps outside the frame."),
        (shown.unplaced, "ổ dịch không có vị trí, không vẽ được.", "outbreaks have no place and are not drawn."),
    ];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    notes.extend(counts.map(|(count, vi, en)| format!("{count} {}", lang.pick(vi, en))));
    if shown.zones.from_onset > 0 && shown.release_days.is_some() {
        let whole = lang.pick(
            "Ngày chờ tính từ khởi phát, vì sổ không ghi ngày con vật mắc bệnh cuối cùng chết, bị tiêu hủy hoặc khỏi.",
            "Days to wait count from the onset: the register does not state when the last sick animal died, was destroyed or recovered.",
        );
        let count = shown.zones.from_onset;
        notes.push(match lang {
            _ if count == shown.zones.begun => whole.to_owned(),
            Lang::Vi => format!("{count} ổ không ghi ca cuối: ngày chờ của ổ ấy tính từ khởi phát."),
            Lang::En => format!("{count} outbreaks state no last case: their days to wait count from the onset."),
        });
    }
    if !shown.verified {
        notes.push(
            lang.pick(
                "Bán kính do người dùng đặt, chưa đối chiếu văn bản.",
                "Radii are set by the user, not compared with a text.",
            )
            .to_owned(),
        );
    }
    if !map.note.is_empty() {
        notes.push(map.note.clone());
    }
    // Symbols lie over the names of the communes that have most of them, so these stand beside the map too.
    let of_most = most.iter().take(if page.week.is_some() { 0 } else { MOST });
    let figures = of_most.map(|(name, count)| {
        let count = numbers::format(*count as f64, 0, lang);
        ((*name).to_owned(), format!("{count} {}", lang.pick("ổ", if count == "1" { "outbreak" } else { "outbreaks" })))
    });
    let content = ZoneMap {
        titles,
        page: render.page(map.page.as_ref()),
        names,
        tones: shown.tones.clone(),
        heading: (lang.pick("Vùng quanh ổ dịch", "Around outbreaks").to_owned(), amounts.to_owned()),
        outbreak: match (page.week.is_some() || told_apart, lang) {
            (true, Lang::Vi) => "Ổ dịch đang hoạt động".to_owned(),
            (true, Lang::En) => "Active outbreak".to_owned(),
            (false, Lang::Vi) => "Ổ dịch".to_owned(),
            (false, Lang::En) => "Outbreak".to_owned(),
        },
        past,
        figures: clock(&shown, active.on, lang).into_iter().chain(figures).collect(),
        note: notes.join(" "),
        labels: map.labels,
        layers: map.layers.clone(),
        zones: shown.zones,
    };
    Ok(content.content(&render.ground))
}

/// Communes listed beside the map.
const MOST: usize = 4;

/// Communes with active outbreaks, those with most first.
fn by_commune<'a>(register: &Register, active: &Active, names: &'a [String]) -> Vec<(&'a str, usize)> {
    let mut counts = vec![0; names.len()];
    let held = register.list.iter().filter(|outbreak| active.holds(outbreak));
    held.filter_map(|outbreak| outbreak.site.commune).for_each(|commune| counts[commune] += 1);
    let mut found: Vec<(&str, usize)> = names.iter().map(String::as_str).zip(counts).filter(|(_, count)| *count > 0).collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    found
}

/// How many outbreaks are active, and how many communes their zones hold. The title of a film stands still.
fn found(shown: &DiseaseZones, film: bool, most: Option<&(&str, usize)>, lang: Lang) -> Headline {
    let disease = shown.disease.get(lang);
    let head = match lang {
        Lang::Vi => format!("Vùng quanh ổ dịch: {disease}"),
        Lang::En => format!("Zones around outbreaks: {disease}"),
    };
    let active = shown.active;
    let title = match lang {
        // "Dịch tả" has its first word already.
        Lang::Vi if lower(disease).starts_with("dịch ") => format!("{active} ổ {} đang hoạt động", lower(disease)),
        Lang::Vi => format!("{active} ổ dịch {} đang hoạt động", lower(disease)),
        Lang::En => format!("{disease}: {active} active outbreaks"),
    };
    if film {
        return Headline { title: capital(&head), lead: capital(&title) };
    }
    // Where half of them or more lie in one commune, that is the finding.
    let title = match (most, lang) {
        (Some((name, count)), Lang::Vi) if active > 2 && 2 * count >= active && *count < active => {
            format!("{title}, {count} ổ ở {name}")
        }
        (Some((name, count)), Lang::En) if active > 2 && 2 * count >= active && *count < active => {
            format!("{title}, {count} of them in {name}")
        }
        _ => title,
    };
    let zones: Vec<String> = shown
        .names
        .iter()
        .zip(&shown.zones.list)
        .map(|(name, zone)| match lang {
            Lang::Vi => format!("{} {} xã", name.get(lang), zone.parts.len()),
            Lang::En => format!("{} {} communes", name.get(lang), zone.parts.len()),
        })
        .collect();
    Headline { title: capital(&title), lead: zones.join("; ") }
}

fn nothing() -> Fault {
    Fault::new("no-zones", Place::default(), message!("không có vùng nào để vẽ", "there is no zone to draw"))
}

/// The same zones without an outbreak.
fn emptied(mut of: DiseaseZones) -> DiseaseZones {
    let list = of.zones.list.iter().map(|zone| crate::outbreaks::zones::Zone {
        radius_km: zone.radius_km,
        hectares: 0.0,
        parts: Vec::new(),
        herds: zone.herds.map(|_| 0.0),
        head: zone.head.map(|_| 0.0),
        unknown: 0,
    });
    let mut shapes = crate::layers::Shapes::default();
    let list: Vec<_> = list.collect();
    list.iter().for_each(|_| shapes.end_shape());
    of.zones = Zones { list, shapes, shown: Vec::new(), ..Zones::default() };
    (of.active, of.unplaced, of.approximate, of.abroad) = (0, 0, 0, 0);
    of
}

/// Places of outbreaks that are over, with words for them where they are told apart.
fn past(
    register: &Register,
    active: &Active,
    mask: Option<Mask>,
    (animation, told_apart): (bool, bool),
    lang: Lang,
) -> (Vec<Position>, String) {
    let over = |outbreak: &&Outbreak| active.knows(outbreak) && !active.holds(outbreak);
    let positions: Vec<Position> =
        register.list.iter().filter(over).filter_map(|outbreak| outbreak.site.published(mask)).collect();
    let told_apart = told_apart && (animation || !positions.is_empty());
    let words = if told_apart { lang.pick("Ổ dịch đã qua", "Outbreak that is over") } else { "" };
    (positions, words.to_owned())
}

fn seen_on(on: NaiveDate, lang: Lang) -> String {
    let day = dates::format_day(on);
    match lang {
        Lang::Vi => format!("Tính đến ngày {day}"),
        Lang::En => format!("As of {day}"),
    }
}

/// Days since the last case, and what is left to wait.
fn clock(shown: &DiseaseZones, on: NaiveDate, lang: Lang) -> Vec<(String, String)> {
    let none = || "–".to_owned();
    let clock = shown.zones.last_case.map(|last| Clock::new(last, on, shown.release_days));
    let since = if shown.zones.from_onset > 0 && shown.zones.from_onset == shown.zones.begun {
        lang.pick("Số ngày từ lần khởi phát cuối", "Days since the last onset")
    } else {
        lang.pick("Số ngày từ ca cuối", "Days since the last case")
    };
    let mut list = vec![(since.to_owned(), clock.map_or_else(none, |clock| clock.days.to_string()))];
    if shown.release_days.is_some() {
        let release = clock.and_then(|clock| clock.release).map_or_else(none, dates::format_day);
        list.push((lang.pick("Sớm nhất có thể gỡ", "May be lifted from").to_owned(), release));
    }
    list
}

/// What was done to positions, in words.
pub fn places(mask: Option<Mask>, lang: Lang) -> String {
    let said: Message = match mask {
        Some(mask) => {
            let (least, most) = (mask.least_m, mask.most_m);
            message!(
                "Vị trí đã xê dịch ngẫu nhiên {least}–{most} m để giữ kín hộ; danh sách xã tính theo vị trí thật.",
                "Places are moved at random by {least}–{most} m to hide households; communes are listed by the true places."
            )
        }
        None => message!("Vị trí thật của hộ chăn nuôi: không công bố.", "True places of households: not to be published."),
    };
    said.get(lang).to_owned()
}
