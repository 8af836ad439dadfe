//! A person's own 实名认证: where it stands, and submitting it. Never is a transaction open while the gateway is asked.

use super::submission::{self, Change};
use super::{case, papers};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::throttle::{self, Try};
use crate::{division, review};
use domain::TraineeId;
use domain::identity::{IdentityEvent, IdentityForm, IdentityGround, IdentityState, PERSON_FIELDS, PersonIdentityView};
use domain::review::{CaseKind, CaseState, Matter, route};
use store::Tx;
use store::review::{Case, Subject};
use store::trainee::Trainee;

const KIND: CaseKind = CaseKind::PersonIdentity;

/// Where the person's own identity stands, who acts until when, and what may be changed now.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is a trainee.
pub async fn view(service: &Service, actor: &Actor) -> Result<PersonIdentityView, ServiceError> {
    let id = actor.as_trainee()?;
    let mut tx = service.db().read().await?;
    let (person, case) = load(&mut tx, id).await?;
    let standing = review::standing(service, &mut tx, KIND, Subject::Trainee(id)).await?;
    let editable = editable(person.identity, case.as_ref());
    let residence = division::path_name_in(&mut tx, &person.residence_code).await?;
    Ok(PersonIdentityView {
        state: person.identity,
        since: person.identity_at,
        standing,
        id_card: submission::id_card(service, &person)?.masked(),
        residence: format!("{residence}{}", person.residence_detail),
        photos: papers::views(service, &mut tx, id).await?,
        returned: person.identity == IdentityState::Manual && !editable.is_empty(),
        in_the_way: in_the_way(service, &mut tx, &person, &editable).await?,
        editable,
        today: service.now().day(),
        name: person.name,
        residence_code: person.residence_code,
        residence_detail: person.residence_detail,
    })
}

/// Submits the own identity, for the first time, after a rejection, or with what an agency asked for; answers where it
/// stands afterwards.
///
/// # Errors
/// [`ServiceError::Invalid`] naming each field, also when the ID number is somebody else's; [`ServiceError::Refused`] while
/// it is under way, when it is done, and where no agency is responsible for the address.
pub async fn submit(service: &Service, actor: &Actor, form: IdentityForm) -> Result<IdentityState, ServiceError> {
    let id = actor.as_trainee()?;
    let mut tx = service.db().read().await?;
    let (person, found) = load(&mut tx, id).await?;
    let editable = editable(person.identity, found.as_ref());
    if editable.is_empty() {
        let refusal = person.identity.step(IdentityEvent::Submit { automatic: false }).err();
        let sentence = refusal.map_or("实名认证正在办理，请等审核结果。", |refusal| {
            refusal.message()
        });
        return Err(ServiceError::Refused(sentence.to_owned()));
    }
    let returned = person.identity == IdentityState::Manual;
    let change = form.check(&IdentityGround {
        today: service.now().day(),
        editable: &editable,
        returned,
    })?;
    if let Some((county, _)) = &change.residence
        && !division::is_leaf(&mut tx, county, service.now().day()).await?
    {
        return Err(ServiceError::field(
            "residence",
            "没有这个行政区划，请重新选择常住地址，选到县（市、区）",
        ));
    }
    drop(tx);
    let attempt = match &change.id_card {
        Some(_) => Some(throttle::attempt(service, Try::IdCard, Some(&actor.account().to_string()), None, None).await?),
        None => None,
    };
    let change = Change { change, attempt };
    match found {
        Some(case) if returned => submission::resubmit(service, actor, person, case, change).await,
        _ => submission::first(service, actor, person, change).await,
    }
}

/// Why the person cannot confirm an offer yet, with the next step; nothing once the identity is proven.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is a trainee.
pub async fn why_not_confirm(service: &Service, actor: &Actor) -> Result<Option<String>, ServiceError> {
    let id = actor.as_trainee()?;
    let mut tx = service.db().read().await?;
    why_not_confirm_in(service, &mut tx, id).await
}

/// [`why_not_confirm`] inside a transaction.
pub(crate) async fn why_not_confirm_in(
    service: &Service,
    tx: &mut Tx,
    trainee: TraineeId,
) -> Result<Option<String>, ServiceError> {
    let about = Subject::Trainee(trainee);
    let (state, _) = store::identity::find(tx, about).await?.ok_or(ServiceError::NotFound)?;
    if state == IdentityState::Verified {
        return Ok(None);
    }
    let standing = review::standing(service, tx, KIND, about).await?;
    Ok(domain::identity::why_not_confirm(state, standing.as_ref()))
}

async fn load(tx: &mut Tx, id: TraineeId) -> Result<(Trainee, Option<Case>), ServiceError> {
    let person = store::trainee::find(tx, id).await?.ok_or(ServiceError::NotFound)?;
    let case = store::review::latest_of(tx, KIND, Subject::Trainee(id)).await?;
    Ok((person, case))
}

/// Codes of the parts that may be changed: all before a submission, those that the agency named after a return.
fn editable(state: IdentityState, case: Option<&Case>) -> Vec<String> {
    match (state, case) {
        (IdentityState::Unverified | IdentityState::Rejected, _) => {
            PERSON_FIELDS.iter().map(|(code, _)| (*code).to_owned()).collect()
        }
        (IdentityState::Manual, Some(case)) if case.progress.state == CaseState::Returned => {
            case.returned_fields.clone()
        }
        (IdentityState::Manual | IdentityState::Checking | IdentityState::Verified, _) => Vec::new(),
    }
}

/// Whether nobody could look at a submission from where the person lives. With a gateway it may be verified all the same.
async fn in_the_way(
    service: &Service,
    tx: &mut Tx,
    person: &Trainee,
    editable: &[String],
) -> Result<Option<String>, ServiceError> {
    if editable.is_empty() || service.identity_gateway().is_some() {
        return Ok(None);
    }
    let directory = store::agency::directory(tx).await?;
    let matter = Matter::PersonIdentity {
        residence: &person.residence_code,
    };
    let pack = service.rules().pack(&person.residence_code, service.now().day());
    Ok(route(matter, &pack, &directory).err().map(|refusal| refusal.message()))
}

/// Moves a person's identity by one event.
pub(super) async fn step(
    service: &Service,
    tx: &mut Tx,
    trainee: TraineeId,
    event: IdentityEvent,
) -> Result<IdentityState, ServiceError> {
    case::step(service, tx, Subject::Trainee(trainee), event).await
}
