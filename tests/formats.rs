//! PNG, SVG and PDF of one picture look the same, by the eyes of two other programs.

mod common;
#[path = "common/picture.rs"]
mod picture;

use common::{Bench, root};
use picture::Grid;
use std::sync::Arc;

fn svg_pixels(text: &str, width: u32) -> Grid {
    let tree = ruong::publish::pdf::tree(text, "test").expect("the SVG reads");
    let scale = width as f32 / tree.size().width();
    let height = (tree.size().height() * scale).round() as u32;
    let mut pixels = tiny_skia::Pixmap::new(width, height).expect("a picture");
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    Grid::from_bytes(width as usize, height as usize, pixels.data(), 4)
}

fn pdf_pixels(bytes: Vec<u8>, width: usize) -> Grid {
    use hayro::hayro_interpret::InterpreterSettings;
    let pdf = hayro::hayro_syntax::Pdf::new(Arc::new(bytes)).expect("the PDF reads");
    let (wide, _) = pdf.pages()[0].render_dimensions();
    let scale = width as f32 / wide;
    let settings = hayro::RenderSettings { hinting: false, ..hayro::RenderSettings::default() };
    let pages = hayro::render_pdf(&pdf, scale, InterpreterSettings::default(), &settings, None).expect("a page");
    let page = &pages[0];
    Grid::from_bytes(page.width() as usize, page.height() as usize, page.data_as_u8_slice(), 4)
}

#[test]
fn the_three_formats_look_the_same() {
    let bench = Bench::new();
    let out = bench.path("o");
    let project = root().join("data/hong-ngu/gallery.toml");
    for (folder, style) in [("colour", None), ("bw", Some("--bw"))] {
        let out = out.join(folder);
        let mut arguments = vec!["build", project.to_str().expect("a path"), "--out", out.to_str().expect("a path"), "--quiet"];
        arguments.extend(["--only", "maps,charts", "--dpi", "60"]);
        arguments.extend(style);
        assert_eq!(bench.run(&arguments).code, 0);
        let mut compared = 0;
        for part in ["maps", "charts"] {
            for entry in std::fs::read_dir(out.join(part)).expect("a folder").flatten() {
                let path = entry.path();
                if path.extension().is_none_or(|ending| ending != "png") {
                    continue;
                }
                let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
                if name.starts_with("atlas-") && name != "atlas-ray-nau" {
                    continue;
                }
                let png = Grid::png(&path);
                let svg = svg_pixels(&std::fs::read_to_string(path.with_extension("svg")).expect("an SVG"), png.width as u32);
                let pdf = pdf_pixels(std::fs::read(path.with_extension("pdf")).expect("a PDF"), png.width);
                for (format, other) in [("svg", &svg), ("pdf", &pdf)] {
                    let (mean, far) = png.shrunk(160).difference(&other.shrunk(160), 40.0);
                    assert!(mean < 5.0 && far < 0.008, "{folder}/{name}.{format}: mean {mean:.2}, far {far:.4}");
                }
                compared += 1;
            }
        }
        assert!(compared >= 24, "{compared} pictures");
    }
}
