//! `/live/board`: only for an operator, at once, and no longer than the session and the server.

mod support;

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode};
use domain::account::Role;
use futures::StreamExt;
use std::time::Duration;
use support::people::{demo, session};
use support::start;

fn board(token: &str) -> Request<Body> {
    Request::get("/live/board")
        .header("cookie", format!("theme=dark; __Host-jianxi={token}"))
        .body(Body::empty())
        .expect("a request")
}

async fn next(stream: &mut BodyDataStream) -> Option<String> {
    stream
        .next()
        .await
        .map(|piece| String::from_utf8(piece.expect("a piece").to_vec()).expect("text"))
}

/// Lets the stream's clock pass a heartbeat, without waiting for one.
async fn pass_a_heartbeat() {
    pass(Duration::from_secs(16)).await;
}

async fn pass(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

#[tokio::test]
async fn nobody_hears_anything_without_a_session() {
    let running = start().await;
    for request in [
        Request::get("/live/board").body(Body::empty()).expect("a request"),
        board("made-up-token"),
        board(""),
    ] {
        let answer = running.send(request).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.text(), "\"SignIn\"");
    }
}

#[tokio::test]
async fn a_trainee_does_not_hear_a_hosts_board() {
    let running = demo().await;
    let token = session(&running, Role::Trainee).await;
    assert_eq!(running.send(board(&token)).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_operator_hears_at_once_and_until_the_session_or_the_server_ends() {
    let running = demo().await;
    let token = session(&running, Role::Operator).await;
    let answer = running.open(board(&token)).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert!(!answer.headers().contains_key("content-encoding"));
    let mut stream = answer.into_body().into_data_stream();
    let first = next(&mut stream).await.expect("an event");
    assert!(
        first.contains("event: changed\n") && first.contains("data: 1\n"),
        "{first}"
    );

    pass_a_heartbeat().await;
    assert_eq!(next(&mut stream).await.expect("a heartbeat"), ": still here\n\n");

    service::account::sign_out(&running.server.service, &token)
        .await
        .expect("signed out");
    pass_a_heartbeat().await;
    assert_eq!(next(&mut stream).await, None, "the session has ended");

    let token = session(&running, Role::Reviewer).await;
    assert_eq!(
        running.send(board(&token)).await.status,
        StatusCode::FORBIDDEN,
        "a reviewer has no board"
    );
}

#[tokio::test]
async fn the_servers_end_closes_open_boards_and_readiness() {
    let running = demo().await;
    let token = session(&running, Role::Operator).await;
    let mut stream = running.open(board(&token)).await.into_body().into_data_stream();
    assert!(next(&mut stream).await.is_some());
    assert_eq!(running.get("/readyz").await.status, StatusCode::OK);

    running.server.shutdown.begin();
    assert_eq!(next(&mut stream).await, None);
    assert_eq!(running.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(running.get("/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_server_whose_database_is_gone_is_not_ready() {
    let running = start().await;
    assert_eq!(running.get("/readyz").await.status, StatusCode::OK);
    running.server.service.close().await;
    pass(Duration::from_secs(2)).await;
    assert_eq!(running.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(running.get("/healthz").await.status, StatusCode::OK);
}
