//! The frame of pages outside of any role: the green head with the mark, one column, the privacy notice below.

use crate::ui::Erased;
use crate::ui::Mark;
use leptos::prelude::*;

/// Head, column, foot.
#[component]
pub fn Solo(
    /// The page's only `h1`.
    title: &'static str,
    /// One line under it.
    #[prop(default = "就业见习登记、签到和考勤")]
    sub: &'static str,
    /// Whether the column may become two on a wide screen.
    #[prop(optional)]
    wide: bool,
    /// The cards.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="solo">
            <header class="top">
                <div class="row">
                    <Mark />
                    <div>
                        <h1>{title}</h1>
                        <div class="muted small">{sub}</div>
                    </div>
                </div>
            </header>
            <main class=if wide { "page wide" } else { "page" } id="main">{children()}</main>
            <footer>
                <a href="/">"首页"</a>
                <a href="/privacy">"隐私说明"</a>
            </footer>
        </div>
    }
    .erased()
}
