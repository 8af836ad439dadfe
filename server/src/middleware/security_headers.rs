//! Headers of every answer, errors and files included. A page brings its own policy with its nonce (see `page_policy`).
//! What only documents obey goes out with documents only: it would be half a kilobyte on every file and every answer.

use crate::config::TlsMode;
use crate::middleware::source::Encrypted;
use crate::state::Server;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

const REST: &str = "style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; \
    worker-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors 'none'";

/// Everything off except the position, and that for our own pages only.
const PERMISSIONS: &str = "geolocation=(self), accelerometer=(), autoplay=(), browsing-topics=(), camera=(), \
    display-capture=(), fullscreen=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), \
    publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

/// The policy of what is no document: opened by itself it may load nothing, run nothing and be framed by nobody.
const NO_DOCUMENT: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The policy of the service worker, which asks our own server only.
pub const WORKER_POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The policy of a page whose own scripts carry `nonce`. `strict-dynamic` lets those scripts import the rest of the build,
/// `wasm-unsafe-eval` lets them compile it.
#[must_use]
pub fn page_policy(nonce: &str) -> String {
    format!("default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; {REST}")
}

/// Adds the headers that are not there yet.
pub async fn layer(State(server): State<Server>, request: Request, next: Next) -> Response {
    let encrypted = request
        .extensions()
        .get::<Encrypted>()
        .is_some_and(|encrypted| encrypted.0);
    let path = request.uri().path();
    let is_data = ["/api/", "/live/", "/files/"].iter().any(|area| path.starts_with(area)) || path == "/files";
    // Whoever brings a cookie may be signed in or have typed a form that comes back to them.
    let has_cookie = request.headers().contains_key(COOKIE);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let is_document = headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let mut add = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    add(X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(REFERRER_POLICY, "same-origin");
    add(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if is_document {
        add(HeaderName::from_static("permissions-policy"), PERMISSIONS);
        add(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    } else {
        add(CONTENT_SECURITY_POLICY, NO_DOCUMENT);
    }
    // What is somebody's own stays in no cache of the browser, nor in its back and forward memory: the next person at this
    // device finds nothing there. The service worker keeps a trainee's pages of its own accord and drops them at sign-out.
    // Other pages are asked for again each time, but may stay in that memory.
    let private = is_data || (has_cookie && is_document);
    add(CACHE_CONTROL, if private { "no-store" } else { "private, no-cache" });
    // Never for a certificate of our own: a browser that remembered it could not be talked out of it again.
    if encrypted && server.tls != TlsMode::SelfSigned {
        add(STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if !headers.contains_key(CONTENT_SECURITY_POLICY)
        && let Ok(policy) = HeaderValue::from_str(&format!("default-src 'none'; script-src 'self'; {REST}"))
    {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}
