//! Server functions of the audit log.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::signed_in;
use domain::audit::{AuditPage, ChainVerdict};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

/// One page, newest first.
#[server(prefix = "/api", endpoint = "audit/page", input = GetUrl, output = Json)]
pub async fn page(
    /// First day.
    #[server(default)]
    from: String,
    /// Last day.
    #[server(default)]
    until: String,
    /// Name or sign-in name.
    #[server(default)]
    who: String,
    /// Act.
    #[server(default)]
    act: String,
    /// Id of what the event is about.
    #[server(default)]
    subject: String,
    /// Where the page before ended.
    #[server(default)]
    before: String,
) -> Result<AuditPage, ApiError> {
    let (service, actor) = signed_in().await?;
    let filter = domain::audit::AuditFilter {
        from,
        until,
        who,
        act,
        subject,
    };
    Ok(service::audit::page(&service, &actor, &filter, before.parse().ok()).await?)
}

/// Recomputes the chain, a part at a time.
#[server(prefix = "/api", endpoint = "audit/verify", input = Json, output = Json)]
pub async fn verify(
    /// What the part before answered, empty for the first.
    resume: String,
) -> Result<ChainVerdict, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::audit::verify(&service, &actor, &resume).await?)
}
