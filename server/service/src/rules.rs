//! The rule packs and the calendar that are built in, parsed once at start. A region's document is laid over the national
//! one field by field.

use domain::calendar::{self, Calendar};
use domain::rulepack::{self, RulePack};
use std::collections::BTreeMap;

/// Every built-in rule pack and the calendar.
#[derive(Debug, Clone)]
pub struct Rules {
    national: RulePack,
    provinces: BTreeMap<String, RulePack>,
    calendar: Calendar,
}

impl Rules {
    /// Parses the documents that are compiled in.
    ///
    /// # Errors
    /// The parser's sentence, with the document's name; a test holds that the built-in ones parse.
    pub fn built_in() -> Result<Self, String> {
        let national: toml::Table = rulepack::NATIONAL_TOML
            .parse()
            .map_err(|error| format!("national: {error}"))?;
        let mut provinces = BTreeMap::new();
        for (code, text) in rulepack::PROVINCES {
            let over: toml::Table = text.parse().map_err(|error| format!("{code}: {error}"))?;
            let mut table = national.clone();
            lay_over(&mut table, over);
            provinces.insert(
                code.to_owned(),
                table.try_into().map_err(|error| format!("{code}: {error}"))?,
            );
        }
        let national = national.try_into().map_err(|error| format!("national: {error}"))?;
        let notice = toml::from_str(calendar::NOTICE_2026_TOML).map_err(|error| format!("2026: {error}"))?;
        let calendar = Calendar::new(vec![notice]);
        Ok(Self {
            national,
            provinces,
            calendar,
        })
    }

    /// The pack for a division code, by its province; the national one where no province has its own.
    #[must_use]
    pub fn pack(&self, division_code: &str) -> &RulePack {
        division_code
            .get(..2)
            .and_then(|province| self.provinces.get(&format!("{province}0000")))
            .unwrap_or(&self.national)
    }

    /// The same with other rules for a province.
    #[cfg(test)]
    pub(crate) fn with_province(mut self, code: &str, change: impl FnOnce(&mut RulePack)) -> Self {
        let mut pack = self.pack(code).clone();
        change(&mut pack);
        self.provinces.insert(code.to_owned(), pack);
        self
    }

    /// The national pack.
    #[must_use]
    pub const fn national(&self) -> &RulePack {
        &self.national
    }

    /// The working-day calendar.
    #[must_use]
    pub const fn calendar(&self) -> &Calendar {
        &self.calendar
    }
}

/// Replaces field by field, table by table.
fn lay_over(under: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(toml::Value::Table(deeper)), toml::Value::Table(value)) => lay_over(deeper, value),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}
