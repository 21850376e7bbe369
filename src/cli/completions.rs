//! `ruong completions`: what a shell needs to complete commands and options, and the manual, from the definitions of these.

use super::frame::Frame;
use super::{Outcome, Stopped, definition, print};
use crate::values::Lang;
use clap_complete::Shell;
use clap_mangen::Man;

/// Arguments of `ruong completions`.
#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArguments {
    /// Loại shell, hoặc man: trang hướng dẫn cho lệnh man (kind of shell, or man: pages for the command man)
    #[arg(value_enum)]
    shell: Reader,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Reader {
    Bash,
    Elvish,
    Fish,
    Man,
    Powershell,
    Zsh,
}

pub(super) fn run(arguments: &CompletionsArguments, frame: Frame) -> Result<Outcome, Stopped> {
    let shell = match arguments.shell {
        Reader::Bash => Shell::Bash,
        Reader::Elvish => Shell::Elvish,
        Reader::Fish => Shell::Fish,
        Reader::Powershell => Shell::PowerShell,
        Reader::Zsh => Shell::Zsh,
        Reader::Man => {
            // The headings of a manual are English, so the rest is.
            let mut text = Vec::new();
            pages(definition(Lang::En), "", &mut text);
            print(String::from_utf8_lossy(&text).trim_end());
            return Ok(Outcome::Complete);
        }
    };
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut definition(frame.lang()), "ruong", &mut text);
    print(String::from_utf8_lossy(&text).trim_end());
    Ok(Outcome::Complete)
}

/// The page of a command and of all below it, one after the other.
fn pages(command: clap::Command, above: &str, text: &mut Vec<u8>) {
    let name = format!("{above}{}", command.get_name());
    let below: Vec<clap::Command> = command.get_subcommands().cloned().collect();
    // Writing into memory does not fail.
    let _ = Man::new(command.display_name(name.clone())).render(text);
    below.into_iter().for_each(|one| pages(one, &format!("{name}-"), text));
}
