//! Fields that are typed into.

use super::field::{FieldError, bound, described_by, field_id, invalid, shell};
use super::{Erased, attr, effect};
use leptos::prelude::*;
use leptos::web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// One line of text, a number, a password, a code. A password field gets a "显示" button once hydrated.
#[component]
pub fn TextField(
    /// The words above the field.
    label: &'static str,
    /// The form name; the field's id is [`field_id`]`(name)`.
    name: &'static str,
    /// What it holds.
    value: RwSignal<String>,
    /// What is wrong with it, in a sentence that says how to put it right.
    #[prop(into, optional)]
    error: FieldError,
    /// One line that helps before typing.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// The HTML type: `text` (default), `tel`, `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// The phone's keyboard: `numeric`, `decimal`, `tel`, `text`.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// What the browser may fill in: `username`, `new-password`, `one-time-code`, `name`, `tel`, `off`.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// The most characters that it takes.
    #[prop(optional)]
    maxlength: Option<u16>,
    /// An example inside the empty field; never the only label.
    #[prop(optional)]
    placeholder: Option<&'static str>,
    /// A unit inside the right end: "米", "元".
    #[prop(optional)]
    unit: Option<&'static str>,
    /// Whether it must be filled in; fields that need not say （选填）.
    #[prop(default = true)]
    required: bool,
    /// Wide, large figures for a one-time code.
    #[prop(optional)]
    code: bool,
    /// Called when the person leaves the field.
    #[prop(optional)]
    on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let (node, initial) = bound::<HtmlInputElement>(value);
    let shown = RwSignal::new(false);
    let hydrated = RwSignal::new(false);
    effect(move |first| {
        if first {
            hydrated.set(true);
        }
    });
    let secret = kind == "password";
    let reveal = move || {
        (secret && hydrated.get()).then(|| {
            view! {
                <button type="button" class="end" {..attr("aria-pressed", move || if shown.get() { "true" } else { "false" })}
                    {..attr("aria-label", "显示密码")} on:click=move |_| shown.update(|shown| *shown = !*shown)>
                    {move || if shown.get() { "隐藏" } else { "显示" }}
                </button>
            }
            .erased()
        })
    };
    let control = view! {
        <div class=if secret || unit.is_some() { "with-end" } else { "" }>
            <input node_ref=node id=field_id(name) name=name value=initial
                class=if code { "input code-input" } else { "input" }
                type=move || if shown.get() { "text" } else { kind }
                {..attr("inputmode", inputmode)} {..attr("autocomplete", autocomplete)} {..attr("maxlength", maxlength.map(|most| most.to_string()))} {..attr("placeholder", placeholder)}
                required={required} {..attr("spellcheck", "false")} {..attr("autocapitalize", "off")}
                {..attr("aria-invalid", move || invalid(error))}
                {..attr("aria-describedby", move || described_by(name, hint.is_some(), error))}
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| if let Some(leave) = on_leave { leave.run(()) }/>
            {unit.map(|unit| view! { <span class="end">{unit}</span> }.erased())}
            {move || reveal()}
        </div>
    };
    shell(name, label, required, hint, error, control.into_any())
}

/// Several lines of text, for reasons.
#[component]
pub fn TextAreaField(
    /// The words above the field.
    label: &'static str,
    /// The form name.
    name: &'static str,
    /// What it holds.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: FieldError,
    /// One line that helps before typing.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// The most characters that it takes.
    #[prop(default = 200)]
    maxlength: u16,
    /// Whether it must be filled in.
    #[prop(default = true)]
    required: bool,
) -> impl IntoView {
    let (node, initial) = bound::<HtmlTextAreaElement>(value);
    let control = view! {
        <textarea node_ref=node id=field_id(name) name=name class="input" {..attr("maxlength", maxlength.to_string())} required={required}
            {..attr("aria-invalid", move || invalid(error))}
            {..attr("aria-describedby", move || described_by(name, hint.is_some(), error))}
            on:input=move |event| value.set(event_target_value(&event))>
            {initial}
        </textarea>
    };
    shell(name, label, required, hint, error, control.into_any())
}

/// A day, with the phone's own calendar. The value is `2026-11-19`.
#[component]
pub fn DateField(
    /// The words above the field.
    label: &'static str,
    /// The form name.
    name: &'static str,
    /// What it holds: `YYYY-MM-DD`, or nothing.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: FieldError,
    /// One line that helps.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// In place of the hint: one line that is made of numbers.
    #[prop(into, optional)]
    limit: Option<String>,
    /// The first day that may be chosen.
    #[prop(into, optional)]
    min: Option<String>,
    /// The last day that may be chosen.
    #[prop(into, optional)]
    max: Option<String>,
    /// Whether it must be filled in.
    #[prop(default = true)]
    required: bool,
) -> impl IntoView {
    let (node, initial) = bound::<HtmlInputElement>(value);
    let has_hint = hint.is_some() || limit.is_some();
    let control = view! {
        <input node_ref=node id=field_id(name) name=name type="date" class="input" value=initial min=min max=max required={required}
            {..attr("aria-invalid", move || invalid(error))}
            {..attr("aria-describedby", move || described_by(name, has_hint, error))}
            on:input=move |event| value.set(event_target_value(&event))/>
    };
    let limit = limit.map(|limit| view! { <p class="hint" id=["h-", name].concat()>{limit}</p> }.erased());
    let control = view! { {limit}{control} }.into_any();
    shell(name, label, required, hint, error, control)
}

/// A number on a slider with its value in words above it.
#[component]
pub fn RangeField(
    /// The words above the slider.
    label: &'static str,
    /// The form name.
    name: &'static str,
    /// The number, as text.
    value: RwSignal<String>,
    /// The smallest number.
    min: u32,
    /// The largest number.
    max: u32,
    /// The distance between two numbers.
    step: u32,
    /// The unit: "米".
    unit: &'static str,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: FieldError,
    /// One line that helps.
    #[prop(optional)]
    hint: Option<&'static str>,
) -> impl IntoView {
    let (node, initial) = bound::<HtmlInputElement>(value);
    // The limits stand before the value: a slider built in the browser would else cut the value to 0–100 first.
    let control = view! {
        <output class="radius-out" {..attr("for", field_id(name))}>{value}" "{unit}</output>
        <input node_ref=node id=field_id(name) name=name type="range" min=min max=max step=step value={initial}
            {..attr("aria-valuetext", move || [value.get().as_str(), " ", unit].concat())}
            {..attr("aria-invalid", move || invalid(error))}
            {..attr("aria-describedby", move || described_by(name, hint.is_some(), error))}
            on:input=move |event| value.set(event_target_value(&event))/>
        <div class="ticks" {..attr("aria-hidden", "true")}><span>{min}" "{unit}</span><span>{max}" "{unit}</span></div>
    };
    shell(name, label, true, hint, error, control.into_any())
}
