//! The request behind a server function or a first page: who asks, from where, with which cookies, and what the answer's
//! status and cookies become.

use super::{ApiError, Rush, sign_in_path};
use crate::feature::account::display;
use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT, COOKIE, RETRY_AFTER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use server_fn::error::ServerFnErrorErr;
use service::{Actor, Caller, NewSession, Service, ServiceError};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

const SESSION: &str = "__Host-jianxi";
const DEVICE: &str = "__Host-jianxi-device";
/// The longest that browsers keep a cookie: 400 days (RFC 6265bis 5.5).
const LONGEST_S: u32 = 400 * 24 * 60 * 60;

/// The service that the server put into the request's context.
///
/// # Errors
/// `Unavailable` when there is none.
pub fn service() -> Result<Service, ApiError> {
    use_context::<Service>().ok_or(ApiError::Unavailable)
}

/// The service and the signed-in person, where there is one.
///
/// # Errors
/// `Unavailable` when there is no service.
pub async fn maybe_signed_in() -> Result<Option<(Service, Actor)>, ApiError> {
    let service = service()?;
    let actor = match session_token() {
        Some(token) => service::account::authenticate(&service, &token).await?,
        None => None,
    };
    Ok(actor.map(|actor| (service, actor)))
}

/// The service and the signed-in person. A first page that needs one leads to sign-in and back.
///
/// # Errors
/// `SignIn` when nobody is signed in.
pub async fn signed_in() -> Result<(Service, Actor), ApiError> {
    if let Some(found) = maybe_signed_in().await? {
        return Ok(found);
    }
    if let Some(parts) = page_request() {
        let here = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        leptos_axum::redirect(&sign_in_path(here));
    }
    respond(StatusCode::UNAUTHORIZED);
    Err(ApiError::SignIn)
}

/// Who asks, for limits on attempts and for the audit log.
pub fn caller() -> Caller {
    let parts = use_context::<Parts>();
    let source = parts
        .as_ref()
        .and_then(|parts| parts.extensions.get::<ConnectInfo<SocketAddr>>())
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip());
    Caller {
        source,
        device_token: cookie(DEVICE),
    }
}

/// The value of a cookie.
#[must_use]
pub fn cookie(name: &str) -> Option<String> {
    cookie_in(&use_context::<Parts>()?.headers, name)
}

fn cookie_in(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value.to_owned())
        .filter(|value| !value.is_empty() && value.len() <= 512)
}

/// The session's token in a request's headers, for what is answered outside the pages.
#[must_use]
pub fn session_token_in(headers: &HeaderMap) -> Option<String> {
    cookie_in(headers, SESSION)
}

/// The session's token.
#[must_use]
pub fn session_token() -> Option<String> {
    cookie(SESSION)
}

/// Sets the cookies of a new session. A trainee's stays as long as browsers keep one, a staff one until the browser closes.
/// When the session ends is the server's matter: 30 days after the last use, which no cookie's age could follow.
pub fn keep_session(session: &NewSession) {
    let keep = (!session.role.is_staff()).then_some(LONGEST_S);
    set_cookie(SESSION, &session.token, keep);
    if let Some(device) = &session.device_token {
        set_cookie(DEVICE, device, Some(LONGEST_S));
    }
}

/// Forgets the session's cookie.
pub fn clear_session() {
    set_cookie(SESSION, "", Some(0));
}

/// Keeps how the screens look on this device. No secret, and the page's own code sets it too.
pub fn keep_display(value: &str) {
    append_cookie(&format!(
        "{}={value}; Path=/; Max-Age={}; SameSite=Lax",
        display::COOKIE,
        LONGEST_S
    ));
}

pub(super) fn set_cookie(name: &str, value: &str, max_age_s: Option<u32>) {
    let age = max_age_s
        .map(|seconds| format!("; Max-Age={seconds}"))
        .unwrap_or_default();
    append_cookie(&format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}"));
}

fn append_cookie(cookie: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(cookie)) {
        response.append_header(SET_COOKIE, value);
    }
}

/// Answers a plain form with the page at `path`.
pub fn redirect(path: &str) {
    leptos_axum::redirect(path);
}

/// Sets the answer's status, unless the answer already leads to another page.
pub fn respond(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        let leads_on = response
            .0
            .read()
            .is_ok_and(|parts| parts.status.is_some_and(|status| status.is_redirection()));
        if !leads_on {
            response.set_status(status);
        }
    }
}

fn retry_after(seconds: u64) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(RETRY_AFTER, HeaderValue::from(seconds));
    }
}

/// The request, when it asks for a page and not for a server function.
fn page_request() -> Option<Parts> {
    use_context::<Parts>().filter(|parts| !parts.uri.path().starts_with("/api/") && wants_html(parts))
}

