//! Two to four pages to hand out: the answer with its map, what changed and where, each pest in words, what the numbers rest on.

use super::pests::{Pest, pests};
use super::{Brief, decide, quality};
use crate::draw::charts::Frame;
use crate::draw::charts::table::{self, Table};
use crate::draw::furniture::{Sheet, Titles};
use crate::draw::prose::{Prose, flow};
use crate::draw::scene::Scene;
use crate::figures::{charts, maps, pages};
use crate::ooxml::{Align, Cell};
use crate::project::{ComposedPage, Page, PagePart, PageSize};
use crate::run::{Fault, Result};
use crate::values::Lang;

/// Pages of sentences; what does not fit stands in the notice.
const MOST: usize = 2;
/// Fields listed on the last page, and the height that a list is worth, in design units.
const ROWS: usize = 12;
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
    if !pair.is_empty() {
        rows.push(pair);
    }
    rows.push(vec!["table".to_owned()]);
    let title = lang.pick("Thay đổi và nơi cần chú ý", "What changed, and where to look").to_owned();
    vec![first, ComposedPage { id: "handout-2".to_owned(), title, rows, ..ComposedPage::default() }]
}

/// The pages with sentences: each pest, then what the numbers rest on.
fn sentences(brief: &Brief) -> Result<Vec<Scene>> {
    let (render, lang) = (brief.render, brief.lang());
    let names = &render.joined.communes.names;
    let pests = pests(brief)?;
    let mut list: Vec<Prose> = pests
        .iter()
        .map(|pest| Prose {
            heading: pest.name.clone(),
            aside: pest.status(lang),
            paragraphs: [pest.situation(names, lang), density(pest, lang)].into_iter().filter(|line| !line.is_empty()).collect(),
        })
        .collect();
    let heading = lang.pick("Số liệu dựa vào đâu", "What the numbers rest on").to_owned();
    list.push(Prose { heading, paragraphs: quality::quality(brief), ..Prose::default() });
    let worst: Vec<String> = quality::worst(brief, 5)
        .into_iter()
        .map(|(words, count, hectares)| format!("• {}", quality::line(&words, count, hectares, lang)))
        .collect();
    if !worst.is_empty() {
        let heading = lang.pick("Cần xem lại trước", "To look at first").to_owned();
        list.push(Prose { heading, paragraphs: worst, ..Prose::default() });
    }
    list.push(Prose {
        heading: lang.pick("Cách tính", "Method").to_owned(),
        paragraphs: crate::words::method(render.joined, lang),
        ..Prose::default()
    });
    // What the numbers rest on is on the pages in any case; pests that find no room are named.
    let mut named: Vec<String> = Vec::new();
    while !fits(brief, &list) && named.len() < pests.len() {
        let at = pests.len() - named.len() - 1;
        let left = list.remove(at);
        if !named.is_empty() {
            list.remove(at);
        }
        named.insert(0, left.heading);
        let heading = lang.pick("Các loại khác", "Other pests").to_owned();
        let see = lang.pick("đầy đủ trong bulletin.docx", "all of them in bulletin.docx");
        list.insert(at, Prose { heading, paragraphs: vec![format!("{}: {see}.", named.join(", "))], ..Prose::default() });
    }
    let mut scenes = Vec::new();
    let mut from = 0;
    while from < list.len() && scenes.len() < MOST {
        let title = match scenes.is_empty() {
            true => lang.pick("Từng loại sinh vật gây hại, số liệu và cách tính", "Each pest, the data and the method"),
            false => lang.pick("Số liệu và cách tính (tiếp)", "The data and the method, continued"),
        };
        let titles =
            Titles { title: title.to_owned(), subtitle: brief.period(), mark: brief.mark().to_owned(), ..Titles::default() };
        let page = Page { size: Some(PageSize::A4Portrait), ..Page::default() };
        let id = format!("handout-{}", scenes.len() + 3);
        let Sheet { mut scene, body: [left, top, right, bottom], unit } = Sheet::new(&id, &titles, &render.ground.imprint, &page);
        let (shown, foot) = flow(&mut scene, &list[from..], [left, top + 10.0 * unit, right, bottom], 2);
        from += shown.max(1);
        if from >= list.len() {
            to_decide(brief, &mut scene, [left, foot + 30.0 * unit, right, bottom])?;
        }
        scenes.push(scene);
    }
    Ok(scenes)
}

/// Whether sentences find room on the pages there are for them.
fn fits(brief: &Brief, list: &[Prose]) -> bool {
    let page = Page { size: Some(PageSize::A4Portrait), ..Page::default() };
    let titles = Titles { title: "X".to_owned(), subtitle: "X".to_owned(), ..Titles::default() };
    let mut from = 0;
    for _ in 0..MOST {
        let imprint = &brief.render.ground.imprint;
        let Sheet { mut scene, body: [left, top, right, bottom], unit } = Sheet::new("", &titles, imprint, &page);
        from += flow(&mut scene, &list[from..], [left, top + 10.0 * unit, right, bottom], 2).0.max(1);
        if from >= list.len() {
            return true;
        }
    }
    false
}

/// The fields to treat first, where the last page has room for some of them.
fn to_decide(brief: &Brief, scene: &mut Scene, [left, top, right, bottom]: [f32; 4]) -> Result<()> {
    let (render, lang) = (brief.render, brief.lang());
    if bottom - top < LEAST * scene.unit {
        return Ok(());
    }
    let Some(decide::Decide { rows, total }) = decide::decide(brief, ROWS)? else { return Ok(()) };
    let of_row = |cells: &Vec<Cell>| cells.iter().map(|cell| cell.words.clone()).collect::<Vec<String>>();
    let Some(first) = rows.rows.first() else { return Ok(()) };
    let table = Table {
        heads: rows.heads.first().map(of_row).unwrap_or_default(),
        rows: rows.rows.iter().map(of_row).collect(),
        columns: rows.widths.iter().zip(first).map(|(wide, cell)| (*wide, cell.align != Align::Right)).collect(),
        others: lang.pick("và {count} thửa khác", "and {count} other fields").to_owned(),
    };
    let part = PagePart { unit: scene.unit, least: scene.least, bare: false };
    let (width, height) = ((right - left) as u32, (bottom - top) as u32);
    let page = Page { width: Some(width), height: Some(height), part: Some(part), ..Page::default() };
    let title = lang.pick("Việc cần quyết định", "To be decided").to_owned();
    let titles = Titles { title, measure: total.said(0, lang), ..Titles::default() };
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
