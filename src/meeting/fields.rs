//! Named fields with which an office's own letter is filled.

use super::annex::{annex, of_period};
use super::crops::{crops, growth, season, sown};
use super::notice::{covered, forecast, known, measures, situation, weather};
use super::pests::{Pest, pests};
use super::{Brief, quality};
use crate::measures::Measure;
use crate::measures::list::{INFESTED_HA, LINKED_AT_RISK_HA, LINKED_HA};
use crate::model::When;
use crate::ooxml::letter::form::{Answers, Filling, Form, Met};
use crate::ooxml::letter::{Block, Paragraph, Run, Style};
use crate::ooxml::{Cell, Rows};
use crate::project::MeasureKey;
use crate::render::key;
use crate::run::Result;
use crate::tables::Sheet;
use crate::tables::weather::over_stations;
use crate::values::dates::format_day;
use crate::values::text::fold;
use crate::values::{Lang, Message, Period};
use chrono::Datelike as _;

/// A named field: how it is called, and what takes its place.
#[derive(Debug, Clone)]
pub struct Field {
    /// Name; accents, capitals, `_` and `.` do not matter
    pub name: Message,
    /// What it holds
    pub says: Message,
}

/// Names and what they hold: words in a line.
const WORDS: [[&str; 4]; 25] = [
    ["don_vi", "office", "đơn vị lập", "who made it"],
    ["tieu_de", "title", "tên dự án", "title of the project"],
    ["nguon", "source", "nguồn số liệu", "where the data come from"],
    ["ghi_chu", "note", "ghi chú của dự án", "note of the project"],
    ["ky", "period", "kỳ báo cáo", "reporting period"],
    ["tu_ngay", "from", "ngày đầu kỳ", "first day of the period"],
    ["den_ngay", "to", "ngày cuối kỳ", "last day of the period"],
    ["so_ngay", "days", "số ngày của kỳ", "days of the period"],
    ["ngay", "day", "ngày lập văn bản (date của dự án)", "day of the letter (date of the project)"],
    ["thang", "month", "tháng lập văn bản", "month of the letter"],
    ["nam", "year", "năm lập văn bản", "year of the letter"],
    ["nhiet_do_tb", "temperature_mean", "nhiệt độ trung bình trong kỳ, °C", "mean temperature, °C"],
    ["nhiet_do_cao", "temperature_max", "nhiệt độ cao nhất, °C", "highest temperature, °C"],
    ["nhiet_do_thap", "temperature_min", "nhiệt độ thấp nhất, °C", "lowest temperature, °C"],
    ["am_do", "humidity", "ẩm độ trung bình, %", "mean humidity, %"],
    ["luong_mua", "rain_mm", "lượng mưa cả kỳ, mm", "rain of the period, mm"],
    ["dien_tich_nhiem", "infested_ha", "diện tích nhiễm, mỗi thửa tính một lần, ha", "infested land, each field once, ha"],
    ["vu", "season", "vụ sản xuất ([bulletin] season, hoặc cột vụ của thửa)", "season ([bulletin] season, or of the fields)"],
    ["dien_tich_gieo", "sown_ha", "diện tích xuống giống theo thông báo, ha", "sown area as notices state it, ha"],
    ["giai_doan", "stages", "giai đoạn sinh trưởng, ha từng giai đoạn", "stages of growth with their hectares"],
    ["dien_tich_lien_ket", "linked_ha", "diện tích liên kết, ha", "contracted land, ha"],
    ["lien_ket_nguy_co", "linked_at_risk_ha", "diện tích liên kết có nguy cơ, ha", "contracts at risk, ha"],
    ["thoi_tiet", "weather", "câu về thời tiết", "sentence on the weather"],
    ["cay_trong", "crops", "câu về cây trồng", "sentence on crops"],
    ["cau_tra_loi", "answer", "câu trả lời chính", "the answer in a sentence"],
];

/// Paragraphs and tables, each in a paragraph of its own.
const BLOCKS: [[&str; 4]; 5] = [
    ["tinh_hinh", "situation", "phần II: tình hình từng loại (đoạn riêng)", "part II: each pest (a paragraph of its own)"],
    ["du_bao", "forecast", "phần III: dự báo (đoạn riêng)", "part III: forecasts (a paragraph of its own)"],
    ["bien_phap", "measures", "phần IV: biện pháp (đoạn riêng)", "part IV: measures (a paragraph of its own)"],
    ["phu_luc", "annex", "bảng phụ lục 12 cột (đoạn riêng)", "annex of 12 columns (a paragraph of its own)"],
    ["so_lieu", "data", "số liệu dựa vào đâu (đoạn riêng)", "what the numbers rest on (a paragraph of its own)"],
];

