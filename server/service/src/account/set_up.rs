//! The second factor of an operator whose unit registered itself. Its secret is shown inside the account's own half session
//! and only until the first right code; whoever comes back by password before that gets another secret.

use super::second_factor::{pending, secret_of};
use super::{Totp, sealed};
use crate::context::Service;
use crate::error::ServiceError;
use crate::token;
use domain::account::SecondFactorSetUp;
use store::Tx;
use store::account::Account;

/// The secret that waits to be set up in this half session; none for every other account.
///
/// # Errors
/// What the store says.
pub async fn second_factor_to_set_up(
    service: &Service,
    pending_token: &str,
) -> Result<Option<SecondFactorSetUp>, ServiceError> {
    let mut tx = service.db().read().await?;
    let Some(account) = pending(service, &mut tx, &token::hash(pending_token)).await? else {
        return Ok(None);
    };
    if !store::account::awaits_second_factor(&mut tx, account.id).await? {
        return Ok(None);
    }
    drop(tx);
    let totp = secret_of(service, &account)?;
    let login = service
        .vault()
        .unseal(sealed::LOGIN, &account.id.to_string(), &account.login_sealed)?;
    Ok(Some(SecondFactorSetUp {
        login,
        secret: in_groups(&totp.secret()),
        qr: totp.qr()?,
        uri: totp.uri(),
    }))
}

/// Another secret and no other half session for an account that still waits; nothing for every other account. What an
/// earlier page showed is worth nothing any more.
pub(super) async fn begin_anew(service: &Service, tx: &mut Tx, account: &Account) -> Result<(), ServiceError> {
    if !store::account::awaits_second_factor(&mut *tx, account.id).await? {
        return Ok(());
    }
    let id = account.id.to_string();
    let login = service.vault().unseal(sealed::LOGIN, &id, &account.login_sealed)?;
    let sealed = service
        .vault()
        .seal(sealed::TOTP, &id, &Totp::random(&login)?.secret())?;
    if store::account::renew_second_factor(&mut *tx, account.id, &sealed).await? {
        store::session::end_all(tx, account.id, None).await?;
    }
    Ok(())
}

/// Four letters and a space, so that nobody loses the place while typing.
fn in_groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_secret_is_read_in_groups_of_four() {
        assert_eq!(super::in_groups("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
