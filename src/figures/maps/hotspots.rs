//! Maps of where a measure clusters: local Moran in the colours of the field, or Getis-Ord G*, with what survives the correction for
//! many tests apart from what does not.

use super::{MapPage, measure_key};
use crate::cartography::labels::MANY;
use crate::cartography::{Content, categories};
use crate::hotspots::association::{self, Kind};
use crate::hotspots::permutation::Ties;
use crate::hotspots::{SIGNIFICANT, Transform, Weights, fdr, getis_ord, local_moran};
use crate::measures::neighbourhood::{Neighbourhood, no_variation};
use crate::message;
use crate::model::indicators::Categories;
use crate::project::{HotspotStatistic, HotspotsKeys, MapConfig};
use crate::render::{Heading, RenderContext, Shown};
use crate::run::Result;
use crate::scale::paint::{Hatch, Pattern};
use crate::scale::{Fill, Rgb};
use crate::values::{Lang, Message, numbers};
use crate::words::headlines::of_clusters;
use crate::words::{capital, lower};

/// Permutations when a map does not say.
const PERMUTATIONS: usize = 9999;

/// A class of units: words and ink.
struct Class {
    words: Message,
    colour: Rgb,
    grey: Fill,
}

const fn hatch(pattern: Pattern) -> Fill {
    Fill::Hatch(Hatch { pattern, ground: Rgb(255, 255, 255), ink: Rgb(70, 70, 70) })
}

/// Classes of a statistic, in the colours of PySAL and GeoDa.
fn classes(statistic: HotspotStatistic) -> Vec<Class> {
    let class =
        |vi: &str, en: &str, colour, grey| Class { words: Message { vi: vi.to_owned(), en: en.to_owned() }, colour, grey };
    match statistic {
        HotspotStatistic::LocalMoran => vec![
            class("Cao, quanh cũng cao", "High among high", Rgb(215, 25, 28), Fill::Colour(Rgb(70, 70, 70))),
            class("Thấp, quanh cũng thấp", "Low among low", Rgb(44, 123, 182), Fill::Colour(Rgb(185, 185, 185))),
            class("Cao giữa vùng thấp", "High among low", Rgb(253, 174, 97), hatch(Pattern::Upright)),
            class("Thấp giữa vùng cao", "Low among high", Rgb(171, 217, 233), hatch(Pattern::Level)),
        ],
        HotspotStatistic::GiStar => vec![
            class("Điểm nóng", "Hot spot", Rgb(215, 25, 28), Fill::Colour(Rgb(70, 70, 70))),
            class("Điểm lạnh", "Cold spot", Rgb(44, 123, 182), Fill::Colour(Rgb(185, 185, 185))),
            class("Ở đây bằng 0, quanh đây cao", "None here, high around", Rgb(253, 174, 97), hatch(Pattern::Upright)),
        ],
    }
}

/// Class and p of a unit.
type Found = Option<(usize, f64)>;

fn statistics(own: &HotspotsKeys, values: &[f64], weights: &Weights) -> Vec<Found> {
    let (permutations, seed) = (own.permutations.unwrap_or(PERMUTATIONS), own.seed.unwrap_or(1));
    match own.statistic {
        HotspotStatistic::LocalMoran => local_moran::local_moran(values, weights, false, (permutations, seed), Ties::default())
            .into_iter()
            .map(|found| {
                let found = found?;
                let class = match found.quadrant {
                    local_moran::Quadrant::HighHigh => 0,
                    local_moran::Quadrant::LowLow => 1,
                    local_moran::Quadrant::HighLow => 2,
                    local_moran::Quadrant::LowHigh => 3,
                };
                Some((class, found.p))
            })
            .collect(),
        HotspotStatistic::GiStar => getis_ord::getis_ord(values, weights, true, (permutations, seed), Ties::default())
            .into_iter()
            .zip(values)
            // G* counts the unit among its neighbours: with nothing of its own it is no hot spot itself.
            .map(|(found, value)| {
                found.map(|found| {
                    (
                        if found.z <= 0.0 {
                            1
                        } else if *value == 0.0 {
                            2
                        } else {
                            0
                        },
                        found.p,
                    )
                })
            })
            .collect(),
    }
}

