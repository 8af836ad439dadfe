//! The page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn RegisterPage() -> impl IntoView {}
