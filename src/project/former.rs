//! `[[former]]`: the communes of an earlier date, from their boundaries or from the list of a reform.

use super::CommunesConfig;
use crate::message;
use crate::values::Message;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Reforms whose list ships.
pub const REFORMS: [&str; 1] = ["2025-07"];

/// `[[former]]`: the communes of an earlier date.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
pub struct FormerConfig {
    /// Id that tables name, such as "2024"
    pub id: String,
    /// Boundary file
    #[serde(default)]
    pub file: String,
    /// In place of a file: `2025-07`, the list of what each commune became on 1 July 2025
    pub reform: Option<String>,
    /// With `reform`: only the communes of these districts of then, which tells those of one name apart
    #[serde(default)]
    pub districts: Vec<String>,
    /// With `reform`: how a divided commune is shared out: `shares = { "Phú Thuận B" = { "Long Phú Thuận" = 0.9, "Tân Long" = 0.1 } }`
    #[serde(default)]
    pub shares: BTreeMap<String, BTreeMap<String, f64>>,
    /// Coordinate reference system, in place of what the file states
    pub crs: Option<String>,
    /// Layer of a file that holds several
    pub layer: Option<String>,
    /// Property with the code
    #[serde(default = "default_code")]
    pub code: String,
    /// Property with the name
    pub name: Option<String>,
    /// Property with the province
    pub province: Option<String>,
}

impl From<&FormerConfig> for CommunesConfig {
    fn from(key: &FormerConfig) -> CommunesConfig {
        CommunesConfig {
            file: key.file.clone(),
            code: Some(key.code.clone()),
            name: key.name.clone(),
            province: key.province.clone(),
            ..CommunesConfig::default()
        }
    }
}

fn default_code() -> String {
    "code".to_owned()
}

impl FormerConfig {
    /// What is wrong with it.
    pub(super) fn problem(&self) -> Option<Message> {
        let known = REFORMS.join(", ");
        let shares = || self.shares.values().flat_map(BTreeMap::values);
        match &self.reform {
            None if self.file.is_empty() => Some(message!(
                "[[former]] cần \"file\" (ranh giới cũ) hoặc reform = \"{known}\" (danh sách sắp xếp)",
                "[[former]] needs a \"file\" of old boundaries or reform = \"{known}\", the list of the reform"
            )),
            None if !self.shares.is_empty() || !self.districts.is_empty() => Some(message!(
                "\"shares\", \"districts\" chỉ dùng với \"reform\"",
                "\"shares\" and \"districts\" go with \"reform\""
            )),
            Some(_) if !self.file.is_empty() => {
                Some(message!("chỉ một trong hai: \"file\" hoặc \"reform\"", "\"file\" or \"reform\", not both"))
            }
            Some(reform) if !REFORMS.contains(&reform.as_str()) => Some(message!(
                "không có danh sách sắp xếp \"{reform}\"; có: {known}",
                "there is no list of a reform \"{reform}\"; there is: {known}"
            )),
            _ if shares().any(|share| !(0.0..=1.0).contains(share)) => {
                Some(message!("\"shares\" là phần từ 0 đến 1", "\"shares\" are parts from 0 to 1"))
            }
            _ if self.shares.values().any(|of| (of.values().sum::<f64>() - 1.0).abs() > 0.001) => Some(message!(
                "\"shares\" của một xã cũ phải cộng thành 1",
                "the \"shares\" of a former commune must add up to 1"
            )),
            _ => None,
        }
    }
}
