//! PNG of painted pixels: with a palette where that changes nothing to see, as maps are flat, else in full colour.

use super::Canvas;
use super::palette::indexed;
use crate::draw::Scene;
use crate::message;
use crate::run::{Fault, Place, Result};
use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter, PixelDimensions, Unit};

/// PNG with the size it has on paper.
pub fn png(scene: &Scene, canvas: &Canvas) -> Result<Vec<u8>> {
    let fault = |error: &dyn std::fmt::Display| {
        Fault::new("picture", Place::file(&scene.id), message!("không vẽ được", "cannot draw").because(&error))
    };
    let [width, height] = canvas.size();
    let mut bytes = Vec::with_capacity(canvas.data().len() / 16);
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_depth(BitDepth::Eight);
    // A flat picture repeats itself along rows, which the fastest level finds without filters.
    encoder.set_deflate_compression(DeflateCompression::Level(1));
    encoder.set_filter(Filter::NoFilter);
    let metre = (f64::from(width) / (f64::from(scene.inches) * 0.0254)).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: metre, yppu: metre, unit: Unit::Meter }));
    let pixels = match indexed(canvas.data(), scene) {
        Some((palette, pixels)) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(palette);
            pixels
        }
        None => {
            encoder.set_color(ColorType::Rgb);
            canvas.rgb()
        }
    };
    let mut writer = encoder.write_header().map_err(|error| fault(&error))?;
    writer.write_image_data(&pixels).map_err(|error| fault(&error))?;
    writer.finish().map_err(|error| fault(&error))?;
    Ok(bytes)
}
