//! Which feature stands behind a kind of case. A later feature adds its arms here and nowhere else in the engine.

use crate::context::Service;
use crate::error::ServiceError;
use crate::{certification, identity};
use domain::review::{CaseKind, Check, CheckResult, Snapshot, Verdict};
use domain::rulepack::RulePack;
use store::Tx;
use store::review::Case;

/// Fields that can be returned: code and label.
pub(super) const fn fields(kind: CaseKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        CaseKind::PersonIdentity => identity::case::PERSON,
        CaseKind::HostIdentity => identity::case::HOST,
        CaseKind::Certification => &domain::certification::FIELDS,
    }
}

/// Whether a fact or paper is of the form that the submitter mends. The others follow what they were taken from: nobody mends
/// them here, so none of them can be in the way of a returned case.
pub(super) fn is_typed(kind: CaseKind, field: &str) -> bool {
    match kind {
        CaseKind::PersonIdentity | CaseKind::HostIdentity => true,
        CaseKind::Certification => fields(kind).iter().any(|(code, _)| *code == field),
    }
}

/// The automatic checks, by the rules of today.
pub(super) fn checks(kind: CaseKind, snapshot: &Snapshot, rules: &RulePack) -> Vec<Check> {
    match kind {
        CaseKind::PersonIdentity => identity::case::person_checks(snapshot),
        CaseKind::HostIdentity => identity::case::host_checks(snapshot),
        CaseKind::Certification => certification::case::checks(snapshot, rules),
    }
}

/// What a reviewer has to look at beside the snapshot. Asked whenever the case is read, because it changes while the case waits.
pub(super) async fn looks(tx: &mut Tx, case: &Case) -> Result<Vec<Check>, ServiceError> {
    match case.kind {
        CaseKind::HostIdentity => identity::case::host_looks(tx, case).await,
        CaseKind::PersonIdentity | CaseKind::Certification => Ok(Vec::new()),
    }
}

/// Whether every automatic check passed, so that nobody has to look closer before an approval.
pub(super) fn is_checked(kind: CaseKind, snapshot: &Snapshot, rules: &RulePack) -> bool {
    checks(kind, snapshot, rules)
        .iter()
        .all(|check| check.result == CheckResult::Passed)
}

/// What a decision changes beside the case: called when it ended the case, returned it or took the decision back.
pub(super) async fn decided(service: &Service, tx: &mut Tx, case: &Case, verdict: Verdict) -> Result<(), ServiceError> {
    match case.kind {
        CaseKind::PersonIdentity | CaseKind::HostIdentity => identity::case::decided(service, tx, case, verdict).await,
        CaseKind::Certification => certification::case::decided(service, tx, case, verdict).await,
    }
}

/// Whether something live depends on the decision.
pub(super) async fn depended_on(tx: &mut Tx, case: &Case) -> Result<bool, ServiceError> {
    // Who begins something with it at this moment holds the subject, too.
    store::identity::hold(tx, case.about).await?;
    match case.kind {
        CaseKind::PersonIdentity | CaseKind::HostIdentity => identity::case::depended_on(tx, case).await,
        CaseKind::Certification => certification::case::depended_on(tx, case).await,
    }
}
