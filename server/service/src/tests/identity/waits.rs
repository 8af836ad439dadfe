//! What waits for a proven identity, until when, and who sees it.

use super::{county, decides, leave_checking, own, queue, registered, returning, unchanged};
use crate::identity;
use crate::testing::{World, on_both};
use crate::tests::file::agency_staff;
use crate::tests::scene::{at_work, offer_form, offered, operator, set, times, workplace};
use crate::{ServiceError, attendance, internship};
use domain::account::Role;
use domain::identity::{IdentityForm, IdentityState};
use domain::internship::DeclineForm;

on_both! {
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
        set(&world, "2026-10-17", 0, 10);
        crate::upkeep(&world.service).await;
        crate::upkeep(&world.service).await;
        assert!(due().await.overdue);
        assert_eq!(times(&world, "case_escalated").await, 1);
        assert_eq!(own(&world, &person).await.state, IdentityState::Manual, "never approved by silence");
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
