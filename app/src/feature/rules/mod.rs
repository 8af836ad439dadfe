//! 规则与日历: rule packs by region with their versions, the working-day calendar, and which agency would decide what.

pub mod api;
pub mod calendar;
pub mod compare;
pub mod edit;
mod flaws;
pub mod list;
pub mod region;
pub mod route;
mod route_answer;

use crate::api::ApiError;
use crate::feature::host;
use crate::ui::Erased;
use crate::ui::{EmptyState, Segment, Segmented};
use domain::rulepack::VersionLine;
use domain::value::full_day_label;
use icondata_lu::LuCircleAlert;
use leptos::prelude::*;

/// The three views of 规则与日历; `current` is the path of the open one.
fn tabs(current: &'static str) -> AnyView {
    let segments: Vec<Segment> = [
        ("规则包", "/rules"),
        ("工作日历", "/rules/calendar"),
        ("推送模拟", "/rules/route"),
    ]
    .into_iter()
    .map(|(label, href)| Segment {
        label: label.to_owned(),
        href: href.to_owned(),
        current: href == current,
    })
    .collect();
    view! { <Segmented label="规则与日历" segments=Signal::derive(move || segments.clone())/> }.into_any()
}

/// Says why a page could not be read; what is not there or not allowed leads back to the list.
fn failed(title: &'static str, error: &ApiError) -> AnyView {
    if !matches!(error, ApiError::Forbidden | ApiError::NotFound) {
        return host::failed(title, error);
    }
    let message = error.message();
    let way_on = if *error == ApiError::NotFound {
        view! { <a class="btn line" href="/rules">"回到规则包"</a> }.erased()
    } else {
        view! { <a class="btn line" href="/account">"回到我的账号"</a> }.erased()
    };
    view! {
        <h1 class="sr">{title}</h1>
        <section class="card" role="alert">
            <EmptyState icon=LuCircleAlert title=message>{way_on}</EmptyState>
        </section>
    }
    .erased()
}

/// `2026-1 · 2026年1月1日起`.
fn version_label(version: &VersionLine) -> String {
    format!("{} · {}起", version.version, full_day_label(version.valid_from))
}
