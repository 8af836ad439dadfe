//! Agencies and host units, made on the command line only: they come before everybody who signs in for them.

use crate::account::SYSTEM;
use crate::context::Service;
use crate::division;
use crate::error::ServiceError;
use domain::audit::AuditEvent;
use domain::host::HostStanding;
use domain::{AgencyId, CreditCode, HostId};
use store::host::{Agency, Host};
use store::{StoreError, Tx};

pub use store::host::AgencyLevel;

/// What `jianxi agency create` was given.
#[derive(Debug, Clone)]
pub struct NewAgency {
    /// Full name.
    pub name: String,
    /// Level.
    pub level: AgencyLevel,
    /// GB/T 2260 code; an agency of a zone without its own carries the one above.
    pub division: String,
    /// Id or name of the agency above.
    pub parent: Option<String>,
}

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

/// Makes an agency.
///
/// # Errors
/// [`ServiceError::Invalid`] naming `name`, `division` or `parent`.
pub async fn create_agency(service: &Service, new: NewAgency) -> Result<AgencyId, ServiceError> {
    let name = text("name", &new.name)?;
    let mut tx = service.db().begin().await?;
    if division::path_name_in(&mut tx, &new.division).await?.is_empty() {
        return Err(ServiceError::field("division", NO_DIVISION));
    }
    let parent = match &new.parent {
        Some(parent) => Some(agency(&mut tx, "parent", parent).await?),
        None => None,
    };
    if store::host::find_agency(&mut tx, &name).await?.is_some() {
        return Err(ServiceError::field("name", "已经有这个机构了"));
    }
    let agency = Agency {
        id: AgencyId::new(service.new_id()),
        name,
        level: new.level,
        division_code: new.division,
        parent,
    };
    store::host::insert_agency(&mut tx, &agency).await?;
    let event = AuditEvent::AgencyCreated { agency: agency.id };
    service.audit(&mut tx, SYSTEM, &event).await?;
    tx.commit().await?;
    Ok(agency.id)
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
    if !division::is_leaf(&mut tx, &new.division).await? {
        return Err(ServiceError::field("division", NO_COUNTY));
    }
    let certified_by = agency(&mut tx, "certified-by", &new.certified_by).await?;
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

const NO_DIVISION: &str = "没有这个行政区划代码，请填 GB/T 2260 的六位代码，如 520115";
const NO_COUNTY: &str = "没有这个行政区划代码，或者它还分下级：请填经营地址所在县（市、区）的六位代码，如 520115";

/// 2 to 100 visible characters.
fn text(field: &str, typed: &str) -> Result<String, ServiceError> {
    let text = typed.trim();
    if (2..=100).contains(&text.chars().count()) && !text.chars().any(char::is_control) {
        Ok(text.to_owned())
    } else {
        Err(ServiceError::field(field, "请填 2 到 100 个字"))
    }
}

async fn agency(tx: &mut Tx, field: &str, id_or_name: &str) -> Result<AgencyId, ServiceError> {
    store::host::find_agency(tx, id_or_name).await?.ok_or_else(|| {
        ServiceError::field(
            field,
            "没有这个机构，请填机构编号或全称；先用 jianxi agency create 新建",
        )
    })
}
