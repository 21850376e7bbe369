//! The part of a boundary file that a project is about: a district of a province. The others stay known, so that their rows in tables
//! are no errors, and are drawn in grey.

use super::names;
use crate::headings::{CODE, NAME};
use crate::layers::{Layer, Shapes};
use crate::message;
use crate::project::CommunesConfig;
use crate::run::{Fault, Place, Result};
use crate::values::text::{fold, nearest};

/// Units of the file that the project is not about.
#[derive(Debug, Clone, Default)]
pub struct Others {
    /// Codes, as text
    pub codes: Vec<String>,
    /// Names; the code where there is no name
    pub names: Vec<String>,
    /// Provinces; empty where the file has none
    pub provinces: Vec<String>,
    /// Polygons
    pub shapes: Shapes,
}

/// Divides a layer by `where` and `only`; a project that has neither gets the whole.
pub fn divide(mut layer: Layer, key: &CommunesConfig) -> Result<(Layer, Others)> {
    if key.filter.is_empty() && key.only.is_empty() {
        return Ok((layer, Others::default()));
    }
    let file = layer.table.file.clone();
    let mut chosen = vec![true; layer.table.rows];
    for (heading, wanted) in &key.filter {
        let column = layer.property(heading)?;
        let wanted: Vec<String> = wanted.list().iter().map(|text| fold(text)).collect();
        for (row, chosen) in chosen.iter_mut().enumerate() {
            *chosen &= column.text(row).is_some_and(|text| wanted.contains(&fold(text)));
        }
        if !chosen.contains(&true) {
            let mut there: Vec<&str> = column.dictionary.iter().collect();
            there.sort_unstable();
            there.truncate(12);
            let (there, asked) = (there.join(", "), wanted.join(", "));
            return Err(Fault::new(
                "nothing-chosen",
                Place::file(&file).column(heading).value(&asked),
                message!(
                    "\"where\": không đơn vị nào có \"{asked}\"; đang có: {there}",
                    "where: no unit has \"{asked}\"; there are: {there}"
                ),
            ));
        }
    }
    let headings = layer.table.headings.clone();
    let code = key.code.as_deref().or_else(|| CODE.find(&headings)).unwrap_or("code");
    let name = key.name.as_deref().or_else(|| NAME.find(&headings));
    let texts = |layer: &Layer, name: Option<&str>| -> Result<Vec<String>> {
        let column = name.map(|name| layer.property(name)).transpose()?;
        Ok((0..layer.table.rows).map(|row| column.and_then(|column| column.text(row)).unwrap_or("").to_owned()).collect())
    };
    let (codes, units) = (texts(&layer, Some(code))?, texts(&layer, name)?);
    if !key.only.is_empty() {
        let is = |wanted: &str, row: usize| codes[row] == wanted || names::key(&units[row]) == names::key(wanted);
        if let Some(missing) = key.only.iter().find(|wanted| !(0..codes.len()).any(|row| is(wanted, row))) {
            let known = units.iter().chain(&codes).map(String::as_str);
            let fault = Fault::new(
                "nothing-chosen",
                Place::file(&file).column("only").value(missing),
                message!("only: không có đơn vị \"{missing}\" trong {file}", "only: there is no unit \"{missing}\" in {file}"),
            );
            return Err(match nearest(missing, known) {
                Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
                None => fault,
            });
        }
        for (row, chosen) in chosen.iter_mut().enumerate() {
            *chosen &= key.only.iter().any(|wanted| is(wanted, row));
        }
    }
    let provinces = texts(&layer, key.province.as_deref())?;
    let rest: Vec<usize> = (0..chosen.len()).filter(|&row| !chosen[row]).collect();
    let of = |list: &[String]| rest.iter().map(|&row| list[row].clone()).collect::<Vec<String>>();
    let named = rest.iter().map(|&row| if units[row].is_empty() { codes[row].clone() } else { units[row].clone() }).collect();
    let others = Others { codes: of(&codes), names: named, provinces: of(&provinces), shapes: layer.shapes.subset(&rest) };
    layer.keep(&(0..chosen.len()).filter(|&row| chosen[row]).collect::<Vec<usize>>());
    Ok((layer, others))
}
