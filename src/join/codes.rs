//! Codes that a spreadsheet has changed: zeros lost, ".0" added, an apostrophe or letters in front. A whole column is recognised or none of
//! it: it counts only where every code then is the code of one unit.

use crate::message;
use crate::values::Message;
use hashbrown::HashMap;

/// What a column of codes had to be freed of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spelling {
    quote: bool,
    prefix: String,
    decimals: bool,
    zeros: bool,
}

/// Codes of a column without what spreadsheets add and take, and what that was.
fn bare(codes: &[&str]) -> (Vec<String>, Spelling) {
    let mut spelling = Spelling::default();
    let mut bare: Vec<&str> = codes.to_vec();
    for code in &mut bare {
        let plain = code.trim_start_matches(['\'', '’', '`']);
        spelling.quote |= plain.len() < code.len();
        *code = plain;
    }
    let prefix = common_letters(&bare);
    for code in &mut bare {
        *code = code.strip_prefix(prefix.as_str()).unwrap_or(code);
        if let Some(whole) = code.strip_suffix(".0").or_else(|| code.strip_suffix(",0"))
            && whole.bytes().all(|byte| byte.is_ascii_digit())
        {
            spelling.decimals = true;
            *code = whole;
        }
        let digits = code.trim_start_matches('0');
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            spelling.zeros |= digits.len() < code.len();
            *code = digits;
        }
    }
    spelling.prefix = prefix;
    (bare.into_iter().map(str::to_owned).collect(), spelling)
}

/// The letters in front of every code, digits behind them.
fn common_letters(codes: &[&str]) -> String {
    let head = |code: &str| code.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0).map(|at| code[..at].to_owned());
    let Some(first) = codes.first().and_then(|code| head(code)) else { return String::new() };
    let digits_behind =
        |code: &&str| code.strip_prefix(first.as_str()).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if codes.iter().all(digits_behind) { first } else { String::new() }
}

/// The unit of every code of a column, if each is one unit's once freed of what a spreadsheet does to codes; with what that was.
pub fn spelled_otherwise(codes: &[&str], ids: &[&str]) -> Option<(Vec<u32>, Message)> {
    let (codes_bare, of_codes) = bare(codes);
    let (ids_bare, of_ids) = bare(ids);
    let mut units: HashMap<&str, Option<u32>> = HashMap::new();
    for (unit, id) in ids_bare.iter().enumerate() {
        units.entry(id).and_modify(|slot| *slot = None).or_insert(Some(unit as u32));
    }
    let found: Option<Vec<u32>> = codes_bare.iter().map(|code| units.get(code.as_str()).copied().flatten()).collect();
    let found = found.filter(|found| !found.is_empty())?;
    Some((found, words(&of_codes, &of_ids)))
}

fn words(codes: &Spelling, ids: &Spelling) -> Message {
    let mut list: Vec<Message> = Vec::new();
    if codes.quote != ids.quote {
        list.push(message!("dấu nháy ở đầu", "an apostrophe in front"));
    }
    if codes.prefix != ids.prefix {
        let prefix = if codes.prefix.is_empty() { &ids.prefix } else { &codes.prefix };
        list.push(message!("tiền tố \"{prefix}\"", "the prefix \"{prefix}\""));
    }
    if codes.decimals != ids.decimals {
        list.push(message!("đuôi thập phân \".0\"", "a decimal tail \".0\""));
    }
    if codes.zeros != ids.zeros {
        list.push(message!("mất số 0 ở đầu", "zeros lost in front"));
    }
    let join = |part: fn(&Message) -> &str| list.iter().map(part).collect::<Vec<_>>().join(", ");
    Message { vi: join(|message| &message.vi), en: join(|message| &message.en) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_column_is_recognised_or_none_of_it() {
        let ids = ["00412", "00415", "29950"];
        let units = |codes: &[&str]| spelled_otherwise(codes, &ids).map(|(units, _)| units);
        assert_eq!(units(&["412", "29950"]), Some(vec![0, 2]));
        assert_eq!(units(&["412.0", "415.0"]), Some(vec![0, 1]));
        assert_eq!(units(&["'00412"]), Some(vec![0]));
        assert_eq!(units(&["VN00412", "VN29950"]), Some(vec![0, 2]));
        assert_eq!(units(&["412", "7"]), None);
        assert_eq!(units(&["VN412", "LA415"]), None);
        assert_eq!(spelled_otherwise(&["412"], &["00412", "0412"]), None);
        assert_eq!(spelled_otherwise(&["29950"], &["VN29950", "VN29953"]).map(|(units, _)| units), Some(vec![0]));
    }

    #[test]
    fn it_says_what_was_changed() {
        let said = |codes: &[&str]| spelled_otherwise(codes, &["00412"]).map(|(_, words)| words.vi);
        assert_eq!(said(&["412"]).as_deref(), Some("mất số 0 ở đầu"));
        assert_eq!(said(&["'00412"]).as_deref(), Some("dấu nháy ở đầu"));
    }
}
