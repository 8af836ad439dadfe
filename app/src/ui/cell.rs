//! One cell of a row that people add to a form: a small field whose name is made while the page runs.

use super::field::{FieldError, bound, field_id, invalid, optional_mark};
use super::{Erased, attr};
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;

/// A line of text in a row. Rows must be keyed: the control belongs to its signal.
#[component]
pub fn CellField(
    /// The words above it.
    label: &'static str,
    /// Its name: `needs.0.people`.
    name: String,
    /// What it holds.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: FieldError,
    /// The phone's keyboard.
    #[prop(optional_no_strip)]
    inputmode: Option<&'static str>,
    /// The most characters that it takes.
    #[prop(default = 40)]
    maxlength: u16,
    /// Whether it must be filled in.
    #[prop(default = true)]
    required: bool,
) -> impl IntoView {
    let (node, initial) = bound::<HtmlInputElement>(value);
    let id = field_id(&name);
    let error_id = ["e-", &name].concat();
    let described_by = error_id.clone();
    view! {
        <div class="field">
            <label {..attr("for", id.clone())}>{label}{optional_mark(required)}</label>
            <input node_ref=node id=id name=name value=initial class="input" type="text" required={required}
                {..attr("inputmode", inputmode)} {..attr("maxlength", maxlength.to_string())} {..attr("autocomplete", "off")}
                {..attr("aria-invalid", move || invalid(error))}
                {..attr("aria-describedby", move || error.get().is_some().then(|| described_by.clone()))}
                on:input=move |event| value.set(event_target_value(&event))/>
            {move || error.get().map(|text| view! { <p class="error" id=error_id.clone()>{text}</p> }.erased())}
        </div>
    }
    .erased()
}
