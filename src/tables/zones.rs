//! Zones written down: a table of zones, one of the communes inside, one of outbreaks.

use super::Sheet;
use super::sheet::{Cell, Figures, Heading};
use crate::layers::Shapes;
use crate::message;
use crate::outbreaks::disease_zones::{DiseaseZones, ZonesWanted};
use crate::outbreaks::zones::{Clock, Zones};
use crate::outbreaks::{Herds, Register};
use crate::places::Communes;
use crate::values::{Lang, Message, Value};
use chrono::NaiveDate;

/// From which day the days to wait are counted.
fn counted_from(zones: &Zones, lang: Lang) -> String {
    let count = zones.from_onset;
    match (count, lang) {
        (0, _) => lang.pick("ca cuối", "last case").to_owned(),
        _ if count == zones.begun => {
            lang.pick("ngày khởi phát, vì sổ không ghi ca cuối", "onset: the register states no last case").to_owned()
        }
        (_, Lang::Vi) => format!("ca cuối; {count} ổ không ghi ca cuối thì theo ngày khởi phát"),
        (_, Lang::En) => format!("last case; of {count} outbreaks that state none the onset"),
    }
}

/// Day, days since, day of release and what that means.
fn clock_cells(last: Option<NaiveDate>, on: NaiveDate, release_days: Option<u32>, lang: Lang) -> [Cell; 4] {
    let Some(last) = last else { return [Cell::from(""), Value::NoData.into(), Cell::from(""), Cell::from("")] };
    let clock = Clock::new(last, on, release_days);
    let state = match clock.release {
        None => lang.pick("chưa đặt số ngày chờ", "days to wait not set").to_owned(),
        Some(release) => {
            let left = (release - on).num_days();
            match lang {
                Lang::Vi => format!("còn {left} ngày"),
                Lang::En => format!("{left} days left"),
            }
        }
    };
    [
        Cell::Text(last.to_string()),
        (clock.days as f64).into(),
        Cell::Text(clock.release.map(|release| release.to_string()).unwrap_or_default()),
        Cell::Text(state),
    ]
}

fn number(number: Option<f64>) -> Cell {
    number.map_or(Value::NoData, Value::Number).into()
}

/// Three tables: zones, communes inside them, outbreaks; and the shapes of the zones.
pub struct Tables {
    /// A row a zone
    pub zones: Sheet,
    /// Shape of each zone
    pub shapes: Shapes,
    /// A row for every commune of every zone
    pub communes: Sheet,
    /// A row for every outbreak that counts
    pub outbreaks: Sheet,
}

