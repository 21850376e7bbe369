//! Pictures as grids of colours, made small so that letters a hair apart do not count.

use std::path::Path;

/// A picture.
pub struct Grid {
    pub width: usize,
    pub height: usize,
    /// Red, green, blue, row by row
    pub pixels: Vec<[f64; 3]>,
}

impl Grid {
    /// From bytes of red, green, blue (and alpha, over white).
    pub fn from_bytes(width: usize, height: usize, bytes: &[u8], channels: usize) -> Grid {
        let pixels = bytes
            .chunks_exact(channels)
            .map(|pixel| {
                let alpha = if channels == 4 { f64::from(pixel[3]) / 255.0 } else { 1.0 };
                [0, 1, 2].map(|i| f64::from(pixel[i]) + (1.0 - alpha) * 255.0)
            })
            .collect();
        Grid { width, height, pixels }
    }

    /// Reads a PNG.
    pub fn png(path: &Path) -> Grid {
        let file = std::fs::File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut decoder = png::Decoder::new(std::io::BufReader::new(file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a PNG");
        let mut bytes = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut bytes).expect("pixels");
        let channels = info.color_type.samples();
        Grid::from_bytes(info.width as usize, info.height as usize, &bytes[..info.buffer_size()], channels)
    }

    /// Means over blocks, `across` of them in a row.
    pub fn shrunk(&self, across: usize) -> Grid {
        let down = (across * self.height).div_ceil(self.width);
        let mut pixels = vec![[0.0; 3]; across * down];
        let mut counts = vec![0.0; across * down];
        for y in 0..self.height {
            for x in 0..self.width {
                let at = (y * down / self.height) * across + x * across / self.width;
                counts[at] += 1.0;
                (0..3).for_each(|i| pixels[at][i] += self.pixels[y * self.width + x][i]);
            }
        }
        pixels.iter_mut().zip(counts).for_each(|(pixel, count)| pixel.iter_mut().for_each(|c| *c /= count));
        Grid { width: across, height: down, pixels }
    }

    /// Mean difference of channels, and the share of places that differ by more than `much`.
    pub fn difference(&self, other: &Grid, much: f64) -> (f64, f64) {
        assert_eq!((self.width, self.height), (other.width, other.height), "pictures of one size");
        let far = |a: &[f64; 3], b: &[f64; 3]| (0..3).map(|i| (a[i] - b[i]).abs()).fold(0.0f64, f64::max);
        let list: Vec<f64> = self.pixels.iter().zip(&other.pixels).map(|(a, b)| far(a, b)).collect();
        let count = list.len() as f64;
        (list.iter().sum::<f64>() / count, list.iter().filter(|d| **d > much).count() as f64 / count)
    }
}
