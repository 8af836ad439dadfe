//! What one request may cost: a place among those worked on, 64 KB of body, 15 seconds. A chunk of an uploaded file may be
//! larger and, on a slow network, take longer; only so many of them at once, because each is in memory.

use crate::refusal::{refuse, refused, status_of, wants_page};
use crate::signed_in::signed_in;
use crate::state::Server;
use app::api::ApiError;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::LengthLimitError;
use std::error::Error;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The largest body: every form of the product is far smaller.
pub const MAX_BODY: usize = 64 * 1024;
/// The largest chunk of an uploaded file.
pub const MAX_CHUNK: usize = domain::file::MAX_CHUNK as usize;
/// Chunks that are received at once.
const CHUNKS: usize = 64;
/// How long a chunk may take: 512 KB at 10 KB a second.
pub const CHUNK_PATIENCE: Duration = Duration::from_secs(60);
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

/// Places for chunks of uploaded files.
static PLACES: Semaphore = Semaphore::const_new(CHUNKS);

/// Whether the request carries a chunk of an uploaded file.
fn is_chunk(request: &Request) -> bool {
    request.method() == Method::PATCH && request.uri().path().starts_with("/files/")
}

/// Reads the whole body, at most [`MAX_BODY`] bytes of it ([`MAX_CHUNK`] of a chunk), before anybody looks at it. Only who is
/// signed in takes one of the places for chunks, which may last.
pub async fn body(State(server): State<Server>, request: Request, next: Next) -> Response {
    let page = wants_page(request.headers());
    let (most, _place) = if is_chunk(&request) {
        if let Err(error) = signed_in(&server, request.headers()).await {
            return refuse(page, status_of(&error), &error);
        }
        match PLACES.try_acquire() {
            Ok(place) => (MAX_CHUNK, Some(place)),
            Err(_) => return refuse(page, StatusCode::SERVICE_UNAVAILABLE, &ApiError::Unavailable),
        }
    } else {
        (MAX_BODY, None)
    };
    let announced = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > most as u64) {
        return too_large(page, most);
    }
    let (parts, body) = request.into_parts();
    match to_bytes(body, most).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) if error.source().is_some_and(|source| source.is::<LengthLimitError>()) => too_large(page, most),
        // The sender went away in the middle of it; nobody reads this answer.
        Err(_) => refuse(
            page,
            StatusCode::BAD_REQUEST,
            &refused("收到的内容不完整，请检查网络后再试一次。"),
        ),
    }
}

fn too_large(page: bool, most: usize) -> Response {
    let sentence = if most == MAX_BODY {
        "填写的内容太长（最多 64 KB），请缩短后再提交。"
    } else {
        "一次传来的一段文件太长（最多 512 KB），请刷新页面后重新上传。"
    };
    refuse(page, StatusCode::PAYLOAD_TOO_LARGE, &refused(sentence))
}

/// Gives up after [`PATIENCE`] ([`CHUNK_PATIENCE`] for a chunk); what was begun is rolled back by being dropped. A live
/// stream answers at once and goes on.
pub async fn time(request: Request, next: Next) -> Response {
    let page = wants_page(request.headers());
    let patience = if is_chunk(&request) { CHUNK_PATIENCE } else { PATIENCE };
    match tokio::time::timeout(patience, next.run(request)).await {
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
