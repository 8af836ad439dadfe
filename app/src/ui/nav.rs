//! Where one is: the steps of a form, the views of one thing.

use super::{Erased, attr};
use leptos::prelude::*;

/// "第 2 步，共 4 步" as a bar and in words.
#[component]
pub fn Stepper(
    /// The current step, from 1.
    #[prop(into)]
    step: Signal<usize>,
    /// The name of every step.
    names: &'static [&'static str],
) -> impl IntoView {
    let words = move || {
        let at = step.get();
        let name = names.get(at.saturating_sub(1)).copied().unwrap_or_default();
        [
            "第 ",
            &at.to_string(),
            " 步，共 ",
            &names.len().to_string(),
            " 步 · ",
            name,
        ]
        .concat()
    };
    let marks = (1..=names.len())
        .map(|at| {
            let class = move || match step.get() {
                now if at < now => "done",
                now if at == now => "now",
                _ => "",
            };
            view! { <li class=class></li> }
        })
        .collect_view();
    view! {
        <div class="stepper">
            <div class="small muted" {..attr("role", "status")}>{words}</div>
            <ol {..attr("aria-hidden", "true")}>{marks}</ol>
        </div>
    }
    .erased()
}

/// One view of [`Segmented`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its name: "本周".
    pub label: String,
    /// Its address.
    pub href: String,
    /// Whether it is the open one.
    pub current: bool,
}

/// Two to four views of one thing, each with its own address.
#[component]
pub fn Segmented(
    /// What is switched, for screen readers: "选择周".
    label: &'static str,
    /// The views.
    #[prop(into)]
    segments: Signal<Vec<Segment>>,
) -> impl IntoView {
    let links = move || {
        segments
            .get()
            .into_iter()
            .map(|it| view! { <a href=it.href {..attr("aria-current", it.current.then_some("page"))}>{it.label}</a> })
            .collect_view()
    };
    view! { <nav class="seg" {..attr("aria-label", label)}>{links}</nav> }.erased()
}
