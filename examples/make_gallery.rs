//! Makes `docs/gallery.md` and its pictures from the sample: `cargo run --release --example make_gallery`.
//! Each picture stands beside the lines of the project file that made it.

use ruong::app::{self, Options, Part};
use ruong::project::{self, Project};
use ruong::publish::{Format, Memory, Out, Sink};
use ruong::run::{Problems, Progress};
use ruong::values::Lang;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;

const PROJECT: &str = "data/hong-ngu/gallery.toml";

/// Where each language has its page, and the way from there to the root.
const PAGES: [(Lang, &str, &str); 2] = [(Lang::En, "docs/gallery.md", ".."), (Lang::Vi, "docs/vi/bo-suu-tap.md", "../..")];

fn main() -> Result<(), Box<dyn Error>> {
    let text = std::fs::read_to_string(PROJECT)?;
    for (lang, path, root) in PAGES {
        std::fs::write(path, page(&text, lang, root))?;
    }
    draw("docs/gallery", Lang::Vi, false, |_| true)?;
    draw("docs/gallery/bw", Lang::Vi, true, |id| matches!(id, "choropleth" | "change" | "stacked"))?;
    draw("docs/gallery/en", Lang::En, false, |id| id == "bivariate")?;
    Ok(())
}

fn page(text: &str, lang: Lang, root: &str) -> String {
    let mut page = match lang {
        Lang::Vi => format!(
            "# Bộ sưu tập\n\nMọi kiểu bản đồ và biểu đồ, vẽ từ dự án mẫu, cạnh những dòng khai báo đã vẽ ra nó \
             ([gallery.toml]({root}/data/hong-ngu/gallery.toml)). Trang này do `cargo run --release --example make_gallery` viết.\n"
        ),
        Lang::En => format!(
            "# Gallery\n\nEvery kind of map and chart, made from the sample, with the lines that made it \
             ([gallery.toml]({root}/data/hong-ngu/gallery.toml)). Written by `cargo run --release --example make_gallery`.\n"
        ),
    };
    for block in blocks(text) {
        let picture = match block.id {
            "atlas" => "maps/atlas-ray-nau.png".to_owned(),
            "animation" => "maps/animation.gif".to_owned(),
            id => format!("{}/{id}.png", block.part),
        };
        let (vi, en) = block.heading.split_once(" · ").unwrap_or((block.heading, block.heading));
        let heading = lang.pick(vi, en);
        let _ = write!(page, "\n## {heading}\n\n![{heading}]({root}/docs/gallery/{picture})\n\n```toml\n{}\n```\n", block.lines);
    }
    page.push_str(match lang {
        Lang::Vi => {
            "\n## Đen trắng, tiếng Anh\n\n`ruong build … --bw` và `--lang en`; mọi bảng màu đều được kiểm thử cho người mù màu.\n"
        }
        Lang::En => {
            "\n## Black and white, English\n\n`ruong build … --bw` and `--lang en`; every palette is tested for colour-blind readers.\n"
        }
    });
    for (style, id) in [("bw", "maps/choropleth"), ("bw", "maps/change"), ("bw", "charts/stacked"), ("en", "maps/bivariate")] {
        let _ = write!(page, "\n![{id}]({root}/docs/gallery/{style}/{id}.png)\n");
    }
    page
}

/// One map or chart of the project file.
struct Block<'a> {
    part: &'a str,
    id: &'a str,
    heading: &'a str,
    lines: &'a str,
}

/// Maps and charts with the comment before each, which is its heading.
fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let parts: Vec<&str> = text.split("\n\n").collect();
    for block in parts {
        let Some((heading, lines)) = block.trim().split_once('\n') else { continue };
        let part = if lines.starts_with("[[maps]]") {
            "maps"
        } else if lines.starts_with("[[charts]]") {
            "charts"
        } else if lines.starts_with("[[pages]]") {
            "pages"
        } else {
            continue;
        };
        let id = lines.lines().find_map(|line| line.strip_prefix("id")).and_then(|rest| rest.split('"').nth(1));
        found.extend(id.map(|id| Block { part, id, heading: heading.trim_start_matches("# "), lines }));
    }
    found
}

fn draw(folder: &str, lang: Lang, bw: bool, wanted: impl Fn(&str) -> bool) -> Result<(), Box<dyn Error>> {
    let mut problems = Problems::default();
    let fault = |fault: ruong::run::Fault| format!("{fault:?}");
    let mut project: Project = project::open(Path::new(PROJECT)).map_err(fault)?;
    (project.language, project.bw, project.page.dpi) = (lang, bw, Some(60.0));
    project.maps.iter_mut().for_each(|list| list.retain(|map| wanted(&map.id)));
    project.charts.iter_mut().for_each(|list| list.retain(|chart| wanted(&chart.id)));
    if let Some(pages) = &mut project.pages {
        pages.retain(|page| wanted(&page.id));
    }
    let out = Memory::default();
    let mut options = Options::default();
    (options.only, options.formats) = (vec![Part::Maps, Part::Charts, Part::Pages], vec![Format::Png]);
    let report = app::build(&project, &options, &mut problems, &mut Progress::silent(), &out).map_err(fault)?;
    if report.failed {
        return Err(format!("{:?}", problems.list().last()).into());
    }
    let folder_of = Out::new(Path::new(folder), &[]).map_err(fault)?;
    for (name, bytes) in
        out.into_files().iter().filter(|(name, _)| ["maps/", "charts/", "pages/"].iter().any(|part| name.starts_with(part)))
    {
        folder_of.write(name, bytes).map_err(fault)?;
    }
    // Of the atlas one page is shown.
    for entry in std::fs::read_dir(Path::new(folder).join("maps"))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("atlas-") && name != "atlas-ray-nau.png" {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
