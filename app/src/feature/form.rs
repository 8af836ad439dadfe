//! What every form of this app does: it is a real form that a browser can send by itself, and once our code runs it sends
//! without leaving the page and shows what is wrong beside the fields.

use crate::ui::{Erased, attr};
use crate::ui::{Live, effect};
use domain::FieldErrors;
use leptos::prelude::*;

/// A form that works with and without our code.
#[component]
pub fn PostForm(
    /// Where a browser without our code sends it: `SignIn::url()`.
    action: &'static str,
    /// What our code does instead.
    on_submit: Callback<()>,
    /// The fields and the button.
    children: Children,
) -> impl IntoView {
    let awake = RwSignal::new(false);
    effect(move |_| awake.set(true));
    // The browser's own checks speak the browser's language and stop at the first field; ours replace them once they run.
    view! {
        <form class="form" {..attr("method", "post")} {..attr("action", action)} {..attr("novalidate", move || awake.get())}
            on:submit=move |event| {
                event.prevent_default();
                on_submit.run(());
            }>
            {children()}
        </form>
    }
    .erased()
}

/// The sentence beside one field.
#[must_use]
pub fn error_of(errors: RwSignal<FieldErrors>, field: &'static str) -> Live<Option<String>> {
    Live::new(move || errors.with(|errors| errors.of(field).map(ToOwned::to_owned)))
}

/// The lines above the form; those of the form as a whole have no field.
#[must_use]
pub fn summary_of(errors: RwSignal<FieldErrors>) -> Live<Vec<(String, String)>> {
    Live::new(move || {
        errors.with(|errors| {
            errors
                .0
                .iter()
                .map(|error| (error.field.clone(), error.message.clone()))
                .collect()
        })
    })
}

/// The lines above a short form whose fields are all in sight: only those that belong to no field.
#[must_use]
pub fn whole_of(errors: RwSignal<FieldErrors>) -> Live<Vec<(String, String)>> {
    Live::new(move || {
        errors.with(|errors| {
            errors
                .0
                .iter()
                .filter(|error| error.field.is_empty())
                .map(|error| (String::new(), error.message.clone()))
                .collect()
        })
    })
}

/// Puts the cursor into the first field that is wrong, after the sentences are on the screen.
pub fn focus_first(errors: &FieldErrors) {
    if let Some(first) = errors.0.iter().find(|error| !error.field.is_empty()) {
        focus_field(&first.field);
    }
}

/// Puts the cursor into a field, and with it brings the field into view, after it is on the screen.
pub fn focus_field(name: &str) {
    use leptos::wasm_bindgen::JsCast;
    let id = crate::ui::field_id(name);
    request_animation_frame(move || {
        if let Some(field) = document()
            .get_element_by_id(&id)
            .and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let _ = field.focus();
        }
    });
}

/// What the browser says when it knows that there is no network.
#[must_use]
pub fn is_offline() -> bool {
    !window().navigator().on_line()
}
