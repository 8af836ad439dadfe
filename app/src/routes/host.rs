//! A host operator's pages; a trainee's phone never downloads their code.

use super::{Area, lazy_page};
use crate::feature::attendance::board::BoardPage;
use crate::feature::internship::roster::RosterPage;
use crate::feature::internship::take_on::TakeOnPage;
use crate::feature::site::edit::{NewSitePage, SitePage};
use crate::feature::site::list::SitesPage;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{Lazy, SsrMode, path};

lazy_page!(Board, Area::Host, BoardPage);
lazy_page!(Roster, Area::Host, RosterPage);
lazy_page!(TakeOn, Area::Host, TakeOnPage);
lazy_page!(Sites, Area::Host, SitesPage);
lazy_page!(NewSite, Area::Host, NewSitePage);
lazy_page!(OneSite, Area::Host, SitePage);

/// 考勤看板, 见习人员, 签到地点.
#[component(transparent)]
pub fn HostRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/host") view={Lazy::<Board>::new()} ssr=SsrMode::Async />
        <Route path=path!("/host/people") view={Lazy::<Roster>::new()} ssr=SsrMode::Async />
        <Route path=path!("/host/people/new") view={Lazy::<TakeOn>::new()} ssr=SsrMode::Async />
        <Route path=path!("/host/sites") view={Lazy::<Sites>::new()} ssr=SsrMode::Async />
        <Route path=path!("/host/sites/new") view={Lazy::<NewSite>::new()} ssr=SsrMode::Async />
        <Route path=path!("/host/sites/:id") view={Lazy::<OneSite>::new()} ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
