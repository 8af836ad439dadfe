//! Server functions of internships: each asks `service::internship`, which permits, steps, saves and audits.

use crate::api::{ApiError, Typed};
#[cfg(feature = "ssr")]
use crate::api::{back_to_form, signed_in, typed_before};
use domain::InternshipId;
#[cfg(feature = "ssr")]
use domain::internship::DeclineForm;
use domain::internship::{OfferForm, OfferView, RosterEntry};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json, PostUrl};

/// What the page of an offer starts with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferOpening {
    /// The terms.
    pub offer: OfferView,
    /// Why it cannot be confirmed yet, and the next step; nothing where it can.
    pub not_yet: Option<String>,
    /// The reason that was typed before, and what was wrong with the answer.
    pub typed: Typed<String>,
}

/// The operator takes a person on who was met offline; the person gets an offer to confirm.
#[server(prefix = "/api", endpoint = "internship/offer", input = Json, output = Json)]
pub async fn offer(
    /// What the operator typed.
    form: OfferForm,
) -> Result<InternshipId, ApiError> {
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
pub async fn withdraw(
    /// The internship.
    id: InternshipId,
    /// The row version that was on the screen.
    version: i64,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::internship::withdraw(&service, &actor, id, version).await?)
}

/// The terms of an offer to the signed-in trainee, and the same facts afterwards.
#[server(prefix = "/api", endpoint = "internship/view", input = GetUrl, output = Json)]
pub async fn view(
    /// The internship.
    id: InternshipId,
) -> Result<OfferOpening, ApiError> {
    let (service, actor) = signed_in().await?;
    let offer = service::internship::offer_view(&service, &actor, id).await?;
    let not_yet = service::identity::why_not_confirm(&service, &actor).await?;
    Ok(OfferOpening {
        offer,
        not_yet,
        typed: typed_before(&service, "offer").await,
    })
}

/// The trainee confirms the terms. A plain form, so that it works without JavaScript.
#[server(prefix = "/api", endpoint = "internship/confirm", input = PostUrl, output = Json)]
pub async fn confirm(
    /// The internship.
    id: InternshipId,
    /// The row version that was on the screen.
    version: i64,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    match service::internship::confirm(&service, &actor, id, version).await {
        Ok(()) => Ok(()),
        Err(error) => Err(back_to_form(&service, "offer", &String::new(), error.into(), &page(id)).await),
    }
}

/// The trainee declines with a reason that the host reads. A plain form, so that it works without JavaScript.
#[server(prefix = "/api", endpoint = "internship/decline", input = PostUrl, output = Json)]
pub async fn decline(
    /// The internship.
    id: InternshipId,
    /// The row version that was on the screen.
    version: i64,
    /// Why; the host reads it.
    #[server(default)]
    reason: String,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    let form = DeclineForm { reason: reason.clone() };
    match service::internship::decline(&service, &actor, id, version, form).await {
        Ok(()) => Ok(()),
        Err(error) => Err(back_to_form(&service, "offer", &reason, error.into(), &page(id)).await),
    }
}

#[cfg(feature = "ssr")]
fn page(id: InternshipId) -> String {
    format!("/offer/{id}")
}
