//! Ground floor: units, dates, numbers, text and the four kinds of value that every room may use.

pub mod area;
pub mod because;
pub mod dates;
pub mod decimal;
pub mod distance;
pub mod district;
pub mod exact;
pub mod file_name;
pub mod foreign;
pub mod legacy;
pub mod lunar;
pub mod moon;
pub mod neighbours;
pub mod normal;
pub mod numbers;
pub mod pests;
pub mod quantity;
pub mod seasons;
pub mod severity;
pub mod spans;
pub mod spoken;
pub mod syllable;
pub mod templates;
pub mod text;
pub mod times;
pub mod unit;
pub mod value;
pub mod written;

pub use dates::Period;
pub use decimal::Decimal;
pub use exact::Exact;
pub use quantity::Quantity;
pub use text::{Lang, Message};
pub use unit::Unit;
pub use value::Value;
