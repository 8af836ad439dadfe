//! The internship's machine (`domain.md` §5), as far as the product has come: a host's offer, the trainee's answer, the end.

use crate::Day;
use serde::{Deserialize, Serialize};

/// Where an internship stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InternshipState {
    /// The host entered it; the trainee has not answered.
    Offered,
    /// The trainee confirmed; attendance counts.
    Active,
    /// The trainee declined.
    Declined,
    /// The host took the offer back before an answer.
    Withdrawn,
    /// Over.
    Ended,
}

/// What can happen to an internship.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InternshipEvent {
    /// The trainee confirms the terms; refused before the 实名认证 is through (GZ 二), at a host that lost its
    /// certification, while another of theirs is active, or when the last day has passed.
    Confirm {
        /// Whether the trainee's 实名认证 is through.
        verified: bool,
        /// Whether the host may take people on.
        certified: bool,
        /// Whether the trainee already has an active internship.
        other_active: bool,
        /// Today, Asia/Shanghai.
        today: Day,
        /// Last day of the offer.
        ends_on: Day,
    },
    /// The trainee declines.
    Decline,
    /// The host takes the offer back.
    Withdraw,
    /// The last day has passed.
    Expire {
        /// Today, Asia/Shanghai.
        today: Day,
        /// Last day of the internship.
        ends_on: Day,
    },
}

/// Why an event does not move the internship; [`label`](Self::label) says what to do instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InternshipRefusal {
    /// The offer was answered before.
    AlreadyAnswered,
    /// The host took it back.
    TakenBack,
    /// It is over.
    Over,
    /// The trainee has an active internship elsewhere.
    OtherActive,
    /// The offer's last day has passed.
    PastLastDay,
    /// The trainee's 实名认证 is not through.
    IdentityNeeded,
    /// The host may take nobody on.
    HostNotCertified,
    /// Only an offer without an answer can be taken back.
    NotWithdrawable,
    /// The last day is not over yet, or it never began.
    NotExpirable,
}

impl InternshipState {
    /// Moves by an event.
    ///
    /// # Errors
    /// Why it does not move.
    pub fn step(self, event: InternshipEvent) -> Result<Self, InternshipRefusal> {
        use InternshipEvent as E;
        use InternshipRefusal as R;
        match (self, event) {
            (Self::Offered, E::Confirm { verified: false, .. }) => Err(R::IdentityNeeded),
            (Self::Offered, E::Confirm { certified: false, .. }) => Err(R::HostNotCertified),
            (Self::Offered, E::Confirm { other_active: true, .. }) => Err(R::OtherActive),
            (Self::Offered, E::Confirm { today, ends_on, .. }) => {
                if today > ends_on {
                    Err(R::PastLastDay)
                } else {
                    Ok(Self::Active)
                }
            }
            (Self::Offered, E::Decline) => Ok(Self::Declined),
            (Self::Offered, E::Withdraw) => Ok(Self::Withdrawn),
            (Self::Offered, E::Expire { .. }) => Err(R::NotExpirable),
            (Self::Active, E::Expire { today, ends_on }) => {
                if today > ends_on {
                    Ok(Self::Ended)
                } else {
                    Err(R::NotExpirable)
                }
            }
            (Self::Active | Self::Declined, E::Withdraw) => Err(R::NotWithdrawable),
            (Self::Active | Self::Declined, E::Confirm { .. } | E::Decline) => Err(R::AlreadyAnswered),
            (Self::Declined, E::Expire { .. }) => Err(R::NotExpirable),
            (Self::Withdrawn, E::Confirm { .. } | E::Decline | E::Withdraw | E::Expire { .. }) => Err(R::TakenBack),
            (Self::Ended, E::Confirm { .. } | E::Decline | E::Withdraw | E::Expire { .. }) => Err(R::Over),
        }
    }
}
