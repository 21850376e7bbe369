//! docs/cli.md from the definitions of the command line.

use clap::{Arg, Command};
use std::fmt::Write;

/// The whole document.
pub fn document(command: &mut Command) -> String {
    command.build();
    let mut text = String::from(
        "# Các lệnh · commands\n\nWritten by `cargo run --example make_cli` from the definitions; each option is said in Vietnamese, then in English.\n",
    );
    section(command, "ruong", &mut text);
    text
}

fn section(command: &Command, path: &str, text: &mut String) {
    let _ = writeln!(text, "\n## {path}\n");
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    if !about.is_empty() {
        let _ = writeln!(text, "{}\n", escaped(&about));
    }
    let own: Vec<&Arg> =
        command.get_arguments().filter(|one| !one.is_hide_set() && one.get_id() != "help" && one.get_id() != "version").collect();
    if !own.is_empty() {
        let _ = writeln!(text, "| | |\n|---|---|");
        for one in own {
            let _ = writeln!(text, "| {} | {} |", name(one), escaped(&meaning(one)));
        }
    }
    for below in command.get_subcommands().filter(|one| one.get_name() != "help") {
        section(below, &format!("{path} {}", below.get_name()), text);
    }
}

fn name(one: &Arg) -> String {
    let values = one.get_value_names().unwrap_or_default();
    let value = if one.get_action().takes_values() {
        format!(" {}", values.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(" "))
    } else {
        String::new()
    };
    let shown = match one.get_long() {
        Some(long) => format!("--{long}{value}"),
        None => value.trim().to_owned(),
    };
    let needed = if one.is_required_set() { " *" } else { "" };
    format!("`{shown}`{needed}")
}

fn meaning(one: &Arg) -> String {
    let mut words = one.get_help().map(ToString::to_string).unwrap_or_default();
    let possible: Vec<String> =
        one.get_possible_values().iter().filter(|value| !value.is_hide_set()).map(|value| value.get_name().to_owned()).collect();
    if !possible.is_empty() && one.get_action().takes_values() {
        let _ = write!(words, " [{}]", possible.join(", "));
    }
    let default: Vec<String> = one.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if !default.is_empty() && one.get_action().takes_values() {
        let _ = write!(words, " ({})", default.join(", "));
    }
    words
}

fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;").replace('\n', " ")
}
