//! The pages of agency staff, and the one that every staff role has.

use super::{Area, lazy_pages};
use crate::feature::account::page::AccountPage;
use crate::feature::account::staff_list::AccountsPage;
use crate::feature::agency::page::AgenciesPage;
use crate::feature::audit::page::AuditPage;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};

lazy_pages!(staff, Area::Staff, { account: AccountPage });
lazy_pages!(organisation, Area::Admin, { agencies: AgenciesPage, accounts: AccountsPage });
lazy_pages!(records, Area::AuditReader, { audit: AuditPage });

/// 我的账号, 机构, 账号, 审计.
#[component(transparent)]
pub fn StaffRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/account") view=account() ssr=SsrMode::Async />
        <Route path=path!("/agencies") view=agencies() ssr=SsrMode::Async />
        <Route path=path!("/accounts") view=accounts() ssr=SsrMode::Async />
        <Route path=path!("/audit") view=audit() ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
