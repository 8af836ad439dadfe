//! A returned application: what the host mends, what agencies see meanwhile, and where it goes afterwards.

use super::*;
use crate::rules;
use crate::testing::{on_both, sentence};
use crate::tests::scene::set;
use crate::tests::told::titles;
use domain::certification::CertificationState;
use domain::review::{CheckResult, QueueFilter, StagePurpose};

const GUIYANG: [&str; 3] = ["520000", "520100", "520115"];

fn returned(fields: &[&str]) -> DecisionForm {
    DecisionForm {
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        ..decision("return")
    }
}

/// From December on other rules count in 贵州.
async fn other_rules(world: &World, above: &Agencies, fields: &str) {
    let boss = agency_staff(world, "province.admin", Role::Admin, above.ids[PROVINCE]).await;
    let text = format!(
        "region = \"520000\"\nname = \"贵州省\"\nversion = \"2026-2\"\nvalid_from = \"2026-12-01\"\n{fields}\n"
    );
    rules::add(&world.service, &boss, "520000", &text).await.unwrap();
    set(world, "2026-12-01", 9, 0);
}

async fn page(world: &World, unit: &Unit) -> domain::certification::CertificationPage {
    certification::view(&world.service, &unit.operator).await.unwrap()
}

async fn send(world: &World, unit: &Unit, form: CertificationForm) -> Result<CaseId, ServiceError> {
    let version = page(world, unit).await.version;
    certification::submit(&world.service, &unit.operator, version, form).await
}

async fn waiting(world: &World, reviewer: &Actor) -> usize {
    let queue = review::queue(&world.service, reviewer, QueueFilter::default()).await;
    queue.unwrap().rows.len()
}

fn with_another_mentor(form: &CertificationForm) -> CertificationForm {
    let mut mended = form.clone();
    mended.mentors.push(MentorRow {
        name: "安卓".to_owned(),
        title: "高级茶艺师".to_owned(),
        years: "8".to_owned(),
    });
    mended
}

