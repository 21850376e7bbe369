//! Farms and what spreads between them.

use crate::hotspots::weights::Metric;
use crate::message;
use crate::outbreaks::kernel::{self, Kernel, Risk};
use crate::outbreaks::{Herds, Outbreak};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::area::Position;
use crate::values::{Lang, numbers};

/// An outbreak this near a farm is in that farm, where no names say so: the error of a hand-held receiver.
const SAME_FARM_KM: f64 = 0.02;

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

/// Farms of a register of herds, with those where outbreaks are active. Outbreaks at no known farm are farms of their own, and listed.
pub fn farms(herds: &Herds, active: &[&Outbreak], metric: Metric, problems: &mut Problems) -> Result<Vec<Farm>> {
    let mut list: Vec<Farm> = Vec::new();
    for herd in &herds.list {
        if let Some(position) = herd.site.position.filter(|_| herds.placed) {
            let holding = herd.holding.clone();
            list.push(Farm {
                line: Some(herd.line),
                position,
                commune: herd.site.commune,
                holding,
                head: herd.head,
                infected: false,
            });
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
    let known = list.len();
    for outbreak in active {
        let Some(position) = outbreak.site.position.filter(|_| !outbreak.site.approximate) else { continue };
        let named = list[..known].iter().position(|farm| !farm.holding.is_empty() && farm.holding == outbreak.holding);
        let near = || {
            let km = |farm: &Farm| metric.distance(farm.position, position);
            let nearest = (0..known).min_by(|a, b| km(&list[*a]).total_cmp(&km(&list[*b])))?;
            (km(&list[nearest]) <= SAME_FARM_KM).then_some(nearest)
        };
        if let Some(at) = named.or_else(near) {
            list[at].infected = true;
            continue;
        }
        problems.info(
            "outbreak-without-herd",
            Place::file(&herds.file).row(outbreak.line),
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
