//! An agency decides its stage: approve, return with named fields, reject, or take its decision back where the rules allow it.

use super::submit::label_of;
use super::{calendar, subject, tell, unseal};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::file;
use domain::audit::AuditEvent;
use domain::file::FilePurpose;
use domain::review::{
    CaseEvent, CaseRefusal, CaseState, CheckResult, DecisionForm, DecisionGround, NewDecision, Verdict, needs_record,
};
use domain::{AccountId, AgencyId, CaseId, FileId};
use store::Tx;
use store::review::{Case, Decision};

/// Papers of a decision.
const RECORD: &str = "review_decision";

/// Decides a case at its current stage; answers where it stands afterwards. `version` is the row version that was on the
/// screen.
///
/// # Errors
/// [`ServiceError::NotFound`] for a case of another agency, [`ServiceError::Conflict`] naming who was quicker,
/// [`ServiceError::Invalid`] for what is missing in the form, [`ServiceError::Refused`] with the rule that is in the way.
pub async fn decide(
    service: &Service,
    actor: &Actor,
    id: CaseId,
    version: i64,
    form: DecisionForm,
) -> Result<CaseState, ServiceError> {
    let agency = actor.as_reviewer()?;
    let mut tx = service.db().begin().await?;
    let case = store::review::find_for_agency(&mut tx, agency, id)
        .await?
        .ok_or(ServiceError::NotFound)?;
    if case.version != version {
        return Err(quicker(&mut tx, id).await);
    }
    match decide_in(service, &mut tx, actor, agency, case, &form).await {
        Ok(state) => {
            tx.commit().await?;
            Ok(state)
        }
        // Between the look and the step somebody else on another node decided.
        Err(ServiceError::Conflict(_)) => {
            drop(tx);
            Err(quicker(&mut service.db().read().await?, id).await)
        }
        Err(error) => Err(error),
    }
}

async fn decide_in(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    agency: AgencyId,
    mut case: Case,
    form: &DecisionForm,
) -> Result<CaseState, ServiceError> {
    if is_senders(&case, &store::review::decisions(tx, case.id).await?, actor.account()) {
        return Err(refused(CaseRefusal::OwnCase));
    }
    let taken_back = match Verdict::from_code(&form.verdict) {
        Some(Verdict::Revoke) => revocable(tx, &case, agency).await?,
        Some(_) | None => None,
    };
    if case.agency != agency && taken_back.is_none() {
        return Err(ServiceError::Refused(
            "这件事项现在由其他机构办理，本机构只能查看。".to_owned(),
        ));
    }
    let (snapshot, snapshot_hash) = unseal(service, tx, &case, case.snapshot).await?;
    let codes: Vec<&str> = subject::fields(case.kind).iter().map(|(code, _)| *code).collect();
    let new = form.check(&DecisionGround {
        kind: case.kind,
        purpose: case.purpose,
        submitted_on: case.submitted_at.day(),
        today: service.now().day(),
        fields: &codes,
        has_id_card: snapshot.papers.iter().any(|paper| paper.field == "id_card_photos"),
    })?;
    let pack = service.rules().pack(&case.division, service.now().day());
    if new.verdict == Verdict::Approve
        && let Some(failed) = subject::checks(case.kind, &snapshot, &pack)
            .iter()
            .find(|check| check.result == CheckResult::Failed)
    {
        return Err(ServiceError::Refused(format!(
            "自动检查不通过：{}。请退回补正或不通过。",
            failed.words
        )));
    }
    let (allowed, basis) = (pack.decisions_revocable, pack.basis().to_owned());
    let event = match new.verdict {
        Verdict::Approve => CaseEvent::Approve {
            purpose: case.purpose,
            recorded: new.record.is_some() || !needs_record(case.kind, case.purpose),
        },
        Verdict::Return => CaseEvent::Return,
        Verdict::Reject => CaseEvent::Reject,
        Verdict::Revoke => CaseEvent::Revoke {
            stage: taken_back.unwrap_or(case.progress.stage),
            allowed,
            depended_on: is_depended_on(tx, &case).await?,
        },
        Verdict::Submit | Verdict::Resubmit => return Err(ServiceError::Forbidden),
    };
    let before = case.clone();
    case.progress = case.progress.step(event).map_err(refused)?;
    let ended = matches!(case.progress.state, CaseState::Approved | CaseState::Rejected);
    move_on(service, tx, &mut case, &new, before.progress.stage).await?;
    if let Some(record) = &new.record {
        keep_photos(service, tx, actor, &before, record.photos()).await?;
    }
    let account = store::account::find(tx, actor.account())
        .await?
        .ok_or(ServiceError::SignInNeeded)?;
    let decision = Decision {
        verdict: new.verdict,
        account: account.id,
        account_name: account.name,
        agency: Some(agency),
        agency_name: None,
        purpose: Some(if new.verdict == Verdict::Revoke {
            case.purpose
        } else {
            before.purpose
        }),
        reason: new.reason,
        fields: new.fields.clone(),
        record: new.record,
        snapshot: case.snapshot,
        snapshot_hash,
        basis,
        at: service.now(),
    };
    store::review::add_decision(tx, case.id, &decision).await?;
    // A stage that is taken back before the end changed nothing beside the case.
    let reopened = new.verdict == Verdict::Revoke && before.decided_at.is_some();
    if ended || reopened || new.verdict == Verdict::Return {
        subject::decided(service, tx, &case, new.verdict).await?;
    }
    let event = AuditEvent::CaseDecided {
        case: case.id,
        kind: case.kind,
        verdict: new.verdict,
        ended,
    };
    service.audit(tx, actor.author(), &event).await?;
    let fields = labels(&case, &new.fields);
    tell::decided(service, tx, &before, &case, new.verdict, fields).await?;
    if new.verdict == Verdict::Revoke {
        tell::taken_back(service, tx, &before, &case).await?;
    }
    Ok(case.progress.state)
}