/// Of every pest: a table row or paragraph with one of them is repeated. After the number and the sentence the columns of the annex.
const OF_PEST: [[&str; 4]; 14] = [
    ["svgh.tt", "pest.number", "số thứ tự", "number"],
    ["svgh.tinh_hinh", "pest.situation", "tình hình trong một đoạn", "situation in a paragraph"],
    ["svgh.ten", "pest.name", "tên sinh vật gây hại", "name"],
    ["svgh.giai_doan", "pest.stage", "vụ, giai đoạn sinh trưởng", "season, stage"],
    ["svgh.mat_do", "pest.density", "mật độ, tỷ lệ phổ biến", "usual density or rate"],
    ["svgh.mat_do_cao", "pest.density_high", "mật độ, tỷ lệ cao", "high density or rate"],
    ["svgh.tong", "pest.all", "tổng diện tích nhiễm, ha", "infested, ha"],
    ["svgh.nhe", "pest.light", "nhiễm nhẹ, ha", "light, ha"],
    ["svgh.trung_binh", "pest.medium", "nhiễm trung bình, ha", "medium, ha"],
    ["svgh.nang", "pest.heavy", "nhiễm nặng, ha", "heavy, ha"],
    ["svgh.mat_trang", "pest.lost", "mất trắng, ha", "lost, ha"],
    ["svgh.nam_truoc", "pest.last_year", "cùng kỳ năm trước, ha", "last year, ha"],
    ["svgh.phong_tru", "pest.treated", "diện tích phòng trừ, ha", "treated, ha"],
    ["svgh.phan_bo", "pest.where", "phân bố", "where"],
];

/// All fields in groups: in a line, in a paragraph of their own, of every pest.
pub fn fields() -> [Vec<Field>; 3] {
    let of = |list: &[[&str; 4]]| {
        let field = |[vi, en, says, says_en]: &[&str; 4]| Field {
            name: Message { vi: (*vi).to_owned(), en: (*en).to_owned() },
            says: Message { vi: (*says).to_owned(), en: (*says_en).to_owned() },
        };
        list.iter().map(field).collect::<Vec<Field>>()
    };
    [of(&WORDS), of(&BLOCKS), of(&OF_PEST)]
}

