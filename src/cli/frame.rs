//! What every command has: the language, threads, and quiet.

use crate::project::Project;
use crate::values::Lang;
use std::ffi::{OsStr, OsString};

/// Arguments of every command.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(super) struct Frame {
    /// Ngôn ngữ; không ghi thì theo RUONG_LANG, rồi tiếng Việt (language; RUONG_LANG without it, then Vietnamese)
    #[arg(long, global = true, display_order = 900)]
    lang: Option<Lang>,
    /// Số luồng (threads)
    #[arg(long, global = true, display_order = 900)]
    pub(super) jobs: Option<usize>,
    /// Không in tiến độ (no progress)
    #[arg(long, global = true, display_order = 900)]
    pub(super) quiet: bool,
}

impl Frame {
    /// The language of a command without a project.
    pub(super) fn lang(self) -> Lang {
        self.lang.or_else(of_variable).unwrap_or_default()
    }

    /// The language of a project's results and of what is said of them.
    pub(super) fn of(self, project: &Project) -> Lang {
        self.lang.unwrap_or(project.language)
    }

    /// The language asked for in as many words.
    pub(super) fn asked(self) -> Option<Lang> {
        self.lang
    }
}

/// The language of help and of complaints about arguments, before these are understood: `--lang`, RUONG_LANG, the locale.
pub(super) fn of_words(arguments: &[OsString]) -> Lang {
    let named = |word: &OsStr| word.to_str().and_then(by_name);
    let option = arguments.iter().enumerate().find_map(|(at, argument)| match argument.to_str()?.strip_prefix("--lang")? {
        "" => named(arguments.get(at + 1)?),
        value => by_name(value.strip_prefix('=')?),
    });
    option.or_else(of_variable).or_else(of_locale).unwrap_or_default()
}

fn by_name(name: &str) -> Option<Lang> {
    match name {
        "vi" => Some(Lang::Vi),
        "en" => Some(Lang::En),
        _ => None,
    }
}

fn of_variable() -> Option<Lang> {
    std::env::var("RUONG_LANG").ok().as_deref().and_then(by_name)
}

fn of_locale() -> Option<Lang> {
    let set =
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| std::env::var(name).ok().filter(|set| !set.is_empty()))?;
    by_name(set.split(['_', '.', '@']).next()?)
}
