//! What the review engine asks about certifications: what it is about, the automatic checks, and what a decision changes.

use crate::context::Service;
use crate::error::ServiceError;
use crate::host::Identified;
use domain::certification::{Application, CertificationEvent, CertificationState, seats_limit};
use domain::review::{Check, CheckResult, Fact, PaperFact, Snapshot, Verdict};
use domain::rulepack::RulePack;
use domain::{AgencyId, HostId};
use store::Tx;
use store::host::Host;
use store::review::{Case, Subject};

/// What a case is about. Codes of the facts that can be returned are those of `domain::certification::FIELDS`; the others are
/// the host's as its verified identity has them (SD 1.1: 单位证件信息). Only what was typed stands here, nothing that the rules
/// of a day make of it.
pub(super) fn snapshot(
    host: &Host,
    address: String,
    identified: Identified,
    application: &Application,
    papers: Vec<PaperFact>,
) -> Snapshot {
    let needs: Vec<String> = application
        .needs
        .iter()
        .map(|need| {
            let note = need.note.as_ref().map(|note| format!("（{note}）")).unwrap_or_default();
            format!("{} {} 人{note}", need.profession, need.people)
        })
        .collect();
    let mentors: Vec<String> = application
        .mentors
        .iter()
        .map(|(name, title, years)| format!("{name}，{title}，从业 {years} 年"))
        .collect();
    let staff: Vec<String> = application
        .staff
        .iter()
        .map(|(name, position)| format!("{name}，{position}"))
        .collect();
    let mut facts = vec![
        Fact::open("name", "单位名称", &host.name),
        Fact::open("credit_code", "统一社会信用代码", host.credit_code.as_str()),
        Fact::open("address", "经营地址", address),
        Fact::open("identity", "单位实名认证", "已认证"),
    ];
    facts.extend(identified.facts);
    facts.extend([
        Fact::open("plan", "见习计划", application.plan.label()),
        Fact::open("profile", "单位简介", &application.profile),
        Fact::open(
            "insured_employees",
            "参保员工人数",
            format!("{} 人", application.insured_employees),
        ),
        Fact::open(
            "needs",
            "专业及人数需求",
            format!("共 {} 人：{}", application.people(), needs.join("；")),
        ),
        Fact::open(
            "mentors",
            "见习指导师资",
            format!("共 {} 位：{}", mentors.len(), mentors.join("；")),
        ),
        Fact::open(
            "staff",
            "专职人员",
            format!("共 {} 位：{}", staff.len(), staff.join("；")),
        ),
    ]);
    Snapshot {
        facts,
        papers: identified.papers.into_iter().chain(papers).collect(),
    }
}

/// The automatic checks. A host under a ban has no case: `submit` refuses it.
pub(crate) fn checks(snapshot: &Snapshot, rules: &RulePack) -> Vec<Check> {
    let number = |field: &str| first_number(snapshot.value(field).unwrap_or_default());
    let identity = if snapshot.value("identity") == Some("已认证") {
        (CheckResult::Passed, "单位实名认证已通过".to_owned())
    } else {
        (CheckResult::Failed, "单位实名认证还没有通过".to_owned())
    };
    let (people, mentors) = (number("needs"), number("mentors"));
    let seats = seats_limit(number("insured_employees"), rules);
    let limit = format!(
        "按参保员工的 {}% 一年最多接收 {seats} 人",
        rules.seats_percent_of_insured
    );
    let needs = if people <= seats {
        (CheckResult::Passed, format!("{limit}，需求合计 {people} 人"))
    } else {
        (
            CheckResult::Look,
            format!("{limit}，需求合计 {people} 人，超过了，请核实或退回调整"),
        )
    };
    let each = rules.people_per_mentor_max;
    let enough = mentors.saturating_mul(each.into()) >= people;
    let mentor = (
        if enough { CheckResult::Passed } else { CheckResult::Look },
        if enough {
            format!("带教人员 {mentors} 位，每位不超过 {each} 名见习人员")
        } else {
            format!("带教人员 {mentors} 位，对 {people} 名见习人员偏少，请核实师资是否足够")
        },
    );
    let papers = if snapshot.papers.iter().any(|paper| paper.field == "management_rules") {
        (
            CheckResult::Look,
            "请打开管理制度，核对考勤、安全、带教和待遇的规定".to_owned(),
        )
    } else {
        (CheckResult::Failed, "没有上传就业见习管理制度".to_owned())
    };
    [
        ("identity", identity),
        ("needs", needs),
        ("mentors", mentor),
        ("management_rules", papers),
    ]
    .into_iter()
    .map(|(field, (result, words))| Check {
        field: field.to_owned(),
        result,
        words,
    })
    .collect()
}

/// Moves the certification, and with it the host's standing, by a decision that ended or reopened its case.
pub(crate) async fn decided(service: &Service, tx: &mut Tx, case: &Case, verdict: Verdict) -> Result<(), ServiceError> {
    let event = match verdict {
        Verdict::Approve => CertificationEvent::Approve,
        Verdict::Reject => CertificationEvent::Reject,
        Verdict::Revoke => CertificationEvent::Revoke,
        Verdict::Submit | Verdict::Resubmit | Verdict::Return => return Ok(()),
    };
    let (host, mut one) = super::load(tx, host_of(case)?).await?;
    one.state = one.state.step(event).map_err(super::refused)?;
    let certified = one.state == CertificationState::Certified;
    one.certified_at = certified.then(|| service.now());
    one.moved_at = service.now();
    super::write(tx, &one).await?;
    let by = if certified {
        Some(certifier(tx, case).await?)
    } else {
        None
    };
    store::certification::set_standing(tx, host.id, one.state.standing(), by, host.version).await?;
    Ok(())
}

/// Whether something live depends on the decision: people of a certified host, or anything that happened to the certification
/// since.
pub(crate) async fn depended_on(tx: &mut Tx, case: &Case) -> Result<bool, ServiceError> {
    let host = host_of(case)?;
    let Some(one) = store::certification::find(tx, host).await? else {
        return Ok(true);
    };
    if one.case != Some(case.id) {
        return Ok(true);
    }
    match one.state {
        CertificationState::Certified => Ok(store::certification::is_busy(tx, host).await?),
        CertificationState::Rejected => Ok(false),
        CertificationState::Draft
        | CertificationState::Submitted
        | CertificationState::CleanedOut
        | CertificationState::Rectifying
        | CertificationState::Disqualified => Ok(true),
    }
}

/// The agency that certified: of the last stage that reviews. A filing (SD 3.1) takes note, it does not certify.
async fn certifier(tx: &mut Tx, case: &Case) -> Result<AgencyId, ServiceError> {
    let stages = store::review::stages(tx, case.id).await?;
    let last = stages.iter().rev().find(|stage| stage.purpose.decides());
    Ok(last.map_or(case.agency, |stage| stage.agency))
}

fn host_of(case: &Case) -> Result<HostId, ServiceError> {
    match case.about {
        Subject::Host(host) => Ok(host),
        Subject::Trainee(_) => Err(ServiceError::fault("a certification of a person")),
    }
}

/// The first number that stands in a fact; 0 where there is none.
fn first_number(text: &str) -> u32 {
    text.split(|letter: char| !letter.is_ascii_digit())
        .find_map(|digits| digits.parse().ok())
        .unwrap_or(0)
}
