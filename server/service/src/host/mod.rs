//! Host units: made on the command line, certified, or registered by themselves; their identity and what it opens.

mod identified;
mod identity;
mod register;
mod unit;

pub(crate) use identified::{Identified, identified};
pub use identity::submit_identity;
pub use register::register;
pub(crate) use register::sweep;
pub use unit::unit;
pub(crate) use unit::{PHONE, must_be_verified, not_verified};

use crate::account::SYSTEM;
use crate::agency::{called, text};
use crate::context::Service;
use crate::division;
use crate::error::ServiceError;
use domain::audit::AuditEvent;
use domain::host::HostStanding;
use domain::{CreditCode, HostId};
use store::StoreError;
use store::host::Host;

/// What `jianxi host create` was given.
#[derive(Debug, Clone)]
pub struct NewHost {
    /// Name on the licence.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: String,
    /// GB/T 2260 code of the 经营地址, at the last level; selects the rule pack.
    pub division: String,
    /// Rest of the address.
    pub address: String,
    /// Id or name of the agency that certified it.
    pub certified_by: String,
}

/// Makes a certified host.
///
/// # Errors
/// [`ServiceError::Invalid`] naming `name`, `credit-code`, `division`, `address` or `certified-by`.
pub async fn create(service: &Service, new: NewHost) -> Result<HostId, ServiceError> {
    let name = text("name", &new.name)?;
    let address = text("address", &new.address)?;
    let credit_code =
        CreditCode::parse(&new.credit_code).map_err(|sentence| ServiceError::field("credit-code", sentence))?;
    let mut tx = service.db().begin().await?;
    if !division::is_leaf(&mut tx, &new.division, service.now().day()).await? {
        return Err(ServiceError::field("division", NO_COUNTY));
    }
    let certified_by = called(&mut tx, "certified-by", &new.certified_by).await?;
    let host = Host {
        id: HostId::new(service.new_id()),
        name,
        credit_code,
        division_code: new.division,
        address,
        standing: HostStanding::Certified,
        certified_by: Some(certified_by),
        created_at: service.now(),
        version: 1,
    };
    store::host::insert(&mut tx, &host).await.map_err(|error| match error {
        StoreError::Duplicate(_) => ServiceError::field("credit-code", "已经有这个统一社会信用代码的单位了"),
        other => other.into(),
    })?;
    let event = AuditEvent::HostCreated {
        host: host.id,
        certified_by,
    };
    service.audit(&mut tx, SYSTEM, &event).await?;
    tx.commit().await?;
    Ok(host.id)
}

const NO_COUNTY: &str = "没有这个行政区划代码，或者它还分下级：请填经营地址所在县（市、区）的六位代码，如 520115";
