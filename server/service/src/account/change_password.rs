//! Change of the own password; it ends every other session.

use super::sealed;
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::throttle::{self, Try};
use domain::account::ChangePasswordForm;
use domain::audit::AuditEvent;

/// Replaces the password after checking the current one.
///
/// # Errors
/// [`ServiceError::Invalid`] on `current` or `new`, [`ServiceError::TooMany`] after repeated wrong current passwords.
pub async fn change_password(service: &Service, actor: &Actor, typed: ChangePasswordForm) -> Result<(), ServiceError> {
    typed.check()?;
    let mut tx = service.db().read().await?;
    let account = store::account::find(&mut tx, actor.account())
        .await?
        .ok_or(ServiceError::SignInNeeded)?;
    drop(tx);
    let subject = account.id.to_string();
    let attempt = throttle::attempt(service, Try::CurrentPassword, Some(&subject), None, None).await?;
    let hash = account.password_hash.clone();
    if !attempt.fits(service, typed.current.clone(), Some(hash)).await? {
        return Err(ServiceError::field("current", "现在的密码不对"));
    }
    let login = service.vault().unseal(sealed::LOGIN, &subject, &account.login_sealed)?;
    let checked = if typed.new == typed.current {
        Err(ServiceError::field("new", "新密码不能和现在的密码一样"))
    } else {
        service
            .passwords()
            .check_strength("new", typed.new.clone(), vec![account.name.clone(), login])
            .await
    };
    if let Err(error) = checked {
        // The current password was right: a new one that does not please is no guess.
        let mut tx = service.db().begin().await?;
        attempt.succeeded(&mut tx).await?;
        tx.commit().await?;
        return Err(error);
    }
    let hash = service.passwords().hash(typed.new).await?;
    let mut tx = service.db().begin().await?;
    attempt.succeeded(&mut tx).await?;
    store::account::set_password(&mut tx, &account, &hash).await?;
    store::session::end_all(&mut tx, account.id, Some(actor.session())).await?;
    service
        .audit(
            &mut tx,
            actor.author(),
            &AuditEvent::PasswordChanged { account: account.id },
        )
        .await?;
    tx.commit().await?;
    Ok(())
}
