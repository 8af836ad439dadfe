//! `/register/host/second-factor`: the operator of a unit that registered itself binds an authenticator app. The secret is
//! there in this half session only; the first right code signs in.

use super::api::{SetUpOpening, set_up_start};
use super::code_form::{Words, code_form};
use super::solo::Solo;
use crate::device::clipboard;
use crate::ui::{Banner, Erased, Tone};
use domain::account::SecondFactorSetUp;
use icondata_lu::LuInfo;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;

/// The path of the page.
pub const PATH: &str = "/register/host/second-factor";
/// Where the operator goes on.
const NEXT: &str = "/host/unit";

/// `/register/host/second-factor`
#[component]
pub fn SetUpPage() -> impl IntoView {
    let start = crate::api::read(|| (), |()| set_up_start());
    view! {
        <Title text="绑定动态验证码" />
        <Solo title="绑定动态验证码" sub="单位账号登录的第二步，只需绑定一次">
            <Suspense>
                {move || Suspend::new(async move {
                    match start.await {
                        Ok(SetUpOpening { set_up: Some(set_up), errors }) => form(set_up, errors),
                        Ok(SetUpOpening { set_up: None, .. }) => over("这一页已经过期，或者已经绑定过"),
                        Err(error) => over(error.message()),
                    }
                })}
            </Suspense>
        </Solo>
    }
    .erased()
}

/// There is nothing to set up here any more.
fn over(title: impl Into<String>) -> AnyView {
    let title = title.into();
    view! {
        <Banner tone=Tone::Info icon=LuInfo title>
            <span>"还没有绑定的，用账号名和密码登录，就会再给您一个新的二维码；绑定过的，直接登录。"</span>
            <a class="btn" href="/sign-in">"去登录"</a>
        </Banner>
    }
    .erased()
}

fn form(set_up: SecondFactorSetUp, errors: domain::FieldErrors) -> AnyView {
    let words = Words {
        failed: "还没有绑定",
        hint: "每 30 秒换一次。",
        send: ("绑定并登录", "正在绑定…"),
    };
    let form = code_form(
        words,
        NEXT.to_owned(),
        RwSignal::new(String::new()),
        RwSignal::new(errors),
    );
    let copying = copying(set_up.secret.replace(' ', ""));
    view! {
        <section class="card lift stack">
            <Banner tone=Tone::Ok icon=LuInfo title="单位已经注册，还差这一步">
                <span>"绑定以后，登录除了密码还要填验证器里的 6 位数字，别人知道密码也登不进来。"</span>
            </Banner>
            <h2>"1. 用验证器扫码"</h2>
            <p class="small muted">"在手机上装一个动态验证码工具（微信小程序“腾讯身份验证器”、应用 Microsoft Authenticator 等都可以），点“添加”后扫这个码。"</p>
            <div class="qr" role="img" aria-label="给验证器扫的二维码；扫不了就用下面的密钥" inner_html=set_up.qr></div>
            <p class="small">"就是用这台手机注册的、扫不了码：点“用验证器打开”。打不开的，在验证器里选“手动输入密钥”，填账号名和密钥。"</p>
            <a class="btn line" href=set_up.uri rel="external">"用验证器打开"</a>
            <dl class="facts">
                <dt>"账号名"</dt>
                <dd>{set_up.login}</dd>
                <dt>"密钥"</dt>
                <dd><code class="secret">{set_up.secret}</code></dd>
            </dl>
            {copying}
            <h2>"2. 填验证器现在显示的数字"</h2>
            {form}
        </section>
        <p class="small muted">"二维码和密钥只在绑定以前显示，请不要截图发给别人。来不及绑定的，以后用账号名和密码登录，会得到新的二维码。"</p>
    }
    .erased()
}

/// Copies the secret, where the browser lets a page do that.
fn copying(secret: String) -> AnyView {
    let (possible, said) = (RwSignal::new(false), RwSignal::new(""));
    let secret = StoredValue::new(secret);
    Effect::new(move || possible.set(clipboard::is_possible()));
    let copy = move |_| {
        spawn_local(async move {
            let copied = clipboard::copy(&secret.get_value()).await;
            said.try_set(if copied {
                "已复制，到验证器里粘贴。"
            } else {
                "没有复制成功，请长按密钥复制。"
            });
        });
    };
    view! {
        {move || possible.get().then(|| view! { <button type="button" class="btn line" on:click=copy>"复制密钥"</button> })}
        <div class="small" role="status">{said}</div>
    }
    .erased()
}
