//! `domain.md` §3: which agency reviews.

use domain::AgencyId;
use domain::agency::{Agency, AgencyLevel, Directory};
use domain::review::{Matter, Plan, RouteRefusal, StagePurpose, route};
use uuid::Uuid;

fn id(number: u128) -> AgencyId {
    AgencyId::new(Uuid::from_u128(number))
}

fn agency(number: u128, level: AgencyLevel, division: &str, parent: Option<u128>) -> Agency {
    Agency {
        id: id(number),
        name: format!("{division} 号机构"),
        level,
        division: division.to_owned(),
        parent: parent.map(id),
        areas: Vec::new(),
    }
}

/// 贵州 (1), 贵阳 (2), 观山湖 (3), 铜仁 (4), 石阡 (5); 重庆 (6), 渝中 (7), 两江新区 (8), which looks after 渝北 as well; 山东 (9), 济南 (10), 历下 (11).
fn agencies() -> Directory {
    use AgencyLevel::{City, County, Province};
    let mut two_rivers = agency(8, County, "500157", Some(6));
    two_rivers.areas = vec!["500112".to_owned()];
    Directory::new(vec![
        agency(1, Province, "520000", None),
        agency(2, City, "520100", Some(1)),
        agency(3, County, "520115", Some(2)),
        agency(4, City, "520600", Some(1)),
        agency(5, County, "520623", Some(4)),
        agency(6, Province, "500000", None),
        agency(7, County, "500103", Some(6)),
        two_rivers,
        agency(9, Province, "370000", None),
        agency(10, City, "370100", Some(9)),
        agency(11, County, "370102", Some(10)),
    ])
}

fn way(matter: Matter<'_>, province: &str) -> Result<Vec<(AgencyId, StagePurpose, u8)>, RouteRefusal> {
    Ok(route(matter, &crate::rulepack::province(province), &agencies())?
        .stages
        .iter()
        .map(|stage| (stage.agency, stage.purpose, stage.workdays))
        .collect())
}

fn certification(business: &str, plan: Plan) -> Matter<'_> {
    Matter::Certification { business, plan }
}

#[test]
fn identities_go_to_the_county_of_the_address() {
    use StagePurpose::CountyReview;
    let host = Matter::HostIdentity { business: "520623" };
    assert_eq!(way(host, "520000"), Ok(vec![(id(5), CountyReview, 10)]));
    let person = Matter::PersonIdentity { residence: "520115" };
    assert_eq!(way(person, "520000"), Ok(vec![(id(3), CountyReview, 10)]));
    let nobody = Matter::PersonIdentity { residence: "520102" };
    let missing = RouteRefusal::NoAgency {
        level: AgencyLevel::County,
    };
    assert_eq!(way(nobody, "520000"), Err(missing));
}

#[test]
fn a_certification_in_guizhou_follows_its_plan() {
    use StagePurpose::{CityReview, CountyReview, ProvinceReview};
    assert_eq!(
        way(certification("520623", Plan::County), "520000"),
        Ok(vec![(id(5), CountyReview, 10)])
    );
    assert_eq!(
        way(certification("520623", Plan::City), "520000"),
        Ok(vec![(id(4), CityReview, 10)])
    );
    // GZ 三: only hosts in 贵阳 may take part in the province's plan, and then instead of the city's, never both.
    assert_eq!(
        way(certification("520115", Plan::Province), "520000"),
        Ok(vec![(id(1), ProvinceReview, 10)])
    );
    assert_eq!(
        way(certification("520623", Plan::Province), "520000"),
        Err(RouteRefusal::PlanElsewhere {
            plan: Plan::Province,
            within: vec!["520100 号机构".to_owned()],
        })
    );
}

