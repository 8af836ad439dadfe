//! How a submission goes on: what was changed is written, the gateway is asked where there is one, and an agency gets the
//! case where nobody vouched.

use super::papers;
use super::person::step;
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::notice::{To, send};
use crate::review::{self, NewCase};
use crate::throttle::Attempt;
use crate::trainee::{ID_CARD, PHONE};
use crate::{account, division};
use domain::audit::AuditEvent;
use domain::identity::{IdentityChange, IdentityEvent, IdentityState};
use domain::notice::NoticeContent;
use domain::review::{CaseKind, Fact, Matter, Snapshot};
use domain::{CaseId, IdCard, Moment, PersonName, Phone, TraineeId};
use store::file::File;
use store::review::{Case, Subject};
use store::trainee::Trainee;
use store::{StoreError, Tx};

/// An automatic check that has not ended after this long was left half-way: the gateway answers within 8 seconds.
const LEFT_MS: i64 = 2 * 60_000;
/// How many of those are taken on at a time.
const AT_A_TIME: i64 = 100;

const ID_CARD_TAKEN: &str =
    "这个身份证号已经有人注册。如果是你本人的，请用那个账号登录；不是你注册的，请带身份证到当地人社部门办理";

/// What a person changes, with the try at another ID number that it is.
pub(super) struct Change {
    pub(super) change: IdentityChange,
    pub(super) attempt: Option<Attempt>,
}

/// Submits for the first time, or again after a rejection.
pub(super) async fn first(
    service: &Service,
    actor: &Actor,
    mut person: Trainee,
    change: Change,
) -> Result<IdentityState, ServiceError> {
    let automatic = service.identity_gateway().is_some();
    let mut tx = service.db().begin().await?;
    store::agency::rely(&mut tx).await?;
    write(service, &mut tx, actor, &mut person, change).await?;
    let state = step(service, &mut tx, person.id, IdentityEvent::Submit { automatic }).await?;
    let event = AuditEvent::IdentitySubmitted {
        trainee: person.id,
        automatic,
    };
    service.audit(&mut tx, actor.author(), &event).await?;
    if !automatic {
        open_case_at(service, &mut tx, actor, &person, service.now()).await?;
    }
    tx.commit().await?;
    match service.identity_gateway() {
        Some(gateway) => {
            let name = PersonName::parse(&person.name).map_err(|_| ServiceError::fault("trainee.name"))?;
            let matched = gateway.check(&name, &id_card(service, &person)?).await.verifies();
            conclude(service, actor, person.id, matched).await
        }
        None => Ok(state),
    }
}

/// Sends a returned case again. Where the address was corrected, the agency of the new one gets it.
pub(super) async fn resubmit(
    service: &Service,
    actor: &Actor,
    mut person: Trainee,
    mut case: Case,
    change: Change,
) -> Result<IdentityState, ServiceError> {
    let mut tx = service.db().begin().await?;
    write(service, &mut tx, actor, &mut person, change).await?;
    let files = papers::of(&mut tx, person.id).await?;
    let snapshot = snapshot(service, &mut tx, &person, &files).await?;
    case.subject.clone_from(&person.name);
    let mut way = None;
    if case.division != person.residence_code {
        let matter = Matter::PersonIdentity {
            residence: &person.residence_code,
        };
        let place = ("residence", person.residence_code.as_str());
        way = Some(review::redirect(service, &mut tx, &mut case, matter, place).await?);
    }
    review::resubmit(service, &mut tx, actor, case, way, &snapshot).await?;
    tx.commit().await?;
    Ok(person.identity)
}

/// Submits the identity of somebody who has just registered and consented in the form. Whatever goes wrong, the registration
/// stands and the person can submit again.
pub(crate) async fn submit_registered(service: &Service, token: &str) {
    let submitted = async {
        let actor = account::authenticate(service, token)
            .await?
            .ok_or(ServiceError::SignInNeeded)?;
        let mut tx = service.db().read().await?;
        let person = store::trainee::find(&mut tx, actor.as_trainee()?)
            .await?
            .ok_or(ServiceError::NotFound)?;
        drop(tx);
        let change = Change {
            change: IdentityChange::default(),
            attempt: None,
        };
        first(service, &actor, person, change).await
    };
    match submitted.await {
        Ok(_) => {}
        Err(ServiceError::Refused(sentence)) => {
            tracing::info!(
                sentence,
                "a new registration waits for its owner to submit the identity"
            );
        }
        Err(error) => tracing::warn!(%error, "the identity of a new registration was not submitted"),
    }
}

/// Gives automatic checks that were left half-way to an agency; answers how many. Part of [`crate::upkeep`].
///
/// # Errors
/// What the store says; the rest is done the next time.
pub(crate) async fn repair(service: &Service) -> Result<u32, ServiceError> {
    let mut tx = service.db().read().await?;
    let left = store::identity::left_checking(&mut tx, service.now().plus_millis(-LEFT_MS), AT_A_TIME).await?;
    drop(tx);
    let mut repaired = 0;
    for (trainee, account) in left {
        match conclude(service, &Actor::on_behalf_of(account, trainee), trainee, false).await {
            // Another node was quicker, or there is no agency yet: the person reads what to do.
            Ok(_) | Err(ServiceError::Refused(_) | ServiceError::Conflict(_)) => repaired += 1,
            Err(error) => return Err(error),
        }
    }
    Ok(repaired)
}

