//! A person's 实名认证: by the gateway, by the county's hand, after a crash, and what waits for it.

mod automatic;
mod county;
mod waits;

use super::file::agency_staff;
use crate::identity;
use crate::testing::{World, registration};
use crate::{Actor, ServiceError, review};
use domain::AgencyId;
use domain::account::Role;
use domain::identity::{IdentityForm, IdentityState, PersonIdentityView};
use domain::review::{CaseState, DecisionForm, QueueFilter, QueueRow};
use store::review::Subject;

const COUNTY: &str = "贵阳市观山湖区人力资源和社会保障局";

async fn registered(world: &World, number: usize) -> Actor {
    world.actor(&world.register(registration(number)).await).await
}

async fn own(world: &World, person: &Actor) -> PersonIdentityView {
    identity::view(&world.service, person).await.unwrap()
}

/// The county where everybody of [`registration`] lives, with its reviewer.
async fn county(world: &World) -> (AgencyId, Actor) {
    let agency = world.agency(COUNTY, "520115").await;
    (
        agency,
        agency_staff(world, "gsh.reviewer", Role::Reviewer, agency).await,
    )
}

async fn queue(world: &World, reviewer: &Actor) -> Vec<QueueRow> {
    review::queue(&world.service, reviewer, QueueFilter::default())
        .await
        .unwrap()
        .rows
}

fn approval(proof: &str) -> DecisionForm {
    DecisionForm {
        verdict: "approve".to_owned(),
        proof: proof.to_owned(),
        note: "10:20 通话，姓名、住址和学校都说对了".to_owned(),
        ..DecisionForm::default()
    }
}

fn returning(fields: &[&str]) -> DecisionForm {
    DecisionForm {
        verdict: "return".to_owned(),
        reason: "电话没有打通，请补正".to_owned(),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        ..DecisionForm::default()
    }
}

/// Decides the only open case of the reviewer's agency.
async fn decides(world: &World, reviewer: &Actor, form: DecisionForm) -> Result<CaseState, ServiceError> {
    let [case] = <[QueueRow; 1]>::try_from(queue(world, reviewer).await).unwrap();
    review::decide(&world.service, reviewer, case.id, case.version, form).await
}

/// What the page sends when nothing is changed.
fn unchanged() -> IdentityForm {
    let known = registration(0);
    IdentityForm {
        name: known.name,
        residence: known.residence,
        residence_detail: known.residence_detail,
        ..IdentityForm::default()
    }
}

/// As a crash leaves it: the gateway is being asked.
async fn leave_checking(world: &World, person: &Actor) {
    let of = Subject::Trainee(person.trainee().unwrap());
    let mut tx = world.service.db().begin().await.unwrap();
    let (_, version) = store::identity::find(&mut tx, of).await.unwrap().unwrap();
    store::identity::set(&mut tx, of, IdentityState::Checking, world.clock.now(), version)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}
