//! Account page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn AccountPage() -> impl IntoView {}
