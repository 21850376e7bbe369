//! The notice of seven days (Thông báo tình hình sinh vật gây hại 7 ngày) in the structure that plant protection uses: what was read stands in
//! it, what is not known is a yellow place to write in, and nothing is invented.

use super::crops::crops;
use super::pests::{Pest, coverage, pests};
use super::{Brief, annex, decide};
use crate::measures::list::{INFESTED_HA, LINKED_AT_RISK_HA};
use crate::model::{Measured, When};
use crate::ooxml::Rows;
use crate::ooxml::letter::{Block, Letter, Paragraph, Run, Style};
use crate::render::key;
use crate::run::Result;
use crate::tables::weather::{fewest_days, over_stations};
use crate::tables::{self, Sheet};
use crate::values::{Lang, numbers};

/// The notice and its annex; nothing without pests.
pub fn notice(brief: &Brief) -> Result<Option<(Letter, Rows)>> {
    let list = pests(brief)?;
    if list.is_empty() {
        return Ok(None);
    }
    let lang = brief.lang();
    let mut blocks = head(brief);
    blocks.extend(weather_and_crops(brief)?);
    let heading = |vi: &str, en: &str| line(Style::Heading, vec![Run::text(lang.pick(vi, en))]);
    blocks.push(heading("II. TÌNH HÌNH SINH VẬT GÂY HẠI", "II. PESTS"));
    blocks.extend(situation(brief, &list)?);
    blocks.push(heading("III. DỰ BÁO", "III. FORECAST"));
    blocks.extend(forecast(brief, &list)?);
    blocks.push(heading("IV. BIỆN PHÁP CHỈ ĐẠO", "IV. MEASURES"));
    let mut orders = measures(brief)?;
    // A signature does not stand alone on a page.
    if let Some(Block::Paragraph(last)) = orders.last_mut() {
        last.keep = true;
    }
    blocks.extend(orders);
    blocks.extend(foot(lang));
    blocks.push(Block::Lying);
    blocks.push(Block::Paragraph(Paragraph::new(Style::Title, lang.pick("PHỤ LỤC", "ANNEX"))));
    let title = match lang {
        Lang::Vi if brief.is_forecast() => {
            format!("DỰ BÁO diện tích nhiễm sinh vật gây hại, {}", annex::of_period(brief))
        }
        Lang::Vi => format!("Diện tích nhiễm sinh vật gây hại, {}", annex::of_period(brief)),
        Lang::En if brief.is_forecast() => format!("FORECAST of infested areas by pest, {}", annex::of_period(brief)),
        Lang::En => format!("Infested areas by pest, {}", annex::of_period(brief)),
    };
    blocks.push(Block::Paragraph(Paragraph::of(Style::Centre, vec![Run::bold(title)])));
    let annex = annex::annex(brief, &list);
    blocks.push(Block::Rows(annex.clone()));
    let once = lang.pick(
        "Một thửa có thể bị nhiều loại sinh vật gây hại: không cộng diện tích giữa các loại. Ô vàng: chưa có số liệu.",
        "A field may have several pests: areas are not to be added. Yellow: not known.",
    );
    blocks.push(Block::Paragraph(Paragraph::new(Style::Small, once)));
    let letter = Letter { properties: brief.properties(), blocks, page: lang.pick("Trang", "Page").to_owned() };
    Ok(Some((letter, annex)))
}

fn line(style: Style, runs: Vec<Run>) -> Block {
    Block::Paragraph(Paragraph::of(style, runs))
}

/// What the notice is of, with the days of its period.
fn called(brief: &Brief) -> String {
    let days = brief.render.joined.periods.get(When::Current).map(|period| period.days());
    match (brief.lang(), days) {
        (Lang::Vi, Some(days)) => format!("Tình hình sinh vật gây hại cây trồng {days} ngày"),
        (Lang::Vi, None) => "Tình hình sinh vật gây hại cây trồng".to_owned(),
        (Lang::En, Some(days)) => format!("Pests of crops in {days} days"),
        (Lang::En, None) => "Pests of crops".to_owned(),
    }
}

