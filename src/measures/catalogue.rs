//! The measures: what each is called, its unit, and how it follows from the accounts.

use crate::join::Target;
use crate::message;
use crate::model::accounts::{Account, Accounts};
use crate::model::joined::Joined;
use crate::model::{Measured, pest_number};
use crate::project::MeasureKey;
use crate::run::{Fault, Place, Result};
use crate::values::text::nearest;
use crate::values::{Lang, Message, Value, severity};

/// A measure that follows from fields, contracts and forecasts. The definitions are those of the manual, word for word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Commune polygon
    AreaHa,
    /// Number of fields with some area inside
    Fields,
    /// Sum of field area inside
    FieldAreaHa,
    /// Contracted hectares
    LinkedHa,
    /// 100 · linked_ha / field_area_ha
    LinkedSharePct,
    /// Area-weighted mean severity of the field pieces that have a forecast
    MeanSeverity,
    /// Field hectares with a forecast
    SurveyedHa,
    /// Field hectares whose severity is at least light
    InfestedHa,
    /// 100 · infested_ha / surveyed_ha
    InfestedSharePct,
    /// Contracted hectares on fields with a forecast
    LinkedSurveyedHa,
    /// Contracted hectares on fields whose highest severity is at least medium
    LinkedAtRiskHa,
    /// 100 · linked_at_risk_ha / linked_ha
    LinkedAtRiskSharePct,
}

impl Measure {
    /// All measures, in the order of the table.
    pub const ALL: [Measure; 12] = [
        Measure::AreaHa,
        Measure::Fields,
        Measure::FieldAreaHa,
        Measure::LinkedHa,
        Measure::LinkedSharePct,
        Measure::MeanSeverity,
        Measure::SurveyedHa,
        Measure::InfestedHa,
        Measure::InfestedSharePct,
        Measure::LinkedSurveyedHa,
        Measure::LinkedAtRiskHa,
        Measure::LinkedAtRiskSharePct,
    ];

    /// Name in project files and tables.
    pub fn id(self) -> &'static str {
        match self {
            Measure::AreaHa => "area_ha",
            Measure::Fields => "fields",
            Measure::FieldAreaHa => "field_area_ha",
            Measure::LinkedHa => "linked_ha",
            Measure::LinkedSharePct => "linked_share_pct",
            Measure::MeanSeverity => "mean_severity",
            Measure::SurveyedHa => "surveyed_ha",
            Measure::InfestedHa => "infested_ha",
            Measure::InfestedSharePct => "infested_share_pct",
            Measure::LinkedSurveyedHa => "linked_surveyed_ha",
            Measure::LinkedAtRiskHa => "linked_at_risk_ha",
            Measure::LinkedAtRiskSharePct => "linked_at_risk_share_pct",
        }
    }

    /// The measure with an id.
    pub fn find(id: &str) -> Option<Measure> {
        Measure::ALL.into_iter().find(|measure| measure.id() == id)
    }

    /// Name for people.
    pub fn name(self) -> Message {
        match self {
            Measure::AreaHa => message!("Diện tích tự nhiên", "Commune area"),
            Measure::Fields => message!("Số thửa ruộng", "Number of fields"),
            Measure::FieldAreaHa => message!("Diện tích ruộng", "Field area"),
            Measure::LinkedHa => message!("Diện tích liên kết", "Area under contract"),
            Measure::LinkedSharePct => message!("Tỷ lệ diện tích liên kết", "Share of area under contract"),
            Measure::MeanSeverity => message!("Mức độ nhiễm trung bình", "Mean severity"),
            Measure::SurveyedHa => message!("Diện tích đã điều tra", "Surveyed area"),
            Measure::InfestedHa => message!("Diện tích nhiễm", "Infested area"),
            Measure::InfestedSharePct => message!("Tỷ lệ diện tích nhiễm", "Share of area infested"),
            Measure::LinkedSurveyedHa => message!("Diện tích liên kết đã điều tra", "Surveyed area under contract"),
            Measure::LinkedAtRiskHa => message!("Diện tích liên kết có nguy cơ", "Area under contract at risk"),
            Measure::LinkedAtRiskSharePct => {
                message!("Tỷ lệ diện tích liên kết có nguy cơ", "Share of area under contract at risk")
            }
        }
    }

    /// Unit for people.
    pub fn unit(self) -> Message {
        match self {
            Measure::Fields => message!("thửa", "fields"),
            Measure::MeanSeverity => message!("mức 0–4", "level 0–4"),
            Measure::LinkedSharePct | Measure::LinkedAtRiskSharePct => message!("%", "%"),
            Measure::InfestedSharePct => message!("% diện tích điều tra", "% of surveyed area"),
            _ => message!("ha", "ha"),
        }
    }

    /// Whether the measure follows from forecasts, so that it changes from period to period.
    pub fn needs_forecasts(self) -> bool {
        matches!(
            self,
            Measure::MeanSeverity
                | Measure::SurveyedHa
                | Measure::InfestedHa
                | Measure::InfestedSharePct
                | Measure::LinkedSurveyedHa
                | Measure::LinkedAtRiskHa
                | Measure::LinkedAtRiskSharePct
        )
    }

    /// Whether the measure follows from contracts.
    pub fn needs_linked(self) -> bool {
        matches!(
            self,
            Measure::LinkedHa
                | Measure::LinkedSharePct
                | Measure::LinkedSurveyedHa
                | Measure::LinkedAtRiskHa
                | Measure::LinkedAtRiskSharePct
        )
    }

    /// Whether the measure is hectares or counts of fields.
    pub fn needs_fields(self) -> bool {
        matches!(
            self,
            Measure::Fields
                | Measure::FieldAreaHa
                | Measure::LinkedSharePct
                | Measure::SurveyedHa
                | Measure::InfestedHa
                | Measure::InfestedSharePct
        )
    }

    /// Whether a project has what the measure needs.
    pub fn available(self, joined: &Joined) -> bool {
        let by_commune_only = joined.forecast_target() == Some(Target::Fields)
            && joined.linked.as_ref().is_some_and(|linked| linked.target == Some(Target::Communes));
        let reported = self == Measure::InfestedHa && joined.forecasts.as_ref().is_some_and(|found| !found.areas.is_empty());
        let surveyed = joined.forecasts.as_ref().is_some_and(|found| found.target.is_some());
        if reported {
            return true;
        }
        (!self.needs_fields() || joined.fields.is_some())
            && (!self.needs_linked() || joined.linked.is_some())
            && (!self.needs_forecasts() || surveyed)
            && !(self.needs_linked() && self.needs_forecasts() && by_commune_only)
    }

    /// Named scale it is drawn with.
    pub fn scale(self) -> &'static str {
        match self {
            Measure::MeanSeverity => "severity",
            Measure::InfestedHa | Measure::InfestedSharePct => "infested",
            Measure::LinkedAtRiskHa | Measure::LinkedAtRiskSharePct => "risk",
            Measure::LinkedHa | Measure::LinkedSharePct | Measure::LinkedSurveyedHa => "linked",
            _ => "area",
        }
    }
}

