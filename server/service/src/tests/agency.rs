//! An admin's day: agencies, divisions and accounts of the own region; and who may not.

use super::scene::{acts, new_agency, operator, set, trainee};
use crate::account::{self, NewStaff, SignIn, Totp, staff_list};
use crate::testing::{PASSWORD, World, on_both, registration, sentence, stranger};
use crate::{Actor, ServiceError, agency, division};
use domain::account::{Role, SecondFactorForm, StaffFilter, StaffForm, StaffSecret};
use domain::agency::{AgencyForm, AgencyLevel};
use domain::division::{DivisionEnd, DivisionForm};
use domain::{AccountId, AgencyId, HostId};
use std::collections::BTreeSet;

/// 贵州 with two cities and a county each.
pub(super) struct Tree {
    pub(super) province: AgencyId,
    pub(super) city: AgencyId,
    pub(super) county: AgencyId,
    pub(super) other_city: AgencyId,
    pub(super) other_county: AgencyId,
}

pub(super) async fn tree(world: &World) -> Tree {
    let province = new_agency(world, "贵州省人社厅", AgencyLevel::Province, "520000", None).await;
    let city = new_agency(world, "铜仁市人社局", AgencyLevel::City, "520600", Some(province)).await;
    let other_city = new_agency(world, "贵阳市人社局", AgencyLevel::City, "520100", Some(province)).await;
    Tree {
        province,
        city,
        county: new_agency(world, "石阡县人社局", AgencyLevel::County, "520623", Some(city)).await,
        other_city,
        other_county: new_agency(world, "观山湖区人社局", AgencyLevel::County, "520115", Some(other_city)).await,
    }
}

pub(super) async fn staff(world: &World, role: Role, agency: AgencyId, login: &str) -> Actor {
    let new = NewStaff {
        role,
        name: "文静怡".to_owned(),
        login: login.to_owned(),
        password: Some(PASSWORD.to_owned()),
        host: None,
        agency: Some(agency.to_string()),
    };
    let created = account::create_staff(&world.service, new).await.unwrap();
    world.actor(&world.sign_in_staff(&created).await).await
}

pub(super) async fn certified_host(world: &World, by: AgencyId) -> HostId {
    crate::host::create(
        &world.service,
        crate::host::NewHost {
            name: "石阡苔茶生态农业发展有限公司".to_owned(),
            credit_code: "91350100M000100Y43".to_owned(),
            division: "520623".to_owned(),
            address: "泉都街道温泉大道 66 号".to_owned(),
            certified_by: by.to_string(),
        },
    )
    .await
    .unwrap()
}

fn county(name: &str, division: &str, parent: AgencyId) -> AgencyForm {
    AgencyForm {
        name: name.to_owned(),
        level: "county".to_owned(),
        division: division.to_owned(),
        parent: parent.to_string(),
        areas: Vec::new(),
    }
}

fn person(role: Role, login: &str, agency: Option<AgencyId>, host: Option<&str>) -> StaffForm {
    StaffForm {
        role: role.code().to_owned(),
        name: "田应钦".to_owned(),
        login: login.to_owned(),
        agency: agency.map(|id| id.to_string()).unwrap_or_default(),
        host: host.unwrap_or_default().to_owned(),
    }
}

async fn version(world: &World, actor: &Actor, id: AgencyId) -> i64 {
    let board = agency::board(&world.service, actor).await.unwrap();
    board
        .entries
        .iter()
        .find(|entry| entry.agency.id == id)
        .unwrap()
        .version
}

async fn listed(world: &World, actor: &Actor, text: &str) -> Vec<domain::account::StaffEntry> {
    let filter = StaffFilter {
        text: text.to_owned(),
        ..StaffFilter::default()
    };
    staff_list::list(&world.service, actor, &filter).await.unwrap().entries
}

