//! Forms that a browser sends without our code: the answer is a redirect, and what was typed waits on the server,
//! encrypted and for an hour, under a token that only a cookie carries. Nothing typed ever stands in an address.

use super::request::{cookie, set_cookie, wants_html};
use super::{ApiError, Rush, Typed, redirect};
use axum::http::request::Parts;
use domain::FieldErrors;
use leptos::prelude::use_context;
use serde::Serialize;
use serde::de::DeserializeOwned;
use service::Service;

const DRAFT: &str = "__Host-jianxi-draft";
/// Begins a draft cookie that stands for no row; no token has a dot.
const TOO_MANY: &str = "too-many.";

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
        if let ApiError::TooMany {
            retry_after_s,
            of: Rush::Tries,
        } = error
        {
            // Whoever tries too often must not write rows by it: the sentence travels in the cookie, what was typed goes.
            set_cookie(DRAFT, &format!("{TOO_MANY}{purpose}.{retry_after_s}"), Some(60));
        } else {
            keep_typed(service, purpose, values, error.for_form()).await;
        }
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
    if let Some(error) = too_many(purpose, &token) {
        set_cookie(DRAFT, "", Some(0));
        return Typed {
            values: T::default(),
            errors: error.for_form(),
        };
    }
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

/// The refusal that a draft cookie without a row carries for the form `purpose`.
fn too_many(purpose: &str, cookie: &str) -> Option<ApiError> {
    let (wanted, seconds) = cookie.strip_prefix(TOO_MANY)?.split_once('.')?;
    (wanted == purpose).then_some(())?;
    Some(ApiError::TooMany {
        retry_after_s: seconds.parse().ok()?,
        of: Rush::Tries,
    })
}

#[cfg(test)]
mod tests {
    use super::{ApiError, Rush, too_many};

    #[test]
    fn only_its_own_form_shows_that_there_were_too_many_tries() {
        let (retry_after_s, of) = (15, Rush::Tries);
        let refusal = ApiError::TooMany { retry_after_s, of };
        assert_eq!(too_many("sign_in", "too-many.sign_in.15"), Some(refusal));
        for cookie in [
            "too-many.register.15",
            "too-many.sign_in.soon",
            "too-many.sign_in",
            "a-token",
        ] {
            assert_eq!(too_many("sign_in", cookie), None, "{cookie}");
        }
    }
}
