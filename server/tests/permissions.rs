//! The permission matrix: every server function and every page × every role, found from the running app itself. One that is
//! not in the matrix fails the test, and so does a line of the matrix that stands for nothing. What belongs to another
//! agency, host or person is not there for anybody else.

mod support;

use app::App;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use domain::account::Role;
use leptos_axum::generate_route_list;
use std::collections::{BTreeMap, BTreeSet};
use support::people::{demo, session, session_of};
use support::{Answer, Running};

/// Made up; nobody's.
const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
const ROLES: [Role; 7] = [
    Role::Trainee,
    Role::Operator,
    Role::Mentor,
    Role::Reviewer,
    Role::CityCentre,
    Role::Auditor,
    Role::Admin,
];
const TRAINEE: &[Role] = &[Role::Trainee];
const OPERATOR: &[Role] = &[Role::Operator];
const REVIEWER: &[Role] = &[Role::Reviewer];
const READERS: &[Role] = &[Role::Reviewer, Role::CityCentre, Role::Auditor];
const AGENCY: &[Role] = &[Role::Reviewer, Role::CityCentre, Role::Auditor, Role::Admin];
const ADMIN: &[Role] = &[Role::Admin];
const LOG: &[Role] = &[Role::Auditor, Role::Admin];
const STAFF: &[Role] = &[
    Role::Operator,
    Role::Mentor,
    Role::Reviewer,
    Role::CityCentre,
    Role::Auditor,
    Role::Admin,
];
const PERSON: &[Role] = &ROLES;

