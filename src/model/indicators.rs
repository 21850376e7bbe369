//! Indicator tables: any numeric column per commune, and plans with their results.

pub use super::categories::Categories;
use super::{Measured, categories, indicator_columns, proposed};
use crate::headings::rates;
use crate::input::{Column, Decimal, Table, decimal, identifiers, numeric};
use crate::join::KeyJoin;
use crate::message;
use crate::project::{Duplicates, IndicatorConfig, IndicatorKeys, TableConfig};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::{Message, Quantity, Unit, Value};

/// All indicators of a run, in order of the project file.
#[derive(Debug, Clone, Default)]
pub struct Indicators {
    /// Each with its values
    pub list: Vec<Measured>,
    /// Every indicator that has a plan and a result
    pub plans: Vec<Plan>,
    /// Every indicator in words
    pub categories: Vec<Categories>,
}

/// A plan with its result, per commune.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Id of the indicator
    pub id: String,
    /// Name for people
    pub name: Message,
    /// Unit of plan and result
    pub unit: Unit,
    /// Whether they add up over communes
    pub quantity: Quantity,
    /// Planned
    pub plan: Vec<Value>,
    /// Reached
    pub result: Vec<Value>,
}

impl Indicators {
    /// The indicator with an id.
    pub fn find(&self, id: &str) -> Option<&Measured> {
        self.list.iter().find(|indicator| indicator.id == id)
    }

    /// All ids.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|indicator| indicator.id.as_str())
    }

    /// Adds the indicators of a joined table.
    pub fn add(
        &mut self,
        (key, own): (&TableConfig, &IndicatorKeys),
        table: &Table,
        join: &KeyJoin,
        communes: usize,
        problems: &mut Problems,
    ) -> Result<()> {
        let numeric = numeric::columns(table, &join_columns(key));
        let names: Vec<&str> = numeric.iter().map(String::as_str).collect();
        let sign = decimal::of_columns(table, &names, key.decimal)?;
        let wanted = match &own.indicators {
            Some(list) => list.clone(),
            None => {
                proposed::left_out(table, &join_columns(key), problems);
                proposed::measures(&numeric)
            }
        };
        refuse_personal(table, &wanted, own)?;
        for (number, indicator) in wanted.iter().enumerate() {
            let repeated = indicator.id.as_str();
            if wanted[..number].iter().any(|other| other.id == indicator.id) {
                let place = Place::file(&key.file).column(repeated);
                let problem = message!(
                    "hai chỉ tiêu của bảng này có cùng id \"{repeated}\"",
                    "two indicators of this table have the id \"{repeated}\""
                );
                return Err(Fault::new("repeated-id", place, problem).hint(message!("đặt id khác nhau", "give each its own id")));
            }
            let id = format!("{}.{}", key.id, indicator.id);
            let title = if indicator.name.is_empty() { indicator.id.clone() } else { indicator.name.clone() };
            let name = Message { vi: title.clone(), en: title };
            let columns = || [&indicator.column, &indicator.plan, &indicator.result].into_iter().flatten();
            let percent = indicator.unit.is_empty() && columns().any(|heading| table.percent.contains(heading));
            let unit = if percent { Unit::PerCent } else { Unit::of(&indicator.unit) };
            let quantity = quantity_of(table, indicator, own, &unit);
            let read = |name: &str, problems: &mut Problems| {
                indicator_columns::read((own, quantity), table, join, name, sign, communes, problems)
            };
            if let (Some(category), None, None, None) =
                (&indicator.category, &indicator.column, &indicator.plan, &indicator.result)
            {
                let rule = own.duplicates.unwrap_or(Duplicates::Error);
                let column = (category.as_str(), &indicator.order[..]);
                self.categories.push(categories::read((table, join), column, rule, (id, name), communes, problems)?);
                continue;
            }
            match (&indicator.column, &indicator.plan, &indicator.result) {
                (Some(column), None, None) => {
                    let values = read(column, problems)?.values;
                    self.push(id, name, (unit, quantity), values);
                }
                (None, Some(plan), Some(result)) => {
                    let (planned, done) = (read(plan, problems)?, read(result, problems)?);
                    let uneven = planned.uneven(&done);
                    let (plan, result) = (planned.values, done.values);
                    let suffix =
                        |vi: &str, en: &str| Message { vi: format!("{} – {vi}", name.vi), en: format!("{} – {en}", name.en) };
                    self.push(format!("{id}_plan"), suffix("kế hoạch", "plan"), (unit.clone(), quantity), plan.clone());
                    self.push(format!("{id}_result"), suffix("thực hiện", "result"), (unit.clone(), quantity), result.clone());
                    // A plan of two rows and a result of one of them are no part of each other.
                    let even = |values: Vec<Value>| -> Vec<Value> {
                        let all = values.into_iter().enumerate();
                        all.map(|(commune, value)| if uneven.contains(&commune) { Value::NoData } else { value }).collect()
                    };
                    let (plan, result) = (even(plan), even(result));
                    let values = plan.iter().zip(&result).map(|(plan, result)| attainment(*plan, *result)).collect();
                    let Overall { plan: planned, result: done, .. } = overall(quantity, &plan, &result);
                    let total = attainment(planned, done);
                    self.list.push(Measured {
                        id: format!("{id}_attainment_pct"),
                        name: suffix("tỷ lệ đạt so kế hoạch", "attainment of plan"),
                        unit: Unit::PerCent,
                        quantity: Quantity::Intensive,
                        decimals: None,
                        values,
                        total,
                        scale: "attainment",
                        signed: false,
                    });
                    self.plans.push(Plan { id, name, unit, quantity, plan, result });
                }
                _ => {
                    let name = &indicator.id;
                    return Err(Fault::new(
                        "bad-indicator",
                        crate::run::Place::file(&table.file).column(name.as_str()),
                        message!(
                            "chỉ tiêu \"{name}\" cần \"column\", hoặc \"category\", hoặc cả \"plan\" và \"result\"",
                            "indicator \"{name}\" needs column, or category, or both plan and result"
                        ),
                    ));
                }
            }
        }
        Ok(())
    }

    fn push(&mut self, id: String, name: Message, (unit, quantity): (Unit, Quantity), values: Vec<Value>) {
        let total = Measured::sum(quantity, &values);
        self.list.push(Measured { id, name, unit, quantity, values, total, scale: "area", decimals: None, signed: false });
    }
}

