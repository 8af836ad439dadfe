//! Which page stands under which path: one file per role, one line a page. A page of another role leads home, a
//! signed-out person to the sign-in page and back; what a page shows is permitted by the service alone.

mod anyone;
mod guard;
mod host;
mod staff;
mod trainee;

pub use anyone::{AnyoneRoutes, NotFound};
pub use guard::{Area, Guard};
pub use host::HostRoutes;
pub use staff::StaffRoutes;
pub use trainee::TraineeRoutes;

use leptos::prelude::*;
use leptos_router::ChooseView;
use std::future::Future;
use std::pin::Pin;

/// A page with its guard before it. One type for all: the router is compiled anew for every type of view.
#[derive(Clone, Copy)]
struct Page {
    area: Area,
    view: fn() -> Pin<Box<dyn Future<Output = AnyView>>>,
}

impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        let page = (self.view)().await;
        view! {
            <Guard area=self.area />
            {page}
        }
        .into_any()
    }

    async fn preload(&self) {}
}

/// A page of the first download: `page!(Area::Trainee, TodayPage)`.
macro_rules! page {
    ($area:expr, $page:ident) => {
        $crate::routes::Page {
            area: $area,
            view: || Box::pin(async { view! { <$page /> }.into_any() }),
        }
    };
}
use page;

/// Pages whose code is fetched together when somebody goes to one of them:
/// `lazy_pages!(sites, { list: Area::Host => SitesPage, new: Area::Host => NewSitePage });` makes `list()` and `new()`. Pages
/// that people use together share a download: each download of its own costs everybody a few lines about how to fetch it,
/// and the code that several downloads share is cut into a piece for every combination of them that uses it.
macro_rules! lazy_pages {
    ($download:ident, { $($name:ident: $area:expr => $page:ident),+ $(,)? }) => {
        #[leptos::lazy]
        fn $download(name: &'static str) -> AnyView {
            match name {
                $(stringify!($name) => view! { <$page /> }.into_any(),)+
                _ => ().into_any(),
            }
        }

        $(fn $name() -> $crate::routes::Page {
            $crate::routes::Page {
                area: $area,
                view: || Box::pin($download(stringify!($name))),
            }
        })+
    };
}
use lazy_pages;
