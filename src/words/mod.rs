//! Sentences computed from measures, in both languages.

mod about;
pub mod answer;
pub mod caveats;
pub mod headlines;
mod method;
pub mod problems;
pub mod readings;
pub mod values;

pub use crate::values::text::{capital, lower};
pub use about::{is_forecast, origin, period};
pub use answer::{answer, estimated};
pub use caveats::{caveats, estimate};
pub use headlines::Headline;
pub use method::method;
pub use problems::{placed, unread, with_value};
pub use values::{Figure, change_words, shown, since};
