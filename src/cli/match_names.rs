//! `ruong match`: which names of a table are which communes, rung by rung, and a file for a person's decisions.

use super::frame::Frame;
use super::registers::LayerArguments;
use super::{Outcome, Stopped, stop};
use crate::console::terminal::tell;
use crate::headings;
use crate::input::Source;
use crate::join::names::{Named, look_up};
use crate::join::reform::Became;
use crate::places::Communes;
use crate::places::aliases::{self, Alias, Aliases};
use crate::places::names::{Found, Ladder, Rung};
use crate::project::CommunesConfig;
use crate::publish::Sink;
use crate::readers::tables::{self, Form};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::Lang;
use crate::{app, message};
use std::path::{Path, PathBuf};

/// Arguments of `ruong match`.
#[derive(Debug, clap::Args)]
pub(super) struct MatchArguments {
    /// Bảng có cột tên xã (table with commune names)
    table: PathBuf,
    /// Tệp ranh giới xã (commune boundaries)
    #[arg(long)]
    communes: PathBuf,
    #[command(flatten)]
    layer: LayerArguments,
    /// Cột tên xã, nếu không tự nhận ra (column of commune names)
    #[arg(long)]
    name: Option<String>,
    /// Cột tên tỉnh (column of provinces)
    #[arg(long)]
    province: Option<String>,
    /// Thuộc tính mã của ranh giới (property with the code)
    #[arg(long, alias = "code-property")]
    communes_code: Option<String>,
    /// Thuộc tính tên của ranh giới (property with the name)
    #[arg(long, alias = "name-property")]
    communes_name: Option<String>,
    /// Thuộc tính tỉnh của ranh giới (property with the province)
    #[arg(long, alias = "province-property")]
    communes_province: Option<String>,
    /// Trang tính (sheet)
    #[arg(long)]
    sheet: Option<String>,
    /// Tệp các quyết định đã có (file of decisions)
    #[arg(long)]
    aliases: Option<PathBuf>,
    /// Một quyết định "Tên=mã", lặp lại được (a decision)
    #[arg(long)]
    alias: Vec<String>,
    /// Ghi các quyết định và các tên chưa khớp để điền (save decisions, list open names)
    #[arg(long, num_args = 0..=1)]
    write_aliases: Option<Option<PathBuf>>,
    /// In kết quả dạng JSON ra stdout (one JSON object on stdout)
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(arguments: &MatchArguments, frame: Frame) -> std::result::Result<Outcome, Stopped> {
    let lang = frame.lang();
    match_names(arguments, lang).map_err(stop(lang))
}

fn match_names(arguments: &MatchArguments, lang: Lang) -> Result<Outcome> {
    let mut problems = Problems::default();
    let communes = communes(arguments, &mut problems)?;
    let alias_file = Source::at(arguments.aliases.as_deref().unwrap_or(Path::new(aliases::FILE)));
    let mut decided = match alias_file.path.exists() {
        true => Aliases::read(&alias_file, &mut problems)?,
        false => Aliases::default(),
    };
    for decision in &arguments.alias {
        let Some((name, code)) = decision.split_once('=').map(|(name, code)| (name.trim(), code.trim())) else {
            let message = message!("--alias cần dạng \"Tên=mã\"", "--alias has the form \"Name=code\"");
            return Err(Fault::new("usage", Place::default().value(decision), message));
        };
        if communes.find(code).is_none() {
            let message = message!("không có đơn vị nào có mã {code}", "there is no unit with the code {code}");
            return Err(Fault::new("unknown-code", Place::file(&communes.file).value(decision), message));
        }
        decided.add("", name, code);
    }
    let form = Form { sheet: arguments.sheet.clone(), ..Form::default() };
    let table = tables::read(&Source::at(&arguments.table), &form, &mut problems)?;
    let name = match &arguments.name {
        Some(name) => name.clone(),
        None => headings::NAME.find(&table.headings).map(str::to_owned).ok_or_else(|| {
            let there = table.headings.join(", ");
            Fault::new(
                "missing-column",
                Place::file(&table.file),
                message!(
                    "không nhận ra cột tên xã; các cột: {there}",
                    "no column is recognised as the commune name; the columns are: {there}"
                ),
            )
            .hint(message!("thêm --name CỘT", "add --name COLUMN"))
        })?,
    };
    let aliases = decided.clone();
    let ladder = Ladder::new(&communes.codes, &communes.names, &communes.provinces, &aliases);
    let list = look_up(&table, &name, arguments.province.as_deref(), &ladder)?;
    let open = list.iter().filter(|named| !matches!(named.found, Found::Unit(..))).count();
    if arguments.json {
        let rows: Vec<serde_json::Value> = list.iter().map(|named| json(named, &communes)).collect();
        let problems: Vec<_> = problems.list().iter().map(|problem| problem.entry(lang)).collect();
        let (matched, of) = (list.len() - open, &name);
        let found = serde_json::json!({
            "column": of, "names": rows, "matched": matched, "unmatched": open, "problems": problems
        });
        super::print(&found.to_string());
    } else {
        let before = Became::new(&communes);
        for rung in [Rung::Code, Rung::Exact, Rung::Spelling, Rung::Alias, Rung::Unaccented] {
            let these: Vec<String> = list
                .iter()
                .filter_map(|named| match named.found {
                    Found::Unit(unit, at) if at == rung => Some(format!("    {} → {}", shown(named), ladder.describe(unit))),
                    _ => None,
                })
                .collect();
            if !these.is_empty() {
                super::print(&format!("{}: {}", rung.name(lang), these.len()));
                // Equal names need no reading.
                these.iter().filter(|_| rung > Rung::Exact).for_each(|line| super::print(line));
            }
        }
        for named in list.iter() {
            if let Some(line) = open_line(named, (&ladder, &before), lang) {
                super::print(&line);
            }
        }
    }
    if let Some(file) = &arguments.write_aliases {
        let file = file.as_deref().unwrap_or(&alias_file.path);
        aliases::may_replace(file)?;
        for named in list.iter().filter(|named| !matches!(named.found, Found::Unit(..))) {
            let suggestion = units(&named.found).iter().map(|&unit| ladder.describe(unit)).collect::<Vec<_>>().join("; ");
            let (name, province) = (named.name.clone(), named.province.clone());
            let undecided = !decided.list.iter().any(|known| known.name == name && known.province == province);
            if undecided {
                decided.put(Alias { name, province, code: String::new(), suggestion });
            }
        }
        let folder = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = file.file_name().map_or_else(|| aliases::FILE.to_owned(), |name| name.to_string_lossy().into_owned());
        crate::cli::inputs::output(folder)?.write(&name, &decided.write()?)?;
        let file = file.display();
        tell(&match lang {
            Lang::Vi => format!("đã ghi {file}; điền cột \"ma\" cho các tên chưa khớp, để tệp cạnh ruong.toml"),
            Lang::En => {
                format!("{file} written; fill in the column \"ma\" of unmatched names and keep the file beside ruong.toml")
            }
        });
    }
    for problem in problems.list() {
        tell(&format!("  {}: {}", problem.place.describe(lang), problem.problem.get(lang)));
    }
    let (matched, all) = (list.len() - open, list.len());
    tell(&match lang {
        Lang::Vi => format!("cột \"{name}\": {matched}/{all} tên khớp, {open} tên chưa khớp"),
        Lang::En => format!("column \"{name}\": {matched} of {all} names matched, {open} not"),
    });
    Ok(if open > 0 { Outcome::Partial } else { Outcome::Complete })
}

/// The communes with the properties named, or recognised by their headings.
fn communes(arguments: &MatchArguments, problems: &mut Problems) -> Result<Communes> {
    let key = CommunesConfig {
        code: arguments.communes_code.clone(),
        name: arguments.communes_name.clone(),
        province: arguments.communes_province.clone(),
        ..arguments.layer.communes(Some(&arguments.communes))
    };
    app::communes(Path::new(""), &key, problems)
}

fn shown(named: &Named) -> String {
    let Named { name, province, rows, .. } = named;
    let place = if province.is_empty() { name.clone() } else { format!("{name}, {province}") };
    if *rows == 1 { place } else { format!("{place} (×{rows})") }
}

fn units(found: &Found) -> &[usize] {
    match found {
        Found::Unit(..) => &[],
        Found::Several(units) | Found::Nothing(units) => units,
    }
}

fn open_line(named: &Named, (ladder, before): (&Ladder<'_>, &Became<'_>), lang: Lang) -> Option<String> {
    if let (Found::Nothing(_), Some(became)) = (&named.found, before.find(&named.name)) {
        let what = lang.pick("xã trước sắp xếp 01/7/2025, nay thuộc", "a commune of before July 2025, now in");
        return Some(format!("{} {}: {what} {became}", lang.pick("KHÔNG KHỚP", "UNMATCHED"), shown(named)));
    }
    let list = units(&named.found).iter().map(|&unit| ladder.describe(unit)).collect::<Vec<_>>().join("; ");
    let what = match &named.found {
        Found::Unit(..) => return None,
        Found::Several(_) => lang.pick("trùng tên, không tự chọn", "several units, none picked"),
        Found::Nothing(units) if units.is_empty() => lang.pick("không có đơn vị nào giống", "no unit is like it"),
        Found::Nothing(_) => lang.pick("chưa khớp; có thể là", "not matched; perhaps"),
    };
    Some(format!("{} {}: {what} {list}", lang.pick("KHÔNG KHỚP", "UNMATCHED"), shown(named)))
}

fn json(named: &Named, communes: &Communes) -> serde_json::Value {
    let code = |unit: usize| communes.codes[unit].clone();
    let (unit, rung) = match named.found {
        Found::Unit(unit, rung) => (Some(code(unit)), Some(rung.name(Lang::En))),
        _ => (None, None),
    };
    let suggestions: Vec<String> = units(&named.found).iter().map(|&unit| code(unit)).collect();
    let Named { name, province, rows, .. } = named;
    serde_json::json!({ "name": name, "province": province, "rows": rows, "code": unit, "rung": rung, "suggestions": suggestions })
}
