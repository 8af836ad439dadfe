//! What the review engine asks about identities: the fields that can be returned, the automatic checks, and what a decision
//! changes.

use crate::context::Service;
use crate::error::ServiceError;
use domain::identity::{IdentityEvent, IdentityState, PERSON_FIELDS, PHOTOS};
use domain::review::{CaseKind, CaseState, Check, CheckResult, Snapshot, Verdict};
use domain::{CreditCode, IdCard};
use store::Tx;
use store::review::{Case, Subject};

/// Fields of a person's case that can be returned.
pub(crate) const PERSON: &[(&str, &str)] = &PERSON_FIELDS;

/// Fields of a host's case that can be returned.
pub(crate) const HOST: &[(&str, &str)] = &[
    ("name", "单位名称"),
    ("credit_code", "统一社会信用代码"),
    ("address", "经营地址"),
    ("legal_representative", "法定代表人"),
    ("operator", "经办人"),
    ("licence", "营业执照"),
    ("operator_letter", "经办人授权书"),
    ("legal_representative_id", "法定代表人身份证"),
];

/// Whether an agency gave an identity back: its owner acts next, though its state still says that an agency looks at it.
pub(crate) async fn is_returned(tx: &mut Tx, about: Subject, identity: IdentityState) -> Result<bool, ServiceError> {
    let kind = match about {
        Subject::Host(_) => CaseKind::HostIdentity,
        Subject::Trainee(_) => CaseKind::PersonIdentity,
    };
    Ok(identity == IdentityState::Manual
        && store::review::latest_of(tx, kind, about)
            .await?
            .is_some_and(|case| case.progress.state == CaseState::Returned))
}

/// The automatic checks of a person's case.
pub(crate) fn person_checks(snapshot: &Snapshot) -> Vec<Check> {
    let number = snapshot.value("id_card").unwrap_or_default();
    let (result, words) = if IdCard::parse(number).is_ok() {
        (CheckResult::Passed, "身份证号校验位正确")
    } else {
        (CheckResult::Failed, "身份证号校验位不对")
    };
    let mut sides: Vec<&str> = snapshot
        .papers
        .iter()
        .filter(|paper| paper.field == PHOTOS)
        .map(|paper| paper.sha256.as_str())
        .collect();
    let handed_in = sides.len();
    sides.sort_unstable();
    sides.dedup();
    let (photo_result, photo_words) = match (handed_in, sides.len()) {
        (0, _) => (CheckResult::Look, "本人没有上传身份证照片，需要电话核实或退回补充"),
        (1, _) => (CheckResult::Look, "身份证照片只有一面，需要电话核实或退回补充"),
        (_, 1) => (CheckResult::Look, "身份证照片的两面是同一张，需要电话核实或退回补充"),
        (..) => (CheckResult::Look, "请核对身份证照片与填写的姓名、号码一致"),
    };
    vec![
        check("id_card", result, words),
        check(PHOTOS, photo_result, photo_words),
    ]
}

/// The automatic checks of a host's case.
pub(crate) fn host_checks(snapshot: &Snapshot) -> Vec<Check> {
    let code = snapshot.value("credit_code").unwrap_or_default();
    let (result, words) = if CreditCode::parse(code).is_ok() {
        (CheckResult::Passed, "统一社会信用代码校验通过")
    } else {
        (CheckResult::Failed, "统一社会信用代码校验不通过")
    };
    let licence = snapshot.papers.iter().any(|paper| paper.field == "licence");
    let (paper_result, paper_words) = if licence {
        (CheckResult::Look, "请核对营业执照与填写的名称、代码、法定代表人一致")
    } else {
        (CheckResult::Failed, "没有上传营业执照")
    };
    let letter = snapshot.papers.iter().any(|paper| paper.field == "operator_letter");
    let (letter_result, letter_words) = if letter {
        (CheckResult::Look, "请核对授权书上的经办人姓名、单位名称和公章")
    } else {
        (CheckResult::Failed, "没有上传经办人授权书")
    };
    vec![
        check("credit_code", result, words),
        check("licence", paper_result, paper_words),
        check("operator_letter", letter_result, letter_words),
    ]
}

/// What changes while a host's case waits: another unit of that name in the county, under another credit code.
pub(crate) async fn host_looks(tx: &mut Tx, case: &Case) -> Result<Vec<Check>, ServiceError> {
    let namesake = match case.about {
        Subject::Host(host) => store::host::has_namesake(tx, host).await?,
        Subject::Trainee(_) => false,
    };
    let words = "本县（市、区）已有同名单位用别的统一社会信用代码登记，请核对是不是同一家";
    Ok(namesake
        .then(|| check("name", CheckResult::Look, words))
        .into_iter()
        .collect())
}

/// Moves the subject's identity by a decision that ended or reopened its case.
pub(crate) async fn decided(service: &Service, tx: &mut Tx, case: &Case, verdict: Verdict) -> Result<(), ServiceError> {
    let event = match verdict {
        Verdict::Approve => IdentityEvent::Approve,
        Verdict::Reject => IdentityEvent::Reject,
        Verdict::Revoke => IdentityEvent::Revoke,
        Verdict::Submit | Verdict::Resubmit | Verdict::Return => return Ok(()),
    };
    step(service, tx, case.about, event).await?;
    Ok(())
}

/// Moves an identity by one event.
///
/// # Errors
/// [`ServiceError::Refused`] with the sentence of the machine.
pub(crate) async fn step(
    service: &Service,
    tx: &mut Tx,
    of: Subject,
    event: IdentityEvent,
) -> Result<IdentityState, ServiceError> {
    let (state, version) = store::identity::find(tx, of).await?.ok_or(ServiceError::NotFound)?;
    let next = state
        .step(event)
        .map_err(|refusal| ServiceError::Refused(refusal.message().to_owned()))?;
    store::identity::set(tx, of, next, service.now(), version).await?;
    Ok(next)
}

/// Whether something live depends on the decision: a later case, an identity that was settled otherwise since, or what was begun
/// with the identity. Then it cannot be taken back.
pub(crate) async fn depended_on(tx: &mut Tx, case: &Case) -> Result<bool, ServiceError> {
    let latest = store::review::latest_of(tx, case.kind, case.about).await?;
    if latest.is_none_or(|latest| latest.id != case.id) {
        return Ok(true);
    }
    let (identity, _) = store::identity::find(tx, case.about)
        .await?
        .ok_or(ServiceError::NotFound)?;
    let stands = match case.progress.state {
        CaseState::Approved => identity == IdentityState::Verified,
        CaseState::Rejected => identity == IdentityState::Rejected,
        CaseState::Submitted | CaseState::Returned => true,
    };
    if !stands {
        return Ok(true);
    }
    match case.about {
        Subject::Host(_) => Ok(store::review::latest_of(tx, CaseKind::Certification, case.about)
            .await?
            .is_some()),
        Subject::Trainee(trainee) => Ok(store::internship::active_of_trainee(tx, trainee).await?.is_some()),
    }
}

fn check(field: &str, result: CheckResult, words: &str) -> Check {
    Check {
        field: field.to_owned(),
        result,
        words: words.to_owned(),
    }
}
