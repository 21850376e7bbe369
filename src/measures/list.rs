//! The measures, each an entry of its own. The definitions are those of the manual, word for word.

use super::estimates::{self, Bound};
use super::specification::{Measure, Needs, Specification};
use crate::values::numbers::percent;
use crate::values::{Unit, Value};

/// Declares the measures, and the list of all of them in the order of the table.
macro_rules! measures {
    ($($(#[$doc:meta])* $name:ident = $specification:expr;)*) => {
        $($(#[$doc])* pub static $name: Specification = $specification;)*

        /// All measures, in the order of the table.
        pub static ALL: &[Measure] = &[$(&$name),*];
    };
}

/// The measure with an id.
pub fn find(id: &str) -> Option<Measure> {
    ALL.iter().copied().find(|measure| measure.id == id)
}

/// Hectares that follow from nothing else; the others say what differs.
const HECTARES: Specification = Specification {
    id: "",
    names: ["", ""],
    said: None,
    share: None,
    whole: None,
    by_level: false,
    unit: Unit::Hectares,
    needs: Needs::NONE,
    scale: "area",
    decimals: None,
    value: |_| Value::NoData,
    total: |_| Value::NoData,
    of_account: None,
};

/// Contracts at risk, estimated.
const ESTIMATE: Specification = Specification {
    needs: Needs { linked: true, estimate: true, ..Needs::NONE },
    scale: "risk",
    total: |of| of.sum_of_values(),
    ..HECTARES
};

measures! {
    /// Commune polygon
    AREA_HA = Specification {
        id: "area_ha",
        names: ["Diện tích tự nhiên", "Commune area"],
        value: |of| match of.joined.communes.shapes.has_geometry(of.commune) {
            true => Value::finite(of.joined.communes.area_ha[of.commune]),
            false => Value::NoData,
        },
        total: |of| of.sum(&of.joined.communes.area_ha),
        ..HECTARES
    };

    /// Number of fields with some area inside
    FIELDS = Specification {
        id: "fields",
        names: ["Số thửa ruộng", "Number of fields"],
        said: Some(["ruộng", "in all"]),
        unit: Unit::Count(["thửa", "fields"]),
        needs: Needs { fields: true, ..Needs::NONE },
        value: |of| Value::Number(f64::from(of.joined.land.fields[of.commune])),
        // A field that straddles communes is one field, so the sum over communes would be too high.
        total: |of| {
            let fields = of.joined.fields.as_ref().map(|fields| &fields.pieces);
            let inside = fields.map_or(0, |pieces| (0..pieces.len()).filter(|field| !pieces.of(*field).is_empty()).count());
            Value::Number(inside as f64)
        },
        ..HECTARES
    };

    /// Sum of field area inside
    FIELD_AREA_HA = Specification {
        id: "field_area_ha",
        names: ["Diện tích ruộng", "Field area"],
        said: Some(["ruộng", "of fields"]),
        needs: Needs { fields: true, ..Needs::NONE },
        value: |of| Value::Number(of.joined.land.field_area_ha[of.commune]),
        total: |of| of.sum(&of.joined.land.field_area_ha),
        ..HECTARES
    };

    /// Hectares sown, as notices report them beside their pests
    SOWN_HA = Specification {
        id: "sown_ha",
        names: ["Diện tích gieo trồng", "Area sown"],
        said: Some(["gieo trồng", "sown"]),
        needs: Needs { sown: true, ..Needs::NONE },
        value: |of| match of.sown_ha() {
            sown if sown > 0.0 => Value::finite(sown),
            _ => Value::NoData,
        },
        total: |of| of.sum_of_values(),
        ..HECTARES
    };

    /// Contracted hectares
    LINKED_HA = Specification {
        id: "linked_ha",
        names: ["Diện tích liên kết", "Area under contract"],
        said: Some(["liên kết", "under contract"]),
        share: Some("linked_share_pct"),
        whole: Some("field_area_ha"),
        needs: Needs { linked: true, ..Needs::NONE },
        scale: "linked",
        value: |of| of.with_fields(|| of.linked()),
        total: |of| of.linked(),
        ..HECTARES
    };

    /// 100 · linked_ha / field_area_ha
    LINKED_SHARE_PCT = Specification {
        id: "linked_share_pct",
        names: ["Tỷ lệ diện tích liên kết", "Share of area under contract"],
        said: Some(["diện tích ruộng có liên kết", "of the fields under contract"]),
        unit: Unit::PerCent,
        needs: Needs { fields: true, linked: true, ..Needs::NONE },
        scale: "linked_share",
        value: |of| of.with_fields(|| of.linked().map(|linked| percent(linked, of.joined.land.field_area_ha[of.commune]))),
        total: |of| of.linked_inside().zip(of.sum(&of.joined.land.field_area_ha), percent),
        ..HECTARES
    };

    /// Area-weighted mean severity of the field pieces that have a forecast
    MEAN_SEVERITY = Specification {
        id: "mean_severity",
        names: ["Mức độ nhiễm trung bình", "Mean severity"],
        said: None,
        share: None,
        whole: None,
        by_level: false,
        unit: Unit::Level,
        needs: Needs { forecasts: true, ..Needs::NONE },
        scale: "severity",
        decimals: Some(2),
        value: |of| of.with_fields(|| of.account.mean_severity()),
        total: |of| of.account.mean_severity(),
        of_account: Some(|account| account.mean_severity()),
    };

    /// Field hectares with a forecast
    SURVEYED_HA = Specification {
        id: "surveyed_ha",
        names: ["Diện tích đã điều tra", "Surveyed area"],
        said: Some(["đã điều tra", "surveyed"]),
        needs: Needs { fields: true, forecasts: true, ..Needs::NONE },
        value: |of| of.with_fields(|| Value::Number(of.account.surveyed_ha)),
        total: |of| Value::Number(of.account.surveyed_ha),
        of_account: Some(|account| Value::Number(account.surveyed_ha)),
        ..HECTARES
    };

    /// Field hectares whose severity is at least light
    INFESTED_HA = Specification {
        id: "infested_ha",
        by_level: true,
        names: ["Diện tích nhiễm", "Infested area"],
        said: Some(["nhiễm", "infested"]),
        share: Some("infested_share_pct"),
        whole: Some("surveyed_ha"),
        needs: Needs { fields: true, forecasts: true, or_reports: true, ..Needs::NONE },
        scale: "infested",
        value: |of| match of.account.reported {
            true => of.account.infested(of.level),
            false => of.with_fields(|| of.account.infested(of.level)),
        },
        total: |of| of.account.infested(of.level),
        of_account: Some(|account| account.infested(None)),
        ..HECTARES
    };

    /// Hectares treated, as notices report them; over all pests those of the one that infests most
    TREATED_HA = Specification {
        id: "treated_ha",
        names: ["Diện tích phòng trừ", "Treated area"],
        said: Some(["đã phòng trừ", "treated"]),
        needs: Needs { forecasts: true, treated: true, ..Needs::NONE },
        scale: "infested",
        value: |of| of.account.treated_ha.map_or(Value::NoData, Value::finite),
        total: |of| of.account.treated_ha.map_or(Value::NoData, Value::finite),
        of_account: Some(|account| account.treated_ha.map_or(Value::NoData, Value::finite)),
        ..HECTARES
    };

    /// 100 · infested_ha / surveyed_ha
    INFESTED_SHARE_PCT = Specification {
        id: "infested_share_pct",
        by_level: true,
        names: ["Tỷ lệ diện tích nhiễm", "Share of area infested"],
        said: Some(["diện tích điều tra bị nhiễm", "of the surveyed area infested"]),
        unit: Unit::PerCentOf(["% diện tích điều tra", "% of surveyed area"]),
        needs: Needs { fields: true, forecasts: true, ..Needs::NONE },
        scale: "infested_share",
        value: |of| of.with_fields(|| of.account.infested_share_pct(of.level)),
        total: |of| of.account.infested_share_pct(of.level),
        of_account: Some(|account| account.infested_share_pct(None)),
        ..HECTARES
    };

    /// Contracted hectares on fields with a forecast
    LINKED_SURVEYED_HA = Specification {
        id: "linked_surveyed_ha",
        names: ["Diện tích liên kết đã điều tra", "Surveyed area under contract"],
        said: Some(["liên kết đã điều tra", "under contract surveyed"]),
        needs: Needs { linked: true, forecasts: true, ..Needs::NONE },
        scale: "linked",
        value: |of| of.with_fields(|| of.linked().map(|_| of.account.linked_surveyed_ha)),
        total: |of| Value::Number(of.account.linked_surveyed_ha),
        ..HECTARES
    };

    /// Contracted hectares on fields whose highest severity is at least medium
    LINKED_AT_RISK_HA = Specification {
        id: "linked_at_risk_ha",
        names: ["Diện tích liên kết có nguy cơ", "Area under contract at risk"],
        said: Some(["liên kết có nguy cơ", "under contract at risk"]),
        share: Some("linked_at_risk_share_pct"),
        whole: Some("linked_ha"),
        needs: Needs { linked: true, forecasts: true, ..Needs::NONE },
        scale: "risk",
        value: |of| of.with_fields(|| of.at_risk()),
        total: |of| of.at_risk(),
        of_account: Some(|account| match account.linked_surveyed_ha > 0.0 {
            true => Value::Number(account.linked_at_risk_ha),
            false => Value::NotSurveyed,
        }),
        ..HECTARES
    };

    /// Contracted hectares at risk by commune, at least
    LINKED_AT_RISK_LOW_HA = Specification {
        id: "linked_at_risk_low_ha",
        names: ["Diện tích liên kết có nguy cơ, ước tính ít nhất", "Area under contract at risk, least estimate"],
        said: Some(["liên kết có nguy cơ, ít nhất theo ước tính", "under contract at risk, the least estimate"]),
        value: |of| estimates::at_risk(of, Bound::Low),
        ..ESTIMATE
    };

    /// Contracted hectares at risk by commune, where pests spare no contract
    LINKED_AT_RISK_EXPECTED_HA = Specification {
        id: "linked_at_risk_expected_ha",
        names: ["Diện tích liên kết có nguy cơ, ước tính", "Area under contract at risk, estimate"],
        said: Some(["liên kết có nguy cơ theo ước tính", "under contract at risk, estimated"]),
        value: |of| estimates::at_risk(of, Bound::Expected),
        total: estimates::expected_of_all,
        ..ESTIMATE
    };

    /// Contracted hectares at risk by commune, at most
    LINKED_AT_RISK_HIGH_HA = Specification {
        id: "linked_at_risk_high_ha",
        names: ["Diện tích liên kết có nguy cơ, ước tính nhiều nhất", "Area under contract at risk, highest estimate"],
        said: Some(["liên kết có nguy cơ, nhiều nhất theo ước tính", "under contract at risk, the highest estimate"]),
        value: |of| estimates::at_risk(of, Bound::High),
        ..ESTIMATE
    };

    /// 100 · linked_at_risk_ha / linked_ha
    LINKED_AT_RISK_SHARE_PCT = Specification {
        id: "linked_at_risk_share_pct",
        names: ["Tỷ lệ diện tích liên kết có nguy cơ", "Share of area under contract at risk"],
        said: Some(["diện tích liên kết có nguy cơ", "of the area under contract at risk"]),
        unit: Unit::PerCent,
        needs: Needs { linked: true, forecasts: true, ..Needs::NONE },
        scale: "risk_share",
        value: |of| {
            of.with_fields(|| match of.linked() {
                Value::Number(0.0) => Value::OutOfScope,
                linked => of.at_risk().zip(linked, percent),
            })
        },
        total: |of| of.at_risk().zip(of.linked(), percent),
        ..HECTARES
    };
}
