//! What stands under a slide for its speaker.

use super::base::{KIND, SPACES, TREE};
use super::{Slide, paragraph};
use crate::ooxml::package::{HEAD, Part, pick};

/// The notes of a slide.
pub fn of(slide: &Slide, number: usize, language: &str, master: &str) -> Part {
    let lines: String = slide.speech.iter().map(|line| paragraph(line, language)).collect();
    let lines = if lines.is_empty() { paragraph("", language) } else { lines };
    let text = format!(
        "{HEAD}<p:notes {SPACES}><p:cSld><p:spTree>{TREE}<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"{}\"/><p:cNvSpPr>\
         <a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\" idx=\"2\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>\
         <p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"{}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>\
         <p:ph type=\"body\" sz=\"quarter\" idx=\"3\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{lines}</p:txBody></p:sp>\
         </p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>",
        pick(language, "Trang chiếu", "Slide"),
        pick(language, "Ghi chú", "Notes")
    );
    let mut part = Part::new(&format!("ppt/notesSlides/notesSlide{number}.xml"), &format!("{KIND}.notesSlide"), text);
    part.relate("notesMaster", master);
    part.relate("slide", &format!("ppt/slides/slide{number}.xml"));
    part
}
