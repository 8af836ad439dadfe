//! `/export/audit`: the audit log as a file, written while it is read, so that its length costs no memory. Permission, reach
//! and the note in the log are the service's.

use crate::refusal::{refuse, status_of, wants_page};
use crate::signed_in::signed_in;
use crate::state::Server;
use app::api::ApiError;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use domain::audit::AuditFilter;
use futures::Stream;
use serde::Deserialize;
use service::audit::{Export, Format};

/// Which file.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    /// `json` for JSON lines; everything else is CSV.
    #[serde(default)]
    format: String,
}

/// Sends the file to an auditor or admin; everybody else gets the error.
pub async fn audit(
    State(server): State<Server>,
    Query(wish): Query<Wish>,
    Query(filter): Query<AuditFilter>,
    headers: HeaderMap,
) -> Response {
    let (format, kind, ending) = match wish.format.as_str() {
        "json" => (Format::JsonLines, "application/x-ndjson; charset=utf-8", "jsonl"),
        _ => (Format::Csv, "text/csv; charset=utf-8", "csv"),
    };
    match open(&server, &headers, &filter, format).await {
        Ok((token, export)) => {
            let name = format!(
                "attachment; filename=\"audit-{}.{ending}\"",
                server.service.clock().now().day()
            );
            let mut response = Response::new(Body::from_stream(pieces(server, token, export)));
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            if let Ok(name) = HeaderValue::from_str(&name) {
                headers.insert(CONTENT_DISPOSITION, name);
            }
            response
        }
        Err(error) => refuse(wants_page(&headers), status_of(&error), &error),
    }
}

async fn open(
    server: &Server,
    headers: &HeaderMap,
    filter: &AuditFilter,
    format: Format,
) -> Result<(String, Export), ApiError> {
    let (token, actor) = signed_in(server, headers).await?;
    let export = service::audit::export(&server.service, &actor, filter, format).await?;
    Ok((token, export))
}

/// A file that breaks off is an error of the transfer, which browsers tell; it never looks like a whole one. It ends with the
/// session, too.
fn pieces(
    server: Server,
    token: String,
    mut export: Export,
) -> impl Stream<Item = Result<String, std::io::Error>> + Send + 'static {
    async_stream::stream! {
        loop {
            if !matches!(service::account::is_signed_in(&server.service, &token).await, Ok(true)) {
                yield Err(std::io::Error::other("the session ended"));
                break;
            }
            match export.next().await {
                Ok(Some(piece)) if piece.is_empty() => {}
                Ok(Some(piece)) => yield Ok(piece),
                Ok(None) => break,
                Err(error) => {
                    yield Err(std::io::Error::other(error));
                    break;
                }
            }
        }
    }
}
