//! Agencies: made on the command line, before anybody can sign in for them, and looked after by admins.

mod board;

pub use board::{add, board, change, close};

use crate::account::SYSTEM;
use crate::context::Service;
use crate::division;
use crate::error::ServiceError;
use domain::AgencyId;
use domain::agency::{Agency, AgencyLevel};
use domain::audit::AuditEvent;
use store::Tx;

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

/// Makes an agency.
///
/// # Errors
/// [`ServiceError::Invalid`] naming `name`, `division` or `parent`.
pub async fn create(service: &Service, new: NewAgency) -> Result<AgencyId, ServiceError> {
    let name = text("name", &new.name)?;
    let mut tx = service.db().begin().await?;
    if division::path_name_in(&mut tx, &new.division).await?.is_empty() {
        return Err(ServiceError::field("division", NO_DIVISION));
    }
    let parent = match &new.parent {
        Some(parent) => Some(called(&mut tx, "parent", parent).await?),
        None => None,
    };
    if store::agency::find(&mut tx, &name).await?.is_some() {
        return Err(ServiceError::field("name", "已经有这个机构了"));
    }
    let agency = Agency {
        id: AgencyId::new(service.new_id()),
        name,
        level: new.level,
        division: new.division,
        parent,
        areas: Vec::new(),
    };
    store::agency::insert(&mut tx, &agency).await?;
    let event = AuditEvent::AgencyCreated { agency: agency.id };
    service.audit(&mut tx, SYSTEM, &event).await?;
    tx.commit().await?;
    Ok(agency.id)
}

const NO_DIVISION: &str = "没有这个行政区划代码，请填 GB/T 2260 的六位代码，如 520115";

/// 2 to 100 visible characters.
pub(crate) fn text(field: &str, typed: &str) -> Result<String, ServiceError> {
    let text = typed.trim();
    if (2..=100).contains(&text.chars().count()) && !text.chars().any(char::is_control) {
        Ok(text.to_owned())
    } else {
        Err(ServiceError::field(field, "请填 2 到 100 个字"))
    }
}

/// The agency with this id or full name, for the form's `field`.
pub(crate) async fn called(tx: &mut Tx, field: &str, id_or_name: &str) -> Result<AgencyId, ServiceError> {
    store::agency::find(tx, id_or_name).await?.ok_or_else(|| {
        ServiceError::field(
            field,
            "没有这个机构，请填机构编号或全称；先用 jianxi agency create 新建",
        )
    })
}
