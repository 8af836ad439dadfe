//! Server functions of the host's sites: each asks `service::site`, which permits, checks and audits.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::signed_in;
use domain::SiteId;
use domain::site::{SiteChoice, SiteForm, SiteView};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

/// Every site of the operator's host, with its people and last check-ins.
#[server(prefix = "/api", endpoint = "site/list", input = GetUrl, output = Json)]
pub async fn list() -> Result<Vec<SiteView>, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::site::list(&service, &actor).await?)
}

/// The names of the host's sites, to choose one. Shows no position, so no look at one is logged.
#[server(prefix = "/api", endpoint = "site/choices", input = GetUrl, output = Json)]
pub async fn choices() -> Result<Vec<SiteChoice>, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::site::choices(&service, &actor).await?)
}

/// One site of the operator's host.
#[server(prefix = "/api", endpoint = "site/get", input = GetUrl, output = Json)]
pub async fn get(
    /// Which.
    id: SiteId,
) -> Result<SiteView, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::site::get(&service, &actor, id).await?)
}

/// Adds a site.
#[server(prefix = "/api", endpoint = "site/add", input = Json, output = Json)]
pub async fn add(
    /// What was typed.
    form: SiteForm,
) -> Result<SiteId, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::site::add(&service, &actor, form).await?)
}

/// Changes a site.
#[server(prefix = "/api", endpoint = "site/change", input = Json, output = Json)]
pub async fn change(
    /// Which.
    id: SiteId,
    /// The row version that the operator saw.
    version: i64,
    /// What was typed.
    form: SiteForm,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::site::change(&service, &actor, id, version, form).await?)
}
