//! Staff accounts on the screen of an admin: those of the own agency and below, and of the hosts that these certified.

use super::staff::{NewStaff, create_by, readable_password};
use super::{Totp, login_index, normalise, sealed};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::account::{Role, StaffEntry, StaffFilter, StaffForm, StaffPage, StaffSecret};
use domain::audit::AuditEvent;
use domain::{AccountId, AgencyId};
use store::Tx;
use store::account::Account;
use store::staff::StaffQuery;

/// Accounts on one page.
const PAGE: i64 = 50;

/// One page of the list, and the agencies at which an account can be made.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an admin.
pub async fn list(service: &Service, actor: &Actor, filter: &StaffFilter) -> Result<StaffPage, ServiceError> {
    let own = actor.as_admin()?;
    let text = filter.text.trim();
    let query = StaffQuery {
        text: text.to_owned(),
        login_index: login_index(service, &normalise(text)),
        role: filter.role.trim().to_owned(),
        before: filter.before,
    };
    let mut tx = service.db().read().await?;
    let directory = store::agency::directory(&mut tx).await?;
    let mut found = store::staff::list(&mut tx, own, &query, PAGE + 1).await?;
    drop(tx);
    let more = i64::try_from(found.len()).unwrap_or(i64::MAX) > PAGE;
    if more {
        found.pop();
    }
    let next = more.then(|| found.last().map(|last| last.id)).flatten();
    let mut entries = Vec::with_capacity(found.len());
    for one in found {
        entries.push(StaffEntry {
            login: service
                .vault()
                .unseal(sealed::LOGIN, &one.id.to_string(), &one.login_sealed)?,
            own: one.id == actor.account(),
            id: one.id,
            name: one.name,
            role: one.role,
            organisation: one.organisation,
            signed_in_at: one.signed_in_at,
            disabled: one.disabled,
            version: one.version,
        });
    }
    let agencies = directory
        .tree(own)
        .into_iter()
        .map(|(depth, agency)| (agency.id, format!("{}{}", "　".repeat(depth.into()), agency.name)))
        .collect();
    Ok(StaffPage {
        entries,
        next,
        agencies,
    })
}

/// Makes an account at the own agency or below, or at a host that these certified; its secrets are shown once.
///
/// # Errors
/// [`ServiceError::Invalid`] naming `role`, `name`, `login`, `host` or `agency`; what is out of reach is unknown.
pub async fn create(service: &Service, actor: &Actor, form: StaffForm) -> Result<StaffSecret, ServiceError> {
    let own = actor.as_admin()?;
    let role = form.check()?;
    let given = |text: &str| Some(text.trim().to_owned());
    let new = NewStaff {
        role,
        name: form.name.clone(),
        login: form.login,
        password: None,
        host: role.is_of_host().then(|| given(&form.host)).flatten(),
        agency: (!role.is_of_host()).then(|| given(&form.agency)).flatten(),
    };
    let created = create_by(service, actor.author(), Some(own), new).await?;
    Ok(StaffSecret {
        name: form.name.trim().to_owned(),
        qr: Totp::from_secret(&created.secret, &created.login)?.qr()?,
        login: created.login,
        password: created.generated_password.unwrap_or_default(),
        secret: created.secret,
    })
}

