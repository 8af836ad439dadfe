//! What other cases take over from a host's verified identity: who stands for it, and its licence (SD 1.1: 单位证件信息).

use super::unit::phone;
use crate::context::Service;
use crate::error::ServiceError;
use crate::review;
use domain::HostId;
use domain::file::FilePurpose;
use domain::review::{CaseKind, Fact, PaperFact};
use store::Tx;
use store::review::Subject;

/// 法定代表人, 经办人 and 营业执照, as facts and papers. A host made on the command line has none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Identified {
    /// `legal_representative` and `operator`, the latter with its telephone number for who decides.
    pub(crate) facts: Vec<Fact>,
    /// `licence`.
    pub(crate) papers: Vec<PaperFact>,
}

/// What the identity of a host says. Whether it is verified is the caller's to ask.
pub(crate) async fn identified(service: &Service, tx: &mut Tx, id: HostId) -> Result<Identified, ServiceError> {
    let about = store::host::about(&mut *tx, id).await?.unwrap_or_default();
    let mut found = Identified::default();
    if let Some(name) = about.legal_representative {
        found.facts.push(Fact::open("legal_representative", "法定代表人", name));
    }
    if let Some(name) = about.operator_name {
        found.facts.push(match about.operator_phone_sealed {
            Some(sealed) => {
                let number = phone(service, id, &sealed)?;
                let (full, masked) = (number.reveal(), number.masked());
                Fact::secret(
                    "operator",
                    "经办人",
                    format!("{name} {full}"),
                    format!("{name} {masked}"),
                )
            }
            None => Fact::open("operator", "经办人", name),
        });
    }
    for view in review::papers(service, &mut *tx, CaseKind::HostIdentity, Subject::Host(id)).await? {
        if view.purpose != FilePurpose::Licence {
            continue;
        }
        let stored = store::file::find(&mut *tx, view.id).await?.and_then(|file| file.stored);
        if let Some(stored) = stored {
            found.papers.push(PaperFact {
                field: "licence".to_owned(),
                label: FilePurpose::Licence.label().to_owned(),
                file: view.id.to_string(),
                sha256: stored.sha256,
            });
        }
    }
    Ok(found)
}
