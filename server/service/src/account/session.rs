//! Sessions: opaque tokens known by their hash. A trainee's lives 30 days from the last use; a staff one ends after 2 hours
//! without use and 12 hours in any case.

use super::sealed;
use crate::actor::{Actor, Caller, Scope};
use crate::context::Service;
use crate::error::ServiceError;
use crate::together::Together;
use crate::{NewSession, notice, review, throttle, token};
use domain::account::{PrivacyTerms, Role, Viewer};
use domain::audit::AuditEvent;
use domain::rulepack::NATIONAL;
use domain::{AccountId, Moment, Phone};
use store::account::Account;
use store::audit::Author;
use store::session::{Session, Stage};
use store::{Db, Tx};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// A session is noted as used at most this often.
const NOTED_EVERY: i64 = 5 * MINUTE;
/// How long the second factor may take.
const SECOND_FACTOR: i64 = 10 * MINUTE;

/// Tokens that wait for their session: every request asks, so those that come together are looked up together.
pub(crate) type Sessions = Together<String, Result<Option<Session>, ServiceError>>;

/// Who a token belongs to; `None` when it is unknown, ended, only half signed in, or its account is disabled.
///
/// # Errors
/// What the store says: without an answer nobody is let in.
pub async fn authenticate(service: &Service, token: &str) -> Result<Option<Actor>, ServiceError> {
    let now = service.now();
    let Some((session, scope)) = find_living(service, token, now).await? else {
        return Ok(None);
    };
    let hash = token::hash(token);
    if now.millis() - session.seen_at.millis() >= NOTED_EVERY {
        let expires_at = ends_at(session.role, session.created_at, now);
        // Noted beside the request, not in its way; a note that is lost is made by the next request.
        tokio::spawn(note_use(service.clone(), hash.clone(), now, expires_at));
    }
    Ok(Some(Actor::of_session(session.account, scope, hash)))
}

/// Whether a token still belongs to somebody. Asking is no use of the session: a screen that is merely open does not keep
/// its owner signed in.
///
/// # Errors
/// What the store says.
pub async fn is_signed_in(service: &Service, token: &str) -> Result<bool, ServiceError> {
    Ok(find_living(service, token, service.now()).await?.is_some())
}

async fn find_living(service: &Service, token: &str, now: Moment) -> Result<Option<(Session, Scope)>, ServiceError> {
    let db = service.db().clone();
    let found = service
        .sessions()
        .ask(token::hash(token), move |hashes| find_all(db.clone(), hashes))
        .await
        .ok_or(ServiceError::Unavailable)?;
    let Some(session) = found? else { return Ok(None) };
    if session.stage != Stage::SignedIn || session.disabled || session.expires_at <= now {
        return Ok(None);
    }
    let scope = match (session.role, session.trainee, session.host, session.agency) {
        (Role::Trainee, Some(trainee), _, _) => Scope::Trainee(trainee),
        (Role::Operator, _, Some(host), _) => Scope::Operator(host),
        (Role::Mentor, _, Some(host), _) => Scope::Mentor(host),
        (Role::Reviewer | Role::CityCentre | Role::Auditor | Role::Admin, _, _, Some(agency)) => {
            Scope::Agency(agency, session.role)
        }
        (Role::Trainee | Role::Operator | Role::Mentor, ..)
        | (Role::Reviewer | Role::CityCentre | Role::Auditor | Role::Admin, ..) => {
            return Err(ServiceError::fault("an account without the scope of its role"));
        }
    };
    Ok(Some((session, scope)))
}

/// The sessions of these tokens' hashes, in their order.
async fn find_all(db: Db, hashes: Vec<String>) -> Vec<Result<Option<Session>, ServiceError>> {
    let found = async {
        let mut tx = db.read().await?;
        store::session::find_all(&mut tx, &hashes).await
    };
    match found.await {
        Ok(found) => hashes.iter().map(|hash| Ok(found.get(hash).cloned())).collect(),
        Err(error) => {
            let error = ServiceError::from(error);
            hashes.iter().map(|_| Err(error.clone())).collect()
        }
    }
}

