//! What no page of ours sends: forged, oversized, broken. Each gets a clear 4xx with a sentence and changes nothing.

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use support::{Answer, Running, Wishes, start, start_with};

async fn sign_in(running: &Running, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::post("/api/account/sign_in")
        .header("host", "jianxi.test")
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    running
        .send(
            request
                .body(Body::from("login=13800000000&password=wrong-password"))
                .expect("a request"),
        )
        .await
}

#[tokio::test]
async fn a_request_from_another_site_is_refused_before_anybody_reads_it() {
    let running = start().await;
    let cookie = ("cookie", "__Host-jianxi=x");
    let forged: [&[(&str, &str)]; 6] = [
        &[("sec-fetch-site", "cross-site"), cookie],
        &[("sec-fetch-site", "same-site"), cookie],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "http://jianxi.test"),
            cookie,
        ],
        &[("origin", "http://evil.test"), cookie],
        &[("origin", "null"), cookie],
        &[cookie],
    ];
    for headers in forged {
        let answer = sign_in(&running, headers).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert!(answer.text().contains("不是从见习通的页面发出的"), "{}", answer.text());
    }
    let own: [&[(&str, &str)]; 4] = [
        &[("sec-fetch-site", "same-origin"), cookie],
        &[("sec-fetch-site", "none"), cookie],
        &[("origin", "http://jianxi.test"), cookie],
        &[],
    ];
    for headers in own {
        let answer = sign_in(&running, headers).await;
        assert_ne!(answer.status, StatusCode::FORBIDDEN, "{headers:?}: {}", answer.text());
        assert!(answer.status.is_client_error(), "{headers:?}: {}", answer.status);
    }
}

#[tokio::test]
async fn a_person_sees_the_refusal_as_a_page() {
    let running = start().await;
    let request = Request::post("/api/account/sign_out")
        .header("host", "jianxi.test")
        .header("accept", "text/html")
        .header("sec-fetch-site", "cross-site");
    let page = running.send(request.body(Body::empty()).expect("a request")).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.text().contains("<p>这个请求不是"));
}

#[tokio::test]
async fn a_body_over_64_kilobytes_is_refused_announced_or_not() {
    let running = start().await;
    let large = format!("login={}", "a".repeat(70_000));
    let announced = running
        .post("/api/account/sign_in", &[("content-length", "70006")], large.clone())
        .await;
    assert_eq!(announced.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(announced.text().contains("\"Refused\""), "{}", announced.text());
    assert!(announced.text().contains("64 KB"));

    let pieces = futures::stream::iter((0..70).map(|_| Ok::<_, std::io::Error>("a".repeat(1000))));
    let streamed = running
        .post("/api/account/sign_in", &[], Body::from_stream(pieces))
        .await;
    assert_eq!(streamed.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn broken_cookies_are_no_cookies() {
    let running = start().await;
    let long = format!("__Host-jianxi={}", "x".repeat(20_000));
    let cookies: [&[u8]; 8] = [
        b"__Host-jianxi=",
        b"__Host-jianxi",
        b"=;=;;;",
        b"__Host-jianxi=\xff\xfe\x80",
        b"__Host-jianxi=%00%ff; __Host-jianxi=second",
        "__Host-jianxi=令牌; __Host-jianxi-draft=草稿".as_bytes(),
        b"__Host-jianxi-draft=../../etc/passwd; __Host-jianxi-device='; drop table session; --",
        long.as_bytes(),
    ];
    for cookie in cookies {
        for path in [
            "/sign-in",
            "/today",
            "/host",
            "/register?plain=1",
            "/register/host?plain=1",
            "/register/host/second-factor",
            "/api/account/viewer",
            "/live/board",
        ] {
            let request = Request::get(path)
                .header("host", "jianxi.test")
                .header("accept", "text/html")
                .header("cookie", cookie);
            let answer = running.send(request.body(Body::empty()).expect("a request")).await;
            assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn a_body_that_is_not_what_the_form_asks_for_is_the_senders_to_mend() {
    let running = start().await;
    for (path, kind, body) in [
        ("/api/attendance/check_in", "application/json", "{"),
        ("/api/attendance/check_in", "application/json", "null"),
        ("/api/attendance/check_in", "application/json", "[[[[[[[[[["),
        ("/api/attendance/check_in", "text/plain", "\u{0}"),
        ("/api/account/sign_in", "application/x-www-form-urlencoded", "%ff%fe=%"),
        ("/api/site/add", "application/json", "{\"form\":{\"latitude\":1e999}}"),
    ] {
        let answer = running.post(path, &[("content-type", kind)], body).await;
        assert!(
            answer.status.is_client_error(),
            "{path} {body}: {} {}",
            answer.status,
            answer.text()
        );
    }
}

#[tokio::test]
async fn an_unknown_endpoint_is_not_found_and_reveals_nothing() {
    let running = start().await;
    let answer = running.post("/api/no/such", &[], "").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.text(), "\"NotFound\"");
}

#[tokio::test]
async fn a_full_server_says_so_at_once_and_its_probes_go_on() {
    let running = start_with(Wishes {
        full: true,
        ..Wishes::default()
    })
    .await;
    let answer = running.get("/sign-in").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "5");
    assert!(answer.text().contains("服务器正忙"));
    assert_eq!(running.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(running.get("/readyz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_without_our_code_comes_back_without_an_error_in_its_address() {
    let running = start().await;
    let request = Request::post("/api/account/sign_in")
        .header("host", "jianxi.test")
        .header("origin", "http://jianxi.test")
        .header("referer", "http://jianxi.test/sign-in?next=/today")
        .header("accept", "text/html,application/xhtml+xml")
        .header("content-type", "application/x-www-form-urlencoded");
    let answer = running
        .send(
            request
                .body(Body::from("login=13800000000&password=a-secret-password"))
                .expect("a request"),
        )
        .await;
    assert!(answer.status.is_redirection(), "{}", answer.status);
    let location = answer.header("location");
    assert!(location.contains("/sign-in"), "{location}");
    assert!(
        !location.contains("__err") && !location.contains("secret") && !location.contains("138"),
        "{location}"
    );
}

#[tokio::test]
async fn an_address_that_means_nothing_is_no_fault_of_the_server() {
    let running = start().await;
    let long = format!("/offer/{}", "a".repeat(8_000));
    for path in [
        "/%ff",
        "/offer/%ff%fe",
        "/offer/not-an-id",
        "/offer/%00",
        "/host/sites/%E2%80%AE",
        "/host?week=%ff",
        "/host?week=9999999-99-99",
        "/sign-in?next=%00%0d%0aset-cookie:x=1",
        "/sign-in?next=//evil.example",
        "/register?plain=%ff&&&==",
        "/api/division/children?parent=%ff",
        "/api/division/children?parent=';--",
        "/api/attendance/board?monday=x",
        long.as_str(),
    ] {
        let answer = running.get(path).await;
        assert!(
            !answer.status.is_server_error(),
            "{path}: {} {}",
            answer.status,
            answer.text()
        );
        assert!(!answer.headers.contains_key("set-cookie"), "{path}");
        assert!(!answer.header("location").contains("evil"), "{path}");
    }
}

#[tokio::test]
async fn a_name_in_the_address_never_becomes_markup() {
    let running = start().await;
    for path in [
        "/sign-in?next=/%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/no%3Cscript%3Ealert(1)%3C/script%3E",
    ] {
        assert!(!running.get(path).await.text().contains("<script>alert"), "{path}");
    }
}
