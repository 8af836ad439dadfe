//! Trainees: registration in one transaction with account and session, the own page, the consent that can be taken back.

use crate::account::{know_device, login_index, open_session, sealed};
use crate::actor::{Actor, Caller, NewSession};
use crate::context::Service;
use crate::division;
use crate::error::ServiceError;
use crate::identity;
use crate::throttle::{self, Try};
use domain::account::Role;
use domain::audit::AuditEvent;
use domain::identity::IdentityState;
use domain::trainee::{MeView, NewTrainee, RegisterForm};
use domain::{AccountId, FieldErrors, IdCard, Phone, TraineeId};
use store::account::Account;
use store::audit::{Act, Author};
use store::review::Subject;
use store::session::Stage;
use store::trainee::Trainee;
use store::{StoreError, Tx};

const ID_CARD_TAKEN: &str =
    "这个身份证号已经注册过。请直接用注册时的手机号登录；忘记密码，或者不是你本人注册的，请带身份证到当地人社部门办理";
const PHONE_TAKEN: &str =
    "这个手机号已经注册过。请直接用它登录；忘记密码，或者不是你本人注册的，请带身份证到当地人社部门办理";

/// Registers a person: checks again what the browser checked, then makes account, record and session at once. At the end
/// their 实名认证 is submitted; whatever becomes of that, the registration stands.
///
/// # Errors
/// [`ServiceError::Invalid`] with a sentence per field, also when the ID or mobile number is registered already.
pub async fn register(service: &Service, form: RegisterForm, caller: &Caller) -> Result<NewSession, ServiceError> {
    let now = service.now();
    let new = form.check(now.day(), &service.rules().pack(form.residence.trim(), now.day()))?;
    let mut tx = service.db().read().await?;
    if !division::is_leaf(&mut tx, &new.residence, now.day()).await? {
        return Err(ServiceError::field(
            "residence",
            "没有这个行政区划，请重新选择常住地址，选到县（市、区）",
        ));
    }
    drop(tx);
    service
        .passwords()
        .check_strength("password", form.password.clone(), known_words(&new))
        .await?;
    let attempt = throttle::attempt(service, Try::Registration, None, None, Some(caller.source)).await?;
    let (id_card_index, phone_index) = (
        service.vault().id_card_index(&new.id_card),
        service.vault().phone_index(&new.phone),
    );
    let mut tx = service.db().read().await?;
    let mut taken = store::trainee::taken(&mut tx, &id_card_index, &phone_index).await?;
    drop(tx);
    if taken == (false, false) {
        let hash = service.passwords().hash(form.password.clone()).await?;
        let mut tx = service.db().begin().await?;
        match insert(service, &mut tx, &new, form.consents_to_position(), hash).await {
            Ok(account) => {
                let device_token = know_device(service, &mut tx, account, caller).await?;
                let token = open_session(service, &mut tx, account, Role::Trainee, Stage::SignedIn).await?;
                tx.commit().await?;
                identity::submit_registered(service, &token).await;
                return Ok(NewSession {
                    token,
                    device_token,
                    role: Role::Trainee,
                });
            }
            // Two registrations at once: the database let the other one in.
            Err(StoreError::Duplicate(_)) => {
                drop(tx);
                let mut tx = service.db().read().await?;
                taken = store::trainee::taken(&mut tx, &id_card_index, &phone_index).await?;
                taken.1 |= !taken.0;
            }
            Err(other) => return Err(other.into()),
        }
    }
    let mut tx = service.db().begin().await?;
    attempt.failed(service, &mut tx).await?;
    tx.commit().await?;
    let mut errors = FieldErrors::default();
    if taken.0 {
        errors.push("id_card", ID_CARD_TAKEN);
    }
    if taken.1 {
        errors.push("phone", PHONE_TAKEN);
    }
    Err(ServiceError::Invalid(errors))
}

