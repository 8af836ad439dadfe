//! Where a certification stands, in one sentence with who acts until when.

use super::load;
use crate::context::Service;
use crate::error::ServiceError;
use crate::host::not_verified;
use crate::identity::case::is_returned;
use crate::review;
use domain::certification::{CertificationRefusal, CertificationState, CertificationSummary};
use domain::identity::IdentityState;
use domain::review::{CaseKind, CaseState, Standing};
use domain::value::full_day_label;
use domain::{Day, HostId};
use store::Tx;
use store::certification::Certification;
use store::review::Subject;

/// The certification of a host in short.
pub(crate) async fn summary_of(
    service: &Service,
    tx: &mut Tx,
    id: HostId,
) -> Result<CertificationSummary, ServiceError> {
    let (_, one) = load(tx, id).await?;
    let case = standing(service, tx, &one).await?;
    let (identity, returned) = identity_of(tx, id).await?;
    let unverified = not_verified(identity, returned);
    Ok(CertificationSummary {
        state: one.state,
        returned: case.as_ref().is_some_and(|case| case.state == CaseState::Returned),
        next: next_step(&one, unverified, case.as_ref(), service.now().day()),
        unverified: unverified.map(ToOwned::to_owned),
    })
}

/// How its latest case stands.
pub(super) async fn standing(
    service: &Service,
    tx: &mut Tx,
    one: &Certification,
) -> Result<Option<Standing>, ServiceError> {
    if one.case.is_none() {
        return Ok(None);
    }
    review::standing(service, tx, CaseKind::Certification, Subject::Host(one.host)).await
}

/// Where the identity of a host stands, and whether it was given back to be mended.
pub(super) async fn identity_of(tx: &mut Tx, host: HostId) -> Result<(IdentityState, bool), ServiceError> {
    let about = Subject::Host(host);
    let (identity, _) = store::identity::find(tx, about).await?.ok_or(ServiceError::NotFound)?;
    Ok((identity, is_returned(tx, about, identity).await?))
}

/// Who acts and by when.
fn next_step(one: &Certification, unverified: Option<&str>, case: Option<&Standing>, today: Day) -> String {
    match one.state {
        CertificationState::Draft => unverified
            .unwrap_or("请填写见习单位认证申请并提交。通过认证后才能接收见习人员。")
            .to_owned(),
        CertificationState::Submitted => match case {
            Some(case) if case.state == CaseState::Returned => {
                format!("{}退回了申请，请修改退回的内容后重新提交。", case.agency)
            }
            Some(case) => {
                let due = case.due.map(|due| format!("，{}", due.until())).unwrap_or_default();
                format!(
                    "{}正在审核（{}）{due}。现在不用操作。",
                    case.agency,
                    case.purpose.label()
                )
            }
            None => "申请正在审核，不用再操作。".to_owned(),
        },
        CertificationState::Certified => "已经可以接收见习人员。".to_owned(),
        CertificationState::Rejected => "申请没有通过，请看原因，修改后可以重新申请。".to_owned(),
        CertificationState::CleanedOut => "本单位因长期没有开展见习已被清退，需要时可以重新申请认证。".to_owned(),
        CertificationState::Rectifying => one.rectify_until.map_or_else(
            || "请按要求整改，等认证机构复核。".to_owned(),
            |day| rectification(day, today),
        ),
        CertificationState::Disqualified => one.banned_until.map_or_else(
            || "本单位已被取消见习资格。".to_owned(),
            |until| {
                if until <= today {
                    format!("取消资格的期限到{}已满，可以重新申请认证。", full_day_label(until))
                } else {
                    CertificationRefusal::Banned { until }.message()
                }
            },
        ),
    }
}

fn rectification(last: Day, today: Day) -> String {
    let last_day = full_day_label(last);
    if last < today {
        format!("整改期限{last_day}已经过了，认证机构会复核。已经改好的，请马上告诉认证机构；拒不整改会被取消资格。")
    } else {
        format!("请在{last_day}前完成整改，等认证机构复核。逾期不改将被取消资格。")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Moment;
    use domain::calendar::Calendar;
    use domain::review::{Due, StagePurpose};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn one(state: CertificationState) -> Certification {
        Certification {
            host: HostId::new(uuid::Uuid::nil()),
            state,
            form_sealed: None,
            sent_sealed: None,
            case: None,
            plan: None,
            insured_employees: None,
            certified_at: None,
            rectify_until: Some(day("2026-11-30")),
            banned_until: None,
            moved_at: Moment::from_millis(0),
            version: 1,
        }
    }

    fn waiting(due: &str, today: &str) -> Standing {
        Standing {
            id: domain::CaseId::new(uuid::Uuid::nil()),
            state: CaseState::Submitted,
            purpose: StagePurpose::CountyReview,
            agency: "石阡县就业局".to_owned(),
            due: Some(Due::on(day(due), day(today), &Calendar::new(Vec::new()))),
            reason: None,
            taken_back: false,
            fields: Vec::new(),
            stages: Vec::new(),
            submitted_at: Moment::from_millis(0),
            decided_at: None,
        }
    }

    #[test]
    fn a_due_day_that_has_passed_is_not_said_to_lie_ahead() {
        let words = |today: &str| {
            let case = waiting("2026-11-20", today);
            let one = one(CertificationState::Submitted);
            next_step(&one, None, Some(&case), day(today))
        };
        let (before, after) = (words("2026-11-18"), words("2026-11-25"));
        assert!(
            before.contains("应在2026年11月20日") && before.contains("剩 2 个工作日"),
            "{before}"
        );
        assert!(before.contains("可能调整"), "a year without a notice: {before}");
        assert!(after.contains("超期 3 个工作日"), "{after}");
    }

    #[test]
    fn a_ban_says_its_day_until_it_is_over() {
        let banned = Certification {
            banned_until: Some(day("2029-11-19")),
            ..one(CertificationState::Disqualified)
        };
        let words = |today| next_step(&banned, None, None, day(today));
        assert!(words("2029-11-18").contains("2029年11月19日"));
        assert!(words("2029-11-19").contains("可以重新申请"));
    }

    #[test]
    fn a_rectification_says_when_its_day_has_passed() {
        let words = |today| next_step(&one(CertificationState::Rectifying), None, None, day(today));
        assert!(words("2026-11-30").contains("请在2026年11月30日"));
        assert!(words("2026-12-01").contains("已经过了"));
    }
}