/// Office and motto, number, place and day, what the letter is called.
fn head(brief: &Brief) -> Vec<Block> {
    let (project, lang) = (brief.render.project, brief.lang());
    let centred = |runs: Vec<Run>| Paragraph::of(Style::Head, runs);
    let office = if project.office.is_empty() { Run::blank() } else { Run::bold(project.office.to_uppercase()) };
    let left = vec![
        centred(vec![Run::blank()]),
        centred(vec![office]),
        centred(vec![Run::text(lang.pick("Số: ", "No.: ")), Run::blank(), Run::text("/TB-BVTV")]),
    ];
    let day = project.date.map(|day| day.0);
    let place = match (day, lang) {
        (Some(day), Lang::Vi) => {
            use chrono::Datelike as _;
            format!(", ngày {:02} tháng {:02} năm {}", day.day(), day.month(), day.year())
        }
        (Some(day), Lang::En) => format!(", {}", crate::values::dates::format_day(day)),
        (None, Lang::Vi) => ", ngày …… tháng …… năm ……".to_owned(),
        (None, Lang::En) => ", ……".to_owned(),
    };
    let right = vec![
        centred(vec![Run::bold("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")]),
        centred(vec![Run { under: true, ..Run::bold("Độc lập - Tự do - Hạnh phúc") }]),
        centred(vec![Run::blank(), Run { italic: true, ..Run::text(place) }]),
    ];
    let period = Run { italic: true, ..Run::text(format!("({})", annex::of_period(brief))) };
    vec![
        Block::Beside(left, right),
        line(Style::Title, vec![Run::bold(lang.pick("THÔNG BÁO", "NOTICE"))]),
        line(Style::Centre, vec![Run::bold(called(brief))]),
        line(Style::Centre, vec![period]),
    ]
}

fn weather_and_crops(brief: &Brief) -> Result<Vec<Block>> {
    let lang = brief.lang();
    let numbered = |number: &str, runs: Vec<Run>| line(Style::Normal, std::iter::once(Run::text(number)).chain(runs).collect());
    let sheet = tables::weather::weather(brief.render.joined, lang);
    Ok(vec![
        line(Style::Heading, vec![Run::text(lang.pick("I. THỜI TIẾT VÀ CÂY TRỒNG", "I. WEATHER AND CROPS"))]),
        numbered(lang.pick("1. Thời tiết: ", "1. Weather: "), weather(brief, sheet.as_ref())),
        numbered(lang.pick("2. Cây trồng: ", "2. Crops: "), crops(brief)?),
    ])
}

/// A number, or a place to write it in.
pub fn known(value: Option<f64>, decimals: usize, lang: Lang) -> Run {
    value.map_or_else(Run::blank, |value| Run::text(numbers::format(value, decimals, lang)))
}

/// What stations measured in the period, how many of them, and on how many days where not on all.
pub fn weather(brief: &Brief, sheet: Option<&Sheet>) -> Vec<Run> {
    let lang = brief.lang();
    let of = |column: &str, decimals: usize| known(sheet.and_then(|sheet| over_stations(sheet, column)), decimals, lang);
    let mut runs = vec![
        Run::text(lang.pick("nhiệt độ trung bình ", "mean temperature ")),
        of("temperature_mean", 1),
        Run::text(lang.pick(" °C, cao ", " °C, highest ")),
        of("temperature_max", 1),
        Run::text(lang.pick(" °C, thấp ", " °C, lowest ")),
        of("temperature_min", 1),
        Run::text(lang.pick(" °C; ẩm độ ", " °C; humidity ")),
        of("humidity", 0),
        Run::text(lang.pick(" %; lượng mưa ", " %; rain ")),
        of("rain_mm", 1),
        Run::text(" mm"),
    ];
    let count = sheet.map_or(0, |sheet| sheet.rows.len());
    let all = brief.render.joined.periods.get(When::Current).map_or(0, |period| period.days());
    let fewest = sheet.and_then(fewest_days).filter(|days| *days < all);
    let days = fewest.map_or(String::new(), |days| match lang {
        Lang::Vi => format!(", có trạm chỉ {days}/{all} ngày"),
        Lang::En => format!(", some on {days} of {all} days only"),
    });
    runs.push(Run::text(match (count, lang) {
        (0, _) => ".".to_owned(),
        (_, Lang::Vi) => format!(" ({count} trạm{days})."),
        (_, Lang::En) => format!(" ({count} stations{days})."),
    }));
    runs
}

/// " (6/10 xã có số liệu)" where these are not all.
pub fn covered(measured: &Measured, lang: Lang) -> String {
    match (coverage(measured), lang) {
        ([known, scope], _) if known == scope => String::new(),
        ([known, scope], Lang::Vi) => format!(" ({known}/{scope} xã có số liệu)"),
        ([known, scope], Lang::En) => format!(" ({known} of {scope} communes with data)"),
    }
}

