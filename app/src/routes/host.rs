//! A host operator's pages; a trainee's phone never downloads their code.

use super::{Area, lazy_pages};
use crate::feature::attendance::board::BoardPage;
use crate::feature::certification::page::CertificationPage;
use crate::feature::certification::print::PrintPage;
use crate::feature::host::unit::UnitPage;
use crate::feature::internship::roster::RosterPage;
use crate::feature::internship::take_on::TakeOnPage;
use crate::feature::site::edit::{NewSitePage, SitePage};
use crate::feature::site::list::SitesPage;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};

lazy_pages!(attendance, { board: Area::Host => BoardPage });
lazy_pages!(host_desk, {
    roster: Area::Host => RosterPage,
    take_on: Area::Host => TakeOnPage,
    sites: Area::Host => SitesPage,
    new_site: Area::Host => NewSitePage,
    one_site: Area::Host => SitePage,
    unit: Area::Host => UnitPage,
    certification: Area::Host => CertificationPage,
    certification_print: Area::Host => PrintPage,
});

/// 考勤看板, 见习人员, 签到地点, 单位资料, 单位认证.
#[component(transparent)]
pub fn HostRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/host") view=board() ssr=SsrMode::Async />
        <Route path=path!("/host/certification") view=certification() ssr=SsrMode::Async />
        <Route path=path!("/host/certification/print") view=certification_print() ssr=SsrMode::Async />
        <Route path=path!("/host/people") view=roster() ssr=SsrMode::Async />
        <Route path=path!("/host/people/new") view=take_on() ssr=SsrMode::Async />
        <Route path=path!("/host/unit") view=unit() ssr=SsrMode::Async />
        <Route path=path!("/host/sites") view=sites() ssr=SsrMode::Async />
        <Route path=path!("/host/sites/new") view=new_site() ssr=SsrMode::Async />
        <Route path=path!("/host/sites/:id") view=one_site() ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