/// Writes zones down.
pub fn tables(
    list: &[DiseaseZones],
    register: &Register,
    herds: Option<&Herds>,
    communes: &Communes,
    wanted: &ZonesWanted,
    lang: Lang,
) -> Tables {
    let on = wanted.active.on;
    let mut shapes = Shapes::default();
    let (mut rows, mut inside) = (Vec::new(), Vec::new());
    let places = match wanted.mask {
        Some(mask) => match lang {
            Lang::Vi => format!("đã xê dịch ngẫu nhiên {}–{} m", mask.least_m, mask.most_m),
            Lang::En => format!("moved at random by {}–{} m", mask.least_m, mask.most_m),
        },
        None => lang.pick("đúng vị trí", "exact").to_owned(),
    };
    for one in list {
        shapes.append(&one.zones.shapes, 1);
        for (zone, name) in one.zones.list.iter().zip(&one.names) {
            let head = [Cell::from(one.disease.get(lang)), Cell::from(name.get(lang)), zone.radius_km.into()];
            let whole = zone.parts.iter().filter(|part| part.whole).count();
            let names: Vec<String> = zone
                .parts
                .iter()
                .map(|part| {
                    let name = &communes.names[part.commune];
                    if part.whole { name.clone() } else { format!("{name} ({})", lang.pick("một phần", "part")) }
                })
                .collect();
            let mut row = head.to_vec();
            row.extend([
                zone.hectares.into(),
                (whole as f64).into(),
                ((zone.parts.len() - whole) as f64).into(),
                Cell::Text(names.join("; ")),
                number(zone.herds),
                number(zone.head),
                if zone.head.is_some() || zone.unknown > 0 { (zone.unknown as f64).into() } else { Value::NoData.into() },
                (one.active as f64).into(),
            ]);
            row.extend(clock_cells(one.zones.last_case, on, one.release_days, lang));
            row.extend([
                Cell::Text(counted_from(&one.zones, lang)),
                Cell::from(one.release_source.as_ref().map_or("", |source| source.get(lang))),
                (one.undeclared as f64).into(),
                Cell::Text(places.clone()),
                Cell::from(one.source.get(lang)),
                Cell::from(if one.verified {
                    lang.pick("đã đối chiếu", "verified")
                } else {
                    lang.pick("chưa đối chiếu", "not verified")
                }),
            ]);
            rows.push(row);
            for part in &zone.parts {
                let mut row = head.to_vec();
                let basis = match herds {
                    None => "",
                    Some(herds) if herds.placed => lang.pick("đếm từng hộ", "counted by holding"),
                    Some(_) => lang.pick("ước theo tỷ lệ diện tích", "estimated by share of area"),
                };
                row.extend([
                    Cell::from(communes.codes[part.commune].as_str()),
                    Cell::from(communes.names[part.commune].as_str()),
                    Cell::from(if part.whole { lang.pick("toàn bộ", "whole") } else { lang.pick("một phần", "part") }),
                    number(part.share.map(|share| 100.0 * share)),
                    number(part.ring_share.map(|share| 100.0 * share)),
                    number(part.hectares),
                    number(part.herds),
                    number(part.head),
                    Cell::from(basis),
                ]);
                row.extend(clock_cells(part.last_case, on, one.release_days, lang));
                inside.push(row);
            }
        }
    }
    let heading = |id: &str, title: Message, figures: Figures| Heading::new(id, title, figures);
    let first = || {
        vec![
            heading("disease", message!("Bệnh", "Disease"), Figures::Words),
            heading("zone", message!("Vùng", "Zone"), Figures::Words),
            heading("radius_km", message!("Bán kính (km)", "Radius (km)"), Figures::Tenths),
        ]
    };
    let clock = || {
        vec![
            heading("last_case", message!("Ca cuối", "Last case"), Figures::Words),
            heading("days_since_last_case", message!("Số ngày từ ca cuối", "Days since the last case"), Figures::Whole),
            heading("release_date", message!("Ngày có thể gỡ", "May be lifted"), Figures::Words),
            heading("release_state", message!("Tình trạng chờ", "Waiting"), Figures::Words),
        ]
    };
    let mut of_zones = first();
    of_zones.extend([
        heading("area_ha", message!("Diện tích vùng (ha)", "Area (ha)"), Figures::Tenths),
        heading("communes_whole", message!("Số xã nằm trọn trong vùng", "Communes wholly inside"), Figures::Whole),
        heading("communes_part", message!("Số xã nằm một phần trong vùng", "Communes partly inside"), Figures::Whole),
        heading("communes", message!("Các xã", "Communes"), Figures::Words),
        heading("herds", message!("Số hộ", "Herds"), Figures::Whole),
        heading("head", message!("Tổng đàn", "Animals"), Figures::Whole),
        heading("head_unknown", message!("Hộ hoặc xã không rõ đàn", "Herds or communes without a number"), Figures::Whole),
        heading("outbreaks", message!("Số ổ dịch", "Outbreaks"), Figures::Whole),
    ]);
    of_zones.extend(clock());
    of_zones.extend([
        heading("counted_from", message!("Ngày chờ tính từ", "Days counted from"), Figures::Words),
        heading("release_source", message!("Căn cứ ngày chờ", "Source of days to wait"), Figures::Words),
        heading(
            "undeclared",
            message!("Ổ quá ngày chờ, chưa công bố hết dịch", "Past their days, not declared over"),
            Figures::Words,
        ),
        heading("places", message!("Vị trí công bố", "Published places"), Figures::Words),
        heading("radius_source", message!("Căn cứ bán kính", "Source of radii"), Figures::Words),
        heading("verified", message!("Đối chiếu", "Verified"), Figures::Words),
    ]);
    let mut of_communes = first();
    of_communes.extend([
        heading("code", message!("Mã xã", "Code"), Figures::Words),
        heading("name", message!("Xã", "Commune"), Figures::Words),
        heading("inside", message!("Phạm vi", "Inside"), Figures::Words),
        heading("share_pct", message!("Tỷ lệ diện tích xã (%)", "Share of commune (%)"), Figures::Hundredths),
        heading("ring_share_pct", message!("Riêng vành này (%)", "In this ring only (%)"), Figures::Hundredths),
        heading("hectares", message!("Diện tích (ha)", "Hectares"), Figures::Tenths),
        heading("herds", message!("Số hộ", "Herds"), Figures::Whole),
        heading("head", message!("Tổng đàn", "Animals"), Figures::Whole),
        heading("basis", message!("Cách tính đàn", "Basis"), Figures::Words),
    ]);
    of_communes.extend(clock());
    let sheet = |id: &'static str, title: Message, headings: Vec<Heading>, rows: Vec<Vec<Cell>>| Sheet {
        id,
        title,
        headings,
        rows,
        totals: None,
    };
    Tables {
        zones: sheet("zones", message!("Vùng", "Zones"), of_zones, rows),
        shapes,
        communes: sheet("communes", message!("Xã trong vùng", "Communes inside"), of_communes, inside),
        outbreaks: outbreaks(register, communes, wanted, lang),
    }
}

