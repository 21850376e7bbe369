//! A run with another engine, which gets what was joined in other batches and in another order, writes the same bytes.

use ruong::app::{self, Options};
use ruong::model::engine::{Contract, Engine, Extent, FieldPiece, InMemory, Observation, Relations, SharedEngine, Sums};
use ruong::model::joined::Land;
use ruong::publish::{Memory, Sink};
use ruong::run::{Problems, Progress};
use ruong::values::Exact;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Relations whose rows come in threes, the last first.
struct Backwards<'a>(&'a dyn Relations);

/// Gives the rows of a relation in threes, the last first.
fn backwards<T: Copy>(all: impl FnOnce(&mut dyn FnMut(&[T])), see: &mut dyn FnMut(&[T])) {
    let mut rows: Vec<T> = Vec::new();
    all(&mut |batch| rows.extend_from_slice(batch));
    rows.reverse();
    rows.chunks(3).for_each(see);
}

impl Relations for Backwards<'_> {
    fn extent(&self) -> Extent {
        self.0.extent()
    }

    fn pieces(&self, linked_of_field: &[Option<Exact>], see: &mut dyn FnMut(&[FieldPiece])) {
        backwards(|see| self.0.pieces(linked_of_field, see), see);
    }

    fn unplaced(&self) -> Vec<u32> {
        self.0.unplaced()
    }

    fn unread(&self) -> Vec<u32> {
        self.0.unread()
    }

    fn observations(&self, days: &[bool], see: &mut dyn FnMut(&[Observation])) {
        backwards(|see| self.0.observations(days, see), see);
    }

    fn contracts(&self, see: &mut dyn FnMut(&[Contract])) {
        backwards(|see| self.0.contracts(see), see);
    }
}

/// How often each of its sums was asked for.
#[derive(Debug, Default)]
struct Asked {
    land: AtomicUsize,
    sums: AtomicUsize,
}

#[derive(Debug)]
struct Other(Arc<Asked>);

impl Engine for Other {
    fn land(&self, relations: &dyn Relations) -> Land {
        self.0.land.fetch_add(1, Ordering::Relaxed);
        InMemory.land(&Backwards(relations))
    }

    fn sums(&self, relations: &dyn Relations, land: &Land, days: &[bool]) -> Sums {
        self.0.sums.fetch_add(1, Ordering::Relaxed);
        InMemory.sums(&Backwards(relations), land, days)
    }
}

/// Tables and maps of the sample.
fn built(engine: SharedEngine) -> Vec<(String, Vec<u8>)> {
    let project = ruong::project::open("data/hong-ngu".as_ref()).expect("the sample");
    let sink = Memory::default();
    let mut options = Options::default();
    options.only = vec![app::Part::Tables, app::Part::Maps];
    options.record = false;
    options.formats = vec![ruong::Format::Svg];
    options.engine = engine;
    let report = app::build(&project, &options, &mut Problems::default(), &mut Progress::silent(), &sink).expect("it builds");
    assert!(!report.failed);
    let read = |name: String| (sink.read(&name).expect("a file").to_vec(), name);
    sink.written().into_keys().map(read).map(|(bytes, name)| (name, bytes)).collect()
}

#[test]
fn another_engine_is_asked_and_changes_no_byte() {
    let asked = Arc::new(Asked::default());
    let (ours, theirs) = (built(SharedEngine::default()), built(SharedEngine::new(Other(asked.clone()))));
    assert!(ours.len() > 20, "{}", ours.len());
    for ((name, ours), (other, theirs)) in ours.iter().zip(&theirs) {
        assert_eq!(name, other);
        assert!(ours == theirs, "{name} differs");
    }
    assert_eq!(asked.land.load(Ordering::Relaxed), 1);
    assert!(asked.sums.load(Ordering::Relaxed) >= 3, "this week, the week before, the year before");
}
