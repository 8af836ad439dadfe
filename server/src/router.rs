//! Which handler answers which address, and what every request passes through on the way.

use crate::middleware::{csrf, limits, panic, plain_form, request_log, security_headers, source};
use crate::refusal::{refuse, wants_page};
use crate::state::Server;
use crate::{export, files, health, live, service_worker, uploads};
use app::App;
use app::api::ApiError;
use app::shell::shell;
use axum::Router;
use axum::extract::Request;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{any, get, post};
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list};
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate, SizeAbove};

/// What a network carries in one piece beside its own headers and ours, bytes.
const ONE_PACKET: u16 = 800;

/// The whole server as one service. Needs a tokio runtime: the app's routes are found by running it once.
pub fn router(server: Server) -> Router {
    let options = server.leptos.clone();
    let around = ServiceBuilder::new()
        .layer(from_fn_with_state(server.clone(), source::layer))
        .layer(from_fn_with_state(server.clone(), request_log::layer))
        .layer(from_fn_with_state(server.clone(), security_headers::layer))
        .layer(from_fn(panic::layer))
        .layer(from_fn_with_state(server.clone(), limits::load))
        // Pages are compressed as they are made, so quickly; files were compressed thoroughly by the build. What fits into
        // one packet gains nothing by it.
        .layer(
            CompressionLayer::new()
                .br(true)
                .gzip(true)
                .quality(CompressionLevel::Precise(4))
                .compress_when(
                    DefaultPredicate::new()
                        .and(SizeAbove::new(ONE_PACKET))
                        .and(NotForContentType::const_new("application/pdf")),
                ),
        )
        .layer(from_fn(csrf::layer))
        .layer(from_fn(limits::time))
        .layer(from_fn_with_state(server.clone(), limits::body))
        .layer(from_fn(plain_form::layer));
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/live/board", get(live::board))
        .route("/files", post(uploads::begin))
        .route(
            "/files/{id}",
            get(uploads::original).patch(uploads::append).delete(uploads::remove),
        )
        .route("/files/{id}/progress", get(uploads::progress))
        .route("/files/{id}/thumbnail", get(uploads::thumbnail))
        .route("/export/audit", get(export::audit))
        .route("/service-worker.js", get(service_worker::serve))
        .route("/pkg/{*file}", get(files::build))
        .leptos_routes_with_context(&server, generate_route_list(App), page_context(&server), move || {
            shell(options.clone())
        })
        .route("/api/{*endpoint}", any(no_such_endpoint))
        .fallback(files::other)
        .layer(around)
        .with_state(server)
}

/// What pages and server functions find in their context. A page also gets its policy, because only here its nonce is known.
pub(crate) fn page_context(server: &Server) -> impl Fn() + Clone + Send + Sync + 'static {
    let service = server.service.clone();
    move || {
        provide_context(service.clone());
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = HeaderValue::from_str(&security_headers::page_policy(&nonce))
        {
            response.insert_header(CONTENT_SECURITY_POLICY, policy);
        }
    }
}

async fn no_such_endpoint(request: Request) -> Response {
    refuse(
        wants_page(request.headers()),
        StatusCode::NOT_FOUND,
        &ApiError::NotFound,
    )
}
