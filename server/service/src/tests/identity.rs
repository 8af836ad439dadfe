//! A person's 实名认证: by the gateway, by the county's hand, after a crash, and what waits for it.

use super::file::{agency_staff, png, uploaded_as};
use super::scene::{acts, at_work, offer_form, offered, operator, set, times, workplace};
use crate::identity::{self, IdentityConfig, IdentityGateway};
use crate::testing::{ID_CARDS, World, listen, on_both, registration, sentence};
use crate::{Actor, ServiceError, attendance, file, internship, review, trainee};
use axum::Router;
use axum::http::StatusCode;
use domain::account::Role;
use domain::file::FilePurpose;
use domain::identity::{IdentityForm, IdentityState, PersonIdentityView};
use domain::internship::DeclineForm;
use domain::review::{CaseState, CheckResult, DecisionForm, QueueFilter, QueueRow};
use domain::{AgencyId, FileId};
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use store::review::Subject;
use tokio::sync::Notify;

const COUNTY: &str = "贵阳市观山湖区人力资源和社会保障局";

/// What the gateway of a test does.
#[derive(Clone, Copy)]
enum Says {
    Match,
    Mismatch,
    Unknown,
    Nothing,
}

/// The same world with a gateway; `held` keeps its answers back until somebody is notified.
async fn with_gateway(world: World, says: Says, held: Option<Arc<Notify>>) -> World {
    let World { service, clock, fresh } = world;
    let router = Router::new().fallback(move |body: String| {
        let held = held.clone();
        async move {
            if let Some(held) = held {
                held.notified().await;
            }
            let question: Value = serde_json::from_str(&body).unwrap();
            let result = match says {
                Says::Match => "match",
                Says::Mismatch => "mismatch",
                Says::Unknown => "unknown",
                Says::Nothing => return (StatusCode::UNAUTHORIZED, String::new()),
            };
            let reply = json!({"request_id": question["request_id"], "result": result});
            (StatusCode::OK, reply.to_string())
        }
    });
    let token_file = fresh.folder().join("token");
    std::fs::write(&token_file, "geheim\n").unwrap();
    std::fs::set_permissions(&token_file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let url = listen(router).await;
    let gateway = IdentityGateway::new(&IdentityConfig { url, token_file }, clock.clone()).unwrap();
    let service = service.with_identity_gateway(gateway).unwrap();
    World { service, clock, fresh }
}

async fn registered(world: &World, number: usize) -> Actor {
    world.actor(&world.register(registration(number)).await).await
}

async fn own(world: &World, person: &Actor) -> PersonIdentityView {
    identity::view(&world.service, person).await.unwrap()
}

/// The county where everybody of [`registration`] lives, with its reviewer.
async fn county(world: &World) -> (AgencyId, Actor) {
    let agency = world.agency(COUNTY, "520115").await;
    (
        agency,
        agency_staff(world, "gsh.reviewer", Role::Reviewer, agency).await,
    )
}

async fn queue(world: &World, reviewer: &Actor) -> Vec<QueueRow> {
    review::queue(&world.service, reviewer, QueueFilter::default())
        .await
        .unwrap()
        .rows
}

fn approval(proof: &str) -> DecisionForm {
    DecisionForm {
        verdict: "approve".to_owned(),
        proof: proof.to_owned(),
        note: "10:20 通话，姓名、住址和学校都说对了".to_owned(),
        ..DecisionForm::default()
    }
}

fn returning(fields: &[&str]) -> DecisionForm {
    DecisionForm {
        verdict: "return".to_owned(),
        reason: "电话没有打通，请补正".to_owned(),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        ..DecisionForm::default()
    }
}

/// Decides the only open case of the reviewer's agency.
async fn decides(world: &World, reviewer: &Actor, form: DecisionForm) -> Result<CaseState, ServiceError> {
    let [case] = <[QueueRow; 1]>::try_from(queue(world, reviewer).await).unwrap();
    review::decide(&world.service, reviewer, case.id, case.version, form).await
}

/// What the page sends when nothing is changed.
fn unchanged() -> IdentityForm {
    let known = registration(0);
    IdentityForm {
        name: known.name,
        residence: known.residence,
        residence_detail: known.residence_detail,
        ..IdentityForm::default()
    }
}

async fn photos(world: &World, person: &Actor) -> [FileId; 2] {
    let upload = async |purpose, side| uploaded_as(&world.service, person, purpose, &png(side, 64)).await.id;
    [
        upload(FilePurpose::IdCardFront, 96).await,
        upload(FilePurpose::IdCardBack, 97).await,
    ]
}

fn with_photos([front, back]: [FileId; 2]) -> IdentityForm {
    IdentityForm {
        front: front.to_string(),
        back: back.to_string(),
        ..IdentityForm::default()
    }
}

/// As a crash leaves it: the gateway is being asked.
async fn leave_checking(world: &World, person: &Actor) {
    let of = Subject::Trainee(person.trainee().unwrap());
    let mut tx = world.service.db().begin().await.unwrap();
    let (_, version) = store::identity::find(&mut tx, of).await.unwrap().unwrap();
    store::identity::set(&mut tx, of, IdentityState::Checking, world.clock.now(), version)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

on_both! {
    async fn a_match_verifies_at_registration_and_bothers_no_agency(world: World) {
        let world = with_gateway(world, Says::Match, None).await;
        let (_, reviewer) = county(&world).await;
        let person = registered(&world, 0).await;
        let view = own(&world, &person).await;
        assert_eq!((view.state, view.standing, view.editable.len()), (IdentityState::Verified, None, 0));
        assert_eq!(trainee::me(&world.service, &person).await.unwrap().identity, IdentityState::Verified);
        assert_eq!(attendance::today(&world.service, &person).await.unwrap().identity, IdentityState::Verified);
        assert!(queue(&world, &reviewer).await.is_empty());
        assert_eq!((times(&world, "identity_submitted").await, times(&world, "identity_checked").await), (1, 1));
        let again = identity::submit(&world.service, &person, unchanged()).await;
        assert!(matches!(again, Err(ServiceError::Refused(sentence)) if sentence.contains("已经通过")));
    }

    async fn whatever_else_the_gateway_says_the_county_of_the_residence_decides(world: World) {
        let (_, reviewer) = county(&world).await;
        let mut world = world;
        for (number, says) in [Says::Mismatch, Says::Unknown, Says::Nothing].into_iter().enumerate() {
            world = with_gateway(world, says, None).await;
            let person = registered(&world, number).await;
            let view = own(&world, &person).await;
            assert_eq!(view.state, IdentityState::Manual);
            let standing = view.standing.unwrap();
            assert_eq!((standing.agency.as_str(), standing.due.unwrap().day.to_string().as_str()), (COUNTY, "2026-12-03"));
            assert_eq!(queue(&world, &reviewer).await.len(), number + 1);
        }
    }

    async fn while_the_gateway_thinks_nobody_waits_for_the_database(world: World) {
        let (_, reviewer) = county(&world).await;
        let held = Arc::new(Notify::new());
        let world = with_gateway(world, Says::Match, Some(held.clone())).await;
        let other = Actor::clone(&reviewer);
        let others = async {
            // Writes, and reads that the person is being checked, before the gateway answers.
            while times(&world, "identity_submitted").await == 0 {
                tokio::task::yield_now().await;
            }
            assert!(queue(&world, &other).await.is_empty());
            world.agency("石阡县人力资源和社会保障局", "520623").await;
            held.notify_one();
        };
        let (session, ()) = tokio::join!(world.register(registration(0)), others);
        let person = world.actor(&session).await;
        assert_eq!(own(&world, &person).await.state, IdentityState::Verified);
    }

    async fn a_check_that_a_crash_left_half_way_goes_to_the_county_after_two_minutes(world: World) {
        let person = registered(&world, 0).await;
        let (_, reviewer) = county(&world).await;
        leave_checking(&world, &person).await;
        let early = identity::submit(&world.service, &person, unchanged()).await;
        assert!(matches!(early, Err(ServiceError::Refused(_))), "{early:?}");
        world.wait_seconds(119);
        crate::upkeep(&world.service).await;
        assert_eq!(own(&world, &person).await.state, IdentityState::Checking);
        world.wait_seconds(2);
        crate::upkeep(&world.service).await;
        crate::upkeep(&world.service).await;
        assert_eq!(own(&world, &person).await.state, IdentityState::Manual);
        assert_eq!(queue(&world, &reviewer).await.len(), 1);
        decides(&world, &reviewer, approval("phone")).await.unwrap();
        assert_eq!(own(&world, &person).await.state, IdentityState::Verified);
    }

    async fn without_an_agency_the_registration_stands_and_the_person_can_submit_later(world: World) {
        let person = registered(&world, 0).await;
        let view = own(&world, &person).await;
        assert_eq!(view.state, IdentityState::Unverified);
        assert!(view.in_the_way.unwrap().contains("还没有对应的县级经办机构"));
        let refused = identity::submit(&world.service, &person, unchanged()).await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
        assert_eq!(own(&world, &person).await.state, IdentityState::Unverified);
        leave_checking(&world, &person).await;
        world.wait_seconds(121);
        crate::upkeep(&world.service).await;
        assert_eq!(own(&world, &person).await.state, IdentityState::Unverified, "nobody hangs in a check for ever");
        let (_, reviewer) = county(&world).await;
        let state = identity::submit(&world.service, &person, unchanged()).await.unwrap();
        assert_eq!((state, queue(&world, &reviewer).await.len()), (IdentityState::Manual, 1));
        assert!(own(&world, &person).await.in_the_way.is_none());
    }

    async fn the_countys_reviewer_calls_and_approves_and_no_other_county_can(world: World) {
        let (_, reviewer) = county(&world).await;
        let person = registered(&world, 0).await;
        let elsewhere = world.agency("石阡县人力资源和社会保障局", "520623").await;
        let stranger = agency_staff(&world, "sq.reviewer", Role::Reviewer, elsewhere).await;
        let [case] = <[QueueRow; 1]>::try_from(queue(&world, &reviewer).await).unwrap();
        assert_eq!((case.subject.as_str(), case.detail.as_str(), case.bulk), ("杨晓雨", "离校2年内未就业高校毕业生", false));
        assert!(queue(&world, &stranger).await.is_empty());
        for form in [approval("phone"), returning(&["name"])] {
            let decided = review::decide(&world.service, &stranger, case.id, case.version, form).await;
            assert!(matches!(decided, Err(ServiceError::NotFound)), "{decided:?}");
        }
        assert!(matches!(review::view(&world.service, &stranger, case.id).await, Err(ServiceError::NotFound)));
        let page = review::view(&world.service, &reviewer, case.id).await.unwrap();
        let phone = page.facts.iter().find(|fact| fact.field == "phone").unwrap();
        assert_eq!(phone.value, "13812345670", "the reviewer can call");
        assert!(page.checks.iter().all(|check| check.result != CheckResult::Failed));
        sentence(decides(&world, &reviewer, approval("")).await, "proof");
        sentence(decides(&world, &reviewer, approval("id_card")).await, "proof");
        assert_eq!(decides(&world, &reviewer, approval("phone")).await.unwrap(), CaseState::Approved);
        assert_eq!(own(&world, &person).await.state, IdentityState::Verified);
    }

    async fn after_a_rejection_the_person_reads_why_and_submits_again(world: World) {
        let (_, reviewer) = county(&world).await;
        let person = registered(&world, 0).await;
        let rejecting = DecisionForm {
            verdict: "reject".to_owned(),
            reason: "电话里说的身份证号和填写的不一样".to_owned(),
            ..DecisionForm::default()
        };
        decides(&world, &reviewer, rejecting).await.unwrap();
        let view = own(&world, &person).await;
        assert_eq!((view.state, view.returned, view.editable.len()), (IdentityState::Rejected, false, 4));
        assert!(view.standing.unwrap().reason.unwrap().contains("不一样"));
        let renamed = IdentityForm { name: "杨小雨".to_owned(), id_card: ID_CARDS[2].to_owned(), ..unchanged() };
        assert_eq!(identity::submit(&world.service, &person, renamed).await.unwrap(), IdentityState::Manual);
        decides(&world, &reviewer, approval("phone")).await.unwrap();
        let me = trainee::me(&world.service, &person).await.unwrap();
        assert_eq!((me.name.as_str(), me.id_card.as_str(), me.identity), ("杨小雨", "440524**********14", IdentityState::Verified));
        assert_eq!(crate::account::viewer(&world.service, &person).await.unwrap().name, "杨小雨");
    }

    async fn only_what_the_county_asked_for_can_be_changed_and_it_reads_the_photos(world: World) {
        let (_, reviewer) = county(&world).await;
        let elsewhere = world.agency("石阡县人力资源和社会保障局", "520623").await;
        let stranger = agency_staff(&world, "sq.reviewer", Role::Reviewer, elsewhere).await;
        let person = registered(&world, 0).await;
        assert_eq!(decides(&world, &reviewer, returning(&["id_card_photos"])).await.unwrap(), CaseState::Returned);
        let view = own(&world, &person).await;
        assert_eq!((view.state, view.returned, view.editable.as_slice()), (IdentityState::Manual, true, &["id_card_photos".to_owned()][..]));
        let both = photos(&world, &person).await;
        let more = IdentityForm { name: "王二".to_owned(), ..with_photos(both) };
        sentence(identity::submit(&world.service, &person, more).await, "name");
        sentence(identity::submit(&world.service, &person, IdentityForm::default()).await, "front");
        let swapped = with_photos([both[1], both[0]]);
        sentence(identity::submit(&world.service, &person, swapped).await, "front");
        let other = registered(&world, 1).await;
        let stolen = with_photos(photos(&world, &other).await);
        sentence(identity::submit(&world.service, &person, stolen).await, "front");
        let readable = async |actor: &Actor| file::open(&world.service, actor, both[0], file::Variant::Thumbnail).await.is_ok();
        assert!(!readable(&reviewer).await, "not before it is handed in");
        assert_eq!(identity::submit(&world.service, &person, with_photos(both)).await.unwrap(), IdentityState::Manual);
        assert!(readable(&reviewer).await && readable(&person).await);
        assert!(!readable(&stranger).await && !readable(&other).await);
        let rows = queue(&world, &reviewer).await;
        let case = own(&world, &person).await.standing.unwrap().id;
        let mine = rows.iter().find(|row| row.id == case).unwrap();
        let page = review::view(&world.service, &reviewer, mine.id).await.unwrap();
        assert_eq!((page.papers.len(), page.papers.iter().all(|paper| paper.changed)), (2, true));
        review::decide(&world.service, &reviewer, mine.id, mine.version, approval("id_card")).await.unwrap();
        assert_eq!(own(&world, &person).await.state, IdentityState::Verified);
    }

    async fn a_number_that_somebody_else_has_is_refused_beside_its_field_and_changes_nothing(world: World) {
        let (_, reviewer) = county(&world).await;
        let person = registered(&world, 0).await;
        decides(&world, &reviewer, returning(&["name", "id_card"])).await.unwrap();
        registered(&world, 1).await;
        let before = acts(&world).await;
        let taken = IdentityForm { name: "杨小雨".to_owned(), id_card: ID_CARDS[1].to_owned(), ..IdentityForm::default() };
        let said = sentence(identity::submit(&world.service, &person, taken).await, "id_card");
        assert!(said.contains("已经有人注册") && !said.contains("5001"), "{said}");
        assert_eq!(acts(&world).await, before);
        let me = trainee::me(&world.service, &person).await.unwrap();
        assert_eq!((me.name.as_str(), me.id_card.as_str()), ("杨晓雨", "522224**********15"));
        let free = IdentityForm { name: "杨小雨".to_owned(), id_card: ID_CARDS[2].to_owned(), ..IdentityForm::default() };
        identity::submit(&world.service, &person, free).await.unwrap();
        let again = crate::trainee::register(&world.service, registration(2), &crate::testing::stranger()).await;
        sentence(again, "id_card");
    }

    async fn guessing_numbers_through_the_own_identity_is_slowed(world: World) {
        let (_, reviewer) = county(&world).await;
        let person = registered(&world, 0).await;
        decides(&world, &reviewer, returning(&["id_card"])).await.unwrap();
        registered(&world, 1).await;
        let guess = IdentityForm { id_card: ID_CARDS[1].to_owned(), ..IdentityForm::default() };
        let mut slowed = false;
        for _ in 0..10 {
            slowed |= matches!(
                identity::submit(&world.service, &person, guess.clone()).await,
                Err(ServiceError::TooMany { .. })
            );
        }
        assert!(slowed);
    }

    async fn a_corrected_address_brings_the_case_to_its_own_county(world: World) {
        let (_, reviewer) = county(&world).await;
        let elsewhere = world.agency("石阡县人力资源和社会保障局", "520623").await;
        let there = agency_staff(&world, "sq.reviewer", Role::Reviewer, elsewhere).await;
        let person = registered(&world, 0).await;
        decides(&world, &reviewer, returning(&["residence"])).await.unwrap();
        let home = |county: &str| IdentityForm {
            residence: county.to_owned(),
            residence_detail: "中坝街道平安路 12 号".to_owned(),
            ..IdentityForm::default()
        };
        for (county, part) in [("520199", "行政区划"), ("520624", "经办机构")] {
            let said = sentence(identity::submit(&world.service, &person, home(county)).await, "residence");
            assert!(said.contains(part), "{said}");
        }
        identity::submit(&world.service, &person, home("520623")).await.unwrap();
        assert_eq!(own(&world, &person).await.standing.unwrap().agency, "石阡县人力资源和社会保障局");
        assert!(queue(&world, &reviewer).await.is_empty());
        let [case] = <[QueueRow; 1]>::try_from(queue(&world, &there).await).unwrap();
        let late = review::decide(&world.service, &reviewer, case.id, case.version, approval("phone")).await;
        assert!(matches!(late, Err(ServiceError::Refused(_))), "{late:?}");
        assert!(review::view(&world.service, &reviewer, case.id).await.is_ok(), "who decided once may still look");
        decides(&world, &there, approval("phone")).await.unwrap();
        assert_eq!(own(&world, &person).await.state, IdentityState::Verified);
    }

    async fn an_offer_can_be_declined_but_not_confirmed_before(world: World) {
        let place = workplace(&world, 0).await;
        let person = registered(&world, 0).await;
        let (id, other) = (offered(&world, &place, 0).await, offered(&world, &place, 0).await);
        let words = identity::why_not_confirm(&world.service, &person).await.unwrap().unwrap();
        assert!(words.contains("的主管机构审核") && words.contains("12月3日"), "{words}");
        match internship::confirm(&world.service, &person, id, 1).await {
            Err(ServiceError::Refused(sentence)) => assert_eq!(sentence, words),
            other => panic!("{other:?}"),
        }
        let form = DeclineForm { reason: "路太远了".to_owned() };
        internship::decline(&world.service, &person, other, 1, form).await.unwrap();
        world.verify(&person).await;
        assert_eq!(identity::why_not_confirm(&world.service, &person).await.unwrap(), None);
        internship::confirm(&world.service, &person, id, 1).await.unwrap();
        leave_checking(&world, &person).await;
        attendance::check_in(&world.service, &person, at_work(&world, id)).await.unwrap();
    }

    async fn nobody_but_the_person_sees_or_submits_it(world: World) {
        let (_, reviewer) = county(&world).await;
        let host = world.host("贵州云上数据服务有限公司", "91350100M000100Y43", "520115").await;
        let operator = operator(&world, "gz.operator", host).await;
        let (person, other) = (registered(&world, 0).await, registered(&world, 1).await);
        for stranger in [&reviewer, &operator] {
            assert!(matches!(identity::view(&world.service, stranger).await, Err(ServiceError::Forbidden)));
            assert!(matches!(identity::submit(&world.service, stranger, unchanged()).await, Err(ServiceError::Forbidden)));
            assert!(matches!(identity::why_not_confirm(&world.service, stranger).await, Err(ServiceError::Forbidden)));
        }
        let (mine, theirs) = (own(&world, &person).await, own(&world, &other).await);
        assert_ne!(mine.standing.unwrap().id, theirs.standing.unwrap().id);
        assert_eq!(theirs.id_card, "500112**********22");
    }

    async fn due_dates_pass_over_the_national_holiday_and_overdue_cases_are_escalated(world: World) {
        set(&world, "2026-09-28", 16, 30);
        let (_, reviewer) = county(&world).await;
        let person = registered(&world, 0).await;
        let due = async || own(&world, &person).await.standing.unwrap().due.unwrap();
        let first = due().await;
        assert_eq!((first.day.to_string().as_str(), first.left, first.overdue), ("2026-10-16", 10, false));
        set(&world, "2026-10-16", 23, 59);
        crate::upkeep(&world.service).await;
        assert!(!due().await.overdue && times(&world, "case_escalated").await == 0);
        set(&world, "2026-10-17", 0, 0);
        crate::upkeep(&world.service).await;
        crate::upkeep(&world.service).await;
        assert!(due().await.overdue);
        assert_eq!(times(&world, "case_escalated").await, 1);
        assert_eq!(own(&world, &person).await.state, IdentityState::Manual, "never approved by silence");
        assert_eq!(queue(&world, &reviewer).await.len(), 1);
    }

    async fn two_submissions_at_once_make_one_case(world: World) {
        let person = registered(&world, 0).await;
        let (_, reviewer) = county(&world).await;
        let submit = || identity::submit(&world.service, &person, unchanged());
        let (one, two) = tokio::join!(submit(), submit());
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        assert_eq!(queue(&world, &reviewer).await.len(), 1);
    }

    async fn the_log_names_neither_the_person_nor_the_numbers(world: World) {
        let (_, reviewer) = county(&world).await;
        let person = registered(&world, 0).await;
        decides(&world, &reviewer, returning(&["name"])).await.unwrap();
        let renamed = IdentityForm { name: "杨小雨".to_owned(), ..IdentityForm::default() };
        identity::submit(&world.service, &person, renamed).await.unwrap();
        let mut tx = world.service.db().read().await.unwrap();
        for row in store::audit::after(&mut tx, 0, 1000).await.unwrap() {
            for secret in ["13812345670", "522224", "杨"] {
                assert!(!row.event.contains(secret), "{} tells {secret}", row.act);
            }
        }
    }
}

/// An offer to somebody whose name was corrected is found under the new name.
#[tokio::test]
async fn a_corrected_name_finds_the_offer_that_the_host_wrote_right() {
    let world = World::on_sqlite().await;
    let place = workplace(&world, 0).await;
    let person = registered(&world, 0).await;
    let right = domain::internship::OfferForm {
        name: "杨小雨".to_owned(),
        ..offer_form(place.site, 0)
    };
    internship::offer(&world.service, &place.operator, right).await.unwrap();
    assert!(
        attendance::today(&world.service, &person)
            .await
            .unwrap()
            .offers
            .is_empty()
    );
    let agency = {
        let mut tx = world.service.db().read().await.unwrap();
        store::agency::directory(&mut tx).await.unwrap().all()[0].id
    };
    let reviewer = agency_staff(&world, "gsh.reviewer", Role::Reviewer, agency).await;
    decides(&world, &reviewer, returning(&["name"])).await.unwrap();
    let renamed = IdentityForm {
        name: "杨小雨".to_owned(),
        ..IdentityForm::default()
    };
    identity::submit(&world.service, &person, renamed).await.unwrap();
    assert_eq!(
        attendance::today(&world.service, &person).await.unwrap().offers.len(),
        1
    );
}
