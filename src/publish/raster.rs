//! PNG and PDF of a scene, both from its SVG.

use crate::message;
use crate::run::{Fault, Place, Result};
use resvg::{tiny_skia, usvg};
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

/// The tree from which both formats are drawn.
pub fn tree(svg: &str, id: &str) -> Result<usvg::Tree> {
    let options = usvg::Options { fontdb: FONTS.clone(), font_family: "Noto Sans".to_owned(), ..usvg::Options::default() };
    usvg::Tree::from_str(svg, &options).map_err(|error| fault(id, &error))
}

/// PNG at one pixel per scene unit.
pub fn png(tree: &usvg::Tree, id: &str) -> Result<Vec<u8>> {
    let (width, height) = (tree.size().width().ceil() as u32, tree.size().height().ceil() as u32);
    let mut pixels = tiny_skia::Pixmap::new(width, height).ok_or_else(|| fault(id, &"too large"))?;
    resvg::render(tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
    // The page is opaque, so the alpha channel says nothing.
    let colours: Vec<u8> = pixels.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header().map_err(|error| fault(id, &error))?;
    writer.write_image_data(&colours).map_err(|error| fault(id, &error))?;
    writer.finish().map_err(|error| fault(id, &error))?;
    Ok(bytes)
}

/// PDF with embedded fonts; a page of 1600 units is 12.5 inches wide (128 units an inch).
///
/// svg2pdf 0.13 writes fonts and resources in the order of hash maps, which differs from call to call. Equal scenes must
/// give equal bytes, so lists of resources are sorted in place, and the page is made again until its fonts stand in the
/// order of their names: at once with one font, after two tries on average with two, six with three.
pub fn pdf(tree: &usvg::Tree, id: &str) -> Result<Vec<u8>> {
    const TRIES: usize = 400;
    for _ in 0..TRIES {
        let page = svg2pdf::PageOptions { dpi: 128.0 };
        let mut bytes = svg2pdf::to_pdf(tree, svg2pdf::ConversionOptions::default(), page).map_err(|error| fault(id, &error))?;
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
