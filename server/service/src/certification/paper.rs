//! The papers of an application as it stands; they can be exchanged. Those of each snapshot of its case stay with the engine.

use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::file::{self, Subject};
use domain::certification::{CertificationForm, FIELDS, paper_of};
use domain::file::{FilePurpose, FileView};
use domain::review::PaperFact;
use domain::{FileId, HostId};
use store::Tx;

/// Papers of the application as it stands.
const DRAFT: &str = "certification";

/// The papers that the form names: field, label, purpose, file.
fn named(form: &CertificationForm) -> Vec<(&'static str, &'static str, FilePurpose, FileId)> {
    FIELDS
        .into_iter()
        .filter_map(|(field, label)| {
            let id = match paper_of(field)? {
                FilePurpose::ManagementRules => &form.management_rules,
                FilePurpose::MentorList => &form.mentor_list,
                FilePurpose::StaffPapers => &form.staff_papers,
                FilePurpose::Licence
                | FilePurpose::LegalRepresentativeId
                | FilePurpose::OperatorLetter
                | FilePurpose::IdCardFront
                | FilePurpose::IdCardBack
                | FilePurpose::InspectionRecord
                | FilePurpose::Other => return None,
            };
            Some((field, label, paper_of(field)?, id.parse().ok()?))
        })
        .collect()
}

/// Makes the papers that the form names those of the application, and answers them as facts.
pub(super) async fn keep(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    host: HostId,
    form: &CertificationForm,
) -> Result<Vec<PaperFact>, ServiceError> {
    let named = named(form);
    let ids: Vec<FileId> = named.iter().map(|(.., id)| *id).collect();
    let row = host.to_string();
    let subject = Subject { kind: DRAFT, id: &row };
    file::attach(service, tx, actor, subject, &ids)
        .await
        .map_err(|error| match error {
            ServiceError::Invalid(errors) => ServiceError::field(
                "management_rules",
                errors.of("file").unwrap_or("材料没有传好，请重新上传。"),
            ),
            other => other,
        })?;
    let used = store::file::uses_of(tx, DRAFT, &row).await?;
    let mut papers = Vec::new();
    for (field, label, purpose, id) in named {
        let found = used
            .iter()
            .find(|file| file.id == id && file.purpose == purpose)
            .and_then(|file| file.stored.as_ref());
        let Some(stored) = found else {
            return Err(ServiceError::field(field, "这份材料不是在这里上传的，请删掉重新上传。"));
        };
        papers.push(PaperFact {
            field: field.to_owned(),
            label: label.to_owned(),
            file: id.to_string(),
            sha256: stored.sha256.clone(),
        });
    }
    Ok(papers)
}

/// The papers of the application as it stands.
pub(super) async fn of(service: &Service, tx: &mut Tx, host: HostId) -> Result<Vec<FileView>, ServiceError> {
    let row = host.to_string();
    file::views_of(service, tx, Subject { kind: DRAFT, id: &row }).await
}
