//! Server functions that the host's forms share: the day and the rules by which browser and server check the same.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::signed_in;
use domain::Day;
use domain::rulepack::RulePack;
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
