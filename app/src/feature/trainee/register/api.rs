//! Server functions of registration.

use crate::api::{ApiError, Typed};
#[cfg(feature = "ssr")]
use crate::api::{back_to_form, caller, home, is_plain_form, keep_session, redirect, service, typed_before};
use domain::Day;
use domain::rulepack::RulePack;
use domain::trainee::RegisterForm;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json, PostUrl};

/// What registration starts with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// Today by the server's clock.
    pub today: Day,
    /// The national rules; the server checks again by those of the province.
    pub rules: RulePack,
    /// What was typed into the long form before, and what was wrong.
    pub typed: Typed<RegisterForm>,
}

/// What registration starts with.
#[server(prefix = "/api", endpoint = "trainee/register_start", input = GetUrl, output = Json)]
pub async fn register_start() -> Result<Opening, ApiError> {
    let service = service()?;
    let today = service.clock().now().day();
    Ok(Opening {
        today,
        rules: std::sync::Arc::unwrap_or_clone(service.rules().pack(domain::rulepack::NATIONAL, today)),
        typed: typed_before(&service, "register").await,
    })
}

/// Registers and signs in; answers with the path to go to.
#[server(prefix = "/api", endpoint = "trainee/register", input = PostUrl, output = Json)]
pub async fn register(
    /// What was typed.
    #[server(flatten)]
    form: RegisterForm,
) -> Result<String, ApiError> {
    let (service, mut form) = (service()?, form);
    // A ticked box of the long form says `true`.
    for consent in [&mut form.consent_privacy, &mut form.consent_sensitive] {
        if consent == "true" {
            *consent = "on".to_owned();
        }
    }
    let typed = form.without_secrets();
    match service::trainee::register(&service, form, &caller()).await {
        Ok(session) => {
            keep_session(&session);
            let path = home(session.role).to_owned();
            if is_plain_form() {
                redirect(&path);
            }
            Ok(path)
        }
        Err(error) => Err(back_to_form(&service, "register", &typed, error.into(), "/register?plain=1").await),
    }
}
