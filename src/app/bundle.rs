//! Everything that is to be sent, in one file.

use super::Part;
use crate::message;
use crate::project::BundleKeys;
use crate::publish::Sink;
use crate::publish::archive::zipped;
use crate::publish::files::sha256;
use crate::run::record::{FileMade, Record};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::{Lang, numbers};
use glob::Pattern;

/// Takes the name of a bundle, so that last time's is not taken away for one that this run does not make.
pub(super) fn promise(name: &str, record: &mut Record) {
    let part = Part::Outputs.name().to_owned();
    record.files.insert(name.to_owned(), FileMade { sha256: String::new(), part, private: false });
}

/// Writes a bundle of what there is in the output folder, as the record has it; the answer is a line for people. What holds exact places
/// or names of households is left out and listed.
pub(super) fn write(
    name: &str,
    own: &BundleKeys,
    record: &mut Record,
    sink: &dyn Sink,
    (problems, lang): (&mut Problems, Lang),
) -> Result<String> {
    let made = bundled(name, own, record, sink, problems).and_then(|(bytes, count)| {
        let hash = sha256(&bytes);
        match sink.read(name).is_some_and(|before| before == bytes) {
            true => sink.keep(name, &hash)?,
            false => sink.write(name, &bytes)?,
        }
        Ok((bytes, count, hash))
    });
    let (bytes, count, hash) = match made {
        Ok(made) => made,
        Err(fault) => {
            record.files.remove(name);
            // Last time's bundle is not what this run was asked for.
            if sink.read(name).is_some() {
                sink.remove(name)?;
            }
            return Err(fault);
        }
    };
    if let Some(file) = record.files.get_mut(name) {
        file.sha256 = hash;
    }
    let size = numbers::format(bytes.len() as f64 / 1e6, 1, lang);
    Ok(match lang {
        Lang::Vi => format!("gửi cả bộ: {name} ({count} tệp, {size} MB)"),
        Lang::En => format!("send all of it: {name} ({count} files, {size} MB)"),
    })
}

/// What a bundle holds where the project does not say: what people open, and every picture once.
fn by_default(file: &str, made: &FileMade) -> bool {
    let ending = file.rsplit('.').next().unwrap_or_default();
    let is = |part: Part| made.part == part.name();
    match ending {
        "png" | "gif" => is(Part::Maps) || is(Part::Charts) || is(Part::Outputs),
        "xlsx" => is(Part::Tables) || is(Part::Bulletin) || is(Part::Outputs),
        "pdf" => is(Part::Pages) || is(Part::Handout),
        _ => is(Part::Slides) || is(Part::Bulletin) || is(Part::Outputs) && ending == "docx",
    }
}

/// The bytes of a bundle, and how many files are in it.
fn bundled(name: &str, own: &BundleKeys, record: &Record, sink: &dyn Sink, problems: &mut Problems) -> Result<(Vec<u8>, usize)> {
    let fault = |message| Fault::new("bundle", Place::file(name).column("files"), message);
    let patterns = own.files.iter().flatten().map(|text| match Pattern::new(text) {
        Ok(pattern) => Ok(pattern),
        Err(error) => Err(fault(message!("mẫu \"{text}\" không đọc được", "cannot read the pattern \"{text}\"").because(&error))),
    });
    let patterns: Vec<Pattern> = patterns.collect::<Result<_>>()?;
    let matches = |file: &str, made: &FileMade| match own.files {
        Some(_) => patterns.iter().any(|pattern| pattern.matches(file)),
        None => by_default(file, made),
    };
    // Nor this bundle itself, nor another, nor what the run before said of itself.
    let of_run = |made: &FileMade| made.sha256.is_empty() || made.part == super::build::RUN;
    let files = record.files.iter().filter(|(file, made)| !of_run(made) && matches(file, made));
    let (private, files): (Vec<_>, Vec<_>) = files.partition(|(_, made)| made.private);
    if !private.is_empty() {
        let count = private.len();
        problems.warning(
            "private-not-sent",
            Place::file(name).value(private[0].0.as_str()),
            message!(
                "{count} tệp có vị trí đúng hoặc tên hộ nên không cho vào gói gửi đi",
                "{count} files hold exact places or names of households and are not in the bundle"
            ),
            None,
        );
    }
    for pattern in patterns.iter().filter(|pattern| !files.iter().any(|(file, _)| pattern.matches(file))) {
        let words = message!("không tệp kết quả nào khớp mẫu \"{pattern}\"", "no output matches the pattern \"{pattern}\"");
        problems.warning("nothing-matches", Place::file(name).column("files").value(pattern.as_str()), words, None);
    }
    let mut held: Vec<(&str, Vec<u8>)> = Vec::new();
    for (file, made) in files {
        let Some(bytes) = sink.read(file).filter(|bytes| sha256(bytes) == made.sha256) else {
            let words = message!(
                "tệp đã bị sửa hoặc xóa sau khi làm ra: không cho vào gói",
                "changed or removed since it was made: not in the bundle"
            );
            problems.warning("changed-since", Place::file(name).value(file.as_str()), words, None);
            continue;
        };
        held.push((file, bytes));
    }
    if held.is_empty() {
        return Err(fault(message!("không có tệp nào để cho vào gói", "there is nothing to put into the bundle"))
            .hint(message!("chạy ruong build không có --only", "run ruong build without --only")));
    }
    let bytes = zipped(held.iter().map(|(file, bytes)| (*file, &bytes[..])), name)?;
    Ok((bytes, held.len()))
}
