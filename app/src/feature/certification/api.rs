//! Server functions of certifications: each asks `service::certification`, which permits, checks and audits.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::signed_in;
use domain::certification::{
    CertificationForm, CertificationPage, CertificationState, CertificationSummary, PrintView, UnitActForm, UnitList,
    UnitPage,
};
use domain::{CaseId, HostId};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

/// The certification of the operator's host.
#[server(prefix = "/api", endpoint = "certification/view", input = GetUrl, output = Json)]
pub async fn view() -> Result<CertificationPage, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::certification::view(&service, &actor).await?)
}

/// The certification in short, for the host's overview.
#[server(prefix = "/api", endpoint = "certification/summary", input = GetUrl, output = Json)]
pub async fn summary() -> Result<CertificationSummary, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::certification::summary(&service, &actor).await?)
}

/// Saves what was typed without sending it; answers the new row version.
#[server(prefix = "/api", endpoint = "certification/save", input = Json, output = Json)]
pub async fn save(
    /// The row version that the operator saw.
    version: i64,
    /// What was typed.
    form: CertificationForm,
) -> Result<i64, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::certification::save(&service, &actor, version, form).await?)
}

/// Sends the application, or the mended one of a returned case.
#[server(prefix = "/api", endpoint = "certification/submit", input = Json, output = Json)]
pub async fn submit(
    /// The row version that the operator saw.
    version: i64,
    /// What was typed.
    form: CertificationForm,
) -> Result<CaseId, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::certification::submit(&service, &actor, version, form).await?)
}

/// Begins a new application after a rejection, a clean-out, or the end of a ban.
#[server(prefix = "/api", endpoint = "certification/restart", input = Json, output = Json)]
pub async fn restart(
    /// The row version that the operator saw.
    version: i64,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::certification::restart(&service, &actor, version).await?)
}

/// The application as it is printed.
#[server(prefix = "/api", endpoint = "certification/print", input = GetUrl, output = Json)]
pub async fn print() -> Result<PrintView, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::certification::print(&service, &actor).await?)
}

/// The application of a host as it is printed for an agency through whose hands its case goes.
#[server(prefix = "/api", endpoint = "certification/print_of", input = GetUrl, output = Json)]
pub async fn print_of(
    /// Which host.
    id: HostId,
) -> Result<PrintView, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::certification::print_of(&service, &actor, id).await?)
}

/// One page of the hosts within reach of the reader's agency.
#[server(prefix = "/api", endpoint = "certification/units", input = GetUrl, output = Json)]
pub async fn units(
    /// Code of a state, or nothing for all.
    #[server(default)]
    state: String,
    /// Only idle hosts of the own agency: `true`, or nothing.
    #[server(default)]
    idle: String,
    /// Part of the name, or nothing.
    #[server(default)]
    search: String,
    /// Where the page begins, or nothing.
    #[server(default)]
    after: String,
) -> Result<UnitList, ApiError> {
    let (service, actor) = signed_in().await?;
    let filter = domain::certification::UnitFilter {
        state: CertificationState::from_code(&state),
        idle: idle == "true",
        search,
        after,
    };
    Ok(service::certification::units(&service, &actor, filter).await?)
}

/// One host within reach of the reader's agency.
#[server(prefix = "/api", endpoint = "certification/unit", input = GetUrl, output = Json)]
pub async fn unit(
    /// Which.
    id: HostId,
) -> Result<UnitPage, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::certification::unit(&service, &actor, id).await?)
}

/// The certifying agency acts on a host.
#[server(prefix = "/api", endpoint = "certification/act", input = Json, output = Json)]
pub async fn act(
    /// Which.
    id: HostId,
    /// The row version that was on the screen.
    version: i64,
    /// What is done, and why.
    form: UnitActForm,
) -> Result<CertificationState, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::certification::act(&service, &actor, id, version, form).await?)
}
