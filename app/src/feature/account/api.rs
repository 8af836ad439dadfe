//! Server functions of accounts.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::{service, session_token};
use domain::account::Viewer;
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

/// Who is signed in.
#[server(prefix = "/api", endpoint = "account/viewer", input = GetUrl, output = Json)]
pub async fn viewer() -> Result<Option<Viewer>, ApiError> {
    let Some(token) = session_token() else { return Ok(None) };
    let service = service()?;
    match service::account::authenticate(&service, &token).await? {
        Some(actor) => Ok(Some(service::account::viewer(&service, &actor).await?)),
        None => Ok(None),
    }
}