/// Signs in with what the screen showed once.
async fn with_secret(world: &World, secret: &StaffSecret) -> Result<Actor, ServiceError> {
    let pending = match world.sign_in(&secret.login, &secret.password, &stranger()).await? {
        SignIn::SecondFactor(pending) => pending,
        SignIn::Done(_) => panic!("staff without a second factor"),
    };
    let totp = Totp::from_secret(&secret.secret, &secret.login).unwrap();
    let code = totp.code(Totp::step_of(world.clock.now()));
    let form = SecondFactorForm { code };
    let session = account::second_factor(&world.service, &pending.token, form, &stranger()).await?;
    Ok(world.actor(&session).await)
}

async fn lives(world: &World, session: &crate::NewSession) -> bool {
    account::authenticate(&world.service, &session.token)
        .await
        .unwrap()
        .is_some()
}

on_both! {
    async fn an_admin_adds_changes_and_closes_what_is_below(world: World) {
        let (service, tree) = (&world.service, tree(&world).await);
        let admin = staff(&world, Role::Admin, tree.city, "tr.admin").await;
        let new = agency::add(service, &admin, county("碧江区人社局", "520602", tree.city)).await.unwrap();
        let board = agency::board(service, &admin).await.unwrap();
        let order: Vec<_> = board.entries.iter().map(|entry| (entry.depth, entry.agency.id)).collect();
        assert_eq!(order, [(0, tree.city), (1, new), (1, tree.county)]);
        assert_eq!(board.entries[1].place, "贵州省铜仁市碧江区");
        assert_eq!((board.province, board.entries[0].ties.accounts), (None, 1));
        assert!(board.divisions.iter().all(|one| one.code.starts_with("5206")));

        let renamed = AgencyForm { areas: vec!["520603".to_owned()], ..county("碧江区就业局", "520602", tree.city) };
        agency::change(service, &admin, new, 1, renamed.clone()).await.unwrap();
        let stale = agency::change(service, &admin, new, 1, county("晚了一步", "520602", tree.city)).await;
        assert!(matches!(stale, Err(ServiceError::Conflict(_))), "two admins at once");
        let entry = agency::board(service, &admin).await.unwrap().entries.remove(1);
        assert_eq!((entry.agency.name.as_str(), entry.version), ("碧江区就业局", 2));
        assert_eq!(entry.areas, ["贵州省铜仁市万山区"]);
        sentence(agency::add(service, &admin, county("碧江区就业局", "520621", tree.city)).await, "name");
        sentence(agency::add(service, &admin, county("又一个", "520602", tree.city)).await, "division");

        staff_list::create(service, &admin, person(Role::Reviewer, "bj.reviewer", Some(new), None)).await.unwrap();
        match agency::close(service, &admin, new, 2).await {
            Err(ServiceError::Refused(sentence)) => assert!(sentence.contains("1 个没有停用的账号"), "{sentence}"),
            other => panic!("{other:?}"),
        }
        let account = listed(&world, &admin, "bj.reviewer").await.remove(0);
        staff_list::disable(service, &admin, account.id, account.version).await.unwrap();
        assert!(matches!(agency::close(service, &admin, new, 1).await, Err(ServiceError::Conflict(_))));
        agency::close(service, &admin, new, 2).await.unwrap();
        let account = listed(&world, &admin, "bj.reviewer").await.remove(0);
        for result in [
            staff_list::enable(service, &admin, account.id, account.version).await,
            staff_list::reset(service, &admin, account.id, account.version).await.map(|_| ()),
        ] {
            assert!(matches!(result, Err(ServiceError::Refused(sentence)) if sentence.contains("已经关闭")));
        }
        assert!(matches!(agency::close(service, &admin, new, 3).await, Err(ServiceError::NotFound)));
        assert!(matches!(agency::close(service, &admin, tree.city, 1).await, Err(ServiceError::Refused(_))));
        certified_host(&world, tree.county).await;
        let held = agency::close(service, &admin, tree.county, 1).await;
        assert!(matches!(held, Err(ServiceError::Refused(sentence)) if sentence.contains("1 家由它认证的单位")));
        let told = acts(&world).await;
        for act in ["agency_created", "agency_changed", "agency_closed", "account_created", "account_disabled"] {
            assert!(told.iter().any(|one| one == act), "{act}");
        }
    }

    async fn another_region_is_not_there(world: World) {
        let (service, tree) = (&world.service, tree(&world).await);
        let admin = staff(&world, Role::Admin, tree.county, "sq.admin").await;
        let form = |parent| county("石阡县就业局", "520623", parent);
        for id in [tree.city, tree.province, tree.other_city, tree.other_county] {
            let changed = agency::change(service, &admin, id, 1, form(tree.city)).await;
            assert!(matches!(changed, Err(ServiceError::NotFound)), "{id}");
            assert!(matches!(agency::close(service, &admin, id, 1).await, Err(ServiceError::NotFound)), "{id}");
            let new = person(Role::Reviewer, "elsewhere", Some(id), None);
            sentence(staff_list::create(service, &admin, new).await, "agency");
            sentence(agency::add(service, &admin, county("新的", "520602", id)).await, "parent");
        }
        agency::change(service, &admin, tree.county, 1, form(tree.city)).await.unwrap();
        let other = staff(&world, Role::Admin, tree.other_city, "gy.admin").await;
        let host = certified_host(&world, tree.county).await;
        let operator = person(Role::Operator, "sq.operator", None, Some(&host.to_string()));
        sentence(staff_list::create(service, &other, operator.clone()).await, "host");
        staff_list::create(service, &admin, operator).await.unwrap();
        assert!(listed(&world, &other, "sq.operator").await.is_empty());
        let account = listed(&world, &admin, "sq.operator").await.remove(0);
        for result in [
            staff_list::disable(service, &other, account.id, account.version).await,
            staff_list::enable(service, &other, account.id, account.version).await,
            staff_list::reset(service, &other, account.id, account.version).await.map(|_| ()),
        ] {
            assert!(matches!(result, Err(ServiceError::NotFound)));
        }
        let mine = listed(&world, &admin, "").await;
        let logins: BTreeSet<&str> = mine.iter().map(|one| one.login.as_str()).collect();
        assert_eq!(logins, BTreeSet::from(["sq.admin", "sq.operator"]));
    }

    async fn a_unit_that_nobody_has_certified_yet_is_looked_after_by_the_admins_of_its_divisions(world: World) {
        let (service, tree) = (&world.service, tree(&world).await);
        let unit = crate::tests::host_registration::registered(&world, crate::tests::host_registration::unit(0)).await;
        let host = unit.host().unwrap();
        let admins = [
            staff(&world, Role::Admin, tree.county, "sq.admin").await,
            staff(&world, Role::Admin, tree.province, "gz.admin").await,
        ];
        let stranger = staff(&world, Role::Admin, tree.other_city, "gy.admin").await;
        assert!(listed(&world, &stranger, "罗敏").await.is_empty());
        let colleague = person(Role::Operator, "real.operator", None, Some(&host.to_string()));
        sentence(staff_list::create(service, &stranger, colleague.clone()).await, "host");
        staff_list::create(service, &admins[0], colleague).await.unwrap();
        let account = listed(&world, &admins[1], "罗敏").await.remove(0);
        assert!(matches!(
            staff_list::disable(service, &stranger, account.id, account.version).await,
            Err(ServiceError::NotFound)
        ));
        staff_list::disable(service, &admins[0], account.id, account.version).await.unwrap();
    }

    async fn only_admins_look_after_agencies_and_accounts(world: World) {
        let (service, tree) = (&world.service, tree(&world).await);
        let host = certified_host(&world, tree.county).await;
        let mut actors = vec![trainee(&world, 0).await, operator(&world, "sq.operator", host).await];
        for role in [Role::Reviewer, Role::CityCentre, Role::Auditor] {
            actors.push(staff(&world, role, tree.province, &format!("gz.{}", role.code())).await);
        }
        let nobody = AccountId::new(service.new_id());
        for actor in &actors {
            let form = county("新的", "520602", tree.city);
            let all = [
                agency::board(service, actor).await.map(|_| ()),
                agency::add(service, actor, form.clone()).await.map(|_| ()),
                agency::change(service, actor, tree.county, 1, form).await,
                agency::close(service, actor, tree.county, 1).await,
                division::add(service, actor, DivisionForm::default()).await,
                division::end(service, actor, DivisionEnd::default()).await,
                staff_list::list(service, actor, &StaffFilter::default()).await.map(|_| ()),
                staff_list::create(service, actor, StaffForm::default()).await.map(|_| ()),
                staff_list::disable(service, actor, nobody, 1).await,
                staff_list::enable(service, actor, nobody, 1).await,
                staff_list::reset(service, actor, nobody, 1).await.map(|_| ()),
            ];
            for (number, result) in all.into_iter().enumerate() {
                assert!(matches!(result, Err(ServiceError::Forbidden)), "{number} {:?}", actor.role());
            }
        }
    }

    async fn an_account_is_made_barred_admitted_and_reset(world: World) {
        let (service, tree) = (&world.service, tree(&world).await);
        let admin = staff(&world, Role::Admin, tree.city, "tr.admin").await;
        let secret = staff_list::create(service, &admin, person(Role::Reviewer, "SQ.Reviewer", Some(tree.county), None))
            .await
            .unwrap();
        assert!(secret.qr.starts_with("<svg") && secret.password.len() == 19 && secret.login == "sq.reviewer");
        let entry = listed(&world, &admin, "sq.reviewer").await.remove(0);
        assert_eq!((entry.signed_in_at, entry.organisation.as_str()), (None, "石阡县人社局"));
        let reviewer = with_secret(&world, &secret).await.unwrap();
        assert_eq!((reviewer.role(), reviewer.account()), (Role::Reviewer, entry.id));
        let entry = listed(&world, &admin, "石阡县").await.remove(0);
        assert_eq!(entry.signed_in_at, Some(world.clock.now()));

        staff_list::disable(service, &admin, entry.id, entry.version).await.unwrap();
        let barred = with_secret(&world, &secret).await;
        assert!(matches!(barred, Err(ServiceError::Refused(_))));
        let again = staff_list::disable(service, &admin, entry.id, entry.version).await;
        assert!(matches!(again, Err(ServiceError::Conflict(_))));
        let entry = listed(&world, &admin, "sq.reviewer").await.remove(0);
        assert!(entry.disabled);
        staff_list::enable(service, &admin, entry.id, entry.version).await.unwrap();
        world.wait_seconds(60);
        with_secret(&world, &secret).await.unwrap();

        let entry = listed(&world, &admin, "sq.reviewer").await.remove(0);
        let renewed = staff_list::reset(service, &admin, entry.id, entry.version).await.unwrap();
        assert!(renewed.password != secret.password && renewed.secret != secret.secret);
        sentence(with_secret(&world, &secret).await, "password");
        world.wait_seconds(60);
        with_secret(&world, &renewed).await.unwrap();
        let stale = staff_list::reset(service, &admin, entry.id, entry.version).await;
        assert!(matches!(stale, Err(ServiceError::Conflict(_))));
    }

    async fn sessions_end_with_the_account_and_with_a_reset(world: World) {
        let (service, tree) = (&world.service, tree(&world).await);
        let admin = staff(&world, Role::Admin, tree.province, "gz.admin").await;
        for act in ["disable", "reset"] {
            let created = account::create_staff(service, NewStaff {
                role: Role::Auditor,
                name: "周正".to_owned(),
                login: format!("sq.{act}"),
                password: Some(PASSWORD.to_owned()),
                host: None,
                agency: Some(tree.county.to_string()),
            }).await.unwrap();
            let session = world.sign_in_staff(&created).await;
            assert!(lives(&world, &session).await);
            match act {
                "disable" => staff_list::disable(service, &admin, created.account, 1).await.unwrap(),
                _ => drop(staff_list::reset(service, &admin, created.account, 1).await.unwrap()),
            }
            assert!(!lives(&world, &session).await, "{act}");
        }
    }

    async fn nobody_bars_themselves_or_the_last_admin(world: World) {
        let (service, tree) = (&world.service, tree(&world).await);
        let admin = staff(&world, Role::Admin, tree.province, "gz.admin").await;
        let own = listed(&world, &admin, "gz.admin").await.remove(0);
        assert!(own.own);
        assert!(matches!(staff_list::disable(service, &admin, own.id, own.version).await, Err(ServiceError::Refused(_))));
        assert!(matches!(staff_list::reset(service, &admin, own.id, own.version).await, Err(ServiceError::Refused(_))));
        let county = staff(&world, Role::Admin, tree.county, "sq.admin").await;
        let below = listed(&world, &admin, "sq.admin").await.remove(0);
        staff_list::disable(service, &admin, below.id, below.version).await.unwrap();
        // Who was barred a moment ago acts no more, although the request had begun.
        let late = staff_list::disable(service, &county, own.id, own.version).await;
        assert!(matches!(late, Err(ServiceError::SignInNeeded)));
        // Two who bar each other: the second finds that nobody would be left.
        let second = staff(&world, Role::Admin, tree.province, "gz.second").await;
        let entry = listed(&world, &admin, "gz.second").await.remove(0);
        staff_list::disable(service, &admin, entry.id, entry.version).await.unwrap();
        let back = staff_list::disable(service, &second, own.id, own.version).await;
        assert!(matches!(back, Err(ServiceError::SignInNeeded)));
        let mut tx = service.db().read().await.unwrap();
        assert_eq!(store::staff::other_admins(&mut tx, tree.province, own.id).await.unwrap(), 0);
        assert_eq!(store::staff::other_admins(&mut tx, tree.county, below.id).await.unwrap(), 1, "the province's");
    }

    async fn a_province_ends_and_adds_divisions_by_day(world: World) {
        let (service, tree) = (&world.service, tree(&world).await);
        let city = staff(&world, Role::Admin, tree.city, "tr.admin").await;
        let new = DivisionForm { code: "520631".into(), name: "石阡新区".into(), from: "2027-01-01".into() };
        let end = DivisionEnd { code: "520623".into(), until: "2026-12-31".into() };
        assert!(matches!(division::add(service, &city, new.clone()).await, Err(ServiceError::Forbidden)));
        assert!(matches!(division::end(service, &city, end.clone()).await, Err(ServiceError::Forbidden)));
        let admin = staff(&world, Role::Admin, tree.province, "gz.admin").await;
        let person = trainee(&world, 0).await;
        division::add(service, &admin, new.clone()).await.unwrap();
        sentence(division::add(service, &admin, new).await, "code");
        division::end(service, &admin, end.clone()).await.unwrap();
        assert!(matches!(division::end(service, &admin, end).await, Err(ServiceError::Conflict(_))));
        let whole = DivisionEnd { code: "520600".into(), until: "2026-12-31".into() };
        sentence(division::end(service, &admin, whole).await, "ended");
        assert_eq!(agency::board(service, &admin).await.unwrap().dated.len(), 2);

        let counties = async || -> Vec<String> {
            let all = division::children(service, Some("520600")).await.unwrap();
            all.into_iter().map(|one| one.code).collect()
        };
        let in_form = |residence: &str| domain::trainee::RegisterForm {
            residence: residence.to_owned(),
            ..registration(1)
        };
        assert!(counties().await.contains(&"520623".to_owned()) && !counties().await.contains(&"520631".to_owned()));
        let early = crate::trainee::register(service, in_form("520631"), &stranger()).await;
        sentence(early.map(|_| ()), "residence");
        set(&world, "2027-01-01", 9, 0);
        assert!(!counties().await.contains(&"520623".to_owned()) && counties().await.contains(&"520631".to_owned()));
        let late = crate::trainee::register(service, in_form("520623"), &stranger()).await;
        sentence(late.map(|_| ()), "residence");
        crate::trainee::register(service, in_form("520631"), &stranger()).await.unwrap();
        // Who lives there keeps the address, and the agency its division.
        assert!(crate::trainee::me(service, &person).await.is_ok());
        let admin = { world.wait_seconds(1); staff(&world, Role::Admin, tree.province, "gz.later").await };
        let at = version(&world, &admin, tree.county).await;
        agency::change(service, &admin, tree.county, at, county("石阡县就业局", "520623", tree.city)).await.unwrap();
        sentence(agency::add(service, &admin, county("新的", "520623", tree.other_city)).await, "division");
    }
}
