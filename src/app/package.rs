//! What a meeting opens: each document is made by itself, so that one that cannot be made or written stops no other.

use super::Part;
use crate::draw::scene::Remark;
use crate::meeting::{self, Brief};
use crate::message;
use crate::ooxml::book;
use crate::ooxml::letter::form::Form;
use crate::ooxml::slides::Body;
use crate::publish::files::sha256;
use crate::publish::pictures::{list, remarks};
use crate::publish::xlsx::About;
use crate::publish::{Readers, Sink, Within};
use crate::render::RenderContext;
use crate::run::record::FileMade;
use crate::run::{Fault, Place, Problems, Progress, Result};
use crate::values::{Lang, Message};
use std::collections::BTreeMap;

/// What became of the documents.
#[derive(Debug, Default)]
pub struct Package {
    /// Whether any could not be made
    pub failed: bool,
    /// Documents left as they were
    pub unchanged: usize,
    /// Files there are now, by name
    pub files: BTreeMap<String, FileMade>,
    /// What to open, for people
    pub said: Vec<String>,
}

/// A document, what could not be put on it, and what is to be said of its pictures.
#[derive(Default)]
struct Drawn {
    made: Option<Made>,
    faults: Vec<Fault>,
    remarks: Vec<(String, Vec<Remark>)>,
    told: Vec<(&'static str, Place, Message, Option<Message>)>,
}

/// Files of a document, the one to open first; what they hold, for people.
type Made = (Vec<(&'static str, Vec<u8>)>, String);

/// Makes and writes the documents that are wanted.
pub fn write(
    render: &RenderContext<'_>,
    wants: &dyn Fn(Part) -> bool,
    sink: &dyn Sink,
    progress: &mut Progress,
    problems: &mut Problems,
) -> Package {
    let (chosen, lang) = (&render.project.package, render.lang());
    let parts = [
        (Part::Slides, chosen.slides, message!("làm trang chiếu", "making slides")),
        (Part::Handout, chosen.handout, message!("làm tài liệu phát tay", "making the handout")),
        (Part::Bulletin, chosen.bulletin, message!("làm thông báo", "making the notice")),
    ];
    let about = super::about::about(render.project, render.joined);
    // Maps on slides show what the pictures show, and have the same readers.
    let exact = render.joined.registers.iter().any(|register| register.exact);
    let sink = &Within::new(sink, "").read_by(if exact { Readers::Owner } else { Readers::Office });
    // What drawing the documents finds is not about the data.
    let known = problems.clone();
    let mut package = Package::default();
    let mut made: Vec<(Part, String)> = Vec::new();
    for (part, chosen, words) in parts {
        if !chosen || !wants(part) {
            continue;
        }
        progress.stage(part.name(), 1, &words);
        let Drawn { made: document, faults, remarks, told } = document(part, render, &known, &about);
        for (code, place, message, hint) in told {
            problems.warning(code, place, message, hint);
        }
        for (picture, remarks) in remarks {
            list(&picture, remarks, problems);
        }
        for fault in faults {
            package.failed = true;
            problems.fault(fault);
        }
        let Some((files, size)) = document else { continue };
        let mut first = None;
        for (file, bytes) in files {
            let made = FileMade { sha256: sha256(&bytes), part: part.name().to_owned(), private: exact };
            let same = !exact && sink.read(file).is_some_and(|before| before == bytes);
            let written = if same { sink.keep(file, &made.sha256) } else { sink.write(file, &bytes) };
            match written {
                Ok(()) => {
                    package.unchanged += usize::from(same);
                    package.files.insert(file.to_owned(), made);
                    first = first.or(Some(file));
                }
                Err(fault) => {
                    package.failed = true;
                    // A file that another program has open is denied to us.
                    let hint = message!(
                        "đóng {file} nếu đang mở ở chương trình khác, hoặc chọn thư mục khác bằng --out",
                        "close {file} if another program has it open, or choose another folder with --out"
                    );
                    problems.fault(if fault.code == "disk-full" { fault } else { fault.hint(hint) });
                }
            }
        }
        made.extend(first.map(|file| (part, format!("{file} ({size})"))));
    }
    if let Some(line) = open_first(&made, lang) {
        package.said.push(line);
    }
    package
}

fn document(part: Part, render: &RenderContext<'_>, problems: &Problems, about: &About) -> Drawn {
    let brief = Brief { render, problems };
    let mut drawn = Drawn::default();
    let made = match part {
        Part::Slides => slides(&brief, &mut drawn),
        Part::Handout => handout(&brief, &mut drawn),
        _ => notice(&brief, about, &mut drawn),
    };
    match made {
        Ok(made) => drawn.made = made,
        Err(mut fault) => {
            if fault.place.file.is_empty() {
                fault.place.file = part.name().to_owned();
            }
            drawn.faults.push(fault);
        }
    }
    drawn
}

fn slides(brief: &Brief, drawn: &mut Drawn) -> Result<Option<Made>> {
    const FILE: &str = "slides.pptx";
    let (deck, faults) = meeting::deck(brief)?;
    drawn.faults = faults;
    let scenes = deck.slides.iter().flat_map(|slide| &slide.body).filter_map(|body| match body {
        Body::Scene(scene, _) => Some(scene),
        _ => None,
    });
    drawn.remarks = scenes.map(|scene| (format!("{FILE}, {}", scene.id), scene.remarks.clone())).collect();
    let size = format!("{} {}", deck.slides.len(), brief.render.lang().pick("trang chiếu", "slides"));
    Ok(Some((vec![(FILE, deck.write(FILE)?)], size)))
}

fn handout(brief: &Brief, drawn: &mut Drawn) -> Result<Option<Made>> {
    const FILE: &str = "handout.pdf";
    let (pages, faults) = meeting::handout(brief);
    drawn.faults = faults;
    if pages.is_empty() {
        return Ok(None);
    }
    drawn.remarks = pages.iter().map(|page| (format!("{FILE}, {}", page.id), remarks(page))).collect();
    let lang = brief.render.lang();
    let bytes = crate::publish::pdf::document(&pages, &brief.render.project.title, lang)?;
    Ok(Some((vec![(FILE, bytes)], format!("{} {}", pages.len(), lang.pick("trang in", "pages")))))
}

/// The notice, in our letter or the office's own, and its annex as a workbook.
fn notice(brief: &Brief, about: &About, drawn: &mut Drawn) -> Result<Option<Made>> {
    const FILE: &str = "bulletin.docx";
    let (project, lang) = (brief.render.project, brief.render.lang());
    let Some((letter, annex)) = meeting::notice(brief)? else { return Ok(None) };
    let own = match &project.bulletin.template {
        None => letter.write(FILE).map(Some),
        Some(file) => Form::open(&project.folder.join(file)).and_then(|form| filled(brief, &form, file, drawn)),
    };
    let title = lang.pick("Phụ lục thông báo", "Annex");
    let mut files = Vec::new();
    match own {
        Ok(bytes) => files.extend(bytes.map(|bytes| (FILE, bytes))),
        // The annex is made all the same.
        Err(fault) => drawn.faults.push(fault),
    }
    files.push(("annex.xlsx", book(&annex, title, about, "annex.xlsx")?));
    Ok(Some((files, lang.pick("thông báo và phụ lục", "notice and annex").to_owned())))
}

/// The office's own letter, filled in; fields that it has and nobody knows are listed.
fn filled(brief: &Brief, form: &Form, file: &str, drawn: &mut Drawn) -> Result<Option<Vec<u8>>> {
    let Some((bytes, met)) = meeting::fields::filled(brief, form)? else { return Ok(None) };
    let lang = brief.render.lang();
    let place = |name: &str| Place::file(file).column("bulletin.template").value(format!("{{{{{name}}}}}"));
    for name in &met.unknown {
        let like = meeting::fields::nearest(name, lang);
        let hint = like.map(|like| message!("có phải {{{{{like}}}}}?", "do you mean {{{{{like}}}}}?"));
        let message =
            message!("mẫu có trường không biết điền: để nguyên", "the template has a field that is not known and stays as it is");
        drawn.told.push(("template-field", place(name), message, hint));
    }
    for name in &met.misplaced {
        let message =
            message!("trường này cần một đoạn riêng: để nguyên", "this field needs a paragraph of its own and stays as it is");
        drawn.told.push(("template-field", place(name), message, None));
    }
    Ok(Some(bytes))
}

fn open_first(made: &[(Part, String)], lang: Lang) -> Option<String> {
    if made.is_empty() {
        return None;
    }
    let words = |part: &Part| match part {
        Part::Slides => lang.pick("mở trước", "open first"),
        Part::Handout => lang.pick("in ra phát", "print"),
        _ => lang.pick("gửi đi", "send"),
    };
    Some(made.iter().map(|(part, file)| format!("{}: {file}", words(part))).collect::<Vec<_>>().join("; "))
}
