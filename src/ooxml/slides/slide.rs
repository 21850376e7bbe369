//! One slide: its placeholders filled, its picture as shapes, its chart and table as those of the suite.

use super::base::{KIND, SPACES, TREE};
use super::{Body, Deck, Line, Slide, places, table};
use crate::draw::Scene;
use crate::draw::plot::Grid;
use crate::draw::scene::{Item, Role};
use crate::ooxml::boxes::{Boxes, colour, count, extent};
use crate::ooxml::chart;
use crate::ooxml::clip::Frame;
use crate::ooxml::package::{HEAD, Part, pick, words};
use crate::ooxml::rows::{Align, Cell, Rows};
use crate::publish::raster::{Painter, png};
use crate::publish::svg;
use crate::run::{Fault, Result};
use crate::scale::{Fill, Rgb};
use crate::values::Lang;
use std::fmt::Write as _;

/// More shapes than these make a slide slow to edit: they become one picture.
const MOST: usize = 600;

/// The slide's part, and the charts, workbooks and pictures it shows.
pub fn parts(deck: &Deck, slide: &Slide, number: usize, charts: &mut usize, file: &str) -> Result<Vec<Part>> {
    let language = deck.properties.language;
    let mut part = Part::new(&format!("ppt/slides/slide{number}.xml"), &format!("{KIND}.slide"), String::new());
    part.relate("slideLayout", &places::layout(deck, slide.opens));
    part.relate("notesSlide", &format!("ppt/notesSlides/notesSlide{number}.xml"));
    let mut made = Made { deck, part, others: Vec::new(), charts, file, slide: number };
    let mut boxes = Boxes::new(deck.canvas.scale, language, 2);
    places::fill(&mut boxes, slide, deck);
    for body in &slide.body {
        match body {
            Body::Scene(scene, at) => made.scene(&mut boxes, scene, *at)?,
            Body::Rows(rows) => {
                table::shape(&mut boxes, rows, deck.canvas.body, &slide.title, language);
            }
            Body::Lines(lines, top) => sentences(&mut boxes, lines, *top, deck, language),
        }
    }
    made.part.bytes = format!(
        "{HEAD}<p:sld {SPACES}><p:cSld><p:spTree>{TREE}{}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
        boxes.finish()
    )
    .into_bytes();
    let mut parts = vec![made.part];
    parts.append(&mut made.others);
    Ok(parts)
}

/// Sentences in one box over the body of the slide.
fn sentences(boxes: &mut Boxes, lines: &[Line], top: f32, deck: &Deck, language: &str) {
    let id = boxes.id();
    let [l, t, w, h] = boxes.place([deck.canvas.body[0], top, deck.canvas.body[2], deck.canvas.body[3]]);
    let mut text = format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{}\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>\
         <a:off x=\"{l}\" y=\"{t}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>\
         <p:txBody><a:bodyPr wrap=\"square\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"t\"><a:normAutofit/></a:bodyPr><a:lstStyle/>",
        pick(language, "Nội dung", "Content")
    );
    for line in lines {
        let (margin, point) = match line.point {
            true => (" marL=\"285750\" indent=\"-285750\"", "<a:buFont typeface=\"Arial\"/><a:buChar char=\"•\"/>"),
            false => ("", "<a:buNone/>"),
        };
        let _ = write!(
            text,
            "<a:p><a:pPr{margin}><a:spcBef><a:spcPts val=\"{}\"/></a:spcBef>{point}</a:pPr><a:r><a:rPr lang=\"{language}\" sz=\"1600\" b=\"{}\">{}</a:rPr>\
             <a:t>{}</a:t></a:r></a:p>",
            if line.bold { 1200 } else { 600 },
            u8::from(line.bold),
            colour(Rgb(33, 37, 41)),
            words(&line.words)
        );
    }
    if lines.is_empty() {
        text.push_str("<a:p/>");
    }
    text.push_str("</p:txBody></p:sp>");
    boxes.push(&text);
}

