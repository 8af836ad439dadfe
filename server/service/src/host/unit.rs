//! 单位资料: what the operators of a unit read of it, and the gate that its identity is (GZ 二: 只有通过了实名认证的单位和个人才能进入
//! 后续的业务流程).

use crate::actor::Actor;
use crate::certification;
use crate::context::Service;
use crate::division;
use crate::error::ServiceError;
use crate::identity::case::is_returned;
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
    let papers = review::papers(service, &mut tx, CaseKind::HostIdentity, Subject::Host(id)).await?;
    let paper = |purpose: FilePurpose| papers.iter().find(|file| file.purpose == purpose).cloned();
    let (licence, operator_letter) = (paper(FilePurpose::Licence), paper(FilePurpose::OperatorLetter));
    let certification = certification::summary_of(service, &mut tx, id).await?;
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
        certification,
        case,
        licence,
        operator_letter,
        legal_representative_id: paper(FilePurpose::LegalRepresentativeId),
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
    let returned = is_returned(tx, Subject::Host(host), identity).await?;
    not_verified(identity, returned).map_or(Ok(()), |sentence| Err(ServiceError::Refused(sentence.to_owned())))
}

/// What stands in the way before a unit's identity is verified, and where to go; `None` once it is. `returned`: the agency gave
/// it back to be mended.
pub(crate) const fn not_verified(identity: IdentityState, returned: bool) -> Option<&'static str> {
    match identity {
        IdentityState::Verified => None,
        IdentityState::Unverified => Some("单位还没有实名认证，请先到“单位资料”提交，通过后再办理这件事。"),
        IdentityState::Manual if returned => {
            Some("单位实名认证被退回了，请先到“单位资料”按原因补正后重新提交，通过以后才能办理这件事。")
        }
        IdentityState::Checking | IdentityState::Manual => {
            Some("单位实名认证正在审核，通过以后才能办理这件事。进度在“单位资料”里看。")
        }
        IdentityState::Rejected => Some("单位实名认证没有通过，请先到“单位资料”按原因修改后重新提交。"),
    }
}
