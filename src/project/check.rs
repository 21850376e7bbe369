//! Rules of the project file that its types alone do not hold.

use super::PeriodKey;
use super::for_each;
use super::table_kinds::FORECAST_MODELS;
use super::{AnalysisKind, HotspotsKeys, Joins, MapKind, OutbreaksKeys, Page, Project, Scheme, TableConfig, TableKind, keys};
use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::Message;
use crate::values::file_name::{file_name, folded};
use hashbrown::HashMap;

/// Rules that the types alone do not hold.
pub(super) fn check(project: &Project, content: &str, file: &str) -> Result<()> {
    let fault = |path: &[&str], message: Message| {
        let span = keys::span_of(content, path);
        let mut place = Place::file(file).column(path.join("."));
        place.row = span.as_ref().map(|span| content[..span.start].matches('\n').count() as u64 + 1);
        let fault = Fault::new("bad-project", place, message);
        match span {
            Some(span) => fault.snippet(content, span),
            None => fault,
        }
    };
    if project.version != 1 {
        let found = project.version;
        return Err(fault(
            &["version"],
            message!("version = {found}: bản này đọc version = 1", "version = {found}: this ruong reads version = 1"),
        ));
    }
    if let Some(PeriodKey::Days(period)) = &project.period
        && period.from.0 > period.to.0
    {
        return Err(fault(&["period"], message!("ngày \"to\" trước ngày \"from\"", "\"to\" is before \"from\"")));
    }
    if let Some(problem) = page_problem(&project.page) {
        return Err(fault(&["page"], problem));
    }
    for (i, table) in project.tables.iter().enumerate() {
        let index = i.to_string();
        let key = &table.key;
        let ways =
            [key.field.is_some(), key.commune.is_some(), key.commune_name.is_some(), key.lon.is_some() && key.lat.is_some()];
        let count = ways.iter().filter(|way| **way).count();
        let joins = table.kind.manner().joins;
        let is_enough = match joins {
            Joins::Stations | Joins::Nothing => true,
            // Registers find their places by their headings.
            Joins::Register => count <= 1,
            Joins::FieldsOrCommunes | Joins::Communes | Joins::Positions => count == 1,
        };
        if let Some(problem) = needs_of_kind(table) {
            return Err(fault(&["tables", &index, "kind"], problem));
        }
        if !is_enough || key.lon.is_some() != key.lat.is_some() {
            return Err(fault(
                &["tables", &index, "key"],
                message!(
                    "\"key\" phải là đúng một trong: \"field\", \"commune\", \"commune_name\", hoặc \"lon\" và \"lat\"",
                    "\"key\" must be exactly one of: \"field\", \"commune\", \"commune_name\", or \"lon\" and \"lat\""
                ),
            ));
        }
        if key.field.is_some() && project.fields.is_none() {
            return Err(fault(
                &["tables", &index, "key"],
                message!("nối theo thửa cần có phần [fields]", "a key to fields needs a [fields] part"),
            ));
        }
        if table.id.is_empty() || table.id.contains(['/', '\\']) || table.id.starts_with('.') {
            let id = &table.id;
            return Err(fault(&["tables", &index, "id"], message!("id \"{id}\" không dùng được", "id \"{id}\" cannot be used")));
        }
        if let TableKind::Outbreaks(OutbreaksKeys { herds: Some(herds), .. }) = &table.kind
            && !project.tables.iter().any(|other| other.id == *herds && matches!(other.kind, TableKind::Herds { .. }))
        {
            return Err(fault(
                &["tables", &index, "herds"],
                message!("không có bảng \"{herds}\" với kind = \"herds\"", "there is no table \"{herds}\" of kind = \"herds\""),
            ));
        }
        if joins == Joins::Register && key.field.is_some() {
            return Err(fault(
                &["tables", &index, "key"],
                message!(
                    "sổ ổ dịch, bảng đàn nối theo \"lon\" và \"lat\", \"commune\" hay \"commune_name\"",
                    "registers join by lon and lat, commune or commune_name"
                ),
            ));
        }
        if project.tables[..i].iter().any(|other| other.id == table.id) {
            let id = &table.id;
            return Err(fault(
                &["tables", &index, "id"],
                message!("id \"{id}\" đã dùng cho bảng khác", "id \"{id}\" is taken by another table"),
            ));
        }
    }
    for (i, former) in project.former.iter().enumerate() {
        if let Some(problem) = former.problem() {
            return Err(fault(&["former", &i.to_string()], problem));
        }
    }
    let of_maps = project.maps.iter().flatten().map(for_each::of_map).enumerate().map(|(i, found)| ("maps", i, found));
    let of_charts = project.charts.iter().flatten().map(for_each::of_chart).enumerate().map(|(i, found)| ("charts", i, found));
    for (part, i, found) in of_maps.chain(of_charts) {
        if let Some(problem) = found {
            return Err(fault(&[part, &i.to_string(), "for_each"], problem));
        }
    }
    let map_ids: Vec<(&str, &String)> = project.maps.iter().flatten().map(|map| ("maps", &map.id)).collect();
    let chart_ids: Vec<(&str, &String)> = project.charts.iter().flatten().map(|chart| ("charts", &chart.id)).collect();
    let analysis_ids: Vec<(&str, &String)> = project.analyses.iter().map(|analysis| ("analyses", &analysis.id)).collect();
    let output_ids: Vec<(&str, &String)> = project.outputs.iter().map(|output| ("outputs", &output.id)).collect();
    for (i, page) in project.pages.iter().flatten().enumerate() {
        let index = i.to_string();
        let rows = page.rows.len();
        if rows == 0 || page.rows.iter().any(Vec::is_empty) {
            return Err(fault(
                &["pages", &index, "rows"],
                message!("mỗi trang cần ít nhất một hàng, mỗi hàng ít nhất một ô", "a page needs a row, and every row a cell"),
            ));
        }
        if page
            .heights
            .as_ref()
            .is_some_and(|list| list.len() != rows || list.iter().any(|high| !(high.is_finite() && *high > 0.0)))
        {
            return Err(fault(
                &["pages", &index, "heights"],
                message!(
                    "\"heights\" phải có {rows} số lớn hơn 0, mỗi hàng một số",
                    "\"heights\" must be {rows} numbers above 0, one for each row"
                ),
            ));
        }
    }
    let page_ids: Vec<(&str, &String)> = project.pages.iter().flatten().map(|page| ("pages", &page.id)).collect();
    for ids in [map_ids, chart_ids, page_ids, analysis_ids, output_ids] {
        // Two ids may be one file name: `b:c` and `b-c`, or `B` and `b` where systems do not tell them apart.
        let mut names: HashMap<String, &String> = HashMap::new();
        for (i, (part, id)) in ids.iter().enumerate() {
            let index = i.to_string();
            if id.is_empty() || id.contains(['/', '\\']) || id.starts_with('.') {
                return Err(fault(
                    &[part, &index, "id"],
                    message!("id \"{id}\" không dùng làm tên tệp được", "id \"{id}\" cannot be a file name"),
                ));
            }
            match names.insert(folded(&file_name(id)), id) {
                Some(other) if other == *id => {
                    return Err(fault(&[part, &index, "id"], message!("id \"{id}\" lặp lại", "id \"{id}\" comes twice")));
                }
                Some(other) => {
                    return Err(fault(
                        &[part, &index, "id"],
                        message!(
                            "id \"{id}\" và \"{other}\" cùng một tên tệp",
                            "the ids \"{id}\" and \"{other}\" have one file name"
                        ),
                    ));
                }
                None => {}
            }
        }
    }
    // Folders of outputs: parts that every system takes, and none of another output or of the build itself.
    let mut folders: HashMap<String, String> =
        ["tables", "maps", "charts", "pages"].map(|name| (name.to_owned(), name.to_owned())).into();
    for (i, output) in project.outputs.iter().enumerate() {
        let folder = output.folder();
        let at = ["outputs", &i.to_string(), "file"];
        if let Some(part) = folder.split('/').find(|part| file_name(part) != **part) {
            return Err(fault(
                &at,
                message!("\"{part}\" không dùng làm tên thư mục được", "\"{part}\" cannot be the name of a folder"),
            ));
        }
        if let Some(other) = folders.insert(folded(&folder), folder.clone()) {
            return Err(fault(
                &at,
                message!("thư mục \"{folder}\" đã dùng: {other}", "the folder \"{folder}\" is taken: {other}"),
            ));
        }
    }
    let pages = project.maps.iter().flatten().map(|map| ("maps", &map.page));
    let pages = pages.enumerate().chain(project.charts.iter().flatten().map(|chart| ("charts", &chart.page)).enumerate());
    let pages = pages.chain(project.pages.iter().flatten().map(|page| ("pages", &page.page)).enumerate());
    for (i, (part, page)) in pages {
        if let Some(problem) = page.as_ref().and_then(page_problem) {
            return Err(fault(&[part, &i.to_string(), "page"], problem));
        }
    }
    for (i, map) in project.maps.iter().flatten().enumerate() {
        let index = i.to_string();
        for id in &map.points {
            // Readings give a table of points for each thing read: `ID-thing`.
            let gives = |table: &TableConfig| match &table.kind {
                TableKind::Points { .. } => table.id == *id,
                TableKind::Readings { .. } => id.strip_prefix(table.id.as_str()).is_some_and(|rest| rest.starts_with('-')),
                _ => false,
            };
            if !project.tables.iter().any(gives) {
                let known: Vec<&str> = project
                    .tables
                    .iter()
                    .filter(|table| matches!(table.kind, TableKind::Points { .. }))
                    .map(|table| table.id.as_str())
                    .collect();
                let known = known.join(", ");
                return Err(fault(
                    &["maps", &index, "points"],
                    message!(
                        "không có bảng điểm \"{id}\"; đang có: {known}",
                        "there is no table of points \"{id}\"; there are: {known}"
                    ),
                ));
            }
        }
        if let MapKind::Hotspots(HotspotsKeys { weights: Some(weights), .. }) = &map.kind
            && let Err(known) = weights.parse::<crate::values::neighbours::Rule>()
        {
            return Err(fault(
                &["maps", &index, "weights"],
                message!(
                    "không có láng giềng kiểu \"{weights}\"; có: {known}",
                    "there are no neighbours \"{weights}\"; there are: {known}"
                ),
            ));
        }
        if matches!(map.kind, MapKind::Bivariate { .. } | MapKind::Symbols { .. }) && map.with().is_none() {
            return Err(fault(
                &["maps", &index, "kind"],
                message!(
                    "bản đồ loại này cần chỉ tiêu thứ hai: with = \"…\"",
                    "this kind of map needs a second measure: with = \"…\""
                ),
            ));
        }
    }
    for (i, map) in project.maps.iter().flatten().enumerate() {
        let chance = match &map.kind {
            MapKind::Hotspots(keys) => chance_problem(None, None, keys.permutations),
            MapKind::Scan(keys) => chance_problem(keys.max_share, keys.max_radius_km, keys.permutations),
            _ => None,
        };
        if let Some(problem) = chance {
            return Err(fault(&["maps", &i.to_string(), "kind"], problem));
        }
    }
    for (i, analysis) in project.analyses.iter().enumerate() {
        let index = i.to_string();
        if analysis.measure.is_empty() && analysis.points.is_none() {
            return Err(fault(
                &["analyses", &index, "kind"],
                message!("thiếu measure hoặc points", "measure or points is missing"),
            ));
        }
        if let Some(weights) = &analysis.weights
            && let Err(known) = weights.parse::<crate::values::neighbours::Rule>()
        {
            return Err(fault(
                &["analyses", &index, "weights"],
                message!("không hiểu \"{weights}\"; dùng được: {known}", "cannot read \"{weights}\"; it may be: {known}"),
            ));
        }
        let (share, radius) = match &analysis.kind {
            AnalysisKind::Scan(keys) => (keys.max_share, keys.max_radius_km),
            _ => (None, None),
        };
        if let Some(problem) = chance_problem(share, radius, analysis.permutations) {
            return Err(fault(&["analyses", &index, "kind"], problem));
        }
    }
    for (i, inset) in project.insets.iter().enumerate() {
        let [west, south, east, north] = inset.extent;
        if !(west < east && south < north && (-180.0..=180.0).contains(&west) && (-90.0..=90.0).contains(&south)) {
            return Err(fault(
                &["insets", &i.to_string(), "extent"],
                message!("extent là [tây, nam, đông, bắc] theo độ", "extent is [west, south, east, north] in degrees"),
            ));
        }
    }
    for (name, scale) in &project.scales {
        let breaks = scale.breaks.as_deref().unwrap_or_default();
        if breaks.windows(2).any(|pair| pair[0] >= pair[1]) || breaks.iter().any(|b| !b.is_finite()) {
            return Err(fault(&["scales", name, "breaks"], message!("các mốc phải tăng dần", "breaks must ascend")));
        }
        if scale.scheme == Some(Scheme::Fixed) && breaks.is_empty() {
            return Err(fault(
                &["scales", name, "scheme"],
                message!("scheme = \"fixed\" cần breaks = […]", "scheme = \"fixed\" needs breaks = […]"),
            ));
        }
        let classes = scale.classes.unwrap_or(5);
        if !(1..=12).contains(&classes) {
            return Err(fault(&["scales", name, "classes"], message!("số lớp phải từ 1 đến 12", "there can be 1 to 12 classes")));
        }
    }
    Ok(())
}

