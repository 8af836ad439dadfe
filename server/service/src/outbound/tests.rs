//! A real server on this machine, and what comes of it when it is well, slow, broken or lying.

use super::{Message, Outbound, OutboundError, Policy};
use crate::Clock;
use crate::testing::{listen, morning};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{Request, Response, StatusCode};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// What the other system does with each message; the last thing again and again.
#[derive(Clone, Copy)]
enum Does {
    Answer(u16),
    Echo,
    Long(usize),
    Redirect,
    Hang,
}

struct Other {
    url: String,
    asked: Arc<AtomicUsize>,
}

impl Other {
    async fn start(script: Vec<Does>) -> Self {
        let asked = Arc::new(AtomicUsize::new(0));
        let router = Router::new()
            .fallback(serve)
            .with_state((Arc::new(script), asked.clone()));
        Self {
            url: listen(router).await,
            asked,
        }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn message(&self) -> Message {
        Message::json(format!("{}/check?secret=1", self.url), &"hello")
            .unwrap()
            .header("authorization", "Bearer hush")
    }
}

async fn serve(
    State((script, asked)): State<(Arc<Vec<Does>>, Arc<AtomicUsize>)>,
    request: Request<Body>,
) -> Response<Body> {
    let turn = asked.fetch_add(1, Ordering::SeqCst).min(script.len() - 1);
    let answer = Response::builder();
    match script[turn] {
        Does::Answer(status) => answer.status(status).body(Body::empty()),
        Does::Echo => {
            assert_eq!(request.method(), "POST");
            assert_eq!(request.headers()["authorization"], "Bearer hush");
            assert_eq!(request.headers()["content-type"], "application/json");
            answer.body(Body::from(to_bytes(request.into_body(), 1024).await.unwrap()))
        }
        Does::Long(length) => answer.body(Body::from(vec![b'x'; length])),
        Does::Redirect => answer.status(307).header("location", "/elsewhere").body(Body::empty()),
        Does::Hang => std::future::pending().await,
    }
    .unwrap()
}

fn outbound() -> (Outbound, Clock) {
    let clock = Clock::fixed(morning());
    let policy = Policy {
        back_off: Duration::from_millis(1),
        ..Policy::default()
    };
    (Outbound::new("test", policy, clock.clone()), clock)
}

fn refused(status: u16) -> OutboundError {
    OutboundError::Refused(StatusCode::from_u16(status).unwrap())
}

#[tokio::test]
async fn a_message_arrives_with_its_headers_and_brings_the_answer_back() {
    let other = Other::start(vec![Does::Echo]).await;
    let answer = outbound().0.post(&other.message()).await.unwrap();
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json::<String>().unwrap(), "hello");
    assert!(matches!(answer.json::<u32>(), Err(OutboundError::BadAnswer(_))));
}

#[tokio::test]
async fn a_server_error_is_told_and_the_next_message_is_answered() {
    let other = Other::start(vec![Does::Answer(500), Does::Echo]).await;
    let (outbound, _) = outbound();
    assert_eq!(
        outbound.post(&other.message().idempotent()).await.unwrap_err(),
        refused(500)
    );
    assert!(outbound.post(&other.message()).await.is_ok());
    assert_eq!(other.asked(), 2);
}

#[tokio::test]
async fn only_a_message_that_may_arrive_twice_is_sent_again() {
    let (outbound, _) = outbound();
    for status in [502, 503, 504] {
        let other = Other::start(vec![Does::Answer(status), Does::Answer(status), Does::Echo]).await;
        assert!(outbound.post(&other.message().idempotent()).await.is_ok());
        assert_eq!(other.asked(), 3);
    }
    let other = Other::start(vec![Does::Answer(503), Does::Echo]).await;
    assert_eq!(outbound.post(&other.message()).await.unwrap_err(), refused(503));
    assert_eq!(other.asked(), 1);
    let other = Other::start(vec![Does::Answer(401), Does::Echo]).await;
    assert_eq!(
        outbound.post(&other.message().idempotent()).await.unwrap_err(),
        refused(401)
    );
    assert_eq!(other.asked(), 1, "a refusal stays one");
}

