//! Server functions of the unit itself: the day and the rules by which browser and server check the same, 单位资料 and its
//! identity.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::signed_in;
use domain::host::{HostIdentityForm, HostUnitView};
use domain::rulepack::RulePack;
use domain::{CaseId, Day};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

/// What a form is checked against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ground {
    /// Today by the server's clock.
    pub today: Day,
    /// The rules that count.
    pub rules: RulePack,
}

/// Today and the rules for the operator's forms.
#[server(prefix = "/api", endpoint = "host/rules", input = GetUrl, output = Json)]
pub async fn rules() -> Result<Ground, ApiError> {
    let (service, actor) = signed_in().await?;
    let rules = service::internship::host_rules(&service, &actor).await?;
    Ok(Ground {
        today: service.clock().now().day(),
        rules,
    })
}

/// The operator's unit, with how its identity stands.
#[server(prefix = "/api", endpoint = "host/unit", input = GetUrl, output = Json)]
pub async fn unit() -> Result<HostUnitView, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::host::unit(&service, &actor).await?)
}

/// Hands the unit's identity in, or in again.
#[server(prefix = "/api", endpoint = "host/submit_identity", input = Json, output = Json)]
pub async fn submit_identity(
    /// What was typed, with the ids of the papers.
    form: HostIdentityForm,
) -> Result<CaseId, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::host::submit_identity(&service, &actor, form).await?)
}
