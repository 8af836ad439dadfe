//! Rule packs as agencies read and change them, and the routing simulator: whose rules, from which day, and who may not.

use super::scene::{acts, set, times, trainee, workplace};
use crate::account::{self, NewStaff};
use crate::testing::{PASSWORD, World, config, on_both, sentence};
use crate::{Actor, Service, ServiceConfig, ServiceError, rules, upkeep};
use domain::account::Role;
use domain::agency::{Agency, AgencyLevel};
use domain::rulepack::SimulationForm;
use domain::{AgencyId, Day};
use store::Purpose;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Somebody of a new agency.
pub(super) async fn staff(world: &World, role: Role, level: AgencyLevel, division: &str) -> Actor {
    let agency = Agency {
        id: AgencyId::new(world.service.new_id()),
        name: format!("{division} {} {}", level.label(), role.code()),
        level,
        division: division.to_owned(),
        parent: None,
        areas: Vec::new(),
    };
    let mut tx = world.service.db().begin().await.unwrap();
    store::agency::insert(&mut tx, &agency).await.unwrap();
    tx.commit().await.unwrap();
    let new = NewStaff {
        role,
        name: "文静怡".to_owned(),
        login: format!("{}.{}.{division}", role.code(), level.code()),
        password: Some(PASSWORD.to_owned()),
        host: None,
        agency: Some(agency.id.to_string()),
    };
    let made = account::create_staff(&world.service, new).await.unwrap();
    world.actor(&world.sign_in_staff(&made).await).await
}

async fn admin(world: &World, level: AgencyLevel, division: &str) -> Actor {
    staff(world, Role::Admin, level, division).await
}

/// A version of 石阡's rules, whose fields begin on line 5.
fn shiqian(version: &str, valid_from: &str, fields: &str) -> String {
    format!(
        "region = \"520623\"\nname = \"石阡县\"\nversion = \"{version}\"\nvalid_from = \"{valid_from}\"\n{fields}\n"
    )
}

fn basis(service: &Service, division: &str, on: &str) -> String {
    service.rules().pack(division, day(on)).basis().to_owned()
}

