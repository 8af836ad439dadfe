//! Headers of every kind of answer (architecture.md §6).

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use server::config::TlsMode;
use support::{HASHED, Wishes, start, start_with};

#[tokio::test]
async fn every_kind_of_answer_carries_the_security_headers() {
    let running = start().await;
    let answers = [
        ("page", running.get("/sign-in").await),
        ("missing page", running.get("/no-such-page").await),
        ("file", running.get(HASHED).await),
        ("missing file", running.get("/pkg/none.js").await),
        ("icon", running.get("/icons/icon.svg").await),
        ("worker", running.get("/service-worker.js").await),
        ("probe", running.get("/healthz").await),
        ("read", running.get("/api/account/viewer").await),
        ("missing endpoint", running.post("/api/no/such", &[], "").await),
        (
            "refused",
            running
                .post("/api/account/sign_out", &[("sec-fetch-site", "cross-site")], "")
                .await,
        ),
        (
            "too large",
            running
                .post("/api/account/sign_in", &[("content-length", "70000")], "")
                .await,
        ),
        ("live", running.get("/live/board").await),
    ];
    for (what, answer) in &answers {
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{what}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{what}");
        let policy = answer.header("content-security-policy");
        for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(policy.contains(part), "{what}: {policy}");
        }
        let is_document = answer.header("content-type").starts_with("text/html");
        assert!(is_document || !what.contains("page"), "{what}");
        if is_document {
            assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{what}");
            assert!(
                answer.header("permissions-policy").starts_with("geolocation=(self), "),
                "{what}"
            );
            for part in ["form-action 'self'", "style-src 'self'", "connect-src 'self'"] {
                assert!(policy.contains(part), "{what}: {policy}");
            }
        } else {
            assert!(policy.contains("form-action 'none'"), "{what}: {policy}");
        }
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{what}: {policy}"
        );
        assert_eq!(answer.header("x-request-id").len(), 36, "{what}");
        assert!(answer.headers.contains_key("cache-control"), "{what}");
        assert!(
            !answer.headers.contains_key("strict-transport-security"),
            "{what}: not over TLS"
        );
    }
}

#[tokio::test]
async fn a_pages_policy_names_the_nonce_of_its_scripts_and_a_new_one_each_time() {
    let running = start().await;
    let first = running.get("/sign-in").await;
    assert_eq!(first.status, StatusCode::OK);
    let nonce = first
        .header("content-security-policy")
        .split_once("'nonce-")
        .and_then(|(_, rest)| rest.split_once('\''))
        .expect("a nonce")
        .0
        .to_owned();
    assert!(
        first
            .header("content-security-policy")
            .contains("'strict-dynamic' 'wasm-unsafe-eval'")
    );
    let html = first.text();
    let scripts = html.matches("<script").count();
    assert!(scripts >= 1);
    assert_eq!(
        html.matches(&format!("nonce=\"{nonce}\"")).count(),
        scripts,
        "every script carries the nonce"
    );
    assert_eq!(html.matches("</script>").count(), scripts, "no script tag lost");
    assert!(
        !html.contains(" style=\"") && !html.contains(" onclick=") && !html.contains(" onload="),
        "nothing inline"
    );
    assert!(
        !running
            .get("/sign-in")
            .await
            .header("content-security-policy")
            .contains(&nonce)
    );
}

#[tokio::test]
async fn a_page_that_does_not_exist_is_the_apps_own_with_its_own_nonce() {
    let running = start().await;
    let missing = running.get("/no-such-page").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.text().contains("没有这个页面"));
    assert!(missing.header("content-security-policy").contains("'nonce-"));
    assert_eq!(missing.header("cache-control"), "private, no-cache");
}

#[tokio::test]
async fn pages_are_asked_for_again_and_answers_of_the_api_are_never_kept() {
    let running = start().await;
    assert_eq!(
        running.get("/sign-in").await.header("cache-control"),
        "private, no-cache"
    );
    assert_eq!(
        running.get("/api/account/viewer").await.header("cache-control"),
        "no-store"
    );
    assert_eq!(running.get("/live/board").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_page_for_somebody_stays_in_no_cache() {
    let running = start().await;
    for cookie in ["__Host-jianxi=x", "__Host-jianxi-draft=x"] {
        let request = Request::get("/sign-in")
            .header("host", "jianxi.test")
            .header("accept", "text/html")
            .header("cookie", cookie);
        let page = running.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(page.header("cache-control"), "no-store", "{cookie}");
        let file = Request::get(HASHED).header("cookie", cookie);
        let file = running.send(file.body(Body::empty()).expect("a request")).await;
        assert!(
            file.header("cache-control").contains("immutable"),
            "files of the build are nobody's own"
        );
    }
}

#[tokio::test]
async fn pages_travel_compressed() {
    let running = start().await;
    for (accepts, encoding) in [("br, gzip", "br"), ("gzip", "gzip"), ("identity", "")] {
        let request = Request::get("/sign-in")
            .header("host", "jianxi.test")
            .header("accept-encoding", accepts);
        let answer = running.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.header("content-encoding"), encoding);
    }
}

#[tokio::test]
async fn browsers_are_told_to_stay_with_https_only_where_it_is_https() {
    let direct = start_with(Wishes {
        tls: TlsMode::Files,
        ..Wishes::default()
    })
    .await;
    assert_eq!(
        direct.get("/sign-in").await.header("strict-transport-security"),
        "max-age=31536000"
    );

    let own = start_with(Wishes {
        tls: TlsMode::SelfSigned,
        ..Wishes::default()
    })
    .await;
    assert_eq!(
        own.get("/sign-in").await.header("strict-transport-security"),
        "",
        "a certificate of our own"
    );

    let forwarded = || {
        Request::get("/sign-in")
            .header("host", "jianxi.test")
            .header("x-forwarded-proto", "https")
            .body(Body::empty())
            .expect("a request")
    };
    let behind = start_with(Wishes {
        trust_proxy: true,
        ..Wishes::default()
    })
    .await;
    assert_eq!(
        behind.send(forwarded()).await.header("strict-transport-security"),
        "max-age=31536000"
    );
    let alone = start().await;
    assert_eq!(
        alone.send(forwarded()).await.header("strict-transport-security"),
        "",
        "nobody's word without --trust-proxy"
    );
}
