//! What a meeting opens: each document is made by itself, so that one that cannot be made or written stops no other.

use super::Part;
use crate::figures::RenderContext;
use crate::meeting::{self, Brief};
use crate::message;
use crate::ooxml::book;
use crate::publish::files::sha256;
use crate::publish::pictures::check_letters;
use crate::publish::xlsx::About;
use crate::publish::{Readers, Sink, Within};
use crate::run::record::FileMade;
use crate::run::{Place, Problems, Progress};
use crate::values::Lang;
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
    let list = [
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
    for (part, chosen, words) in list {
        if !chosen || !wants(part) {
            continue;
        }
        progress.stage(part.name(), 1, &words);
        let (document, faults) = document(part, render, &known, &about);
        for fault in faults {
            package.failed = true;
            problems.fault(fault);
        }
        let Some((files, size)) = document else { continue };
        let mut first = None;
        for (file, bytes) in files {
            let made = FileMade { sha256: sha256(&bytes), part: part.name().to_owned() };
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
                    let hint =
                        message!("đóng {file} nếu đang mở ở chương trình khác", "close {file} if another program has it open");
                    problems.fault(if fault.hint.is_some() { fault } else { fault.hint(hint) });
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

fn document(
    part: Part,
    render: &RenderContext<'_>,
    problems: &Problems,
    about: &About,
) -> (Option<Made>, Vec<crate::run::Fault>) {
    let lang = render.lang();
    let brief = Brief { render, problems };
    let mut faults = Vec::new();
    let made: crate::run::Result<Option<Made>> = match part {
        Part::Slides => meeting::deck(&brief).and_then(|(deck, some)| {
            faults = some;
            let size = format!("{} {}", deck.slides.len(), lang.pick("trang chiếu", "slides"));
            deck.write("slides.pptx").map(|bytes| Some((vec![("slides.pptx", bytes)], size)))
        }),
        Part::Handout => {
            let (pages, some) = meeting::handout(&brief);
            faults = some;
            let size = format!("{} {}", pages.len(), lang.pick("trang in", "pages"));
            match pages.is_empty() {
                true => Ok(None),
                false => pages
                    .iter()
                    .try_for_each(check_letters)
                    .and_then(|()| crate::publish::pdf::document(&pages, &render.project.title, lang))
                    .map(|bytes| Some((vec![("handout.pdf", bytes)], size))),
            }
        }
        _ => notice(&brief, about, lang),
    };
    match made {
        Ok(made) => (made, faults),
        Err(mut fault) => {
            if fault.place.file.is_empty() {
                fault.place = Place { file: part.name().to_owned(), ..fault.place };
            }
            faults.push(fault);
            (None, faults)
        }
    }
}

/// The notice, and its annex as a workbook.
fn notice(brief: &Brief, about: &About, lang: Lang) -> crate::run::Result<Option<Made>> {
    let Some((letter, annex)) = meeting::notice(brief)? else { return Ok(None) };
    let title = lang.pick("Phụ lục thông báo", "Annex");
    let files =
        vec![("bulletin.docx", letter.write("bulletin.docx")?), ("annex.xlsx", book(&annex, title, about, "annex.xlsx")?)];
    Ok(Some((files, lang.pick("thông báo và phụ lục", "notice and annex").to_owned())))
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
