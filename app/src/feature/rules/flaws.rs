//! A document that is typed: it outlives reloads, and what is wrong with it stands beside it, each line one press away.

use crate::api::ApiError;
use crate::device::kept;
use crate::feature::host;
use crate::ui::{Erased, TextAreaField, field_id};
use domain::FieldErrors;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlTextAreaElement;

/// The text and what the server said about it.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) text: RwSignal<String>,
    pub(super) errors: RwSignal<FieldErrors>,
    pub(super) busy: RwSignal<bool>,
    key: StoredValue<String>,
}

impl Draft {
    /// Begins with `text`, or with what an earlier visit left under `key`.
    pub(super) fn new(key: String, text: String) -> Self {
        let draft = Self {
            text: RwSignal::new(text),
            errors: RwSignal::new(FieldErrors::default()),
            busy: RwSignal::new(false),
            key: StoredValue::new(key),
        };
        Effect::new(move |ran: Option<()>| {
            let typed = draft.text.get();
            let Some(key) = draft.key.try_get_value() else { return };
            if ran.is_some() {
                kept::keep(&key, &typed);
            } else if let Some(typed) = kept::read::<String>(&key) {
                draft.text.set(typed);
            }
        });
        draft
    }

    /// What was typed has been taken.
    pub(super) fn forget(self) {
        self.key.try_with_value(|key| kept::forget(key));
        self.errors.try_set(FieldErrors::default());
    }

    /// Puts what the server said where it belongs; does nothing when the page was left.
    pub(super) fn refuse(self, error: ApiError) {
        match error {
            ApiError::SignIn => host::leave_for_sign_in(),
            ApiError::Transport => {
                let words = "没有网络，可能还没有保存。填的内容存在这台设备上，连上网后再点一次。";
                self.errors.try_set(FieldErrors::one("", words));
            }
            error => {
                self.errors.try_set(error.for_form());
            }
        }
    }
}

/// The text area for a document; under it how many flaws it has.
#[component]
pub(super) fn DocumentField(
    /// The words above it.
    label: &'static str,
    /// One line that helps.
    hint: &'static str,
    /// The text.
    draft: Draft,
) -> impl IntoView {
    let error = move || {
        let count = draft
            .errors
            .with(|errors| errors.0.iter().filter(|error| !error.field.is_empty()).count());
        (count > 0).then(|| format!("有 {count} 处需要改，见“需要改的地方”"))
    };
    view! {
        <div class="document">
            <TextAreaField label name="document" value=draft.text error hint maxlength=32_768/>
        </div>
    }
}

/// What is wrong, from top to bottom; pressing a line selects it in the text.
#[component]
pub(super) fn Flaws(
    /// The text and what the server said.
    draft: Draft,
) -> impl IntoView {
    let list = move || {
        let errors = draft.errors.get();
        if errors.is_empty() {
            return None;
        }
        let lines = errors
            .0
            .into_iter()
            .map(|error| {
                let line = line_of(&error.message);
                match line {
                    Some(line) => view! {
                        <li><button type="button" class="link" on:click=move |_| select(draft, line)>{error.message}</button></li>
                    }
                    .erased(),
                    None => view! { <li>{error.message}</li> }.erased(),
                }
            })
            .collect_view();
        Some(view! { <div class="summary"><b>"需要改的地方"</b><ul class="flaws">{lines}</ul></div> }.erased())
    };
    view! { <div role="alert">{list}</div> }
}

/// The number in `第 12 行 …`.
fn line_of(message: &str) -> Option<usize> {
    message.strip_prefix("第 ")?.split_once(" 行")?.0.parse().ok()
}

/// Selects a line, counted from 1, in the text area.
fn select(draft: Draft, line: usize) {
    let area = document()
        .get_element_by_id(&field_id("document"))
        .and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok());
    let Some(area) = area else { return };
    let (start, end) = draft.text.with_untracked(|text| range_of(text, line));
    let _ = area.focus();
    let _ = area.set_selection_range(start, end);
}

/// Where a line begins and ends, in the UTF-16 units by which browsers count.
fn range_of(text: &str, line: usize) -> (u32, u32) {
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    let mut start = 0;
    for (number, one) in text.split('\n').enumerate() {
        if number + 1 == line {
            return (start, start + units(one));
        }
        start += units(one) + 1;
    }
    (start, start)
}

#[cfg(test)]
mod tests {
    use super::{line_of, range_of};

    #[test]
    fn the_line_of_a_sentence_is_found_in_the_text() {
        assert_eq!(line_of("第 12 行 keep_years：必须是 5 到 100 的整数"), Some(12));
        assert_eq!(line_of("缺少 version：版本名写成“年份-序号”"), None);
        assert_eq!(range_of("一\n🙂b\nc", 2), (2, 5));
        assert_eq!(range_of("一", 9), (2, 2));
    }
}
