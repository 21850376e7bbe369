//! The documents of the command line from its definitions, one in each language.

use clap::{Arg, Command};
use ruong::values::Lang;
use std::fmt::Write;

/// Where each language has its document, below the project.
pub const PAGES: [(Lang, &str); 2] = [(Lang::En, "docs/cli.md"), (Lang::Vi, "docs/vi/cac-lenh.md")];

/// The whole document in one language.
pub fn document(lang: Lang) -> String {
    let mut command = ruong::cli::definition(lang);
    command.build();
    let title = lang.pick("Các lệnh", "Commands");
    let note = lang.pick(
        "Trang này do `cargo run --example make_cli` viết từ định nghĩa của chương trình; * là bắt buộc.",
        "Written by `cargo run --example make_cli` from the definitions of the program; * is needed.",
    );
    let mut text = format!("# {title}\n\n{note}\n");
    section(&command, "ruong", &mut text);
    text
}

fn section(command: &Command, path: &str, text: &mut String) {
    let _ = writeln!(text, "\n## {path}\n");
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    if !about.is_empty() {
        let _ = writeln!(text, "{}\n", escaped(&about));
    }
    let frame = ["help", "version"];
    // What every command has is said once.
    let global = |one: &Arg| one.is_global_set() && path != "ruong";
    let own: Vec<&Arg> = command
        .get_arguments()
        .filter(|one| !one.is_hide_set() && !frame.contains(&one.get_id().as_str()) && !global(one))
        .collect();
    if !own.is_empty() {
        let _ = writeln!(text, "| | |\n|---|---|");
        for one in own {
            let _ =
                writeln!(text, "| {} | {} |", name(one), escaped(&one.get_help().map(ToString::to_string).unwrap_or_default()));
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

fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;").replace('\n', " ")
}
