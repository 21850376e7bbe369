//! Two to four pages to hand out: the answer with its map, what changed and where, each pest in words, what the numbers rest on.

use super::pests::{Pest, pests};
use super::{Brief, decide, quality};
use crate::draw::charts::Frame;
use crate::draw::charts::table::{self, Table};
use crate::draw::furniture::{Sheet, Titles};
use crate::draw::prose::{Prose, flow, in_pieces};
use crate::draw::scene::Scene;
use crate::figures::{charts, maps, pages};
use crate::ooxml::{Align, Cell};
use crate::project::{ComposedPage, Page, PagePart, PageSize};
use crate::run::{Fault, Result};
use crate::values::Lang;
use std::ops::Range;

/// Pages of sentences with each pest; those that do not fit are named.
const MOST: usize = 2;
/// Columns of such a page.
const COLUMNS: usize = 2;
/// Fields listed on the last page, and the height that a list is worth, in design units.
const ROWS: usize = 12;
/// Lines to write on where there is no list of fields.
const LINES: usize = 8;
const LEAST: f32 = 200.0;

/// The pages, and what could not be put on them; none where there is nothing to answer.
pub fn handout(brief: &Brief) -> (Vec<Scene>, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut list = Vec::new();
    for (number, page) in composed(brief).into_iter().enumerate() {
        let over = if number == 0 { motto(brief) } else { Vec::new() };
        match pages::compose(brief.render, &page, over) {
            Ok(scene) => list.push(scene),
            Err(mut fault) => {
                if fault.place.file.is_empty() {
                    fault.place.file = "handout.pdf".to_owned();
                }
                faults.push(fault);
            }
        }
    }
    if list.is_empty() {
        return (list, faults);
    }
    match sentences(brief) {
        Ok(mut more) => list.append(&mut more),
        Err(fault) => faults.push(fault),
    }
    (list, faults)
}

/// Office and motto, as the head of an official page has them in Vietnam; nothing on pages in English.
fn motto(brief: &Brief) -> Vec<[String; 2]> {
    let office = brief.render.project.office.to_uppercase();
    if brief.lang() == Lang::En {
        return Vec::new();
    }
    vec![[office, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned()], [String::new(), "Độc lập - Tự do - Hạnh phúc".to_owned()]]
}

/// The pages with pictures.
fn composed(brief: &Brief) -> Vec<ComposedPage> {
    let (render, lang) = (brief.render, brief.lang());
    let Some(mut first) = pages::summary(render) else { return Vec::new() };
    first.rows.retain(|row| row != &["table".to_owned()]);
    first.id = "handout-1".to_owned();
    let (maps, charts) = (maps::ids(render), charts::ids(render));
    let mut rows: Vec<Vec<String>> = Vec::new();
    rows.extend(maps.iter().find(|id| id.ends_with("-change")).map(|id| vec![format!("maps/{id}")]));
    let wanted = ["infested-by-severity", "linked-at-risk-by-enterprise", "infested-against-last-year"];
    let shown: Vec<&String> = first.rows.iter().flatten().collect();
    let pair: Vec<String> = wanted
        .iter()
        .filter(|id| charts.iter().any(|known| known == *id))
        .map(|id| format!("charts/{id}"))
        .filter(|id| !shown.contains(&id))
        .take(2)
        .collect();
    // What is about other things than pests shows what it has.
    let others = || charts.iter().map(|id| format!("charts/{id}")).filter(|id| !shown.contains(&id)).take(2).collect();
    let (change, pair): (bool, Vec<String>) = (!rows.is_empty(), if pair.is_empty() { others() } else { pair });
    if !change {
        let map = maps.iter().map(|id| format!("maps/{id}")).find(|id| !shown.contains(&id));
        rows.extend(map.map(|map| vec![map]));
    }
    if !pair.is_empty() {
        rows.push(pair);
    }
    rows.push(vec!["table".to_owned()]);
    let title = match change {
        true => lang.pick("Thay đổi và nơi cần chú ý", "What changed, and where to look"),
        false => lang.pick("Diễn biến và nơi cần chú ý", "How it went, and where to look"),
    };
    let title = title.to_owned();
    vec![first, ComposedPage { id: "handout-2".to_owned(), title, rows, ..ComposedPage::default() }]
}

