//! SD 3.2: an agency takes its decision back, and the one that had the case afterwards hears of it.

use super::*;
use crate::notice;
use crate::testing::on_both;
use crate::tests::told::titles;
use domain::review::QueueFilter;

const JINAN: [&str; 3] = ["370000", "370100", "370102"];
const TAKEN_BACK: &str = "见习单位认证退回上一步重新审核";

/// How often somebody heard that a case was taken back from them.
async fn heard(world: &World, reviewer: &Actor) -> usize {
    titles(world, reviewer)
        .await
        .iter()
        .filter(|title| *title == TAKEN_BACK)
        .count()
}

on_both! {
    async fn who_loses_a_case_by_a_revocation_hears_where_it_went_and_why(world: World) {
        let above = agencies(&world, JINAN).await;
        let [province, city, county] = &above.reviewers;
        let unit = unit(&world, 0, "370102", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        approve(&world, county, case).await;
        decide(&world, county, case, decision("revoke")).await.unwrap();

        assert_eq!((heard(&world, province).await, heard(&world, city).await, heard(&world, county).await), (0, 1, 0));
        let inbox = notice::list(&world.service, city, None).await.unwrap();
        let told = inbox.notices.into_iter().find(|one| one.title == TAKEN_BACK).unwrap();
        assert!(!told.read && told.body.contains("县就业中心撤销了自己的县级审核") && told.body.contains("0 号茶业有限公司"), "{}", told.body);
        assert_eq!(told.href, format!("/cases/{case}"));
        let page = review::view(&world.service, city, case).await.unwrap();
        let last = page.history.last().unwrap();
        assert_eq!((last.verdict.code(), last.reason.as_deref()), ("revoke", Some("请补充带教人员的资格证明")), "the notice leads to why");
        assert!(!page.may.decide);
        let queue = review::queue(&world.service, city, QueueFilter::default()).await.unwrap();
        assert!(queue.rows.is_empty(), "it left the queue");
    }

    async fn who_filed_a_decision_hears_when_it_is_taken_back_and_who_takes_its_own_back_hears_nothing(world: World) {
        let above = agencies(&world, JINAN).await;
        let [province, city, county] = &above.reviewers;
        let unit = unit(&world, 0, "370102", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        for reviewer in [county, city, province] {
            approve(&world, reviewer, case).await;
        }
        decide(&world, province, case, decision("revoke")).await.unwrap();
        assert_eq!(heard(&world, province).await, 0, "its own stage waits for it again");
        approve(&world, province, case).await;
        decide(&world, city, case, decision("revoke")).await.unwrap();
        assert_eq!((heard(&world, province).await, heard(&world, city).await, heard(&world, county).await), (1, 0, 0));
    }

    async fn nobody_hears_of_a_revocation_that_was_refused(world: World) {
        let above = agencies(&world, JINAN).await;
        let [province, city, county] = &above.reviewers;
        let unit = unit(&world, 0, "370102", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        approve(&world, county, case).await;
        approve(&world, city, case).await;
        refusal(decide(&world, county, case, decision("revoke")).await);
        assert_eq!((heard(&world, province).await, heard(&world, city).await), (0, 0));
    }
}
