//! A deck of the office's own as template: its master, layouts, fonts and colours rule, its slides are left out.

use super::base::KIND;
use crate::message;
use crate::ooxml::opened::{Role, text};
use crate::ooxml::tags::{absolute, each, links_of, list, number_in, value, without};
use crate::run::{Fault, Result};
use crate::values::Message;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Relations of a presentation that are kept: what its design is made of, and nothing that tells of its slides or its authors.
const KEPT: [&str; 5] = ["slideMaster", "notesMaster", "theme", "tableStyles", "font"];

/// A place for text in a layout.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holder {
    /// Kind: `title`, `ctrTitle`, `subTitle`, `body`, `ftr`, `sldNum`, …
    pub kind: String,
    /// Number by which slides name it
    pub index: Option<u32>,
    /// Left, top, width, height in EMU; where the master says so if absent
    pub frame: Option<[i64; 4]>,
}

/// A layout.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// Its part
    pub part: String,
    /// Name
    pub name: String,
    /// Kind: `title`, `titleOnly`, `obj`, …
    pub kind: String,
    /// The part of its master
    pub master: String,
    /// Its places
    pub holders: Vec<Holder>,
}

impl Layout {
    /// The place of one of some kinds.
    pub fn holder(&self, kinds: &[&str]) -> Option<&Holder> {
        kinds.iter().find_map(|kind| self.holders.iter().find(|holder| holder.kind == *kind))
    }
}

/// A template as it was read.
#[derive(Debug, Clone, Default)]
pub struct Template {
    /// Parts that are kept, by name
    pub parts: BTreeMap<String, Vec<u8>>,
    /// Content types of parts
    pub types: BTreeMap<String, String>,
    /// Content types by ending
    pub endings: BTreeMap<String, String>,
    /// Relations of the presentation that are kept: id, kind, target
    pub relations: Vec<[String; 3]>,
    /// The presentation, without its slides
    pub presentation: String,
    /// Layouts, in their order
    pub layouts: Vec<Layout>,
    /// Width and height of slides in EMU
    pub size: [i64; 2],
    /// The layout of covers and the one of pictures
    pub chosen: [usize; 2],
    /// Where the title of a picture stands: left, top, width, height in EMU
    pub title: [i64; 4],
}

fn role() -> Role {
    let hint = message!("lưu mẫu ở PowerPoint thành .pptx hoặc .potx", "save the template in PowerPoint as .pptx or .potx");
    Role { key: "slides.template", hint }
}

fn wrong(file: &str, message: Message) -> Fault {
    role().wrong(file, message)
}

impl Template {
    /// Reads a template.
    pub fn open(path: &Path) -> Result<Template> {
        Template::read(&role().bytes(path)?, &path.display().to_string())
    }