/// Communes by the cluster they are part of.
pub(super) fn clusters<'a>(render: &'a RenderContext, page: &MapPage, own: &HotspotsKeys) -> Result<Content<'a>> {
    let map = &page.map;
    let lang = render.lang();
    let measured = render.measured(&measure_key(map), page.week)?;
    let around = Neighbourhood::of(&measured, &render.joined.communes, own.weights.as_deref());
    let Neighbourhood { communes: known, values, weights, .. } = &around;
    let (together, among) = around.among_linked();
    let (permutations, seed) = (own.permutations.unwrap_or(PERMUTATIONS), own.seed.unwrap_or(1));
    let global =
        association::global(Kind::Moran, &together, &among, Transform::RowStandardised, (permutations, seed), Ties::default())
            .ok_or_else(|| no_variation(&measured.name))?;
    let found = statistics(own, values, weights);
    let adjusted = fdr::adjusted_of_nearer_tail(&found.iter().map(|found| found.map(|(_, p)| p)).collect::<Vec<_>>());

    let classes = classes(own.statistic);
    let mut legend = Legend::new(&classes, render.project.bw, lang);
    let mut words: Vec<Option<usize>> = vec![None; measured.values.len()];
    for (unit, &commune) in known.iter().enumerate() {
        words[commune] = Some(match (found[unit], adjusted[unit]) {
            (None, _) => legend.island(),
            (Some((_, p)), _) if p >= SIGNIFICANT => legend.chance(),
            (Some((class, _)), Some(p)) if p < SIGNIFICANT => legend.sure(class),
            (Some((class, _)), _) => legend.weak(class),
        });
    }
    let tested = found.iter().flatten().count();
    let significant = found.iter().flatten().filter(|(_, p)| *p < SIGNIFICANT).count();
    let after = adjusted.iter().flatten().filter(|p| **p < SIGNIFICANT).count();
    let what = lower(measured.name.get(lang));
    let is_sure = |unit: &usize| adjusted[*unit].is_some_and(|p| p < SIGNIFICANT);
    let sure = |class: usize| -> Vec<&str> {
        let mut units: Vec<usize> =
            (0..known.len()).filter(is_sure).filter(|unit| found[*unit].is_some_and(|(own, _)| own == class)).collect();
        units.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
        units.iter().map(|unit| render.joined.communes.names[known[*unit]].as_str()).collect()
    };
    let finding = of_clusters(&what, [&sure(0), &sure(1)], (after, tested), lang);
    // Of many communes only those are named that the map is about.
    let about: Vec<bool> = words.iter().map(|word| word.is_some_and(|word| word != legend.chance())).collect();
    let expected = fdr::by_chance(SIGNIFICANT, tested);
    let expected = numbers::format(expected, usize::from(expected < 10.0), lang);
    let unsure = legend.drop_unused(&mut words);
    let (vi, en) =
        if !unsure { ("", "") } else { (" (tô kín; gạch chéo: chưa chắc)", " (full colour; hatched: unsure)") };
    let said = message!(
        "{significant} trong {tested} xã có p < 0,05; chỉ do ngẫu nhiên cũng có chừng {expected}. Sau hiệu chỉnh nhiều phép thử còn {after}{vi}.",
        "{significant} of {tested} communes have p < 0.05; chance alone would give about {expected}. {after} remain after correction for many tests{en}."
    );
    let note = if map.note.is_empty() { said.get(lang).to_owned() } else { format!("{} {}", said.get(lang), map.note) };
    let categories = Categories {
        id: measured.id.clone(),
        name: match own.statistic {
            HotspotStatistic::LocalMoran => message!("Moran địa phương", "Local Moran"),
            HotspotStatistic::GiStar => message!("Getis-Ord G*", "Getis-Ord G*"),
        },
        words: legend.words,
        values: words,
        ordered: false,
    };
    let p = global.p_permutation.unwrap_or(global.p_normal);
    let (statistic, p) = (numbers::format(global.statistic, 3, lang), numbers::format(p, 4, lang));
    let figures = vec![(lang.pick("Moran I toàn vùng", "Global Moran's I").to_owned(), format!("{statistic} (p = {p})"))];
    let name = measured.name.get(lang);
    let title = match own.statistic {
        HotspotStatistic::LocalMoran => message!("Cụm và điểm lạ: {name}", "Clusters and outliers: {name}"),
        HotspotStatistic::GiStar => message!("Điểm nóng, điểm lạnh: {name}", "Hot and cold spots: {name}"),
    };
    let heading = Heading { own: map.title.clone(), found: finding, described: capital(title.get(lang)) };
    let titles = render.titles(heading, (&map.measure, map.pest.as_deref()), Shown::at(page.week));
    let map = MapConfig { note, ..map.clone() };
    let paints = (&categories, &legend.paints[..]);
    let mut content = categories::content(titles, render.page(map.page.as_ref()), &map, paints, &figures, &render.ground);
    if about.len() >= MANY {
        content.labels.retain(|label| about[label.area]);
    }
    Ok(content)
}

