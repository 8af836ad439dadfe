//! How the server itself says no, before any page or server function: the same error that the browser's code reads, or a
//! small page for a browser that sent the form without our code.

use app::api::ApiError;
use axum::Json;
use axum::http::header::{ACCEPT, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};

/// Whether the answer is for a person's eyes rather than for code.
#[must_use]
pub fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"))
}

/// The answer: JSON for code, a page with the sentence for people.
#[must_use]
pub fn refuse(page: bool, status: StatusCode, error: &ApiError) -> Response {
    let mut response = if page {
        (status, Html(page_with(&error.message()))).into_response()
    } else {
        (status, Json(error)).into_response()
    };
    let seconds = match error {
        ApiError::TooMany { retry_after_s, .. } => Some(*retry_after_s),
        _ if status == StatusCode::SERVICE_UNAVAILABLE => Some(5),
        _ => None,
    };
    if let Some(seconds) = seconds {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The status that goes with an error.
#[must_use]
pub const fn status_of(error: &ApiError) -> StatusCode {
    match error {
        ApiError::Refused { .. } | ApiError::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        ApiError::Forbidden => StatusCode::FORBIDDEN,
        ApiError::NotFound => StatusCode::NOT_FOUND,
        ApiError::Conflict { .. } => StatusCode::CONFLICT,
        ApiError::SignIn => StatusCode::UNAUTHORIZED,
        ApiError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        ApiError::Unavailable | ApiError::Transport => StatusCode::SERVICE_UNAVAILABLE,
        ApiError::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A refusal by a rule, with its sentence.
#[must_use]
pub fn refused(message: &str) -> ApiError {
    ApiError::Refused {
        message: message.to_owned(),
    }
}

fn page_with(sentence: &str) -> String {
    let sentence = sentence.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>没有办成 · 见习通</title></head>\
         <body><main><h1>没有办成</h1><p>{sentence}</p><p><a href=\"/\">回到首页</a></p></main></body></html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::page_with;

    #[test]
    fn a_sentence_never_becomes_markup() {
        assert!(page_with("<script>&").contains("<p>&lt;script&gt;&amp;</p>"));
    }
}
