//! Reads and checks a project file. Every fault names the key, shows the line and says what would do.

use super::check::check;
use super::{Project, keys};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::text;
use std::path::{Path, PathBuf};

/// Opens a project: a `ruong.toml`, or a folder that holds one.
pub fn open(given: &Path, problems: &mut Problems) -> Result<Project> {
    let path: PathBuf = if given.is_dir() { given.join("ruong.toml") } else { given.to_path_buf() };
    let bytes = std::fs::read(&path).map_err(|error| {
        Fault::io(&path, &error).hint(message!(
            "ruong build THƯ_MỤC cần một tệp ruong.toml; tạo bằng: ruong new THƯ_MỤC TỆP…",
            "ruong build FOLDER needs a ruong.toml; make one with: ruong new FOLDER FILE…"
        ))
    })?;
    let name = path.display().to_string();
    let content = String::from_utf8(bytes).map_err(|_| {
        Fault::new("not-utf8", Place::file(&name), message!("tệp dự án không phải UTF-8", "the project file is not UTF-8"))
    })?;
    let mut project = parse(&content, &name, problems)?;
    project.folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    project.file = name;
    Ok(project)
}

/// Parses the text of a project file. Unknown keys are listed among the problems, each with the nearest known one.
///
/// ```
/// let mut problems = ruong::run::Problems::default();
/// let text = "version = 1\n[communes]\nfile = \"communes.geojson\"\ncode = \"code\"\n";
/// let project = ruong::project::parse(text, "ruong.toml", &mut problems).unwrap();
/// assert_eq!(project.communes.code, "code");
/// ```
pub fn parse(content: &str, file: &str, problems: &mut Problems) -> Result<Project> {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let broken = |error: &toml::de::Error| {
        let reason = error.message().to_owned();
        let span = error.span().unwrap_or(0..0);
        let line = content[..span.start.min(content.len())].matches('\n').count() as u64 + 1;
        let fault = Fault::new(
            "bad-project",
            Place::file(file).row(line),
            message!("không hiểu tệp dự án: {reason}", "cannot understand the project file: {reason}"),
        );
        fault.snippet(content, span)
    };
    let deserializer = toml::Deserializer::parse(content).map_err(|error| broken(&error))?;
    let mut unknown: Vec<String> = Vec::new();
    let parsed: std::result::Result<Project, toml::de::Error> =
        serde_ignored::deserialize(deserializer, |path| unknown.push(path.to_string()));
    for path in &unknown {
        // serde_ignored writes `?` for the inside of an Option.
        let parts: Vec<&str> = path.split('.').filter(|part| *part != "?").collect();
        report_unknown(content, file, &parts, problems);
    }
    let project = parsed.map_err(|error| broken(&error))?;
    check(&project, content, file)?;
    Ok(project)
}

fn report_unknown(content: &str, file: &str, path: &[&str], problems: &mut Problems) {
    let Some((key, parents)) = path.split_last() else { return };
    let line = keys::span_of(content, path).map(|span| content[..span.start].matches('\n').count() as u64 + 1);
    let mut place = Place::file(file).column(path.join(".")).value(key);
    place.row = line;
    let near = text::nearest(key, keys::known_below(parents).iter().copied());
    let hint = near.map(|near| message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?"));
    let dotted = path.join(".");
    problems.warning(
        "unknown-key",
        place,
        message!("không có khóa \"{dotted}\" trong tệp dự án; bỏ qua", "there is no key \"{dotted}\" in a project file; ignored"),
        hint,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "version = 1\n[communes]\nfile = \"c.geojson\"\n";

    #[test]
    fn an_unknown_key_is_listed_with_the_nearest_known_one() {
        let mut problems = Problems::default();
        let text = format!("{SMALL}nmae = \"ten\"\n[[maps]]\nid = \"a\"\nmeasure = \"area_ha\"\ntitel = \"b\"\n");
        parse(&text, "ruong.toml", &mut problems).expect("it parses");
        let found: Vec<(String, Option<String>)> =
            problems.list().iter().map(|p| (p.place.column.clone(), p.hint.clone().map(|hint| hint.en))).collect();
        assert_eq!(
            found,
            [
                ("communes.nmae".to_owned(), Some("did you mean \"name\"?".to_owned())),
                ("maps.0.titel".to_owned(), Some("did you mean \"title\"?".to_owned())),
            ]
        );
        assert_eq!(problems.list()[1].place.row, Some(8));
    }

    #[test]
    fn impossible_settings_are_refused() {
        for (text, word) in [
            ("version = 2\n[communes]\nfile = \"c\"\n".to_owned(), "version"),
            (format!("period = {{ from = 2024-04-05, to = 2024-04-01 }}\n{SMALL}"), "period"),
            (format!("{SMALL}[scales.s]\nbreaks = [2, 1]\n"), "scales.s.breaks"),
            (format!("{SMALL}[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t\"\nkey = {{}}\n"), "tables.0.key"),
        ] {
            let fault = parse(&text, "ruong.toml", &mut Problems::default()).expect_err(word);
            assert_eq!(fault.place.column, word);
        }
    }
}