/// Ends a session, half or fully signed in.
///
/// # Errors
/// What the store says.
pub async fn sign_out(service: &Service, token: &str) -> Result<(), ServiceError> {
    let hash = token::hash(token);
    let mut tx = service.db().begin().await?;
    let session = store::session::find(&mut tx, &hash).await?;
    if store::session::end(&mut tx, &hash).await?
        && let Some(Session {
            account,
            role,
            stage: Stage::SignedIn,
            ..
        }) = session
    {
        let author = Author {
            account: Some(account),
            role: role.code(),
        };
        service
            .audit(&mut tx, author, &AuditEvent::SignedOut { account })
            .await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The signed-in person as every screen's frame shows them.
///
/// # Errors
/// What the store says.
pub async fn viewer(service: &Service, actor: &Actor) -> Result<Viewer, ServiceError> {
    let mut tx = service.db().read().await?;
    let account = store::account::find(&mut tx, actor.account())
        .await?
        .ok_or(ServiceError::SignInNeeded)?;
    let organisation = store::account::organisation(&mut tx, actor.account()).await?;
    let unread = notice::count(&mut tx, actor.account()).await?;
    let waiting = review::waiting(&mut tx, actor).await?;
    drop(tx);
    let login = service
        .vault()
        .unseal(sealed::LOGIN, &account.id.to_string(), &account.login_sealed)?;
    let login = Phone::parse(&login).map_or(login, |phone| phone.masked());
    Ok(Viewer {
        name: account.name,
        role: account.role,
        organisation,
        login,
        unread,
        waiting,
    })
}

/// How long things are kept, by the national rules of the day.
#[must_use]
pub fn privacy_terms(service: &Service) -> PrivacyTerms {
    let pack = service.rules().pack(NATIONAL, service.now().day());
    PrivacyTerms {
        position_purge_days: pack.position_purge_days,
        keep_years: pack.keep_years,
    }
}

/// Removes sessions, drafts and throttle buckets that ran out; part of [`crate::upkeep`].
///
/// # Errors
/// What the store says.
pub(crate) async fn sweep(service: &Service) -> Result<(), ServiceError> {
    let now = service.now();
    let mut tx = service.db().begin().await?;
    store::session::purge_all(&mut tx, now).await?;
    store::draft::purge(&mut tx, now).await?;
    throttle::purge(service, &mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Begins a session; the token goes into a cookie and nowhere else.
pub(crate) async fn open_session(
    service: &Service,
    tx: &mut Tx,
    account: AccountId,
    role: Role,
    stage: Stage,
) -> Result<String, ServiceError> {
    let now = service.now();
    let expires_at = match stage {
        Stage::SecondFactor => now.plus_millis(SECOND_FACTOR),
        Stage::SignedIn => ends_at(role, now, now),
    };
    let token = token::new();
    store::session::purge(&mut *tx, account, now).await?;
    store::session::insert(tx, &token::hash(&token), account, stage, now, expires_at).await?;
    Ok(token)
}

/// Notes that the account signed in on the caller's device; answers the token of a device that had none.
pub(crate) async fn know_device(
    service: &Service,
    tx: &mut Tx,
    account: AccountId,
    caller: &Caller,
) -> Result<Option<String>, ServiceError> {
    let now = service.now();
    if let Some(hash) = caller.device_token.as_deref().map(token::hash)
        && store::session::is_device(&mut *tx, &hash).await?
    {
        store::session::know_device(tx, &hash, account, now).await?;
        return Ok(None);
    }
    let token = token::new();
    store::session::know_device(tx, &token::hash(&token), account, now).await?;
    Ok(Some(token))
}

/// The hash of the caller's device token when this account signed in there before.
pub(crate) async fn known_device(
    tx: &mut Tx,
    account: Option<&Account>,
    caller: &Caller,
) -> Result<Option<String>, ServiceError> {
    let (Some(account), Some(token)) = (account, &caller.device_token) else {
        return Ok(None);
    };
    let hash = token::hash(token);
    Ok(store::session::is_known_device(tx, &hash, account.id)
        .await?
        .then_some(hash))
}

/// A whole new session after every check has passed.
pub(crate) async fn signed_in(
    service: &Service,
    tx: &mut Tx,
    account: &Account,
    caller: &Caller,
) -> Result<NewSession, ServiceError> {
    let device_token = know_device(service, &mut *tx, account.id, caller).await?;
    let token = open_session(service, &mut *tx, account.id, account.role, Stage::SignedIn).await?;
    store::staff::note_sign_in(&mut *tx, account.id, service.now()).await?;
    let author = Author {
        account: Some(account.id),
        role: account.role.code(),
    };
    service
        .audit(tx, author, &AuditEvent::SignedIn { account: account.id })
        .await?;
    Ok(NewSession {
        token,
        device_token,
        role: account.role,
    })
}

fn ends_at(role: Role, began: Moment, now: Moment) -> Moment {
    if role.is_staff() {
        now.plus_millis(2 * HOUR).min(began.plus_millis(12 * HOUR))
    } else {
        now.plus_millis(30 * DAY)
    }
}

async fn note_use(service: Service, hash: String, now: Moment, expires_at: Moment) {
    let noted = async {
        let mut tx = service.db().begin().await?;
        store::session::touch(&mut tx, &hash, now, expires_at).await?;
        tx.commit().await
    };
    if let Err(error) = noted.await {
        tracing::warn!(%error, "the use of a session was not noted");
    }
}
