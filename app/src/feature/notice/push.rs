//! 消息提醒: the switch for push on this device. Nothing where the server sends none or the browser cannot show it.

use super::api;
use crate::device::push;
use crate::ui::{Banner, Chip, Erased, Tone};
use icondata_lu::{LuBellOff, LuCircleAlert};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How the switch stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// Not known yet, or nothing to switch.
    Hidden,
    /// The browser keeps this site from showing anything.
    Blocked,
    /// Off; the key to subscribe with.
    Off(String),
    /// On; the same.
    On(String),
}

/// The card, for 我的 and 我的账号. It asks only once our code runs: without it a browser cannot be told anything.
#[component]
pub fn PushCard() -> impl IntoView {
    let state = RwSignal::new(State::Hidden);
    let wrong = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    Effect::new(move || {
        spawn_local(async move {
            if let Some(found) = look().await {
                state.try_set(found);
            }
        });
    });
    let press = Callback::new(move |()| {
        if !busy.get_untracked() {
            busy.set(true);
            wrong.set(None);
            spawn_local(async move {
                let done = switch(state.get_untracked()).await;
                busy.try_set(false);
                match done {
                    Ok(now) => {
                        state.try_set(now);
                    }
                    Err(sentence) => {
                        wrong.try_set(Some(sentence));
                    }
                }
            });
        }
    });
    (move || match state.get() {
        State::Hidden => ().into_any(),
        State::Blocked => blocked(),
        State::Off(_) => card(false, press, busy, wrong),
        State::On(_) => card(true, press, busy, wrong),
    })
    .into_any()
}

async fn look() -> Option<State> {
    if !push::is_possible().await {
        return None;
    }
    let endpoint = push::endpoint().await.unwrap_or_default();
    let server = api::push_state(endpoint).await.ok()?;
    let key = server.key?;
    Some(if push::is_blocked() {
        State::Blocked
    } else if server.on {
        State::On(key)
    } else {
        State::Off(key)
    })
}

/// The other way round; a sentence when that did not work.
async fn switch(state: State) -> Result<State, String> {
    match state {
        State::Off(key) => match push::subscribe(&key).await {
            Some(subscription) => {
                api::push_on(subscription).await.map_err(|error| error.message())?;
                Ok(State::On(key))
            }
            None if push::is_blocked() => Ok(State::Blocked),
            None => Err("没有打开：浏览器没有允许，或者现在连不上它的通知服务。请稍后再试。".to_owned()),
        },
        State::On(key) => {
            if let Some(endpoint) = push::endpoint().await {
                api::push_off(endpoint).await.map_err(|error| error.message())?;
                push::unsubscribe().await;
            }
            Ok(State::Off(key))
        }
        State::Hidden | State::Blocked => Ok(state),
    }
}

fn card(on: bool, press: Callback<()>, busy: RwSignal<bool>, wrong: RwSignal<Option<String>>) -> AnyView {
    let (tone, now, button, class) = if on {
        (Tone::Ok, "已打开", "不再提醒", "btn line wide")
    } else {
        (Tone::Plain, "没有打开", "在这台设备上提醒我", "btn wide")
    };
    view! {
        <section class="card stack" aria-labelledby="push">
            <div class="row between"><h2 id="push">"消息提醒"</h2><Chip tone>{now}</Chip></div>
            <p class="small">"有新消息时，这台设备会弹出通知，不用一直开着页面。通知里不写姓名和单位。"</p>
            <button type="button" class=class aria-busy=move || busy.get().then_some("true") on:click=move |_| press.run(())>
                {button}
            </button>
            <div aria-live="polite">
                {move || wrong.get().map(|title| view! { <Banner tone=Tone::Bad icon=LuCircleAlert title/> })}
            </div>
        </section>
    }
    .erased()
}

fn blocked() -> AnyView {
    view! {
        <section class="card stack" aria-labelledby="push">
            <h2 id="push">"消息提醒"</h2>
            <Banner tone=Tone::Warn icon=LuBellOff title="浏览器不让本网站弹出通知">
                <p>"请在浏览器的网站设置里允许“通知”，再回到这里。没有提醒时，消息仍然都在“消息”里。"</p>
            </Banner>
        </section>
    }
    .erased()
}
