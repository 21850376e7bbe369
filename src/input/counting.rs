//! What is counted one by one, and so has no decimals: animals, people, households.

use crate::message;
use crate::run::{Fault, Place};
use crate::values::text::fold;

/// Units of what is counted one by one.
const COUNTED: [&str; 11] =
    ["con", "nguoi", "ho", "ho dan", "trai", "o dich", "san pham", "thanh vien", "xa vien", "cai", "nong ho"];
/// Words of headings that speak of animals or households without a unit.
const WORDS: [&str; 5] = ["tong dan", "da tiem", "so con", "so ho", "so luong con"];

/// Whether a text has a unit in its brackets, and whether it is one of what is counted.
pub fn unit(text: &str) -> Option<bool> {
    let inside = text.rsplit_once('(')?.1.split_once(')')?.0;
    Some(COUNTED.contains(&fold(inside.trim_start_matches("ĐVT:").trim_start_matches("đvt:")).as_str()))
}

/// Whether a heading speaks of animals or households without a unit.
pub fn says(heading: &str) -> bool {
    let words = format!(" {} ", fold(heading));
    WORDS.iter().any(|word| words.contains(&format!(" {word} ")))
}

/// Words of headings of money.
const MONEY: [&str; 9] = ["gia", "don gia", "thanh tien", "chi phi", "doanh thu", "loi nhuan", "vnd", "so tien", "tri gia"];

/// Whether a heading is that of money.
pub fn is_of_money(heading: &str) -> bool {
    let words = format!(" {} ", fold(heading));
    MONEY.iter().any(|word| words.contains(&format!(" {word} ")))
}

/// Whether what stands below a heading is counted one by one.
pub fn is_counted(heading: &str) -> bool {
    unit(heading).unwrap_or_else(|| says(heading))
}

/// Of animals there are 1.250, never one and a quarter: the sign that the rest of the file proves does not hold here.
pub fn part_of_one(text: &str, place: Place) -> Fault {
    Fault::new(
        "mixed-decimals",
        place,
        message!(
            "\"{text}\" là số đếm (con, người, hộ), không thể có phần lẻ như các số khác của tệp cho thấy",
            "\"{text}\" counts animals, people or households and cannot have the decimals that other numbers of the file show"
        ),
    )
    .hint(message!(
        "viết các số theo một kiểu, hoặc khai báo decimal = \",\" hay \".\" cho bảng này",
        "write the numbers in one way, or declare decimal = \",\" or \".\" for this table"
    ))
}
