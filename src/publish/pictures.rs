//! Draws and writes pictures, several at a time. One that cannot be made does not stop the others, and one that would be the
//! same as last time is left as it is.

use super::files::Sink;
use super::names::file_name;
use super::raster::{Animation, Painter, png};
use super::{pdf, svg};
use crate::draw::digest::digest;
use crate::draw::scene::Remark;
use crate::draw::{Job, Picture, Scene};
use crate::run::record::PictureMade;
use crate::run::{Fault, Place, Problems, Progress, Result};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Picture formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Pixels
    Png,
    /// Vector, for screens and editing
    Svg,
    /// Vector, for print
    Pdf,
}

/// What a run knows of the pictures of the run before, by file name.
pub type Before = BTreeMap<String, PictureMade>;

/// Draws and writes every job into a folder of the output.
pub struct Publisher<'a> {
    /// Formats wanted
    pub formats: &'a [Format],
    /// Output folder
    pub out: &'a dyn Sink,
    /// Pictures of the run before; empty to draw all anew
    pub before: &'a Before,
    /// Pixels of shapes that maps share
    pub painter: Painter,
}

/// What became of some pictures.
#[derive(Debug, Default)]
pub struct Published {
    /// Whether any could not be made
    pub failed: bool,
    /// Every picture there is now, by file name
    pub pictures: Before,
    /// Pictures left as they were
    pub unchanged: usize,
}

/// One picture's files, and what is to be said of it.
type Made = Result<(Vec<(String, PictureMade, bool)>, Vec<Remark>)>;

impl Publisher<'_> {
    /// Draws and writes.
    pub fn publish(&self, jobs: Vec<Job<'_>>, folder: &str, progress: &Progress, problems: &mut Problems) -> Published {
        let tick = progress.ticker();
        let made: Vec<Made> = jobs
            .par_iter()
            .with_max_len(1)
            .map(|job| {
                let made = self.write(job, folder);
                tick();
                made
            })
            .collect();
        let mut published = Published::default();
        for (job, made) in jobs.iter().zip(made) {
            let place = |value: String| Place { file: format!("{folder}/{}", job.id), value, ..Place::default() };
            match made {
                Ok((files, remarks)) => {
                    for remark in remarks {
                        if remark.grave {
                            problems.error(remark.problem, place(remark.value), remark.message, None);
                        } else {
                            problems.info(remark.problem, place(remark.value), remark.message, None);
                        }
                    }
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
        check_letters(scene)?;
        let digest = digest(scene);
        let mut text = None;
        let mut files = Vec::new();
        for format in self.formats {
            let ending = match format {
                Format::Png => "png",
                Format::Svg => "svg",
                Format::Pdf => "pdf",
            };
            let name = format!("{folder}/{}.{ending}", file_name(&scene.id));
            if let Some(known) = self.unchanged(&name, &digest) {
                files.push((name, known, true));
                continue;
            }
            let bytes = match format {
                Format::Png => png(scene, &self.painter.paint(scene)?)?,
                Format::Svg => text.get_or_insert_with(|| svg::svg(scene)).clone().into_bytes(),
                Format::Pdf => pdf::pdf(scene, text.get_or_insert_with(|| svg::svg(scene)))?,
            };
            self.out.write(&name, &bytes)?;
            files.push((name, PictureMade { scene: digest.clone(), bytes: bytes.len() as u64 }, false));
        }
        Ok((files, scene.remarks.clone()))
    }

    fn animation(&self, id: &str, folder: &str, count: usize, delay: u16, frame: &crate::draw::FrameOf<'_>) -> Made {
        let name = format!("{folder}/{}.gif", file_name(id));
        let mut animation: Option<Animation> = None;
        let mut remarks = Vec::new();
        // Without a week the first frame says what is missing. Frames go to the animation one by one.
        for number in 0..count.max(1) {
            let scene = frame(number)?;
            check_letters(&scene)?;
            let canvas = self.painter.paint(&scene)?;
            let animation = match &mut animation {
                Some(animation) => animation,
                None => animation.insert(Animation::new(id, canvas.size(), delay)?),
            };
            animation.add(&canvas, &scene)?;
            remarks = scene.remarks;
        }
        let Some(animation) = animation else { return Ok((Vec::new(), remarks)) };
        let bytes = animation.finish()?;
        self.out.write(&name, &bytes)?;
        Ok((vec![(name, PictureMade { scene: String::new(), bytes: bytes.len() as u64 }, false)], remarks))
    }

    /// A picture of the run before that shows the same and is still there.
    fn unchanged(&self, name: &str, digest: &str) -> Option<PictureMade> {
        let known = self.before.get(name).filter(|known| known.scene == digest)?;
        let there = self.out.size(name) == Some(known.bytes);
        if there {
            self.out.keep(name);
        }
        there.then(|| known.clone())
    }
}

/// A letter that the font lacks is a fault, so that no picture shows an empty box.
fn check_letters(scene: &Scene) -> Result<()> {
    for text in scene.texts() {
        if let Some(letter) = crate::draw::text::missing_glyph(&text.text) {
            let words = &text.text;
            return Err(Fault::new(
                "missing-glyph",
                Place { file: scene.id.clone(), value: words.clone(), ..Place::default() },
                crate::message!(
                    "phông chữ không có chữ \"{letter}\" trong \"{words}\"",
                    "the font has no \"{letter}\", in \"{words}\""
                ),
            ));
        }
    }
    Ok(())
}

/// Pictures of the run before, from its record; none if there was none, or another version made them.
pub fn before(out: &dyn Sink) -> Before {
    #[derive(serde::Deserialize)]
    struct Earlier {
        version: String,
        #[serde(default)]
        pictures: Before,
    }
    out.read("run.json")
        .and_then(|bytes| serde_json::from_slice::<Earlier>(&bytes).ok())
        .filter(|earlier| earlier.version == env!("CARGO_PKG_VERSION"))
        .map_or_else(Before::new, |earlier| earlier.pictures)
}
