//! Fields to be sprayed, worst first, and those that may not be because harvest is near.

use super::Sheet;
use super::sheet::{Cell, Figures, Heading};
use crate::join::Target;
use crate::message;
use crate::model::accounts::Accounts;
use crate::model::{Joined, When};
use crate::places::centroid::centroid;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::{Lang, Message, Value, dates, severity};
use chrono::NaiveDate;

/// Which fields are wanted.
#[derive(Debug, Clone)]
pub struct WorkWanted {
    /// Least severity
    pub severity: u8,
    /// Only this pest
    pub pest: Option<String>,
    /// Only the commune with this code
    pub commune: Option<String>,
    /// Day of spraying, and days to wait from there to harvest
    pub pre_harvest: Option<(NaiveDate, i64)>,
}

/// A worklist: a row a field, and the field of each row.
pub struct Worklist {
    /// Rows, worst first; those that must wait last
    pub sheet: Sheet,
    /// Field of each row
    pub fields: Vec<usize>,
    /// Severity of each row
    pub severities: Vec<u8>,
    /// Rows that may be sprayed
    pub allowed: usize,
    /// Hectares of these, of fields with a shape
    pub hectares: f64,
    /// Rows whose field lies in no commune that is known
    pub unplaced: usize,
}

struct Job {
    field: usize,
    /// None where the field has no shape, or lies outside every commune
    commune: Option<usize>,
    severity: u8,
    linked: f64,
    wait: Option<i64>,
    held: bool,
    unknown: bool,
}

