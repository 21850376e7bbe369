//! The tables of a run: communes, pests, enterprises, field groups and the one-page answer.

use super::sheet::{Cell, Heading, Sheet};
use crate::measures::accounts::{Account, Accounts};
use crate::measures::enterprises::enterprises;
use crate::measures::outlook::OutlookRow;
use crate::measures::{Measure, Measured, When, World, catalogue};
use crate::message;
use crate::project::MeasureKey;
use crate::run::Result;
use crate::values::{Lang, Message, Value, severity};

/// Accounts of the periods that have any rows.
pub type ByPeriod = Vec<(When, Accounts)>;

/// Measures whose change against the two other periods is worth columns of its own.
const COMPARED: [Measure; 3] = [Measure::MeanSeverity, Measure::InfestedHa, Measure::LinkedAtRiskHa];

fn heading(id: &str, title: Message, decimals: usize) -> Heading {
    Heading { id: id.to_owned(), title, decimals }
}

fn decimals_for(id: &str) -> usize {
    match id {
        "fields" => 0,
        _ if id.contains("severity") => 2,
        _ => 1,
    }
}

fn titled(measured: &Measured) -> Message {
    let with = |name: &str, unit: &str| if unit.is_empty() { name.to_owned() } else { format!("{name} ({unit})") };
    Message { vi: with(&measured.name.vi, &measured.unit.vi), en: with(&measured.name.en, &measured.unit.en) }
}

/// One row per commune, in order of code.
pub fn communes(world: &World, periods: &ByPeriod) -> Result<Sheet> {
    let mut headings = vec![heading("code", message!("Mã", "Code"), 0), heading("name", message!("Xã, thị trấn", "Commune"), 0)];
    let mut rows: Vec<Vec<Cell>> = (0..world.communes.len())
        .map(|commune| vec![world.communes.codes[commune].as_str().into(), world.communes.names[commune].as_str().into()])
        .collect();
    let mut totals: Vec<Cell> = vec!["".into(), "∑".into()];
    let mut states: Vec<Vec<String>> = vec![Vec::new(); rows.len()];
    let mut add = |id: &str, title: Message, values: &[Value], total: Value| {
        headings.push(heading(id, title, decimals_for(id)));
        totals.push(total.into());
        for ((row, states), value) in rows.iter_mut().zip(&mut states).zip(values) {
            row.push((*value).into());
            if !value.state().is_empty() {
                states.push(format!("{id}={}", value.state()));
            }
        }
    };
    let get = |when: When| periods.iter().find(|(known, _)| *known == when).map(|(_, accounts)| accounts);
    let Some(current) = get(When::Current) else {
        return Err(crate::run::Fault::new(
            "no-period",
            crate::run::Place::default(),
            message!("không có kỳ báo cáo", "there is no period"),
        ));
    };
    for kind in Measure::ALL.into_iter().filter(|kind| kind.available(world)) {
        let key = MeasureKey { measure: kind.id().to_owned(), ..MeasureKey::default() };
        let now = catalogue::measure(world, current, &key)?;
        add(&now.id, titled(&now), &now.values, now.total);
        if kind == Measure::InfestedHa {
            for level in 1..=severity::HIGHEST {
                let of_level = catalogue::measure(world, current, &MeasureKey { severity: Some(level), ..key.clone() })?;
                add(&of_level.id, titled(&of_level), &of_level.values, of_level.total);
            }
        }
        if !COMPARED.contains(&kind) {
            continue;
        }
        for when in [When::Previous, When::LastYear] {
            let Some(accounts) = get(when) else { continue };
            let then = catalogue::measure(world, accounts, &key)?;
            let suffix = if when == When::Previous { "previous" } else { "last_year" };
            let worded = |vi: &str, en: &str, unit: &Message| Message {
                vi: format!("{}: {vi} {} ({})", kind.name().vi, when.title(Lang::Vi), unit.vi),
                en: format!("{}: {en} {} ({})", kind.name().en, when.title(Lang::En), unit.en),
            };
            add(&format!("{}_{suffix}", now.id), worded("", "", &now.unit), &then.values, then.total);
            let change = |a: Value, b: Value| a.zip(b, |a, b| a - b);
            let change_pct = |a: Value, b: Value| a.zip(b, |a, b| 100.0 * (a - b) / b);
            let each = |f: &dyn Fn(Value, Value) -> Value| -> Vec<Value> {
                now.values.iter().zip(&then.values).map(|(a, b)| f(*a, *b)).collect()
            };
            let so = worded("so", "change on", &now.unit);
            add(&format!("{}_change_{suffix}", now.id), so, &each(&change), change(now.total, then.total));
            let so = worded("so", "change on", &message!("%", "%"));
            add(&format!("{}_change_pct_{suffix}", now.id), so, &each(&change_pct), change_pct(now.total, then.total));
        }
    }
    for indicator in &world.indicators.list {
        add(&indicator.id, titled(indicator), &indicator.values, indicator.total);
    }
    headings.push(heading("states", message!("Ghi chú", "States"), 0));
    totals.push("".into());
    for (row, states) in rows.iter_mut().zip(&states) {
        row.push(states.join(";").as_str().into());
    }
    Ok(Sheet { id: "communes", title: message!("Theo xã", "By commune"), headings, rows, totals: Some(totals) })
}

