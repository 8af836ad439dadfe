//! Server functions of a trainee's own page: each asks `service::trainee`, which permits, saves and audits.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::signed_in;
use domain::trainee::MeView;
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

/// 我的: the trainee's own data, with secrets masked.
#[server(prefix = "/api", endpoint = "trainee/me", input = GetUrl, output = Json)]
pub async fn me() -> Result<MeView, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::trainee::me(&service, &actor).await?)
}

/// Gives or takes back the consent to use position and bank data. A plain form, so that it works without JavaScript.
#[server(prefix = "/api", endpoint = "trainee/set_consent", output = Json)]
pub async fn set_consent(
    /// Whether it is given.
    given: bool,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::trainee::set_sensitive_consent(&service, &actor, given).await?)
}
