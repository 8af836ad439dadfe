//! Tables: plain ones that may scroll sideways, and the week board that folds on the phone.

use super::{Erased, attr};
use leptos::prelude::*;

/// A table with a spoken name. Children are `<thead>` and `<tbody>`.
#[component]
pub fn DataTable(
    /// What the table lists, for screen readers.
    #[prop(into)]
    label: String,
    /// Further classes of the table.
    #[prop(default = "table")]
    class: &'static str,
    /// `<thead>` and `<tbody>`.
    children: Children,
) -> impl IntoView {
    let name = label.clone();
    view! {
        <div class="scroll" role="region" aria-label=name tabindex="0">
            <table class=class role="table">
                <caption class="sr">{label}</caption>
                {children()}
            </table>
        </div>
    }
    .erased()
}

/// The head of a [`DataTable`]: what each column holds.
#[must_use]
pub fn heads(names: &[&str]) -> AnyView {
    let names = names
        .iter()
        .map(|name| {
            view! { <th {..attr("role", "columnheader")} {..attr("scope", "col")}>{(*name).to_owned()}</th> }.erased()
        })
        .collect_view();
    view! { <thead {..attr("role", "rowgroup")}><tr {..attr("role", "row")}>{names}</tr></thead> }.erased()
}

/// What a cell of the board says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CellKind {
    /// Nothing on that day.
    #[default]
    Empty,
    /// A valid check-in: its time.
    In,
    /// One that waits for the host: 外勤, ±180米.
    Doubt,
    /// One that was sent back.
    Bad,
    /// Approved leave.
    Leave,
    /// Not a workday of this internship.
    Off,
}

/// One day of one person on the board: a `<td>`.
#[component]
pub fn BoardCell(
    /// What it says.
    #[prop(optional)]
    kind: CellKind,
    /// At most five characters: "08:55", "外勤", "·".
    #[prop(into)]
    text: String,
    /// The same in words for screen readers: "周一，08:55 签到，有效".
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let class = match kind {
        CellKind::Empty => "cell",
        CellKind::In => "cell in",
        CellKind::Doubt => "cell doubt",
        CellKind::Bad => "cell bad",
        CellKind::Leave => "cell leave",
        CellKind::Off => "cell off",
    };
    view! {
        <td class="c" role="cell">
            <span class=class aria-hidden="true">{text}</span>
            <span class="sr">{label}</span>
        </td>
    }
    .erased()
}