#[tokio::test(start_paused = true)]
async fn after_eight_seconds_nobody_waits_any_longer() {
    let other = Other::start(vec![Does::Hang]).await;
    let start = tokio::time::Instant::now();
    let error = outbound().0.post(&other.message().idempotent()).await.unwrap_err();
    assert_eq!(error, OutboundError::TimedOut);
    assert!(start.elapsed() <= Duration::from_millis(8_001), "{:?}", start.elapsed());
}

#[tokio::test]
async fn where_nobody_listens_nobody_is_reached() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let message = Message::bytes(format!("http://127.0.0.1:{port}/secret"), "text/plain", "x").idempotent();
    let error = outbound().0.post(&message).await.unwrap_err();
    assert!(matches!(error, OutboundError::Unreachable(_)), "{error:?}");
    assert!(!error.to_string().contains("secret"), "{error}");
}

#[tokio::test]
async fn an_answer_is_read_up_to_64_kilobytes() {
    let other = Other::start(vec![Does::Long(64 * 1024), Does::Long(64 * 1024 + 1)]).await;
    let (outbound, _) = outbound();
    assert_eq!(outbound.post(&other.message()).await.unwrap().body.len(), 64 * 1024);
    let error = outbound.post(&other.message()).await.unwrap_err();
    assert!(matches!(error, OutboundError::BadAnswer(_)), "{error:?}");
}

#[tokio::test]
async fn a_redirect_is_refused_and_not_followed() {
    let other = Other::start(vec![Does::Redirect, Does::Echo]).await;
    let error = outbound().0.post(&other.message().idempotent()).await.unwrap_err();
    assert_eq!(error, refused(307));
    assert_eq!(other.asked(), 1);
}

#[tokio::test]
async fn five_failures_in_a_row_close_the_way_for_thirty_seconds_then_one_message_tries() {
    let mut script = vec![Does::Answer(500); 6];
    script.push(Does::Echo);
    let other = Other::start(script).await;
    let (outbound, clock) = outbound();
    for _ in 0..5 {
        assert_eq!(outbound.post(&other.message()).await.unwrap_err(), refused(500));
    }
    assert_eq!(outbound.post(&other.message()).await.unwrap_err(), OutboundError::Open);
    clock.set(clock.now().plus_millis(29_999));
    assert_eq!(outbound.post(&other.message()).await.unwrap_err(), OutboundError::Open);
    assert_eq!(other.asked(), 5, "nothing was sent meanwhile");
    clock.set(clock.now().plus_millis(1));
    assert_eq!(outbound.post(&other.message()).await.unwrap_err(), refused(500));
    assert_eq!(outbound.post(&other.message()).await.unwrap_err(), OutboundError::Open);
    clock.set(clock.now().plus_millis(30_000));
    assert!(outbound.post(&other.message()).await.is_ok());
    assert!(outbound.post(&other.message()).await.is_ok());
}

#[tokio::test]
async fn refusals_of_single_messages_do_not_close_the_way() {
    let other = Other::start(vec![Does::Answer(410)]).await;
    let (outbound, _) = outbound();
    for _ in 0..7 {
        assert_eq!(outbound.post(&other.message()).await.unwrap_err(), refused(410));
    }
}

#[test]
fn nothing_secret_is_printed_or_slips_through_a_header() {
    let message =
        Message::bytes("https://push.example/secret?secret", "text/plain", "secret").header("authorization", "secret");
    assert!(!format!("{message:?}").contains("secret"));
    let ready = message.ready(super::Reach::Public).unwrap();
    assert_eq!(ready.origin, "https://push.example");
    assert!(!format!("{:?}", ready.request.headers()).contains("secret"));
    let split = message.header("x-note", "a\r\nx-other: b");
    assert!(matches!(
        split.ready(super::Reach::Public),
        Err(OutboundError::Unsendable(_))
    ));
}