/// Refuses telephone and identity numbers, accounts and days of birth as measures, unless the project says that it wants them.
fn refuse_personal(table: &Table, wanted: &[IndicatorConfig], own: &IndicatorKeys) -> Result<()> {
    let named = wanted.iter().flat_map(|key| [&key.column, &key.plan, &key.result, &key.category]).flatten();
    for column in named.filter_map(|name| table.column(name)).filter(|_| !own.personal) {
        if identifiers::of(column) == Some(identifiers::Identifier::Personal) {
            let name = &column.name;
            return Err(Fault::new(
                "personal-data",
                Place::file(&table.file).column(name.as_str()),
                message!(
                    "cột \"{name}\" là thông tin cá nhân, không lấy làm chỉ tiêu",
                    "the column \"{name}\" holds personal data and is no measure"
                ),
            )
            .hint(message!(
                "nếu thật sự cần, khai báo personal = true cho bảng này",
                "if it is really meant, declare personal = true for this table"
            )));
        }
    }
    Ok(())
}

/// Plan and result of all communes together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overall {
    /// Sum of the plans of communes whose plan and result are known
    pub plan: Value,
    /// Sum of their results
    pub result: Value,
    /// Communes whose plan and result are known, and those that have either
    pub communes: [usize; 2],
}

/// Adds up plans and results over the communes that have both: a result that is not known yet is not none, and neither is a plan that is not
/// told. Rates do not add up.
pub fn overall(quantity: Quantity, plan: &[Value], result: &[Value]) -> Overall {
    let known = || plan.iter().zip(result).filter(|(plan, result)| plan.number().is_some() && result.number().is_some());
    let sum = |values: Vec<Value>| Measured::sum(quantity, &values);
    let either = plan.iter().zip(result).filter(|(plan, result)| plan.number().is_some() || result.number().is_some()).count();
    Overall {
        plan: sum(known().map(|(plan, _)| *plan).collect()),
        result: sum(known().map(|(_, result)| *result).collect()),
        communes: [known().count(), either],
    }
}

/// Result over plan in per cent; may exceed 100. No plan, or a plan of 0, gives no attainment rather than infinity.
pub fn attainment(plan: Value, result: Value) -> Value {
    match plan {
        Value::Number(plan) if plan > 0.0 => result.map(|result| 100.0 * result / plan),
        Value::Number(_) => Value::OutOfScope,
        other => other,
    }
}

/// Whether an indicator adds up: as declared, as its unit says, as its headings say, or as its numbers do.
fn quantity_of(table: &Table, indicator: &IndicatorConfig, own: &IndicatorKeys, unit: &Unit) -> Quantity {
    let headings = [&indicator.column, &indicator.plan, &indicator.result];
    let is_rate = |heading: &String| {
        own.intensive.contains(heading)
            || rates::quantity(heading) == Quantity::Intensive
            || *unit == Unit::None && table.column(heading).is_some_and(|column| numeric::unit_of(column) == "%")
            || *unit == Unit::None && !rates::is_hectares(heading) && table.column(heading).is_some_and(are_proportions)
    };
    if headings.into_iter().flatten().any(is_rate) { Quantity::Intensive } else { unit.quantity() }
}

/// Fewer numbers than this below 1 may be small counts of tonnes.
const FEWEST_PROPORTIONS: usize = 5;

/// Whether a column holds parts of 1: cells that a workbook shows as 82 % hold 0.82.
fn are_proportions(column: &Column) -> bool {
    let number = |text: &str| decimal::parse(text, Decimal::Dot).or_else(|| decimal::parse(text, Decimal::Comma));
    let numbers: Vec<f64> = column.dictionary.iter().filter_map(number).collect();
    let parts = numbers.iter().filter(|number| number.fract() != 0.0).count();
    parts >= FEWEST_PROPORTIONS && numbers.iter().all(|number| (0.0..=1.0).contains(number))
}

fn join_columns(key: &TableConfig) -> Vec<&str> {
    let k = &key.key;
    [&k.field, &k.commune, &k.commune_name, &k.lon, &k.lat].into_iter().flatten().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attainment_may_pass_a_hundred_and_is_never_infinite() {
        let reached = attainment(Value::Number(15.0), Value::Number(19.0)).number().map(|pct| (pct * 100.0).round() / 100.0);
        assert_eq!(reached, Some(126.67));
        assert_eq!(attainment(Value::Number(0.0), Value::Number(3.0)), Value::OutOfScope);
        assert_eq!(attainment(Value::NoData, Value::Number(3.0)), Value::NoData);
    }

    #[test]
    fn plans_are_paired_with_results() {
        let columns: Vec<String> = ["ocop_plan", "ocop_result", "households"].map(String::from).into();
        let found: Vec<_> = proposed::measures(&columns).into_iter().map(|key| (key.id, key.plan.is_some())).collect();
        assert_eq!(found, [("ocop".to_owned(), true), ("households".to_owned(), false)]);
    }
}
