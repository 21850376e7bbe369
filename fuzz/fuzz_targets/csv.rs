//! Any bytes as a table.
#![no_main]
use ruong::input::Source;
use ruong::input::Wanted;
use ruong::input::csv;
use ruong::run::Problems;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), bytes).expect("it is written");
    let source = Source { path: file.path().to_path_buf(), name: "fuzz.csv".to_owned(), content: None };
    if let Ok(head) = csv::head(&source, None) {
        let _ = csv::read(&source, &head, &Wanted::All, &mut Problems::default());
    }
});
