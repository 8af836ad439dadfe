//! A unit registers itself: host, operator's account and second factor in one transaction. The half session that it gets
//! leads to setting the second factor up and to nothing else.

use super::unit::PHONE;
use crate::account::{SYSTEM, Totp, login_index, open_session, sealed};
use crate::actor::{Caller, NewSession};
use crate::context::Service;
use crate::division;
use crate::error::ServiceError;
use crate::throttle::{self, Try};
use domain::account::Role;
use domain::agency::AgencyLevel;
use domain::audit::AuditEvent;
use domain::host::{HostStanding, NewHostAccount, RegisterHostForm};
use domain::{AccountId, FieldErrors, HostId};
use store::account::Account;
use store::audit::{Act, Author};
use store::host::{About, Host};
use store::session::Stage;
use store::{StoreError, Tx};

/// So long somebody may take to set the second factor up.
const UNFINISHED_MS: i64 = 7 * 24 * 60 * 60_000;
/// So many are removed at a time.
const AT_A_TIME: i64 = 100;

/// Registers a unit: checks again what the browser checked, then makes host and account at once.
///
/// # Errors
/// [`ServiceError::Invalid`] with a sentence per field, also when the credit code or the sign-in name is taken;
/// [`ServiceError::TooMany`] for who tries many that are.
pub async fn register(service: &Service, form: RegisterHostForm, caller: &Caller) -> Result<NewSession, ServiceError> {
    let new = form.check()?;
    let mut tx = service.db().read().await?;
    if !division::is_leaf(&mut tx, &new.unit.division, service.now().day()).await? {
        return Err(no_county());
    }
    drop(tx);
    service
        .passwords()
        .check_strength("password", form.password.clone(), known_words(&new))
        .await?;
    let attempt = throttle::attempt(service, Try::Registration, None, None, Some(caller.source)).await?;
    let mut taken = taken(service, &new).await?;
    if taken == (false, false) {
        let hash = service.passwords().hash(form.password.clone()).await?;
        let mut tx = service.db().begin().await?;
        match insert(service, &mut tx, &new, hash).await {
            Ok(account) => {
                let token = open_session(service, &mut tx, account, Role::Operator, Stage::SecondFactor).await?;
                tx.commit().await?;
                return Ok(NewSession {
                    token,
                    device_token: None,
                    role: Role::Operator,
                });
            }
            // Two registrations at once: the database let the other one in.
            Err(StoreError::Duplicate(_)) => {
                drop(tx);
                taken = self::taken(service, &new).await?;
                taken.1 |= !taken.0;
            }
            Err(other) => return Err(other.into()),
        }
    }
    let mut tx = service.db().begin().await?;
    attempt.failed(service, &mut tx).await?;
    tx.commit().await?;
    let mut errors = FieldErrors::default();
    if taken.0 {
        errors.push("credit_code", code_taken(service, &new.unit.division).await?);
    }
    if taken.1 {
        errors.push("login", "这个账号名已经有人用了，请换一个");
    }
    Err(ServiceError::Invalid(errors))
}

/// The same sentence whoever has the code, with the agency of the address that was typed: nothing of the unit that has it.
pub(super) async fn code_taken(service: &Service, division: &str) -> Result<String, ServiceError> {
    let mut tx = service.db().read().await?;
    let directory = store::agency::directory(&mut tx).await?;
    let agency = directory
        .responsible(AgencyLevel::County, division)
        .map_or("当地人社部门", |agency| agency.name.as_str());
    Ok(format!(
        "这个统一社会信用代码已经注册过。本单位有人注册过的，请用那个账号登录；不知道是谁注册的，请带营业执照到{agency}办理"
    ))
}

pub(super) fn no_county() -> ServiceError {
    ServiceError::field("division", "没有这个行政区划，请重新选择经营地址，选到县（市、区）")
}