/// What is known of the period. Of one that is forecast nothing has been seen yet.
pub fn situation(brief: &Brief, list: &[Pest]) -> Result<Vec<Block>> {
    match brief.is_forecast() {
        true => Ok(vec![to_write()]),
        false => numbers_of(brief, list),
    }
}

/// A line to write on.
fn to_write() -> Block {
    line(Style::Normal, vec![Run::text("- "), Run::blank()])
}

/// Hectares of all pests and of each.
pub fn numbers_of(brief: &Brief, list: &[Pest]) -> Result<Vec<Block>> {
    let (render, lang) = (brief.render, brief.lang());
    let names = &render.joined.communes.names;
    let mut blocks = Vec::new();
    let reported = render.joined.forecasts.as_ref().is_some_and(|forecasts| !forecasts.areas.is_empty());
    let all = render.measured(&key(INFESTED_HA.id, None, None), None)?;
    if let Some(total) = all.total.number().filter(|_| !reported) {
        let total = format!("{} ha{}", numbers::format(total, 1, lang), covered(&all, lang));
        blocks.push(line(
            Style::Normal,
            vec![Run::text(match lang {
                Lang::Vi => format!("Tổng diện tích nhiễm (một thửa chỉ tính một lần): {total}."),
                Lang::En => format!("Infested land, each field counted once: {total}."),
            })],
        ));
    }
    if LINKED_AT_RISK_HA.available(render.joined) {
        let own = key(LINKED_AT_RISK_HA.id, None, None);
        let found = render.finding(&own, &render.measured(&own, None)?, None, None)?;
        // The sentence of the leading map, with what is not known.
        let words = [found.title, found.lead].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(". ");
        blocks.push(line(Style::Normal, vec![Run::text(format!("{}.", words.trim_end_matches('.')))]));
    }
    for pest in list {
        let mut runs = vec![Run::bold(format!("- {}: ", pest.name)), Run::text(pest.situation(names, lang))];
        let zero = pest.now.total.number() == Some(0.0);
        if !zero {
            runs.push(Run::text(lang.pick(" Mật độ, tỷ lệ ", " Density or rate ")));
            runs.push(if pest.words[1].is_empty() { Run::blank() } else { Run::text(pest.words[1].as_str()) });
            runs.push(Run::text(lang.pick(", cao ", ", high ")));
            runs.push(if pest.words[2].is_empty() { Run::blank() } else { Run::text(pest.words[2].as_str()) });
            runs.push(Run::text("."));
        }
        blocks.push(line(Style::Normal, runs));
    }
    Ok(blocks)
}

/// What models that were proved say; else a place to write in, for nobody else may.
pub fn forecast(brief: &Brief, list: &[Pest]) -> Result<Vec<Block>> {
    let lang = brief.lang();
    let mut blocks = Vec::new();
    if let Some(outlook) = &brief.render.joined.outlook {
        let words: Vec<&str> = outlook.words.iter().map(|words| words.get(lang)).collect();
        if !words.is_empty() {
            blocks.push(line(Style::Normal, vec![Run::text(format!("{}.", words.join(". ")))]));
        }
    }
    if brief.is_forecast() {
        blocks.extend(numbers_of(brief, list)?);
    }
    blocks.push(to_write());
    Ok(blocks)
}

/// The fields to treat, and room for what is ordered.
pub fn measures(brief: &Brief) -> Result<Vec<Block>> {
    let list = decide::decide(brief, 0)?;
    let known = list.map(|list| line(Style::Normal, vec![Run::text(format!("- {}.", list.total.said(0, brief.lang())))]));
    Ok(known.into_iter().chain([to_write()]).collect())
}

/// Recipients and signature.
fn foot(lang: Lang) -> Vec<Block> {
    let small = |words: &str, bold: bool| Paragraph::of(Style::Small, vec![Run { bold, italic: bold, ..Run::text(words) }]);
    let left = vec![
        small(lang.pick("Nơi nhận:", "To:"), true),
        Paragraph::of(Style::Small, vec![Run::text("- "), Run::blank()]),
        small(lang.pick("- Lưu: VT.", "- File."), false),
    ];
    let right = vec![
        Paragraph::of(Style::Head, vec![Run::bold(lang.pick("THỦ TRƯỞNG ĐƠN VỊ", "HEAD OF OFFICE"))]),
        Paragraph::of(
            Style::Head,
            vec![Run { italic: true, ..Run::text(lang.pick("(Ký, ghi rõ họ tên)", "(Signature, name)")) }],
        ),
    ];
    vec![Block::Beside(left, right)]
}
