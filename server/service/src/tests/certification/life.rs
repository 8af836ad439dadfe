//! After the certification: idle years, rectification, disqualification and its ban; and who sees which host.

use super::*;
use crate::testing::{on_both, sentence};
use crate::tests::scene::{offer_form, set, site_form, times};
use crate::{internship, site};
use domain::certification::{CertificationState, UnitAct, UnitActForm, UnitFilter};
use store::audit::ChainCheck;

const GUIYANG: [&str; 3] = ["520000", "520100", "520115"];

async fn certified(world: &World, above: &Agencies, number: usize) -> Unit {
    let unit = unit(world, number, "520115", IdentityState::Verified).await;
    let case = submitted(world, &unit, "county").await;
    approve(world, &above.reviewers[COUNTY], case).await;
    unit
}

async fn act(
    world: &World,
    actor: &Actor,
    unit: &Unit,
    act: UnitAct,
    until: &str,
) -> Result<CertificationState, ServiceError> {
    let version = certification::unit(&world.service, actor, unit.host).await?.version;
    let form = UnitActForm {
        act: act.code().to_owned(),
        reason: "年度考核不合格，带教记录缺失，经两次提醒未改正".to_owned(),
        until: until.to_owned(),
    };
    certification::act(&world.service, actor, unit.host, version, form).await
}

async fn names(world: &World, actor: &Actor, filter: UnitFilter) -> Vec<String> {
    let list = certification::units(&world.service, actor, filter).await.unwrap();
    list.rows.into_iter().map(|row| row.name).collect()
}