/// Whether the credit code and the sign-in name are taken.
async fn taken(service: &Service, new: &NewHostAccount) -> Result<(bool, bool), ServiceError> {
    let mut tx = service.db().read().await?;
    let code = store::host::is_code_taken(&mut tx, &new.unit.credit_code).await?;
    let login = store::account::by_login(&mut tx, &login_index(service, &new.login)).await?;
    Ok((code, login.is_some()))
}

/// Host, account and audit event.
async fn insert(
    service: &Service,
    tx: &mut Tx,
    new: &NewHostAccount,
    password_hash: String,
) -> Result<AccountId, StoreError> {
    let now = service.now();
    let host = Host {
        id: HostId::new(service.new_id()),
        name: new.unit.name.clone(),
        credit_code: new.unit.credit_code.clone(),
        division_code: new.unit.division.clone(),
        address: new.unit.address.clone(),
        standing: HostStanding::Uncertified,
        certified_by: None,
        created_at: now,
        version: 1,
    };
    let account_id = AccountId::new(service.new_id());
    let seal = |purpose: &str, row: &str, plain: &str| {
        service
            .vault()
            .seal(purpose, row, plain)
            .map_err(|_| StoreError::Damaged("sealed number"))
    };
    let (row, account_row) = (host.id.to_string(), account_id.to_string());
    let totp = Totp::random(&new.login).map_err(|_| StoreError::Damaged("second-factor secret"))?;
    let about = About {
        legal_representative: Some(new.unit.legal_representative.clone()),
        operator_name: Some(new.unit.operator.as_str().to_owned()),
        operator_phone_sealed: Some(seal(PHONE, &row, new.phone.reveal())?),
        consent_privacy_at: Some(now),
        identity_at: None,
    };
    let account = Account {
        id: account_id,
        role: Role::Operator,
        name: new.unit.operator.as_str().to_owned(),
        login_index: login_index(service, &new.login),
        login_sealed: seal(sealed::LOGIN, &account_row, &new.login)?,
        password_hash,
        totp_sealed: Some(seal(sealed::TOTP, &account_row, &totp.secret())?),
        totp_last_step: 0,
        host: Some(host.id),
        agency: None,
        disabled: false,
        demo: None,
        created_at: now,
        version: 1,
    };
    store::host::insert(&mut *tx, &host).await?;
    store::host::describe(&mut *tx, &host, &about).await?;
    store::account::insert(&mut *tx, &account).await?;
    store::account::await_second_factor(&mut *tx, account_id).await?;
    let event = AuditEvent::HostRegistered {
        host: host.id,
        account: account_id,
    };
    let author = Author {
        account: Some(account_id),
        role: Role::Operator.code(),
    };
    let act = Act { at: now, author, event };
    store::audit::append(tx, &[act]).await.map(|()| account_id)
}

/// Removes registrations whose operator never set the second factor up: nobody can work with them, and the credit code would
/// stay taken by somebody who proved nothing. Part of [`crate::upkeep`].
///
/// # Errors
/// What the store says; the rest goes the next time.
pub(crate) async fn sweep(service: &Service) -> Result<(), ServiceError> {
    let mut tx = service.db().begin().await?;
    let before = service.now().plus_millis(-UNFINISHED_MS);
    for (host, account) in store::host::unfinished(&mut tx, before, AT_A_TIME).await? {
        // Somebody may have come back this very moment.
        if store::host::remove_unfinished(&mut tx, host, account).await? {
            let event = AuditEvent::HostRegistrationExpired { host, account };
            service.audit(&mut tx, SYSTEM, &event).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// What a password must not be made of.
fn known_words(new: &NewHostAccount) -> Vec<String> {
    vec![
        new.unit.name.clone(),
        new.unit.credit_code.as_str().to_owned(),
        new.unit.legal_representative.clone(),
        new.unit.operator.as_str().to_owned(),
        new.phone.reveal().to_owned(),
        new.login.clone(),
    ]
}
