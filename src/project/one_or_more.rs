//! A key that takes one value or a list of them.

use schemars::JsonSchema;
use serde::de::value::{SeqAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// One value, or several.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(untagged)]
pub enum OneOrMore<T = String> {
    /// One
    One(T),
    /// Several
    More(Vec<T>),
}

impl<T> OneOrMore<T> {
    /// The values.
    pub fn list(&self) -> &[T] {
        match self {
            OneOrMore::One(value) => std::slice::from_ref(value),
            OneOrMore::More(values) => values,
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMore<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<OneOrMore<T>, D::Error> {
        deserializer.deserialize_any(Either(PhantomData))
    }
}

/// Reads either form, so that what is wrong with a value is said of the value.
struct Either<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
    type Value = OneOrMore<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"…\" | [\"…\", …]")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<OneOrMore<T>, E> {
        T::deserialize(StrDeserializer::new(text)).map(OneOrMore::One)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, values: A) -> Result<OneOrMore<T>, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(values)).map(OneOrMore::More)
    }
}

/// Reads either as a list.
pub fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(match OneOrMore::deserialize(deserializer)? {
        OneOrMore::One(value) => vec![value],
        OneOrMore::More(values) => values,
    })
}
