//! `ruong slides layouts`: what a deck offers as a template.

use super::frame::Frame;
use super::{Outcome, Stopped, print, stop};
use crate::ooxml::slides::template::Template;
use crate::values::Lang;
use std::path::PathBuf;

/// Arguments of `ruong slides`.
#[derive(Debug, clap::Args)]
pub(super) struct SlidesArguments {
    #[command(subcommand)]
    command: SlidesCommand,
}

#[derive(Debug, clap::Subcommand)]
enum SlidesCommand {
    /// In các bố cục của một mẫu, và bố cục nào được dùng (the layouts of a template, and which are used)
    Layouts(LayoutsArguments),
}

#[derive(Debug, clap::Args)]
struct LayoutsArguments {
    /// Tệp .pptx hoặc .potx (deck)
    template: PathBuf,
}

pub(super) fn run(arguments: &SlidesArguments, frame: Frame) -> Result<Outcome, Stopped> {
    let SlidesCommand::Layouts(own) = &arguments.command;
    let lang = frame.lang();
    let template = Template::open(&own.template).map_err(stop(lang))?;
    for (number, layout) in template.layouts.iter().enumerate() {
        let places: Vec<String> = layout.holders.iter().map(|holder| holder.kind.clone()).collect();
        let used = match template.chosen.map(|chosen| chosen == number) {
            [true, true] => lang.pick("  ← trang bìa, trang hình", "  ← covers, pictures"),
            [true, false] => lang.pick("  ← trang bìa", "  ← covers"),
            [false, true] => lang.pick("  ← trang hình", "  ← pictures"),
            _ => "",
        };
        print(&format!("{}. {} ({}): {}{used}", number + 1, layout.name, layout.kind, places.join(", ")));
    }
    let [wide, high] = template.size.map(|side| crate::values::numbers::format(side as f64 / 360_000.0, 1, lang));
    print(&match lang {
        Lang::Vi => format!("cỡ trang {wide} × {high} cm"),
        Lang::En => format!("slides of {wide} × {high} cm"),
    });
    Ok(Outcome::Complete)
}
