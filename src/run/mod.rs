//! Ground floor of a run: what went wrong, how far it is, and the record it leaves.

pub mod fault;
mod guard;
pub mod opening;
pub mod parameters;
pub mod problems;
pub mod progress;
pub mod record;

pub use fault::{Fault, Place, Snippet};
pub use guard::guarded;
pub use problems::{Entry, Level, Problem, Problems};
pub use progress::Progress;
pub use record::Record;

/// Result of anything that can stop a run.
pub type Result<T> = std::result::Result<T, Fault>;
