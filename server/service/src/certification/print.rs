//! The printed 就业见习单位申请表 (SD 1.1: 可以下载打印见习基地申请表): what was applied with, who decided what about it, and what the
//! inspection found (CQ 三(二)1). For the host, and for the agencies of the case's way.

use super::{address_of, load, paper, sent_form, typed_form, way};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::host::identified;
use crate::review;
use domain::HostId;
use domain::certification::{CertificationState, PrintDecision, PrintStage, PrintView};
use domain::review::{CaseKind, CaseState, Fact, Plan, Verdict};
use store::Tx;
use store::certification::Certification;
use store::host::Host;
use store::review::{Case, Subject};

/// The application of the operator's host, ready to be printed in every state.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an operator.
pub async fn print(service: &Service, actor: &Actor) -> Result<PrintView, ServiceError> {
    let id = actor.as_operator()?;
    let mut tx = service.db().read().await?;
    let (host, one) = load(&mut tx, id).await?;
    match one.state {
        CertificationState::Draft => draft(service, &mut tx, host, &one).await,
        CertificationState::Submitted
        | CertificationState::Certified
        | CertificationState::Rejected
        | CertificationState::CleanedOut
        | CertificationState::Rectifying
        | CertificationState::Disqualified => match latest(&mut tx, id).await? {
            Some(case) => sent(service, &mut tx, host, &one, &case, true).await,
            None => draft(service, &mut tx, host, &one).await,
        },
    }
}

/// The application that a host sent last, for an agency through whose hands its case goes. Numbers are masked: who decides reads
/// them on the case.
///
/// # Errors
/// [`ServiceError::NotFound`] for a host without a case that the agency may read, [`ServiceError::Forbidden`] unless the actor
/// reads cases of an agency.
pub async fn print_of(service: &Service, actor: &Actor, id: HostId) -> Result<PrintView, ServiceError> {
    let agency = actor.as_case_reader()?;
    let mut tx = service.db().read().await?;
    let latest = latest(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let case = store::review::find_for_agency(&mut tx, agency, latest.id)
        .await?
        .ok_or(ServiceError::NotFound)?;
    let (host, one) = load(&mut tx, id).await?;
    sent(service, &mut tx, host, &one, &case, false).await
}

async fn latest(tx: &mut Tx, id: HostId) -> Result<Option<Case>, ServiceError> {
    Ok(store::review::latest_of(tx, CaseKind::Certification, Subject::Host(id)).await?)
}

/// What is typed and not sent, with the stages that the chosen plan leads to.
async fn draft(service: &Service, tx: &mut Tx, host: Host, one: &Certification) -> Result<PrintView, ServiceError> {
    let form = typed_form(service, one)?;
    let identified = identified(service, &mut *tx, host.id).await?;
    let plan = Plan::from_code(&form.plan).unwrap_or_default();
    let directory = store::agency::directory(&mut *tx).await?;
    let stages = match way::of_plan(service, &host.division_code, plan, &directory) {
        Ok(way) => way.stages,
        Err(_) => Vec::new(),
    };
    let papers = paper::of(service, &mut *tx, host.id).await?;
    Ok(PrintView {
        address: address_of(tx, &host.division_code, &host.address).await?,
        name: host.name,
        credit_code: host.credit_code.as_str().to_owned(),
        legal_representative: said(&identified.facts, "legal_representative", true),
        operator: said(&identified.facts, "operator", true),
        state: one.state,
        form,
        papers: identified
            .papers
            .into_iter()
            .map(|paper| paper.label)
            .chain(papers.into_iter().map(|file| file.titled()))
            .collect(),
        submitted_on: None,
        stages: stages
            .into_iter()
            .map(|stage| PrintStage {
                purpose: stage.purpose,
                agency: directory
                    .get(stage.agency)
                    .map(|agency| agency.name.clone())
                    .unwrap_or_default(),
                decision: None,
            })
            .collect(),
        today: service.now().day(),
    })
}

/// What was sent: facts and papers are those that the case is decided about.
async fn sent(
    service: &Service,
    tx: &mut Tx,
    host: Host,
    one: &Certification,
    case: &Case,
    in_full: bool,
) -> Result<PrintView, ServiceError> {
    let (snapshot, _) = review::unseal(service, &mut *tx, case, case.snapshot).await?;
    let papers = review::papers(service, &mut *tx, CaseKind::Certification, case.about).await?;
    let open = |field: &str| said(&snapshot.facts, field, in_full);
    Ok(PrintView {
        name: open("name").unwrap_or(host.name),
        credit_code: open("credit_code").unwrap_or_default(),
        address: open("address").unwrap_or_default(),
        legal_representative: open("legal_representative"),
        operator: open("operator"),
        state: one.state,
        form: sent_form(service, one)?,
        papers: papers.into_iter().map(|file| file.titled()).collect(),
        submitted_on: Some(case.submitted_at.day()),
        stages: decided(tx, case).await?,
        today: service.now().day(),
    })
}

/// What a fact says, to those who may read its number or not.
fn said(facts: &[Fact], field: &str, in_full: bool) -> Option<String> {
    let fact = facts.iter().find(|fact| fact.field == field)?;
    match &fact.masked {
        Some(masked) if !in_full => Some(masked.clone()),
        Some(_) | None => Some(fact.value.clone()),
    }
}

/// The stages of a case with the decisions that still count: one that was taken back has no day any more.
async fn decided(tx: &mut Tx, case: &Case) -> Result<Vec<PrintStage>, ServiceError> {
    let history = store::review::decisions(&mut *tx, case.id).await?;
    let stages = store::review::stages(tx, case.id).await?;
    Ok(stages
        .into_iter()
        .map(|stage| {
            let rejected = case.progress.state == CaseState::Rejected && stage.position == case.progress.stage;
            let verdict = match (stage.passed_at, rejected) {
                (_, true) => Some(Verdict::Reject),
                (Some(_), false) => Some(Verdict::Approve),
                (None, false) => None,
            };
            let decision = verdict.and_then(|verdict| {
                history.iter().rev().find(|decision| {
                    decision.verdict == verdict
                        && decision.purpose == Some(stage.purpose)
                        && decision.agency == Some(stage.agency)
                })
            });
            PrintStage {
                purpose: stage.purpose,
                agency: stage.agency_name,
                decision: decision.map(|decision| PrintDecision {
                    verdict: decision.verdict,
                    by: decision.account_name.clone(),
                    on: decision.at.day(),
                    opinion: decision.reason.clone(),
                    record: decision.record.clone(),
                }),
            }
        })
        .collect())
}
