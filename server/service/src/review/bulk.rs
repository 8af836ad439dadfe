//! Several cases approved at once, each by itself.

use super::decide::decide;
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::review::{BulkOutcome, DecisionForm, Verdict, is_bulk_safe};
use domain::{AgencyId, CaseId};

/// The most cases of one bulk approval: a page of the queue.
const BULK: usize = 50;

/// Approves several cases of one page that need nothing but a yes: each by itself, so that one that is in the way stops none
/// of the others.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is a reviewer, [`ServiceError::Refused`] for more than a page.
pub async fn approve_many(
    service: &Service,
    actor: &Actor,
    cases: Vec<(CaseId, i64)>,
) -> Result<Vec<BulkOutcome>, ServiceError> {
    let agency = actor.as_reviewer()?;
    if cases.len() > BULK {
        return Err(ServiceError::Refused(format!(
            "一次最多批量通过 {BULK} 件，请分几次办理。"
        )));
    }
    let mut outcomes = Vec::with_capacity(cases.len());
    for (id, version) in cases {
        let refused = match approve_one(service, actor, agency, id, version).await {
            Ok(()) => None,
            Err(ServiceError::Refused(message) | ServiceError::Conflict(message)) => Some(message),
            Err(ServiceError::NotFound) => Some("没有找到这件事项，可能已转到其他机构。".to_owned()),
            // A fault is in the log with its cause. Those before it are done, and those after it can be.
            Err(
                ServiceError::Unavailable
                | ServiceError::Internal { .. }
                | ServiceError::Invalid(_)
                | ServiceError::TooMany { .. }
                | ServiceError::Crowded { .. }
                | ServiceError::Forbidden
                | ServiceError::SignInNeeded,
            ) => Some("没有办成，请稍后单独办理。".to_owned()),
        };
        outcomes.push(BulkOutcome { id, refused });
    }
    Ok(outcomes)
}

async fn approve_one(
    service: &Service,
    actor: &Actor,
    agency: AgencyId,
    id: CaseId,
    version: i64,
) -> Result<(), ServiceError> {
    let mut tx = service.db().read().await?;
    let case = store::review::find_for_agency(&mut tx, agency, id)
        .await?
        .ok_or(ServiceError::NotFound)?;
    drop(tx);
    if !is_bulk_safe(case.kind, case.purpose, case.checked) {
        return Err(ServiceError::Refused("这件事项需要打开核对后单独办理。".to_owned()));
    }
    let form = DecisionForm {
        verdict: Verdict::Approve.code().to_owned(),
        ..DecisionForm::default()
    };
    decide(service, actor, id, version, form).await.map(|_| ())
}
