//! The frame of every signed-in screen: one list of links that is a bar under the thumb on the phone and a rail on tablet and desk.

use super::{Erased, attr};
use icondata_lu::{LuBuilding2, LuCalendarCheck, LuCalendarDays, LuHistory, LuMapPin, LuUserRound, LuUsersRound};
use leptos::prelude::*;

use super::{Icon, Mark};

/// One entry of the bar.
#[derive(Clone, Copy)]
pub struct Tab {
    /// The path it opens.
    pub href: &'static str,
    /// Two to four characters.
    pub label: &'static str,
    /// Its picture.
    pub icon: icondata_core::Icon,
}

const fn tab(href: &'static str, label: &'static str, icon: icondata_core::Icon) -> Tab {
    Tab { href, label, icon }
}

/// What a trainee can open.
static TRAINEE: &[Tab] = &[
    tab("/today", "今天", LuCalendarCheck),
    tab("/history", "签到记录", LuHistory),
    tab("/me", "我的", LuUserRound),
];

/// What a host's operator can open.
static HOST: &[Tab] = &[
    tab("/host", "考勤看板", LuCalendarDays),
    tab("/host/people", "见习人员", LuUsersRound),
    tab("/host/sites", "签到地点", LuMapPin),
    tab("/account", "我的账号", LuUserRound),
];

/// What every other member of staff can open.
static STAFF: &[Tab] = &[
    tab("/units", "单位", LuBuilding2),
    tab("/account", "我的账号", LuUserRound),
];

/// The links. `current` is the path of the entry that the page belongs to.
fn bar(brand: &'static str, tabs: &'static [Tab], current: &'static str) -> AnyView {
    let links = tabs
        .iter()
        .map(|tab| {
            view! {
                <a href=tab.href {..attr("aria-current", (tab.href == current).then_some("page"))}>
                    <Icon icon=tab.icon/>
                    <span>{tab.label}</span>
                </a>
            }
            .erased()
        })
        .collect_view();
    view! {
        <nav class="bar" {..attr("aria-label", "主导航")}>
            <div class="brand"><Mark/>{brand}</div>
            {links}
        </nav>
    }
    .erased()
}

/// The first stop of the Tab key on every screen.
fn skip() -> AnyView {
    view! { <a class="skip" href="#main" rel="external">"跳到正文"</a> }.erased()
}

/// The trainee's three tabs, for screens that build their own frame.
#[component]
pub fn TabBar(
    /// The path of the entry that the page belongs to.
    current: &'static str,
) -> impl IntoView {
    bar("见习通", TRAINEE, current)
}

/// A trainee's screen: the green head, one readable column, the tabs.
#[component]
pub fn TraineeFrame(
    /// The path of the tab that the page belongs to: `/today`, `/history` or `/me`.
    current: &'static str,
    /// A `<TopBar>` or a `<header class="top">`, as `.into_any()`.
    header: AnyView,
    /// The cards.
    children: Children,
) -> impl IntoView {
    view! {
        {skip()}
        <div class="frame">
            {bar("见习通", TRAINEE, current)}
            <div>
                {header}
                <main class="page" id="main" {..attr("tabindex", "-1")}>{children()}</main>
            </div>
        </div>
    }
    .erased()
}

/// A host operator's screen: rail and board.
#[component]
pub fn HostFrame(
    /// The path of the entry that the page belongs to.
    current: &'static str,
    /// A `<PageHead>` and the cards.
    children: Children,
) -> impl IntoView {
    board("见习通 · 单位", HOST, current, children)
}

/// The screen of every other member of staff.
#[component]
pub fn StaffFrame(
    /// The path of the entry that the page belongs to.
    current: &'static str,
    /// A `<PageHead>` and the cards.
    children: Children,
) -> impl IntoView {
    board("见习通", STAFF, current, children)
}

fn board(brand: &'static str, tabs: &'static [Tab], current: &'static str, children: Children) -> AnyView {
    view! {
        {skip()}
        <div class="frame">
            {bar(brand, tabs, current)}
            <main class="main" id="main" {..attr("tabindex", "-1")}>{children()}</main>
        </div>
    }
    .erased()
}
