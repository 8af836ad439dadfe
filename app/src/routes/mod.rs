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

/// A page with its guard before it.
fn guarded(area: Area, page: fn() -> AnyView) -> AnyView {
    view! {
        <Guard area />
        {page()}
    }
    .into_any()
}

/// A page whose code is fetched when somebody goes there: `lazy_page!(HostBoard, Area::Host, BoardPage);`
macro_rules! lazy_page {
    ($name:ident, $area:expr, $page:ident) => {
        #[doc = concat!("The lazily loaded [`", stringify!($page), "`].")]
        #[derive(Debug)]
        pub struct $name;

        #[leptos_router::lazy_route]
        impl leptos_router::LazyRoute for $name {
            fn data() -> Self {
                Self
            }

            fn view(_this: Self) -> AnyView {
                $crate::routes::guarded($area, || view! { <$page /> }.into_any())
            }
        }
    };
}
use lazy_page;
