//! What waits, as a mark beside an entry of the rail: cases beside 待办, messages beside 消息. Comes with the session, so it
//! costs no request.

use super::session::use_viewer;
use crate::ui::{Erased, awaited};
use domain::account::Viewer;
use leptos::prelude::*;

/// The mark beside the entry with this path; nothing where nothing waits.
pub fn beside(path: &'static str) -> AnyView {
    let (count, what): (fn(&Viewer) -> u32, _) = match path {
        "/messages" => (|viewer| viewer.unread, " 条未读"),
        "/cases" => (|viewer| viewer.waiting, " 件待办"),
        _ => return ().into_any(),
    };
    let viewer = use_viewer();
    awaited(
        || ().into_any(),
        move || async move {
            match viewer.await {
                Ok(Some(viewer)) if count(&viewer) > 0 => mark(count(&viewer), what),
                _ => ().into_any(),
            }
        },
    )
}

fn mark(number: u32, what: &'static str) -> AnyView {
    let shown = if number > 99 {
        "99+".to_owned()
    } else {
        number.to_string()
    };
    view! { <b class="count num">{shown}<span class="sr">{what}</span></b> }.erased()
}
