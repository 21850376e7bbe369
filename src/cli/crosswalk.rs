//! `ruong crosswalk`: values of the units of one date for those of another, and what became of each unit.

use super::{CrosswalkArguments, Outcome, Stopped, stop};
use crate::cli::terminal::tell;
use crate::input::tables::{self, Form};
use crate::input::{Source, Table, Wanted, decimal, headings};
use crate::join::dates::{self, Doubt};
use crate::join::names::look_up;
use crate::message;
use crate::places::Communes;
use crate::places::aliases::Aliases;
use crate::places::crosswalk::{Crosswalk, Kind};
use crate::places::crs::Declared;
use crate::places::names::{Found, Ladder};
use crate::project::CommunesConfig;
use crate::publish::Sink;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::{Lang, numbers};
use std::path::Path;

/// Roles of the columns of a given list of old and new units.
const OLD: &[&str] = &["old ward code", "old code", "ma cu", "ma xa cu", "old"];
const NEW: &[&str] = &["new ward code", "new code", "ma moi", "ma xa moi", "new"];

pub(super) fn run(arguments: &CrosswalkArguments) -> std::result::Result<Outcome, Stopped> {
    let lang = arguments.lang.unwrap_or_default();
    crosswalk(arguments, lang).map_err(stop(lang))
}

fn source(path: &Path) -> Source {
    Source { path: path.to_path_buf(), name: path.display().to_string(), content: None }
}

fn crosswalk(arguments: &CrosswalkArguments, lang: Lang) -> Result<Outcome> {
    let mut problems = Problems::default();
    let old = communes(&arguments.from, [&arguments.from_code, &arguments.from_name], &mut problems)?;
    let new = communes(&arguments.to, [&arguments.to_code, &arguments.to_name], &mut problems)?;
    let least = arguments.tolerance;
    let land = dates::by_area(&old, &new, least);
    let given = match &arguments.given {
        Some(path) => Some(tables::read(&source(path), &Form::default(), &mut problems)?),
        None => None,
    };
    let pairs = given.as_ref().map(|given| given_pairs(given, &old, &new, &mut problems)).transpose()?;
    let crosswalk = match arguments.weights.as_str() {
        "area" => land.clone(),
        path if Path::new(path).exists() => {
            let fields =
                crate::app::layer(&source(Path::new(path)), &Wanted::Only(Vec::new()), None, Declared::default(), &mut problems)?;
            let (crosswalk, bare) = dates::by_fields(&old, &new, &fields.shapes, least);
            for unit in bare {
                let name = &old.names[unit];
                problems.warning(
                    "no-field",
                    Place::file(&old.file).value(&old.codes[unit]),
                    message!(
                        "{name} không có thửa nào: chia theo diện tích tự nhiên",
                        "{name} has no field: divided by its land"
                    ),
                    None,
                );
            }
            crosswalk
        }
        column => stated(column, given.as_ref(), pairs.as_deref(), &old, &new, least)?,
    };
    let doubts = pairs.as_ref().map_or_else(Vec::new, |pairs| {
        let bare: Vec<(usize, usize)> = pairs.iter().map(|&(old, new, _)| (old, new)).collect();
        dates::doubts(&bare, &land, least)
    });
    report_doubts(&doubts, &old, &new, given.as_ref(), &mut problems);
    report_outside(&crosswalk, &old, &mut problems);
    let out = crate::cli::inputs::output(&arguments.out)?;
    out.write("units.csv", &units_csv(&old, &new, &crosswalk, &land)?)?;
    let mut conserved = None;
    if let Some(path) = &arguments.table {
        let table = tables::read(&source(path), &Form::default(), &mut problems)?;
        conserved = Some(values_csv(arguments, &table, &old, &new, &crosswalk, &out, &mut problems)?);
    }
    write_problems(&out, &problems, lang)?;
    summary(&crosswalk, conserved, &out, lang);
    for (problem, count) in problems.kinds() {
        let place = problem.place.describe(lang);
        tell(&format!("  ×{count} {place}: {}", problem.problem.get(lang)));
    }
    Ok(if problems.count(crate::run::Level::Error) > 0 { Outcome::Partial } else { Outcome::Complete })
}

