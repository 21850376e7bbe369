//! A measure over the accounts of a period.

use super::list;
use super::specification::{InCommune, Overall};
use crate::message;
use crate::model::accounts::Accounts;
use crate::model::{Joined, Measured, pest_number};
use crate::project::MeasureKey;
use crate::run::{Fault, Place, Result};
use crate::values::text::nearest;
use crate::values::{Lang, Message, Value, severity};

/// Computes a measure over the accounts of a period.
pub fn measure(joined: &Joined, accounts: &Accounts, key: &MeasureKey) -> Result<Measured> {
    if let Some(found) = joined.indicators.find(&key.measure) {
        let given =
            [("pest", key.pest.is_some()), ("severity", key.severity.is_some()), ("enterprise", key.enterprise.is_some())];
        return given
            .into_iter()
            .find(|(_, given)| *given)
            .map_or_else(|| Ok(found.clone()), |(name, _)| Err(unused(&key.measure, name)));
    }
    let Some(kind) = list::find(&key.measure) else { return Err(unknown(joined, &key.measure)) };
    if key.pest.is_some() && !kind.is_of_pests() {
        return Err(unused(kind.id, "pest"));
    }
    if key.severity.is_some() && !kind.by_level {
        return Err(unused(kind.id, "severity"));
    }
    if !kind.available(joined) {
        let id = kind.id;
        return Err(Fault::new(
            "measure-without-data",
            Place { value: id.to_owned(), ..Place::default() },
            message!("dự án không có đủ dữ liệu để tính \"{id}\"", "the project lacks the data for \"{id}\""),
        )
        .hint(kind.needed()));
    }
    if let Some(enterprise) = &key.enterprise {
        return crate::measures::enterprises::measure(joined, accounts, kind, enterprise, key.pest.as_deref());
    }
    let pest = key.pest.as_deref().map(|pest| pest_number(joined, pest)).transpose()?;
    let by_commune = match pest {
        Some(pest) => &accounts.pests[pest],
        None => &accounts.communes,
    };
    let level = key.severity;
    let in_commune = |commune: usize| InCommune { joined, commune, account: &by_commune[commune], accounts, pest, level };
    let values: Vec<Value> = (0..joined.communes.len()).map(|commune| (kind.value)(&in_commune(commune))).collect();
    let mut name = kind.name();
    let mut id = kind.id.to_owned();
    if let Some(level) = key.severity {
        let (vi, en) = (severity::name(level, Lang::Vi), severity::name(level, Lang::En));
        name = Message { vi: format!("{} mức {vi}", name.vi), en: format!("{}, {en}", name.en) };
        id = format!("{id}_{level}");
    }
    if let Some(pest) = &key.pest {
        name = Message { vi: format!("{} – {pest}", name.vi), en: format!("{} – {pest}", name.en) };
        id = format!("{id}:{pest}");
    }
    let total = (kind.total)(&Overall { joined, account: &accounts.whole(pest), values: &values, level });
    let (unit, quantity, scale, decimals) = (kind.unit.clone(), kind.unit.quantity(), kind.scale, kind.decimals);
    Ok(Measured { id, name, unit, quantity, values, total, scale, decimals, signed: false })
}

/// A key that would change the name of a measure and not its numbers.
fn unused(id: &str, key: &str) -> Fault {
    let place = Place { value: id.to_owned(), ..Place::default() };
    Fault::new("unused-key", place, message!("\"{id}\" không tính theo \"{key}\"", "\"{id}\" is not known by \"{key}\""))
        .hint(message!("bỏ {key}, hoặc chọn chỉ tiêu khác", "leave {key} out, or choose another measure"))
}

fn unknown(joined: &Joined, id: &str) -> Fault {
    let ids: Vec<&str> = list::ALL.iter().map(|measure| measure.id).chain(joined.indicators.ids()).collect();
    let known = ids.join(", ");
    let fault = Fault::new(
        "unknown-measure",
        Place { value: id.to_owned(), ..Place::default() },
        message!("không có chỉ tiêu \"{id}\"; đang có: {known}", "there is no measure \"{id}\"; there are: {known}"),
    );
    match nearest(id, ids.iter().copied()) {
        Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
        None => fault,
    }
}
