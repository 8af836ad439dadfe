//! Staff accounts: made on the command line or by an admin, barred on the command line; what an admin does with a list of
//! them is in `staff_list`.

use super::{Totp, login_index, normalise, sealed};
use crate::context::Service;
use crate::error::ServiceError;
use domain::account::{ChangePasswordForm, Role, staff_login};
use domain::audit::AuditEvent;
use domain::{AccountId, AgencyId, FieldErrors, HostId, PersonName};
use rand::Rng;
use store::account::Account;
use store::audit::Author;
use store::{StoreError, Tx};

/// Letters and digits that nobody mixes up when reading them off a screen.
const READABLE: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// What `jianxi account create` or an admin was given.
#[derive(Clone)]
pub struct NewStaff {
    /// Any role but [`Role::Trainee`].
    pub role: Role,
    /// Name of the person.
    pub name: String,
    /// Sign-in name.
    pub login: String,
    /// Password; one is made when there is none.
    pub password: Option<String>,
    /// Id, credit code or name of the host: operators and mentors.
    pub host: Option<String>,
    /// Id or name of the agency: every other role.
    pub agency: Option<String>,
}

/// A staff account that was just made; shown once and never again.
#[derive(Clone)]
pub struct CreatedStaff {
    /// Account.
    pub account: AccountId,
    /// Sign-in name as it was taken.
    pub login: String,
    /// The password when it was made here.
    pub generated_password: Option<String>,
    /// `otpauth://…` for an authenticator app.
    pub otpauth: String,
    /// The same secret in Base32, to be typed.
    pub secret: String,
}

impl std::fmt::Debug for NewStaff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewStaff")
            .field("role", &self.role)
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for CreatedStaff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CreatedStaff")
            .field("account", &self.account)
            .finish_non_exhaustive()
    }
}

/// Makes a staff account with its second factor, for the command line.
///
/// # Errors
/// [`ServiceError::Invalid`] naming `role`, `name`, `login`, `password`, `host` or `agency`.
pub async fn create_staff(service: &Service, new: NewStaff) -> Result<CreatedStaff, ServiceError> {
    create_by(service, SYSTEM, None, new).await
}

/// The same for an admin, who reaches `within` and what is below it. A host or agency beyond is unknown there.
pub(super) async fn create_by(
    service: &Service,
    author: Author,
    within: Option<AgencyId>,
    new: NewStaff,
) -> Result<CreatedStaff, ServiceError> {
    if !new.role.is_staff() {
        return Err(ServiceError::field("role", "见习人员自己在网页上注册，不能在这里开通"));
    }
    let name = PersonName::parse(&new.name).map_err(|sentence| ServiceError::field("name", sentence))?;
    let login = staff_login(&new.login).map_err(|sentence| ServiceError::field("login", sentence))?;
    let generated = new.password.is_none().then(readable_password);
    let password = match (&generated, new.password) {
        (Some(generated), _) => generated.clone(),
        (None, given) => {
            let given = given.unwrap_or_default();
            check_password(service, &given, name.as_str(), &login).await?;
            given
        }
    };
    let hash = service.passwords().hash(password).await?;
    let id = AccountId::new(service.new_id());
    let totp = Totp::random(&login)?;
    let mut tx = service.db().begin().await?;
    let (host, agency) = scope(&mut tx, new.role, new.host.as_deref(), new.agency.as_deref()).await?;
    if let Some(within) = within {
        reached(&mut tx, within, host, agency).await?;
    }
    let account = Account {
        id,
        role: new.role,
        name: name.as_str().to_owned(),
        login_index: login_index(service, &login),
        login_sealed: service.vault().seal(sealed::LOGIN, &id.to_string(), &login)?,
        password_hash: hash,
        totp_sealed: Some(service.vault().seal(sealed::TOTP, &id.to_string(), &totp.secret())?),
        totp_last_step: 0,
        host,
        agency,
        disabled: false,
        demo: None,
        created_at: service.now(),
        version: 1,
    };
    store::account::insert(&mut tx, &account)
        .await
        .map_err(|error| match error {
            StoreError::Duplicate(_) => ServiceError::field("login", "这个账号名已经有人用了，请换一个"),
            other => other.into(),
        })?;
    service
        .audit(
            &mut tx,
            author,
            &AuditEvent::AccountCreated {
                account: id,
                role: new.role,
            },
        )
        .await?;
    tx.commit().await?;
    Ok(CreatedStaff {
        account: id,
        login,
        generated_password: generated,
        otpauth: totp.uri(),
        secret: totp.secret(),
    })
}

