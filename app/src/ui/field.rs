//! The shell around every form control: label above, hint, error below; and the ids that tie them together.
//!
//! Fields work twice: as plain HTML controls (name, value, required, error text, all rendered by the server) and, once
//! hydrated, bound to a signal. What somebody typed before hydration wins over the signal, so a slow phone loses nothing.

use super::{ElementRef, Erased, Live, attr, effect};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

/// The id of the control called `name`; [`super::ErrorSummary`] links to it.
#[must_use]
pub fn field_id(name: &str) -> String {
    ["f-", name].concat()
}

/// An error under a field, or none.
pub type FieldError = Live<Option<String>>;

/// What `aria-describedby` names: the hint, and the error while there is one.
pub(super) fn described_by(name: &'static str, has_hint: bool, error: FieldError) -> Option<String> {
    match (has_hint, error.get().is_some()) {
        (false, false) => None,
        (true, false) => Some(["h-", name].concat()),
        (false, true) => Some(["e-", name].concat()),
        (true, true) => Some(["h-", name, " e-", name].concat()),
    }
}

/// `aria-invalid` while there is an error.
pub(super) fn invalid(error: FieldError) -> Option<&'static str> {
    error.get().is_some().then_some("true")
}

/// The words behind a label whose field may stay empty.
pub(super) fn optional_mark(required: bool) -> Option<AnyView> {
    (!required).then(|| view! { <span class="muted">"（选填）"</span> }.erased())
}

/// The hint with its id.
pub(super) fn hint_view(name: &'static str, hint: Option<&'static str>) -> Option<AnyView> {
    hint.map(|hint| view! { <p class="hint" id=["h-", name].concat()>{hint}</p> }.erased())
}

/// The error with its id, while there is one.
pub(super) fn error_view(name: &'static str, error: FieldError) -> AnyView {
    let line = move |text| view! { <p class="error" id=["e-", name].concat()>{text}</p> }.erased();
    view! { {move || error.get().map(line)} }.into_any()
}

/// Label, hint, control, error.
pub(super) fn shell(
    name: &'static str,
    label: &'static str,
    required: bool,
    hint: Option<&'static str>,
    error: FieldError,
    control: AnyView,
) -> AnyView {
    view! {
        <div class="field">
            <label {..attr("for", field_id(name))}>{label}{optional_mark(required)}</label>
            {hint_view(name, hint)}
            {control}
            {error_view(name, error)}
        </div>
    }
    .erased()
}

/// A control that holds text.
pub(super) trait TextControl {
    /// What it holds now.
    fn text(&self) -> String;
    /// Replaces what it holds.
    fn set_text(&self, text: &str);
}

macro_rules! text_control {
    ($($element:ident),*) => {$(
        impl TextControl for leptos::web_sys::$element {
            fn text(&self) -> String {
                self.value()
            }
            fn set_text(&self, text: &str) {
                self.set_value(text);
            }
        }
    )*};
}
text_control!(HtmlInputElement, HtmlTextAreaElement, HtmlSelectElement);

/// Keeps control and signal equal in the browser. Call it from an effect that read `value`; `first` is true on its first run.
pub(super) fn reconcile(control: &dyn TextControl, value: RwSignal<String>, initial: &str, first: bool) {
    let shown = control.text();
    if first && shown != initial {
        value.set(shown);
    } else {
        let wanted = value.get_untracked();
        if shown != wanted {
            control.set_text(&wanted);
        }
    }
}

/// Where a control that follows its signal hangs, and what it begins with.
pub(super) fn bound<T: TextControl + JsCast + 'static>(value: RwSignal<String>) -> (ElementRef, String) {
    let node = ElementRef::default();
    let initial = value.get_untracked();
    let before = initial.clone();
    effect(move |first| {
        value.track();
        if let Some(control) = node.get::<T>() {
            reconcile(&control, value, &before, first);
        }
    });
    (node, initial)
}
