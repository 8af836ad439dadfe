//! Server functions of 实名认证: each asks `service::identity`, which permits, steps, saves and audits.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::signed_in;
use domain::identity::{IdentityForm, IdentityState, PersonIdentityView};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

/// Where the trainee's own identity stands.
#[server(prefix = "/api", endpoint = "identity/person", input = GetUrl, output = Json)]
pub async fn person() -> Result<PersonIdentityView, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::identity::view(&service, &actor).await?)
}

/// Submits the trainee's own identity; answers where it stands afterwards.
#[server(prefix = "/api", endpoint = "identity/submit", input = Json, output = Json)]
pub async fn submit(
    /// What was typed.
    form: IdentityForm,
) -> Result<IdentityState, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::identity::submit(&service, &actor, form).await?)
}
