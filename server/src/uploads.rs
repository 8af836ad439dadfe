//! `/files`: what people hand in. Uploads come in chunks (announce, PATCH at an offset, ask how far), so that a lost network
//! costs one chunk; what is read is served under our own media type and a policy under which it can do nothing. Who may, says
//! `service::file`.

use crate::refusal::{refuse, refused, status_of, wants_page};
use crate::signed_in::signed_in;
use crate::state::Server;
use app::api::ApiError;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::FileId;
use domain::file::{BeginUpload, FileKind, FileView};
use serde::Deserialize;
use service::Actor;
use service::file::{Appended, FileBytes, Variant};

/// A picture that we encoded: nothing to load, nothing to run, framed by nobody.
const PICTURE_POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";
/// A PDF, stored as it came: the same, but our own pages frame it. The browser's viewer shows it all the same.
const PDF_POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'self'";

/// Where a chunk belongs.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct At {
    /// Bytes before it.
    offset: u64,
}

/// How a file is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct How {
    /// Set to save it instead of looking at it.
    download: Option<String>,
}

/// Announces an upload.
pub async fn begin(State(server): State<Server>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = async {
        let actor = actor(&server, &headers).await?;
        let announced: BeginUpload =
            serde_json::from_slice(&body).map_err(|_| refused("收到的内容不完整，请刷新页面后重新上传。"))?;
        Ok(service::file::begin(&server.service, &actor, &announced).await?)
    };
    told(&headers, answer.await)
}

/// Takes a chunk; 409 with the place that stands when it belongs elsewhere.
pub async fn append(
    State(server): State<Server>,
    Path(id): Path<String>,
    at: Result<Query<At>, QueryRejection>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = async {
        let actor = actor(&server, &headers).await?;
        let Query(At { offset }) = at.map_err(|_| refused("收到的内容不完整，请刷新页面后重新上传。"))?;
        Ok(service::file::append(&server.service, &actor, parse(&id)?, offset, &body).await?)
    };
    match answer.await {
        Ok(Appended::Taken(view)) => told(&headers, Ok(view)),
        Ok(Appended::Elsewhere(view)) => (StatusCode::CONFLICT, Json(view)).into_response(),
        Err(error) => told(&headers, Err(error)),
    }
}

/// How far an upload is.
pub async fn progress(State(server): State<Server>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let answer = async {
        let actor = actor(&server, &headers).await?;
        Ok(service::file::get(&server.service, &actor, parse(&id)?).await?)
    };
    told(&headers, answer.await)
}

/// Takes a file back that is used nowhere.
pub async fn remove(State(server): State<Server>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let answer = async {
        let actor = actor(&server, &headers).await?;
        service::file::remove(&server.service, &actor, parse(&id)?).await?;
        Ok::<_, ApiError>(())
    };
    match answer.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refuse(wants_page(&headers), status_of(&error), &error),
    }
}

/// The file itself.
pub async fn original(
    State(server): State<Server>,
    Path(id): Path<String>,
    Query(how): Query<How>,
    headers: HeaderMap,
) -> Response {
    serve(&server, &id, &headers, Variant::Original, how.download.is_some()).await
}

/// The small picture of it.
pub async fn thumbnail(State(server): State<Server>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    serve(&server, &id, &headers, Variant::Thumbnail, false).await
}

async fn serve(server: &Server, id: &str, headers: &HeaderMap, variant: Variant, download: bool) -> Response {
    let answer = async {
        let actor = actor(server, headers).await?;
        Ok::<_, ApiError>(service::file::open(&server.service, &actor, parse(id)?, variant).await?)
    };
    match answer.await {
        Ok(file) => shown(file, download),
        Err(error) => refuse(wants_page(headers), status_of(&error), &error),
    }
}

fn shown(file: FileBytes, download: bool) -> Response {
    let policy = match file.kind {
        FileKind::Jpeg => PICTURE_POLICY,
        FileKind::Pdf => PDF_POLICY,
    };
    let disposition = disposition(&file.name, file.kind, download);
    let mut response = file.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.kind.mime()));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

/// `Content-Disposition` with the name in RFC 5987 form; its end is the one of what is stored.
fn disposition(name: &str, kind: FileKind, download: bool) -> String {
    let how = if download { "attachment" } else { "inline" };
    let end = match kind {
        FileKind::Jpeg => "jpg",
        FileKind::Pdf => "pdf",
    };
    let stem = name
        .rsplit_once('.')
        .map_or(name, |(stem, _)| stem)
        .trim_matches(|letter: char| letter == '.' || letter.is_whitespace());
    let stem = if stem.is_empty() { "file" } else { stem };
    let mut encoded = String::new();
    for byte in stem.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("{how}; filename=\"file.{end}\"; filename*=UTF-8''{encoded}.{end}")
}

async fn actor(server: &Server, headers: &HeaderMap) -> Result<Actor, ApiError> {
    signed_in(server, headers).await.map(|(_, actor)| actor)
}

/// What is no id is no file.
fn parse(id: &str) -> Result<FileId, ApiError> {
    id.parse().map_err(|_| ApiError::NotFound)
}

fn told(headers: &HeaderMap, answer: Result<FileView, ApiError>) -> Response {
    match answer {
        Ok(view) => Json(view).into_response(),
        Err(error) => refuse(wants_page(headers), status_of(&error), &error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_breaks_out_of_its_header() {
        assert_eq!(
            disposition("营业执照 1.PNG", FileKind::Jpeg, false),
            "inline; filename=\"file.jpg\"; filename*=UTF-8''%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7%201.jpg"
        );
        for name in [
            "a\"; x=y\r\nSet-Cookie: a=b.exe",
            "..",
            "",
            "a%00b",
            "'*'",
            "<script>.html",
        ] {
            let header = disposition(name, FileKind::Pdf, true);
            assert!(
                header.starts_with("attachment; filename=\"file.pdf\"; filename*=UTF-8''"),
                "{header}"
            );
            assert!(
                HeaderValue::from_str(&header).is_ok() && header.ends_with(".pdf"),
                "{header}"
            );
            let (_, encoded) = header.split_once("UTF-8''").expect("a name");
            let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.%".contains(&byte);
            assert!(encoded.bytes().all(safe), "{header}");
        }
    }
}
