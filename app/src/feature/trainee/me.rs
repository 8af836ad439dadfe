//! 我的: the trainee's own data with secrets masked, the consent, the home screen, and the account's settings.

use super::api::{SetConsent, me};
use crate::device::install::{self, Install};
use crate::device::worker;
use crate::feature::account::settings::{DisplayCard, PasswordCard, PasswordStart, SignOutCard, password_start};
use crate::feature::attendance::today::unreadable_page;
use crate::feature::form::PostForm;
use crate::feature::identity::person::tone;
use crate::feature::notice::push::PushCard;
use crate::ui::Erased;
use crate::ui::{Avatar, Banner, Chip, Shape, Skeleton, SubmitButton, Tone, TopBar, TraineeFrame};
use domain::identity::IdentityState;
use domain::trainee::{MeView, TraineeKind};
use domain::value::month_day_label;
use icondata_lu::LuCircleAlert;
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// The page.
#[component]
pub fn MePage() -> impl IntoView {
    let data = crate::api::read(|| (), |()| me());
    let password = password_start();
    let consent = ServerAction::<SetConsent>::new();
    Effect::new(move || {
        if matches!(consent.value().get(), Some(Ok(()))) {
            data.refetch();
            worker::keep("/today");
        }
    });
    view! {
        <Title text="我的"/>
        <Transition fallback=loading>
            {move || Suspend::new(async move {
                match data.await {
                    Ok(view) => screen(view, consent, password),
                    Err(error) => unreadable_page("/me", "我的", error, move || data.refetch()),
                }
            })}
        </Transition>
    }
}

fn loading() -> AnyView {
    let header = view! { <TopBar title="我的"/> }.erased();
    view! {
        <TraineeFrame current="/me" header>
            <p class="sr" role="status">"正在读取"</p>
            <Skeleton shape=Shape::Card/>
            <Skeleton shape=Shape::Card/>
        </TraineeFrame>
    }
    .erased()
}

fn screen(me: MeView, consent: ServerAction<SetConsent>, password: PasswordStart) -> AnyView {
    let header = view! { <TopBar title="我的"/> }.erased();
    let (consented, identity) = (me.consented_position, (me.identity, me.returned));
    view! {
        <TraineeFrame current="/me" header>
            {own_data(me)}
            {identity_card(identity)}
            {consent_card(consented, consent)}
            <PushCard/>
            <InstallCard/>
            <DisplayCard/>
            <PasswordCard start=password/>
            <SignOutCard/>
        </TraineeFrame>
    }
    .erased()
}

fn own_data(me: MeView) -> AnyView {
    let date_name = match me.kind {
        TraineeKind::Graduate | TraineeKind::VocationalGraduate => "毕业证日期",
        TraineeKind::UnemployedYouth => "失业登记日期",
    };
    let date = format!("{}年{}", me.kind_date.year(), month_day_label(me.kind_date));
    view! {
        <section class="card stack" aria-label="我的资料">
            <div class="me">
                <Avatar name=me.name.clone() large=true/>
                <div class="grow"><h2>{me.name}</h2><div class="muted small">{me.kind.label()}</div></div>
            </div>
            <dl class="facts">
                <dt>"手机号"</dt>
                <dd class="num">{me.phone}</dd>
                <dt>"身份证号"</dt>
                <dd class="num">{me.id_card}</dd>
                {me.school.map(|school| view! { <dt>"学校"</dt><dd>{school}</dd> })}
                <dt>{date_name}</dt>
                <dd class="num">{date}</dd>
                <dt>"常住地址"</dt>
                <dd>{me.residence}</dd>
            </dl>
            <p class="small muted">"证件号和手机号只显示一部分。"</p>
        </section>
    }
    .erased()
}

