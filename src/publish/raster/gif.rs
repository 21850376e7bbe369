//! A animation: frames go to the file one by one, so memory does not grow with their number.

use super::Canvas;
use super::palette::indexed;
use crate::draw::Scene;
use crate::message;
use crate::run::{Fault, Place, Result};
use gif::{Encoder, Frame, Repeat};

/// How many times longer than the others the last frame stands.
const LAST: u16 = 3;

/// A animation being written.
pub struct Animation {
    id: String,
    encoder: Encoder<Vec<u8>>,
    delay: u16,
}

impl Animation {
    /// A animation of frames of one size, `delay` hundredths of a second each, from the beginning again after the last.
    pub fn new(id: &str, [width, height]: [u32; 2], delay: u16) -> Result<Animation> {
        let (Ok(wide), Ok(high)) = (u16::try_from(width), u16::try_from(height)) else { return Err(fault(id, &"too large")) };
        let mut encoder = Encoder::new(Vec::new(), wide, high, &[]).map_err(|error| fault(id, &error))?;
        encoder.set_repeat(Repeat::Infinite).map_err(|error| fault(id, &error))?;
        Ok(Animation { id: id.to_owned(), encoder, delay })
    }

    /// Adds a frame; the last stands longer, for it is what is now.
    pub fn add(&mut self, canvas: &Canvas, scene: &Scene, last: bool) -> Result<()> {
        let [width, height] = canvas.size();
        let (Ok(wide), Ok(high)) = (u16::try_from(width), u16::try_from(height)) else {
            return Err(fault(&self.id, &"too large"));
        };
        let mut frame = match indexed(canvas.data(), scene) {
            Some((palette, pixels)) => Frame::from_palette_pixels(wide, high, pixels, palette, None),
            None => Frame::from_rgb_speed(wide, high, &canvas.rgb(), 10),
        };
        frame.delay = if last { self.delay.saturating_mul(LAST) } else { self.delay };
        self.encoder.write_frame(&frame).map_err(|error| fault(&self.id, &error))
    }

    /// The file.
    pub fn finish(self) -> Result<Vec<u8>> {
        let id = self.id;
        self.encoder.into_inner().map_err(|error| fault(&id, &error))
    }
}

fn fault(id: &str, error: &dyn std::fmt::Display) -> Fault {
    Fault::new("picture", Place::file(id), message!("không vẽ được", "cannot draw").because(&error))
}