/// Keeps what the inspector uploaded with the decision, for every agency of the way and for the one above that follows an
/// overdue case. `case` is the one as it stood.
async fn keep_photos(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    case: &Case,
    photos: &[FileId],
) -> Result<(), ServiceError> {
    let unfit = || ServiceError::field("photos", "有一份照片不是在这里上传的，或者还没有传好。请删掉重新上传。");
    let number = store::review::decisions(&mut *tx, case.id).await?.len();
    let row = format!("{}/{number}", case.id);
    let subject = file::Subject { kind: RECORD, id: &row };
    file::attach(service, &mut *tx, actor, subject, photos)
        .await
        .map_err(|error| match error {
            ServiceError::Invalid(_) => unfit(),
            other => other,
        })?;
    let kept = store::file::uses_of(&mut *tx, RECORD, &row).await?;
    if kept.iter().any(|file| file.purpose != FilePurpose::InspectionRecord) {
        return Err(unfit());
    }
    let way = store::review::stages(&mut *tx, case.id).await?;
    for agency in way.iter().map(|stage| stage.agency).chain(case.escalated_to) {
        file::grant(service, &mut *tx, subject, agency).await?;
    }
    Ok(())
}

/// Writes the case after its step, and the stages that it left and reached.
async fn move_on(
    service: &Service,
    tx: &mut Tx,
    case: &mut Case,
    new: &NewDecision,
    from: u8,
) -> Result<(), ServiceError> {
    let now = service.now();
    let today = now.day();
    let reaches = case.progress.stage != from || new.verdict == Verdict::Revoke;
    if reaches {
        let stages = store::review::stages(tx, case.id).await?;
        let stage = stages
            .iter()
            .find(|stage| stage.position == case.progress.stage)
            .ok_or_else(|| ServiceError::fault("a case beyond its stages"))?;
        case.purpose = stage.purpose;
        case.agency = stage.agency;
        case.workdays = stage.workdays;
        case.since = today;
        case.due_on = calendar(tx).await?.add_workdays(today, stage.workdays.into());
    }
    case.escalated_to = None;
    case.escalated_at = None;
    case.returned_fields.clone_from(&new.fields);
    case.decided_at = matches!(case.progress.state, CaseState::Approved | CaseState::Rejected).then_some(now);
    store::review::save(tx, case).await?;
    if new.verdict == Verdict::Approve {
        store::review::pass_stage(tx, case.id, from, now).await?;
    }
    if reaches {
        store::review::reach_stage(tx, case.id, case.progress.stage, today, case.due_on).await?;
    }
    if new.verdict == Verdict::Revoke {
        store::review::leave_after(tx, case.id, case.progress.stage).await?;
    }
    Ok(())
}

/// Whether this account sent the case, at first or again: nobody decides what they sent themselves.
pub(super) fn is_senders(case: &Case, history: &[Decision], account: AccountId) -> bool {
    let sent = |entry: &Decision| matches!(entry.verdict, Verdict::Submit | Verdict::Resubmit);
    case.submitted_by == account || history.iter().any(|entry| sent(entry) && entry.account == account)
}

/// The stage whose decision the agency may take back, as far as the case's way goes.
pub(super) async fn revocable(tx: &mut Tx, case: &Case, agency: AgencyId) -> Result<Option<u8>, ServiceError> {
    let stages = store::review::stages(tx, case.id).await?;
    let way: Vec<_> = stages.iter().map(|stage| (stage.agency, stage.purpose)).collect();
    Ok(case.progress.revocable(&way, agency))
}

/// Whether something live depends on what was decided; nothing does before the case has ended.
pub(super) async fn is_depended_on(tx: &mut Tx, case: &Case) -> Result<bool, ServiceError> {
    Ok(case.decided_at.is_some() && subject::depended_on(tx, case).await?)
}

fn refused(refusal: CaseRefusal) -> ServiceError {
    ServiceError::Refused(refusal.message().to_owned())
}

/// Who was quicker, and what they did.
async fn quicker(tx: &mut Tx, id: CaseId) -> ServiceError {
    match store::review::decisions(tx, id).await.as_deref() {
        Ok([.., last]) => ServiceError::Conflict(format!(
            "{}刚刚已办理这件事项：{}。页面已显示最新结果，您填的内容没有提交。",
            last.account_name,
            last.verdict.label()
        )),
        Ok([]) | Err(_) => ServiceError::stale(),
    }
}

/// Labels of returned fields for the history.
pub(super) fn labels(case: &Case, fields: &[String]) -> Vec<String> {
    let known = subject::fields(case.kind);
    fields.iter().map(|code| label_of(known, code)).collect()
}
