//! Comma-, semicolon- and tab-separated tables.

use super::blocks::{Fingerprint, bytes_of, stream};
use super::columns::Column;
use super::csv_chunk::Chunk;
use super::split_csv::{Records, SplitCsv};
use super::table::Table;
use super::{Source, Wanted};
use crate::headings::missing_column;
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::text;
use std::io::Read;

/// Bytes looked at to find the delimiter and the headings.
const HEAD: usize = 256 << 10;

/// The shape of a table file: its headings and its delimiter.
#[derive(Debug, Clone)]
pub struct Head {
    /// Headings, trimmed and in normal form C
    pub headings: Vec<String>,
    /// Delimiter
    pub delimiter: u8,
    /// Whether the delimiter was declared rather than found
    pub declared: bool,
}

/// Looks at the beginning of a file.
pub fn head(source: &Source, delimiter: Option<char>) -> Result<Head> {
    let mut start = Vec::new();
    let (file, _) = bytes_of(source)?;
    file.take(HEAD as u64).read_to_end(&mut start).map_err(|error| Fault::io(&source.path, &error))?;
    let bytes = without_mark(&start);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Fault::new(
            "not-csv",
            Place::file(&source.name),
            message!("đây là tệp Excel, không phải CSV", "this is an Excel file, not CSV"),
        )
        .hint(message!("trong Excel chọn Lưu thành → CSV UTF-8", "in Excel choose Save as → CSV UTF-8")));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Fault::new("empty-file", Place::file(&source.name), message!("tệp trống", "the file is empty")));
    }
    if start.len() == HEAD && !start.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
        return Err(Fault::new(
            "heading-too-long",
            Place::file(&source.name).row(1),
            message!("dòng tiêu đề dài hơn 256 KiB", "the line of headings is longer than 256 KiB"),
        )
        .hint(message!("đây có phải tệp CSV không?", "is this a CSV file?")));
    }
    let declared = delimiter.is_some();
    if let Some(sign) = delimiter.filter(|sign| !sign.is_ascii()) {
        return Err(Fault::new(
            "bad-delimiter",
            Place::file(&source.name).column("delimiter").value(sign.to_string()),
            message!("\"{sign}\" không làm dấu phân cách được", "\"{sign}\" cannot part cells"),
        )
        .hint(message!("dùng một dấu như ; , | hoặc tab", "use a sign such as ; , | or a tab")));
    }
    let delimiter = match delimiter {
        Some(sign) if sign.is_ascii() => sign as u8,
        _ => find_delimiter(bytes),
    };
    let mut reader = reader(bytes, delimiter);
    let mut record = csv::ByteRecord::new();
    reader.read_byte_record(&mut record).map_err(|error| csv_fault(&source.name, 1, &error))?;
    let mut headings: Vec<String> = Vec::with_capacity(record.len());
    for cell in &record {
        let heading = std::str::from_utf8(cell).map_err(|_| encoding_fault(&source.name, 1, "?"))?;
        headings.push(heading.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    for heading in &mut headings {
        *heading = text::normalise(heading).into_owned();
    }
    while headings.len() > 1 && headings.last().is_some_and(String::is_empty) {
        headings.pop();
    }
    if let Some((index, repeated)) =
        headings.iter().enumerate().find(|(index, heading)| !heading.is_empty() && headings[..*index].contains(heading))
    {
        let column = index + 1;
        return Err(Fault::new(
            "duplicate-heading",
            Place::file(&source.name).row(1).column(repeated.as_str()),
            message!(
                "tiêu đề \"{repeated}\" lặp lại ở cột thứ {column}",
                "the heading \"{repeated}\" comes again in column {column}"
            ),
        )
        .hint(message!("đặt tên khác nhau cho từng cột", "give each column its own name")));
    }
    if headings.len() > 1 {
        refuse_quoted_rows(bytes, delimiter, &source.name)?;
    }
    Ok(Head { headings, delimiter, declared })
}

/// Refuses a table whose rows are each one quoted text with the cells inside it.
fn refuse_quoted_rows(bytes: &[u8], delimiter: u8, file: &str) -> Result<()> {
    let lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let quoted = |line: &[u8]| {
        let inner = line.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
        inner.is_some_and(|inner| !inner.contains(&b'"') && inner.contains(&delimiter))
    };
    let rows: Vec<&[u8]> = lines.skip(1).take(20).collect();
    if rows.is_empty() || !rows.iter().all(|row| quoted(row)) {
        return Ok(());
    }
    let shown = String::from_utf8_lossy(rows[0]).into_owned();
    Err(Fault::new(
        "quoted-rows",
        Place::file(file).row(2).value(&shown),
        message!("cả dòng nằm trong một cặp ngoặc kép: {shown}", "the whole row stands in one pair of quotes: {shown}"),
    )
    .hint(message!(
        "bỏ ngoặc kép ở đầu và cuối mỗi dòng, hoặc mở bằng Excel rồi lưu lại thành .xlsx",
        "take the quotes off both ends of every row, or save it as .xlsx again"
    )))
}

/// Reads the wanted columns of a table.
pub fn read(source: &Source, head: &Head, wanted: &Wanted, problems: &mut Problems) -> Result<Table> {
    let picked: Vec<usize> = match wanted {
        Wanted::All => (0..head.headings.len()).collect(),
        Wanted::Only(names) => names
            .iter()
            .map(|name| {
                let found = head.headings.iter().position(|heading| heading == name);
                found.ok_or_else(|| missing_column(&source.name, name, &head.headings))
            })
            .collect::<Result<_>>()?,
    };
    let mut table = Table {
        file: source.name.clone(),
        columns: picked.iter().map(|&index| Column::new(head.headings[index].as_str())).collect(),
        headings: head.headings.clone(),
        ..Table::default()
    };
    let sign = match head.delimiter {
        b'\t' => "tab".to_owned(),
        ONE_COLUMN => "none".to_owned(),
        sign => char::from(sign).to_string(),
    };
    let how = if head.declared { "declared" } else { "found" };
    table.read_as.insert("delimiter", format!("{sign} ({how})"));
    let mut split = SplitCsv { file: source.name.clone(), delimiter: head.delimiter, started: false };
    let parse = |bytes: &[u8], records: &Records| Chunk::parse(bytes, records, head, &picked, &source.name);
    let mut ragged = Vec::new();
    let mut base = 0;
    let fingerprint = stream(source, &mut split, parse, |part, expected| {
        let part = part?;
        for (column, piece) in table.columns.iter_mut().zip(&part.columns) {
            column.append(piece, expected);
        }
        for &(row, line) in &part.lines {
            let (row, line) = (row + table.rows, line + base);
            let expected = table.lines.last().map(|&(first, at)| at + (row - first) as u64);
            if expected != Some(line) {
                table.lines.push((row, line));
            }
        }
        table.rows += part.rows;
        ragged.extend(part.ragged.into_iter().map(|(line, cells)| (line + base, cells)));
        base += part.line_breaks;
        Ok(())
    });
    // Faults come after all parts before them, and count lines from where those end.
    table.fingerprint = fingerprint.map_err(|mut fault| {
        fault.place.row = fault.place.row.map(|line| line + base);
        fault
    })?;
    let expected = head.headings.len();
    for (line, cells) in ragged {
        problems.warning(
            "ragged-row",
            Place::file(&source.name).row(line).value(cells.to_string()),
            message!("dòng có {cells} ô, tiêu đề có {expected}", "the row has {cells} cells, the heading {expected}"),
            Some(message!(
                "ô thiếu được coi là không có số liệu; ô thừa không được đọc",
                "missing cells count as no data; cells too many are not read"
            )),
        );
    }
    Ok(table)
}

pub(crate) fn reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).buffer_capacity(32 << 10).from_reader(bytes)
}

