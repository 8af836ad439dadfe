//! Server functions of the review engine: each asks `service::review`, which permits, steps, saves and audits.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::signed_in;
use domain::CaseId;
use domain::review::{BulkOutcome, CaseState, CaseView, DecisionForm, QueueView};
#[cfg(feature = "ssr")]
use domain::review::{CaseKind, QueueBox, QueueFilter};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

/// A page of the agency's queue. What is no folder or kind means the first and all.
#[server(prefix = "/api", endpoint = "review/queue", input = GetUrl, output = Json)]
pub async fn queue(
    /// `open`, `returned`, `escalated` or `done`.
    #[server(default)]
    folder: String,
    /// Code of a kind, or nothing.
    #[server(default)]
    kind: String,
    /// Part of a name, or nothing.
    #[server(default)]
    search: String,
    /// Where the page begins, or nothing.
    #[server(default)]
    after: String,
) -> Result<QueueView, ApiError> {
    let (service, actor) = signed_in().await?;
    let filter = QueueFilter {
        folder: QueueBox::from_code(&folder).unwrap_or_default(),
        kind: CaseKind::from_code(&kind),
        search,
        after,
    };
    Ok(service::review::queue(&service, &actor, filter).await?)
}

/// The page of a case.
#[server(prefix = "/api", endpoint = "review/case", input = GetUrl, output = Json)]
pub async fn case(
    /// The case.
    id: CaseId,
) -> Result<CaseView, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::review::view(&service, &actor, id).await?)
}

/// Decides a case; answers where it stands afterwards.
#[server(prefix = "/api", endpoint = "review/decide", input = Json, output = Json)]
pub async fn decide(
    /// The case.
    id: CaseId,
    /// The row version that was on the screen.
    version: i64,
    /// What the reviewer filled in.
    form: DecisionForm,
) -> Result<CaseState, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::review::decide(&service, &actor, id, version, form).await?)
}

/// Approves several cases that need nothing but a yes.
#[server(prefix = "/api", endpoint = "review/approve_many", input = Json, output = Json)]
pub async fn approve_many(
    /// Cases, each with the row version that was on the screen.
    cases: Vec<(CaseId, i64)>,
) -> Result<Vec<BulkOutcome>, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::review::approve_many(&service, &actor, cases).await?)
}
