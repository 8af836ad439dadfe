//! Events in words: the act's Chinese name, its details with names where the reader's reach covers them. An event of another
//! version of this program stays readable by its fields.

use crate::error::ServiceError;
use domain::Moment;
use domain::account::Role;
use domain::audit::{AuditEvent, AuditLine, Fact, fact_label, value_label};
use domain::review::CaseKind;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use store::Tx;
use store::audit_page::{Reader, SeenEvent};
use uuid::Uuid;

/// More of one kind in one event (positions that were looked at) are counted, not listed.
const LISTED: usize = 3;

/// The events as the screen shows them.
pub(super) async fn lines(tx: &mut Tx, reader: Reader, events: &[SeenEvent]) -> Result<Vec<AuditLine>, ServiceError> {
    let parsed: Vec<Value> = events
        .iter()
        .map(|event| serde_json::from_str(&event.event).unwrap_or(Value::Null))
        .collect();
    let mut ids = BTreeSet::new();
    for value in parsed.iter().flat_map(fields).flat_map(|(_, value)| values(value)) {
        if let Some(id) = id_of(value) {
            ids.insert(id);
        }
    }
    let ids: Vec<String> = ids.into_iter().collect();
    let names = store::audit_page::names(tx, reader.agency, &ids).await?;
    Ok(events
        .iter()
        .zip(&parsed)
        .map(|(event, value)| line(event, value, &names))
        .collect())
}

/// The Chinese name of an act by one of its events.
pub(super) fn label(act: &str, event: &str) -> String {
    serde_json::from_str::<AuditEvent>(event).map_or_else(|_| act.to_owned(), |event| event.label().to_owned())
}

fn line(event: &SeenEvent, value: &Value, names: &HashMap<String, String>) -> AuditLine {
    let without = if event.role == "nobody" { "未登录" } else { "系统" };
    AuditLine {
        seq: event.seq,
        at: Moment::from_millis(event.at),
        who: event.name.clone().unwrap_or_else(|| without.to_owned()),
        role: Role::from_code(&event.role).map_or(without, Role::label).to_owned(),
        act: event.act.clone(),
        label: label(&event.act, &event.event),
        facts: fields(value)
            .flat_map(|(key, value)| facts(key, value, names))
            .collect(),
    }
}

fn facts(key: &str, value: &Value, names: &HashMap<String, String>) -> Vec<Fact> {
    let all: Vec<&Value> = values(value).collect();
    let mut facts: Vec<Fact> = all.iter().take(LISTED).map(|value| fact(key, value, names)).collect();
    if all.len() > LISTED {
        facts.push(Fact {
            label: fact_label(key).to_owned(),
            value: format!("等 {} 条", all.len()),
            id: None,
        });
    }
    facts
}

fn fact(key: &str, value: &Value, names: &HashMap<String, String>) -> Fact {
    let label = fact_label(key).to_owned();
    if let Some(id) = id_of(value) {
        // The last block of a UUIDv7 tells two apart; its first tells only the time.
        let short = id.rsplit('-').next().unwrap_or_default();
        return Fact {
            label,
            value: names
                .get(&id)
                .map_or_else(|| format!("编号 …{short}"), |name| named(key, name)),
            id: Some(id),
        };
    }
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Fact {
        label,
        value: value_label(key, &text).map_or(text, str::to_owned),
        id: None,
    }
}

/// `单位实名认证 · 石阡苔茶`: of a case its kind in words and whom it is about; everything else has its name.
fn named(key: &str, name: &str) -> String {
    let of_case = matches!(key, "case" | "cases").then(|| name.split_once(' ')).flatten();
    match of_case.and_then(|(kind, about)| Some((CaseKind::from_code(kind)?, about))) {
        Some((kind, about)) => [kind.label(), " · ", about].concat(),
        None => name.to_owned(),
    }
}

/// The fields of an event but its name.
fn fields(event: &Value) -> impl Iterator<Item = (&str, &Value)> {
    event
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, value)| *key != "act" && !value.is_null())
        .map(|(key, value)| (key.as_str(), value))
}

/// The values of a list, or the one value.
fn values(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(all) => Box::new(all.iter()),
        one => Box::new(std::iter::once(one)),
    }
}

fn id_of(value: &Value) -> Option<String> {
    let text = value.as_str().filter(|text| text.len() == 36)?;
    Uuid::try_parse(text).ok().map(|id| id.as_hyphenated().to_string())
}
