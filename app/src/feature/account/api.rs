//! Server functions of accounts. Those that a plain form may call answer it with a redirect: onward, or back to the form
//! with what was typed (never the password) and what is wrong.

use crate::api::{ApiError, Typed};
#[cfg(feature = "ssr")]
use crate::api::{
    back_to_form, caller, clear_session, home, is_plain_form, keep_display, keep_session, keep_typed, own_path,
    redirect, service, session_token, signed_in, typed_before, with_next,
};
use domain::FieldErrors;
use domain::account::{DemoSignIn, Viewer};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json, PostUrl};

/// What the sign-in page starts with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInOpening {
    /// The login that was typed before, and what was wrong.
    pub typed: Typed<String>,
    /// Demo sign-ins; empty on a real server.
    pub demo: Vec<DemoSignIn>,
}

/// What the page of the second step starts with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactorOpening {
    /// What was wrong with the code that was sent before.
    pub errors: FieldErrors,
    /// Demo sign-ins with a code; empty on a real server.
    pub demo: Vec<DemoSignIn>,
}

/// What the page that sets the second factor up starts with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUpOpening {
    /// The secret; none when there is nothing to set up in this session.
    pub set_up: Option<domain::account::SecondFactorSetUp>,
    /// What was wrong with the code that was sent before.
    pub errors: FieldErrors,
}

/// How long what is kept stays, by the national rules; a province may keep it longer.
#[server(prefix = "/api", endpoint = "account/privacy_terms", input = GetUrl, output = Json)]
pub async fn privacy_terms() -> Result<domain::account::PrivacyTerms, ApiError> {
    Ok(service::account::privacy_terms(&service()?))
}

/// Who is signed in.
#[server(prefix = "/api", endpoint = "account/viewer", input = GetUrl, output = Json)]
pub async fn signed_in_viewer() -> Result<Option<Viewer>, ApiError> {
    let Some(token) = session_token() else { return Ok(None) };
    let service = service()?;
    match service::account::authenticate(&service, &token).await? {
        Some(actor) => Ok(Some(service::account::viewer(&service, &actor).await?)),
        None => Ok(None),
    }
}

/// What the sign-in page starts with.
#[server(prefix = "/api", endpoint = "account/demo_sign_ins", input = GetUrl, output = Json)]
pub async fn sign_in_start() -> Result<SignInOpening, ApiError> {
    let service = service()?;
    let demo = if service.is_demo() {
        service::account::demo_sign_ins(&service).await?
    } else {
        Vec::new()
    };
    Ok(SignInOpening {
        typed: typed_before(&service, "sign_in").await,
        demo,
    })
}

/// Signs in; answers with the path to go to.
#[server(prefix = "/api", endpoint = "account/sign_in", input = PostUrl, output = Json)]
pub async fn sign_in(
    /// Mobile number or account name.
    #[server(default)]
    login: String,
    /// Password.
    #[server(default)]
    password: String,
    /// The path to go to afterwards.
    #[server(default)]
    next: String,
) -> Result<String, ApiError> {
    use domain::account::SignInForm;
    use service::account::SignIn;
    let service = service()?;
    let form = SignInForm {
        login: login.clone(),
        password,
    };
    let path = match service::account::sign_in(&service, form, &caller()).await {
        Ok(SignIn::Done(session)) => {
            keep_session(&session);
            own_path(&next).map_or_else(|| home(session.role).to_owned(), ToOwned::to_owned)
        }
        Ok(SignIn::SecondFactor(session)) => {
            keep_session(&session);
            if service::account::second_factor_to_set_up(&service, &session.token)
                .await?
                .is_some()
            {
                super::set_up::PATH.to_owned()
            } else {
                with_next("/sign-in/code", &next)
            }
        }
        Err(error) => {
            let page = with_next("/sign-in", &next);
            return Err(back_to_form(&service, "sign_in", &login, error.into(), &page).await);
        }
    };
    if is_plain_form() {
        redirect(&path);
    }
    Ok(path)
}

/// What was wrong with the code that was sent before.
#[server(prefix = "/api", endpoint = "account/second_factor_start", input = GetUrl, output = Json)]
pub async fn second_factor_start() -> Result<SecondFactorOpening, ApiError> {
    let service = service()?;
    let mut demo = if service.is_demo() {
        service::account::demo_sign_ins(&service).await?
    } else {
        Vec::new()
    };
    demo.retain(|one| one.code.is_some());
    Ok(SecondFactorOpening {
        errors: typed_before::<String>(&service, "second_factor").await.errors,
        demo,
    })
}

