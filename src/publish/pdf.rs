//! A scene as a PDF page: text stays text, fonts are embedded, and what a part is for is told to readers that cannot see (PDF/UA-1).

use crate::draw::scene::{Anchor, Fill, Hatch, Item, Point, Role, Stroke, Text};
use crate::draw::{Scene, text};
use crate::message;
use crate::run::{Fault, Place, Result};
use crate::scale::{Pattern, Rgb};
use crate::values::Lang;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point as At, Transform};
use krilla::graphic::Graphic;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{self, FillRule, LineJoin, Paint, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Node, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The bundled font's faces, as pages embed them: regular, bold, italic, bold italic.
static FONTS: LazyLock<[Option<Font>; 4]> = LazyLock::new(|| {
    [(false, false), (true, false), (false, true), (true, true)]
        .map(|(bold, italic)| Font::new(text::face(bold, italic)?.data.into(), 0))
});

/// Points an inch.
const POINTS: f32 = 72.0;

/// PDF of one page, as wide as the picture is on paper.
pub fn pdf(scene: &Scene, lang: Lang) -> Result<Vec<u8>> {
    document(std::slice::from_ref(scene), "", lang)
}

/// PDF of several pages under one title; its outline names them.
pub fn document(scenes: &[Scene], title: &str, lang: Lang) -> Result<Vec<u8>> {
    let id = scenes.first().map_or("", |scene| scene.id.as_str());
    let named = |scene: &Scene| if scene.title.is_empty() { scene.id.clone() } else { scene.title.clone() };
    let title = if title.is_empty() { scenes.first().map_or(String::new(), named) } else { title.to_owned() };
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|error| fault(id, &format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut tags = TagTree::new().with_lang(Some(lang.pick("vi", "en").to_owned()));
    let mut outline = Outline::new();
    for (number, scene) in scenes.iter().enumerate() {
        let scale = POINTS * scene.inches / scene.width;
        let size = PageSettings::from_wh(scene.width * scale, scene.height * scale).ok_or_else(|| fault(&scene.id, &"0 × 0"))?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        surface.push_transform(&Transform::from_scale(scale, scale));
        let mut pen = Pen { unit: scene.unit, hatches: HashMap::new(), rims: HashMap::new() };
        pen.parts(&mut surface, scene, lang, &mut tags);
        surface.pop();
        surface.finish();
        page.finish();
        outline.push_child(OutlineNode::new(named(scene), XyzDestination::new(number, At::from_xy(0.0, 0.0))));
    }
    document.set_tag_tree(tags);
    document.set_metadata(Metadata::new().title(title).language(lang.pick("vi", "en").to_owned()).creator("ruong".to_owned()));
    document.set_outline(outline);
    document.finish().map_err(|error| fault(id, &format!("{error:?}")))
}

/// Draws items onto a page, and keeps the tiles of hatches and the rims of letters made for it.
struct Pen {
    unit: f32,
    hatches: HashMap<Hatch, paint::Pattern>,
    rims: HashMap<Rim, Graphic>,
}

/// What tells the rim of one letter from another's.
#[derive(PartialEq, Eq, Hash)]
struct Rim {
    glyph: u32,
    face: (bool, bool),
    /// Size and width in pixels, as bits
    size: [u32; 2],
    colour: [u8; 3],
}

impl Pen {
    /// Draws every part and says what it is for: the title is a heading, map and plot are one figure, words are paragraphs.
    fn parts(&mut self, surface: &mut Surface<'_>, scene: &Scene, lang: Lang, tree: &mut TagTree) {
        let mut heading = None;
        let mut figure = TagGroup::new(Tag::Figure(Some(scene.title.clone())));
        let mut pictured = false;
        let mut words: Vec<Node> = Vec::new();
        for (role, items) in scene.stretches() {
            if role.is_none() {
                surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
                self.items(surface, items);
                surface.end_tagged();
                continue;
            }
            let of_figure = matches!(role, Some(Role::Map | Role::Labels | Role::Plot | Role::Scale));
            let span = SpanTag::empty().with_lang(Some(lang.pick("vi", "en")));
            let part = surface.start_tagged(if of_figure { ContentTag::Other } else { ContentTag::Span(span) });
            self.items(surface, items);
            surface.end_tagged();
            match role {
                Some(Role::Title) if heading.is_none() => {
                    let title = Tag::Hn(std::num::NonZeroU16::MIN, Some(scene.title.clone()));
                    heading = Some(TagGroup::with_children(title, vec![part.into()]));
                }
                _ if of_figure => {
                    pictured = true;
                    figure.push(part);
                }
                _ => words.push(TagGroup::with_children(Tag::P, vec![part.into()]).into()),
            }
        }
        heading.into_iter().for_each(|heading| tree.push(heading));
        if pictured {
            tree.push(figure);
        }
        words.into_iter().for_each(|words| tree.push(words));
    }

    fn items(&mut self, surface: &mut Surface<'_>, items: &[Item]) {
        for item in items {
            match item {
                Item::Area { rings, fill, stroke } => {
                    let path = path(rings.iter().map(|ring| (ring.as_slice(), true)), [0.0, 0.0]);
                    self.shape(surface, path, *fill, stroke.as_ref());
                }
                Item::Painted { layer, at, fills } => {
                    for (rings, fill) in layer.shapes.iter().zip(fills) {
                        if fill.is_some() || layer.stroke.is_some() {
                            let path = path(rings.iter().map(|ring| (ring.as_slice(), true)), *at);
                            self.shape(surface, path, *fill, layer.stroke.as_ref());
                        }
                    }
                }
                Item::Line { points, stroke } => {
                    self.shape(surface, path([(points.as_slice(), false)], [0.0, 0.0]), None, Some(stroke));
                }
                Item::Disc { centre, radius, fill, stroke } => {
                    self.shape(surface, circle(*centre, *radius), Some(Fill::Colour(*fill)), stroke.as_ref());
                }
                Item::Text(text) => self.write(surface, text),
                Item::Clipped([left, top, right, bottom], items) => {
                    let frame = [[*left, *top], [*right, *top], [*right, *bottom], [*left, *bottom]];
                    if let Some(frame) = path([(frame.as_slice(), true)], [0.0, 0.0]) {
                        surface.push_clip_path(&frame, &FillRule::NonZero);
                        self.items(surface, items);
                        surface.pop();
                    }
                }
            }
        }
    }

    fn shape(&mut self, surface: &mut Surface<'_>, path: Option<Path>, fill: Option<Fill>, stroke: Option<&Stroke>) {
        let Some(path) = path else { return };
        if fill.is_none() && stroke.is_none() {
            return;
        }
        let paint = fill.map(|fill| match fill {
            Fill::Colour(colour) => ink(colour),
            Fill::Hatch(hatch) => self.hatch(surface, hatch).into(),
        });
        surface.set_fill(paint.map(|paint| paint::Fill { paint, rule: FillRule::EvenOdd, ..paint::Fill::default() }));
        surface.set_stroke(stroke.map(|stroke| paint::Stroke {
            paint: ink(stroke.colour),
            width: stroke.width,
            line_join: LineJoin::Round,
            dash: (stroke.dash > 0.0).then(|| StrokeDash { array: vec![stroke.dash; 2], offset: 0.0 }),
            ..paint::Stroke::default()
        }));
        surface.draw_path(&path);
    }

    /// The tile of a hatch, repeated over the page.
    fn hatch(&mut self, surface: &mut Surface<'_>, hatch: Hatch) -> paint::Pattern {
        if let Some(known) = self.hatches.get(&hatch) {
            return known.clone();
        }
        let size = Pattern::TILE * self.unit;
        let (half, line, end) = (size / 2.0, hatch.pattern.line() * self.unit, size * 1.5);
        let mut builder = surface.stream_builder();
        let mut tile = builder.surface();
        let square = [[0.0, 0.0], [size, 0.0], [size, size], [0.0, size]];
        tile.set_fill(Some(paint::Fill { paint: ink(hatch.ground), ..paint::Fill::default() }));
        if let Some(square) = path([(square.as_slice(), true)], [0.0, 0.0]) {
            tile.draw_path(&square);
        }
        let lines: &[[Point; 2]] = match hatch.pattern {
            Pattern::Dots => &[],
            Pattern::Diagonal => &[[[-half, half], [half, -half]], [[-half, end], [end, -half]], [[half, end], [end, half]]],
            Pattern::Falling => &[[[-half, half], [half, end]], [[-half, -half], [end, end]], [[half, -half], [end, half]]],
            Pattern::Cross => &[[[0.0, half], [size, half]], [[half, 0.0], [half, size]]],
            Pattern::Level => &[[[0.0, half], [size, half]]],
            Pattern::Upright => &[[[half, 0.0], [half, size]]],
        };
        if hatch.pattern == Pattern::Dots {
            tile.set_fill(Some(paint::Fill { paint: ink(hatch.ink), ..paint::Fill::default() }));
            if let Some(dot) = circle([half, half], line) {
                tile.draw_path(&dot);
            }
        } else if let Some(lines) = path(lines.iter().map(|line| (line.as_slice(), false)), [0.0, 0.0]) {
            tile.set_fill(None);
            tile.set_stroke(Some(paint::Stroke { paint: ink(hatch.ink), width: line, ..paint::Stroke::default() }));
            tile.draw_path(&lines);
        }
        tile.finish();
        let pattern = paint::Pattern { stream: builder.finish(), transform: Transform::identity(), width: size, height: size };
        self.hatches.insert(hatch, pattern.clone());
        pattern
    }

    fn write(&mut self, surface: &mut Surface<'_>, line: &Text) {
        let Some(font) = FONTS[usize::from(line.bold) + 2 * usize::from(line.italic)].clone() else { return };
        let words = text::drawable(&line.text);
        let (shaped, wide) = text::shape(&words, line.bold, line.italic);
        let em = text::per_em(line.bold, line.italic);
        let ends = shaped.iter().skip(1).map(|glyph| glyph.from).chain([words.len()]);
        let glyphs: Vec<KrillaGlyph> = shaped
            .iter()
            .zip(ends)
            .scan(0, |x, (glyph, end)| {
                let offset = (glyph.x - *x) as f32 / em;
                *x += glyph.advance;
                let (id, letters) = (GlyphId::new(glyph.id.into()), glyph.from..end.max(glyph.from));
                Some(KrillaGlyph::new(id, glyph.advance as f32 / em, offset, glyph.y as f32 / em, 0.0, letters, None))
            })
            .collect();
        let [x, y] = line.at;
        let before = wide as f32 / em
            * line.size
            * match line.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => 0.5,
                Anchor::End => 1.0,
            };
        let turn = line.upright.then(|| Transform::from_rotate_at(-90.0, x, y));
        if let Some(turn) = &turn {
            surface.push_transform(turn);
        }
        let start = At::from_xy(x - before, y);
        if line.halo > 0.0 {
            self.rim(surface, line, (&font, start), &glyphs);
        }
        surface.set_stroke(None);
        surface.set_fill(Some(paint::Fill { paint: ink(line.colour), ..paint::Fill::default() }));
        surface.draw_glyphs(start, &glyphs, font, &words, line.size, false);
        if turn.is_some() {
            surface.pop();
        }
    }

    /// The rims of a line's letters. They are shapes, for letters written twice would be found and copied twice; each is in the file once.
    fn rim(&mut self, surface: &mut Surface<'_>, line: &Text, (font, start): (&Font, At), glyphs: &[KrillaGlyph]) {
        let Rgb(red, green, blue) = line.rim;
        let mut x = start.x;
        for glyph in glyphs {
            let glyph_id = glyph.glyph_id.to_u32();
            let (face, size) = ((line.bold, line.italic), [line.size, line.halo].map(f32::to_bits));
            let key = Rim { glyph: glyph_id, face, size, colour: [red, green, blue] };
            let rim = self.rims.entry(key).or_insert_with(|| {
                let mut builder = surface.stream_builder();
                let mut letter = builder.surface();
                letter.set_fill(None);
                let (paint, line_join) = (ink(line.rim), LineJoin::Round);
                letter.set_stroke(Some(paint::Stroke { paint, width: line.halo, line_join, ..paint::Stroke::default() }));
                let alone = KrillaGlyph::new(glyph.glyph_id, glyph.x_advance, 0.0, 0.0, 0.0, 0..0, None);
                letter.draw_glyphs(At::from_xy(0.0, 0.0), &[alone], font.clone(), "", line.size, true);
                letter.finish();
                Graphic::new(builder.finish(), false)
            });
            let at = [x + glyph.x_offset * line.size, start.y - glyph.y_offset * line.size];
            surface.push_transform(&Transform::from_translate(at[0], at[1]));
            surface.draw_graphic(rim.clone());
            surface.pop();
            x += glyph.x_advance * line.size;
        }
    }
}

fn ink(Rgb(red, green, blue): Rgb) -> Paint {
    krilla::color::rgb::Color::new(red, green, blue).into()
}

fn path<'a>(lines: impl IntoIterator<Item = (&'a [Point], bool)>, [dx, dy]: Point) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (points, closed) in lines {
        for (i, [x, y]) in points.iter().enumerate() {
            if i == 0 { path.move_to(x + dx, y + dy) } else { path.line_to(x + dx, y + dy) }
        }
        if closed && !points.is_empty() {
            path.close();
        }
    }
    path.finish()
}

/// A circle of four curves, off the true one by less than a thousandth of its radius.
fn circle([x, y]: Point, r: f32) -> Option<Path> {
    const BEND: f32 = 0.552_284_8;
    let b = r * BEND;
    let mut path = PathBuilder::new();
    path.move_to(x + r, y);
    path.cubic_to(x + r, y + b, x + b, y + r, x, y + r);
    path.cubic_to(x - b, y + r, x - r, y + b, x - r, y);
    path.cubic_to(x - r, y - b, x - b, y - r, x, y - r);
    path.cubic_to(x + b, y - r, x + r, y - b, x + r, y);
    path.close();
    path.finish()
}

fn fault(id: &str, error: &dyn std::fmt::Display) -> Fault {
    Fault::new("picture", Place::file(id), message!("không vẽ được", "cannot draw").because(&error))
}
