//! The screens of 见习通: compiled to WASM for the browser (`hydrate`) and to native code for whole first pages (`ssr`).
//! Pages never compute rules, they ask `domain`; server functions are a few lines that call `service`.

#![recursion_limit = "256"]

pub mod api;
pub mod device;
pub mod feature;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod ui;

use crate::device::worker::UpdateNotice;
use crate::feature::account;
use crate::feature::account::session::provide_viewer;
use crate::routes::{AnyoneRoutes, HostRoutes, NotFound, StaffRoutes, TraineeRoutes};
use crate::ui::Counts;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Router};

/// The whole app: one router over the routes of every role.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_viewer();
    provide_context(Counts(account::counts::beside));
    view! {
        <Title formatter=|title: String| if title.is_empty() { "见习通".to_owned() } else { format!("{title} · 见习通") } />
        <Router>
            <FlatRoutes fallback=NotFound>
                <AnyoneRoutes />
                <TraineeRoutes />
                <HostRoutes />
                <StaffRoutes />
            </FlatRoutes>
            <UpdateNotice />
        </Router>
    }
}