/// The delimiter that gives the first line most cells and later lines as many; a comma if none does.
fn find_delimiter(bytes: &[u8]) -> u8 {
    let score = |delimiter: u8| {
        let mut records = reader(bytes, delimiter).into_byte_records();
        let width = records.next().and_then(std::result::Result::ok).map_or(0, |record| record.len());
        let alike = records.take(20).flatten().filter(|record| record.len() == width).count();
        if width < 2 { (0, 0) } else { (alike, width) }
    };
    let found = DELIMITERS.into_iter().max_by_key(|&delimiter| (score(delimiter), delimiter == b','));
    // A heading without any sign is a table of one column; signs in its rows are decimal signs or part of words.
    found.filter(|&delimiter| score(delimiter).1 > 1).unwrap_or(ONE_COLUMN)
}

/// Signs between cells.
const DELIMITERS: [u8; 4] = *b",;\t|";
/// The sign between the cells of a table of one column: one that no text has.
const ONE_COLUMN: u8 = 0x1f;

/// A first line such as `sep=;`, which Excel reads as the delimiter.
pub fn declared_in_file(source: &Source) -> Result<Option<char>> {
    let mut start = Vec::new();
    let (file, _) = bytes_of(source)?;
    file.take(64).read_to_end(&mut start).map_err(|error| Fault::io(&source.path, &error))?;
    let line = without_mark(&start).split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let sign = line.get(..4).filter(|name| name.eq_ignore_ascii_case(b"sep=")).and(line.get(4..));
    Ok(sign.filter(|sign| sign.len() == 1 && sign.is_ascii()).map(|sign| char::from(sign[0])))
}

