//! `/register/host`: a unit registers itself in three steps, each checked in the browser by the rules that the server checks
//! by; on one long page for a browser without JavaScript (`?plain=1`).

pub mod api;
mod fields;
mod plain;
mod questions;
mod wizard;

use crate::feature::account::solo::Solo;
use crate::ui::{Banner, Erased};
use api::register_start;
use icondata_lu::LuWifiOff;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// `/register/host`
#[component]
pub fn RegisterHostPage() -> impl IntoView {
    let start = crate::api::read(|| (), |()| register_start());
    let plain = use_query_map().with_untracked(|query| query.get("plain").is_some());
    view! {
        <Title text="单位注册" />
        <Solo title="单位注册" sub="请准备好营业执照，大约五分钟">
            <Suspense>
                {move || Suspend::new(async move {
                    match start.await {
                        Ok(typed) if plain => plain::long_form(typed).await,
                        Ok(typed) => wizard::steps(typed),
                        Err(error) => view! {
                            <Banner icon=LuWifiOff title=error.message()>
                                <button type="button" class="btn" on:click=move |_| start.refetch()>"再试一次"</button>
                            </Banner>
                        }
                        .erased(),
                    }
                })}
            </Suspense>
        </Solo>
    }
    .erased()
}

/// What stands below the form.
fn below() -> AnyView {
    view! {
        <p class="small muted">"单位已经注册过？"<a href="/sign-in">"直接登录"</a>"。参加见习的个人请到"<a href="/register">"见习登记"</a>"。"</p>
    }
    .erased()
}