    /// Reads the bytes of a template.
    pub fn read(bytes: &[u8], file: &str) -> Result<Template> {
        let all = role().parts(bytes, file)?;
        let text = |name: &str| text(&all, name);
        let none = || wrong(file, message!("không phải tệp trang chiếu PowerPoint", "not a file of PowerPoint slides"));
        let (types, presentation, links) = (
            text("[Content_Types].xml").ok_or_else(none)?,
            text("ppt/presentation.xml").ok_or_else(none)?,
            text("ppt/_rels/presentation.xml.rels").ok_or_else(none)?,
        );
        let mut template = Template::default();
        each(&types, |tag, event| match tag {
            "Override" => {
                template.types.insert(value(event, "PartName").trim_start_matches('/').to_owned(), value(event, "ContentType"));
            }
            "Default" => {
                template.endings.insert(value(event, "Extension").to_lowercase(), value(event, "ContentType"));
            }
            _ => {}
        });
        let main = template.types.get("ppt/presentation.xml").cloned().unwrap_or_default();
        if main.contains("macroEnabled") || all.contains_key("ppt/vbaProject.bin") {
            let message = message!("mẫu có macro (.pptm): không dùng", "the template has macros (.pptm) and is not used");
            return Err(wrong(file, message));
        }
        if !main.contains("presentationml") {
            return Err(none());
        }
        let relations: Vec<[String; 3]> =
            list(&links).into_iter().filter(|[_, kind, _]| KEPT.iter().any(|kept| kind.ends_with(&format!("/{kept}")))).collect();
        // What the presentation leads to without its slides.
        let mut kept: BTreeSet<String> = BTreeSet::new();
        let mut open: Vec<String> = relations.iter().map(|[_, _, target]| absolute("ppt/presentation.xml", target)).collect();
        while let Some(part) = open.pop() {
            if !all.contains_key(&part) || !kept.insert(part.clone()) {
                continue;
            }
            let links = links_of(&part);
            if let Some(own) = text(&links) {
                kept.insert(links);
                open.extend(
                    list(&own)
                        .into_iter()
                        .filter(|[_, kind, _]| !kind.ends_with("/slide"))
                        .map(|[_, _, target]| absolute(&part, &target)),
                );
            }
        }
        template.layouts = kept
            .iter()
            .filter(|name| name.starts_with("ppt/slideLayouts/") && name.ends_with(".xml"))
            .filter_map(|name| Some(layout(name, &text(name)?)))
            .collect();
        template.layouts.sort_by_key(|layout| number_in(&layout.part));
        for layout in &mut template.layouts {
            let own = text(&links_of(&layout.part)).unwrap_or_default();
            let master = list(&own).into_iter().find(|[_, kind, _]| kind.ends_with("/slideMaster"));
            layout.master = master.map_or(String::new(), |[_, _, target]| absolute(&layout.part, &target));
        }
        template.chosen = chosen(&template.layouts).ok_or_else(|| {
            let names = template.layouts.iter().map(|layout| layout.name.as_str()).collect::<Vec<_>>().join(", ");
            wrong(
                file,
                message!("không bố cục nào có ô tiêu đề; có: {names}", "no layout has a place for a title; there are: {names}"),
            )
        })?;
        each(&presentation, |tag, event| {
            if tag == "sldSz" {
                template.size = ["cx", "cy"].map(|name| value(event, name).parse().unwrap_or(0));
            }
        });
        if template.size.iter().any(|side| !(1_000_000..100_000_000).contains(side)) {
            return Err(none());
        }
        let master = &template.layouts[template.chosen[1]].master;
        let master = text(master).map(|text| layout(master, &text)).unwrap_or_default();
        let title = template.layouts[template.chosen[1]].holder(&["title", "ctrTitle"]).and_then(|holder| holder.frame);
        template.title = title.or_else(|| master.holder(&["title"]).and_then(|holder| holder.frame)).unwrap_or([
            template.size[0] / 20,
            template.size[1] / 40,
            template.size[0] * 9 / 10,
            template.size[1] / 10,
        ]);
        template.relations = relations;
        template.presentation = ["p:sldIdLst", "p:extLst", "p:custShowLst", "p:handoutMasterIdLst", "p:custDataLst"]
            .iter()
            .fold(presentation, |text, name| without(&text, name, ""));
        template.parts = all.into_iter().filter(|(name, _)| kept.contains(name)).collect();
        unlink(&mut template.parts);
        template.endings.retain(|ending, _| !["rels", "xml"].contains(&ending.as_str()));
        template.types.retain(|name, _| kept.contains(name));
        Ok(template)
    }

    /// Whether it has a master for notes.
    pub fn has_notes(&self) -> bool {
        self.relations.iter().any(|[_, kind, _]| kind.ends_with("/notesMaster"))
    }

    /// Its presentation with a list of slides.
    pub fn with(&self, list: &str, file: &str) -> Result<String> {
        let at = self.presentation.find("<p:sldSz");
        let at = at.ok_or_else(|| {
            wrong(file, message!("mẫu không nói cỡ trang", "the template does not say how large its slides are"))
        })?;
        let (before, after) = self.presentation.split_at(at);
        Ok(format!("{before}{list}{after}"))
    }

