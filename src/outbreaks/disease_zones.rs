//! Zones around the active outbreaks of each disease: what to compute, and the tables of it.

use super::Active;
use super::diseases::Disease;
use super::geomask::Mask;
use super::zones::{self, Cases, MOST_KM, Zones};
use super::{Diseases, Herds, Outbreak, Register};
use crate::join::overlay::CommuneIndex;
use crate::message;
use crate::places::Communes;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::{Lang, Message, dates, numbers};

/// What is asked.
#[derive(Debug, Clone)]
pub struct ZonesWanted {
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
    /// Name of the disease as the register has it
    pub key: String,
    /// Name of the disease
    pub disease: Message,
    /// Name of each zone
    pub names: Vec<Message>,
    /// Place of each zone between the innermost (0) and the outermost (1) of its disease: one name has one tone on every map
    pub tones: Vec<f32>,
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
    /// Where these days come from
    pub release_source: Option<Message>,
    /// Outbreaks that no longer count only because their days have gone by: nobody declared them over
    pub undeclared: usize,
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
            return Err(Fault::new("bad-radius", Place::default().column("radius_km").value(found), message));
        }
    }
    let mut list = radii.to_vec();
    list.sort_by(f64::total_cmp);
    list.dedup();
    Ok(list)
}

/// The tone of each zone: that of its name, else of its radius, from 1 km to 10 km; in turn where two would be the same.
fn tones(radii: &[f64], zones: usize, role: &dyn Fn(usize, f64) -> Option<usize>) -> Vec<f32> {
    let tone = |at: usize, radius: f64| match role(at, radius) {
        Some(role) if zones > 1 => role as f32 / (zones - 1) as f32,
        _ => radius.log10().clamp(0.0, 1.0) as f32,
    };
    let list: Vec<f32> = radii.iter().enumerate().map(|(at, radius)| tone(at, *radius)).collect();
    if list.windows(2).all(|pair| pair[1] - pair[0] > 0.1) {
        return list;
    }
    (0..radii.len()).map(|at| at as f32 / (radii.len() - 1).max(1) as f32).collect()
}

/// Where the days to wait come from.
fn release_source(wanted: &ZonesWanted, known: Option<&Disease>) -> Message {
    match known.filter(|_| wanted.active.release_days.is_none()) {
        Some(known) if known.release_verified => Message { vi: known.release_source.clone(), en: known.release_source.clone() },
        Some(known) => {
            let source = &known.release_source;
            message!("{source} (chưa đối chiếu)", "{source} (not verified)")
        }
        None => message!("do người dùng đặt", "set by the user"),
    }
}

/// The zones of every disease of a register that has active outbreaks.
pub fn of_register(
    register: &Register,
    diseases: &Diseases,
    herds: Option<&Herds>,
    wanted: &ZonesWanted,
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
        let undeclared = begun.iter().filter(|outbreak| !active.declared_over(outbreak) && active.waited(outbreak)).count();
        let outbreaks: Vec<&Outbreak> = begun.iter().copied().filter(|outbreak| active.holds(outbreak)).collect();
        if outbreaks.is_empty() {
            continue;
        }
        let title = match known {
            Some(known) => known.name(),
            None if name.is_empty() => message!("bệnh không ghi tên", "disease not stated"),
            None => Message { vi: name.clone(), en: name.clone() },
        };
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
        let role = |at: usize, radius: f64| -> Option<usize> {
            let same = known.and_then(|known| known.zones.iter().position(|zone| zone.radius_km == Some(radius)));
            same.or(known.filter(|known| known.zones.len() == radii.len()).map(|_| at))
        };
        let tones = tones(&radii, known.map_or(0, |known| known.zones.len()), &role);
        let names = radii
            .iter()
            .enumerate()
            .map(|(at, radius)| {
                let named = role(at, *radius).and_then(|role| known?.zones.get(role));
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
            key: name.clone(),
            disease: title,
            names,
            tones,
            source,
            verified: own.is_some_and(|own| own.verified),
            active: inside.iter().filter(|outbreak| outbreak.site.position.is_some()).count(),
            abroad: inside.iter().filter(|outbreak| outbreak.site.position.is_some() && outbreak.site.commune.is_none()).count(),
            unplaced: inside.iter().filter(|outbreak| outbreak.site.position.is_none()).count(),
            approximate: inside.iter().filter(|outbreak| outbreak.site.approximate).count(),
            zones: zones::zones(
                Cases { active: &inside, begun: &begun, on: active.on },
                &radii,
                wanted.mask,
                herds,
                (communes, index),
            ),
            release_days,
            release_source: release_days.map(|_| release_source(wanted, known)),
            undeclared,
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
            "xem --since, --until, --release-days và --radius-km",
            "see --since, --until, --release-days and --radius-km"
        )));
    }
    Ok(list)
}
