//! Server functions of 规则与日历: each asks `service`, which permits, checks and audits.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::signed_in;
use domain::Day;
use domain::calendar::{ImportedNotice, YearView};
use domain::rulepack::{Comparison, NewVersionStart, RegionView, RulesView, Simulation, SimulationForm};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

/// Every region with rules of its own.
#[server(prefix = "/api", endpoint = "rules/list", input = GetUrl, output = Json)]
pub async fn list() -> Result<RulesView, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::rules::list(&service, &actor).await?)
}

/// One region with its versions.
#[server(prefix = "/api", endpoint = "rules/region", input = GetUrl, output = Json)]
pub async fn region(
    /// Its code.
    region: String,
) -> Result<RegionView, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::rules::region(&service, &actor, &region).await?)
}

/// Two versions side by side.
#[server(prefix = "/api", endpoint = "rules/compare", input = GetUrl, output = Json)]
pub async fn compare(
    /// `520000@2026-1`, or nothing.
    #[server(default)]
    left: String,
    /// The other one.
    #[server(default)]
    right: String,
) -> Result<Comparison, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::rules::compare(&service, &actor, &left, &right).await?)
}

/// What the form for a new version begins with.
#[server(prefix = "/api", endpoint = "rules/start", input = GetUrl, output = Json)]
pub async fn start(
    /// The region.
    region: String,
) -> Result<NewVersionStart, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::rules::start(&service, &actor, &region).await?)
}

/// Adds a version; answers the first day on which it counts.
#[server(prefix = "/api", endpoint = "rules/add", input = Json, output = Json)]
pub async fn add(
    /// The region.
    region: String,
    /// The TOML document.
    document: String,
) -> Result<Day, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::rules::add(&service, &actor, &region, &document).await?)
}

/// The calendar of a year; this year without one named.
#[server(prefix = "/api", endpoint = "rules/calendar", input = GetUrl, output = Json)]
pub async fn calendar(
    /// The year.
    #[server(default)]
    year: Option<i16>,
) -> Result<YearView, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::calendar::year(&service, &actor, year).await?)
}

/// Imports a year's notice.
#[server(prefix = "/api", endpoint = "rules/import", input = Json, output = Json)]
pub async fn import(
    /// The TOML document.
    document: String,
) -> Result<ImportedNotice, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::calendar::import(&service, &actor, &document).await?)
}

/// Which agencies would decide.
#[server(prefix = "/api", endpoint = "rules/simulate", input = Json, output = Json)]
pub async fn simulate(
    /// What is asked.
    form: SimulationForm,
) -> Result<Simulation, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::rules::simulate(&service, &actor, &form).await?)
}
