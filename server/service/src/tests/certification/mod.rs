//! 见习单位认证: the four provinces' chains, what a host may change when, and its life afterwards.

mod chains;
mod escalated;
mod form;
mod identified;
mod life;
mod mended;
mod print;
mod taken_back;

use super::file::{agency_staff, pdf, uploaded_as};
use super::scene::{credit_code, new_agency, operator};
use crate::testing::World;
use crate::{Actor, ServiceError, certification, review};
use domain::account::Role;
use domain::agency::AgencyLevel;
use domain::certification::{CertificationForm, MentorRow, NeedRow, StaffRow};
use domain::file::FilePurpose;
use domain::host::HostStanding;
use domain::identity::IdentityState;
use domain::review::{CaseState, DecisionForm};
use domain::{AgencyId, CaseId, CreditCode, HostId};
use store::host::Host;
use store::review::Subject;

/// Province, city and county above an address, with a reviewer each.
struct Agencies {
    ids: [AgencyId; 3],
    reviewers: [Actor; 3],
}

const PROVINCE: usize = 0;
const CITY: usize = 1;
const COUNTY: usize = 2;

async fn agencies(world: &World, divisions: [&str; 3]) -> Agencies {
    let province = new_agency(world, "省就业中心", AgencyLevel::Province, divisions[0], None).await;
    let city = new_agency(world, "市就业中心", AgencyLevel::City, divisions[1], Some(province)).await;
    let county = new_agency(world, "县就业中心", AgencyLevel::County, divisions[2], Some(city)).await;
    let reviewers = [
        agency_staff(world, "province.reviewer", Role::Reviewer, province).await,
        agency_staff(world, "city.reviewer", Role::Reviewer, city).await,
        agency_staff(world, "county.reviewer", Role::Reviewer, county).await,
    ];
    Agencies {
        ids: [province, city, county],
        reviewers,
    }
}

/// A host that is not certified, and its operator.
struct Unit {
    host: HostId,
    operator: Actor,
}

async fn unit(world: &World, number: usize, division: &str, identity: IdentityState) -> Unit {
    let host = Host {
        id: HostId::new(world.service.new_id()),
        name: format!("{number} 号茶业有限公司"),
        credit_code: CreditCode::parse(&credit_code(number)).unwrap(),
        division_code: division.to_owned(),
        address: "长岭北路 1 号".to_owned(),
        standing: HostStanding::Uncertified,
        certified_by: None,
        created_at: world.service.now(),
        version: 1,
    };
    let mut tx = world.service.db().begin().await.unwrap();
    store::host::insert(&mut tx, &host).await.unwrap();
    tx.commit().await.unwrap();
    identify(world, host.id, identity).await;
    Unit {
        host: host.id,
        operator: operator(world, &format!("unit.{number}"), host.id).await,
    }
}

async fn identify(world: &World, host: HostId, identity: IdentityState) {
    let mut tx = world.service.db().begin().await.unwrap();
    let (_, version) = store::identity::find(&mut tx, Subject::Host(host))
        .await
        .unwrap()
        .unwrap();
    store::identity::set(&mut tx, Subject::Host(host), identity, world.service.now(), version)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// An application that passes, with its uploaded 管理制度.
async fn application(world: &World, unit: &Unit, plan: &str) -> CertificationForm {
    let file = uploaded_as(&world.service, &unit.operator, FilePurpose::ManagementRules, &pdf()).await;
    CertificationForm {
        plan: plan.to_owned(),
        profile: "本公司从事茶叶种植、加工和销售，有厂房两处、门店六家。\n可以提供质检、电商运营等见习岗位。"
            .to_owned(),
        insured_employees: "120".to_owned(),
        needs: vec![NeedRow {
            profession: "电子商务".to_owned(),
            people: "6".to_owned(),
            note: "直播运营方向".to_owned(),
        }],
        mentors: vec![MentorRow {
            name: "何建国".to_owned(),
            title: "质检主管".to_owned(),
            years: "12".to_owned(),
        }],
        staff: vec![StaffRow {
            name: "罗敏".to_owned(),
            position: "人事专员".to_owned(),
        }],
        management_rules: file.id.to_string(),
        mentor_list: String::new(),
        staff_papers: String::new(),
    }
}

/// Sends an application that passes.
async fn submitted(world: &World, unit: &Unit, plan: &str) -> CaseId {
    let form = application(world, unit, plan).await;
    let version = certification::view(&world.service, &unit.operator)
        .await
        .unwrap()
        .version;
    certification::submit(&world.service, &unit.operator, version, form)
        .await
        .unwrap()
}

fn decision(verdict: &str) -> DecisionForm {
    DecisionForm {
        verdict: verdict.to_owned(),
        reason: if verdict == "approve" {
            ""
        } else {
            "请补充带教人员的资格证明"
        }
        .to_owned(),
        fields: vec!["mentors".to_owned()],
        ..DecisionForm::default()
    }
}

/// The record of an inspection on the day of [`World`].
fn inspection() -> DecisionForm {
    DecisionForm {
        visited_on: "2026-11-19".to_owned(),
        visitors: "周启明、陈红".to_owned(),
        premises: "厂区两处，通道畅通".to_owned(),
        operation: "正常经营".to_owned(),
        needs: "六个岗位真实".to_owned(),
        ..decision("approve")
    }
}

async fn decide(world: &World, reviewer: &Actor, case: CaseId, form: DecisionForm) -> Result<CaseState, ServiceError> {
    let version = review::view(&world.service, reviewer, case).await?.version;
    review::decide(&world.service, reviewer, case, version, form).await
}

async fn approve(world: &World, reviewer: &Actor, case: CaseId) -> CaseState {
    decide(world, reviewer, case, decision("approve")).await.unwrap()
}

async fn host(world: &World, id: HostId) -> Host {
    let mut tx = world.service.db().read().await.unwrap();
    store::host::find(&mut tx, id).await.unwrap().unwrap()
}

/// The sentence of a refusal.
fn refusal<T: std::fmt::Debug>(answer: Result<T, ServiceError>) -> String {
    match answer {
        Err(ServiceError::Refused(sentence)) => sentence,
        other => panic!("{other:?}"),
    }
}
