//! Readers meet generated and mutated input: they return, with a layer, a table or a fault; they never panic.

mod common;
use common::*;
use proptest::prelude::*;
use ruong::input::Source;
use ruong::input::Wanted;
use ruong::input::csv as table;
use ruong::layers::geojson;
use ruong::run::Problems;

fn source(bench: &Bench, name: &str) -> Source {
    Source { path: bench.path(name), name: name.to_owned(), content: None }
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

/// A layer as it was read: positions to the last bit, every cell, the number of problems.
#[derive(Debug, PartialEq)]
struct Contents(Vec<[u64; 2]>, Vec<Vec<Option<String>>>, usize);

fn contents(text: &str) -> Option<Contents> {
    let mut problems = Problems::default();
    let layer = geojson::parse(text.as_bytes(), "f.geojson", &Wanted::Only(vec!["a".into(), "b".into()]), &mut problems).ok()?;
    let positions = layer.shapes.positions().iter().map(|position| position.map(f64::to_bits)).collect();
    let cells =
        layer.table.columns.iter().map(|column| (0..layer.table.rows).map(|row| column.text(row).map(str::to_owned)).collect());
    Some(Contents(positions, cells.collect(), problems.list().len()))
}

/// A number in one of the forms that programs write.
fn written(number: f64, form: u8) -> String {
    match form % 6 {
        0 => format!("{number}"),
        1 => format!("{number:.7}"),
        2 => format!("{number:.15}"),
        3 => format!("{number:e}"),
        4 => format!("{}", number.trunc()),
        _ => format!("{number:.1}"),
    }
}

#[test]
fn arrays_of_uneven_depth_are_no_polygon() {
    let text = collection(&[feature("\"a\":1", "[[[105.5,10.0],[1,[[0.1,0.1],[0.2,1.1],[0.2,0.2],[1.1,0.1]]]]]")]);
    assert_eq!(read_geojson(text.as_bytes()), Some((1, 1)));
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
    fn ordinary_features_read_as_the_complete_parser_reads_them(
        corners in proptest::collection::vec((-180.0f64..180.0, -90.0f64..90.0, any::<u8>()), 3..9),
        value in prop_oneof![
            Just("null".to_owned()), Just("true".to_owned()), Just("-0".to_owned()), Just("12345678901234567890".to_owned()),
            "\"[a-zà-ỹ ]{0,6}\"", "-?[1-9][0-9]{0,5}(\\.[0-9]{1,4})?(e[0-9])?", Just("00412".to_owned()), Just("\"\\u1ea1\"".to_owned()),
            Just("[1,2]".to_owned()), Just("1.".to_owned())
        ],
        space in "[ \n]{0,2}",
        multi in any::<bool>(),
    ) {
        let ring: Vec<String> = corners.iter().map(|(x, y, form)| format!("[{}{space},{}]", written(*x, *form), written(*y, form / 6))).collect();
        let ring = format!("[[{}]]", ring.join(&format!(",{space}")));
        let (kind, coordinates) = if multi { ("MultiPolygon", format!("[{ring},{ring}]")) } else { ("Polygon", ring) };
        let feature = |more: &str| format!(
            "{{\"type\":\"Feature\",{more}\"properties\":{{\"a\":{value},\"b\":\"x\"}},\"geometry\":{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}}}"
        );
        // A member that only the complete parser knows.
        prop_assert_eq!(contents(&feature("")), contents(&feature("\"bbox\":[0,0,1,1],")));
    }

    #[test]
    fn plain_rows_read_as_quoted_ones(rows in proptest::collection::vec(proptest::collection::vec("[a-zà-ỹ0-9 ]{0,5}", 1..5), 1..30), returns in any::<bool>()) {
        let end = if returns { "\r\n" } else { "\n" };
        let plain: String = rows.iter().map(|row| row.join(";") + end).collect();
        // A quoted cell in the last row sends the whole block through the complete parser.
        let read = |tail: &str| {
            let bench = Bench::new();
            bench.write("t.csv", format!("a;b;c{end}{plain}{tail}"));
            let source = source(&bench, "t.csv");
            let head = table::head(&source, Some(';')).unwrap();
            let mut problems = Problems::default();
            let table = table::read(&source, &head, &Wanted::All, &mut problems).unwrap();
            let cells: Vec<(u64, Vec<Option<String>>)> = (0..table.rows)
                .map(|row| (table.line(row), table.columns.iter().map(|column| column.text(row).map(str::to_owned)).collect()))
                .collect();
            (cells, problems.list().to_vec())
        };
        prop_assert_eq!(read(&format!("x;y;z{end}")), read(&format!("\"x\";y;z{end}")));
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
        let outside: f64 = pieces.outside.iter().map(|outside| outside.share).sum();
        prop_assert!((inside + outside - 1.0).abs() < 1e-9, "{} + {}", inside, outside);
    }
}
