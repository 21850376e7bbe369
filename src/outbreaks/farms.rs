//! Farms and what spreads between them.

use super::kernel::{self, Kernel, Risk};
use super::matching::MATCHING;
use super::{Herds, Outbreak, Register};
use crate::hotspots::weights::Metric;
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::area::Position;
use crate::values::text::fold;
use crate::values::{Lang, numbers};
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

/// A farm.
#[derive(Debug, Clone, PartialEq)]
pub struct Farm {
    /// Line of the register of herds; none for an outbreak at no known farm
    pub line: Option<u64>,
    /// Where
    pub position: Position,
    /// Commune
    pub commune: Option<usize>,
    /// Name; personal data
    pub holding: String,
    /// Animals
    pub head: Option<f64>,
    /// An active outbreak is there
    pub infected: bool,
}

/// Farms of a register of herds, with those where outbreaks are active. Rows of one farm, as of pigs and of poultry, are one. Outbreaks at
/// no known farm are farms of their own, and listed; so is what has no place.
pub fn farms(
    herds: &Herds,
    (register, active): (&Register, &[&Outbreak]),
    metric: Metric,
    problems: &mut Problems,
) -> Result<Vec<Farm>> {
    let mut list: Vec<Farm> = Vec::new();
    let mut at: HashMap<([u64; 2], String), usize> = HashMap::new();
    let mut without = 0;
    for herd in &herds.list {
        let Some(position) = herd.site.position.filter(|_| herds.placed && !herd.site.approximate) else {
            without += 1;
            continue;
        };
        match at.entry((position.map(f64::to_bits), fold(&herd.holding))) {
            Entry::Occupied(known) => {
                if let Some(head) = herd.head {
                    *list[*known.get()].head.get_or_insert(0.0) += head;
                }
            }
            Entry::Vacant(free) => {
                free.insert(list.len());
                let (holding, line) = (herd.holding.clone(), Some(herd.line));
                list.push(Farm { line, position, commune: herd.site.commune, holding, head: herd.head, infected: false });
            }
        }
    }
    if list.is_empty() {
        let message = message!(
            "rủi ro giữa các trại cần vị trí từng trại: bảng đàn theo xã không đủ",
            "risk between farms needs the place of every farm: herds by commune do not do"
        );
        let hint = message!("thêm cột kinh độ, vĩ độ của từng trại", "add longitude and latitude of every farm");
        return Err(Fault::new("no-places", Place::file(&herds.file), message).hint(hint));
    }
    if without > 0 {
        let message = message!(
            "{without} đàn không có vị trí: không tính lây lan",
            "{without} herds have no place and are left out of spread"
        );
        problems.warning("herd-without-place", Place::file(&herds.file), message, None);
    }
    let known = list.len();
    for outbreak in active {
        let place = Place::file(&register.file).row(outbreak.line);
        let position = outbreak.site.position.filter(|_| !outbreak.site.approximate);
        let name = fold(&outbreak.holding);
        let named: Vec<usize> = (0..known).filter(|&farm| !name.is_empty() && fold(&list[farm].holding) == name).collect();
        let Some(position) = position else {
            if let [only] = named[..] {
                list[only].infected = true;
                continue;
            }
            let message = message!(
                "ổ dịch không có vị trí và không rõ trại nào: không tính lây lan",
                "the outbreak has no place and its farm is not known: left out of spread"
            );
            problems.warning("outbreak-without-place", place, message, None);
            continue;
        };
        let km = |farm: usize| metric.distance(list[farm].position, position);
        let nearest = |farms: &mut dyn Iterator<Item = usize>| farms.min_by(|&a, &b| km(a).total_cmp(&km(b)));
        // Names repeat: the place decides, and a name only for a farm nearby.
        let by_place = nearest(&mut (0..known)).filter(|&farm| km(farm) <= MATCHING.same_farm_km);
        let by_name = || nearest(&mut named.iter().copied()).filter(|&farm| km(farm) <= MATCHING.same_name_km);
        if let Some(farm) = by_place.or_else(by_name) {
            list[farm].infected = true;
            continue;
        }
        problems.info(
            "outbreak-without-herd",
            place,
            message!(
                "ổ dịch này không ở trại nào của bảng đàn: coi là một trại nữa",
                "the outbreak is at no farm of the register of herds: taken as one more"
            ),
            None,
        );
        list.push(Farm {
            line: None,
            position,
            commune: outbreak.site.commune,
            holding: outbreak.holding.clone(),
            head: outbreak.herd,
            infected: true,
        });
    }
    Ok(list)
}

/// The risk of every farm over some days.
pub fn risks(farms: &[Farm], kernel: &Kernel, days: f64, metric: Metric) -> Vec<Risk> {
    let infected: Vec<bool> = farms.iter().map(|farm| farm.infected).collect();
    kernel::risks(kernel, &infected, days, |a, b| metric.distance(farms[a].position, farms[b].position))
}

/// What is assumed, in words; it stands beside every number.
pub fn assumptions(kernel: &Kernel, lang: Lang) -> String {
    let days = numbers::format_short(kernel.infectious_days, lang);
    let (name, source) = (&kernel.name, &kernel.source);
    let numbers = match (kernel.h0_per_day, kernel.r0_km, kernel.alpha) {
        (Some(h0), Some(r0), Some(alpha)) => {
            let number = |n: f64, decimals: usize| numbers::format(n, decimals, lang);
            format!(" h0 = {}/{}, r0 = {} km, α = {};", number(h0, 4), lang.pick("ngày", "day"), number(r0, 1), number(alpha, 1))
        }
        _ => String::new(),
    };
    let state = if kernel.verified { "" } else { lang.pick(" (số chưa đối chiếu)", " (numbers not verified)") };
    match lang {
        Lang::Vi => format!(
            "GIẢ ĐỊNH, không phải dự báo: h(r) = {name};{numbers} mỗi trại lây trong {days} ngày, chưa can thiệp, mọi trại như nhau. Nguồn: {source}{state}."
        ),
        Lang::En => format!(
            "ASSUMED, not a prediction: h(r) = {name};{numbers} a farm is infectious for {days} days, nothing is done, all farms are alike. Source: {source}{state}."
        ),
    }
}
