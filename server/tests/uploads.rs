//! `/files` as a browser speaks to it: chunks, resuming, refusals, and what is served.

mod support;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use domain::account::{Role, SecondFactorForm, SignInForm};
use serde_json::{Value, json};
use service::Caller;
use service::account::SignIn;
use std::net::{IpAddr, Ipv4Addr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use support::{Answer, Running, Wishes, start, start_with};
use tokio::sync::Notify;

const NOBODY: &str = "00000000-0000-4000-8000-000000000007";

fn caller() -> Caller {
    Caller {
        source: IpAddr::V4(Ipv4Addr::LOCALHOST),
        device_token: None,
    }
}

/// Sessions of the demo's people in a role, one each.
async fn sessions(running: &Running, role: Role) -> Vec<String> {
    let service = &running.server.service;
    let people = service::account::demo_sign_ins(service).await.expect("sign-ins");
    let mut tokens = Vec::new();
    for person in people.into_iter().filter(|person| person.role == role).take(2) {
        let form = SignInForm {
            login: person.login,
            password: person.password,
        };
        let token = match service::account::sign_in(service, form, &caller())
            .await
            .expect("signed in")
        {
            SignIn::Done(session) => session.token,
            SignIn::SecondFactor(pending) => {
                let code = person.code.expect("a code");
                service::account::second_factor(service, &pending.token, SecondFactorForm { code }, &caller())
                    .await
                    .expect("signed in")
                    .token
            }
        };
        tokens.push(token);
    }
    tokens
}

async fn demo() -> Running {
    let running = start_with(Wishes {
        demo: true,
        ..Wishes::default()
    })
    .await;
    service::demo::fill(&running.server.service).await.expect("filled");
    running
}

async fn ask(running: &Running, token: &str, method: Method, path: &str, body: impl Into<Body>) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "jianxi.test")
        .header("sec-fetch-site", "same-origin")
        .header("cookie", format!("__Host-jianxi={token}"))
        .body(body.into())
        .expect("a request");
    running.send(request).await
}

async fn begin(running: &Running, token: &str, size: usize) -> Answer {
    let announced = json!({"purpose": "licence", "name": "营业执照 1.pdf", "size": size});
    ask(running, token, Method::POST, "/files", announced.to_string()).await
}

fn told(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).expect("JSON")
}

fn id(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    told(answer)["id"].as_str().expect("an id").to_owned()
}

/// As large as wanted, and only paper.
fn pdf(length: usize) -> Vec<u8> {
    let end = b"\ntrailer << >>\n%%EOF\n";
    let mut bytes = b"%PDF-1.7\n%".to_vec();
    bytes.resize(length - end.len(), b'x');
    bytes.extend(end);
    bytes
}

async fn append(running: &Running, token: &str, id: &str, offset: usize, chunk: &[u8]) -> Answer {
    let path = format!("/files/{id}?offset={offset}");
    ask(running, token, Method::PATCH, &path, chunk.to_vec()).await
}

