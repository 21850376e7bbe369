//! Paint for what a commune holds, numbers and reasons for having none alike.

use super::{Fill, Scale};
use crate::values::Value;

impl Scale {
    /// How a value is painted.
    pub fn paint(&self, value: Value) -> Fill {
        match value {
            Value::Number(number) => self.fill(number),
            Value::NoData => Fill::NO_DATA,
            Value::NotSurveyed => Fill::NOT_SURVEYED,
            Value::OutOfScope => Fill::OUT_OF_SCOPE,
        }
    }
}
