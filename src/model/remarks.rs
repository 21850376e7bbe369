//! What the reader of a map should know of the data as a whole.

use super::{Joined, When};
use crate::message;
use crate::project::secret::COMMON_SEED;
use crate::project::{
    AnimationKeys, MapConfig, MapKind, OutputConfig, OutputKind, Project, TableKind, ZonesKeys, ZonesOutputKeys,
};
use crate::run::{Place, Problems, Record};
use crate::values::{Lang, numbers, text};

/// Totals that the reader of a map should know of.
pub fn remarks(project: &Project, joined: &Joined, problems: &mut Problems, record: &mut Record) {
    alike_pests(joined, problems);
    common_seed(project, joined, problems);
    fields_over_land(project, joined, problems);
    contracts_over_land(project, joined, problems);
    unplaced(project, joined, problems);
    two_ways(joined, problems);
    if let (Some(forecasts), true) = (&joined.forecasts, joined.periods.is_declared())
        && !joined.has_rows(When::Current)
        && let Some(span) = forecasts.span()
    {
        let days = span.format();
        problems.warning(
            "no-rows-in-period",
            Place::file(&project.file).column("period"),
            message!(
                "không dòng dự báo nào nằm trong kỳ báo cáo; số liệu có từ {days}",
                "no forecast row falls into the reporting period; the data run {days}"
            ),
            Some(message!(
                "sửa period, hoặc kiểm tra kiểu ngày (ngày/tháng/năm)",
                "correct period, or check how dates are written (day/month/year)"
            )),
        );
    }
    for when in When::ALL {
        if let Some(period) = joined.periods.get(when) {
            record.periods.insert(when.name(), [period.from.to_string(), period.to.to_string()]);
        }
    }
    let mut note = |code: &'static str, hectares: f64, message: &dyn Fn(&str) -> crate::values::Message| {
        if hectares > 0.0 {
            // Each language has its own decimal sign.
            let [vi, en] = [Lang::Vi, Lang::En].map(|lang| message(&numbers::format(hectares, 1, lang)));
            problems.info(code, Place::default().hectares(hectares), crate::values::Message { vi: vi.vi, en: en.en }, None);
        }
    };
    note("sum-outside", joined.land.outside_ha, &|ha| {
        message!("tổng cộng {ha} ha ruộng nằm ngoài mọi xã", "in all {ha} ha of fields lie outside every commune")
    });
    note("sum-gap", joined.land.gap_ha, &|ha| {
        message!("trong đó {ha} ha nằm trong khe hở giữa các xã", "of these, {ha} ha lie in gaps between communes")
    });
    note("sum-overlap", joined.land.shared_ha, &|ha| {
        message!(
            "tổng cộng {ha} ha ruộng nằm trong nhiều xã, đã chia đều",
            "in all {ha} ha of fields lie in several communes, divided evenly"
        )
    });
    note("sum-linked-outside", joined.land.linked_outside_ha, &|ha| {
        message!("tổng cộng {ha} ha liên kết nằm ngoài mọi xã", "in all {ha} contracted ha lie outside every commune")
    });
    note("sum-linked-unplaced", joined.land.linked_unplaced_ha, &|ha| {
        message!(
            "tổng cộng {ha} ha liên kết trên thửa không có hình: có trong tổng, không ở xã nào",
            "in all {ha} contracted ha on fields without a shape: in the total, in no commune"
        )
    });
    let lost = joined.linked.as_ref().map_or(0.0, |linked| linked.unmatched_ha);
    note("sum-linked-unmatched", lost, &|ha| {
        message!(
            "tổng cộng {ha} ha hợp đồng không nối được với thửa hay xã nào",
            "in all {ha} contracted ha joined no field or commune"
        )
    });
}

