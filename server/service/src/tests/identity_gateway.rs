//! A gateway on this machine that tells the truth, lies, keeps silent or raves: only a match for the very question verifies.

use crate::identity::{BadGateway, IdentityConfig, IdentityGateway, NoAnswer, Outcome};
use crate::outbound::OutboundError;
use crate::testing::{ID_CARDS, World, config, listen, morning};
use crate::{Clock, OpenError, Service, ServiceConfig};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, Response, StatusCode};
use domain::{IdCard, PersonName};
use serde_json::{Value, json};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

const TOKEN: &str = "geheim-0815";

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(text);
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What the gateway says to a question.
type Says = fn(&Value) -> (u16, String);

struct Gateway {
    asked: Arc<Mutex<Vec<(HeaderMap, Value)>>>,
    config: IdentityConfig,
    clock: Clock,
    gateway: IdentityGateway,
    folder: TempDir,
}

impl Gateway {
    /// `None` never answers.
    async fn start(says: Option<Says>) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = asked.clone();
        let router = Router::new().fallback(move |request: Request<Body>| {
            let heard = heard.clone();
            async move {
                let (head, body) = request.into_parts();
                let question: Value = serde_json::from_slice(&to_bytes(body, 1024).await.unwrap()).unwrap();
                heard.lock().unwrap().push((head.headers, question.clone()));
                let Some(says) = says else {
                    return std::future::pending().await;
                };
                let (status, text) = says(&question);
                Response::builder().status(status).body(Body::from(text)).unwrap()
            }
        });
        let folder = tempfile::tempdir().unwrap();
        let config = IdentityConfig {
            url: format!("{}/check?app=geheim-4711", listen(router).await),
            token_file: folder.path().join("token"),
        };
        write(&config.token_file, &format!("{TOKEN}\n"), 0o600);
        let clock = Clock::fixed(morning());
        let gateway = IdentityGateway::new(&config, clock.clone()).unwrap();
        Self {
            asked,
            config,
            clock,
            gateway,
            folder,
        }
    }

    async fn check(&self) -> Outcome {
        let name = PersonName::parse("杨晓雨").unwrap();
        self.gateway.check(&name, &IdCard::parse(ID_CARDS[0]).unwrap()).await
    }

    fn asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

fn write(path: &Path, text: &str, mode: u32) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn reply(question: &Value, result: &str) -> (u16, String) {
    let reply = json!({"request_id": question["request_id"], "result": result, "trace": "further fields are ignored"});
    (200, reply.to_string())
}

fn match_with(status: u16, question: &Value) -> (u16, String) {
    (status, reply(question, "match").1)
}

/// What comes of one question.
async fn outcome(says: Says) -> Outcome {
    let outcome = Gateway::start(Some(says)).await.check().await;
    assert_eq!(outcome.verifies(), outcome == Outcome::Match);
    outcome
}

fn refused(status: StatusCode) -> Outcome {
    Outcome::NoAnswer(NoAnswer::Failed(OutboundError::Refused(status)))
}

#[tokio::test]
async fn the_gateway_is_asked_as_agreed_and_its_word_is_taken() {
    let gateway = Gateway::start(Some(|question| reply(question, "match"))).await;
    assert!(gateway.check().await.verifies());
    assert!(gateway.check().await.verifies());
    let asked = gateway.asked.lock().unwrap();
    let (headers, question) = &asked[0];
    assert_eq!(headers["authorization"], format!("Bearer {TOKEN}"));
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(question["name"], "杨晓雨");
    assert_eq!(question["id_card"], ID_CARDS[0]);
    assert_eq!(question.as_object().unwrap().len(), 3);
    assert_ne!(
        question["request_id"], asked[1].1["request_id"],
        "each question has its own id"
    );
    drop(asked);
    assert_eq!(outcome(|question| reply(question, "mismatch")).await, Outcome::Mismatch);
    let unknown = outcome(|question| reply(question, "unknown")).await;
    assert_eq!(unknown, Outcome::NoAnswer(NoAnswer::Unknown));
}

#[tokio::test]
async fn a_match_for_another_question_is_no_answer() {
    let other = |_: &Value| (200, json!({"request_id": "another", "result": "match"}).to_string());
    assert_eq!(outcome(other).await, Outcome::NoAnswer(NoAnswer::OtherQuestion));
}

