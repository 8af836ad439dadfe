//! Server functions of divisions.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::service;
use domain::division::Division;
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

/// The divisions directly below `parent`; the provinces when it is empty.
#[server(prefix = "/api", endpoint = "division/children", input = GetUrl, output = Json)]
pub async fn children(
    /// Six digits, or nothing.
    #[server(default)]
    parent: String,
) -> Result<Vec<Division>, ApiError> {
    let service = service()?;
    let parent = (!parent.is_empty()).then_some(parent);
    Ok(service::division::children(&service, parent.as_deref()).await?)
}
