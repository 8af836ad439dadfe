//! Fields that are chosen from.

use super::{Erased, attr};
use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys::HtmlInputElement};

use super::field::{
    FieldError, described_by, error_view, field_id, hint_view, invalid, optional_mark, reconcile, shell,
};
use super::{ElementRef, effect};

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// A second, quieter line; empty for none.
    pub detail: String,
}

impl Choice {
    /// A choice without a second line.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            detail: String::new(),
        }
    }

    /// The same choice with a second, quieter line.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

/// A drop-down list; its options may follow a signal (county after city).
#[component]
pub fn SelectField(
    /// The words above the field.
    label: &'static str,
    /// The form name.
    name: &'static str,
    /// The value of the chosen option, or nothing.
    value: RwSignal<String>,
    /// What can be chosen.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: FieldError,
    /// One line that helps.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// The first line, which chooses nothing.
    #[prop(default = "请选择")]
    placeholder: &'static str,
    /// Whether one must be chosen.
    #[prop(default = true)]
    required: bool,
) -> impl IntoView {
    let node = ElementRef::default();
    let initial = value.get_untracked();
    effect(move |first| {
        value.track();
        // A list that has not come yet cannot show what was chosen before; that is no choice of the person's.
        let could_show = initial.is_empty() || options.with(|options| options.iter().any(|it| it.value == initial));
        if let Some(control) = node.get::<leptos::web_sys::HtmlSelectElement>() {
            reconcile(&control, value, &initial, first && could_show);
        }
    });
    let lines = move || {
        let chosen = value.get_untracked();
        options
            .get()
            .into_iter()
            .map(|choice| {
                let selected = choice.value == chosen;
                view! { <option value=choice.value selected=selected>{choice.label}</option> }
            })
            .collect_view()
    };
    let control = view! {
        <select node_ref=node id=field_id(name) name=name class="input" required={required}
            {..attr("aria-invalid", move || invalid(error))}
            {..attr("aria-describedby", move || described_by(name, hint.is_some(), error))}
            on:change=move |event| value.set(event_target_value(&event))>
            <option value="">{placeholder}</option>
            {lines}
        </select>
    };
    shell(name, label, required, hint, error, control.into_any())
}

/// A few choices, each a card with the whole surface as target; `pills` puts short ones side by side.
#[component]
pub fn RadioCards(
    /// The question above the cards.
    label: &'static str,
    /// The form name.
    name: &'static str,
    /// The value of the chosen card, or nothing.
    value: RwSignal<String>,
    /// What can be chosen. The values are names from code, never something typed.
    options: Vec<Choice>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: FieldError,
    /// One line that helps.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// Short choices side by side.
    #[prop(optional)]
    pills: bool,
    /// Whether one must be chosen.
    #[prop(default = true)]
    required: bool,
) -> impl IntoView {
    let node = ElementRef::default();
    let initial = value.get_untracked();
    let cards = options
        .into_iter()
        .enumerate()
        .map(|(at, choice)| {
            let checked = choice.value == initial;
            let id = (at == 0).then(|| field_id(name));
            view! {
                <label class="choice">
                    <input type="radio" id=id name=name value=choice.value checked=checked required=required
                        on:change=move |event| value.set(event_target_value(&event))/>
                    <span class="grow">
                        <span class="strong">{choice.label}</span>
                        {(!choice.detail.is_empty()).then(|| view! { <span class="small muted">{choice.detail}</span> })}
                    </span>
                </label>
            }
        })
        .collect_view();
    effect(move |first| {
        let wanted = value.get();
        let Some(group) = node.get::<leptos::web_sys::HtmlElement>() else {
            return;
        };
        let find = |selector: &str| {
            group
                .query_selector(selector)
                .ok()
                .flatten()
                .and_then(|it| it.dyn_into::<HtmlInputElement>().ok())
        };
        let shown = find("input:checked");
        match shown {
            Some(shown) if first && shown.value() != initial => value.set(shown.value()),
            Some(shown) if wanted.is_empty() => shown.set_checked(false),
            _ => {
                if let Some(card) = find(&["input[value=\"", &wanted, "\"]"].concat()) {
                    card.set_checked(true);
                }
            }
        }
    });
    view! {
        <fieldset node_ref={node} {..attr("role", "radiogroup")} {..attr("aria-required", required.then_some("true"))}
            {..attr("aria-invalid", move || invalid(error))}
            {..attr("aria-describedby", move || described_by(name, hint.is_some(), error))}>
            <legend>{label}{optional_mark(required)}</legend>
            {hint_view(name, hint)}
            <div class=if pills { "choices pills" } else { "choices" }>{cards}</div>
            {error_view(name, error)}
        </fieldset>
    }
    .erased()
}

/// A box to tick; the form sends `true`, or nothing.
#[component]
pub fn CheckField(
    /// The form name.
    name: &'static str,
    /// Whether it is ticked.
    value: RwSignal<bool>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: FieldError,
    /// Whether it must be ticked.
    #[prop(optional)]
    required: bool,
    /// The words beside the box; may hold a link.
    children: Children,
) -> impl IntoView {
    let node = ElementRef::default();
    let initial = value.get_untracked();
    effect(move |first| {
        let wanted = value.get();
        let Some(control) = node.get::<leptos::web_sys::HtmlInputElement>() else {
            return;
        };
        if first && control.checked() != initial {
            value.set(control.checked());
        } else {
            control.set_checked(wanted);
        }
    });
    view! {
        <div class="field">
            <label class="choice bare">
                <input node_ref=node type="checkbox" id=field_id(name) name=name value="true" checked=initial required={required}
                    {..attr("aria-invalid", move || invalid(error))}
                    {..attr("aria-describedby", move || described_by(name, false, error))}
                    on:change=move |event| value.set(event_target_checked(&event))/>
                <span class="grow">{children()}</span>
            </label>
            {error_view(name, error)}
        </div>
    }
    .erased()
}
