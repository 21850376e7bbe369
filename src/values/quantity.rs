//! What numbers do when land is divided or communes are put together.

/// Kind of quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// Hectares, animals: they add up, and divide with the land
    Extensive,
    /// Means, rates, levels: they hold for every part, and are never summed
    Intensive,
    /// Words, days, places: no numbers to compute with
    Category,
}
