//! The heads of screens.

use super::{Erased, attr};
use icondata_lu::LuChevronLeft;
use leptos::prelude::*;

use super::Icon;

/// The green head of a phone screen with its title and the way back.
#[component]
pub fn TopBar(
    /// The name of the screen, its only `h1`.
    #[prop(into)]
    title: String,
    /// Where the arrow leads; none on the screens of the tab bar.
    #[prop(optional)]
    back: Option<&'static str>,
    /// A chip or a button at the right end.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="top flat">
            <div class="row">
                {back.map(|href| view! { <a class="back" href={href} {..attr("aria-label", "返回")}><Icon icon=LuChevronLeft/></a> }.erased())}
                <h1 class="grow">{title}</h1>
                {children.map(|children| children())}
            </div>
        </header>
    }
    .erased()
}

/// The head of a board: title, one line about it, and the acts at the right.
#[component]
pub fn PageHead(
    /// The name of the screen, its only `h1`.
    #[prop(into)]
    title: String,
    /// What the board shows right now: "第 9 周 · 11月16日—22日 · 每人每周至少 2 次".
    #[prop(into, optional)]
    sub: Signal<String>,
    /// Buttons and [`super::Segmented`].
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="head">
            <div>
                <h1>{title}</h1>
                <div class="muted small">{sub}</div>
            </div>
            {children.map(|children| view! { <div class="row wrap">{children()}</div> }.erased())}
        </header>
    }
    .erased()
}
