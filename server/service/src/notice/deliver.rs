//! Sending what was noted for sending: a job of [`crate::upkeep`], so one node at a time. A node that dies between sending
//! and noting it sends that one again; the gateway knows a text message by its id, and a browser replaces the same notice.

use super::subscribe::SUBSCRIPTION;
use crate::context::Service;
use crate::error::ServiceError;
use crate::outbound::OutboundError;
use crate::trainee;
use domain::Phone;
use domain::notice::PushForm;
use http::StatusCode;
use store::notice::{Channel, Due, Outcome, Sealed};
use tokio::task::JoinSet;

const MINUTE: i64 = 60_000;
/// Sent at the same time.
const TOGETHER: i64 = 16;
/// Rounds of one run; even if each took as long as it may, the run would end within its lease.
const ROUNDS: usize = 60;
/// Failed tries after which a delivery is given up.
pub(crate) const MOST_TRIES: i64 = 6;
/// Older news stays in the inbox only.
const STALE: u64 = 2 * 24 * 60 * MINUTE.unsigned_abs();

/// Sends what is due.
///
/// # Errors
/// What the store says; what was sent before stays noted.
pub(crate) async fn deliver(service: &Service) -> Result<(), ServiceError> {
    for channel in service.channels().open_ones() {
        for _ in 0..ROUNDS {
            let mut tx = service.db().read().await?;
            let due = store::notice::due(&mut tx, channel, service.now(), TOGETHER).await?;
            drop(tx);
            if due.is_empty() {
                break;
            }
            send_together(service, channel, due).await?;
        }
    }
    Ok(())
}

async fn send_together(service: &Service, channel: Channel, due: Vec<Due>) -> Result<(), ServiceError> {
    let mut sending = JoinSet::new();
    for due in due {
        let service = service.clone();
        sending.spawn(async move { (send(&service, channel, &due).await, due) });
    }
    let mut tries = Vec::new();
    while let Some(tried) = sending.join_next().await {
        tries.push(tried.map_err(ServiceError::fault)?);
    }
    let mut tx = service.db().begin().await?;
    for (tried, due) in &tries {
        if tried.gone {
            store::notice::forget(&mut tx, due.account, &due.target).await?;
        }
        store::notice::settle(&mut tx, channel, due, tried.outcome).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What became of one try.
struct Tried {
    outcome: Outcome,
    /// The push service says that nobody listens there any more (RFC 8030, 7.3).
    gone: bool,
}

async fn send(service: &Service, channel: Channel, due: &Due) -> Tried {
    let settled = |outcome| Tried { outcome, gone: false };
    let Some(sealed) = &due.sealed else {
        return settled(Outcome::Dropped);
    };
    let now = service.now();
    if now.apart(due.at) > STALE {
        return settled(Outcome::GivenUp);
    }
    let title = due
        .content
        .as_ref()
        .map_or_else(|| "有一条新消息".to_owned(), domain::notice::NoticeContent::title);
    let sent = match channel {
        Channel::Sms => send_sms(service, due, sealed, &title).await,
        Channel::Push => send_push(service, due, sealed, &title).await,
    };
    match sent {
        Ok(()) => settled(Outcome::Sent),
        Err(OutboundError::Refused(StatusCode::NOT_FOUND | StatusCode::GONE)) if channel == Channel::Push => Tried {
            outcome: Outcome::Dropped,
            gone: true,
        },
        Err(OutboundError::Unsendable(_)) => settled(Outcome::GivenUp),
        // It was not tried: the other system is left alone for a while.
        Err(OutboundError::Open) => settled(Outcome::Again {
            tries: due.tries,
            at: now.plus_millis(MINUTE),
        }),
        Err(
            error @ (OutboundError::Refused(_)
            | OutboundError::Unreachable(_)
            | OutboundError::TimedOut
            | OutboundError::BadAnswer(_)),
        ) => settled(after_failure(due, now, &error)),
    }
}

/// Again after 1, 4, 16, 64 and 256 minutes, then never.
fn after_failure(due: &Due, now: domain::Moment, error: &OutboundError) -> Outcome {
    let tries = due.tries + 1;
    if tries >= MOST_TRIES {
        tracing::warn!(notice = %due.notice, %error, "a delivery was given up; the notice stays in the inbox");
        return Outcome::GivenUp;
    }
    let pause = MINUTE << (2 * due.tries.clamp(0, MOST_TRIES));
    Outcome::Again {
        tries,
        at: now.plus_millis(pause),
    }
}

async fn send_sms(service: &Service, due: &Due, sealed: &Sealed, title: &str) -> Result<(), OutboundError> {
    const CLOSED: OutboundError = OutboundError::Unsendable("its number does not open");
    let sms = service.channels().sms.as_ref().ok_or(OutboundError::Open)?;
    let number = service.vault().unseal(trainee::PHONE, &sealed.row, &sealed.value);
    let phone = Phone::parse(&number.map_err(|_| CLOSED)?).map_err(|_| CLOSED)?;
    sms.send(due.notice, &phone, title).await
}

async fn send_push(service: &Service, due: &Due, sealed: &Sealed, title: &str) -> Result<(), OutboundError> {
    const CLOSED: OutboundError = OutboundError::Unsendable("its subscription does not open");
    let push = service.channels().push.as_ref().ok_or(OutboundError::Open)?;
    let text = service.vault().unseal(SUBSCRIPTION, &sealed.row, &sealed.value);
    let form: PushForm = serde_json::from_str(&text.map_err(|_| CLOSED)?).map_err(|_| CLOSED)?;
    push.send(due.notice, &form, title, service.now()).await
}
