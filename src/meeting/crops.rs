//! What is known of the crops of a period: season, hectares sown and under contract, varieties, stages of growth.

use super::Brief;
use super::notice::{covered, known};
use crate::headings::Role;
use crate::headings::fields::{SEASON, VARIETY};
use crate::measures::Measure;
use crate::measures::list::{LINKED_HA, SOWN_HA};
use crate::model::When;
use crate::model::notices;
use crate::ooxml::letter::Run;
use crate::render::key;
use crate::run::Result;
use crate::tables::Sheet;
use crate::tables::groups::{groups, over_communes, stages};
use crate::values::text::fold;
use crate::values::{Lang, exact, numbers};

/// Words that a sentence names before the rest are put together.
const NAMED: usize = 4;

/// Crops in a sentence; what is not known is a place to write in.
pub fn crops(brief: &Brief) -> Result<Vec<Run>> {
    let lang = brief.lang();
    let mut runs = vec![Run::text(lang.pick("vụ ", "season ")), season(brief)];
    runs.push(Run::text(lang.pick(", diện tích xuống giống ", ", sown ")));
    let (land, scope) = land_sown(brief)?;
    runs.push(land);
    runs.push(Run::text(format!(" ha{scope}")));
    if let Some(linked) = total(brief, &LINKED_HA)? {
        runs.push(Run::text(match lang {
            Lang::Vi => format!(", liên kết sản xuất {linked}"),
            Lang::En => format!(", under contract {linked}"),
        }));
    }
    if let Some(list) = of_group(brief, &VARIETY).and_then(|sheet| divided(&sheet, lang)) {
        runs.push(Run::text(format!("; {} {list}", lang.pick("giống", "varieties"))));
    }
    runs.push(Run::text(lang.pick("; giai đoạn sinh trưởng ", "; stage ")));
    runs.push(growth(brief));
    runs.push(Run::text("."));
    Ok(runs)
}

/// The season: as the project says it, else as the fields do.
pub fn season(brief: &Brief) -> Run {
    let said = brief.render.project.bulletin.season.as_deref().map(str::trim).filter(|season| !season.is_empty());
    let of_fields = || {
        let sheet = of_group(brief, &SEASON)?;
        let names: Vec<&str> = over_communes(&sheet).into_iter().map(|(name, _)| name).filter(|name| !name.is_empty()).collect();
        (1..=NAMED).contains(&names.len()).then(|| names.join(", "))
    };
    said.map(str::to_owned).or_else(of_fields).map_or_else(Run::blank, Run::text)
}

/// Hectares sown, as notices state them, and of how many communes where not of all.
fn land_sown(brief: &Brief) -> Result<(Run, String)> {
    let lang = brief.lang();
    if !SOWN_HA.available(brief.render.joined) {
        return Ok((Run::blank(), String::new()));
    }
    let measured = brief.render.measured(&key(SOWN_HA.id, None, None), None)?;
    let scope = if measured.total.number().is_some() { covered(&measured, lang) } else { String::new() };
    Ok((known(measured.total.number(), 1, lang), scope))
}

/// The same in one run.
pub fn sown(brief: &Brief) -> Result<Run> {
    let (mut land, scope) = land_sown(brief)?;
    land.words.push_str(&scope);
    Ok(land)
}

/// Stages of growth: hectares of fields by stage, else what notices write beside their pests.
pub fn growth(brief: &Brief) -> Run {
    let (joined, lang) = (brief.render.joined, brief.lang());
    if let Some(list) = stages(joined).and_then(|sheet| divided(&sheet, lang)) {
        return Run::text(list);
    }
    let Some(forecasts) = &joined.forecasts else { return Run::blank() };
    let days = forecasts.days_in(joined.periods.get(When::Current), true);
    let stage = notices::WORDS.iter().position(|word| *word == "stage").unwrap_or(0);
    let mut words: Vec<&str> = Vec::new();
    for noted in forecasts.noted.iter().filter(|noted| days.get(usize::from(noted.day)) == Some(&true)) {
        let word = noted.words[stage].as_str();
        if !word.is_empty() && !words.iter().any(|known| fold(known) == fold(word)) {
            words.push(word);
        }
    }
    // Where notices write more than a sentence holds, the annex has them pest by pest.
    if (1..=NAMED).contains(&words.len()) { Run::text(words.join(", ")) } else { Run::blank() }
}

/// Hectares by the group of fields, if it is of a kind.
fn of_group(brief: &Brief, kind: &Role) -> Option<Sheet> {
    let joined = brief.render.joined;
    let name = fold(&joined.fields.as_ref()?.group.as_ref()?.name).replace('_', " ");
    if kind.headings.contains(&name.as_str()) { groups(joined) } else { None }
}

fn total(brief: &Brief, measure: Measure) -> Result<Option<String>> {
    if !measure.available(brief.render.joined) {
        return Ok(None);
    }
    let total = brief.render.measured(&key(measure.id, None, None), None)?.total.number();
    Ok(total.map(|total| format!("{} ha", numbers::format(total, 1, brief.lang()))))
}

/// "trỗ 1.234,5 ha, làm đòng 800,0 ha, khác 12,0 ha, chưa ghi 3,0 ha"; nothing where no field says anything.
fn divided(sheet: &Sheet, lang: Lang) -> Option<String> {
    let all = over_communes(sheet);
    let hectares = |ha: f64| format!("{} ha", numbers::format(ha, 1, lang));
    let (said, unsaid): (Vec<_>, Vec<_>) = all.into_iter().partition(|(name, _)| !name.is_empty());
    if said.is_empty() {
        return None;
    }
    let shown = if said.len() == NAMED + 1 { NAMED + 1 } else { NAMED };
    let mut parts: Vec<String> = said.iter().take(shown).map(|(name, ha)| format!("{name} {}", hectares(*ha))).collect();
    for (word, rest) in
        [(lang.pick("khác", "other"), said.get(shown..)), (lang.pick("chưa ghi", "not stated"), Some(&unsaid[..]))]
    {
        if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
            parts.push(format!("{word} {}", hectares(exact::sum(rest.iter().map(|(_, ha)| *ha)))));
        }
    }
    Some(parts.join(", "))
}
