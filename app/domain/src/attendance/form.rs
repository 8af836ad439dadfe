//! A check-in as the phone sends it, and the host's decision on a waiting one.

use super::Verdict;
use crate::{CheckInId, InternshipId, LatLon, Meters, Moment};
use serde::{Deserialize, Serialize};

/// What the phone sends. Numbers as the device gave them: they are judged, never trusted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckInForm {
    /// Made by the phone (UUIDv7); a retry sends the same.
    pub id: CheckInId,
    /// The internship.
    pub internship: InternshipId,
    /// The phone's time, UTC ms.
    pub device_time: i64,
    /// Degrees WGS-84, north positive.
    pub latitude: f64,
    /// Degrees WGS-84, east positive.
    pub longitude: f64,
    /// Metres, as the device reports it.
    pub accuracy: f64,
    /// Why the person is outside or cannot be located; empty when inside.
    #[serde(default)]
    pub reason: String,
}

/// A well-formed check-in, ready to be judged and recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCheckIn {
    /// Id.
    pub id: CheckInId,
    /// Internship.
    pub internship: InternshipId,
    /// The phone's time.
    pub device_time: Moment,
    /// Position.
    pub position: LatLon,
    /// Accuracy.
    pub accuracy: Meters,
    /// Reason, trimmed.
    pub reason: Option<String>,
}

/// The host's decision on a waiting check-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecideForm {
    /// Which.
    pub id: CheckInId,
    /// `true` confirms, `false` sends back.
    pub confirm: bool,
    /// Needed when it is sent back, 2–200 characters; the trainee reads it.
    #[serde(default)]
    pub note: String,
    /// Row version that the host saw.
    pub version: i64,
}


impl Verdict {
    /// Whether the person must say why before the check-in is recorded (外勤 or no usable position).
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Outside | Self::Uncertain)
    }
}