/// Bars an account and ends its sessions at once.
///
/// # Errors
/// [`ServiceError::NotFound`] for an account out of reach, [`ServiceError::Refused`] for the own one and for the last admin,
/// [`ServiceError::Conflict`] when somebody else changed it meanwhile.
pub async fn disable(service: &Service, actor: &Actor, id: AccountId, version: i64) -> Result<(), ServiceError> {
    let own = actor.as_admin()?;
    if id == actor.account() {
        return Err(ServiceError::Refused(
            "不能停用自己的账号，请由另一位管理员来停用。".to_owned(),
        ));
    }
    let mut tx = service.db().begin().await?;
    let account = held(&mut tx, actor, own, id, version).await?;
    if account.disabled {
        return Err(ServiceError::stale());
    }
    if let (Role::Admin, Some(agency)) = (account.role, account.agency)
        && store::staff::other_admins(&mut tx, agency, id).await? == 0
    {
        return Err(ServiceError::Refused(
            "这是这个机构最后一位管理员，上级也没有管理员。请先开通另一位管理员，再停用这一位。".to_owned(),
        ));
    }
    store::account::disable(&mut tx, &account).await?;
    store::session::end_all(&mut tx, id, None).await?;
    service
        .audit(&mut tx, actor.author(), &AuditEvent::AccountDisabled { account: id })
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Lets a barred account sign in again.
///
/// # Errors
/// [`ServiceError::NotFound`] for an account out of reach, [`ServiceError::Conflict`] when somebody else changed it meanwhile.
pub async fn enable(service: &Service, actor: &Actor, id: AccountId, version: i64) -> Result<(), ServiceError> {
    let own = actor.as_admin()?;
    let mut tx = service.db().begin().await?;
    let account = held(&mut tx, actor, own, id, version).await?;
    if !account.disabled {
        return Err(ServiceError::stale());
    }
    agency_is_open(&mut tx, &account).await?;
    store::staff::enable(&mut tx, &account).await?;
    service
        .audit(&mut tx, actor.author(), &AuditEvent::AccountEnabled { account: id })
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Gives an account a new password and a new second factor, shown once, and ends its sessions.
///
/// # Errors
/// [`ServiceError::NotFound`] for an account out of reach, [`ServiceError::Refused`] for the own one, [`ServiceError::Conflict`]
/// when somebody else changed it meanwhile.
pub async fn reset(service: &Service, actor: &Actor, id: AccountId, version: i64) -> Result<StaffSecret, ServiceError> {
    let own = actor.as_admin()?;
    if id == actor.account() {
        return Err(ServiceError::Refused(
            "自己的密码请在“我的账号”里修改；验证器丢了，请由另一位管理员来重置。".to_owned(),
        ));
    }
    // Hashed before the transaction: it is slow on purpose.
    let password = readable_password();
    let hash = service.passwords().hash(password.clone()).await?;
    let mut tx = service.db().begin().await?;
    let account = held(&mut tx, actor, own, id, version).await?;
    agency_is_open(&mut tx, &account).await?;
    let key = id.to_string();
    let login = service.vault().unseal(sealed::LOGIN, &key, &account.login_sealed)?;
    let totp = Totp::random(&login)?;
    let totp_sealed = service.vault().seal(sealed::TOTP, &key, &totp.secret())?;
    store::staff::reset(&mut tx, &account, &hash, &totp_sealed).await?;
    store::session::end_all(&mut tx, id, None).await?;
    service
        .audit(&mut tx, actor.author(), &AuditEvent::AccountReset { account: id })
        .await?;
    tx.commit().await?;
    Ok(StaffSecret {
        name: account.name,
        login,
        password,
        qr: totp.qr()?,
        secret: totp.secret(),
    })
}

/// Nobody works for an agency that was closed.
async fn agency_is_open(tx: &mut Tx, account: &Account) -> Result<(), ServiceError> {
    let Some(agency) = account.agency else { return Ok(()) };
    let directory = store::agency::directory(tx).await?;
    match directory.get(agency) {
        Some(_) => Ok(()),
        None => Err(ServiceError::Refused(
            "这个账号所在的机构已经关闭，不能再启用。需要时请在现有的机构新建账号。".to_owned(),
        )),
    }
}

/// The staff account as the admin saw it. Admins take turns, and one who was barred meanwhile is out: two who bar each other
/// must not both succeed.
async fn held(tx: &mut Tx, actor: &Actor, own: AgencyId, id: AccountId, version: i64) -> Result<Account, ServiceError> {
    store::agency::hold(&mut *tx).await?;
    let acting = store::account::find(&mut *tx, actor.account()).await?;
    if acting.is_none_or(|acting| acting.disabled) {
        return Err(ServiceError::SignInNeeded);
    }
    let account = store::staff::find(tx, own, id).await?.ok_or(ServiceError::NotFound)?;
    if account.version == version {
        Ok(account)
    } else {
        Err(ServiceError::stale())
    }
}
