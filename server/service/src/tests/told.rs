//! Who hears of which act: the notices that features send in the transaction of the act itself.

use super::file::agency_staff;
use super::scene::{offered, trainee, workplace};
use crate::testing::{World, on_both};
use crate::{Actor, ServiceError, certification, internship, notice};
use domain::account::Role;
use domain::certification::{UnitAct, UnitActForm};
use domain::host::HostStanding;
use domain::internship::InternshipState;

/// Titles of the own inbox, the newest first.
pub(super) async fn titles(world: &World, actor: &Actor) -> Vec<String> {
    let inbox = notice::list(&world.service, actor, None).await.unwrap();
    inbox.notices.into_iter().map(|notice| notice.title).collect()
}

on_both! {
    async fn a_host_hears_what_its_agency_orders_and_its_open_offers_end_with_its_certification(world: World) {
        let place = workplace(&world, 0).await;
        let mut tx = world.service.db().read().await.unwrap();
        let host = store::host::find(&mut tx, place.host).await.unwrap().unwrap();
        drop(tx);
        let reviewer = agency_staff(&world, "own.reviewer", Role::Reviewer, host.certified_by.unwrap()).await;
        let person = trainee(&world, 0).await;
        let open = offered(&world, &place, 0).await;
        let act = async |act: UnitAct, until: &str| {
            let version = certification::unit(&world.service, &reviewer, place.host).await.unwrap().version;
            let form = UnitActForm {
                act: act.code().to_owned(),
                reason: "年度考核不合格，带教记录缺失".to_owned(),
                until: until.to_owned(),
            };
            certification::act(&world.service, &reviewer, place.host, version, form).await.unwrap();
            world.wait_seconds(60);
        };
        act(UnitAct::AskRectification, "2026-12-31").await;
        act(UnitAct::AcceptRectification, "").await;
        act(UnitAct::FalseClaim, "").await;
        let told = titles(&world, &place.operator).await;
        assert_eq!(told, ["见习单位资格已取消", "整改已经认定合格", "请在期限内完成整改"]);

        let offer = internship::offer_view(&world.service, &person, open).await.unwrap();
        assert_eq!(offer.state, InternshipState::Withdrawn);
        let confirmed = internship::confirm(&world.service, &person, open, offer.version).await;
        assert!(matches!(confirmed, Err(ServiceError::Refused(words)) if words.contains("撤回")));
    }

    /// Belt and braces: an offer that was not taken back, at a host that was closed behind its back.
    async fn nobody_confirms_at_a_host_that_may_take_nobody_on(world: World) {
        let place = workplace(&world, 0).await;
        let person = trainee(&world, 0).await;
        let open = offered(&world, &place, 0).await;
        let mut tx = world.service.db().begin().await.unwrap();
        let host = store::host::find(&mut tx, place.host).await.unwrap().unwrap();
        store::certification::set_standing(&mut tx, place.host, HostStanding::Closed, host.certified_by, host.version).await.unwrap();
        tx.commit().await.unwrap();
        let confirmed = internship::confirm(&world.service, &person, open, 1).await;
        assert!(matches!(confirmed, Err(ServiceError::Refused(words)) if words.contains("不能接收")));
    }
}
