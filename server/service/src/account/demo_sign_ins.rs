//! What the sign-in page of a demo server offers: everyone whom `jianxi demo` made, with the current second-factor code.

use super::second_factor::secret_of;
use super::{Totp, sealed};
use crate::context::Service;
use crate::error::ServiceError;
use domain::account::DemoSignIn;
use store::account::Account;

/// All demo sign-ins; empty unless the server was started as a demo.
///
/// # Errors
/// What the store says.
pub async fn demo_sign_ins(service: &Service) -> Result<Vec<DemoSignIn>, ServiceError> {
    if !service.is_demo() {
        return Ok(Vec::new());
    }
    Ok(with_secrets(service)
        .await?
        .into_iter()
        .map(|(sign_in, _)| sign_in)
        .collect())
}

/// The same with the second-factor secret in Base32, for tests that must reckon codes themselves.
pub(crate) async fn with_secrets(service: &Service) -> Result<Vec<(DemoSignIn, Option<String>)>, ServiceError> {
    let mut tx = service.db().read().await?;
    let accounts = store::account::demo(&mut tx).await?;
    let provinces = store::division::children(&mut tx, None, service.now().day()).await?;
    drop(tx);
    let mut sign_ins = Vec::new();
    for (account, division) in accounts {
        let province = provinces
            .iter()
            .find(|province| province.code.get(..2) == division.get(..2));
        let province = province.map_or("", |province| province.name.trim_end_matches(['省', '市']));
        let who = format!("{} · {} · {province}", account.name, account.role.label());
        let totp = if account.role.is_staff() {
            Some(secret_of(service, &account)?)
        } else {
            None
        };
        let login = service
            .vault()
            .unseal(sealed::LOGIN, &account.id.to_string(), &account.login_sealed)?;
        let code = totp.as_ref().map(|totp| totp.code(next_step(service, &account)));
        let Some(demo) = account.demo else { continue };
        let sign_in = DemoSignIn {
            who,
            note: demo.note,
            login,
            password: demo.password,
            code,
            role: account.role,
        };
        sign_ins.push((sign_in, totp.map(|totp| totp.secret())));
    }
    Ok(sign_ins)
}

/// The first step whose code still works: the current one or, when somebody just used that, the next.
fn next_step(service: &Service, account: &Account) -> i64 {
    let current = Totp::step_of(service.now());
    if account.totp_last_step == current {
        current + 1
    } else {
        current
    }
}
