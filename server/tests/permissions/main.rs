//! The permission matrix: every server function, every page and every other route × every role, found from the running app
//! itself. One that is not in the matrix fails the test, and so does a line of the matrix that stands for nothing. What belongs
//! to another agency, host or person is not there for anybody else: each line says either that a request names no record, or who
//! tries to reach a real one.

mod functions;
mod line;
mod pages;
mod reals;
mod routes;
#[path = "../support/mod.rs"]
mod support;

use app::App;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use axum::routing::MethodFilter;
use functions::FUNCTIONS;
use leptos_axum::generate_route_list;
use line::{Line, ROLES, Scope};
use pages::PAGES;
use reals::{Reals, session_by};
use routes::ROUTES;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use support::people::{demo, session};
use support::{Answer, Running};

/// Made up; nobody's.
const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// A server with somebody of every role signed in.
async fn everybody() -> (Running, BTreeMap<&'static str, String>) {
    let running = demo().await;
    let mut sessions = BTreeMap::new();
    for role in ROLES {
        sessions.insert(role.code(), session(&running, role).await);
    }
    (running, sessions)
}

fn request(method: &Method, path: &str, sample: &str, token: Option<&str>) -> Request<Body> {
    let sample = sample.replace("ID", ID);
    let (uri, body) = if *method == Method::GET && !sample.is_empty() {
        (format!("{path}?{sample}"), String::new())
    } else {
        (path.to_owned(), sample)
    };
    let kind = if body.starts_with('{') {
        "application/json"
    } else {
        "application/x-www-form-urlencoded"
    };
    let mut request = Request::builder()
        .method(method)
        .uri(uri)
        .header("host", "jianxi.test")
        .header("sec-fetch-site", "same-origin")
        .header("accept", "application/json")
        .header("content-type", kind);
    if let Some(token) = token {
        request = request.header("cookie", format!("__Host-jianxi={token}"));
    }
    request.body(Body::from(body)).expect("a request")
}

async fn ask(running: &Running, method: &Method, path: &str, sample: &str, token: Option<&str>) -> Answer {
    running.send(request(method, path, sample, token)).await
}

/// Asks for nobody and for each role, and says what was answered otherwise than the line says.
async fn asked_by_all(
    running: &Running,
    sessions: &BTreeMap<&'static str, String>,
    (method, path): (&Method, &str),
    line: &Line,
) -> Vec<String> {
    let Some(roles) = line.whose else { return Vec::new() };
    let mut wrong = Vec::new();
    // Without its content: a live stream has no end.
    let status = async |token| running.open(request(method, path, line.sample, token)).await.status();
    let nobody = status(None).await;
    if nobody != StatusCode::UNAUTHORIZED {
        wrong.push(format!("{method} {path} by nobody: {nobody}"));
    }
    for role in ROLES {
        let status = status(Some(sessions[role.code()].as_str())).await;
        let refused = matches!(status, StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED);
        // What is allowed may still be wrong in its content, never by permission.
        if refused == roles.contains(&role) || status.is_server_error() {
            wrong.push(format!("{method} {path} by {}: {status}", role.code()));
        }
    }
    wrong
}