/// Lists the fields at or above a severity in the reporting period.
pub fn worklist(
    joined: &Joined,
    accounts: &Accounts,
    wanted: &WorkWanted,
    lang: Lang,
    problems: &mut Problems,
) -> Result<Worklist> {
    let (Some(fields), Some(Target::Fields)) = (&joined.fields, joined.forecast_target()) else {
        return Err(Fault::new(
            "no-fields",
            Place::default(),
            message!(
                "danh sách phun cần [fields] và bảng sâu bệnh theo thửa",
                "a worklist needs [fields] and a table of pests by field"
            ),
        ));
    };
    let severities = &accounts.severities;
    let pests = joined.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
    let only = wanted.pest.as_deref().map(|pest| crate::model::pest_number(joined, pest)).transpose()?;
    let commune = match &wanted.commune {
        Some(code) => Some(joined.communes.find(code).ok_or_else(|| {
            let place = Place::default().value(code);
            Fault::new("unknown-commune", place, message!("không có xã mã {code}", "there is no commune {code}"))
        })?),
        None => None,
    };
    let harvests = fields.harvest.as_ref().map(|column| {
        let order = dates::order(column.dictionary.iter());
        (column, column.parse(|text| dates::parse_in(text, order)))
    });
    let mut jobs: Vec<Job> = Vec::new();
    let mut elsewhere = 0;
    let chosen = !joined.communes.others.codes.is_empty();
    for field in 0..fields.pieces.len() {
        let level = only.map_or(severities.highest[field], |pest| severities.by_pest[pest][field]);
        // Fields of communes that were not chosen are the work of others.
        let of_others = chosen && fields.pieces.inside(field) <= 0.0;
        if level.is_nan() || level < f32::from(wanted.severity) || of_others {
            continue;
        }
        let most = fields.pieces.of(field).iter().max_by(|a, b| a.share.total_cmp(&b.share).then(b.commune.cmp(&a.commune)));
        let home = most.map(|piece| piece.commune as usize);
        if commune.is_some() && home != commune {
            elsewhere += usize::from(home.is_none());
            continue;
        }
        let stated = fields.harvest.as_ref().and_then(|column| column.text(field));
        let harvest =
            harvests.as_ref().and_then(|(column, days)| days.get(*column.codes.get(field)? as usize).copied().flatten());
        let wait = wanted.pre_harvest.zip(harvest).map(|((day, _), harvest)| (harvest - day).num_days());
        let held = wait.zip(wanted.pre_harvest).is_some_and(|(wait, (_, least))| wait < least);
        if let (Some(text), None, Some(column)) = (stated, harvest, &fields.harvest) {
            problems.warning(
                "bad-date",
                Place::default().row(field as u64 + 1).column(column.name.as_str()).value(text),
                message!("không hiểu ngày thu hoạch của thửa", "cannot read the day of harvest of the field"),
                None,
            );
        }
        let unknown = wanted.pre_harvest.is_some() && harvest.is_none();
        let linked = joined.land.linked_of_field.get(field).copied().unwrap_or(f64::NAN);
        jobs.push(Job { field, commune: home, severity: level as u8, linked, wait, held, unknown });
    }
    if let (Some(_), None) = (wanted.pre_harvest, &harvests) {
        problems.warning(
            "no-harvest",
            Place::default().column("fields.harvest"),
            message!(
                "không có ngày thu hoạch: không xét thời gian cách ly",
                "no days of harvest: pre-harvest intervals are not looked at"
            ),
            Some(message!("thêm harvest = \"cột\" trong [fields]", "add harvest = \"column\" to [fields]")),
        );
    }
    if elsewhere > 0 {
        problems.warning(
            "field-without-commune",
            Place::default(),
            message!(
                "{elsewhere} thửa đủ mức phải phun nhưng không rõ ở xã nào: không có trong danh sách của một xã",
                "{elsewhere} fields severe enough lie in no commune that is known: they are on no list of one commune"
            ),
            Some(message!("lập danh sách không chọn xã để thấy chúng", "a list without commune shows them")),
        );
    }
    let key = |job: &Job| (job.held, job.unknown, std::cmp::Reverse(job.severity));
    let size = |job: &Job| (if job.linked.is_nan() { 0.0 } else { job.linked }, fields.pieces.area_ha[job.field]);
    jobs.sort_by(|a, b| {
        let (x, y) = (size(a), size(b));
        key(a).cmp(&key(b)).then(y.0.total_cmp(&x.0)).then(y.1.total_cmp(&x.1)).then(a.field.cmp(&b.field))
    });
    let held = jobs.iter().filter(|job| job.held).count();
    if held > 0 {
        problems.info(
            "near-harvest",
            Place::default(),
            message!(
                "{held} thửa quá gần ngày thu hoạch, xếp cuối và không phun",
                "{held} fields are too near harvest; they stand last and are not to be sprayed"
            ),
            None,
        );
    }
    let unknown = jobs.iter().filter(|job| job.unknown).count();
    if unknown > 0 && harvests.is_some() {
        problems.warning(
            "no-harvest",
            Place::default(),
            message!(
                "{unknown} thửa không rõ ngày thu hoạch: hỏi lại trước khi phun",
                "{unknown} fields have no day of harvest: ask before spraying"
            ),
            None,
        );
    }
    let enterprises = enterprises(joined);
    let forecast = joined.outlook.as_ref().is_some_and(|outlook| outlook.covers(joined.periods.get(When::Current)));
    let basis = if forecast { lang.pick("dự báo", "forecast") } else { lang.pick("điều tra", "survey") };
    let rows = jobs
        .iter()
        .enumerate()
        .map(|(number, job)| {
            let field = job.field;
            let hit: Vec<String> = pests
                .iter()
                .enumerate()
                .filter(|(pest, _)| only.is_none_or(|only| only == *pest))
                .filter_map(|(pest, name)| {
                    let level = severities.by_pest[pest][field];
                    (level >= 1.0).then(|| format!("{name} ({})", severity::name(level as u8, lang)))
                })
                .collect();
            let place = centroid(&fields.shapes, field);
            let at = |axis: usize| Cell::Value(place.map_or(Value::NoData, |place| Value::finite(place[axis])));
            let text = |column: &Option<crate::input::Column>| {
                column.as_ref().and_then(|column| column.text(field)).unwrap_or("").into()
            };
            let unplaced = match fields.pieces.is_placed(field) {
                true => lang.pick("ngoài mọi xã, hỏi lại", "outside every commune, ask first"),
                false => lang.pick("không rõ vị trí, hỏi lại", "place not known, ask first"),
            };
            let state = match (job.held, job.unknown) {
                (false, false) if job.commune.is_none() => unplaced,
                (true, _) => lang.pick("gần thu hoạch, không phun", "near harvest, do not spray"),
                (_, true) => lang.pick("không rõ ngày thu hoạch, hỏi lại", "no day of harvest, ask first"),
                _ => lang.pick("phun", "spray"),
            };
            vec![
                Cell::from((number + 1) as f64),
                fields.ids.text(field).unwrap_or("").into(),
                job.commune.map_or("", |commune| joined.communes.codes[commune].as_str()).into(),
                job.commune.map_or("", |commune| joined.communes.names[commune].as_str()).into(),
                f64::from(job.severity).into(),
                hit.join("; ").as_str().into(),
                if fields.pieces.is_placed(field) { fields.pieces.area_ha[field].into() } else { Value::NoData.into() },
                if job.linked.is_nan() { Value::NoData.into() } else { job.linked.into() },
                enterprises.get(&field).map_or("", String::as_str).into(),
                text(&fields.stage),
                text(&fields.harvest),
                job.wait.map_or(Value::NoData, |wait| Value::Number(wait as f64)).into(),
                state.into(),
                basis.into(),
                at(0),
                at(1),
            ]
        })
        .collect();
    let free = |job: &&Job| !job.held && !job.unknown && job.commune.is_some();
    let allowed = jobs.iter().filter(free).count();
    Ok(Worklist {
        hectares: jobs.iter().filter(free).map(|job| fields.pieces.area_ha[job.field]).sum(),
        fields: jobs.iter().map(|job| job.field).collect(),
        severities: jobs.iter().map(|job| job.severity).collect(),
        allowed,
        unplaced: jobs.iter().filter(|job| job.commune.is_none()).count(),
        sheet: Sheet { id: "worklist", title: message!("Danh sách phun", "Worklist"), headings: headings(), rows, totals: None },
    })
}

