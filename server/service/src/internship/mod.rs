//! Internships: a host takes on a person met offline, the person reads the terms and answers, the last day ends it.
//! Posts and applications will feed the same `internship` later, by way of [`offer`]'s insert.

mod answer;

pub(crate) use answer::offers;
pub use answer::{confirm, decline, offer_view};

use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::host::must_be_verified;
use domain::audit::AuditEvent;
use domain::host::HostStanding;
use domain::internship::{InternshipEvent, InternshipRefusal, InternshipState, OfferForm, RosterEntry};
use domain::rulepack::RulePack;
use domain::{HostId, InternshipId, SiteId};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::internship::Internship;
use store::review::Subject;
use store::{StoreError, Tx};

/// The host enters a person met offline; the person sees it under 今天. What is answered to the host never tells whether
/// the number is registered. The same id with the same content is answered again.
///
/// # Errors
/// [`ServiceError::Refused`] while the host is not certified, [`ServiceError::Invalid`] for what is wrong with the form,
/// [`ServiceError::Conflict`] when the id was used for other content, or for an offer that is over.
pub async fn offer(service: &Service, actor: &Actor, form: OfferForm) -> Result<InternshipId, ServiceError> {
    let host_id = actor.as_operator()?;
    let now = service.now();
    let mut tx = service.db().begin().await?;
    store::identity::hold(&mut tx, Subject::Host(host_id)).await?;
    let host = store::host::find(&mut tx, host_id)
        .await?
        .ok_or(ServiceError::NotFound)?;
    must_be_verified(&mut tx, host_id).await?;
    match host.standing {
        HostStanding::Certified => {}
        HostStanding::Uncertified => {
            return Err(ServiceError::Refused(
                "本单位还没有通过见习单位认证，暂时不能接收见习人员。请先在“单位资料”里完成认证。".to_owned(),
            ));
        }
        HostStanding::Closed => {
            return Err(ServiceError::Refused(
                "本单位已被清退或取消见习资格，不能再接收见习人员。原因和可以重新申请的日期见“单位资料”。".to_owned(),
            ));
        }
    }
    let new = form.check(now.day(), &service.rules().pack(&host.division_code, now.day()))?;
    let site = store::site::find(&mut tx, host_id, new.site)
        .await?
        .ok_or_else(|| ServiceError::field("site", "请选择本单位的签到地点。"))?;
    let id = new.id;
    let internship = Internship {
        id,
        host: host_id,
        host_name: host.name,
        host_division: host.division_code,
        trainee: None,
        name: new.name.as_str().to_owned(),
        phone_index: service.vault().phone_index(&new.phone),
        phone_sealed: service.vault().seal_internship_phone(id, &new.phone)?,
        post: new.post,
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        allowance: new.allowance,
        state: InternshipState::Offered,
        decline_reason: None,
        offered_by: actor.account(),
        offered_at: now,
        answered_at: None,
        version: 1,
    };
    if let Some(stands) = store::internship::find_of_host(&mut tx, host_id, id).await? {
        return again(&mut tx, &stands, &internship, site.site.id).await;
    }
    match store::internship::insert(&mut tx, &internship, &[site.site.id]).await {
        // Sent twice at once, or somebody else's id.
        Err(StoreError::Duplicate(_)) => {
            drop(tx);
            let mut tx = service.db().read().await?;
            let stands = store::internship::find_of_host(&mut tx, host_id, id).await?;
            return again(&mut tx, &stands.ok_or_else(reused_id)?, &internship, site.site.id).await;
        }
        inserted => inserted?,
    }
    let event = AuditEvent::OfferMade {
        internship: id,
        host: host_id,
        site: site.site.id,
        starts_on: internship.starts_on,
        ends_on: internship.ends_on,
        allowance: internship.allowance,
    };
    service.audit(&mut tx, actor.author(), &event).await?;
    tx.commit().await?;
    Ok(id)
}

/// Answers an offer whose id stands already: the same one sent again is no other.
async fn again(
    tx: &mut Tx,
    stands: &Internship,
    sent: &Internship,
    site: SiteId,
) -> Result<InternshipId, ServiceError> {
    let content = |one: &Internship| {
        (
            (one.name.clone(), one.phone_index.clone(), one.post.clone()),
            (one.starts_on, one.ends_on, one.allowance),
        )
    };
    let sites = store::site::allowed(tx, &[stands.id]).await?;
    if content(stands) != content(sent) || !sites.iter().map(|(_, allowed)| allowed.id).eq([site]) {
        return Err(reused_id());
    }
    match stands.state {
        InternshipState::Offered | InternshipState::Active | InternshipState::Ended => Ok(stands.id),
        InternshipState::Declined | InternshipState::Withdrawn => Err(ServiceError::Conflict(
            "这份邀请已经录入过，后来被撤回或谢绝了。要再邀请一次，请再点一次“录入”。".to_owned(),
        )),
    }
}

fn reused_id() -> ServiceError {
    ServiceError::Conflict(
        "刚才已经录入过一次，内容和现在填的不一样，原来的邀请没有改动。请先看“见习人员”：原来的有误就撤回它，再点一次“录入”。"
            .to_owned(),
    )
}

