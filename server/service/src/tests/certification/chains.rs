//! Which agencies decide, by the packs of the four provinces.

use super::*;
use crate::testing::{on_both, sentence};
use domain::certification::CertificationState;
use domain::review::{CaseKind, QueueFilter, StagePurpose};

const GUIYANG: [&str; 3] = ["520000", "520100", "520115"];
const SHIQIAN: [&str; 3] = ["520000", "520600", "520623"];

async fn is_certified_by(world: &World, unit: &Unit, agency: AgencyId) {
    let found = host(world, unit.host).await;
    assert_eq!(
        (found.standing, found.certified_by),
        (HostStanding::Certified, Some(agency))
    );
    let page = certification::view(&world.service, &unit.operator).await.unwrap();
    assert_eq!(page.state, CertificationState::Certified);
    assert_eq!(page.certified_on, Some(world.service.now().day()));
}

on_both! {
    /// GZ 三: 默认推送至县级.
    async fn a_countys_plan_is_decided_by_the_county_alone(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let unit = unit(&world, 0, "520115", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        let queue = review::queue(&world.service, &above.reviewers[COUNTY], QueueFilter::default()).await.unwrap();
        assert_eq!((queue.rows.len(), queue.rows[0].kind), (1, CaseKind::Certification));
        assert!(matches!(decide(&world, &above.reviewers[CITY], case, decision("approve")).await, Err(ServiceError::Refused(_))));
        assert_eq!(approve(&world, &above.reviewers[COUNTY], case).await, CaseState::Approved);
        is_certified_by(&world, &unit, above.ids[COUNTY]).await;
    }

    /// GZ 三: 市级、省级见习计划由属地市级、省级审核；省级仅贵阳市内.
    async fn a_citys_and_a_provinces_plan_go_there_and_the_provinces_only_in_the_capital(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let (first, second) = (
            unit(&world, 0, "520115", IdentityState::Verified).await,
            unit(&world, 1, "520115", IdentityState::Verified).await,
        );
        let case = submitted(&world, &first, "city").await;
        assert!(matches!(decide(&world, &above.reviewers[COUNTY], case, decision("approve")).await, Err(ServiceError::NotFound)));
        approve(&world, &above.reviewers[CITY], case).await;
        is_certified_by(&world, &first, above.ids[CITY]).await;
        let case = submitted(&world, &second, "province").await;
        approve(&world, &above.reviewers[PROVINCE], case).await;
        is_certified_by(&world, &second, above.ids[PROVINCE]).await;
    }

    async fn a_provinces_plan_elsewhere_is_refused_beside_the_field(world: World) {
        agencies(&world, SHIQIAN).await;
        let unit = unit(&world, 0, "520623", IdentityState::Verified).await;
        let page = certification::view(&world.service, &unit.operator).await.unwrap();
        let refusals: Vec<bool> = page.plans.iter().map(|plan| plan.refusal.is_some()).collect();
        assert_eq!(refusals, [false, false, true]);
        let form = application(&world, &unit, "province").await;
        let answer = certification::submit(&world.service, &unit.operator, 0, form).await;
        assert!(sentence(answer, "plan").contains("规则列明的市"), "no agency of 贵阳 is set up here");
    }

    /// SD 1.1, 3.1, 3.2: county, then city, then the province takes note; revoked while nobody works there.
    async fn shandong_reviews_twice_files_and_may_revoke(world: World) {
        let above = agencies(&world, ["370000", "370100", "370102"]).await;
        let unit = unit(&world, 0, "370102", IdentityState::Verified).await;
        let form = application(&world, &unit, "province").await;
        assert!(sentence(certification::submit(&world.service, &unit.operator, 0, form).await, "plan").contains("省级"));
        let case = submitted(&world, &unit, "county").await;
        assert_eq!(approve(&world, &above.reviewers[COUNTY], case).await, CaseState::Submitted);
        assert_eq!(approve(&world, &above.reviewers[CITY], case).await, CaseState::Submitted);
        assert_eq!(host(&world, unit.host).await.standing, HostStanding::Uncertified);
        assert_eq!(approve(&world, &above.reviewers[PROVINCE], case).await, CaseState::Approved);
        is_certified_by(&world, &unit, above.ids[CITY]).await;

        let revoked = decide(&world, &above.reviewers[PROVINCE], case, decision("revoke")).await.unwrap();
        assert_eq!(revoked, CaseState::Submitted);
        let found = host(&world, unit.host).await;
        assert_eq!((found.standing, found.certified_by), (HostStanding::Uncertified, None));
        approve(&world, &above.reviewers[PROVINCE], case).await;
        is_certified_by(&world, &unit, above.ids[CITY]).await;

        let site = crate::site::add(&world.service, &unit.operator, crate::tests::scene::site_form("厂区")).await.unwrap();
        crate::internship::offer(&world.service, &unit.operator, crate::tests::scene::offer_form(site, 0)).await.unwrap();
        let depended = decide(&world, &above.reviewers[PROVINCE], case, decision("revoke")).await;
        assert!(refusal(depended).contains("后续业务"));
        is_certified_by(&world, &unit, above.ids[CITY]).await;
    }

    /// SD 3.2: 区县和市级人社部门可以撤销审核, each its own decision, until the next has decided; a filing decides nothing.
    async fn in_shandong_county_and_city_take_their_decision_back_until_the_next_has_decided(world: World) {
        let above = agencies(&world, ["370000", "370100", "370102"]).await;
        let unit = unit(&world, 0, "370102", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        let [province, city, county] = &above.reviewers;
        let may = async |reviewer: &Actor| {
            let may = review::view(&world.service, reviewer, case).await.unwrap().may;
            (may.decide, may.revoke)
        };
        let revoke = async |reviewer: &Actor| decide(&world, reviewer, case, decision("revoke")).await;
        assert_eq!((may(county).await, may(city).await), ((true, false), (false, false)));
        assert!(refusal(revoke(county).await).contains("还没有作出决定"));
        assert!(refusal(revoke(city).await).contains("其他机构"));
        approve(&world, county, case).await;
        assert_eq!((may(county).await, may(city).await, may(province).await), ((false, true), (true, false), (false, false)));
        assert!(refusal(revoke(province).await).contains("其他机构"));
        assert_eq!(revoke(county).await.unwrap(), CaseState::Submitted);
        assert_eq!((may(county).await, may(city).await), ((true, false), (false, false)));
        let page = review::view(&world.service, county, case).await.unwrap();
        assert!(page.stages[0].current && page.stages[0].passed_at.is_none() && page.stages[1].due.is_none());
        let last = page.history.last().unwrap();
        assert_eq!((last.verdict.code(), last.purpose), ("revoke", Some(StagePurpose::CountyReview)));
        assert!(refusal(decide(&world, city, case, decision("approve")).await).contains("其他机构"));

        approve(&world, county, case).await;
        approve(&world, city, case).await;
        assert_eq!((may(county).await, may(city).await, may(province).await), ((false, false), (false, true), (true, false)));
        assert!(refusal(revoke(county).await).contains("其他机构"));
        assert_eq!(revoke(city).await.unwrap(), CaseState::Submitted);
        approve(&world, city, case).await;
        assert_eq!(approve(&world, province, case).await, CaseState::Approved);
        is_certified_by(&world, &unit, above.ids[CITY]).await;
        assert_eq!((may(county).await, may(city).await, may(province).await), ((false, false), (false, true), (false, false)));
        assert_eq!(revoke(city).await.unwrap(), CaseState::Submitted);
        assert_eq!(host(&world, unit.host).await.standing, HostStanding::Uncertified);
        let page = review::view(&world.service, city, case).await.unwrap();
        assert!(page.may.decide && page.stages[1].current && page.stages[2].passed_at.is_none());
        // Rejected at the city: the city's to take back, not the county's.
        decide(&world, city, case, decision("reject")).await.unwrap();
        assert!(refusal(revoke(county).await).contains("其他机构"));
        assert_eq!(revoke(city).await.unwrap(), CaseState::Submitted);
        approve(&world, city, case).await;
        approve(&world, province, case).await;
        is_certified_by(&world, &unit, above.ids[CITY]).await;
        let mut tx = world.service.db().read().await.unwrap();
        assert!(matches!(store::audit::check_chain(&mut tx).await.unwrap(), store::audit::ChainCheck::Whole(_)));
    }

    /// JL: one stage; 每个单位只能申请一条.
    async fn jilin_decides_once_and_a_host_applies_once(world: World) {
        let above = agencies(&world, ["220000", "220100", "220102"]).await;
        let unit = unit(&world, 0, "220102", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        let form = application(&world, &unit, "county").await;
        let second = certification::submit(&world.service, &unit.operator, 1, form.clone()).await;
        assert!(refusal(second).contains("正在审核"));
        approve(&world, &above.reviewers[COUNTY], case).await;
        is_certified_by(&world, &unit, above.ids[COUNTY]).await;
        let version = certification::view(&world.service, &unit.operator).await.unwrap().version;
        let third = certification::submit(&world.service, &unit.operator, version, form).await;
        assert!(refusal(third).contains("只能认证一次"));
        let revoke = decide(&world, &above.reviewers[COUNTY], case, decision("revoke")).await;
        assert!(refusal(revoke).contains("不允许撤销"));
    }

    /// CQ 三(二)1: 15 个工作日内实地考察, with its record, then the decision.
    async fn chongqing_inspects_before_it_decides(world: World) {
        let above = agencies(&world, ["500000", "500000", "500112"]).await;
        let unit = unit(&world, 0, "500112", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        let county = &above.reviewers[COUNTY];
        let page = review::view(&world.service, county, case).await.unwrap();
        assert_eq!(page.due.unwrap().day, "2026-12-10".parse().unwrap());
        assert!(!sentence(decide(&world, county, case, decision("approve")).await, "visited_on").is_empty());
        let inspected = inspection();
        // Visited before the return: the visit counts although the host sent the application again since.
        crate::tests::scene::set(&world, "2026-11-24", 9, 0);
        decide(&world, county, case, decision("return")).await.unwrap();
        crate::tests::scene::set(&world, "2026-11-26", 9, 0);
        let page = certification::view(&world.service, &unit.operator).await.unwrap();
        certification::submit(&world.service, &unit.operator, page.version, page.form).await.unwrap();
        let page = review::view(&world.service, county, case).await.unwrap();
        assert_eq!((page.submitted_on, page.due.unwrap().day), ("2026-11-19".parse().unwrap(), "2026-12-17".parse().unwrap()));
        let early = DecisionForm { visited_on: "2026-11-18".to_owned(), ..inspected.clone() };
        assert!(sentence(decide(&world, county, case, early).await, "visited_on").contains("早于"));
        assert_eq!(decide(&world, county, case, inspected).await.unwrap(), CaseState::Submitted);
        assert!(!review::view(&world.service, county, case).await.unwrap().may.revoke);
        assert!(refusal(decide(&world, county, case, decision("revoke")).await).contains("不允许撤销"));
        assert_eq!(host(&world, unit.host).await.standing, HostStanding::Uncertified);
        assert_eq!(approve(&world, county, case).await, CaseState::Approved);
        is_certified_by(&world, &unit, above.ids[COUNTY]).await;
        let print = certification::print(&world.service, &unit.operator).await.unwrap();
        assert_eq!(print.stages.len(), 2);
        for stage in print.stages {
            let decision = stage.decision.unwrap();
            assert_eq!((decision.by.as_str(), decision.on), ("周启明", "2026-11-26".parse().unwrap()));
        }
    }
}