/// The trainee's own data, secrets masked.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is a trainee.
pub async fn me(service: &Service, actor: &Actor) -> Result<MeView, ServiceError> {
    let id = actor.as_trainee()?;
    let mut tx = service.db().read().await?;
    let trainee = store::trainee::find(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let residence = division::path_name_in(&mut tx, &trainee.residence_code).await?;
    let returned = identity::case::is_returned(&mut tx, Subject::Trainee(id), trainee.identity).await?;
    drop(tx);
    let row = id.to_string();
    let id_card = service.vault().unseal(ID_CARD, &row, &trainee.id_card_sealed)?;
    let phone = service.vault().unseal(PHONE, &row, &trainee.phone_sealed)?;
    Ok(MeView {
        name: trainee.name,
        id_card: IdCard::parse(&id_card)
            .map_err(|_| ServiceError::fault("trainee.id_card"))?
            .masked(),
        phone: Phone::parse(&phone)
            .map_err(|_| ServiceError::fault("trainee.phone"))?
            .masked(),
        kind: trainee.kind,
        school: trainee.school,
        kind_date: trainee.kind_date,
        identity: trainee.identity,
        returned,
        residence: format!("{residence}{}", trainee.residence_detail),
        consented_position: trainee.consent_sensitive_at.is_some(),
    })
}

/// Gives the consent for position and bank data, or takes it back.
///
/// # Errors
/// [`ServiceError::Conflict`] when two taps came at once.
pub async fn set_sensitive_consent(service: &Service, actor: &Actor, given: bool) -> Result<(), ServiceError> {
    let id = actor.as_trainee()?;
    let mut tx = service.db().begin().await?;
    let trainee = store::trainee::find(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    if trainee.consent_sensitive_at.is_some() == given {
        return Ok(());
    }
    store::trainee::set_sensitive_consent(&mut tx, &trainee, given.then(|| service.now())).await?;
    let event = AuditEvent::ConsentChanged {
        trainee: id,
        consented_position: given,
    };
    service.audit(&mut tx, actor.author(), &event).await?;
    tx.commit().await?;
    Ok(())
}

/// Purposes under which a trainee's numbers are sealed.
pub(crate) const ID_CARD: &str = "trainee.id_card";
pub(crate) const PHONE: &str = "trainee.phone";

/// Account, record and audit event.
async fn insert(
    service: &Service,
    tx: &mut Tx,
    new: &NewTrainee,
    consented_position: bool,
    password_hash: String,
) -> Result<AccountId, StoreError> {
    let now = service.now();
    let account_id = AccountId::new(service.new_id());
    let trainee_id = TraineeId::new(service.new_id());
    let (account_row, row) = (account_id.to_string(), trainee_id.to_string());
    let seal = |purpose: &str, row: &str, plain: &str| {
        service
            .vault()
            .seal(purpose, row, plain)
            .map_err(|_| StoreError::Damaged("sealed number"))
    };
    let account = Account {
        id: account_id,
        role: Role::Trainee,
        name: new.name.as_str().to_owned(),
        login_index: login_index(service, new.phone.reveal()),
        login_sealed: seal(sealed::LOGIN, &account_row, new.phone.reveal())?,
        password_hash,
        totp_sealed: None,
        totp_last_step: 0,
        host: None,
        agency: None,
        disabled: false,
        demo: None,
        created_at: now,
        version: 1,
    };
    let trainee = Trainee {
        id: trainee_id,
        account: account_id,
        name: new.name.as_str().to_owned(),
        id_card_index: service.vault().id_card_index(&new.id_card),
        id_card_sealed: seal(ID_CARD, &row, new.id_card.reveal())?,
        phone_index: service.vault().phone_index(&new.phone),
        phone_sealed: seal(PHONE, &row, new.phone.reveal())?,
        kind: new.kind,
        school: new.school.clone(),
        kind_date: new.kind_date,
        residence_code: new.residence.clone(),
        residence_detail: new.residence_detail.clone(),
        identity: IdentityState::Unverified,
        identity_at: None,
        consent_privacy_at: now,
        consent_sensitive_at: consented_position.then_some(now),
        created_at: now,
        version: 1,
    };
    store::account::insert(&mut *tx, &account).await?;
    store::trainee::insert(&mut *tx, &trainee).await?;
    let event = AuditEvent::Registered {
        account: account_id,
        trainee: trainee_id,
        kind: new.kind,
        consented_position,
    };
    let author = Author {
        account: Some(account_id),
        role: Role::Trainee.code(),
    };
    let act = Act { at: now, author, event };
    store::audit::append(tx, &[act]).await.map(|()| account_id)
}

/// What a password must not be made of.
fn known_words(new: &NewTrainee) -> Vec<String> {
    let birth = new.id_card.birth().to_string();
    let mut words = vec![
        new.name.as_str().to_owned(),
        new.phone.reveal().to_owned(),
        new.id_card.reveal().to_owned(),
        birth.replace('-', ""),
        birth,
    ];
    words.extend(new.school.clone());
    words
}
