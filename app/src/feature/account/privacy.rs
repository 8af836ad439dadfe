//! Privacy page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn PrivacyPage() -> impl IntoView {}
