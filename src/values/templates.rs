//! Columns out of names: the template `bc7n_{Xã}_{Tuần}.xlsx` gives two. The same for names of sheets, titles and headings.

use super::text::one_line;

/// What stands in a text where a template has braces. Signs outside of braces must be the same, without regard to case; `{}` stands for
/// any text that is of no use.
pub fn take_apart(text: &str, template: &str) -> Option<Vec<(String, String)>> {
    let text = one_line(text);
    let template = one_line(template);
    let mut found = Vec::new();
    let (mut rest, mut form) = (&text[..], &template[..]);
    loop {
        let (literal, after) = form.split_once('{').unwrap_or((form, ""));
        if !rest.to_lowercase().starts_with(&literal.to_lowercase()) || !rest.is_char_boundary(literal.len()) {
            return None;
        }
        rest = rest.get(literal.len()..)?;
        if after.is_empty() {
            return (rest.is_empty() && !form.contains('{')).then_some(found);
        }
        let (heading, next) = after.split_once('}')?;
        let stop = next.split('{').next().unwrap_or("");
        let lower = rest.to_lowercase();
        let end = match (stop.is_empty(), heading.is_empty()) {
            (true, _) => rest.len(),
            // What is of no use takes as much as it can: "Sâu cuốn lá T20" is "{} {Tuần}".
            (false, true) => lower.rfind(&stop.to_lowercase())?,
            (false, false) => lower.find(&stop.to_lowercase())?,
        };
        let part = rest.get(..end)?.trim();
        if part.is_empty() {
            return None;
        }
        if !heading.is_empty() {
            found.push((heading.to_owned(), part.to_owned()));
        }
        rest = &rest[end..];
        form = next;
        if form.is_empty() {
            return rest.is_empty().then_some(found);
        }
    }
}

/// A template with its braces filled from columns of a row; `None` where one of them is empty.
pub fn fill<'a>(template: &str, column: impl Fn(&str) -> Option<&'a str>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        filled.push_str(literal);
        let (heading, next) = after.split_once('}')?;
        filled.push_str(column(heading).filter(|text| !text.trim().is_empty())?);
        rest = next;
    }
    filled.push_str(rest);
    Some(filled)
}

/// The headings that a template names in braces.
pub fn headings(template: &str) -> Vec<&str> {
    let parts = template.split('{').skip(1).filter_map(|part| part.split_once('}'));
    parts.map(|(heading, _)| heading).filter(|heading| !heading.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_out_of_names() {
        let found = take_apart("BC7N_Thường Phước_2024-W15.xlsx", "bc7n_{Xã}_{Tuần}.xlsx");
        assert_eq!(found, Some(vec![("Xã".into(), "Thường Phước".into()), ("Tuần".into(), "2024-W15".into())]));
        assert_eq!(take_apart("khác.xlsx", "bc7n_{Xã}.xlsx"), None);
        assert_eq!(take_apart("tuan 15.csv", "tuan {Tuần}.csv"), Some(vec![("Tuần".into(), "15".into())]));
        let title = take_apart("DIỆN TÍCH NHIỄM\nRẦY NÂU TUẦN 15 NĂM 2024", "diện tích nhiễm {Loài} tuần {}");
        assert_eq!(title, Some(vec![("Loài".into(), "RẦY NÂU".into())]));
        assert_eq!(take_apart("Sâu cuốn lá T20", "{} {Tuần}"), Some(vec![("Tuần".into(), "T20".into())]));
    }

    #[test]
    fn templates_are_filled_from_columns() {
        let row = |heading: &str| Some(if heading == "Tuần" { "15" } else { "2024" });
        assert_eq!(fill("Tuần {Tuần} năm {Năm}", row).as_deref(), Some("Tuần 15 năm 2024"));
        assert_eq!(fill("{Tuần}", |_| Some(" ")), None);
        assert_eq!(headings("{Xã}_{}_{Năm}"), ["Xã", "Năm"]);
    }
}
