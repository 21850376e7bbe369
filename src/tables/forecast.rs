//! Every forecast number.

use super::sheet::{Cell, Figures, Heading, Sheet};
use crate::message;
use crate::model::Joined;
use crate::model::outlook::OutlookRow;
use crate::values::{Message, Value};

/// Every forecast number, with the model it comes from and its interval.
pub fn forecast(joined: &Joined) -> Option<Sheet> {
    let outlook = joined.outlook.as_ref().filter(|outlook| !outlook.rows.is_empty())?;
    let quantity = |vi: &str, en: &str| Message {
        vi: format!("{vi}: {}", outlook.quantity.vi),
        en: format!("{en}: {}", outlook.quantity.en),
    };
    let headings = vec![
        Heading::new("code", message!("Mã", "Code"), Figures::Words),
        Heading::new("name", message!("Xã, thị trấn", "Commune"), Figures::Words),
        Heading::new("pest", message!("Sâu bệnh", "Pest"), Figures::Words),
        Heading::new("last_week", message!("Tuần cuối có số liệu", "Last week with data"), Figures::Words),
        Heading::new("last_value", quantity("Gần nhất", "Last"), Figures::Hundredths),
        Heading::new("weeks_ahead", message!("Số tuần tới", "Weeks ahead"), Figures::Whole),
        Heading::new("model", message!("Mô hình", "Model"), Figures::Words),
        Heading::new("forecast", quantity("Dự báo", "Forecast"), Figures::Hundredths),
        Heading::new("low_80", message!("Thấp (80 %)", "Low (80 %)"), Figures::Hundredths),
        Heading::new("high_80", message!("Cao (80 %)", "High (80 %)"), Figures::Hundredths),
        Heading::new(
            "skill",
            message!("Mức cải thiện so với giữ nguyên (1 = hoàn hảo)", "Skill over persistence"),
            Figures::Hundredths,
        ),
    ];
    let end =
        |row: &OutlookRow, at: usize| Cell::from(row.interval.map_or(Value::NoData, |interval| Value::finite(interval[at])));
    let rows = outlook
        .rows
        .iter()
        .map(|row| {
            vec![
                joined.communes.codes[row.commune].as_str().into(),
                joined.communes.names[row.commune].as_str().into(),
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
