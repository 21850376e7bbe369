//! Writes docs/cli.md from the definitions of the command line.

#[path = "../tests/common/cli_document.rs"]
mod cli_document;

fn main() -> std::io::Result<()> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    std::fs::write(path, cli_document::document(&mut ruong::cli::definition()))
}
