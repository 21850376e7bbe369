//! Real text metrics: shaped with the font that the pictures are drawn with, kerning included.

use harfrust::{ShapeOptions, ShapePlan, Shaper, ShaperData, UnicodeBuffer};
use hashbrown::HashMap;
use skrifa::charmap::Charmap;
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::prelude::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::LazyLock;

/// The font's faces: regular, bold, italic, bold italic.
static FACES: LazyLock<[Option<Face>; 4]> =
    LazyLock::new(|| [notosans::REGULAR_TTF, notosans::BOLD_TTF, notosans::ITALIC_TTF, notosans::BOLD_ITALIC_TTF].map(Face::new));

/// A face of the font.
pub struct Face {
    /// The file it is read from
    pub data: &'static [u8],
    /// Font units of a line's size
    pub per_em: f32,
    font: FontRef<'static>,
    shaping: ShaperData,
    /// The rules for Latin letters, looked up once and not for every line
    latin: ShapePlan,
    letters: Charmap<'static>,
    outlines: OutlineGlyphCollection<'static>,
}

impl Face {
    fn new(data: &'static [u8]) -> Option<Face> {
        let font = FontRef::new(data).ok()?;
        let shaping = ShaperData::new(&font);
        let (direction, script) = (harfrust::Direction::LeftToRight, Some(harfrust::script::LATIN));
        let latin = ShapePlan::new(&shaping.shaper(&font).build(), direction, script, None, &[]);
        Some(Face {
            data,
            per_em: f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em),
            letters: font.charmap(),
            outlines: font.outline_glyphs(),
            font,
            shaping,
            latin,
        })
    }

    fn shaper(&self) -> Shaper<'_> {
        self.shaping.shaper(&self.font).build()
    }

    /// Hands a glyph's curves, in font units, to a pen.
    pub fn outline(&self, glyph: u16, pen: &mut impl OutlinePen) {
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        if let Some(outline) = self.outlines.get(GlyphId::from(glyph)) {
            // A glyph of the bundled font that cannot be drawn would be missing from every picture: a test draws them.
            let _ = outline.draw(settings, pen);
        }
    }

    /// Whether it has a glyph for a letter.
    pub fn has(&self, letter: char) -> bool {
        self.letters.map(letter).is_some()
    }
}

/// A face of the font.
pub fn face(bold: bool, italic: bool) -> Option<&'static Face> {
    FACES[usize::from(bold) + 2 * usize::from(italic)].as_ref()
}

/// A glyph of a shaped line, in font units.
#[derive(Debug, Clone, Copy)]
pub struct Glyph {
    /// Number in the font
    pub id: u16,
    /// From the start of the line
    pub x: i32,
    /// Above the base line
    pub y: i32,
    /// To the next glyph
    pub advance: i32,
    /// Where the letters it stands for begin in the text, in bytes
    pub from: usize,
}

/// A line as the font can draw it: a letter that it lacks is a question mark. Pictures show no empty box, and a PDF may not hold the
/// glyph for none.
pub fn drawable(text: &str) -> Cow<'_, str> {
    let lacks =
        |letter: char| !letter.is_ascii() && face(false, false).is_some_and(|face| !face.has(letter)) && !TIES.contains(&letter);
    if text.is_ascii() || !text.chars().any(lacks) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|letter| if lacks(letter) { '?' } else { letter }).collect())
}

/// Shapes a line, as far as the font can draw it: its glyphs, and its width in font units.
pub fn shape(text: &str, bold: bool, italic: bool) -> (Vec<Glyph>, i32) {
    let Some(face) = face(bold, italic) else { return (Vec::new(), 0) };
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(&drawable(text));
    buffer.guess_segment_properties();
    let latin = buffer.script() == harfrust::script::LATIN && buffer.direction() == harfrust::Direction::LeftToRight;
    let shaped = face.shaper().shape(buffer, ShapeOptions::new().plan(latin.then_some(&face.latin)));
    let mut x = 0;
    let glyphs = shaped
        .glyph_infos()
        .iter()
        .zip(shaped.glyph_positions())
        .map(|(info, position)| {
            let (id, from) = (info.glyph_id as u16, info.cluster as usize);
            let glyph = Glyph { id, x: x + position.x_offset, y: position.y_offset, advance: position.x_advance, from };
            x += position.x_advance;
            glyph
        })
        .collect();
    (glyphs, x)
}

thread_local! {
    /// Widths of lines at size 1; labels are measured at many sizes, and the same names on every map.
    static WIDTHS: RefCell<[HashMap<String, f32>; 2]> = RefCell::default();
}

/// Lines remembered by a thread.
const REMEMBERED: usize = 20_000;

/// Width of a line in pixels.
pub fn width(text: &str, size: f32, bold: bool) -> f32 {
    WIDTHS.with_borrow_mut(|known| {
        let known = &mut known[usize::from(bold)];
        if let Some(width) = known.get(text) {
            return width * size;
        }
        let width = shape(text, bold, false).1 as f32 / per_em(bold, false);
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(text.to_owned(), width);
        width * size
    })
}

/// Font units of a line's size.
pub fn per_em(bold: bool, italic: bool) -> f32 {
    face(bold, italic).map_or(1000.0, |face| face.per_em)
}

/// The first letter that the font cannot draw.
pub fn missing_glyph(text: &str) -> Option<char> {
    let face = face(false, false)?;
    text.chars().find(|c| !c.is_control() && !face.has(*c))
}

/// Blanks that keep words in one line.
const TIES: [char; 2] = ['\u{a0}', '\u{202f}'];

