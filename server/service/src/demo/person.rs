//! The people of the demo: accounts and trainees, sealed like everybody's.

use super::chance::Chance;
use super::place::{Host, Province};
use crate::account::{Totp, login_index, sealed};
use crate::context::Service;
use crate::error::ServiceError;
use crate::trainee::{ID_CARD, PHONE};
use domain::account::Role;
use domain::audit::AuditEvent;
use domain::identity::IdentityState;
use domain::trainee::TraineeKind;
use domain::value::add_days;
use domain::{AccountId, AgencyId, Day, HostId, Moment, PersonName, Phone, TraineeId};
use store::Tx;
use store::account::{Account, DemoSecret};
use store::trainee::Trainee;

/// The demo's two passwords with one hash each: hashing some ninety times would only cost time.
pub(super) struct Passwords {
    trainee: (&'static str, String),
    staff: (&'static str, String),
}

impl Passwords {
    pub(super) async fn hash(service: &Service) -> Result<Self, ServiceError> {
        const TRAINEE: &str = "qingshan-lushui-2026";
        const STAFF: &str = "kanban-dengni-lai-88";
        Ok(Self {
            trainee: (TRAINEE, service.passwords().hash(TRAINEE.to_owned()).await?),
            staff: (STAFF, service.passwords().hash(STAFF.to_owned()).await?),
        })
    }
}

/// A staff member to be made.
pub(super) struct Staff<'a> {
    pub(super) role: Role,
    pub(super) name: &'a str,
    pub(super) login: String,
    pub(super) host: Option<HostId>,
    pub(super) agency: Option<AgencyId>,
    /// What the sign-in page says; `None` keeps the account off that page.
    pub(super) note: Option<&'a str>,
    pub(super) at: Moment,
}

/// A trainee to be made.
pub(super) struct Person<'a> {
    pub(super) name: Option<&'a str>,
    /// Counts within the host, for variety.
    pub(super) number: usize,
    pub(super) note: Option<&'static str>,
    pub(super) at: Moment,
}

/// A trainee who was made, as an internship needs them.
pub(super) struct Registered {
    pub(super) account: AccountId,
    pub(super) id: TraineeId,
    pub(super) name: PersonName,
    pub(super) phone: Phone,
}

pub(super) async fn staff(
    service: &Service,
    tx: &mut Tx,
    chance: &mut Chance,
    passwords: &Passwords,
    staff: Staff<'_>,
) -> Result<AccountId, ServiceError> {
    let id = AccountId::new(chance.id(staff.at));
    let totp = Totp::from_bytes(chance.secret(), &staff.login)?;
    let (password, hash) = &passwords.staff;
    let account = Account {
        id,
        role: staff.role,
        name: PersonName::parse(staff.name)
            .map_err(ServiceError::fault)?
            .as_str()
            .to_owned(),
        login_index: login_index(service, &staff.login),
        login_sealed: service.vault().seal(sealed::LOGIN, &id.to_string(), &staff.login)?,
        password_hash: hash.clone(),
        totp_sealed: Some(service.vault().seal(sealed::TOTP, &id.to_string(), &totp.secret())?),
        totp_last_step: 0,
        host: staff.host,
        agency: staff.agency,
        disabled: false,
        demo: staff.note.map(|note| secret(password, note)),
        created_at: staff.at,
        version: 1,
    };
    store::account::insert(&mut *tx, &account).await?;
    let event = AuditEvent::AccountCreated {
        account: id,
        role: staff.role,
    };
    service.audit(tx, crate::account::SYSTEM, &event).await?;
    Ok(id)
}

pub(super) async fn trainee(
    service: &Service,
    tx: &mut Tx,
    chance: &mut Chance,
    passwords: &Passwords,
    (province, host): (&Province, &Host),
    person: Person<'_>,
) -> Result<Registered, ServiceError> {
    let name = chance.name(person.name, province)?;
    let phone = chance.phone()?;
    let kind = kind(host, person.number);
    let birth = birth(chance, kind, person.at.day());
    let id_card = chance.id_card(province, birth)?;
    let account_id = AccountId::new(chance.id(person.at));
    let id = TraineeId::new(chance.id(person.at));
    let vault = service.vault();
    let (password, hash) = &passwords.trainee;
    let account = Account {
        id: account_id,
        role: Role::Trainee,
        name: name.as_str().to_owned(),
        login_index: login_index(service, phone.reveal()),
        login_sealed: vault.seal(sealed::LOGIN, &account_id.to_string(), phone.reveal())?,
        password_hash: hash.clone(),
        totp_sealed: None,
        totp_last_step: 0,
        host: None,
        agency: None,
        disabled: false,
        demo: person.note.map(|note| secret(password, note)),
        created_at: person.at,
        version: 1,
    };
    let school = match kind {
        TraineeKind::Graduate => chance.one_of(province.schools),
        TraineeKind::VocationalGraduate => Some("石阡县中等职业学校"),
        TraineeKind::UnemployedYouth => None,
    };
    let trainee = Trainee {
        id,
        account: account_id,
        name: name.as_str().to_owned(),
        id_card_index: vault.id_card_index(&id_card),
        id_card_sealed: vault.seal(ID_CARD, &id.to_string(), id_card.reveal())?,
        phone_index: vault.phone_index(&phone),
        phone_sealed: vault.seal(PHONE, &id.to_string(), phone.reveal())?,
        kind,
        school: school.map(str::to_owned),
        kind_date: kind_date(chance, kind, person.at.day()),
        residence_code: host.home.0.to_owned(),
        residence_detail: host.home.1.to_owned(),
        identity: IdentityState::Verified,
        identity_at: Some(person.at),
        consent_privacy_at: person.at,
        consent_sensitive_at: Some(person.at),
        created_at: person.at,
        version: 1,
    };
    store::account::insert(&mut *tx, &account).await?;
    store::trainee::insert(tx, &trainee).await?;
    Ok(Registered {
        account: account_id,
        id,
        name,
        phone,
    })
}

fn secret(password: &str, note: &str) -> DemoSecret {
    DemoSecret {
        password: password.to_owned(),
        note: note.to_owned(),
    }
}

/// Mostly graduates; vocational graduates only where the county admits them (SQ: 石阡).
fn kind(host: &Host, number: usize) -> TraineeKind {
    match number % 5 {
        2 if host.division == "520623" => TraineeKind::VocationalGraduate,
        3 => TraineeKind::UnemployedYouth,
        _ => TraineeKind::Graduate,
    }
}

fn birth(chance: &mut Chance, kind: TraineeKind, registered: Day) -> Day {
    let years = match kind {
        TraineeKind::Graduate => chance.between(22, 24),
        TraineeKind::VocationalGraduate => chance.between(18, 20),
        TraineeKind::UnemployedYouth => chance.between(18, 23),
    };
    add_days(registered, -365 * years - chance.between(20, 330))
}

/// The last summer's diploma before the registration, or an unemployment registration a few weeks before it.
fn kind_date(chance: &mut Chance, kind: TraineeKind, registered: Day) -> Day {
    match kind {
        TraineeKind::Graduate | TraineeKind::VocationalGraduate => {
            let year = if registered.month() >= 7 {
                registered.year()
            } else {
                registered.year() - 1
            };
            Day::new(year, 6, 20).map_or(registered, |summer| add_days(summer, chance.between(0, 9)))
        }
        TraineeKind::UnemployedYouth => add_days(registered, -chance.between(15, 80)),
    }
}
