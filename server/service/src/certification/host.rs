//! The host's side: read, save a draft, submit, send again, begin anew.

use super::{
    act_view, address_of, case, day_of, form_of, load, load_version, paper, plan_offers, refused, sealed, write,
};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::host::{must_be_verified, not_verified};
use crate::review::{self, NewCase};
use domain::audit::AuditEvent;
use domain::certification::{
    Application, CertificationEvent, CertificationForm, CertificationPage, CertificationRefusal, CertificationState,
    CertificationSummary, Editable, FormGround,
};
use domain::identity::IdentityState;
use domain::review::{CaseKind, CaseState, Matter, Snapshot, Standing, route};
use domain::value::full_day_label;
use domain::{CaseId, HostId};
use store::Tx;
use store::certification::Certification;
use store::host::Host;
use store::review::{Case, Subject};

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
    Ok(CertificationPage {
        address: address_of(&mut tx, &host.division_code, &host.address).await?,
        identity: identity_of(&mut tx, id).await?,
        state: one.state,
        form: form_of(service, &one)?,
        files: paper::of(service, &mut tx, id).await?,
        plans: plan_offers(service, &mut tx, &host.division_code).await?,
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
        last_act: last_act.map(act_view),
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

/// The certification of a host in short.
pub(crate) async fn summary_of(
    service: &Service,
    tx: &mut Tx,
    id: HostId,
) -> Result<CertificationSummary, ServiceError> {
    let (_, one) = load(tx, id).await?;
    let case = standing(service, tx, &one).await?;
    let identity = identity_of(tx, id).await?;
    Ok(CertificationSummary {
        state: one.state,
        next: next_step(&one, identity, case.as_ref()),
    })
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
        Some(case) => form.only_changing(&form_of(service, &one)?, &case.returned_fields),
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
    let plans = plan_offers(service, &mut tx, &host.division_code).await?;
    let application = form.check(&FormGround { plans: &plans })?;
    let papers = paper::keep(service, &mut tx, actor, id, &form).await?;
    let rules = &service.rules().pack(&host.division_code, service.now().day());
    let address = address_of(&mut tx, &host.division_code, &host.address).await?;
    let snapshot = case::snapshot(&host, address, &application, papers, rules);
    let case = match returned {
        Some(case) => {
            same_way(service, &mut tx, &host, &case, &application).await?;
            review::resubmit(service, &mut tx, actor, case, &snapshot).await?
        }
        None => open(service, &mut tx, actor, &host, &application, snapshot).await?,
    };
    one.state = state;
    one.form_sealed = Some(sealed(service, id, &form)?);
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

/// A returned case goes on at the same stage: a plan that leads to other agencies needs another case.
async fn same_way(
    service: &Service,
    tx: &mut Tx,
    host: &Host,
    case: &Case,
    application: &Application,
) -> Result<(), ServiceError> {
    let directory = store::agency::directory(&mut *tx).await?;
    let matter = Matter::Certification {
        business: &host.division_code,
        plan: application.plan,
    };
    let way = route(
        matter,
        &service.rules().pack(&host.division_code, service.now().day()),
        &directory,
    )
    .map_err(|refusal| ServiceError::field("plan", refusal.message()))?;
    let stages = store::review::stages(tx, case.id).await?;
    if way
        .stages
        .iter()
        .map(|stage| stage.agency)
        .eq(stages.iter().map(|stage| stage.agency))
    {
        Ok(())
    } else {
        Err(ServiceError::field(
            "plan",
            "换成这个计划要由别的机构审核，不能在这份申请里改。请保留原来的计划；确实要换，请联系审核机构作“不通过”处理后重新申请。",
        ))
    }
}

/// The case of a submitted certification, when it waits for the host.
async fn returned_case(tx: &mut Tx, one: &Certification) -> Result<Option<Case>, ServiceError> {
    if one.state != CertificationState::Submitted {
        return Ok(None);
    }
    let case = store::review::latest_of(tx, CaseKind::Certification, Subject::Host(one.host)).await?;
    Ok(case.filter(|case| case.progress.state == CaseState::Returned))
}

async fn standing(service: &Service, tx: &mut Tx, one: &Certification) -> Result<Option<Standing>, ServiceError> {
    if one.case.is_none() {
        return Ok(None);
    }
    review::standing(service, tx, CaseKind::Certification, Subject::Host(one.host)).await
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

async fn identity_of(tx: &mut Tx, host: HostId) -> Result<IdentityState, ServiceError> {
    Ok(store::identity::find(tx, Subject::Host(host))
        .await?
        .ok_or(ServiceError::NotFound)?
        .0)
}

async fn certifier_name(tx: &mut Tx, host: &Host) -> Result<Option<String>, ServiceError> {
    let Some(agency) = host.certified_by else {
        return Ok(None);
    };
    let directory = store::agency::directory(tx).await?;
    Ok(directory.get(agency).map(|agency| agency.name.clone()))
}

/// Who acts and by when.
fn next_step(one: &Certification, identity: IdentityState, case: Option<&Standing>) -> String {
    match one.state {
        CertificationState::Draft => not_verified(identity)
            .unwrap_or("请填写见习单位认证申请并提交。通过认证后才能接收见习人员。")
            .to_owned(),
        CertificationState::Submitted => match case {
            Some(case) if case.state == CaseState::Returned => {
                format!("{}退回了申请，请修改退回的内容后重新提交。", case.agency)
            }
            Some(case) => {
                let due = case
                    .due
                    .map(|due| format!("，{}前", full_day_label(due.day)))
                    .unwrap_or_default();
                format!("{}正在{}{due}办理，不用再操作。", case.agency, case.purpose.label())
            }
            None => "申请正在审核，不用再操作。".to_owned(),
        },
        CertificationState::Certified => "已经可以接收见习人员。".to_owned(),
        CertificationState::Rejected => "申请没有通过，请看原因，修改后可以重新申请。".to_owned(),
        CertificationState::CleanedOut => "本单位因长期没有开展见习已被清退，需要时可以重新申请认证。".to_owned(),
        CertificationState::Rectifying => one.rectify_until.map_or_else(
            || "请按要求整改，等认证机构复核。".to_owned(),
            |day| {
                format!(
                    "请在{}前完成整改，等认证机构复核。逾期不改将被取消资格。",
                    full_day_label(day)
                )
            },
        ),
        CertificationState::Disqualified => one.banned_until.map_or_else(
            || "本单位已被取消见习资格。".to_owned(),
            |until| CertificationRefusal::Banned { until }.message(),
        ),
    }
}