/// Cuts text into lines no wider than `limit`, at spaces; a single word wider than the limit is cut where it must be.
pub fn wrap(text: &str, size: f32, bold: bool, limit: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in &with_units(text) {
        let word = word.as_str();
        match lines.last_mut() {
            Some(line) if width(line, size, bold) + width(" ", size, bold) + width(word, size, bold) <= limit => {
                line.push(' ');
                line.push_str(word);
            }
            _ if width(word, size, bold) <= limit => lines.push(word.to_owned()),
            // Words tied together that are wider than a line are not one word.
            _ if word.contains(TIES) => lines.extend(wrap(&word.replace(TIES, " "), size, bold, limit)),
            _ if word.contains(' ') => word.split(' ').for_each(|part| lines.extend(wrap(part, size, bold, limit))),
            _ => lines.extend(cut(word, size, bold, limit)),
        }
    }
    lines
}

/// Units that a line does not begin with when their number stands before them.
const UNITS: [&str; 14] = ["%", "ha", "km", "m", "mm", "con", "tấn", "kg", "tấn/ha", "tạ/ha", "điểm", "°C", "công", "m²"];

/// The words of a text, a number with its unit as one: "(8,6 %)" is not divided.
fn with_units(text: &str) -> Vec<String> {
    let breaks = |letter: char| letter.is_whitespace() && !TIES.contains(&letter);
    let mut words: Vec<String> = Vec::new();
    for word in text.split(breaks).filter(|word| !word.is_empty()) {
        let bare = word.trim_end_matches([')', '.', ',', ';', ':']);
        match words.last_mut() {
            Some(number) if UNITS.contains(&bare) && number.ends_with(|letter: char| letter.is_ascii_digit()) => {
                number.push(' ');
                number.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// Words in so many lines at most, the last one cut where there are more.
pub fn at_most(most: usize, words: &str, (size, bold): (f32, bool), room: f32) -> Vec<String> {
    let mut lines = wrap(words, size, bold, room);
    if lines.len() > most {
        let rest = lines.split_off(most.saturating_sub(1)).join(" ");
        lines.push(shorten(&rest, size, bold, room));
    }
    lines
}

fn cut(word: &str, size: f32, bold: bool, limit: f32) -> Vec<String> {
    let mut parts = vec![String::new()];
    for letter in word.chars() {
        let part = parts.len() - 1;
        let mut longer = parts[part].clone();
        longer.push(letter);
        if parts[part].is_empty() || width(&longer, size, bold) <= limit {
            parts[part] = longer;
        } else {
            parts.push(letter.to_string());
        }
    }
    parts
}

/// The largest size from `size` down to `least` at which a line fits `limit`.
pub fn fit(text: &str, (size, least): (f32, f32), bold: bool, limit: f32) -> f32 {
    let wide = width(text, size, bold);
    if wide <= limit { size } else { (size * limit / wide).max(least) }
}

/// The line, cut with "…" where it is wider than `limit`.
pub fn shorten(text: &str, size: f32, bold: bool, limit: f32) -> String {
    if width(text, size, bold) <= limit {
        return text.to_owned();
    }
    let mut letters: Vec<char> = text.chars().collect();
    while letters.pop().is_some() {
        let short: String = letters.iter().collect::<String>().trim_end().to_owned() + "…";
        if width(&short, size, bold) <= limit {
            return short;
        }
    }
    "…".to_owned()
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
        for (bold, italic) in [(false, false), (true, false), (false, true), (true, true)] {
            let face = face(bold, italic).expect("the font parses");
            for c in VIETNAMESE.chars().chain("–−≤≥→²°×…∑·".chars()) {
                assert!(face.has(c), "{c}");
                let mut pen = skrifa::outline::pen::SvgPen::new();
                face.outline(face.letters.map(c).expect("a glyph").to_u32() as u16, &mut pen);
                assert!(pen.to_string().ends_with('Z'), "{c} is drawn");
            }
            assert!(shape(VIETNAMESE, bold, italic).0.iter().all(|glyph| glyph.id != 0), "shaping keeps every letter");
        }
        assert_eq!(missing_glyph("ruộng 田"), Some('田'));
    }

    #[test]
    fn lines_are_cut_at_spaces() {
        let lines = wrap("Diện tích liên kết có nguy cơ", 20.0, false, 160.0);
        assert!(lines.len() > 1 && lines.iter().all(|line| width(line, 20.0, false) <= 160.0), "{lines:?}");
        assert_eq!(lines.join(" "), "Diện tích liên kết có nguy cơ");
        // A unit stays with its number, and what is too wide for a line is divided all the same.
        let lines = wrap("nguy cơ 906,5 ha (30,2 %), tăng", 20.0, false, 110.0);
        assert!(lines.iter().all(|line| !line.starts_with(['%', 'h'])) && lines.len() > 2, "{lines:?}");
        assert_eq!(lines.join(" "), "nguy cơ 906,5 ha (30,2 %), tăng");
        assert_eq!(wrap("906,5 ha", 20.0, false, 60.0), ["906,5", "ha"]);
    }

    #[test]
    fn a_long_word_is_cut_and_a_long_line_shortened() {
        let word = "A".repeat(60);
        assert!(wrap(&word, 20.0, false, 160.0).iter().all(|line| width(line, 20.0, false) <= 160.0));
        let short = shorten("Công ty Lương thực Hồng Ngự", 20.0, false, 160.0);
        assert!(short.ends_with('…') && width(&short, 20.0, false) <= 160.0, "{short}");
    }
}
