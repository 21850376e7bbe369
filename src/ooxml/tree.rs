//! A part of somebody else's file as a tree that can be changed and written again: what is not touched stays as it was.

use quick_xml::Reader;
use quick_xml::events::Event;

/// A piece of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// An element: what stands in its opening tag, and what is within
    Element {
        /// Name and attributes as written
        head: String,
        /// Content
        children: Vec<Node>,
    },
    /// Text and everything else, as written
    Raw(String),
}

impl Node {
    /// An element without attributes.
    pub fn new(name: &str, children: Vec<Node>) -> Node {
        Node::Element { head: name.to_owned(), children }
    }

    /// Name with its prefix; nothing of what is no element.
    pub fn name(&self) -> &str {
        match self {
            Node::Element { head, .. } => head.split([' ', '\n', '\r', '\t']).next().unwrap_or_default(),
            Node::Raw(_) => "",
        }
    }

    /// Content.
    pub fn children(&self) -> &[Node] {
        match self {
            Node::Element { children, .. } => children,
            Node::Raw(_) => &[],
        }
    }

    /// Content to be changed; nothing of what is no element.
    pub fn content(&mut self) -> Option<&mut Vec<Node>> {
        match self {
            Node::Element { children, .. } => Some(children),
            Node::Raw(_) => None,
        }
    }

    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children().iter().find(|child| child.name() == name)
    }

    /// An attribute, its name with the prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let Node::Element { head, .. } = self else { return None };
        let tag = quick_xml::events::BytesStart::from_content(head.as_str(), self.name().len());
        let found = tag.try_get_attribute(name).ok().flatten()?;
        quick_xml::escape::unescape(&found.value).ok().map(|text| text.into_owned())
    }

    /// Text of all that is within.
    pub fn text(&self) -> String {
        match self {
            Node::Raw(text) if text.starts_with('<') => String::new(),
            Node::Raw(text) => quick_xml::escape::unescape(text).map_or(text.clone(), |text| text.into_owned()),
            Node::Element { children, .. } => children.iter().map(Node::text).collect(),
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Node::Raw(text) => out.push_str(text),
            Node::Element { head, children } if children.is_empty() => {
                out.extend(["<", head, "/>"]);
            }
            Node::Element { head, children } => {
                out.extend(["<", head, ">"]);
                children.iter().for_each(|child| child.write(out));
                out.extend(["</", self.name(), ">"]);
            }
        }
    }
}

/// Elements within one another that no office writes, and that would not leave room to walk the tree.
const DEEPEST: usize = 400;

/// A part as a tree; nothing if it is no well-formed XML.
pub fn parse(text: &str) -> Option<Vec<Node>> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open: Vec<(String, Vec<Node>)> = Vec::new();
    let mut all = Vec::new();
    loop {
        let node = match reader.read_event().ok()? {
            Event::Start(_) if open.len() >= DEEPEST => return None,
            Event::Start(tag) => {
                open.push((tag.trim_end().to_owned(), Vec::new()));
                continue;
            }
            Event::End(_) => {
                let (head, children) = open.pop()?;
                Node::Element { head, children }
            }
            Event::Empty(tag) => Node::Element { head: tag.trim_end().to_owned(), children: Vec::new() },
            Event::Text(text) => Node::Raw(text.to_string()),
            Event::GeneralRef(name) => Node::Raw(format!("&{};", &*name)),
            Event::CData(text) => Node::Raw(format!("<![CDATA[{}]]>", &*text)),
            Event::Comment(text) => Node::Raw(format!("<!--{}-->", &*text)),
            Event::Decl(text) => Node::Raw(format!("<?{}?>", &*text)),
            Event::PI(text) => Node::Raw(format!("<?{}?>", &*text)),
            Event::DocType(_) => return None,
            Event::Eof => break,
        };
        match open.last_mut() {
            Some((_, children)) => children.push(node),
            None => all.push(node),
        }
    }
    open.is_empty().then_some(all)
}

/// The part again.
pub fn written(nodes: &[Node]) -> String {
    let mut out = String::new();
    nodes.iter().for_each(|node| node.write(&mut out));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_touched_stays_as_it_was() {
        let text =
            "<?xml version=\"1.0\"?>\n<w:p a=\"1 &amp; 2\"><w:t xml:space=\"preserve\"> a &lt; b </w:t><w:b/><!-- c --></w:p>";
        let tree = parse(text).expect("well-formed");
        assert_eq!(written(&tree), text);
        assert_eq!(
            (tree[2].name(), tree[2].attribute("a").as_deref(), tree[2].text().as_str()),
            ("w:p", Some("1 & 2"), " a < b ")
        );
        assert_eq!(parse("<a><b></a>"), None);
        assert_eq!(parse(&"<a>".repeat(100_000)), None);
    }
}
