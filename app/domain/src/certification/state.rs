//! The machine of a certification (`domain.md` §5). Its case has a machine of its own (`review::Progress`): returned and sent
//! again, it stays [`CertificationState::Submitted`] here.

use crate::Day;
use crate::rulepack::RulePack;
use crate::value::add_months;
use serde::{Deserialize, Serialize};

/// Where a host's certification stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificationState {
    /// The host fills in its application.
    #[default]
    Draft,
    /// Its case is under way.
    Submitted,
    /// 已认证: may take people on.
    Certified,
    /// The case was rejected.
    Rejected,
    /// 已清退: idle for too long (CQ 四(三)). May apply again at once.
    CleanedOut,
    /// 责令整改: the yearly assessment failed (CQ 四(三)). Goes on until the agency looks again.
    Rectifying,
    /// 已取消资格: refused to rectify, or gave false papers (CQ 四(三), 五(二)). May apply again after the ban.
    Disqualified,
}

/// What can happen to a certification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificationEvent {
    /// The host sends its application.
    Submit,
    /// The last stage approved.
    Approve,
    /// A stage rejected.
    Reject,
    /// An agency took the decision that ended the case back (SD).
    Revoke,
    /// The host goes on with a rejected application.
    Revise,
    /// A host that was cleaned out or disqualified begins anew.
    Apply {
        /// Today, Asia/Shanghai.
        today: Day,
        /// The first day on which it may; none without a ban.
        banned_until: Option<Day>,
    },
    /// The agency cleans it out.
    CleanOut {
        /// Whether it has been idle for the rules' years.
        idle: bool,
    },
    /// The agency orders it to rectify.
    AskRectification,
    /// The agency finds it rectified.
    Rectified,
    /// The agency finds that it refused to rectify.
    RefuseRectification,
    /// The agency finds that it gave false papers.
    FalseClaim,
}

/// Why an event does not move a certification; [`message`](Self::message) says what to do instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificationRefusal {
    /// Nothing was submitted.
    NotSubmitted,
    /// The case is under way.
    UnderWay,
    /// It is certified.
    AlreadyCertified,
    /// It was rejected.
    Rejected,
    /// It was cleaned out.
    CleanedOut,
    /// It has to rectify first.
    Rectifying,
    /// It was disqualified.
    Disqualified,
    /// May apply again from a day on.
    Banned {
        /// The first day.
        until: Day,
    },
    /// It is not certified, so that there is nothing to supervise.
    NotCertified,
    /// It has not been idle for long enough.
    NotIdle,
    /// No rectification was ordered.
    NothingToRectify,
    /// There is a draft already.
    AlreadyDraft,
}

impl CertificationState {
    /// Moves by an event.
    ///
    /// # Errors
    /// Why it does not move.
    pub fn step(self, event: CertificationEvent) -> Result<Self, CertificationRefusal> {
        use CertificationEvent as E;
        use CertificationRefusal as R;
        match (self, event) {
            (Self::Draft, E::Submit) | (Self::Certified | Self::Rejected, E::Revoke) => Ok(Self::Submitted),
            (Self::Draft, E::Approve | E::Reject | E::Revoke) => Err(R::NotSubmitted),
            (Self::Draft, E::Revise | E::Apply { .. }) => Err(R::AlreadyDraft),

            (Self::Submitted, E::Approve) | (Self::Rectifying, E::Rectified) => Ok(Self::Certified),
            (Self::Submitted, E::Reject) => Ok(Self::Rejected),
            (Self::Submitted, E::Submit | E::Revoke | E::Revise | E::Apply { .. }) => Err(R::UnderWay),

            (Self::Certified, E::CleanOut { idle: true }) => Ok(Self::CleanedOut),
            (Self::Certified, E::CleanOut { idle: false }) => Err(R::NotIdle),
            (Self::Certified, E::AskRectification) => Ok(Self::Rectifying),
            (Self::Certified, E::Rectified | E::RefuseRectification) => Err(R::NothingToRectify),
            (Self::Certified, E::Submit | E::Approve | E::Reject | E::Revise | E::Apply { .. }) => {
                Err(R::AlreadyCertified)
            }

            (Self::Rejected, E::Revise) => Ok(Self::Draft),
            (Self::Rejected, E::Submit | E::Approve | E::Reject | E::Apply { .. }) => Err(R::Rejected),

            (Self::Rectifying, E::RefuseRectification) | (Self::Certified | Self::Rectifying, E::FalseClaim) => {
                Ok(Self::Disqualified)
            }
            (
                Self::Rectifying,
                E::Submit
                | E::Approve
                | E::Reject
                | E::Revoke
                | E::Revise
                | E::Apply { .. }
                | E::CleanOut { .. }
                | E::AskRectification,
            ) => Err(R::Rectifying),

            (Self::CleanedOut, E::Apply { .. }) => Ok(Self::Draft),
            (Self::CleanedOut, E::Submit | E::Approve | E::Reject | E::Revoke | E::Revise) => Err(R::CleanedOut),

            (
                Self::Disqualified,
                E::Apply {
                    today,
                    banned_until: Some(until),
                },
            ) if today < until => Err(R::Banned { until }),
            (Self::Disqualified, E::Apply { .. }) => Ok(Self::Draft),
            (Self::Disqualified, E::Submit | E::Approve | E::Reject | E::Revoke | E::Revise) => Err(R::Disqualified),

            (
                Self::Draft | Self::Submitted | Self::Rejected,
                E::CleanOut { .. } | E::AskRectification | E::Rectified | E::RefuseRectification | E::FalseClaim,
            ) => Err(R::NotCertified),
            (
                Self::CleanedOut,
                E::CleanOut { .. } | E::AskRectification | E::Rectified | E::RefuseRectification | E::FalseClaim,
            ) => Err(R::CleanedOut),
            (
                Self::Disqualified,
                E::CleanOut { .. } | E::AskRectification | E::Rectified | E::RefuseRectification | E::FalseClaim,
            ) => Err(R::Disqualified),
        }
    }
}

/// The first day on which a host that is disqualified today may apply again (CQ 四(三): 3年内不再受理).
#[must_use]
pub fn banned_until(today: Day, rules: &RulePack) -> Day {
    add_months(today, i32::from(rules.ban_years) * 12)
}

/// A host whose last sign of life is before this day is idle (CQ 四(三): 超过一年未提供见习岗位、未开展见习活动).
#[must_use]
pub fn idle_from(today: Day, rules: &RulePack) -> Day {
    add_months(today, -i32::from(rules.idle_years) * 12)
}

/// Whether a host with this last sign of life is idle. Somebody who works there or is invited keeps it alive.
#[must_use]
pub fn is_idle(last_sign: Day, busy: bool, today: Day, rules: &RulePack) -> bool {
    !busy && last_sign < idle_from(today, rules)
}