on_both! {
    async fn the_built_in_versions_stand_in_the_database_and_each_pack_names_its_basis(world: World) {
        let reader = staff(&world, Role::Auditor, AgencyLevel::Province, "520000").await;
        let view = rules::list(&world.service, &reader).await.unwrap();
        let regions: Vec<_> = view.regions.iter().map(|line| (line.region.as_str(), line.name.as_str())).collect();
        assert_eq!(regions, [("000000", "全国"), ("220000", "吉林省"), ("370000", "山东省"), ("500000", "重庆市"), ("520000", "贵州省")]);
        assert!(!view.may_change && view.regions.iter().all(|line| line.current.is_some() && line.next.is_none()));
        let service = &world.service;
        assert_eq!(basis(service, "520115", "2026-11-19"), "000000@2026-1 520000@2026-1");
        assert_eq!(basis(service, "110101", "2026-11-19"), "000000@2026-1");
        assert_eq!(basis(service, "520115", "2025-12-31"), "000000@2026-1", "a province's first version is not there yet");
        for odd in ["", "52", "六个汉字啊", "5201150", "０００"] {
            assert_eq!(basis(service, odd, "2026-11-19"), "000000@2026-1");
        }
        let guizhou = rules::region(service, &reader, "520000").await.unwrap();
        assert!(guizhou.document.contains("province_plan_cities") && guizhou.versions[0].created_by.is_none());
        let cities = guizhou.differences.iter().find(|one| one.field == "province_plan_cities").unwrap();
        assert_eq!((cities.here.as_str(), cities.above.as_str()), ("贵阳市（520100）", "无"));
        assert!(cities.source.starts_with("贵州通报三"), "{}", cities.source);
        let national = rules::region(service, &reader, "000000").await.unwrap();
        assert_eq!(national.differences.len(), domain::rulepack::FIELDS.len());
    }

    async fn a_countys_version_counts_from_its_day_on_every_node_and_inherits_the_rest(world: World) {
        let boss = admin(&world, AgencyLevel::County, "520623").await;
        let other_node = ServiceConfig { purpose: Purpose::Visit, ..config(&world.fresh, world.clock.clone()) };
        let other_node = Service::open(other_node).await.unwrap();
        let service = &world.service;
        let text = shiqian("2026-1", "2026-12-01", "inspection_workdays = 20  # 本县山路远");
        assert_eq!(rules::add(service, &boss, "520623", &text).await.unwrap(), day("2026-12-01"));
        let later = shiqian("2027-1", "2027-01-01", "inspection_workdays = 25");
        rules::add(service, &boss, "520623", &later).await.unwrap();
        let workdays = |service: &Service, on: &str| service.rules().pack("520623", day(on)).inspection_workdays;
        assert_eq!(["2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01"].map(|on| workdays(service, on)), [15, 20, 20, 25]);
        assert_eq!(basis(service, "520623", "2026-12-05"), "000000@2026-1 520000@2026-1 520623@2026-1");
        assert_eq!(basis(service, "520115", "2026-12-05"), "000000@2026-1 520000@2026-1", "the neighbours keep theirs");
        assert!(service.rules().pack("520623", day("2026-12-05")).posts_forwardable, "inherited from the province");
        assert_eq!(workdays(&other_node, "2026-12-01"), 15, "not read yet");
        upkeep(&other_node).await;
        assert_eq!(workdays(&other_node, "2026-12-01"), 20);
        other_node.close().await;
        assert_eq!(times(&world, "rule_pack_added").await, 2);
        let view = rules::region(service, &boss, "520623").await.unwrap();
        let versions: Vec<_> = view.versions.iter().map(|one| (one.version.as_str(), one.created_by.as_deref())).collect();
        assert_eq!(versions, [("2027-1", Some("文静怡")), ("2026-1", Some("文静怡"))]);
        assert_eq!((view.above[0].0.as_str(), view.above[2].1.as_str()), ("520600", "全国"));
        set(&world, "2026-12-02", 9, 0);
        let view = rules::region(service, &boss, "520623").await.unwrap();
        let [only] = view.differences.as_slice() else { panic!("{:?}", view.differences) };
        assert_eq!((only.here.as_str(), only.above.as_str(), only.source.as_str()), ("20 个工作日", "15 个工作日", "本县山路远"));
        let compared = rules::compare(service, &boss, "520000@2026-1", "520623@2027-1").await.unwrap();
        let differing: Vec<_> = compared.fields.iter().filter(|one| one.differs()).map(|one| one.field.as_str()).collect();
        assert_eq!(differing, ["inspection_workdays"]);
        assert!(matches!(rules::compare(service, &boss, "520000@1999-1", "").await, Err(ServiceError::NotFound)));
    }

    async fn a_bad_document_is_refused_with_line_and_reason_and_changes_nothing(world: World) {
        let boss = admin(&world, AgencyLevel::Province, "520000").await;
        let before = acts(&world).await;
        let good = "2026-12-01";
        let long = "#".repeat(40 * 1024);
        for (text, says) in [
            (String::new(), "请填写内容"),
            (long, "内容太长"),
            ("region = ".to_owned(), "第 1 行：这里的写法看不懂"),
            (shiqian("2026-1", good, "keep_years = 7\nkeep_years = 8"), "第 6 行：这个字段写了两次"),
            (shiqian("2026-1", good, "inspection_workdays = -15"), "第 5 行 inspection_workdays：必须是 1 到 250 的整数"),
            (shiqian("2026-1", good, "inspection_workdays = 15.5"), "第 5 行 inspection_workdays：必须是 1 到 250 的整数"),
            (shiqian("2026-1", good, "\npost_chain = [\n  \"county_review\",\n  \"nobody\",\n]"), "第 8 行 post_chain：没有“nobody”这个环节"),
            (shiqian("2026-1", good, "fence_radius_min_m = 2500"), "第 5 行 fence_radius_min_m：“签到范围最小半径”是 2500"),
            (shiqian("2026-1", "2026-11-19", ""), "第 4 行 valid_from：最早从 2026年11月20日 起生效"),
            (shiqian("2026-1", good, "vocational_graduate_counties = [\"520623\", \"520699\"]"), "第 5 行 vocational_graduate_counties：520699 不在"),
            (shiqian("2026-1", good, "[certification]\nchain = []"), "第 5 行 certification：没有这个字段"),
        ] {
            let said = sentence(rules::add(&world.service, &boss, "520623", &text).await, "document");
            assert!(said.contains(says), "{said}");
        }
        let unknown = "region = \"520000\"\nname = \"贵州省\"\nversion = \"2026-2\"\nvalid_from = \"2026-12-01\"\nvocational_graduate_counties = [\n\"520623\",\n\"520698\"]";
        let said = sentence(rules::add(&world.service, &boss, "520000", unknown).await, "document");
        assert_eq!(said, "第 7 行 vocational_graduate_counties：没有 520698 这个行政区划");
        assert_eq!(acts(&world).await, before);
        assert_eq!(basis(&world.service, "520623", "2027-01-01"), "000000@2026-1 520000@2026-1");
        set(&world, "2026-11-19", 23, 30);
        let tomorrow = shiqian("2026-1", "2026-11-20", "");
        let said = sentence(rules::add(&world.service, &boss, "520623", &tomorrow).await, "document");
        assert!(said.contains("最早从 2026年11月21日 起生效"), "other nodes would not know in time: {said}");
    }

    async fn a_province_cannot_break_the_rules_of_a_county_below_it(world: World) {
        let boss = admin(&world, AgencyLevel::Province, "520000").await;
        let county = shiqian("2026-1", "2027-03-01", "fence_radius_max_m = 400");
        rules::add(&world.service, &boss, "520623", &county).await.unwrap();
        let above = rules::start(&world.service, &boss, "520000").await.unwrap();
        assert_eq!(above.earliest, day("2026-11-20"));
        let wide = format!("{}fence_radius_default_m = 500\n", above.document);
        let said = sentence(rules::add(&world.service, &boss, "520000", &wide).await, "document");
        assert!(said.contains("下级地区 520623 的规则会不一致") && said.contains("fence_radius_default_m"), "{said}");
        rules::add(&world.service, &boss, "520000", &above.document).await.unwrap();
        assert_eq!(basis(&world.service, "520115", "2026-11-20"), "000000@2026-1 520000@2026-2");
        let next = rules::start(&world.service, &boss, "520000").await.unwrap().document;
        assert!(next.contains("version = \"2026-3\"") && next.contains("valid_from = \"2026-11-21\""), "{next}");
        let first = rules::start(&world.service, &boss, "520115").await.unwrap().document;
        rules::add(&world.service, &boss, "520115", &first).await.unwrap();
        assert_eq!(basis(&world.service, "520115", "2026-11-20"), "000000@2026-1 520000@2026-2 520115@2026-1");
    }

    async fn of_two_admins_who_add_a_version_at_once_one_wins(world: World) {
        let (one, two) = (admin(&world, AgencyLevel::Province, "520000").await, admin(&world, AgencyLevel::County, "520623").await);
        let text = shiqian("2026-1", "2026-12-01", "keep_years = 7");
        let both = tokio::join!(
            rules::add(&world.service, &one, "520623", &text),
            rules::add(&world.service, &two, "520623", &text),
        );
        let lost = match both {
            (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
            other => panic!("{other:?}"),
        };
        assert!(matches!(lost, ServiceError::Conflict(_) | ServiceError::Invalid(_)), "{lost:?}");
        assert_eq!(times(&world, "rule_pack_added").await, 1);
    }

    async fn nobody_changes_rules_outside_the_own_area_and_only_agencies_read_them(world: World) {
        let service = &world.service;
        let text = shiqian("2026-1", "2026-12-01", "keep_years = 7");
        let elsewhere = [
            admin(&world, AgencyLevel::Province, "370000").await,
            admin(&world, AgencyLevel::City, "520100").await,
            admin(&world, AgencyLevel::County, "520115").await,
            staff(&world, Role::Reviewer, AgencyLevel::County, "520623").await,
            staff(&world, Role::CityCentre, AgencyLevel::City, "520600").await,
            staff(&world, Role::Auditor, AgencyLevel::Province, "520000").await,
        ];
        let question = SimulationForm {
            kind: "person_identity".to_owned(),
            division: "520623".to_owned(),
            day: "2026-09-18".to_owned(),
            ..SimulationForm::default()
        };
        for actor in &elsewhere {
            assert!(matches!(rules::add(service, actor, "520623", &text).await, Err(ServiceError::Forbidden)));
            assert!(matches!(rules::start(service, actor, "520623").await, Err(ServiceError::Forbidden)));
            assert!(!rules::region(service, actor, "520623").await.unwrap().may_change);
            rules::list(service, actor).await.unwrap();
            rules::compare(service, actor, "", "").await.unwrap();
            rules::simulate(service, actor, &question).await.unwrap();
        }
        let province = admin(&world, AgencyLevel::Province, "520000").await;
        assert!(matches!(rules::start(service, &province, "000000").await, Err(ServiceError::Forbidden)), "built in");
        assert!(matches!(rules::start(service, &province, "529999").await, Err(ServiceError::NotFound)));
        assert!(matches!(rules::region(service, &province, "<b>").await, Err(ServiceError::NotFound)));
        for outsider in [workplace(&world, 0).await.operator, trainee(&world, 0).await] {
            assert!(matches!(rules::add(service, &outsider, "520623", &text).await, Err(ServiceError::Forbidden)));
            assert!(matches!(rules::start(service, &outsider, "520623").await, Err(ServiceError::Forbidden)));
            assert!(matches!(rules::list(service, &outsider).await, Err(ServiceError::Forbidden)));
            assert!(matches!(rules::region(service, &outsider, "520623").await, Err(ServiceError::Forbidden)));
            assert!(matches!(rules::compare(service, &outsider, "", "").await, Err(ServiceError::Forbidden)));
            assert!(matches!(rules::simulate(service, &outsider, &question).await, Err(ServiceError::Forbidden)));
        }
        assert_eq!(times(&world, "rule_pack_added").await, 0);
    }

    async fn the_simulator_asks_two_provinces_rules_about_one_address(world: World) {
        let reader = staff(&world, Role::Reviewer, AgencyLevel::County, "520623").await;
        let question = SimulationForm {
            kind: "certification".to_owned(),
            plan: "county".to_owned(),
            division: "520623".to_owned(),
            day: "2026-09-18".to_owned(),
            compare: "500000".to_owned(),
            ..SimulationForm::default()
        };
        let answer = rules::simulate(&world.service, &reader, &question).await.unwrap();
        assert_eq!(answer.address, "贵州省铜仁市石阡县");
        let [own, other] = answer.answers.as_slice() else { panic!("{answer:?}") };
        assert_eq!((own.rules.as_str(), own.basis.as_str()), ("贵州省", "全国 2026-1、贵州省 2026-1"));
        assert_eq!(own.way.as_ref().unwrap().stages[0].due, day("2026-10-09"));
        assert_eq!((other.rules.as_str(), other.way.as_ref().unwrap().stages.len()), ("重庆市", 2));
        let shandong = SimulationForm { compare: "370000".to_owned(), ..question.clone() };
        let answer = rules::simulate(&world.service, &reader, &shandong).await.unwrap();
        assert!(answer.answers[1].way.as_ref().unwrap_err().contains("市级经办机构"), "there is no city's agency here");
        let nowhere = SimulationForm { division: "520699".to_owned(), ..question };
        sentence(rules::simulate(&world.service, &reader, &nowhere).await, "division");
    }
}
