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
pub fn pdf(tree: &usvg::Tree, id: &str) -> Result<Vec<u8>> {
    let page = svg2pdf::PageOptions { dpi: 128.0 };
    svg2pdf::to_pdf(tree, svg2pdf::ConversionOptions::default(), page).map_err(|error| fault(id, &error))
}

fn fault(id: &str, error: &dyn std::fmt::Display) -> Fault {
    Fault::new("picture", Place::file(id), message!("không vẽ được: {error}", "cannot draw: {error}"))
}
