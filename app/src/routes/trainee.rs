//! A trainee's pages.

use super::{Area, guarded};
use crate::feature::attendance::history::HistoryPage;
use crate::feature::attendance::today::TodayPage;
use crate::feature::internship::offer::OfferPage;
use crate::feature::trainee::me::MePage;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, path};

/// 今天, 签到记录, an offer, 我的.
#[component(transparent)]
pub fn TraineeRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/today") view=|| guarded(Area::Trainee, || view! { <TodayPage /> }.into_any()) ssr=SsrMode::Async />
        <Route path=path!("/history") view=|| guarded(Area::Trainee, || view! { <HistoryPage /> }.into_any()) ssr=SsrMode::Async />
        <Route path=path!("/offer/:id") view=|| guarded(Area::Trainee, || view! { <OfferPage /> }.into_any()) ssr=SsrMode::Async />
        <Route path=path!("/me") view=|| guarded(Area::Trainee, || view! { <MePage /> }.into_any()) ssr=SsrMode::Async />
    }
    .into_inner()
}
