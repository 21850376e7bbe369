//! Named fields of a form: where they stand in its tree, and what takes their place.

use super::controls::as_braces;
use super::form::{Answers, Filling, Met};
use super::table;
use super::{Block, Run};
use crate::ooxml::package::words;
use crate::ooxml::tree::{Node, parse};
use std::ops::Range;

/// Properties of letters in the order of the format, as far as ours stand among them.
const ORDER: [&str; 27] = [
    "w:rStyle",
    "w:rFonts",
    "w:b",
    "w:bCs",
    "w:i",
    "w:iCs",
    "w:caps",
    "w:smallCaps",
    "w:strike",
    "w:dstrike",
    "w:outline",
    "w:shadow",
    "w:emboss",
    "w:imprint",
    "w:noProof",
    "w:snapToGrid",
    "w:vanish",
    "w:webHidden",
    "w:color",
    "w:spacing",
    "w:w",
    "w:kern",
    "w:position",
    "w:sz",
    "w:szCs",
    "w:highlight",
    "w:u",
];

/// Fills the fields of a part.
pub fn fill(tree: &mut [Node], answers: &Answers, met: &mut Met) {
    for node in tree {
        as_braces(node, &|name| answers.knows(name));
        inside(node, answers, None, met);
    }
}

/// Fills what is within an element; `row` is the number of the row that is repeated.
fn inside(node: &mut Node, answers: &Answers, row: Option<usize>, met: &mut Met) {
    let Some(children) = node.content() else { return };
    let mut out = Vec::with_capacity(children.len());
    for mut child in std::mem::take(children) {
        let is_paragraph = child.name() == "w:p";
        if row.is_none() && (is_paragraph || child.name() == "w:tr") && names(&child).iter().any(|name| answers.repeats(name)) {
            for at in 0..answers.rows {
                let mut copy = child.clone();
                if at > 0 {
                    anonymous(&mut copy);
                }
                if is_paragraph {
                    out.extend(paragraph(copy, answers, Some(at), met));
                } else {
                    inside(&mut copy, answers, Some(at), met);
                    out.push(copy);
                }
            }
        } else if is_paragraph {
            out.extend(paragraph(child, answers, row, met));
        } else {
            inside(&mut child, answers, row, met);
            out.push(child);
        }
    }
    *children = out;
}

/// Fields of an element, those of rows within it left out.
fn names(node: &Node) -> Vec<String> {
    if node.name() == "w:p" {
        let text: String = texts(node).into_iter().map(|(_, text)| text).collect();
        return fields(&text).into_iter().map(|(_, name)| name).collect();
    }
    node.children().iter().filter(|child| child.name() != "w:tr").flat_map(names).collect()
}

/// Fields in a text: where they stand with their braces, and their names.
fn fields(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("{{").map(|at| from + at) {
        let Some(end) = text[start..].find("}}").map(|at| start + at) else { break };
        // Of several opening braces the last are those of the field.
        let start = text[start..end].rfind("{{").map_or(start, |at| start + at);
        found.push((start..end + 2, text[start + 2..end].trim().to_owned()));
        from = end + 2;
    }
    found
}

/// The texts of a paragraph, by the way to each; paragraphs in boxes are not of it.
fn texts(paragraph: &Node) -> Vec<(Vec<usize>, String)> {
    fn add(node: &Node, way: &mut Vec<usize>, found: &mut Vec<(Vec<usize>, String)>) {
        for (at, child) in node.children().iter().enumerate() {
            way.push(at);
            match child.name() {
                "w:t" => found.push((way.clone(), child.text())),
                "w:p" | "w:txbxContent" | "mc:Fallback" => {}
                _ => add(child, way, found),
            }
            way.pop();
        }
    }
    let mut found = Vec::new();
    add(paragraph, &mut Vec::new(), &mut found);
    found
}

/// A paragraph with its fields filled; several, or a table, where a field is more than words.
fn paragraph(mut own: Node, answers: &Answers, row: Option<usize>, met: &mut Met) -> Vec<Node> {
    boxes(&mut own, answers, row, met);
    let texts = texts(&own);
    let text: String = texts.iter().map(|(_, text)| text.as_str()).collect();
    let found = fields(&text);
    let answer = |name: &str| match row.and_then(|row| (answers.of_row)(row, name)) {
        Some(runs) => Some(Filling::Words(runs)),
        None => (answers.of)(name),
    };
    if let [(place, name)] = &found[..]
        && text[..place.start].trim().is_empty()
        && text[place.end..].trim().is_empty()
        && let Some(Filling::Blocks(blocks)) = answer(name)
    {
        met.filled.push(name.clone());
        let first = texts.iter().find(|(_, text)| !text.is_empty()).map(|(way, _)| way.as_slice());
        return in_place(&own, first.and_then(|way| parent(&own, way)), &blocks);
    }
    let mut told: [Vec<String>; 3] = Default::default();
    for (place, name) in found.into_iter().rev() {
        let runs = match answer(&name) {
            None => {
                told[1].push(name);
                continue;
            }
            Some(Filling::Words(runs)) => runs,
            Some(Filling::Blocks(blocks)) => match in_a_line(blocks) {
                Some(runs) => runs,
                None => {
                    told[2].push(name);
                    continue;
                }
            },
        };
        replace(&mut own, &texts, place, &runs);
        told[0].push(name);
    }
    let [filled, unknown, misplaced] = told;
    met.filled.extend(filled.into_iter().rev());
    met.unknown.extend(unknown.into_iter().rev());
    met.misplaced.extend(misplaced.into_iter().rev());
    vec![own]
}

