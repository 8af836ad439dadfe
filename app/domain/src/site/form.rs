//! Entering a site: coordinates with their datum, or the place where the operator stands.

use super::coordinates;
use crate::form::line;
use crate::rulepack::RulePack;
use crate::{Datum, FieldErrors, LatLon, Meters};
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

impl SiteForm {
    /// Checks all fields and converts the centre to WGS-84.
    ///
    /// # Errors
    /// One sentence per field that is wrong.
    pub fn check(&self, rules: &RulePack) -> Result<NewSite, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take(
            "name",
            line(
                &self.name,
                2..=40,
                "请填写地点名称，例如“总部办公楼”",
                "地点名称写 2 到 40 个字",
            ),
        );
        let entered = errors.take(
            "coordinates",
            line(
                &self.coordinates,
                1..=100,
                "请填写坐标，或者点“用我现在的位置”",
                "坐标太长了，只填纬度和经度两个数字",
            ),
        );
        let degrees = entered
            .as_deref()
            .and_then(|text| errors.take("coordinates", coordinates::parse(text)));
        let datum = errors.take(
            "datum",
            Datum::from_code(self.datum.trim()).ok_or("请选择坐标是从哪种地图来的"),
        );
        let centre = match (degrees, datum) {
            (Some((latitude, longitude)), Some(datum)) => {
                errors.take("coordinates", LatLon::from_datum(datum, latitude, longitude))
            }
            (None, _) | (_, None) => None,
        };
        let radius = radius(&self.radius, rules);
        if radius.is_none() {
            let (min, max) = (rules.fence_radius_min_m, rules.fence_radius_max_m);
            errors.push("radius", format!("签到范围填 {min} 到 {max} 米之间的整数"));
        }
        match (name, entered, centre, datum, radius) {
            (Some(name), Some(entered), Some(centre), Some(datum), Some(radius)) => Ok(NewSite {
                name,
                centre,
                datum,
                entered,
                radius,
            }),
            _ => Err(errors),
        }
    }
}

fn radius(text: &str, rules: &RulePack) -> Option<Meters> {
    let metres: u16 = text.trim().parse().ok()?;
    (rules.fence_radius_min_m..=rules.fence_radius_max_m)
        .contains(&metres)
        .then(|| Meters::new(f64::from(metres)))?
}
