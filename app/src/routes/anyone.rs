//! Everybody's pages.

use super::{Area, lazy_pages, page};
use crate::feature::account::landing::LandingPage;
use crate::feature::account::privacy::PrivacyPage;
use crate::feature::account::second_factor::SecondFactorPage;
use crate::feature::account::set_up::SetUpPage;
use crate::feature::account::sign_in::SignInPage;
use crate::feature::host::register::RegisterHostPage;
use crate::feature::trainee::register::RegisterPage;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};

lazy_pages!(entrance, {
    landing: Area::Visitor => LandingPage,
    second_factor: Area::Visitor => SecondFactorPage,
    privacy: Area::Everybody => PrivacyPage,
});
lazy_pages!(registration, { register: Area::Visitor => RegisterPage });
lazy_pages!(host_registration, { register_host: Area::Visitor => RegisterHostPage, set_up: Area::Visitor => SetUpPage });

/// Landing, sign-in, registration, privacy.
#[component(transparent)]
pub fn AnyoneRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/") view=landing() ssr=SsrMode::Async />
        <Route path=path!("/sign-in") view=page!(Area::Visitor, SignInPage) ssr=SsrMode::Async />
        <Route path=path!("/sign-in/code") view=second_factor() ssr=SsrMode::Async />
        <Route path=path!("/register") view=register() ssr=SsrMode::Async />
        <Route path=path!("/register/host") view=register_host() ssr=SsrMode::Async />
        <Route path=path!("/register/host/second-factor") view=set_up() ssr=SsrMode::Async />
        <Route path=path!("/privacy") view=privacy() ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}

/// What stands under a path that leads nowhere.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::api::respond(axum::http::StatusCode::NOT_FOUND);
    view! {
        <Title text="没有这个页面" />
        <main class="page">
            <h1>"没有这个页面"</h1>
            <p>"地址可能打错了，或者页面已经搬走。"</p>
            <a class="btn" href="/">"回到首页"</a>
        </main>
    }
}