/// The second factor that waits to be set up in this half session.
#[server(prefix = "/api", endpoint = "account/second_factor_set_up", input = GetUrl, output = Json)]
pub async fn set_up_start() -> Result<SetUpOpening, ApiError> {
    let service = service()?;
    let set_up = match session_token() {
        Some(token) => service::account::second_factor_to_set_up(&service, &token).await?,
        None => None,
    };
    Ok(SetUpOpening {
        set_up,
        errors: typed_before::<String>(&service, "second_factor").await.errors,
    })
}

/// The staff's second step; answers with the path to go to.
#[server(prefix = "/api", endpoint = "account/second_factor", input = PostUrl, output = Json)]
pub async fn second_factor(
    /// Six digits.
    #[server(default)]
    code: String,
    /// The path to go to afterwards.
    #[server(default)]
    next: String,
) -> Result<String, ApiError> {
    use domain::account::SecondFactorForm;
    let service = service()?;
    let pending = session_token().unwrap_or_default();
    match service::account::second_factor(&service, &pending, SecondFactorForm { code }, &caller()).await {
        Ok(session) => {
            keep_session(&session);
            let path = own_path(&next).map_or_else(|| home(session.role).to_owned(), ToOwned::to_owned);
            if is_plain_form() {
                redirect(&path);
            }
            Ok(path)
        }
        Err(error) => {
            let pending_page = match service::account::second_factor_to_set_up(&service, &pending).await {
                Ok(Some(_)) => super::set_up::PATH,
                Ok(None) | Err(_) => "/sign-in/code",
            };
            // The first step is too long ago: back to it.
            let (purpose, error, page) = match ApiError::from(error) {
                ApiError::SignIn => ("sign_in", ApiError::SignIn, "/sign-in"),
                error => ("second_factor", error, pending_page),
            };
            Err(back_to_form(&service, purpose, &String::new(), error, &with_next(page, &next)).await)
        }
    }
}

/// Ends the session.
#[server(prefix = "/api", endpoint = "account/sign_out", input = PostUrl, output = Json)]
pub async fn sign_out() -> Result<(), ApiError> {
    let service = service()?;
    if let Some(token) = session_token() {
        service::account::sign_out(&service, &token).await?;
    }
    clear_session();
    if is_plain_form() {
        redirect("/sign-in");
    }
    Ok(())
}

/// What was wrong with the change of password that was sent before.
#[server(prefix = "/api", endpoint = "account/change_password_start", input = GetUrl, output = Json)]
pub async fn change_password_start() -> Result<Typed<bool>, ApiError> {
    Ok(typed_before(&service()?, "change_password").await)
}

/// Changes the own password.
#[server(prefix = "/api", endpoint = "account/change_password", input = PostUrl, output = Json)]
pub async fn change_password(
    /// The password until now.
    #[server(default)]
    current: String,
    /// The new one.
    #[server(default)]
    new: String,
) -> Result<(), ApiError> {
    use domain::account::ChangePasswordForm;
    let (service, actor) = signed_in().await?;
    let page = if actor.role().is_staff() { "/account" } else { "/me" };
    match service::account::change_password(&service, &actor, ChangePasswordForm { current, new }).await {
        Ok(()) => {
            if is_plain_form() {
                keep_typed(&service, "change_password", &true, FieldErrors::default()).await;
                redirect(page);
            }
            Ok(())
        }
        Err(error) => Err(back_to_form(&service, "change_password", &false, error.into(), page).await),
    }
}

/// How the screens look on this device, for browsers that run no code of ours.
#[server(prefix = "/api", endpoint = "account/display", input = PostUrl, output = Json)]
pub async fn set_display(
    /// `system`, `light` or `dark`.
    #[server(default)]
    theme: String,
    /// `normal` or `large`.
    #[server(default)]
    size: String,
) -> Result<(), ApiError> {
    use super::display::{Display, Theme};
    keep_display(
        &Display {
            theme: Theme::from_code(&theme).unwrap_or_default(),
            large: size == "large",
        }
        .value(),
    );
    if is_plain_form() {
        let home = match session_token() {
            Some(_) => signed_in().await.map_or(
                "/",
                |(_, actor)| if actor.role().is_staff() { "/account" } else { "/me" },
            ),
            None => "/",
        };
        redirect(home);
    }
    Ok(())
}
