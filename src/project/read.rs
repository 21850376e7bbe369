//! Reads and checks a project file. Every fault names the key, shows the line and says what would do.

use super::check::check;
use super::kinds::{Entry, Kinds};
use super::{AnalysisConfig, ChartConfig, MapConfig, OutputConfig, Project, TableConfig, keys, secret};
use crate::message;
use crate::run::{Fault, Place, Result, opening};
use crate::values::{Message, because, text};
use serde::de::{Deserialize, Deserializer, IntoDeserializer};
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Opens a project: a `ruong.toml`, or a folder that holds one.
pub fn open(given: &Path) -> Result<Project> {
    let path: PathBuf = if given.is_dir() { given.join("ruong.toml") } else { given.to_path_buf() };
    let bytes = opening::read(&path).map_err(|fault| match fault.code {
        "missing-file" => fault.hint(message!(
            "ruong build THƯ_MỤC cần một tệp ruong.toml; tạo bằng: ruong new THƯ_MỤC TỆP…",
            "ruong build FOLDER needs a ruong.toml; make one with: ruong new FOLDER FILE…"
        )),
        _ => fault,
    })?;
    let name = path.display().to_string();
    let content = String::from_utf8(bytes).map_err(|_| {
        Fault::new("not-utf8", Place::file(&name), message!("tệp dự án không phải UTF-8", "the project file is not UTF-8"))
    })?;
    let mut project = parse(&content, &name)?;
    project.folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    project.file = name;
    project.seed = secret::read(&project.folder)?;
    Ok(project)
}

/// Parses the text of a project file. A key that is not known, or is one of another kind, is an error with its place and the nearest
/// known one.
///
/// ```
/// let text = "version = 1\n[communes]\nfile = \"communes.geojson\"\ncode = \"code\"\n";
/// let project = ruong::project::parse(text, "ruong.toml").unwrap();
/// assert_eq!(project.communes.code.as_deref(), Some("code"));
/// ```
pub fn parse(content: &str, file: &str) -> Result<Project> {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let mut reader = Reader { content, file, wrong: Vec::new() };
    let mut root = DeTable::parse(content).map_err(|error| reader.broken(&error))?;
    let tables = reader.entries::<TableConfig>(&mut root)?;
    let maps = reader.entries::<MapConfig>(&mut root)?;
    let charts = reader.entries::<ChartConfig>(&mut root)?;
    let analyses = reader.entries::<AnalysisConfig>(&mut root)?;
    let outputs = reader.entries::<OutputConfig>(&mut root)?;
    let mut project: Project = reader.read(root.into_deserializer(), &[])?;
    project.tables = tables.unwrap_or_default();
    (project.maps, project.charts) = (maps, charts);
    (project.analyses, project.outputs) = (analyses.unwrap_or_default(), outputs.unwrap_or_default());
    reader.finish()?;
    check(&project, content, file)?;
    Ok(project)
}

/// A key that has no place where it stands.
struct Wrong {
    path: Vec<String>,
    message: Message,
    hint: Option<Message>,
}

/// Reads parts of a project file and remembers what is wrong with their keys.
struct Reader<'a> {
    content: &'a str,
    file: &'a str,
    wrong: Vec<Wrong>,
}

impl<'a> Reader<'a> {
    /// The entries of a part that comes in kinds; `None` if the file does not have the part.
    fn entries<T: Entry>(&mut self, root: &mut Spanned<DeTable<'a>>) -> Result<Option<Vec<T>>> {
        let Some(part) = root.get_mut().remove(T::PART) else { return Ok(None) };
        let DeValue::Array(list) = part.into_inner() else {
            let part = T::PART;
            let message = message!("\"{part}\" là một danh sách: viết [[{part}]]", "\"{part}\" is a list: write [[{part}]]");
            return Err(self.fault(&[part.to_owned()], message));
        };
        list.into_iter().enumerate().map(|(at, entry)| self.entry(at, entry)).collect::<Result<_>>().map(Some)
    }

