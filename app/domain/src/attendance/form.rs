//! A check-in as the phone sends it, and the host's decision on a waiting one.

use super::{CheckInEvent, Verdict};
use crate::form::line;
use crate::{CheckInId, FieldErrors, InternshipId, LatLon, Meters, Moment};
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

/// A decision that passed the checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDecision {
    /// What moves the check-in.
    pub event: CheckInEvent,
    /// What the trainee reads, trimmed.
    pub note: Option<String>,
}

/// Above this the time that the phone claims waits for the host (`domain.md` §6).
const DOUBTFUL_CLOCK_MS: u64 = 120_000;
/// Beyond this the phone's date is wrong, so that it must be set before anything is recorded (`domain.md` §6: 72 h).
const WRONG_CLOCK_MS: u64 = 72 * 3_600_000;
/// No device reports a wider circle; above it the number is malformed. Product decision.
const MAX_ACCURACY_M: f64 = 1_000_000.0;

/// Whether the phone's time differs so much from the server's that the host must look.
#[must_use]
pub const fn clock_doubt(device_time: Moment, now: Moment) -> bool {
    device_time.apart(now) > DOUBTFUL_CLOCK_MS
}

impl CheckInForm {
    /// Whether the numbers can be judged at all. Malformed ones are refused, never a pass.
    ///
    /// # Errors
    /// One sentence per field that is wrong.
    pub fn check(&self, now: Moment) -> Result<NewCheckIn, FieldErrors> {
        let mut errors = FieldErrors::default();
        let device_time = Moment::from_millis(self.device_time);
        if device_time.apart(now) > WRONG_CLOCK_MS {
            errors.push(
                "device_time",
                "手机日期不对，请打开系统设置里的“自动设置日期和时间”，再签到一次",
            );
        }
        let position = errors.take("latitude", LatLon::parse(self.latitude, self.longitude));
        let accuracy = errors.take("accuracy", plausible(self.accuracy));
        let reason = errors.take("reason", optional(&self.reason, "说明最多 200 个字，请写短一点"));
        match (position, accuracy, reason) {
            (Some(position), Some(accuracy), Some(reason)) => errors.into_result(NewCheckIn {
                id: self.id,
                internship: self.internship,
                device_time,
                position,
                accuracy,
                reason,
            }),
            _ => Err(errors),
        }
    }
}

impl DecideForm {
    /// Sending back needs a reason of 2–200 characters; confirming may carry one.
    ///
    /// # Errors
    /// A sentence beside `note`.
    pub fn check(&self) -> Result<NewDecision, FieldErrors> {
        const TOO_LONG: &str = "说明最多 200 个字，请写短一点";
        let mut errors = FieldErrors::default();
        let decision = if self.confirm {
            let note = errors.take("note", optional(&self.note, TOO_LONG));
            note.map(|note| NewDecision {
                event: CheckInEvent::Confirm,
                note,
            })
        } else {
            let note = line(
                &self.note,
                2..=200,
                "请写明退回的原因，见习人员会看到",
                "原因写 2 到 200 个字",
            );
            errors.take("note", note).map(|note| NewDecision {
                event: CheckInEvent::SendBack,
                note: Some(note),
            })
        };
        decision.ok_or(errors)
    }
}

/// The radius that a device reports: finite, above 0, not absurd.
fn plausible(accuracy: f64) -> Result<Meters, &'static str> {
    match Meters::new(accuracy) {
        Some(metres) if metres.value() > 0.0 && metres.value() <= MAX_ACCURACY_M => Ok(metres),
        Some(_) | None => Err("手机没有给出定位精度，请走到开阔处重新定位"),
    }
}

fn optional(text: &str, too_long: &'static str) -> Result<Option<String>, &'static str> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    line(text, 1..=200, too_long, too_long).map(Some)
}

impl Verdict {
    /// Whether the person must say why before the check-in is recorded (外勤 or no usable position).
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Outside | Self::Uncertain)
    }
}
