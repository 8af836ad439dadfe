//! `/register`: in four steps on a phone, each checked in the browser by the rules that the server checks by; on one long
//! page for a browser without JavaScript (`?plain=1`).

pub mod api;
mod fields;
mod plain;
mod questions;
mod steps;

use crate::feature::wizard;
use api::register_start;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/register`
#[component]
pub fn RegisterPage() -> impl IntoView {
    let start = crate::api::read(|| (), |()| register_start());
    let plain = use_query_map().with_untracked(|query| query.get("plain").is_some());
    wizard::page(("见习登记", "填一次，大约三分钟"), start, move |opening| async move {
        if plain {
            plain::long_form(opening).await
        } else {
            steps::steps(opening)
        }
    })
}
