//! The decimal sign.

/// The decimal sign of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
pub enum Decimal {
    /// 1,234.5
    #[serde(rename = ".")]
    Dot,
    /// 1.234,5
    #[serde(rename = ",")]
    Comma,
}

impl Decimal {
    /// The sign itself.
    pub fn sign(self) -> char {
        match self {
            Decimal::Dot => '.',
            Decimal::Comma => ',',
        }
    }
}