fn headings() -> Vec<Heading> {
    let list: [(&str, Message, Figures); 16] = [
        ("order", message!("Thứ tự", "Order"), Figures::Whole),
        ("field_id", message!("Mã thửa", "Field"), Figures::Words),
        ("code", message!("Mã xã", "Code"), Figures::Words),
        ("commune", message!("Xã", "Commune"), Figures::Words),
        ("severity", message!("Mức", "Severity"), Figures::Whole),
        ("pests", message!("Sâu bệnh", "Pests"), Figures::Words),
        ("area_ha", message!("Diện tích (ha)", "Area (ha)"), Figures::Hundredths),
        ("linked_ha", message!("Liên kết (ha)", "Contracted (ha)"), Figures::Hundredths),
        ("enterprise", message!("Doanh nghiệp", "Enterprise"), Figures::Words),
        ("stage", message!("Giai đoạn", "Stage"), Figures::Words),
        ("harvest", message!("Ngày thu hoạch", "Harvest"), Figures::Words),
        ("days_to_harvest", message!("Còn (ngày)", "Days left"), Figures::Whole),
        ("state", message!("Xử lý", "Do"), Figures::Words),
        ("basis", message!("Căn cứ", "From"), Figures::Words),
        ("lon", message!("Kinh độ", "Longitude"), Figures::Millionths),
        ("lat", message!("Vĩ độ", "Latitude"), Figures::Millionths),
    ];
    list.into_iter().map(|(id, title, figures)| Heading::new(id, title, figures)).collect()
}

/// Names of the enterprises that have contracts on each field.
fn enterprises(joined: &Joined) -> std::collections::BTreeMap<usize, String> {
    let mut found: std::collections::BTreeMap<usize, Vec<&str>> = std::collections::BTreeMap::new();
    if let Some(linked) = joined.linked.as_ref().filter(|linked| linked.target == Some(Target::Fields)) {
        for (row, &unit) in linked.unit.iter().enumerate() {
            let name = linked.enterprises[linked.enterprise[row] as usize].as_str();
            let names = found.entry(unit as usize).or_default();
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    found.into_iter().map(|(field, names)| (field, names.join("; "))).collect()
}
