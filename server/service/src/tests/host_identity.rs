//! 单位实名认证 from handing in to the decision, and for whom none of it is there.

use super::host_registration::{registered, unit};
use super::scene::{acts, credit_code, operator, trainee, workplace};
use crate::account::{NewStaff, create_staff};
use crate::file::{Appended, Variant, append, begin, open};
use crate::review::{self, NewCase};
use crate::testing::{PASSWORD, World, on_both, sentence};
use crate::{Actor, ServiceError, host};
use domain::account::Role;
use domain::file::{BeginUpload, FilePurpose};
use domain::host::{HostIdentityForm, RegisterHostForm};
use domain::identity::IdentityState;
use domain::review::{CaseKind, CaseState, CaseView, DecisionForm, Matter, QueueFilter, Snapshot};
use domain::{AgencyId, CaseId, FileId};
use store::review::Subject;

/// 石阡县 and who decides there.
struct County {
    agency: AgencyId,
    reviewer: Actor,
}

async fn county(world: &World, name: &str, division: &str) -> County {
    let agency = world.agency(name, division).await;
    let reviewer = staff(world, &format!("rev.{division}"), Role::Reviewer, agency).await;
    County { agency, reviewer }
}

async fn staff(world: &World, login: &str, role: Role, agency: AgencyId) -> Actor {
    let new = NewStaff {
        role,
        name: "周启明".to_owned(),
        login: login.to_owned(),
        password: Some(PASSWORD.to_owned()),
        host: None,
        agency: Some(agency.to_string()),
    };
    let staff = create_staff(&world.service, new).await.unwrap();
    world.actor(&world.sign_in_staff(&staff).await).await
}

/// A small PDF; `mark` makes its content another.
pub(super) async fn paper(world: &World, actor: &Actor, purpose: FilePurpose, mark: u8) -> FileId {
    let bytes =
        format!("%PDF-1.7\n% {mark}\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n");
    let announced = BeginUpload {
        purpose,
        name: "材料.pdf".to_owned(),
        size: u64::try_from(bytes.len()).unwrap(),
    };
    let view = begin(&world.service, actor, &announced).await.unwrap();
    match append(&world.service, actor, view.id, 0, bytes.as_bytes())
        .await
        .unwrap()
    {
        Appended::Taken(view) => view.id,
        Appended::Elsewhere(view) => panic!("{view:?}"),
    }
}

/// What the operator of [`unit`] hands in, with papers just uploaded.
pub(super) async fn identity(world: &World, actor: &Actor, number: usize) -> HostIdentityForm {
    let registered = unit(number);
    HostIdentityForm {
        name: registered.name,
        credit_code: registered.credit_code,
        division: registered.division,
        address: registered.address,
        legal_representative: registered.legal_representative,
        operator: registered.operator,
        phone: String::new(),
        licence: paper(world, actor, FilePurpose::Licence, 1).await.to_string(),
        operator_letter: paper(world, actor, FilePurpose::OperatorLetter, 2).await.to_string(),
        legal_representative_id: String::new(),
    }
}

pub(super) fn verdict(code: &str, reason: &str, fields: &[&str]) -> DecisionForm {
    DecisionForm {
        verdict: code.to_owned(),
        reason: reason.to_owned(),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        ..DecisionForm::default()
    }
}

async fn page(world: &World, reviewer: &Actor, case: CaseId) -> CaseView {
    review::view(&world.service, reviewer, case).await.unwrap()
}

async fn decide(world: &World, reviewer: &Actor, case: CaseId, form: DecisionForm) -> Result<CaseState, ServiceError> {
    let version = page(world, reviewer, case).await.version;
    review::decide(&world.service, reviewer, case, version, form).await
}

pub(super) async fn submit(world: &World, actor: &Actor, form: &HostIdentityForm) -> Result<CaseId, ServiceError> {
    host::submit_identity(&world.service, actor, form.clone()).await
}