/// The rules by which the forms of the operator's host are checked, in the browser as here.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an operator.
pub async fn host_rules(service: &Service, actor: &Actor) -> Result<RulePack, ServiceError> {
    let mut tx = service.db().read().await?;
    let host = store::host::find(&mut tx, actor.as_operator()?)
        .await?
        .ok_or(ServiceError::NotFound)?;
    let rules = service.rules().pack(&host.division_code, service.now().day());
    Ok(Arc::unwrap_or_clone(rules))
}

/// The roster of the operator's host, newest first.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an operator.
pub async fn roster(service: &Service, actor: &Actor) -> Result<Vec<RosterEntry>, ServiceError> {
    let host = actor.as_operator()?;
    let mut tx = service.db().read().await?;
    let mut sites: BTreeMap<InternshipId, Vec<String>> = BTreeMap::new();
    for (internship, name) in store::internship::site_names(&mut tx, host).await? {
        sites.entry(internship).or_default().push(name);
    }
    let people = store::internship::of_host(&mut tx, host).await?;
    people
        .into_iter()
        .map(|internship| {
            let phone = service
                .vault()
                .internship_phone(internship.id, &internship.phone_sealed)?;
            Ok(RosterEntry {
                id: internship.id,
                name: internship.name,
                phone: phone.masked(),
                post: internship.post,
                sites: sites.remove(&internship.id).unwrap_or_default(),
                starts_on: internship.starts_on,
                ends_on: internship.ends_on,
                allowance: internship.allowance,
                state: internship.state,
                decline_reason: internship.decline_reason,
                version: internship.version,
            })
        })
        .collect()
}

/// The host takes an offer back that was not answered.
///
/// # Errors
/// [`ServiceError::Refused`] once it was answered, [`ServiceError::Conflict`] when it moved on meanwhile.
pub async fn withdraw(service: &Service, actor: &Actor, id: InternshipId, version: i64) -> Result<(), ServiceError> {
    let host = actor.as_operator()?;
    let mut tx = service.db().begin().await?;
    let found = store::internship::find_of_host(&mut tx, host, id)
        .await?
        .ok_or(ServiceError::NotFound)?;
    let state = found.state.step(InternshipEvent::Withdraw).map_err(refused)?;
    store::internship::save_state(
        &mut tx,
        &Internship {
            state,
            version,
            ..found
        },
    )
    .await?;
    service
        .audit(&mut tx, actor.author(), &AuditEvent::OfferWithdrawn { internship: id })
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Takes back every offer of a host that may take nobody on any more, in the transaction of the act that closes it; whether
/// there was any.
pub(crate) async fn withdraw_all(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    host: HostId,
) -> Result<bool, ServiceError> {
    store::identity::hold(tx, Subject::Host(host)).await?;
    let mut withdrawn = Vec::new();
    for offer in store::internship::of_host(tx, host).await? {
        if offer.state != InternshipState::Offered {
            continue;
        }
        let id = offer.id;
        let state = offer.state.step(InternshipEvent::Withdraw).map_err(refused)?;
        store::internship::save_state(tx, &Internship { state, ..offer }).await?;
        withdrawn.push(id);
    }
    // The log last: who answers an offer holds its row when they come to it.
    for internship in &withdrawn {
        service
            .audit(
                tx,
                actor.author(),
                &AuditEvent::OfferWithdrawn {
                    internship: *internship,
                },
            )
            .await?;
    }
    if !withdrawn.is_empty() {
        store::live::announce(tx, host).await?;
    }
    Ok(!withdrawn.is_empty())
}

fn refused(refusal: InternshipRefusal) -> ServiceError {
    ServiceError::Refused(refusal.label().to_owned())
}

/// Ends every active internship whose last day has passed; the server calls this at start and regularly. Several nodes may
/// do it at once: the row version lets each end once.
///
/// # Errors
/// What the store says; what was ended before stays ended.
pub async fn end_past(service: &Service) -> Result<u32, ServiceError> {
    let today = service.now().day();
    let mut tx = service.db().read().await?;
    let past = store::internship::active_past(&mut tx, today).await?;
    drop(tx);
    let mut ended = 0;
    for internship in past {
        let event = InternshipEvent::Expire {
            today,
            ends_on: internship.ends_on,
        };
        let state = internship.state.step(event).map_err(refused)?;
        let mut tx = service.db().begin().await?;
        let (id, host) = (internship.id, internship.host);
        match store::internship::save_state(&mut tx, &Internship { state, ..internship }).await {
            Ok(()) => {}
            Err(StoreError::Conflict) => continue,
            Err(other) => return Err(other.into()),
        }
        let system = store::audit::Author {
            account: None,
            role: "system",
        };
        service
            .audit(&mut tx, system, &AuditEvent::InternshipEnded { internship: id })
            .await?;
        store::live::announce(&mut tx, host).await?;
        tx.commit().await?;
        service.hub().committed(host);
        ended += 1;
    }
    Ok(ended)
}
