//! A panic ends one request, not the server: the person gets a reference, the log has the place under it.

use crate::middleware::request_log::RequestId;
use crate::refusal::{refuse, wants_page};
use app::api::ApiError;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use futures::FutureExt;
use std::panic::AssertUnwindSafe;

/// Answers 500 where the rest panics.
pub async fn layer(request: Request, next: Next) -> Response {
    let page = wants_page(request.headers());
    let reference =
        request.extensions().get::<RequestId>().map(|RequestId(id)| id.to_string()).unwrap_or_default();
    // What the panicking request held is dropped with it; shared state is behind locks that do not stay poisoned.
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => refuse(page, StatusCode::INTERNAL_SERVER_ERROR, &ApiError::Internal { reference }),
    }
}
