//! What a check-in counts for: valid at once, waiting for the host, confirmed or sent back.

use super::Verdict;
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

impl CheckInState {
    /// What a check-in counts for when it arrives: inside counts at once, uncertain, outside and doubtful time wait for the host.
    #[must_use]
    pub const fn on_receipt(verdict: Verdict, clock_doubt: bool) -> Self {
        match (verdict, clock_doubt) {
            (Verdict::Inside, false) => Self::Valid,
            (Verdict::Inside, true) | (Verdict::Uncertain | Verdict::Outside, _) => Self::Waiting,
        }
    }

    /// Moves by the host's decision.
    ///
    /// # Errors
    /// Why it does not move.
    pub const fn step(self, event: CheckInEvent) -> Result<Self, CheckInRefusal> {
        match (self, event) {
            (Self::Waiting, CheckInEvent::Confirm) => Ok(Self::Confirmed),
            (Self::Waiting, CheckInEvent::SendBack) => Ok(Self::SentBack),
            (Self::Valid, CheckInEvent::Confirm | CheckInEvent::SendBack) => Err(CheckInRefusal::NeedsNone),
            (Self::Confirmed | Self::SentBack, CheckInEvent::Confirm | CheckInEvent::SendBack) => {
                Err(CheckInRefusal::AlreadyDecided)
            }
        }
    }

    /// Whether the day of this check-in counts towards the quota.
    #[must_use]
    pub const fn counts(self) -> bool {
        match self {
            Self::Valid | Self::Confirmed => true,
            Self::Waiting | Self::SentBack => false,
        }
    }
}
