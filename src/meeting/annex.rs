//! The annex of the notice: twelve columns, a row per pest, as plant protection prints it.

use super::Brief;
use super::pests::{Pest, coverage};
use crate::model::{Measured, When};
use crate::ooxml::{Align, Cell, Rows};
use crate::values::{Lang, Value, numbers};

/// The annex; what is not known is a place to write in.
pub fn annex(brief: &Brief, pests: &[Pest]) -> Rows {
    let lang = brief.lang();
    let names = &brief.render.joined.communes.names;
    let head = |words: &str, wide: usize, tall: usize| Cell { wide, tall, align: Align::Middle, ..Cell::text(words) };
    let one = |vi: &str, en: &str| head(lang.pick(vi, en), 1, 1);
    let first = vec![
        head(lang.pick("Tên sinh vật gây hại", "Pest"), 1, 2),
        head(lang.pick("Vụ, giai đoạn sinh trưởng", "Season, stage"), 1, 2),
        head(lang.pick("Mật độ, tỷ lệ", "Density or rate"), 2, 1),
        head(lang.pick("Diện tích nhiễm (ha)", "Infested (ha)"), 5, 1),
        head(lang.pick("DTN cùng kỳ năm trước (ha)", "Last year (ha)"), 1, 2),
        head(lang.pick("DT phòng trừ (ha)", "Treated (ha)"), 1, 2),
        head(lang.pick("Phân bố", "Where"), 1, 2),
    ];
    let second = vec![
        one("Phổ biến", "Usual"),
        one("Cao", "High"),
        one("Tổng", "All"),
        one("Nhẹ", "Light"),
        one("TB", "Medium"),
        one("Nặng", "Heavy"),
        one("Mất trắng", "Lost"),
    ];
    let written = |words: &str| if words.is_empty() { Cell::blank() } else { Cell::text(words) };
    let row = |pest: &Pest| {
        let hectares = |value: Value| match value {
            Value::Number(0.0) => Cell::of(0.0, "0"),
            Value::Number(number) => Cell::of(number, numbers::format(number, 1, lang)),
            _ => Cell::blank(),
        };
        let mut cells = vec![
            Cell::text(pest.name.as_str()),
            written(&pest.words[0]),
            written(&pest.words[1]),
            written(&pest.words[2]),
            covered(hectares(pest.now.total), &pest.now, lang),
        ];
        cells.extend(pest.levels.iter().map(|value| hectares(*value)));
        cells.push(pest.before[1].as_ref().map_or_else(Cell::blank, |then| covered(hectares(then.total), then, lang)));
        cells.push(match pest.treated {
            None => Cell::blank(),
            Some((sum, [known, all])) if known == all => Cell::of(sum, numbers::format(sum, 1, lang)),
            Some((sum, [known, all])) => {
                let scope = lang.pick("xã", "communes");
                Cell::number(format!("{} ({known}/{all} {scope})", numbers::format(sum, 1, lang)))
            }
        });
        let places = if pest.words[3].is_empty() { pest.places(names, lang) } else { pest.words[3].clone() };
        cells.push(if places.is_empty() && pest.now.total.number().is_some() { Cell::text("–") } else { written(&places) });
        cells
    };
    Rows {
        widths: vec![15.0, 9.0, 8.0, 8.0, 8.5, 8.0, 8.0, 7.5, 7.0, 9.0, 8.5, 19.0],
        heads: vec![first, second],
        rows: pests.iter().map(row).collect(),
    }
}

/// A sum with the communes it rests on, where these are not all.
fn covered(cell: Cell, measured: &Measured, lang: Lang) -> Cell {
    match coverage(measured) {
        [known, scope] if known > 0 && known < scope => {
            let unit = lang.pick("xã", "communes");
            Cell { words: format!("{} ({known}/{scope} {unit})", cell.words), value: None, ..cell }
        }
        _ => cell,
    }
}

/// Words of a period as an annex has them.
pub fn of_period(brief: &Brief) -> String {
    match (brief.render.joined.periods.get(When::Current), brief.lang()) {
        (Some(period), Lang::Vi) => format!("từ ngày {}", period.format().replace(" – ", " đến ngày ")),
        (Some(period), Lang::En) => period.format(),
        (None, Lang::Vi) => "từ ngày …… đến ngày ……".to_owned(),
        (None, Lang::En) => "from …… to ……".to_owned(),
    }
}
