//! A subject becomes a case, comes back mended, and its submitter sees where it stands.

use super::{calendar, hand_over, papers_of, row, seal, subject, tell, unseal};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::file;
use domain::agency::Directory;
use domain::audit::AuditEvent;
use domain::file::FileView;
use domain::review::{
    CaseEvent, CaseKind, CaseRefusal, CaseState, Due, Matter, Progress, Route, RoutedStage, Snapshot, StageView,
    Standing, Verdict, route,
};
use domain::{CaseId, Day, FieldErrors, Moment};
use store::review::{Case, Decision, Stage, Subject};
use store::{StoreError, Tx};

/// What a feature submits.
#[derive(Debug)]
pub struct NewCase<'a> {
    /// What it is about.
    pub kind: CaseKind,
    /// Whom it is about.
    pub about: Subject,
    /// Name of the host or person.
    pub subject: String,
    /// A second line of the queue.
    pub detail: String,
    /// What routing must know.
    pub matter: Matter<'a>,
    /// GB/T 2260 code of the address whose rule pack counts.
    pub division: &'a str,
    /// Facts and papers.
    pub snapshot: Snapshot,
}

/// Opens a case: finds its way, seals what it is about, sets the first due date.
///
/// # Errors
/// [`ServiceError::Refused`] when no agency is responsible, or the subject has an open case of this kind.
pub async fn submit(service: &Service, tx: &mut Tx, actor: &Actor, new: NewCase<'_>) -> Result<CaseId, ServiceError> {
    submit_at(service, tx, actor, new, service.now()).await
}

/// [`submit`] at another moment than now: what the demo tells of past days.
pub(crate) async fn submit_at(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    new: NewCase<'_>,
    now: Moment,
) -> Result<CaseId, ServiceError> {
    let today = now.day();
    let pack = service.rules().pack(new.division, today);
    store::agency::rely(tx).await?;
    let directory = store::agency::directory(tx).await?;
    let way = route(new.matter, &pack, &directory).map_err(|refusal| ServiceError::Refused(refusal.message()))?;
    let first = *way
        .stages
        .first()
        .ok_or_else(|| ServiceError::fault("a way without a stage"))?;
    let id = CaseId::new(service.new_id());
    let due_on = calendar(tx).await?.add_workdays(today, first.workdays.into());
    let case = Case {
        id,
        kind: new.kind,
        about: new.about,
        subject: new.subject,
        detail: new.detail,
        division: new.division.to_owned(),
        progress: Progress::new(u8::try_from(way.stages.len()).map_err(ServiceError::fault)?),
        purpose: first.purpose,
        agency: first.agency,
        workdays: first.workdays,
        since: today,
        due_on,
        escalated_to: None,
        escalated_at: None,
        checked: subject::is_checked(new.kind, &new.snapshot, &pack),
        returned_fields: Vec::new(),
        snapshot: 1,
        route: way.reason,
        basis: pack.basis().to_owned(),
        submitted_by: actor.account(),
        submitted_at: now,
        decided_at: None,
        version: 1,
    };
    store::review::insert(tx, &case).await.map_err(|error| match error {
        StoreError::Duplicate(_) => ServiceError::Conflict(CaseRefusal::WaitsForAgency.message().to_owned()),
        other => other.into(),
    })?;
    let stages = way_from(&way.stages, today, due_on);
    store::review::insert_stages(tx, id, &stages).await?;
    note(service, tx, actor, &case, &new.snapshot, (Verdict::Submit, now)).await?;
    let event = AuditEvent::CaseOpened {
        case: id,
        kind: case.kind,
        agency: case.agency,
        due_on,
    };
    service.audit(tx, actor.author(), &event).await?;
    tell::received(service, tx, &case).await?;
    Ok(id)
}