    /// Kind of the main part of a deck made of it.
    pub fn kind() -> String {
        format!("{KIND}.presentation.main")
    }
}

/// Takes away links from the design to slides, which are left out.
fn unlink(parts: &mut BTreeMap<String, Vec<u8>>) {
    let names: Vec<String> = parts.keys().filter(|name| !name.ends_with(".rels")).cloned().collect();
    for name in names {
        let links = links_of(&name);
        let Some(text) = parts.get(&links).map(|bytes| String::from_utf8_lossy(bytes).into_owned()) else { continue };
        let ids: Vec<String> =
            list(&text).into_iter().filter(|[_, kind, _]| kind.ends_with("/slide")).map(|[id, ..]| id).collect();
        if ids.is_empty() {
            continue;
        }
        let unlinked = |text: String, name: &str, attribute: &str| {
            ids.iter().fold(text, |text, id| without(&text, name, &format!("{attribute}=\"{id}\"")))
        };
        let part = parts.get(&name).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
        let part = ["a:hlinkClick", "a:hlinkHover"].iter().fold(part, |part, name| unlinked(part, name, "r:id"));
        parts.insert(links, unlinked(text, "Relationship", "Id").into_bytes());
        parts.insert(name, part.into_bytes());
    }
}

/// The places of a layout or master.
fn layout(part: &str, text: &str) -> Layout {
    let mut found = Layout { part: part.to_owned(), ..Layout::default() };
    // A frame belongs to the shape it stands in; only shapes with a place count.
    let (mut held, mut offset) = (false, [0i64; 2]);
    each(text, |tag, event| match tag {
        "sldLayout" => found.kind = value(event, "type"),
        "cSld" => found.name = value(event, "name"),
        "sp" | "pic" | "grpSp" | "graphicFrame" | "cxnSp" | "contentPart" => held = false,
        "ph" => {
            held = true;
            let kind = value(event, "type");
            let kind = if kind.is_empty() { "obj".to_owned() } else { kind };
            found.holders.push(Holder { kind, index: value(event, "idx").parse().ok(), frame: None });
        }
        "off" if held => offset = ["x", "y"].map(|name| value(event, name).parse().unwrap_or(0)),
        "ext" if held => {
            let size = ["cx", "cy"].map(|name| value(event, name).parse().unwrap_or(0));
            if let Some(holder) = found.holders.last_mut().filter(|holder| holder.frame.is_none() && size[0] > 0) {
                holder.frame = Some([offset[0], offset[1], size[0], size[1]]);
            }
        }
        _ => {}
    });
    found
}

/// The layouts of covers and of pictures, if any has a title.
fn chosen(layouts: &[Layout]) -> Option<[usize; 2]> {
    let titled = |layout: &Layout| layout.holder(&["title", "ctrTitle"]).is_some();
    let of = |kind: &str| layouts.iter().position(|layout| layout.kind == kind && titled(layout));
    let any = layouts.iter().position(titled)?;
    // The fewest places besides the title leave the most room.
    let bare = (0..layouts.len()).filter(|at| titled(&layouts[*at]) && layouts[*at].kind != "title").min_by_key(|at| {
        layouts[*at].holders.iter().filter(|holder| !["ftr", "sldNum", "dt"].contains(&holder.kind.as_str())).count()
    });
    let picture = of("titleOnly").or(bare).unwrap_or(any);
    // A cover of the same design.
    let alike = |layout: &Layout| layout.kind == "title" && titled(layout) && layout.master == layouts[picture].master;
    Some([layouts.iter().position(alike).unwrap_or(picture), picture])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_deck_is_refused() {
        assert_eq!(Template::read(b"no zip", "mau.pptx").expect_err("refused").code, "template");
    }
}