/// What of a search for clusters cannot be.
fn chance_problem(share: Option<f64>, radius_km: Option<f64>, permutations: Option<usize>) -> Option<Message> {
    if share.is_some_and(|share| !(share > 0.0 && share <= 1.0)) {
        return Some(message!("max_share phải lớn hơn 0 và không quá 1", "max_share must be above 0 and at most 1"));
    }
    if radius_km.is_some_and(|radius| !(radius > 0.0 && radius.is_finite())) {
        return Some(message!("max_radius_km phải lớn hơn 0", "max_radius_km is above 0"));
    }
    permutations
        .is_some_and(|rounds| rounds > MOST_ROUNDS)
        .then(|| message!("permutations không quá {MOST_ROUNDS}", "permutations is at most {MOST_ROUNDS}"))
}

/// More permutations than this do not fit in memory and sharpen no p.
pub const MOST_ROUNDS: usize = 1_000_000;

/// What a table of its kind lacks.
fn needs_of_kind(table: &TableConfig) -> Option<Message> {
    let TableKind::Forecast(own) = &table.kind else {
        return table.file.is_empty().then(|| message!("thiếu \"file\"", "\"file\" is missing"));
    };
    let known = forecast_models();
    let Some(model) = own.model.as_deref() else {
        return Some(message!(
            "kind = \"forecast\" cần model; có: {known}",
            "kind = \"forecast\" needs a model; there are: {known}"
        ));
    };
    if !is_model(model) {
        let near = crate::values::text::nearest(model, FORECAST_MODELS).unwrap_or("weekly").to_owned();
        return Some(message!(
            "không có mô hình \"{model}\"; có: {known}; có phải ý là \"{near}\"?",
            "there is no model \"{model}\"; there are: {known}; did you mean \"{near}\"?"
        ));
    }
    match model {
        "weekly" => None,
        _ if table.file.is_empty() => {
            Some(message!("mô hình này cần tệp thời tiết (\"file\")", "this model needs a file of weather"))
        }
        "insects" => (own.species.is_none() || own.start.is_none())
            .then(|| message!("model = \"insects\" cần species và start", "model = \"insects\" needs species and start")),
        _ => own
            .emergence
            .is_none()
            .then(|| message!("mô hình bệnh cần emergence (ngày mọc mầm)", "a model of disease needs emergence")),
    }
}

