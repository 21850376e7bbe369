//! What a workbook may ask for before any of it is read: a small file can claim or hold more than a machine has.

use crate::message;
use crate::run::{Fault, Place, Result};
use std::io::{Cursor, Read};

/// Sheets that a workbook may have.
pub const MOST_SHEETS: usize = 2_000;
/// Bytes at the head of the list of texts that say how many there are.
const HEAD: u64 = 4 << 10;
/// The shortest text of the list, `<si/>`.
const SHORTEST: u64 = 5;

/// Refuses a workbook that unpacks to more than `most` bytes, or that claims more texts than its list has bytes for.
pub fn check(bytes: &[u8], file: &str, most: u64) -> Result<()> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    let mut left = most;
    for index in 0..archive.len() {
        let Ok(mut entry) = archive.by_index(index) else { continue };
        let of_texts = entry.name().is_ok_and(|name| name.eq_ignore_ascii_case("xl/sharedStrings.xml"));
        let mut head = Vec::new();
        let read = entry.by_ref().take(HEAD).read_to_end(&mut head).map_or(0, |read| read as u64);
        let copied = read + std::io::copy(&mut entry.take((left + 1).saturating_sub(read)), &mut std::io::sink()).unwrap_or(0);
        if copied > left {
            let most = most >> 20;
            return Err(Fault::new(
                "workbook-too-large",
                Place::file(file).value(format!("{} byte", bytes.len())),
                message!(
                    "sổ Excel giải nén ra hơn {most} MiB, không đọc",
                    "the workbook unpacks to more than {most} MiB and is not read"
                ),
            )
            .hint(message!(
                "xóa các trang và vùng định dạng thừa, hoặc lưu bảng cần dùng thành CSV UTF-8",
                "delete surplus sheets and formatted areas, or save the table you need as CSV UTF-8"
            )));
        }
        let claimed = claimed(&head).filter(|_| of_texts).unwrap_or(0);
        if claimed > copied / SHORTEST + 1 {
            return Err(Fault::new(
                "bad-workbook",
                Place::file(file).value(claimed.to_string()),
                message!(
                    "sổ Excel hỏng: danh sách chữ ghi {claimed} mục, tệp không đủ chỗ cho số ấy",
                    "the workbook is broken: its list of texts claims {claimed} entries, more than the file has room for"
                ),
            )
            .hint(message!(
                "mở tệp bằng Excel hoặc LibreOffice rồi lưu lại thành .xlsx",
                "open it in Excel or LibreOffice and save it again as .xlsx"
            )));
        }
        left -= copied;
    }
    Ok(())
}

/// How many texts the head of a list of texts states. Its `count` is how often they are used and may be larger; readers make room by
/// `uniqueCount`.
fn claimed(head: &[u8]) -> Option<u64> {
    let head = String::from_utf8_lossy(head);
    let (_, after) = head.split_once("uniqueCount=")?;
    let digits: String = after.trim_start_matches(['"', '\'']).chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Refuses a workbook with more sheets than people make.
pub fn check_sheets(count: usize, file: &str) -> Result<()> {
    if count <= MOST_SHEETS {
        return Ok(());
    }
    let message = message!(
        "sổ có {count} trang tính, quá {MOST_SHEETS}: không đọc",
        "the workbook has {count} sheets, more than {MOST_SHEETS}: it is not read"
    );
    Err(Fault::new("too-many-sheets", Place::file(file), message).hint(message!(
        "tách thành nhiều tệp, mỗi năm một tệp chẳng hạn",
        "divide it into several files, one a year for instance"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn packed(name: &str, content: &[u8]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
        archive.write_all(content).expect("bytes");
        archive.finish().expect("an archive").into_inner()
    }

    #[test]
    fn a_small_file_that_unpacks_to_a_large_one_is_refused() {
        let bytes = packed("xl/worksheets/sheet1.xml", &vec![b' '; 3 << 20]);
        assert!(bytes.len() < 100_000);
        assert_eq!(check(&bytes, "bom.xlsx", 2 << 20).map_err(|fault| fault.code), Err("workbook-too-large"));
        assert_eq!(check(&bytes, "bom.xlsx", 4 << 20), Ok(()));
    }

    #[test]
    fn more_texts_than_there_is_room_for_are_refused() {
        let list = |count: u64| {
            packed("xl/sharedStrings.xml", format!("<sst uniqueCount=\"{count}\"><si><t>a</t></si></sst>").as_bytes())
        };
        assert_eq!(check(&list(1), "a.xlsx", 1 << 20), Ok(()));
        assert_eq!(check(&list(4_294_967_295), "a.xlsx", 1 << 20).map_err(|fault| fault.code), Err("bad-workbook"));
    }
}