#[test]
fn the_other_provinces_certify_by_their_own_chains() {
    use StagePurpose::{CityReview, CountyInspection, CountyReview, ProvincialFiling};
    assert_eq!(
        way(certification("370102", Plan::County), "370000"),
        Ok(vec![
            (id(11), CountyReview, 10),
            (id(10), CityReview, 10),
            (id(9), ProvincialFiling, 10)
        ])
    );
    // CQ 三(二)1: inspected within 15 working days, then decided; a zone that is no county has its own agency.
    for business in ["500157", "500112"] {
        assert_eq!(
            way(certification(business, Plan::County), "500000"),
            Ok(vec![(id(8), CountyInspection, 15), (id(8), CountyReview, 10)])
        );
    }
    assert_eq!(
        way(certification("500103", Plan::City), "500000"),
        Err(RouteRefusal::PlanNotOffered { plan: Plan::City })
    );
}

/// Whether a post or what follows it, by whom certified, and to whom forwarded.
fn after_certification(is_post: bool, business: &str, by: u128, to: Option<u128>) -> Matter<'_> {
    let (certified_by, forwarded_to) = (id(by), to.map(id));
    if is_post {
        Matter::Post {
            business,
            certified_by,
            forwarded_to,
        }
    } else {
        Matter::Following {
            certified_by,
            forwarded_to,
        }
    }
}

#[test]
fn posts_and_what_follows_go_to_the_certifying_agency_unless_a_city_forwarded_the_post_to_a_county_of_its_own() {
    use StagePurpose::{CityReview, CountyReview, ProvinceReview};
    for is_post in [true, false] {
        let ask = |by, to| way(after_certification(is_post, "520623", by, to), "520000");
        for (by, purpose) in [(5, CountyReview), (4, CityReview), (1, ProvinceReview)] {
            assert_eq!(ask(by, None), Ok(vec![(id(by), purpose, 10)]));
        }
        assert_eq!(ask(4, Some(5)), Ok(vec![(id(5), CountyReview, 10)]));
        // GZ 四 一是: 由市州人社部门指定县级人社部门执行.
        for (by, to, refusal) in [
            (4, 3, RouteRefusal::ForwardedOutside),
            (4, 4, RouteRefusal::ForwardedOutside),
            (4, 1, RouteRefusal::ForwardedOutside),
            (1, 4, RouteRefusal::OnlyCityForwards),
            (1, 5, RouteRefusal::OnlyCityForwards),
            (5, 5, RouteRefusal::OnlyCityForwards),
            (4, 99, RouteRefusal::AgencyGone),
            (99, 5, RouteRefusal::AgencyGone),
        ] {
            assert!(refusal.message().ends_with('。'));
            assert_eq!(ask(by, Some(to)), Err(refusal));
        }
        let shandong = after_certification(is_post, "370102", 10, Some(11));
        assert_eq!(way(shandong, "370000"), Err(RouteRefusal::NotForwardable));
    }
}

#[test]
fn posts_in_shandong_are_reviewed_by_county_and_city_and_what_follows_by_the_certifying_agency() {
    use StagePurpose::{CityReview, CountyReview};
    assert_eq!(
        way(after_certification(true, "370102", 10, None), "370000"),
        Ok(vec![(id(11), CountyReview, 10), (id(10), CityReview, 10)])
    );
    assert_eq!(
        way(after_certification(false, "370102", 10, None), "370000"),
        Ok(vec![(id(10), CityReview, 10)])
    );
}

#[test]
fn nobody_stands_above_themselves_even_in_a_ring() {
    let ring = Directory::new(vec![
        agency(1, AgencyLevel::City, "520100", Some(2)),
        agency(2, AgencyLevel::City, "520600", Some(1)),
    ]);
    assert!(ring.is_above(id(1), id(2)));
    assert!(!ring.is_above(id(9), id(1)));
    let all = agencies();
    assert!(all.is_above(id(1), id(5)) && all.is_above(id(4), id(5)));
    assert!(!all.is_above(id(5), id(4)) && !all.is_above(id(2), id(5)) && !all.is_above(id(5), id(5)));
}
