//! Headers of every answer, errors and files included. A page brings its own policy with its nonce (see `page_policy`);
//! everything else gets one that runs no inline script at all.

use crate::config::TlsMode;
use crate::middleware::source::Encrypted;
use crate::state::Server;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

const REST: &str = "style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; \
    worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Everything off except the position, and that for our own pages only.
const PERMISSIONS: &str = "geolocation=(self), accelerometer=(), autoplay=(), browsing-topics=(), camera=(), \
    display-capture=(), fullscreen=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), \
    publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

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
    // Whoever brings a cookie may be signed in or have typed a form that comes back to them.
    let private = path.starts_with("/api/") || path.starts_with("/live/") || request.headers().contains_key(COOKIE);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut add = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    add(X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(REFERRER_POLICY, "same-origin");
    add(HeaderName::from_static("permissions-policy"), PERMISSIONS);
    add(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    add(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    // What is somebody's own stays in no cache of the browser, nor in its back and forward memory: the next person at this
    // device finds nothing there. The service worker keeps a trainee's pages of its own accord and drops them at sign-out.
    // Other pages are asked for again each time, but may stay in that memory.
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