#[tokio::test]
async fn what_was_not_agreed_is_no_answer() {
    let raving: [Says; 8] = [
        |_| (200, String::new()),
        |_| (200, "<html>match</html>".to_owned()),
        |_| (200, json!({"result": "match"}).to_string()),
        |question| (200, json!({"request_id": question["request_id"]}).to_string()),
        |question| {
            (
                200,
                json!({"request_id": question["request_id"], "result": true}).to_string(),
            )
        },
        |question| reply(question, "MATCH"),
        |question| (200, reply(question, "match").1 + "match"),
        |question| {
            let id = &question["request_id"];
            (
                200,
                format!(r#"{{"request_id":{id},"result":"mismatch","result":"match"}}"#),
            )
        },
    ];
    for says in raving {
        let outcome = outcome(says).await;
        assert!(
            matches!(
                outcome,
                Outcome::NoAnswer(NoAnswer::Failed(OutboundError::BadAnswer(_)))
            ),
            "{outcome:?}"
        );
    }
}

#[tokio::test]
async fn another_status_than_200_is_no_answer_whatever_the_body_says() {
    assert_eq!(
        outcome(|question| match_with(401, question)).await,
        refused(StatusCode::UNAUTHORIZED)
    );
    assert_eq!(
        outcome(|question| match_with(202, question)).await,
        refused(StatusCode::ACCEPTED)
    );
    assert_eq!(
        outcome(|question| match_with(500, question)).await,
        refused(StatusCode::INTERNAL_SERVER_ERROR)
    );
}

#[tokio::test(start_paused = true)]
async fn a_slow_gateway_is_no_answer_and_one_that_stays_slow_is_left_alone() {
    let gateway = Gateway::start(None).await;
    for _ in 0..5 {
        let late = Outcome::NoAnswer(NoAnswer::Failed(OutboundError::TimedOut));
        assert_eq!(gateway.check().await, late);
    }
    let open = Outcome::NoAnswer(NoAnswer::Failed(OutboundError::Open));
    assert_eq!(gateway.check().await, open);
    assert_eq!(gateway.asked(), 5);
    gateway.clock.set(gateway.clock.now().plus_millis(30_000));
    let _ = gateway.check().await;
    assert_eq!(gateway.asked(), 6, "after half a minute it is tried again");
}

#[tokio::test]
async fn neither_number_nor_name_nor_token_is_ever_logged() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let echoing: [Says; 3] = [
        |question| reply(question, "match"),
        |question| (200, question.to_string()),
        |question| (401, question.to_string()),
    ];
    for says in echoing {
        let gateway = Gateway::start(Some(says)).await;
        let outcome = gateway.check().await;
        tracing::info!(?gateway.gateway, ?outcome, "all of it");
    }
    drop(guard);
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("identity gateway") && log.contains("401"), "{log}");
    for secret in [ID_CARDS[0], "杨晓雨", TOKEN, "geheim-4711"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[tokio::test]
async fn a_token_that_others_may_read_or_an_open_line_stops_the_start_with_the_next_step() {
    let gateway = Gateway::start(None).await;
    let again = |config: &IdentityConfig| IdentityGateway::new(config, gateway.clock.clone()).unwrap_err();
    for mode in [0o640, 0o604, 0o700] {
        write(&gateway.config.token_file, TOKEN, mode);
        let open = again(&gateway.config).to_string();
        assert!(
            open.contains("--identity-token-file") && open.contains("chmod 0600"),
            "{open}"
        );
        assert!(!open.contains(TOKEN));
    }
    for text in ["", " \n", "two words", "one\ntwo", "密钥"] {
        write(&gateway.config.token_file, text, 0o600);
        assert!(matches!(again(&gateway.config), BadGateway::Token(_)), "{text}");
    }
    let missing = IdentityConfig {
        token_file: gateway.folder.path().join("nowhere"),
        ..gateway.config.clone()
    };
    assert!(again(&missing).to_string().contains("nowhere"));
    write(&gateway.config.token_file, TOKEN, 0o600);
    for url in [
        "",
        "gateway",
        "http://gateway.example/",
        "https://name:hush@gateway.example/",
    ] {
        let config = IdentityConfig {
            url: url.to_owned(),
            ..gateway.config.clone()
        };
        let bad = again(&config).to_string();
        assert!(bad.contains("--identity-url") && !bad.contains("hush"), "{bad}");
    }
}

#[tokio::test]
async fn the_service_has_a_gateway_only_where_one_is_configured_and_does_not_start_with_half_of_one() {
    let gateway = Gateway::start(None).await;
    let World { service, clock, fresh } = World::on_sqlite().await;
    assert!(service.identity_gateway().is_none());
    service.close().await;
    drop(service);
    let with = ServiceConfig {
        identity: Some(gateway.config.clone()),
        ..config(&fresh, clock)
    };
    let service = Service::open(with.clone()).await.unwrap();
    assert!(service.identity_gateway().is_some());
    service.close().await;
    drop(service);
    write(&gateway.config.token_file, TOKEN, 0o644);
    assert!(matches!(Service::open(with).await, Err(OpenError::Identity(_))));
}
