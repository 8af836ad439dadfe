//! What everybody may set for themselves: password, how the screens look, leaving. Cards, shared by 我的 of a trainee and
//! 我的账号 of staff.

use super::api::{ChangePassword, SetDisplay, SignOut, change_password_start};
use super::display::{self, Display, Theme};
use crate::api::{ApiError, Read, Typed, go};
use crate::device::kept;
use crate::feature::form::{PostForm, error_of, focus_first, whole_of};
use crate::ui::Erased;
use crate::ui::{Banner, Choice, ErrorSummary, Icon, RadioCards, SubmitButton, TextField, Tone};
use domain::FieldErrors;
use domain::account::ChangePasswordForm;
use icondata_lu::{LuCircleCheck, LuLogOut};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use server_fn::ServerFn;

/// What was wrong with a change of password that was sent as a plain form.
pub type PasswordStart = Read<Result<Typed<bool>, ApiError>>;

/// Asks for it once; a page calls this outside of any `Suspend`, which the server runs twice.
#[must_use]
pub fn password_start() -> PasswordStart {
    crate::api::read(|| (), |()| change_password_start())
}

/// Change of password; the server says whether the new one is too easy to guess.
#[component]
pub fn PasswordCard(
    /// From [`password_start`].
    start: PasswordStart,
) -> impl IntoView {
    view! {
        <section class="card stack" aria-labelledby="password">
            <h2 id="password">"修改密码"</h2>
            <Suspense>
                {move || Suspend::new(async move { password_form(start.await.unwrap_or_default()) })}
            </Suspense>
        </section>
    }
    .erased()
}

fn password_form(start: Typed<bool>) -> AnyView {
    let errors = RwSignal::new(start.errors);
    let changed = RwSignal::new(start.values);
    let current = RwSignal::new(String::new());
    let new = RwSignal::new(String::new());
    let sent = ServerAction::<ChangePassword>::new();
    Effect::new(move || match sent.value().get() {
        Some(Ok(())) => {
            current.set(String::new());
            new.set(String::new());
            changed.set(true);
        }
        Some(Err(error)) => {
            let wrong = error.for_form();
            focus_first(&wrong);
            errors.set(wrong);
        }
        None => {}
    });
    let send = Callback::new(move |()| {
        changed.set(false);
        let form = ChangePasswordForm {
            current: current.get_untracked(),
            new: new.get_untracked(),
        };
        match form.check() {
            Ok(()) => {
                errors.set(FieldErrors::default());
                sent.dispatch(ChangePassword {
                    current: form.current,
                    new: form.new,
                });
            }
            Err(wrong) => {
                focus_first(&wrong);
                errors.set(wrong);
            }
        }
    });
    view! {
        <PostForm action=ChangePassword::url() on_submit=send>
            <ErrorSummary errors=whole_of(errors) title="密码没有改" />
            {move || changed.get().then(|| view! {
                <Banner tone=Tone::Ok icon=LuCircleCheck title="密码已经改好">"下次用新密码登录。"</Banner>
            })}
            <TextField label="现在的密码" name="current" kind="password" value=current error=error_of(errors, "current")
                autocomplete="current-password" maxlength=128 />
            <TextField label="新密码" name="new" kind="password" value=new error=error_of(errors, "new")
                hint="至少 8 个字符，不要用生日、手机号或常见的词。" autocomplete="new-password" maxlength=64 />
            <SubmitButton label="修改密码" busy=sent.pending() busy_label="正在修改…" class="btn" />
        </PostForm>
    }
    .erased()
}

/// Light, dark or as the system; normal or large. With our code it shows at once, without it after 保存.
#[component]
pub fn DisplayCard() -> impl IntoView {
    let now = look();
    let theme = RwSignal::new(now.theme.code().to_owned());
    let size = RwSignal::new(now.size().unwrap_or("normal").to_owned());
    Effect::new(move |ran: Option<()>| {
        let chosen = Display {
            theme: theme.with(|code| Theme::from_code(code)).unwrap_or_default(),
            large: size.with(|size| size == "large"),
        };
        if ran.is_some() {
            show(chosen);
        }
    });
    let themes = Theme::ALL
        .into_iter()
        .map(|theme| Choice::new(theme.code(), theme.label()))
        .collect();
    let sizes = vec![Choice::new("normal", "标准"), Choice::new("large", "长辈版（大字）")];
    view! {
        <section class="card" aria-labelledby="display">
            <PostForm action=SetDisplay::url() on_submit=Callback::new(|()| {})>
                <h2 id="display">"显示"</h2>
                <RadioCards label="颜色" name="theme" value=theme options=themes pills=true />
                <RadioCards label="字号" name="size" value=size options=sizes pills=true />
                <noscript inner_html="<button type=\"submit\" class=\"btn\">保存</button>"></noscript>
            </PostForm>
        </section>
    }
    .erased()
}

/// The choice until now: from the cookie on the server, from the document in the browser.
fn look() -> Display {
    #[cfg(feature = "ssr")]
    {
        crate::api::cookie(display::COOKIE)
            .map(|value| Display::parse(&value))
            .unwrap_or_default()
    }
    #[cfg(not(feature = "ssr"))]
    {
        let attribute = |name| {
            document()
                .document_element()
                .and_then(|root| root.get_attribute(name))
                .unwrap_or_default()
        };
        Display {
            theme: Theme::from_code(&attribute("data-theme")).unwrap_or_default(),
            large: attribute("data-size") == "large",
        }
    }
}

/// Shows the choice and keeps it for the server's next answer.
fn show(chosen: Display) {
    let document = document();
    if let Some(root) = document.document_element() {
        for (name, value) in [("data-theme", chosen.theme_attribute()), ("data-size", chosen.size())] {
            // Both names are valid, so neither call can fail.
            let _ = match value {
                Some(value) => root.set_attribute(name, value),
                None => root.remove_attribute(name),
            };
        }
    }
    if let Some(document) = document.dyn_ref::<web_sys::HtmlDocument>() {
        let cookie = [
            display::COOKIE,
            "=",
            &chosen.value(),
            "; Path=/; Max-Age=34560000; SameSite=Lax",
        ]
        .concat();
        let _ = document.set_cookie(&cookie);
    }
}

/// Ends the session on this device.
#[component]
pub fn SignOutCard() -> impl IntoView {
    let sent = ServerAction::<SignOut>::new();
    Effect::new(move || {
        if matches!(sent.value().get(), Some(Ok(()))) {
            kept::forget_typed();
            go("/sign-in");
        }
    });
    let failed = Signal::derive(move || match sent.value().get() {
        Some(Err(error)) => vec![(String::new(), error.message())],
        _ => Vec::new(),
    });
    view! {
        <section class="card">
            <PostForm action=SignOut::url() on_submit=Callback::new(move |()| { sent.dispatch(SignOut {}); })>
                <ErrorSummary errors=failed title="没有退出" />
                <button type="submit" class="btn line wide" aria-busy=move || sent.pending().get().then_some("true")>
                    <Icon icon=LuLogOut />
                    "退出登录"
                </button>
            </PostForm>
        </section>
    }
    .erased()
}