fn communes(path: &Path, [code, name]: [&Option<String>; 2], problems: &mut Problems) -> Result<Communes> {
    let layer = crate::app::layer(&source(path), &Wanted::All, None, Declared::default(), problems)?;
    let headings = &layer.table.headings;
    let code = code.clone().or_else(|| headings::CODE.find(headings).map(str::to_owned)).unwrap_or_else(|| "code".to_owned());
    let name = name.clone().or_else(|| headings::NAME.find(headings).map(str::to_owned));
    let key = CommunesConfig { file: path.display().to_string(), code, name, ..CommunesConfig::default() };
    Communes::new(&layer, &key, problems)
}

/// The rows of a given list as (old, new, row); units of neither layer are counted and passed over.
fn given_pairs(given: &Table, old: &Communes, new: &Communes, problems: &mut Problems) -> Result<Vec<(usize, usize, usize)>> {
    let column = |headings: &'static [&'static str], name: &'static str| {
        let found = headings::Role { name, headings }.find(&given.headings).map(str::to_owned);
        found.map_or_else(|| given.require(name), |heading| given.require(&heading))
    };
    let (from, to) = (column(OLD, "old_code")?, column(NEW, "new_code")?);
    let mut pairs = Vec::new();
    let mut strangers = 0;
    for row in 0..given.rows {
        let (Some(from), Some(to)) = (from.text(row), to.text(row)) else { continue };
        match (old.find(from), new.find(to)) {
            (Some(from), Some(to)) => pairs.push((from, to, row)),
            _ => strangers += 1,
        }
    }
    if strangers > 0 {
        problems.info(
            "other-units",
            Place::file(&given.file),
            message!(
                "{strangers} dòng nói về đơn vị không có trong hai tệp ranh giới: bỏ qua",
                "{strangers} rows speak of units in neither boundary file: passed over"
            ),
            None,
        );
    }
    Ok(pairs)
}

/// Shares as a given list states them.
fn stated(
    column: &str,
    given: Option<&Table>,
    pairs: Option<&[(usize, usize, usize)]>,
    old: &Communes,
    new: &Communes,
    least: f64,
) -> Result<Crosswalk> {
    let (Some(given), Some(pairs)) = (given, pairs) else {
        return Err(Fault::new(
            "usage",
            Place::default().column("--weights").value(column),
            message!(
                "--weights {column}: không phải area, không phải tệp có thật; là cột thì cần --given BẢNG",
                "--weights {column}: neither area nor a file that is there; a column needs --given TABLE"
            ),
        ));
    };
    let shares = given.require(column)?;
    let sign = decimal::of_columns(given, &[column], None)?;
    let mut list = Vec::new();
    for &(from, to, row) in pairs {
        let text = shares.text(row).unwrap_or("");
        let share = decimal::parse(text, sign).filter(|share| *share >= 0.0).ok_or_else(|| {
            Fault::new(
                "bad-share",
                given.place(row, column, text),
                message!("không phải tỷ lệ: \"{text}\"", "not a share: \"{text}\""),
            )
        })?;
        list.push((from, to, share * old.area_ha[from]));
    }
    list.sort_by_key(|pair| (pair.0, pair.1));
    Ok(Crosswalk::new(old, new, &list, vec![0.0; old.len()], least))
}

fn report_doubts(doubts: &[Doubt], old: &Communes, new: &Communes, given: Option<&Table>, problems: &mut Problems) {
    let file = given.map_or("", |given| given.file.as_str());
    for doubt in doubts {
        let (from, to) = (
            format!("{} ({})", old.names[doubt.old], old.codes[doubt.old]),
            format!("{} ({})", new.names[doubt.new], new.codes[doubt.new]),
        );
        let percent = 100.0 * doubt.share;
        let place = Place::file(file).value(format!("{} → {}", old.codes[doubt.old], new.codes[doubt.new]));
        if doubt.given {
            problems.warning(
                "contradicted-row",
                place,
                message!(
                    "{from} → {to}: hình học chỉ có {percent:.2} % diện tích ở đó; không tin dòng này",
                    "{from} → {to}: only {percent:.2} % of its land is there; this row is not trusted"
                ),
                Some(message!("thường do trùng tên; xóa dòng này khỏi bảng", "often two units of one name; delete the row")),
            );
        } else {
            problems.warning(
                "missing-row",
                place,
                message!(
                    "{from} → {to}: hình học có {percent:.1} % diện tích nhưng bảng không có dòng này",
                    "{from} → {to}: {percent:.1} % of its land, but no row says so"
                ),
                None,
            );
        }
    }
}

