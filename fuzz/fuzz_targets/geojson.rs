//! Any bytes as GeoJSON: read, then laid over themselves.
#![no_main]
use ruong::input::Wanted;
use ruong::layers::geojson;
use ruong::join::overlay::{CommuneIndex, overlay};
use ruong::run::Problems;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(layer) = geojson::parse(bytes, "fuzz.geojson", &Wanted::All, &mut Problems::default()) {
        let pieces = overlay(&layer.shapes, &CommuneIndex::new(&layer.shapes));
        assert_eq!(pieces.len(), layer.table.rows);
    }
});
