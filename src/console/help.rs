//! Help in one language. The definitions say everything twice, `tiếng Việt (English)`; a reader sees one of the two, and none of the
//! words that the parser brings along.

use crate::values::Lang;
use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command};
use std::ffi::OsString;
use std::fmt::Write;

/// The two wordings of a help text: what stands before the last brackets, and what stands in them.
pub fn wordings(text: &str) -> (&str, &str) {
    let text = text.trim();
    let mut depth = 0;
    let opening = text.char_indices().rev().find(|(_, letter)| {
        depth += match letter {
            ')' => 1,
            '(' => -1,
            _ => 0,
        };
        depth == 0
    });
    match opening {
        Some((at, '(')) if text.ends_with(')') => (text[..at].trim(), text[at + 1..text.len() - 1].trim()),
        _ => (text, text),
    }
}

fn worded(text: &StyledStr, lang: Lang) -> String {
    let text = text.to_string();
    let (vi, en) = wordings(&text);
    lang.pick(vi, en).to_owned()
}

/// Whether a text is said in both languages; names of values are ids, and few need words.
fn twice(text: &StyledStr) -> bool {
    let text = text.to_string();
    let (vi, en) = wordings(&text);
    vi != en
}

/// What every command has stands after what is its own; help is the last of all.
const LAST: usize = 1000;

/// A command and all below it, in one language.
pub fn in_language(command: Command, lang: Lang) -> Command {
    localised(command, "", lang)
}

fn localised(mut command: Command, above: &str, lang: Lang) -> Command {
    let path = format!("{above}{}", command.get_name());
    if let Some(about) = command.get_about() {
        let about = worded(about, lang);
        command = command.about(about).long_about(None::<&str>);
    }
    let (positional, option) = (lang.pick("Tham số", "Arguments"), lang.pick("Tùy chọn", "Options"));
    command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .subcommand_help_heading(lang.pick("Lệnh", "Commands"))
        .subcommand_value_name(lang.pick("LỆNH", "COMMAND"))
        .mut_args(|argument| {
            let help = meaning(&argument, lang);
            let heading = if argument.is_positional() { positional } else { option };
            argument.help(help).long_help(None::<&str>).help_heading(heading).hide_default_value(true).hide_possible_values(true)
        })
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::HelpShort)
                .help(lang.pick("In phần giúp này", "Prints this help"))
                .display_order(LAST)
                .help_heading(option),
        );
    if above.is_empty() {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command =
            command.arg(version.help(lang.pick("In phiên bản", "Prints the version")).display_order(LAST).help_heading(option));
    }
    let usage = usage(&command, &path, lang);
    let heading = lang.pick("Cách dùng", "Usage");
    command =
        command.help_template(format!("{{about-with-newline}}\n{heading}: {{usage}}\n\n{{all-args}}")).override_usage(usage);
    let below = format!("{path} ");
    command.mut_subcommands(|one| localised(one, &below, lang))
}

/// What an argument is, which values it may have, and which it has if it is not given.
fn meaning(argument: &Arg, lang: Lang) -> String {
    let mut words = argument.get_help().map(|help| worded(help, lang)).unwrap_or_default();
    if !argument.get_action().takes_values() {
        return words;
    }
    let possible: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| match value.get_help() {
            Some(help) if twice(help) => format!("{} ({})", value.get_name(), worded(help, lang)),
            _ => value.get_name().to_owned(),
        })
        .collect();
    if !possible.is_empty() {
        let _ = write!(words, " [{}: {}]", lang.pick("một trong", "one of"), possible.join(", "));
    }
    let default: Vec<String> = argument
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy().into_owned())
        .filter(|value| !value.is_empty())
        .collect();
    if !default.is_empty() {
        let _ = write!(words, " [{}: {}]", lang.pick("mặc định", "default"), default.join(", "));
    }
    words
}

