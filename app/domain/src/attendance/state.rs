//! What a check-in counts for: valid at once, waiting for the host, confirmed or sent back.

use serde::{Deserialize, Serialize};

/// Where a check-in stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckInState {
    /// Inside the fence: counts at once.
    Valid,
    /// Uncertain, outside or of doubtful time: waits for the host.
    Waiting,
    /// The host confirmed it: counts.
    Confirmed,
    /// The host sent it back with a reason: does not count.
    SentBack,
}

/// What the host does with a waiting check-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckInEvent {
    /// The person was at work.
    Confirm,
    /// The person was not; needs a reason.
    SendBack,
}

/// Why a decision changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckInRefusal {
    /// It counts already and needs no decision.
    NeedsNone,
    /// Somebody decided it before.
    AlreadyDecided,
}