on_both! {
    async fn new_rules_between_return_and_resubmission_are_not_in_the_hosts_way(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let unit = unit(&world, 0, "520115", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "city").await;
        decide(&world, &above.reviewers[CITY], case, returned(&["mentors"])).await.unwrap();
        other_rules(&world, &above, "seats_percent_of_insured = 4\ncertification_chain_city = []").await;
        let plan = page(&world, &unit).await.plans.into_iter().find(|offer| offer.plan.code() == "city").unwrap();
        assert!(plan.refusal.is_none() && plan.way.contains("市就业中心"), "its case goes on: {plan:?}");
        let mended = with_another_mentor(&page(&world, &unit).await.form);
        assert_eq!(send(&world, &unit, mended).await.unwrap(), case);
        let seen = review::view(&world.service, &above.reviewers[CITY], case).await.unwrap();
        let insured = seen.facts.iter().find(|fact| fact.field == "insured_employees").unwrap();
        assert_eq!((insured.value.as_str(), insured.changed), ("120 人", false), "what was typed, and no more");
        let check = seen.checks.iter().find(|check| check.field == "needs").unwrap();
        assert_eq!(check.result, CheckResult::Look, "by the rules of today");
        assert!(check.words.contains("4%") && check.words.contains("最多接收 4 人"), "{}", check.words);
        assert_eq!(approve(&world, &above.reviewers[CITY], case).await, CaseState::Approved);
        assert_eq!(host(&world, unit.host).await.certified_by, Some(above.ids[CITY]));
    }

    async fn agencies_read_what_was_sent_while_the_host_mends_it(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let county = &above.reviewers[COUNTY];
        let unit = unit(&world, 0, "520115", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        let sent = page(&world, &unit).await.form;
        decide(&world, county, case, returned(&["mentors", "management_rules"])).await.unwrap();
        let other = uploaded_as(&world.service, &unit.operator, FilePurpose::ManagementRules, &pdf()).await;
        let mended = CertificationForm { management_rules: other.id.to_string(), ..with_another_mentor(&sent) };
        let version = page(&world, &unit).await.version;
        certification::save(&world.service, &unit.operator, version, mended.clone()).await.unwrap();
        let seen = async || {
            let agency = certification::unit(&world.service, county, unit.host).await.unwrap().form;
            let print = certification::print(&world.service, &unit.operator).await.unwrap().form;
            assert_eq!(certification::print_of(&world.service, county, unit.host).await.unwrap().form, print);
            assert_eq!(agency, print);
            agency
        };
        assert_eq!(seen().await, sent);
        assert_eq!(page(&world, &unit).await.form, mended, "the host goes on where it stopped");
        send(&world, &unit, mended.clone()).await.unwrap();
        assert_eq!(seen().await, mended);
    }

    async fn another_plan_of_one_stage_takes_the_case_to_its_agency(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let unit = unit(&world, 0, "520115", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        decide(&world, &above.reviewers[COUNTY], case, returned(&["plan"])).await.unwrap();
        let form = CertificationForm { plan: "city".to_owned(), ..page(&world, &unit).await.form };
        assert_eq!(send(&world, &unit, form).await.unwrap(), case);
        let standing = page(&world, &unit).await.case.unwrap();
        assert_eq!((standing.state, standing.agency.as_str()), (CaseState::Submitted, "市就业中心"));
        assert_eq!((waiting(&world, &above.reviewers[COUNTY]).await, waiting(&world, &above.reviewers[CITY]).await), (0, 1));
        let seen = review::view(&world.service, &above.reviewers[CITY], case).await.unwrap();
        assert_eq!(seen.detail, "市级见习计划");
        let [stage] = seen.stages.as_slice() else { panic!("{:?}", seen.stages) };
        assert_eq!((stage.purpose, stage.agency.as_str()), (StagePurpose::CityReview, "市就业中心"));
        assert!(seen.papers.iter().all(|paper| paper.file.is_some()), "and reads the papers");
        let county = certification::unit(&world.service, &above.reviewers[COUNTY], unit.host).await.unwrap();
        assert!(county.may_print(), "who returned it still reads it");
        review::view(&world.service, &above.reviewers[COUNTY], case).await.unwrap();
        approve(&world, &above.reviewers[CITY], case).await;
        assert_eq!(host(&world, unit.host).await.certified_by, Some(above.ids[CITY]));
        let print = certification::print(&world.service, &unit.operator).await.unwrap();
        assert!(print.stages[0].decision.is_some(), "the city's approval stands on the printed form");
    }

    async fn another_plan_that_was_not_returned_is_refused(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let unit = unit(&world, 0, "520115", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        decide(&world, &above.reviewers[COUNTY], case, returned(&["mentors"])).await.unwrap();
        let form = CertificationForm { plan: "city".to_owned(), ..page(&world, &unit).await.form };
        assert!(sentence(send(&world, &unit, form).await, "plan").contains("没有被退回"));
        let standing = page(&world, &unit).await.case.unwrap();
        assert_eq!((standing.state, standing.agency.as_str()), (CaseState::Returned, "县就业中心"));
    }

    /// GZ 三: the plan names the agencies, so a case whose plan was returned begins at the first of the new plan's.
    async fn another_plan_of_a_longer_way_begins_at_its_first_stage_under_the_rules_of_today(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let [_, city, county] = &above.reviewers;
        let unit = unit(&world, 0, "520115", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        other_rules(&world, &above, "certification_chain_city = [\"county_review\", \"city_review\"]").await;
        decide(&world, county, case, returned(&["plan"])).await.unwrap();
        let told = titles(&world, county).await.len();
        let form = CertificationForm { plan: "city".to_owned(), ..page(&world, &unit).await.form };
        assert_eq!(send(&world, &unit, form).await.unwrap(), case, "nothing is applied for anew");

        let standing = page(&world, &unit).await.case.unwrap();
        let way: Vec<_> = standing.stages.iter().map(|stage| (stage.purpose, stage.current, stage.due.is_some())).collect();
        assert_eq!(way, [(StagePurpose::CountyReview, true, true), (StagePurpose::CityReview, false, false)]);
        assert_eq!(standing.due.unwrap().day, "2026-12-15".parse().unwrap(), "ten working days from the day of the mended one");
        assert_eq!(titles(&world, county).await.len(), told + 1);
        assert_eq!((waiting(&world, county).await, waiting(&world, city).await), (1, 0));
        approve(&world, county, case).await;
        assert_eq!((waiting(&world, county).await, waiting(&world, city).await), (0, 1));
        let seen = review::view(&world.service, city, case).await.unwrap();
        assert!(seen.papers.iter().all(|paper| paper.file.is_some()) && seen.route.contains("市级见习计划"), "{}", seen.route);
        assert_eq!(approve(&world, city, case).await, CaseState::Approved);
        assert_eq!(host(&world, unit.host).await.certified_by, Some(above.ids[CITY]));
        let history = review::view(&world.service, county, case).await.unwrap().history;
        let entries: Vec<_> = history.iter().map(|entry| (entry.verdict.code(), entry.basis.contains("贵州省 2026-2"))).collect();
        assert_eq!(entries, [("submit", false), ("return", true), ("resubmit", true), ("approve", true), ("approve", true)]);
        let print = certification::print(&world.service, &unit.operator).await.unwrap();
        assert!(print.stages.len() == 2 && print.stages.iter().all(|stage| stage.decision.is_some()));
    }

    async fn who_decided_on_the_way_before_still_reads_the_case_and_the_new_agency_reads_what_was_found(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let [province, city, county] = &above.reviewers;
        other_rules(&world, &above, "certification_chain = [\"county_inspection\", \"county_review\"]\ncertification_chain_city = [\"city_review\"]").await;
        let unit = unit(&world, 0, "520115", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        let photo = uploaded_as(&world.service, county, FilePurpose::InspectionRecord, &pdf()).await.id;
        let record = DecisionForm { visited_on: "2026-12-01".to_owned(), photos: vec![photo.to_string()], ..inspection() };
        decide(&world, county, case, record).await.unwrap();
        decide(&world, county, case, returned(&["plan"])).await.unwrap();
        let form = CertificationForm { plan: "city".to_owned(), ..page(&world, &unit).await.form };
        assert_eq!(send(&world, &unit, form).await.unwrap(), case);

        assert_eq!((waiting(&world, county).await, waiting(&world, city).await), (0, 1));
        let seen = review::view(&world.service, city, case).await.unwrap();
        let [stage] = seen.stages.as_slice() else { panic!("{:?}", seen.stages) };
        assert!(stage.current && stage.purpose == StagePurpose::CityReview && stage.passed_at.is_none());
        assert_eq!(seen.history[1].photos.iter().map(|file| file.id).collect::<Vec<_>>(), [photo]);
        crate::file::open(&world.service, city, photo, crate::file::Variant::Original).await.unwrap();
        let strange = crate::file::open(&world.service, province, photo, crate::file::Variant::Original).await;
        assert!(matches!(strange, Err(ServiceError::NotFound)));
        assert!(!review::view(&world.service, county, case).await.unwrap().may.decide);
        assert!(refusal(decide(&world, county, case, decision("approve")).await).contains("其他机构"));
        assert_eq!(approve(&world, city, case).await, CaseState::Approved);
        assert_eq!(host(&world, unit.host).await.certified_by, Some(above.ids[CITY]));
    }

    /// SD 3.2: what was decided on the way before is history and can be taken back no more.
    async fn another_plan_of_a_shorter_way_leaves_the_decisions_of_the_longer_one_behind(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let [_, city, county] = &above.reviewers;
        other_rules(&world, &above, "decisions_revocable = true\ncertification_chain = [\"county_review\", \"city_review\"]\ncertification_chain_city = [\"city_review\"]").await;
        let unit = unit(&world, 0, "520115", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        approve(&world, county, case).await;
        assert!(review::view(&world.service, county, case).await.unwrap().may.revoke);
        decide(&world, city, case, returned(&["plan"])).await.unwrap();
        let form = CertificationForm { plan: "city".to_owned(), ..page(&world, &unit).await.form };
        assert_eq!(send(&world, &unit, form).await.unwrap(), case);
        assert_eq!((waiting(&world, county).await, waiting(&world, city).await), (0, 1));
        assert!(!review::view(&world.service, county, case).await.unwrap().may.revoke);
        assert!(refusal(decide(&world, county, case, decision("revoke")).await).contains("其他机构"));
        assert_eq!(approve(&world, city, case).await, CaseState::Approved);
    }

    async fn a_plan_without_a_way_here_is_refused_beside_its_field_and_the_case_stays_as_it_was(world: World) {
        let above = agencies(&world, ["520000", "520600", "520623"]).await;
        let unit = unit(&world, 0, "520623", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        decide(&world, &above.reviewers[COUNTY], case, returned(&["plan"])).await.unwrap();
        let form = CertificationForm { plan: "province".to_owned(), ..page(&world, &unit).await.form };
        assert!(sentence(send(&world, &unit, form).await, "plan").contains("县级或市级"));
        let standing = page(&world, &unit).await.case.unwrap();
        assert_eq!((standing.state, standing.agency.as_str()), (CaseState::Returned, "县就业中心"));
    }

    async fn returned_twice_mended_twice_then_rejected_then_sent_anew_and_certified(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let county = &above.reviewers[COUNTY];
        let unit = unit(&world, 0, "520115", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        for profile in ["第一次补充：厂房面积三千平方米，工位四十个，食堂一处。", "第二次补充：厂房面积四千平方米，工位五十个，食堂一处。"] {
            decide(&world, county, case, returned(&["profile"])).await.unwrap();
            let form = CertificationForm { profile: profile.to_owned(), ..page(&world, &unit).await.form };
            assert_eq!(send(&world, &unit, form).await.unwrap(), case);
        }
        decide(&world, county, case, decision("reject")).await.unwrap();
        let rejected = page(&world, &unit).await;
        assert_eq!(rejected.state, CertificationState::Rejected);
        certification::restart(&world.service, &unit.operator, rejected.version).await.unwrap();
        let draft = page(&world, &unit).await;
        assert_eq!((draft.state, &draft.form), (CertificationState::Draft, &rejected.form), "nothing is typed twice");
        let next = send(&world, &unit, draft.form).await.unwrap();
        approve(&world, county, next).await;
        assert_eq!(host(&world, unit.host).await.standing, HostStanding::Certified);
        let history = review::view(&world.service, county, case).await.unwrap().history;
        let verdicts: Vec<&str> = history.iter().map(|entry| entry.verdict.code()).collect();
        assert_eq!(verdicts, ["submit", "return", "resubmit", "return", "resubmit", "reject"]);
    }

    async fn the_list_marks_a_rectification_whose_day_has_passed(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let county = &above.reviewers[COUNTY];
        let unit = unit(&world, 0, "520115", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        approve(&world, county, case).await;
        let version = certification::unit(&world.service, county, unit.host).await.unwrap().version;
        let form = domain::certification::UnitActForm {
            act: "ask_rectification".to_owned(),
            reason: "年度考核不合格，带教记录缺失，经两次提醒未改正".to_owned(),
            until: "2026-12-31".to_owned(),
        };
        certification::act(&world.service, county, unit.host, version, form).await.unwrap();
        for (today, over) in [("2026-12-31", false), ("2027-01-01", true)] {
            set(&world, today, 9, 0);
            let list = certification::units(&world.service, county, domain::certification::UnitFilter::default()).await.unwrap();
            assert_eq!(list.rows[0].is_rectification_over(list.today), over);
            let summary = certification::summary(&world.service, &unit.operator).await.unwrap();
            assert_eq!(summary.next.contains("已经过了"), over, "{}", summary.next);
        }
    }
}
