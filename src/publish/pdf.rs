//! PDF of a scene, from its SVG: text stays text, fonts are embedded.

use crate::draw::Scene;
use crate::message;
use crate::run::{Fault, Place, Result};
use resvg::usvg;
use std::sync::{Arc, LazyLock};

/// The bundled font, and no other: pictures look the same on every machine.
static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    for data in [notosans::REGULAR_TTF, notosans::BOLD_TTF, notosans::ITALIC_TTF, notosans::BOLD_ITALIC_TTF] {
        fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(data)));
    }
    fonts.set_sans_serif_family("Noto Sans");
    Arc::new(fonts)
});

/// The tree of an SVG, with text as outlines of the bundled font.
pub fn tree(svg: &str, id: &str) -> Result<usvg::Tree> {
    let options = usvg::Options { fontdb: FONTS.clone(), font_family: "Noto Sans".to_owned(), ..usvg::Options::default() };
    usvg::Tree::from_str(svg, &options).map_err(|error| fault(id, &error))
}

/// PDF with embedded fonts, as wide as the page is on paper.
///
/// svg2pdf 0.13 writes fonts and resources in the order of hash maps, which differs from call to call. Equal scenes must
/// give equal bytes, so lists of resources are sorted in place, and the page is made again until its fonts stand in the
/// order of their names: at once with one font, after two tries on average with two, six with three.
pub fn pdf(scene: &Scene, svg: &str) -> Result<Vec<u8>> {
    let (id, tree) = (scene.id.as_str(), tree(svg, &scene.id)?);
    const TRIES: usize = 400;
    for _ in 0..TRIES {
        let page = svg2pdf::PageOptions { dpi: scene.width / scene.inches };
        let mut bytes = svg2pdf::to_pdf(&tree, svg2pdf::ConversionOptions::default(), page).map_err(|error| fault(id, &error))?;
        if fonts_in_order(&bytes) {
            sort_resources(&mut bytes);
            return Ok(bytes);
        }
    }
    Err(fault(id, &"fonts stay out of order"))
}

/// Whether the fonts of a PDF were written in the order of their names.
fn fonts_in_order(pdf: &[u8]) -> bool {
    const KEY: &[u8] = b"/FontName ";
    let names = memchr::memmem::find_iter(pdf, KEY).map(|at| {
        let name = &pdf[at + KEY.len()..];
        // Past the tag of the subset: /ABCDEF+NotoSans-Bold
        let start = memchr::memchr(b'+', name).map_or(0, |plus| plus + 1);
        let end = name.iter().position(u8::is_ascii_whitespace).unwrap_or(name.len());
        &name[start.min(end)..end]
    });
    names.is_sorted()
}

/// Sorts runs of lines such as `/f0 12 0 R`. Nothing changes its length, so the offsets of the file stay right.
fn sort_resources(pdf: &mut [u8]) {
    let mut run: Option<usize> = None;
    let mut at = 0;
    while at < pdf.len() {
        let end = memchr::memchr(b'\n', &pdf[at..]).map_or(pdf.len(), |offset| at + offset + 1);
        match (is_reference(&pdf[at..end]), run) {
            (true, None) => run = Some(at),
            (false, Some(start)) => {
                sort_lines(&mut pdf[start..at]);
                run = None;
            }
            _ => {}
        }
        at = end;
    }
}

/// Whether a line is a name of letters and digits followed by a reference.
fn is_reference(line: &[u8]) -> bool {
    let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let name = words.next().is_some_and(|word| {
        word.len() > 1
            && word[0] == b'/'
            && word.len() < 12
            && word[1..].iter().all(u8::is_ascii_alphanumeric)
            && word[word.len() - 1].is_ascii_digit()
    });
    let mut number = || words.next().is_some_and(|word| word.iter().all(u8::is_ascii_digit));
    name && number() && number() && words.next() == Some(b"R") && words.next().is_none()
}

fn sort_lines(lines: &mut [u8]) {
    let mut sorted: Vec<Vec<u8>> = lines.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    sorted.sort();
    let sorted = sorted.concat();
    lines.copy_from_slice(&sorted);
}

fn fault(id: &str, error: &dyn std::fmt::Display) -> Fault {
    Fault::new("picture", Place::file(id), message!("không vẽ được: {error}", "cannot draw: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_resources_are_sorted_and_nothing_else_moves() {
        let mut pdf = b"/Font <<\n  /f1 20 0 R\n  /f0 4 0 R\n>>\n/Length 12\n/XObject <<\n  /xo2 9 0 R\n>>\n".to_vec();
        sort_resources(&mut pdf);
        assert_eq!(
            String::from_utf8_lossy(&pdf),
            "/Font <<\n  /f0 4 0 R\n  /f1 20 0 R\n>>\n/Length 12\n/XObject <<\n  /xo2 9 0 R\n>>\n"
        );
    }

    #[test]
    fn fonts_out_of_order_are_noticed() {
        assert!(fonts_in_order(b"/FontName /AAAAAA+NotoSans\n/FontName /BBBBBB+NotoSans-Bold\n"));
        assert!(!fonts_in_order(b"/FontName /AAAAAA+NotoSans-Bold\n/FontName /BBBBBB+NotoSans\n"));
    }
}
