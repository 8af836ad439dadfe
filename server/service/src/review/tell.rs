//! Who hears of what happened to a case: its applicant and the agency that has it now, in the transaction of the act.

use crate::context::Service;
use crate::error::ServiceError;
use crate::notice::{To, send};
use domain::AgencyId;
use domain::agency::Directory;
use domain::notice::NoticeContent;
use domain::review::{CaseKind, MovedDue, Verdict};
use store::Tx;
use store::review::{Case, Subject};

/// The agency whose turn it is.
pub(super) async fn received(service: &Service, tx: &mut Tx, case: &Case) -> Result<(), ServiceError> {
    let content = NoticeContent::CaseReceived {
        case: case.id,
        kind: case.kind,
        subject: case.subject.clone(),
        due: case.due_on,
    };
    send(service, tx, To::Agency(case.agency), &content).await?;
    Ok(())
}

/// The applicant, of a decision; and the next agency, where it went on. `before` is the case as it stood.
pub(super) async fn decided(
    service: &Service,
    tx: &mut Tx,
    before: &Case,
    case: &Case,
    verdict: Verdict,
    fields: Vec<String>,
) -> Result<(), ServiceError> {
    let (id, kind) = (case.id, case.kind);
    let content = match verdict {
        Verdict::Approve if case.decided_at.is_none() => {
            received(service, tx, case).await?;
            let agencies = store::agency::directory(tx).await?;
            NoticeContent::CasePassedStage {
                kind,
                stage: before.purpose.label().to_owned(),
                agency: name(&agencies, case.agency),
                due: case.due_on,
            }
        }
        Verdict::Approve if kind == CaseKind::PersonIdentity => NoticeContent::IdentityVerified,
        Verdict::Approve => NoticeContent::CaseApproved { case: id, kind },
        Verdict::Return => NoticeContent::CaseReturned { case: id, kind, fields },
        Verdict::Reject => NoticeContent::CaseRejected { case: id, kind },
        Verdict::Revoke => NoticeContent::CaseRevoked { case: id, kind },
        Verdict::Submit | Verdict::Resubmit => return received(service, tx, case).await,
    };
    send(service, tx, applicant(case.about), &content).await?;
    Ok(())
}

/// The agency that had the case, or had ended it, when an earlier one took its own decision back (SD 3.2): its decision went
/// with the earlier one, and nobody there need look for it. `before` is the case as it stood.
pub(super) async fn taken_back(service: &Service, tx: &mut Tx, before: &Case, case: &Case) -> Result<(), ServiceError> {
    if before.agency == case.agency {
        return Ok(());
    }
    let agencies = store::agency::directory(tx).await?;
    let content = NoticeContent::CaseTakenBack {
        case: case.id,
        kind: case.kind,
        subject: case.subject.clone(),
        agency: name(&agencies, case.agency),
        stage: case.purpose.label().to_owned(),
    };
    send(service, tx, To::Agency(before.agency), &content).await?;
    Ok(())
}

/// The agency that is late, and the one above it.
pub(super) async fn overdue(
    service: &Service,
    tx: &mut Tx,
    case: &Case,
    agencies: &Directory,
    above: Option<AgencyId>,
) -> Result<(), ServiceError> {
    let content = NoticeContent::CaseOverdue {
        case: case.id,
        kind: case.kind,
        subject: case.subject.clone(),
        agency: name(agencies, case.agency),
        due: case.due_on,
    };
    for agency in std::iter::once(case.agency).chain(above) {
        send(service, tx, To::Agency(agency), &content).await?;
    }
    Ok(())
}

/// The applicant, of a due date that moved with the calendar.
pub(super) async fn moved(service: &Service, tx: &mut Tx, case: &Case, moved: &MovedDue) -> Result<(), ServiceError> {
    let content = NoticeContent::DueMoved {
        kind: moved.kind,
        from: moved.from,
        to: moved.to,
    };
    send(service, tx, applicant(case.about), &content).await?;
    Ok(())
}

const fn applicant(about: Subject) -> To {
    match about {
        Subject::Host(host) => To::Host(host),
        Subject::Trainee(trainee) => To::Trainee(trainee),
    }
}

/// An agency's name.
pub(super) fn name(agencies: &Directory, agency: AgencyId) -> String {
    agencies
        .get(agency)
        .map_or_else(|| "经办机构".to_owned(), |agency| agency.name.clone())
}
