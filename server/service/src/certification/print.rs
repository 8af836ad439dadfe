//! The printed 就业见习单位申请表 (SD 1.1: 可以下载打印见习基地申请表): what was applied with, and who approved it.

use super::{address_of, form_of, load, paper};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::certification::{CertificationForm, PrintStage, PrintView};
use domain::review::{CaseKind, Matter, Plan, Verdict, route};
use store::Tx;
use store::review::{Case, Subject};

/// The application of the operator's host, ready to be printed in every state.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an operator.
pub async fn print(service: &Service, actor: &Actor) -> Result<PrintView, ServiceError> {
    let id = actor.as_operator()?;
    let mut tx = service.db().read().await?;
    let (host, one) = load(&mut tx, id).await?;
    let form = form_of(service, &one)?;
    let case = match one.case {
        Some(_) => store::review::latest_of(&mut tx, CaseKind::Certification, Subject::Host(id)).await?,
        None => None,
    };
    let stages = match &case {
        Some(case) => decided(&mut tx, case).await?,
        None => planned(service, &mut tx, &host.division_code, &form).await?,
    };
    let papers = paper::of(service, &mut tx, id).await?;
    Ok(PrintView {
        address: address_of(&mut tx, &host.division_code, &host.address).await?,
        name: host.name,
        credit_code: host.credit_code.as_str().to_owned(),
        state: one.state,
        form,
        papers: papers
            .into_iter()
            .map(|file| format!("{}：{}", file.purpose.label(), file.name))
            .collect(),
        submitted_on: case.map(|case| case.submitted_at.day()),
        stages,
        today: service.now().day(),
    })
}

/// The stages of a case with the approvals that still count: one that was taken back has no day any more.
async fn decided(tx: &mut Tx, case: &Case) -> Result<Vec<PrintStage>, ServiceError> {
    let history = store::review::decisions(&mut *tx, case.id).await?;
    let stages = store::review::stages(tx, case.id).await?;
    Ok(stages
        .into_iter()
        .map(|stage| {
            let approval = stage.passed_at.and_then(|_| {
                history.iter().rev().find(|decision| {
                    decision.verdict == Verdict::Approve
                        && decision.purpose == Some(stage.purpose)
                        && decision.agency == Some(stage.agency)
                })
            });
            PrintStage {
                purpose: stage.purpose,
                agency: stage.agency_name,
                approved: approval.map(|decision| (decision.account_name.clone(), decision.at.day())),
                opinion: approval.and_then(|decision| decision.reason.clone()),
            }
        })
        .collect())
}

/// The stages that the chosen plan leads to, for a form that is printed before it is sent.
async fn planned(
    service: &Service,
    tx: &mut Tx,
    division: &str,
    form: &CertificationForm,
) -> Result<Vec<PrintStage>, ServiceError> {
    let directory = store::agency::directory(tx).await?;
    let matter = Matter::Certification {
        business: division,
        plan: Plan::from_code(&form.plan).unwrap_or_default(),
    };
    let Ok(way) = route(matter, &service.rules().pack(division, service.now().day()), &directory) else {
        return Ok(Vec::new());
    };
    Ok(way
        .stages
        .into_iter()
        .map(|stage| PrintStage {
            purpose: stage.purpose,
            agency: directory
                .get(stage.agency)
                .map(|agency| agency.name.clone())
                .unwrap_or_default(),
            approved: None,
            opinion: None,
        })
        .collect())
}
