//! Any bytes as a workbook.
#![no_main]
use ruong::input::Source;
use ruong::readers::tables;
use ruong::readers::tables::Form;
use ruong::run::Problems;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in ["fuzz.xlsx", "fuzz.xls", "fuzz.ods"] {
        let source = Source { path: name.into(), name: name.to_owned(), content: Some(bytes.into()) };
        let _ = tables::read(&source, &Form { sheet: Some("*".to_owned()), ..Form::default() }, &mut Problems::default());
    }
});