fn identity_card((state, returned): (IdentityState, bool)) -> AnyView {
    if returned {
        return view! {
            <Banner tone=Tone::Warn icon=LuCircleAlert title="实名认证被退回，请补正">
                <span>"按原因改好，重新提交。通过后，才能确认见习邀请。"</span>
                <a class="btn s" href="/me/identity">"去补正"</a>
            </Banner>
        }
        .erased();
    }
    let (text, button) = match state {
        IdentityState::Unverified => ("通过实名认证后，才能确认见习邀请。", "去提交"),
        IdentityState::Checking | IdentityState::Manual => ("正在办理。通过后，才能确认见习邀请。", "看进度"),
        IdentityState::Verified => ("已经通过，不用再办。", "查看"),
        IdentityState::Rejected => ("这次没有通过。按原因改好，可以再提交。", "看原因，重新提交"),
    };
    view! {
        <section class="card stack" aria-labelledby="identity">
            <div class="row between"><h2 id="identity">"实名认证"</h2><Chip tone=tone(state)>{state.label()}</Chip></div>
            <p class="small">{text}</p>
            <a class="btn line wide" href="/me/identity">{button}</a>
        </section>
    }
    .erased()
}

fn consent_card(consented: bool, consent: ServerAction<SetConsent>) -> AnyView {
    let (tone, state, text, button, class) = if consented {
        (
            Tone::Ok,
            "已同意",
            "按下“签到”时读取一次位置；银行卡信息只用来发放生活费。收回以后不能再用定位签到，以前的签到不受影响。",
            "收回同意",
            "btn line wide",
        )
    } else {
        (
            Tone::Warn,
            "没有同意",
            "没有同意就不能用定位签到。同意以后，只在你按下“签到”时读取一次位置；银行卡信息只用来发放生活费。",
            "同意使用",
            "btn wide",
        )
    };
    let give = Callback::new(move |()| {
        consent.dispatch(SetConsent { given: !consented });
    });
    let failed = move || consent.value().get().and_then(Result::err);
    view! {
        <section class="card stack" aria-labelledby="consent">
            <div class="row between"><h2 id="consent">"定位和银行卡信息"</h2><Chip tone>{state}</Chip></div>
            <p class="small">{text}</p>
            <PostForm action=SetConsent::url() on_submit=give>
                <input type="hidden" name="given" value=if consented { "false" } else { "true" }/>
                <SubmitButton label=button busy=consent.pending() class/>
            </PostForm>
            <div aria-live="polite">
                {move || failed().map(|error| view! { <Banner tone=Tone::Bad icon=LuCircleAlert title=error.message()/> })}
            </div>
            <p class="small"><a href="/privacy">"个人信息怎么用"</a></p>
        </section>
    }
    .erased()
}

/// How to put the product on the home screen; nothing once it is there, and nothing before the browser has said what it can.
#[component]
fn InstallCard() -> impl IntoView {
    let state = RwSignal::new(Install::Done);
    Effect::new(move || {
        state.set(install::state());
        let late = window_event_listener_untyped("beforeinstallprompt", move |_| state.set(Install::Prompt));
        let installed = window_event_listener_untyped("appinstalled", move |_| state.set(Install::Done));
        on_cleanup(move || {
            late.remove();
            installed.remove();
        });
    });
    let press = move |_| {
        install::prompt();
        state.set(install::state());
    };
    let steps: fn(Install) -> &'static [&'static str] = |state| match state {
        Install::Done | Install::Prompt => &[],
        Install::ShareMenu => &[
            "用 Safari 打开这个网址。",
            "点屏幕下方的“分享”按钮（方框加向上的箭头）。",
            "选“添加到主屏幕”，再点“添加”。",
        ],
        Install::LeaveWechat => &["点右上角“…”，选“在浏览器打开”。", "再到“我的”里看这一段。"],
        Install::Menu => &["打开浏览器的菜单（“⋮”或“≡”）。", "选“添加到主屏幕”或“安装应用”。"],
    };
    view! {
        {move || (state.get() != Install::Done).then(|| view! {
            <section class="card stack" aria-labelledby="install">
                <h2 id="install">"放到手机桌面"</h2>
                <p class="small">"像应用一样点开，没有网络时也能看到今天的内容。"</p>
                {(state.get() == Install::Prompt).then(|| view! {
                    <button type="button" class="btn ghost wide" on:click=press>"添加到桌面"</button>
                })}
                <ol class="steps-list small">{steps(state.get()).iter().map(|step| view! { <li>{*step}</li> }).collect_view()}</ol>
            </section>
        })}
    }
    .into_any()
}
