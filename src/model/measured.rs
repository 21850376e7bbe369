//! A measure with its values, whatever it was computed from.

use crate::values::{Exact, Message, Quantity, Unit, Value, exact};

/// A measure with its value in every commune.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Column name in tables: `infested_ha`, `infested_ha:rầy nâu`, `programmes.ocop`
    pub id: String,
    /// Name for people
    pub name: Message,
    /// Unit
    pub unit: Unit,
    /// Whether its values add up
    pub quantity: Quantity,
    /// One value per commune
    pub values: Vec<Value>,
    /// Value over all communes together
    pub total: Value,
    /// Named scale it is drawn with unless a map says otherwise
    pub scale: &'static str,
    /// Decimals, where the size of the values does not tell
    pub decimals: Option<usize>,
    /// A difference, written with its sign
    pub signed: bool,
}

impl Measured {
    /// Decimals that tell its values apart without noise: none for whole numbers, two for severities, else as many as the
    /// size of the values deserves.
    pub fn decimals(&self) -> usize {
        let numbers = || self.values.iter().filter_map(|value| value.number());
        if numbers().all(|number| number.fract() == 0.0) {
            return 0;
        }
        let largest = numbers().fold(0.0f64, |most, number| most.max(number.abs()));
        self.decimals.unwrap_or(match largest {
            most if most >= 1.0 => 1,
            most => (1.0 - most.log10()).ceil().clamp(1.0, 6.0) as usize,
        })
    }

    /// Contracted hectares in its sum that belong to no commune, because their field has no shape.
    pub fn unplaced(&self) -> f64 {
        let contracts = self.id.starts_with("linked_ha") || self.id.starts_with("linked_at_risk_ha");
        let (true, Some(total)) = (contracts, self.total.number()) else { return 0.0 };
        let placed = exact::sum(self.values.iter().filter_map(|value| value.number()));
        Exact::of(total).less(Exact::of(placed)).value()
    }

    /// Its finite numbers.
    pub fn numbers(&self) -> Vec<f64> {
        self.values.iter().filter_map(|value| value.number()).collect()
    }

    /// The middle of its numbers.
    pub fn median(&self) -> Option<f64> {
        let mut numbers = self.numbers();
        numbers.sort_by(f64::total_cmp);
        let half = numbers.len() / 2;
        match numbers.len() {
            0 => None,
            count if count % 2 == 1 => Some(numbers[half]),
            _ => Some((numbers[half - 1] + numbers[half]) / 2.0),
        }
    }

    /// Communes that have one, ascending.
    pub fn communes(&self) -> Vec<usize> {
        self.values.iter().enumerate().filter(|(_, value)| value.number().is_some()).map(|(commune, _)| commune).collect()
    }

    /// The sum of values that add up; of rates there is none.
    pub fn sum(quantity: Quantity, values: &[Value]) -> Value {
        let known: Vec<f64> = values.iter().filter_map(|value| value.number()).collect();
        if quantity != Quantity::Extensive || known.is_empty() { Value::NoData } else { Value::Number(exact::sum(known)) }
    }
}
