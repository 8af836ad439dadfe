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
use axum::handler::Handler;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, any, on};
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
    own_routes()
        .into_iter()
        .fold(Router::new(), |router, own| router.route(own.path, own.handler))
        .leptos_routes_with_context(&server, generate_route_list(App), page_context(&server), move || {
            shell(options.clone())
        })
        .route("/api/{*endpoint}", any(no_such_endpoint))
        .fallback(files::other)
        .layer(around)
        .with_state(server)
}

/// A route that is neither a page nor a server function.
pub struct OwnRoute {
    /// By which method.
    pub method: MethodFilter,
    /// Its path.
    pub path: &'static str,
    handler: MethodRouter<Server>,
}

/// Every route that is neither a page nor a server function, one line for each method. The permission matrix reads it too.
#[must_use]
pub fn own_routes() -> Vec<OwnRoute> {
    use MethodFilter as M;
    vec![
        own(M::GET, "/healthz", health::alive),
        own(M::GET, "/readyz", health::ready),
        own(M::GET, "/live/board", live::board),
        own(M::POST, "/files", uploads::begin),
        own(M::GET, "/files/{id}", uploads::original),
        own(M::PATCH, "/files/{id}", uploads::append),
        own(M::DELETE, "/files/{id}", uploads::remove),
        own(M::GET, "/files/{id}/progress", uploads::progress),
        own(M::GET, "/files/{id}/thumbnail", uploads::thumbnail),
        own(M::GET, "/export/audit", export::audit),
        own(M::GET, "/service-worker.js", service_worker::serve),
        own(M::GET, "/pkg/{*file}", files::build),
    ]
}

fn own<H: Handler<T, Server>, T: 'static>(method: MethodFilter, path: &'static str, handler: H) -> OwnRoute {
    OwnRoute {
        method,
        path,
        handler: on(method, handler),
    }
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
