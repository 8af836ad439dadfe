//! The log is read within the reader's region, page by page, as a whole chain, and as a file; reading it is logged.

use super::agency::{certified_host, staff, tree};
use super::scene::{acts, operator, set, site_form, times, trainee};
use crate::audit::{self, CHAIN_PART, Format};
use crate::testing::{World, on_both};
use crate::{Actor, ServiceError, site};
use domain::account::Role;
use domain::audit::{AuditEvent, AuditFilter, AuditLine, AuditLook, ChainVerdict};
use store::audit::Act;

async fn read(world: &World, actor: &Actor, filter: &AuditFilter) -> Vec<AuditLine> {
    let (mut lines, mut before) = (Vec::new(), None);
    loop {
        let page = audit::page(&world.service, actor, filter, before).await.unwrap();
        assert!(page.lines.len() <= 50);
        lines.extend(page.lines);
        before = page.next;
        if before.is_none() {
            return lines;
        }
    }
}

fn of_act(act: &str) -> AuditFilter {
    AuditFilter {
        act: act.to_owned(),
        ..AuditFilter::default()
    }
}

async fn whole(world: &World, actor: &Actor, filter: &AuditFilter, format: Format) -> String {
    let mut export = audit::export(&world.service, actor, filter, format).await.unwrap();
    let mut text = String::new();
    while let Some(piece) = export.next().await.unwrap() {
        text.push_str(&piece);
    }
    text
}