/// Computes a measure over the accounts of a period.
pub fn measure(joined: &Joined, accounts: &Accounts, key: &MeasureKey) -> Result<Measured> {
    if let Some(found) = joined.indicators.find(&key.measure) {
        return Ok(found.clone());
    }
    let Some(kind) = Measure::find(&key.measure) else { return Err(unknown(joined, &key.measure)) };
    if !kind.available(joined) {
        let id = kind.id();
        return Err(Fault::new(
            "measure-without-data",
            Place { value: id.to_owned(), ..Place::default() },
            message!("dự án không có đủ dữ liệu để tính \"{id}\"", "the project lacks the data for \"{id}\""),
        )
        .hint(message!(
            "cần [fields] cho héc-ta ruộng, bảng linked-production cho liên kết, bảng pest-forecast cho mức độ nhiễm",
            "[fields] gives field hectares, a linked-production table contracts, a pest-forecast table severity"
        )));
    }
    if let Some(enterprise) = &key.enterprise {
        return crate::measures::enterprises::measure(joined, accounts, kind, enterprise);
    }
    let pest = key.pest.as_deref().map(|pest| pest_number(joined, pest)).transpose()?;
    let list = match pest {
        Some(pest) => &accounts.pests[pest],
        None => &accounts.communes,
    };
    let values = (0..joined.communes.len()).map(|commune| value(joined, kind, commune, &list[commune], key.severity)).collect();
    let mut name = kind.name();
    let mut id = kind.id().to_owned();
    if let Some(level) = key.severity {
        let (vi, en) = (severity::name(level, Lang::Vi), severity::name(level, Lang::En));
        name = Message { vi: format!("{} mức {vi}", name.vi), en: format!("{}, {en}", name.en) };
        id = format!("{id}_{level}");
    }
    if let Some(pest) = &key.pest {
        name = Message { vi: format!("{} – {pest}", name.vi), en: format!("{} – {pest}", name.en) };
        id = format!("{id}:{pest}");
    }
    let total = total(joined, kind, &accounts.whole(pest), key.severity);
    Ok(Measured { id, name, unit: kind.unit(), values, total, scale: kind.scale(), signed: false })
}