/// Lists old units of which a part lies in no new one; their shares are made to add up to 1.
fn report_outside(crosswalk: &Crosswalk, old: &Communes, problems: &mut Problems) {
    for (unit, &share) in crosswalk.outside.iter().enumerate() {
        let (name, percent) = (&old.names[unit], 100.0 * share);
        let place = Place::file(&old.file).value(&old.codes[unit]);
        if crosswalk.kinds[unit] == Kind::Unplaced {
            problems.error(
                "unplaced-unit",
                place,
                message!(
                    "{name} không nằm trong đơn vị mới nào; giá trị không chuyển được",
                    "{name} lies in no new unit; its values cannot pass on"
                ),
                None,
            );
        } else if share > 0.01 {
            problems.info(
                "partly-outside",
                place,
                message!(
                    "{percent:.1} % của {name} nằm ngoài các đơn vị mới; phần còn lại nhận đủ giá trị",
                    "{percent:.1} % of {name} lie outside the new units; the rest takes the whole value"
                ),
                None,
            );
        }
    }
}

/// Values of the new units; comes back with the sums before, after and not passed on.
fn values_csv(
    arguments: &CrosswalkArguments,
    table: &Table,
    old: &Communes,
    new: &Communes,
    crosswalk: &Crosswalk,
    out: &dyn Sink,
    problems: &mut Problems,
) -> Result<(f64, f64)> {
    let value = arguments.value.as_deref().ok_or_else(|| {
        Fault::new(
            "usage",
            Place::default().column("--value"),
            message!("--table cần --value CỘT", "--table needs --value COLUMN"),
        )
    })?;
    let column = table.require(value)?;
    let sign = decimal::of_columns(table, &[value], None)?;
    let key = match &arguments.key {
        Some(key) => key.clone(),
        None => {
            headings::CODE.find(&table.headings).or_else(|| headings::NAME.find(&table.headings)).unwrap_or("code").to_owned()
        }
    };
    let aliases = Aliases::default();
    let ladder = Ladder::new(&old.codes, &old.names, &old.provinces, &aliases);
    let found = look_up(table, &key, None, &ladder)?;
    let units: hashbrown::HashMap<&str, &Found> = found.iter().map(|named| (named.name.as_str(), &named.found)).collect();
    let keys = table.require(&key)?;
    let mut values: Vec<Option<f64>> = vec![None; old.len()];
    let intensive = arguments.kind == super::ValueKind::Intensive;
    for row in 0..table.rows {
        let text = keys.text(row).unwrap_or("");
        let Some(&&Found::Unit(unit, _)) = units.get(text) else {
            problems.error(
                "unmatched-key",
                table.place(row, &key, text),
                message!("không có đơn vị cũ nào như vậy", "there is no such old unit"),
                None,
            );
            continue;
        };
        let text = column.text(row).unwrap_or("");
        let Some(number) = decimal::parse(text, sign) else {
            if !decimal::is_blank(text) {
                problems.error("not-a-number", table.place(row, value, text), message!("không phải số", "not a number"), None);
            }
            continue;
        };
        match (&mut values[unit], intensive) {
            (Some(_), true) => problems.error(
                "repeated-key",
                table.place(row, &key, text),
                message!(
                    "nhiều dòng cho một đơn vị: giá trị trung bình không cộng được, dùng dòng đầu",
                    "several rows for one unit: means do not add up, the first is used"
                ),
                None,
            ),
            (Some(sum), false) => *sum += number,
            (slot, _) => *slot = Some(number),
        }
    }
    let passed = if intensive { crosswalk.intensive(&values, new.len()) } else { crosswalk.extensive(&values, new.len()) };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| Fault::new("input-output", Place::file("values.csv"), message!("{error}", "{error}"));
    writer.write_record(["code", "name", value, "known_pct"]).map_err(failed)?;
    for (unit, (number, known)) in passed.iter().enumerate() {
        let number_text = number.map(|number| number.to_string()).unwrap_or_default();
        let known_text = format!("{:.2}", 100.0 * known);
        writer.write_record([&new.codes[unit], &new.names[unit], &number_text, &known_text]).map_err(failed)?;
        if number.is_some() && *known < 0.99 {
            let name = &new.names[unit];
            problems.warning(
                "partly-known",
                Place::file(&table.file).column(value).value(&new.codes[unit]),
                message!(
                    "{name}: chỉ {known_text} % có số liệu cũ; phần còn lại không tính",
                    "{name}: only {known_text} % of it has old values; the rest is not counted"
                ),
                None,
            );
        }
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| Fault::new("input-output", Place::file("values.csv"), message!("{error}", "{error}")))?;
    out.write("values.csv", &bytes)?;
    Ok((values.iter().flatten().sum(), passed.iter().filter_map(|(number, _)| *number).sum()))
}

