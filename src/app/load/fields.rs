//! Fields laid over communes, with what is odd about their ids and places.

use super::Loader;
use crate::input::Column;
use crate::join::{FieldPieces, Outside};
use crate::layers::Layer;
use crate::message;
use crate::model::joined::Fields;
use crate::places::Communes;
use crate::run::{Place, Result, record};
use crate::values::numbers;

impl Loader<'_> {
    /// Fields with their shares in communes.
    pub(super) fn fields(&mut self, mut layer: Layer, pieces: FieldPieces, communes: &Communes) -> Result<Fields> {
        let Some(key) = &self.project.fields else { return Ok(Fields::default()) };
        let file = layer.table.file.clone();
        let group = key.group.as_deref().map(|name| layer.property(name).cloned()).transpose()?;
        let stated = key.commune.as_deref().map(|name| layer.property(name).cloned()).transpose()?;
        let stage = key.stage.as_deref().map(|name| layer.property(name).cloned()).transpose()?;
        let harvest = key.harvest.as_deref().map(|name| layer.property(name).cloned()).transpose()?;
        let mut ids = match (&key.id, layer.take_property(key.id())) {
            (None, Err(_)) => numbers(layer.shapes.len()),
            (_, ids) => ids?,
        };
        self.check_ids(&ids, &file);
        let place = |field: u32, ids: &Column| {
            Place::file(&file).row(u64::from(field) + 1).column("geometry").value(ids.text(field as usize).unwrap_or(""))
        };
        // Land of the units that were not chosen is no fault.
        let chosen = !communes.others.codes.is_empty();
        if chosen {
            let lost = pieces.outside.iter().map(|outside| pieces.area_ha[outside.field as usize] * outside.share);
            let (count, [vi, en]) = (pieces.outside.len(), numbers::both(crate::values::exact::sum(lost), 1));
            let message = message!(
                "{count} thửa nằm ngoài địa bàn đã chọn, {vi} ha: không tính",
                "{count} fields lie outside of the units chosen, {en} ha: they do not count"
            );
            self.problems.info("outside-the-selection", Place::file(&file), message, None);
        }
        for &Outside { field, share, gap } in pieces.outside.iter().filter(|_| !chosen) {
            let [vi, en] = numbers::both(pieces.area_ha[field as usize] * share, 4);
            let [percent_vi, percent_en] = numbers::both(100.0 * share, 1);
            let (code, problem) = if gap {
                let problem = message!(
                    "{vi} ha ({percent_vi} %) của thửa nằm trong khe hở giữa các xã",
                    "{en} ha ({percent_en} %) of the field lie in a gap between communes"
                );
                ("field-in-gap", problem)
            } else {
                let problem = message!(
                    "{vi} ha ({percent_vi} %) của thửa nằm ngoài mọi xã",
                    "{en} ha ({percent_en} %) of the field lie outside every commune"
                );
                ("field-outside", problem)
            };
            self.problems.warning(code, place(field, &ids), problem, None);
        }
        for &(field, share) in &pieces.shared {
            let [vi, en] = numbers::both(pieces.area_ha[field as usize] * share, 4);
            self.problems.warning(
                "field-in-overlap",
                place(field, &ids),
                message!(
                    "{vi} ha của thửa nằm trong nhiều xã (ranh giới chồng nhau); chia đều cho các xã đó",
                    "{en} ha of the field lie in several communes (their boundaries overlap); divided evenly between them"
                ),
                None,
            );
        }
        let inside = (0..pieces.len()).filter(|&field| !pieces.of(field).is_empty()).count() as u64;
        let mut met = vec![false; communes.len()];
        (0..pieces.len()).flat_map(|field| pieces.of(field)).for_each(|piece| met[piece.commune as usize] = true);
        self.record.joins.push(record::Join {
            from: "fields".to_owned(),
            to: "communes".to_owned(),
            by: "area".to_owned(),
            matched: inside,
            unmatched: pieces.len() as u64 - inside,
            without: met.iter().filter(|met| !**met).count() as u64,
        });
        if let Some(stated) = stated {
            self.check_stated(&stated, &pieces, communes, &ids, &file);
        }
        ids.name = key.id().to_owned();
        Ok(Fields { ids, shapes: layer.shapes, pieces, group, stage, harvest })
    }

    /// Fields whose own commune code disagrees with where most of them lies.
    fn check_stated(&mut self, stated: &Column, pieces: &FieldPieces, communes: &Communes, ids: &Column, file: &str) {
        for field in 0..pieces.len() {
            let Some(code) = stated.text(field) else { continue };
            let inside: f64 = pieces.of(field).iter().map(|piece| piece.share).sum();
            let most = pieces
                .of(field)
                .iter()
                .max_by(|a, b| a.share.total_cmp(&b.share).then(b.commune.cmp(&a.commune)))
                .filter(|piece| piece.share >= 1.0 - inside);
            let lies_in = most.map_or("", |piece| communes.codes[piece.commune as usize].as_str());
            if lies_in == code {
                continue;
            }
            let id = ids.text(field).unwrap_or("").to_owned();
            let place = Place::file(file).row(field as u64 + 1).column(stated.name.as_str()).value(code);
            let problem = match most {
                Some(piece) => {
                    let percent = 100.0 * piece.share;
                    message!(
                        "thửa {id} ghi xã {code} nhưng {percent:.0} % nằm trong xã {lies_in}",
                        "field {id} states commune {code}, but {percent:.0} % of it lies in {lies_in}"
                    )
                }
                None => message!(
                    "thửa {id} ghi xã {code} nhưng phần lớn nằm ngoài mọi xã",
                    "field {id} states commune {code}, but lies mostly outside every commune"
                ),
            };
            self.problems.warning("stated-commune", place, problem, None);
        }
    }

    fn check_ids(&mut self, ids: &Column, file: &str) {
        let place = |row: usize| Place::file(file).row(row as u64 + 1).column(ids.name.as_str());
        // Codes that stand for a text seen before, and codes seen before.
        let mut first: Vec<usize> = vec![usize::MAX; ids.dictionary.len()];
        let mut same: Vec<u32> = (0..ids.dictionary.len() as u32).collect();
        for &(code, earlier) in ids.dictionary.repeats() {
            same[code as usize] = earlier;
        }
        for (row, &code) in ids.codes.iter().enumerate() {
            let Some(&known) = same.get(code as usize) else {
                let problem = message!(
                    "thửa không có mã, không nối được với bảng nào",
                    "the field has no id and cannot be joined to any table"
                );
                self.problems.warning("no-id", place(row), problem, None);
                continue;
            };
            let earlier = &mut first[known as usize];
            if *earlier == usize::MAX {
                *earlier = row;
                continue;
            }
            let other = *earlier + 1;
            self.problems.warning(
                "repeated-id",
                place(row).value(ids.dictionary.get(code)),
                message!(
                    "mã thửa đã có ở hình thứ {other}; số liệu theo mã này chỉ nối vào thửa đầu",
                    "the id came in feature {other}; data with this id join the first field only"
                ),
                None,
            );
        }
    }
}

/// Fields that nothing names are called by their place in the layer, from 1.
fn numbers(fields: usize) -> Column {
    let mut part = Column::new("id");
    (1..=fields).for_each(|number| part.push(&number.to_string()));
    let mut ids = Column::new("id");
    ids.append(&part, 1);
    ids
}
