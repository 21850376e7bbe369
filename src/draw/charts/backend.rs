//! plotters draws into a scene. Its coordinates are whole numbers, so it works at ten times the size of the page.

use crate::draw::scene::{Anchor, Fill, Item, Point, Scene, Stroke, Text};
use crate::draw::text;
use crate::scale::Rgb;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle, FontTransform,
};
use std::convert::Infallible;

/// Plotters units per pixel.
pub const FINE: f32 = 10.0;

/// Part of a scene as a drawing board.
pub struct Board<'a> {
    scene: &'a mut Scene,
    /// left, top, right, bottom in pixels
    area: [f32; 4],
}

impl<'a> Board<'a> {
    /// A board over an area of a scene.
    pub fn new(scene: &'a mut Scene, area: [f32; 4]) -> Board<'a> {
        Board { scene, area }
    }

    fn point(&self, (x, y): BackendCoord) -> Point {
        [self.area[0] + x as f32 / FINE, self.area[1] + y as f32 / FINE]
    }

    fn stroke<S: BackendStyle>(&self, style: &S) -> Stroke {
        Stroke { colour: colour(style.color()), width: style.stroke_width() as f32 / FINE, dash: 0.0 }
    }
}

fn colour(colour: BackendColor) -> Rgb {
    // Charts use no transparency; a faint colour is mixed with the white ground.
    let mix = |c: u8| (f64::from(c) * colour.alpha + 255.0 * (1.0 - colour.alpha)).round() as u8;
    Rgb(mix(colour.rgb.0), mix(colour.rgb.1), mix(colour.rgb.2))
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Board<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (((self.area[2] - self.area[0]) * FINE) as u32, ((self.area[3] - self.area[1]) * FINE) as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        if style.color().alpha > 0.0 {
            let points = path.into_iter().map(|point| self.point(point)).collect();
            let stroke = self.stroke(style);
            self.scene.items.push(Item::Line { points, stroke });
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        if style.color().alpha > 0.0 {
            let ([x0, y0], [x1, y1]) = (self.point(from), self.point(to));
            let (inside, rim) =
                if fill { (Some(Fill::Colour(colour(style.color()))), None) } else { (None, Some(self.stroke(style))) };
            self.scene.rectangle([x0.min(x1), y0.min(y1), (x1 - x0).abs(), (y1 - y0).abs()], inside, rim);
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, vertices: I, style: &S) -> Drawn {
        let ring = vertices.into_iter().map(|point| self.point(point)).collect();
        let fill = Some(Fill::Colour(colour(style.color())));
        self.scene.items.push(Item::Area { rings: vec![ring], fill, stroke: None });
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, _: bool) -> Drawn {
        let centre = self.point(centre);
        let fill = colour(style.color());
        self.scene.items.push(Item::Disc { centre, radius: radius as f32 / FINE, fill, stroke: None });
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, words: &str, style: &S, at: BackendCoord) -> Drawn {
        let size = style.size() as f32 / FINE;
        let [x, y] = self.point(at);
        let down = match style.anchor().v_pos {
            VPos::Top => size * 0.78,
            VPos::Center => size * 0.36,
            VPos::Bottom => -size * 0.2,
        };
        let mut label = Text::new(words, [x, y + down], size);
        label.bold = matches!(style.style(), FontStyle::Bold);
        label.colour = colour(style.color());
        label.anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        if matches!(style.transform(), FontTransform::Rotate270) {
            label.upright = true;
            label.at = [x + down, y];
        }
        self.scene.items.push(Item::Text(label));
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        words: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let bold = matches!(style.style(), FontStyle::Bold);
        Ok((text::width(words, style.size() as f32, bold).ceil() as u32, (style.size() * 1.1) as u32))
    }
}