/// Every forecast number, with the model it comes from and its interval.
pub fn outlook(world: &World) -> Option<Sheet> {
    let outlook = world.outlook.as_ref().filter(|outlook| !outlook.rows.is_empty())?;
    let quantity = |vi: &str, en: &str| Message {
        vi: format!("{vi}: {}", outlook.quantity.vi),
        en: format!("{en}: {}", outlook.quantity.en),
    };
    let headings = vec![
        heading("code", message!("Mã", "Code"), 0),
        heading("name", message!("Xã, thị trấn", "Commune"), 0),
        heading("pest", message!("Sâu bệnh", "Pest"), 0),
        heading("last_week", message!("Tuần cuối có số liệu", "Last week with data"), 0),
        heading("last_value", quantity("Gần nhất", "Last"), 2),
        heading("weeks_ahead", message!("Số tuần tới", "Weeks ahead"), 0),
        heading("model", message!("Mô hình", "Model"), 0),
        heading("forecast", quantity("Dự báo", "Forecast"), 2),
        heading("low_80", message!("Thấp (80 %)", "Low (80 %)"), 2),
        heading("high_80", message!("Cao (80 %)", "High (80 %)"), 2),
        heading("skill", message!("Mức cải thiện so với giữ nguyên (1 = hoàn hảo)", "Skill over persistence"), 2),
    ];
    let end =
        |row: &OutlookRow, at: usize| Cell::from(row.interval.map_or(Value::NoData, |interval| Value::finite(interval[at])));
    let rows = outlook
        .rows
        .iter()
        .map(|row| {
            vec![
                world.communes.codes[row.commune].as_str().into(),
                world.communes.names[row.commune].as_str().into(),
                row.pest.as_str().into(),
                row.last_week.to_string().as_str().into(),
                row.last.into(),
                (row.weeks as f64).into(),
                row.model.into(),
                row.forecast.into(),
                end(row, 0),
                end(row, 1),
                row.skill.map_or(Value::NoData, Value::finite).into(),
            ]
        })
        .collect();
    Some(Sheet { id: "forecast", title: message!("Dự báo", "Forecast"), headings, rows, totals: None })
}

