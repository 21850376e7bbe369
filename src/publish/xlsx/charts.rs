//! Charts of the main tables, on a sheet of their own so that they are printed whole. They draw the cells of the tables.

use super::paper::{OVER, head, name_of, on_paper};
use super::{About, HEADS};
use crate::tables::{Cell, Sheet};
use crate::values::{Lang, Value};
use rust_xlsxwriter::{Chart, ChartFont, ChartFormat, ChartType, Color, Workbook, XlsxError};

/// Rows of a table from which a chart of it cannot be read.
const MOST: usize = 40;
/// Colours of this period and of those before it.
const COLOURS: [u32; 3] = [0x00C9_5A1E, 0x009A_A3AB, 0x00D3_D8DC];
/// Width in pixels: that of A4 on its side, in every suite.
const WIDE: u32 = 800;
/// Rows of cells that a hundred pixels are.
const ROWS_OF_100: f64 = 5.0;

/// A chart of some rows of a table.
struct Bars {
    sheet: String,
    title: String,
    /// First and last of the rows, and the column of their names
    rows: [u32; 2],
    names: u16,
    /// Name and column
    series: Vec<(String, u16)>,
}

/// Adds the sheet with the charts, if there is anything to draw.
pub(super) fn add(workbook: &mut Workbook, sheets: &[&Sheet], about: &About, lang: Lang) -> std::result::Result<(), XlsxError> {
    let list: Vec<Bars> = sheets.iter().filter_map(|sheet| bars(sheet, lang)).collect();
    if list.is_empty() {
        return Ok(());
    }
    let sheet = workbook.add_worksheet();
    let title = lang.pick("Biểu đồ", "Charts");
    head(sheet, title, about.lines())?;
    // No suite breaks a page within a column, and rows are as high as they are counted.
    sheet.set_column_width_pixels(0, WIDE + 10)?;
    sheet.set_default_row_height_pixels(100 / ROWS_OF_100 as u32);
    let mut at = OVER + 1;
    let mut breaks = Vec::new();
    for bars in &list {
        if at > OVER + 1 {
            breaks.push(at - 1);
        }
        let rows = bars.rows[1] - bars.rows[0] + 1;
        let height = 130 + rows * (14 + 12 * bars.series.len() as u32);
        sheet.insert_chart(at, 0, &chart(bars))?;
        at += (f64::from(height) / 100.0 * ROWS_OF_100).ceil() as u32 + 2;
    }
    sheet.set_page_breaks(&breaks)?;
    on_paper(sheet);
    Ok(())
}

fn chart(bars: &Bars) -> Chart {
    let mut chart = Chart::new(ChartType::Bar);
    let ([from, to], sheet) = (bars.rows, bars.sheet.as_str());
    for ((words, column), colour) in bars.series.iter().zip(COLOURS) {
        chart
            .add_series()
            .set_categories((sheet, from, bars.names, to, bars.names))
            .set_values((sheet, from, *column, to, *column))
            .set_name(words)
            .set_format(ChartFormat::new().set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(Color::RGB(colour))))
            .set_gap(40);
    }
    chart.title().set_name(&bars.title).set_font(ChartFont::new().set_bold().set_size(13));
    if bars.series.len() == 1 {
        chart.legend().set_hidden();
    } else {
        chart.legend().set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
    }
    // Rows run from the top down, as in the table.
    chart.y_axis().set_reverse();
    chart.x_axis().set_num_format("#,##0");
    let rows = to - from + 1;
    chart.set_width(WIDE).set_height(130 + rows * (14 + 12 * bars.series.len() as u32));
    chart
}

/// What is drawn of a table: contracts at risk or infested land by commune, infested land by pest, contracts at risk by enterprise. What is
/// not known would be drawn as 0, so columns with gaps are not drawn.
fn bars(sheet: &Sheet, lang: Lang) -> Option<Bars> {
    let people = sheet.for_people(lang);
    let place = |id: &str| people.headings.iter().position(|heading| heading.id == id);
    let all = 0..sheet.rows.len();
    let (rows, names, columns) = match sheet.id {
        "communes" => {
            let leading =
                ["linked_at_risk_ha", "linked_at_risk_high_ha", "infested_ha"].into_iter().find(|id| place(id).is_some())?;
            (all, place("name")?, vec![leading.to_owned(), format!("{leading}_previous")])
        }
        "summary" => {
            let of_pest = |row: &Vec<Cell>| matches!(&row[0], Cell::Text(id) if id.starts_with("infested_ha:") && !id.ends_with(":unplaced"));
            let first = sheet.rows.iter().position(of_pest)?;
            let count = sheet.rows[first..].iter().take_while(|row| of_pest(row)).count();
            (first..first + count, place("name")?, ["current", "previous", "last_year"].map(str::to_owned).to_vec())
        }
        "enterprises" => (all, place("enterprise")?, vec!["at_risk_ha".to_owned()]),
        _ => return None,
    };
    if !(2..=MOST).contains(&rows.len()) {
        return None;
    }
    let known = |at: usize| people.rows[rows.clone()].iter().all(|row| matches!(row[at], Cell::Value(Value::Number(_))));
    let found: Vec<usize> = columns.iter().filter_map(|id| place(id)).collect();
    // The first column is what the chart is of.
    let series: Vec<usize> = found.into_iter().filter(|at| known(*at)).collect();
    let first = *series.first().filter(|at| Some(**at) == place(&columns[0]))?;
    let own = people.headings[first].title.get(lang);
    let (title, this) = match sheet.id {
        "summary" => (lang.pick("Diện tích nhiễm theo sâu bệnh (ha)", "Infested land by pest (ha)"), own),
        "enterprises" => (lang.pick("Liên kết có nguy cơ theo doanh nghiệp (ha)", "Contracts at risk by enterprise (ha)"), own),
        _ => (own, lang.pick("Kỳ này", "This period")),
    };
    let words = |at: &usize| match people.headings[*at].title.get(lang).split_once(": ") {
        _ if *at == first => this.to_owned(),
        Some((_, when)) => crate::values::text::capital(when.rsplit_once(" (").map_or(when, |(when, _)| when).trim()),
        None => people.headings[*at].title.get(lang).to_owned(),
    };
    let top = OVER + HEADS;
    Some(Bars {
        sheet: name_of(sheet.title.get(lang)),
        title: title.to_owned(),
        rows: [top + rows.start as u32, top + rows.end as u32 - 1],
        names: names as u16,
        series: series.iter().map(|at| (words(at), *at as u16)).collect(),
    })
}
