//! Every kind of map and chart against a picture of how it should look, in both languages and without colour.
//!
//! A change that is meant: `RUONG_BLESS=1 cargo test --test pictures`, then look at what changed before committing it.

mod common;
#[path = "common/picture.rs"]
mod picture;

use common::{Bench, root};
use picture::Grid;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// File names of the PNGs in a folder's maps and charts, without the pages of the atlas but one.
fn names(folder: &Path) -> BTreeSet<String> {
    let parts = ["maps", "charts", "pages"].map(|part| (part, std::fs::read_dir(folder.join(part))));
    let files = parts.into_iter().flat_map(|(part, list)| list.into_iter().flatten().flatten().map(move |file| (part, file)));
    files
        .map(|(part, file)| format!("{part}/{}", file.file_name().to_string_lossy()))
        .filter(|name| name.ends_with(".png") && (!name.contains("atlas-") || name.ends_with("ray-nau.png")))
        .collect()
}

fn compare(style: &str, arguments: &[&str]) {
    let bench = Bench::new();
    let (out, project) = (bench.path("o"), root().join("data/hong-ngu/gallery.toml"));
    let mut all = vec!["build", project.to_str().expect("a path"), "--out", out.to_str().expect("a path"), "--quiet"];
    all.extend(["--only", "maps,charts,pages", "--format", "png", "--dpi", "24"]);
    all.extend(arguments);
    let ran = bench.run(&all);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let kept: PathBuf = root().join("tests/reference/pictures").join(style);
    let found = names(&out);
    assert!(found.len() >= 24, "{found:?}");
    if std::env::var_os("RUONG_BLESS").is_some() {
        for name in &found {
            std::fs::create_dir_all(kept.join(name).parent().expect("a folder")).expect("the folder is made");
            std::fs::copy(out.join(name), kept.join(name)).expect("the picture is kept");
        }
    }
    assert_eq!(found, names(&kept), "every picture has its reference, and every reference its picture");
    for name in &found {
        let (drawn, wanted) = (Grid::png(&out.join(name)), Grid::png(&kept.join(name)));
        assert_eq!((drawn.width, drawn.height), (wanted.width, wanted.height), "{style}/{name}");
        let (mean, far) = drawn.difference(&wanted, 64.0);
        assert!(mean < 0.8 && far < 0.002, "{style}/{name}: mean {mean:.2}, far {far:.4}");
    }
}

#[test]
fn vietnamese_pictures_look_as_they_should() {
    compare("vi", &[]);
}

#[test]
fn english_pictures_look_as_they_should() {
    compare("en", &["--lang", "en"]);
}

#[test]
fn pictures_without_colour_look_as_they_should() {
    compare("bw", &["--bw"]);
    // And they have no colour: what is grey has equal channels, but for the caveat's letters.
    let grid = Grid::png(&root().join("tests/reference/pictures/bw/maps/choropleth.png"));
    let coloured = grid.pixels.iter().filter(|[r, g, b]| (r - g).abs().max((g - b).abs()) > 24.0).count();
    assert!(coloured as f64 <= 0.003 * grid.pixels.len() as f64, "{coloured} coloured pixels");
}

/// A film has a frame a week, and only the map and its words change: the legend stands still.
#[test]
fn a_film_has_a_frame_a_week_and_one_legend() {
    let bench = Bench::new();
    let out = bench.path("o");
    let sample = root().join("data/hong-ngu");
    let project = std::fs::read_to_string(sample.join("gallery.toml")).expect("the gallery");
    let head = &project[..project.find("[[maps]]").expect("maps")];
    let maps = "[[maps]]\nid = \"film\"\nkind = \"animation\"\nmeasure = \"infested_ha\"\nweeks = 3\nlayers = []\n";
    for file in std::fs::read_dir(&sample).expect("the sample").flatten() {
        std::fs::copy(file.path(), bench.path(&file.file_name().to_string_lossy())).expect("a copy");
    }
    bench.write("ruong.toml", format!("{head}{maps}"));
    let ran = bench.run(&["build", ".", "--out", out.to_str().expect("a path"), "--only", "maps", "--dpi", "60", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let file = std::fs::File::open(out.join("maps/film.gif")).expect("the film");
    let mut decoder = options.read_info(file).expect("a GIF");
    let (width, height) = (decoder.width() as usize, decoder.height() as usize);
    let mut frames: Vec<Grid> = Vec::new();
    while let Some(frame) = decoder.read_next_frame().expect("a frame") {
        frames.push(Grid::from_bytes(width, height, &frame.buffer, 4));
    }
    assert_eq!(frames.len(), 3);
    // Swatches of the legend, in the right quarter: the same in every frame, up to the palette of the frame.
    for frame in &frames[1..] {
        let column = |grid: &Grid| -> Vec<[f64; 3]> {
            (height / 7..height * 2 / 5).map(|y| grid.pixels[y * width + width * 76 / 100]).collect()
        };
        let far =
            column(&frames[0]).iter().zip(column(frame)).filter(|(a, b)| (0..3).any(|i| (a[i] - b[i]).abs() > 12.0)).count();
        assert!(far <= 2, "{far} places of the legend moved");
    }
    let (mean, _) = frames[0].shrunk(80).difference(&frames[2].shrunk(80), 40.0);
    assert!(mean > 0.5, "the map itself changes from week to week: {mean}");
}