/// A slide being made, with the parts that hang on it.
struct Made<'a> {
    deck: &'a Deck,
    part: Part,
    others: Vec<Part>,
    charts: &'a mut usize,
    file: &'a str,
    slide: usize,
}

impl Made<'_> {
    /// A picture without its title, which has a place of its own: groups of shapes, or the chart it is.
    fn scene(&mut self, boxes: &mut Boxes, scene: &Scene, at: [f32; 2]) -> Result<()> {
        boxes.move_to(at);
        let lang = if self.deck.properties.language.starts_with("vi") { Lang::Vi } else { Lang::En };
        let native = scene.plot.as_ref().filter(|plot| !plot.categories.is_empty() && !plot.series.is_empty());
        let grid = scene.grid.as_ref().filter(|grid| native.is_none() && has_room(grid));
        let legend = native.is_some_and(chart::has_legend);
        let mut framed: Option<Frame> = None;
        for (role, items) in scene.stretches() {
            match role {
                None | Some(Role::Title | Role::Subtitle | Role::Source | Role::Mark) => continue,
                // A legend that the chart has not of its own stays.
                Some(Role::Legend) if native.is_some() && !legend => {
                    boxes.group(title(Role::Legend, lang), title(Role::Legend, lang), items, &scene.told);
                }
                Some(Role::Plot | Role::Legend) if native.is_some() || grid.is_some() && role == Some(Role::Plot) => {
                    let Some([l, t, r, b]) = extent(items) else { continue };
                    framed = Some(framed.map_or([l, t, r, b], |[x, y, z, w]| [x.min(l), y.min(t), z.max(r), w.max(b)]));
                }
                Some(role) if count(items) > MOST && role != Role::Labels => self.picture(boxes, scene, items, role)?,
                Some(role) => boxes.group(title(role, lang), &alt(scene, role, lang), items, &scene.told),
            }
        }
        if let (Some(plot), Some(frame)) = (native, framed) {
            // The suite lays a chart out within its frame, so it gets the width of the picture.
            self.chart(boxes, plot, [0.0, frame[1].max(0.0), scene.width, frame[3].min(scene.height)], &scene.title)?;
        }
        if let (Some(grid), Some(frame)) = (grid, framed) {
            let frame = [0.0, frame[1].max(0.0), scene.width, frame[3].min(scene.height)];
            table::shape(boxes, &rows_of(grid), frame, &scene.title, self.deck.properties.language);
        }
        boxes.move_to([0.0, 0.0]);
        Ok(())
    }

    fn chart(&mut self, boxes: &mut Boxes, plot: &crate::draw::plot::Plot, frame: Frame, alt: &str) -> Result<()> {
        *self.charts += 1;
        let number = *self.charts;
        let book = format!("ppt/embeddings/Workbook{number}.xlsx");
        let name = format!("ppt/charts/chart{number}.xml");
        let kind = "vnd.openxmlformats-officedocument.drawingml.chart";
        let mut part = Part::new(&name, kind, chart::chart(plot, self.deck.bw));
        part.relate("package", &book);
        let bytes = chart::workbook(plot).map_err(|error| Fault::not_written(self.file, &error))?;
        let relation = self.part.relate("chart", &name);
        self.others.push(part);
        self.others.push(Part { name: book, kind: String::new(), bytes, relations: Vec::new() });
        let id = boxes.id();
        let [l, t, w, h] = boxes.place(frame);
        boxes.push(&format!(
            "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{id}\" name=\"{} {id}\" descr=\"{}\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>\
             <p:xfrm><a:off x=\"{l}\" y=\"{t}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></p:xfrm><a:graphic>\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\">\
             <c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"{relation}\"/></a:graphicData></a:graphic></p:graphicFrame>",
            pick(self.deck.properties.language, "Biểu đồ", "Chart"),
            words(alt)
        ));
        Ok(())
    }

    /// Shapes too many to edit, as a drawing with a picture of pixels for older readers. Letters stand beside it as text.
    fn picture(&mut self, boxes: &mut Boxes, scene: &Scene, items: &[Item], role: Role) -> Result<()> {
        let lang = if self.deck.properties.language.starts_with("vi") { Lang::Vi } else { Lang::En };
        let (words_of, shapes): (Vec<Item>, Vec<Item>) = items.iter().cloned().partition(|item| matches!(item, Item::Text(_)));
        let own = Scene {
            items: shapes,
            parts: vec![(0, role)],
            told: Vec::new(),
            plot: None,
            grid: None,
            remarks: Vec::new(),
            dpi: 200.0,
            ..scene.clone()
        };
        let number = self.others.len();
        let name = format!("ppt/media/picture{}-{number}", self.slide);
        let relations = [
            (format!("{name}.png"), png(&own, &Painter::default().paint(&own)?)?),
            (format!("{name}.svg"), svg::svg(&own).into_bytes()),
        ]
        .map(|(name, bytes)| {
            let id = self.part.relate("image", &name);
            self.others.push(Part { name, kind: String::new(), bytes, relations: Vec::new() });
            id
        });
        let id = boxes.id();
        let [l, t, w, h] = boxes.place([0.0, 0.0, scene.width, scene.height]);
        boxes.push(&format!(
            "<p:pic><p:nvPicPr><p:cNvPr id=\"{id}\" name=\"{}\" descr=\"{}\"/><p:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>\
             <p:blipFill><a:blip r:embed=\"{}\"><a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\">\
             <asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"{}\"/></a:ext></a:extLst></a:blip>\
             <a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x=\"{l}\" y=\"{t}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>",
            title(role, lang),
            words(&alt(scene, role, lang)),
            relations[0],
            relations[1]
        ));
        if !words_of.is_empty() {
            boxes.group(title(role, lang), "", &words_of, &[]);
        }
        Ok(())
    }
}

