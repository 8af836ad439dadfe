//! Sites of the operator's own host: list, add, change.

use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::host::must_be_verified;
use domain::audit::AuditEvent;
use domain::site::{NewSite, SiteChoice, SiteForm, SitePoint, SiteView};
use domain::{HostId, Meters, SiteId};
use store::site::{Site, SiteInUse};
use store::{StoreError, Tx};

/// Check-ins drawn on a site's sketch.
const SKETCH_POINTS: i64 = 20;

/// All sites of the operator's host, with the last check-ins around each. The look at positions is logged.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an operator.
pub async fn list(service: &Service, actor: &Actor) -> Result<Vec<SiteView>, ServiceError> {
    let host = actor.as_operator()?;
    let mut tx = service.db().begin().await?;
    let mut views = Vec::new();
    for site in store::site::of_host(&mut tx, host).await? {
        views.push(view(service, actor, &mut tx, host, site).await?);
    }
    tx.commit().await?;
    Ok(views)
}

/// The names of the operator's sites, to choose one. No position is shown, so no look is logged.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an operator.
pub async fn choices(service: &Service, actor: &Actor) -> Result<Vec<SiteChoice>, ServiceError> {
    let host = actor.as_operator()?;
    let mut tx = service.db().begin().await?;
    let sites = store::site::of_host(&mut tx, host).await?;
    tx.commit().await?;
    Ok(sites
        .into_iter()
        .map(|used| SiteChoice {
            id: used.site.id,
            name: used.site.name,
        })
        .collect())
}

/// One site of the operator's host.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is no site of this host.
pub async fn get(service: &Service, actor: &Actor, id: SiteId) -> Result<SiteView, ServiceError> {
    let host = actor.as_operator()?;
    let mut tx = service.db().begin().await?;
    let site = store::site::find(&mut tx, host, id)
        .await?
        .ok_or(ServiceError::NotFound)?;
    let view = view(service, actor, &mut tx, host, site).await?;
    tx.commit().await?;
    Ok(view)
}

/// Adds a site.
///
/// # Errors
/// [`ServiceError::Refused`] before the host's identity is verified,
/// [`ServiceError::Invalid`] for what is wrong with the form, also when the host has a site of that name.
pub async fn add(service: &Service, actor: &Actor, form: SiteForm) -> Result<SiteId, ServiceError> {
    let host = actor.as_operator()?;
    let id = SiteId::new(service.new_id());
    let mut tx = service.db().begin().await?;
    must_be_verified(&mut tx, host).await?;
    let new = checked(service, &mut tx, host, &form).await?;
    let site = Site {
        id,
        host,
        name: new.name,
        centre: new.centre,
        radius: new.radius,
        datum: new.datum,
        entered: new.entered,
        version: 1,
    };
    store::site::insert(&mut tx, &site, service.now())
        .await
        .map_err(name_taken)?;
    service
        .audit(
            &mut tx,
            actor.author(),
            &AuditEvent::SiteAdded {
                host,
                site: id,
                radius_m: whole_metres(site.radius),
                datum: site.datum,
            },
        )
        .await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes a site; past check-ins keep the verdict that they were given.
///
/// # Errors
/// [`ServiceError::Conflict`] when somebody changed it meanwhile, [`ServiceError::NotFound`] for another host's site,
/// [`ServiceError::Invalid`] for what is wrong with the form.
pub async fn change(
    service: &Service,
    actor: &Actor,
    id: SiteId,
    version: i64,
    form: SiteForm,
) -> Result<(), ServiceError> {
    let host = actor.as_operator()?;
    let mut tx = service.db().begin().await?;
    must_be_verified(&mut tx, host).await?;
    let new = checked(service, &mut tx, host, &form).await?;
    let before = store::site::find(&mut tx, host, id)
        .await?
        .ok_or(ServiceError::NotFound)?
        .site;
    let site = Site {
        id,
        host,
        name: new.name,
        centre: new.centre,
        radius: new.radius,
        datum: new.datum,
        entered: new.entered,
        version,
    };
    store::site::update(&mut tx, &site).await.map_err(name_taken)?;
    service
        .audit(
            &mut tx,
            actor.author(),
            &AuditEvent::SiteChanged {
                site: id,
                radius_m: whole_metres(site.radius),
                datum: site.datum,
                moved: site.centre != before.centre,
            },
        )
        .await?;
    tx.commit().await?;
    Ok(())
}

/// The form by the rules of the host's division, as the browser checked it.
async fn checked(service: &Service, tx: &mut Tx, host: HostId, form: &SiteForm) -> Result<NewSite, ServiceError> {
    let host = store::host::find(tx, host).await?.ok_or(ServiceError::NotFound)?;
    Ok(form.check(&service.rules().pack(&host.division_code, service.now().day()))?)
}

fn name_taken(error: StoreError) -> ServiceError {
    match error {
        StoreError::Duplicate(_) => ServiceError::field("name", "这个名称已经用过了，请换一个名称。"),
        other => other.into(),
    }
}

/// The view of a site. Positions of people are part of it, so each look is logged (`domain.md` §6).
async fn view(
    service: &Service,
    actor: &Actor,
    tx: &mut Tx,
    host: HostId,
    used: SiteInUse,
) -> Result<SiteView, ServiceError> {
    let near = store::site::recent_check_ins(&mut *tx, host, used.site.id, SKETCH_POINTS).await?;
    if !near.is_empty() {
        let check_ins = near.iter().map(|point| point.check_in).collect();
        service
            .audit(&mut *tx, actor.author(), &AuditEvent::PositionLookedAt { check_ins })
            .await?;
    }
    let recent = near
        .into_iter()
        .map(|point| SitePoint {
            name: point.name,
            at: point.at,
            position: point.position,
            accuracy: point.accuracy,
            verdict: point.verdict,
        })
        .collect();
    Ok(SiteView {
        id: used.site.id,
        name: used.site.name,
        centre: used.site.centre,
        radius: used.site.radius,
        datum: used.site.datum,
        entered: Some(used.site.entered).filter(|entered| !entered.is_empty()),
        people: u32::try_from(used.people).unwrap_or(u32::MAX),
        version: used.site.version,
        recent,
    })
}

/// The fence of a stored site.
pub(crate) const fn fence(site: &Site) -> domain::attendance::Fence {
    domain::attendance::Fence {
        centre: site.centre,
        radius: site.radius,
    }
}

fn whole_metres(radius: Meters) -> u32 {
    u32::try_from(radius.to_cm() / 100).unwrap_or(u32::MAX)
}

/// Rounds a distance to whole metres for screens: the last centimetres say nothing and tempt to read too much.
pub(crate) fn shown(distance: Meters) -> Meters {
    Meters::new(distance.value().round()).unwrap_or(distance)
}
