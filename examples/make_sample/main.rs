//! Makes the sample project `data/hong-ngu`: `cargo run --release --example make_sample`.
//!
//! Real: codes and names of the ten units of 2024, their areas to within a few per cent, the published totals (3,000 ha
//! under contract; organic rice 9.45 ha by 10 members; 5 four-star and 14 three-star OCOP products; 113 %, 126.67 % and
//! 180 % of plan; 9 of 9 new-rural communes; 100 % mechanised). Made up: boundaries, fields, forecasts, enterprises,
//! places of products, devices and outbreaks, and how every total is divided among communes. The same program always writes the same bytes.

mod around;
mod forecasts;
mod land;
mod livestock;
mod tables;

use std::path::Path;

/// Repeatable noise: a number in 0..1 from any three whole numbers (splitmix64).
fn noise(a: u64, b: u64, c: u64) -> f64 {
    let mut z =
        a.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ b.wrapping_mul(0xbf58_476d_1ce4_e5b9) ^ c.wrapping_mul(0x94d0_49bb_1331_11eb);
    for _ in 0..2 {
        z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
    }
    (z >> 11) as f64 / (1u64 << 53) as f64
}

fn main() -> std::io::Result<()> {
    let folder = Path::new("data/hong-ngu");
    std::fs::create_dir_all(folder)?;
    let communes = land::communes();
    std::fs::write(folder.join("communes.geojson"), land::communes_geojson(&communes))?;
    let fields = land::fields(&communes);
    std::fs::write(folder.join("fields.geojson"), land::fields_geojson(&fields))?;
    std::fs::write(folder.join("pest_forecast.csv"), tables::forecast(&fields))?;
    std::fs::write(folder.join("linked_production.csv"), tables::linked(&fields))?;
    std::fs::write(folder.join("organic_rice.csv"), tables::organic())?;
    std::fs::write(folder.join("programmes.csv"), tables::programmes())?;
    std::fs::write(folder.join("neighbours.geojson"), around::neighbours())?;
    std::fs::write(folder.join("ocop.csv"), around::products(&fields))?;
    std::fs::write(folder.join("devices.csv"), around::devices(&fields))?;
    std::fs::write(folder.join("outbreaks.csv"), around::outbreaks(&fields))?;
    std::fs::write(folder.join("livestock_farms.csv"), livestock::register(&fields))?;
    std::fs::write(folder.join("livestock_outbreaks.csv"), livestock::outbreaks(&fields))?;
    std::fs::write(folder.join("light_traps.csv"), forecasts::light_traps())?;
    std::fs::write(folder.join("sensors.csv"), forecasts::sensors())?;
    std::fs::write(folder.join("weather.csv"), forecasts::weather())?;
    std::fs::write(folder.join("stations.csv"), forecasts::stations())?;
    std::fs::write(folder.join("history.csv"), forecasts::history())?;
    let total: f64 = fields.iter().map(|field| field.hectares).sum();
    println!("{} communes, {} fields, {total:.1} ha", communes.len(), fields.len());
    for commune in &communes {
        println!("{} {} {:.1} ha of {:.1}", commune.code, commune.name, commune.hectares(), commune.target);
    }
    Ok(())
}
