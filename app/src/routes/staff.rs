//! The pages of agency staff, and the one that every staff role has.

use super::{Area, lazy_pages};
use crate::feature::account::page::AccountPage;
use crate::feature::account::staff_list::AccountsPage;
use crate::feature::agency::page::AgenciesPage;
use crate::feature::audit::page::AuditPage;
use crate::feature::certification::print::UnitPrintPage;
use crate::feature::certification::unit::UnitPage;
use crate::feature::certification::units::UnitsPage;
use crate::feature::review::queue::{CasePage, QueuePage};
use crate::feature::rules::calendar::CalendarPage;
use crate::feature::rules::compare::ComparePage;
use crate::feature::rules::edit::NewVersionPage;
use crate::feature::rules::list::RulesPage;
use crate::feature::rules::region::RegionPage;
use crate::feature::rules::route::RoutePage;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};

lazy_pages!(staff, { account: Area::Staff => AccountPage });
lazy_pages!(agency_desk, {
    cases: Area::Agency => QueuePage,
    one_case: Area::Agency => CasePage,
    units: Area::Agency => UnitsPage,
    unit: Area::Agency => UnitPage,
    unit_print: Area::Agency => UnitPrintPage,
});
lazy_pages!(administration, {
    rule_list: Area::Agency => RulesPage,
    rule_calendar: Area::Agency => CalendarPage,
    rule_route: Area::Agency => RoutePage,
    rule_compare: Area::Agency => ComparePage,
    rule_region: Area::Agency => RegionPage,
    rule_new: Area::Agency => NewVersionPage,
    agencies: Area::Admin => AgenciesPage,
    accounts: Area::Admin => AccountsPage,
    audit: Area::AuditReader => AuditPage,
});

/// 待办, 单位, 规则与日历, 机构, 账号, 审计, 我的账号.
#[component(transparent)]
pub fn StaffRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/cases") view=cases() ssr=SsrMode::Async />
        <Route path=path!("/cases/:id") view=one_case() ssr=SsrMode::Async />
        <Route path=path!("/units") view=units() ssr=SsrMode::Async />
        <Route path=path!("/units/:id") view=unit() ssr=SsrMode::Async />
        <Route path=path!("/units/:id/print") view=unit_print() ssr=SsrMode::Async />
        <Route path=path!("/rules") view=rule_list() ssr=SsrMode::Async />
        <Route path=path!("/rules/calendar") view=rule_calendar() ssr=SsrMode::Async />
        <Route path=path!("/rules/route") view=rule_route() ssr=SsrMode::Async />
        <Route path=path!("/rules/compare") view=rule_compare() ssr=SsrMode::Async />
        <Route path=path!("/rules/:region") view=rule_region() ssr=SsrMode::Async />
        <Route path=path!("/rules/:region/new") view=rule_new() ssr=SsrMode::Async />
        <Route path=path!("/agencies") view=agencies() ssr=SsrMode::Async />
        <Route path=path!("/accounts") view=accounts() ssr=SsrMode::Async />
        <Route path=path!("/audit") view=audit() ssr=SsrMode::Async />
        <Route path=path!("/account") view=account() ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