/// Bars an account and ends its sessions at once.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown sign-in name.
pub async fn disable(service: &Service, login: &str) -> Result<(), ServiceError> {
    let mut tx = service.db().begin().await?;
    let account = store::account::by_login(&mut tx, &login_index(service, &normalise(login))).await?;
    let account = account.ok_or(ServiceError::NotFound)?;
    store::account::disable(&mut tx, &account).await?;
    store::session::end_all(&mut tx, account.id, None).await?;
    service
        .audit(&mut tx, SYSTEM, &AuditEvent::AccountDisabled { account: account.id })
        .await?;
    tx.commit().await?;
    Ok(())
}

/// How the audit log names the command line and the demo.
pub(crate) const SYSTEM: Author = Author {
    account: None,
    role: "system",
};

async fn check_password(service: &Service, password: &str, name: &str, login: &str) -> Result<(), ServiceError> {
    let form = ChangePasswordForm {
        current: "-".to_owned(),
        new: password.to_owned(),
    };
    if let Err(errors) = form.check() {
        return Err(ServiceError::field(
            "password",
            errors.of("new").unwrap_or("请设置密码"),
        ));
    }
    service
        .passwords()
        .check_strength("password", password.to_owned(), vec![name.to_owned(), login.to_owned()])
        .await
}

/// The one host or agency that the role needs.
async fn scope(
    tx: &mut Tx,
    role: Role,
    host: Option<&str>,
    agency: Option<&str>,
) -> Result<(Option<HostId>, Option<AgencyId>), ServiceError> {
    let of_host = match role {
        Role::Operator | Role::Mentor => true,
        Role::Trainee | Role::Reviewer | Role::CityCentre | Role::Auditor | Role::Admin => false,
    };
    match (of_host, host, agency) {
        (true, Some(host), None) => {
            let found = store::host::find_by_text(tx, host).await?;
            let host = found.ok_or_else(|| unknown("host", NO_HOST))?;
            Ok((Some(host), None))
        }
        (false, None, Some(agency)) => {
            let found = store::agency::find(tx, agency).await?;
            let agency = found.ok_or_else(|| unknown("agency", NO_AGENCY))?;
            Ok((None, Some(agency)))
        }
        (true, _, Some(_)) => Err(unknown("agency", "经办人和带教人员属于单位，不属于机构")),
        (true, None, None) => Err(unknown("host", "经办人和带教人员要指明单位")),
        (false, Some(_), _) => Err(unknown("host", "这个角色属于机构，不属于单位")),
        (false, None, None) => Err(unknown("agency", "这个角色要指明机构")),
    }
}

const NO_HOST: &str = "没有这个单位，请填单位编号、统一社会信用代码或全称";
const NO_AGENCY: &str = "没有这个机构，请填机构编号或全称";

async fn reached(
    tx: &mut Tx,
    within: AgencyId,
    host: Option<HostId>,
    agency: Option<AgencyId>,
) -> Result<(), ServiceError> {
    if let Some(host) = host
        && !store::staff::reaches_host(&mut *tx, within, host).await?
    {
        return Err(unknown("host", NO_HOST));
    }
    if let Some(agency) = agency
        && !store::staff::reaches_agency(tx, within, agency).await?
    {
        return Err(unknown("agency", NO_AGENCY));
    }
    Ok(())
}

fn unknown(field: &str, sentence: &str) -> ServiceError {
    ServiceError::Invalid(FieldErrors::one(field, sentence))
}

/// Four groups of four: 31^16, about 79 bits.
pub(super) fn readable_password() -> String {
    let mut rng = rand::rng();
    let mut group = || -> String {
        (0..4)
            .filter_map(|_| {
                READABLE
                    .get(rng.random_range(0..READABLE.len()))
                    .map(|byte| char::from(*byte))
            })
            .collect()
    };
    [group(), group(), group(), group()].join("-")
}
