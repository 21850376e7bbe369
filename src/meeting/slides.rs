//! The deck: a cover, the answer in four figures and a map, who is hit by what and since when, what is to be decided, what the numbers rest
//! on; all other pictures behind a cover of their own.

use super::sheets::of_sheet;
use super::speech::speech;
use super::{Brief, decide, quality};
use crate::draw::charts::cards;
use crate::draw::scene::SMALLEST;
use crate::draw::text;
use crate::figures::charts::overview;
use crate::figures::{charts, maps};
use crate::ooxml::slides::template::Template;
use crate::ooxml::slides::{Body, Canvas, Deck, Line, Slide};
use crate::ooxml::{Align, Cell, Rows};
use crate::project::{ChartConfig, ChartKind, MeasuresKeys, Page, PagePart};
use crate::run::{Fault, Result};
use crate::tables;
use crate::values::Lang;
use std::collections::BTreeSet;

/// Pictures of the storyboard, in its order: the first of each line that the run has. A name that ends in `*` begins so.
const STORY: [&[&str]; 11] = [
    &["maps/linked-at-risk-ha", "maps/linked-at-risk-high-ha", "maps/infested-ha", "maps/mean-severity"],
    &["charts/linked-at-risk-change", "charts/linked-at-risk-by-commune"],
    &["charts/infested-by-severity"],
    &["maps/*-change"],
    &["charts/infested-against-last-year"],
    &["charts/infested-by-week"],
    &["charts/infested-commune-week"],
    &["charts/linked-at-risk-by-enterprise"],
    &["maps/zones-*"],
    &["charts/curve-*"],
    &["charts/attainment"],
];
/// Slides before the others' cover where the project has none of the story.
const LEADING: usize = 8;
/// Pictures behind it.
const BEHIND: usize = 30;
/// Rows of a table on a slide.
const ROWS: usize = 10;

/// The deck, and what could not be put on it. A template that cannot be used is a fault, for slides in another design are not what was asked for.
pub fn deck(brief: &Brief) -> Result<(Deck, Vec<Fault>)> {
    let (render, lang) = (brief.render, brief.lang());
    let own = &render.project.slides;
    let template = own.template.as_ref().map(|file| Template::open(&render.project.folder.join(file))).transpose()?;
    let canvas = template.as_ref().map_or_else(|| Canvas::new(own.is_narrow()), Canvas::of_template);
    let mut made = Made { brief, canvas, slides: Vec::new(), faults: Vec::new() };
    made.cover();
    made.figures();
    let all: Vec<String> = (maps::ids(render).into_iter().map(|id| format!("maps/{id}")))
        .chain(charts::ids(render).into_iter().map(|id| format!("charts/{id}")))
        .collect();
    let own = render.project.slides.pictures.clone();
    let story = own.clone().unwrap_or_else(|| story(&all));
    for id in &story {
        made.picture(id);
    }
    made.table();
    made.forecast();
    made.decisions();
    made.quality();
    let shown: BTreeSet<&String> = story.iter().collect();
    let rest: Vec<&String> = all.iter().filter(|id| !shown.contains(id)).collect();
    if own.is_none() && !rest.is_empty() {
        let left = rest.len().saturating_sub(BEHIND);
        let more = match (left, lang) {
            (0, _) => String::new(),
            (_, Lang::Vi) => format!("{left} hình nữa có trong thư mục maps và charts"),
            (_, Lang::En) => format!("{left} more pictures are in the folders maps and charts"),
        };
        let title = lang.pick("Phụ lục", "Appendix").to_owned();
        made.slides.push(Slide { opens: true, title, lead: vec![more], ..Slide::default() });
        for id in rest.into_iter().take(BEHIND) {
            made.picture(id);
        }
    }
    let properties = brief.properties();
    Ok((Deck { properties, canvas, template, bw: render.project.bw, slides: made.slides }, made.faults))
}

/// What the storyboard takes of the pictures there are; the first few where it knows none of them.
fn story(all: &[String]) -> Vec<String> {
    let is = |id: &str, wanted: &str| match wanted.split_once('*') {
        Some((before, after)) => id.len() >= before.len() + after.len() && id.starts_with(before) && id.ends_with(after),
        None => id == wanted,
    };
    let found: Vec<String> =
        STORY.iter().filter_map(|line| line.iter().find_map(|wanted| all.iter().find(|id| is(id, wanted)))).cloned().collect();
    if found.is_empty() { all.iter().take(LEADING).cloned().collect() } else { found }
}

