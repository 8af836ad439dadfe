//! What the tests of this crate live in: a service on a fresh database with a clock that stands where they put it.

use crate::account::{self, CreatedStaff, NewStaff, SignIn, Totp};
use crate::notice::NoticeConfig;
use crate::{Actor, Caller, Clock, NewSession, Service, ServiceConfig, ServiceError, trainee};
use domain::account::{Role, SecondFactorForm, SignInForm};
use domain::agency::{Agency, AgencyLevel};
use domain::host::HostStanding;
use domain::identity::IdentityState;
use domain::trainee::RegisterForm;
use domain::{AgencyId, CreditCode, HostId, Moment};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use store::Purpose;
use store::host::Host;
use store::review::Subject;
use store::testing::Fresh;

/// Tells a test once and runs it on SQLite and, where there is a server for it, on PostgreSQL.
macro_rules! on_both {
    ($($(#[$doc:meta])* async fn $name:ident($world:ident: $type:ty) $body:block)+) => {$(
        $(#[$doc])*
        mod $name {
            use super::*;

            async fn told($world: $type) $body

            #[tokio::test]
            async fn on_sqlite() {
                told($crate::testing::World::on_sqlite().await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                if let Some(world) = $crate::testing::World::on_postgres().await {
                    told(world).await;
                }
            }
        }
    )+};
}

pub(crate) use on_both;

/// A password that is strong enough.
pub(crate) const PASSWORD: &str = "chunfeng-shili-guizhou";
/// 11010519491231002X and its like, all invented.
pub(crate) const ID_CARDS: [&str; 3] = ["522224200402290015", "500112200311200022", "440524188001010014"];

/// A service of its own for one test.
pub(crate) struct World {
    pub(crate) service: Service,
    pub(crate) clock: Clock,
    pub(crate) fresh: Fresh,
}

impl World {
    pub(crate) async fn on_sqlite() -> Self {
        Self::open(Fresh::sqlite().unwrap()).await
    }

    pub(crate) async fn on_postgres() -> Option<Self> {
        Some(Self::open(Fresh::postgres().await.unwrap()?).await)
    }

    async fn open(fresh: Fresh) -> Self {
        let clock = Clock::fixed(morning());
        let service = Service::open(config(&fresh, clock.clone())).await.unwrap();
        Self { service, clock, fresh }
    }

    /// Lets time pass.
    pub(crate) fn wait_seconds(&self, seconds: i64) {
        self.clock.set(self.clock.now().plus_millis(seconds * 1000));
    }

    /// A host with its agency.
    pub(crate) async fn host(&self, name: &str, credit_code: &str, division: &str) -> HostId {
        let agency = self.agency(&format!("{name}的主管机构"), division).await;
        let host = Host {
            id: HostId::new(self.service.new_id()),
            name: name.to_owned(),
            credit_code: CreditCode::parse(credit_code).unwrap(),
            division_code: division.to_owned(),
            address: "长岭北路 1 号".to_owned(),
            standing: HostStanding::Certified,
            certified_by: Some(agency),
            created_at: self.service.now(),
            version: 1,
        };
        let mut tx = self.service.db().begin().await.unwrap();
        store::host::insert(&mut tx, &host).await.unwrap();
        tx.commit().await.unwrap();
        host.id
    }

    pub(crate) async fn agency(&self, name: &str, division: &str) -> AgencyId {
        let agency = Agency {
            id: AgencyId::new(self.service.new_id()),
            name: name.to_owned(),
            level: AgencyLevel::County,
            division: division.to_owned(),
            parent: None,
            areas: Vec::new(),
        };
        let mut tx = self.service.db().begin().await.unwrap();
        store::agency::insert(&mut tx, &agency).await.unwrap();
        tx.commit().await.unwrap();
        agency.id
    }

    /// An operator of a host, with password [`PASSWORD`].
    pub(crate) async fn operator(&self, login: &str, host: HostId) -> CreatedStaff {
        account::create_staff(
            &self.service,
            NewStaff {
                role: Role::Operator,
                name: "罗敏".to_owned(),
                login: login.to_owned(),
                password: Some(PASSWORD.to_owned()),
                host: Some(host.to_string()),
                agency: None,
            },
        )
        .await
        .unwrap()
    }

    /// Signs staff in with both factors.
    pub(crate) async fn sign_in_staff(&self, staff: &CreatedStaff) -> NewSession {
        let pending = match self.sign_in(&staff.login, PASSWORD, &stranger()).await.unwrap() {
            SignIn::SecondFactor(pending) => pending,
            SignIn::Done(_) => panic!("staff without a second factor"),
        };
        let code = self.code(staff);
        account::second_factor(&self.service, &pending.token, SecondFactorForm { code }, &stranger())
            .await
            .unwrap()
    }

    /// The code that the authenticator app shows now.
    pub(crate) fn code(&self, staff: &CreatedStaff) -> String {
        Totp::from_secret(&staff.secret, &staff.login)
            .unwrap()
            .code(Totp::step_of(self.clock.now()))
    }

    pub(crate) async fn sign_in(&self, login: &str, password: &str, caller: &Caller) -> Result<SignIn, ServiceError> {
        let form = SignInForm {
            login: login.to_owned(),
            password: password.to_owned(),
        };
        account::sign_in(&self.service, form, caller).await
    }

    pub(crate) async fn register(&self, form: RegisterForm) -> NewSession {
        trainee::register(&self.service, form, &stranger()).await.unwrap()
    }

    /// A person's 实名认证 is through, however that came about.
    pub(crate) async fn verify(&self, person: &Actor) {
        let of = Subject::Trainee(person.trainee().unwrap());
        let mut tx = self.service.db().begin().await.unwrap();
        let (_, version) = store::identity::find(&mut tx, of).await.unwrap().unwrap();
        store::identity::set(&mut tx, of, IdentityState::Verified, self.service.now(), version)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn actor(&self, session: &NewSession) -> Actor {
        account::authenticate(&self.service, &session.token)
            .await
            .unwrap()
            .unwrap()
    }
}

/// Another system, on this machine; where it listens.
pub(crate) async fn listen(router: axum::Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

/// How every world is opened.
pub(crate) fn config(fresh: &Fresh, clock: Clock) -> ServiceConfig {
    ServiceConfig {
        database: fresh.url().to_owned(),
        key_file: key_file(fresh),
        files: fresh.folder().join("files").display().to_string(),
        clamav: None,
        clock,
        demo: true,
        identity: None,
        purpose: Purpose::Own,
        notices: NoticeConfig::default(),
    }
}

pub(crate) fn key_file(fresh: &Fresh) -> PathBuf {
    fresh.folder().join("jianxi.key")
}

/// Thursday of the mock-up.
pub(crate) fn morning() -> Moment {
    Moment::at("2026-11-19".parse().unwrap(), 9, 2)
}

/// Somebody on a device that nobody knows.
pub(crate) fn stranger() -> Caller {
    from(Ipv4Addr::new(192, 0, 2, 1))
}

pub(crate) fn from(source: Ipv4Addr) -> Caller {
    Caller {
        source: IpAddr::V4(source),
        device_token: None,
    }
}

/// A registration that passes; ID card and phone by number, 0 to 2.
pub(crate) fn registration(number: usize) -> RegisterForm {
    RegisterForm {
        name: "杨晓雨".to_owned(),
        id_card: ID_CARDS[number].to_owned(),
        phone: format!("1381234567{number}"),
        password: PASSWORD.to_owned(),
        kind: "graduate".to_owned(),
        school: "贵州大学".to_owned(),
        diploma_date: "2026-06-24".to_owned(),
        residence: "520115".to_owned(),
        residence_detail: "金华园街道诚信路 18 号".to_owned(),
        consent_privacy: "on".to_owned(),
        consent_sensitive: "on".to_owned(),
        ..RegisterForm::default()
    }
}

/// The sentence beside a field.
pub(crate) fn sentence<T: std::fmt::Debug>(result: Result<T, ServiceError>, field: &str) -> String {
    match result {
        Err(ServiceError::Invalid(errors)) => errors
            .of(field)
            .unwrap_or_else(|| panic!("{field}: {errors:?}"))
            .to_owned(),
        other => panic!("{other:?}"),
    }
}
