//! The server's side of an upload as the browser asks it: plain requests to `/files`, because server functions carry no
//! bytes. Runs in the browser only.

use crate::api::ApiError;
use domain::FileId;
use domain::file::{BeginUpload, FileView};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AddEventListenerOptions, Blob, RequestInit, Response};

/// A request without an answer for so long is lost. Longer than the server's own patience.
const PATIENCE: Duration = Duration::from_secs(70);

/// Announces a file.
pub(super) async fn begin(announced: &BeginUpload) -> Result<FileView, ApiError> {
    let body = serde_json::to_string(announced).map_err(|_| ApiError::Transport)?;
    view(ask("POST", "/files", Some(&JsValue::from_str(&body))).await?)
}

/// Sends a chunk; answers where the upload stands then.
pub(super) async fn append(id: FileId, offset: u64, chunk: &Blob) -> Result<FileView, ApiError> {
    let path = [&path(id), "?offset=", &offset.to_string()].concat();
    view(ask("PATCH", &path, Some(chunk)).await?)
}

/// Where the upload stands.
pub(super) async fn progress(id: FileId) -> Result<FileView, ApiError> {
    view(ask("GET", &[&path(id), "/progress"].concat(), None).await?)
}

/// Takes a file back. What is used by now stays, and what is not taken back goes by itself after some days.
pub(super) async fn remove(id: FileId) {
    let _ = ask("DELETE", &path(id), None).await;
}

/// The address of a file.
pub(super) fn path(id: FileId) -> String {
    ["/files/", &id.to_string()].concat()
}

/// Whether trying again may help.
pub(super) const fn passes(error: &ApiError) -> bool {
    match error {
        ApiError::Transport | ApiError::Unavailable | ApiError::TooMany { .. } => true,
        ApiError::Refused { .. }
        | ApiError::Invalid { .. }
        | ApiError::Forbidden
        | ApiError::NotFound
        | ApiError::Conflict { .. }
        | ApiError::SignIn
        | ApiError::Internal { .. } => false,
    }
}

/// Waits so many milliseconds, or until the network is back if that is sooner.
pub(super) async fn pause(millis: i32) {
    let waited = js_sys::Promise::new(&mut |resolve, _| {
        let once = AddEventListenerOptions::new();
        once.set_once(true);
        // One of both is enough; a browser that refuses both would only be asked more often.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        let _ = window().add_event_listener_with_callback_and_add_event_listener_options("online", &resolve, &once);
    });
    let _ = JsFuture::from(waited).await;
}

/// Status and text of the answer.
async fn ask(method: &str, path: &str, body: Option<&JsValue>) -> Result<(u16, String), ApiError> {
    let lost = |_| ApiError::Transport;
    let init = RequestInit::new();
    init.set_method(method);
    if let Some(body) = body {
        init.set_body(body);
    }
    let abort = AbortController::new().map_err(lost)?;
    init.set_signal(Some(&abort.signal()));
    let patience = set_timeout_with_handle(move || abort.abort(), PATIENCE).ok();
    let answer = async {
        let answer = JsFuture::from(window().fetch_with_str_and_init(path, &init)).await;
        let answer: Response = answer.map_err(lost)?.dyn_into().map_err(lost)?;
        let text = JsFuture::from(answer.text().map_err(lost)?).await.map_err(lost)?;
        Ok((answer.status(), text.as_string().unwrap_or_default()))
    }
    .await;
    if let Some(patience) = patience {
        patience.clear();
    }
    answer
}

/// 409 is no error: it says where the upload stands.
fn view((status, text): (u16, String)) -> Result<FileView, ApiError> {
    if matches!(status, 200 | 409)
        && let Ok(view) = serde_json::from_str(&text)
    {
        return Ok(view);
    }
    // Not our JSON: a proxy, a sign-in page of the hotel's Wi-Fi, or a server that sheds load.
    Err(serde_json::from_str(&text).unwrap_or(ApiError::Unavailable))
}
