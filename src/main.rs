//! The program `ruong`.

/// Threads of a run allocate large buffers in step; this allocator keeps their pages instead of giving them back.

fn main() -> std::process::ExitCode {
    ruong::cli::main()
}
