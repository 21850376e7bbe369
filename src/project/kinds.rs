//! Parts of a project file that come in kinds: each kind has its own keys beside those of all, and a key of another kind is an error.

use serde::de::{DeserializeOwned, Deserializer};

/// The kinds of a part such as `[[maps]]`, each with the struct of its own keys.
pub trait Kinds: Sized {
    /// Names of all kinds, as `kind = "…"` has them.
    const NAMES: &'static [&'static str];

    /// Keys of one kind alone, or of few.
    fn own_keys(kind: &str) -> &'static [&'static str];

    /// Keys of all kinds that one kind has no use for.
    fn unused_keys(kind: &str) -> &'static [&'static str];

    /// Reads the own keys of a kind. Only names of [`Kinds::NAMES`] are asked for.
    fn read<'de, D: Deserializer<'de>>(kind: &str, keys: D) -> Result<Self, D::Error>;

    /// Name of this kind.
    fn name(&self) -> &'static str;

    /// JSON Schema of the own keys of a kind.
    fn schema(kind: &str, generator: &mut schemars::SchemaGenerator) -> Option<schemars::Schema>;
}

/// An entry of a part: keys of all kinds, and its kind.
pub trait Entry: DeserializeOwned + schemars::JsonSchema {
    /// Its kinds
    type Kind: Kinds;
    /// Name of the part in the project file
    const PART: &'static str;
    /// The kind of an entry that names none
    const DEFAULT: Option<&'static str>;

    /// The entry with its kind.
    fn with_kind(self, kind: Self::Kind) -> Self;
}

/// Declares the kinds of a part: `Variant(OwnKeys) = "name" not [keys it has no use for]`.
macro_rules! kinds {
    ($(#[$doc:meta])* $kinds:ident {
        $($(#[$meta:meta])* $variant:ident $(($keys:ty))? = $name:literal $(not [$($unused:literal),* $(,)?])?),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $kinds {
            $($(#[$meta])* $variant $(($keys))?,)*
        }

        impl $crate::project::kinds::Kinds for $kinds {
            const NAMES: &'static [&'static str] = &[$($name),*];

            fn own_keys(kind: &str) -> &'static [&'static str] {
                match kind {
                    $($($name => $crate::project::keys::names::<$keys>(),)?)*
                    _ => &[],
                }
            }

            fn unused_keys(kind: &str) -> &'static [&'static str] {
                match kind {
                    $($($name => &[$($unused),*],)?)*
                    _ => &[],
                }
            }

            fn read<'de, D: serde::Deserializer<'de>>(kind: &str, keys: D) -> Result<Self, D::Error> {
                match kind {
                    $($name => Ok($kinds::$variant $((<$keys as serde::Deserialize>::deserialize(keys)?))?),)*
                    other => Err(serde::de::Error::custom(other)),
                }
            }

            fn name(&self) -> &'static str {
                match self {
                    $($kinds::$variant { .. } => $name,)*
                }
            }

            fn schema(kind: &str, generator: &mut schemars::SchemaGenerator) -> Option<schemars::Schema> {
                match kind {
                    $($($name => Some(<$keys as schemars::JsonSchema>::json_schema(generator)),)?)*
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use kinds;
