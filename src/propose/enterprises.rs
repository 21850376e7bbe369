//! Enterprises that stand across: contracted hectares below each, as lists of linked production have them.

use super::kinds::CONTRACTS;
use super::looked::Looked;
use crate::headings::{self, rates};
use crate::input::totals::is_total;
use crate::project::Unpivot;
use crate::values::Quantity;
use crate::values::text::fold;

/// Heading of the column of enterprises.
pub const HEADING: &str = "Doanh nghiệp";

/// Words that names of enterprises begin with or hold.
const FORMS: [&str; 12] =
    ["cty", "cong ty", "tnhh", "ctcp", "cp", "dntn", "doanh nghiep", "tap doan", "htx", "hop tac xa", "xi nghiep", "mtv"];

fn is_enterprise(text: &str) -> bool {
    let words = format!(" {} ", fold(text));
    FORMS.iter().any(|form| words.contains(&format!(" {form} ")))
}

/// Columns beside enterprises that are none: plans, results, parts of the sum.
fn is_of_another_kind(text: &str) -> bool {
    let folded = fold(&text.replace(':', " "));
    let begins = [
        "trong do",
        "so",
        "ke hoach",
        "kh",
        "thuc hien",
        "th",
        "ty le",
        "ti le",
        "so voi",
        "so sanh",
        "dat",
        "luy ke",
        "dien tich",
        "dt",
        "vu",
    ];
    begins.iter().any(|word| folded == *word || folded.starts_with(&format!("{word} ")))
}

/// Two columns or more with names of enterprises below a heading of contracted hectares, or in a table titled so.
pub fn across(looked: &Looked) -> Option<Unpivot> {
    let of = |heading: &str| match heading.rsplit_once(" / ") {
        Some((above, last)) => (above.to_owned(), last.to_owned()),
        None => (String::new(), heading.to_owned()),
    };
    let all: Vec<(&String, String, String)> = looked
        .table
        .headings
        .iter()
        .map(|heading| {
            let (above, last) = of(heading);
            (heading, above, last)
        })
        .collect();
    let first = all.iter().find(|(heading, _, last)| is_enterprise(last) && looked.is_numeric(heading))?;
    let above = first.1.clone();
    // Below one heading every column is an enterprise, whether its name says so or not.
    let beside = |(heading, own, last): &&(&String, String, String)| {
        *own == above
            && looked.is_numeric(heading)
            && !is_of_another_kind(last)
            && (!above.is_empty() || is_enterprise(last) || is_total(last))
    };
    let columns: Vec<String> = all.iter().filter(beside).map(|(heading, ..)| (*heading).clone()).collect();
    let enterprises = all.iter().filter(beside).filter(|(_, _, last)| !is_total(last)).count();
    let words = looked.words();
    let of_contracts = CONTRACTS.iter().any(|word| words.contains(word));
    let of_hectares = rates::is_hectares(&above) && rates::quantity(&above) == Quantity::Extensive
        || above.is_empty() && [" dien tich ", " ha "].iter().any(|word| words.contains(word));
    if enterprises < 2 || !of_contracts || !of_hectares {
        return None;
    }
    let value = if above.is_empty() { "Diện tích liên kết (ha)".to_owned() } else { above };
    Some(Unpivot { headings: columns, into: HEADING.to_owned(), value })
}

/// Whether every sheet of a book of contracts is called by an enterprise that its own title names.
pub fn are_sheets(looked: &Looked) -> bool {
    let named = |around: &super::looked::Around| {
        let titles = fold(&around.titles.join(" "));
        let sheet = fold(&around.sheet);
        let of_contracts =
            ["hop dong", "bao tieu", "lien ket", "hd"].iter().any(|word| format!(" {titles} ").contains(&format!(" {word} ")));
        let is_name = sheet.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !sheet.chars().any(|c| c.is_ascii_digit());
        of_contracts && is_name && format!(" {titles} ").contains(&format!(" {sheet} "))
    };
    looked.around.len() > 1
        && looked.pest.is_none()
        && looked.form.from_sheet.is_empty()
        && headings::ENTERPRISE.find(&looked.table.headings).is_none()
        && looked.around.iter().all(named)
}
