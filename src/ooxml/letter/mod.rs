//! Letters: paragraphs and tables in the styles of an office, as a file of Word and its like.

mod controls;
mod fields;
pub mod form;
mod styles;
mod table;

pub use super::package::Properties;
use super::package::{HEAD, Package, Part, words};
use super::rows::Rows;
use crate::run::Result;
use std::fmt::Write as _;

/// Start of the kinds of parts.
const KIND: &str = "vnd.openxmlformats-officedocument.wordprocessingml";
/// Name spaces of a part.
const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
/// Width of a line on A4 with margins of 2 and 1 cm: upright and lying, in twentieths of a point.
const LINE: [i64; 2] = [10_205, 15_137];

/// How a paragraph looks; the styles are in the file, so that an office can change them at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Body text, justified
    Normal,
    /// What the letter is called
    Title,
    /// A line in the middle below it
    Centre,
    /// Heading of a part
    Heading,
    /// Heading within a part
    Under,
    /// Office and motto at the head
    Head,
    /// Small print
    Small,
    /// A line of a list
    Item,
}

impl Style {
    fn id(self) -> &'static str {
        match self {
            Style::Normal => "Normal",
            Style::Title => "Title",
            Style::Centre => "Giua",
            Style::Heading => "Heading1",
            Style::Under => "Heading2",
            Style::Head => "DauTrang",
            Style::Small => "ChuNho",
            Style::Item => "MucLiet",
        }
    }
}

/// A stretch of words that look alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// Words
    pub words: String,
    /// Bold
    pub bold: bool,
    /// Italic
    pub italic: bool,
    /// Underlined
    pub under: bool,
    /// A place to write in, marked yellow
    pub blank: bool,
}

impl Run {
    /// Plain words.
    pub fn text(words: impl Into<String>) -> Run {
        Run { words: words.into(), ..Run::default() }
    }

    /// Bold words.
    pub fn bold(words: impl Into<String>) -> Run {
        Run { words: words.into(), bold: true, ..Run::default() }
    }

    /// A place to write in: nothing is invented where nothing is known.
    pub fn blank() -> Run {
        Run { words: "………".to_owned(), blank: true, ..Run::default() }
    }
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// How it looks
    pub style: Style,
    /// Its words
    pub runs: Vec<Run>,
    /// Stays on one page with what follows
    pub keep: bool,
}

impl Paragraph {
    /// A paragraph of plain words.
    pub fn new(style: Style, words: impl Into<String>) -> Paragraph {
        Paragraph::of(style, vec![Run::text(words)])
    }

    /// A paragraph of several runs.
    pub fn of(style: Style, runs: Vec<Run>) -> Paragraph {
        Paragraph { style, runs, keep: false }
    }
}

/// A piece of a letter.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Words
    Paragraph(Paragraph),
    /// Two columns without lines: the head of an official letter, its recipients and signature
    Beside(Vec<Paragraph>, Vec<Paragraph>),
    /// A table
    Rows(Rows),
    /// A new page
    Page,
    /// A new page; the pages from here on lie on their side
    Lying,
}

/// A letter.
#[derive(Debug, Clone, Default)]
pub struct Letter {
    /// Who made it, and when
    pub properties: Properties,
    /// Pieces
    pub blocks: Vec<Block>,
    /// Word before the number of a page
    pub page: String,
}

impl Letter {
    /// The file.
    pub fn write(&self, file: &str) -> Result<Vec<u8>> {
        let mut package = Package::default();
        package.properties(&self.properties, "Microsoft Office Word");
        let mut main = Part::new("word/document.xml", &format!("{KIND}.document.main"), String::new());
        main.relate("styles", "word/styles.xml");
        main.relate("settings", "word/settings.xml");
        main.relate("fontTable", "word/fontTable.xml");
        main.relate("theme", "word/theme/theme1.xml");
        let foot = main.relate("footer", "word/footer1.xml");
        let mut body = String::new();
        let mut lying = false;
        for (number, block) in self.blocks.iter().enumerate() {
            match block {
                Block::Paragraph(own) => body.push_str(&paragraph(own)),
                Block::Beside(left, right) => body.push_str(&table::beside(left, right, LINE[usize::from(lying)])),
                Block::Rows(rows) => {
                    body.push_str(&table::rows(rows, LINE[usize::from(lying)]));
                    // Two tables that touch are one.
                    if !matches!(self.blocks.get(number + 1), Some(Block::Paragraph(_))) {
                        body.push_str("<w:p><w:pPr><w:pStyle w:val=\"ChuNho\"/></w:pPr></w:p>");
                    }
                }
                Block::Lying if !lying => {
                    // The paragraph that ends the upright pages takes no room: it must not open a page of its own.
                    let _ = write!(
                        body,
                        "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/><w:rPr><w:sz w:val=\"2\"/></w:rPr>{}</w:pPr></w:p>",
                        section(false, &foot)
                    );
                    lying = true;
                }
                Block::Page | Block::Lying => body.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
            }
        }
        main.bytes =
            format!("{HEAD}<w:document {SPACES}><w:body>{body}{}</w:body></w:document>", section(lying, &foot)).into_bytes();
        package.add(main);
        styles::parts(self.properties.language).into_iter().for_each(|part| package.add(part));
        package.add(Part::new("word/footer1.xml", &format!("{KIND}.footer"), self.foot()));
        package.zip("word/document.xml", file)
    }

    fn foot(&self) -> String {
        let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        format!(
            "{HEAD}<w:ftr {SPACES}><w:p><w:pPr><w:pStyle w:val=\"ChuNho\"/><w:jc w:val=\"right\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{} </w:t></w:r>\
             {}<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>{}<w:r><w:t>1</w:t></w:r>{}</w:p></w:ftr>",
            words(&self.page),
            field("begin"),
            field("separate"),
            field("end")
        )
    }
}

/// Size and margins of pages.
fn section(lying: bool, foot: &str) -> String {
    let size = match lying {
        false => "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
        true => "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>",
    };
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"{foot}\"/>{size}<w:pgMar w:top=\"964\" w:right=\"567\" w:bottom=\"964\" w:left=\"1134\" \
         w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>"
    )
}

fn paragraph(own: &Paragraph) -> String {
    let runs: String = own.runs.iter().map(run).collect();
    let keep = if own.keep { "<w:keepNext/>" } else { "" };
    format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/>{keep}</w:pPr>{runs}</w:p>", own.style.id())
}

fn run(own: &Run) -> String {
    sized(own, None)
}

/// A run in letters of a size of their own, in half points.
fn sized(run: &Run, size: Option<u32>) -> String {
    let flag = |on: bool, text: &'static str| if on { text } else { "" };
    let looks = format!(
        "{}{}{}{}{}",
        flag(run.bold, "<w:b/>"),
        flag(run.italic, "<w:i/>"),
        size.map_or(String::new(), |size| format!("<w:sz w:val=\"{size}\"/>")),
        flag(run.blank, "<w:highlight w:val=\"yellow\"/>"),
        flag(run.under, "<w:u w:val=\"single\"/>")
    );
    let looks = if looks.is_empty() { looks } else { format!("<w:rPr>{looks}</w:rPr>") };
    format!("<w:r>{looks}<w:t xml:space=\"preserve\">{}</w:t></w:r>", words(&run.words))
}
