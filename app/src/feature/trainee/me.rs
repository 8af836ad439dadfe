//! The page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn MePage() -> impl IntoView {}
