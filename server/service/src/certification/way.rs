//! Which agencies an application goes to: what each plan would mean, and whether a mended application keeps its case's way.

use crate::context::Service;
use crate::error::ServiceError;
use crate::review;
use domain::agency::Directory;
use domain::certification::PlanOffer;
use domain::review::{CaseState, Matter, Plan, Route, RouteRefusal, StagePurpose, route};
use store::Tx;
use store::certification::Certification;
use store::host::Host;
use store::review::{Case, Subject};

/// The way of a plan by today's rules.
pub(super) fn of_plan(
    service: &Service,
    division: &str,
    plan: Plan,
    directory: &Directory,
) -> Result<Route, RouteRefusal> {
    let matter = Matter::Certification {
        business: division,
        plan,
    };
    route(matter, &service.rules().pack(division, service.now().day()), directory)
}

/// What routing says about each plan at the host's address. The plan of a returned case stays open whatever the rules of today
/// say: its case goes on where it stands.
pub(super) async fn offers(
    service: &Service,
    tx: &mut Tx,
    host: &Host,
    one: &Certification,
    returned: Option<&Case>,
) -> Result<Vec<PlanOffer>, ServiceError> {
    let directory = store::agency::directory(&mut *tx).await?;
    let mut offers: Vec<PlanOffer> = Plan::ALL
        .into_iter()
        .map(|plan| offer(service, &host.division_code, plan, &directory))
        .collect();
    if let Some(case) = returned
        && let Some(kept) = offers.iter_mut().find(|offer| Some(offer.plan) == one.plan)
    {
        let stages = store::review::stages(tx, case.id).await?;
        kept.way = words(
            stages
                .iter()
                .map(|stage| (stage.purpose, stage.agency_name.as_str(), stage.workdays)),
        );
        kept.refusal = None;
    }
    Ok(offers)
}

fn offer(service: &Service, division: &str, plan: Plan, directory: &Directory) -> PlanOffer {
    match of_plan(service, division, plan, directory) {
        Ok(way) => PlanOffer {
            plan,
            way: words(way.stages.iter().map(|stage| {
                let agency = directory.get(stage.agency).map_or("", |agency| agency.name.as_str());
                (stage.purpose, agency, stage.workdays)
            })),
            refusal: None,
        },
        Err(refusal) => PlanOffer {
            plan,
            way: String::new(),
            refusal: Some(refusal.message()),
        },
    }
}

fn words<'a>(stages: impl Iterator<Item = (StagePurpose, &'a str, u8)>) -> String {
    stages
        .map(|(purpose, agency, workdays)| format!("{}（{agency}，{workdays} 个工作日）", purpose.label()))
        .collect::<Vec<_>>()
        .join(" → ")
}

/// Lets a returned case follow another plan. Where the same agencies do the same, it goes on at the stage that returned it;
/// otherwise it begins at the first stage of the new plan's way (GZ 三: the plan names the agencies), which this answers. The
/// stages that `domain.md` §4 has a case come back to are those of its way, and that way is no more.
///
/// # Errors
/// [`ServiceError::Invalid`] beside `plan` when the plan has no way here.
pub(super) async fn follow_plan(
    service: &Service,
    tx: &mut Tx,
    host: &Host,
    case: &mut Case,
    plan: Plan,
) -> Result<Option<Route>, ServiceError> {
    let directory = store::agency::directory(&mut *tx).await?;
    let way = of_plan(service, &host.division_code, plan, &directory)
        .map_err(|refusal| ServiceError::field("plan", refusal.message()))?;
    plan.label().clone_into(&mut case.detail);
    let stages = store::review::stages(&mut *tx, case.id).await?;
    let same = way
        .stages
        .iter()
        .map(|stage| (stage.purpose, stage.agency))
        .eq(stages.iter().map(|stage| (stage.purpose, stage.agency)));
    if same {
        return Ok(None);
    }
    let matter = Matter::Certification {
        business: &host.division_code,
        plan,
    };
    let place = ("plan", host.division_code.as_str());
    Ok(Some(review::redirect(service, tx, case, matter, place).await?))
}

/// The case of a submitted certification, when it waits for the host.
pub(super) async fn returned_case(tx: &mut Tx, one: &Certification) -> Result<Option<Case>, ServiceError> {
    if one.state != domain::certification::CertificationState::Submitted {
        return Ok(None);
    }
    let case = store::review::latest_of(tx, domain::review::CaseKind::Certification, Subject::Host(one.host)).await?;
    Ok(case.filter(|case| case.progress.state == CaseState::Returned))
}
