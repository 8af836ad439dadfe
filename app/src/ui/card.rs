//! Small pieces that stand on cards: the disc of a person and the number of a board.

use super::{Erased, attr};
use leptos::prelude::*;

use super::Tone;

/// The first character of a name in a soft disc; the name itself stands beside it.
#[component]
pub fn Avatar(
    /// A person's name.
    name: String,
    /// Twice as large, for the account page.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let first: String = name.chars().take(1).collect();
    view! { <span class=if large { "ava l" } else { "ava" } {..attr("aria-hidden", "true")}>{first}</span> }.erased()
}

/// One number of the board with its label and unit.
#[component]
pub fn Kpi(
    /// What is counted: "今日已签".
    label: &'static str,
    /// The number; a signal, because the board is live.
    #[prop(into)]
    value: Signal<String>,
    /// What follows the number: " / 24", " 人".
    #[prop(into, optional)]
    unit: Signal<String>,
    /// The tone of the number.
    #[prop(into, optional)]
    tone: Signal<Tone>,
) -> impl IntoView {
    view! {
        <div class="card kpi">
            <div class="muted small">{label}</div>
            <strong class="num">
                <span class=move || tone.get().class()>{value}</span>
                <small>{unit}</small>
            </strong>
        </div>
    }
    .erased()
}
