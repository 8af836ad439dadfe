//! Landing page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn LandingPage() -> impl IntoView {}
