//! Writes docs/ruong.schema.json: `cargo run --example make_schema`.

fn main() -> std::io::Result<()> {
    let text = serde_json::to_string_pretty(&ruong::project::schema::schema())?;
    std::fs::write("docs/ruong.schema.json", text + "\n")
}