pub(super) fn wants_html(parts: &Parts) -> bool {
    parts
        .headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"))
}

/// What the framework could not read or write. A body that is not what the form asks for is the sender's to mend.
pub(super) fn from_framework(error: &ServerFnErrorErr) -> ApiError {
    match error {
        ServerFnErrorErr::Args(_)
        | ServerFnErrorErr::MissingArg(_)
        | ServerFnErrorErr::Deserialization(_)
        | ServerFnErrorErr::UnsupportedRequestMethod(_)
        | ServerFnErrorErr::Request(_) => {
            let (line, column) = position(error).unzip();
            tracing::warn!(
                what = kind(error),
                line,
                column,
                "a request that is not what the form asks for"
            );
            respond(StatusCode::BAD_REQUEST);
            ApiError::Refused {
                message: "收到的内容不完整，请刷新页面后再填一次。".to_owned(),
            }
        }
        ServerFnErrorErr::Registration(_)
        | ServerFnErrorErr::ServerError(_)
        | ServerFnErrorErr::MiddlewareError(_)
        | ServerFnErrorErr::Serialization(_)
        | ServerFnErrorErr::Response(_) => {
            tracing::error!(%error, "the framework failed");
            respond(StatusCode::INTERNAL_SERVER_ERROR);
            ApiError::Unavailable
        }
    }
}

/// What of a request could not be read. The framework's own words quote what was typed, a password or an identity number
/// perhaps, so they never reach the log.
const fn kind(error: &ServerFnErrorErr) -> &'static str {
    match error {
        ServerFnErrorErr::Registration(_) => "registration",
        ServerFnErrorErr::UnsupportedRequestMethod(_) => "method",
        ServerFnErrorErr::Request(_) => "request",
        ServerFnErrorErr::ServerError(_) => "function",
        ServerFnErrorErr::MiddlewareError(_) => "middleware",
        ServerFnErrorErr::Deserialization(_) => "body",
        ServerFnErrorErr::Serialization(_) => "answer",
        ServerFnErrorErr::Args(_) => "arguments",
        ServerFnErrorErr::MissingArg(_) => "missing argument",
        ServerFnErrorErr::Response(_) => "response",
    }
}

/// Line and column at the end of what the JSON reader says.
fn position(error: &ServerFnErrorErr) -> Option<(u32, u32)> {
    let said = error.to_string();
    let (line, column) = said.rsplit_once(" at line ")?.1.split_once(" column ")?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

impl From<ServiceError> for ApiError {
    fn from(error: ServiceError) -> Self {
        let (status, error) = match error {
            ServiceError::Refused(message) => (StatusCode::UNPROCESSABLE_ENTITY, Self::Refused { message }),
            ServiceError::Invalid(errors) => (StatusCode::UNPROCESSABLE_ENTITY, Self::Invalid { errors }),
            ServiceError::Forbidden => (StatusCode::FORBIDDEN, Self::Forbidden),
            ServiceError::NotFound => (StatusCode::NOT_FOUND, Self::NotFound),
            ServiceError::Conflict(message) => (StatusCode::CONFLICT, Self::Conflict { message }),
            ServiceError::SignInNeeded => (StatusCode::UNAUTHORIZED, Self::SignIn),
            ServiceError::TooMany { retry_after_s } => {
                retry_after(retry_after_s);
                let of = Rush::Tries;
                (StatusCode::TOO_MANY_REQUESTS, Self::TooMany { retry_after_s, of })
            }
            ServiceError::Crowded { retry_after_s } => {
                retry_after(retry_after_s);
                let of = Rush::Registrations;
                (StatusCode::TOO_MANY_REQUESTS, Self::TooMany { retry_after_s, of })
            }
            ServiceError::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, Self::Unavailable),
            ServiceError::Internal { reference } => (StatusCode::INTERNAL_SERVER_ERROR, Self::Internal { reference }),
        };
        respond(status);
        error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_learns_where_a_request_breaks_and_nothing_that_was_typed() {
        let typed = "{\"version\": \"52222420040229001\"}";
        let said = serde_json::from_str::<std::collections::HashMap<String, i64>>(typed).unwrap_err();
        assert!(
            said.to_string().contains("52222420040229001"),
            "serde quotes what was typed"
        );
        let error = ServerFnErrorErr::Deserialization(said.to_string());
        assert_eq!((kind(&error), position(&error)), ("body", Some((1, 31))));
        let forged = ServerFnErrorErr::Args("invalid type: string \" at line 5222 column 2004 x\"".to_owned());
        assert_eq!((kind(&forged), position(&forged)), ("arguments", None));
    }
}
