//! Sign-in by password. Unknown names and wrong passwords get the same sentence after the same work.

use super::session::{known_device, open_session, signed_in};
use super::{login_index, normalise};
use crate::actor::{Caller, NewSession};
use crate::context::Service;
use crate::error::ServiceError;
use crate::throttle::{self, Try};
use domain::account::SignInForm;
use domain::audit::AuditEvent;
use store::audit::Author;
use store::session::Stage;

/// How far the password leads.
#[derive(Debug)]
pub enum SignIn {
    /// Signed in.
    Done(NewSession),
    /// Staff: the second factor is asked for next; the token is good for that alone.
    SecondFactor(NewSession),
}

/// Checks name and password.
///
/// # Errors
/// [`ServiceError::Invalid`] on `password` for an unknown name and a wrong password alike, [`ServiceError::TooMany`] after
/// repeated failures, [`ServiceError::Refused`] for a disabled account whose password was right.
pub async fn sign_in(service: &Service, typed: SignInForm, caller: &Caller) -> Result<SignIn, ServiceError> {
    typed.check()?;
    let index = login_index(service, &normalise(&typed.login));
    let mut tx = service.db().read().await?;
    let account = store::account::by_login(&mut tx, &index).await?;
    let device = known_device(&mut tx, account.as_ref(), caller).await?;
    drop(tx);
    let attempt = throttle::attempt(
        service,
        Try::Password,
        Some(&index),
        device.as_deref(),
        Some(caller.source),
    )
    .await?;
    let named = account.as_ref().map(|account| account.id);
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let fits = attempt.fits(service, typed.password, hash).await?;
    let mut tx = service.db().begin().await?;
    let Some(account) = account.filter(|_| fits) else {
        // Buckets before the audit log, here as after success: two sign-ins at once must not wait for each other crosswise.
        attempt.failed(service, &mut tx).await?;
        service
            .audit(&mut tx, NOBODY, &AuditEvent::SignInFailed { account: named })
            .await?;
        tx.commit().await?;
        return Err(ServiceError::field("password", "手机号/账号或密码不对"));
    };
    if account.disabled {
        return Err(ServiceError::Refused(
            "这个账号已经停用。如有疑问，请联系开通账号的单位或人社部门。".to_owned(),
        ));
    }
    attempt.succeeded(&mut tx).await?;
    let done = if account.role.is_staff() {
        super::set_up::begin_anew(service, &mut tx, &account).await?;
        let token = open_session(service, &mut tx, account.id, account.role, Stage::SecondFactor).await?;
        SignIn::SecondFactor(NewSession {
            token,
            device_token: None,
            role: account.role,
        })
    } else {
        SignIn::Done(signed_in(service, &mut tx, &account, caller).await?)
    };
    tx.commit().await?;
    Ok(done)
}

/// How the audit log names somebody who is not signed in.
pub(crate) const NOBODY: Author = Author {
    account: None,
    role: "nobody",
};
