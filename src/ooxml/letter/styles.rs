//! Styles and settings of a letter. Letters are Times New Roman of 13 points, as official letters have them.

use super::{KIND, SPACES};
use crate::ooxml::package::{HEAD, Part, pick};
use std::fmt::Write as _;

/// A style of paragraphs: id, name, paragraph and letters, in the order that the format wants them.
const STYLES: [(&str, &str, &str, &str); 9] = [
    (
        "Title",
        "Title",
        "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"40\"/><w:jc w:val=\"center\"/>",
        "<w:b/><w:sz w:val=\"28\"/>",
    ),
    ("Giua", "Giữa trang|Centred", "<w:spacing w:before=\"0\" w:after=\"60\"/><w:jc w:val=\"center\"/>", ""),
    ("Heading1", "heading 1", "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\"/>", "<w:b/>"),
    ("Heading2", "heading 2", "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\"/>", "<w:b/><w:i/>"),
    (
        "DauTrang",
        "Đầu trang|Page head",
        "<w:spacing w:before=\"0\" w:after=\"0\"/><w:jc w:val=\"center\"/>",
        "<w:sz w:val=\"24\"/>",
    ),
    ("ChuNho", "Chữ nhỏ|Small print", "<w:spacing w:before=\"0\" w:after=\"40\"/>", "<w:sz w:val=\"22\"/>"),
    (
        "MucLiet",
        "Mục liệt kê|List item",
        "<w:spacing w:before=\"0\" w:after=\"80\"/><w:ind w:left=\"567\" w:hanging=\"227\"/><w:jc w:val=\"both\"/>",
        "",
    ),
    ("OBang", "Ô bảng|Table cell", "<w:spacing w:before=\"20\" w:after=\"20\"/>", "<w:sz w:val=\"22\"/>"),
    ("Footer", "footer", "<w:spacing w:before=\"0\" w:after=\"0\"/>", "<w:sz w:val=\"22\"/>"),
];

/// The parts, in the order they are written.
pub fn parts(language: &str) -> Vec<Part> {
    let fonts = "<w:rFonts w:ascii=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>";
    let mut styles = format!(
        "{HEAD}<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val=\"26\"/><w:lang w:val=\"{language}\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault/></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr><w:spacing w:before=\"0\" w:after=\"80\"/><w:ind w:firstLine=\"567\"/><w:jc w:val=\"both\"/></w:pPr></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"85\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
    );
    for (id, name, paragraph, letters) in STYLES {
        // Names that Word knows are the same in every language.
        let name = name.split_once('|').map_or(name, |(vi, en)| pick(language, vi, en));
        let level = match id {
            "Heading1" => "<w:outlineLvl w:val=\"0\"/>",
            "Heading2" => "<w:outlineLvl w:val=\"1\"/>",
            _ => "",
        };
        // A first line set in is for body text only.
        let indent = if paragraph.contains("<w:ind ") { String::new() } else { "<w:ind w:firstLine=\"0\"/>".to_owned() };
        let paragraph = match paragraph.split_once("<w:jc") {
            Some((before, after)) => format!("{before}{indent}<w:jc{after}"),
            None => format!("{paragraph}{indent}<w:jc w:val=\"left\"/>"),
        };
        let letters = if letters.is_empty() { String::new() } else { format!("<w:rPr>{letters}</w:rPr>") };
        let _ = write!(
            styles,
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
             <w:pPr>{paragraph}{level}</w:pPr>{letters}</w:style>"
        );
    }
    let _ = write!(
        styles,
        "<w:style w:type=\"table\" w:styleId=\"Bang\"><w:name w:val=\"Bang\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr>{}</w:tblPr></w:style></w:styles>",
        super::table::borders()
    );
    let settings = format!(
        "{HEAD}<w:settings {SPACES}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"567\"/><w:compat>\
         <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    );
    let fonts = format!(
        "{HEAD}<w:fonts {SPACES}><w:font w:name=\"Times New Roman\"><w:panose1 w:val=\"02020603050405020304\"/><w:charset w:val=\"00\"/>\
         <w:family w:val=\"roman\"/><w:pitch w:val=\"variable\"/></w:font></w:fonts>"
    );
    vec![
        Part::new("word/styles.xml", &format!("{KIND}.styles"), styles),
        Part::new("word/settings.xml", &format!("{KIND}.settings"), settings),
        Part::new("word/fontTable.xml", &format!("{KIND}.fontTable"), fonts),
        Part::new(
            "word/theme/theme1.xml",
            "vnd.openxmlformats-officedocument.theme",
            include_str!("../parts/theme.xml").to_owned(),
        ),
    ]
}
