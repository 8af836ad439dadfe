//! A state in two to eight characters.

use super::Erased;
use leptos::prelude::*;

use super::Tone;

/// A pill that names a state.
#[component]
pub fn Chip(
    /// The tone that repeats the words.
    #[prop(optional)]
    tone: Tone,
    /// A small filled dot before the words: something is live.
    #[prop(optional)]
    live: bool,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! { <span class=class("chip", tone, live)>{children()}</span> }.erased()
}

/// The class list of a chip, for pages that need the tone to follow a signal.
fn class(base: &str, tone: Tone, live: bool) -> String {
    [base, " ", tone.class(), if live { " live" } else { "" }].concat()
}
