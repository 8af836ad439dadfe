//! Entering a site: coordinates with their datum, or the place where the operator stands.

use crate::{Datum, LatLon, Meters};
use serde::{Deserialize, Serialize};

/// What the operator types; raw text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteForm {
    /// Name, 2–40 characters.
    pub name: String,
    /// `纬度, 经度` or `经度, 纬度` as copied from a map; digits decide which is which (China: longitude 73–136, latitude 3–54).
    pub coordinates: String,
    /// `wgs84` · `gcj02` · `bd09`.
    pub datum: String,
    /// Radius in whole metres.
    pub radius: String,
}

/// A site that passed the checks.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSite {
    /// Name.
    pub name: String,
    /// Centre, converted to WGS-84.
    pub centre: LatLon,
    /// Datum of what was entered.
    pub datum: Datum,
    /// What was entered, as typed.
    pub entered: String,
    /// Radius.
    pub radius: Meters,
}
