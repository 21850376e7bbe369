//! Names of files that every system takes, made of headings and names of pests and communes.

use sha2::{Digest, Sha256};

/// Bytes of a name; with an ending and a week behind it, it stays below what systems allow.
const LONGEST: usize = 120;
/// Names of devices on Windows, whatever their ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A readable file name, without its ending. Names that are safe stay as they are.
pub fn file_name(id: &str) -> String {
    let apart = |c: char| matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') || c.is_control();
    let pieces: Vec<&str> =
        id.split(apart).map(|piece| piece.trim_matches([' ', '.'])).filter(|piece| !piece.is_empty()).collect();
    let safe = if id.contains(apart) { pieces.join("-") } else { id.trim_end_matches([' ', '.']).trim_start().to_owned() };
    let stem = safe.split('.').next().unwrap_or_default().to_lowercase();
    let numbered =
        |kind: &str| stem.strip_prefix(kind).is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit());
    let safe = match safe.as_str() {
        "" => "_".to_owned(),
        _ if DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt") => format!("_{safe}"),
        _ => safe,
    };
    if safe.len() <= LONGEST {
        return safe;
    }
    // What is cut off still tells two long names apart.
    let hash: String = Sha256::digest(id).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let end = (0..=LONGEST - hash.len() - 1).rev().find(|&end| safe.is_char_boundary(end)).unwrap_or(0);
    format!("{}-{hash}", safe[..end].trim_end_matches([' ', '.', '-']))
}

/// The ending of a file's name, in small letters; empty without one.
pub fn ending(file: &str) -> String {
    std::path::Path::new(file).extension().and_then(|ending| ending.to_str()).unwrap_or("").to_lowercase()
}

/// A name as systems compare it that tell neither case nor the composition of letters apart.
pub fn folded(name: &str) -> String {
    super::text::normalise(name).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn names_are_taken_by_every_system_and_stay_readable() {
        assert_eq!(file_name("infested-ha"), "infested-ha");
        assert_eq!(file_name("bang-Diện tích (ha) / Nặng"), "bang-Diện tích (ha)-Nặng");
        assert_eq!(file_name("a:b*c?"), "a-b-c");
        assert_eq!(file_name("ghi chú. "), "ghi chú");
        assert_eq!(
            (file_name("CON"), file_name("com1.x"), file_name("console")),
            ("_CON".into(), "_com1.x".into(), "console".into())
        );
        assert_eq!(file_name("../../x"), "x");
        assert_eq!(file_name("///"), "_");
        let long = file_name(&"ộ".repeat(200));
        assert!(long.len() <= 120 && long != file_name(&"ộ".repeat(201)), "{long}");
    }
}