/// One line for each pair of units that share land.
fn units_csv(old: &Communes, new: &Communes, crosswalk: &Crosswalk, land: &Crosswalk) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| Fault::new("input-output", Place::file("units.csv"), message!("{error}", "{error}"));
    let headings = [
        "old_code",
        "old_name",
        "kind",
        "new_code",
        "new_name",
        "share_old",
        "share_new",
        "share_old_area",
        "old_ha",
        "new_ha",
        "area_change_pct",
        "code_reused",
    ];
    writer.write_record(headings).map_err(failed)?;
    let areas = land.shares();
    let mut received = vec![0.0; new.len()];
    crosswalk.links.iter().for_each(|link| received[link.new] += link.weight);
    for (unit, kind) in crosswalk.kinds.iter().enumerate().filter(|(_, kind)| **kind == Kind::Unplaced) {
        let row = [
            &old.codes[unit],
            &old.names[unit],
            kind.name(),
            "",
            "",
            "",
            "",
            "",
            &format!("{:.4}", old.area_ha[unit]),
            "",
            "",
            "",
        ];
        writer.write_record(row).map_err(failed)?;
    }
    for link in &crosswalk.links {
        let (from, to) = (link.old, link.new);
        let kind = crosswalk.kinds[from];
        let change = match kind {
            Kind::Unchanged | Kind::Renamed => format!("{:+.2}", 100.0 * (new.area_ha[to] / old.area_ha[from] - 1.0)),
            _ => String::new(),
        };
        // The code of an old unit that now names a unit made of more, or of other, land.
        let reused = new.find(&old.codes[from]).is_some()
            && (old.codes[from] != new.codes[to] || !matches!(kind, Kind::Unchanged | Kind::Renamed));
        let row = [
            old.codes[from].clone(),
            old.names[from].clone(),
            kind.name().to_owned(),
            new.codes[to].clone(),
            new.names[to].clone(),
            format!("{:.6}", link.share),
            format!("{:.6}", if received[to] > 0.0 { link.weight / received[to] } else { 0.0 }),
            format!("{:.6}", areas.get(&(from, to)).map_or(0.0, |share| share * (1.0 - land.outside[from]))),
            format!("{:.4}", old.area_ha[from]),
            format!("{:.4}", new.area_ha[to]),
            change,
            if reused { "1" } else { "" }.to_owned(),
        ];
        writer.write_record(row).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Fault::new("input-output", Place::file("units.csv"), message!("{error}", "{error}")))
}

fn write_problems(out: &dyn Sink, problems: &Problems, lang: Lang) -> Result<()> {
    out.write("problems.csv", &crate::publish::problems::csv(problems, lang))
}

fn summary(crosswalk: &Crosswalk, sums: Option<(f64, f64)>, out: &dyn Sink, lang: Lang) {
    let parts: Vec<String> = [Kind::Unchanged, Kind::Renamed, Kind::Merged, Kind::Divided, Kind::Unplaced]
        .into_iter()
        .map(|kind| (kind, crosswalk.kinds.iter().filter(|found| **found == kind).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{} {count}", kind.words(lang)))
        .collect();
    super::print(&parts.join(", "));
    if let Some((before, after)) = sums {
        let text = |number: f64| numbers::format(number, 4, lang);
        super::print(&match lang {
            Lang::Vi => format!("tổng trước {}, tổng sau {}", text(before), text(after)),
            Lang::En => format!("sum before {}, sum after {}", text(before), text(after)),
        });
    }
    tell(&format!("{} {}", lang.pick("đã ghi", "written:"), out.written().join(", ")));
}
