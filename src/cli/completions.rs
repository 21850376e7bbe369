//! `ruong completions`: what a shell needs to complete commands and options, from the definitions of these.

use super::{Outcome, Stopped, definition, print};
use clap_complete::Shell;

/// Arguments of `ruong completions`.
#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArguments {
    /// bash, zsh, fish, powershell, elvish
    shell: Shell,
}

pub(super) fn run(arguments: &CompletionsArguments) -> Result<Outcome, Stopped> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut definition(), "ruong", &mut text);
    print(String::from_utf8_lossy(&text).trim_end());
    Ok(Outcome::Complete)
}
