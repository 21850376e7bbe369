//! What every deck has: master, layouts, themes and the settings without which PowerPoint repairs a file.

use super::canvas::{Canvas, HEIGHT, MARGIN};
use super::template::Template;
use crate::ooxml::package::{HEAD, Part, pick};

/// Start of the kinds of parts.
pub const KIND: &str = "vnd.openxmlformats-officedocument.presentationml";
/// Name spaces of a part.
pub const SPACES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";
/// Start of a tree of shapes.
pub const TREE: &str = "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>\
    <a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>";
const MAP: &str = "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" accent3=\"accent3\" \
    accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>";
const GROUND: &str = "<p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg>";

/// The master of notes.
pub const NOTES: &str = "ppt/notesMasters/notesMaster1.xml";
/// EMU a pixel of our own design.
const SCALE: f64 = 7620.0;

/// A placeholder: kind with its index, name, left, top, width and height in pixels, and how its text stands.
struct Holder<'a> {
    kind: &'a str,
    name: &'a str,
    frame: [f32; 4],
    body: &'a str,
    style: &'a str,
    text: &'a str,
}

impl Holder<'_> {
    fn write(&self, id: usize, language: &str) -> String {
        let [l, t, w, h] = self.frame.map(|pixels| (f64::from(pixels) * SCALE).round() as i64);
        let (kind, name, body, style) = (self.kind, self.name, self.body, self.style);
        let text = match self.kind.contains("sldNum") {
            true => format!(
                "<a:fld id=\"{{B5B7A2F0-0000-4000-8000-000000000001}}\" type=\"slidenum\"><a:rPr lang=\"{language}\"/><a:t>‹#›</a:t></a:fld>"
            ),
            false => format!("<a:r><a:rPr lang=\"{language}\"/><a:t>{}</a:t></a:r>", self.text),
        };
        format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>\
             <p:spPr><a:xfrm><a:off x=\"{l}\" y=\"{t}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>\
             <p:txBody><a:bodyPr lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" {body}/><a:lstStyle>{style}</a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
        )
    }
}

fn level(number: usize, align: &str, size: u32, bold: bool, ink: &str) -> String {
    format!(
        "<a:lvl{number}pPr marL=\"0\" indent=\"0\" algn=\"{align}\"><a:spcBef><a:spcPts val=\"0\"/></a:spcBef><a:buNone/>\
         <a:defRPr sz=\"{size}\" b=\"{}\"><a:solidFill><a:schemeClr val=\"{ink}\"/></a:solidFill><a:latin typeface=\"+mn-lt\"/></a:defRPr></a:lvl{number}pPr>",
        u8::from(bold)
    )
}

