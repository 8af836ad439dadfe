//! Files of the site: the build under `/pkg/` for ever, everything else for a day; already compressed where the build did
//! that. What is no file is the app's page for what does not exist.

use crate::refusal::{refuse, wants_page};
use crate::router::page_context;
use crate::site::is_named_by_hash;
use crate::state::Server;
use app::api::ApiError;
use app::shell::shell;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, VARY};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use leptos_axum::ErrorHandler;
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// A file of the build.
pub async fn build(State(server): State<Server>, request: Request) -> Response {
    let keep = if is_named_by_hash(request.uri().path()) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let page = wants_page(request.headers());
    match file(&server, request, keep).await {
        Some(response) => response,
        // Never kept: during an update the file may come.
        None => refuse(page, StatusCode::NOT_FOUND, &ApiError::NotFound),
    }
}

/// Any other file, or the app's page for what does not exist.
pub async fn other(State(server): State<Server>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return refuse(
            wants_page(request.headers()),
            StatusCode::NOT_FOUND,
            &ApiError::NotFound,
        );
    }
    let (parts, _) = request.into_parts();
    let looked_for = Request::from_parts(parts.clone(), Body::empty());
    if let Some(response) = file(&server, looked_for, "public, max-age=86400").await {
        return response;
    }
    let missing = ErrorHandler::new_with_context(page_context(&server), shell, server.leptos.clone());
    match missing.oneshot(Request::from_parts(parts, Body::empty())).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// The file that the request names; `None` when there is none.
async fn file(server: &Server, request: Request, keep: &'static str) -> Option<Response> {
    let folder = ServeDir::new(&*server.leptos.site_root)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    let mut response = folder.oneshot(request).await.ok()?.into_response();
    if response.status() == StatusCode::NOT_FOUND
        || response.status().is_redirection() && response.status() != StatusCode::NOT_MODIFIED
    {
        return None;
    }
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    response
        .headers_mut()
        .entry(VARY)
        .or_insert(HeaderValue::from(ACCEPT_ENCODING));
    Some(response)
}
