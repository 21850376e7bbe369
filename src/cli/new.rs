//! `ruong new`: looks into someone's files and writes a project file that builds; beside one that is there it proposes what is new.

use super::frame::Frame;
use super::terminal::tell;
use super::{NewArguments, Outcome, Stopped, inputs, stop};
use crate::propose::{self, Drafted};
use crate::run::Result;
use crate::values::Lang;
use crate::{message, project};

pub(super) fn run(arguments: &NewArguments, frame: Frame) -> std::result::Result<Outcome, Stopped> {
    let lang = frame.lang();
    let there = arguments.folder.join("ruong.toml").exists() && !arguments.force;
    let made = if there { add(arguments, lang) } else { write(arguments, lang) };
    made.map_err(stop(lang))
}

fn write(arguments: &NewArguments, lang: Lang) -> Result<Outcome> {
    let target = arguments.folder.join("ruong.toml");
    let out = inputs::output(&arguments.folder)?;
    let drafted = propose::new(&arguments.folder, &arguments.files, arguments.like.as_deref(), lang, &out)?;
    say(&drafted, lang);
    let (path, folder) = (target.display(), arguments.folder.display());
    tell(&match lang {
        Lang::Vi => format!("đã ghi {path}; tiếp theo: ruong build {folder}"),
        Lang::En => format!("{path} written; next: ruong build {folder}"),
    });
    Ok(Outcome::Complete)
}

/// Proposes what a project that is there does not have yet: on stdout, to be pasted into it.
fn add(arguments: &NewArguments, lang: Lang) -> Result<Outcome> {
    let project = project::open(&arguments.folder)?;
    let (entries, drafted) = propose::proposals(&project, &arguments.files, lang)?;
    say(&drafted, lang);
    entries.iter().for_each(|entry| super::print(entry.trim_end()));
    let count = entries.len();
    let file = &project.file;
    let words = match count {
        0 => message!(
            "{file} đã có, không có bảng nào mới (--force để viết lại)",
            "{file} is there; no table is new (--force writes it again)"
        ),
        _ => message!(
            "{file} đã có và giữ nguyên: {count} bảng mới ở trên, dán thêm vào nếu đúng (--force để viết lại)",
            "{file} is there and stays as it is: {count} new tables above, to be added if they are right (--force writes it again)"
        ),
    };
    tell(words.get(lang));
    Ok(Outcome::Complete)
}

fn say(drafted: &Drafted, lang: Lang) {
    for fault in &drafted.left_out {
        tell(&format!("  ! {}: {}", fault.place.describe(lang), fault.message.get(lang)));
    }
    for line in &drafted.understood {
        tell(&format!("  {line}"));
    }
}
