//! What the host's site screens show.

use crate::attendance::Verdict;
use crate::{Datum, LatLon, Meters, Moment, SiteId};
use serde::{Deserialize, Serialize};

/// One site with its fence and the last check-ins around it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteView {
    /// Id.
    pub id: SiteId,
    /// Name that trainees see, e.g. `观山湖办公区`.
    pub name: String,
    /// Centre, WGS-84.
    pub centre: LatLon,
    /// Radius of the fence.
    pub radius: Meters,
    /// Datum in which the centre was entered.
    pub datum: Datum,
    /// What was typed, `纬度, 经度` in that datum; `None` when the device's position was used.
    pub entered: Option<String>,
    /// People whose internship allows this site.
    pub people: u32,
    /// Row version, to be sent back with a change.
    pub version: i64,
    /// The last check-ins at this site, newest first, at most 20.
    pub recent: Vec<SitePoint>,
}

/// A check-in on the sketch of a site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SitePoint {
    /// Who.
    pub name: String,
    /// When.
    pub at: Moment,
    /// Where.
    pub position: LatLon,
    /// Accuracy of the position, 1 σ radius as the device reports it.
    pub accuracy: Meters,
    /// Verdict.
    pub verdict: Verdict,
}

/// A site to choose from: no position, so no look at one is logged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteChoice {
    /// Id.
    pub id: SiteId,
    /// Name.
    pub name: String,
}
