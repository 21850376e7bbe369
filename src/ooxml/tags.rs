//! Tags, relations and ways between the parts of a file that somebody else wrote.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Calls for every tag, with its name without the name space.
pub fn each(text: &str, mut found: impl FnMut(&str, &BytesStart<'_>)) {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(event) | Event::Empty(event)) => {
                let name = event.local_name();
                found(name.as_ref(), &event);
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// An attribute, or nothing.
pub fn value(event: &BytesStart<'_>, name: &str) -> String {
    let found = event.try_get_attribute(name).ok().flatten();
    found.map_or(String::new(), |found| {
        quick_xml::escape::unescape(&found.value).map_or(found.value.to_string(), |text| text.into_owned())
    })
}

/// Relations: id, kind, target; those that lead outside are left out.
pub fn list(text: &str) -> Vec<[String; 3]> {
    let mut found = Vec::new();
    each(text, |tag, event| {
        if tag == "Relationship" && value(event, "TargetMode") != "External" {
            found.push(["Id", "Type", "Target"].map(|name| value(event, name)));
        }
    });
    found
}

/// Where the relations of a part stand.
pub fn links_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    format!("{folder}/_rels/{name}.rels")
}

/// The part that a target names.
pub fn absolute(from: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut way: Vec<&str> = from.split('/').collect();
    way.pop();
    for step in target.split('/') {
        match step {
            ".." => {
                way.pop();
            }
            "." => {}
            step => way.push(step),
        }
    }
    way.join("/")
}

/// The number in a name.
pub fn number_in(name: &str) -> u32 {
    name.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(u32::MAX)
}

/// A text without the elements of a name (with its prefix) that hold an attribute in their head; all of them if it is empty.
pub fn without(text: &str, name: &str, attribute: &str) -> String {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut out = String::new();
    let mut rest = text;
    while let Some(from) = rest.find(&open) {
        let head = rest[from..].find('>').map_or(rest.len(), |at| from + at + 1);
        let end = match rest[from..head].ends_with("/>") {
            true => head,
            false => rest[head..].find(&close).map_or(rest.len(), |at| head + at + close.len()),
        };
        // `<p:sld` begins `<p:sldIdLst` too.
        let own = rest[from + open.len()..].starts_with([' ', '>', '/']);
        let gone = own && rest[from..head].contains(attribute);
        let to = if own { end } else { from + open.len() };
        out.push_str(&rest[..if gone { from } else { to }]);
        rest = &rest[to..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_between_parts_are_found() {
        assert_eq!(absolute("ppt/slideMasters/slideMaster1.xml", "../theme/theme1.xml"), "ppt/theme/theme1.xml");
        assert_eq!(absolute("ppt/presentation.xml", "/ppt/slides/slide1.xml"), "ppt/slides/slide1.xml");
        assert_eq!(links_of("ppt/presentation.xml"), "ppt/_rels/presentation.xml.rels");
        assert_eq!(without("<a><l r:id=\"1\"/><l r:id=\"2\"><b/></l></a>", "l", "r:id=\"2\""), "<a><l r:id=\"1\"/></a>");
        assert_eq!(without("<a><b x=\"1\"/><bc/><c><b/></c><b>t</b></a>", "b", ""), "<a><bc/><c></c></a>");
    }
}