/// The parts, in the order they are written.
pub fn parts(canvas: &Canvas, language: &str) -> Vec<Part> {
    let wide = canvas.width;
    let full = wide - 2.0 * MARGIN;
    let within = |[l, t, r, b]: [f32; 4]| [l, t, r - l, b - t];
    let (title, lead) = (level(1, "l", 2600, true, "tx1"), level(1, "l", 1600, false, "tx1"));
    let (foot, middle, under) =
        (level(1, "l", 1200, false, "tx1"), level(1, "ctr", 3200, true, "tx1"), level(1, "ctr", 2000, false, "tx1"));
    let right = level(1, "r", 1200, false, "tx1");
    let heading = |kind| Holder {
        kind,
        name: pick(language, "Tiêu đề", "Title"),
        frame: [MARGIN, 18.0, full, 86.0],
        body: "anchor=\"b\"",
        style: &title,
        text: pick(language, "Một câu: kết quả", "One sentence: the finding"),
    };
    let line = Holder {
        kind: "type=\"body\" idx=\"10\"",
        name: pick(language, "Dòng dẫn", "Lead"),
        frame: within(canvas.lead),
        body: "anchor=\"t\"",
        style: &lead,
        text: pick(language, "Chỉ tiêu, kỳ báo cáo", "Measure, period"),
    };
    let source = Holder {
        kind: "type=\"ftr\" sz=\"quarter\" idx=\"11\"",
        name: pick(language, "Nguồn", "Source"),
        frame: within(canvas.foot),
        body: "anchor=\"ctr\"",
        style: &foot,
        text: pick(language, "Nguồn số liệu", "Source of the data"),
    };
    let number = Holder {
        kind: "type=\"sldNum\" sz=\"quarter\" idx=\"12\"",
        name: pick(language, "Số trang", "Slide number"),
        frame: [wide - MARGIN - 100.0, 848.0, 100.0, 40.0],
        body: "anchor=\"ctr\"",
        style: &right,
        text: "",
    };
    let body = Holder {
        kind: "type=\"body\" idx=\"1\"",
        name: pick(language, "Nội dung", "Content"),
        frame: within(canvas.body),
        body: "anchor=\"t\"",
        style: &lead,
        text: pick(language, "Nội dung", "Content"),
    };
    let opening = Holder {
        kind: "type=\"ctrTitle\"",
        name: pick(language, "Tiêu đề", "Title"),
        frame: [MARGIN * 3.0, HEIGHT * 0.28, wide - MARGIN * 6.0, HEIGHT * 0.24],
        body: "anchor=\"b\"",
        style: &middle,
        text: pick(language, "Tên báo cáo", "Name of the report"),
    };
    let below = Holder {
        kind: "type=\"subTitle\" idx=\"1\"",
        name: pick(language, "Dưới tiêu đề", "Subtitle"),
        frame: [MARGIN * 3.0, HEIGHT * 0.55, wide - MARGIN * 6.0, HEIGHT * 0.2],
        body: "anchor=\"t\"",
        style: &under,
        text: pick(language, "Đơn vị, kỳ báo cáo", "Office, period"),
    };
    let holders = |list: &[&Holder<'_>]| (2..).zip(list).map(|(id, holder)| holder.write(id, language)).collect::<String>();
    let layout = |number: usize, kind: &str, name: &str, holders: String| {
        let text = format!(
            "{HEAD}<p:sldLayout {SPACES} type=\"{kind}\" preserve=\"1\"><p:cSld name=\"{name}\"><p:spTree>{TREE}{holders}</p:spTree></p:cSld>\
             <p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
        );
        let mut part = Part::new(&format!("ppt/slideLayouts/slideLayout{number}.xml"), &format!("{KIND}.slideLayout"), text);
        part.relate("slideMaster", "ppt/slideMasters/slideMaster1.xml");
        part
    };
    let first = layout(1, "title", pick(language, "Trang bìa", "Cover"), holders(&[&opening, &below]));
    let second = layout(
        2,
        "titleOnly",
        pick(language, "Tiêu đề và hình", "Title and picture"),
        holders(&[&heading("type=\"title\""), &line, &source, &number]),
    );
    let style = |name: &str, size: u32| {
        let levels: String = (1..=9)
            .map(|number| {
                format!(
                    "<a:lvl{number}pPr algn=\"l\"><a:buNone/><a:defRPr sz=\"{size}\"><a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill>\
                     <a:latin typeface=\"+mn-lt\"/></a:defRPr></a:lvl{number}pPr>"
                )
            })
            .collect();
        format!("<p:{name}>{levels}</p:{name}>")
    };
    let text = format!(
        "{HEAD}<p:sldMaster {SPACES}><p:cSld>{GROUND}<p:spTree>{TREE}{}</p:spTree></p:cSld>{MAP}<p:sldLayoutIdLst>\
         <p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/><p:sldLayoutId id=\"2147483650\" r:id=\"rId2\"/></p:sldLayoutIdLst><p:txStyles>{}{}{}</p:txStyles></p:sldMaster>",
        holders(&[
            &heading("type=\"title\""),
            &body,
            &Holder { kind: "type=\"ftr\" sz=\"quarter\" idx=\"3\"", ..source },
            &Holder { kind: "type=\"sldNum\" sz=\"quarter\" idx=\"4\"", ..number }
        ]),
        style("titleStyle", 2600),
        style("bodyStyle", 1600),
        style("otherStyle", 1200)
    );
    let mut master = Part::new("ppt/slideMasters/slideMaster1.xml", &format!("{KIND}.slideMaster"), text);
    master.relate("slideLayout", "ppt/slideLayouts/slideLayout1.xml");
    master.relate("slideLayout", "ppt/slideLayouts/slideLayout2.xml");
    master.relate("theme", "ppt/theme/theme1.xml");
    let mut parts = settings().to_vec();
    parts.extend([
        Part::new(
            "ppt/tableStyles.xml",
            &format!("{KIND}.tableStyles"),
            format!(
                "{HEAD}<a:tblStyleLst xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" def=\"{{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}}\"/>"
            ),
        ),
        theme(1),
        theme(2),
        master,
        first,
        second,
        notes_master(language, 2),
    ]);
    parts
}

/// Settings of the show and of the view, without which PowerPoint repairs a file.
fn settings() -> [Part; 2] {
    [
        Part::new("ppt/presProps.xml", &format!("{KIND}.presProps"), format!("{HEAD}<p:presentationPr {SPACES}/>")),
        Part::new("ppt/viewProps.xml", &format!("{KIND}.viewProps"), format!("{HEAD}<p:viewPr {SPACES}/>")),
    ]
}

/// The parts of a template, and the master of its notes; one of ours where it has none.
pub fn of_template(template: &Template, language: &str) -> (Vec<Part>, String) {
    let copied = template.parts.iter().map(|(name, bytes)| Part {
        name: name.clone(),
        kind: template.types.get(name).cloned().unwrap_or_default(),
        bytes: bytes.clone(),
        relations: Vec::new(),
    });
    let mut parts: Vec<Part> = copied.chain(settings()).collect();
    let own = parts.iter().find(|part| part.name.starts_with("ppt/notesMasters/") && part.name.ends_with(".xml"));
    let notes = own.filter(|_| template.has_notes()).map(|part| part.name.clone());
    let notes = notes.unwrap_or_else(|| {
        parts.extend([theme(99), notes_master(language, 99)]);
        NOTES.to_owned()
    });
    (parts, notes)
}

fn theme(number: usize) -> Part {
    let text = include_str!("../parts/theme.xml").to_owned();
    Part::new(&format!("ppt/theme/theme{number}.xml"), "vnd.openxmlformats-officedocument.theme", text)
}

fn notes_master(language: &str, look: usize) -> Part {
    let picture = Holder {
        kind: "type=\"sldImg\" idx=\"2\"",
        name: pick(language, "Trang chiếu", "Slide"),
        frame: [90.0, 150.0, 720.0, 405.0],
        body: "",
        style: "",
        text: "",
    };
    let mut picture = picture.write(2, language);
    // A picture of the slide has no text of its own.
    if let (Some(from), Some(to)) = (picture.find("<p:txBody>"), picture.find("</p:txBody>")) {
        picture.replace_range(from..to + "</p:txBody>".len(), "");
    }
    let lines = level(1, "l", 1200, false, "tx1");
    let body = Holder {
        kind: "type=\"body\" sz=\"quarter\" idx=\"3\"",
        name: pick(language, "Ghi chú", "Notes"),
        frame: [90.0, 580.0, 720.0, 520.0],
        body: "",
        style: &lines,
        text: pick(language, "Ghi chú", "Notes"),
    };
    let text = format!(
        "{HEAD}<p:notesMaster {SPACES}><p:cSld>{GROUND}<p:spTree>{TREE}{picture}{}</p:spTree></p:cSld>{MAP}<p:notesStyle/></p:notesMaster>",
        body.write(3, language)
    );
    let mut part = Part::new(NOTES, &format!("{KIND}.notesMaster"), text);
    part.relate("theme", &format!("ppt/theme/theme{look}.xml"));
    part
}