/// The pages with sentences: each pest, then what the numbers rest on. Pests that find no room on the pages there are for them are named;
/// what the numbers rest on gets the pages it needs.
fn sentences(brief: &Brief) -> Result<Vec<Scene>> {
    let lang = brief.lang();
    let names = &brief.render.joined.communes.names;
    let Sheet { body, unit, .. } = sheet(brief, 1, true);
    let pieces = |list: Vec<Prose>| in_pieces(list, under_titles(body, unit), COLUMNS, unit);
    let pests: Vec<(String, Vec<Prose>)> = pests(brief)?
        .iter()
        .map(|pest| {
            // What is to come stands behind what is.
            let ahead = charts::forecast::said(brief.render, &pest.name)
                .map_or(String::new(), |found| format!("{}. {}.", found.title, found.lead));
            let paragraphs = [pest.situation(names, lang), density(pest, lang), ahead];
            let paragraphs = paragraphs.into_iter().filter(|line| !line.is_empty()).collect();
            (pest.name.clone(), pieces(vec![Prose { heading: pest.name.clone(), aside: pest.status(lang), paragraphs }]))
        })
        .collect();
    let rest = pieces(grounds(brief));
    let with = |named: usize| -> Vec<Prose> {
        let (shown, left) = pests.split_at(pests.len() - named);
        let mut list: Vec<Prose> = shown.iter().flat_map(|(_, pieces)| pieces.iter().cloned()).collect();
        if !left.is_empty() {
            let names = left.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
            let heading = lang.pick("Các loại khác", "Other pests").to_owned();
            let see = lang.pick("đầy đủ trong communes.xlsx", "all of them in communes.xlsx");
            list.extend(pieces(vec![Prose { heading, paragraphs: vec![format!("{names}: {see}.")], ..Prose::default() }]));
        }
        list.extend(rest.iter().cloned());
        list
    };
    let any = !pests.is_empty();
    let named = (0..=pests.len()).find(|named| pages_of(brief, &with(*named)).len() <= MOST).unwrap_or(pests.len());
    let list = with(named);
    let mut scenes = Vec::new();
    for part in pages_of(brief, &list) {
        let Sheet { mut scene, body, unit } = sheet(brief, scenes.len(), any);
        let (last, body) = (part.end == list.len(), under_titles(body, unit));
        let (_, foot) = flow(&mut scene, &list[part], body, COLUMNS);
        if last {
            to_decide(brief, &mut scene, [body[0], foot + 30.0 * unit, body[2], body[3]])?;
        }
        scenes.push(scene);
    }
    Ok(scenes)
}

/// What the numbers rest on, what is to be looked at first, how the numbers are made.
fn grounds(brief: &Brief) -> Vec<Prose> {
    let lang = brief.lang();
    let prose = |vi: &str, en: &str, paragraphs| Prose { heading: lang.pick(vi, en).to_owned(), paragraphs, ..Prose::default() };
    let worst: Vec<String> = quality::worst(brief, 5)
        .into_iter()
        .map(|(words, count, hectares)| format!("• {}", quality::line(&words, count, hectares, lang)))
        .collect();
    let list = vec![
        prose("Số liệu dựa vào đâu", "What the numbers rest on", quality::quality(brief)),
        prose("Cần xem lại trước", "To look at first", worst),
        prose("Cách tính", "Method", crate::words::method(brief.render.joined, lang)),
    ];
    list.into_iter().filter(|prose| !prose.paragraphs.is_empty()).collect()
}

