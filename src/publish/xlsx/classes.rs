//! Cells in the colours of the classes of the maps.

use super::paper::OVER;
use super::{About, HEADS};
use crate::project::Closure;
use crate::scale::{Rgb, Scale};
use crate::tables::Sheet;
use rust_xlsxwriter::{Color, ConditionalFormatFormula, Format, Worksheet, XlsxError};

/// Gives cells the colours of their classes; whether there are any. A rule looks at the number, so it holds after sorting and editing.
pub(super) fn colours(worksheet: &mut Worksheet, sheet: &Sheet, about: &About) -> std::result::Result<bool, XlsxError> {
    let (first, last) = (OVER + HEADS, OVER + HEADS + sheet.rows.len() as u32);
    let place = |id: &str| sheet.headings.iter().position(|heading| heading.id == id);
    let mut any = false;
    for (column, (by, scale)) in &about.classes {
        // Earlier periods have the colours of this one, where the column itself says the class.
        let earlier = if column == by { vec![format!("{column}_previous"), format!("{column}_last_year")] } else { Vec::new() };
        for id in std::iter::once(column.clone()).chain(earlier) {
            let by = if column == by { &id } else { by };
            let (Some(at), Some(by)) = (place(&id), place(by)) else { continue };
            let cell = format!("${}{}", rust_xlsxwriter::utility::column_number_to_name(by as u16), first + 1);
            for (class, fill) in scale.classes.iter().enumerate() {
                let Some(condition) = condition(scale, class, &cell) else { continue };
                let ground = fill.fill.ground();
                let colour =
                    |Rgb(red, green, blue): Rgb| Color::RGB(u32::from(red) << 16 | u32::from(green) << 8 | u32::from(blue));
                let format = Format::new().set_background_color(colour(ground)).set_font_color(colour(ground.ink_on()));
                let rule = ConditionalFormatFormula::new().set_rule(condition.as_str()).set_format(format);
                if last > first {
                    worksheet.add_conditional_format(first, at as u16, last - 1, at as u16, &rule)?;
                    any = true;
                }
            }
        }
    }
    Ok(any)
}

/// Whether the number in a cell is of a class, as a formula.
fn condition(scale: &Scale, class: usize, cell: &str) -> Option<String> {
    let mut parts = vec![format!("ISNUMBER({cell})")];
    let bin = match scale.zero {
        Some(zero) if class == zero => return Some(format!("=AND(ISNUMBER({cell}),{cell}=0)")),
        Some(zero) => {
            parts.push(format!("{cell}<>0"));
            if class > zero { class - 1 } else { class }
        }
        None => class,
    };
    let [from, to] = match scale.closure {
        Closure::Lower => [">=", "<"],
        Closure::Upper => [">", "<="],
    };
    let cut = |at: usize| scale.cuts.get(at);
    parts.extend(bin.checked_sub(1).and_then(cut).map(|cut| format!("{cell}{from}{cut}")));
    parts.extend(cut(bin).map(|cut| format!("{cell}{to}{cut}")));
    (bin <= scale.cuts.len()).then(|| format!("=AND({})", parts.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scale::Class;

    #[test]
    fn conditions_are_those_of_the_classes() {
        let class = || Class { fill: crate::scale::Fill::NO_DATA, label: String::new() };
        let mut scale =
            Scale { cuts: vec![5.0, 20.5], zero: Some(0), classes: vec![class(), class(), class(), class()], ..Scale::default() };
        let all = |scale: &Scale| (0..scale.classes.len()).filter_map(|at| condition(scale, at, "$C6")).collect::<Vec<_>>();
        let expected = [
            "=AND(ISNUMBER($C6),$C6=0)",
            "=AND(ISNUMBER($C6),$C6<>0,$C6<5)",
            "=AND(ISNUMBER($C6),$C6<>0,$C6>=5,$C6<20.5)",
            "=AND(ISNUMBER($C6),$C6<>0,$C6>=20.5)",
        ];
        assert_eq!(all(&scale), expected);
        (scale.zero, scale.closure) = (None, Closure::Upper);
        assert_eq!(
            all(&scale),
            ["=AND(ISNUMBER($C6),$C6<=5)", "=AND(ISNUMBER($C6),$C6>5,$C6<=20.5)", "=AND(ISNUMBER($C6),$C6>20.5)"]
        );
    }
}
