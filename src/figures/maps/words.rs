//! Maps of communes by a word.

use super::MapPage;
use crate::cartography::{Content, categories};
use crate::message;
use crate::project::MapConfig;
use crate::render::{Heading, RenderContext, Shown};
use crate::run::{Fault, Place, Result};
use crate::scale::Fill;
use crate::scale::paint::greys;
use crate::scale::palette::{Palette, qualitative};
use crate::values::Lang;
use crate::words::headlines::of_words;

/// Paints of words that go from low to high: one colour, growing darker.
fn in_order(count: usize, bw: bool) -> Result<Vec<Fill>> {
    if bw {
        return Ok(greys(count));
    }
    Ok(Palette::named("linked")?.colours(0, count).into_iter().map(Fill::Colour).collect())
}

/// Communes by a word.
pub(super) fn in_words<'a>(render: &'a RenderContext, page: &MapPage) -> Result<Content<'a>> {
    let map = &page.map;
    let list = &render.joined.indicators.categories;
    let Some(found) = list.iter().find(|found| found.id == map.measure) else {
        let (wanted, known) = (&map.measure, list.iter().map(|found| found.id.as_str()).collect::<Vec<_>>().join(", "));
        return Err(Fault::new(
            "unknown-measure",
            Place { value: wanted.clone(), ..Place::default() },
            message!(
                "không có chỉ tiêu bằng chữ \"{wanted}\"; đang có: {known}",
                "there is no indicator in words \"{wanted}\"; there are: {known}"
            ),
        )
        .hint(message!(
            "khai báo indicators = [{{ id = …, category = \"cột\" }}]",
            "declare indicators = [{{ id = …, category = \"column\" }}]"
        )));
    };
    let lang = render.lang();
    let (gathered, together) = found.gathered(lang.pick("khác", "other"));
    let found = &gathered;
    let count = |word: usize| found.values.iter().filter(|value| **value == Some(word)).count();
    let mut counts: Vec<(&str, usize)> =
        found.words.iter().enumerate().map(|(word, name)| (name.as_str(), count(word))).collect();
    if !found.ordered {
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    let without = found.values.iter().filter(|value| value.is_none()).count();
    let heading = Heading {
        own: map.title.clone(),
        found: of_words(found.name.get(lang), &counts, without, lang),
        described: String::new(),
    };
    let titles = render.titles(heading, (&found.id, None), Shown::at(page.week));
    let known = found.values.iter().flatten().count();
    let total = format!("{known}/{}", found.values.len());
    let figures = vec![(render.lang().pick("Xã có số liệu", "Communes with data").to_owned(), total)];
    let paints = if found.ordered {
        in_order(found.words.len(), render.project.bw)?
    } else {
        qualitative(found.words.len(), render.project.bw)
    };
    let note = match (together, lang) {
        (0, _) => map.note.clone(),
        (_, Lang::Vi) => format!("\"khác\" gồm {together} loại ít gặp. {}", map.note).trim_end().to_owned(),
        (_, Lang::En) => format!("\"other\" stands for {together} rare kinds. {}", map.note).trim_end().to_owned(),
    };
    let map = &MapConfig { note, ..map.clone() };
    Ok(categories::content(titles, render.page(map.page.as_ref()), map, (found, &paints), &figures, &render.ground))
}
