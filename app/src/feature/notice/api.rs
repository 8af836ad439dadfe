//! Server functions of notices; `service::notice` reaches the own inbox only.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::{is_plain_form, maybe_signed_in, redirect, signed_in};
use domain::notice::{Inbox, PushSwitch};
use domain::{Moment, NoticeId};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json, PostUrl};

/// A page of the own inbox.
#[server(prefix = "/api", endpoint = "notice/list", input = GetUrl, output = Json)]
pub async fn list(
    /// Where it begins: `older` of the page before; empty for the first.
    #[server(default)]
    before: String,
) -> Result<Inbox, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::notice::list(&service, &actor, Some(&before)).await?)
}

/// Marks one notice as read.
#[server(prefix = "/api", endpoint = "notice/mark_read", input = PostUrl, output = Json)]
pub async fn mark_read(
    /// Which.
    id: NoticeId,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    service::notice::mark_read(&service, &actor, id).await?;
    if is_plain_form() {
        redirect("/messages");
    }
    Ok(())
}

/// Marks everything that the reader saw as read.
#[server(prefix = "/api", endpoint = "notice/mark_all_read", input = PostUrl, output = Json)]
pub async fn mark_all_read(
    /// When the inbox was read that the reader saw.
    until: Moment,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    service::notice::mark_all_read(&service, &actor, until).await?;
    if is_plain_form() {
        redirect("/messages");
    }
    Ok(())
}

/// What the switch for push starts with.
#[server(prefix = "/api", endpoint = "notice/push_state", input = Json, output = Json)]
pub async fn push_state(
    /// The address of this browser's subscription, a secret; empty when it has none.
    endpoint: String,
) -> Result<PushSwitch, ApiError> {
    // Asked when the service worker is ready, which may be after the person has left: that is no fault, and tells nothing.
    let Some((service, actor)) = maybe_signed_in().await? else {
        return Ok(PushSwitch { key: None, on: false });
    };
    Ok(PushSwitch {
        key: service::notice::push_key(&service),
        on: !endpoint.is_empty() && service::notice::is_push_on(&service, &actor, &endpoint).await?,
    })
}

/// Tells me through this browser from now on.
#[server(prefix = "/api", endpoint = "notice/push_on", input = Json, output = Json)]
pub async fn push_on(
    /// `PushSubscription.toJSON()`.
    subscription: String,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::notice::push_on(&service, &actor, &subscription).await?)
}

/// Tells me nothing more through this browser.
#[server(prefix = "/api", endpoint = "notice/push_off", input = Json, output = Json)]
pub async fn push_off(
    /// The address of its subscription.
    endpoint: String,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::notice::push_off(&service, &actor, &endpoint).await?)
}
