//! `/register/host`: a unit registers itself in three steps, each checked in the browser by the rules that the server checks
//! by; on one long page for a browser without JavaScript (`?plain=1`).

pub mod api;
mod fields;
mod plain;
mod questions;
mod steps;

use crate::feature::wizard;
use crate::ui::Erased;
use api::register_start;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/register/host`
#[component]
pub fn RegisterHostPage() -> impl IntoView {
    let start = crate::api::read(|| (), |()| register_start());
    let plain = use_query_map().with_untracked(|query| query.get("plain").is_some());
    wizard::page(
        ("单位注册", "请准备好营业执照，大约五分钟"),
        start,
        move |opening| async move {
            if plain {
                plain::long_form(opening).await
            } else {
                steps::steps(opening)
            }
        },
    )
}

/// What stands below the form.
fn below() -> AnyView {
    view! {
        <p class="small muted">"单位已经注册过？"<a href="/sign-in">"直接登录"</a>"。参加见习的个人请到"<a href="/register">"见习登记"</a>"。"</p>
    }
    .erased()
}