/// One row per pest, commune and period.
pub fn pests(world: &World, periods: &ByPeriod) -> Sheet {
    let mut headings = vec![
        heading("period", message!("Kỳ", "Period"), 0),
        heading("from", message!("Từ ngày", "From"), 0),
        heading("to", message!("Đến ngày", "To"), 0),
        heading("pest", message!("Sinh vật gây hại", "Pest"), 0),
        heading("code", message!("Mã", "Code"), 0),
        heading("name", message!("Xã, thị trấn", "Commune"), 0),
        heading("surveyed_ha", message!("Diện tích điều tra (ha)", "Surveyed (ha)"), 1),
        heading("infested_ha", message!("Tổng diện tích nhiễm (ha)", "Infested (ha)"), 1),
    ];
    for level in 1..=severity::HIGHEST {
        let (vi, en) = (severity::name(level, Lang::Vi), severity::name(level, Lang::En));
        headings.push(heading(&format!("infested_ha_{level}"), message!("Nhiễm {vi} (ha)", "{en} (ha)"), 1));
    }
    headings.push(heading("mean_severity", message!("Mức độ trung bình", "Mean severity"), 2));
    headings.push(heading("linked_at_risk_ha", message!("Liên kết có nguy cơ (ha)", "Contracted at risk (ha)"), 1));
    let mut rows = Vec::new();
    let names = world.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
    for (when, accounts) in periods {
        let (from, to) = match world.periods.get(*when) {
            Some(period) => (period.from.to_string(), period.to.to_string()),
            None => Default::default(),
        };
        for (pest, list) in names.iter().zip(&accounts.pests) {
            for (commune, account) in list.iter().enumerate().filter(|(_, account)| account.weight > 0.0 || account.reported) {
                let mut row: Vec<Cell> = vec![
                    when.name().into(),
                    from.as_str().into(),
                    to.as_str().into(),
                    pest.as_str().into(),
                    world.communes.codes[commune].as_str().into(),
                    world.communes.names[commune].as_str().into(),
                ];
                row.extend(account_cells(account, world.linked.is_some()));
                rows.push(row);
            }
        }
    }
    Sheet { id: "pests", title: message!("Theo sâu bệnh", "By pest"), headings, rows, totals: None }
}

fn account_cells(account: &Account, linked: bool) -> Vec<Cell> {
    let surveyed = if account.surveyed_ha > 0.0 { Value::Number(account.surveyed_ha) } else { Value::NoData };
    let mut cells: Vec<Cell> = vec![surveyed.into(), account.infested(None).into()];
    cells.extend((1..=severity::HIGHEST).map(|level| Cell::from(account.infested(Some(level)))));
    cells.push(account.mean_severity().into());
    cells.push(if linked && account.weight > 0.0 { account.linked_at_risk_ha.into() } else { Value::NoData.into() });
    cells
}

/// One row per enterprise.
pub fn enterprise_sheet(world: &World, current: &Accounts) -> Sheet {
    let headings = vec![
        heading("enterprise", message!("Doanh nghiệp", "Enterprise"), 0),
        heading("contracted_ha", message!("Diện tích hợp đồng (ha)", "Contracted (ha)"), 1),
        heading("surveyed_ha", message!("Đã điều tra (ha)", "Surveyed (ha)"), 1),
        heading("at_risk_ha", message!("Có nguy cơ (ha)", "At risk (ha)"), 1),
        heading("at_risk_pct", message!("Có nguy cơ (% diện tích đã điều tra)", "At risk (% of surveyed)"), 1),
    ];
    let list = enterprises(world, current);
    let row = |name: &str, contracted: f64, surveyed: f64, at_risk: f64| -> Vec<Cell> {
        vec![name.into(), contracted.into(), surveyed.into(), at_risk.into(), (100.0 * at_risk / surveyed).into()]
    };
    let rows = list.iter().map(|e| row(&e.name, e.contracted_ha, e.surveyed_ha, e.at_risk_ha)).collect();
    let sum = |f: fn(&crate::measures::enterprises::Enterprise) -> f64| list.iter().map(f).sum::<f64>();
    let totals = row("∑", sum(|e| e.contracted_ha), sum(|e| e.surveyed_ha), sum(|e| e.at_risk_ha));
    Sheet { id: "enterprises", title: message!("Theo doanh nghiệp", "By enterprise"), headings, rows, totals: Some(totals) }
}

