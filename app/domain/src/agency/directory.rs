//! All agencies as one value, so that routing is a pure function: which agency looks after a division, and who is above whom.

use super::AgencyLevel;
use crate::AgencyId;
use serde::{Deserialize, Serialize};

/// An agency. Some (两江新区) are no division of their own and carry the one that they lie in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Id.
    pub id: AgencyId,
    /// Full name.
    pub name: String,
    /// Level.
    pub level: AgencyLevel,
    /// GB/T 2260 code of where it belongs, six digits.
    pub division: String,
    /// The agency above.
    pub parent: Option<AgencyId>,
    /// GB/T 2260 codes of the divisions that it looks after, beside its own.
    pub areas: Vec<String>,
}

/// Every agency that is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory(Vec<Agency>);

impl Directory {
    /// From the agencies that are open.
    #[must_use]
    pub const fn new(agencies: Vec<Agency>) -> Self {
        Self(agencies)
    }

    /// All of them, as they were given.
    #[must_use]
    pub fn all(&self) -> &[Agency] {
        &self.0
    }

    /// One agency.
    #[must_use]
    pub fn get(&self, id: AgencyId) -> Option<&Agency> {
        self.0.iter().find(|agency| agency.id == id)
    }

    /// The agency at a level for an address at the last level of division. Where a level is missing (直辖市 and 省直辖县 have no
    /// city, four cities have no counties) the agency that does its work counts: above a county of a 直辖市 that is the 直辖市's own.
    #[must_use]
    pub fn responsible(&self, level: AgencyLevel, address: &str) -> Option<&Agency> {
        let digits = |count: usize| address.get(..count).map(|start| format!("{start:0<6}"));
        match level {
            AgencyLevel::County => self.looking_after(level, address).or_else(|| {
                address
                    .ends_with("00")
                    .then(|| self.looking_after(AgencyLevel::City, address))
                    .flatten()
            }),
            AgencyLevel::City => self
                .looking_after(level, &digits(4)?)
                .or_else(|| self.looking_after(level, address))
                .or_else(|| self.has_no_city(address).then(|| self.province(address)).flatten()),
            AgencyLevel::Province => self.province(address),
        }
    }

    /// The agency above, if it has one.
    #[must_use]
    pub fn above(&self, id: AgencyId) -> Option<&Agency> {
        self.get(id)?.parent.and_then(|parent| self.get(parent))
    }

    /// Whether `upper` stands above `lower`, at any distance. Never of itself.
    #[must_use]
    pub fn is_above(&self, upper: AgencyId, lower: AgencyId) -> bool {
        let mut next = self.above(lower);
        // A ring of parents, which the forms refuse, would else go round for ever.
        for _ in 0..self.0.len() {
            match next {
                Some(agency) if agency.id == upper => return true,
                Some(agency) => next = self.above(agency.id),
                None => return false,
            }
        }
        false
    }

    /// The agency of a province.
    fn province(&self, address: &str) -> Option<&Agency> {
        let code = address.get(..2).map(|start| format!("{start:0<6}"))?;
        self.looking_after(AgencyLevel::Province, &code)
    }

    /// The one whose own division it is wins over one that only looks after it; of several of those the first by name.
    fn looking_after(&self, level: AgencyLevel, code: &str) -> Option<&Agency> {
        self.0
            .iter()
            .filter(|agency| agency.level == level)
            .filter(|agency| agency.division == code || agency.areas.iter().any(|area| area == code))
            .min_by_key(|agency| (agency.division != code, &agency.name))
    }

    /// 直辖市 (11 · 12 · 31 · 50) and counties directly under a province (…90..) lie below no city.
    fn has_no_city(&self, address: &str) -> bool {
        let province = address.get(..2).unwrap_or_default();
        matches!(province, "11" | "12" | "31" | "50") || address.get(2..4) == Some("90")
    }
}