/// The English name of a field among some; a name in either language will do.
fn found<'a>(list: &'a [[&'a str; 4]], name: &str) -> Option<(usize, &'a str)> {
    let wanted = fold(name);
    let at = list.iter().position(|[vi, en, ..]| fold(vi) == wanted || fold(en) == wanted)?;
    Some((at, list[at][1]))
}

/// Whether a field is known.
pub fn is_known(name: &str) -> bool {
    [&WORDS[..], &BLOCKS, &OF_PEST].into_iter().any(|list| found(list, name).is_some())
}

/// The known field that is most like a name.
pub fn nearest(name: &str, lang: Lang) -> Option<String> {
    let all = [&WORDS[..], &BLOCKS, &OF_PEST].into_iter().flatten().map(|[vi, en, ..]| lang.pick(vi, en));
    crate::values::text::nearest(name, all).map(str::to_owned)
}

/// An office's letter, filled in; nothing without pests.
pub fn filled(brief: &Brief, form: &Form) -> Result<Option<(Vec<u8>, Met)>> {
    let list = pests(brief)?;
    if list.is_empty() {
        return Ok(None);
    }
    // What cannot be computed is not found out field by field.
    let sheet = crate::tables::weather::weather(brief.render.joined, brief.lang());
    let words: Vec<Vec<Run>> = WORDS.iter().map(|[_, id, ..]| words(brief, sheet.as_ref(), id)).collect::<Result<_>>()?;
    let table = annex(brief, &list);
    let blocks: Vec<Vec<Block>> = BLOCKS.iter().map(|[_, id, ..]| blocks(brief, &list, &table, id)).collect::<Result<_>>()?;
    let of = |name: &str| match (found(&WORDS, name), found(&BLOCKS, name)) {
        (Some((at, _)), _) => Some(Filling::Words(words[at].clone())),
        (_, Some((at, _))) => Some(Filling::Blocks(blocks[at].clone())),
        _ => None,
    };
    let of_row = |row: usize, name: &str| {
        let (at, id) = found(&OF_PEST, name)?;
        let pest = list.get(row)?;
        Some(match id {
            "pest.number" => vec![Run::text((row + 1).to_string())],
            "pest.situation" => vec![Run::text(pest.situation(&brief.render.joined.communes.names, brief.lang()))],
            "pest.name" => vec![Run::text(called(brief, &pest.name))],
            _ => table.rows[row].get(at - 2).map_or_else(Vec::new, in_cell),
        })
    };
    let answers = Answers { of: &of, of_row: &of_row, rows: list.len() };
    form.fill(&answers, &brief.properties()).map(Some)
}

/// A pest by name; numbers of a period to come are called so wherever they stand.
fn called(brief: &Brief, name: &str) -> String {
    if brief.is_forecast() { format!("{name} ({})", brief.mark()) } else { name.to_owned() }
}

fn in_cell(cell: &Cell) -> Vec<Run> {
    vec![if cell.blank { Run::blank() } else { Run::text(cell.words.as_str()) }]
}

/// A field in a line; a place to write in where it is not known.
fn words(brief: &Brief, sheet: Option<&Sheet>, id: &str) -> Result<Vec<Run>> {
    let (render, lang) = (brief.render, brief.lang());
    let (project, joined) = (render.project, render.joined);
    let text = |words: String| if words.is_empty() { Run::blank() } else { Run::text(words) };
    let period = joined.periods.get(When::Current);
    let of_period = |of: fn(Period) -> String| text(period.map(of).unwrap_or_default());
    let of_day = |of: fn(chrono::NaiveDate) -> String| text(project.date.map(|day| of(day.0)).unwrap_or_default());
    let total = |measure: Measure| -> Result<Run> {
        if !measure.available(joined) {
            return Ok(Run::blank());
        }
        let measured = render.measured(&key(measure.id, None, None), None)?;
        let mut run = known(measured.total.number(), 1, lang);
        // A sum over some of the communes says so.
        if measured.total.number().is_some() {
            run.words.push_str(&covered(&measured, lang));
        }
        Ok(run)
    };
    Ok(vec![match id {
        "office" => text(project.office.clone()),
        "title" => text(project.title.clone()),
        "source" => text(project.source.clone()),
        "note" => Run::text(project.note.as_str()),
        "period" => text(brief.period()),
        "from" => of_period(|period| format_day(period.from)),
        "to" => of_period(|period| format_day(period.to)),
        "days" => of_period(|period| period.days().to_string()),
        "day" => of_day(|day| format!("{:02}", day.day())),
        "month" => of_day(|day| format!("{:02}", day.month())),
        "year" => of_day(|day| day.year().to_string()),
        "infested_ha" => total(&INFESTED_HA)?,
        "linked_ha" => total(&LINKED_HA)?,
        "linked_at_risk_ha" => total(&LINKED_AT_RISK_HA)?,
        "season" => season(brief),
        "sown_ha" => sown(brief)?,
        "stages" => growth(brief),
        "weather" => return Ok(weather(brief, sheet)),
        "crops" => return crops(brief),
        "answer" => text(answer(brief)?),
        _ => known(sheet.and_then(|sheet| over_stations(sheet, id)), if id == "humidity" { 0 } else { 1 }, lang),
    }])
}

/// The finding of the leading measure.
fn answer(brief: &Brief) -> Result<String> {
    let render = brief.render;
    let measure = [&LINKED_AT_RISK_HA, &INFESTED_HA].into_iter().find(|measure| measure.available(render.joined));
    let Some(measure) = measure else { return Ok(String::new()) };
    let own: MeasureKey = key(measure.id, None, None);
    let finding = render.finding(&own, &render.measured(&own, None)?, None, None)?;
    Ok([finding.title, finding.lead].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(". "))
}

/// A field of paragraphs or a table.
fn blocks(brief: &Brief, list: &[Pest], table: &Rows, id: &str) -> Result<Vec<Block>> {
    let said = |words: String| Block::Paragraph(Paragraph::new(Style::Normal, words));
    Ok(match id {
        "situation" => situation(brief, list)?,
        "forecast" => forecast(brief, list)?,
        "measures" => measures(brief)?,
        "data" => quality::quality(brief).into_iter().map(said).collect(),
        _ => {
            // Numbers of a period to come are called so.
            let head = brief.is_forecast().then(|| said(format!("{}, {}", brief.mark(), of_period(brief))));
            head.into_iter().chain([Block::Rows(table.clone())]).collect()
        }
    })
}
