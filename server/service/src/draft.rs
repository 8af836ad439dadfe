//! Forms that were sent without JavaScript: what was typed waits here, sealed, for at most an hour, until the page that
//! shows their errors reads it once. Never a password.

use crate::context::Service;
use crate::error::ServiceError;
use crate::token;
use domain::FieldErrors;
use serde::{Deserialize, Serialize};

const KEPT: i64 = 60 * 60 * 1000;
/// Far more than any form of ours; nobody stores files here.
const LONGEST: usize = 8 * 1024;

#[derive(Serialize, Deserialize)]
struct Draft {
    payload: String,
    errors: FieldErrors,
}

/// Keeps a form; the token goes into a cookie.
///
/// # Errors
/// [`ServiceError::Refused`] for a form that is far too long; otherwise what the store says.
pub async fn save(
    service: &Service,
    purpose: &str,
    payload_json: String,
    errors: FieldErrors,
) -> Result<String, ServiceError> {
    if payload_json.len() > LONGEST {
        return Err(ServiceError::Refused("填写的内容太长，请缩短后再提交。".to_owned()));
    }
    let draft = serde_json::to_string(&Draft {
        payload: payload_json,
        errors,
    })
    .map_err(ServiceError::fault)?;
    let token = token::new();
    let hash = token::hash(&token);
    let sealed = service.vault().seal("form_draft", &hash, &draft)?;
    let now = service.now();
    let mut tx = service.db().begin().await?;
    store::draft::purge(&mut tx, now).await?;
    store::draft::insert(&mut tx, &hash, purpose, &sealed, now.plus_millis(KEPT)).await?;
    tx.commit().await?;
    Ok(token)
}

/// Takes a form out; `None` when it was read before, has expired or was for another page.
///
/// # Errors
/// What the store says.
pub async fn take(
    service: &Service,
    purpose: &str,
    token: &str,
) -> Result<Option<(String, FieldErrors)>, ServiceError> {
    let hash = token::hash(token);
    let mut tx = service.db().begin().await?;
    let sealed = store::draft::take(&mut tx, &hash, purpose, service.now()).await?;
    tx.commit().await?;
    let Some(sealed) = sealed else { return Ok(None) };
    let text = service.vault().unseal("form_draft", &hash, &sealed)?;
    let draft: Draft = serde_json::from_str(&text).map_err(ServiceError::fault)?;
    Ok(Some((draft.payload, draft.errors)))
}
