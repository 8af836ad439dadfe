//! The county's hand: calling, asking for more, rejecting; and what the person can then change.

use super::{approval, county, decides, own, queue, registered, returning, unchanged};
use crate::identity;
use crate::testing::{ID_CARDS, World, on_both, registration, sentence};
use crate::tests::file::{agency_staff, png, uploaded_as};
use crate::tests::scene::acts;
use crate::{Actor, ServiceError, file, review, trainee};
use domain::FileId;
use domain::account::Role;
use domain::file::FilePurpose;
use domain::identity::{IdentityForm, IdentityState};
use domain::review::{CaseState, CheckResult, DecisionForm, QueueRow};
use domain::trainee::RegisterForm;

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

on_both! {
    async fn the_countys_reviewer_calls_and_approves_and_no_other_county_can(world: World) {
        let (_, reviewer) = county(&world).await;
        let person = registered(&world, 0).await;
        let elsewhere = world.agency("石阡县人力资源和社会保障局", "520623").await;
        let stranger = agency_staff(&world, "sq.reviewer", Role::Reviewer, elsewhere).await;
        let [case] = <[QueueRow; 1]>::try_from(queue(&world, &reviewer).await).unwrap();
        assert_eq!((case.subject.as_str(), case.detail.as_str(), case.bulk), ("杨晓雨", "离校未就业毕业生", false));
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
        let told = async || {
            let today = crate::attendance::today(&world.service, &person).await.unwrap();
            (today.returned, trainee::me(&world.service, &person).await.unwrap().returned)
        };
        assert_eq!(told().await, (true, true), "今天 and 我的 say whose turn it is");
        let both = photos(&world, &person).await;
        let more = IdentityForm { name: "王二".to_owned(), ..with_photos(both) };
        sentence(identity::submit(&world.service, &person, more).await, "name");
        sentence(identity::submit(&world.service, &person, IdentityForm::default()).await, "front");
        let swapped = with_photos([both[1], both[0]]);
        sentence(identity::submit(&world.service, &person, swapped).await, "front");
        let other = registered(&world, 1).await;
        let stolen = with_photos(photos(&world, &other).await);
        sentence(identity::submit(&world.service, &person, stolen).await, "front");
        let readable = async |actor: &Actor| file::open(&world.service, actor, both[0], file::Variant::Original).await.is_ok();
        assert!(!readable(&reviewer).await, "not before it is handed in");
        assert_eq!(identity::submit(&world.service, &person, with_photos(both)).await.unwrap(), IdentityState::Manual);
        assert!(readable(&reviewer).await && readable(&person).await);
        assert_eq!(told().await, (false, false), "the county's turn again");
        let small = file::open(&world.service, &reviewer, both[0], file::Variant::Thumbnail).await;
        assert!(matches!(small, Err(ServiceError::NotFound)), "no small picture of an identity card: its reading is logged");
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

    /// SD 3.2 lets an agency take its decision back, unless something was built on another one since.
    async fn a_decision_of_before_is_not_taken_back_over_a_newer_one(world: World) {
        let lixia = world.agency("历下区人力资源和社会保障局", "370102").await;
        let before = agency_staff(&world, "lx.reviewer", Role::Reviewer, lixia).await;
        let shizhong = world.agency("市中区人力资源和社会保障局", "370103").await;
        let after = agency_staff(&world, "sz.reviewer", Role::Reviewer, shizhong).await;
        let form = RegisterForm { residence: "370102".to_owned(), ..registration(0) };
        let person = world.actor(&world.register(form).await).await;
        let [case] = <[QueueRow; 1]>::try_from(queue(&world, &before).await).unwrap();
        let rejecting = DecisionForm { verdict: "reject".to_owned(), reason: "证件号和姓名对不上".to_owned(), ..DecisionForm::default() };
        decides(&world, &before, rejecting.clone()).await.unwrap();
        let revoking = || DecisionForm { verdict: "revoke".to_owned(), reason: "复核后认为可以通过".to_owned(), ..DecisionForm::default() };
        let version = review::view(&world.service, &before, case.id).await.unwrap().version;
        review::decide(&world.service, &before, case.id, version, revoking()).await.unwrap();
        assert_eq!(own(&world, &person).await.state, IdentityState::Manual);
        decides(&world, &before, rejecting).await.unwrap();
        let moved = IdentityForm { residence: "370103".to_owned(), residence_detail: "经四路 1 号".to_owned(), ..unchanged() };
        identity::submit(&world.service, &person, moved).await.unwrap();
        let version = review::view(&world.service, &before, case.id).await.unwrap().version;
        for state in [IdentityState::Manual, IdentityState::Verified] {
            assert_eq!(own(&world, &person).await.state, state);
            let revoked = review::decide(&world.service, &before, case.id, version, revoking()).await;
            assert!(matches!(revoked, Err(ServiceError::Refused(_))), "{revoked:?}");
            if state == IdentityState::Manual {
                decides(&world, &after, approval("phone")).await.unwrap();
            }
        }
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
}
