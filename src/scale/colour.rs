//! Colours, and ramps that look even: mixed in Oklab (Ottosson 2020), light to dark, so that they survive grey print.

/// An sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// Black.
    pub const BLACK: Rgb = Rgb(0, 0, 0);
    /// White.
    pub const WHITE: Rgb = Rgb(255, 255, 255);
    /// What no class claims.
    pub const GREY: Rgb = Rgb(160, 160, 160);

    /// `#rrggbb`.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// The colour with so much of the way to white gone, from 0 to 1.
    pub fn paler(self, part: f32) -> Rgb {
        let of = |own: u8| (f32::from(own) + (255.0 - f32::from(own)) * part) as u8;
        Rgb(of(self.0), of(self.1), of(self.2))
    }

    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Rgb> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Rgb(part(0)?, part(2)?, part(4)?))
    }

    /// Perceived lightness, 0 black to 1 white.
    pub fn lightness(self) -> f64 {
        self.oklab()[0]
    }

    /// Relative luminance (WCAG 2.2).
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Contrast of two colours, 1 to 21 (WCAG 2.2).
    pub fn contrast(self, other: Rgb) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        a.max(b) / a.min(b)
    }

    /// Dark ink or white, whichever is read better on this ground.
    pub fn ink_on(self) -> Rgb {
        let dark = Rgb(33, 37, 41);
        let best = if self.contrast(dark) >= self.contrast(Rgb::WHITE) { dark } else { Rgb::WHITE };
        // On a middle tone only full black or white reaches the 4.5 that letters need.
        if self.contrast(best) >= 4.5 || self.contrast(Rgb::BLACK) < self.contrast(Rgb::WHITE) { best } else { Rgb::BLACK }
    }

    /// Linear light of the three channels, 0 to 1.
    fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|c| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn from_linear(channels: [f64; 3]) -> Rgb {
        let [r, g, b] = channels.map(|c| {
            let c = if c <= 0.003_130_8 { 12.92 * c } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 };
            (c.clamp(0.0, 1.0) * 255.0).round() as u8
        });
        Rgb(r, g, b)
    }

    fn oklab(self) -> [f64; 3] {
        let [r, g, b] = self.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        [
            0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        ]
    }

    fn from_oklab([lightness, a, b]: [f64; 3]) -> Rgb {
        let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        Rgb::from_linear([
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ])
    }
}

/// Distance of two colours in Oklab.
pub fn difference(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (a.oklab(), b.oklab());
    (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f64>().sqrt()
}

/// Kinds of colour vision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vision {
    /// Three kinds of cones
    Full,
    /// No long-wave cones
    Protanopia,
    /// No middle-wave cones
    Deuteranopia,
    /// No short-wave cones
    Tritanopia,
}

impl Vision {
    /// All kinds.
    pub const ALL: [Vision; 4] = [Vision::Full, Vision::Protanopia, Vision::Deuteranopia, Vision::Tritanopia];

    /// What a colour looks like (Machado, Oliveira and Fernandes 2009, severity 1).
    pub fn see(self, colour: Rgb) -> Rgb {
        let matrix = match self {
            Vision::Full => return colour,
            Vision::Protanopia => {
                [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
            }
            Vision::Deuteranopia => {
                [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
            }
            Vision::Tritanopia => {
                [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
            }
        };
        let light = colour.linear();
        Rgb::from_linear(matrix.map(|row: [f64; 3]| (0..3).map(|i| row[i] * light[i]).sum()))
    }
}

/// `count` colours along a ramp of anchors.
pub fn ramp(anchors: &[Rgb], count: usize) -> Vec<Rgb> {
    let last = anchors.len().saturating_sub(1);
    (0..count)
        .map(|i| {
            let at = if count < 2 { 0.65 } else { i as f64 / (count - 1) as f64 } * last as f64;
            let (from, part) = (at.floor() as usize, at.fract());
            match (anchors.get(from), anchors.get(from + 1)) {
                (Some(a), Some(b)) => {
                    let (a, b) = (a.oklab(), b.oklab());
                    Rgb::from_oklab([0, 1, 2].map(|i| a[i] + (b[i] - a[i]) * part))
                }
                (Some(a), None) => *a,
                _ => Rgb::GREY,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp_keeps_its_ends_and_darkens_evenly() {
        let colours = ramp(&[Rgb(255, 245, 220), Rgb(240, 140, 50), Rgb(110, 15, 10)], 5);
        assert_eq!((colours[0], colours[4]), (Rgb(255, 245, 220), Rgb(110, 15, 10)));
        assert!(colours.windows(2).all(|pair| pair[0].lightness() > pair[1].lightness() + 0.05), "{colours:?}");
    }
}
