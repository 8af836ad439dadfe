//! Server functions of a unit's registration.

use crate::api::{ApiError, Typed};
#[cfg(feature = "ssr")]
use crate::api::{back_to_form, caller, is_plain_form, keep_session, redirect, service, typed_before};
use domain::host::RegisterHostForm;
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json, PostUrl};

/// What was typed into the long form before, and what was wrong.
#[server(prefix = "/api", endpoint = "host/register_start", input = GetUrl, output = Json)]
pub async fn register_start() -> Result<Typed<RegisterHostForm>, ApiError> {
    Ok(typed_before(&service()?, "register_host").await)
}

/// Registers the unit and its operator; answers with the page that sets the second factor up.
#[server(prefix = "/api", endpoint = "host/register", input = PostUrl, output = Json)]
pub async fn register(
    /// What was typed.
    #[server(flatten)]
    form: RegisterHostForm,
) -> Result<String, ApiError> {
    let (service, mut form) = (service()?, form);
    // A ticked box of the long form says `true`.
    if form.consent_privacy == "true" {
        form.consent_privacy = "on".to_owned();
    }
    let typed = form.without_secrets();
    match service::host::register(&service, form, &caller()).await {
        Ok(session) => {
            keep_session(&session);
            let path = crate::feature::account::set_up::PATH.to_owned();
            if is_plain_form() {
                redirect(&path);
            }
            Ok(path)
        }
        Err(error) => Err(back_to_form(
            &service,
            "register_host",
            &typed,
            error.into(),
            "/register/host?plain=1",
        )
        .await),
    }
}
