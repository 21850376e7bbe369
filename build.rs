//! Where GDAL of the system is linked, its SQLite and the one within this program must not answer for each other.

fn main() {
    let of_system = std::env::var_os("CARGO_FEATURE_GDAL").is_some();
    let linux = std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux");
    if of_system && linux {
        // Else the linker shows the symbols of the static SQLite to libgdal, which was made for another version.
        println!("cargo:rustc-link-arg=-Wl,--exclude-libs,ALL");
    }
    println!("cargo:rerun-if-changed=build.rs");
}
