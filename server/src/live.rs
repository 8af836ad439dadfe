//! `/live/board`: tells an operator's browser that the host's board changed, as server-sent events without content; the
//! browser then reads the board again with its own permission. Ends with the session and with the server.

use crate::refusal::{refuse, status_of};
use crate::signed_in::signed_in;
use crate::state::Server;
use app::api::ApiError;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures::Stream;
use service::live::Subscription;
use std::convert::Infallible;
use std::time::Duration;

/// How often a silent stream says that it lives and looks whether its session still does.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Opens the stream for an operator; everybody else gets the error as JSON.
pub async fn board(State(server): State<Server>, headers: HeaderMap) -> Response {
    match open(&server, &headers).await {
        Ok((token, subscription)) => {
            let mut response = Sse::new(events(server, token, subscription)).into_response();
            let headers = response.headers_mut();
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            // nginx would otherwise hold events back until its buffer is full.
            headers.insert(
                HeaderName::from_static("x-accel-buffering"),
                HeaderValue::from_static("no"),
            );
            response
        }
        Err(error) => refuse(false, status_of(&error), &error),
    }
}

async fn open(server: &Server, headers: &HeaderMap) -> Result<(String, Subscription), ApiError> {
    let (token, actor) = signed_in(server, headers).await?;
    let subscription = service::live::subscribe(&server.service, &actor)?;
    Ok((token, subscription))
}

/// One event at once, so that what changed while the browser was away is read too; then one for each change.
fn events(
    server: Server,
    token: String,
    mut subscription: Subscription,
) -> impl Stream<Item = Result<Event, Infallible>> + Send + 'static {
    async_stream::stream! {
        let mut heartbeat = tokio::time::interval(HEARTBEAT);
        heartbeat.reset();
        yield Ok(changed().retry(Duration::from_secs(3)));
        loop {
            tokio::select! {
                open = subscription.changed() => {
                    if !open {
                        break;
                    }
                    yield Ok(changed());
                }
                _ = heartbeat.tick() => {
                    // A check that fails closes, too: the browser comes back by itself.
                    if !matches!(service::account::is_signed_in(&server.service, &token).await, Ok(true)) {
                        break;
                    }
                    yield Ok(Event::default().comment("still here"));
                }
                () = server.shutdown.begun() => break,
            }
        }
    }
}

/// Browsers drop an event without data, so it carries one meaningless byte.
fn changed() -> Event {
    Event::default().event("changed").data("1")
}