fn is_model(model: &str) -> bool {
    model.ends_with(".toml") || FORECAST_MODELS.contains(&model)
}

/// Models that `kind = "forecast"` knows, in words.
fn forecast_models() -> String {
    FORECAST_MODELS.join(", ")
}

/// Refuses a page that cannot be drawn.
pub fn check_page(page: &Page) -> Result<()> {
    match page_problem(page) {
        Some(problem) => Err(Fault::new("bad-project", Place { column: "page".to_owned(), ..Place::default() }, problem)),
        None => Ok(()),
    }
}

/// What is wrong with a page.
fn page_problem(page: &Page) -> Option<Message> {
    let [width, height] = page.units();
    if page.size.is_some() && (page.width.is_some() || page.height.is_some()) || page.width.is_some() != page.height.is_some() {
        return Some(message!(
            "khổ trang là size = \"…\", hoặc cả width và height",
            "a page has size = \"…\", or both width and height"
        ));
    }
    if !(200.0..=20_000.0).contains(&width) || !(200.0..=20_000.0).contains(&height) {
        return Some(message!("khổ trang phải từ 200 đến 20000 điểm ảnh", "a page has 200 to 20000 pixels each way"));
    }
    let pixels = width.max(height) / width * page.inches() * page.dpi();
    if !(10.0..=2400.0).contains(&page.dpi()) || pixels > 20_000.0 {
        return Some(message!(
            "dpi phải từ 10 đến 2400 và ảnh không quá 20000 điểm ảnh mỗi chiều",
            "dpi is 10 to 2400, and a picture has at most 20000 pixels each way"
        ));
    }
    None
}
