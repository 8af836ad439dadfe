//! The macro that runs one telling on both databases, and the people and places of the story.

use domain::account::Role;
use domain::agency::{Agency, AgencyLevel};
use domain::attendance::{CheckInState, Verdict};
use domain::host::HostStanding;
use domain::identity::IdentityState;
use domain::internship::InternshipState;
use domain::trainee::TraineeKind;
use domain::{
    AccountId, AgencyId, CheckInId, CreditCode, Datum, Day, Fen, HostId, InternshipId, LatLon, Meters, Moment, SiteId,
    TraineeId,
};
use store::account::Account;
use store::attendance::CheckIn;
use store::host::Host;
use store::internship::Internship;
use store::site::Site;
use store::testing::Fresh;
use store::trainee::Trainee;
use store::{Db, Purpose, Tx};
use uuid::Uuid;

/// Thursday, 2026-11-19 09:02 in Asia/Shanghai.
pub const NOW: Moment = Moment::from_millis(1_795_050_120_000);

macro_rules! on_both {
    ($($(#[$doc:meta])* async fn $name:ident($db:ident: Db) $body:block)+) => {$(
        $(#[$doc])*
        mod $name {
            use super::*;

            async fn told($db: Db) $body

            #[tokio::test]
            async fn on_sqlite() {
                let fresh = store::testing::Fresh::sqlite().unwrap();
                told($crate::told::migrated(&fresh).await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                if let Some(fresh) = store::testing::Fresh::postgres().await.unwrap() {
                    told($crate::told::migrated(&fresh).await).await;
                }
            }
        }
    )+};
}

pub(crate) use on_both;

pub async fn migrated(fresh: &Fresh) -> Db {
    let db = Db::open(fresh.url(), Purpose::Own).await.unwrap();
    assert!(!db.is_current().await.unwrap());
    db.migrate().await.unwrap();
    assert!(db.is_current().await.unwrap());
    db
}

pub fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn account(number: u128, role: Role) -> Account {
    Account {
        id: AccountId::new(uuid(number)),
        role,
        name: format!("{number} 号 '; DROP TABLE account; -- <b>😀</b>"),
        login_index: format!("login-{number}"),
        login_sealed: "v1.sealed".to_owned(),
        password_hash: "$argon2id$".to_owned(),
        totp_sealed: role.is_staff().then(|| "v1.totp".to_owned()),
        totp_last_step: 0,
        host: None,
        agency: None,
        disabled: false,
        demo: None,
        created_at: NOW,
        version: 1,
    }
}

pub fn trainee(number: u128, account: &Account) -> Trainee {
    Trainee {
        id: TraineeId::new(uuid(number)),
        account: account.id,
        name: "杨晓雨".to_owned(),
        id_card_index: format!("card-{number}"),
        id_card_sealed: "v1.card".to_owned(),
        phone_index: format!("phone-{number}"),
        phone_sealed: "v1.phone".to_owned(),
        kind: TraineeKind::Graduate,
        school: Some("贵州大学".to_owned()),
        kind_date: day("2026-06-24"),
        residence_code: "520115".to_owned(),
        residence_detail: "诚信路 18 号".to_owned(),
        identity: IdentityState::Verified,
        identity_at: Some(NOW),
        consent_privacy_at: NOW,
        consent_sensitive_at: None,
        created_at: NOW,
        version: 1,
    }
}

/// An agency, a host, its operator and one site.
pub struct HostSide {
    pub agency: AgencyId,
    pub host: HostId,
    pub operator: AccountId,
    pub site: Site,
}

pub async fn host_side(tx: &mut Tx, number: u128, credit_code: &str) -> HostSide {
    let agency = Agency {
        id: AgencyId::new(uuid(number + 1)),
        name: format!("{number} 号机构"),
        level: AgencyLevel::County,
        division: "520115".to_owned(),
        parent: None,
        areas: Vec::new(),
    };
    store::agency::insert(&mut *tx, &agency).await.unwrap();
    let host = Host {
        id: HostId::new(uuid(number + 2)),
        name: format!("{number} 号单位"),
        credit_code: CreditCode::parse(credit_code).unwrap(),
        division_code: "520115".to_owned(),
        address: "长岭北路 1 号".to_owned(),
        standing: HostStanding::Certified,
        certified_by: Some(agency.id),
        created_at: NOW,
        version: 1,
    };
    store::host::insert(&mut *tx, &host).await.unwrap();
    assert_eq!(
        store::host::find(&mut *tx, host.id).await.unwrap().as_ref(),
        Some(&host)
    );
    for text in [host.id.to_string(), credit_code.to_owned(), host.name.clone()] {
        assert_eq!(store::host::find_by_text(&mut *tx, &text).await.unwrap(), Some(host.id));
    }
    for text in [agency.id.to_string(), agency.name.clone()] {
        assert_eq!(store::agency::find(&mut *tx, &text).await.unwrap(), Some(agency.id));
    }
    let operator = Account {
        host: Some(host.id),
        ..account(number + 3, Role::Operator)
    };
    store::account::insert(&mut *tx, &operator).await.unwrap();
    assert_eq!(
        store::account::organisation(&mut *tx, operator.id).await.unwrap(),
        Some(host.name.clone())
    );
    let site = Site {
        id: SiteId::new(uuid(number + 4)),
        host: host.id,
        name: "观山湖办公区".to_owned(),
        centre: LatLon::parse(26.6462, 106.6291).unwrap(),
        radius: Meters::new(300.0).unwrap(),
        datum: Datum::Gcj02,
        entered: "26.6435, 106.6342".to_owned(),
        version: 1,
    };
    store::site::insert(&mut *tx, &site, NOW).await.unwrap();
    HostSide {
        agency: agency.id,
        host: host.id,
        operator: operator.id,
        site,
    }
}

pub fn offer(number: u128, side: &HostSide, person: &Trainee) -> Internship {
    Internship {
        id: InternshipId::new(uuid(number)),
        host: side.host,
        host_name: String::new(),
        host_division: String::new(),
        trainee: None,
        name: person.name.clone(),
        phone_index: person.phone_index.clone(),
        phone_sealed: "v1.phone".to_owned(),
        post: "数据标注".to_owned(),
        starts_on: day("2026-11-16"),
        ends_on: day("2027-05-15"),
        allowance: Fen::from_fen(210_000).unwrap(),
        state: InternshipState::Offered,
        decline_reason: None,
        offered_by: side.operator,
        offered_at: NOW,
        answered_at: None,
        version: 1,
    }
}

pub fn check_in(number: u128, internship: &Internship, site: &Site, verdict: Verdict) -> CheckIn {
    CheckIn {
        id: CheckInId::new(uuid(number)),
        internship: internship.id,
        name: String::new(),
        host: internship.host,
        site: site.id,
        site_name: String::new(),
        day: NOW.day(),
        device_at: NOW.plus_millis(-900),
        server_at: NOW.plus_millis(i64::try_from(number).unwrap()),
        position: LatLon::parse(26.6464, 106.6290).ok(),
        accuracy: Meters::new(25.0).unwrap(),
        distance: Meters::new(83.12).unwrap(),
        verdict,
        state: CheckInState::on_receipt(verdict, false),
        reason: None,
        note: None,
        decided_by: None,
        decided_at: None,
        content_hash: "hash".to_owned(),
        version: 1,
    }
}

pub async fn person(tx: &mut Tx, number: u128) -> Trainee {
    let account = account(number, Role::Trainee);
    let trainee = trainee(number + 1, &account);
    store::account::insert(&mut *tx, &account).await.unwrap();
    store::trainee::insert(tx, &trainee).await.unwrap();
    trainee
}

/// Runs a statement that no function of the store would.
pub async fn raw(db: &Db, sql: &str) -> Result<(), sqlx::Error> {
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    match db {
        Db::Sqlite { writer, .. } => sqlx::query(sql).execute(writer).await.map(|_| ()),
        Db::Postgres(pool) => sqlx::query(sql).execute(pool).await.map(|_| ()),
    }
}
