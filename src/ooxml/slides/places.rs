//! Where the words of a slide stand: in the places of its layout, or in boxes where a template has none.

use super::template::{Holder, Layout};
use super::{Deck, Slide, paragraph};
use crate::draw::text;
use crate::ooxml::boxes::{Boxes, colour};
use crate::ooxml::clip::Frame;
use crate::ooxml::package::{pick, words};
use crate::scale::Rgb;
use std::fmt::Write as _;

/// What a reader must not overlook.
const CAVEAT: Rgb = Rgb(150, 60, 30);
/// Secondary text.
const GREY: Rgb = Rgb(95, 103, 112);

/// The part of a slide's layout.
pub fn layout(deck: &Deck, opens: bool) -> String {
    match chosen(deck, opens) {
        Some(layout) => layout.part.clone(),
        None => format!("ppt/slideLayouts/slideLayout{}.xml", if opens { 1 } else { 2 }),
    }
}

fn chosen(deck: &Deck, opens: bool) -> Option<&Layout> {
    let template = deck.template.as_ref()?;
    template.layouts.get(template.chosen[usize::from(!opens)])
}

/// How a slide names a place of a layout: of one of some kinds, or that of our own design.
fn place(deck: &Deck, opens: bool, kinds: &[&str], own: &str) -> Option<String> {
    let Some(layout) = chosen(deck, opens) else { return Some(own.to_owned()) };
    let Holder { kind, index, .. } = layout.holder(kinds)?;
    let index = index.map_or(String::new(), |index| format!(" idx=\"{index}\""));
    Some(if kind == "obj" { index.trim().to_owned() } else { format!("type=\"{}\"{index}", words(kind)) })
}

/// Fills title, lines below it, source and number.
pub fn fill(boxes: &mut Boxes, slide: &Slide, deck: &Deck) {
    let language = deck.properties.language;
    let title =
        place(deck, slide.opens, &["title", "ctrTitle"], if slide.opens { "type=\"ctrTitle\"" } else { "type=\"title\"" });
    let name = if slide.title.is_empty() { " " } else { &slide.title };
    if let Some(place) = &title {
        holder(boxes, place, pick(language, "Tiêu đề", "Title"), &fitted(slide, deck), &paragraph(name, language));
    }
    if slide.opens {
        let lines: String = slide.lead.iter().map(|line| paragraph(line, language)).collect();
        let lines = if lines.is_empty() { paragraph("", language) } else { lines };
        let below = place(deck, true, &["subTitle", "body", "obj"], "type=\"subTitle\" idx=\"1\"");
        match below {
            Some(place) => holder(boxes, &place, pick(language, "Dưới tiêu đề", "Subtitle"), "<a:normAutofit/>", &lines),
            None => boxed(boxes, deck.canvas.lead, pick(language, "Dưới tiêu đề", "Subtitle"), &lines),
        }
        return;
    }
    let lead = lead(slide, language, deck.template.is_some());
    let name = pick(language, "Dòng dẫn", "Lead");
    // Beside a mark the lines are shorter than their place.
    let [l, t, r, b] = deck.canvas.lead;
    let room = [l, t, if slide.mark.is_empty() { r } else { r - mark_width(&slide.mark) - 20.0 }, b];
    match deck.template {
        None if slide.mark.is_empty() => holder(boxes, LEAD, name, "<a:normAutofit/>", &lead),
        None => {
            let [l, t, w, h] = boxes.place(room);
            let frame = format!("<a:xfrm><a:off x=\"{l}\" y=\"{t}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></a:xfrm>");
            placed(boxes, LEAD, name, &frame, "<a:normAutofit/>", &lead);
        }
        Some(_) => boxed(boxes, room, name, &lead),
    }
    let source = source(slide, language, deck.template.is_some());
    match deck.template {
        None => holder(
            boxes,
            "type=\"ftr\" sz=\"quarter\" idx=\"11\"",
            pick(language, "Nguồn", "Source"),
            "<a:normAutofit/>",
            &source,
        ),
        Some(_) => boxed(boxes, deck.canvas.foot, pick(language, "Nguồn", "Source"), &source),
    }
    if let Some(place) = place(deck, false, &["sldNum"], "type=\"sldNum\" sz=\"quarter\" idx=\"12\"") {
        let field = format!(
            "<a:p><a:fld id=\"{{B5B7A2F0-0000-4000-8000-000000000001}}\" type=\"slidenum\"><a:rPr lang=\"{language}\"/><a:t>‹#›</a:t></a:fld></a:p>"
        );
        holder(boxes, &place, pick(language, "Số trang", "Slide number"), "", &field);
    }
    if !slide.mark.is_empty() {
        mark(boxes, slide, deck);
    }
}

