//! The pages that every staff role has, and those of agency staff.

use super::{Area, lazy_pages};
use crate::feature::account::page::AccountPage;
use crate::feature::certification::unit::UnitPage;
use crate::feature::certification::units::UnitsPage;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};

lazy_pages!(staff, Area::Staff, { account: AccountPage });
lazy_pages!(hosts, Area::Staff, { units: UnitsPage, unit: UnitPage });

/// 我的账号, 单位.
#[component(transparent)]
pub fn StaffRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/account") view=account() ssr=SsrMode::Async />
        <Route path=path!("/units") view=units() ssr=SsrMode::Async />
        <Route path=path!("/units/:id") view=unit() ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
