//! SignIn page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn SignInPage() -> impl IntoView {}