/// How far a long title shrinks: 26 points in one line, else smaller in two.
fn fitted(slide: &Slide, deck: &Deck) -> String {
    let room = deck.canvas.lead[2] - deck.canvas.lead[0];
    let fit = if slide.opens || text::width(&slide.title, 43.0, true) <= room {
        "<a:normAutofit/>"
    } else if text::width(&slide.title, 36.0, true) > 2.0 * room {
        "<a:normAutofit fontScale=\"62500\" lnSpcReduction=\"10000\"/>"
    } else {
        "<a:normAutofit fontScale=\"80000\" lnSpcReduction=\"10000\"/>"
    };
    fit.to_owned()
}

/// The place of the lines below a title in our own layout.
const LEAD: &str = "type=\"body\" idx=\"10\"";

fn holder(boxes: &mut Boxes, place: &str, name: &str, body: &str, paragraphs: &str) {
    placed(boxes, place, name, "", body, paragraphs);
}

/// The same in a frame of its own.
fn placed(boxes: &mut Boxes, place: &str, name: &str, frame: &str, body: &str, paragraphs: &str) {
    let id = boxes.id();
    boxes.push(&format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph {place}/></p:nvPr></p:nvSpPr>\
         <p:spPr>{frame}</p:spPr><p:txBody><a:bodyPr>{body}</a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody></p:sp>"
    ));
}

/// A box of text where no layout has a place for it.
fn boxed(boxes: &mut Boxes, frame: Frame, name: &str, paragraphs: &str) {
    let id = boxes.id();
    let [l, t, w, h] = boxes.place(frame);
    boxes.push(&format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"{l}\" y=\"{t}\"/>\
         <a:ext cx=\"{w}\" cy=\"{h}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>\
         <a:bodyPr wrap=\"square\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"t\"><a:normAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody></p:sp>"
    ));
}

/// A run of a size in hundredths of a point; of the layout's own without one.
fn run(text: &str, language: &str, size: Option<u32>, look: &str) -> String {
    let size = size.map_or(String::new(), |size| format!(" sz=\"{size}\""));
    let (bold, ink) = look.split_once('|').unwrap_or(("", look));
    format!("<a:r><a:rPr lang=\"{language}\"{size}{bold}>{ink}</a:rPr><a:t>{}</a:t></a:r>", words(text))
}

/// The lines below a title: what more there is to say, then measure and period in grey.
fn lead(slide: &Slide, language: &str, boxed: bool) -> String {
    let mut lines = String::new();
    for (number, line) in slide.lead.iter().filter(|line| !line.is_empty()).take(2).enumerate() {
        let first = number == 0 && slide.lead.len() > 1;
        let run = match first {
            true => run(line, language, boxed.then_some(1600), ""),
            false => run(line, language, Some(1200), &colour(GREY)),
        };
        let _ = write!(lines, "<a:p>{run}</a:p>");
    }
    if lines.is_empty() { paragraph("", language) } else { lines }
}

/// Source and office, then what must be said.
fn source(slide: &Slide, language: &str, boxed: bool) -> String {
    let size = boxed.then_some(1200);
    let gap = if slide.source.is_empty() || slide.note.is_empty() { "" } else { " · " };
    let mut runs = String::new();
    if !slide.source.is_empty() {
        runs.push_str(&run(&format!("{}{gap}", slide.source), language, size, ""));
    }
    if !slide.note.is_empty() {
        runs.push_str(&run(&slide.note, language, size, &format!(" b=\"1\"|{}", colour(CAVEAT))));
    }
    if runs.is_empty() { paragraph("", language) } else { format!("<a:p>{runs}</a:p>") }
}

fn mark_width(mark: &str) -> f32 {
    text::width(mark, 29.0, true) + 30.0
}

/// A word in a box at the right of the lines below the title.
fn mark(boxes: &mut Boxes, slide: &Slide, deck: &Deck) {
    let language = deck.properties.language;
    let id = boxes.id();
    let size = mark_width(&slide.mark);
    let [_, top, right, _] = deck.canvas.lead;
    let [l, t, w, h] = boxes.place([right - size, top + 4.0, right, top + 52.0]);
    boxes.push(&format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{mark}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"{l}\" y=\"{t}\"/>\
         <a:ext cx=\"{w}\" cy=\"{h}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>{}<a:ln w=\"19050\">{ink}<a:prstDash val=\"dash\"/></a:ln></p:spPr>\
         <p:txBody><a:bodyPr wrap=\"none\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"ctr\"/><a:lstStyle/><a:p><a:pPr algn=\"ctr\"/>\
         <a:r><a:rPr lang=\"{language}\" sz=\"1600\" b=\"1\">{ink}</a:rPr><a:t>{mark}</a:t></a:r></a:p></p:txBody></p:sp>",
        colour(Rgb(255, 244, 232)),
        ink = colour(CAVEAT),
        mark = words(&slide.mark)
    ));
}
