//! `/export/audit`: a download for auditors and admins alone, and no longer than the session.

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::account::Role;
use support::people::{demo, session};

fn file(token: &str, query: &str) -> Request<Body> {
    Request::get(format!("/export/audit{query}"))
        .header("cookie", format!("__Host-jianxi={token}"))
        .body(Body::empty())
        .expect("a request")
}

#[tokio::test]
async fn auditors_and_admins_get_the_log_as_a_file_and_nobody_else() {
    let running = demo().await;
    for role in [Role::Auditor, Role::Admin] {
        let token = session(&running, role).await;
        let answer = running.send(file(&token, "?act=signed_in")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(
            answer.header("content-disposition"),
            "attachment; filename=\"audit-2026-11-19.csv\""
        );
        assert_eq!(answer.header("cache-control"), "no-store");
        let text = answer.text();
        assert!(text.starts_with("\u{FEFF}序号,时间,姓名"), "{text}");
        assert!(text.lines().skip(1).all(|line| line.contains(",登录,")), "{text}");
    }
    let token = session(&running, Role::Auditor).await;
    let answer = running.send(file(&token, "?format=json&act=demo_filled")).await;
    assert_eq!(answer.header("content-type"), "application/x-ndjson; charset=utf-8");
    let line: serde_json::Value = serde_json::from_str(answer.text().trim()).expect("one object");
    assert_eq!(line["act"], "demo_filled");

    for role in [Role::Trainee, Role::Operator, Role::Reviewer] {
        let token = session(&running, role).await;
        assert_eq!(running.send(file(&token, "")).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(running.send(file("made-up", "")).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_filter_that_cannot_be_meant_is_refused_before_the_file_begins() {
    let running = demo().await;
    let token = session(&running, Role::Auditor).await;
    for query in ["?from=yesterday", "?subject=%25", "?from=2026-11-19&until=2026-11-01"] {
        let answer = running.send(file(&token, query)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
}