    fn entry<T: Entry>(&mut self, at: usize, entry: Spanned<DeValue<'a>>) -> Result<T> {
        let path = [T::PART.to_owned(), at.to_string()];
        let span = entry.span();
        let DeValue::Table(mut table) = entry.into_inner() else {
            let part = T::PART;
            return Err(self.fault(
                &path,
                message!(
                    "viết [[{part}]], rồi các mục của nó ở những dòng dưới",
                    "write [[{part}]] and then its keys on the lines below"
                ),
            ));
        };
        let kind = match table.remove("kind").map(Spanned::into_inner) {
            Some(DeValue::String(kind)) => kind.into_owned(),
            None if T::DEFAULT.is_some() => T::DEFAULT.unwrap_or_default().to_owned(),
            found => {
                let known = T::Kind::NAMES.join(", ");
                let at = if found.is_some() { [&path[..], &["kind".to_owned()]].concat() } else { path.to_vec() };
                return Err(self.fault(&at, message!("thiếu kind; có: {known}", "kind is missing; there are: {known}")));
            }
        };
        if !T::Kind::NAMES.contains(&kind.as_str()) {
            let known = T::Kind::NAMES.join(", ");
            let fault = self.fault(
                &[&path[..], &["kind".to_owned()]].concat(),
                message!("không có kind = \"{kind}\"; có: {known}", "there is no kind = \"{kind}\"; there are: {known}"),
            );
            return Err(match text::nearest(&kind, T::Kind::NAMES.iter().copied()) {
                Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
                None => fault,
            });
        }
        let (common, own) = (keys::names::<T>(), T::Kind::own_keys(&kind));
        let (mut of_all, mut of_kind) = (DeTable::new(), DeTable::new());
        for (key, value) in table {
            let name = key.get_ref().to_string();
            if own.contains(&name.as_str()) {
                of_kind.insert(key, value);
            } else if common.contains(&name.as_str()) && !T::Kind::unused_keys(&kind).contains(&name.as_str()) {
                of_all.insert(key, value);
            } else {
                self.misplaced::<T>(&path, &name, &kind);
            }
        }
        let entry: T = self.read(Spanned::new(span.clone(), of_all).into_deserializer(), &path)?;
        let read = T::Kind::read(&kind, Spanned::new(span, of_kind).into_deserializer());
        Ok(entry.with_kind(read.map_err(|error| self.broken(&error))?))
    }

    /// A key that its kind does not have: one of other kinds, or of none.
    fn misplaced<T: Entry>(&mut self, path: &[String; 2], key: &str, kind: &str) {
        let (common, own) = (keys::names::<T>(), T::Kind::own_keys(kind));
        let takes = |other: &&&str| {
            T::Kind::own_keys(other).contains(&key) || common.contains(&key) && !T::Kind::unused_keys(other).contains(&key)
        };
        let others: Vec<&str> = T::Kind::NAMES.iter().filter(takes).copied().collect();
        let whole = [&path[..], &[key.to_owned()]].concat();
        if others.is_empty() {
            let unused = T::Kind::unused_keys(kind);
            let known = common.iter().filter(|key| !unused.contains(*key)).chain(own).copied().chain(["kind"]);
            return self.unknown(whole, known);
        }
        let list = others.join(", ");
        let message = message!(
            "kind = \"{kind}\" không dùng mục \"{key}\"; mục này là của: {list}",
            "kind = \"{kind}\" does not use the key \"{key}\"; it belongs to: {list}"
        );
        self.wrong.push(Wrong { path: whole, message, hint: None });
    }