/// Whether the first row is a title rather than headings: much narrower than the rows below it.
pub fn has_titles(source: &Source, delimiter: Option<char>) -> Result<bool> {
    let mut start = Vec::new();
    let (file, _) = bytes_of(source)?;
    file.take(64 << 10).read_to_end(&mut start).map_err(|error| Fault::io(&source.path, &error))?;
    let bytes = without_mark(&start);
    let delimiter = widest_delimiter(bytes, delimiter);
    let filled = |record: csv::ByteRecord| record.iter().filter(|cell| !cell.trim_ascii().is_empty()).count();
    let mut widths = reader(bytes, delimiter).into_byte_records().take(60).flatten().map(filled);
    let first = widths.next().unwrap_or(0);
    let mut rest: Vec<usize> = widths.filter(|&width| width > 0).collect();
    rest.sort_unstable();
    Ok(rest.len() >= 2 && rest.get(rest.len() / 2).is_some_and(|&usual| usual >= 3 && 2 * first <= usual))
}

/// The delimiter that gives the widest rows.
fn widest_delimiter(bytes: &[u8], declared: Option<char>) -> u8 {
    if let Some(sign) = declared.filter(char::is_ascii) {
        return sign as u8;
    }
    let cells = |delimiter: u8| {
        let records = reader(bytes, delimiter).into_byte_records().take(60).flatten();
        records.map(|record| record.len().saturating_sub(1)).sum::<usize>()
    };
    DELIMITERS.into_iter().max_by_key(|&delimiter| (cells(delimiter), delimiter == b',')).unwrap_or(b',')
}

/// Cells of a text table: (line, column, text), lines and columns from 0.
type TextCells = (Vec<(u32, u32, String)>, Fingerprint, String);

/// All cells of a text table that is laid out like a sheet.
pub fn cells(source: &Source, delimiter: Option<char>) -> Result<TextCells> {
    let whole = super::blocks::whole(source)?;
    let bytes = without_mark(&whole);
    let sign = widest_delimiter(&bytes[..bytes.len().min(64 << 10)], delimiter);
    let mut reader = reader(bytes, sign);
    let mut record = csv::ByteRecord::new();
    let mut cells = Vec::new();
    let (mut line, mut counted) = (0u32, 0usize);
    while reader.read_byte_record(&mut record).map_err(|error| csv_fault(&source.name, 1, &error))? {
        let mut begin = record.position().map_or(0, |position| position.byte() as usize);
        while bytes.get(begin).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            begin += 1;
        }
        line += memchr::memchr_iter(b'\n', &bytes[counted..begin.max(counted)]).count() as u32;
        counted = begin.max(counted);
        for (column, cell) in record.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let text = std::str::from_utf8(cell)
                .map_err(|_| encoding_fault(&source.name, u64::from(line) + 1, &String::from_utf8_lossy(cell)))?;
            cells.push((line, column as u32, text.to_owned()));
        }
    }
    let name = if sign == b'\t' { "tab".to_owned() } else { char::from(sign).to_string() };
    Ok((cells, super::blocks::fingerprint(&whole), name))
}

pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

pub(crate) fn encoding_fault(file: &str, line: u64, found: &str) -> Fault {
    Fault::new(
        "not-utf8",
        Place::file(file).row(line).value(found),
        message!("chữ ở đây không phải UTF-8: \"{found}\"", "the text here is not UTF-8: \"{found}\""),
    )
    .hint(message!(
        "mở bằng Excel rồi Lưu thành → CSV UTF-8 (phông TCVN3, VNI phải đổi sang Unicode trước)",
        "open it in Excel, then Save as → CSV UTF-8 (convert TCVN3 or VNI text to Unicode first)"
    ))
}

pub(crate) fn csv_fault(file: &str, line: u64, error: &csv::Error) -> Fault {
    let line = line - 1 + error.position().map_or(1, csv::Position::line);
    Fault::new("bad-csv", Place::file(file).row(line), message!("CSV hỏng", "broken CSV").because(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_gives_even_rows() {
        assert_eq!(find_delimiter(b"ma;ten;ha\n1;A, B;1,5\n2;C;2,5\n"), b';');
        assert_eq!(find_delimiter(b"ma,ten\n1,A\n"), b',');
        assert_eq!(find_delimiter(b"ma\tten\n1\tA\n"), b'\t');
        assert_eq!(find_delimiter(b"code\n1,5\n2,5\n"), ONE_COLUMN);
        assert_eq!(find_delimiter(b"ma|ha\n1|0,5\n2|1,5\n"), b'|');
    }
}
