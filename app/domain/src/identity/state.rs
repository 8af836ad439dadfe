//! The machine of an identity (`domain.md` §5). A host has no automatic check: its way begins at [`IdentityState::Manual`].

use serde::{Deserialize, Serialize};

/// Where an identity stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityState {
    /// Not submitted yet.
    #[default]
    Unverified,
    /// The automatic check is under way.
    Checking,
    /// An agency looks at it: there is a case.
    Manual,
    /// Proven.
    Verified,
    /// An agency rejected it; may be submitted again.
    Rejected,
}

/// What can happen to an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityEvent {
    /// The owner submits it.
    Submit {
        /// Whether there is an automatic check.
        automatic: bool,
    },
    /// The automatic check matched.
    Match,
    /// The automatic check did not match, or gave no answer: an agency must look.
    NoMatch,
    /// An agency must look, but there is none for the address yet: it can be submitted again once there is.
    NoAgency,
    /// The agency approved.
    Approve,
    /// The agency rejected.
    Reject,
    /// The agency took its decision back.
    Revoke,
}

/// Why an event does not move an identity; [`message`](Self::message) says what to do instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityRefusal {
    /// It is under way.
    UnderWay,
    /// It is done.
    Done,
    /// Nothing was submitted.
    NotSubmitted,
    /// It was rejected; it has to be submitted again first.
    Rejected,
}

impl IdentityState {
    /// Moves by an event.
    ///
    /// # Errors
    /// Why it does not move.
    pub const fn step(self, event: IdentityEvent) -> Result<Self, IdentityRefusal> {
        use IdentityEvent as E;
        use IdentityRefusal as R;
        match (self, event) {
            (Self::Unverified | Self::Rejected, E::Submit { automatic: true }) => Ok(Self::Checking),
            (Self::Unverified | Self::Rejected, E::Submit { automatic: false }) => Ok(Self::Manual),
            (Self::Checking | Self::Manual, E::Submit { .. }) => Err(R::UnderWay),
            (Self::Verified, E::Submit { .. }) => Err(R::Done),
            (Self::Checking, E::Match) => Ok(Self::Verified),
            (Self::Checking, E::NoMatch) => Ok(Self::Manual),
            (Self::Checking, E::NoAgency) => Ok(Self::Unverified),
            (Self::Checking, E::Approve | E::Reject | E::Revoke) => Err(R::UnderWay),
            (Self::Manual, E::Approve) => Ok(Self::Verified),
            (Self::Manual, E::Reject) => Ok(Self::Rejected),
            (Self::Manual, E::Match | E::NoMatch | E::NoAgency | E::Revoke) => Err(R::UnderWay),
            (Self::Verified | Self::Rejected, E::Revoke) => Ok(Self::Manual),
            (Self::Verified, E::Match | E::NoMatch | E::NoAgency | E::Approve | E::Reject) => Err(R::Done),
            (Self::Rejected, E::Match | E::NoMatch | E::NoAgency | E::Approve | E::Reject) => Err(R::Rejected),
            (Self::Unverified, E::Match | E::NoMatch | E::NoAgency | E::Approve | E::Reject | E::Revoke) => {
                Err(R::NotSubmitted)
            }
        }
    }
}
