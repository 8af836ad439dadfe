//! Real records of the demo's Guizhou, and the sessions of those who try to reach them.

use super::ask;
use super::support::Running;
use super::support::people::{session_of, session_where};
use axum::http::{Method, StatusCode};
use domain::account::Role;
use serde_json::Value;
use std::collections::BTreeMap;

/// Ids by the name under which samples carry them.
pub struct Reals(BTreeMap<&'static str, String>);

impl Reals {
    pub async fn find(running: &Running) -> Self {
        let of = async |login: &str| session_of(running, login).await;
        let (shiqian, operator) = (of("guizhou.reviewer.shiqian").await, of("guizhou.operator").await);
        let admin = of("guizhou.admin").await;
        let mut found = BTreeMap::new();
        for (name, token, path, pointer) in [
            ("case", &shiqian, "review/queue", "/rows/0/id"),
            ("unit", &shiqian, "certification/units", "/rows/0/id"),
            ("notice", &shiqian, "notice/list", "/notices/0/id"),
            ("site", &operator, "site/list", "/0/id"),
            ("internship", &operator, "attendance/board", "/rows/0/internship"),
            ("check_in", &operator, "attendance/board", "/feed/0/check_in/id"),
            ("staff", &admin, "staff/list", "/entries/0/id"),
            ("agency", &admin, "agency/board", "/entries/1/agency/id"),
        ] {
            found.insert(name, text(&read(running, token, path, "").await, pointer));
        }
        let roster = read(running, &operator, "internship/roster", "").await;
        let offered = roster.as_array().expect("a list").iter();
        let mut offers = offered.filter(|entry| entry["state"] == "offered");
        found.insert("offer", text(offers.next().expect("an offer"), "/id"));
        found.insert("file", uploaded(running, &operator).await);
        Self(found)
    }

    /// A sample with the ids in their places. Each that it names must be there.
    pub fn fill(&self, sample: &str) -> String {
        let filled = self.0.iter().fold(sample.to_owned(), |text, (name, id)| {
            text.replace(&format!("{{{name}}}"), id)
        });
        for rest in filled.split('{').skip(1) {
            let name = rest.split('}').next().unwrap_or_default();
            let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            assert!(!is_name, "the demo has no {name} for {sample}");
        }
        filled
    }
}

/// The session of whoever tries.
pub async fn session_by(running: &Running, by: &str) -> String {
    if by == "{stranger}" {
        session_where(running, |person| {
            person.role == Role::Trainee && person.note.contains("还没有见习")
        })
        .await
    } else {
        session_of(running, by).await
    }
}

/// A paper of the host, which its operator reads.
async fn uploaded(running: &Running, operator: &str) -> String {
    let pdf = "%PDF-1.7\n%xxxxxxxx\ntrailer << >>\n%%EOF\n";
    let announced = format!(r#"{{"purpose":"licence","name":"营业执照.pdf","size":{}}}"#, pdf.len());
    let begun = ask(running, &Method::POST, "/files", &announced, Some(operator)).await;
    let id = text(&serde_json::from_slice(&begun.body).expect("JSON"), "/id");
    let path = format!("/files/{id}");
    ask(
        running,
        &Method::PATCH,
        &format!("{path}?offset=0"),
        pdf,
        Some(operator),
    )
    .await;
    let own = ask(running, &Method::GET, &path, "", Some(operator)).await;
    assert_eq!(own.status, StatusCode::OK, "{}", own.text());
    id
}

async fn read(running: &Running, token: &str, path: &str, query: &str) -> Value {
    let answer = ask(running, &Method::GET, &format!("/api/{path}"), query, Some(token)).await;
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{path}: {}", answer.text()))
}

fn text(json: &Value, pointer: &str) -> String {
    let found = json.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_else(|| panic!("no {pointer} in {json}")).to_owned()
}