/// Registers whose places are moved by the seed that ships.
fn common_seed(project: &Project, joined: &Joined, problems: &mut Problems) {
    for (number, table) in joined.registers.iter().enumerate().filter(|(_, table)| !table.exact) {
        let named = |id: &str| id == table.id || id.is_empty() && number == 0;
        let of_map = |map: &MapConfig| match &map.kind {
            MapKind::Zones(ZonesKeys { seed, .. }) | MapKind::Animation(AnimationKeys { seed, .. }) => {
                project.mask_seed(*seed) == COMMON_SEED && named(&map.measure)
            }
            _ => false,
        };
        let of_output = |output: &OutputConfig| match &output.kind {
            OutputKind::Zones(ZonesOutputKeys { seed, register, .. }) => {
                project.mask_seed(*seed) == COMMON_SEED && named(register)
            }
            _ => false,
        };
        let by_default = (project.maps.is_none() || project.defaults) && project.mask_seed(None) == COMMON_SEED;
        if by_default || project.maps.iter().flatten().any(of_map) || project.outputs.iter().any(of_output) {
            problems.info(
                "common-seed",
                Place::file(&table.register.file),
                message!(
                    "vị trí được xê dịch theo con số chung có sẵn trong ruong: ai có danh sách trại đều có thể dò ra vị trí thật",
                    "places are moved by the number that comes with ruong: anyone with a list of farms can work back to the true places"
                ),
                Some(message!(
                    "đặt một số riêng trong tệp ruong.seed cạnh tệp dự án (hoặc --seed), giữ kín và dùng mãi",
                    "put a number of your own in ruong.seed beside the project file (or --seed), keep it secret and keep to it"
                )),
            );
        }
    }
}

/// Contracts of fields without a shape: they count in the totals and are in no commune.
fn unplaced(project: &Project, joined: &Joined, problems: &mut Problems) {
    let (Some(fields), Some(key)) = (&joined.fields, &project.fields) else { return };
    for &field in &joined.land.unplaced {
        let linked = joined.land.linked_of_field.get(field as usize).copied().unwrap_or(f64::NAN);
        if linked.is_finite() && linked > 0.0 {
            let [vi, en] = [Lang::Vi, Lang::En].map(|lang| numbers::format(linked, 1, lang));
            problems.warning(
                "contract-without-place",
                Place::file(&key.file)
                    .row(u64::from(field) + 1)
                    .value(fields.ids.text(field as usize).unwrap_or(""))
                    .hectares(linked),
                message!(
                    "thửa có hợp đồng {vi} ha nhưng không có hình: tính vào tổng, không vào xã nào",
                    "the field has {en} contracted ha and no shape: they count in the total and in no commune"
                ),
                None,
            );
        }
    }
}

/// Pests whose names differ in case, accents or signs only are probably one; they are named, not joined.
fn alike_pests(joined: &Joined, problems: &mut Problems) {
    let pests = joined.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
    for (number, pest) in pests.iter().enumerate() {
        if let Some(other) = pests[..number].iter().find(|other| text::fold(other) == text::fold(pest)) {
            problems.warning(
                "alike-pests",
                Place::default().column("pest").value(pest),
                message!(
                    "\"{other}\" và \"{pest}\" được tính là hai loại sâu bệnh",
                    "\"{other}\" and \"{pest}\" count as two pests"
                ),
                Some(message!("viết tên giống nhau nếu là một loại", "write one name if they are the same")),
            );
        }
    }
}

/// Fields that are drawn twice, or over one another, are more land than the commune has.
fn fields_over_land(project: &Project, joined: &Joined, problems: &mut Problems) {
    let Some(key) = project.fields.as_ref().filter(|_| joined.fields.is_some()) else { return };
    let (communes, fields) = (&joined.communes, &joined.land.field_area_ha);
    for commune in (0..fields.len()).filter(|&commune| fields[commune] > 1.02 * communes.area_ha[commune]) {
        let [drawn, land] = [fields[commune], communes.area_ha[commune]].map(|ha| numbers::plain(ha, 1));
        problems.warning(
            "fields-over-land",
            Place::file(&key.file).value(&communes.names[commune]).hectares(fields[commune] - communes.area_ha[commune]),
            message!(
                "các thửa trong xã cộng lại {drawn} ha, hơn diện tích xã ({land} ha): có thửa vẽ hai lần hoặc chồng lên nhau",
                "the fields of the commune add up to {drawn} ha, more than it has ({land} ha): some are drawn twice or over one another"
            ),
            Some(message!(
                "trong QGIS: Vector → Kiểm tra tôpô, hoặc xóa bản vẽ trùng",
                "in QGIS: Vector → Topology Checker, or delete the copies"
            )),
        );
    }
}

