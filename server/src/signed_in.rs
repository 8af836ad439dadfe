//! Who asks, for what is answered outside of the pages.

use crate::state::Server;
use app::api::ApiError;
use axum::http::HeaderMap;
use service::Actor;

/// The signed-in person and the token of the session.
///
/// # Errors
/// [`ApiError::SignIn`] when nobody is signed in.
pub async fn signed_in(server: &Server, headers: &HeaderMap) -> Result<(String, Actor), ApiError> {
    let token = app::api::session_token_in(headers).ok_or(ApiError::SignIn)?;
    let actor = service::account::authenticate(&server.service, &token)
        .await?
        .ok_or(ApiError::SignIn)?;
    Ok((token, actor))
}