fn refusal<T: std::fmt::Debug>(result: Result<T, ServiceError>) -> String {
    match result {
        Err(ServiceError::Refused(words) | ServiceError::Conflict(words)) => words,
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn a_unit_is_verified_by_the_county_of_its_address_after_it_mended_what_was_returned(world: World) {
        let shiqian = county(&world, "石阡县就业局", "520623").await;
        let operator = registered(&world, unit(0)).await;
        let form = identity(&world, &operator, 0).await;
        let case = submit(&world, &operator, &form).await.unwrap();
        let seen = page(&world, &shiqian.reviewer, case).await;
        assert_eq!((seen.kind, seen.subject.as_str()), (CaseKind::HostIdentity, "石阡县夜郎古泉茶业有限公司"));
        let fact = |field: &str| seen.facts.iter().find(|fact| fact.field == field).unwrap().value.clone();
        assert_eq!(fact("address"), "贵州省铜仁市石阡县中坝街道平安路 12 号");
        assert_eq!(fact("operator"), "罗敏 13912345670", "who decides reads the number");
        assert_eq!(seen.papers.len(), 2);
        for paper in &seen.papers {
            let id = paper.file.as_ref().unwrap().id;
            open(&world.service, &shiqian.reviewer, id, Variant::Original).await.unwrap();
        }
        let again = refusal(submit(&world, &operator, &form).await);
        assert!(again.contains("正在办理"), "{again}");

        decide(&world, &shiqian.reviewer, case, verdict("return", "营业执照照片看不清，请重新拍", &["licence"])).await.unwrap();
        let view = host::unit(&world.service, &operator).await.unwrap();
        assert!(view.may_edit("licence") && !view.may_edit("name"));
        assert!(view.certification.next.contains("被退回") && view.certification.in_the_way().is_some(), "{:?}", view.certification);
        assert_eq!(view.unmended(&form), ["营业执照"]);
        let standing = view.case.unwrap();
        assert_eq!((standing.state, standing.agency.as_str()), (CaseState::Returned, "石阡县就业局"));
        assert_eq!(standing.reason.as_deref(), Some("营业执照照片看不清，请重新拍"));

        let clear = paper(&world, &operator, FilePurpose::Licence, 3).await.to_string();
        for (field, changed) in [
            ("legal_representative", HostIdentityForm { legal_representative: "李强".to_owned(), ..form.clone() }),
            ("address", HostIdentityForm { address: "别的路 1 号".to_owned(), ..form.clone() }),
            ("credit_code", HostIdentityForm { credit_code: credit_code(1), ..form.clone() }),
            ("operator", HostIdentityForm { phone: "13900000000".to_owned(), ..form.clone() }),
        ] {
            let words = sentence(submit(&world, &operator, &HostIdentityForm { licence: clear.clone(), ..changed }).await, field);
            assert!(words.contains("没有被退回"), "{words}");
        }
        let view = host::unit(&world.service, &operator).await.unwrap();
        assert_eq!((view.legal_representative.as_str(), view.phone.as_deref()), ("王建国", Some("139****5670")), "nothing was written");

        let mended = HostIdentityForm { licence: clear.clone(), ..form.clone() };
        assert_eq!(submit(&world, &operator, &mended).await.unwrap(), case, "the same case");
        let seen = page(&world, &shiqian.reviewer, case).await;
        let changed: Vec<&str> = seen.papers.iter().filter(|paper| paper.changed).map(|paper| paper.field.as_str()).collect();
        assert_eq!(changed, ["licence"]);
        for id in [&clear, &form.licence] {
            open(&world.service, &shiqian.reviewer, id.parse().unwrap(), Variant::Original).await.unwrap();
        }
        let view = host::unit(&world.service, &operator).await.unwrap();
        assert_eq!(view.licence.unwrap().id.to_string(), clear);

        assert_eq!(decide(&world, &shiqian.reviewer, case, verdict("approve", "", &[])).await.unwrap(), CaseState::Approved);
        let view = host::unit(&world.service, &operator).await.unwrap();
        assert_eq!(view.identity, IdentityState::Verified);
        assert!(view.identity_at.is_some() && !view.may_submit());
        assert!(refusal(submit(&world, &operator, &mended).await).contains("已经通过"));
        let acts = acts(&world).await;
        assert!(acts.iter().any(|act| act == "case_opened") && acts.iter().filter(|act| *act == "case_decided").count() == 3);
    }

    async fn a_rejected_unit_mends_everything_and_hands_in_a_new_case(world: World) {
        let shiqian = county(&world, "石阡县就业局", "520623").await;
        let operator = registered(&world, unit(0)).await;
        let form = identity(&world, &operator, 0).await;
        let case = submit(&world, &operator, &form).await.unwrap();
        decide(&world, &shiqian.reviewer, case, verdict("reject", "营业执照不是这家单位的", &[])).await.unwrap();
        let view = host::unit(&world.service, &operator).await.unwrap();
        assert_eq!(view.identity, IdentityState::Rejected);
        assert!(view.may_edit("name") && view.licence.is_some());
        let mended = HostIdentityForm { name: "石阡县夜郎茶业有限公司".to_owned(), phone: "13900000001".to_owned(), ..form };
        let next = submit(&world, &operator, &mended).await.unwrap();
        assert_ne!(next, case);
        decide(&world, &shiqian.reviewer, next, verdict("approve", "", &[])).await.unwrap();
        let view = host::unit(&world.service, &operator).await.unwrap();
        assert_eq!((view.identity, view.name.as_str()), (IdentityState::Verified, "石阡县夜郎茶业有限公司"));
        assert_eq!(view.phone.as_deref(), Some("139****0001"));
    }

    async fn of_another_units_identity_nobody_else_sees_anything(world: World) {
        let shiqian = county(&world, "石阡县就业局", "520623").await;
        let elsewhere = county(&world, "思南县就业局", "520624").await;
        let operator = registered(&world, unit(0)).await;
        let form = identity(&world, &operator, 0).await;
        let case = submit(&world, &operator, &form).await.unwrap();
        let licence: FileId = form.licence.parse().unwrap();
        assert!(matches!(review::view(&world.service, &elsewhere.reviewer, case).await, Err(ServiceError::NotFound)));
        let yes = verdict("approve", "", &[]);
        let decided = review::decide(&world.service, &elsewhere.reviewer, case, 1, yes.clone()).await;
        assert!(matches!(decided, Err(ServiceError::NotFound)), "{decided:?}");
        let other = workplace(&world, 1).await.operator;
        let person = trainee(&world, 0).await;
        let admin = staff(&world, "adm.520623", Role::Admin, shiqian.agency).await;
        for actor in [&other, &person, &admin] {
            assert!(matches!(review::view(&world.service, actor, case).await, Err(ServiceError::Forbidden)));
            assert!(matches!(review::decide(&world.service, actor, case, 1, yes.clone()).await, Err(ServiceError::Forbidden)));
        }
        for actor in [&other, &person, &admin, &elsewhere.reviewer] {
            assert!(matches!(open(&world.service, actor, licence, Variant::Original).await, Err(ServiceError::NotFound)));
        }
        for actor in [&person, &admin, &shiqian.reviewer] {
            assert!(matches!(submit(&world, actor, &form).await, Err(ServiceError::Forbidden)));
            assert!(matches!(host::unit(&world.service, actor).await, Err(ServiceError::Forbidden)));
        }
        assert!(host::unit(&world.service, &other).await.unwrap().case.is_none(), "one's own unit only");
        let queue = review::queue(&world.service, &elsewhere.reviewer, QueueFilter::default()).await.unwrap();
        assert!(queue.rows.is_empty());
        let auditor = staff(&world, "aud.520623", Role::Auditor, shiqian.agency).await;
        let seen = page(&world, &auditor, case).await;
        let number = seen.facts.iter().find(|fact| fact.field == "operator").unwrap();
        assert_eq!(number.value, "罗敏 139****5670", "who does not decide reads it masked");
    }

    async fn papers_that_are_somebody_elses_something_else_or_not_there_are_refused_by_name(world: World) {
        county(&world, "石阡县就业局", "520623").await;
        let operator = registered(&world, unit(0)).await;
        let other = workplace(&world, 1).await.operator;
        let form = identity(&world, &operator, 0).await;
        let stolen = paper(&world, &other, FilePurpose::Licence, 7).await.to_string();
        let unsent = BeginUpload { purpose: FilePurpose::Licence, name: "执照.pdf".to_owned(), size: 900 };
        let unsent = begin(&world.service, &operator, &unsent).await.unwrap().id.to_string();
        for licence in [stolen, unsent, form.operator_letter.clone(), "00000000-0000-4000-8000-000000000000".to_owned()] {
            let words = sentence(submit(&world, &operator, &HostIdentityForm { licence, ..form.clone() }).await, "licence");
            assert!(words.contains("重新上传"), "{words}");
        }
        for licence in ["", "x' OR 1=1 --", "🙂"] {
            let wrong = HostIdentityForm { licence: licence.to_owned(), ..form.clone() };
            sentence(submit(&world, &operator, &wrong).await, "licence");
        }
        let view = host::unit(&world.service, &operator).await.unwrap();
        assert_eq!((view.identity, view.case), (IdentityState::Unverified, None), "nothing happened");
        submit(&world, &operator, &form).await.unwrap();
    }

    async fn another_units_credit_code_is_refused_and_trying_many_is_slowed(world: World) {
        county(&world, "石阡县就业局", "520623").await;
        workplace(&world, 1).await;
        let operator = registered(&world, unit(0)).await;
        let form = HostIdentityForm { credit_code: credit_code(1), ..identity(&world, &operator, 0).await };
        for _ in 0..4 {
            let words = sentence(submit(&world, &operator, &form).await, "credit_code");
            assert!(words.contains("石阡县就业局") && !words.contains("观山"), "{words}");
        }
        let mut slowed = false;
        for _ in 0..3 {
            slowed |= matches!(submit(&world, &operator, &form).await, Err(ServiceError::TooMany { .. }));
        }
        assert!(slowed);
    }

    async fn an_address_without_an_agency_is_refused_with_whom_to_ask_and_nothing_is_half_done(world: World) {
        let operator = registered(&world, unit(0)).await;
        let form = identity(&world, &operator, 0).await;
        assert!(refusal(submit(&world, &operator, &form).await).contains("人社部门"));
        assert_eq!(host::unit(&world.service, &operator).await.unwrap().identity, IdentityState::Unverified);
        county(&world, "石阡县就业局", "520623").await;
        submit(&world, &operator, &form).await.unwrap();
    }

    async fn a_returned_address_takes_the_case_to_the_county_of_the_new_one(world: World) {
        let shiqian = county(&world, "石阡县就业局", "520623").await;
        let operator = registered(&world, unit(0)).await;
        let form = identity(&world, &operator, 0).await;
        let case = submit(&world, &operator, &form).await.unwrap();
        decide(&world, &shiqian.reviewer, case, verdict("return", "地址和执照不一致，请核对", &["address"])).await.unwrap();
        let moved = HostIdentityForm { division: "520624".to_owned(), ..form.clone() };
        let words = sentence(submit(&world, &operator, &moved).await, "division");
        assert!(words.contains("人社部门"), "nobody looks after that county yet: {words}");
        let view = host::unit(&world.service, &operator).await.unwrap();
        assert_eq!((view.division.as_str(), view.case.unwrap().state), ("520623", CaseState::Returned), "nothing was written");

        let sinan = county(&world, "思南县就业局", "520624").await;
        assert_eq!(submit(&world, &operator, &moved).await.unwrap(), case);
        let view = host::unit(&world.service, &operator).await.unwrap();
        let standing = view.case.unwrap();
        assert_eq!((view.division.as_str(), standing.agency.as_str()), ("520624", "思南县就业局"));
        let queue = async |reviewer: &Actor| review::queue(&world.service, reviewer, QueueFilter::default()).await.unwrap().rows.len();
        assert_eq!((queue(&shiqian.reviewer).await, queue(&sinan.reviewer).await), (0, 1));
        let seen = page(&world, &sinan.reviewer, case).await;
        for paper in &seen.papers {
            open(&world.service, &sinan.reviewer, paper.file.as_ref().unwrap().id, Variant::Original).await.unwrap();
        }
        let late = decide(&world, &shiqian.reviewer, case, verdict("approve", "", &[])).await;
        assert!(refusal(late).contains("其他机构"), "who returned it reads on and decides no more");
        decide(&world, &sinan.reviewer, case, verdict("approve", "", &[])).await.unwrap();
        let mut tx = world.service.db().read().await.unwrap();
        let stored = store::review::find_for_agency(&mut tx, sinan.agency, case).await.unwrap().unwrap();
        assert_eq!(stored.division, "520624", "whose rules count");
    }

    async fn another_county_is_refused_where_the_address_was_not_returned(world: World) {
        let shiqian = county(&world, "石阡县就业局", "520623").await;
        county(&world, "思南县就业局", "520624").await;
        let operator = registered(&world, unit(0)).await;
        let form = identity(&world, &operator, 0).await;
        let case = submit(&world, &operator, &form).await.unwrap();
        decide(&world, &shiqian.reviewer, case, verdict("return", "营业执照看不清", &["licence"])).await.unwrap();
        let moved = HostIdentityForm { division: "520624".to_owned(), ..form.clone() };
        assert!(sentence(submit(&world, &operator, &moved).await, "address").contains("没有被退回"));
        assert_eq!(host::unit(&world.service, &operator).await.unwrap().case.unwrap().agency, "石阡县就业局");
    }

    /// GZ 二: 法人和经办人员资料. JL: 法人身份证.
    async fn the_legal_representatives_card_is_an_optional_paper_that_can_be_returned(world: World) {
        let shiqian = county(&world, "石阡县就业局", "520623").await;
        let operator = registered(&world, unit(0)).await;
        let form = identity(&world, &operator, 0).await;
        let case = submit(&world, &operator, &form).await.unwrap();
        let field = "legal_representative_id";
        decide(&world, &shiqian.reviewer, case, verdict("return", "请上传法定代表人身份证", &[field])).await.unwrap();
        let wrong = HostIdentityForm { legal_representative_id: form.licence.clone(), ..form.clone() };
        assert!(!sentence(submit(&world, &operator, &wrong).await, field).is_empty(), "a paper of another purpose");
        let card = paper(&world, &operator, FilePurpose::LegalRepresentativeId, 4).await.to_string();
        let mended = HostIdentityForm { legal_representative_id: card.clone(), ..form };
        submit(&world, &operator, &mended).await.unwrap();
        let seen = page(&world, &shiqian.reviewer, case).await;
        let found = seen.papers.iter().find(|paper| paper.field == field).unwrap();
        assert!(found.changed && found.file.as_ref().unwrap().id.to_string() == card);
        let view = host::unit(&world.service, &operator).await.unwrap();
        assert_eq!(view.legal_representative_id.unwrap().id.to_string(), card);
    }

    async fn two_operators_of_a_unit_share_its_case_and_one_of_two_submissions_at_once_counts(world: World) {
        let shiqian = county(&world, "石阡县就业局", "520623").await;
        let first = registered(&world, unit(0)).await;
        let second = operator(&world, "yelang.second", first.host().unwrap()).await;
        let form = identity(&world, &first, 0).await;
        let (one, two) = tokio::join!(submit(&world, &first, &form), submit(&world, &second, &form));
        let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
        let case = won.unwrap();
        assert!(!refusal(lost).is_empty());
        decide(&world, &shiqian.reviewer, case, verdict("return", "请补上详细地址的门牌号", &["address"])).await.unwrap();
        let view = host::unit(&world.service, &second).await.unwrap();
        assert_eq!(view.case.unwrap().id, case);
        let mended = HostIdentityForm { address: "中坝街道平安路 14 号".to_owned(), ..form };
        assert_eq!(submit(&world, &second, &mended).await.unwrap(), case);
        assert_eq!(host::unit(&world.service, &first).await.unwrap().address, "中坝街道平安路 14 号");
    }

    async fn nobody_decides_a_case_that_they_submitted(world: World) {
        let shiqian = county(&world, "石阡县就业局", "520623").await;
        let operator = registered(&world, unit(0)).await;
        let new = NewCase {
            kind: CaseKind::HostIdentity,
            about: Subject::Host(operator.host().unwrap()),
            subject: "单位".to_owned(),
            detail: String::new(),
            matter: Matter::HostIdentity { business: "520623" },
            division: "520623",
            snapshot: Snapshot::default(),
        };
        let mut tx = world.service.db().begin().await.unwrap();
        let case = review::submit(&world.service, &mut tx, &shiqian.reviewer, new).await.unwrap();
        tx.commit().await.unwrap();
        let view = page(&world, &shiqian.reviewer, case).await;
        assert!(!view.may.decide && view.may_not.is_some());
        let form = verdict("reject", "不该由我来办", &[]);
        assert!(refusal(decide(&world, &shiqian.reviewer, case, form).await).contains("自己"));
    }

    async fn a_namesake_in_the_county_is_something_to_look_at(world: World) {
        let shiqian = county(&world, "石阡县就业局", "520623").await;
        let one = registered(&world, unit(0)).await;
        let case = submit(&world, &one, &identity(&world, &one, 0).await).await.unwrap();
        let looks = |view: CaseView| view.checks.iter().filter(|check| check.field == "name").count();
        assert_eq!(looks(page(&world, &shiqian.reviewer, case).await), 0);
        registered(&world, RegisterHostForm { login: "yelang.zwei".to_owned(), ..unit(1) }).await;
        assert_eq!(looks(page(&world, &shiqian.reviewer, case).await), 1);
    }

    async fn a_unit_that_an_agency_made_is_known_to_it_and_has_nothing_to_hand_in(world: World) {
        let place = workplace(&world, 0).await;
        let view = host::unit(&world.service, &place.operator).await.unwrap();
        assert_eq!((view.identity, view.case, view.phone), (IdentityState::Verified, None, None));
        let form = identity(&world, &place.operator, 0).await;
        assert!(refusal(submit(&world, &place.operator, &form).await).contains("已经通过"));
    }
}
