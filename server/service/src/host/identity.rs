//! 单位实名认证: the operator hands in what the unit is and its papers, the county of the 经营地址 decides, and what it returns is
//! mended here and goes back to it, or to the county of the corrected address.

use super::register::{code_taken, no_county};
use super::unit::{PHONE, phone};
use crate::actor::Actor;
use crate::context::Service;
use crate::division;
use crate::error::ServiceError;
use crate::identity::case::{HOST, step};
use crate::review::{self, NewCase};
use crate::throttle::{self, Attempt, Try};
use domain::file::{FileOwner, FilePurpose, FileState};
use domain::host::{HostIdentityForm, NewHostIdentity};
use domain::identity::IdentityEvent;
use domain::review::{CaseKind, CaseState, Fact, Matter, PaperFact, Snapshot};
use domain::{CaseId, FieldErrors, FileId, HostId, Phone};
use store::host::{About, Host};
use store::review::{Case, Subject};
use store::{StoreError, Tx};

/// Hands the identity in: for the first time, after a rejection as a new case, or mended after it was returned.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an operator, [`ServiceError::Refused`] while it waits for the agency or is
/// done, or when no agency looks after the address; [`ServiceError::Invalid`] for what is wrong in the form, also when a field
/// was changed that was not returned, or a returned address lies where no agency is.
pub async fn submit_identity(service: &Service, actor: &Actor, form: HostIdentityForm) -> Result<CaseId, ServiceError> {
    let id = actor.as_operator()?;
    let (new, attempt) = looked_at(service, id, &form).await?;
    let mut tx = service.db().begin().await?;
    let returned = returned(&mut tx, id).await?;
    if returned.is_none() {
        step(
            service,
            &mut tx,
            Subject::Host(id),
            IdentityEvent::Submit { automatic: false },
        )
        .await?;
    }
    let mut host = store::host::find(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let mut about = store::host::about(&mut tx, id).await?.unwrap_or_default();
    if !division::is_leaf(&mut tx, &new.unit.division, service.now().day()).await? {
        return Err(no_county());
    }
    let phone = match (&new.phone, &about.operator_phone_sealed) {
        (Some(phone), _) => phone.clone(),
        (None, Some(sealed)) => phone(service, id, sealed)?,
        (None, None) => return Err(ServiceError::field("phone", "请填写手机号")),
    };
    let snapshot = snapshot(&mut tx, id, &new, &phone).await?;
    if let Some(attempt) = attempt {
        if store::host::is_code_taken(&mut tx, &new.unit.credit_code).await? {
            drop(tx);
            let sentence = code_taken(service, &new.unit.division).await?;
            return Err(ServiceError::field("credit_code", sentence));
        }
        attempt.succeeded(&mut tx).await?;
    }
    take_over(service, &mut host, &mut about, &new, &phone)?;
    store::host::describe(&mut tx, &host, &about)
        .await
        .map_err(|error| match error {
            StoreError::Duplicate(_) => ServiceError::stale(),
            other => other.into(),
        })?;
    let case = match returned {
        Some(mut case) => {
            case.subject = host.name.clone();
            case.detail = detail(&host);
            let reopened = case.returned_fields.iter().any(|field| field == "address");
            let mut way = None;
            if reopened && case.division != host.division_code {
                let matter = Matter::HostIdentity {
                    business: &host.division_code,
                };
                let place = ("division", host.division_code.as_str());
                way = Some(review::redirect(service, &mut tx, &mut case, matter, place).await?);
            }
            review::resubmit(service, &mut tx, actor, case, way, &snapshot).await?
        }
        None => {
            let case = NewCase {
                kind: CaseKind::HostIdentity,
                about: Subject::Host(id),
                subject: host.name.clone(),
                detail: detail(&host),
                matter: Matter::HostIdentity {
                    business: &host.division_code,
                },
                division: &host.division_code,
                snapshot,
            };
            review::submit(service, &mut tx, actor, case).await?
        }
    };
    tx.commit().await?;
    Ok(case)
}

/// What can be said before anything is written. Another credit code than the stored one is a try that counts, as in a
/// registration: the answer tells whether somebody has it.
async fn looked_at(
    service: &Service,
    id: HostId,
    form: &HostIdentityForm,
) -> Result<(NewHostIdentity, Option<Attempt>), ServiceError> {
    let mut tx = service.db().read().await?;
    if returned(&mut tx, id).await?.is_none() {
        let (identity, _) = store::identity::find(&mut tx, Subject::Host(id))
            .await?
            .ok_or(ServiceError::NotFound)?;
        identity
            .step(IdentityEvent::Submit { automatic: false })
            .map_err(|refusal| ServiceError::Refused(refusal.message().to_owned()))?;
    }
    let host = store::host::find(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let about = store::host::about(&mut tx, id).await?.unwrap_or_default();
    drop(tx);
    let new = form.check(about.operator_phone_sealed.is_some())?;
    let attempt = if new.unit.credit_code == host.credit_code {
        None
    } else {
        Some(throttle::attempt(service, Try::Registration, Some(&id.to_string()), None, None).await?)
    };
    Ok((new, attempt))
}

/// The case that waits for the unit to mend it.
async fn returned(tx: &mut Tx, id: HostId) -> Result<Option<Case>, ServiceError> {
    Ok(store::review::latest_of(tx, CaseKind::HostIdentity, Subject::Host(id))
        .await?
        .filter(|case| case.progress.state == CaseState::Returned))
}

/// Facts and papers as the agency reads them.
async fn snapshot(tx: &mut Tx, host: HostId, new: &NewHostIdentity, phone: &Phone) -> Result<Snapshot, ServiceError> {
    let unit = &new.unit;
    let place = division::path_name_in(&mut *tx, &unit.division).await?;
    let operator = |number: &str| format!("{} {number}", unit.operator);
    let mut errors = FieldErrors::default();
    let licence = paper(
        &mut *tx,
        host,
        "licence",
        new.licence,
        FilePurpose::Licence,
        &mut errors,
    )
    .await?;
    let letter = paper(
        &mut *tx,
        host,
        "operator_letter",
        new.operator_letter,
        FilePurpose::OperatorLetter,
        &mut errors,
    )
    .await?;
    let representative = match new.legal_representative_id {
        Some(id) => {
            let field = "legal_representative_id";
            paper(tx, host, field, id, FilePurpose::LegalRepresentativeId, &mut errors).await?
        }
        None => None,
    };
    errors
        .into_result(Snapshot {
            facts: vec![
                Fact::open("name", label("name"), unit.name.clone()),
                Fact::open("credit_code", label("credit_code"), unit.credit_code.as_str()),
                Fact::open("address", label("address"), format!("{place}{}", unit.address)),
                Fact::open(
                    "legal_representative",
                    label("legal_representative"),
                    unit.legal_representative.clone(),
                ),
                Fact::secret(
                    "operator",
                    label("operator"),
                    operator(phone.reveal()),
                    operator(&phone.masked()),
                ),
            ],
            papers: licence.into_iter().chain(letter).chain(representative).collect(),
        })
        .map_err(ServiceError::Invalid)
}

/// One paper: the unit's own, ready, and handed in as what it is.
async fn paper(
    tx: &mut Tx,
    host: HostId,
    field: &'static str,
    id: FileId,
    purpose: FilePurpose,
    errors: &mut FieldErrors,
) -> Result<Option<PaperFact>, ServiceError> {
    let file = store::file::find_own(tx, FileOwner::Host(host), id)
        .await?
        .filter(|file| file.state == FileState::Ready && file.purpose == purpose);
    let Some(stored) = file.and_then(|file| file.stored) else {
        errors.push(field, "这份材料还没有检查完，或已经删除。请重新上传，再提交。");
        return Ok(None);
    };
    Ok(Some(PaperFact {
        field: field.to_owned(),
        label: label(field).to_owned(),
        file: id.to_string(),
        sha256: stored.sha256,
    }))
}

fn label(field: &str) -> &'static str {
    HOST.iter()
        .find(|(code, _)| *code == field)
        .map_or("", |(_, label)| label)
}

/// The second line of the queue.
fn detail(host: &Host) -> String {
    format!("统一社会信用代码 {}", host.credit_code)
}

/// Puts what was typed into the unit's row.
fn take_over(
    service: &Service,
    host: &mut Host,
    about: &mut About,
    new: &NewHostIdentity,
    phone: &Phone,
) -> Result<(), ServiceError> {
    let unit = new.unit.clone();
    host.name = unit.name;
    host.credit_code = unit.credit_code;
    host.division_code = unit.division;
    host.address = unit.address;
    about.legal_representative = Some(unit.legal_representative);
    about.operator_name = Some(unit.operator.as_str().to_owned());
    about.operator_phone_sealed = Some(service.vault().seal(PHONE, &host.id.to_string(), phone.reveal())?);
    Ok(())
}
