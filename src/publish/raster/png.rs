//! PNG of painted pixels.

use super::Canvas;
use crate::draw::Scene;
use crate::message;
use crate::run::{Fault, Place, Result};
use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};

/// PNG with the size it has on paper.
pub fn png(scene: &Scene, canvas: &Canvas) -> Result<Vec<u8>> {
    let fault = |error: &dyn std::fmt::Display| {
        Fault::new("picture", Place::file(&scene.id), message!("không vẽ được: {error}", "cannot draw: {error}"))
    };
    let [width, height] = canvas.size();
    let colours = canvas.rgb();
    let mut bytes = Vec::with_capacity(colours.len() / 8);
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    // Maps are flat: what is like the row above needs no search for the best filter of each row.
    encoder.set_filter(Filter::Up);
    let metre = (f64::from(width) / (f64::from(scene.inches) * 0.0254)).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: metre, yppu: metre, unit: Unit::Meter }));
    let mut writer = encoder.write_header().map_err(|error| fault(&error))?;
    writer.write_image_data(&colours).map_err(|error| fault(&error))?;
    writer.finish().map_err(|error| fault(&error))?;
    Ok(bytes)
}
