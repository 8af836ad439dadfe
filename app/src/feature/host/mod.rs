//! The unit itself: its registration, 单位资料 and identity. And what the screens of hosts and agencies share: showing what was
//! read, or saying why it could not be read.

pub mod api;
pub(crate) mod form;
mod identity_form;
pub mod register;
pub mod unit;

use crate::api::ApiError;
use crate::ui::Erased;
use crate::ui::{EmptyState, Icon, Shape, Skeleton};
use icondata_lu::{LuCircleAlert, LuRefreshCw, LuWifiOff};
use leptos::prelude::*;

/// What stands while a board is read: grey shapes of its size.
pub(crate) fn waiting() -> AnyView {
    view! {
        <p class="sr" role="status">"正在读取"</p>
        <Skeleton shape=Shape::Short/>
        <Skeleton shape=Shape::Card/>
        <Skeleton shape=Shape::Card/>
    }
    .erased()
}

/// Says why a page could not be read and offers the next step; a session that is over leads to sign-in and back.
pub(crate) fn failed(title: &'static str, error: &ApiError) -> AnyView {
    if *error == ApiError::SignIn {
        leave_for_sign_in();
    }
    let icon = if *error == ApiError::Transport {
        LuWifiOff
    } else {
        LuCircleAlert
    };
    let message = error.message();
    let again = match error {
        ApiError::Forbidden | ApiError::NotFound => {
            view! { <a class="btn line" href="/" rel="external">"回到首页"</a> }.erased()
        }
        ApiError::SignIn => view! { <a class="btn" href="/sign-in" rel="external">"重新登录"</a> }.erased(),
        _ => view! { <button class="btn line" type="button" on:click=|_| reload()><Icon icon=LuRefreshCw/>"再试一次"</button> }.erased(),
    };
    view! {
        <h1 class="sr">{title}</h1>
        <section class="card" role="alert">
            <EmptyState icon title=message>{again}</EmptyState>
        </section>
    }
    .erased()
}

/// To the sign-in page, and back here afterwards. Does nothing on the server, which redirects by itself.
pub(crate) fn leave_for_sign_in() {
    #[cfg(not(feature = "ssr"))]
    {
        let location = window().location();
        let here = [
            location.pathname().unwrap_or_default(),
            location.search().unwrap_or_default(),
        ]
        .concat();
        crate::api::go(&crate::api::sign_in_path(&here));
    }
}

fn reload() {
    // A browser that refuses to reload leaves the page as it is.
    let _ = window().location().reload();
}