/// Leads a returned case another way, because its address or its plan was corrected; answers that way. Nothing is written:
/// [`resubmit`] does that.
///
/// # Errors
/// [`ServiceError::Invalid`] beside `field` when no agency is responsible for what was corrected, [`ServiceError::Refused`]
/// unless it was returned.
pub async fn redirect(
    service: &Service,
    tx: &mut Tx,
    case: &mut Case,
    matter: Matter<'_>,
    (field, division): (&str, &str),
) -> Result<Route, ServiceError> {
    let pack = service.rules().pack(division, service.now().day());
    store::agency::rely(tx).await?;
    let directory = store::agency::directory(tx).await?;
    let way = route(matter, &pack, &directory).map_err(|refusal| ServiceError::field(field, refusal.message()))?;
    let first = *way
        .stages
        .first()
        .ok_or_else(|| ServiceError::fault("a way without a stage"))?;
    let stages = u8::try_from(way.stages.len()).map_err(ServiceError::fault)?;
    case.progress = case.progress.step(CaseEvent::Redirect { stages }).map_err(refused)?;
    case.purpose = first.purpose;
    case.agency = first.agency;
    case.workdays = first.workdays;
    case.division = division.to_owned();
    case.route.clone_from(&way.reason);
    pack.basis().clone_into(&mut case.basis);
    Ok(way)
}

/// Sends a returned case again. Of what was typed only the fields that the agency named may differ; the same stage decides
/// anew, or the first of the way that it was [`redirect`]ed to.
///
/// # Errors
/// [`ServiceError::Refused`] unless it was returned, [`ServiceError::Invalid`] naming each other field that was changed.
pub async fn resubmit(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    mut case: Case,
    way: Option<Route>,
    snapshot: &Snapshot,
) -> Result<CaseId, ServiceError> {
    let today = service.now().day();
    case.progress = case.progress.step(CaseEvent::Resubmit).map_err(refused)?;
    let (before, _) = unseal(service, tx, &case, case.snapshot).await?;
    let mut errors = FieldErrors::default();
    for (field, label) in before.changed_fields(snapshot) {
        if subject::is_typed(case.kind, &field) && !case.returned_fields.contains(&field) {
            errors.push(&field, format!("“{label}”没有被退回，不能修改，请改回原来的内容。"));
        }
    }
    errors.into_result(())?;
    case.snapshot += 1;
    let rules = service.rules().pack(&case.division, today);
    case.checked = subject::is_checked(case.kind, snapshot, &rules);
    case.since = today;
    case.due_on = calendar(tx).await?.add_workdays(today, case.workdays.into());
    case.returned_fields = Vec::new();
    case.escalated_to = None;
    case.escalated_at = None;
    store::review::save(tx, &case).await?;
    match way {
        Some(way) => {
            let stages = way_from(&way.stages, today, case.due_on);
            store::review::replace_stages(tx, case.id, &stages).await?;
        }
        None => store::review::reach_stage(tx, case.id, case.progress.stage, today, case.due_on).await?,
    }
    note(service, tx, actor, &case, snapshot, (Verdict::Resubmit, service.now())).await?;
    let event = AuditEvent::CaseDecided {
        case: case.id,
        kind: case.kind,
        verdict: Verdict::Resubmit,
        ended: false,
    };
    service.audit(tx, actor.author(), &event).await?;
    tell::received(service, tx, &case).await?;
    Ok(case.id)
}

/// Seals a snapshot, lets the agencies of the way read its papers, and writes the submitter's entry of the history.
async fn note(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    case: &Case,
    snapshot: &Snapshot,
    (verdict, at): (Verdict, Moment),
) -> Result<(), ServiceError> {
    let sealed = seal(service, case.id, case.snapshot, snapshot)?;
    store::review::add_snapshot(tx, case.id, &sealed, at).await?;
    let (row, files) = (row(case.id, case.snapshot), snapshot.files().collect::<Vec<_>>());
    file::attach(service, tx, actor, papers_of(&row), &files).await?;
    for stage in store::review::stages(tx, case.id).await? {
        hand_over(service, tx, case, stage.agency).await?;
    }
    let account = store::account::find(tx, actor.account())
        .await?
        .ok_or(ServiceError::SignInNeeded)?;
    let decision = Decision {
        verdict,
        account: account.id,
        account_name: account.name,
        agency: None,
        agency_name: None,
        purpose: None,
        reason: None,
        fields: Vec::new(),
        record: None,
        snapshot: sealed.number,
        snapshot_hash: sealed.hash,
        basis: service.rules().pack(&case.division, at.day()).basis().to_owned(),
        at,
    };
    store::review::add_decision(tx, case.id, &decision).await?;
    Ok(())
}

