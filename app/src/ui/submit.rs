//! Sending a form: the button, and the list of what has to be put right first.

use super::{Erased, attr};
use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

use super::field::field_id;
use super::{ElementRef, Live, effect};

/// The button that sends the form. While busy it says so, keeps the focus and swallows further presses.
#[component]
pub fn SubmitButton(
    /// What it does: "登录".
    label: &'static str,
    /// Whether the answer is awaited.
    #[prop(into, optional)]
    busy: Live<bool>,
    /// What happens meanwhile: "正在登录…".
    #[prop(default = "正在提交…")]
    busy_label: &'static str,
    /// Its classes.
    #[prop(default = "btn wide")]
    class: &'static str,
) -> impl IntoView {
    let flag = move || busy.get().then_some("true");
    view! {
        <button type="submit" class={class} {..attr("aria-busy", flag)} {..attr("aria-disabled", flag)}
            on:click=move |event| if busy.get_untracked() { event.prevent_default() }>
            {move || if busy.get() { busy_label } else { label }}
        </button>
    }
    .erased()
}

/// What must be put right, each line a link to its field. It takes the focus when a new list arrives.
///
/// Set `errors` when the form is sent; taking single lines out while the person corrects them does not move the focus.
#[component]
pub fn ErrorSummary(
    /// Field name and sentence, in the order of the form. An empty name belongs to the form as a whole.
    #[prop(into)]
    errors: Live<Vec<(String, String)>>,
    /// The line above the list.
    #[prop(default = "还有几处需要改一下")]
    title: &'static str,
) -> impl IntoView {
    let node = ElementRef::default();
    let mut before = 0;
    effect(move |_| {
        let count = errors.get().len();
        if let Some(list) = node.get::<HtmlElement>()
            && count > 0
            && count >= before
        {
            let _ = list.focus();
        }
        before = count;
    });
    let line = |(name, text): (String, String)| {
        if name.is_empty() {
            return view! { <li>{text}</li> }.erased();
        }
        let id = field_id(&name);
        view! {
            <li>
                <a href=["#", &id].concat() on:click=move |event| {
                    event.prevent_default();
                    if let Some(field) = document().get_element_by_id(&id).and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
                        let _ = field.focus();
                    }
                }>{text}</a>
            </li>
        }
        .erased()
    };
    view! {
        <div node_ref=node class=move || if errors.get().is_empty() { "" } else { "summary" } {..attr("role", "alert")} {..attr("tabindex", "-1")}>
            {move || {
                let errors = errors.get();
                (!errors.is_empty()).then(|| {
                    view! {
                        <b>{title}</b>
                        <ul>{errors.into_iter().map(line).collect_view()}</ul>
                    }
                    .erased()
                })
            }}
        </div>
    }
    .erased()
}