/// Fills the boxes that hang on a paragraph.
fn boxes(node: &mut Node, answers: &Answers, row: Option<usize>, met: &mut Met) {
    for child in node.content().into_iter().flatten() {
        match child.name() {
            "w:txbxContent" => inside(child, answers, row, met),
            _ => boxes(child, answers, row, met),
        }
    }
}

/// Paragraphs in one line; nothing if there is a table among them.
fn in_a_line(blocks: Vec<Block>) -> Option<Vec<Run>> {
    let mut runs: Vec<Run> = Vec::new();
    for block in blocks {
        let Block::Paragraph(own) = block else { return None };
        if !runs.is_empty() {
            runs.push(Run::text(" "));
        }
        runs.extend(own.runs);
    }
    Some(runs)
}

/// The element that holds the last step of a way.
fn parent<'a>(from: &'a Node, way: &[usize]) -> Option<&'a Node> {
    way.split_last()?.1.iter().try_fold(from, |node, at| node.children().get(*at))
}

/// Paragraphs and tables in place of a paragraph, in its looks and those of its field.
fn in_place(own: &Node, run: Option<&Node>, blocks: &[Block]) -> Vec<Node> {
    let looks = own.child("w:pPr").cloned();
    let section = looks.as_ref().is_some_and(|looks| looks.child("w:sectPr").is_some());
    let mut plain = looks.clone();
    if let Some(children) = plain.as_mut().and_then(Node::content) {
        children.retain(|child| child.name() != "w:sectPr");
    }
    let letters = run.and_then(|run| run.child("w:rPr"));
    let paragraph = |looks: &Option<Node>, runs: &[Run]| {
        Node::new("w:p", looks.iter().cloned().chain(runs.iter().map(|run| as_node(run, letters))).collect())
    };
    let mut out = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(own) => out.push(paragraph(&plain, &own.runs)),
            Block::Rows(rows) => {
                out.extend(parse(&table::plain(rows)).into_iter().flatten());
                // Two tables that touch are one, and a cell ends with a paragraph.
                out.push(paragraph(&plain, &[]));
            }
            Block::Beside(..) | Block::Page | Block::Lying => {}
        }
    }
    // The end of a section stays where it was.
    if section {
        out.push(paragraph(&looks, &[]));
    }
    if out.is_empty() {
        out.push(paragraph(&plain, &[]));
    }
    out
}

/// A run in the letters of another.
pub fn as_node(run: &Run, letters: Option<&Node>) -> Node {
    let mut looks = letters.cloned().unwrap_or_else(|| Node::new("w:rPr", Vec::new()));
    for (on, flag) in
        [(run.bold, "w:b"), (run.italic, "w:i"), (run.blank, "w:highlight w:val=\"yellow\""), (run.under, "w:u w:val=\"single\"")]
    {
        if let (true, Some(children)) = (on, looks.content()) {
            let flag = Node::new(flag, Vec::new());
            let rank = |node: &Node| ORDER.iter().position(|name| *name == node.name()).unwrap_or(ORDER.len());
            children.retain(|child| child.name() != flag.name());
            let at = children.iter().position(|child| rank(child) > rank(&flag)).unwrap_or(children.len());
            children.insert(at, flag);
        }
    }
    let looks = Some(looks).filter(|looks| !looks.children().is_empty());
    Node::new("w:r", looks.into_iter().chain([text_node(&words(&run.words))]).collect())
}

/// Text as an element; `escaped` is legal already.
fn text_node(escaped: &str) -> Node {
    Node::Element { head: "w:t xml:space=\"preserve\"".to_owned(), children: vec![Node::Raw(escaped.to_owned())] }
}

