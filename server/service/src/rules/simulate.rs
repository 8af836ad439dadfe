//! The routing simulator asked with this installation's agencies, rules and calendar.

use crate::actor::Actor;
use crate::context::Service;
use crate::division;
use crate::error::ServiceError;
use domain::rulepack::{Simulation, SimulationForm};

/// Which agencies would decide, by which rules, until when and why.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor belongs to an agency, [`ServiceError::Invalid`] for what cannot be asked.
pub async fn simulate(service: &Service, actor: &Actor, form: &SimulationForm) -> Result<Simulation, ServiceError> {
    actor.as_agency()?;
    let question = form.check()?;
    let mut tx = service.db().read().await?;
    if !division::is_leaf(&mut tx, &question.division, question.day).await? {
        return Err(ServiceError::field(
            "division",
            "没有这个行政区划，请重新选择，选到县（市、区）",
        ));
    }
    let address = division::path_name_in(&mut tx, &question.division).await?;
    let agencies = store::agency::directory(&mut tx).await?;
    let rules = service.rules();
    let answer = |code: &str| {
        let pack = rules.pack(code, question.day);
        let mut answer = domain::rulepack::simulate(&question, &pack, &agencies, rules.calendar());
        answer.basis = rules.basis_in_words(&answer.basis);
        answer
    };
    let answers = std::iter::once(question.division.as_str())
        .chain(question.compare.as_deref())
        .map(answer)
        .collect();
    Ok(Simulation {
        address,
        day: question.day,
        answers,
    })
}