/// Whose a server function is, and a request that reaches its permission check. `None`: anybody's, signed in or not.
const FUNCTIONS: &[(&str, Option<&[Role]>, &str)] = &[
    ("account/change_password", Some(PERSON), "current=x&new=y"),
    ("account/change_password_start", None, ""),
    ("account/demo_sign_ins", None, ""),
    ("account/display", None, "theme=light&size=normal"),
    ("account/second_factor", None, "code=000000"),
    ("account/second_factor_set_up", None, ""),
    ("account/second_factor_start", None, ""),
    ("account/sign_in", None, "login=x&password=y"),
    ("account/sign_out", None, ""),
    ("account/viewer", None, ""),
    (
        "agency/add",
        Some(ADMIN),
        r#"{"form":{"name":"","level":"","division":"","parent":"","areas":[]}}"#,
    ),
    ("agency/board", Some(ADMIN), ""),
    (
        "agency/change",
        Some(ADMIN),
        r#"{"id":"ID","version":1,"form":{"name":"","level":"","division":"","parent":"","areas":[]}}"#,
    ),
    ("agency/close", Some(ADMIN), r#"{"id":"ID","version":1}"#),
    ("attendance/board", Some(OPERATOR), ""),
    (
        "attendance/check_in",
        Some(TRAINEE),
        r#"{"form":{"id":"ID","internship":"ID","device_time":0,"latitude":1.0,"longitude":1.0,"accuracy":1.0}}"#,
    ),
    (
        "attendance/decide",
        Some(OPERATOR),
        r#"{"form":{"id":"ID","confirm":true,"version":1}}"#,
    ),
    ("attendance/history", Some(TRAINEE), ""),
    ("attendance/today", Some(TRAINEE), ""),
    ("audit/page", Some(LOG), ""),
    ("audit/verify", Some(LOG), "{}"),
    (
        "certification/act",
        Some(REVIEWER),
        r#"{"id":"ID","version":1,"form":{}}"#,
    ),
    ("certification/print", Some(OPERATOR), ""),
    ("certification/print_of", Some(READERS), "id=ID"),
    ("certification/restart", Some(OPERATOR), r#"{"version":1}"#),
    ("certification/save", Some(OPERATOR), r#"{"version":1,"form":{}}"#),
    ("certification/submit", Some(OPERATOR), r#"{"version":1,"form":{}}"#),
    ("certification/summary", Some(OPERATOR), ""),
    ("certification/unit", Some(READERS), "id=ID"),
    ("certification/units", Some(READERS), ""),
    ("certification/view", Some(OPERATOR), ""),
    (
        "division/add",
        Some(ADMIN),
        r#"{"form":{"code":"","name":"","from":""}}"#,
    ),
    ("division/children", None, ""),
    ("division/end", Some(ADMIN), r#"{"form":{"code":"","until":""}}"#),
    ("host/register", None, "name=x"),
    ("host/register_start", None, ""),
    ("host/rules", Some(OPERATOR), ""),
    ("host/submit_identity", Some(OPERATOR), r#"{"form":{}}"#),
    ("host/unit", Some(OPERATOR), ""),
    ("identity/person", Some(TRAINEE), ""),
    ("identity/submit", Some(TRAINEE), r#"{"form":{}}"#),
    ("internship/confirm", Some(TRAINEE), "id=ID&version=1"),
    ("internship/decline", Some(TRAINEE), "id=ID&version=1"),
    ("internship/offer", Some(OPERATOR), r#"{"form":{}}"#),
    ("internship/roster", Some(OPERATOR), ""),
    ("internship/view", Some(TRAINEE), "id=ID"),
    ("internship/withdraw", Some(OPERATOR), r#"{"id":"ID","version":1}"#),
    ("notice/list", Some(PERSON), ""),
    ("notice/mark_all_read", Some(PERSON), "until=0"),
    ("notice/mark_read", Some(PERSON), "id=ID"),
    (
        "notice/push_off",
        Some(PERSON),
        r#"{"endpoint":"https://push.example/x"}"#,
    ),
    ("notice/push_on", Some(PERSON), r#"{"subscription":"{}"}"#),
    ("notice/push_state", None, r#"{"endpoint":""}"#),
    ("review/approve_many", Some(REVIEWER), r#"{"cases":[]}"#),
    ("review/case", Some(READERS), "id=ID"),
    ("review/decide", Some(REVIEWER), r#"{"id":"ID","version":1,"form":{}}"#),
    ("review/queue", Some(READERS), ""),
    ("rules/add", Some(ADMIN), r#"{"region":"520000","document":""}"#),
    ("rules/calendar", Some(AGENCY), ""),
    ("rules/compare", Some(AGENCY), "left=520000@2026-1&right=520000@2026-1"),
    ("rules/import", Some(ADMIN), r#"{"document":""}"#),
    ("rules/list", Some(AGENCY), ""),
    ("rules/region", Some(AGENCY), "region=520000"),
    (
        "rules/simulate",
        Some(AGENCY),
        r#"{"form":{"kind":"","plan":"","division":"","day":"","forwarded_to":"","compare":""}}"#,
    ),
    ("rules/start", Some(ADMIN), "region=520000"),
    ("site/add", Some(OPERATOR), r#"{"form":{}}"#),
    ("site/change", Some(OPERATOR), r#"{"id":"ID","version":1,"form":{}}"#),
    ("site/choices", Some(OPERATOR), ""),
    ("site/get", Some(OPERATOR), "id=ID"),
    ("site/list", Some(OPERATOR), ""),
    (
        "staff/create",
        Some(ADMIN),
        r#"{"form":{"role":"","name":"","login":"","agency":"","host":""}}"#,
    ),
    ("staff/disable", Some(ADMIN), r#"{"id":"ID","version":1}"#),
    ("staff/enable", Some(ADMIN), r#"{"id":"ID","version":1}"#),
    ("staff/list", Some(ADMIN), ""),
    ("staff/reset", Some(ADMIN), r#"{"id":"ID","version":1}"#),
    ("trainee/me", Some(TRAINEE), ""),
    ("trainee/register", None, "name=x"),
    ("trainee/register_start", None, ""),
    ("trainee/set_consent", Some(TRAINEE), "given=true"),
];

/// Whose a page is. `None`: anybody's who is not signed in, or everybody's.
const PAGES: &[(&str, Option<&[Role]>)] = &[
    ("/", None),
    ("/account", Some(STAFF)),
    ("/accounts", Some(ADMIN)),
    ("/agencies", Some(ADMIN)),
    ("/audit", Some(LOG)),
    ("/cases", Some(AGENCY)),
    ("/cases/{id}", Some(AGENCY)),
    ("/history", Some(TRAINEE)),
    ("/host", Some(OPERATOR)),
    ("/host/certification", Some(OPERATOR)),
    ("/host/certification/print", Some(OPERATOR)),
    ("/host/people", Some(OPERATOR)),
    ("/host/people/new", Some(OPERATOR)),
    ("/host/sites", Some(OPERATOR)),
    ("/host/sites/new", Some(OPERATOR)),
    ("/host/sites/{id}", Some(OPERATOR)),
    ("/host/unit", Some(OPERATOR)),
    ("/me", Some(TRAINEE)),
    ("/me/identity", Some(TRAINEE)),
    ("/messages", Some(PERSON)),
    ("/offer/{id}", Some(TRAINEE)),
    ("/privacy", None),
    ("/register", None),
    ("/register/host", None),
    ("/register/host/second-factor", None),
    ("/rules", Some(AGENCY)),
    ("/rules/calendar", Some(AGENCY)),
    ("/rules/compare", Some(AGENCY)),
    ("/rules/route", Some(AGENCY)),
    ("/rules/{region}", Some(AGENCY)),
    ("/rules/{region}/new", Some(AGENCY)),
    ("/sign-in", None),
    ("/sign-in/code", None),
    ("/today", Some(TRAINEE)),
    ("/units", Some(AGENCY)),
    ("/units/{id}", Some(AGENCY)),
    ("/units/{id}/print", Some(AGENCY)),
];

/// A server with somebody of every role signed in.
async fn everybody() -> (Running, BTreeMap<&'static str, String>) {
    let running = demo().await;
    let mut sessions = BTreeMap::new();
    for role in ROLES {
        sessions.insert(role.code(), session(&running, role).await);
    }
    (running, sessions)
}

async fn ask(running: &Running, method: &Method, path: &str, sample: &str, token: Option<&str>) -> Answer {
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
    running.send(request.body(Body::from(body)).expect("a request")).await
}

#[tokio::test]
async fn every_server_function_is_in_the_matrix_and_refuses_whom_it_is_not_for() {
    let (running, sessions) = everybody().await;
    let registered: BTreeMap<&str, Method> = leptos::server_fn::axum::server_fn_paths().collect();
    let known: BTreeSet<String> = FUNCTIONS.iter().map(|(path, ..)| format!("/api/{path}")).collect();
    let found: BTreeSet<String> = registered.keys().map(|path| (*path).to_owned()).collect();
    assert_eq!(found, known, "a new server function needs its line in the matrix");
    let mut wrong = Vec::new();
    for (path, roles, sample) in FUNCTIONS {
        let full = format!("/api/{path}");
        let method = &registered[full.as_str()];
        let Some(roles) = roles else { continue };
        let nobody = ask(&running, method, &full, sample, None).await;
        if nobody.status != StatusCode::UNAUTHORIZED {
            wrong.push(format!("{path} by nobody: {} {}", nobody.status, nobody.text()));
        }
        for role in ROLES {
            let answer = ask(&running, method, &full, sample, Some(&sessions[role.code()])).await;
            let refused = matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED);
            // Signing out is tested elsewhere; what is allowed may still be wrong in its content, never by permission.
            if refused == roles.contains(&role) {
                wrong.push(format!(
                    "{path} by {}: {} {}",
                    role.code(),
                    answer.status,
                    answer.text()
                ));
            }
            if answer.status.is_server_error() {
                wrong.push(format!("{path} by {}: {}", role.code(), answer.status));
            }
        }
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

/// The first id under `field` of what a function answers.
async fn id_of(running: &Running, token: &str, path: &str, pointer: &str) -> String {
    let answer = ask(running, &Method::GET, path, "", Some(token)).await;
    let json: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
    json.pointer(pointer)
        .and_then(serde_json::Value::as_str)
        .unwrap_or_else(|| panic!("{path} has no {pointer}: {json}"))
        .to_owned()
}

#[tokio::test]
async fn what_is_anothers_is_not_there() {
    let running = demo().await;
    let of = async |login: &str| session_of(&running, login).await;
    let (shiqian, jilin_reviewer) = (of("guizhou.reviewer.shiqian").await, of("jilin.reviewer").await);
    let (operator, other_operator) = (of("guizhou.operator").await, of("jilin.operator").await);
    let (admin, other_admin) = (of("guizhou.admin").await, of("jilin.admin").await);
    let case = id_of(&running, &shiqian, "/api/review/queue", "/rows/0/id").await;
    let unit = id_of(&running, &shiqian, "/api/certification/units", "/rows/0/id").await;
    let site = id_of(&running, &operator, "/api/site/list", "/0/id").await;
    let internship = id_of(&running, &operator, "/api/internship/roster", "/0/id").await;
    let staff = id_of(&running, &admin, "/api/staff/list", "/entries/0/id").await;
    let trainee = session(&running, Role::Trainee).await;

    let post = Method::POST;
    let get = Method::GET;
    let decide = format!(r#"{{"id":"{case}","version":1,"form":{{"verdict":"approve"}}}}"#);
    let act = format!(r#"{{"id":"{unit}","version":1,"form":{{"act":"clean_out","reason":"一年没有见习活动"}}}}"#);
    let change = format!(
        r#"{{"id":"{site}","version":1,"form":{{"name":"别处","coordinates":"26.6, 106.6","datum":"wgs84","radius":"300"}}}}"#
    );
    let row = |id: &str| format!(r#"{{"id":"{id}","version":1}}"#);
    let attempts = [
        (&jilin_reviewer, &get, "/api/review/case", format!("id={case}")),
        (&jilin_reviewer, &post, "/api/review/decide", decide),
        (&jilin_reviewer, &get, "/api/certification/unit", format!("id={unit}")),
        (
            &jilin_reviewer,
            &get,
            "/api/certification/print_of",
            format!("id={unit}"),
        ),
        (&jilin_reviewer, &post, "/api/certification/act", act),
        (&other_operator, &get, "/api/site/get", format!("id={site}")),
        (&other_operator, &post, "/api/site/change", change),
        (&other_operator, &post, "/api/internship/withdraw", row(&internship)),
        (&trainee, &get, "/api/internship/view", format!("id={ID}")),
        (&other_admin, &post, "/api/staff/disable", row(&staff)),
        (&other_admin, &post, "/api/staff/enable", row(&staff)),
        (&other_admin, &post, "/api/staff/reset", row(&staff)),
    ];
    for (token, method, path, sample) in attempts {
        let answer = ask(&running, method, path, &sample, Some(token)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.text());
    }
}
