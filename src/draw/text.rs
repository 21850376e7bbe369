//! Real text metrics: widths from the font that the pictures are drawn with.

use std::sync::LazyLock;
use ttf_parser::Face;

struct Faces {
    regular: Option<Face<'static>>,
    bold: Option<Face<'static>>,
}

static FACES: LazyLock<Faces> = LazyLock::new(|| Faces {
    regular: Face::parse(notosans::REGULAR_TTF, 0).ok(),
    bold: Face::parse(notosans::BOLD_TTF, 0).ok(),
});

fn face(bold: bool) -> Option<&'static Face<'static>> {
    if bold { FACES.bold.as_ref() } else { FACES.regular.as_ref() }
}

/// Width of a line in pixels.
pub fn width(text: &str, size: f32, bold: bool) -> f32 {
    let Some(face) = face(bold) else { return text.chars().count() as f32 * size * 0.6 };
    let units: u32 =
        text.chars().map(|c| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)).map_or(600, u32::from)).sum();
    units as f32 * size / f32::from(face.units_per_em())
}

/// The first letter that the font cannot draw.
pub fn missing_glyph(text: &str) -> Option<char> {
    let face = face(false)?;
    text.chars().find(|c| !c.is_control() && face.glyph_index(*c).is_none())
}

/// Cuts text into lines no wider than `limit`, at spaces; a single long word stays whole.
pub fn wrap(text: &str, size: f32, bold: bool, limit: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line, size, bold) + width(" ", size, bold) + width(word, size, bold) <= limit => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The largest size up to `size` at which a line fits `limit`; never below half of it.
pub fn fit(text: &str, size: f32, bold: bool, limit: f32) -> f32 {
    let wide = width(text, size, bold);
    if wide <= limit { size } else { (size * limit / wide).max(size * 0.5) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All 134 Vietnamese letters beyond ASCII, both cases.
    const VIETNAMESE: &str = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ\
        ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ";

    #[test]
    fn every_vietnamese_letter_has_a_glyph() {
        assert_eq!(VIETNAMESE.chars().count(), 134);
        for bold in [false, true] {
            let face = face(bold).expect("the font parses");
            for c in VIETNAMESE.chars().chain("–−≤≥→²°×…∑·".chars()) {
                assert!(face.glyph_index(c).is_some(), "{c}");
            }
        }
        assert_eq!(missing_glyph("ruộng 田"), Some('田'));
    }

    #[test]
    fn lines_are_cut_at_spaces() {
        let lines = wrap("Diện tích liên kết có nguy cơ", 20.0, false, 160.0);
        assert!(lines.len() > 1 && lines.iter().all(|line| width(line, 20.0, false) <= 160.0), "{lines:?}");
        assert_eq!(lines.join(" "), "Diện tích liên kết có nguy cơ");
    }
}
