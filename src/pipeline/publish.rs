//! Draws and writes pictures, several at a time. One that cannot be made does not stop the others.

use super::Job;
use crate::publish::{Out, raster, svg};
use crate::run::{Fault, Problems, Progress, Result};
use rayon::prelude::*;

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

/// Draws and writes every job into `folder`; the answer is whether any failed.
pub fn publish(
    jobs: Vec<Job<'_>>,
    folder: &str,
    formats: &[Format],
    out: &Out,
    progress: &Progress,
    problems: &mut Problems,
) -> Result<bool> {
    let tick = progress.ticker();
    let failures: Vec<Option<Fault>> = jobs
        .par_iter()
        .with_max_len(1)
        .map(|job| {
            let failure = write(job, folder, formats, out).err();
            tick();
            failure
        })
        .collect();
    let mut failed = false;
    for (job, mut fault) in jobs.iter().zip(failures).filter_map(|(job, failure)| Some((job, failure?))) {
        failed = true;
        if fault.place.file.is_empty() {
            fault.place.file = format!("{folder}/{}", job.id);
        }
        problems.fault(fault);
    }
    Ok(failed)
}

fn write(job: &Job<'_>, folder: &str, formats: &[Format], out: &Out) -> Result<()> {
    let scene = (job.draw)()?;
    let text = svg::svg(&scene)?;
    let name = |ending: &str| format!("{folder}/{}.{ending}", scene.id);
    if formats.contains(&Format::Svg) {
        out.write(&name("svg"), text.as_bytes())?;
    }
    if formats.iter().any(|format| *format != Format::Svg) {
        let tree = raster::tree(&text, &scene.id)?;
        if formats.contains(&Format::Png) {
            out.write(&name("png"), &raster::png(&tree, &scene.id)?)?;
        }
        if formats.contains(&Format::Pdf) {
            out.write(&name("pdf"), &raster::pdf(&tree, &scene.id)?)?;
        }
    }
    Ok(())
}