/// Field hectares by commune and group (crop, variety, owner …).
pub fn groups(world: &World) -> Option<Sheet> {
    let fields = world.fields.as_ref()?;
    let group = fields.group.as_ref()?;
    let mut sums: std::collections::BTreeMap<(u32, &str), (u32, f64)> = std::collections::BTreeMap::new();
    for field in 0..fields.pieces.len() {
        let name = group.text(field).unwrap_or("");
        for piece in fields.pieces.of(field) {
            let (count, hectares) = sums.entry((piece.commune, name)).or_default();
            *count += 1;
            *hectares += fields.pieces.area_ha[field] * piece.share;
        }
    }
    let headings = vec![
        heading("code", message!("Mã", "Code"), 0),
        heading("name", message!("Xã, thị trấn", "Commune"), 0),
        heading("group", message!("Nhóm", "Group"), 0),
        heading("fields", message!("Số thửa", "Fields"), 0),
        heading("field_area_ha", message!("Diện tích (ha)", "Area (ha)"), 1),
    ];
    let rows = sums
        .into_iter()
        .map(|((commune, name), (count, hectares))| {
            let commune = commune as usize;
            vec![
                world.communes.codes[commune].as_str().into(),
                world.communes.names[commune].as_str().into(),
                name.into(),
                f64::from(count).into(),
                hectares.into(),
            ]
        })
        .collect();
    Some(Sheet { id: "groups", title: message!("Theo nhóm thửa", "By field group"), headings, rows, totals: None })
}

/// The answer on one page: each measure over all communes, now and compared.
pub fn summary(world: &World, periods: &ByPeriod, lang: Lang) -> Result<Sheet> {
    let headings = vec![
        heading("measure", message!("Chỉ tiêu", "Measure"), 0),
        heading("name", message!("Tên", "Name"), 0),
        heading("unit", message!("Đơn vị", "Unit"), 0),
        heading("current", message!("Kỳ này", "This period"), 2),
        heading("previous", message!("Kỳ trước", "Previous period"), 2),
        heading("change", message!("So kỳ trước", "Change"), 2),
        heading("change_pct", message!("So kỳ trước (%)", "Change (%)"), 1),
        heading("last_year", message!("Cùng kỳ năm trước", "Same period last year"), 2),
        heading("change_last_year", message!("So cùng kỳ", "Change on last year"), 2),
        heading("change_pct_last_year", message!("So cùng kỳ (%)", "Change on last year (%)"), 1),
    ];
    let mut rows = Vec::new();
    for kind in Measure::ALL.into_iter().filter(|kind| kind.available(world)) {
        let total = |when: When, pest: Option<&str>| -> Result<Value> {
            let Some((_, accounts)) = periods.iter().find(|(known, _)| *known == when) else { return Ok(Value::NoData) };
            let key = MeasureKey { measure: kind.id().to_owned(), pest: pest.map(str::to_owned), ..MeasureKey::default() };
            Ok(catalogue::measure(world, accounts, &key)?.total)
        };
        let pests = world.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
        let by_pest = matches!(kind, Measure::InfestedHa | Measure::LinkedAtRiskHa);
        for pest in std::iter::once(None).chain(pests.iter().filter(|_| by_pest).map(|pest| Some(pest.as_str()))) {
            let now = total(When::Current, pest)?;
            let compared = |when| if kind.needs_forecasts() { total(when, pest) } else { Ok(Value::NoData) };
            let (previous, last_year) = (compared(When::Previous)?, compared(When::LastYear)?);
            let difference = |then: Value| now.zip(then, |a, b| a - b);
            let percent = |then: Value| now.zip(then, |a, b| 100.0 * (a - b) / b);
            let name = |name: &str| pest.map_or(name.to_owned(), |pest| format!("{name} – {pest}"));
            let id = pest.map_or(kind.id().to_owned(), |pest| format!("{}:{pest}", kind.id()));
            rows.push(vec![
                id.as_str().into(),
                name(kind.name().get(lang)).as_str().into(),
                kind.unit().get(lang).into(),
                now.into(),
                previous.into(),
                difference(previous).into(),
                percent(previous).into(),
                last_year.into(),
                difference(last_year).into(),
                percent(last_year).into(),
            ]);
        }
    }
    Ok(Sheet { id: "summary", title: message!("Tổng hợp", "Summary"), headings, rows, totals: None })
}
