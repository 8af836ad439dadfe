//! Who is signed in, asked once per page load and known to every screen.

use super::api::signed_in_viewer;
use crate::api::ApiError;
use domain::account::Viewer;
use leptos::prelude::*;

/// The signed-in person, or nobody.
pub type Session = Option<Viewer>;

/// Asks for the session once; called by the app before the router.
pub fn provide_viewer() {
    provide_context(crate::api::read(|| (), |()| signed_in_viewer()));
}

/// The answer to who is signed in; `.await` it inside a `Suspend`.
#[must_use]
pub fn use_viewer() -> crate::api::Read<Result<Session, ApiError>> {
    expect_context()
}
