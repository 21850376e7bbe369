//! `ruong new`: looks into someone's files and writes a project file that builds.

use super::terminal::tell;
use super::{NewArguments, Outcome, Stopped, inputs, stop};
use crate::run::{Fault, Place, Result};
use crate::values::Lang;
use crate::{message, propose};

pub(super) fn run(arguments: &NewArguments) -> std::result::Result<Outcome, Stopped> {
    let lang = arguments.lang.unwrap_or_default();
    write(arguments, lang).map_err(stop(lang))
}

fn write(arguments: &NewArguments, lang: Lang) -> Result<Outcome> {
    let target = arguments.folder.join("ruong.toml");
    if target.exists() && !arguments.force {
        return Err(Fault::new(
            "exists",
            Place::file(target.display().to_string()),
            message!("tệp đã có, không ghi đè", "the file is there and is not overwritten"),
        )
        .hint(message!("thêm --force để ghi đè", "add --force to overwrite it")));
    }
    let out = inputs::output(&arguments.folder)?;
    let drafted = propose::new(&arguments.folder, &arguments.files, lang, &out)?;
    for fault in &drafted.left_out {
        tell(&format!("  ! {}: {}", fault.place.describe(lang), fault.message.get(lang)));
    }
    for line in &drafted.understood {
        tell(&format!("  {line}"));
    }
    let (path, folder) = (target.display(), arguments.folder.display());
    tell(&match lang {
        Lang::Vi => format!("đã ghi {path}; tiếp theo: ruong build {folder}"),
        Lang::En => format!("{path} written; next: ruong build {folder}"),
    });
    Ok(Outcome::Complete)
}
