//! Requests that another site makes a person's browser send: everything except GET, HEAD and OPTIONS must come from our
//! own pages. `Sec-Fetch-Site` says so where the browser sends it, `Origin` elsewhere (plain HTTP on a local network); with
//! neither, only a request without cookies passes, which can do nothing in anybody's name.

use crate::middleware::source::Encrypted;
use crate::refusal::{refuse, refused, wants_page};
use axum::extract::Request;
use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::Response;

/// Refuses what does not come from our own pages.
pub async fn layer(request: Request, next: Next) -> Response {
    if comes_from_here(&request) {
        return next.run(request).await;
    }
    tracing::warn!("a request that did not come from our own pages");
    refuse(
        wants_page(request.headers()),
        StatusCode::FORBIDDEN,
        &refused("这个请求不是从见习通的页面发出的，为了您的安全没有处理。请打开见习通再操作一次。"),
    )
}

fn comes_from_here<B>(request: &axum::http::Request<B>) -> bool {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let headers = request.headers();
    if let Some(site) = headers.get("sec-fetch-site") {
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    match headers.get(ORIGIN) {
        Some(origin) => origin.to_str().is_ok_and(|origin| is_own(origin, request)),
        None => !headers.contains_key(COOKIE),
    }
}

/// Whether `origin` names the host that the request was sent to. Behind a proxy that does TLS the scheme may differ from
/// ours in one direction only: a page that came in clear never speaks for one that comes encrypted.
fn is_own<B>(origin: &str, request: &axum::http::Request<B>) -> bool {
    let Ok(origin) = origin.parse::<Uri>() else {
        return false;
    };
    let (Some(scheme), Some(theirs)) = (origin.scheme_str(), origin.authority()) else {
        return false;
    };
    let encrypted = request
        .extensions()
        .get::<Encrypted>()
        .is_some_and(|encrypted| encrypted.0);
    let scheme_fits = scheme == "https" || (scheme == "http" && !encrypted);
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    // HTTP/2 names the host in the request line.
    let ours = request
        .uri()
        .authority()
        .cloned()
        .or_else(|| host.and_then(|host| host.parse::<Authority>().ok()));
    scheme_fits && ours.is_some_and(|ours| same_place(scheme, theirs, &ours))
}

fn same_place(scheme: &str, theirs: &Authority, ours: &Authority) -> bool {
    let usual = if scheme == "https" { 443 } else { 80 };
    theirs.host().eq_ignore_ascii_case(ours.host())
        && theirs.port_u16().unwrap_or(usual) == ours.port_u16().unwrap_or(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(headers: &[(&str, &str)], encrypted: bool) -> bool {
        let mut request = axum::http::Request::post("/api/account/sign_in").header(HOST, "jianxi.test:3000");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(()).expect("a request");
        request.extensions_mut().insert(Encrypted(encrypted));
        comes_from_here(&request)
    }

    #[test]
    fn only_our_own_pages_may_change_anything() {
        let cookie = ("cookie", "__Host-jianxi=x");
        assert!(allowed(&[("sec-fetch-site", "same-origin"), cookie], false));
        assert!(allowed(&[("sec-fetch-site", "none"), cookie], false));
        assert!(!allowed(&[("sec-fetch-site", "same-site"), cookie], false));
        assert!(!allowed(
            &[("sec-fetch-site", "cross-site"), ("origin", "http://jianxi.test:3000")],
            false
        ));
        assert!(!allowed(&[("sec-fetch-site", "SAME-ORIGIN ")], false));
        assert!(allowed(&[("origin", "http://jianxi.test:3000"), cookie], false));
        assert!(
            allowed(&[("origin", "https://jianxi.test:3000"), cookie], false),
            "a proxy does TLS"
        );
        assert!(
            !allowed(&[("origin", "http://jianxi.test:3000"), cookie], true),
            "in clear for encrypted"
        );
        assert!(
            !allowed(&[("origin", "http://jianxi.test"), cookie], false),
            "another port"
        );
        assert!(!allowed(&[("origin", "http://evil.test:3000"), cookie], false));
        assert!(!allowed(&[("origin", "null"), cookie], false));
        assert!(!allowed(&[("origin", "")], false));
        assert!(!allowed(&[cookie], false), "neither header, but a cookie");
        assert!(allowed(&[], false), "a program without cookies");
    }
}
