//! `[package]`, `[slides]` and `[bulletin]`: what a meeting opens.

use schemars::JsonSchema;
use serde::Deserialize;

/// `[package]`: the documents of a build; each is made where there are data for it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PackageConfig {
    /// `slides.pptx`
    pub slides: bool,
    /// `handout.pdf`
    pub handout: bool,
    /// `bulletin.docx`, the notice of seven days
    pub bulletin: bool,
}

impl Default for PackageConfig {
    fn default() -> PackageConfig {
        PackageConfig { slides: true, handout: true, bulletin: true }
    }
}

/// Proportions of slides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum SlideShape {
    /// As wide as today's projectors
    #[default]
    #[serde(rename = "16:9")]
    Wide,
    /// As wide as older ones
    #[serde(rename = "4:3")]
    Narrow,
}

/// `[slides]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SlidesConfig {
    /// `16:9` or `4:3`
    pub shape: SlideShape,
    /// A deck whose master, layouts, fonts and colours rule: `.pptx` or `.potx`
    pub template: Option<String>,
    /// Pictures in the order they are shown, `maps/ID` or `charts/ID`; a story of the core question if absent
    pub pictures: Option<Vec<String>>,
}

/// `[bulletin]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BulletinConfig {
    /// A letter of the office's own with named fields: `.docx` or `.dotx`
    pub template: Option<String>,
    /// Season of the crop, as the notice is to say it
    pub season: Option<String>,
}

impl SlidesConfig {
    /// Whether slides are 4:3.
    pub fn is_narrow(&self) -> bool {
        self.shape == SlideShape::Narrow
    }
}
