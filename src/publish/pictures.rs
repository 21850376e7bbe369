//! Draws and writes pictures, several at a time. One that cannot be made does not stop the others, and one that would be the
//! same as last time is left as it is.

use super::files::{Sink, sha256};
use super::ledger::Earlier;
use super::raster::{Animation, Painter, png};
use super::{pdf, svg};
use crate::draw::digest::digest;
use crate::draw::scene::Remark;
use crate::draw::{Job, Picture, Scene};
use crate::run::{Fault, Place, Problems, Progress, Result};
use crate::values::Lang;
use crate::values::file_name::{file_name, folded};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Picture formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Pixels
    Png,
    /// Vector, for screens and editing
    Svg,
    /// Vector, for print
    Pdf,
}

impl Format {
    /// The ending of its file names.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Png => "png",
            Format::Svg => "svg",
            Format::Pdf => "pdf",
        }
    }
}

/// Fingerprints of what pictures show, by file name.
pub type Fingerprints = BTreeMap<String, String>;

/// Draws and writes every job into a folder of the output.
pub struct Publisher<'a> {
    /// Formats wanted
    pub formats: &'a [Format],
    /// Language of what they say
    pub lang: Lang,
    /// Output folder
    pub out: &'a dyn Sink,
    /// What the run before made; nothing to draw all anew
    pub before: &'a Earlier,
    /// Pixels of shapes that maps share
    pub painter: Painter,
}

/// What became of some pictures.
#[derive(Debug, Default)]
pub struct Published {
    /// Whether any could not be made
    pub failed: bool,
    /// Every picture there is now, by file name
    pub pictures: Fingerprints,
    /// Pictures left as they were
    pub unchanged: usize,
}

/// One picture's files, and what is to be said of it.
type Made = Result<(Vec<(String, String, bool)>, Vec<Remark>)>;

impl Publisher<'_> {
    /// Draws and writes.
    pub fn publish(&self, jobs: Vec<Job<'_>>, folder: &str, progress: &Progress, problems: &mut Problems) -> Published {
        let tick = progress.ticker();
        // Two pictures of one file name: the first is drawn, whichever thread comes first.
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        let mut twice: Vec<Option<&str>> = Vec::with_capacity(jobs.len());
        for job in &jobs {
            let first = seen.entry(folded(&file_name(&job.id))).or_insert(&job.id);
            twice.push(Some(*first).filter(|first| !std::ptr::eq(first.as_ptr(), job.id.as_ptr())));
        }
        let made: Vec<Made> = jobs
            .par_iter()
            .zip(&twice)
            .with_max_len(1)
            .map(|(job, twice)| {
                let made = match twice {
                    Some(first) => Err(same_name(&job.id, first)),
                    None => self.write(job, folder),
                };
                tick();
                made
            })
            .collect();
        let mut published = Published::default();
        for (job, made) in jobs.iter().zip(made) {
            match made {
                Ok((files, remarks)) => {
                    list(&format!("{folder}/{}", job.id), remarks, problems);
                    for (name, picture, unchanged) in files {
                        published.unchanged += usize::from(unchanged);
                        published.pictures.insert(name, picture);
                    }
                }
                Err(mut fault) => {
                    published.failed = true;
                    if fault.place.file.is_empty() {
                        fault.place.file = format!("{folder}/{}", job.id);
                    }
                    problems.fault(fault);
                }
            }
        }
        published
    }

    fn write(&self, job: &Job<'_>, folder: &str) -> Made {
        match &job.picture {
            Picture::Still(draw) => self.still(&draw()?, folder),
            Picture::Animation { count, delay, frame } => self.animation(&job.id, folder, *count, *delay, frame),
        }
    }

    fn still(&self, scene: &Scene, folder: &str) -> Made {
        let digest = digest(scene);
        let mut files = Vec::new();
        for format in self.formats {
            let ending = format.ending();
            let name = format!("{folder}/{}.{ending}", file_name(&scene.id));
            if self.unchanged(&name, &digest)? {
                files.push((name, digest.clone(), true));
                continue;
            }
            let bytes = match format {
                Format::Png => png(scene, &self.painter.paint(scene)?)?,
                Format::Svg => svg::svg(scene).into_bytes(),
                Format::Pdf => pdf::pdf(scene, self.lang)?,
            };
            self.out.write(&name, &bytes)?;
            files.push((name, digest.clone(), false));
        }
        Ok((files, self::remarks(scene)))
    }

    fn animation(&self, id: &str, folder: &str, count: usize, delay: u16, frame: &crate::draw::FrameOf<'_>) -> Made {
        let name = format!("{folder}/{}.gif", file_name(id));
        let mut animation: Option<Animation> = None;
        let mut remarks = Vec::new();
        // Without a week the first frame says what is missing. Frames go to the animation one by one.
        for number in 0..count.max(1) {
            let scene = frame(number)?;
            let canvas = self.painter.paint(&scene)?;
            let animation = match &mut animation {
                Some(animation) => animation,
                None => animation.insert(Animation::new(id, canvas.size(), delay)?),
            };
            animation.add(&canvas, &scene, number + 1 >= count)?;
            remarks = self::remarks(&scene);
        }
        let Some(animation) = animation else { return Ok((Vec::new(), remarks)) };
        let bytes = animation.finish()?;
        self.out.write(&name, &bytes)?;
        Ok((vec![(name, String::new(), false)], remarks))
    }

    /// Whether the picture of the run before shows the same and is still there, to the byte.
    fn unchanged(&self, name: &str, digest: &str) -> Result<bool> {
        let known = self.before.pictures.get(name).filter(|known| *known == digest).and_then(|_| self.before.files.get(name));
        let Some(known) = known else { return Ok(false) };
        if self.out.read(name).is_none_or(|bytes| sha256(&bytes) != known.sha256) {
            return Ok(false);
        }
        self.out.keep(name, &known.sha256)?;
        Ok(true)
    }
}

/// Lists what is to be said of a picture among the problems.
pub fn list(file: &str, remarks: Vec<Remark>, problems: &mut Problems) {
    for Remark { problem, value, message, grave } in remarks {
        let place = Place { file: file.to_owned(), value, ..Place::default() };
        match grave {
            true => problems.error(problem, place, message, None),
            false => problems.info(problem, place, message, None),
        }
    }
}

fn same_name(id: &str, first: &str) -> Fault {
    let message = crate::message!(
        "\"{id}\" và \"{first}\" cùng một tên tệp: chỉ vẽ cái trước",
        "\"{id}\" and \"{first}\" have one file name: only the first is drawn"
    );
    Fault::new("same-name-twice", Place::default().value(id), message)
        .hint(crate::message!("đặt id khác nhau", "give them different ids"))
}

/// What is to be said of a picture: with what was said when it was drawn, the letters that the font lacks, which are question marks.
pub fn remarks(scene: &Scene) -> Vec<Remark> {
    let mut remarks = scene.remarks.clone();
    let lacks = scene.texts().into_iter().find_map(|text| Some((crate::draw::text::missing_glyph(&text.text)?, &text.text)));
    remarks.extend(lacks.map(|(letter, words)| Remark {
        problem: "missing-glyph",
        value: words.clone(),
        message: crate::message!(
            "phông chữ không có chữ \"{letter}\" trong \"{words}\": vẽ dấu ? thay vào",
            "the font has no \"{letter}\", in \"{words}\": a ? stands for it"
        ),
        grave: true,
    }));
    remarks
}
