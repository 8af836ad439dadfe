//! The trainee's side: the terms, yes or no.

use super::refused;
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::identity;
use domain::audit::AuditEvent;
use domain::host::HostStanding;
use domain::internship::{DeclineForm, InternshipEvent, InternshipRefusal, OfferView};
use domain::value::whole_months;
use domain::{InternshipId, TraineeId};
use store::internship::{Internship, TraineeScope};
use store::review::Subject;
use store::trainee::Trainee;
use store::{StoreError, Tx};

/// The terms as the trainee reads them, before and after the answer.
///
/// # Errors
/// [`ServiceError::NotFound`] unless it is the trainee's own or offered to them.
pub async fn offer_view(service: &Service, actor: &Actor, id: InternshipId) -> Result<OfferView, ServiceError> {
    let trainee = actor.as_trainee()?;
    let mut tx = service.db().read().await?;
    let found = find_for_trainee(&mut tx, trainee, id).await?;
    view(&mut tx, found).await
}

/// The trainee confirms the terms: the internship is active, attendance counts. Nobody does so before their 实名认证 is
/// through (GZ 二).
///
/// # Errors
/// [`ServiceError::Refused`] with the reason, [`ServiceError::Conflict`] when it moved on meanwhile.
pub async fn confirm(service: &Service, actor: &Actor, id: InternshipId, version: i64) -> Result<(), ServiceError> {
    let trainee = actor.as_trainee()?;
    let now = service.now();
    let mut tx = service.db().begin().await?;
    let found = find_for_trainee(&mut tx, trainee, id).await?;
    for of in [Subject::Trainee(trainee), Subject::Host(found.host)] {
        store::identity::hold(&mut tx, of).await?;
    }
    let host = store::host::find(&mut tx, found.host)
        .await?
        .ok_or(ServiceError::NotFound)?;
    let other_active = store::internship::active_of_trainee(&mut tx, trainee).await?.is_some();
    let not_yet = identity::why_not_confirm_in(service, &mut tx, trainee).await?;
    let event = InternshipEvent::Confirm {
        verified: not_yet.is_none(),
        certified: host.standing == HostStanding::Certified,
        other_active,
        today: now.day(),
        ends_on: found.ends_on,
    };
    let state = found.state.step(event).map_err(|refusal| match (refusal, not_yet) {
        (InternshipRefusal::IdentityNeeded, Some(sentence)) => ServiceError::Refused(sentence),
        (refusal, _) => refused(refusal),
    })?;
    let host = found.host;
    let answered = Internship {
        state,
        trainee: Some(trainee),
        answered_at: Some(now),
        version,
        ..found
    };
    store::internship::save_state(&mut tx, &answered)
        .await
        .map_err(|error| match error {
            StoreError::Duplicate(_) => refused(InternshipRefusal::OtherActive),
            other => other.into(),
        })?;
    service
        .audit(&mut tx, actor.author(), &AuditEvent::OfferConfirmed { internship: id })
        .await?;
    store::live::announce(&mut tx, host).await?;
    tx.commit().await?;
    service.hub().committed(host);
    Ok(())
}

/// The trainee declines with a reason that the host reads.
///
/// # Errors
/// [`ServiceError::Invalid`] without a reason, [`ServiceError::Refused`] once it was answered.
pub async fn decline(
    service: &Service,
    actor: &Actor,
    id: InternshipId,
    version: i64,
    form: DeclineForm,
) -> Result<(), ServiceError> {
    let trainee = actor.as_trainee()?;
    let reason = form.check()?;
    let now = service.now();
    let mut tx = service.db().begin().await?;
    let found = find_for_trainee(&mut tx, trainee, id).await?;
    let state = found.state.step(InternshipEvent::Decline).map_err(refused)?;
    let answered = Internship {
        state,
        trainee: Some(trainee),
        answered_at: Some(now),
        decline_reason: Some(reason),
        version,
        ..found
    };
    store::internship::save_state(&mut tx, &answered).await?;
    service
        .audit(&mut tx, actor.author(), &AuditEvent::OfferDeclined { internship: id })
        .await?;
    tx.commit().await?;
    Ok(())
}

/// The offers that wait for the trainee, as views.
pub(crate) async fn offers(tx: &mut Tx, trainee: TraineeId) -> Result<Vec<OfferView>, ServiceError> {
    let person = person(tx, trainee).await?;
    let mut views = Vec::new();
    for offer in store::internship::offers_to(&mut *tx, scope(&person)).await? {
        views.push(view(&mut *tx, offer).await?);
    }
    Ok(views)
}

async fn find_for_trainee(tx: &mut Tx, trainee: TraineeId, id: InternshipId) -> Result<Internship, ServiceError> {
    let person = person(tx, trainee).await?;
    store::internship::find_of_trainee(tx, scope(&person), id)
        .await?
        .ok_or(ServiceError::NotFound)
}

async fn person(tx: &mut Tx, trainee: TraineeId) -> Result<Trainee, ServiceError> {
    store::trainee::find(tx, trainee).await?.ok_or(ServiceError::NotFound)
}

/// Offers are written to a name and a number; whoever has both may read them.
fn scope(person: &Trainee) -> TraineeScope<'_> {
    TraineeScope {
        trainee: person.id,
        name: &person.name,
        phone_index: &person.phone_index,
    }
}

async fn view(tx: &mut Tx, internship: Internship) -> Result<OfferView, ServiceError> {
    let sites = store::site::allowed(tx, &[internship.id]).await?;
    Ok(OfferView {
        id: internship.id,
        host: internship.host_name,
        post: internship.post,
        sites: sites.into_iter().map(|(_, site)| site.name).collect(),
        starts_on: internship.starts_on,
        ends_on: internship.ends_on,
        months: whole_months(internship.starts_on, internship.ends_on),
        allowance: internship.allowance,
        state: internship.state,
        offered_at: internship.offered_at,
        version: internship.version,
    })
}
