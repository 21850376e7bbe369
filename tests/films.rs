//! Films: the line of time under the map shows where a frame stands and how much there was, and nothing else moves.

mod common;

use common::{Bench, two_communes};

/// A frame as rows of colours, and how long it stands.
struct Shot {
    delay: u16,
    wide: usize,
    pixels: Vec<[u8; 3]>,
}

fn frames(bench: &Bench, name: &str) -> Vec<Shot> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let file = std::fs::File::open(bench.path(name)).expect("a film");
    let mut decoder = options.read_info(file).expect("it is a GIF");
    let mut shots = Vec::new();
    while let Some(frame) = decoder.read_next_frame().expect("a frame") {
        let pixels = frame.buffer.chunks_exact(4).map(|p| [p[0], p[1], p[2]]).collect();
        shots.push(Shot { delay: frame.delay, wide: usize::from(frame.width), pixels });
    }
    shots
}

impl Shot {
    /// Left, top, right and bottom of what is dark and wide enough to be no letter, in the right part of the lower fifth.
    fn column(&self) -> [usize; 4] {
        let high = self.pixels.len() / self.wide;
        let dark = |x: usize, y: usize| self.pixels[y * self.wide + x].iter().all(|part| *part < 60);
        let (mut left, mut top, mut right, mut bottom) = (usize::MAX, usize::MAX, 0, 0);
        for y in high * 4 / 5..high {
            let mut x = self.wide * 3 / 10;
            while x < self.wide {
                let run = (x..self.wide).take_while(|x| dark(*x, y)).count();
                if run > 40 {
                    (left, top, right, bottom) = (left.min(x), top.min(y), right.max(x + run), bottom.max(y + 1));
                }
                x += run.max(1);
            }
        }
        [left, top, right, bottom]
    }

    /// The box of the outer line of the land, above the line of time.
    fn outline(&self) -> [usize; 4] {
        let high = self.pixels.len() / self.wide;
        let border = (self.wide * high / 5..self.wide * high * 4 / 5).filter(|at| self.pixels[*at] == [70, 76, 82]);
        border.fold([usize::MAX, usize::MAX, 0, 0], |[l, t, r, b], at| {
            let (x, y) = (at % self.wide, at / self.wide);
            [l.min(x), t.min(y), r.max(x), b.max(y)]
        })
    }
}

#[test]
fn the_line_of_time_moves_and_the_map_does_not() {
    let bench = Bench::new();
    // 10, 40 and 20 ha in three weeks; then the long title that one frame could have is not the other's.
    let rows = "00412,2024-03-25,rầy nâu,10\n00413,2024-03-25,rầy nâu,0\n00412,2024-04-01,rầy nâu,25\n00413,2024-04-01,rầy nâu,15\n00412,2024-04-08,rầy nâu,20\n";
    bench.write("c.geojson", two_communes()).write("n.csv", format!("code,date,pest,total_ha\n{rows}")).write(
        "ruong.toml",
        "version = 1\nperiod = { from = 2024-04-08, to = 2024-04-14 }\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\nname = \"name\"\n\
         [[tables]]\nid = \"n\"\nkind = \"infested-area\"\nfile = \"n.csv\"\nkey = { commune = \"code\" }\n\
         [[maps]]\nid = \"film\"\nkind = \"animation\"\nmeasure = \"infested_ha\"\n",
    );
    let ran = bench.run(&["build", ".", "--only", "maps", "--quiet"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let shots = frames(&bench, "out/maps/film.gif");
    assert_eq!(shots.len(), 3);
    // The last week is what is now: it stands longer.
    assert!(shots[0].delay == shots[1].delay && shots[2].delay == 3 * shots[0].delay);
    let columns: Vec<[usize; 4]> = shots.iter().map(Shot::column).collect();
    assert!(columns[0][2] <= columns[1][0] + 2 && columns[1][2] <= columns[2][0] + 2, "{columns:?}");
    let highs: Vec<f64> = columns.iter().map(|[_, top, _, bottom]| (bottom - top) as f64).collect();
    assert!((highs[0] / highs[1] - 0.25).abs() < 0.06 && (highs[2] / highs[1] - 0.5).abs() < 0.06, "{highs:?}");
    let outline = shots[0].outline();
    assert!(outline[2] > outline[0] + 300, "{outline:?}");
    assert!(shots.iter().all(|shot| shot.outline() == outline), "the map stands still");
}