/// An empty page for sentences.
fn sheet(brief: &Brief, before: usize, pests: bool) -> Sheet {
    let lang = brief.lang();
    let title = match before {
        0 if !pests => lang.pick("Số liệu và cách tính", "The data and the method"),
        0 => lang.pick("Từng loại sinh vật gây hại, số liệu và cách tính", "Each pest, the data and the method"),
        _ => lang.pick("Số liệu và cách tính (tiếp)", "The data and the method, continued"),
    };
    let titles = Titles { title: title.to_owned(), subtitle: brief.period(), mark: brief.mark().to_owned(), ..Titles::default() };
    let page = Page { size: Some(PageSize::A4Portrait), ..Page::default() };
    Sheet::new(&format!("handout-{}", before + 3), &titles, &brief.render.ground.imprint, &page)
}

/// Where sentences stand on a page.
fn under_titles([left, top, right, bottom]: [f32; 4], unit: f32) -> [f32; 4] {
    [left, top + 10.0 * unit, right, bottom]
}

/// What stands on each page.
fn pages_of(brief: &Brief, list: &[Prose]) -> Vec<Range<usize>> {
    let mut pages = Vec::new();
    let mut from = 0;
    while from < list.len() {
        let Sheet { mut scene, body, unit } = sheet(brief, pages.len(), true);
        let to = from + flow(&mut scene, &list[from..], under_titles(body, unit), COLUMNS).0.max(1);
        pages.push(from..to);
        from = to;
    }
    pages
}

/// The fields to treat first, where the last page has room for some of them.
fn to_decide(brief: &Brief, scene: &mut Scene, [left, top, right, bottom]: [f32; 4]) -> Result<()> {
    let (render, lang) = (brief.render, brief.lang());
    if bottom - top < LEAST * scene.unit {
        return Ok(());
    }
    let (rows, measure) = match decide::decide(brief, ROWS)? {
        Some(decide::Decide { rows, total }) => (rows, total.said(0, lang)),
        None => (decide::lines(lang, LINES), lang.pick("Ghi tại cuộc họp", "To be filled in at the meeting").to_owned()),
    };
    let of_row = |cells: &Vec<Cell>| cells.iter().map(|cell| cell.words.clone()).collect::<Vec<String>>();
    let Some(first) = rows.rows.first() else { return Ok(()) };
    let table = Table {
        heads: rows.heads.first().map(of_row).unwrap_or_default(),
        // Places to write in are empty here.
        rows: rows.rows.iter().map(of_row).collect(),
        columns: rows.widths.iter().zip(first).map(|(wide, cell)| (*wide, cell.align != Align::Right)).collect(),
        others: lang.pick("và {count} thửa khác", "and {count} other fields").to_owned(),
    };
    let part = PagePart { unit: scene.unit, least: scene.least, bare: false };
    let (width, height) = ((right - left) as u32, (bottom - top) as u32);
    let page = Page { width: Some(width), height: Some(height), part: Some(part), ..Page::default() };
    let title = lang.pick("Việc cần quyết định", "To be decided").to_owned();
    let titles = Titles { title, measure, ..Titles::default() };
    let frame = Frame { id: "decide", titles: &titles, imprint: &render.ground.imprint, page: &page, note: "" };
    scene.append(table::draw(&frame, &table), [left, top]);
    Ok(())
}

/// What notices state of densities and stages.
fn density(pest: &Pest, lang: Lang) -> String {
    let [stage, common, high, _] = &pest.words;
    let part = |words: &str, vi: &str, en: &str| (!words.is_empty()).then(|| format!("{} {words}", lang.pick(vi, en)));
    let parts: Vec<String> = [
        part(stage, "giai đoạn", "stage"),
        part(common, "mật độ, tỷ lệ phổ biến", "usual density or rate"),
        part(high, "cao", "high"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { String::new() } else { format!("{}.", crate::words::capital(&parts.join(", "))) }
}
