//! `/sign-in`: one form for everybody; on a demo server also the accounts that one can look around with.

use super::api::{SignIn, SignInOpening, sign_in, sign_in_start};
use super::solo::Solo;
use crate::api::{go, with_next};
use crate::feature::form::{PostForm, error_of, focus_first, whole_of};
use crate::ui::{Erased, attr};
use crate::ui::{ErrorSummary, SubmitButton, TextField, awaited};
use domain::account::{DemoSignIn, SignInForm};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;

/// `/sign-in`
#[component]
pub fn SignInPage() -> impl IntoView {
    let start = crate::api::read(|| (), |()| sign_in_start());
    view! {
        <Title text="登录" />
        <Solo title="登录" sub="见习通 · 就业见习签到和考勤">
            // Without an answer (no network) the form itself still stands.
            {awaited(|| ().into_any(), move || async move { sign_in_form(start.await.unwrap_or_default()) })}
        </Solo>
    }
    .erased()
}

fn sign_in_form(start: SignInOpening) -> AnyView {
    let next = use_query_map().with_untracked(|query| query.get("next").unwrap_or_default());
    let errors = RwSignal::new(start.typed.errors);
    let login = RwSignal::new(start.typed.values);
    let password = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let onward = next.clone();
    let send = Callback::new(move |()| {
        let form = SignInForm {
            login: login.get_untracked(),
            password: password.get_untracked(),
        };
        match form.check() {
            Ok(()) => {
                errors.set(domain::FieldErrors::default());
                busy.set(true);
                let next = onward.clone();
                leptos::task::spawn_local(async move {
                    match sign_in(form.login, form.password, next).await {
                        // Busy until the next page has come, so that nobody presses twice while it loads.
                        Ok(path) => go(&path),
                        Err(error) => {
                            let wrong = error.for_form();
                            focus_first(&wrong);
                            errors.try_set(wrong);
                            busy.try_set(false);
                        }
                    }
                });
            }
            Err(wrong) => {
                focus_first(&wrong);
                errors.set(wrong);
            }
        }
    });
    view! {
        <section class="card lift">
            <PostForm action=SignIn::url() on_submit=send>
                <ErrorSummary errors=whole_of(errors) title="没有登录成功" />
                <input type="hidden" name="next" value=next.clone() />
                <TextField label="手机号或账号" name="login" value=login error=error_of(errors, "login")
                    autocomplete="username" maxlength=64 />
                <TextField label="密码" name="password" kind="password" value=password error=error_of(errors, "password")
                    autocomplete="current-password" maxlength=128 />
                <SubmitButton label="登录" busy=busy busy_label="正在登录…" />
            </PostForm>
        </section>
        <section class="card stack">
            <p>"第一次来？"</p>
            <a class="btn ghost wide" href=with_next("/register", "")>"我要参加见习，去登记"</a>
            <a class="btn line wide" href="/register/host">"单位注册"</a>
            <p class="small muted">"人社部门的账号由管理员开通。忘记密码请联系当地人社部门。"</p>
        </section>
        {(!start.demo.is_empty()).then(|| demo_panel(start.demo, login, password))}
    }
    .erased()
}

/// Only a demo server sends any.
fn demo_panel(demo: Vec<DemoSignIn>, login: RwSignal<String>, password: RwSignal<String>) -> AnyView {
    let line = move |one: DemoSignIn| {
        let (name, secret) = (one.login.clone(), one.password.clone());
        view! {
            <li>
                <button type="button" class="choice"
                    on:click=move |_| {
                        login.set(name.clone());
                        password.set(secret.clone());
                    }>
                    <span class="grow">
                        <span class="strong">{one.who}</span>
                        <span class="small muted">{one.note}</span>
                        <span class="small">
                            "账号 "{one.login}" · 密码 "{one.password}
                            {one.code.map(|code| view! { " · 验证码 "<code>{code}</code> }.erased())}
                        </span>
                    </span>
                </button>
            </li>
        }
        .erased()
    };
    view! {
        <section class="card stack" {..attr("aria-labelledby", "demo")}>
            <h2 id="demo">"演示账号"</h2>
            <p class="small muted">"这是演示服务器，数据都是虚构的。点一个账号，上面的表单就填好了。"</p>
            {by_province(demo).into_iter().map(|(province, demo)| view! {
                <h3>{province}</h3>
                <ul class="demo">{demo.into_iter().map(line).collect_view()}</ul>
            }.erased()).collect_view()}
        </section>
    }
    .erased()
}

/// In the order in which they come; `who` ends with the province.
fn by_province(demo: Vec<DemoSignIn>) -> Vec<(String, Vec<DemoSignIn>)> {
    let mut groups: Vec<(String, Vec<DemoSignIn>)> = Vec::new();
    for one in demo {
        let province = one.who.rsplit(" · ").next().unwrap_or_default();
        match groups.last_mut() {
            Some((last, group)) if last == province => group.push(one),
            _ => groups.push((province.to_owned(), vec![one])),
        }
    }
    groups
}
