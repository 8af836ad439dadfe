//! What one request may cost: a place among those worked on, 64 KB of body, 15 seconds.

use crate::refusal::{refuse, refused, wants_page};
use crate::state::Server;
use app::api::ApiError;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::LengthLimitError;
use std::error::Error;
use std::time::Duration;

/// The largest body: every form of the product is far smaller.
pub const MAX_BODY: usize = 64 * 1024;
/// Longer than any answer should take.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// Turns a request away at once when too many are being worked on: a quick no is better than a late one. Probes always pass.
pub async fn load(State(server): State<Server>, request: Request, next: Next) -> Response {
    if matches!(request.uri().path(), "/healthz" | "/readyz") {
        return next.run(request).await;
    }
    match server.in_flight.try_acquire() {
        Ok(_place) => next.run(request).await,
        Err(_) => refuse(
            wants_page(request.headers()),
            StatusCode::SERVICE_UNAVAILABLE,
            &ApiError::Unavailable,
        ),
    }
}

/// Reads the whole body, at most [`MAX_BODY`] bytes of it, before anybody looks at it.
pub async fn body(request: Request, next: Next) -> Response {
    let page = wants_page(request.headers());
    let announced = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > MAX_BODY as u64) {
        return too_large(page);
    }
    let (parts, body) = request.into_parts();
    match to_bytes(body, MAX_BODY).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) if error.source().is_some_and(|source| source.is::<LengthLimitError>()) => too_large(page),
        // The sender went away in the middle of it; nobody reads this answer.
        Err(_) => refuse(
            page,
            StatusCode::BAD_REQUEST,
            &refused("收到的内容不完整，请检查网络后再试一次。"),
        ),
    }
}

fn too_large(page: bool) -> Response {
    refuse(
        page,
        StatusCode::PAYLOAD_TOO_LARGE,
        &refused("填写的内容太长（最多 64 KB），请缩短后再提交。"),
    )
}

/// Gives up after [`PATIENCE`]; what was begun is rolled back by being dropped. A live stream answers at once and goes on.
pub async fn time(request: Request, next: Next) -> Response {
    let page = wants_page(request.headers());
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => refuse(page, StatusCode::SERVICE_UNAVAILABLE, &ApiError::Unavailable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_does_not_come_is_given_up() {
        let router = Router::new()
            .route("/", get(std::future::pending::<&'static str>))
            .layer(from_fn(time));
        let begun = tokio::time::Instant::now();
        let request = Request::get("/").body(Body::empty()).expect("a request");
        let answer = router.oneshot(request).await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(begun.elapsed().as_secs(), PATIENCE.as_secs());
    }
}