/// Ends the automatic check: verified, or the agency's turn.
async fn conclude(
    service: &Service,
    actor: &Actor,
    trainee: TraineeId,
    matched: bool,
) -> Result<IdentityState, ServiceError> {
    let mut tx = service.db().begin().await?;
    store::agency::rely(&mut tx).await?;
    let person = store::trainee::find(&mut tx, trainee)
        .await?
        .ok_or(ServiceError::NotFound)?;
    if person.identity != IdentityState::Checking {
        // The upkeep took this check for one that was left half-way.
        return Ok(person.identity);
    }
    let event = AuditEvent::IdentityChecked { trainee, matched };
    service.audit(&mut tx, actor.author(), &event).await?;
    if matched {
        let state = step(service, &mut tx, trainee, IdentityEvent::Match).await?;
        papers::let_go(service, &mut tx, trainee).await?;
        send(service, &mut tx, To::Trainee(trainee), &NoticeContent::IdentityVerified).await?;
        tx.commit().await?;
        return Ok(state);
    }
    match open_case_at(service, &mut tx, actor, &person, service.now()).await {
        Ok(_) => {
            let state = step(service, &mut tx, trainee, IdentityEvent::NoMatch).await?;
            tell_who_looks(service, &mut tx, trainee).await?;
            tx.commit().await?;
            Ok(state)
        }
        // No way was found, and nothing of a case is written.
        Err(ServiceError::Refused(sentence)) => {
            step(service, &mut tx, trainee, IdentityEvent::NoAgency).await?;
            tx.commit().await?;
            Err(ServiceError::Refused(sentence))
        }
        Err(error) => Err(error),
    }
}

/// Who looks at what the automatic check did not settle, and until when.
async fn tell_who_looks(service: &Service, tx: &mut Tx, trainee: TraineeId) -> Result<(), ServiceError> {
    let about = Subject::Trainee(trainee);
    if let Some(case) = review::standing(service, tx, CaseKind::PersonIdentity, about).await?
        && let Some(due) = case.due
    {
        let content = NoticeContent::IdentityToManual {
            agency: case.agency,
            due: due.day,
        };
        send(service, tx, To::Trainee(trainee), &content).await?;
    }
    Ok(())
}

/// Opens the case at the county of the 常住地址 (GZ 四).
pub(crate) async fn open_case_at(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    person: &Trainee,
    at: Moment,
) -> Result<CaseId, ServiceError> {
    let files = papers::of(tx, person.id).await?;
    let new = NewCase {
        kind: CaseKind::PersonIdentity,
        about: Subject::Trainee(person.id),
        subject: person.name.clone(),
        detail: person.kind.label().to_owned(),
        matter: Matter::PersonIdentity {
            residence: &person.residence_code,
        },
        division: &person.residence_code,
        snapshot: snapshot(service, tx, person, &files).await?,
    };
    review::submit_at(service, tx, actor, new, at).await
}

/// Writes what the person changes, together with the submission only. `person` is then what the database holds.
async fn write(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    person: &mut Trainee,
    Change { change, attempt }: Change,
) -> Result<(), ServiceError> {
    let before = person.clone();
    if let Some(name) = change.name {
        name.as_str().clone_into(&mut person.name);
    }
    if let Some((county, detail)) = change.residence {
        person.residence_code = county;
        person.residence_detail = detail;
    }
    if let Some(number) = change.id_card {
        let index = service.vault().id_card_index(&number);
        if index != person.id_card_index {
            person.id_card_sealed = service.vault().seal(ID_CARD, &person.id.to_string(), number.reveal())?;
            person.id_card_index = index;
        }
    }
    if *person != before {
        store::trainee::set_identifying(tx, person)
            .await
            .map_err(|error| match error {
                StoreError::Duplicate(_) => ServiceError::field("id_card", ID_CARD_TAKEN),
                other => other.into(),
            })?;
        person.version += 1;
    }
    if person.name != before.name {
        let account = store::account::find(tx, person.account)
            .await?
            .ok_or(ServiceError::NotFound)?;
        store::account::set_name(tx, &account, &person.name).await?;
    }
    if let Some(photos) = &change.photos {
        papers::hand_in(service, tx, actor, person.id, photos).await?;
    }
    if let Some(attempt) = attempt {
        attempt.succeeded(tx).await?;
    }
    Ok(())
}

/// What the agency reads. The telephone number is among it, so that it can call (GZ 二: 电话核实).
async fn snapshot(service: &Service, tx: &mut Tx, person: &Trainee, files: &[File]) -> Result<Snapshot, ServiceError> {
    let number = id_card(service, person)?;
    let phone = service
        .vault()
        .unseal(PHONE, &person.id.to_string(), &person.phone_sealed)?;
    let phone = Phone::parse(&phone).map_err(|_| ServiceError::fault("trainee.phone"))?;
    let county = division::path_name_in(tx, &person.residence_code).await?;
    let mut facts = vec![
        Fact::open("name", "姓名", &person.name),
        Fact::secret("id_card", "身份证号", number.reveal(), number.masked()),
        Fact::secret("phone", "手机号", phone.reveal(), phone.masked()),
        Fact::open("residence", "常住地址", format!("{county}{}", person.residence_detail)),
        Fact::open("kind", "身份类别", person.kind.label()),
    ];
    if let Some(school) = &person.school {
        facts.push(Fact::open("school", "毕业学校", school));
    }
    Ok(Snapshot {
        facts,
        papers: papers::facts(files),
    })
}

/// The person's ID number.
pub(super) fn id_card(service: &Service, person: &Trainee) -> Result<IdCard, ServiceError> {
    let number = service
        .vault()
        .unseal(ID_CARD, &person.id.to_string(), &person.id_card_sealed)?;
    IdCard::parse(&number).map_err(|_| ServiceError::fault("trainee.id_card"))
}
