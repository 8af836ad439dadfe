//! Server functions of agencies and of a province's divisions: each asks the service, which permits, checks and audits.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::signed_in;
use domain::AgencyId;
use domain::agency::{AgencyBoard, AgencyForm};
use domain::division::{DivisionEnd, DivisionForm};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

/// The admin's own agency and those below it.
#[server(prefix = "/api", endpoint = "agency/board", input = GetUrl, output = Json)]
pub async fn board() -> Result<AgencyBoard, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::agency::board(&service, &actor).await?)
}

/// Adds an agency.
#[server(prefix = "/api", endpoint = "agency/add", input = Json, output = Json)]
pub async fn add(
    /// What was typed.
    form: AgencyForm,
) -> Result<AgencyId, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::agency::add(&service, &actor, form).await?)
}

/// Changes an agency.
#[server(prefix = "/api", endpoint = "agency/change", input = Json, output = Json)]
pub async fn change(
    /// Which.
    id: AgencyId,
    /// The row version that the admin saw.
    version: i64,
    /// What was typed.
    form: AgencyForm,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::agency::change(&service, &actor, id, version, form).await?)
}

/// Closes an agency on which nothing hangs any more.
#[server(prefix = "/api", endpoint = "agency/close", input = Json, output = Json)]
pub async fn close(
    /// Which.
    id: AgencyId,
    /// The row version that the admin saw.
    version: i64,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::agency::close(&service, &actor, id, version).await?)
}

/// Adds a division to the admin's province.
#[server(prefix = "/api", endpoint = "division/add", input = Json, output = Json)]
pub async fn add_division(
    /// What was typed.
    form: DivisionForm,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::division::add(&service, &actor, form).await?)
}

/// Gives a division of the admin's province its last day.
#[server(prefix = "/api", endpoint = "division/end", input = Json, output = Json)]
pub async fn end_division(
    /// What was typed.
    form: DivisionEnd,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::division::end(&service, &actor, form).await?)
}