/// `ruong zonal [TÙY CHỌN] --raster RASTER...`
fn usage(command: &Command, path: &str, lang: Lang) -> String {
    let mut words = format!("{path} [{}]", lang.pick("TÙY CHỌN", "OPTIONS"));
    let needed = command.get_arguments().filter(|argument| argument.is_required_set() || argument.is_positional());
    for argument in needed {
        let _ = write!(words, " {}", named(argument));
    }
    if command.has_subcommands() {
        let _ = write!(words, " <{}>", lang.pick("LỆNH", "COMMAND"));
    }
    words
}

fn named(argument: &Arg) -> String {
    let value = argument.get_value_names().and_then(|names| names.first()).map_or_else(String::new, ToString::to_string);
    let several =
        argument.get_num_args().is_some_and(|count| count.max_values() > 1) || matches!(argument.get_action(), ArgAction::Append);
    let more = if several { "..." } else { "" };
    match argument.get_long() {
        Some(long) => format!("--{long} {value}{more}"),
        None if argument.is_required_set() => format!("{value}{more}"),
        None => format!("[{value}]{more}"),
    }
}

/// The command that arguments name, with its words from the program's name on.
pub fn named_by<'a>(command: &'a Command, arguments: &[OsString]) -> (&'a Command, String) {
    let (mut at, mut path) = (command, command.get_name().to_owned());
    for word in arguments.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(below) = at.find_subcommand(word) {
            at = below;
            path = format!("{path} {word}");
        }
    }
    (at, path)
}

/// Options given by a name they had before, with the one they have now.
pub fn old_spellings(command: &Command, arguments: &[OsString]) -> Vec<(String, String)> {
    let (command, _) = named_by(command, arguments);
    let given = arguments.iter().filter_map(|word| word.to_str()).take_while(|word| *word != "--");
    let names = given.filter_map(|word| word.strip_prefix("--")).map(|word| word.split('=').next().unwrap_or(word));
    names
        .filter_map(|name| {
            let argument = command.get_arguments().find(|one| one.get_all_aliases().unwrap_or_default().contains(&name))?;
            Some((format!("--{name}"), format!("--{}", argument.get_long()?)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_wordings_are_told_apart() {
        assert_eq!(wordings("Lớp (layer)"), ("Lớp", "layer"));
        assert_eq!(wordings("Cách (km) (distance (km))"), ("Cách (km)", "distance (km)"));
        assert_eq!(wordings("Lớp (a) sau"), ("Lớp (a) sau", "Lớp (a) sau"));
    }

    /// Every command, option and value says what it is in both languages, each in letters of its own.
    #[test]
    fn every_help_is_said_twice() {
        fn foreign(text: &str) -> bool {
            text.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii() && !"éèüö°µ".contains(letter))
        }
        fn look(command: &Command, path: &str, faults: &mut Vec<String>) {
            let of_command = command.get_about().map(|about| (path.to_owned(), about.to_string()));
            let of_arguments =
                command.get_arguments().filter(|one| !["help", "version"].contains(&one.get_id().as_str())).flat_map(|one| {
                    let own = (format!("{path} {}", one.get_id()), one.get_help().map(ToString::to_string).unwrap_or_default());
                    let values = one.get_possible_values();
                    let of_values: Vec<(String, String)> = values
                        .iter()
                        .filter(|value| value.get_help().is_some_and(twice))
                        .filter_map(|value| {
                            Some((format!("{path} {} {}", one.get_id(), value.get_name()), value.get_help()?.to_string()))
                        })
                        .collect();
                    std::iter::once(own).chain(of_values).collect::<Vec<_>>()
                });
            for (what, text) in of_command.into_iter().chain(of_arguments) {
                let (vi, en) = wordings(&text);
                if vi == en || vi.is_empty() || !foreign(vi) || foreign(en) {
                    faults.push(format!("{what}: {text}"));
                }
            }
            command.get_subcommands().for_each(|below| look(below, &format!("{path} {}", below.get_name()), faults));
        }
        let mut faults = Vec::new();
        look(&crate::cli::bilingual(), "ruong", &mut faults);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
