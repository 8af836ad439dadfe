//! One Lucide icon as inline SVG. Decoration only: the words beside it carry the meaning.

use super::Erased;
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
    .erased()
}

/// The product's mark: a place, found, from which something grows. The pin takes the text colour; `style/component/top.css` colours the rest.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 512 512" aria-hidden="true" focusable="false" inner_html=MARK></svg>
    }
    .erased()
}

/// The same paths as `public/icons/icon.svg`.
const MARK: &str = include_str!("mark.svgpart");
