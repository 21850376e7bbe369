//! Any bytes as a text table in any encoding, laid out in any way.
#![no_main]
use ruong::input::Source;
use ruong::readers::tables;
use ruong::readers::tables::Form;
use ruong::run::Problems;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let source = Source { path: "fuzz.csv".into(), name: "fuzz.csv".to_owned(), content: Some(bytes.into()) };
    let _ = tables::read(&source, &Form::default(), &mut Problems::default());
    let _ = tables::read(&source, &Form { header_rows: Some(2), ..Form::default() }, &mut Problems::default());
});
