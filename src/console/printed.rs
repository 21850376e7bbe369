//! Results on stdout, and what to say where they could not be printed.

use crate::values::Lang;
use std::process::ExitCode;

/// Why a result could not be printed, if it could not.
static UNPRINTED: std::sync::OnceLock<String> = std::sync::OnceLock::new();

/// Prints a result on stdout. A reader that has gone away is no reason to stop; a full disk is one to say so at the end.
pub fn print(line: &str) {
    use std::io::{IsTerminal, Write};
    let mut out = std::io::stdout().lock();
    let line = if out.is_terminal() { crate::values::foreign::visible(line) } else { line.into() };
    let printed = writeln!(out, "{line}").and_then(|()| out.flush());
    not_printed(printed);
}

/// Notes why something could not be printed.
pub fn not_printed(printed: std::io::Result<()>) {
    if let Err(error) = printed.as_ref()
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        let _ = UNPRINTED.set(error.to_string());
    }
}

/// The exit code, once everything is printed that could be.
pub fn code(code: u8, lang: Lang) -> ExitCode {
    let Some(error) = UNPRINTED.get() else { return ExitCode::from(code) };
    super::terminal::tell(&match lang {
        Lang::Vi => format!("không in được kết quả: {error}"),
        Lang::En => format!("the result could not be printed: {error}"),
    });
    ExitCode::from(2)
}
