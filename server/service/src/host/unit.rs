//! 单位资料: what the operators of a unit read of it, and the gate that its identity is (GZ 二: 只有通过了实名认证的单位和个人才能进入
//! 后续的业务流程).

use super::identity::papers_of;
use crate::actor::Actor;
use crate::context::Service;
use crate::division;
use crate::error::ServiceError;
use crate::file;
use crate::review;
use domain::agency::AgencyLevel;
use domain::file::FilePurpose;
use domain::host::HostUnitView;
use domain::identity::IdentityState;
use domain::review::CaseKind;
use domain::{HostId, Phone};
use store::Tx;
use store::review::Subject;

/// Purpose under which the operator's mobile number is sealed.
pub(crate) const PHONE: &str = "host.operator_phone";

/// The operator's unit, with how its identity stands.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an operator.
pub async fn unit(service: &Service, actor: &Actor) -> Result<HostUnitView, ServiceError> {
    let id = actor.as_operator()?;
    let mut tx = service.db().read().await?;
    let host = store::host::find(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let about = store::host::about(&mut tx, id).await?.unwrap_or_default();
    let (identity, _) = store::identity::find(&mut tx, Subject::Host(id))
        .await?
        .ok_or(ServiceError::NotFound)?;
    let case = review::standing(service, &mut tx, CaseKind::HostIdentity, Subject::Host(id)).await?;
    let mut files = match &case {
        Some(case) => {
            let case = case.id.to_string();
            file::views_of(service, &mut tx, papers_of(&case)).await?
        }
        None => Vec::new(),
    };
    // What stands now comes first; behind it lies what was handed in before.
    let mut newest = |purpose: FilePurpose| {
        let at = files.iter().position(|file| file.purpose == purpose)?;
        Some(files.remove(at))
    };
    let (licence, operator_letter) = (newest(FilePurpose::Licence), newest(FilePurpose::OperatorLetter));
    let division_name = division::path_name_in(&mut tx, &host.division_code).await?;
    let agency = store::agency::directory(&mut tx)
        .await?
        .responsible(AgencyLevel::County, &host.division_code)
        .map(|agency| agency.name.clone());
    drop(tx);
    let phone = match &about.operator_phone_sealed {
        Some(sealed) => Some(phone(service, id, sealed)?.masked()),
        None => None,
    };
    Ok(HostUnitView {
        name: host.name,
        credit_code: host.credit_code.as_str().to_owned(),
        division: host.division_code,
        division_name,
        address: host.address,
        legal_representative: about.legal_representative.unwrap_or_default(),
        operator: about.operator_name.unwrap_or_default(),
        phone,
        identity,
        identity_at: about.identity_at,
        standing: host.standing,
        case,
        licence,
        operator_letter,
        agency,
    })
}

/// The operator's mobile number as it is stored.
pub(super) fn phone(service: &Service, host: HostId, sealed: &str) -> Result<Phone, ServiceError> {
    let number = service.vault().unseal(PHONE, &host.to_string(), sealed)?;
    Phone::parse(&number).map_err(|_| ServiceError::fault("host.operator_phone"))
}

/// Refuses what a unit may not do before its identity is verified.
///
/// # Errors
/// [`ServiceError::Refused`] with where to go.
pub(crate) async fn must_be_verified(tx: &mut Tx, host: HostId) -> Result<(), ServiceError> {
    let (identity, _) = store::identity::find(tx, Subject::Host(host))
        .await?
        .ok_or(ServiceError::NotFound)?;
    let sentence = match identity {
        IdentityState::Verified => return Ok(()),
        IdentityState::Unverified => "单位还没有实名认证，现在还不能办理这件事。请先到“单位资料”提交认证。",
        IdentityState::Checking | IdentityState::Manual => {
            "单位实名认证正在审核，通过以后才能办理这件事。进度在“单位资料”里看。"
        }
        IdentityState::Rejected => "单位实名认证没有通过，现在还不能办理这件事。请到“单位资料”按原因修改后重新提交。",
    };
    Err(ServiceError::Refused(sentence.to_owned()))
}
