//! Sentences computed from measures, in both languages.

pub mod answer;
pub mod caveats;
pub mod readings;
pub mod values;

pub use answer::answer;
pub use caveats::with_caveats;
pub use values::{Figure, capital, change_words, lower, shown, since};
