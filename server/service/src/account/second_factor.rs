//! The staff's second step: a code from the authenticator app, each good for one sign-in.

use super::session::{known_device, signed_in};
use super::{Totp, sealed};
use crate::actor::{Caller, NewSession};
use crate::context::Service;
use crate::error::ServiceError;
use crate::throttle::{self, Try};
use crate::token;
use domain::account::SecondFactorForm;
use domain::audit::AuditEvent;
use store::Tx;
use store::account::Account;
use store::audit::Author;
use store::session::Stage;

/// Checks the code and turns the half session into a whole one under a new token.
///
/// # Errors
/// [`ServiceError::Invalid`] on `code`, [`ServiceError::SignInNeeded`] when the password step is over or was never made,
/// [`ServiceError::TooMany`] after repeated failures.
pub async fn second_factor(
    service: &Service,
    pending_token: &str,
    typed: SecondFactorForm,
    caller: &Caller,
) -> Result<NewSession, ServiceError> {
    typed.check()?;
    let pending = token::hash(pending_token);
    let mut tx = service.db().read().await?;
    let account = self::pending(service, &mut tx, &pending)
        .await?
        .ok_or(ServiceError::SignInNeeded)?;
    let device = known_device(&mut tx, Some(&account), caller).await?;
    drop(tx);
    let subject = account.id.to_string();
    let attempt = throttle::attempt(
        service,
        Try::Code,
        Some(&subject),
        device.as_deref(),
        Some(caller.source),
    )
    .await?;
    let step = secret_of(service, &account)?.matching_step(typed.code.trim(), service.now(), account.totp_last_step);
    let mut tx = service.db().begin().await?;
    let fits = match step {
        Some(step) => store::account::use_step(&mut tx, account.id, step).await?,
        None => false,
    };
    if !fits {
        // Buckets before the audit log, here as after success: two sign-ins at once must not wait for each other crosswise.
        attempt.failed(service, &mut tx).await?;
        let author = Author {
            account: Some(account.id),
            role: account.role.code(),
        };
        service
            .audit(&mut tx, author, &AuditEvent::SecondFactorFailed { account: account.id })
            .await?;
        tx.commit().await?;
        return Err(ServiceError::field(
            "code",
            "验证码不对，或者已经用过。请等验证器换出下一组数字再填",
        ));
    }
    // Whoever ends the half session is the one who goes on; a second tap finds it gone.
    if !store::session::end(&mut tx, &pending).await? {
        return Err(ServiceError::SignInNeeded);
    }
    attempt.succeeded(&mut tx).await?;
    if store::account::second_factor_is_set_up(&mut tx, account.id).await? {
        let author = Author {
            account: Some(account.id),
            role: account.role.code(),
        };
        let event = AuditEvent::SecondFactorSetUp { account: account.id };
        service.audit(&mut tx, author, &event).await?;
    }
    let session = signed_in(service, &mut tx, &account, caller).await?;
    tx.commit().await?;
    Ok(session)
}

/// The account of a half session that still lives.
pub(super) async fn pending(service: &Service, tx: &mut Tx, hash: &str) -> Result<Option<Account>, ServiceError> {
    let session = store::session::find(&mut *tx, hash)
        .await?
        .filter(|session| session.stage == Stage::SecondFactor && !session.disabled)
        .filter(|session| session.expires_at > service.now());
    match session {
        Some(session) => Ok(store::account::find(tx, session.account).await?),
        None => Ok(None),
    }
}

/// The account's second-factor secret.
pub(crate) fn secret_of(service: &Service, account: &Account) -> Result<Totp, ServiceError> {
    let id = account.id.to_string();
    let sealed = account
        .totp_sealed
        .as_deref()
        .ok_or_else(|| ServiceError::fault("staff without a second factor"))?;
    let secret = service.vault().unseal(sealed::TOTP, &id, sealed)?;
    let login = service.vault().unseal(sealed::LOGIN, &id, &account.login_sealed)?;
    Totp::from_secret(&secret, &login)
}
