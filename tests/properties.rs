//! Readers meet generated and mutated input: they return, with a layer, a table or a fault; they never panic.

mod common;
use common::*;
use proptest::prelude::*;
use ruong::input::{Source, Wanted, csv as table, geojson};
use ruong::run::Problems;

fn source(bench: &Bench, name: &str) -> Source {
    Source { path: bench.path(name), name: name.to_owned() }
}

fn read_geojson(bytes: &[u8]) -> Option<(usize, usize)> {
    let bench = Bench::new();
    bench.write("f.geojson", bytes);
    let layer = geojson::read(&source(&bench, "f.geojson"), &Wanted::All, &mut Problems::default()).ok()?;
    let communes = ruong::join::overlay::CommuneIndex::new(&layer.shapes);
    let pieces = ruong::join::overlay::overlay(&layer.shapes, &communes);
    Some((layer.table.rows, pieces.len()))
}

fn read_csv(bytes: &[u8]) -> Option<usize> {
    let bench = Bench::new();
    bench.write("t.csv", bytes);
    let source = source(&bench, "t.csv");
    let head = table::head(&source, None).ok()?;
    let table = table::read(&source, &head, &Wanted::All, &mut Problems::default()).ok()?;
    (0..table.rows).for_each(|row| assert!(table.line(row) > 0));
    Some(table.rows)
}

/// Replaces, removes or repeats bytes at some places.
fn mutate(mut bytes: Vec<u8>, changes: &[(usize, u8, u8)]) -> Vec<u8> {
    for &(at, kind, byte) in changes {
        if bytes.is_empty() {
            break;
        }
        let at = at % bytes.len();
        match kind % 4 {
            0 => bytes[at] = byte,
            1 => {
                bytes.remove(at);
            }
            2 => bytes.insert(at, byte),
            _ => bytes.truncate(at),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_may_come_as_geojson(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_geojson(&bytes);
    }

    #[test]
    fn mutated_geojson_never_panics(changes in proptest::collection::vec((any::<usize>(), any::<u8>(), any::<u8>()), 1..6)) {
        if let Some((rows, pieces)) = read_geojson(&mutate(two_communes().into_bytes(), &changes)) {
            prop_assert_eq!(rows, pieces);
        }
    }

    #[test]
    fn rings_of_any_numbers_are_overlaid(numbers in proptest::collection::vec((-180.0f64..180.0, -90.0f64..90.0), 4..12)) {
        let ring: Vec<String> = numbers.iter().map(|(x, y)| format!("[{x},{y}]")).collect();
        let text = collection(&[feature("\"a\":1", &format!("[[{}]]", ring.join(","))), feature("\"a\":2", &square(105.0, 10.0, 105.1, 10.1))]);
        prop_assert_eq!(read_geojson(text.as_bytes()), Some((2, 2)));
    }

    #[test]
    fn any_text_may_come_as_csv(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_csv(&bytes);
    }

    #[test]
    fn cells_survive_quoting(cells in proptest::collection::vec("[a-zà-ỹ0-9 ,;\"\n]{1,8}", 1..40)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["x", "y"]).unwrap();
        cells.iter().for_each(|cell| writer.write_record([cell.as_str(), "1"]).unwrap());
        prop_assert_eq!(read_csv(&writer.into_inner().unwrap()), Some(cells.len()));
    }

    #[test]
    fn pieces_of_a_field_and_what_is_outside_make_the_field(
        corners in proptest::collection::vec((0.0f64..0.3, 0.0f64..0.3), 3..9),
        cut in 0.05f64..0.25,
    ) {
        let ring: Vec<String> = corners.iter().chain(corners.first()).map(|(x, y)| format!("[{},{}]", 105.0 + x, 10.0 + y)).collect();
        let bench = Bench::new();
        bench
            .write("f.geojson", collection(&[feature("\"a\":1", &format!("[[{}]]", ring.join(",")))]))
            .write("c.geojson", collection(&[
                feature("\"a\":1", &square(105.05, 10.02, 105.0 + cut + 0.02, 10.25)),
                feature("\"a\":2", &square(105.0 + cut, 10.0, 105.28, 10.2)),
            ]));
        let mut problems = Problems::default();
        let fields = geojson::read(&source(&bench, "f.geojson"), &Wanted::All, &mut problems).unwrap();
        let communes = geojson::read(&source(&bench, "c.geojson"), &Wanted::All, &mut problems).unwrap();
        prop_assume!(fields.shapes.has_geometry(0));
        let index = ruong::join::overlay::CommuneIndex::new(&communes.shapes);
        let pieces = ruong::join::overlay::overlay(&fields.shapes, &index);
        let inside: f64 = pieces.of(0).iter().map(|piece| piece.share).sum();
        let outside: f64 = pieces.outside.iter().map(|(_, share)| share).sum();
        prop_assert!((inside + outside - 1.0).abs() < 1e-9, "{} + {}", inside, outside);
    }
}
