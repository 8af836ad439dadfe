//! A case's machine (`domain.md` §4): approved stage by stage, returned with named fields, rejected, revoked where the rules
//! allow it. Never approved by silence.

use super::StagePurpose;
use crate::AgencyId;
use serde::{Deserialize, Serialize};

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// The agency of the current stage has to decide.
    Submitted,
    /// The submitter has to mend the named fields.
    Returned,
    /// Every stage approved.
    Approved,
    /// A stage rejected.
    Rejected,
}

/// State and stage of a case with so many stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Where it stands.
    pub state: CaseState,
    /// The current or last stage, from 0.
    pub stage: u8,
    /// How many stages there are.
    pub stages: u8,
}

/// What can happen to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseEvent {
    /// The agency approves its stage.
    Approve {
        /// What the agency does at this stage.
        purpose: StagePurpose,
        /// Whether the record that this stage or kind asks for is there.
        recorded: bool,
    },
    /// The agency sends it back to be mended.
    Return,
    /// The agency rejects it.
    Reject,
    /// What the submitter mends leads it another way: another address, or another plan (GZ 三). It begins at the first of so many
    /// stages once it is sent again.
    Redirect {
        /// Stages of that way, at least one.
        stages: u8,
    },
    /// The submitter sends it again.
    Resubmit,
    /// The agency that decided takes its decision back, so that its stage waits for it again.
    Revoke {
        /// Its stage: what [`Progress::revocable`] answers.
        stage: u8,
        /// Whether the region's rules allow it (SD 3.2 does, GZ 四 does not).
        allowed: bool,
        /// Whether something live depends on the decision.
        depended_on: bool,
    },
}

/// Why an event does not move a case; [`message`](Self::message) says what to do instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseRefusal {
    /// Decided already.
    AlreadyDecided,
    /// The submitter has it.
    WaitsForSubmitter,
    /// The agency has it.
    WaitsForAgency,
    /// Nothing was decided that could be taken back.
    NothingToRevoke,
    /// The region's rules do not allow to take a decision back.
    NotRevocable,
    /// Something live depends on the decision.
    DependedOn,
    /// The inspection's record is missing.
    InspectionMissing,
    /// How the person was identified is missing.
    ProofMissing,
    /// Nobody decides a case that they submitted.
    OwnCase,
}

impl Progress {
    /// A new case with so many stages.
    #[must_use]
    pub const fn new(stages: u8) -> Self {
        Self {
            state: CaseState::Submitted,
            stage: 0,
            stages,
        }
    }

    /// Moves by an event.
    ///
    /// # Errors
    /// Why it does not move.
    pub const fn step(self, event: CaseEvent) -> Result<Self, CaseRefusal> {
        use CaseEvent as E;
        use CaseRefusal as R;
        use CaseState as S;
        match (self.state, event) {
            (
                S::Submitted,
                E::Approve {
                    purpose: StagePurpose::CountyInspection,
                    recorded: false,
                },
            ) => Err(R::InspectionMissing),
            (
                S::Submitted,
                E::Approve {
                    purpose:
                        StagePurpose::CountyReview
                        | StagePurpose::CityReview
                        | StagePurpose::ProvinceReview
                        | StagePurpose::ProvincialFiling,
                    recorded: false,
                },
            ) => Err(R::ProofMissing),
            (S::Submitted, E::Approve { recorded: true, .. }) => {
                if self.stage + 1 < self.stages {
                    Ok(Self {
                        stage: self.stage + 1,
                        ..self
                    })
                } else {
                    Ok(Self {
                        state: S::Approved,
                        ..self
                    })
                }
            }
            (S::Submitted, E::Return) => Ok(Self {
                state: S::Returned,
                ..self
            }),
            (S::Submitted, E::Reject) => Ok(Self {
                state: S::Rejected,
                ..self
            }),
            (S::Submitted, E::Redirect { .. } | E::Resubmit) => Err(R::WaitsForAgency),
            (S::Returned, E::Redirect { stages }) => Ok(Self {
                stage: 0,
                stages,
                ..self
            }),
            // The stage still waits, or the submitter has it: its own agency has decided nothing here.
            (S::Returned, E::Revoke { .. }) => Err(R::NothingToRevoke),
            (S::Submitted, E::Revoke { stage, .. }) if stage >= self.stage => Err(R::NothingToRevoke),
            (S::Approved | S::Rejected, E::Revoke { stage, .. }) if stage > self.stage => Err(R::NothingToRevoke),
            (S::Returned, E::Resubmit) => Ok(Self {
                state: S::Submitted,
                ..self
            }),
            (S::Returned, E::Approve { .. } | E::Return | E::Reject) => Err(R::WaitsForSubmitter),
            (S::Submitted | S::Approved | S::Rejected, E::Revoke { allowed: false, .. }) => Err(R::NotRevocable),
            (S::Submitted | S::Approved | S::Rejected, E::Revoke { depended_on: true, .. }) => Err(R::DependedOn),
            (S::Submitted | S::Approved | S::Rejected, E::Revoke { stage, .. }) => Ok(Self {
                state: S::Submitted,
                stage,
                ..self
            }),
            (
                S::Approved | S::Rejected,
                E::Approve { .. } | E::Return | E::Reject | E::Redirect { .. } | E::Resubmit,
            ) => Err(R::AlreadyDecided),
        }
    }

    /// The stage whose decision an agency may take back (SD 3.2 区县和市级人社部门可以撤销审核): the last that was decided, if it is
    /// the agency's own. Once a later stage has decided, the earlier one stands. A filing (SD 3.1 报省备案) takes note and decides
    /// nothing: there is nothing of it to take back, and the agency that decided before it still may. `way` is each stage's
    /// agency and purpose.
    #[must_use]
    pub fn revocable(self, way: &[(AgencyId, StagePurpose)], agency: AgencyId) -> Option<u8> {
        let decided = match self.state {
            CaseState::Submitted => self.stage.checked_sub(1)?,
            CaseState::Approved | CaseState::Rejected => self.stage,
            CaseState::Returned => return None,
        };
        let rejected = self.state == CaseState::Rejected;
        for stage in (0..=decided).rev() {
            let (whose, purpose) = *way.get(usize::from(stage))?;
            let decides = rejected || purpose != StagePurpose::ProvincialFiling;
            if decides {
                return (whose == agency).then_some(stage);
            }
        }
        None
    }
}
