//! PDF pages as another program sees them: the same picture as the PNG, with title, language and parts for readers that cannot see.

mod common;

use common::{Bench, root};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use std::sync::Arc;

fn built(more: &[&str]) -> Bench {
    let bench = Bench::new();
    let sample = root().join("data/hong-ngu").display().to_string();
    let ran =
        bench.run(&[&["build", &sample, "--out", "o", "--only", "maps,charts", "--format", "png,pdf", "--quiet"], more].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    bench
}

/// Red, green and blue of every pixel, and the width.
fn pixels(png_file: &[u8]) -> (Vec<u8>, usize) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png_file));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("a PNG");
    let mut data = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut data).expect("a picture");
    let step = info.buffer_size() / (info.width as usize * info.height as usize);
    let of = |pixel: &[u8]| if step < 3 { [pixel[0]; 3] } else { [pixel[0], pixel[1], pixel[2]] };
    (data[..info.buffer_size()].chunks_exact(step).flat_map(of).collect(), info.width as usize)
}

fn as_drawn(pdf: Vec<u8>, width: usize) -> Vec<u8> {
    let pdf = Pdf::new(Arc::new(pdf)).expect("a PDF");
    let (wide, _) = pdf.pages()[0].render_dimensions();
    let settings = InterpreterSettings::default();
    let pages = hayro::render_pdf(&pdf, width as f32 / wide, settings, &hayro::RenderSettings::default(), None).expect("pages");
    assert_eq!(pages.len(), 1);
    pages[0].data_as_u8_slice().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
}

#[test]
fn a_page_shows_what_the_png_shows() {
    for more in [&[][..], &["--bw"]] {
        let bench = built(&[&["--dpi", "60"], more].concat());
        for name in [
            "maps/linked-at-risk-ha",
            "maps/infested-and-linked",
            "maps/points-ocop",
            "charts/attainment",
            "charts/at-risk-moran",
        ] {
            let read = |ending: &str| std::fs::read(bench.path(&format!("o/{name}.{ending}"))).expect(name);
            let (wanted, width) = pixels(&read("png"));
            let found = as_drawn(read("pdf"), width);
            // A last row that is not whole is left out.
            assert!(wanted.len() - found.len() <= 3 * width, "{name}: {} {}", wanted.len(), found.len());
            let off: Vec<u32> = wanted.iter().zip(&found).map(|(a, b)| u32::from(a.abs_diff(*b))).collect();
            let mean = off.iter().sum::<u32>() as f64 / off.len() as f64;
            let far = off.iter().filter(|off| **off > 96).count() as f64 / off.len() as f64;
            // Edges of letters and of hatches are smoothed otherwise by every program.
            assert!(mean < 3.0 && far < 0.012, "{name} {more:?}: {mean:.2} off on average, {:.2} % far", 100.0 * far);
        }
    }
}

#[test]
fn a_page_has_title_language_and_parts() {
    let bench = built(&[]);
    let pdf = std::fs::read(bench.path("o/maps/linked-at-risk-ha.pdf")).expect("a page");
    let has = |words: &str| pdf.windows(words.len()).any(|window| window == words.as_bytes());
    for words in [
        "/Lang(vi)",
        "/Marked true",
        "<pdfuaid:part>1",
        "/StructTreeRoot",
        "/Type/Outlines",
        "/S/Figure",
        "/S/H1",
        "906 ha liên kết có nguy cơ",
    ] {
        assert!(has(words), "{words}");
    }
    // Nothing of the clock or of chance: the next run makes the same bytes.
    assert!(pdf == std::fs::read(built(&["--jobs", "1"]).path("o/maps/linked-at-risk-ha.pdf")).expect("a page"));
    let english = built(&["--lang", "en"]);
    let pdf = std::fs::read(english.path("o/maps/linked-at-risk-ha.pdf")).expect("a page");
    assert!(pdf.windows(9).any(|window| window == b"/Lang(en)"));
}

/// A name in letters that the font lacks costs its letters and not the document.
#[test]
fn letters_that_the_font_lacks_are_question_marks() {
    let bench = Bench::new();
    let sample = |name: &str| std::fs::read_to_string(root().join("data/hong-ngu").join(name)).expect("the sample");
    bench.write("communes.geojson", sample("communes.geojson").replace("Long Khánh A", "ភ្នំពេញ 中"));
    bench.write(
        "ruong.toml",
        "version = 1\n[communes]\nfile = \"communes.geojson\"\ncode = \"code\"\nname = \"name\"\n[[maps]]\nid = \"a\"\nmeasure = \"area_ha\"\n",
    );
    let ran = bench.run(&["build", ".", "--only", "maps", "--format", "pdf", "--out", "o", "--quiet"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    assert!(bench.read("o/problems.csv").contains("vẽ dấu ? thay vào"));
    let bytes = std::fs::read(bench.path("o/maps/a.pdf")).expect("a page");
    assert!(Pdf::new(Arc::new(bytes)).expect("a PDF").pages().len() == 1);
}