struct Made<'a> {
    brief: &'a Brief<'a>,
    canvas: Canvas,
    slides: Vec<Slide>,
    faults: Vec<Fault>,
}

impl Made<'_> {
    fn lang(&self) -> Lang {
        self.brief.lang()
    }

    /// The page of what a slide shows: its title has a place of its own.
    fn page(&self) -> Page {
        let [left, top, right, foot] = self.canvas.body;
        let part = PagePart { unit: self.canvas.least / SMALLEST, least: self.canvas.least, bare: true };
        Page { size: None, width: Some((right - left) as u32), height: Some((foot - top) as u32), dpi: None, part: Some(part) }
    }

    /// Upper left corner of what a slide shows.
    fn corner(&self) -> [f32; 2] {
        [self.canvas.body[0], self.canvas.body[1]]
    }

    /// A slide with a title, the period and the source.
    fn plain(&self, title: impl Into<String>, lead: impl Into<String>) -> Slide {
        let project = self.brief.render.project;
        let period = self.brief.period();
        let about = match period.is_empty() {
            true => project.title.clone(),
            false => format!("{period} · {}", project.title),
        };
        Slide {
            title: title.into(),
            lead: vec![lead.into(), about].into_iter().filter(|line| !line.is_empty()).collect(),
            mark: self.brief.mark().to_owned(),
            note: project.note.clone(),
            source: self.brief.source(),
            ..Slide::default()
        }
    }

    fn cover(&mut self) {
        let (project, lang) = (self.brief.render.project, self.lang());
        let mut lead = vec![project.office.clone(), self.brief.period(), project.note.clone()];
        lead.retain(|line| !line.is_empty());
        let answer = crate::words::answer(self.brief.render.joined, self.brief.render.periods, lang);
        let speech = answer.iter().map(|line| line.trim().to_owned()).collect();
        self.slides.push(Slide { opens: true, title: project.title.clone(), lead, speech, ..Slide::default() });
    }

    /// Four figures, each with the period before and last year.
    fn figures(&mut self) {
        let lang = self.lang();
        if overview::leading(self.brief.render, 1).is_empty() {
            return;
        }
        let kind = ChartKind::Figures(MeasuresKeys::default());
        // As high as the figures ask for; sentences stand below.
        let mut page = self.page();
        let [left, top, right, foot] = self.canvas.body;
        let unit = self.canvas.least / SMALLEST;
        let bare = ChartConfig { id: "figures".to_owned(), kind: kind.clone(), ..ChartConfig::default() };
        let needed = overview::cards_of(self.brief.render, &charts::page_of(&bare));
        let told: Vec<String> =
            needed.iter().flatten().map(|card| format!("{} {}: {}", card.number, card.name, card.lines.join("; "))).collect();
        let needed = needed.map_or(0.0, |cards| cards::height(&cards, (right - left) / unit) * unit * 1.3);
        page.height = Some(needed.clamp(80.0, foot - top) as u32);
        let chart = ChartConfig { page: Some(page), ..bare };
        match charts::draw(self.brief.render, &charts::page_of(&chart)) {
            Ok(scene) => {
                let mut slide = self.plain(lang.pick("Số liệu chính của kỳ", "Key figures of the period"), "");
                slide.speech = told;
                let foot = scene.items.iter().filter_map(crate::ooxml::foot).fold(0.0, f32::max);
                let answer = crate::words::answer(self.brief.render.joined, self.brief.render.periods, lang);
                let lines = answer.iter().map(|words| Line {
                    words: crate::words::capital(words.trim()),
                    point: true,
                    ..Line::default()
                });
                let below = self.canvas.body[1] + foot + 40.0;
                slide.body = vec![Body::Scene(Box::new(scene), self.corner())];
                // Three lines of sentences need this much.
                let lines: Vec<Line> = lines.collect();
                slide.speech.extend(lines.iter().map(|line| line.words.clone()));
                if below + 130.0 < self.canvas.body[3] {
                    slide.body.push(Body::Lines(lines, below));
                }
                self.slides.push(slide);
            }
            Err(fault) => self.faults.push(fault),
        }
    }

    /// A map or a chart: its finding is the title.
    fn picture(&mut self, id: &str) {
        let (render, page) = (self.brief.render, self.page());
        let drawn = match id.split_once('/') {
            Some(("maps", id)) => maps::one(render, id, &page, ""),
            Some(("charts", id)) => charts::one(render, id, &page),
            _ => None,
        };
        let scene = match drawn.unwrap_or_else(|| Err(crate::figures::pages::unknown(render, id, "slides.pictures"))) {
            Ok(scene) => scene,
            Err(mut fault) => {
                if fault.place.file.is_empty() {
                    fault.place.file = format!("slides.pptx, {id}");
                }
                self.faults.push(fault);
                return;
            }
        };
        let titles = scene.titles.clone();
        let both = [titles.caveat.as_str(), render.project.note.as_str()];
        let speech = speech(&scene, self.lang());
        // Two slides do not say the same: the second says what more there is, and of what.
        let said = |words: &str| words.is_empty() || self.slides.iter().any(|slide| slide.title == words);
        let more = if titles.measure.is_empty() { titles.lead.clone() } else { format!("{}: {}", titles.measure, titles.lead) };
        let (title, lead) = match (said(&titles.title), said(&titles.lead) || said(&more)) {
            (false, _) => (titles.title, titles.lead),
            (true, false) => (more, String::new()),
            (true, true) => (titles.measure, titles.title),
        };
        // A slide without a title cannot be found in the outline.
        let title = if title.is_empty() { render.project.title.clone() } else { title };
        self.slides.push(Slide {
            opens: false,
            title,
            lead: vec![lead, titles.subtitle].into_iter().filter(|line| !line.is_empty()).collect(),
            mark: titles.mark,
            note: both
                .into_iter()
                .map(|words| words.trim_end_matches('.'))
                .filter(|words| !words.is_empty())
                .collect::<Vec<_>>()
                .join(". "),
            source: self.brief.source(),
            body: vec![Body::Scene(Box::new(scene), self.corner())],
            speech,
        });
    }

    /// The communes that matter most, as a table.
    fn table(&mut self) {
        let lang = self.lang();
        if overview::leading(self.brief.render, 1).is_empty() {
            return;
        }
        let chart = ChartConfig { kind: ChartKind::Table(MeasuresKeys::default()), ..ChartConfig::default() };
        match overview::table_of(self.brief.render, &charts::page_of(&chart)) {
            Ok((title, table)) => {
                let count = table.rows.len();
                let mut slide = self.plain(title, "");
                slide.speech = table.rows.iter().map(|row| row.join(" · ")).collect();
                slide.speech.insert(0, table.heads.join(" · "));
                let heads = table.heads.iter().map(|head| Cell { align: Align::Middle, ..Cell::text(head.as_str()) }).collect();
                let row = |row: &Vec<String>| {
                    let cell = |(at, words): (usize, &String)| match at {
                        0 => Cell::text(words.as_str()),
                        _ => Cell { bold: at == 1, ..Cell::number(words.as_str()) },
                    };
                    row.iter().enumerate().map(cell).collect()
                };
                let mut widths = vec![10.0; table.heads.len()];
                widths[0] = 16.0;
                let rows = table.rows.iter().take(ROWS).map(row).collect();
                let rows = fitting(Rows { widths, heads: vec![heads], rows }, &self.canvas);
                let shown = rows.rows.len();
                let lead = match (count > shown, lang) {
                    (true, Lang::Vi) => format!("{shown} xã đầu trong {count} xã; đầy đủ trong communes.xlsx"),
                    (true, Lang::En) => format!("The first {shown} of {count} communes; all of them in communes.xlsx"),
                    _ => String::new(),
                };
                if !lead.is_empty() {
                    slide.lead.insert(0, lead);
                }
                slide.body = vec![Body::Rows(rows)];
                self.slides.push(slide);
            }
            Err(fault) => self.faults.push(fault),
        }
    }

    /// Forecasts with their intervals, or why there are none.
    fn forecast(&mut self) {
        let (joined, lang) = (self.brief.render.joined, self.lang());
        let (Some(sheet), Some(outlook)) = (tables::forecast::forecast(joined).into_iter().next(), &joined.outlook) else {
            return;
        };
        let title = lang.pick("Dự báo theo xã và sâu bệnh", "Forecasts by commune and pest");
        let said: Vec<&str> = outlook.words.iter().map(|words| words.get(lang)).collect();
        let mut slide = self.plain(title, "");
        slide.speech = said.iter().map(|words| (*words).to_owned()).collect();
        slide.mark = lang.pick("DỰ BÁO", "FORECAST").to_owned();
        let at = sheet.headings.iter().position(|heading| heading.id == "forecast");
        let mut order: Vec<usize> = (0..sheet.rows.len()).collect();
        if let Some(at) = at {
            let rank = |row: &usize| match &sheet.rows[*row][at] {
                tables::Cell::Value(value) => value.number().unwrap_or(f64::NEG_INFINITY),
                tables::Cell::Text(_) => f64::NEG_INFINITY,
            };
            order.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.cmp(b)));
        }
        let columns = sheet.headings.iter().map(|heading| (heading.id.as_str(), 10.0));
        let columns: Vec<(&str, f32)> = columns.filter(|(id, _)| !["code", "model", "last_week"].contains(id)).collect();
        let rows = of_sheet(&sheet, &columns, order.iter().take(ROWS).map(|row| &sheet.rows[*row]), lang);
        let (rows, all) = (fitting(rows, &self.canvas), sheet.rows.len());
        let shown = rows.rows.len();
        if shown < all {
            let words = match lang {
                Lang::Vi => format!("{shown} dòng lớn nhất trong {all}; đầy đủ trong communes.xlsx"),
                Lang::En => format!("The largest {shown} of {all} rows; all of them in communes.xlsx"),
            };
            slide.lead.insert(0, words);
        }
        slide.body = vec![Body::Rows(rows)];
        self.slides.push(slide);
    }

    fn decisions(&mut self) {
        let lang = self.lang();
        let title = lang.pick("Việc cần quyết định", "To be decided");
        match decide::decide(self.brief, 8) {
            Ok(Some(list)) => {
                let rows = fitting(list.rows, &self.canvas);
                let mut slide = self.plain(title, list.total.said(rows.rows.len(), lang));
                slide.speech = vec![lang.pick("Danh sách đầy đủ: ruong worklist", "The whole list: ruong worklist").to_owned()];
                slide.body = vec![Body::Rows(rows)];
                self.slides.push(slide);
                return;
            }
            Ok(None) => {}
            Err(fault) => self.faults.push(fault),
        }
        let mut slide = self.plain(title, lang.pick("Ghi tại cuộc họp", "To be filled in at the meeting"));
        slide.body = vec![Body::Rows(decide::lines(lang, 8))];
        self.slides.push(slide);
    }

    fn quality(&mut self) {
        let lang = self.lang();
        let mut lines: Vec<Line> =
            quality::quality(self.brief).into_iter().map(|words| Line { words, point: true, ..Line::default() }).collect();
        let worst = quality::worst(self.brief, 5);
        if !worst.is_empty() {
            let words = lang.pick("Cần xem lại trước", "To look at first").to_owned();
            lines.push(Line { words, bold: true, ..Line::default() });
            lines.extend(worst.into_iter().map(|(words, count, hectares)| Line {
                words: quality::line(&words, count, hectares, lang),
                point: true,
                ..Line::default()
            }));
        }
        let mut slide = self.plain(lang.pick("Số liệu dựa vào đâu", "What the numbers rest on"), "");
        slide.speech = lines.iter().map(|line| line.words.clone()).collect();
        slide.body = vec![Body::Lines(lines, self.canvas.body[1])];
        self.slides.push(slide);
    }
}

/// As many rows of a table as a slide holds with letters of 12 points, which wrap in their columns.
fn fitting(mut rows: Rows, canvas: &Canvas) -> Rows {
    let [left, top, right, foot] = canvas.body;
    let least = canvas.least;
    let sum: f32 = rows.widths.iter().sum::<f32>().max(1e-6);
    let lines = |row: &[Cell]| {
        let one = |(cell, wide): (&Cell, &f32)| {
            let room = ((right - left) * wide / sum - 18.0).max(least);
            text::wrap(&cell.words, least, cell.bold, room).len()
        };
        row.iter().zip(&rows.widths).map(one).max().unwrap_or(1).max(1) as f32
    };
    let high = |row: &[Cell]| lines(row) * least * 1.22 + 10.0;
    let mut room = foot - top - rows.heads.iter().map(|row| high(row)).sum::<f32>();
    let count = rows
        .rows
        .iter()
        .take_while(|row| {
            room -= high(row);
            room >= 0.0
        })
        .count();
    rows.rows.truncate(count.max(1));
    rows
}