on_both! {
    async fn each_reads_what_the_own_region_did(world: World) {
        let tree = tree(&world).await;
        let host = certified_host(&world, tree.county).await;
        let operator = operator(&world, "sq.operator", host).await;
        site::add(&world.service, &operator, site_form("泉都办公楼")).await.unwrap();
        // Lives in 观山湖.
        let person = trainee(&world, 0).await;
        let county = staff(&world, Role::Auditor, tree.county, "sq.auditor").await;
        let other = staff(&world, Role::Auditor, tree.other_county, "gs.auditor").await;
        let city = staff(&world, Role::Admin, tree.city, "tr.admin").await;
        let province = staff(&world, Role::Auditor, tree.province, "gz.auditor").await;

        let added = read(&world, &county, &of_act("site_added")).await;
        assert_eq!(added.len(), 1);
        assert_eq!((added[0].label.as_str(), added[0].role.as_str()), ("新增签到地点", "单位经办人"));
        let values: Vec<&str> = added[0].facts.iter().map(|fact| fact.value.as_str()).collect();
        assert!(values.contains(&"石阡苔茶生态农业发展有限公司") && values.contains(&"泉都办公楼"), "{values:?}");
        assert_eq!(read(&world, &city, &of_act("site_added")).await.len(), 1);
        assert_eq!(read(&world, &province, &of_act("site_added")).await.len(), 1);
        assert!(read(&world, &other, &of_act("site_added")).await.is_empty(), "another region's");

        let registered = read(&world, &other, &of_act("registered")).await;
        assert_eq!(registered.len(), 1);
        assert!(registered[0].facts.iter().any(|fact| fact.value == "杨晓雨"));
        assert!(read(&world, &county, &of_act("registered")).await.is_empty(), "lives elsewhere");
        let system = read(&world, &province, &of_act("account_created")).await;
        assert!(!system.is_empty() && system.iter().all(|line| line.who == "系统"));
        assert!(read(&world, &city, &of_act("account_created")).await.is_empty(), "the system's acts are for provinces");
        assert!(times(&world, "audit_read").await >= 8);
        for actor in [&person, &operator] {
            let refused = audit::page(&world.service, actor, &AuditFilter::default(), None).await;
            assert!(matches!(refused, Err(ServiceError::Forbidden)));
        }
    }

    async fn only_auditors_and_admins_read_it(world: World) {
        let (service, tree) = (&world.service, tree(&world).await);
        for role in [Role::Reviewer, Role::CityCentre] {
            let actor = staff(&world, role, tree.province, &format!("gz.{}", role.code())).await;
            let filter = AuditFilter::default();
            for result in [
                audit::page(service, &actor, &filter, None).await.map(|_| ()),
                audit::verify(service, &actor, "").await.map(|_| ()),
                audit::export(service, &actor, &filter, Format::Csv).await.map(|_| ()),
            ] {
                assert!(matches!(result, Err(ServiceError::Forbidden)), "{role:?}");
            }
        }
        assert_eq!(times(&world, "audit_read").await, 0);
    }

    async fn filters_find_by_day_person_and_subject(world: World) {
        let tree = tree(&world).await;
        let province = staff(&world, Role::Auditor, tree.province, "gz.auditor").await;
        set(&world, "2026-11-20", 9, 0);
        let host = certified_host(&world, tree.county).await;
        let operator = operator(&world, "sq.operator", host).await;
        let site = site::add(&world.service, &operator, site_form("泉都办公楼")).await.unwrap();
        let on = |from: &str, until: &str| AuditFilter { from: from.into(), until: until.into(), ..AuditFilter::default() };
        let before = read(&world, &province, &on("2026-11-19", "2026-11-19")).await;
        assert!(!before.is_empty() && before.iter().all(|line| line.at.day().to_string() == "2026-11-19"));
        assert!(read(&world, &province, &on("2026-11-21", "")).await.is_empty());
        for who in ["罗敏", "sq.operator", " SQ.Operator "] {
            let filter = AuditFilter { who: who.to_owned(), ..AuditFilter::default() };
            let lines = read(&world, &province, &filter).await;
            assert!(lines.len() >= 2 && lines.iter().all(|line| line.who == "罗敏"), "{who}");
        }
        let about = AuditFilter { subject: site.to_string(), ..AuditFilter::default() };
        let lines = read(&world, &province, &about).await;
        assert_eq!(lines.iter().map(|line| line.act.as_str()).collect::<Vec<_>>(), ["site_added"]);
        let mut order: Vec<i64> = read(&world, &province, &AuditFilter::default()).await.iter().map(|line| line.seq).collect();
        let sorted = { let mut all = order.clone(); all.sort_unstable_by(|a, b| b.cmp(a)); all };
        assert_eq!(order, sorted, "newest first");
        order.dedup();
        assert_eq!(order.len(), sorted.len(), "no event twice");
        let page = audit::page(&world.service, &province, &AuditFilter::default(), None).await.unwrap();
        assert!(page.acts.iter().any(|(act, label)| act == "site_added" && label == "新增签到地点"));
        let wrong = AuditFilter { subject: "%' OR 1=1".to_owned(), ..AuditFilter::default() };
        assert!(matches!(audit::page(&world.service, &province, &wrong, None).await, Err(ServiceError::Invalid(_))));
    }

    async fn many_events_come_page_by_page_and_none_is_lost(world: World) {
        let tree = tree(&world).await;
        let county = staff(&world, Role::Auditor, tree.county, "sq.auditor").await;
        let host = certified_host(&world, tree.county).await;
        let operator = operator(&world, "sq.operator", host).await;
        for number in 0..120 {
            let form = site_form(&format!("地点 {number}"));
            site::add(&world.service, &operator, form).await.unwrap();
        }
        let lines = read(&world, &county, &of_act("site_added")).await;
        assert_eq!(lines.len(), 120);
        let csv = whole(&world, &county, &of_act("site_added"), Format::Csv).await;
        assert_eq!(csv.lines().count(), 121);
    }

    async fn the_chain_is_verified_and_the_look_is_logged(world: World) {
        let tree = tree(&world).await;
        let auditor = staff(&world, Role::Auditor, tree.county, "sq.auditor").await;
        let verdict = audit::verify(&world.service, &auditor, "").await.unwrap();
        let events = acts(&world).await;
        assert_eq!(verdict, ChainVerdict::Whole { events: i64::try_from(events.len()).unwrap() - 1 });
        assert_eq!(events.last().map(String::as_str), Some("audit_read"));
    }

    async fn a_long_chain_is_verified_part_by_part_and_only_by_whom_the_part_before_was_made_for(world: World) {
        let tree = tree(&world).await;
        let auditor = staff(&world, Role::Auditor, tree.county, "sq.auditor").await;
        let other = staff(&world, Role::Auditor, tree.province, "gz.auditor").await;
        let already = i64::try_from(acts(&world).await.len()).unwrap();
        let mut tx = world.service.db().begin().await.unwrap();
        let act = Act { at: world.service.now(), author: other.author(), event: AuditEvent::AuditRead { how: AuditLook::Page, events: 0 } };
        store::audit::append(&mut tx, &vec![act; usize::try_from(CHAIN_PART).unwrap()]).await.unwrap();
        tx.commit().await.unwrap();
        let of = already + CHAIN_PART;
        let ChainVerdict::SoFar { checked, of: told, resume } = audit::verify(&world.service, &auditor, "").await.unwrap() else {
            panic!("all in one request");
        };
        assert_eq!((checked, told), (CHAIN_PART, of));
        for (who, resume) in [(&other, resume.as_str()), (&auditor, "10000 00")] {
            let refused = audit::verify(&world.service, who, resume).await.unwrap_err();
            assert!(matches!(&refused, ServiceError::Refused(sentence) if sentence.contains("从头核验")), "{refused}");
        }
        assert_eq!(audit::verify(&world.service, &auditor, &resume).await.unwrap(), ChainVerdict::Whole { events: of });
        let mut tx = world.service.db().read().await.unwrap();
        let since = store::audit::after(&mut tx, of, 10).await.unwrap();
        assert_eq!(since.iter().map(|row| row.act.as_str()).collect::<Vec<_>>(), ["audit_read"], "only the end is logged");
    }

    async fn a_file_holds_what_is_filtered_without_formulas_or_numbers(world: World) {
        let tree = tree(&world).await;
        let province = staff(&world, Role::Auditor, tree.province, "gz.auditor").await;
        let host = certified_host(&world, tree.county).await;
        let operator = operator(&world, "sq.operator", host).await;
        site::add(&world.service, &operator, site_form("=HYPERLINK(1)")).await.unwrap();
        trainee(&world, 0).await;
        let csv = whole(&world, &province, &AuditFilter::default(), Format::Csv).await;
        assert!(csv.starts_with("\u{FEFF}序号,时间,姓名"));
        assert!(!csv.contains(",=") && !csv.contains("13812345670") && !csv.contains("522224200402290015"));
        let json = whole(&world, &province, &of_act("site_added"), Format::JsonLines).await;
        let line: serde_json::Value = serde_json::from_str(json.trim()).unwrap();
        assert_eq!((line["act"].as_str(), line["hash"].as_str().map(str::len)), (Some("site_added"), Some(64)));
        assert_eq!(times(&world, "audit_read").await, 2);
    }
}
