//! Slides: a deck of titles, scenes, tables and sentences as a file of PowerPoint and its like.

mod base;
mod canvas;
mod notes;
mod places;
mod slide;
mod table;
pub mod template;

pub use super::package::Properties;
use super::package::{HEAD, Package, Part, relations, words};
use super::rows::Rows;
use crate::draw::Scene;
use crate::draw::scene::Point;
use crate::run::Result;
pub use canvas::Canvas;
use std::fmt::Write as _;
use template::Template;

/// A line of a slide's text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Words
    pub words: String,
    /// Bold: a heading of the lines below it
    pub bold: bool,
    /// With a point before it
    pub point: bool,
}

/// What a slide shows below its title.
#[derive(Debug, Clone)]
pub enum Body {
    /// A picture, its upper left corner at a point in pixels
    Scene(Box<Scene>, Point),
    /// A table over the width of the slide
    Rows(Rows),
    /// Sentences from a height on, in pixels
    Lines(Vec<Line>, f32),
}

/// A slide.
#[derive(Debug, Clone, Default)]
pub struct Slide {
    /// It opens the deck or a part of it
    pub opens: bool,
    /// Title: one sentence
    pub title: String,
    /// Lines below the title, the first of which is the larger
    pub lead: Vec<String>,
    /// A word in a box, such as FORECAST
    pub mark: String,
    /// What must be said of this slide
    pub note: String,
    /// Where the data come from and who made it
    pub source: String,
    /// What it shows
    pub body: Vec<Body>,
    /// What its speaker may need: full values
    pub speech: Vec<String>,
}

/// A deck.
#[derive(Debug, Clone)]
pub struct Deck {
    /// Who made it, and when
    pub properties: Properties,
    /// The room of a slide
    pub canvas: Canvas,
    /// A deck whose design rules
    pub template: Option<Template>,
    /// Printed in black
    pub bw: bool,
    /// Slides
    pub slides: Vec<Slide>,
}

impl Deck {
    /// The file.
    pub fn write(&self, file: &str) -> Result<Vec<u8>> {
        let mut package = Package::default();
        package.properties(&self.properties, "Microsoft Office PowerPoint");
        let (design, notes) = match &self.template {
            Some(template) => base::of_template(template, self.properties.language),
            None => (base::parts(&self.canvas, self.properties.language), base::NOTES.to_owned()),
        };
        let mut slides: Vec<Part> = Vec::new();
        let mut charts = 0;
        for (number, slide) in (1..).zip(&self.slides) {
            slides.append(&mut slide::parts(self, slide, number, &mut charts, file)?);
            slides.push(notes::of(slide, number, self.properties.language, &notes));
        }
        match &self.template {
            Some(template) => {
                package.endings = template.endings.clone();
                self.of_template(template, &notes, file)?.into_iter().for_each(|part| package.add(part));
            }
            None => package.add(self.presentation()),
        }
        design.into_iter().chain(slides).for_each(|part| package.add(part));
        package.zip("ppt/presentation.xml", file)
    }

    /// The list of slides; `relation` gives each its id.
    fn list(&self, mut relation: impl FnMut(usize) -> String) -> String {
        let mut list = String::new();
        for number in 1..=self.slides.len() {
            let _ = write!(list, "<p:sldId id=\"{}\" r:id=\"{}\"/>", 255 + number, relation(number));
        }
        list
    }

    fn presentation(&self) -> Part {
        let [wide, high] = [self.canvas.width, canvas::HEIGHT].map(|side| (f64::from(side) * self.canvas.scale) as i64);
        let mut main = Part::new("ppt/presentation.xml", &Template::kind(), String::new());
        let master = main.relate("slideMaster", "ppt/slideMasters/slideMaster1.xml");
        let notes = main.relate("notesMaster", base::NOTES);
        main.relate("presProps", "ppt/presProps.xml");
        main.relate("viewProps", "ppt/viewProps.xml");
        main.relate("theme", "ppt/theme/theme1.xml");
        main.relate("tableStyles", "ppt/tableStyles.xml");
        let list = self.list(|number| main.relate("slide", &format!("ppt/slides/slide{number}.xml")));
        let text = format!(
            "{HEAD}<p:presentation {} saveSubsetFonts=\"1\"><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"{master}\"/></p:sldMasterIdLst>\
             <p:notesMasterIdLst><p:notesMasterId r:id=\"{notes}\"/></p:notesMasterIdLst><p:sldIdLst>{list}</p:sldIdLst>\
             <p:sldSz cx=\"{wide}\" cy=\"{high}\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/><p:defaultTextStyle><a:defPPr><a:defRPr lang=\"{}\"/></a:defPPr>\
             <a:lvl1pPr><a:defRPr sz=\"1400\"><a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill><a:latin typeface=\"+mn-lt\"/></a:defRPr></a:lvl1pPr>\
             </p:defaultTextStyle></p:presentation>",
            base::SPACES,
            self.properties.language
        );
        main.bytes = text.into_bytes();
        main
    }

    /// The template's presentation with our slides, and its relations.
    fn of_template(&self, template: &Template, notes: &str, file: &str) -> Result<Vec<Part>> {
        let mut links = Part::new("ppt/presentation.xml", "", String::new());
        // Ids of the template stay as they are; ours are others.
        let mut text = relations(&links);
        let mut add = |id: &str, kind: &str, target: &str| {
            let (id, kind, target) = (words(id), words(kind), words(target));
            let line = format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/></Relationships>");
            text = text.replace("</Relationships>", &line);
        };
        for [id, kind, target] in &template.relations {
            add(id, kind, target);
        }
        // Settings of the show are ours: the template's may name slides that it has no longer.
        for (id, name) in [("rIdShow", "presProps"), ("rIdView", "viewProps")] {
            add(id, &format!("{}/{name}", super::package::OFFICE), &format!("{name}.xml"));
        }
        let list = self.list(|number| {
            let id = format!("rIdSlide{number}");
            add(&id, &format!("{}/slide", super::package::OFFICE), &format!("slides/slide{number}.xml"));
            id
        });
        let mut head = format!("<p:sldIdLst>{list}</p:sldIdLst>");
        if !template.has_notes() {
            add("rIdNotesMaster", &format!("{}/notesMaster", super::package::OFFICE), notes.trim_start_matches("ppt/"));
            head = format!("<p:notesMasterIdLst><p:notesMasterId r:id=\"rIdNotesMaster\"/></p:notesMasterIdLst>{head}");
        }
        let presentation = template.with(&head, file)?;
        links.name = "ppt/_rels/presentation.xml.rels".to_owned();
        links.bytes = text.into_bytes();
        Ok(vec![Part::new("ppt/presentation.xml", &Template::kind(), presentation), links])
    }
}

/// A paragraph of one run.
fn paragraph(text: &str, language: &str) -> String {
    match text.is_empty() {
        true => format!("<a:p><a:endParaRPr lang=\"{language}\"/></a:p>"),
        false => format!("<a:p><a:r><a:rPr lang=\"{language}\"/><a:t>{}</a:t></a:r></a:p>", words(text)),
    }
}