/// A field may be contracted once over; a contract on more land than there is is a slip of unit or key.
fn contracts_over_land(project: &Project, joined: &Joined, problems: &mut Problems) {
    communes_over_land(project, joined, problems);
    let (Some(fields), Some(key)) = (&joined.fields, &project.fields) else { return };
    let linked = &joined.land.linked_of_field;
    let over: Vec<usize> = (0..linked.len()).filter(|&field| linked[field] > 1.1 * fields.pieces.area_ha[field]).collect();
    let Some(&worst) = over.iter().max_by(|a, b| {
        let excess = |field: usize| linked[field] - fields.pieces.area_ha[field];
        excess(**a).total_cmp(&excess(**b)).then(b.cmp(a))
    }) else {
        return;
    };
    let (count, id) = (over.len(), fields.ids.text(worst).unwrap_or(""));
    let [contracted, land] = [linked[worst], fields.pieces.area_ha[worst]].map(|ha| numbers::plain(ha, 4));
    problems.warning(
        "contract-over-land",
        Place::file(&key.file).row(worst as u64 + 1).value(id),
        message!(
            "{count} thửa có diện tích hợp đồng lớn hơn diện tích thửa quá 10 %; nhiều nhất là thửa {id}: {contracted} ha trên {land} ha",
            "{count} fields have more than 110 % of their land under contract; most of all field {id}: {contracted} ha on {land} ha"
        ),
        Some(message!("kiểm tra đơn vị (ha hay m²), dòng lặp và mã thửa", "check the unit (ha or m²), repeated rows and field ids")),
    );
}

/// So many communes with more under contract than they have land are no slip of one cell.
const SEVERAL: usize = 3;

fn communes_over_land(project: &Project, joined: &Joined, problems: &mut Problems) {
    let (communes, linked) = (&joined.communes, &joined.land.linked_ha);
    let over: Vec<usize> = (0..linked.len()).filter(|&commune| linked[commune] > 1.05 * communes.area_ha[commune]).collect();
    let tables = project.tables.iter().filter(|table| matches!(table.kind, TableKind::LinkedProduction(_)));
    let file = tables.map(|table| table.file.as_str()).next().unwrap_or_default();
    for &commune in &over {
        let [vi, en] = [Lang::Vi, Lang::En].map(|lang| numbers::format(communes.area_ha[commune], 1, lang));
        problems.warning(
            "contract-over-land",
            Place::file(file).value(&communes.names[commune]).hectares(linked[commune]),
            message!(
                "diện tích hợp đồng lớn hơn diện tích xã ({vi} ha)",
                "more under contract than the commune has land ({en} ha)"
            ),
            Some(message!("kiểm tra đơn vị (ha hay m²) và dòng lặp", "check the unit (ha or m²) and repeated rows")),
        );
    }
    if over.len() >= SEVERAL {
        let count = over.len();
        problems.error(
            "contracts-over-land",
            Place::file(file),
            message!(
                "{count} xã có diện tích hợp đồng lớn hơn diện tích xã: sai đơn vị, sai dấu phân cách, hay mã của thời điểm khác",
                "in {count} communes more is under contract than there is land: a wrong unit or separator, or codes of another date"
            ),
            None,
        );
    }
}

/// Says that hectares come two ways, from surveys and from reports: a sum over both is of two accounts.
fn two_ways(joined: &Joined, problems: &mut Problems) {
    let Some(forecasts) = joined.forecasts.as_ref().filter(|forecasts| forecasts.target.is_some()) else { return };
    let current = forecasts.days_in(joined.periods.get(When::Current), !joined.periods.is_declared());
    let reports = forecasts.areas.iter().filter(|area| current.get(usize::from(area.day)) == Some(&true)).count();
    if reports == 0 {
        return;
    }
    problems.warning(
        "two-accounts",
        Place::default(),
        message!(
            "kỳ báo cáo có cả dòng điều tra và {reports} dòng báo cáo diện tích: loài đã điều tra ở xã nào thì lấy số điều tra, còn lại lấy số báo cáo",
            "the reporting period has both survey rows and {reports} rows of reported hectares: surveys count where there are any, reports elsewhere"
        ),
        None,
    );
}
