//! The host's side: read, save a draft, submit, send again, begin anew.

use super::next::{identity_of, standing, summary_of};
use super::way::{follow_plan, offers, returned_case};
use super::{
    act_view, address_of, case, day_of, load, load_version, paper, refused, sealed, sent_form, typed_form, write,
};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::host::{identified, must_be_verified};
use crate::review::{self, NewCase};
use domain::CaseId;
use domain::audit::AuditEvent;
use domain::certification::{
    Application, CertificationEvent, CertificationForm, CertificationPage, CertificationState, CertificationSummary,
    Editable, FormGround,
};
use domain::review::{CaseKind, CaseState, Matter, Snapshot, Standing};
use store::Tx;
use store::host::Host;
use store::review::Subject;

/// The certification of the operator's host.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an operator.
pub async fn view(service: &Service, actor: &Actor) -> Result<CertificationPage, ServiceError> {
    let id = actor.as_operator()?;
    let mut tx = service.db().read().await?;
    let (host, one) = load(&mut tx, id).await?;
    let case = standing(service, &mut tx, &one).await?;
    let last_act = store::certification::last_act(&mut tx, id).await?;
    let certified_by = certifier_name(&mut tx, &host).await?;
    let returned = returned_case(&mut tx, &one).await?;
    let (identity, identity_returned) = identity_of(&mut tx, id).await?;
    Ok(CertificationPage {
        address: address_of(&mut tx, &host.division_code, &host.address).await?,
        identity,
        identity_returned,
        state: one.state,
        form: typed_form(service, &one)?,
        sent: sent_form(service, &one)?,
        files: paper::of(service, &mut tx, id).await?,
        plans: offers(service, &mut tx, &host, &one, returned.as_ref()).await?,
        seats_percent: service
            .rules()
            .pack(&host.division_code, service.now().day())
            .seats_percent_of_insured,
        editable: editable(one.state, case.as_ref()),
        case,
        certified_by,
        certified_on: day_of(one.certified_at),
        rectify_until: one.rectify_until,
        banned_until: one.banned_until,
        last_act: last_act.map(|act| act_view(service, act)),
        today: service.now().day(),
        version: one.version,
        name: host.name,
        credit_code: host.credit_code.as_str().to_owned(),
    })
}

/// The certification of the operator's host in short.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an operator.
pub async fn summary(service: &Service, actor: &Actor) -> Result<CertificationSummary, ServiceError> {
    let id = actor.as_operator()?;
    let mut tx = service.db().read().await?;
    summary_of(service, &mut tx, id).await
}

/// Saves what was typed without sending it; answers the new row version. Of a returned application only the returned fields.
///
/// # Errors
/// [`ServiceError::Conflict`] when a colleague saved meanwhile, [`ServiceError::Refused`] while nothing may be changed.
pub async fn save(
    service: &Service,
    actor: &Actor,
    version: i64,
    form: CertificationForm,
) -> Result<i64, ServiceError> {
    let id = actor.as_operator()?;
    let mut tx = service.db().begin().await?;
    let (_, mut one) = load_version(&mut tx, id, version).await?;
    if !form.is_keepable() {
        return Err(ServiceError::Refused("填写的内容太多，请缩短后再保存。".to_owned()));
    }
    let form = match returned_case(&mut tx, &one).await? {
        Some(case) => form.only_changing(&typed_form(service, &one)?, &case.returned_fields),
        None => {
            one.state.step(CertificationEvent::Submit).map_err(refused)?;
            form
        }
    };
    paper::keep(service, &mut tx, actor, id, &form).await?;
    one.form_sealed = Some(sealed(service, id, &form)?);
    write(&mut tx, &one).await?;
    let event = AuditEvent::CertificationSaved { host: id };
    service.audit(&mut tx, actor.author(), &event).await?;
    tx.commit().await?;
    Ok(version + 1)
}

