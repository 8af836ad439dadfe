//! Files of the site: for ever when their name carries their hash, for a day otherwise, never when they are not there.

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use support::{HASHED, start};

#[tokio::test]
async fn files_of_the_build_are_kept_for_ever_and_sent_as_the_build_compressed_them() {
    let running = start().await;
    for (accepts, encoding, body) in [
        ("gzip, br", "br", "br of the build"),
        ("gzip", "gzip", "gz of the build"),
        ("", "", "export default 1;"),
    ] {
        let request = Request::get(HASHED)
            .header("accept-encoding", accepts)
            .body(Body::empty())
            .expect("a request");
        let answer = running.send(request).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-encoding"), encoding);
        assert_eq!(answer.text(), body);
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(answer.header("content-type"), "text/javascript");
        assert!(answer.header("vary").contains("accept-encoding"));
    }
}

#[tokio::test]
async fn icons_and_manifest_are_kept_for_a_day() {
    let running = start().await;
    for path in ["/icons/icon.svg", "/manifest.webmanifest", "/offline.html"] {
        let answer = running.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("cache-control"), "public, max-age=86400", "{path}");
    }
    assert_eq!(
        running.get("/manifest.webmanifest").await.header("content-type"),
        "application/manifest+json"
    );
}

#[tokio::test]
async fn a_missing_file_of_the_build_is_not_kept() {
    let running = start().await;
    let answer = running.get("/pkg/jianxi.AAAAAAAAAAAAAAAAAAAAAA.js").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(!answer.header("cache-control").contains("max-age"));
}

#[tokio::test]
async fn nothing_outside_the_site_is_served() {
    let running = start().await;
    for path in [
        "/pkg/../../jianxi.key",
        "/..%2fjianxi.key",
        "/%2e%2e/jianxi.key",
        "/pkg/%2e%2e%2f%2e%2e%2fjianxi.db",
        "//etc/passwd",
        "/pkg/%00",
    ] {
        let answer = running.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_worker_knows_the_files_of_the_build_and_is_asked_for_each_time() {
    let running = start().await;
    let answer = running.get("/service-worker.js").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("cache-control"), "no-cache");
    assert_eq!(answer.header("service-worker-allowed"), "/");
    assert_eq!(answer.header("content-type"), "text/javascript; charset=utf-8");
    let worker = answer.text();
    assert!(worker.starts_with("const BUILD = {\"version\":\""), "{worker}");
    assert!(worker.contains(HASHED) && worker.contains("/offline.html"), "{worker}");
    assert!(!worker.contains("__BUILD__") && !worker.contains(".br\""), "{worker}");
}
