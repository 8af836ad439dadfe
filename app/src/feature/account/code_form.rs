//! The six digits: at each sign-in of staff, and when the authenticator app is bound.

use super::api::SecondFactor;
use crate::api::{ApiError, go, with_next};
use crate::feature::form::{PostForm, error_of, focus_first, whole_of};
use crate::ui::{Erased, ErrorSummary, SubmitButton, TextField};
use domain::FieldErrors;
use domain::account::SecondFactorForm;
use leptos::prelude::*;
use server_fn::ServerFn;

/// What is said around the field.
pub(super) struct Words {
    /// Above the errors.
    pub(super) failed: &'static str,
    /// Below the label.
    pub(super) hint: &'static str,
    /// On the button, and while it is on its way.
    pub(super) send: (&'static str, &'static str),
}

/// The form. A right code leads on to `next`; one that comes too late for its first step leads back to that.
pub(super) fn code_form(words: Words, next: String, code: RwSignal<String>, errors: RwSignal<FieldErrors>) -> AnyView {
    let sent = ServerAction::<SecondFactor>::new();
    let onward = StoredValue::new(next.clone());
    Effect::new(move || match sent.value().get() {
        Some(Ok(path)) => go(&path),
        Some(Err(ApiError::SignIn)) => go(&with_next("/sign-in", &onward.get_value())),
        Some(Err(error)) => {
            let wrong = error.for_form();
            focus_first(&wrong);
            errors.set(wrong);
        }
        None => {}
    });
    let send = Callback::new(move |()| {
        let form = SecondFactorForm {
            code: code.get_untracked(),
        };
        match form.check() {
            Ok(()) => {
                errors.set(FieldErrors::default());
                sent.dispatch(SecondFactor {
                    code: form.code,
                    next: onward.get_value(),
                });
            }
            Err(wrong) => {
                focus_first(&wrong);
                errors.set(wrong);
            }
        }
    });
    let busy = Signal::derive(move || sent.pending().get() || matches!(sent.value().get(), Some(Ok(_))));
    let (label, busy_label) = words.send;
    view! {
        <PostForm action=SecondFactor::url() on_submit=send>
            <ErrorSummary errors=whole_of(errors) title=words.failed />
            <input type="hidden" name="next" value=next />
            <TextField label="6 位验证码" name="code" value=code error=error_of(errors, "code") hint=words.hint
                inputmode="numeric" autocomplete="one-time-code" maxlength=6 code=true />
            <SubmitButton label busy=busy busy_label />
        </PostForm>
    }
    .erased()
}
