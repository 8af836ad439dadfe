//! A case as its page shows it. Numbers are masked unless the reader has to decide now; that look is logged.

use super::decide::{is_depended_on, is_senders, labels, revocable};
use super::submit::{due, stage_views};
use super::{subject, unseal};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::account::Role;
use domain::audit::AuditEvent;
use domain::review::{
    CaseRefusal, CaseState, CaseView, Check, CheckResult, DecisionRecord, DecisionView, FactView, May, PaperView,
    Snapshot,
};
use domain::{AgencyId, CaseId};
use store::Tx;
use store::review::{Case, Decision};

/// The page of a case that lies, has lain or will lie at the reader's agency or at one below it.
///
/// # Errors
/// [`ServiceError::NotFound`] for any other case, [`ServiceError::Forbidden`] unless the actor reads cases.
pub async fn view(service: &Service, actor: &Actor, id: CaseId) -> Result<CaseView, ServiceError> {
    let agency = actor.as_case_reader()?;
    let mut tx = service.db().begin().await?;
    let case = store::review::find_for_agency(&mut tx, agency, id)
        .await?
        .ok_or(ServiceError::NotFound)?;
    let (snapshot, _) = unseal(service, &mut tx, &case, case.snapshot).await?;
    let changed = changed_fields(service, &mut tx, &case, &snapshot).await?;
    let history = store::review::decisions(&mut tx, id).await?;
    let (may, may_not) = permitted(service, &mut tx, actor, agency, (&case, &history)).await?;
    if may.decide {
        let event = AuditEvent::CaseLookedAt { case: id };
        service.audit(&mut tx, actor.author(), &event).await?;
    }
    let papers = papers(service, &mut tx, agency, &snapshot, &changed).await?;
    let stages = stage_views(service, &mut tx, &case).await?;
    let mut entries = Vec::new();
    for decision in history {
        entries.push(entry(service, &mut tx, agency, &case, decision).await?);
    }
    let rules = service.rules().pack(&case.division, service.now().day());
    let mut checks = subject::checks(case.kind, &snapshot, &rules);
    checks.extend(subject::looks(&mut tx, &case).await?);
    if may.decide {
        checks.extend(namesake(&mut tx, actor, &snapshot).await?);
    }
    tx.commit().await?;
    Ok(CaseView {
        id,
        kind: case.kind,
        state: case.progress.state,
        purpose: case.purpose,
        due: due(service, &case),
        escalated: case.escalated_at.is_some(),
        checks,
        facts: facts(&snapshot, &changed, may.decide),
        papers,
        stages,
        history: entries,
        fields: subject::fields(case.kind)
            .iter()
            .map(|(code, label)| ((*code).to_owned(), (*label).to_owned()))
            .collect(),
        may,
        may_not,
        submitted_on: case.submitted_at.day(),
        today: service.now().day(),
        version: case.version,
        route: case.route,
        subject: case.subject,
        detail: case.detail,
    })
}

/// What the reader may do, and why not where it is their agency's turn all the same.
async fn permitted(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    agency: AgencyId,
    (case, history): (&Case, &[Decision]),
) -> Result<(May, Option<String>), ServiceError> {
    let mut may = May::default();
    let (own_turn, decided) = (case.agency == agency, revocable(tx, case, agency).await?.is_some());
    if actor.role() != Role::Reviewer || !(own_turn || decided) {
        return Ok((may, None));
    }
    if is_senders(case, history, actor.account()) {
        return Ok((may, Some(CaseRefusal::OwnCase.message().to_owned())));
    }
    may.decide = own_turn && case.progress.state == CaseState::Submitted;
    may.revoke = decided
        && service
            .rules()
            .pack(&case.division, service.now().day())
            .decisions_revocable
        && !is_depended_on(tx, case).await?;
    let waits = case.progress.state == CaseState::Returned;
    Ok((may, waits.then(|| CaseRefusal::WaitsForSubmitter.message().to_owned())))
}

/// Codes of the fields that differ from what was returned.
async fn changed_fields(
    service: &Service,
    tx: &mut Tx,
    case: &Case,
    snapshot: &Snapshot,
) -> Result<Vec<String>, ServiceError> {
    if case.snapshot < 2 {
        return Ok(Vec::new());
    }
    let (before, _) = unseal(service, tx, case, case.snapshot - 1).await?;
    Ok(before
        .changed_fields(snapshot)
        .into_iter()
        .map(|(field, _)| field)
        .collect())
}

fn facts(snapshot: &Snapshot, changed: &[String], in_full: bool) -> Vec<FactView> {
    snapshot
        .facts
        .iter()
        .map(|fact| FactView {
            field: fact.field.clone(),
            label: fact.label.clone(),
            value: match &fact.masked {
                Some(masked) if !in_full => masked.clone(),
                Some(_) | None => fact.value.clone(),
            },
            changed: changed.contains(&fact.field),
        })
        .collect()
}

async fn papers(
    service: &Service,
    tx: &mut Tx,
    agency: AgencyId,
    snapshot: &Snapshot,
    changed: &[String],
) -> Result<Vec<PaperView>, ServiceError> {
    let mut papers = Vec::with_capacity(snapshot.papers.len());
    for paper in &snapshot.papers {
        let file = match paper.file.parse() {
            Ok(id) => crate::file::view_for_agency(service, tx, agency, id).await?,
            Err(_) => None,
        };
        papers.push(PaperView {
            field: paper.field.clone(),
            label: paper.label.clone(),
            file,
            changed: changed.contains(&paper.field),
        });
    }
    Ok(papers)
}

async fn entry(
    service: &Service,
    tx: &mut Tx,
    agency: AgencyId,
    case: &Case,
    decision: Decision,
) -> Result<DecisionView, ServiceError> {
    let mut photos = Vec::new();
    for id in decision.record.iter().flat_map(DecisionRecord::photos) {
        photos.extend(crate::file::view_for_agency(service, tx, agency, *id).await?);
    }
    Ok(DecisionView {
        photos,
        verdict: decision.verdict,
        by: decision.account_name,
        agency: decision.agency_name,
        purpose: decision.purpose,
        at: decision.at,
        reason: decision.reason,
        fields: labels(case, &decision.fields),
        record: decision.record,
        basis: service.rules().basis_in_words(&decision.basis),
        snapshot_hash: decision.snapshot_hash,
    })
}

/// Nobody decides about themselves, and a person may have an account of each kind: accounts tell that only of what was
/// submitted with them, so whoever is called like somebody of the case is asked to step back.
async fn namesake(tx: &mut Tx, actor: &Actor, snapshot: &Snapshot) -> Result<Option<Check>, ServiceError> {
    const PEOPLE: [&str; 3] = ["name", "legal_representative", "operator"];
    let account = store::account::find(tx, actor.account())
        .await?
        .ok_or(ServiceError::SignInNeeded)?;
    let same = |value: &str| value.split(' ').next() == Some(account.name.as_str());
    let field = PEOPLE.into_iter().find(|field| snapshot.value(field).is_some_and(same));
    Ok(field.map(|field| Check {
        field: field.to_owned(),
        result: CheckResult::Look,
        words: "和您同名。如果是您本人或有利害关系，请回避，由同事办理".to_owned(),
    }))
}
