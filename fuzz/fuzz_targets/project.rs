//! Any text as a project file.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = ruong::project::parse(text, "ruong.toml");
});