/// Outbreaks that count, with moved places, and without names of households, unless exact ones are wanted.
fn outbreaks(register: &Register, communes: &Communes, wanted: &ZonesWanted, lang: Lang) -> Sheet {
    let exact = wanted.mask.is_none();
    let mut headings: Vec<(&str, Message, Figures)> = vec![
        ("onset", message!("Khởi phát", "Onset"), Figures::Words),
        ("reported", message!("Báo cáo", "Reported"), Figures::Words),
        ("disease", message!("Bệnh", "Disease"), Figures::Words),
        ("species", message!("Loài", "Species"), Figures::Words),
        ("code", message!("Mã xã", "Code"), Figures::Words),
        ("name", message!("Xã", "Commune"), Figures::Words),
        ("herd", message!("Tổng đàn", "Herd"), Figures::Whole),
        ("sick", message!("Mắc", "Sick"), Figures::Whole),
        ("dead", message!("Chết", "Dead"), Figures::Whole),
        ("destroyed", message!("Tiêu hủy", "Destroyed"), Figures::Whole),
        ("days_since_onset", message!("Số ngày từ khởi phát", "Days since onset"), Figures::Whole),
        ("lon", message!("Kinh độ", "Longitude"), Figures::Thousandths),
        ("lat", message!("Vĩ độ", "Latitude"), Figures::Thousandths),
        ("place", message!("Vị trí", "Place"), Figures::Words),
    ];
    if exact {
        headings.push(("holding", message!("Hộ", "Holding"), Figures::Words));
    }
    let rows = register
        .list
        .iter()
        .filter(|outbreak| wanted.active.holds(outbreak))
        .map(|outbreak| {
            let commune = |of: &[String]| outbreak.site.commune.map_or("", |commune| of[commune].as_str()).to_owned();
            let position = outbreak.site.published(wanted.mask);
            let axis =
                |at: usize| -> Cell { position.map_or(Value::NoData, |p| Value::finite((p[at] * 1e6).round() / 1e6)).into() };
            let place = match (position, outbreak.site.approximate, exact) {
                (None, ..) => lang.pick("không rõ", "unknown"),
                (_, true, _) => lang.pick("giữa xã", "middle of commune"),
                (_, _, true) => lang.pick("đúng vị trí", "exact"),
                _ => lang.pick("đã xê dịch ngẫu nhiên", "moved at random"),
            };
            let mut row = vec![
                Cell::Text(outbreak.onset.to_string()),
                Cell::Text(outbreak.reported.map(|day| day.to_string()).unwrap_or_default()),
                Cell::from(register.diseases[outbreak.disease].as_str()),
                Cell::from(outbreak.species.as_str()),
                Cell::Text(commune(&communes.codes)),
                Cell::Text(commune(&communes.names)),
                number(outbreak.herd),
                number(outbreak.sick),
                number(outbreak.dead),
                number(outbreak.destroyed),
                ((wanted.active.on - outbreak.onset).num_days() as f64).into(),
                axis(0),
                axis(1),
                Cell::from(place),
            ];
            if exact {
                row.push(Cell::from(outbreak.holding.as_str()));
            }
            row
        })
        .collect();
    let headings = headings.into_iter().map(|(id, title, figures)| Heading::new(id, title, figures)).collect();
    Sheet { id: "outbreaks", title: message!("Ổ dịch", "Outbreaks"), headings, rows, totals: None }
}
