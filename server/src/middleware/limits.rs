//! What one request may cost: a place among those worked on, 64 KB of body, 15 seconds. A chunk of an uploaded file may be
//! larger and, on a slow network, take longer; how many of them at once, says [`super::places`].

use super::places::{Full, IDLE, Place, Places};
use crate::refusal::{refuse, refused, status_of, wants_page};
use crate::signed_in::signed_in;
use crate::state::Server;
use app::api::{ApiError, Rush};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use futures::StreamExt;
use http_body_util::LengthLimitError;
use std::error::Error;
use std::time::Duration;

/// The largest body: every form of the product is far smaller.
pub const MAX_BODY: usize = 64 * 1024;
/// The largest chunk of an uploaded file.
pub const MAX_CHUNK: usize = domain::file::MAX_CHUNK as usize;
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
static PLACES: Places = Places::new();

/// Whether the request carries a chunk of an uploaded file.
fn is_chunk(request: &Request) -> bool {
    request.method() == Method::PATCH && request.uri().path().starts_with("/files/")
}

/// Why a body was not read.
enum Unread {
    /// There is more of it than may be.
    TooLarge,
    /// The sender went away in the middle of it.
    Gone,
    /// Its place went to another chunk of the same account.
    GivenUp,
}

/// Reads the whole body, at most [`MAX_BODY`] bytes of it ([`MAX_CHUNK`] of a chunk), before anybody looks at it. Only who is
/// signed in takes one of the places for chunks, which may last.
pub async fn body(State(server): State<Server>, request: Request, next: Next) -> Response {
    let page = wants_page(request.headers());
    let (most, mut place) = if is_chunk(&request) {
        let place = match signed_in(&server, request.headers()).await {
            Ok((_, actor)) => PLACES.take(actor.account()).map_err(no_place),
            Err(error) => Err(error),
        };
        match place {
            Ok(place) => (MAX_CHUNK, Some(place)),
            Err(error) => return refuse(page, status_of(&error), &error),
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
    let read = match &mut place {
        Some(place) => chunk(body, place).await,
        None => form(body).await,
    };
    match read {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(Unread::TooLarge) => too_large(page, most),
        // Nobody reads this answer.
        Err(Unread::Gone) => refuse(
            page,
            StatusCode::BAD_REQUEST,
            &refused("收到的内容不完整，请检查网络后再试一次。"),
        ),
        Err(Unread::GivenUp) => refuse(page, StatusCode::SERVICE_UNAVAILABLE, &ApiError::Unavailable),
    }
}

async fn form(body: Body) -> Result<Bytes, Unread> {
    to_bytes(body, MAX_BODY).await.map_err(|error| {
        if error.source().is_some_and(|source| source.is::<LengthLimitError>()) {
            Unread::TooLarge
        } else {
            Unread::Gone
        }
    })
}

async fn chunk(body: Body, place: &mut Place<'_>) -> Result<Bytes, Unread> {
    let mut arriving = body.into_data_stream();
    let mut bytes = Vec::new();
    loop {
        let piece = tokio::select! {
            piece = arriving.next() => piece,
            () = place.given_up() => return Err(Unread::GivenUp),
        };
        match piece {
            None => break,
            Some(Err(_)) => return Err(Unread::Gone),
            Some(Ok(piece)) if bytes.len() + piece.len() > MAX_CHUNK => return Err(Unread::TooLarge),
            Some(Ok(piece)) => bytes.extend_from_slice(&piece),
        }
        place.heard();
    }
    place.whole();
    Ok(bytes.into())
}

const fn no_place(full: Full) -> ApiError {
    match full {
        Full::Own => ApiError::TooMany {
            retry_after_s: IDLE.as_secs(),
            of: Rush::Uploads,
        },
        Full::All => ApiError::Unavailable,
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
