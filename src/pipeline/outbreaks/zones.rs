//! Zones around the active outbreaks of each disease: what to compute, and the tables of it.

use crate::input::Shapes;
use crate::join::overlay::CommuneIndex;
use crate::message;
use crate::outbreaks::diseases::Disease;
use crate::outbreaks::geomask::Mask;
use crate::outbreaks::register::Active;
use crate::outbreaks::zones::{self, Cases, Clock, MOST_KM, Zones};
use crate::outbreaks::{Diseases, Herds, Outbreak, Register};
use crate::places::Communes;
use crate::publish::Sheet;
use crate::publish::sheet::{Cell, Heading};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::{Lang, Message, Value, dates, numbers};
use chrono::NaiveDate;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Radii in km; those of the disease by default
    pub radii_km: Vec<f64>,
    /// Which outbreaks count
    pub active: Active,
    /// How far published positions move; exact without one
    pub mask: Option<Mask>,
}

/// The zones of one disease with their words.
#[derive(Debug, Clone)]
pub struct DiseaseZones {
    /// Name of the disease
    pub disease: Message,
    /// Name of each zone
    pub names: Vec<Message>,
    /// Where the radii come from
    pub source: Message,
    /// Whether they were compared with their source
    pub verified: bool,
    /// The zones
    pub zones: Zones,
    /// Those of the outbreaks that lie in no commune
    pub abroad: usize,
    /// Outbreaks around which zones are drawn
    pub active: usize,
    /// Those of them that lie in the middle of a commune for want of a place
    pub approximate: usize,
    /// Those of them without a place
    pub unplaced: usize,
    /// Days to wait after the last case, if they are set
    pub release_days: Option<u32>,
}

/// Refuses radii that cannot be.
pub fn check_radii(radii: &[f64]) -> Result<Vec<f64>> {
    for &radius in radii {
        if !(radius.is_finite() && radius > 0.0 && radius <= MOST_KM) {
            let found = radius.to_string();
            let message = message!(
                "bán kính {found} km không dùng được: phải lớn hơn 0 và không quá {MOST_KM} km",
                "a radius of {found} km cannot be used: it must be above 0 and at most {MOST_KM} km"
            );
            return Err(Fault::new("bad-radius", Place::default().column("radius-km").value(found), message));
        }
    }
    let mut list = radii.to_vec();
    list.sort_by(f64::total_cmp);
    list.dedup();
    Ok(list)
}