/// Sends the application, or the mended one of a returned case, to the agencies that the rules name.
///
/// # Errors
/// [`ServiceError::Refused`] before the host's identity is verified and while nothing can be sent, [`ServiceError::Invalid`] for
/// what is wrong with the form, [`ServiceError::Conflict`] when a colleague was quicker.
pub async fn submit(
    service: &Service,
    actor: &Actor,
    version: i64,
    form: CertificationForm,
) -> Result<CaseId, ServiceError> {
    let id = actor.as_operator()?;
    let mut tx = service.db().begin().await?;
    let (host, mut one) = load_version(&mut tx, id, version).await?;
    let returned = returned_case(&mut tx, &one).await?;
    let state = match &returned {
        Some(_) => one.state,
        None => one.state.step(CertificationEvent::Submit).map_err(refused)?,
    };
    must_be_verified(&mut tx, id).await?;
    let plans = offers(service, &mut tx, &host, &one, returned.as_ref()).await?;
    let application = form.check(&FormGround { plans: &plans })?;
    let papers = paper::keep(service, &mut tx, actor, id, &form).await?;
    let address = address_of(&mut tx, &host.division_code, &host.address).await?;
    let identified = identified(service, &mut tx, id).await?;
    let snapshot = case::snapshot(&host, address, identified, &application, papers);
    let case = match returned {
        Some(mut case) => {
            let reopened = case.returned_fields.iter().any(|field| field == "plan");
            let way = if reopened && one.plan != Some(application.plan) {
                follow_plan(service, &mut tx, &host, &mut case, application.plan).await?
            } else {
                None
            };
            review::resubmit(service, &mut tx, actor, case, way, &snapshot).await?
        }
        None => open(service, &mut tx, actor, &host, &application, snapshot).await?,
    };
    one.state = state;
    one.form_sealed = Some(sealed(service, id, &form)?);
    one.sent_sealed.clone_from(&one.form_sealed);
    one.case = Some(case);
    one.plan = Some(application.plan);
    one.insured_employees = Some(application.insured_employees);
    one.moved_at = service.now();
    write(&mut tx, &one).await?;
    tx.commit().await?;
    Ok(case)
}

/// Begins a new application with what was typed before: after a rejection, a clean-out, or the end of a ban.
///
/// # Errors
/// [`ServiceError::Refused`] naming the day on which the ban ends, or why there is nothing to begin.
pub async fn restart(service: &Service, actor: &Actor, version: i64) -> Result<(), ServiceError> {
    let id = actor.as_operator()?;
    let mut tx = service.db().begin().await?;
    let (host, mut one) = load_version(&mut tx, id, version).await?;
    let event = match one.state {
        CertificationState::CleanedOut | CertificationState::Disqualified => CertificationEvent::Apply {
            today: service.now().day(),
            banned_until: one.banned_until,
        },
        CertificationState::Draft
        | CertificationState::Submitted
        | CertificationState::Certified
        | CertificationState::Rejected
        | CertificationState::Rectifying => CertificationEvent::Revise,
    };
    one.state = one.state.step(event).map_err(refused)?;
    one.certified_at = None;
    one.rectify_until = None;
    one.banned_until = None;
    one.moved_at = service.now();
    write(&mut tx, &one).await?;
    store::certification::set_standing(&mut tx, id, one.state.standing(), None, host.version).await?;
    let event = AuditEvent::CertificationReopened { host: id };
    service.audit(&mut tx, actor.author(), &event).await?;
    tx.commit().await?;
    Ok(())
}

async fn open(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    host: &Host,
    application: &Application,
    snapshot: Snapshot,
) -> Result<CaseId, ServiceError> {
    let new = NewCase {
        kind: CaseKind::Certification,
        about: Subject::Host(host.id),
        subject: host.name.clone(),
        detail: application.plan.label().to_owned(),
        matter: Matter::Certification {
            business: &host.division_code,
            plan: application.plan,
        },
        division: &host.division_code,
        snapshot,
    };
    review::submit(service, tx, actor, new).await
}

fn editable(state: CertificationState, case: Option<&Standing>) -> Editable {
    match (state, case) {
        (CertificationState::Draft, _) => Editable::Everything,
        (CertificationState::Submitted, Some(case)) if case.state == CaseState::Returned => {
            Editable::Fields(case.fields.iter().map(|(code, _)| code.clone()).collect())
        }
        (
            CertificationState::Submitted
            | CertificationState::Certified
            | CertificationState::Rejected
            | CertificationState::CleanedOut
            | CertificationState::Rectifying
            | CertificationState::Disqualified,
            _,
        ) => Editable::Nothing,
    }
}

async fn certifier_name(tx: &mut Tx, host: &Host) -> Result<Option<String>, ServiceError> {
    let Some(agency) = host.certified_by else {
        return Ok(None);
    };
    let directory = store::agency::directory(tx).await?;
    Ok(directory.get(agency).map(|agency| agency.name.clone()))
}
