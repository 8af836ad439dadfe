//! How many messages wait, beside the entry 消息. Comes with the session, so it costs no request.

use crate::feature::account::session::use_viewer;
use crate::ui::{Erased, awaited};
use leptos::prelude::*;

/// The count as a mark; nothing when all is read.
pub fn unread() -> AnyView {
    let viewer = use_viewer();
    awaited(
        || ().into_any(),
        move || async move {
            match viewer.await {
                Ok(Some(viewer)) if viewer.unread > 0 => mark(viewer.unread),
                _ => ().into_any(),
            }
        },
    )
}

fn mark(unread: u32) -> AnyView {
    let shown = if unread > 99 {
        "99+".to_owned()
    } else {
        unread.to_string()
    };
    view! { <b class="count num">{shown}<span class="sr">" 条未读"</span></b> }.erased()
}
