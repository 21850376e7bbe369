//! Content controls and merge fields of Word, which an office may have instead of names in braces.

use super::Run;
use super::fields::as_node;
use crate::ooxml::tree::Node;

/// Writes content controls and merge fields of known names as fields in braces.
pub fn as_braces(node: &mut Node, knows: &dyn Fn(&str) -> bool) {
    let Some(children) = node.content() else { return };
    let mut out = Vec::with_capacity(children.len());
    for mut child in std::mem::take(children) {
        let name = match child.name() {
            "w:sdt" => control(&child),
            "w:fldSimple" => child.attribute("w:instr").as_deref().and_then(merged),
            _ => None,
        };
        match name.filter(|name| knows(name)) {
            Some(name) => {
                let within = match child.child("w:sdtContent") {
                    Some(content) => content.children().to_vec(),
                    None => child.children().to_vec(),
                };
                let mut within = Node::new("w:sdtContent", within);
                if !named(&mut within, &name, &mut false) {
                    within = Node::new("w:sdtContent", vec![run_of(&name, None)]);
                }
                out.append(within.content().unwrap_or(&mut Vec::new()));
            }
            None => {
                as_braces(&mut child, knows);
                out.push(child);
            }
        }
    }
    *children = out;
    merge_fields(children, knows);
}

/// A run with a field.
fn run_of(name: &str, letters: Option<&Node>) -> Node {
    as_node(&Run::text(format!("{{{{{name}}}}}")), letters)
}

/// The name of a content control.
fn control(sdt: &Node) -> Option<String> {
    let looks = sdt.child("w:sdtPr")?;
    let of = |name: &str| looks.child(name)?.attribute("w:val");
    of("w:tag").filter(|name| !name.is_empty()).or_else(|| of("w:alias"))
}

/// Puts a field in place of the texts of a control: the first run of it holds the name, others nothing. Whether there is a run.
fn named(node: &mut Node, name: &str, done: &mut bool) -> bool {
    if node.name() == "w:r" {
        let mut letters = node.child("w:rPr").cloned();
        if let Some(children) = letters.as_mut().and_then(Node::content) {
            // The style of a place that waits for words.
            children.retain(|child| child.name() != "w:rStyle");
        }
        *node = match *done {
            false => run_of(name, letters.as_ref()),
            true => Node::new("w:r", Vec::new()),
        };
        *done = true;
        return true;
    }
    let mut any = false;
    for child in node.content().into_iter().flatten() {
        any |= named(child, name, done);
    }
    any
}

/// The name in ` MERGEFIELD name \* MERGEFORMAT `.
fn merged(instruction: &str) -> Option<String> {
    let rest = instruction.trim();
    let (kind, rest) = rest.split_once(char::is_whitespace)?;
    if !kind.eq_ignore_ascii_case("MERGEFIELD") {
        return None;
    }
    let rest = rest.trim();
    let name = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    (!name.is_empty()).then(|| name.to_owned())
}

/// Merge fields over several runs of a paragraph.
fn merge_fields(children: &mut Vec<Node>, knows: &dyn Fn(&str) -> bool) {
    let kind = |node: &Node| node.child("w:fldChar").and_then(|field| field.attribute("w:fldCharType")).unwrap_or_default();
    let mut from = 0;
    while let Some(begin) = (from..children.len()).find(|at| kind(&children[*at]) == "begin") {
        from = begin + 1;
        let next = (begin + 1..children.len()).find(|at| matches!(kind(&children[*at]).as_str(), "begin" | "end"));
        let Some(end) = next.filter(|at| kind(&children[*at]) == "end") else { continue };
        let own = &children[begin..=end];
        let instruction: String =
            own.iter().flat_map(Node::children).filter(|child| child.name() == "w:instrText").map(Node::text).collect();
        let Some(name) = merged(&instruction).filter(|name| knows(name)) else { continue };
        let shown = own.iter().find(|run| run.child("w:t").is_some()).unwrap_or(&own[0]);
        let run = run_of(&name, shown.child("w:rPr"));
        children.splice(begin..=end, [run]);
    }
}
