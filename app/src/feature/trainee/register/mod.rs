//! `/register`: in four steps on a phone, each checked in the browser by the rules that the server checks by; on one long
//! page for a browser without JavaScript (`?plain=1`).

pub mod api;
mod fields;
mod plain;
mod questions;
mod wizard;

use crate::feature::account::solo::Solo;
use crate::ui::Banner;
use crate::ui::Erased;
use api::register_start;
use icondata_lu::LuWifiOff;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// `/register`
#[component]
pub fn RegisterPage() -> impl IntoView {
    let start = crate::api::read(|| (), |()| register_start());
    let plain = use_query_map().with_untracked(|query| query.get("plain").is_some());
    view! {
        <Title text="见习登记" />
        <Solo title="见习登记" sub="填一次，大约三分钟">
            <Suspense>
                {move || Suspend::new(async move {
                    match start.await {
                        Ok(opening) if plain => plain::long_form(opening).await,
                        Ok(opening) => wizard::steps(opening),
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
