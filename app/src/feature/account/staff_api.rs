//! Server functions of staff accounts, for an admin; kept apart from the first screens' functions.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::signed_in;
use domain::AccountId;
use domain::account::{StaffForm, StaffPage, StaffSecret};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

/// One page of the list.
#[server(prefix = "/api", endpoint = "staff/list", input = GetUrl, output = Json)]
pub async fn list(
    /// Part of a name, or a whole sign-in name.
    #[server(default)]
    text: String,
    /// Role by its code.
    #[server(default)]
    role: String,
    /// Where the page before ended.
    #[server(default)]
    before: String,
) -> Result<StaffPage, ApiError> {
    let (service, actor) = signed_in().await?;
    let filter = domain::account::StaffFilter {
        text,
        role,
        before: before.parse().ok(),
    };
    Ok(service::account::staff_list::list(&service, &actor, &filter).await?)
}

/// Makes an account.
#[server(prefix = "/api", endpoint = "staff/create", input = Json, output = Json)]
pub async fn create(
    /// What was typed.
    form: StaffForm,
) -> Result<StaffSecret, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::account::staff_list::create(&service, &actor, form).await?)
}

/// Bars an account.
#[server(prefix = "/api", endpoint = "staff/disable", input = Json, output = Json)]
pub async fn disable(
    /// Which.
    id: AccountId,
    /// The row version that the admin saw.
    version: i64,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::account::staff_list::disable(&service, &actor, id, version).await?)
}

/// Lets a barred account sign in again.
#[server(prefix = "/api", endpoint = "staff/enable", input = Json, output = Json)]
pub async fn enable(
    /// Which.
    id: AccountId,
    /// The row version that the admin saw.
    version: i64,
) -> Result<(), ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::account::staff_list::enable(&service, &actor, id, version).await?)
}

/// Gives an account a new password and second factor.
#[server(prefix = "/api", endpoint = "staff/reset", input = Json, output = Json)]
pub async fn reset(
    /// Which.
    id: AccountId,
    /// The row version that the admin saw.
    version: i64,
) -> Result<StaffSecret, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::account::staff_list::reset(&service, &actor, id, version).await?)
}
