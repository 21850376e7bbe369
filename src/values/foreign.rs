//! Text from outside as others may safely take it: a terminal, an XML reader, a spreadsheet.

use std::borrow::Cow;

/// Characters that move a cursor, colour a terminal or turn the direction of reading.
fn steers(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// For terminals: what would steer one is shown as `\u{1b}`. Tabs and ends of lines stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if steers(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect())
}

/// For terminals, in as many bytes as before: places in a text stay where they are.
pub fn masked(text: &str) -> String {
    text.chars().map(|c| if steers(c) { "?".repeat(c.len_utf8()) } else { c.to_string() }).collect()
}

/// For XML 1.0: `&`, `<`, `>` and `"` by name, and what it forbids as U+FFFD.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// For a cell that a spreadsheet may open: text that it would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage
/// return, and is no number) has an apostrophe before it. Text that begins so with an apostrophe gets another, so that a program takes one
/// away from every cell that begins with an apostrophe and one of these, and has the text again.
pub fn cell(text: &str) -> Cow<'_, str> {
    let formula = |text: &str| text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.len() > 1;
    let harmless = text.parse::<f64>().is_ok();
    if formula(text) && !harmless || text.starts_with('\'') && formula(text.trim_start_matches('\'')) {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_steers_nothing() {
        assert_eq!(visible("a\u{1b}[31mđ\t\n"), "a\\u{1b}[31mđ\t\n");
        assert_eq!(masked("a\u{1b}\u{202e}đ").len(), "a\u{1b}\u{202e}đ".len());
        assert_eq!(xml("<a>\u{1b}&\u{ffff}\t"), "&lt;a&gt;\u{fffd}&amp;\u{fffd}\t");
        assert_eq!(
            ["=1+1", "-5", "+3.5e2", "-", "@x", "-Ấp 1", "'=1", "'a"].map(cell),
            ["'=1+1", "-5", "+3.5e2", "-", "'@x", "'-Ấp 1", "''=1", "'a"]
        );
    }
}
