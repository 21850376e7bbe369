//! What is wrong with arguments, in both languages, in place of the parser's own words.

use super::help::named_by;
use crate::message;
use crate::run::{Fault, Place};
use crate::values::text::nearest;
use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use std::ffi::OsString;

/// A complaint of the parser as a fault.
pub fn fault(error: &Error, command: &Command, arguments: &[OsString]) -> Fault {
    let (_, path) = named_by(command, arguments);
    let one = |kind| text(error.get(kind)).unwrap_or_default();
    let (argument, value) = (one(ContextKind::InvalidArg), one(ContextKind::InvalidValue));
    let place = |value: String| match argument.starts_with("--") {
        true => Place::default().column(option(&argument)).value(value),
        false => Place::default().value(if value.is_empty() { argument.clone() } else { value }),
    };
    let fault = |place, message| Fault::new("usage", place, message);
    let see = message!("xem {path} --help", "see {path} --help");
    match error.kind() {
        ErrorKind::InvalidValue => {
            let known = list(error.get(ContextKind::ValidValue));
            let all = known.join(", ");
            let found = match (value.is_empty(), known.is_empty()) {
                (true, true) => fault(place(value.clone()), message!("thiếu giá trị", "a value is missing")),
                (true, false) => {
                    fault(place(value.clone()), message!("thiếu giá trị; một trong: {all}", "a value is missing; one of: {all}"))
                }
                (false, _) => fault(
                    place(value.clone()),
                    message!(
                        "không nhận giá trị {value}; phải là một trong: {all}",
                        "{value} is not accepted; it must be one of: {all}"
                    ),
                ),
            };
            near(found, &value, &known, see)
        }
        ErrorKind::UnknownArgument => {
            let (command, _) = named_by(command, arguments);
            let known: Vec<String> = command.get_arguments().filter_map(|one| Some(format!("--{}", one.get_long()?))).collect();
            let found = fault(place(String::new()), message!("{path} không có tùy chọn này", "{path} has no such option"));
            if argument.starts_with('-') {
                near(found, &argument, &known, see)
            } else {
                Fault { message: message!("thừa phần này", "this is one item too many"), ..found }.hint(see)
            }
        }
        ErrorKind::InvalidSubcommand => {
            let (command, _) = named_by(command, arguments);
            let name = one(ContextKind::InvalidSubcommand);
            let known: Vec<String> = command.get_subcommands().map(|one| one.get_name().to_owned()).collect();
            let all = known.join(", ");
            let found = Place::default().value(name.clone());
            near(
                fault(found, message!("{path} không có lệnh này; có: {all}", "{path} has no such command; there are: {all}")),
                &name,
                &known,
                see,
            )
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = list(error.get(ContextKind::InvalidArg)).iter().map(|one| option(one)).collect::<Vec<_>>().join(", ");
            fault(Place::default(), message!("{path} còn thiếu: {missing}", "{path} needs: {missing}")).hint(see)
        }
        ErrorKind::ArgumentConflict => {
            let others = list(error.get(ContextKind::PriorArg)).iter().map(|one| option(one)).collect::<Vec<_>>();
            let message = if others.contains(&option(&argument)) || others.is_empty() {
                message!("chỉ được ghi một lần", "may be given only once")
            } else {
                let others = others.join(", ");
                message!("không dùng cùng với {others}", "cannot stand with {others}")
            };
            fault(place(String::new()), message).hint(see)
        }
        ErrorKind::ValueValidation => {
            let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            fault(place(value), expected(&said)).hint(see)
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            fault(place(value), message!("số giá trị không đúng", "takes another number of values")).hint(see)
        }
        ErrorKind::InvalidUtf8 => fault(
            Place::default(),
            message!("một phần của câu lệnh không phải chữ UTF-8", "part of the command line is not UTF-8 text"),
        )
        .hint(see),
        _ => fault(Place::default(), message!("không hiểu câu lệnh này", "this command line is not understood")).hint(see),
    }
}

fn near(fault: Fault, wanted: &str, known: &[String], see: crate::values::Message) -> Fault {
    match nearest(wanted, known.iter().map(String::as_str)) {
        Some(near) => fault.hint(message!("có phải là {near}?", "is it {near}?")),
        None => fault.hint(see),
    }
}

/// What a value must be, from what the parser of values says of it.
fn expected(said: &str) -> crate::values::Message {
    if let Some((_, bounds)) = said.split_once(" is not in ") {
        let (least, most) = bounds.split_once("..").unwrap_or((bounds, ""));
        let most = most.trim_start_matches('=');
        return match most {
            "" => message!("phải từ {least} trở lên", "must be {least} or more"),
            _ => message!("phải từ {least} đến {most}", "must be from {least} to {most}"),
        };
    }
    let of_number = ["invalid digit", "invalid float", "cannot parse", "number too", "empty string"];
    if of_number.iter().any(|words| said.contains(words)) {
        return message!("phải là một con số", "must be a number");
    }
    message!("phải là: {said}", "must be: {said}")
}

fn text(value: Option<&ContextValue>) -> Option<String> {
    match value? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => texts.first().cloned(),
        other => Some(other.to_string()),
    }
}

fn list(value: Option<&ContextValue>) -> Vec<String> {
    match value {
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::String(text)) => vec![text.clone()],
        _ => Vec::new(),
    }
}

/// `--out <OUT>` without its value.
fn option(argument: &str) -> String {
    argument.split([' ', '=']).next().unwrap_or(argument).trim_matches(['<', '>', '.', '[', ']']).to_owned()
}
