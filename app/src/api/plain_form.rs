//! Forms that a browser sends without our code: the answer is a redirect, and what was typed waits on the server,
//! encrypted and for an hour, under a token that only a cookie carries. Nothing typed ever stands in an address.

use super::request::{cookie, set_cookie, wants_html};
use super::{ApiError, Typed, redirect};
use axum::http::request::Parts;
use domain::FieldErrors;
use leptos::prelude::use_context;
use serde::Serialize;
use serde::de::DeserializeOwned;
use service::Service;

const DRAFT: &str = "__Host-jianxi-draft";

/// Whether a browser sent this form itself: the answer is then a redirect, never JSON.
#[must_use]
pub fn is_plain_form() -> bool {
    use_context::<Parts>().is_some_and(|parts| parts.method != axum::http::Method::GET && wants_html(&parts))
}

/// The error; a plain form is led back to `page`, which then shows it with what was typed.
pub async fn back_to_form<T: Serialize>(
    service: &Service,
    purpose: &str,
    values: &T,
    error: ApiError,
    page: &str,
) -> ApiError {
    if is_plain_form() {
        keep_typed(service, purpose, values, error.for_form()).await;
        redirect(page);
    }
    error
}

/// Keeps what was typed for the page that the redirect leads to. When that fails the form comes back empty.
pub async fn keep_typed<T: Serialize>(service: &Service, purpose: &str, values: &T, errors: FieldErrors) {
    let Ok(json) = serde_json::to_string(values) else {
        return;
    };
    match service::draft::save(service, purpose, json, errors).await {
        Ok(token) => set_cookie(DRAFT, &token, Some(60 * 60)),
        Err(error) => tracing::error!(%error, purpose, "what was typed could not be kept"),
    }
}

/// What was typed into the form `purpose` before, or nothing.
pub async fn typed_before<T: DeserializeOwned + Default>(service: &Service, purpose: &str) -> Typed<T> {
    let Some(token) = cookie(DRAFT) else {
        return Typed::default();
    };
    match service::draft::take(service, purpose, &token).await {
        Ok(Some((json, errors))) => {
            set_cookie(DRAFT, "", Some(0));
            Typed {
                values: serde_json::from_str(&json).unwrap_or_default(),
                errors,
            }
        }
        Ok(None) => Typed::default(),
        Err(error) => {
            tracing::error!(%error, purpose, "what was typed could not be read");
            Typed::default()
        }
    }
}
