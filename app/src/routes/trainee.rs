//! A trainee's pages.

use super::{Area, lazy_pages, page};
use crate::feature::attendance::history::HistoryPage;
use crate::feature::attendance::today::TodayPage;
use crate::feature::identity::person::IdentityPage;
use crate::feature::internship::offer::OfferPage;
use crate::feature::notice::inbox::MessagesPage;
use crate::feature::trainee::me::MePage;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};

// 今天 is in the first download, the rest comes when somebody goes there (and with the installed app's precache).
// 消息 is every role's; the trainee's download has it, because that one counts.
lazy_pages!(trainee, {
    history: Area::Trainee => HistoryPage,
    offer: Area::Trainee => OfferPage,
    me: Area::Trainee => MePage,
    identity: Area::Trainee => IdentityPage,
    messages: Area::Person => MessagesPage,
});

/// 今天, 签到记录, an offer, 消息, 我的, 实名认证.
#[component(transparent)]
pub fn TraineeRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/today") view=page!(Area::Trainee, TodayPage) ssr=SsrMode::Async />
        <Route path=path!("/history") view=history() ssr=SsrMode::Async />
        <Route path=path!("/offer/:id") view=offer() ssr=SsrMode::Async />
        <Route path=path!("/messages") view=messages() ssr=SsrMode::Async />
        <Route path=path!("/me") view=me() ssr=SsrMode::Async />
        <Route path=path!("/me/identity") view=identity() ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
