//! The routing simulator (`domain.md` §3): who, by which rules, until when, and why.

use crate::{calendar, day, national};
use domain::AgencyId;
use domain::agency::{Agency, AgencyLevel, Directory};
use domain::review::StagePurpose;
use domain::rulepack::{Answer, MatterKind, RulePack, SimulatedWay, SimulationForm, simulate};
use uuid::Uuid;

fn agencies() -> Directory {
    let agency = |number: u128, name: &str, level, division: &str, parent: Option<u128>| Agency {
        id: AgencyId::new(Uuid::from_u128(number)),
        name: name.to_owned(),
        level,
        division: division.to_owned(),
        parent: parent.map(|parent| AgencyId::new(Uuid::from_u128(parent))),
        areas: Vec::new(),
    };
    Directory::new(vec![
        agency(1, "贵州省厅", AgencyLevel::Province, "520000", None),
        agency(2, "铜仁市局", AgencyLevel::City, "520600", Some(1)),
        agency(3, "石阡县局", AgencyLevel::County, "520623", Some(2)),
        agency(4, "贵阳市局", AgencyLevel::City, "520100", Some(1)),
        agency(5, "观山湖区局", AgencyLevel::County, "520115", Some(4)),
    ])
}

/// 贵州's rules, as its document sets them.
fn guizhou() -> RulePack {
    RulePack {
        name: "贵州省".to_owned(),
        certification_chain_city: vec![StagePurpose::CityReview],
        certification_chain_province: vec![StagePurpose::ProvinceReview],
        province_plan_cities: vec!["520100".to_owned()],
        posts_forwardable: true,
        ..national()
    }
}

/// 山东's.
fn shandong() -> RulePack {
    RulePack {
        name: "山东省".to_owned(),
        certification_chain: vec![
            StagePurpose::CountyReview,
            StagePurpose::CityReview,
            StagePurpose::ProvincialFiling,
        ],
        post_chain: vec![StagePurpose::CountyReview, StagePurpose::CityReview],
        ..national()
    }
}

fn form(kind: MatterKind, plan: &str) -> SimulationForm {
    SimulationForm {
        kind: kind.code().to_owned(),
        plan: plan.to_owned(),
        division: "520623".to_owned(),
        day: "2026-09-18".to_owned(),
        ..SimulationForm::default()
    }
}

fn ask(form: &SimulationForm, rules: &RulePack) -> Answer {
    simulate(&form.check().unwrap(), rules, &agencies(), &calendar())
}

fn way(form: &SimulationForm, rules: &RulePack) -> SimulatedWay {
    ask(form, rules).way.unwrap()
}

fn who(way: &SimulatedWay) -> Vec<&str> {
    way.stages.iter().map(|stage| stage.agency.as_str()).collect()
}

#[test]
fn a_deadline_over_国庆_names_the_days_off_and_the_made_up_sunday() {
    let way = way(&form(MatterKind::HostIdentity, ""), &guizhou());
    let [stage] = way.stages.as_slice() else {
        panic!("{way:?}")
    };
    assert_eq!(
        (stage.agency.as_str(), stage.purpose.as_str(), stage.workdays),
        ("石阡县局", "县级审核", 10)
    );
    assert_eq!(
        (stage.from, stage.due, stage.provisional),
        (day("2026-09-18"), day("2026-10-09"), false)
    );
    assert_eq!(stage.skipped.len(), 3 + 7);
    assert_eq!(stage.made_up, [day("2026-09-20")]);
    assert!(way.reason.contains("经营地址"));
}

#[test]
fn each_stage_begins_when_the_one_before_has_used_its_time() {
    let way = way(&form(MatterKind::Certification, "county"), &shandong());
    assert_eq!(who(&way), ["石阡县局", "铜仁市局", "贵州省厅"]);
    assert_eq!(way.stages[1].from, way.stages[0].due);
    assert_eq!(calendar().workdays_until(day("2026-09-18"), way.stages[2].due), 30);
}

#[test]
fn a_post_takes_the_regions_chain_of_posts_and_is_forwarded_by_cities_alone() {
    let post = form(MatterKind::Post, "county");
    assert_eq!(who(&way(&post, &guizhou())), ["石阡县局"]);
    let in_shandong = way(&post, &shandong());
    assert_eq!(who(&in_shandong), ["石阡县局", "铜仁市局"]);
    assert!(
        in_shandong.reason.contains("县级审核、市级审核"),
        "{}",
        in_shandong.reason
    );
    let forwarded = |plan| SimulationForm {
        forwarded_to: "520623".to_owned(),
        ..form(MatterKind::Post, plan)
    };
    assert_eq!(who(&way(&forwarded("city"), &guizhou())), ["石阡县局"]);
    let county = ask(&forwarded("county"), &guizhou()).way;
    assert!(county.unwrap_err().contains("只有市级机构可以推送岗位"));
}

#[test]
fn what_follows_goes_to_the_agency_that_certified_and_a_filing_does_not_certify() {
    let following = form(MatterKind::Following, "county");
    assert_eq!(who(&way(&following, &guizhou())), ["石阡县局"]);
    assert_eq!(who(&way(&following, &shandong())), ["铜仁市局"]);
    let city = form(MatterKind::Following, "city");
    assert_eq!(who(&way(&city, &guizhou())), ["铜仁市局"]);
    let forwarded = SimulationForm {
        forwarded_to: "520623".to_owned(),
        ..city
    };
    assert_eq!(who(&way(&forwarded, &guizhou())), ["石阡县局"]);
    let elsewhere = SimulationForm {
        forwarded_to: "520115".to_owned(),
        ..forwarded.clone()
    };
    assert!(
        ask(&elsewhere, &guizhou())
            .way
            .unwrap_err()
            .contains("只能推送给本市所属的县级机构")
    );
    let not_there = RulePack {
        posts_forwardable: false,
        ..guizhou()
    };
    assert!(ask(&forwarded, &not_there).way.unwrap_err().contains("不允许推送"));
}

#[test]
fn a_refusal_says_why() {
    let province = form(MatterKind::Certification, "province");
    assert!(
        ask(&province, &guizhou())
            .way
            .unwrap_err()
            .contains("由贵阳市局管辖的单位")
    );
    assert!(
        ask(&province, &shandong())
            .way
            .unwrap_err()
            .contains("没有省级见习计划")
    );
    let nobody = SimulationForm {
        division: "520111".to_owned(),
        ..form(MatterKind::PersonIdentity, "")
    };
    assert!(ask(&nobody, &guizhou()).way.unwrap_err().contains("县级经办机构"));
}

#[test]
fn a_due_date_in_a_year_without_a_notice_is_provisional() {
    let late = SimulationForm {
        day: "2026-12-25".to_owned(),
        ..form(MatterKind::PersonIdentity, "")
    };
    assert!(way(&late, &guizhou()).stages[0].provisional);
}

#[test]
fn a_question_that_cannot_be_answered_says_so_beside_its_fields() {
    let wrong = SimulationForm {
        division: "520000".to_owned(),
        compare: "山东".to_owned(),
        ..SimulationForm::default()
    };
    assert_eq!(crate::fields(wrong.check()), ["kind", "division", "day", "compare"]);
    assert_eq!(
        crate::fields(form(MatterKind::Certification, "village").check()),
        ["plan"]
    );
    for hostile in crate::HOSTILE {
        let _ = SimulationForm {
            day: hostile.to_owned(),
            division: hostile.to_owned(),
            ..form(MatterKind::Following, hostile)
        }
        .check();
    }
}
