//! `ruong bulletin fields`: with what an office's own letter can be filled.

use super::frame::Frame;
use super::{Outcome, Stopped, print, stop};
use crate::meeting::fields::{fields, is_known, nearest};
use crate::ooxml::letter::form::Form;
use crate::values::Lang;
use std::path::PathBuf;

/// Arguments of `ruong bulletin`.
#[derive(Debug, clap::Args)]
pub(super) struct BulletinArguments {
    #[command(subcommand)]
    command: BulletinCommand,
}

#[derive(Debug, clap::Subcommand)]
enum BulletinCommand {
    /// In tên các trường điền vào mẫu thông báo; có mẫu thì in các trường trong mẫu (names of fields, or those of a template)
    Fields(FieldsArguments),
}

#[derive(Debug, clap::Args)]
struct FieldsArguments {
    /// Tệp .docx hoặc .dotx (letter)
    template: Option<PathBuf>,
}

pub(super) fn run(arguments: &BulletinArguments, frame: Frame) -> Result<Outcome, Stopped> {
    let BulletinCommand::Fields(own) = &arguments.command;
    let lang = frame.lang();
    if let Some(template) = &own.template {
        let form = Form::open(template).map_err(stop(lang))?;
        let (known, unknown): (Vec<String>, Vec<String>) = form.names(&is_known).into_iter().partition(|name| is_known(name));
        for name in &known {
            print(&format!("{{{{{name}}}}}"));
        }
        for name in &unknown {
            let like = nearest(name, lang).map_or(String::new(), |like| match lang {
                Lang::Vi => format!(", có phải {{{{{like}}}}}?"),
                Lang::En => format!(", do you mean {{{{{like}}}}}?"),
            });
            print(&format!("{{{{{name}}}}}  ← {}{like}", lang.pick("không có trường này", "there is no such field")));
        }
        if known.is_empty() && unknown.is_empty() {
            print(lang.pick("mẫu không có trường nào", "the template has no fields"));
        }
        return Ok(Outcome::Complete);
    }
    let heads = [
        ("Trong dòng chữ:", "In a line:"),
        ("Một đoạn riêng:", "In a paragraph of their own:"),
        (
            "Từng loại sinh vật gây hại (dòng bảng hoặc đoạn có trường này được lặp lại):",
            "Of every pest (a table row or paragraph with them is repeated):",
        ),
    ];
    for ((vi, en), group) in heads.into_iter().zip(fields()) {
        print(lang.pick(vi, en));
        for field in group {
            print(&format!("  {:<24}{}", format!("{{{{{}}}}}", field.name.get(lang)), field.says.get(lang)));
        }
    }
    Ok(Outcome::Complete)
}
