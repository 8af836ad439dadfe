//! Messages that stand in the page: what happened, what it means, what to do next.

use super::{Erased, attr};
use leptos::prelude::*;

use super::{Icon, Tone};

/// A message with a title. `Bad` interrupts a screen reader (`alert`), every other tone waits its turn (`status`).
#[component]
pub fn Banner(
    /// How serious it is.
    #[prop(optional)]
    tone: Tone,
    /// For example `icondata_lu::LuWifiOff`.
    icon: icondata_core::Icon,
    /// One short sentence.
    #[prop(into)]
    title: String,
    /// What it means and the next step; may hold a `btn`.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    view! {
        <div class=["banner ", tone.class()].concat() {..attr("role", role)}>
            <Icon icon/>
            <div class="body">
                <b>{title}</b>
                {children.map(|children| children())}
            </div>
        </div>
    }
    .erased()
}

/// What a list shows while it is empty: a title, and what to do about it.
#[component]
pub fn EmptyState(
    /// A calm picture of the thing that is missing.
    icon: icondata_core::Icon,
    /// For example "还没有签到记录".
    #[prop(into)]
    title: String,
    /// The next step.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon icon/>
            <h2>{title}</h2>
            {children.map(|children| children())}
        </div>
    }
    .erased()
}

/// The shape that a [`Skeleton`] holds free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// One line of text.
    #[default]
    Line,
    /// Half a line.
    Short,
    /// One row of a list.
    Row,
    /// A whole card.
    Card,
    /// The round check-in button.
    Disc,
}

/// A grey shape of the real size, so that nothing moves when the content arrives. Say "正在读取" beside it.
#[component]
pub fn Skeleton(
    /// What will stand here.
    #[prop(optional)]
    shape: Shape,
) -> impl IntoView {
    let class = match shape {
        Shape::Line => "skel",
        Shape::Short => "skel short",
        Shape::Row => "skel row-h",
        Shape::Card => "skel card-h",
        Shape::Disc => "skel disc",
    };
    view! { <span class={class} {..attr("aria-hidden", "true")}></span> }.erased()
}
