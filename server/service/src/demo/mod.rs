//! Demo data for `jianxi demo`: agencies, hosts and people of four provinces with several weeks of believable attendance.
//! Made from a fixed seed and the clock's now, so that two fills on one day are alike.

mod attendance;
mod chance;
mod engagement;
mod fill;
mod identity;
mod organisation;
mod paper;
mod person;
mod place;
mod province;
mod unit;

use crate::account;
use crate::context::Service;
use crate::error::ServiceError;
use chance::Chance;
use domain::Moment;
use domain::account::{DemoSignIn, Role};
use domain::audit::AuditEvent;
use fill::Fill;
use person::Passwords;
use serde::Serialize;
use std::collections::BTreeSet;
use unit::Units;

/// The setting by which a database says that its passwords and second factors are public.
pub(crate) const MARK: &str = "demo";

/// A demo sign-in with its secret, for tests that must reckon codes themselves.
#[derive(Clone, Serialize)]
pub struct DemoSecretSignIn {
    /// Role.
    pub role: Role,
    /// Who this is.
    pub who: String,
    /// What one can look at with it.
    pub note: String,
    /// Sign-in name.
    pub login: String,
    /// Password.
    pub password: String,
    /// Second-factor secret in Base32, for staff.
    pub totp_secret: Option<String>,
}

/// Whether nobody has an account yet: only then demo data may be filled in.
///
/// # Errors
/// What the store says.
pub async fn is_empty(service: &Service) -> Result<bool, ServiceError> {
    let mut tx = service.db().read().await?;
    Ok(!store::account::any(&mut tx).await?)
}

/// Fills an empty database, in one transaction, tells of some units on their way, and answers who can sign in. A clock that
/// was [fixed](crate::Clock::fixed) turns back for those and stands again at its time afterwards.
///
/// # Errors
/// [`ServiceError::Refused`] when there are accounts already: real people and invented ones never mix.
pub async fn fill(service: &Service) -> Result<Vec<DemoSignIn>, ServiceError> {
    if !is_empty(service).await? {
        return Err(ServiceError::Refused(
            "数据库里已经有账号，演示数据只能写入空的数据库。".to_owned(),
        ));
    }
    let passwords = Passwords::hash(service).await?;
    let mut tx = service.db().begin().await?;
    let mut fill = Fill {
        service,
        tx: &mut tx,
        chance: Chance::new(),
        passwords,
        now: service.now(),
        trainees: 0,
        opened: BTreeSet::new(),
    };
    let reviewers = fill.everything().await?;
    let Fill {
        chance,
        passwords,
        now,
        trainees,
        ..
    } = fill;
    service
        .audit(&mut tx, account::SYSTEM, &AuditEvent::DemoFilled { trainees })
        .await?;
    store::setting::put(&mut tx, MARK, "yes").await?;
    tx.commit().await?;
    let mut units = Units {
        service,
        chance,
        passwords,
        reviewers,
        now,
    };
    units.everything().await?;
    let sign_ins = account::demo_with_secrets(service).await?;
    Ok(sign_ins.into_iter().map(|(sign_in, _)| sign_in).collect())
}

/// The morning so many working days before another moment.
fn workdays_ago(service: &Service, now: Moment, workdays: u32) -> Moment {
    let rules = service.rules();
    let calendar = rules.calendar();
    let wanted = i32::try_from(workdays).unwrap_or(i32::MAX);
    let mut day = now.day();
    while calendar.workdays_until(day, now.day()) < wanted {
        day = domain::value::add_days(day, -1);
    }
    Moment::at(day, 8, 20)
}

/// All demo sign-ins with their secrets, in the order of the sign-in page.
///
/// # Errors
/// What the store says.
pub async fn sign_ins_json(service: &Service) -> Result<Vec<DemoSecretSignIn>, ServiceError> {
    let sign_ins = account::demo_with_secrets(service).await?;
    Ok(sign_ins
        .into_iter()
        .map(|(one, totp_secret)| DemoSecretSignIn {
            role: one.role,
            who: one.who,
            note: one.note,
            login: one.login,
            password: one.password,
            totp_secret,
        })
        .collect())
}