/// Whether the cells of a grid can be read as a table.
fn has_room(grid: &Grid) -> bool {
    grid.heads.len() <= 26 && grid.rows.len() <= 22 && !grid.rows.is_empty()
}

/// A grid as a table with coloured cells.
fn rows_of(grid: &Grid) -> Rows {
    let name = |words: &str| Cell::text(words);
    let cell = |(fill, words): &(Fill, String)| Cell {
        words: if grid.written { words.clone() } else { String::new() },
        align: Align::Middle,
        fill: Some(*fill),
        ..Cell::default()
    };
    let head = |words: &String| Cell { align: Align::Middle, ..Cell::text(words.as_str()) };
    let longest = grid.rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0) as f32;
    Rows {
        widths: std::iter::once((longest * 1.1).clamp(8.0, 24.0)).chain(grid.heads.iter().map(|_| 7.0)).collect(),
        heads: vec![std::iter::once(name(&grid.corner)).chain(grid.heads.iter().map(head)).collect()],
        rows: grid.rows.iter().map(|(own, cells)| std::iter::once(name(own)).chain(cells.iter().map(cell)).collect()).collect(),
    }
}

/// What a group of shapes is called.
fn title(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::Map => lang.pick("Bản đồ", "Map"),
        Role::Labels => lang.pick("Tên và số", "Names and values"),
        Role::Plot => lang.pick("Biểu đồ", "Chart"),
        Role::Legend => lang.pick("Chú giải", "Legend"),
        Role::Figures => lang.pick("Số liệu", "Figures"),
        Role::Scale => lang.pick("Thước và hướng", "Scale and north"),
        _ => lang.pick("Ghi chú", "Note"),
    }
}

/// What a group shows, for readers that cannot see it: the map by its title and values.
fn alt(scene: &Scene, role: Role, lang: Lang) -> String {
    match role {
        Role::Map | Role::Plot => {
            let values: Vec<String> = scene
                .told
                .iter()
                .filter(|told| !told.words.is_empty())
                .take(12)
                .map(|told| format!("{} {}", told.name.split(" · ").next().unwrap_or_default(), told.words))
                .collect();
            let more = if scene.told.len() > 12 { "; …" } else { "" };
            match values.is_empty() {
                true => scene.title.clone(),
                false => format!("{}. {}{more}", scene.title, values.join("; ")),
            }
        }
        _ => title(role, lang).to_owned(),
    }
}
