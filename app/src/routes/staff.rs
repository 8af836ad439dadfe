//! The pages that every staff role has.

use super::{Area, lazy_pages};
use crate::feature::account::page::AccountPage;
use crate::feature::review::queue::{CasePage, QueuePage};
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};

lazy_pages!(staff, Area::Staff, { account: AccountPage });
lazy_pages!(review, Area::Staff, { cases: QueuePage, one_case: CasePage });

/// 待办, 我的账号.
#[component(transparent)]
pub fn StaffRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/cases") view=cases() ssr=SsrMode::Async />
        <Route path=path!("/cases/:id") view=one_case() ssr=SsrMode::Async />
        <Route path=path!("/account") view=account() ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
