//! `/sign-in/code`: the staff's second step.

use super::api::{SecondFactorOpening, second_factor_start};
use super::code_form::{Words, code_form};
use super::solo::Solo;
use crate::ui::Erased;
use domain::account::DemoSignIn;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// `/sign-in/code`
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let start = crate::api::read(|| (), |()| second_factor_start());
    view! {
        <Title text="输入验证码" />
        <Solo title="输入验证码" sub="工作人员登录的第二步">
            <Suspense>
                {move || Suspend::new(async move { screen(start.await.unwrap_or_default()) })}
            </Suspense>
        </Solo>
    }
    .erased()
}

fn screen(start: SecondFactorOpening) -> AnyView {
    let next = use_query_map().with_untracked(|query| query.get("next").unwrap_or_default());
    let code = RwSignal::new(String::new());
    let words = Words {
        failed: "没有登录成功",
        hint: "打开手机上的验证器，输入见习通现在的数字，每 30 秒换一次。",
        send: ("登录", "正在登录…"),
    };
    view! {
        <section class="card lift">{code_form(words, next, code, RwSignal::new(start.errors))}</section>
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