/// How the latest case of a kind stands, for the subject itself.
pub async fn standing(
    service: &Service,
    tx: &mut Tx,
    kind: CaseKind,
    about: Subject,
) -> Result<Option<Standing>, ServiceError> {
    let Some(case) = store::review::latest_of(tx, kind, about).await? else {
        return Ok(None);
    };
    let directory = store::agency::directory(tx).await?;
    let history = store::review::decisions(tx, case.id).await?;
    let last = history.iter().rev().find(|decision| decision.agency.is_some());
    let labels = subject::fields(kind);
    Ok(Some(Standing {
        id: case.id,
        state: case.progress.state,
        purpose: case.purpose,
        agency: name_of(&directory, &case),
        due: due(service, &case),
        reason: last.and_then(|decision| decision.reason.clone()),
        taken_back: last.is_some_and(|decision| decision.verdict == Verdict::Revoke),
        fields: case
            .returned_fields
            .iter()
            .map(|code| (code.clone(), label_of(labels, code)))
            .collect(),
        stages: stage_views(service, tx, &case).await?,
        submitted_at: case.submitted_at,
        decided_at: case.decided_at,
    }))
}

/// The papers that the latest case of a kind is decided about, for the subject itself.
pub(crate) async fn papers(
    service: &Service,
    tx: &mut Tx,
    kind: CaseKind,
    about: Subject,
) -> Result<Vec<FileView>, ServiceError> {
    let Some(case) = store::review::latest_of(tx, kind, about).await? else {
        return Ok(Vec::new());
    };
    file::views_of(service, tx, papers_of(&row(case.id, case.snapshot))).await
}

/// The stages of a way whose first was reached on a day.
fn way_from(stages: &[RoutedStage], reached_on: Day, due_on: Day) -> Vec<Stage> {
    (0_u8..)
        .zip(stages)
        .map(|(position, stage)| Stage {
            position,
            purpose: stage.purpose,
            agency: stage.agency,
            agency_name: String::new(),
            workdays: stage.workdays,
            reached_on: (position == 0).then_some(reached_on),
            due_on: (position == 0).then_some(due_on),
            passed_at: None,
        })
        .collect()
}

fn refused(refusal: CaseRefusal) -> ServiceError {
    ServiceError::Refused(refusal.message().to_owned())
}

fn name_of(directory: &Directory, case: &Case) -> String {
    directory
        .get(case.agency)
        .map_or_else(|| "经办机构".to_owned(), |agency| agency.name.clone())
}

/// The label of a field's code.
pub(super) fn label_of(labels: &[(&str, &str)], code: &str) -> String {
    labels
        .iter()
        .find(|(known, _)| *known == code)
        .map_or_else(|| code.to_owned(), |(_, label)| (*label).to_owned())
}

/// The due date of a case that waits for its agency.
pub(super) fn due(service: &Service, case: &Case) -> Option<Due> {
    (case.progress.state == CaseState::Submitted).then(|| due_on(service, case.due_on))
}

/// A due date as it stands today.
pub(super) fn due_on(service: &Service, day: Day) -> Due {
    Due::on(day, service.now().day(), service.rules().calendar())
}

/// The way of a case.
pub(super) async fn stage_views(service: &Service, tx: &mut Tx, case: &Case) -> Result<Vec<StageView>, ServiceError> {
    let open = matches!(case.progress.state, CaseState::Submitted | CaseState::Returned);
    Ok(store::review::stages(tx, case.id)
        .await?
        .into_iter()
        .map(|stage| StageView {
            purpose: stage.purpose,
            agency: stage.agency_name,
            due: stage.due_on.map(|day| due_on(service, day)),
            passed_at: stage.passed_at,
            current: open && stage.position == case.progress.stage,
        })
        .collect())
}