#[tokio::test]
async fn every_server_function_is_in_the_matrix_and_refuses_whom_it_is_not_for() {
    let (running, sessions) = everybody().await;
    let registered: BTreeMap<&str, Method> = leptos::server_fn::axum::server_fn_paths().collect();
    let known: BTreeSet<String> = FUNCTIONS.iter().map(|line| format!("/api/{}", line.path)).collect();
    let found: BTreeSet<String> = registered.keys().map(|path| (*path).to_owned()).collect();
    assert_eq!(found, known, "a new server function needs its line in the matrix");
    let mut wrong = Vec::new();
    for line in FUNCTIONS {
        let path = format!("/api/{}", line.path);
        let method = &registered[path.as_str()];
        wrong.extend(asked_by_all(&running, &sessions, (method, &path), line).await);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn filter(method: &Method) -> MethodFilter {
    MethodFilter::try_from(method.clone()).expect("a usual method")
}

#[tokio::test]
async fn every_other_route_is_in_the_matrix_and_refuses_whom_it_is_not_for() {
    let (running, sessions) = everybody().await;
    let name = |method: MethodFilter, path: &str| format!("{method:?} {path}");
    let found: BTreeSet<String> = server::own_routes()
        .iter()
        .map(|own| name(own.method, own.path))
        .collect();
    let known: BTreeSet<String> = ROUTES
        .iter()
        .map(|(method, line)| name(filter(method), line.path))
        .collect();
    assert_eq!(found, known, "a new route needs its line in the matrix");
    let mut wrong = Vec::new();
    for (method, line) in ROUTES {
        let path = line.path.replace("{id}", ID);
        wrong.extend(asked_by_all(&running, &sessions, (method, &path), line).await);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn every_page_is_in_the_matrix_and_leads_away_whom_it_is_not_for() {
    let (running, sessions) = everybody().await;
    let found: BTreeSet<String> = generate_route_list(App)
        .into_iter()
        .map(|route| route.path().to_owned())
        .collect();
    let known: BTreeSet<String> = PAGES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(found, known, "a new page needs its line in the matrix");
    let mut wrong = Vec::new();
    for (path, roles) in PAGES {
        let Some(roles) = roles else { continue };
        let real = path.replace("{id}", ID).replace("{region}", "520000");
        let page = |token: Option<String>| {
            let mut request = Request::get(&real)
                .header("host", "jianxi.test")
                .header("accept", "text/html");
            if let Some(token) = token {
                request = request.header("cookie", format!("__Host-jianxi={token}"));
            }
            running.send(request.body(Body::empty()).expect("a request"))
        };
        let nobody = page(None).await;
        if !nobody.header("location").starts_with("/sign-in") {
            wrong.push(format!(
                "{path} for nobody: {} {}",
                nobody.status,
                nobody.header("location")
            ));
        }
        for role in ROLES {
            let answer = page(Some(sessions[role.code()].clone())).await;
            if answer.status.is_redirection() == roles.contains(&role) || answer.status.is_server_error() {
                wrong.push(format!(
                    "{path} for {}: {} {}",
                    role.code(),
                    answer.status,
                    answer.header("location")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every source file of the server.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    entries
        .map(|entry| entry.expect("an entry").path())
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .collect()
}

/// What the matrix reads is all there is: routes come from the one table, from the pages and from the server functions.
#[test]
fn no_route_is_made_beside_the_table() {
    let mut made = Vec::new();
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = std::fs::read_to_string(&path).expect("a source");
        // Unit tests come last and make routers of their own.
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for way in [".route(", ".route_service(", ".nest(", ".nest_service(", ".merge("] {
            made.extend(std::iter::repeat_n(way, text.matches(way).count()));
        }
    }
    // The table itself, and the answer to what is no server function.
    assert_eq!(made, [".route("; 2]);
}

#[tokio::test]
async fn what_is_anothers_is_not_there() {
    let running = demo().await;
    let reals = Reals::find(&running).await;
    let registered: BTreeMap<&str, Method> = leptos::server_fn::axum::server_fn_paths().collect();
    let functions = FUNCTIONS.iter().map(|line| {
        let path = format!("/api/{}", line.path);
        (registered[path.as_str()].clone(), path, line)
    });
    let routes = ROUTES
        .iter()
        .map(|(method, line)| (method.clone(), line.path.to_owned(), line));
    let mut sessions: BTreeMap<&str, String> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (method, path, line) in functions.chain(routes) {
        let attempts = match line.scope {
            Scope::Record(attempts) if !attempts.is_empty() => attempts,
            Scope::Nothing if line.whose.is_none() || !(line.sample.contains("ID") || path.contains("{id}")) => {
                continue;
            }
            Scope::Record(_) | Scope::Nothing => {
                wrong.push(format!("{path} names a record, but no stranger tries"));
                continue;
            }
        };
        for attempt in attempts {
            if !sessions.contains_key(attempt.by) {
                sessions.insert(attempt.by, session_by(&running, attempt.by).await);
            }
            let filled = reals.fill(attempt.sample);
            let (path, sample) = if path.contains("{id}") {
                (path.replace("{id}", &filled), String::new())
            } else {
                (path.clone(), filled)
            };
            let answer = ask(&running, &method, &path, &sample, Some(&sessions[attempt.by])).await;
            if answer.status != attempt.status || !answer.text().contains(attempt.words) {
                wrong.push(format!("{path} by {}: {} {}", attempt.by, answer.status, answer.text()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
