//! What a notice says, as data: kept as JSON for as long as the notice is, so a variant may grow but never changes its
//! meaning. No identity or telephone numbers and nothing that somebody typed as free text.

use crate::review::CaseKind;
use crate::{CaseId, Day};
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum NoticeContent {
    /// To the agency: a case came to it.
    CaseReceived {
        /// The case.
        case: CaseId,
        /// What it is about.
        kind: CaseKind,
        /// Whose: a host's or a person's name.
        subject: String,
        /// Last day for the decision.
        due: Day,
    },
    /// To the applicant: one stage is done, the next agency has it.
    CasePassedStage {
        /// What it is about.
        kind: CaseKind,
        /// The name of the stage that was passed: 初审.
        stage: String,
        /// The name of the agency that has it now.
        agency: String,
        /// Last day for its decision.
        due: Day,
    },
    /// To the applicant: something must be put right.
    CaseReturned {
        /// The case.
        case: CaseId,
        /// What it is about.
        kind: CaseKind,
        /// The names of the fields that are open again, as the form shows them.
        fields: Vec<String>,
    },
    /// To the applicant: refused.
    CaseRejected {
        /// The case.
        case: CaseId,
        /// What it is about.
        kind: CaseKind,
    },
    /// To the applicant: granted.
    CaseApproved {
        /// The case.
        case: CaseId,
        /// What it is about.
        kind: CaseKind,
    },
    /// To the applicant: the decision was taken back and the case is open again.
    CaseRevoked {
        /// The case.
        case: CaseId,
        /// What it is about.
        kind: CaseKind,
    },
    /// To the agency that had the case: an earlier one took its own decision back, so it lies there again (SD 3.2).
    CaseTakenBack {
        /// The case.
        case: CaseId,
        /// What it is about.
        kind: CaseKind,
        /// Whose: a host's or a person's name.
        subject: String,
        /// The name of the agency that has it again.
        agency: String,
        /// The name of the stage whose decision was taken back: 县级审核.
        stage: String,
    },
    /// To the agency that is late, and to the one above it.
    CaseOverdue {
        /// The case.
        case: CaseId,
        /// What it is about.
        kind: CaseKind,
        /// Whose: a host's or a person's name.
        subject: String,
        /// The name of the agency that is late.
        agency: String,
        /// The day that passed.
        due: Day,
    },
    /// To the applicant: the calendar changed, and with it the last day for the decision.
    DueMoved {
        /// What it is about.
        kind: CaseKind,
        /// The last day until now.
        from: Day,
        /// The last day from now on.
        to: Day,
    },
    /// To the trainee: the identity is verified.
    IdentityVerified,
    /// To the trainee: no automatic match, people look at it.
    IdentityToManual {
        /// The name of the agency that does.
        agency: String,
        /// Last day for its decision.
        due: Day,
    },
    /// To the host: cleaned out after a year without internships (CQ 四(三)).
    HostCleanedOut,
    /// To the host: no application before that day.
    HostDisqualified {
        /// The first day on which it may apply again.
        until: Day,
    },
    /// To the host: an assessment failed and must be made good (CQ 四(三)).
    RectificationAsked {
        /// Last day for it.
        by: Day,
    },
    /// To the host: it was made good.
    RectificationAccepted,
}