/// Words of the legend with their paints. The classes come first; what occurs beside them is added as it is met.
struct Legend {
    words: Vec<String>,
    paints: Vec<Fill>,
    /// How many classes there are
    classes: usize,
    /// Number of the weak word of each class, and of chance and islands
    weak: Vec<usize>,
    chance: usize,
    island: Option<usize>,
    lang: Lang,
}

impl Legend {
    fn new(classes: &[Class], bw: bool, lang: Lang) -> Legend {
        let mut words: Vec<String> = classes.iter().map(|class| class.words.get(lang).to_owned()).collect();
        let mut paints: Vec<Fill> =
            classes.iter().map(|class| if bw { class.grey } else { Fill::Colour(class.colour) }).collect();
        let mut weak = Vec::new();
        // Without colour the weak form of each class has a ground and an ink of its own.
        let greys = [(255, 60), (255, 165), (130, 245), (205, 110)]
            .map(|(ground, ink)| (Rgb(ground, ground, ground), Rgb(ink, ink, ink)));
        for (class, grey) in classes.iter().zip(greys) {
            weak.push(words.len());
            let mark = lang.pick("chưa chắc", "unsure");
            words.push(format!("{} ({mark})", class.words.get(lang)));
            let (ground, ink) = if bw { grey } else { (Rgb(248, 248, 248), class.colour) };
            paints.push(Fill::Hatch(Hatch { pattern: Pattern::Falling, ground, ink }));
        }
        let chance = words.len();
        words.push(lang.pick("Không khác ngẫu nhiên", "No more than chance").to_owned());
        paints.push(Fill::Colour(Rgb(238, 238, 238)));
        Legend { words, paints, classes: classes.len(), weak, chance, island: None, lang }
    }

    fn sure(&self, class: usize) -> usize {
        class
    }

    fn weak(&self, class: usize) -> usize {
        self.weak[class]
    }

    fn chance(&self) -> usize {
        self.chance
    }

    /// Forgets the words that no unit has, and tells whether a weak one is left.
    fn drop_unused(&mut self, words: &mut [Option<usize>]) -> bool {
        let mut unsure = false;
        for word in (0..=self.chance).rev() {
            if words.contains(&Some(word)) {
                unsure |= (self.classes..self.chance).contains(&word);
                continue;
            }
            self.words.remove(word);
            self.paints.remove(word);
            words.iter_mut().flatten().filter(|found| **found > word).for_each(|found| *found -= 1);
        }
        unsure
    }

    fn island(&mut self) -> usize {
        *self.island.get_or_insert_with(|| {
            self.words.push(self.lang.pick("Không có láng giềng", "Without a neighbour").to_owned());
            self.paints.push(Fill::OUT_OF_SCOPE);
            self.words.len() - 1
        })
    }
}
