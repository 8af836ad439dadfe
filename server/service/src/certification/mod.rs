//! 见习单位认证 and its life afterwards: the host fills in and submits, the engine decides, the certifying agency looks after
//! the host.

pub(crate) mod case;
mod host;
mod next;
mod paper;
mod print;
mod unit;
mod way;

pub use host::{restart, save, submit, summary, view};
pub(crate) use next::summary_of;
pub use print::{print, print_of};
pub use unit::{act, unit, units};

use crate::context::Service;
use crate::division;
use crate::error::ServiceError;
use domain::certification::{CertificationForm, CertificationRefusal, CertificationState, UnitActView};
use domain::host::HostStanding;
use domain::{Day, HostId};
use store::Tx;
use store::certification::{Act, Certification};
use store::host::Host;

/// Under which name forms are sealed: they name people.
const FORM: &str = "certification";

/// A host with its certification. Without a row of its own (version 0) the host's standing says where it stands.
async fn load(tx: &mut Tx, id: HostId) -> Result<(Host, Certification), ServiceError> {
    let host = store::host::find(&mut *tx, id).await?.ok_or(ServiceError::NotFound)?;
    let one = match store::certification::find(tx, id).await? {
        Some(one) => one,
        None => Certification {
            host: id,
            state: CertificationState::of_standing(host.standing),
            form_sealed: None,
            sent_sealed: None,
            case: None,
            plan: None,
            insured_employees: None,
            certified_at: (host.standing == HostStanding::Certified).then_some(host.created_at),
            rectify_until: None,
            banned_until: None,
            moved_at: host.created_at,
            version: 0,
        },
    };
    Ok((host, one))
}

/// The same, when it is what the actor saw.
async fn load_version(tx: &mut Tx, id: HostId, version: i64) -> Result<(Host, Certification), ServiceError> {
    let (host, one) = load(tx, id).await?;
    if one.version == version {
        Ok((host, one))
    } else {
        Err(ServiceError::stale())
    }
}

/// Writes a certification that was [`load`]ed and changed.
async fn write(tx: &mut Tx, one: &Certification) -> Result<(), ServiceError> {
    if one.version == 0 {
        store::certification::insert(tx, one).await?;
    } else {
        store::certification::save(tx, one).await?;
    }
    Ok(())
}

/// The form as it is typed: the host's own until it is sent.
fn typed_form(service: &Service, one: &Certification) -> Result<CertificationForm, ServiceError> {
    unsealed(service, one.host, one.form_sealed.as_deref())
}

/// The form as it was sent last: what agencies read, also while the host mends a returned one.
fn sent_form(service: &Service, one: &Certification) -> Result<CertificationForm, ServiceError> {
    unsealed(service, one.host, one.sent_sealed.as_deref())
}

fn unsealed(service: &Service, host: HostId, sealed: Option<&str>) -> Result<CertificationForm, ServiceError> {
    let Some(sealed) = sealed else {
        return Ok(CertificationForm::default());
    };
    let json = service.vault().unseal(FORM, &host.to_string(), sealed)?;
    serde_json::from_str(&json).map_err(ServiceError::fault)
}

fn sealed(service: &Service, host: HostId, form: &CertificationForm) -> Result<String, ServiceError> {
    let json = serde_json::to_string(form).map_err(ServiceError::fault)?;
    Ok(service.vault().seal(FORM, &host.to_string(), &json)?)
}

/// 经营地址 with the names of its divisions.
async fn address_of(tx: &mut Tx, division: &str, rest: &str) -> Result<String, ServiceError> {
    Ok(format!("{}{rest}", division::path_name_in(tx, division).await?))
}

fn refused(refusal: CertificationRefusal) -> ServiceError {
    ServiceError::Refused(refusal.message())
}

fn act_view(service: &Service, act: Act) -> UnitActView {
    UnitActView {
        act: act.act,
        by: act.account_name,
        agency: act.agency_name,
        on: act.at.day(),
        reason: act.reason,
        until: act.until,
        basis: service.rules().basis_in_words(&act.basis),
    }
}

/// The day of a moment that may be missing.
fn day_of(at: Option<domain::Moment>) -> Option<Day> {
    at.map(domain::Moment::day)
}
