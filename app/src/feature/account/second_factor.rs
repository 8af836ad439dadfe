//! SecondFactor page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn SecondFactorPage() -> impl IntoView {}
