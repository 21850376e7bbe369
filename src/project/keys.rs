//! Known keys of each part of a project file, and where a dotted path stands in its text.

use super::{
    BulletinConfig, CommunesConfig, ComposedPage, FieldsConfig, FormerConfig, IndicatorConfig, InsetConfig, JoinKey, LayerConfig,
    PackageConfig, Page, PeriodConfig, Project, ScaleConfig, SlidesConfig,
};
use serde::de::{Deserialize, Deserializer, Visitor};
use toml::de::{DeTable, DeValue};

/// Keys that may stand below a dotted path such as `tables.0.key`.
pub fn known_below(path: &[&str]) -> &'static [&'static str] {
    match path {
        [] => names::<Project>(),
        ["communes"] => names::<CommunesConfig>(),
        ["fields"] => names::<FieldsConfig>(),
        ["former", _] => names::<FormerConfig>(),
        ["period"] => names::<PeriodConfig>(),
        ["page"] => names::<Page>(),
        ["tables", _, "key"] => names::<JoinKey>(),
        ["tables", _, "indicators", _] => names::<IndicatorConfig>(),
        ["scales", _] => names::<ScaleConfig>(),
        ["maps" | "charts" | "pages", _, "page"] => names::<Page>(),
        ["pages", _] => names::<ComposedPage>(),
        ["package"] => names::<PackageConfig>(),
        ["slides"] => names::<SlidesConfig>(),
        ["bulletin"] => names::<BulletinConfig>(),
        ["layers", _] => names::<LayerConfig>(),
        ["insets", _] => names::<InsetConfig>(),
        _ => &[],
    }
}

/// Byte range of the last key of a dotted path.
pub fn span_of(text: &str, path: &[&str]) -> Option<std::ops::Range<usize>> {
    let document = DeTable::parse(text).ok()?;
    let (last, parents) = path.split_last()?;
    let mut value = DeValue::Table(document.into_inner());
    for part in parents {
        value = match value {
            DeValue::Table(mut table) => table.remove(*part)?.into_inner(),
            DeValue::Array(array) => array.into_iter().nth(part.parse().ok()?)?.into_inner(),
            _ => return None,
        };
    }
    match value {
        DeValue::Table(table) => table.keys().find(|key| key.get_ref() == last).map(|key| key.span()),
        _ => None,
    }
}

/// The field names that a struct's `Deserialize` asks for.
pub fn names<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    let mut found: &'static [&'static str] = &[];
    let _ = T::deserialize(Names(&mut found));
    found
}

struct Names<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Names<'_> {
    type Error = serde::de::value::Error;
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(serde::de::Error::custom("only structs have names"))
    }
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = fields;
        Err(serde::de::Error::custom("names found"))
    }
    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_knows_its_keys() {
        assert!(known_below(&[]).contains(&"communes"));
        assert!(known_below(&["maps", "3", "page"]).contains(&"size"));
        assert!(known_below(&["tables", "0", "key"]).contains(&"commune_name"));
    }

    #[test]
    fn a_key_is_found_in_the_text() {
        let text = "version = 1\n[[maps]]\nid = \"a\"\ntitel = \"b\"\n";
        let span = span_of(text, &["maps", "0", "titel"]).expect("the key is there");
        assert_eq!(&text[span], "titel");
    }
}
