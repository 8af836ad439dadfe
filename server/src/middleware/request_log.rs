//! One line a request: id, method, route, status and time. Never the query, the body or a cookie. Refusals warn, faults
//! are errors. The id also goes out as `x-request-id`, and is the reference that a person can quote.

use crate::state::Server;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::{NoContext, Timestamp, Uuid};

/// The header that carries the id out.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId(pub Uuid);

/// Gives the request its id and its line in the log.
pub async fn layer(State(server): State<Server>, mut request: Request, next: Next) -> Response {
    let id = new_id(server.service.clock().now());
    request.extensions_mut().insert(RequestId(id));
    // The route, not the path: a path can hold an id of somebody's record.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("(none)", MatchedPath::as_str)
        .to_owned();
    let method = request.method().clone();
    let span = tracing::info_span!("request", %id, %method, %route);
    async move {
        #[expect(clippy::disallowed_methods, reason = "measures how long the answer took")]
        let begun = std::time::Instant::now();
        let mut response = next.run(request).await;
        let (status, took_us) = (
            response.status(),
            u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX),
        );
        let status_code = status.as_u16();
        if status.is_server_error() {
            tracing::error!(status = status_code, took_us, "failed");
        } else if status.is_client_error() {
            tracing::warn!(status = status_code, took_us, "refused");
        } else if is_quiet(&route) {
            tracing::debug!(status = status_code, took_us, "answered");
        } else {
            tracing::info!(status = status_code, took_us, "answered");
        }
        if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
            response.headers_mut().insert(HEADER, value);
        }
        response
    }
    .instrument(span)
    .await
}

/// Probes and files would drown the rest.
fn is_quiet(route: &str) -> bool {
    matches!(route, "/healthz" | "/readyz" | "(none)") || route.starts_with("/pkg/")
}

fn new_id(now: domain::Moment) -> Uuid {
    let millis = u64::try_from(now.millis()).unwrap_or(0);
    let nanos = u32::try_from(millis % 1000).unwrap_or(0) * 1_000_000;
    Uuid::new_v7(Timestamp::from_unix(NoContext, millis / 1000, nanos))
}
