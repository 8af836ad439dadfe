//! The switch for push: one browser of one person at a time.

use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::audit::AuditEvent;
use domain::notice::PushForm;
use store::notice::Subscription;

/// Purpose of what is sealed, and of the blind index of an endpoint.
pub(super) const SUBSCRIPTION: &str = "push.subscription";
/// Browsers of one person; the oldest give way.
const MOST: i64 = 10;

/// The public key that a browser subscribes with; `None` when this server sends no push.
#[must_use]
pub fn push_key(service: &Service) -> Option<String> {
    service.channels().push.as_ref().map(|push| push.public().to_owned())
}

/// Whether the actor is told through the browser with this endpoint.
///
/// # Errors
/// What the store says.
pub async fn is_push_on(service: &Service, actor: &Actor, endpoint: &str) -> Result<bool, ServiceError> {
    let index = service.vault().index(SUBSCRIPTION, endpoint);
    let mut tx = service.db().read().await?;
    let found = store::notice::find_subscription(&mut tx, actor.account(), &index).await?;
    Ok(found.is_some())
}

/// Tells the actor through this browser from now on. A browser that told somebody else before tells only the actor.
///
/// # Errors
/// [`ServiceError::NotFound`] when this server sends no push; [`ServiceError::Invalid`] for what is no subscription or leads
/// elsewhere than to the public internet.
pub async fn push_on(service: &Service, actor: &Actor, subscription: &str) -> Result<(), ServiceError> {
    let push = service.channels().push.as_ref().ok_or(ServiceError::NotFound)?;
    let form: PushForm = serde_json::from_str(subscription).map_err(|_| PushForm::refused())?;
    form.check()?;
    if !push.accepts(&form) {
        return Err(PushForm::refused().into());
    }
    let id = service.new_id().to_string();
    let plain = serde_json::to_string(&form).map_err(ServiceError::fault)?;
    let row = Subscription {
        sealed: service.vault().seal(SUBSCRIPTION, &id, &plain)?,
        id,
        account: actor.account(),
        endpoint_index: service.vault().index(SUBSCRIPTION, &form.endpoint),
    };
    let mut tx = service.db().begin().await?;
    store::notice::insert_subscription(&mut tx, &row, service.now()).await?;
    store::notice::keep_newest(&mut tx, actor.account(), MOST).await?;
    let event = AuditEvent::PushChanged {
        account: actor.account(),
        on: true,
    };
    service.audit(&mut tx, actor.author(), &event).await?;
    tx.commit().await?;
    Ok(())
}

/// Tells the actor nothing more through the browser with this endpoint; again changes nothing.
///
/// # Errors
/// What the store says.
pub async fn push_off(service: &Service, actor: &Actor, endpoint: &str) -> Result<(), ServiceError> {
    let index = service.vault().index(SUBSCRIPTION, endpoint);
    let mut tx = service.db().begin().await?;
    let Some(found) = store::notice::find_subscription(&mut tx, actor.account(), &index).await? else {
        return Ok(());
    };
    store::notice::forget(&mut tx, actor.account(), &found.id).await?;
    let event = AuditEvent::PushChanged {
        account: actor.account(),
        on: false,
    };
    service.audit(&mut tx, actor.author(), &event).await?;
    tx.commit().await?;
    Ok(())
}
