//! `/sign-in/code`: the staff's second step.

use super::api::{SecondFactor, SecondFactorOpening, second_factor_start};
use super::solo::Solo;
use crate::api::{ApiError, go};
use crate::feature::form::{PostForm, error_of, focus_first, whole_of};
use crate::ui::Erased;
use crate::ui::{ErrorSummary, SubmitButton, TextField};
use domain::account::{DemoSignIn, SecondFactorForm};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;

/// `/sign-in/code`
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let start = crate::api::read(|| (), |()| second_factor_start());
    view! {
        <Title text="输入验证码" />
        <Solo title="输入验证码" sub="工作人员登录的第二步">
            <Suspense>
                {move || Suspend::new(async move { code_form(start.await.unwrap_or_default()) })}
            </Suspense>
        </Solo>
    }
    .erased()
}

fn code_form(start: SecondFactorOpening) -> AnyView {
    let next = use_query_map().with_untracked(|query| query.get("next").unwrap_or_default());
    let errors = RwSignal::new(start.errors);
    let code = RwSignal::new(String::new());
    let sent = ServerAction::<SecondFactor>::new();
    let onward = StoredValue::new(next.clone());
    Effect::new(move || match sent.value().get() {
        Some(Ok(path)) => go(&path),
        // The first step is too long ago: back to it.
        Some(Err(ApiError::SignIn)) => go(&crate::api::with_next("/sign-in", &onward.get_value())),
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
                errors.set(domain::FieldErrors::default());
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
    view! {
        <section class="card lift">
            <PostForm action=SecondFactor::url() on_submit=send>
                <ErrorSummary errors=whole_of(errors) title="没有登录成功" />
                <input type="hidden" name="next" value=next.clone() />
                <TextField label="6 位验证码" name="code" value=code error=error_of(errors, "code")
                    hint="打开手机上的验证器，输入见习通现在的数字，每 30 秒换一次。"
                    inputmode="numeric" autocomplete="one-time-code" maxlength=6 code=true />
                <SubmitButton label="登录" busy=busy busy_label="正在登录…" />
            </PostForm>
        </section>
        {(!start.demo.is_empty()).then(|| demo_codes(start.demo, code))}
        <a class="btn ghost wide" href="/sign-in">"换一个账号"</a>
    }
    .erased()
}

/// The current codes of the demo staff; pressing one asks for the code anew, because it changes every 30 seconds.
fn demo_codes(demo: Vec<DemoSignIn>, code: RwSignal<String>) -> AnyView {
    let line = move |one: DemoSignIn| {
        let login = one.login.clone();
        let fill = move |_| {
            let login = login.clone();
            spawn_local(async move {
                if let Ok(fresh) = second_factor_start().await
                    && let Some(now) = fresh
                        .demo
                        .into_iter()
                        .find(|it| it.login == login)
                        .and_then(|it| it.code)
                {
                    code.set(now);
                }
            });
        };
        view! {
            <li>
                <button type="button" class="choice" on:click=fill>
                    <span class="grow">
                        <span class="strong">{one.who}</span>
                        <span class="small muted">{one.login}</span>
                    </span>
                    <code>{one.code}</code>
                </button>
            </li>
        }
    };
    view! {
        <section class="card stack" aria-labelledby="demo">
            <h2 id="demo">"演示账号的验证码"</h2>
            <p class="small muted">"点一下就填好现在的数字。"</p>
            <ul class="demo">{demo.into_iter().map(line).collect_view()}</ul>
        </section>
    }
    .erased()
}
