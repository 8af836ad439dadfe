//! The working-day calendar: a new year's notice is imported once, by a province, and counts at once.

use super::rules::staff;
use super::scene::{acts, set, times, trainee, workplace};
use crate::testing::{World, on_both, sentence};
use crate::{ServiceError, calendar};
use domain::account::Role;
use domain::agency::AgencyLevel;

/// A notice for 2027, whose lists stand on the lines 3 and 4.
fn notice(days_off: &str, make_up: &str) -> String {
    format!(
        "year = 2027\nsource = \"国务院办公厅关于2027年部分节假日安排的通知\"\ndays_off = [{days_off}]\nmake_up_workdays = [{make_up}]\n"
    )
}

fn good() -> String {
    notice("\"2027-01-01\", \"2027-10-01\", 2027-10-04", "\"2027-10-09\"")
}

on_both! {
    async fn a_year_is_provisional_until_its_notice_is_imported(world: World) {
        let boss = staff(&world, Role::Admin, AgencyLevel::Province, "520000").await;
        let service = &world.service;
        let this_year = calendar::year(service, &boss, None).await.unwrap();
        assert_eq!((this_year.year, this_year.years.as_slice()), (2026, &[2026, 2027, 2028][..]));
        assert!(this_year.notice.is_some() && this_year.imports[0].imported_by.is_none() && this_year.may_import);
        assert_eq!(calendar::year(service, &boss, Some(2027)).await.unwrap().notice, None);
        assert!(matches!(calendar::year(service, &boss, Some(1999)).await, Err(ServiceError::NotFound)));
        let due = || service.rules().calendar().add_workdays("2027-09-30".parse().unwrap(), 1).to_string();
        assert_eq!(due(), "2027-10-01", "a Friday; the notice is not out yet");
        let imported = calendar::import(service, &boss, &good()).await.unwrap();
        assert_eq!((imported.year, imported.version, imported.days_off), (2027, 1, 3));
        assert!(!service.rules().calendar().is_provisional(2027));
        assert_eq!(due(), "2027-10-05");
        sentence(calendar::import(service, &boss, &good()).await.map(drop), "document");
        let amended = notice("\"2027-01-01\"", "");
        assert_eq!(calendar::import(service, &boss, &amended).await.unwrap().version, 2);
        assert_eq!(due(), "2027-10-01", "the later notice counts");
        let view = calendar::year(service, &boss, Some(2027)).await.unwrap();
        assert_eq!(view.imports.iter().map(|one| one.version).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(view.imports[0].imported_by.as_deref(), Some("文静怡"));
        assert_eq!(times(&world, "calendar_imported").await, 2);
    }

    async fn a_bad_notice_is_refused_with_line_and_reason_and_changes_nothing(world: World) {
        let boss = staff(&world, Role::Admin, AgencyLevel::Province, "520000").await;
        let before = acts(&world).await;
        for (text, says) in [
            (String::new(), "请填写内容"),
            ("year: 2027".to_owned(), "第 1 行：这里的写法看不懂"),
            (good().replace("year = 2027", "year = 2031"), "第 1 行 year：必须是 2026 到 2028 的年份"),
            (good().replace("year = 2027", "year = \"2027\""), "第 1 行 year：必须是"),
            (good().replace("国务院办公厅关于2027年部分节假日安排的通知", " "), "第 2 行 source：请写国务院通知的标题"),
            (notice("", ""), "第 3 行 days_off：至少要有一天放假"),
            (notice("\"2027-02-30\"", ""), "第 3 行 days_off：“2027-02-30”不是日期"),
            (notice("\"2026-12-31\", \"2027-01-01\"", ""), "第 3 行 days_off：2026-12-31 不在 2027 年"),
            (notice("\"2027-01-01\", \"2027-01-01\"", ""), "第 3 行 days_off：2027-01-01 写了两次"),
            (notice("\"2027-01-01\",\n\"2027-01-01\"", ""), "第 4 行 days_off：2027-01-01 写了两次"),
            (notice("\"2027-01-01\"", "\"2027-01-04\""), "第 4 行 make_up_workdays：2027-01-04 是周一，补班只能在周六或周日"),
            (notice("\"2027-01-02\"", "\"2027-01-02\""), "第 4 行 make_up_workdays：2027-01-02 同时写成了放假和补班"),
            (good() + "holidays = 3\n", "第 5 行 holidays：没有这个字段"),
            ("year = 2027\nsource = \"国务院通知\"\n".to_owned(), "缺少 days_off"),
            (notice("1, 2", ""), "第 3 行 days_off：必须是日期的列表"),
        ] {
            let said = sentence(calendar::import(&world.service, &boss, &text).await.map(drop), "document");
            assert!(said.contains(says), "{said}");
        }
        assert_eq!(acts(&world).await, before);
        assert!(world.service.rules().calendar().is_provisional(2027));
        set(&world, "2027-01-01", 9, 0);
        sentence(calendar::import(&world.service, &boss, &good().replace("2027", "2026")).await.map(drop), "document");
    }

    async fn only_an_admin_of_a_province_imports_and_only_agencies_look(world: World) {
        let service = &world.service;
        for actor in [
            staff(&world, Role::Admin, AgencyLevel::City, "520600").await,
            staff(&world, Role::Admin, AgencyLevel::County, "520623").await,
            staff(&world, Role::Reviewer, AgencyLevel::Province, "520000").await,
            staff(&world, Role::Auditor, AgencyLevel::Province, "520000").await,
        ] {
            assert!(matches!(calendar::import(service, &actor, &good()).await, Err(ServiceError::Forbidden)));
            assert!(!calendar::year(service, &actor, None).await.unwrap().may_import);
        }
        for outsider in [workplace(&world, 0).await.operator, trainee(&world, 0).await] {
            assert!(matches!(calendar::import(service, &outsider, &good()).await, Err(ServiceError::Forbidden)));
            assert!(matches!(calendar::year(service, &outsider, None).await, Err(ServiceError::Forbidden)));
        }
        assert!(service.rules().calendar().is_provisional(2027));
    }
}