/// Puts runs in place of a stretch of the text of a paragraph. Stretches are replaced from the last to the first, so that what stands before
/// one is as it was.
fn replace(own: &mut Node, texts: &[(Vec<usize>, String)], place: Range<usize>, runs: &[Run]) {
    let escaped = |text: &str| crate::values::foreign::xml(text);
    let mut start = 0;
    let mut first: Option<(&Vec<usize>, String, String)> = None;
    for (way, text) in texts {
        let end = start + text.len();
        if end > place.start
            && start < place.end
            && let Some(node) = reach(own, way)
        {
            let now = node.text();
            let after = escaped(now.get(place.end.min(end) - start..).unwrap_or_default());
            if first.is_none() {
                first = Some((way, escaped(now.get(..place.start.max(start) - start).unwrap_or_default()), after));
            } else {
                *node = text_node(&after);
            }
        }
        start = end;
    }
    let Some((way, before, after)) = first else { return };
    let Some((at, to_run)) = way.split_last() else { return };
    let Some((in_parent, to_parent)) = to_run.split_last() else { return };
    let Some(siblings) = reach(own, to_parent).and_then(Node::content) else { return };
    let Some(run) = siblings.get_mut(*in_parent) else { return };
    let letters = run.child("w:rPr").cloned();
    let Some(children) = run.content() else { return };
    // What stood behind the field in its run goes into a run of its own.
    let mut behind: Vec<Node> = letters.iter().cloned().chain([text_node(&after)]).collect();
    behind.extend(children.split_off(at + 1));
    children[*at] = text_node(&before);
    let filled = runs.iter().map(|run| as_node(run, letters.as_ref())).chain([Node::new("w:r", behind)]);
    let filled: Vec<Node> = filled.collect();
    siblings.splice(in_parent + 1..in_parent + 1, filled);
}

/// The element at the end of a way.
fn reach<'a>(from: &'a mut Node, way: &[usize]) -> Option<&'a mut Node> {
    way.iter().try_fold(from, |node, at| node.content()?.get_mut(*at))
}

/// Takes the names away by which a copy would be taken for the original.
fn anonymous(node: &mut Node) {
    if let Node::Element { head, children } = node {
        for name in [" w14:paraId=\"", " w14:textId=\""] {
            if let Some(from) = head.find(name)
                && let Some(length) = head[from + name.len()..].find('"')
            {
                head.replace_range(from..from + name.len() + length + 1, "");
            }
        }
        children.retain(|child| !["w:bookmarkStart", "w:bookmarkEnd"].contains(&child.name()));
        children.iter_mut().for_each(anonymous);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ooxml::tree::written;

    fn filled(text: &str) -> (String, Met) {
        let mut tree = parse(&format!("<w:body>{text}</w:body>")).expect("well-formed");
        let answers = Answers {
            of: &|name| match name {
                "ky" => Some(Filling::Words(vec![Run::text("tuần 15 & 16")])),
                "mua" => Some(Filling::Words(vec![Run::blank()])),
                "doan" => Some(Filling::Blocks(vec![
                    Block::Paragraph(super::super::Paragraph::new(super::super::Style::Normal, "một")),
                    Block::Paragraph(super::super::Paragraph::new(super::super::Style::Normal, "hai")),
                ])),
                _ => None,
            },
            of_row: &|row, name| (name == "ten").then(|| vec![Run::text(["rầy", "sâu"][row])]),
            rows: 2,
        };
        let mut met = Met::default();
        fill(&mut tree, &answers, &mut met);
        (written(&tree), met)
    }

    #[test]
    fn fields_over_several_runs_keep_the_letters_of_the_first() {
        let (text, met) = filled(
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Kỳ {</w:t></w:r><w:r><w:t>{k</w:t></w:r><w:r><w:t>y}}, {{mua}} mm, {{la}}</w:t></w:r></w:p>",
        );
        let plain: String = parse(&text).expect("well-formed").iter().map(Node::text).collect();
        assert_eq!(plain, "Kỳ tuần 15 & 16, ……… mm, {{la}}");
        assert!(text.contains("<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">tuần 15 &amp; 16</w:t>"), "{text}");
        assert_eq!((met.filled, met.unknown), (vec!["ky".to_owned(), "mua".to_owned()], vec!["la".to_owned()]));
    }

    #[test]
    fn rows_are_repeated_and_paragraphs_take_the_place_of_their_field() {
        let (text, _) = filled("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{ten}}: {{ky}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>");
        let plain: String = parse(&text).expect("well-formed").iter().map(Node::text).collect();
        assert_eq!((plain.as_str(), text.matches("<w:tr>").count()), ("rầy: tuần 15 & 16sâu: tuần 15 & 16", 2));
        let (text, met) = filled("<w:p><w:pPr><w:jc/></w:pPr><w:r><w:t>{{doan}}</w:t></w:r></w:p>");
        assert_eq!(text.matches("<w:p><w:pPr><w:jc/></w:pPr><w:r>").count(), 2, "{text}");
        assert_eq!(met.filled, ["doan"]);
    }

    #[test]
    fn controls_and_merge_fields_are_fields_too() {
        let sdt = "<w:p><w:sdt><w:sdtPr><w:tag w:val=\"ky\"/></w:sdtPr><w:sdtContent><w:r><w:t>Bấm vào đây</w:t></w:r></w:sdtContent></w:sdt></w:p>";
        let merge = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> MERGEFIELD ky \\* MERGEFORMAT </w:instrText></w:r>\
                     <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>«ky»</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
        for text in [sdt, merge] {
            let plain: String = parse(&filled(text).0).expect("well-formed").iter().map(Node::text).collect();
            assert_eq!(plain, "tuần 15 & 16", "{text}");
        }
    }
}