    fn unknown<'k>(&mut self, path: Vec<String>, known: impl Iterator<Item = &'k str>) {
        let dotted = path.join(".");
        let key = path.last().map_or("", String::as_str);
        let hint = text::nearest(key, known).map(|near| message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?"));
        let message = message!("tệp dự án không có mục nào tên \"{dotted}\"", "there is no key \"{dotted}\" in a project file");
        self.wrong.push(Wrong { path, message, hint });
    }

    /// Reads a part; keys within it that nothing reads are wrong.
    fn read<'de, T: Deserialize<'de>, D: Deserializer<'de, Error = toml::de::Error>>(
        &mut self,
        part: D,
        above: &[String],
    ) -> Result<T> {
        let mut ignored: Vec<String> = Vec::new();
        let read = serde_ignored::deserialize(part, |path| ignored.push(path.to_string()));
        for path in ignored {
            // serde_ignored writes `?` for the inside of an Option.
            let below = path.split('.').filter(|part| *part != "?").map(str::to_owned);
            let whole: Vec<String> = above.iter().cloned().chain(below).collect();
            let parents: Vec<&str> = whole[..whole.len() - 1].iter().map(String::as_str).collect();
            self.unknown(whole.clone(), keys::known_below(&parents).iter().copied());
        }
        read.map_err(|error| self.broken(&error))
    }

    /// The first wrong key as a fault that names the others.
    fn finish(self) -> Result<()> {
        let place = |path: &[String]| {
            let parts: Vec<&str> = path.iter().map(String::as_str).collect();
            keys::span_of(self.content, &parts).map_or(usize::MAX, |span| span.start)
        };
        let mut wrong: Vec<&Wrong> = self.wrong.iter().collect();
        wrong.sort_by_key(|wrong| place(&wrong.path));
        let Some((first, others)) = wrong.split_first() else { return Ok(()) };
        let mut message = first.message.clone();
        if !others.is_empty() {
            let list = others.iter().map(|wrong| wrong.path.join(".")).collect::<Vec<_>>().join(", ");
            message.vi = format!("{}; còn nữa: {list}", message.vi);
            message.en = format!("{}; and also: {list}", message.en);
        }
        let mut fault = self.fault(&first.path, message);
        (fault.code, fault.hint) = ("unknown-key", first.hint.clone());
        Err(fault)
    }

    fn fault(&self, path: &[String], message: Message) -> Fault {
        let parts: Vec<&str> = path.iter().map(String::as_str).collect();
        let span = keys::span_of(self.content, &parts);
        let mut place = Place::file(self.file).column(path.join("."));
        place.row = span.as_ref().map(|span| self.line(span.start));
        let fault = Fault::new("bad-project", place, message);
        match span {
            Some(span) => fault.snippet(self.content, span),
            None => fault,
        }
    }

    fn broken(&self, error: &toml::de::Error) -> Fault {
        let reason = error.message();
        let span = error.span().unwrap_or(0..0);
        let place = Place::file(self.file).row(self.line(span.start));
        let message = message!("không hiểu tệp dự án", "cannot understand the project file").because(&reason);
        let fault = Fault::new("bad-project", place, message).snippet(self.content, span);
        match because::meant(reason) {
            Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
            None => fault,
        }
    }

    fn line(&self, at: usize) -> u64 {
        self.content[..at.min(self.content.len())].matches('\n').count() as u64 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "version = 1\n[communes]\nfile = \"c.geojson\"\n";

    #[test]
    fn an_unknown_key_is_an_error_with_its_place_and_the_nearest_known_one() {
        let text = format!("{SMALL}nmae = \"ten\"\n[[maps]]\nid = \"a\"\nmeasure = \"area_ha\"\ntitel = \"b\"\n");
        let fault = parse(&text, "ruong.toml").expect_err("two slips");
        assert_eq!((fault.place.column.as_str(), fault.place.row), ("communes.nmae", Some(4)));
        assert_eq!(fault.hint.map(|hint| hint.en).as_deref(), Some("did you mean \"name\"?"));
        assert!(fault.message.en.ends_with("and also: maps.0.titel"), "{}", fault.message.en);
        let text = format!("{SMALL}[[maps]]\nid = \"a\"\npage = {{ size = \"a4\", hight = 3 }}\n");
        let fault = parse(&text, "ruong.toml").expect_err("a slip within");
        assert_eq!((fault.place.column.as_str(), fault.place.row), ("maps.0.page.hight", Some(6)));
        assert_eq!(fault.hint.map(|hint| hint.en).as_deref(), Some("did you mean \"height\"?"));
    }

    #[test]
    fn a_key_of_another_kind_is_an_error_that_names_the_kinds() {
        for (lines, column, kinds) in [
            ("[[maps]]\nid = \"a\"\nradius_km = [3]\n", "maps.0.radius_km", "animation, zones"),
            ("[[maps]]\nid = \"a\"\nkind = \"zones\"\nscale = \"s\"\n", "maps.0.scale", "choropleth"),
            ("[[charts]]\nid = \"a\"\nthreshold = 3\n", "charts.0.threshold", "time-series"),
            ("[[tables]]\nid = \"a\"\nkind = \"herds\"\nfile = \"f\"\nmodel = \"weekly\"\n", "tables.0.model", "forecast"),
            ("[[analyses]]\nid = \"a\"\nkind = \"moran\"\nelliptic = true\n", "analyses.0.elliptic", "scan"),
            ("[[outputs]]\nid = \"a\"\nkind = \"sensors\"\nradius_km = [3]\n", "outputs.0.radius_km", "zones"),
        ] {
            let fault = parse(&format!("{SMALL}{lines}"), "ruong.toml").expect_err(column);
            assert_eq!(fault.place.column, column);
            assert!(fault.message.en.contains(&format!("it belongs to: {kinds}")), "{}", fault.message.en);
        }
        let fault = parse(&format!("{SMALL}[[maps]]\nid = \"a\"\nkind = \"choroplet\"\n"), "ruong.toml").expect_err("a kind");
        assert_eq!(fault.hint.map(|hint| hint.en).as_deref(), Some("did you mean \"choropleth\"?"));
        let fault = parse(&format!("{SMALL}[[tables]]\nid = \"a\"\nfile = \"f\"\n"), "ruong.toml").expect_err("no kind");
        assert!(fault.message.en.contains("kind is missing; there are: pest-forecast"), "{}", fault.message.en);
    }

    #[test]
    fn a_wrong_type_is_shown_where_it_stands() {
        let fault =
            parse(&format!("{SMALL}[[maps]]\nid = \"a\"\nkind = \"change\"\npercent = 3\n"), "ruong.toml").expect_err("3");
        assert_eq!(fault.place.row, Some(7), "{fault:?}");
    }

    #[test]
    fn impossible_settings_are_refused() {
        for (text, word) in [
            ("version = 2\n[communes]\nfile = \"c\"\n".to_owned(), "version"),
            (format!("period = {{ from = 2024-04-05, to = 2024-04-01 }}\n{SMALL}"), "period"),
            (format!("{SMALL}[scales.s]\nbreaks = [2, 1]\n"), "scales.s.breaks"),
            (format!("{SMALL}[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t\"\nkey = {{}}\n"), "tables.0.key"),
        ] {
            let fault = parse(&text, "ruong.toml").expect_err(word);
            assert_eq!(fault.place.column, word);
        }
    }
}
