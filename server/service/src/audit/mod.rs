//! The audit log as auditors and admins read it: pages within their reach, the check of the whole chain, files. Reading the log
//! is itself logged.

mod export;
mod readable;

pub use export::{Export, Format, export};

use crate::account::{login_index, normalise};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::AgencyId;
use domain::agency::AgencyLevel;
use domain::audit::{AuditEvent, AuditFilter, AuditLook, AuditPage, AuditQuery, ChainVerdict};
use store::Tx;
use store::audit::{ChainCheck, ChainPart, ChainPlace};
use store::audit_page::{Reader, SeenEvent};

/// Events on one page of the screen.
const PAGE: i64 = 50;
/// The first window of positions that is looked through, and by how much the next one is wider.
const FIRST_WINDOW: i64 = 2_048;
const WIDER: i64 = 4;
/// How many positions one request looks through when no index narrows the search; the page then says how to go on.
const PATIENCE: i64 = 50_000;
/// Events of the chain that one request checks.
pub(crate) const CHAIN_PART: i64 = 10_000;
/// Under which name a place in the chain is sealed.
const CHAIN: &str = "audit_chain";

/// One page, newest first; `before` is where the page before ended.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an auditor or admin, [`ServiceError::Invalid`] for the filter.
pub async fn page(
    service: &Service,
    actor: &Actor,
    filter: &AuditFilter,
    before: Option<i64>,
) -> Result<AuditPage, ServiceError> {
    let agency = actor.as_audit_reader()?;
    let query = filter.check()?;
    let mut tx = service.db().read().await?;
    let reader = reader(&mut tx, agency).await?;
    let (events, next) = seek(service, &mut tx, reader, &query, before, PAGE, PATIENCE).await?;
    let lines = readable::lines(&mut tx, reader, &events).await?;
    let acts = store::audit_page::acts(&mut tx).await?;
    drop(tx);
    log(service, actor, AuditLook::Page, lines.len()).await?;
    Ok(AuditPage {
        lines,
        next,
        acts: acts
            .into_iter()
            .map(|(act, event)| {
                let label = readable::label(&act, &event);
                (act, label)
            })
            .collect(),
    })
}

/// Recomputes the chain, whoever's the events are: [`CHAIN_PART`] events in a request, so that a log of any length is
/// checked. `resume` is what the part before answered, empty for the first. The end of the check is logged.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an auditor or admin, [`ServiceError::Refused`] for a `resume` that was
/// not made for them.
pub async fn verify(service: &Service, actor: &Actor, resume: &str) -> Result<ChainVerdict, ServiceError> {
    actor.as_audit_reader()?;
    let from = if resume.is_empty() {
        ChainPlace::default()
    } else {
        reopen(service, actor, resume)
            .ok_or_else(|| ServiceError::Refused("核验没有接上，请从头核验一次。".to_owned()))?
    };
    let mut tx = service.db().read().await?;
    let check = store::audit::check_chain_after(&mut tx, from, CHAIN_PART).await?;
    drop(tx);
    let (verdict, checked) = match check {
        ChainPart::SoFar { place, of } => {
            let resume = seal(service, actor, &place)?;
            let checked = place.seq;
            return Ok(ChainVerdict::SoFar { checked, of, resume });
        }
        ChainPart::Done(ChainCheck::Whole(events)) => (ChainVerdict::Whole { events }, events),
        ChainPart::Done(ChainCheck::Broken(seq)) => {
            tracing::error!(seq, "the audit chain is broken");
            (ChainVerdict::Broken { seq }, seq)
        }
    };
    let checked = usize::try_from(checked).unwrap_or_default();
    log(service, actor, AuditLook::Chain, checked).await?;
    Ok(verdict)
}

/// A place in the chain for the actor alone: what somebody else wrote would count as checked.
fn seal(service: &Service, actor: &Actor, place: &ChainPlace) -> Result<String, ServiceError> {
    let text = format!("{} {}", place.seq, place.hash);
    Ok(service.vault().seal(CHAIN, &actor.account().to_string(), &text)?)
}

fn reopen(service: &Service, actor: &Actor, sealed: &str) -> Option<ChainPlace> {
    let text = service
        .vault()
        .unseal(CHAIN, &actor.account().to_string(), sealed)
        .ok()?;
    let (seq, hash) = text.split_once(' ')?;
    Some(ChainPlace {
        seq: seq.parse().ok()?,
        hash: hash.to_owned(),
    })
}

async fn log(service: &Service, actor: &Actor, how: AuditLook, events: usize) -> Result<(), ServiceError> {
    let events = u32::try_from(events).unwrap_or(u32::MAX);
    let mut tx = service.db().begin().await?;
    let event = AuditEvent::AuditRead { how, events };
    service.audit(&mut tx, actor.author(), &event).await?;
    tx.commit().await?;
    Ok(())
}

/// What the system did is nobody's region: provinces read it.
async fn reader(tx: &mut Tx, agency: AgencyId) -> Result<Reader, ServiceError> {
    let directory = store::agency::directory(tx).await?;
    let level = directory.get(agency).map(|agency| agency.level);
    Ok(Reader {
        agency,
        system: level == Some(AgencyLevel::Province),
    })
}

/// Looks from window to window until the page is full, the log ends or the patience does. Answers where to go on.
async fn seek(
    service: &Service,
    tx: &mut Tx,
    reader: Reader,
    query: &AuditQuery,
    before: Option<i64>,
    wanted: i64,
    patience: i64,
) -> Result<(Vec<SeenEvent>, Option<i64>), ServiceError> {
    let Some((first, last)) = store::audit_page::bounds(&mut *tx, query).await? else {
        return Ok((Vec::new(), None));
    };
    let index = query
        .who
        .as_deref()
        .map(|who| login_index(service, &normalise(who)))
        .unwrap_or_default();
    // These have an index of their own, so that wide windows cost nothing.
    let narrow = query.act.is_some() || query.who.is_some();
    let mut upper = before.map_or(last, |before| last.min(before.saturating_sub(1)));
    let (mut size, mut looked) = (FIRST_WINDOW, 0);
    let mut found: Vec<SeenEvent> = Vec::new();
    while upper >= first && (narrow || looked < patience) {
        let lower = first.max(upper.saturating_sub(size - 1));
        let missing = wanted - i64::try_from(found.len()).unwrap_or(wanted);
        let events = store::audit_page::window(&mut *tx, reader, query, &index, (lower, upper), missing).await?;
        let full = i64::try_from(events.len()).unwrap_or(wanted) >= missing;
        found.extend(events);
        if full {
            let end = found.last().map_or(lower, |event| event.seq);
            return Ok((found, (end > first).then_some(end)));
        }
        looked += upper - lower + 1;
        upper = lower - 1;
        size = size.saturating_mul(WIDER);
    }
    Ok((found, (upper >= first).then_some(upper + 1)))
}
