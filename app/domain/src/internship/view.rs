//! What the offer and roster screens show.

use super::InternshipState;
use crate::{Day, Fen, InternshipId, Moment};
use serde::{Deserialize, Serialize};

/// An offer as the trainee reads it before confirming, and the same facts afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferView {
    /// Id.
    pub id: InternshipId,
    /// Host unit.
    pub host: String,
    /// Post title.
    pub post: String,
    /// Names of the allowed sites.
    pub sites: Vec<String>,
    /// First day.
    pub starts_on: Day,
    /// Last day.
    pub ends_on: Day,
    /// Whole months between both.
    pub months: u32,
    /// 基本生活费 a month.
    pub allowance: Fen,
    /// State.
    pub state: InternshipState,
    /// When the host entered it.
    pub offered_at: Moment,
    /// Row version, to be sent back with a decision.
    pub version: i64,
}

/// One person on the host's roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterEntry {
    /// Id.
    pub id: InternshipId,
    /// Name.
    pub name: String,
    /// Masked mobile number.
    pub phone: String,
    /// Post title.
    pub post: String,
    /// Names of the allowed sites.
    pub sites: Vec<String>,
    /// First day.
    pub starts_on: Day,
    /// Last day.
    pub ends_on: Day,
    /// 基本生活费 a month.
    pub allowance: Fen,
    /// State.
    pub state: InternshipState,
    /// Why the person declined.
    pub decline_reason: Option<String>,
    /// Row version.
    pub version: i64,
}
