//! Server functions of internships: each asks `service::internship`, which permits, steps, saves and audits.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::signed_in;
#[cfg(feature = "ssr")]
use domain::internship::DeclineForm;
use domain::InternshipId;
use domain::internship::{OfferForm, OfferView, RosterEntry};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

/// The operator takes a person on who was met offline; the person gets an offer to confirm.
#[server(prefix = "/api", endpoint = "internship/offer", input = Json, output = Json)]
pub async fn offer(form: OfferForm) -> Result<InternshipId, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::internship::offer(&service, &actor, form).await?)
}

/// The people of the operator's host.
#[server(prefix = "/api", endpoint = "internship/roster", input = GetUrl, output = Json)]
pub async fn roster() -> Result<Vec<RosterEntry>, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::internship::roster(&service, &actor).await?)
}

/// The operator takes an unanswered offer back; `version` is the row version that was on the screen.
#[server(prefix = "/api", endpoint = "internship/withdraw", input = Json, output = Json)]
pub async fn withdraw(id: InternshipId, version: i64) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::internship::withdraw(&service, &actor, id, version).await?)
}

/// The terms of an offer to the signed-in trainee, and the same facts afterwards.
#[server(prefix = "/api", endpoint = "internship/view", input = GetUrl, output = Json)]
pub async fn view(id: InternshipId) -> Result<OfferView, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::internship::offer_view(&service, &actor, id).await?)
}

/// The trainee confirms the terms. A plain form, so that it works without JavaScript.
#[server(prefix = "/api", endpoint = "internship/confirm", output = Json)]
pub async fn confirm(id: InternshipId, version: i64) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::internship::confirm(&service, &actor, id, version).await?)
}

/// The trainee declines with a reason that the host reads. A plain form, so that it works without JavaScript.
#[server(prefix = "/api", endpoint = "internship/decline", output = Json)]
pub async fn decline(id: InternshipId, version: i64, reason: String) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::internship::decline(&service, &actor, id, version, DeclineForm { reason }).await?)
}
