//! Writes the documents of the command line from its definitions.

#[path = "../tests/common/cli_document.rs"]
mod cli_document;

fn main() -> std::io::Result<()> {
    for (lang, page) in cli_document::PAGES {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
        std::fs::create_dir_all(path.parent().unwrap_or(&path))?;
        std::fs::write(path, cli_document::document(lang))?;
    }
    Ok(())
}