/// The zones of every disease of a register that has active outbreaks.
pub fn of_register(
    register: &Register,
    diseases: &Diseases,
    herds: Option<&Herds>,
    wanted: &Wanted,
    (communes, index): (&Communes, &CommuneIndex),
    problems: &mut Problems,
) -> Result<Vec<DiseaseZones>> {
    let given = check_radii(&wanted.radii_km)?;
    let mut list = Vec::new();
    for (number, name) in register.diseases.iter().enumerate() {
        let known = diseases.find(name);
        let release_days = wanted.active.release_days.or_else(|| known.and_then(|known| known.release_days));
        let active = Active { release_days, ..wanted.active };
        let begun: Vec<&Outbreak> = register
            .list
            .iter()
            .filter(|outbreak| outbreak.disease == number && active.knows(outbreak))
            .filter(|outbreak| active.from.is_none_or(|from| outbreak.onset >= from))
            .collect();
        let outbreaks: Vec<&Outbreak> = begun.iter().copied().filter(|outbreak| active.holds(outbreak)).collect();
        if outbreaks.is_empty() {
            continue;
        }
        let title = known.map_or_else(|| Message { vi: name.clone(), en: name.clone() }, Disease::name);
        let radii = if given.is_empty() { known.and_then(Disease::radii).unwrap_or_default() } else { given.clone() };
        if radii.is_empty() {
            let (vi, en) = (&title.vi, &title.en);
            problems.error(
                "no-radius",
                Place::file(&register.file).value(name),
                message!(
                    "chưa có bán kính vùng cho {vi}: không văn bản nào được đọc nêu số này",
                    "no radii are set for {en}: no text that was read states them"
                ),
                Some(message!(
                    "--radius-km 3,10, hoặc tệp bệnh riêng (--diseases)",
                    "--radius-km 3,10, or a file of diseases of your own (--diseases)"
                )),
            );
            continue;
        }
        let largest = radii.last().copied().unwrap_or(0.0);
        let fits = |outbreak: &&Outbreak| outbreak.site.position.is_none_or(|position| zones::fits(position, largest));
        let begun: Vec<&Outbreak> = begun.into_iter().filter(fits).collect();
        let (inside, beyond): (Vec<&Outbreak>, Vec<&Outbreak>) = outbreaks.into_iter().partition(fits);
        for outbreak in beyond {
            problems.error(
                "beyond-map",
                Place::file(&register.file).row(outbreak.line),
                message!(
                    "vòng quanh điểm này vượt kinh tuyến 180° hoặc cực: không vẽ được",
                    "a ring around this point crosses the 180° meridian or a pole and cannot be drawn"
                ),
                None,
            );
        }
        let stated = |known: &Disease, radius: f64| known.zones.iter().any(|zone| zone.radius_km == Some(radius));
        let own = known.filter(|known| radii.iter().all(|&radius| stated(known, radius)));
        let source = match (own, known) {
            (Some(own), _) => Message { vi: own.source.clone(), en: own.source.clone() },
            _ => message!("do người dùng đặt", "set by the user"),
        };
        let names = radii
            .iter()
            .enumerate()
            .map(|(at, radius)| {
                let same = known.and_then(|known| known.zones.iter().find(|zone| zone.radius_km == Some(*radius)));
                let in_turn = known.filter(|known| known.zones.len() == radii.len()).map(|known| &known.zones[at]);
                let named = same.or(in_turn);
                match named {
                    Some(zone) => Message { vi: zone.vi.clone(), en: zone.en.clone() },
                    None => {
                        let (vi, en) = (numbers::format_short(*radius, Lang::Vi), numbers::format_short(*radius, Lang::En));
                        message!("Trong {vi} km", "Within {en} km")
                    }
                }
            })
            .collect();
        list.push(DiseaseZones {
            disease: title,
            names,
            source,
            verified: own.is_some_and(|own| own.verified),
            active: inside.iter().filter(|outbreak| outbreak.site.position.is_some()).count(),
            abroad: inside.iter().filter(|outbreak| outbreak.site.position.is_some() && outbreak.site.commune.is_none()).count(),
            unplaced: inside.iter().filter(|outbreak| outbreak.site.position.is_none()).count(),
            approximate: inside.iter().filter(|outbreak| outbreak.site.approximate).count(),
            zones: zones::zones(Cases { active: &inside, begun: &begun }, &radii, wanted.mask, herds, (communes, index)),
            release_days,
        });
    }
    if list.is_empty() {
        let on = dates::format_day(wanted.active.on);
        let message = message!(
            "không có vùng nào để vẽ: không ổ dịch nào đang hoạt động ngày {on} mà có bán kính",
            "there is no zone to draw: no outbreak with radii is active on {on}"
        );
        let fault = Fault::new("no-zones", Place::file(&register.file), message);
        return Err(fault.hint(message!(
            "xem --from, --to, --release-days và --radius-km",
            "see --from, --to, --release-days and --radius-km"
        )));
    }
    Ok(list)
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
    wanted: &Wanted,
    lang: Lang,
) -> Tables {
    let on = wanted.active.on;
    let mut shapes = Shapes::default();
    let (mut rows, mut inside) = (Vec::new(), Vec::new());
    let places = match wanted.mask {
        Some(mask) => match lang {
            Lang::Vi => format!("dịch ngẫu nhiên {}–{} m", mask.least_m, mask.most_m),
            Lang::En => format!("moved by {}-{} m", mask.least_m, mask.most_m),
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
    let heading = |id: &str, title: Message, decimals: usize| Heading { id: id.to_owned(), title, decimals };
    let first = || {
        vec![
            heading("disease", message!("Bệnh", "Disease"), 0),
            heading("zone", message!("Vùng", "Zone"), 0),
            heading("radius_km", message!("Bán kính (km)", "Radius (km)"), 1),
        ]
    };
    let clock = || {
        vec![
            heading("last_case", message!("Ca cuối", "Last case"), 0),
            heading("days_since_last_case", message!("Số ngày từ ca cuối", "Days since"), 0),
            heading("release_date", message!("Ngày có thể gỡ", "May be lifted"), 0),
            heading("release_state", message!("Tình trạng chờ", "Waiting"), 0),
        ]
    };
    let mut of_zones = first();
    of_zones.extend([
        heading("area_ha", message!("Diện tích vùng (ha)", "Area (ha)"), 1),
        heading("communes_whole", message!("Số xã toàn bộ", "Communes, whole"), 0),
        heading("communes_part", message!("Số xã một phần", "Communes, part"), 0),
        heading("communes", message!("Các xã", "Communes"), 0),
        heading("herds", message!("Số hộ", "Herds"), 0),
        heading("head", message!("Tổng đàn", "Animals"), 0),
        heading("head_unknown", message!("Hộ hoặc xã không rõ đàn", "Herds or communes without a number"), 0),
        heading("outbreaks", message!("Số ổ dịch", "Outbreaks"), 0),
    ]);
    of_zones.extend(clock());
    of_zones.extend([
        heading("places", message!("Vị trí công bố", "Published places"), 0),
        heading("radius_source", message!("Căn cứ bán kính", "Source of radii"), 0),
        heading("verified", message!("Đối chiếu", "Verified"), 0),
    ]);
    let mut of_communes = first();
    of_communes.extend([
        heading("code", message!("Mã xã", "Code"), 0),
        heading("name", message!("Xã", "Commune"), 0),
        heading("inside", message!("Phạm vi", "Inside"), 0),
        heading("share_pct", message!("Tỷ lệ diện tích xã (%)", "Share of commune (%)"), 2),
        heading("ring_share_pct", message!("Riêng vành này (%)", "In this ring only (%)"), 2),
        heading("hectares", message!("Diện tích (ha)", "Hectares"), 1),
        heading("herds", message!("Số hộ", "Herds"), 0),
        heading("head", message!("Tổng đàn", "Animals"), 0),
        heading("basis", message!("Cách tính đàn", "Basis"), 0),
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
fn outbreaks(register: &Register, communes: &Communes, wanted: &Wanted, lang: Lang) -> Sheet {
    let exact = wanted.mask.is_none();
    let mut headings: Vec<(&str, Message, usize)> = vec![
        ("onset", message!("Khởi phát", "Onset"), 0),
        ("reported", message!("Báo cáo", "Reported"), 0),
        ("disease", message!("Bệnh", "Disease"), 0),
        ("species", message!("Loài", "Species"), 0),
        ("code", message!("Mã xã", "Code"), 0),
        ("name", message!("Xã", "Commune"), 0),
        ("herd", message!("Tổng đàn", "Herd"), 0),
        ("sick", message!("Mắc", "Sick"), 0),
        ("dead", message!("Chết", "Dead"), 0),
        ("destroyed", message!("Tiêu hủy", "Destroyed"), 0),
        ("days_since_onset", message!("Số ngày từ khởi phát", "Days since onset"), 0),
        ("lon", message!("Kinh độ", "Longitude"), 3),
        ("lat", message!("Vĩ độ", "Latitude"), 3),
        ("place", message!("Vị trí", "Place"), 0),
    ];
    if exact {
        headings.push(("holding", message!("Hộ", "Holding"), 0));
    }
    let rows = register
        .list
        .iter()
        .filter(|outbreak| wanted.active.holds(outbreak))
        .map(|outbreak| {
            let commune = |of: &[String]| outbreak.site.commune.map_or("", |commune| of[commune].as_str()).to_owned();
            // The middle of a commune hides nobody and needs no move.
            let moves = wanted.mask.filter(|_| !outbreak.site.approximate);
            let position = outbreak.site.position.map(|position| moves.map_or(position, |mask| mask.moved(position)));
            let axis =
                |at: usize| -> Cell { position.map_or(Value::NoData, |p| Value::finite((p[at] * 1e6).round() / 1e6)).into() };
            let place = match (position, outbreak.site.approximate, exact) {
                (None, ..) => lang.pick("không rõ", "unknown"),
                (_, true, _) => lang.pick("giữa xã", "middle of commune"),
                (_, _, true) => lang.pick("đúng vị trí", "exact"),
                _ => lang.pick("đã dịch ngẫu nhiên", "moved at random"),
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
    let headings = headings.into_iter().map(|(id, title, decimals)| Heading { id: id.to_owned(), title, decimals }).collect();
    Sheet { id: "outbreaks", title: message!("Ổ dịch", "Outbreaks"), headings, rows, totals: None }
}
