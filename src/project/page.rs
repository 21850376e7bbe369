//! `[page]`: the size of pictures on screen and paper.

use serde::Deserialize;

/// Sizes that offices use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PageSize {
    /// 16:9, 13⅓ × 7½ inches, as PowerPoint has it
    Slide,
    /// 297 × 210 mm
    A4,
    /// 210 × 297 mm
    A4Portrait,
    /// 420 × 297 mm
    A3,
    /// 297 × 420 mm
    A3Portrait,
    /// 10 × 10 inches
    Square,
}

/// `[page]`
#[derive(Debug, Clone, Default, PartialEq, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub struct Page {
    /// A known size; a slide by default
    pub size: Option<PageSize>,
    /// Width in pixels, with `height`, instead of a size
    pub width: Option<u32>,
    /// Height in pixels
    pub height: Option<u32>,
    /// Pixels an inch of PNG; 120 on screens, 150 on paper by default
    pub dpi: Option<f32>,
    /// The page is a cell of a composed one
    #[serde(skip)]
    pub part: Option<PagePart>,
}

/// What a cell takes over from its page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PagePart {
    /// Pixels per design unit
    pub unit: f32,
    /// Height of the smallest letters allowed
    pub least: f32,
    /// Its title stands elsewhere
    pub bare: bool,
}

/// Scene units an inch on screens.
const SCREEN: f32 = 120.0;

impl Page {
    /// Width and height in scene units; a slide has 1600 × 900.
    pub fn units(&self) -> [f32; 2] {
        match (self.size, self.width, self.height) {
            (None, Some(width), Some(height)) => [width as f32, height as f32],
            (None | Some(PageSize::Slide), ..) => [1600.0, 900.0],
            (Some(PageSize::A4 | PageSize::A3), ..) => [1600.0, 1131.0],
            (Some(PageSize::A4Portrait | PageSize::A3Portrait), ..) => [1131.0, 1600.0],
            (Some(PageSize::Square), ..) => [1200.0, 1200.0],
        }
    }

    /// Width in inches.
    pub fn inches(&self) -> f32 {
        match self.size {
            None | Some(PageSize::Slide | PageSize::Square) => self.units()[0] / SCREEN,
            Some(PageSize::A4) => 297.0 / 25.4,
            Some(PageSize::A4Portrait) => 210.0 / 25.4,
            Some(PageSize::A3) => 420.0 / 25.4,
            Some(PageSize::A3Portrait) => 297.0 / 25.4,
        }
    }

    /// Least height of letters in scene units: 12 points on slides, which are read from the back of a room, 7 on paper, 11 pixels on
    /// screens.
    pub fn least_letters(&self) -> f32 {
        let points = |points: f32| points / 72.0 * self.units()[0] / self.inches();
        match (self.size, self.width) {
            (None | Some(PageSize::Slide), None) | (Some(PageSize::Slide), _) => points(12.0),
            (None, Some(_)) => 11.0,
            (Some(_), _) => points(7.0),
        }
    }

    /// Pixels an inch of PNG.
    pub fn dpi(&self) -> f32 {
        self.dpi.unwrap_or(match self.size {
            None | Some(PageSize::Slide | PageSize::Square) => SCREEN,
            Some(_) => 150.0,
        })
    }
}
