//! One Lucide icon as inline SVG. Decoration only: the words beside it carry the meaning.

use leptos::prelude::*;

/// Draws an icon of `icondata_lu` in the text colour, hidden from screen readers.
#[component]
pub fn Icon(
    /// For example `icondata_lu::LuMapPin`.
    icon: icondata_core::Icon,
) -> impl IntoView {
    view! {
        <svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false" inner_html=icon.data></svg>
    }
    .into_any()
}

/// The product's mark: a place, found, from which something grows. Drawn in the text colour.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 512 512" aria-hidden="true" focusable="false" inner_html=MARK></svg>
    }
    .into_any()
}

/// Same drawing as `public/icons/mono.svg`.
const MARK: &str = include_str!("mark.svgpart");
