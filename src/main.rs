//! The program `ruong`.

fn main() -> std::process::ExitCode {
    ruong::cli::main()
}