on_both! {
    /// CQ 四(三): 超过一年未提供见习岗位、未开展见习活动的及时清退.
    async fn an_idle_host_is_cleaned_out_by_a_person_and_may_apply_again(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let county = &above.reviewers[COUNTY];
        let unit = certified(&world, &above, 0).await;
        let idle = || UnitFilter { idle: true, ..UnitFilter::default() };
        set(&world, "2027-11-19", 9, 0);
        assert!(refusal(act(&world, county, &unit, UnitAct::CleanOut, "").await).contains("闲置年限"));
        assert!(names(&world, county, idle()).await.is_empty());
        set(&world, "2027-11-20", 9, 0);
        let list = certification::units(&world.service, county, idle()).await.unwrap();
        assert_eq!((list.rows.len(), list.idle.number, list.rows[0].idle), (1, 1, true));
        assert!(certification::unit(&world.service, county, unit.host).await.unwrap().may.contains(&UnitAct::CleanOut));

        // An invitation is a sign of life.
        let place = site::add(&world.service, &unit.operator, site_form("厂区")).await.unwrap();
        let offer = domain::internship::OfferForm { starts_on: "2027-11-20".to_owned(), ends_on: "2028-05-19".to_owned(), ..offer_form(place, 0) };
        let offered = internship::offer(&world.service, &unit.operator, offer).await.unwrap();
        assert!(refusal(act(&world, county, &unit, UnitAct::CleanOut, "").await).contains("不能清退"));
        internship::withdraw(&world.service, &unit.operator, offered, 1).await.unwrap();
        assert!(names(&world, county, idle()).await.is_empty());

        set(&world, "2028-11-21", 9, 0);
        assert_eq!(act(&world, county, &unit, UnitAct::CleanOut, "").await.unwrap(), CertificationState::CleanedOut);
        assert_eq!(host(&world, unit.host).await.standing, HostStanding::Closed);
        let closed = internship::offer(&world.service, &unit.operator, offer_form(place, 1)).await;
        assert!(refusal(closed).contains("清退"));
        let page = certification::view(&world.service, &unit.operator).await.unwrap();
        assert!(page.last_act.unwrap().reason.contains("考核不合格"));
        certification::restart(&world.service, &unit.operator, page.version).await.unwrap();
        let found = host(&world, unit.host).await;
        assert_eq!((found.standing, found.certified_by), (HostStanding::Uncertified, None));
        assert_eq!(times(&world, "host_cleaned_out").await, 1);
    }

    /// CQ 四(三): 考核不合格且拒不整改的取消资格, 3 年内不再受理.
    async fn a_host_that_refuses_to_rectify_is_banned_for_three_years(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let county = &above.reviewers[COUNTY];
        let unit = certified(&world, &above, 0).await;
        assert!(refusal(act(&world, county, &unit, UnitAct::AcceptRectification, "").await).contains("还没有责令"));
        assert!(!sentence(act(&world, county, &unit, UnitAct::AskRectification, "2026-11-19").await, "until").is_empty());
        let asked = act(&world, county, &unit, UnitAct::AskRectification, "2026-12-31").await.unwrap();
        assert_eq!(asked, CertificationState::Rectifying);
        let page = certification::view(&world.service, &unit.operator).await.unwrap();
        assert_eq!(page.rectify_until, Some("2026-12-31".parse().unwrap()));
        assert_eq!(host(&world, unit.host).await.standing, HostStanding::Certified);
        assert_eq!(act(&world, county, &unit, UnitAct::AcceptRectification, "").await.unwrap(), CertificationState::Certified);
        act(&world, county, &unit, UnitAct::AskRectification, "2026-12-31").await.unwrap();
        assert_eq!(act(&world, county, &unit, UnitAct::RefuseRectification, "").await.unwrap(), CertificationState::Disqualified);
        assert_eq!(host(&world, unit.host).await.standing, HostStanding::Closed);

        let page = certification::view(&world.service, &unit.operator).await.unwrap();
        assert_eq!(page.banned_until, Some("2029-11-19".parse().unwrap()));
        set(&world, "2029-11-18", 23, 59);
        let early = certification::restart(&world.service, &unit.operator, page.version).await;
        assert!(refusal(early).contains("2029年11月19日"));
        let early = certification::submit(&world.service, &unit.operator, page.version, page.form.clone()).await;
        assert!(refusal(early).contains("取消"));
        set(&world, "2029-11-19", 0, 0);
        certification::restart(&world.service, &unit.operator, page.version).await.unwrap();
        let form = certification::view(&world.service, &unit.operator).await.unwrap();
        certification::submit(&world.service, &unit.operator, form.version, form.form).await.unwrap();
        let mut tx = world.service.db().read().await.unwrap();
        let acts = store::certification::acts(&mut tx, unit.host, 10).await.unwrap();
        assert_eq!(acts.iter().map(|act| act.act).collect::<Vec<_>>(), [
            UnitAct::RefuseRectification,
            UnitAct::AskRectification,
            UnitAct::AcceptRectification,
            UnitAct::AskRectification,
        ]);
        assert!(acts[0].basis.ends_with(" 520000@2026-1"));
        assert!(matches!(store::audit::check_chain(&mut tx).await.unwrap(), ChainCheck::Whole(_)));
    }

    /// CQ 五(二): 提供虚假申报材料的取消资质.
    async fn false_papers_cost_the_certification_at_once(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let unit = certified(&world, &above, 0).await;
        let gone = act(&world, &above.reviewers[COUNTY], &unit, UnitAct::FalseClaim, "").await.unwrap();
        assert_eq!(gone, CertificationState::Disqualified);
        assert_eq!(times(&world, "host_disqualified").await, 1);
        let again = act(&world, &above.reviewers[COUNTY], &unit, UnitAct::FalseClaim, "").await;
        assert!(refusal(again).contains("取消"));
    }

    async fn only_reviewers_of_the_certifying_agency_act_and_those_above_read(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let unit = certified(&world, &above, 0).await;
        let elsewhere = world.agency("石阡县就业局", "520623").await;
        let stranger = agency_staff(&world, "sq.reviewer", Role::Reviewer, elsewhere).await;
        let centre = agency_staff(&world, "county.centre", Role::CityCentre, above.ids[COUNTY]).await;
        let auditor = agency_staff(&world, "city.auditor", Role::Auditor, above.ids[CITY]).await;
        let admin = agency_staff(&world, "county.admin", Role::Admin, above.ids[COUNTY]).await;
        let all = UnitFilter::default;
        for reader in [&above.reviewers[PROVINCE], &above.reviewers[CITY], &centre, &auditor] {
            assert_eq!(names(&world, reader, all()).await, ["0 号茶业有限公司"]);
            let page = certification::unit(&world.service, reader, unit.host).await.unwrap();
            assert!(page.may.is_empty());
            assert_eq!(page.cases.len(), 1);
            assert!(page.cases[0].readable);
        }
        assert!(names(&world, &stranger, all()).await.is_empty());
        for (actor, version) in [(&stranger, 1), (&above.reviewers[CITY], 3), (&centre, 3), (&auditor, 3), (&admin, 3), (&unit.operator, 3)] {
            let form = UnitActForm { act: "false_claim".to_owned(), reason: "举报查实，材料系伪造的".to_owned(), until: String::new() };
            let answer = certification::act(&world.service, actor, unit.host, version, form).await;
            assert!(matches!(answer, Err(ServiceError::NotFound | ServiceError::Refused(_) | ServiceError::Forbidden)), "{answer:?}");
        }
        for nobody in [&admin, &unit.operator] {
            assert!(matches!(certification::units(&world.service, nobody, all()).await, Err(ServiceError::Forbidden)));
            assert!(matches!(certification::unit(&world.service, nobody, unit.host).await, Err(ServiceError::Forbidden)));
        }
        assert!(matches!(certification::unit(&world.service, &stranger, unit.host).await, Err(ServiceError::NotFound)));
        assert_eq!(host(&world, unit.host).await.standing, HostStanding::Certified);
    }

    async fn two_reviewers_at_once_do_not_act_twice_and_a_reason_is_needed(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let county = &above.reviewers[COUNTY];
        let unit = certified(&world, &above, 0).await;
        let version = certification::unit(&world.service, county, unit.host).await.unwrap().version;
        let form = |reason: &str| UnitActForm { act: "false_claim".to_owned(), reason: reason.to_owned(), until: String::new() };
        assert!(!sentence(certification::act(&world.service, county, unit.host, version, form("造假")).await, "reason").is_empty());
        let good = || form("举报查实，提供的花名册系伪造");
        let both = tokio::join!(
            certification::act(&world.service, county, unit.host, version, good()),
            certification::act(&world.service, county, unit.host, version, good()),
        );
        match both {
            (Ok(_), Err(ServiceError::Conflict(_))) | (Err(ServiceError::Conflict(_)), Ok(_)) => {}
            other => panic!("{other:?}"),
        }
        assert_eq!(times(&world, "host_disqualified").await, 1);
    }

    async fn a_host_made_on_the_command_line_is_looked_after_like_any_other(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let county = &above.reviewers[COUNTY];
        let elsewhere = world.host("贵州云上数据服务有限公司", &credit_code(0), "520115").await;
        let mut tx = world.service.db().begin().await.unwrap();
        store::certification::set_standing(&mut tx, elsewhere, HostStanding::Certified, Some(above.ids[COUNTY]), 1).await.unwrap();
        tx.commit().await.unwrap();
        let unit = Unit { host: elsewhere, operator: operator(&world, "gz.operator", elsewhere).await };
        assert_eq!(certification::unit(&world.service, county, elsewhere).await.unwrap().version, 0);
        act(&world, county, &unit, UnitAct::AskRectification, "2026-12-31").await.unwrap();
        let page = certification::view(&world.service, &unit.operator).await.unwrap();
        assert_eq!((page.state, page.version), (CertificationState::Rectifying, 1));
    }

    async fn the_list_goes_by_name_in_pages_and_is_searched(world: World) {
        let above = agencies(&world, GUIYANG).await;
        for number in 0..2 {
            unit(&world, number, "520115", IdentityState::Verified).await;
        }
        let county = &above.reviewers[COUNTY];
        let search = |text: &str| UnitFilter { search: text.to_owned(), ..UnitFilter::default() };
        assert_eq!(names(&world, county, search("1 号")).await, ["1 号茶业有限公司"]);
        assert!(names(&world, county, search("%")).await.is_empty());
        let certified = UnitFilter { state: Some(CertificationState::Certified), ..UnitFilter::default() };
        assert!(names(&world, county, certified).await.is_empty());
        let first = certification::units(&world.service, county, UnitFilter::default()).await.unwrap();
        assert_eq!((first.rows.len(), &first.next), (2, &None));
        let after = format!("{}_{}", first.rows[0].id, first.rows[0].name);
        assert_eq!(names(&world, county, UnitFilter { after, ..UnitFilter::default() }).await, ["1 号茶业有限公司"]);
    }
}