/// The whole way, in the largest chunks.
async fn uploaded(running: &Running, token: &str, bytes: &[u8]) -> String {
    let id = id(&begin(running, token, bytes.len()).await);
    for (number, chunk) in bytes.chunks(512 * 1024).enumerate() {
        let answer = append(running, token, &id, number * 512 * 1024, chunk).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
    id
}

#[tokio::test]
async fn a_file_goes_up_in_chunks_resumes_where_it_stands_and_comes_back_as_it_is() {
    let running = demo().await;
    let token = &sessions(&running, Role::Operator).await[0];
    let bytes = pdf(1_200_000);
    let begun = begin(&running, token, bytes.len()).await;
    let id = id(&begun);
    assert_eq!(told(&begun)["offset"], 0);
    assert_eq!(begun.header("cache-control"), "no-store");
    let half = 512 * 1024;
    assert_eq!(
        told(&append(&running, token, &id, 0, &bytes[..half]).await)["offset"],
        half
    );
    let again = append(&running, token, &id, 0, &bytes[..half]).await;
    assert_eq!(
        (again.status, &told(&again)["offset"]),
        (StatusCode::OK, &json!(half)),
        "its answer was lost"
    );
    let ahead = append(&running, token, &id, half + 1, b"x").await;
    assert_eq!(
        (ahead.status, &told(&ahead)["offset"]),
        (StatusCode::CONFLICT, &json!(half))
    );
    let stands = ask(
        &running,
        token,
        Method::GET,
        &format!("/files/{id}/progress"),
        Body::empty(),
    )
    .await;
    let stands = told(&stands);
    assert_eq!(
        (&stands["offset"], &stands["size"], &stands["state"]),
        (&json!(half), &json!(bytes.len()), &json!("uploading"))
    );
    append(&running, token, &id, half, &bytes[half..2 * half]).await;
    let last = told(&append(&running, token, &id, 2 * half, &bytes[2 * half..]).await);
    assert_eq!(
        (&last["state"], &last["scan"], &last["kind"]),
        (&json!("ready"), &json!("not_scanned"), &json!("pdf"))
    );

    let read = ask(&running, token, Method::GET, &format!("/files/{id}"), Body::empty()).await;
    assert_eq!((read.status, read.body == bytes), (StatusCode::OK, true));
    assert_eq!(read.header("content-type"), "application/pdf");
    assert_eq!(read.header("x-content-type-options"), "nosniff");
    assert_eq!(read.header("cache-control"), "private, no-store");
    assert_eq!(read.header("content-encoding"), "");
    let named = "filename=\"file.pdf\"; filename*=UTF-8''%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7%201.pdf";
    assert_eq!(read.header("content-disposition"), format!("inline; {named}"));
    let policy = read.header("content-security-policy");
    assert!(
        policy.starts_with("sandbox; default-src 'none'") && policy.contains("frame-ancestors 'self'"),
        "{policy}"
    );
    assert!(!policy.contains("script-src"), "{policy}");
    let saved = ask(
        &running,
        token,
        Method::GET,
        &format!("/files/{id}?download=1"),
        Body::empty(),
    )
    .await;
    assert_eq!(saved.header("content-disposition"), format!("attachment; {named}"));
    assert!(
        running
            .get("/sign-in")
            .await
            .header("content-security-policy")
            .contains("frame-src 'self'")
    );

    let gone = ask(&running, token, Method::DELETE, &format!("/files/{id}"), Body::empty()).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    let read = ask(&running, token, Method::GET, &format!("/files/{id}"), Body::empty()).await;
    assert_eq!(read.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_too_large_or_broken_gets_a_sentence() {
    let running = demo().await;
    let token = &sessions(&running, Role::Operator).await[0];
    let large = begin(&running, token, 20 * 1024 * 1024).await;
    assert_eq!(large.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        large.text().contains("20 MB") && large.text().contains("10 MB"),
        "{}",
        large.text()
    );
    for body in [
        "",
        "{}",
        "{\"purpose\":\"licence\"",
        "{\"purpose\":\"x\",\"name\":\"\",\"size\":1}",
        "[1]",
    ] {
        let answer = ask(&running, token, Method::POST, "/files", body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(answer.text().contains("重新上传"), "{}", answer.text());
    }
    let id = id(&begin(&running, token, 1_000_000).await);
    let chunk = append(&running, token, &id, 0, &vec![0; 512 * 1024 + 1]).await;
    assert_eq!(chunk.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(chunk.text().contains("512 KB"), "{}", chunk.text());
    for path in [
        format!("/files/{id}"),
        format!("/files/{id}?offset=-1"),
        format!("/files/{id}?offset=x"),
    ] {
        let answer = ask(&running, token, Method::PATCH, &path, "x").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
    let form = ask(&running, token, Method::POST, "/api/site/add", vec![b'x'; 70_000]).await;
    assert_eq!(form.status, StatusCode::PAYLOAD_TOO_LARGE, "forms stay small");
    let program = uploaded(&running, token, b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0").await;
    let stands = ask(
        &running,
        token,
        Method::GET,
        &format!("/files/{program}/progress"),
        Body::empty(),
    )
    .await;
    assert_eq!(told(&stands)["state"], json!({"refused": "executable"}));
}

#[tokio::test]
async fn to_everybody_else_a_file_is_not_there() {
    let running = demo().await;
    let operators = sessions(&running, Role::Operator).await;
    let id = uploaded(&running, &operators[0], &pdf(2_000)).await;
    let mut others = vec![operators[1].clone()];
    for role in [Role::Trainee, Role::Reviewer, Role::Admin] {
        others.extend(sessions(&running, role).await);
    }
    assert!(others.len() > 2);
    for token in &others {
        for id in [id.as_str(), NOBODY, "x", "..%2f..", "%00"] {
            for (method, path) in [
                (Method::GET, format!("/files/{id}")),
                (Method::GET, format!("/files/{id}/thumbnail")),
                (Method::GET, format!("/files/{id}/progress")),
                (Method::PATCH, format!("/files/{id}?offset=0")),
                (Method::DELETE, format!("/files/{id}")),
            ] {
                let answer = ask(&running, token, method.clone(), &path, Body::empty()).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}");
                assert_eq!(answer.text(), "\"NotFound\"", "{method} {path}");
            }
        }
    }
    let own = ask(
        &running,
        &operators[0],
        Method::GET,
        &format!("/files/{id}"),
        Body::empty(),
    )
    .await;
    assert_eq!(own.status, StatusCode::OK);
}

/// A chunk of which nothing ever arrives, as soon as the server waits for it; or the answer, when there was no place for it.
async fn hanging<'a>(
    running: &'a Running,
    token: &'a str,
    path: &'a str,
) -> Result<Pin<Box<dyn Future<Output = Answer> + 'a>>, Answer> {
    let waits = Arc::new(Notify::new());
    let waiting = Arc::clone(&waits);
    let nothing = futures::stream::poll_fn(move |_| {
        waits.notify_one();
        Poll::<Option<Result<Vec<u8>, std::io::Error>>>::Pending
    });
    let mut asked = Box::pin(ask(running, token, Method::PATCH, path, Body::from_stream(nothing)));
    tokio::select! {
        answer = &mut asked => Err(answer),
        () = waiting.notified() => Ok(asked),
    }
}

#[tokio::test]
async fn who_opens_very_many_uploads_at_once_is_in_nobody_elses_way() {
    let running = demo().await;
    let tokens = sessions(&running, Role::Operator).await;
    let (greedy, other) = (&tokens[0], &tokens[1]);
    let id = id(&begin(&running, greedy, 1_000_000).await);
    let path = format!("/files/{id}?offset=0");
    let (mut open, mut refused) = (Vec::new(), Vec::new());
    for _ in 0..80 {
        match hanging(&running, greedy, &path).await {
            Ok(chunk) => open.push(chunk),
            Err(answer) => refused.push(answer),
        }
    }
    assert!(open.len() >= 6, "{} of one's own side by side", open.len());
    for answer in &refused {
        assert_eq!(
            (answer.status, answer.header("retry-after")),
            (StatusCode::TOO_MANY_REQUESTS, "5")
        );
        assert!(answer.text().contains("Uploads"), "{}", answer.text());
    }
    let pages = pdf(600_000);
    uploaded(&running, other, &pages).await;
    drop(open);
    uploaded(&running, greedy, &pages).await;
}

#[tokio::test]
async fn nothing_happens_without_a_session_or_from_another_site() {
    let running = start().await;
    for token in ["", "made-up"] {
        for (method, path) in [
            (Method::POST, "/files".to_owned()),
            (Method::GET, format!("/files/{NOBODY}")),
            (Method::GET, format!("/files/{NOBODY}/thumbnail")),
            (Method::GET, format!("/files/{NOBODY}/progress")),
            (Method::PATCH, format!("/files/{NOBODY}?offset=0")),
            (Method::DELETE, format!("/files/{NOBODY}")),
        ] {
            let answer = ask(&running, token, method.clone(), &path, "x").await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path}");
        }
    }
    for (method, path) in [
        (Method::POST, "/files"),
        (Method::PATCH, "/files/x?offset=0"),
        (Method::DELETE, "/files/x"),
    ] {
        let forged = Request::builder()
            .method(method.clone())
            .uri(path)
            .header("host", "jianxi.test")
            .header("sec-fetch-site", "cross-site")
            .header("cookie", "__Host-jianxi=x")
            .body(Body::from("x"))
            .expect("a request");
        assert_eq!(running.send(forged).await.status, StatusCode::FORBIDDEN, "{method}");
    }
}