fn unknown(joined: &Joined, id: &str) -> Fault {
    let ids: Vec<&str> = Measure::ALL.iter().map(|measure| measure.id()).chain(joined.indicators.ids()).collect();
    let known = ids.join(", ");
    let fault = Fault::new(
        "unknown-measure",
        Place { value: id.to_owned(), ..Place::default() },
        message!("không có chỉ tiêu \"{id}\"; đang có: {known}", "there is no measure \"{id}\"; there are: {known}"),
    );
    match nearest(id, ids.iter().copied()) {
        Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
        None => fault,
    }
}

fn value(joined: &Joined, kind: Measure, commune: usize, account: &Account, level: Option<u8>) -> Value {
    let land = &joined.land;
    if kind == Measure::AreaHa {
        return if joined.communes.shapes.has_geometry(commune) {
            Value::finite(joined.communes.area_ha[commune])
        } else {
            Value::NoData
        };
    }
    if account.reported && kind == Measure::InfestedHa {
        return account.infested(level);
    }
    if joined.fields.is_some() && land.fields[commune] == 0 {
        return match kind {
            Measure::Fields | Measure::FieldAreaHa => Value::Number(0.0),
            _ => Value::OutOfScope,
        };
    }
    let linked = Value::finite(land.linked_ha[commune]);
    // Contracts that no survey reached have an unknown risk, not none.
    let at_risk = match linked {
        Value::Number(hectares) if hectares > 0.0 && account.linked_surveyed_ha <= 0.0 => Value::NotSurveyed,
        other => other.map(|_| account.linked_at_risk_ha),
    };
    match kind {
        Measure::AreaHa => Value::NoData,
        Measure::Fields => Value::Number(f64::from(land.fields[commune])),
        Measure::FieldAreaHa => Value::Number(land.field_area_ha[commune]),
        Measure::LinkedHa => linked,
        Measure::LinkedSharePct => linked.map(|hectares| 100.0 * hectares / land.field_area_ha[commune]),
        Measure::MeanSeverity => account.mean_severity(),
        Measure::SurveyedHa => Value::Number(account.surveyed_ha),
        Measure::InfestedHa => account.infested(level),
        Measure::InfestedSharePct => account.infested_share_pct(level),
        Measure::LinkedSurveyedHa => linked.map(|_| account.linked_surveyed_ha),
        Measure::LinkedAtRiskHa => at_risk,
        Measure::LinkedAtRiskSharePct => match linked {
            Value::Number(0.0) => Value::OutOfScope,
            _ => at_risk.zip(linked, |risk, linked| 100.0 * risk / linked),
        },
    }
}

fn total(joined: &Joined, kind: Measure, account: &Account, level: Option<u8>) -> Value {
    let land = &joined.land;
    let sum = |list: &[f64]| {
        let known: Vec<f64> = list.iter().copied().filter(|number| number.is_finite()).collect();
        if known.is_empty() { Value::NoData } else { Value::Number(known.iter().sum()) }
    };
    let inside = sum(&land.linked_ha);
    // Contracts on fields without a shape lie in no commune, yet the office has them.
    let linked = match inside {
        Value::Number(hectares) => Value::Number(hectares + land.linked_unplaced_ha),
        _ if land.linked_unplaced_ha > 0.0 => Value::Number(land.linked_unplaced_ha),
        unknown => unknown,
    };
    let at_risk = if account.linked_surveyed_ha > 0.0 { Value::Number(account.linked_at_risk_ha) } else { Value::NotSurveyed };
    match kind {
        Measure::AreaHa => sum(&joined.communes.area_ha),
        // A field that straddles communes is one field, so the sum over communes would be too high.
        Measure::Fields => Value::Number(joined.fields.as_ref().map_or(0, |fields| fields.pieces.len()) as f64),
        Measure::FieldAreaHa => sum(&land.field_area_ha),
        Measure::LinkedHa => linked,
        Measure::LinkedSharePct => inside.zip(sum(&land.field_area_ha), |linked, fields| 100.0 * linked / fields),
        Measure::MeanSeverity => account.mean_severity(),
        Measure::SurveyedHa => Value::Number(account.surveyed_ha),
        Measure::InfestedHa => account.infested(level),
        Measure::InfestedSharePct => account.infested_share_pct(level),
        Measure::LinkedSurveyedHa => Value::Number(account.linked_surveyed_ha),
        Measure::LinkedAtRiskHa => at_risk,
        Measure::LinkedAtRiskSharePct => at_risk.zip(linked, |risk, linked| 100.0 * risk / linked),
    }
}
