//! What a commune can hold for a measure: a number, or one of three reasons why there is none.

use super::Lang;

/// A measured value. The last three are never turned into numbers; they are drawn apart and counted in the legend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A finite number, 0 included.
    Number(f64),
    /// Nobody reported a value.
    NoData,
    /// Fields are there, but none of them was surveyed.
    NotSurveyed,
    /// The crop or programme does not exist here.
    OutOfScope,
}

impl Value {
    /// The number, if there is one.
    pub fn number(self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The reason for having no number, in words; empty for a number.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Value::Number(_) => "",
            Value::NoData => lang.pick("không có số liệu", "no data"),
            Value::NotSurveyed => lang.pick("chưa điều tra", "not surveyed"),
            Value::OutOfScope => lang.pick("không có", "not applicable"),
        }
    }

    /// The name used in machine-readable outputs; empty for a number.
    pub fn state(self) -> &'static str {
        match self {
            Value::Number(_) => "",
            Value::NoData => "no-data",
            Value::NotSurveyed => "not-surveyed",
            Value::OutOfScope => "out-of-scope",
        }
    }

    /// Applies `f` to the number and keeps the reason otherwise. A result that is not finite becomes [`Value::NoData`].
    pub fn map(self, f: impl FnOnce(f64) -> f64) -> Value {
        match self {
            Value::Number(number) => Value::finite(f(number)),
            other => other,
        }
    }

    /// Combines two values; the first reason for having no number wins.
    pub fn zip(self, other: Value, f: impl FnOnce(f64, f64) -> f64) -> Value {
        match (self, other) {
            (Value::Number(a), Value::Number(b)) => Value::finite(f(a, b)),
            (Value::Number(_), reason) | (reason, _) => reason,
        }
    }

    /// A number if finite, else no data.
    pub fn finite(number: f64) -> Value {
        if number.is_finite() { Value::Number(number) } else { Value::NoData }
    }
}

impl From<Option<f64>> for Value {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Value::NoData, Value::finite)
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn a_reason_survives_arithmetic() {
        assert_eq!(Value::NotSurveyed.zip(Value::Number(1.0), |a, b| a + b), Value::NotSurveyed);
        assert_eq!(Value::Number(1.0).zip(Value::OutOfScope, |a, b| a + b), Value::OutOfScope);
        assert_eq!(Value::Number(1.0).zip(Value::Number(0.0), |a, b| a / b), Value::NoData);
    }
}
